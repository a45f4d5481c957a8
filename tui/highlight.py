"""Claims to highlights: which stretch of the text carries which claim, and what the gutter shows.

Pure: no Textual and no colours; the widgets turn the keys given here into styles.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from claims.model import AnyType, ClaimType, Span
from store.records import ClaimRecord, Status
from tui.claim_index import ClaimIndex


class Colouring(StrEnum):
    """What the colour of a sentence says."""

    TYPE = "type"
    SIDE = "side"


class Run(NamedTuple):
    """A stretch of text and the key of its style; runs are in order and do not overlap."""

    start: int
    end: int
    key: str


class Mark(NamedTuple):
    """What one claim puts into the gutter."""

    offset: int
    kind: str
    """The claim's type: its letter and colour are the palette's."""
    side_key: str
    rejected: bool


def type_key(claim_type: AnyType | str) -> str:
    """The style key of a claim type."""
    return f"type.{claim_type}"


def side_key(side: str) -> str:
    """The style key of a side."""
    return f"side.{side}"


def runs(records: Iterable[ClaimRecord], colouring: Colouring) -> list[Run]:
    """The contents of all claims as non-overlapping runs.

    Where contents overlap, the shorter one is on top: a quote inside a quote stays visible.
    Rejected claims and background carry no highlight.
    """
    layers: list[Run] = []
    for record in records:
        if record.status is Status.REJECTED:
            continue
        claim = record.claim
        if claim.type is ClaimType.BACKGROUND and colouring is Colouring.TYPE:
            continue
        key = type_key(claim.type) if colouring is Colouring.TYPE else side_key(claim.side)
        layers.extend(Run(span.start, span.end, key) for span in claim.content)
    return flatten(layers)


def flatten(layers: Sequence[Run]) -> list[Run]:
    """Cut overlapping runs so that the shortest is on top; linear but for the sorting."""
    if not layers:
        return []
    edges = sorted({edge for run in layers for edge in (run.start, run.end)})
    ordered = sorted(layers, key=lambda run: (run.start - run.end, run.start))
    painted: list[str | None] = [None] * len(edges)
    for run in ordered:
        first, last = bisect_left(edges, run.start), bisect_left(edges, run.end)
        painted[first:last] = [run.key] * (last - first)
    merged: list[Run] = []
    for number, key in enumerate(painted[:-1]):
        if key is None:
            continue
        start, end = edges[number], edges[number + 1]
        if merged and merged[-1].end == start and merged[-1].key == key:
            merged[-1] = Run(merged[-1].start, end, key)
        else:
            merged.append(Run(start, end, key))
    return merged


def marks(records: Iterable[ClaimRecord]) -> list[Mark]:
    """The gutter marks, in the order of the text."""
    found = [
        Mark(
            record.claim.start,
            record.claim.type.value,
            side_key(record.claim.side),
            record.status is Status.REJECTED,
        )
        for record in records
    ]
    found.sort(key=lambda mark: mark.offset)
    return found


def looks_the_same(one: ClaimRecord, other: ClaimRecord) -> bool:
    """Whether two states of a claim are shown alike in the text, in any colouring."""

    def look(record: ClaimRecord) -> tuple[object, ...]:
        claim = record.claim
        return claim.type, claim.side, claim.content, record.status is Status.REJECTED

    return look(one) == look(other)


_BLOCK = 4096
"""Characters whose highlights are made at once, when a row of them is painted."""


class Highlights:
    """The highlights of one article, made for the part of it that is painted."""

    def __init__(self, index: ClaimIndex | None = None, colouring: Colouring = Colouring.TYPE):
        self._index = index or ClaimIndex()
        self._colouring = colouring
        self._blocks: dict[tuple[int, Colouring], list[Run]] = {}

    @classmethod
    def of(cls, records: Sequence[ClaimRecord], colouring: Colouring) -> Highlights:
        """The highlights of the given claims, which are in the order of the text."""
        return cls(ClaimIndex(records), colouring)

    def forget(self, span: Span) -> None:
        """The claims in a stretch of the text are others now."""
        for number in range(span.start // _BLOCK, span.end // _BLOCK + 1):
            for colouring in Colouring:
                self._blocks.pop((number, colouring), None)

    def pieces(self, start: int, end: int) -> Iterator[Run]:
        """The runs that fall into a row, clipped to it; the rest of the row has no run."""
        return self._runs(start, end, self._colouring)

    def marks_in(self, start: int, end: int) -> list[Mark]:
        """The marks whose claim begins in `start` to `end`, end exclusive."""
        return marks(self._index.beginning(Span(start, end)))

    def side_in(self, start: int, end: int) -> str | None:
        """The style key of the first side that speaks in a row."""
        first = next(self._runs(start, end, Colouring.SIDE), None)
        return first.key if first else None

    def _runs(self, start: int, end: int, colouring: Colouring) -> Iterator[Run]:
        for number in range(start // _BLOCK, max(start, end - 1) // _BLOCK + 1):
            block = self._blocks.get((number, colouring))
            if block is None:
                span = Span(number * _BLOCK, (number + 1) * _BLOCK)
                made = runs(self._index.overlapping(span), colouring)
                block = self._blocks[number, colouring] = list(clip(made, *span))
            yield from clip(block, start, end)


def clip(ordered: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """The parts of non-overlapping, ordered runs that fall into `start` to `end`."""
    position = max(0, bisect_right(ordered, start, key=lambda run: run.start) - 1)
    for index in range(position, len(ordered)):
        run = ordered[index]
        if run.start >= end:
            return
        if run.end > start:
            yield Run(max(run.start, start), min(run.end, end), run.key)


def overlay(spans: Iterable[tuple[str, Span]], start: int, end: int) -> list[Run]:
    """Spans with a key as runs clipped to a row, in order; they may overlap."""
    found = [
        Run(max(span.start, start), min(span.end, end), key)
        for key, span in spans
        if span.start < end and span.end > start
    ]
    return sorted(found)
