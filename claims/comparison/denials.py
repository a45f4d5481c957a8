"""Denials and what they deny: mostly the accusation that stands just before them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from claims.comparison.collection import Collection, quoted, relation, when, who
from claims.comparison.likeness import Days
from claims.comparison.reading import NO_SIDE, Reading
from claims.kind_words import stem
from claims.model import ClaimType, Stance
from claims.relations import Relation, RelationKind
from claims.text import word_set

REACH = 12
"""Claims before (and a quarter of it after) a denial in its article that it may deny."""
CAP = 40
"""Claims of one block (name, day) of other articles that a denial is held against."""
_HELD, _HELD_FAR = 0.5, 0.6
"""Least share of the denied words that the other claim holds: near, and in another article."""
_ANAPHORIC = frozenset(
    stem(word)
    for word in """accusation charge claim report allegation responsibility involvement involved
    baseless carrying role statement assertion suggestion categorically false unfounded fabricated
    government forces denied deny repeatedly accusing accused behind""".split()
)
_POINTED = frozenset((ClaimType.ACCUSATION, ClaimType.STRIKE, ClaimType.CIVILIANS))
_DAYS = 7
_LEAST = word_set("us use using")


def denials(collection: Collection) -> Iterator[Relation]:
    """Propose what each denial denies, at most one claim of its article and two of others."""
    index: dict[Hashable, list[Reading]] = {}
    wanted = [one for one in collection.readings if _is_denial(one)]
    for one in wanted:
        found = _in_article(collection, one)
        if found:
            yield found
    days = {day for one in wanted if one.days for day in _span(one.days)}
    for reading in collection.readings:
        if reading.days is None or reading.item.claim.stance is Stance.DENIES:
            continue
        for name in collection.telling(reading.names):
            for day in range(reading.days.last - 1, reading.days.last + 1):
                if day in days:
                    index.setdefault((name, day), []).append(reading)
    for one in wanted:
        yield from _in_others(collection, one, index)


def _span(days: Days) -> range:
    return range(days.last - _DAYS, days.last + 1)


def _is_denial(one: Reading) -> bool:
    claim = one.item.claim
    return (
        claim.type is ClaimType.DENIAL
        and claim.stance is Stance.DENIES
        and one.voice.attributed
        and bool(claim.cue)
    )


def _in_article(collection: Collection, denial: Reading) -> Relation | None:
    members = collection.articles[denial.item.article]
    low = max(0, denial.place - REACH)
    best: tuple[float, Reading] | None = None
    denied = denial.stems - _ANAPHORIC
    for other in members[low : denial.place + 1 + REACH // 4]:
        score = _score(collection, denial, other, denied)
        if score:
            score -= 0.02 * abs(other.place - denial.place)
            if best is None or score > best[0]:
                best = (score, other)
    if best is None:
        return None
    return _made(denial, best[1], best[0], "denial in one article")


def _score(
    collection: Collection, denial: Reading, other: Reading, denied: frozenset[str]
) -> float:
    """How surely `other` is what is denied; 0 for no."""
    claim = other.item.claim
    if other is denial or claim.type is ClaimType.DENIAL or claim.stance is Stance.DENIES:
        return 0.0
    if other.voice.same(denial.voice) or (
        other.voice.side == denial.voice.side and denial.voice.side not in NO_SIDE
    ):
        return 0.0
    if claim.stance is Stance.PLANS:
        return 0.0
    common = denied & other.stems
    if len(common) >= 2 or (len(common) == len(denied) == 1):
        held = collection.rarity.held(denied, other.stems)
        if held >= _HELD:
            bonus = 0.1 if claim.type in _POINTED else 0.0
            return 0.35 + 0.45 * held + bonus
    if len(denied) <= 1 and len(denial.stems & _ANAPHORIC) and 0 < denial.place - other.place <= 3:
        against = denial.voice.side in other.sides and denial.voice.side not in NO_SIDE
        if against and claim.type in _POINTED:
            return 0.65
    return 0.0


def _in_others(
    collection: Collection, denial: Reading, index: dict[Hashable, list[Reading]]
) -> Iterator[Relation]:
    if denial.days is None:
        return
    denied = denial.stems - _ANAPHORIC
    found: dict[int, tuple[float, Reading]] = {}
    for name in collection.telling(denial.near):
        for day in _span(denial.days):
            for other in index.get((name, day), ())[:CAP]:
                if other.item.article == denial.item.article or other.order in found:
                    continue
                common = denied & other.stems
                if len(common) < 3 or collection.rarity.held(denied, other.stems) < _HELD_FAR:
                    continue
                score = _score(collection, denial, other, denied)
                if score:
                    found[other.order] = (score - 0.05, other)
    for score, other in sorted(found.values(), key=lambda item: -item[0])[:2]:
        yield _made(denial, other, score, "denial across articles")


def _made(denial: Reading, other: Reading, score: float, rule: str) -> Relation:
    reason = (
        f"{who(denial)} denies “{quoted(denial.item.words)}” ({when(denial)}), "
        f"which {who(other)} says: “{quoted(other.item.words)}”"
    )
    return relation(RelationKind.DENIES, denial, other, reason, score, rule)


__all__ = ["denials"]
