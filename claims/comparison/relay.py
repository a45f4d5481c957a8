"""The same words in two articles, and the same event in other words.

Copied words are found by runs of words (shingles, Broder 1997), looked up in an index: a run that
many articles hold is a formula of an outlet and proposes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
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
    for at, others in shared.items():
        best: Relation | None = None
        for other, common in others.items():
            share = common / min(counts[at], counts[other])
            if share < SAME_WORDS or 2 * min(counts[at], counts[other]) < max(
                counts[at], counts[other]
            ):
                continue
            found = _repeat(readings[at], readings[other], share)
            if found and (best is None or found.confidence > best.confidence):
                best = found
        if best:
            yield best


def _runs(reading: Reading) -> set[int]:
    words = [mention.low for mention in reading.words if mention.low[0].isalnum()]
    if len(words) < LEAST:
        return set()
    return {
        crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1)
    }


def _repeat(one: Reading, two: Reading, share: float) -> Relation | None:
    if one.item.article == two.item.article:
        return None
    first, second = in_time(one, two)
    if not _same_figures(one, two):
        return None
    days, other = first.days, second.days
    event = first.item.claim.type.group in _EVENTS
    if event and days and other:
        both_told = days.told and other.told
        if both_told and not days.meets(other):
            return None
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
    numbers = [
        {mention.low for mention in reading.words if mention.low[0].isdigit()}
        for reading in (one, two)
    ]
    return not (numbers[0] ^ numbers[1]) or bool(numbers[0] & numbers[1]) and (
        len(numbers[0] ^ numbers[1]) <= 1
    )


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
    reason = (
        f"{who(first)} and {who(second)} tell the same event: “{quoted(first.item.words)}”"
    )
    return relation(
        RelationKind.CORROBORATES, first, second, reason, 0.4 + 0.5 * likeness, "same event"
    )


__all__ = ["ClaimType", "repeats", "same_events"]
