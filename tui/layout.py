"""Text to screen rows: wraps paragraphs by cell width and maps rows, sentences and offsets.

Pure: no Textual. A row never splits a word that fits on a row of its own, and every row is a
slice of the source text, so that offsets hold in both directions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, split_graphemes

from claims.model import Sentence, Span

_NOT_ONE_CELL = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0dff\u0e00-\u0fff\u1000-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff"
    "\u231a-\u231b\u23e9-\u23f3\u25fd-\u25fe\u2614-\u2bff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\ufe00-\ufe6f\uff00-\uffef\U00010000-\U000fffff]"
)
"""Characters that may be wider or narrower than one cell; text without them is wrapped faster."""

_CJK = (
    "\u2e80-\u2fff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff60\U00020000-\U0003fffd"
)
_NO_START = (
    "、。，．！？：；）」』】〕〉》”’…ー々ゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?:;)%"
)
_NO_END = "（「『【〔〈《“‘("
_MARKS = "\u0300-\u036f\u200d\u3099\u309a\ufe00-\ufe0f"
_PIECE = re.compile(
    f"[{_NO_END}]*(?:[{_CJK}]|[^\\s{_CJK}{_NO_END}]+|$)[{_MARKS}{_NO_START}]*|[{_NO_END}]+"
)
"""What is kept on one row: a word, or an ideograph with the marks that may not begin or end a row
(the rules of JIS X 4051, "kinsoku shori", as far as they concern single characters)."""
PARAGRAPH_GAP = 1
"""Empty rows between two paragraphs."""


@dataclass(frozen=True, slots=True)
class Row:
    """One screen row: the slice of the text that it shows; `None` for a gap."""

    start: int
    end: int
    paragraph: int


class Layout:
    """The rows of one text at one width.

    `paragraphs` are spans of the text, in order; `width` is in cells, at least 4.
    """

    def __init__(self, text: str, paragraphs: Sequence[Span], width: int) -> None:
        self.text = text
        self.width = max(4, width)
        self.rows: list[Row | None] = []
        self._first_row: list[int] = []
        self._starts: list[int] = []
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.rows.extend([None] * PARAGRAPH_GAP)
            self._first_row.append(len(self.rows))
            self._starts.append(paragraph.start)
            self.rows.extend(
                Row(start, end, number) for start, end in wrap(text, paragraph, self.width)
            )

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def row_of(self, offset: int) -> int:
        """The row that shows the character at `offset` (the nearest one before it, in a gap)."""
        paragraph = bisect_right(self._starts, offset) - 1
        if paragraph < 0:
            return 0
        low = self._first_row[paragraph]
        following = paragraph + 1
        high = (
            self._first_row[following] - PARAGRAPH_GAP
            if following < len(self._first_row)
            else len(self.rows)
        )
        while high - low > 1:
            middle = (low + high) // 2
            row = self.rows[middle]
            if row is not None and row.start <= offset:
                low = middle
            else:
                high = middle
        return low

    def rows_of(self, span: Span) -> range:
        """The rows that show a span."""
        return range(self.row_of(span.start), self.row_of(max(span.start, span.end - 1)) + 1)

    def offset_at(self, row: int, cell: int) -> int | None:
        """The offset of the character at a cell of a row; None in a gap or below the text."""
        if not 0 <= row < len(self.rows):
            return None
        line = self.rows[row]
        if line is None:
            return None
        if is_narrow(self.text, line.start, line.end):
            return min(line.start + max(0, cell), max(line.start, line.end - 1))
        width, last = 0, line.start
        for offset, _, cells in graphemes(self.text, line.start, line.end):
            width, last = width + cells, offset
            if width > cell:
                break
        return last


def wrap(text: str, span: Span, width: int) -> Iterator[tuple[int, int]]:
    """The rows of one paragraph as (start, end); white space at a break belongs to no row."""
    chunk = text[span.start : span.end]
    if _NOT_ONE_CELL.search(chunk) is None and "\n" not in chunk and "\t" not in chunk:
        yield from _wrap_narrow(text, span, width)
    else:
        yield from _wrap_any(text, span, width)


def _wrap_narrow(text: str, span: Span, width: int) -> Iterator[tuple[int, int]]:
    """Wrap text of one cell a character: one look for a blank per row, not one per word."""
    start, end = span
    while start < end:
        if end - start <= width:
            yield start, end
            return
        blank = text.rfind(" ", start, start + width + 1)
        if blank <= start:
            yield start, start + width
            start += width
        else:
            stop = blank
            while stop > start and text[stop - 1] == " ":
                stop -= 1
            yield start, max(stop, start + 1)
            start = blank
        while start < end and text[start] == " ":
            start += 1


def _wrap_any(text: str, span: Span, width: int) -> Iterator[tuple[int, int]]:
    """Wrap text with wide, narrow or combining characters, or with line breaks of its own."""
    row_start = row_end = span.start
    row_cells = 0
    for piece in _PIECE.finditer(text, span.start, span.end):
        start, end = piece.span()
        if start == end:
            continue
        cells = cell_len(piece[0])
        gap = cell_len(text[row_end:start]) if row_end > row_start else 0
        if row_end > row_start and row_cells + gap + cells > width:
            yield row_start, row_end
            row_end = row_start
        if row_end == row_start:
            row_start, row_cells, gap = start, 0, 0
        if cells > width:
            *whole, last = _cut(text, start, end, width)
            yield from whole
            row_start, end = last
            row_cells = cell_len(text[row_start:end])
        else:
            row_cells += gap + cells
        row_end = end
    if row_end > row_start:
        yield row_start, row_end


def _cut(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Cut a word that is longer than a row, never inside what is seen as one character."""
    piece, cells = start, 0
    for first, _, step in split_graphemes(text[start:end])[0]:
        if cells + step > width and start + first > piece:
            yield piece, start + first
            piece, cells = start + first, 0
        cells += step
    yield piece, end


_LONGEST_GRAPHEME = 64
"""Code points of one visible character; `displayed` caps what can be stacked on a base."""


def graphemes(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """What is seen as one character each: start, end and width in cells."""
    for first, last, cells in split_graphemes(text[start:end])[0]:
        yield start + first, start + last, cells


_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LEFT_TO_RIGHT = "\u200e"
"""A mark of no width that ends a run of right-to-left letters (UAX #9, "LRM")."""


def is_right_to_left(text: str, start: int, end: int) -> bool:
    """Whether a stretch has letters that are written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text, start, end) is not None


def is_narrow(text: str, start: int, end: int) -> bool:
    """Whether every character of a stretch is one cell wide and stands for itself."""
    return _NOT_ONE_CELL.search(text, start, end) is None


def whole_characters(text: str, span: Span) -> Span:
    """A span with what its ends would cut in two: an emoji of several parts, a letter's mark."""
    start, end = span
    low, high = max(0, start - _LONGEST_GRAPHEME), min(len(text), end + _LONGEST_GRAPHEME)
    if is_narrow(text, low, high):
        return span
    # White space never joins what is around it, so that counting may begin there.
    low = max(low, text.rfind(" ", low, start))
    for first, last, _ in graphemes(text, low, high):
        if first < span.start < last:
            start = first
        if first < span.end < last:
            end = last
    return Span(start, end)


class SentenceIndex:
    """Finds the sentence at an offset, and moves between sentences."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self._starts = [sentence.span.start for sentence in sentences]

    def __len__(self) -> int:
        return len(self.sentences)

    def at(self, offset: int) -> int:
        """The number of the sentence that holds `offset`, or of the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def span(self, number: int) -> Span:
        """The span of a sentence; an empty article has one empty sentence."""
        if not self.sentences:
            return Span(0, 0)
        return self.sentences[min(max(0, number), len(self.sentences) - 1)].span
