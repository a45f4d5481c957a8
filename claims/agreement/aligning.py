"""Which claim of one annotator answers to which of another: by id, else by the words they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.model import Claim, Spans

SAME_WORDS = 0.5
"""How much of two contents must be shared (F1 of their characters) to be taken for one claim."""


class Verdict(StrEnum):
    """What an annotator did with a claim."""

    KEPT = "kept"
    """Accepted, edited or made."""
    REJECTED = "rejected"
    """Rejected, or deleted."""
    OPEN = "open"
    """Proposed by the machine and not decided."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim as one annotator has it."""

    claim: Claim
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Aligned:
    """One claim in the eyes of all annotators, in their order; None where one has none."""

    marks: tuple[Mark | None, ...]

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """The ids under which it is known, each once."""
        return tuple(dict.fromkeys(mark.claim.id for mark in self.marks if mark is not None))

    @property
    def start(self) -> int:
        """Where its content begins, for whom it begins first."""
        return min(mark.claim.start for mark in self.marks if mark is not None)

    @property
    def open(self) -> bool:
        """Whether an annotator has yet to decide on it."""
        return any(mark is not None and mark.verdict is Verdict.OPEN for mark in self.marks)

    @property
    def kept(self) -> tuple[bool | None, ...]:
        """Whether each keeps it; None where one has yet to decide.

        Someone who worked on the article and has no such claim does not keep it.
        """
        return tuple(
            False
            if mark is None
            else (None if mark.verdict is Verdict.OPEN else mark.verdict is Verdict.KEPT)
            for mark in self.marks
        )


def align(annotated: Sequence[Mapping[str, Mark]]) -> list[Aligned]:
    """The claims of one article, aligned over annotators, in the order of the text.

    `annotated` has, for each annotator, the claims of the article by their ids. A claim of the
    machine has one id for all. One that a person made is aligned with the claim of another that
    shares the most words with it, at least `SAME_WORDS`; a claim that its annotator rejected, or
    left open, gives way to one that they kept in its place.
    """
    groups: dict[str, list[Mark | None]] = {}
    for at, marks in enumerate(annotated):
        for claim_id, mark in marks.items():
            groups.setdefault(claim_id, [None] * len(annotated))[at] = mark
    order = sorted(groups, key=lambda claim_id: (_start(groups[claim_id]), claim_id))
    rows = [groups[claim_id] for claim_id in order]
    alone = [at for at, row in enumerate(rows) if sum(mark is not None for mark in row) == 1]
    candidates = sorted(
        (-score, other, at)
        for at in alone
        for other in _near(rows, at)
        if other not in alone or other < at
        if (score := _likeness(rows[at], rows[other])) >= SAME_WORDS
    )
    gone: set[int] = set()
    for _, other, at in candidates:
        if at in gone or other in gone or not _fits(rows[at], rows[other]):
            continue
        rows[other] = [
            mark if mark is not None and mark.verdict is Verdict.KEPT else instead
            for mark, instead in zip(rows[at], rows[other], strict=True)
        ]
        gone.add(at)
    found = [Aligned(tuple(row)) for at, row in enumerate(rows) if at not in gone]
    return sorted(found, key=lambda one: (one.start, one.claim_ids))


_REACH = 40
"""How many claims before and after, in the order of the text, a claim is held against."""


def _near(rows: Sequence[Sequence[Mark | None]], at: int) -> range:
    return range(max(0, at - _REACH), min(len(rows), at + _REACH + 1))


def _fits(one: Sequence[Mark | None], other: Sequence[Mark | None]) -> bool:
    """Whether no annotator keeps both."""
    return not any(
        mark is not None
        and former is not None
        and Verdict.KEPT is mark.verdict
        and Verdict.KEPT is former.verdict
        for mark, former in zip(one, other, strict=True)
    )


def _start(row: Sequence[Mark | None]) -> int:
    return min(mark.claim.start for mark in row if mark is not None)


def _likeness(one: Sequence[Mark | None], other: Sequence[Mark | None]) -> float:
    """The most that a kept claim of one group shares with a kept claim of the other."""
    return max(
        (
            shared(mine.claim.content, theirs.claim.content)
            for mine in _kept(one)
            for theirs in _kept(other)
            if mine is not theirs
        ),
        default=0.0,
    )


def _kept(row: Sequence[Mark | None]) -> list[Mark]:
    return [mark for mark in row if mark is not None and mark.verdict is Verdict.KEPT]


def shared(one: Spans, two: Spans) -> float:
    """How much two contents have in common: the F1 of their characters, 0 to 1."""
    both = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two
    )  # the fragments of one claim do not overlap
    return 2 * both / max(1, _length(one) + _length(two))


def _length(spans: Spans) -> int:
    return sum(span.end - span.start for span in spans)
