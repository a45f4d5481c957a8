"""The claims of one article, found by id and by place without looking at all of them.

Pure: no Textual. An article of a million words has tens of thousands of claims, and every key asks
for those of one sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from claims.model import Span
from store.records import ClaimRecord

in_text_order = attrgetter("claim.start", "id")
"""What claims are sorted by, here as in what the store gives."""


class ClaimIndex:
    """Claims in the order of the text (`in_text_order`)."""

    def __init__(self, records: Sequence[ClaimRecord] = ()) -> None:
        self.records = records if isinstance(records, list) else list(records)
        """The claims; `replace` changes this list."""
        self._places = {record.id: place for place, record in enumerate(self.records)}
        self._starts = [record.claim.start for record in self.records]
        self._reach = list(accumulate((_end(record) for record in self.records), max))
        """How far the text of a claim and of all before it goes."""
        self.decided = sum(record.status.decided for record in self.records)
        """How many of them a person has decided on."""

    def __len__(self) -> int:
        return len(self.records)

    def place(self, claim_id: str | None) -> int | None:
        """Where a claim stands, from 0."""
        return None if claim_id is None else self._places.get(claim_id)

    def get(self, claim_id: str | None) -> ClaimRecord | None:
        """The claim with an id."""
        place = self.place(claim_id)
        return None if place is None else self.records[place]

    def place_at(self, offset: int) -> int | None:
        """Where the first claim that begins at or after an offset stands."""
        place = bisect_left(self._starts, offset)
        return place if place < len(self.records) else None

    def beginning(self, span: Span) -> Sequence[ClaimRecord]:
        """The claims that begin in a stretch of the text."""
        low, high = (bisect_left(self._starts, edge) for edge in span)
        return self.records[low:high]

    def overlapping(self, span: Span) -> list[ClaimRecord]:
        """The claims whose content is, at least in part, in a stretch of the text."""
        return [r for r in self._near(span) if any(part.overlaps(span) for part in r.claim.content)]

    def _near(self, span: Span) -> Iterator[ClaimRecord]:
        place = last = bisect_left(self._starts, span.end)
        while place and self._reach[place - 1] > span.start:
            place -= 1
        yield from self.records[place:last]

    def replace(self, record: ClaimRecord) -> bool:
        """Put a claim in the place of the one with its id; False when it is not as long as that."""
        place = self.place(record.id)
        if place is None:
            return False
        old = self.records[place]
        if (old.claim.start, _end(old)) != (record.claim.start, _end(record)):
            return False
        self.decided += record.status.decided - old.status.decided
        self.records[place] = record
        return True


def _end(record: ClaimRecord) -> int:
    return max(part.end for part in record.claim.content)
