"""What a key repaints: the terminal shows the same as after painting everything anew."""

from __future__ import annotations

import random
from typing import Any
from unittest.mock import patch

from driving import Reader, press
from hypothesis import given
from hypothesis import strategies as st
from terminal import Screen, pieces_of
from textual.pilot import Pilot
from textual.strip import Strip

from claims.model import Claim, Span
from store.records import ClaimRecord
from tui.app import WarreaderApp
from tui.claim_index import ClaimIndex, in_text_order

KEYS = "j l h a x z Z space b g G v U r J 3 j k 1 j 2"


def rows_of(app: WarreaderApp) -> list[str]:
    """The whole screen, every widget asked anew for all of its rows."""
    for widget in app.screen.query("*"):
        widget._styles_cache.clear()
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


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
                assert terminal.lines == rows_of(app), key


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
