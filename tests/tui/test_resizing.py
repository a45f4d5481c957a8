"""A view looks after a change of size as if it had been opened so; what does not fit says so."""

from __future__ import annotations

import re
from pathlib import Path

from driving import Reader, press, shown
from textual.pilot import Pilot
from textual.widgets import Static

from claims.model import Article
from store.db import Library
from tui.app import WarreaderApp
from tui.screens.ledger import LedgerScreen

DAYS = "\n\n".join(
    f"Ukraine's General Staff said on {day} March 2022 that {number} Russian soldiers were killed."
    for day, number in zip(range(2, 22), range(100, 500, 20), strict=True)
)
SMALL, NARROW, BIG = (80, 24), (60, 24), (160, 50)


def screen(app: WarreaderApp) -> list[str]:
    """The rows of the screen, without what the line of words says."""
    rows = [
        "".join(part.text for part in strip) for strip in app.screen._compositor.render_strips()
    ]
    return [row.rstrip() for row in rows[:-2]]


async def resized(pilot: Pilot[None], size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    await shown(pilot, "")
    await shown(pilot, "")


async def test_views_look_after_a_resize_as_when_opened(reader: Reader, library: Path) -> None:
    with Library.open(library, annotator="tester") as stored:
        stored.articles.add(Article(DAYS, title="Days", outlet="Wire", date="2022-03-30"))
    async with reader(BIG) as (app, pilot):
        plotted = 0
        for keys, sizes in (("5", (SMALL, BIG)), ("6", (NARROW, BIG)), ("7", (SMALL,))):
            await shown(pilot, keys)
            for size in sizes:
                await resized(pilot, size)
                after = screen(app)
                plotted += any("┤" in row for row in after)
                await shown(pilot, "q")
                await shown(pilot, keys)
                assert after == screen(app), (keys, size)
                assert not app.screen.show_vertical_scrollbar
            await shown(pilot, "q")
        assert plotted == 2


async def test_a_plot_that_cannot_be_says_why(reader: Reader, library: Path) -> None:
    async with reader(SMALL) as (app, pilot):
        await shown(pilot, "5 P")
        assert isinstance(app.screen, LedgerScreen)
        said = str(app.screen.query_one("#said", Static).render())
        assert said.startswith("No plot: figures of one day")
        assert app.screen.state.plot


async def test_the_rules_fit_a_narrow_screen(reader: Reader) -> None:
    async with reader(SMALL) as (app, pilot):
        await press(pilot, "2 g l a a x a a")
        for size in (SMALL, NARROW, BIG):
            await shown(pilot, "7 r")
            await resized(pilot, size)
            rows = screen(app)
            heads = next(row for row in rows if "right of" in row)
            assert heads.endswith("corrected") and len(heads) <= size[0]
            lines = [row for row in rows if "% to " in row]
            assert lines and all(re.search(r" \d+% to \d+%($|  )", row) for row in lines), lines
            await shown(pilot, "q")


async def test_what_the_queue_counts_is_never_less_than_nothing(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "2 g l a a a")
        await shown(pilot, "7 enter")
        await shown(pilot, "a")
        await shown(pilot, "7")
        assert "1 now, " in str(app.screen.query_one("#heading", Static).render())
        await shown(pilot, "q")
        await shown(pilot, "z z z z")
        await shown(pilot, "7")
        assert " now" not in str(app.screen.query_one("#heading", Static).render())
