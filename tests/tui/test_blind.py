"""Blind mode: nothing on the screen tells outlet, byline, address or side.

Decisions say that they were taken blind, and what is hidden is never written back as hidden.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from driving import Reader, press, type_line
from export_fakes import documents
from hypothesis import given, settings

from claims.model import Claim, Mode
from store.batch import BLIND
from store.db import Library
from store.records import ClaimFilter
from tui.app import WarreaderApp
from tui.blind import SHOWS_SIDES, masked
from tui.commands import COMMANDS


def screen_text(app: WarreaderApp) -> str:
    """Every character that is shown."""
    svg = app.export_screenshot(simplify=True)
    rows: dict[str, str] = {}
    for place, words in re.findall(r'<text[^>]* y="([^"]+)"[^>]*>(.*?)</text>', svg, re.DOTALL):
        rows[place] = rows.get(place, "") + html.unescape(words).replace("\xa0", " ")
    return "\n".join(rows.values())


SECRET = "Fontanka Wire"


async def test_nothing_on_the_screen_tells_where_a_text_comes_from(
    reader: Reader, library: Path
) -> None:
    from claims.model import Article

    with Library.open(library, annotator="tester") as opened:
        article = opened.articles.add(
            Article(
                'The river front\n\nRussia lost the bridge. "We hold it," the Kremlin said.',
                title="The river front",
                outlet=SECRET,
                byline="Olga Byliner",
                date="2024-08-14",
            ),
            url="https://fontanka-wire.example/1",
        )
        number = article.article_id
        opened.set_setting("last_article", str(number))
    async with reader((160, 50)) as (app, pilot):
        told = screen_text(app)
        assert SECRET in told and "Olga Byliner" in told and "RU" in told, told
        await press(pilot, "B")
        secrets = (SECRET, "Byliner", "fontanka", "RU")
        for keys in ("", "L", "escape H", "escape 1", "2 l", "y", "F", "escape h h"):
            await press(pilot, keys)
            shown = screen_text(app)
            assert [word for word in secrets if re.search(word, shown)] == [], (keys, shown)
        assert "BLIND" in screen_text(app)
        assert SECRET not in app.clipboard and "fontanka" not in app.clipboard
        for key in ("v", "s", "o"):
            await press(pilot, key)
            assert "Blind mode hides this" in screen_text(app)
        await press(pilot, "g l")
        first = app.main.record
        assert first is not None and first.claim.side == "unknown"
        await press(pilot, "a B")
        assert SECRET in screen_text(app)
        now = {record.id: record for record in app.main.records}
        assert now[first.id].claim.side != "unknown"
        await press(pilot, "z")
    with Library.open(library, readonly=True, annotator="tester") as opened:
        log = opened.decisions.log(number, first.id)
        assert [entry.batch.startswith(BLIND) for entry in log] == [True, False]


async def test_a_speaker_that_is_taken_over_brings_the_side_that_is_hidden(
    reader: Reader, library: Path
) -> None:
    with Library.open(library, readonly=True, annotator="tester") as opened:
        known = next(
            record
            for record in opened.claims.query(ClaimFilter())
            if record.claim.side == "ukraine" and record.claim.mode is not Mode.UNATTRIBUTED
        )
    async with reader() as (app, pilot):
        await app.main.open_article(known.article_id)
        await press(pilot, "B")
        other = next(
            r for r in app.main.records if r.claim.speaker not in (None, known.claim.speaker)
        )
        app.main.go_to_claim(other.id)
        await pilot.pause()
        await press(pilot, "w")
        await type_line(pilot, str(known.claim.speaker))
        assert app.main.record is not None
        assert app.main.record.claim.speaker == known.claim.speaker
        assert app.main.record.claim.side == "unknown"
    with Library.open(library, readonly=True, annotator="tester") as opened:
        assert opened.claims.get(known.article_id, other.id).claim.side == "ukraine"


async def test_queries_do_not_tell_what_is_hidden(reader: Reader, library: Path) -> None:
    from claims.model import Article

    with Library.open(library, annotator="tester") as opened:
        opened.articles.add(
            Article("Moscow lost a bridge.", title="Fronts", outlet=SECRET, byline="Olga Byliner")
        )
    async with reader() as (app, pilot):
        await press(pilot, "1 slash")
        await type_line(pilot, "outlet:fontanka")
        assert app.main.library.count == 1
        await press(pilot, "B")
        # What was asked for before is forgotten: it would name the article that is left.
        assert app.main.library.count > 1
        await press(pilot, "1 slash")
        for query in ("outlet:Fontanka", "byliner OR -byline:Olga", "side:russia", "url:example"):
            await press(pilot, "ctrl+u")
            await type_line(pilot, query)
            assert ": blind mode hides this; B ends it" in screen_text(app), query
        await press(pilot, "ctrl+u")
        await type_line(pilot, "fontanka OR byliner")
        assert app.main.library.count == 0  # the words are looked for in titles and texts alone
        await press(pilot, "1 slash")
        await press(pilot, "ctrl+u")
        await type_line(pilot, "bridge")
        assert app.main.library.count == 1
        await press(pilot, "escape o")
        assert "by outlet" not in screen_text(app)
        await press(pilot, "escape 2 8")
        await type_line(pilot, "side:russia")
        assert "side: blind mode hides this" in screen_text(app)
        await press(pilot, "escape q F slash")
        await type_line(pilot, "side:russia")
        assert "side: blind mode hides this" in screen_text(app)


def walk(value: Any) -> list[Any]:
    found, waiting = [], [value]
    while waiting:
        one = waiting.pop()
        found.append(one)
        if hasattr(one, "__dataclass_fields__"):
            waiting += [getattr(one, name) for name in one.__dataclass_fields__]
        elif isinstance(one, tuple | list):
            waiting += list(one)
        elif isinstance(one, dict):
            waiting += list(one.values())
    return found


@settings(max_examples=25)
@given(documents())
def test_what_comes_out_of_the_store_holds_nothing_of_it(found: Any) -> None:
    hidden = masked(found)
    for one in walk(hidden):
        if isinstance(one, Claim):
            assert one.side == "unknown" and one.victims is None
            assert one.speaker is None or one.mode is not Mode.UNATTRIBUTED
        for name in ("outlet", "byline", "url"):
            assert getattr(one, name, None) is None
    shown = [(record.id, record.claim.content, record.claim.type) for record in hidden.claims]
    assert shown == [(r.id, r.claim.content, r.claim.type) for r in found.claims]


def test_what_waits_is_something_that_there_is() -> None:
    actions = {command.action for command in COMMANDS}
    assert actions >= SHOWS_SIDES
