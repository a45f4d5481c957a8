"""Text to screen rows: wraps paragraphs by cell width and maps rows, sentences and offsets.

Pure: no Textual. A row never splits a word that fits on a row of its own, and every row is a
slice of the source text, so that offsets hold in both directions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from claims.model import Sentence, Span

_NOT_ONE_CELL = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0dff\u0e00-\u0fff\u1000-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff"
    "\u231a-\u231b\u23e9-\u23f3\u25fd-\u25fe\u2614-\u2bff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\ufe00-\ufe6f\uff00-\uffef\U00010000-\U000fffff]"
)
"""Characters that may be wider or narrower than one cell; text without them is wrapped faster."""

_BREAK = re.compile(r"\s+")
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
        width = 0
        for offset in range(line.start, line.end):
            width += cell_len(self.text[offset])
            if width > cell:
                return offset
        return max(line.start, line.end - 1)


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
    row_start = position = span.start
    row_cells = 0
    row_end = row_start
    while position < span.end:
        blank = _BREAK.search(text, position, span.end)
        word_end = blank.start() if blank else span.end
        next_word = blank.end() if blank else span.end
        word_cells = cell_len(text[position:word_end])
        gap_cells = position - row_end if row_end > row_start else 0
        if row_end > row_start and row_cells + gap_cells + word_cells > width:
            yield row_start, row_end
            row_start, row_cells, gap_cells = position, 0, 0
        if word_cells > width:
            pieces = list(_cut(text, position, word_end, width))
            yield from pieces[:-1]
            row_start, row_end = pieces[-1]
            row_cells = cell_len(text[row_start:row_end])
        else:
            row_cells += gap_cells + word_cells
            row_end = word_end
        position = next_word
    if row_end > row_start:
        yield row_start, row_end


def _cut(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Cut a word that is longer than a row."""
    piece, cells = start, 0
    for offset in range(start, end):
        step = cell_len(text[offset])
        if cells + step > width and offset > piece:
            yield piece, offset
            piece, cells = offset, 0
        cells += step
    yield piece, end


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
