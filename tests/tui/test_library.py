"""The library on the screen: orders, filters, marks, the table."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from driving import Reader, press, settle, type_line
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from store.db import Library
from tui.app import WarreaderApp
from tui.shelf import shares
from tui.work import Loaded, Opened

COUNTS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 500), max_size=20)


def titles(app: WarreaderApp) -> list[str]:
    """What the library lists, by the first word of each title."""
    pane = app.main.library
    found = [pane.at(index) for index in range(pane.count)]
    return [article.title.split()[0] for article in found if article is not None]


def rows(app: WarreaderApp) -> str:
    """What the library shows."""
    pane = app.main.library
    return "\n".join(pane.render_line(y).text for y in range(pane.scrollable_content_region.height))


def said(app: WarreaderApp) -> str:
    """The status line."""
    return str(app.main.query_one("#status").render())


async def test_the_list_is_sorted_and_turned_round(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "1 o t")
        assert titles(app) == ["Flag", "Gunfire", "Kursk", "Missile", "Russian"]
        await press(pilot, "o t")
        assert titles(app) == ["Russian", "Missile", "Kursk", "Gunfire", "Flag"]
        await press(pilot, "o u")
        assert titles(app)[0] == "Kursk"  # the most claims
        assert "most undecided first" in str(app.main.library.border_title)
        await press(pilot, "o d")
        assert titles(app)[0] == "Missile"


async def test_marks_are_on_disk_at_once_and_the_same_key_takes_them_back(
    reader: Reader, library: Path
) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "1 g s")
        assert "★" in rows(app)
        assert "Starred" in said(app)
        await press(pilot, "number_sign")
        await type_line(pilot, "later,market")
        await press(pilot, "N")
        with Library.open(library, annotator="tester", readonly=True) as other:
            (summary,) = [one for one in other.articles.page() if one.starred]
            assert (summary.tags, summary.read) == (("later", "market"), True)
        await press(pilot, "s N")
        with Library.open(library, annotator="tester", readonly=True) as other:
            assert not any(one.starred for one in other.articles.page())
            assert not other.articles.summary(summary.id).read


async def test_an_article_called_unread_stays_so_until_it_is_opened_again(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "1 g enter 1")
        await press(pilot, "G enter 1 g")
        pane = app.main.library
        assert (article := pane.at(0)) and article.read
        await press(pilot, "N G enter 1 g")
        assert (article := pane.at(0)) and not article.read
        await press(pilot, "enter 1 G enter 1 g")
        await press(pilot, "o d")
        await press(pilot, "o d")
        assert (article := pane.at(0)) and article.read


async def test_a_filter_writes_the_query(reader: Reader) -> None:
    async with reader() as (app, pilot):
        for keys, query in (("f u", "is:undecided"), ("f i a", "side:"), ("f o a", "outlet:")):
            await press(pilot, f"1 {keys}")
            assert query in app.main.listing.query
            assert "is:undecided" in str(app.main.library.border_title)
            assert 0 < app.main.library.count <= 5
        assert app.main.library.count == 1
        await press(pilot, "u")  # adds and takes away one condition of several
        assert "is:undecided" not in app.main.listing.query
        assert "outlet:" in app.main.listing.query
        await press(pilot, "escape")
        assert (app.main.listing.query, app.main.library.count) == ("", 5)


async def test_a_query_that_cannot_be_read_can_be_put_right(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "1 slash")
        await type_line(pilot, "speeker:Zelensky")
        hint = str(app.screen.query_one("#hint").render())
        assert "did you mean speaker:" in hint and "character 1" in hint
        await press(pilot, "ctrl+u")
        await type_line(pilot, "speaker:Zelensky type:territory")
        assert titles(app) == ["Kursk"]
        await press(pilot, "slash ctrl+u")
        await type_line(pilot, "side:russa")  # only the library knows its sides
        assert "did you mean russia" in said(app)
        assert titles(app) == ["Kursk"]  # what was listed stays


async def _table(pilot: Pilot[None], app: WarreaderApp) -> str:
    await press(pilot, "1")
    await press(pilot, "w")
    return rows(app)


@pytest.mark.parametrize(("width", "columns"), [(80, 3), (160, 5)])
async def test_with_room_the_list_is_a_table(reader: Reader, width: int, columns: int) -> None:
    async with reader((width, 24)) as (app, pilot):
        shown = await _table(pilot, app)
        first = shown.splitlines()[0]
        assert first.startswith(("▶", "▸", " "))
        assert "Missile" in first and "20 Aug 2024" in first
        assert re.search(r" 0/\d+ ", first + " ")
        assert "outlet" in str(app.main.library.border_title)
        assert ("BBB" in first) == (columns == 5)
        await press(pilot, "G enter")  # opens it beside the text again
        assert app.main.page is not None
        assert app.main.page.article.summary.title.startswith("Gunfire")
        assert app.focused is app.main.reader
        assert not app.main.has_class("-library-whole")


@given(COUNTS, st.integers(0, 40))
def test_a_bar_shows_everything_that_has_room(counts: dict[str, int], width: int) -> None:
    found = shares(counts, width)
    there = {key: number for key, number in counts.items() if number > 0}
    total = sum(there.values())
    assert sum(share.cells for share in found) == min(width, total)
    assert len(found) == min(width, len(there))
    assert all(share.cells >= 1 for share in found)
    numbers = [there[share.key] for share in found]
    assert numbers == sorted(numbers, reverse=True)
    if total <= width:
        assert {share.key: share.cells for share in found} == there


@pytest.mark.parametrize("width", [80, 120])
async def test_who_goes_to_the_library_while_it_opens_stays_there(
    library: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    gate, ready = asyncio.Event(), asyncio.Event()
    app = WarreaderApp(library, annotator="tester")
    opening, loading = app.work.open, app.work.load

    async def open_late(*, readonly: bool) -> Opened:
        await gate.wait()
        return await opening(readonly=readonly)

    async def load_late(article_id: int, query: str = "") -> Loaded:
        await ready.wait()
        return await loading(article_id, query)

    monkeypatch.setattr(app.work, "open", open_late)
    monkeypatch.setattr(app.work, "load", load_late)
    try:
        async with app.run_test(size=(width, 30)) as pilot:
            await press(pilot, "1")
            assert "Opening the library …" in rows(app)
            assert "empty" not in rows(app)
            gate.set()
            while not app.main.library.count:
                await pilot.pause(0.01)
            await press(pilot, "G k")
            ready.set()
            await settle(pilot)
            assert app.main.page is not None
            assert app.focused is app.main.library and app.main.library.region
            await press(pilot, "s")  # a star, and no side of a claim
            assert app.screen is app.main and "Starred" in said(app)
            assert app.main.library.cursor == app.main.library.count - 2
    finally:
        app.work.close()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_heads_stand_whole_above_their_columns(reader: Reader, size: tuple[int, int]) -> None:
    async with reader(size) as (app, pilot):
        await press(pilot, "1 w")
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        heads, first = ("".join(part.text for part in strip) for strip in strips[1:3])
        assert "…" not in heads and "decided" in heads
        assert ("story" in heads) == (size[0] > 80)
        article = app.main.library.at(0)
        assert article is not None and article.outlet is not None
        assert heads.index("outlet") == first.index(article.outlet[:10])
