"""Relations between claims: the records that comparison takes and gives.

The kinds are those of the annotation scheme; a machine proposes, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from claims.model import Article, Claim, Extraction
from claims.profile import Profile
from claims.text import canonical


class RelationKind(StrEnum):
    """How one claim stands to another."""

    CONTRADICTS = "contradicts"
    """Both cannot hold as told: two outcomes of one fight, two figures by two counters."""
    DENIES = "denies"
    """`first` says that what `second` tells is false."""
    CORROBORATES = "corroborates"
    """Another voice tells the same thing."""
    UPDATES = "updates"
    """`first` is the newer figure of the same voice for what `second` counts."""
    REPEATS = "repeats"
    """`first` relays, later, the words or the statement of `second`."""


@dataclass(frozen=True, slots=True)
class ComparedClaim:
    """A claim with what comparison must know of its article.

    `article` is any id that tells articles apart; `text` is the whole text that the claim's
    offsets point into; `date` is an ISO day or instant; `profile` is the profile whose side ids
    the claim carries.
    """

    article: str
    claim: Claim
    text: str
    date: str | None = None
    outlet: str | None = None
    profile: Profile | str = "generic"

    @property
    def words(self) -> str:
        """The words of the content, fragments joined by " … ", white space folded."""
        parts = (" ".join(span.of(self.text).split()) for span in self.claim.content)
        return " … ".join(parts)


@dataclass(frozen=True, slots=True)
class Relation:
    """A proposed relation between two claims, with what a person needs to judge it.

    `first` and `second` are claim ids. `denies`, `updates` and `repeats` read from `first` to
    `second`; the other kinds are symmetric, and `first` is the one that stands first in time.
    """

    kind: RelationKind
    first: str
    second: str
    first_article: str
    second_article: str
    reason: str
    confidence: float
    rule: str

    def to_json(self) -> dict[str, Any]:
        """The relation as plain JSON values."""
        return {
            "kind": self.kind.value,
            "first": self.first,
            "second": self.second,
            "first_article": self.first_article,
            "second_article": self.second_article,
            "reason": self.reason,
            "confidence": self.confidence,
            "rule": self.rule,
        }


def compared(
    article_id: str,
    article: Article,
    extraction: Extraction,
    profile: Profile | None = None,
) -> Iterator[ComparedClaim]:
    """The claims of one extraction, ready for `claims.compare.compare`.

    `profile` is the one that the extraction was made with, where it is not one that ships.
    """
    text = canonical(article.text)
    for claim in extraction.claims:
        yield ComparedClaim(
            article_id,
            claim,
            text,
            article.date,
            article.outlet,
            profile or extraction.profile,
        )
