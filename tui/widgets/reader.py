"""The reader pane: the article, its sentences highlighted by claim, painted row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from claims.model import Span
from claims.text import displayed, paragraphs
from tui.bidi import in_seen_order, is_right_to_left_paragraph
from tui.bindings import bindings
from tui.commands import Context, in_context
from tui.highlight import Highlights
from tui.layout import (
    LEFT_TO_RIGHT,
    Layout,
    Row,
    SentenceIndex,
    is_narrow,
    is_right_to_left,
    whole_characters,
    wrap,
)
from tui.themes import SELECTED
from tui.widgets.gutter import FURTHER, LETTERS, Gutter
from tui.widgets.painting import CHIP, Emphasis, layers_of, segments_of
from tui.widgets.scrolled import ScrolledPane

if TYPE_CHECKING:
    from store.records import ArticleRecord
    from tui.themes import Palette

GUTTER = 5
"""Cells before the text: the current sentence's mark, two letters, the side's bar, a blank."""
_MAX_MEASURE = 96
"""The widest column of text: longer lines are hard to follow back."""
_BREAKS = str.maketrans("\n\r\t", "   ")
"""A break inside a paragraph (hard-wrapped text) is a blank: rows break where the pane does."""


@dataclass(frozen=True, slots=True)
class Page:
    """One article, ready to be shown."""

    article: ArticleRecord
    text: str
    """The text as it is shown: as long as the article's, code point for code point."""
    paragraphs: Sequence[Span]
    index: SentenceIndex
    head: Sequence[tuple[str, str]]
    """Lines above the text, each with its style key: title, outlet and date."""

    @classmethod
    def of(cls, article: ArticleRecord, head: Sequence[tuple[str, str]]) -> Page:
        """Prepare an article; done outside the screen's thread where the text is long."""
        text = displayed(article.text).translate(_BREAKS)
        return cls(article, text, paragraphs(article.text), SentenceIndex(article.sentences), head)


def _bound(base: Style) -> Strip:
    """Keeps a terminal that orders right-to-left letters itself from mixing the panes of a row."""
    return Strip([Segment(LEFT_TO_RIGHT, base)], 0)


class ReaderView(ScrolledPane, can_focus=True, inherit_bindings=False):
    """The text of one article. Moving to another sentence repaints two sentences."""

    ALLOW_SELECT = True
    BINDINGS = bindings(
        Context.READER, on_screen={command.id for command in in_context(Context.READER)}
    )
    DEFAULT_CSS = """
    ReaderView { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    @dataclass
    class Clicked(Message):
        """The text was clicked at an offset."""

        offset: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.palette: Palette | None = None
        self._base = Style()
        self._page: Page | None = None
        self._layout: Layout | None = None
        self._head: list[tuple[str, str]] = []
        self._highlights = Highlights()
        self._letters: Gutter | None = None
        self._emphasis = Emphasis()
        self.orders_letters = False
        """Whether right-to-left letters are put in their order here and not by the terminal."""
        self._height = 0
        """The rows of the pane before it was resized."""
        self.blank_words: Sequence[str] = ()
        self.side_signs: Mapping[str, str] = {}
        """What stands for a side (by style key) in place of the bar, where there is no colour."""

    # What is shown

    @property
    def page_shown(self) -> Page | None:
        """The article on the pane."""
        return self._page

    def show(self, page: Page | None, highlights: Highlights) -> None:
        """Show an article from the top."""
        self._page, self._highlights, self._emphasis = page, highlights, Emphasis()
        self._lay_out()
        self.scroll_to(y=0, animate=False, immediate=True)

    def set_highlights(self, highlights: Highlights) -> None:
        """The claims have changed."""
        self._highlights = highlights
        self._fill_gutter()
        self.refresh()

    def claim_changed(self, span: Span) -> None:
        """A claim from the beginning to the end of `span` has changed, and no other."""
        self._highlights.forget(span)
        if self._layout is None or self._letters is None:
            return
        rows = self._layout.rows_of(span)
        line = self._layout.rows[rows.start]
        if line is not None:
            self._letters.forget(line.paragraph)
        # Its letter may stand further down, and push others.
        count = max(len(rows), FURTHER * 2)
        self.refresh_lines(rows.start + len(self._head), count)

    def set_palette(self, palette: Palette) -> None:
        """The colours have changed."""
        self.palette = palette
        self._fill_gutter()
        self.refresh()

    def set_emphasis(self, emphasis: Emphasis) -> None:
        """Mark another sentence, claim or match; repaints the rows that change."""
        old, self._emphasis = self._emphasis, emphasis
        if self._layout is None:
            return
        if (old.matches, old.match, old.ghosts) != (
            emphasis.matches,
            emphasis.match,
            emphasis.ghosts,
        ):
            self.refresh()
        else:
            spans = {old.current, emphasis.current, *(span for _, span in old.parts)}
            spans.update(span for _, span in emphasis.parts)
            for span in spans:
                self._refresh_span(span)
            if old.edge != emphasis.edge:
                for edge in (old.edge, emphasis.edge):
                    if edge is not None:
                        self._refresh_span(Span(max(0, edge - 1), edge + 1))
        self._place_cursor()

    def reveal(self, span: Span, *, context: int = 2) -> None:
        """Scroll as little as shows the span with some rows around it."""
        if self._layout is None:
            return
        rows = self._layout.rows_of(span)
        top, bottom = rows.start + len(self._head), rows.stop + len(self._head)
        height = self.scrollable_content_region.height
        y = self.scroll_offset.y
        if height <= 0:
            return
        context = min(context, max(0, (height - (bottom - top)) // 2))
        if top - context < y or bottom - top >= height:
            # The head is shown with the first sentence, so that an article opens at its title.
            target = 0 if rows.start <= context else top - context
            self.scroll_to(y=max(0, target), animate=False, immediate=True)
        elif bottom + context > y + height:
            self.scroll_to(y=bottom + context - height, animate=False, immediate=True)
        self._place_cursor()

    def offset_in_view(self, share: float) -> int | None:
        """The offset shown at a share (0 top, 1 bottom) of the pane."""
        if self._layout is None:
            return None
        height = max(1, self.scrollable_content_region.height)
        row = int(self.scroll_offset.y + share * (height - 1)) - len(self._head)
        for candidate in (row, row + 1, row - 1):
            offset = self._layout.offset_at(candidate, 0)
            if offset is not None:
                return offset
        return None if row >= 0 else 0

    # Layout

    @property
    def _measure(self) -> int:
        # A pane that is hidden has no width yet; that of the screen is nearer than none.
        width = self.scrollable_content_region.width or self.app.size.width
        return max(4, min(_MAX_MEASURE, width - GUTTER - 1))

    def _lay_out(self) -> None:
        page = self._page
        if page is None:
            self._layout, self._head = None, []
            self.virtual_size = Size(0, 1)
            self.refresh()
            return
        width = self._measure
        self._layout = Layout(page.text, page.paragraphs, width)
        self._head = [
            (line[a:b], key)
            for line, key in page.head
            for a, b in wrap(line, Span(0, len(line)), width)
        ]
        if self._head:
            self._head.append(("", "text"))
        self.virtual_size = Size(0, self._layout.height + len(self._head) + 1)
        self._fill_gutter()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again where the width has changed; what is looked at keeps its row.

        That is the current sentence; or, after scrolling away from it, what stands at the top.
        """
        layout, height = self._layout, self._height
        self._height = self.scrollable_content_region.height
        if layout is None:
            return
        y, head = self.scroll_offset.y, len(self._head)
        anchor = self._emphasis.current.start
        seen = not height or 0 <= layout.row_of(anchor) + head - y < height
        if not seen:
            top = next((row for row in layout.rows[max(0, y - head) :] if row is not None), None)
            anchor = top.start if top is not None else anchor
        if layout.width != self._measure:
            on_screen = layout.row_of(anchor) + head - y
            self._lay_out()
            row = self._layout.row_of(anchor) + len(self._head) if self._layout else 0
            self.scroll_to(y=max(0, row - max(0, on_screen)), animate=False, immediate=True)
        if seen:
            self.call_after_refresh(self.reveal, self._emphasis.current)

    def _fill_gutter(self) -> None:
        """Begin anew with the letters beside the rows."""
        self._letters = None
        if self._page is not None and self._layout is not None and self.palette is not None:
            self._letters = Gutter(
                self._layout, self._page.paragraphs, self._highlights, self.palette
            )

    def _refresh_span(self, span: Span) -> None:
        if self._layout is not None and span.end > span.start:
            rows = self._layout.rows_of(span)
            self.refresh_lines(rows.start + len(self._head), len(rows))

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some rows of the pane, in colours that are looked up once for all of them."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the pane."""
        width, base = self.size.width, self._base
        if self.palette is None:
            return Strip.blank(width, base)
        if self._layout is None:
            words = self.blank_words[y - 1] if 0 < y <= len(self.blank_words) else ""
            return Strip(
                [Segment(" " * GUTTER, base), Segment(words, base + self.palette["muted"])]
            ).adjust_cell_length(width, base)
        row = y + self.scroll_offset.y - len(self._head)
        if row < 0:
            text, key = self._head[row]
            return Strip(
                [Segment(" " * GUTTER, base), Segment(text, base + self.palette[key])]
            ).adjust_cell_length(width, base)
        line = self._layout.rows[row] if row < self._layout.height else None
        if line is None:
            return Strip.blank(width, base)
        gutter = self._gutter(row, line, base)
        body = Strip(self._segments(line, base)).apply_offsets(
            line.start - self._paragraph_start(line.paragraph), line.paragraph
        )
        if is_right_to_left(self._layout.text, line.start, line.end):
            if self.orders_letters:
                body = self._in_seen_order(body, line, base)
            else:
                body = Strip.join([_bound(base), body, _bound(base)])
        return Strip([*gutter, *body]).adjust_cell_length(width, base)

    def _in_seen_order(self, body: Strip, line: Row, base: Style) -> Strip:
        """A row as it is seen; that of a right-to-left paragraph ends at the right."""
        assert self._page is not None and self._layout is not None
        paragraph = self._page.paragraphs[line.paragraph]
        back = is_right_to_left_paragraph(self._page.text, *paragraph)
        seen = Strip(in_seen_order(list(body), right_to_left=back))
        room = self._layout.width - seen.cell_length if back else 0
        return Strip.join([Strip([Segment(" " * max(0, room), base)]), seen])

    def _paragraph_start(self, paragraph: int) -> int:
        assert self._page is not None
        return self._page.paragraphs[paragraph].start

    def _gutter(self, row: int, line: Row, base: Style) -> list[Segment]:
        assert self.palette is not None
        palette, current = self.palette, self._emphasis.current
        here = line.start < current.end and line.end > current.start
        mark = Segment("▶" if here else " ", base + palette["accent"])
        letters = self._letters.letters(row, line.paragraph) if self._letters else ()
        cells = [Segment(letter, base + style) for letter, style in letters]
        cells.append(Segment(" " * (LETTERS - len(letters)), base))
        side = self._highlights.side_in(line.start, line.end)
        sign = self.side_signs.get(side, "▌") if side else " "
        bar = Segment(sign, base + palette.letter(side) if side else base)
        ghost = self._emphasis.ghosts.get(line.start, " ")
        ghosted = base + palette["accent"] + CHIP if ghost != " " else base
        return [mark, *cells, bar, Segment(ghost, ghosted)]

    def _segments(self, line: Row, base: Style) -> list[Segment]:
        """The text of a row, cut wherever its style changes."""
        assert self.palette is not None and self._page is not None
        text = self._page.text
        layers = layers_of(text, line, self._highlights, self._emphasis, self.palette)
        selection = self._selected(line)
        if selection:
            layers.append((*selection, SELECTED))
        # The mouse finds an offset by counting characters in a segment: where one is not one cell,
        # each is a segment of its own.
        single = not is_narrow(text, line.start, line.end) or (
            self.orders_letters and is_right_to_left(text, line.start, line.end)
        )
        plain = base + self.palette["text"]
        return segments_of(text, line, layers, plain, self._emphasis.ghosts, single=single)

    def _selected(self, line: Row) -> tuple[int, int] | None:
        """The part of a row that the mouse has selected."""
        selection = self.text_selection
        span = selection.get_span(line.paragraph) if selection is not None else None
        if span is None:
            return None
        origin = self._paragraph_start(line.paragraph)
        start = origin + span[0]
        end = line.end if span[1] == -1 else max(start, origin + span[1])
        assert self._page is not None
        start, end = whole_characters(self._page.text, Span(start, end))
        first, last = max(line.start, start), min(line.end, end)
        return (first, last) if first < last else None

    # The mouse, the clipboard, the hardware cursor

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text of the article, unbroken by the wrapping, in whole characters."""
        page = self._page
        if page is None:
            return None
        picked = []
        for number, paragraph in enumerate(page.paragraphs):
            span = selection.get_span(number)
            if span is None:
                continue
            start = min(paragraph.start + span[0], paragraph.end)
            end = paragraph.end if span[1] == -1 else min(paragraph.start + span[1], paragraph.end)
            whole = whole_characters(page.text, Span(start, max(start, end)))
            picked.append(whole.of(page.text))
        return "\n".join(picked), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Repaint with the new selection."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to the sentence under the mouse."""
        if self._layout is None or self.text_selection is not None:
            return
        row = event.y + self.scroll_offset.y - len(self._head)
        offset = self._layout.offset_at(row, max(0, event.x - GUTTER))
        if self.orders_letters and "offset" in event.style.meta:
            # The character under the mouse says itself where it stands.
            place, paragraph = event.style.meta["offset"]
            offset = self._paragraph_start(paragraph) + place
        if offset is not None:
            self.post_message(self.Clicked(offset))

    def _place_cursor(self) -> None:
        """Put the terminal's own cursor on the current sentence: braille displays follow it."""
        if self._layout is None:
            return
        row = self._layout.row_of(self._emphasis.current.start) + len(self._head)
        y = row - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.app.cursor_position = self.content_region.offset + Offset(GUTTER, y)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow with the terminal's own cursor."""
        super().watch_scroll_y(old_value, new_value)
        self._place_cursor()

    def on_focus(self) -> None:
        """The terminal's own cursor comes with the focus."""
        self._place_cursor()
