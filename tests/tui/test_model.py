"""Random keys in the real application, on a real file, against a plain model of the reader.

    WARREADER_MODEL_STEPS=5000 python -m pytest tests/tui/test_model.py --hypothesis-seed=1

After every step the library's file and the screen must be as `ReaderModel` says.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from libraries import ANNOTATOR, extractor
from reader_model import NEW, OF_A_CLAIM, ReaderModel, Seen
from textual.message_pump import MessagePump

from claims.model import TYPE_INFO, Article, Claim, ClaimType
from store.db import Library
from store.records import ClaimRecord
from store.wording import speaker
from tui.app import WarreaderApp

STEPS = int(os.environ.get("WARREADER_MODEL_STEPS", "300"))
"""How many steps are taken in all."""
LENGTH = min(150, STEPS)
"""Steps on one library."""
LETTERS = {
    TYPE_INFO[kind].letter.lower(): kind.value
    for kind in (ClaimType.LOSSES, ClaimType.STRIKE, ClaimType.TERRITORY)
}
RESTART = "restart"
SIDES = {"u": "ukraine", "r": "russia", "m": "media"}

often = ("j", "k", "l", "h", "a", "x", "z", "Z", "U", "r")
panes = ("1", "2", "2", "3", "3", "tab", "shift+tab", "O", "O O", "O O O O")
folds = ("minus", "plus", "enter")
seldom = (
    "g",
    "G",
    "D",
    "J",
    "K",
    "X",
    "v",
    *(f"{key} {letter}" for key in "tc" for letter in LETTERS),
    *(f"m ctrl+u {note} enter" for note in "pq"),
    *(f"number_sign ctrl+u {tag} enter" for tag in "pq"),
    *(f"F {'j ' * down}space enter" for down in (0, 1, 4, 7)),
    "F slash ctrl+u i s : u n d e c i d e d enter enter",
    *(f"s {key}" for key in SIDES),
    *(f"w ctrl+u {' '.join(name)} enter" for name in ("Kyiv", "Zoya")),
    *(f"e {moves} enter" for moves in ("h h h", "l", "l h", "o l", "o h h", "h l o l")),
    "e h enter ; e l enter",  # the same words again, with figures of its own
)
KEYS = st.one_of(
    st.sampled_from(often),
    st.sampled_from(often),
    st.sampled_from([*panes, *folds]),
    st.sampled_from([*seldom, RESTART]),
)


def seen(record: ClaimRecord) -> Seen:
    """A claim of the library as the model has it."""
    claim, machine = record.claim, record.machine
    if machine is None and record.status == "proposed":
        machine = claim
    return Seen(
        record.id,
        *said(claim),
        None if machine is None else said(machine),
        machine is not None and claim.quantities != machine.quantities,
        str(record.status),
        record.note,
        record.tags,
    )


def said(claim: Claim) -> tuple[int, int, str, str, str, str]:
    """What of a claim the model knows."""
    who = speaker(claim)
    return claim.start, claim.end, str(claim.type), claim.side, who, str(claim.role)


class Both:
    """The application and the model, side by side."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.library = Library.open(path, readonly=True, annotator=ANNOTATOR)
        ids = [one.id for one in self.library.articles.page(limit=10)]
        articles = {one: self.library.articles.get(one) for one in ids}
        self.model = ReaderModel(
            ids,
            {one: self.claims(one) for one in ids},
            {one: article.text for one, article in articles.items()},
            {one: [tuple(s.span) for s in article.sentences] for one, article in articles.items()},
            LETTERS,
            SIDES,
            ids[0],
        )
        self.model.to_sentence(0)
        self.steps: list[str] = []

    def claims(self, article: int) -> list[Seen]:
        """The claims of an article, as the file has them."""
        return [seen(one) for one in self.library.claims.of(article)]

    async def run(self, steps: Sequence[str]) -> None:
        """Take the steps in both, comparing after each; `RESTART` opens the file again."""
        rest = iter(steps)
        going = True
        while going:
            app = WarreaderApp(self.path, annotator=ANNOTATOR)
            try:
                async with app.run_test(size=(110, 24)) as pilot:
                    await pilot.pause()
                    await app.workers.wait_for_complete(
                        [one for one in app.workers if one.group == "open"]
                    )
                    await still(app)
                    self.compare(app, "opened")
                    going = False
                    for step in rest:
                        if step == RESTART:
                            self.model.restart()
                            await app.main.remember_position()
                            going = True
                            break
                        for keys in step.split(" ; "):
                            await self.step(app, keys)
            finally:
                app.work.close()

    async def step(self, app: WarreaderApp, keys: str) -> None:
        """Press one step of keys in both and compare."""
        first = keys.split()[0]
        if first in OF_A_CLAIM and self.model.claim is None:
            return
        if self.model.pane == "library" and first in (*OF_A_CLAIM, "c"):
            return  # there the keys ask for something else
        self.steps.append(keys)
        for key in keys.split():
            app.simulate_key(key)
            if "ctrl+u" in keys:  # in a line, an editing key comes after letters typed behind it
                await worked_off(app)
                while key in OF_A_CLAIM and app.screen is app.main:
                    await worked_off(app)
        await still(app)
        here, new = self.model.article, NEW
        if keys[0] == "c":
            known = {one.id for one in self.model.claims[here]}
            new = next((one.id for one in self.claims(here) if one.id not in known), NEW)
        self.model.press(keys, new)
        self.compare(app, keys)

    def compare(self, app: WarreaderApp, keys: str) -> None:
        """The file and the screen are as the model says."""
        model, main = self.model, app.main
        told = f"after {keys!r}; all steps: {self.steps}"
        assert app.screen is main and main.page is not None, told
        for article, claims in model.claims.items():
            assert self.claims(article) == claims, told
        place = (main.page.article.id, main.sentence, main.claim_id)
        assert place == (model.article, model.sentence, model.claim), told
        assert [seen(one) for one in main.records] == model.claims[model.article], told
        assert [one.id for one in main.shown] == [one.id for one in model.shown], told
        assert [one.id for one in main.panel.records] == [one.id for one in model.shown], told
        panes = {"library": main.library, "reader": main.reader, "claims": main.panel}
        assert main.focused is panes[model.pane], told
        assert (main.library.cursor, main.panel.order.value) == (model.row, model.panel_order), told
        ranked = [main.panel.ranked(rank).id for rank in range(len(model.shown))]
        assert ranked == [one.id for one in model.ranked], told
        lines = [main.panel.record_at(at) for at in range(main.panel.count)]
        heads = [kind == "head" for kind, _ in model.lines]
        assert [one is None for one in lines] == heads, told
        assert main.panel.cursor == model.line, told
        decided = sum(one.status != "proposed" for one in model.claims[model.article])
        assert main.index.decided == decided, told
        at = main.library.index_of(model.article)
        summary = None if at is None else main.library.at(at)
        assert summary is not None and summary.decided == decided, told
        assert summary.claims == len(model.claims[model.article]), told
        stacks = dict(self.library.rows("SELECT state, count(*) FROM history GROUP BY 1"))
        assert stacks.get("done", 0) == len(model.undo), told
        assert stacks.get("undone", 0) == len(model.redo), told


async def worked_off(app: WarreaderApp) -> None:
    """Wait until the queues have been worked off once."""
    nodes: list[MessagePump] = [app, app.screen, app.screen.focused or app.screen]
    for node in nodes:
        done = asyncio.Event()
        node.call_later(done.set)
        while node.is_running and not done.is_set():  # a dialog that closes answers no more
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), 0.1)
    await app.work.run(lambda library: None)


async def still(app: WarreaderApp) -> None:
    """Wait until nothing is under way and no dialog is there."""
    quiet = 0
    while quiet < 2:
        await worked_off(app)
        asking = [one for one in app.workers if one.group == "dialog" and not one.is_finished]
        quiet = quiet + 1 if app.screen is app.main and not asking else 0
        await asyncio.sleep(0)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of three articles with seven claims each."""
    path = tmp_path_factory.mktemp("model") / "library.db"
    names = extractor(("Kyiv", "Moscow", "Minsk"))
    with Library.open(path, annotator=ANNOTATOR, seed=False, extractor=names) as library:
        for number in range(3):
            text = "\n\n".join(f"Report {number} says that hill {n} fell." for n in range(7))
            library.articles.add(
                Article(text, title=f"Hills {number}", date="2024-08-14"), profile="russia-ukraine"
            )
    return path


@settings(
    max_examples=max(1, STEPS // LENGTH),
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    database=None,
)
@given(steps=st.lists(KEYS, min_size=LENGTH, max_size=LENGTH))
def test_the_reader_does_what_a_plain_model_does(filled: Path, steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARREADER_HOME", folder)
        path = Path(shutil.copy(filled, Path(folder) / "library.db"))
        both = Both(path)
        try:
            asyncio.run(both.run(steps))
        finally:
            both.library.close()
