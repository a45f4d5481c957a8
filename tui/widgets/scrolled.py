"""A pane painted row by row whose rows stay painted when it scrolls.

Textual repaints all of a pane that scrolls, and all of its scrollbar. Most of the rows are only in
another place then, and making them again costs more than all else that a key does: they are taken
along, and what comes into view is painted. This relies on how Textual keeps painted rows, which
is not public; a test compares what is on the screen with a full repaint after every key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.css.styles import StylesBase
from textual.geometry import Region, Size, Spacing
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

_PLAIN = Style()


class Rows(StylesCache):
    """The painted rows of a pane, by where they stand in it.

    What stands left and right of the content, its border and padding, is the same in each row:
    it is asked for once.
    """

    def __init__(self) -> None:
        super().__init__()
        self._edges: dict[object, tuple[list[Segment], list[Segment]] | None] = {}

    def clear(self) -> None:
        """Everything may look different now."""
        super().clear()
        self._edges.clear()

    def render_line(
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        *others: Any,
    ) -> Strip:
        """A row with all that the style sheet puts around it."""

        def dressed(content: Callable[[int], Strip]) -> Strip:
            around = (styles, y, size, content_size, padding, base_background, background)
            return super(Rows, self).render_line(*around, content, *others)

        top = styles.gutter.top
        if not top <= y < top + content_size.height:
            return dressed(render_content_line)
        key = (base_background, background, size.width, content_size.width)
        if key not in self._edges:
            mark = Segment("x" * content_size.width, _PLAIN)
            row = list(dressed(lambda _: Strip([mark], content_size.width)))
            places = [place for place, segment in enumerate(row) if segment is mark]
            self._edges[key] = (row[: places[0]], row[places[0] + 1 :]) if places else None
        edges = self._edges[key]
        if edges is None:  # a tint or the like changes the content itself
            return dressed(render_content_line)
        before, after = edges
        content = render_content_line(y - top)
        if content.cell_length != content_size.width:
            return dressed(lambda _: content)
        return Strip([*before, *content, *after], size.width) if before or after else content

    def painted(self, rows: range) -> dict[int, Strip]:
        """The rows that are as they should be."""
        return {y: self._cache[y] for y in rows if y in self._cache and y not in self._dirty_lines}

    def keep(self, painted: dict[int, Strip]) -> None:
        """These rows are as they should be."""
        self._cache.update(painted)
        self._dirty_lines.difference_update(painted)


class _Bar(ScrollBar):
    """A vertical scrollbar that paints the few cells in which it changes."""

    def __init__(self, thickness: int) -> None:
        super().__init__(vertical=True, name="vertical", thickness=thickness)
        self._cells: list[Segment] = []

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Repaint; where nothing is said of what, the cells that are others now."""
        if repaint and not (regions or layout or recompose) and self._cells:
            before, self._cells = self._cells, self._drawn()
            if len(before) == len(self._cells):
                pairs = enumerate(zip(before, self._cells, strict=True))
                changed = [y for y, (old, new) in pairs if old != new]
                if not changed:
                    return self
                regions = tuple(Region(0, y, self.thickness, 1) for y in changed)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _drawn(self) -> list[Segment]:
        """All cells, as Textual draws them."""
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or not isinstance(bar.style, Style):
            return []
        back, front = bar.style.bgcolor, bar.style.color
        assert back is not None and front is not None
        return bar.render_bar(
            self.size.height,
            bar.virtual_size,
            bar.window_size,
            bar.position,
            bar.thickness,
            back_color=back,
            bar_color=front,
        ).segments

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some rows of the bar as it is now."""
        self._cells = self._drawn()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One cell."""
        return Strip(self._cells[y : y + 1], self.thickness)


class ScrolledPane(ScrollView, inherit_bindings=False):
    """A pane whose rows depend on what it shows, and not on where in the pane they stand."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._styles_cache: Rows = Rows()

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when it is asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = _Bar(self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Take the rows along."""
        first = self.content_offset.y
        rows = range(first, first + self.size.height)
        painted = self._styles_cache.painted(rows)
        super().watch_scroll_y(old_value, new_value)
        up = round(new_value) - round(old_value)
        self._styles_cache.keep({y - up: strip for y, strip in painted.items() if y - up in rows})
