"""The same words in two articles, and the same event in other words.

Copied words are found by runs of words (shingles, Broder 1997), looked up in an index: a run that
many articles hold is a formula of an outlet and proposes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import replace
from itertools import pairwise
from zlib import crc32

from claims.comparison.collection import (
    Collection,
    blocks,
    day_keys,
    in_time,
    quoted,
    relation,
    who,
)
from claims.comparison.reading import Reading
from claims.model import ClaimType, Group, Stance
from claims.relations import Relation, RelationKind

COPIED = 0.65
"""Share of the pairs of neighbouring words that makes a second telling a copy."""
PAIR = 3
"""Repeated claims proposed for one pair of articles, the weightiest; a copy of a whole article
says no more by a hundred of them."""
RUN = 4
"""Words of a run."""
FORMULA = 12
"""Articles that may hold one run; more make it a formula."""
LEAST = 9
"""Words that a content needs for its copies to be looked for."""
SAME_WORDS = 0.7
"""Share of the shorter content's runs that the other holds."""
_STALE = 3
"""Days after which an event told in the same words is another event."""
CAP = 40
"""Claims of one block (name, day, group of types) that are paired."""
_SAME_EVENT = 0.5
_COMMON = 5
"""Least stems in common for one event told in other words."""
_EVENTS = frozenset((Group.GROUND, Group.FIRE, Group.TOLL, Group.FORCES, Group.AID))


def repeats(collection: Collection) -> Iterator[Relation]:
    """Propose the claims that relay the words of an earlier article's claim, one each."""
    runs: dict[int, list[int]] = defaultdict(list)
    counts: dict[int, int] = {}
    for at, reading in enumerate(collection.readings):
        made = _runs(reading)
        counts[at] = len(made)
        for run in made:
            runs[run].append(at)
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for holders in runs.values():
        articles = {collection.readings[at].item.article for at in holders}
        if not 1 < len(articles) <= FORMULA:
            continue
        for index, at in enumerate(holders):
            for other in holders[:index]:
                shared[at][other] += 1
    readings = collection.readings
    pairs: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    weights: dict[tuple[str, str], float] = {}
    for at, others in shared.items():
        best: Relation | None = None
        for other, common in others.items():
            share = common / min(counts[at], counts[other])
            if share < SAME_WORDS:
                continue
            found = _repeat(readings[at], readings[other], share)
            if found and (best is None or found.confidence > best.confidence):
                best = found
        if best:
            pairs[best.first_article, best.second_article].append(best)
            weights[best.first_article, best.first] = collection.rarity.weight(readings[at].stems)
    for found_here in pairs.values():
        found_here.sort(key=lambda one: -weights[one.first_article, one.first])
        more = len(found_here) - PAIR
        for one in found_here[:PAIR]:
            yield (
                one
                if more <= 0
                else replace(
                    one, reason=f"{one.reason}; {more} more claims of the two articles share words"
                )
            )


def _runs(reading: Reading) -> set[int]:
    words = [word for word in reading.words if word[0].isalnum()]
    if len(words) < LEAST or _is_filler(reading):
        return set()
    return {crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1)}


def _is_filler(reading: Reading) -> bool:
    """Whether a claim is the writer's own and says nothing that anybody disputes."""
    return reading.item.claim.type is ClaimType.BACKGROUND and not reading.voice.attributed


def copied(one: Reading, two: Reading) -> bool:
    """Whether one claim has most of its words in the order of the other: no second witness."""
    few, many = sorted((_pairs(one), _pairs(two)), key=len)
    return len(few & many) >= COPIED * max(1, len(few))


def _pairs(reading: Reading) -> set[tuple[str, str]]:
    words = [word for word in reading.words if word[0].isalnum()]
    return set(pairwise(words))


def _repeat(one: Reading, two: Reading, share: float) -> Relation | None:
    if one.item.article == two.item.article:
        return None
    first, second = in_time(one, two)
    if not _same_figures(one, two):
        return None
    days, other = first.days, second.days
    if days and other and days.told and other.told and not days.meets(other):
        return None  # "no change in the past 24 hours", every day
    event = first.item.claim.type.group in _EVENTS
    if event and days and other:
        both_told = days.told and other.told
        if not both_told and not days.meets(other, _STALE) and share < 0.95:
            return None
        if not both_told and not days.meets(other, _STALE) and len(first.names) < 3:
            return None
    if first.voice.attributed and second.voice.attributed and first.voice.different(second.voice):
        confidence = 0.45 + 0.3 * share
    else:
        confidence = 0.55 + 0.4 * share
    reason = f"{who(second)} has the words of {who(first)}: “{quoted(second.item.words)}”"
    return relation(RelationKind.REPEATS, second, first, reason, confidence, "same words")


def _same_figures(one: Reading, two: Reading) -> bool:
    """Whether no number differs; a formula with another number is another statement."""
    numbers = [{word for word in reading.words if word[0].isdigit()} for reading in (one, two)]
    differing = numbers[0] ^ numbers[1]
    return not differing or (len(differing) == 1 and bool(numbers[0] & numbers[1]))


def same_events(collection: Collection) -> Iterator[Relation]:
    """Propose the pairs of claims of different outlets that tell one event in other words."""
    entries = list(_keyed(collection))
    for one, two in blocks(entries, CAP, lambda reading: reading.order):
        found = _same_event(collection, one, two)
        if found:
            yield found


def _keyed(collection: Collection) -> Iterator[tuple[Hashable, Reading]]:
    for reading in collection.readings:
        claim = reading.item.claim
        days = reading.days
        if claim.type.group not in _EVENTS or days is None or days.whole:
            continue
        if claim.stance is not Stance.ASSERTS or len(reading.stems) < _COMMON:
            continue
        for name in collection.telling(reading.names):
            for day in day_keys(days):
                yield (name, day, claim.type.group), reading


def _same_event(collection: Collection, one: Reading, two: Reading) -> Relation | None:
    if one.item.article == two.item.article or one.item.outlet == two.item.outlet:
        return None
    days, other = one.days, two.days
    if days is None or other is None or not days.meets(other) or one.voice.same(two.voice):
        return None
    common = one.stems & two.stems
    likeness = collection.rarity.likeness(one.stems, two.stems)
    if len(common) < _COMMON or likeness < _SAME_EVENT:
        return None
    for figure in one.figures:
        for against in two.figures:
            if figure.measure == against.measure and not figure.overlaps(against):
                return None
    first, second = in_time(one, two)
    if copied(one, two):
        reason = f"{who(second)} has the words of {who(first)}: “{quoted(second.item.words)}”"
        return relation(
            RelationKind.REPEATS, second, first, reason, 0.4 + 0.5 * likeness, "same words"
        )
    reason = f"{who(first)} and {who(second)} tell the same event: “{quoted(first.item.words)}”"
    return relation(
        RelationKind.CORROBORATES, first, second, reason, 0.4 + 0.5 * likeness, "same event"
    )


__all__ = ["repeats", "same_events"]
