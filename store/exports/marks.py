"""Where claims lie in a text: the stretches that reports highlight and where each claim begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from claims.model import Span
from store.records import ClaimRecord, Status


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text in which the same claims lie from end to end.

    Claims are named by their position in the list that was marked, counted from 0.
    """

    span: Span
    contents: tuple[int, ...]
    """The claims whose content covers it, the shortest first."""
    source: bool
    cue: bool
    begins: tuple[int, ...]
    """The claims whose content begins here, the longest first."""
    ends: tuple[int, ...]
    """The claims whose content ends here, the shortest first."""

    @property
    def top(self) -> int | None:
        """The claim that colours the stretch: the shortest, so that a quote in a quote shows."""
        return self.contents[0] if self.contents else None


def shown(record: ClaimRecord) -> bool:
    """Whether the claim is marked in a text: a rejected one is only listed."""
    return record.status is not Status.REJECTED


class _Part(NamedTuple):
    start: int
    end: int
    claim: int
    part: str


def marked(
    claims: Sequence[ClaimRecord], paragraphs: Sequence[Span]
) -> Iterator[tuple[Span, tuple[Segment, ...]]]:
    """Each paragraph with the segments that tile it.

    Rejected claims are left out: they are only listed. `paragraphs` are in order and do not
    overlap. A claim that begins in the blanks between two begins with the second; one that ends
    there ends with the first. The cost is linear in text and claims, but for claims on the same
    words.
    """
    ends = [paragraph.end for paragraph in paragraphs]
    parts: dict[int, list[_Part]] = {}
    begins: dict[tuple[int, int], list[int]] = {}
    finishes: dict[tuple[int, int], list[int]] = {}
    for position, record in enumerate(claims):
        if not shown(record):
            continue
        touched = []
        for part, span in record.claim.spans():
            at = bisect_right(ends, span.start)
            while at < len(paragraphs) and paragraphs[at].start < span.end:
                start = max(span.start, paragraphs[at].start)
                end = min(span.end, paragraphs[at].end)
                parts.setdefault(at, []).append(_Part(start, end, position, part))
                if part == "content":
                    touched.append((at, start, end))
                at += 1
        if touched:
            begins.setdefault(touched[0][:2], []).append(position)
            finishes.setdefault((touched[-1][0], touched[-1][2]), []).append(position)

    def length(position: int) -> tuple[int, int]:
        return claims[position].claim.end - claims[position].claim.start, position

    for at, paragraph in enumerate(paragraphs):
        yield (
            paragraph,
            tuple(
                Segment(
                    span=span,
                    contents=tuple(
                        sorted({p.claim for p in here if p.part == "content"}, key=length)
                    ),
                    source=any(p.part == "source" for p in here),
                    cue=any(p.part == "cue" for p in here),
                    begins=tuple(
                        sorted(begins.get((at, span.start), ()), key=lambda p: (-length(p)[0], p))
                    ),
                    ends=tuple(sorted(finishes.get((at, span.end), ()), key=length)),
                )
                for span, here in _tiles(paragraph, parts.get(at, []))
            ),
        )


def _tiles(paragraph: Span, parts: list[_Part]) -> Iterator[tuple[Span, list[_Part]]]:
    """The paragraph cut at every edge of the parts, each tile with the parts that cover it."""
    parts = sorted(parts)
    cuts = sorted({*paragraph, *(p.start for p in parts), *(p.end for p in parts)})
    active: list[_Part] = []
    coming = 0
    for left, right in pairwise(cuts):
        active = [p for p in active if p.end > left]
        while coming < len(parts) and parts[coming].start <= left:
            active.append(parts[coming])
            coming += 1
        yield Span(left, right), active
