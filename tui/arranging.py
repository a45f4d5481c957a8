"""The claims of an article in an order of their own: by place, speaker, type, side or doubt.

Pure: no Textual. In groups each group has a head, under which it can be folded away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from store.records import ClaimRecord
from store.wording import speaker


class Order(StrEnum):
    """How the claims panel is ordered."""

    TEXT = "order"
    """Where they stand in the text."""
    SPEAKER = "speaker"
    TYPE = "type"
    SIDE = "side"
    DOUBT = "doubt"
    """The least certain first."""

    @property
    def words(self) -> str:
        """The order in words: "by speaker"."""
        return "in their order" if self is Order.TEXT else f"by {self.value}"

    @property
    def following(self) -> Order:
        """The next order of the cycle."""
        every = list(Order)
        return every[(every.index(self) + 1) % len(every)]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a group: what its claims share, how many there are, whether they are hidden."""

    key: str
    claims: int
    folded: bool


_KEYS: Mapping[Order, Callable[[ClaimRecord], str]] = {
    Order.SPEAKER: lambda record: speaker(record.claim),
    Order.TYPE: lambda record: str(record.claim.type),
    Order.SIDE: lambda record: record.claim.side,
}

Line = Head | int
"""A head, or the place of a claim among the claims in the order of the text."""


class Arrangement:
    """Claims in an order: lines to show, ranks to step through."""

    def __init__(
        self,
        records: Sequence[ClaimRecord],
        order: Order,
        folded: Collection[str] = (),
        height: Callable[[ClaimRecord], int] = lambda record: 1,
    ) -> None:
        self.lines: Sequence[Line]
        self.ranked: Sequence[int] = range(len(records))
        """The places of the claims in this order."""
        if order is Order.TEXT:
            self.lines = self.ranked
        elif order is Order.DOUBT:
            self.lines = self.ranked = sorted(self.ranked, key=lambda at: -_doubt(records[at]))
        else:
            self.lines, self.ranked = _grouped(records, _KEYS[order], folded)
        self._line_of = None if order is Order.TEXT else self._lines_of_claims()
        self._rank_of = (
            None if order is Order.TEXT else {at: rank for rank, at in enumerate(self.ranked)}
        )
        heights = (height(records[line]) if isinstance(line, int) else 1 for line in self.lines)
        self.tops = [0, *accumulate(heights)]
        """The first row of each line, and one behind the last."""

    def line_of(self, place: int) -> int:
        """The line that shows a claim, or the head that it is folded under."""
        return place if self._line_of is None else self._line_of[place]

    def _lines_of_claims(self) -> dict[int, int]:
        found: dict[int, int] = {}
        rank = 0
        for number, line in enumerate(self.lines):
            if isinstance(line, int):
                found[line] = number
                rank += 1
            elif line.folded:
                found.update(dict.fromkeys(self.ranked[rank : rank + line.claims], number))
                rank += line.claims
        return found

    def rank_of(self, place: int) -> int:
        """Which one a claim is in this order, from 0."""
        return place if self._rank_of is None else self._rank_of[place]


def _grouped(
    records: Sequence[ClaimRecord], key: Callable[[ClaimRecord], str], folded: Collection[str]
) -> tuple[list[Line], list[int]]:
    """Groups with most claims first; within one, the order of the text."""
    groups: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        groups.setdefault(key(record), []).append(place)
    lines: list[Line] = []
    ranked: list[int] = []
    for name in sorted(groups, key=lambda name: (-len(groups[name]), name)):
        places = groups[name]
        lines.append(Head(name, len(places), name in folded))
        if name not in folded:
            lines.extend(places)
        ranked.extend(places)
    return lines, ranked


def group_of(record: ClaimRecord, order: Order) -> str | None:
    """The group that a claim is in; None in an order without groups."""
    key = _KEYS.get(order)
    return None if key is None else key(record)


def _doubt(record: ClaimRecord) -> float:
    """Decided claims last: there is no doubt about them any more."""
    if record.status.decided:
        return -1.0
    from claims.doubt import doubt

    return doubt(record.claim.confidence, record.claim.rule)
