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
    map(
        stem,
        word_set(
            """accusation charge claim report allegation responsibility involvement involved
            baseless carrying role statement assertion suggestion categorically false unfounded
            fabricated government forces denied deny repeatedly accusing accused behind incident
            attack regime"""
        ),
    )
)
_DENY = frozenset(map(stem, ("deny", "denied", "refute", "rebut", "debunk", "disavow")))
_REJECT = frozenset(map(stem, ("reject", "dismiss", "disprove", "repudiate")))
_FALSE = frozenset(map(stem, ("baseless", "false", "untrue", "fabricated", "lie", "unfounded")))
_PROPOSALS = frozenset(
    map(
        stem,
        word_set(
            "motion appeal request proposal call plan offer deal demand talks plea excuse idea"
        ),
    )
)
_MODALS = word_set("should must would ought need needs")
_POINTED = frozenset((ClaimType.ACCUSATION, ClaimType.STRIKE, ClaimType.CIVILIANS))
_DAYS = 7
_NOT = word_set("not no never nor neither without didn't doesn't isn't wasn't weren't cannot")


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
        and _denies(one)
    )


def _denies(one: Reading) -> bool:
    """Whether a statement is called false; a proposal that is rejected is not."""
    cue = {
        stem(word.lower()) for span in one.item.claim.cue for word in span.of(one.item.text).split()
    }
    opening = [stem(word) for word in one.words if word[0].isalpha()][:3]
    if _PROPOSALS & set(opening) or (one.stems & _PROPOSALS and not cue & _DENY):
        return False
    return bool(cue & (_DENY | _REJECT) or one.stems & _FALSE)


def _in_article(collection: Collection, denial: Reading) -> Relation | None:
    members = collection.articles[denial.item.article]
    low = max(0, denial.place - REACH)
    best: tuple[float, Reading] | None = None
    denied = denial.plain - _ANAPHORIC
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
    if (
        other.stems & _FALSE
        or other.voice.same(denial.voice)
        or (other.voice.side == denial.voice.side and denial.voice.side not in NO_SIDE)
    ):
        return 0.0
    if claim.stance is Stance.PLANS or any(
        word in _NOT or word in _MODALS for word in other.words[:12]
    ):
        return 0.0
    pointed = claim.type in _POINTED
    against = denial.voice.side in other.sides and denial.voice.side not in NO_SIDE
    if not other.voice.attributed and (claim.type is ClaimType.ASSESSMENT or not against):
        return 0.0
    common = denied & other.stems
    if len(common) >= 2 and (other.voice.attributed or against):
        held = collection.rarity.held(denied, other.stems)
        if held >= _HELD:
            return 0.35 + 0.45 * held + (0.1 if pointed else 0.0)
    before = denial.place - other.place
    if not (against and pointed and 0 < before <= 4):
        return 0.0
    if len(denied) <= 3 and denial.plain & _ANAPHORIC:
        return 0.65 if len(common) < 2 else 0.75
    return 0.0


def _in_others(
    collection: Collection, denial: Reading, index: dict[Hashable, list[Reading]]
) -> Iterator[Relation]:
    if denial.days is None:
        return
    denied = denial.plain - _ANAPHORIC
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
