"""Offsets in the units that other tools count in, both ways.

A claim's spans count Unicode code points. Browsers and Java count UTF-16 code units, so that every
character beyond U+FFFF counts twice; some tools count bytes of UTF-8.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from claims.model import Span
from store.exports.model import UNITS, Unit

_WIDE = {"codepoint": "(?!)", "utf16": "[\U00010000-\U0010ffff]", "byte": "[^\x00-\x7f]"}


def _extra(unit: Unit, char: str) -> int:
    """How many units a wide character takes beyond one."""
    return 1 if unit == "utf16" else len(char.encode("utf-8", "surrogatepass")) - 1


class Offsets:
    """Positions of one text in one unit; a look-up costs the logarithm of the wide characters."""

    def __init__(self, text: str, unit: Unit) -> None:
        self.text, self.unit = text, unit
        self._at: list[int] = []
        """Where a wide character has just ended, in code points."""
        self._shift: list[int] = [0]
        """How many units more than code points stand before the n-th of those places."""
        for match in re.finditer(_WIDE[unit], text):
            self._at.append(match.end())
            self._shift.append(self._shift[-1] + _extra(unit, match[0]))
        self._after = [at + shift for at, shift in zip(self._at, self._shift[1:], strict=True)]

    def of(self, position: int) -> int:
        """The units before a position in code points."""
        return position + self._shift[bisect_right(self._at, position)]

    def span(self, span: Span) -> tuple[int, int]:
        """Both ends of a span."""
        return self.of(span.start), self.of(span.end)

    def back(self, units: int) -> int | None:
        """The position in code points; None inside a character or beyond the text."""
        n = bisect_right(self._after, units)
        position = units - self._shift[n]
        return position if 0 <= position <= len(self.text) and self.of(position) == units else None


def fitting(
    text: str, spans: list[tuple[int, int, str]], first: Unit
) -> tuple[Unit, list[Span]] | None:
    """The unit in which every span holds its words, and the spans in code points.

    `spans` are start, end and the words that the file gives for them. The unit `first` is tried
    before the others; None when the spans fit in no single unit.
    """
    for unit in sorted(UNITS, key=lambda unit: unit != first):
        offsets = Offsets(text, unit)
        found = [_held(offsets, *span) for span in spans]
        kept = [span for span in found if span is not None]
        if len(kept) == len(spans):
            return unit, kept
    return None


def _held(offsets: Offsets, start: int, end: int, words: str) -> Span | None:
    begin, finish = offsets.back(start), offsets.back(end)
    if begin is None or finish is None or begin >= finish:
        return None
    return Span(begin, finish) if offsets.text[begin:finish] == words else None


def tokens(text: str, spans: Iterable[Span]) -> list[Span]:
    """Words, marks and blanks that tile the text, cut so that every span is whole tokens.

    A single blank between two words is no token, unless a span begins or ends with it.
    """
    begins, ends = set(), set()
    for start, end in spans:
        begins.add(start)
        ends.add(end)
    cuts = sorted(begins | ends)
    found: list[Span] = []
    for match in re.finditer(r"\w+|[^\w\s]|\s+", text):
        start, end = match.span()
        if match[0] == " " and start and start not in begins and end not in ends:
            continue
        for cut in cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]:
            found.append(Span(start, cut))
            start = cut
        found.append(Span(start, end))
    return found
