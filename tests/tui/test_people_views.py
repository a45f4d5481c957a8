"""The views of several people: agreement, adjudication, what changed; real keys, real library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from driving import Reader, press, type_line
from textual.pilot import Pilot
from textual.widgets import Static

from claims.agreement.aligning import Mark, Verdict, align
from claims.model import Claim, Span
from store.adjudication import Case
from store.between import Changed
from store.db import Library
from store.records import ClaimRecord
from tui.app import WarreaderApp
from tui.screens.adjudication import AdjudicationScreen
from tui.screens.agreement import AgreementScreen
from tui.screens.since import SinceScreen
from tui.two import sides_text
from tui.widgets.lines import LineList


async def shown(pilot: Pilot[None], keys: str) -> None:
    """Press keys, and wait until what they asked for is shown."""
    await press(pilot, keys)
    app = pilot.app
    assert isinstance(app, WarreaderApp)
    for _ in range(5):  # what the store answers may lead to another question
        await app.work.run(lambda library: None)
        await pilot.pause()


def words(app: WarreaderApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).render())


def rows(app: WarreaderApp) -> list[str]:
    pane = app.screen.query_one(LineList)
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


@pytest.fixture
def apart(library: Path) -> list[str]:
    """ann and bea decided on the first article; they disagree on three claims, whose ids it is."""
    with Library.open(library, annotator="ann") as opened:
        number = int(opened.setting("first_article") or 1)
        ids = [record.id for record in opened.claims.of(number)]
        for name in ("ann", "bea"):
            opened.annotators.switch(name)
            opened.decisions.accept(number, *ids)
        opened.decisions.reject(number, ids[0])
        record = opened.claims.get(number, ids[1])
        span = record.claim.content[0]
        opened.decisions.edit(number, ids[1], content=(Span(span.start, span.end - 4),))
        opened.decisions.edit(number, ids[2], type="denial", side="media")
        return ids[:3]


def stored(path: Path, claim_id: str, annotator: str) -> ClaimRecord:
    with Library.open(path, readonly=True, annotator=annotator) as library:
        number = int(library.setting("first_article") or 1)
        return library.claims.get(number, claim_id)


async def test_agreement_shows_the_measures_and_opens_a_disagreement(
    reader: Reader, apart: list[str]
) -> None:
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "9")
        assert isinstance(app.screen, AgreementScreen)
        assert "Agreement of ann, bea: " in words(app, "#heading")
        assert "3 disagreements" in words(app, "#heading")
        measures = words(app, "#measures")
        assert "Cohen κ" in measures and "kept or not" in measures and "F1" in measures
        assert "ann keeps it; bea does not" in rows(app)[0]
        await shown(pilot, "t t")
        assert words(app, "#measures").startswith("type")
        await shown(pilot, "j j enter")
        assert app.main.claim_id == apart[2]
        assert "9 goes back" in words(app, "#status")
        await shown(pilot, "9")
        assert app.screen.query_one(LineList).cursor == 2
        await shown(pilot, "o")
        assert "of 1 article" in words(app, "#heading")
        await shown(pilot, "o p")
        await type_line(pilot, "ann, machine")
        await shown(pilot, "")
        assert "Agreement of ann, machine" in words(app, "#heading")
        await shown(pilot, "p")
        await type_line(pilot, "ann, zed")
        assert "'zed' decided nothing" in words(app, "#said")
        await shown(pilot, "question_mark")
        assert "Choose whom to compare." in words(app, "#sheet")


async def test_agreement_says_what_is_missing(reader: Reader) -> None:
    async with reader((80, 24)) as (app, pilot):
        await shown(pilot, "9")
        assert "Two who decided are needed" in rows(app)[0]
        await shown(pilot, "q 0")
        assert "Nobody else has decided here." in words(app, "#why")
        await shown(pilot, "a")
        assert "Nobody else has decided here." in words(app, "#status")


async def test_adjudication_takes_a_version_with_one_key_and_takes_it_back(
    reader: Reader, library: Path, apart: list[str]
) -> None:
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "0")
        assert isinstance(app.screen, AdjudicationScreen)
        heading = words(app, "#heading")
        assert "A ann · B bea · by tester" in heading and "3 of 3 remain" in heading
        assert "≠ verdict" in words(app, "#versions")
        await shown(pilot, "b")
        assert "2 of 3 remain" in words(app, "#heading")
        assert stored(library, apart[0], "tester").status == "rejected"
        assert "✓ decided" in rows(app)[0]
        assert words(app, "#versions").count("⟦") == 2
        await shown(pilot, "a")
        assert stored(library, apart[1], "tester").status == "accepted"
        assert "≠ type" in words(app, "#versions") and "≠ side" in words(app, "#versions")
        await shown(pilot, "b")
        assert stored(library, apart[2], "tester").claim.side == "media"
        await shown(pilot, "u")
        assert "Every disagreement is adjudicated." in words(app, "#said")
        await shown(pilot, "z")
        assert stored(library, apart[2], "tester").status == "proposed"
        assert app.screen.query_one(LineList).cursor == 2
        await shown(pilot, "Z z x")
        assert stored(library, apart[2], "tester").status == "rejected"
        await shown(pilot, "z equals_sign z z z z")
        assert "3 of 3 remain" in words(app, "#heading")
        for claim_id in apart:
            assert stored(library, claim_id, "tester").status == "proposed"
            assert stored(library, claim_id, "ann").status == "accepted"


async def test_a_disagreement_is_edited_by_hand_in_the_reader(
    reader: Reader, library: Path, apart: list[str]
) -> None:
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "0 j j e")
        assert app.screen is app.main and app.main.claim_id == apart[2]
        await shown(pilot, "a 0")
        assert "2 of 3 remain" in words(app, "#heading")
        assert app.screen.query_one(LineList).cursor == 2


async def test_a_claim_that_only_one_made_is_taken_before_it_is_edited(
    reader: Reader, library: Path, apart: list[str]
) -> None:
    with Library.open(library, annotator="bea") as opened:
        number = int(opened.setting("first_article") or 1)
        (made,) = opened.decisions.add(number, Claim("", (Span(0, 9),))).claim_ids
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "0 g e")
        assert app.screen is app.main and app.main.claim_id == made
    assert stored(library, made, "tester").status == "added"


async def test_a_pair_that_nobody_chose_gives_way_to_those_who_decided_more(
    reader: Reader, library: Path
) -> None:
    with Library.open(library, annotator="ann") as opened:
        number = int(opened.setting("first_article") or 1)
        ids = [record.id for record in opened.claims.of(number)]
        opened.decisions.accept(number, *ids)
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "9")
        assert "Agreement of ann, machine" in words(app, "#heading")
        await shown(pilot, "q A n")
        await type_line(pilot, "bea")
        await shown(pilot, "x A n")
        await type_line(pilot, "chief")
        await shown(pilot, "0")
        assert "A ann · B bea · by chief" in words(app, "#heading")
        await shown(pilot, "q 9 p")
        await type_line(pilot, "ann, machine")
        await shown(pilot, "q 0")
        assert "A ann · B machine · by chief" in words(app, "#heading")


async def test_one_of_the_two_is_asked_to_decide_as_a_third(
    reader: Reader, library: Path, apart: list[str]
) -> None:
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "A")
        await press(pilot, "1")
        me = app.main.opened.annotator if app.main.opened else ""
        assert me in ("ann", "bea")
        await shown(pilot, "0")
        assert words(app, "#hint").endswith("esc cancels")
        await type_line(pilot, "chris")
        await shown(pilot, "")
        assert "by chris" in words(app, "#heading")
        assert "You decide as chris now; A switches back." in words(app, "#said")
        await shown(pilot, "q")
        assert "You decide as chris now; A switches back." in words(app, "#status")


async def test_what_changed_since_a_time(reader: Reader, apart: list[str]) -> None:
    async with reader((120, 30)) as (app, pilot):
        await shown(pilot, "W")
        assert isinstance(app.screen, SinceScreen)
        assert "bea" in rows(app)[0] and "→ denial" in rows(app)[0]
        assert "status: proposed → accepted" in "".join(rows(app))
        await shown(pilot, "t")
        await type_line(pilot, "soon")
        assert "is no time" in words(app, "#said")
        await shown(pilot, "G enter")
        assert app.screen is app.main and "W goes back" in words(app, "#status")


async def test_what_changed_says_how_far_it_is_and_stops(
    reader: Reader, apart: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    going, stopped = Event(), Event()

    def slowly(*_: object, report: Callable[[int, int], None], **__: object) -> Iterator[Changed]:
        report(3, 7)
        going.set()
        try:
            while not stopped.wait(0.01):
                report(4, 7)
        finally:
            stopped.set()
        yield from ()

    monkeypatch.setattr("store.between.changed", slowly)
    async with reader((80, 24)) as (app, pilot):
        await press(pilot, "W")
        await asyncio.to_thread(going.wait, 10)
        await pilot.pause()
        assert "of 7 claims, esc stops" in words(app, "#said")
        await press(pilot, "escape")
        assert app.screen is app.main
        assert await asyncio.to_thread(stopped.wait, 10)
        await shown(pilot, "")
        assert await app.work.run(lambda library: library.annotator) == "tester"


async def test_adjudication_is_between_two_whom_one_chooses(
    reader: Reader, library: Path, apart: list[str]
) -> None:
    with Library.open(library, annotator="cec") as opened:
        number = int(opened.setting("first_article") or 1)
        opened.decisions.reject(number, *apart)
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "0")
        assert "p chooses between which two." in words(app, "#said")
        await shown(pilot, "p")
        await type_line(pilot, "ann")
        assert "Two names are needed" in words(app, "#said")
        await shown(pilot, "p")
        await type_line(pilot, "ann, tester")
        assert "tester" in words(app, "#said")
        await shown(pilot, "p")
        await type_line(pilot, "bea, cec")
        await shown(pilot, "")
        assert "A bea · B cec · by tester" in words(app, "#heading")
        await shown(pilot, "b")
        assert stored(library, apart[1], "tester").status == "rejected"
        await shown(pilot, "q 0")
        assert "A bea · B cec" in words(app, "#heading")


def test_what_differs_is_seen_without_colour() -> None:
    """Bold and signs only: no colour, and no character that a terminal acts on."""
    from tui.themes import Depth, Palette

    text = "The ministry said \x1b[2J that they lost " + "very many " * 30 + "tanks. More."
    end = text.index(" More")
    one = Claim("c1", (Span(18, end),), speaker="A\x1b[2J", side="russia")
    two = Claim("c1", (Span(18, end - 6),), speaker="A\x1b[2J", side="media")
    (aligned,) = align(
        [{"c1": Mark(one, Verdict.KEPT)}, {"c1": Mark(two, Verdict.KEPT)}],
    )
    palette = Palette(dark=True, depth=Depth.NONE, foreground="", background="", accent="")
    case = Case(1, "T", aligned, ("content", "side"))
    made = sides_text(case, ("ann", "b\x1b[2J"), text, palette, 70).plain
    assert "≠ side" in made and "≠ A" in made and "≠ B" in made
    assert "⟦" in made and "tanks.⟧" in made and " … " in made
    assert "\x1b" not in made
    assert all(len(line) <= 74 for line in made.splitlines())


async def test_names_typed_at_once_behind_the_key_that_asks_decide_nothing(
    reader: Reader, library: Path, apart: list[str]
) -> None:
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "0")
        assert isinstance(app.screen, AdjudicationScreen)
        for key in ("p", *"abba", "enter"):
            app.simulate_key(key)
        for _ in range(8):
            await shown(pilot, "")
        assert "Two names are needed" in words(app, "#said")
        assert "3 of 3 remain" in words(app, "#heading")
