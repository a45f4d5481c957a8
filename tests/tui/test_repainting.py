"""What a key repaints: the terminal shows the same as after painting everything anew."""

from __future__ import annotations

import random
from typing import Any
from unittest.mock import patch

from driving import Reader, press
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from terminal import Screen, pieces_of
from textual.pilot import Pilot
from textual.strip import Strip

from claims.model import Claim, Span
from store.records import ClaimRecord
from tui.app import WarreaderApp
from tui.claim_index import ClaimIndex, in_text_order
from tui.widgets.scrolled import ScrolledPane

KEYS = "j l h a x z Z space b g G v U r J 3 j k G g 1 j 2 j l space j"


def painted(app: WarreaderApp) -> list[Strip]:
    """The rows of the screen with their colours, as the widgets have kept them."""
    strips = app.screen._compositor.render_strips()
    return [Strip(Segment.simplify(strip)) for strip in strips]


def painted_anew(app: WarreaderApp) -> list[Strip]:
    """The same, every widget asked anew for all of its rows."""
    for pane in app.screen.query(ScrolledPane):
        pane.vertical_scrollbar._styles_cache.clear()
    for widget in app.screen.query("*"):
        widget._styles_cache.clear()
    return painted(app)


async def test_after_any_key_the_terminal_shows_what_a_full_repaint_would(reader: Reader) -> None:
    size = (120, 30)
    async with reader(size) as (app, pilot):
        terminal = Screen(*size)
        rows: list[list[Strip]] = [list(chops.values()) for chops in full(app)]
        write(terminal, app, "".join(f"\x1b[{y + 1};1H{text(app, r)}" for y, r in enumerate(rows)))

        def shown(_: Any, screen: Any, update: Any) -> None:
            if screen is app.main and update is not None:
                write(terminal, app, update.render_segments(app.console))

        with patch.object(WarreaderApp, "_display", shown):
            chance = random.Random(7)
            for key in [*KEYS.split(), *chance.choices("jklhaxzZ", k=12)]:
                await press(pilot, key)
                await still(pilot)
                kept, anew = painted(app), painted_anew(app)
                assert terminal.lines == [row.text.rstrip() for row in anew], key
                assert [list(row) for row in kept] == [list(row) for row in anew], key


async def still(pilot: Pilot[None]) -> None:
    """Wait until what was asked of the store has been shown too."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def full(app: WarreaderApp) -> Any:
    return app.screen._compositor._render_chops(app.screen.size.region, lambda y: True)


def text(app: WarreaderApp, row: list[Strip]) -> str:
    return "".join(strip.render(app.console) for strip in row)


def write(terminal: Screen, app: WarreaderApp, sequences: str) -> None:
    found, rest = pieces_of(sequences)
    assert not rest
    for piece in found:
        terminal.take(piece)


SPANS = st.lists(
    st.lists(
        st.builds(lambda a, n: Span(a, a + n), st.integers(0, 80), st.integers(1, 30)),
        min_size=1,
        max_size=3,
    ),
    max_size=12,
)


@given(SPANS, st.integers(0, 90), st.integers(1, 20))
def test_claims_of_a_stretch_are_found_without_looking_at_all(
    contents: list[list[Span]], start: int, length: int
) -> None:
    records = [ClaimRecord(1, Claim(f"c{n}", tuple(sorted(c)))) for n, c in enumerate(contents)]
    index, span = ClaimIndex(sorted(records, key=in_text_order)), Span(start, start + length)
    assert index.overlapping(span) == [
        r for r in index.records if any(part.overlaps(span) for part in r.claim.content)
    ]
    assert list(index.beginning(span)) == [
        r for r in index.records if span.start <= r.claim.start < span.end
    ]
    place = index.place_at(start)
    later = [n for n, r in enumerate(index.records) if r.claim.start >= start]
    assert place == (later[0] if later else None)
