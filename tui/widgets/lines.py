"""A list whose items are a fixed number of rows, painted row by row: the base of two panes.

Only the rows in view are ever rendered, so a list of 100,000 items costs what ten cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from claims.model import Span
from claims.text import displayed
from tui.bidi import in_seen_order
from tui.layout import LEFT_TO_RIGHT, is_right_to_left, wrap
from tui.themes import Palette
from tui.widgets.scrolled import ScrolledPane

_POINTER_ROW = 1
Piece = tuple[str, Style]
"""A stretch of a row and its style."""


class LineList(ScrolledPane, can_focus=True, inherit_bindings=False):
    """A list of items of `ITEM_HEIGHT` rows with a cursor; moving it repaints two items."""

    ALLOW_SELECT = False
    ITEM_HEIGHT: ClassVar[int] = 1

    DEFAULT_CSS = """
    LineList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    why_empty: Sequence[str] = ()
    """Why there is nothing, and what to do."""
    cursor: reactive[int] = reactive(0, repaint=False)
    """The number of the item under the cursor."""

    @dataclass
    class Moved(Message):
        """The cursor went to another item, by a key or the mouse."""

        pane: LineList
        index: int

        @property
        def control(self) -> LineList:
            """The list, for handlers of one pane only."""
            return self.pane

    @dataclass
    class Chosen(Message):
        """The item was chosen: Enter, or a click on the item under the cursor."""

        pane: LineList
        index: int

        @property
        def control(self) -> LineList:
            """The list, for handlers of one pane only."""
            return self.pane

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._count = 0
        self._loaded = False
        self.palette: Palette | None = None
        self.orders_letters = False
        """Whether right-to-left letters are put in their order here and not by the terminal."""
        self._base = Style()
        self._made: tuple[int | None, list[list[Piece]]] = (None, [])
        """The item that was painted last, and its rows."""

    # What a list must say of its items

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """The rows of one item, at most `width` cells wide; fewer than ITEM_HEIGHT are padded."""
        raise NotImplementedError

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """What an empty list says."""
        assert self.palette is not None
        for words in self.why_empty:
            for start, end in wrap(words, Span(0, len(words)), max(8, width - 2)):
                yield ((" " + words[start:end], self.palette["muted"]),)

    def top_of(self, index: int) -> int:
        """The first row of an item; of the one behind the last, how many rows there are."""
        return index * self.ITEM_HEIGHT

    def item_at(self, row: int) -> tuple[int, int]:
        """The item that a row belongs to, and which row of the item it is."""
        return divmod(row, self.ITEM_HEIGHT)

    # The list itself

    @property
    def count(self) -> int:
        """How many items there are."""
        return self._count

    def set_count(self, count: int) -> None:
        """Say how many items there are; the cursor stays on the list."""
        self._count, self._loaded = count, True
        self.virtual_size = Size(0, max(1, self.top_of(count)))
        self.cursor = max(0, min(self.cursor, count - 1))
        self.refresh()

    def go_to(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on an item and show it; `tell` posts `Moved`."""
        if not self._count:
            return
        index = max(0, min(index, self._count - 1))
        moved = index != self.cursor
        self.cursor = index
        self._reveal()
        if moved and tell:
            self.post_message(self.Moved(self, index))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two items that changed."""
        for index in (old, new):
            self.refresh_item(index)
        self._place_cursor()

    def refresh_item(self, index: int) -> None:
        """Repaint one item."""
        top = self.top_of(index)
        self.refresh_lines(top, self.top_of(index + 1) - top)

    def _reveal(self) -> None:
        height = self.scrollable_content_region.height
        if height <= 0:
            return
        top, bottom = self.top_of(self.cursor), self.top_of(self.cursor + 1)
        y = self.scroll_offset.y
        if top < y:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif bottom > y + height:
            self.scroll_to(y=bottom - height, animate=False, immediate=True)

    def _place_cursor(self) -> None:
        """Put the terminal's own cursor on the item: braille displays follow it."""
        y = self.top_of(self.cursor) - self.scroll_offset.y
        if self.has_focus and 0 <= y < self.size.height:
            self.app.cursor_position = self.content_region.offset + Offset(0, y)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow with the terminal's own cursor."""
        super().watch_scroll_y(old_value, new_value)
        self._place_cursor()

    @property
    def page(self) -> int:
        """How many items fit on the pane."""
        return max(1, self.scrollable_content_region.height // self.ITEM_HEIGHT)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some rows of the pane, in colours that are looked up once for all of them."""
        self._base, self._made = self.rich_style, (None, [])
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the pane."""
        width, whole = self.scrollable_content_region.width, self.size.width
        base = self._base
        if self.palette is None or width <= 0 or not self._loaded:
            return Strip.blank(whole, base)
        if not self._count:
            rows = [list(row) for row in self.empty_rows(width)]
            return strip(rows[y] if y < len(rows) else (), whole, base)
        index, part = self.item_at(y + self.scroll_offset.y)
        if index >= self._count:
            return Strip.blank(whole, base)
        if self._made[0] != index:
            self._made = (index, [list(row) for row in self.item_rows(index, width)])
        item = self._made[1]
        row = item[part] if part < len(item) else []
        if index == self.cursor:
            here = self.palette["cursor"] if self.has_focus else self.palette["current"]
            base += here
            pale, text = self.palette["muted"], self.palette["text"]
            # What is pale on the ground of the list would hardly be read on that of the cursor.
            row = [(words, text if style == pale else style) for words, style in row]
            if here.reverse:  # colours turned round would be patches of colour
                row = [(words, style.without_color) for words, style in row]
            if part == _POINTER_ROW and row and row[0][0][:1] == " ":
                # A sign beside the colour, for eyes and terminals that see none.
                sign = ("▶", self.palette["accent"])
                row = [sign, (row[0][0][1:], row[0][1]), *row[1:]]
        return strip(row, whole, base, orders_letters=self.orders_letters)

    # Keys and mouse

    def action_cursor_down(self) -> None:
        """Next item."""
        self.go_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """Previous item."""
        self.go_to(self.cursor - 1)

    def action_page_down(self) -> None:
        """One page down."""
        self.go_to(self.cursor + self.page)

    def action_page_up(self) -> None:
        """One page up."""
        self.go_to(self.cursor - self.page)

    def action_first(self) -> None:
        """First item."""
        self.go_to(0)

    def action_last(self) -> None:
        """Last item."""
        self.go_to(self._count - 1)

    def on_click(self, event: events.Click) -> None:
        """Choose the item under the mouse."""
        index, _ = self.item_at(event.y + self.scroll_offset.y)
        if 0 <= index < self._count:
            self.go_to(index)
            self.post_message(self.Chosen(self, index))

    def on_focus(self) -> None:
        """Show that the cursor is live."""
        self.refresh_item(self.cursor)
        self._place_cursor()

    def on_blur(self) -> None:
        """Show that the cursor rests."""
        self.refresh_item(self.cursor)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._reveal()


def strip(
    pieces: Iterable[Piece], width: int, base: Style, *, orders_letters: bool = False
) -> Strip:
    """A row of exactly `width` cells; what does not fit is cut.

    This is the last door before the terminal: what could act on it is made visible here too.
    """
    segments: list[Segment] = []
    room = width
    for words, style in pieces:
        text = words if words.isprintable() else displayed(words)
        cells = cell_len(text)
        if cells > room:
            text, cells = set_cell_size(text, room), room
        if text:
            segments.append(Segment(text, base + style))
        room -= cells
        if room <= 0:
            break
    if room > 0:
        segments.append(Segment(" " * room, base))
    if any(is_right_to_left(one.text, 0, len(one.text)) for one in segments):
        if orders_letters:
            return Strip(in_seen_order(segments), width)
        # A terminal that orders such letters itself must not take the next pane along.
        segments = [Segment(LEFT_TO_RIGHT, base), *segments, Segment(LEFT_TO_RIGHT, base)]
    return Strip(segments, width)


def fit(text: str, width: int) -> str:
    """The text cut to `width` cells, with an ellipsis where something is cut."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def cut(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """A row cut to `width` cells, with an ellipsis where something is cut."""
    shown: list[Piece] = []
    room = width
    for place, (text, style) in enumerate(pieces):
        cells = cell_len(text)
        if cells > room or (cells == room and any(more for more, _ in pieces[place + 1 :])):
            shown.append((fit(text + "…", room), style))
            break
        shown.append((text, style))
        room -= cells
    return shown


def words_in_place(words: str, place: str, width: int, palette: Palette) -> tuple[Piece, ...]:
    """A row of a claim's words on the left and where they stand on the right."""
    where = fit(displayed(place), max(10, width // 3))
    room = max(8, width - cell_len(where) - 5)
    shown = fit(" ".join(displayed(words).split()), room)
    return (
        ("  ", palette["text"]),
        (shown, palette["text"]),
        (" " * (room - cell_len(shown) + 2), palette["text"]),
        (where, palette["muted"]),
    )
