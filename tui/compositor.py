"""Paints what changed and looks at nothing else: a key that moves a sentence touches ten rows.

Textual's compositor asks every widget within the smallest rectangle around all changes for all
of its rows. Here the changes are in panes that stand side by side, so that the rectangle is the
screen, and a key costs what the whole screen costs. This asks only for the rows in which a widget
has something to repaint. It relies on parts of Textual that are not public; a test compares what
it paints with a full repaint after every key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip


class ChangesCompositor(Compositor):
    """A compositor whose partial updates cost what has changed."""

    _wanted: dict[int, list[tuple[int, int]]] | None = None
    """While a partial update is made: for each row of the screen the columns that are still to
    be painted; a widget takes its own out, so that what lies under it is not asked."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """The regions that are dirty, as something to write to the terminal."""
        self._wanted = {}
        for y, start, end in self._regions_to_spans(self._dirty_regions):
            self._wanted.setdefault(y, []).append((start, end))
        try:
            return super().render_partial_update()
        finally:
            self._wanted = None

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        wanted = self._wanted
        if wanted is None:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            if not wanted:
                return
            seen = region.intersection(clip)
            for top, bottom in _runs(_take(wanted, seen)):
                rows = Region(clip.x, top, clip.width, bottom - top)
                x, y, width, height = region.intersection(rows)
                inside = Region(x - region.x, y - region.y, width, height)
                yield region, rows, widget.render_lines(inside)


def paint(screen: Screen[None]) -> None:
    """Paint what has changed now; what needs another layout is left to Textual.

    Textual asks each widget in turn, in a task of its own, whether it has changed, and paints
    when all have answered. A key that was answered is on the screen sooner without that.
    """
    widgets = list(screen._compositor.visible_widgets)
    if any(w._layout_required or w._scroll_required or w._refresh_styles_required for w in widgets):
        return
    changed = [widget for widget in widgets if widget._repaint_required]
    if not changed or screen._layout_required or screen._recompose_required:
        return
    for widget in changed:
        widget._repaint_required = False
    screen._dirty_widgets.update(changed)
    screen._on_timer_update()


def _take(wanted: dict[int, list[tuple[int, int]]], seen: Region) -> Iterator[int]:
    """The rows in which a part of the screen has something to paint; takes it off the list."""
    left, right = seen.column_span
    top, bottom = seen.line_span
    for y in sorted(y for y in wanted if top <= y < bottom):
        spans = wanted[y]
        if all(end <= left or right <= start for start, end in spans):
            continue
        rest = [
            (low, high)
            for start, end in spans
            for low, high in ((start, min(end, left)), (max(start, right), end))
            if low < high
        ]
        if rest:
            wanted[y] = rest
        else:
            del wanted[y]
        yield y


def _runs(rows: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as ranges (first, end exclusive) without gaps."""
    start = end = None
    for row in rows:
        if row != end:
            if start is not None and end is not None:
                yield start, end
            start = row
        end = row + 1
    if start is not None and end is not None:
        yield start, end
