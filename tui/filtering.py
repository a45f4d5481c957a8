"""Which claims of an article are shown: by type, side, state, speaker, query. Pure: no Textual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from claims.codebook import Codebook
from store.records import ClaimRecord
from store.wording import speaker


class Facet(StrEnum):
    """What a filter looks at."""

    TYPE = "type"
    SIDE = "side"
    STATE = "state"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The values that are shown; an empty set shows all of that facet."""

    type: frozenset[str] = frozenset()
    side: frozenset[str] = frozenset()
    state: frozenset[str] = frozenset()
    speaker: frozenset[str] = frozenset()
    query: str = ""
    """What the claims must fit beside that, in the language of searches (`store.query`)."""
    fitting: frozenset[str] = frozenset()
    """The ids of the claims that fit the query, as the store found them last."""

    def __bool__(self) -> bool:
        return bool(self.type or self.side or self.state or self.speaker or self.query)

    def values(self, facet: Facet) -> frozenset[str]:
        """What is chosen of one facet."""
        found: frozenset[str] = getattr(self, facet.value)
        return found

    def toggle(self, facet: Facet, value: str) -> Chosen:
        """Choose a value, or drop it."""
        turned: dict[str, Any] = {facet.value: self.values(facet) ^ {value}}
        return replace(self, **turned)

    def passes(self, record: ClaimRecord) -> bool:
        """Whether a claim is shown."""
        if self.query and record.id not in self.fitting:
            return False
        return all(
            not self.values(facet) or value_of(record, facet) in self.values(facet)
            for facet in Facet
        )

    def words(self, codebook: Codebook) -> str:
        """The filter in words, for the status line."""
        ticked = [
            codebook[value].label if facet is Facet.TYPE else value
            for facet in Facet
            for value in sorted(self.values(facet))
        ]
        return ", ".join([*ticked, *([self.query] if self.query else ())])


def value_of(record: ClaimRecord, facet: Facet) -> str:
    """The value of one facet of a claim."""
    if facet is Facet.TYPE:
        return str(record.claim.type)
    if facet is Facet.SIDE:
        return record.claim.side
    if facet is Facet.STATE:
        return str(record.status)
    return speaker(record.claim)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the filter screen."""

    facet: Facet
    value: str
    count: int


def choices(records: Sequence[ClaimRecord]) -> list[Choice]:
    """Every value that the claims have, most frequent first within its facet."""
    return [
        Choice(facet, value, count)
        for facet in Facet
        for value, count in _counted(value_of(record, facet) for record in records)
    ]


def _counted(values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))
