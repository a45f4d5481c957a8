"""Which claims to ask a person about first, and how often each rule was right so far.

The queue is uncertainty sampling by the calibrated confidence (`claims.doubt`), diversified: a
candidate counts less for each of the last ten chosen that has its rule, its type or its article
(after maximal marginal relevance: Carbonell and Goldstein 1998, "The use of MMR"). Candidates come
from every pair of rule and type by an index, so that the cost does not depend on the library.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from claims.doubt import BY_HAND, type_rule
from store import facets
from store.passages import Place

if TYPE_CHECKING:
    from store.db import Library

_EACH = 8
"""Candidates of one rule and type."""
_REMEMBERED = 10
_AGAIN = (0.65, 0.65, 0.35)
"""What a candidate keeps of its doubt for each recent one of its rule, type and article."""
_Z = 1.959964
"""Standard deviations of a normal distribution that hold 95 of 100."""


class Doubtful(NamedTuple):
    """An undecided claim and its uncertainty in bits."""

    place: Place
    family: str
    type: str
    doubt: float


class Interval(NamedTuple):
    """A share and the bounds that hold the true one 95 times in 100."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RuleLine:
    """How often a rule was right where the annotator decided."""

    rule: str
    decides: str
    """"claim": it finds claims; "type": it gives their type."""
    accepted: int
    """As it was."""
    corrected: int
    """Accepted with a change; for a type, with another change than the type."""
    wrong: int
    """Rejected; for a type, also changed to another type."""
    claims: int
    """How many claims of the library it made; 0 for what decides a type."""

    @property
    def right(self) -> int:
        """How many were claims, or of that type."""
        return self.accepted + self.corrected

    @property
    def decided(self) -> int:
        """How many were decided on."""
        return self.right + self.wrong

    @property
    def precision(self) -> Interval:
        """The share that was right."""
        return wilson(self.right, self.decided)


def queue(library: Library, *, limit: int = 60, skip: Collection[Place] = ()) -> list[Doubtful]:
    """Undecided claims in the order in which to ask about them."""
    with library.snapshot():
        found = _candidates(library, skip)
    return _spread(found, limit)


def _candidates(library: Library, skip: Collection[Place]) -> list[Doubtful]:
    found: list[Doubtful] = []
    for at in _families_and_types(library):
        rows = library.rows(
            "SELECT article_id, id, doubt FROM claim c WHERE family = ? AND type = ?"
            " AND NOT EXISTS (SELECT 1 FROM claim_state s WHERE s.article_id = c.article_id"
            " AND s.annotator = ? AND s.current AND s.claim_id = c.id"
            " AND (s.hidden OR s.status <> 'proposed')) ORDER BY doubt DESC LIMIT ?",
            (*at, library.annotator, _EACH + len(skip)),
        )
        places = [(Place(article_id, claim_id), doubt) for article_id, claim_id, doubt in rows]
        kept = [(place, doubt) for place, doubt in places if place not in skip]
        found.extend(Doubtful(place, *at, doubt) for place, doubt in kept[:_EACH])
    return found


def _families_and_types(library: Library) -> Iterator[tuple[str, str]]:
    """Every pair that a claim has, each looked up once in the index."""

    def following(column: str, also: str, *after: str) -> str | None:
        (found,) = library.row(f"SELECT min({column}) FROM claim WHERE {also}{column} > ?", after)
        return None if found is None else str(found)

    family = following("family", "", "")
    while family is not None:
        kind = following("type", "family = ? AND ", family, "")
        while kind is not None:
            yield family, kind
            kind = following("type", "family = ? AND ", family, kind)
        family = following("family", "", family)


def _spread(found: Sequence[Doubtful], limit: int) -> list[Doubtful]:
    left = list(found)
    chosen: list[Doubtful] = []
    recent: deque[tuple[str, str, int]] = deque(maxlen=_REMEMBERED)
    while left and len(chosen) < limit:
        families = Counter(one[0] for one in recent)
        types = Counter(one[1] for one in recent)
        articles = Counter(one[2] for one in recent)
        best, best_score = 0, -1.0
        for number, one in enumerate(left):
            score = (
                one.doubt
                * _AGAIN[0] ** families[one.family]
                * _AGAIN[1] ** types[one.type]
                * _AGAIN[2] ** articles[one.place.article_id]
            )
            if score > best_score:
                best, best_score = number, score
        one = left.pop(best)
        chosen.append(one)
        recent.append((one.family, one.type, one.place.article_id))
    return chosen


def rules(library: Library) -> list[RuleLine]:
    """Every rule on whose claims the annotator decided, the most decided first."""
    with library.snapshot():
        rows = library.rows(
            "SELECT family, rule, CASE WHEN hidden THEN 'rejected' ELSE status END,"
            " CASE WHEN status = 'edited' THEN"
            " coalesce(json_extract(record, '$.machine.type'), type) <> type ELSE 0 END,"
            " count(*) FROM claim_state WHERE annotator = ? AND current AND (hidden OR status IN"
            " ('accepted', 'edited', 'rejected')) GROUP BY 1, 2, 3, 4",
            (library.annotator,),
        )
        made = facets.families(library)
    counts: dict[tuple[str, str], Counter[str]] = {}
    for family, rule, status, retyped, number in rows:
        if family == BY_HAND:
            continue
        counts.setdefault(("claim", family), Counter())[status] += number
        decides = type_rule(rule)
        if decides and status != "rejected":
            what = "rejected" if retyped else status
            counts.setdefault(("type", decides), Counter())[what] += number
    lines = [
        RuleLine(
            rule,
            decides,
            found["accepted"],
            found["edited"],
            found["rejected"],
            made.get(rule, 0) if decides == "claim" else 0,
        )
        for (decides, rule), found in counts.items()
    ]
    return sorted(lines, key=lambda line: (line.decides, -line.decided, line.rule))


def wilson(right: int, decided: int) -> Interval:
    """A share with its 95 % interval, after Wilson (1927), which holds for few decisions too."""
    if decided == 0:
        return Interval(0.0, 0.0, 1.0)
    share = right / decided
    square = _Z * _Z / decided
    middle = (share + square / 2) / (1 + square)
    reach = _Z * sqrt(share * (1 - share) / decided + square / (4 * decided)) / (1 + square)
    # The share is within by the formula; rounding must not put it outside.
    return Interval(
        share, max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))
    )
