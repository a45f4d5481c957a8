"""What a decision is asked to do, what it did, and that in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from claims.model import Claim
from store.records import ClaimRecord

ManyAction = Literal["accept", "reject", "reset", "delete", "edit", "note", "tag", "untag"]
"""What can be done to many claims at once."""

PAST = {
    "accept": "accepted",
    "reject": "rejected",
    "reset": "set back",
    "edit": "edited",
    "add": "added",
    "delete": "deleted",
    "note": "noted",
    "tag": "tagged",
    "link": "judged the relation of",
    "untag": "untagged",
    "adopt": "adjudicated",
    "import": "brought in",
    "carry": "carried over",
}
"""Actions as what was done."""


class Version(NamedTuple):
    """A claim as an adjudicator takes it over from another annotator, or refuses it."""

    article_id: int
    claim: Claim
    keep: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision did; it is on disk."""

    batch: str
    """Empty when nothing changed: then nothing was logged."""
    action: str
    article_id: int
    """The article that was changed, or the first of several."""
    claim_ids: tuple[str, ...]
    """The claims of that article."""
    records: tuple[ClaimRecord, ...]
    """Those claims as they are now; one that is gone is left out."""
    words: str
    """For the status line."""
    article_ids: tuple[int, ...] = ()
    """All articles that were changed."""
    count: int = 0
    """How many claims were changed, in all articles."""


def some_claims(number: int) -> str:
    """So many claims: "1 claim", "2,300 claims"."""
    return f"{number:,} claim{'' if number == 1 else 's'}"


def told(action: str, places: Sequence[tuple[int, str]]) -> str:
    """What was done to how many claims, in how many articles."""
    articles = len({article_id for article_id, _ in places})
    where = f" in {articles:,} articles" if articles > 1 else ""
    return f"{PAST.get(action, action)} {some_claims(len(places))}{where}"
