"""What stands beside the text: the letters of the claims that begin in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.style import Style

from claims.model import Span
from tui.highlight import Highlights, type_key
from tui.layout import Layout
from tui.themes import Palette

LETTERS = 2
"""Letters that have room beside a row."""
FURTHER = 6
"""Rows that a letter may stand below its own, where there are many."""
Letter = tuple[str, Style]


@dataclass(slots=True)
class Gutter:
    """The letters beside the rows of an article, made for a paragraph when it is painted."""

    layout: Layout
    paragraphs: Sequence[Span]
    highlights: Highlights
    palette: Palette
    _made: dict[int, dict[int, list[Letter]]] = field(default_factory=dict)

    def letters(self, row: int, paragraph: int) -> Sequence[Letter]:
        """The letters of a row."""
        if paragraph not in self._made:
            self._made[paragraph] = self._make(paragraph)
        return self._made[paragraph].get(row, ())

    def forget(self, paragraph: int) -> None:
        """The claims of a paragraph are others now."""
        self._made.pop(paragraph, None)

    def _make(self, paragraph: int) -> dict[int, list[Letter]]:
        """Set each letter beside the row where its claim begins; what is too much goes further."""
        layout, palette = self.layout, self.palette
        made: dict[int, list[Letter]] = {}
        span = self.paragraphs[paragraph]
        for mark in self.highlights.marks_in(span.start, span.end):
            style = palette.letter(type_key(mark.kind))
            if mark.rejected:
                style += Style(strike=True, dim=True)
            row = place = layout.row_of(mark.offset)
            while len(made.get(place, ())) >= LETTERS and place < row + FURTHER:
                if place + 1 >= layout.height or layout.rows[place + 1] is None:
                    break
                place += 1
            letters = made.setdefault(place, [])
            if len(letters) < LETTERS:
                letters.append((palette.codebook[mark.kind].letter, style))
            else:
                letters[-1] = ("+", Style(bold=True))
        return made
