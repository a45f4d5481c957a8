"""A row of the article's text as segments of one style each: highlights, what is marked, digits."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from rich.segment import Segment
from rich.style import Style

from claims.model import Span
from tui.highlight import Highlights, overlay
from tui.layout import Row, graphemes
from tui.themes import Palette

CHIP = Style(reverse=True, bold=True, underline=False, italic=False)
"""How the digit of an offered span stands out from the text."""
_ODD = re.compile("[\u2400-\u2426\ufffd]")
"""The visible signs that `displayed` puts in place of characters that could fool a reader."""
Layer: TypeAlias = tuple[int, int, Style]
"""A stretch of the text and the style that lies over it there."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What is marked beside the claims: the current claim's parts and the matches of a search."""

    parts: Sequence[tuple[str, Span]] = ()
    matches: Sequence[Span] = ()
    match: int | None = None
    edge: int | None = None
    """While a span is moved: the offset of the end that moves."""
    ghosts: Mapping[int, str] = field(default_factory=dict)
    """While a span is moved: the digit that is shown before what begins at an offset."""
    current: Span = field(default=Span(0, 0))
    """The current sentence."""


def layers_of(
    text: str, line: Row, highlights: Highlights, shown: Emphasis, palette: Palette
) -> list[Layer]:
    """What lies over the text of a row, from the bottom to the top."""
    start, end = line.start, line.end
    layers = [(run.start, run.end, palette[run.key]) for run in highlights.pieces(start, end)]
    low, high = max(start, shown.current.start), min(end, shown.current.end)
    if low < high:
        layers.append((low, high, palette["current"]))
    layers.extend(
        (run.start, run.end, palette[run.key]) for run in overlay(shown.parts, start, end)
    )
    if shown.matches:
        first = bisect_left(shown.matches, start, key=lambda span: span.end)
        for number in range(first, len(shown.matches)):
            span = shown.matches[number]
            if span.start >= end:
                break
            key = "match-current" if number == shown.match else "match"
            layers.append((max(start, span.start), min(end, span.end), palette[key]))
    if not text.isascii():
        layers.extend(
            (odd.start(), odd.end(), palette["odd"]) for odd in _ODD.finditer(text, start, end)
        )
    if shown.edge is not None and start <= shown.edge <= end:
        edge = min(shown.edge, end - 1)
        layers.append((edge, edge + 1, palette["match-current"]))
    layers.extend(
        (place, place + 1, palette["accent"] + CHIP) for place in _chips(text, line, shown.ghosts)
    )
    return layers


def _chips(text: str, line: Row, ghosts: Mapping[int, str]) -> dict[int, str]:
    """Digits by place: each takes that of the blank before what it stands for."""
    return {
        offset - 1: digit
        for offset, digit in ghosts.items()
        if line.start < offset < line.end and text[offset - 1] == " "
    }


def segments_of(
    text: str,
    line: Row,
    layers: Sequence[Layer],
    plain: Style,
    ghosts: Mapping[int, str],
    *,
    single: bool,
) -> list[Segment]:
    """The text of a row, cut wherever its style changes; `single`: at every character too."""
    start, end = line.start, line.end
    whole = [first for first, _, _ in graphemes(text, start, end)] if single else []
    if not layers and not whole:
        return [Segment(text[start:end], plain)]
    chips = _chips(text, line, ghosts)
    edges = sorted({start, end, *whole, *(a for a, _, _ in layers), *(b for _, b, _ in layers)})
    segments = []
    for a, b in pairwise(edge for edge in edges if start <= edge <= end):
        style = plain
        for first, last, extra in layers:
            if first <= a and b <= last:
                style += extra
        segments.append(Segment(chips.get(a, text[a:b]), style))
    return segments
