"""Comparison over a set of articles: which claims contradict, deny, corroborate, update, repeat.

`compare` never looks at all pairs. Claims meet in blocks that share what a relation needs: runs
of words (repeats), a name, a day and a measure (figures), a name and a day (outcomes on the
ground, one event told twice), a neighbourhood in one article (denials). A block larger than its
cap says little about any pair in it and is cut; each module states its cap. See
`docs/comparison.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from claims.comparison.collection import Collection
from claims.comparison.denials import denials
from claims.comparison.figures import figure_relations
from claims.comparison.ground import ground_relations
from claims.comparison.reading import read
from claims.comparison.relay import repeats, same_events
from claims.relations import ComparedClaim, Relation, RelationKind, compared

MOST = 6
"""Relations of one kind that a claim may have; the surest stay."""
_RANK: Mapping[RelationKind, int] = {
    RelationKind.DENIES: 0,
    RelationKind.REPEATS: 1,
    RelationKind.CONTRADICTS: 2,
    RelationKind.UPDATES: 3,
    RelationKind.CORROBORATES: 4,
}
"""Which kind a pair keeps when two rules propose it: copied words are no second witness."""


def compare(items: Iterable[ComparedClaim]) -> list[Relation]:
    """Propose relations between claims, the surest first.

    Two claims have at most one relation. Every proposal names both claims, its rule, a confidence
    from 0 to 1 and the reason in words. Claims without a date take part only in what needs none
    (copied words, denials and outcomes within one article). Cost grows with the claims and with
    the capped blocks, not with the pairs.

    Raises `claims.profile.ProfileError` when a claim names a profile that cannot be read.
    """
    collection = Collection(read(list(items)))
    found: dict[tuple[str, str], Relation] = {}
    for rule in (denials, repeats, ground_relations, figure_relations, same_events):
        for one in rule(collection):
            low, high = sorted(
                (f"{one.first_article}|{one.first}", f"{one.second_article}|{one.second}")
            )
            have = found.get((low, high))
            if have is None or _better(one, have):
                found[low, high] = one
    ranked = sorted(found.values(), key=lambda one: (-one.confidence, one.first, one.second))
    kept: list[Relation] = []
    counts: Counter[tuple[str, str, RelationKind]] = Counter()
    for one in ranked:
        ends = (
            (one.first_article, one.first, one.kind),
            (one.second_article, one.second, one.kind),
        )
        if all(counts[end] < MOST for end in ends):
            counts.update(ends)
            kept.append(one)
    return kept


def _better(one: Relation, have: Relation) -> bool:
    if one.kind is have.kind:
        return one.confidence > have.confidence
    return _RANK[one.kind] < _RANK[have.kind]


__all__ = ["ComparedClaim", "Relation", "RelationKind", "compare", "compared"]
