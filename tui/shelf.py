"""A row of the library: bars of what an article holds, and the columns of the table. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rich.style import Style

from claims.text import displayed
from store.records import ArticleSummary
from tui.highlight import side_key, type_key
from tui.themes import Palette

Piece = tuple[str, Style]


class Columns(NamedTuple):
    """How wide the columns of the table are; 0 leaves one out."""

    title: int
    outlet: int
    date: int
    sides: int
    types: int
    progress: int
    story: int


GAP = 2
"""Cells between two columns."""
SIGNS = 4
"""Cells before the title: what is open, unread, starred."""


def columns(width: int) -> Columns:
    """The columns that fit, the less needed ones only where there is room."""
    outlet = 18 if width >= 100 else 14
    sides, types = (14, 20) if width >= 130 else (10, 14) if width >= 100 else (8, 0)
    fixed = Columns(0, outlet, 11, sides, types, 9, 5 if width >= 100 else 0)
    used = sum(size + GAP for size in fixed[1:] if size)
    # One cell less than there is: the heads stand in the border, which ends before the rows do.
    return fixed._replace(title=max(10, width - SIGNS - used - 1))


@dataclass(frozen=True, slots=True)
class Share:
    """A stretch of a bar: what it counts and how many cells it has."""

    key: str
    cells: int


def shares(counts: Mapping[str, int], width: int) -> tuple[Share, ...]:
    """Counts as a bar of at most `width` cells, most first; a cell a claim where they fit.

    Everything that is counted has a cell, as long as there are cells; the rest is shared out by
    the largest remainder.
    """
    ordered = sorted(((n, key) for key, n in counts.items() if n > 0), key=lambda x: (-x[0], x[1]))
    ordered = ordered[: max(0, width)]
    total = sum(number for number, _ in ordered)
    if total <= width:
        return tuple(Share(key, number) for number, key in ordered)
    room = width - len(ordered)
    exact = [number * room / total for number, _ in ordered]
    cells = [1 + int(part) for part in exact]
    left = sorted(range(len(ordered)), key=lambda n: (int(exact[n]) - exact[n], n))
    for n in left[: width - sum(cells)]:
        cells[n] += 1
    return tuple(Share(key, size) for (_, key), size in zip(ordered, cells, strict=True))


def type_bar(article: ArticleSummary, width: int, palette: Palette) -> Iterator[Piece]:
    """The article's claims by type: the letter of the type, in its colour."""
    for share in shares(article.types, width):
        letter = palette.codebook[share.key].letter
        yield letter * share.cells, palette.letter(type_key(share.key))


def side_bar(article: ArticleSummary, width: int, palette: Palette) -> Iterator[Piece]:
    """The article's claims by side: the first letter of the side's tag, in its colour."""
    from store.sides import side_look  # late: it reads the conflict profiles

    for share in shares(article.sides, width):
        look = side_look(article.profile, share.key)
        letter = displayed(look.tag)[:1].lower() or "?"
        palette.know_side(share.key, look.colour)
        yield letter * share.cells, palette.letter(side_key(share.key))


def cells(pieces: Iterator[Piece], width: int) -> list[Piece]:
    """The pieces of a bar (one cell a letter), filled up with blanks."""
    found = list(pieces)
    used = sum(len(text) for text, _ in found)
    return [*found, (" " * max(0, width - used), Style())]
