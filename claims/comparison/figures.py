"""Figures for one event: counters that agree, differ, update themselves or are relayed.

Two figures meet only in a block of one measure, one name and one day. The event is the same when
the names, the way of harm and the words around the numbers fit; equal figures need less of that
than different ones, because a different figure may mean a different event.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from claims.comparison.collection import (
    Collection,
    blocks,
    day_keys,
    in_time,
    relation,
    when,
    who,
)
from claims.comparison.likeness import skeleton, words_of
from claims.comparison.reading import Reading
from claims.comparison.relay import copied
from claims.comparison.tolls import Figure
from claims.kind_words import stem
from claims.relations import Relation, RelationKind

CAP = 60
"""Figures of one block (measure, name, day) that are paired."""
AGREE, DIFFER = 0.2, 0.4
"""Least likeness of the words for equal and for different figures."""
UNTOLD = 0.5
"""Least likeness for different figures where a claim names no day."""
BOUND = 0.15
"""Least likeness where place, way of harm and told day already bind the two to one event."""
SCOPE = 0.5
"""Least share of the telling names that two different figures have in common."""
_RISING = frozenset(map(stem, ("rose", "rise", "risen", "toll", "climbed", "revised", "increased")))
SMALL = 3
"""Smaller figures are equal by chance too often."""
_UPDATE_DAYS = 3
_SUM_DAYS = 14
_GROWTH = 2.5
"""A newer figure of more than this many times the older one is of something else."""


@dataclass(frozen=True, slots=True)
class _Entry:
    reading: Reading
    figure: Figure
    number: int
    names: frozenset[str]


def figure_relations(collection: Collection) -> Iterator[Relation]:
    """Propose relations between the figures of the collection's claims."""
    entries = list(_entries(collection))
    for one, two in blocks(_keyed(entries), CAP, lambda entry: entry.number):
        if one.reading is two.reading:
            continue
        found = _judge(collection, one, two)
        if found is not None:
            yield found


def _entries(collection: Collection) -> Iterator[_Entry]:
    number = 0
    for reading in collection.readings:
        if reading.days is None:
            continue
        for figure in reading.figures:
            if figure.part:
                continue
            names = collection.telling(figure.names) or collection.telling(reading.near)
            yield _Entry(reading, figure, number, names)
            number += 1


def _keyed(entries: list[_Entry]) -> Iterator[tuple[Hashable, _Entry]]:
    for entry in entries:
        days = entry.reading.days
        if days is None:
            continue
        for name in entry.names:
            if entry.figure.whole:
                yield (entry.figure.measure, name, entry.reading.voice.side, "sum"), entry
                continue
            for day in day_keys(days):
                yield (entry.figure.measure, name, day), entry


def _judge(collection: Collection, one: _Entry, two: _Entry) -> Relation | None:
    if not one.figure.same_thing(two.figure):
        return None
    first, second = in_time(one.reading, two.reading)
    older, newer = (one, two) if first is one.reading else (two, one)
    same_article = first.item.article == second.item.article
    days, other = older.reading.days, newer.reading.days
    if days is None or other is None:
        return None
    if older.figure.whole:
        return _sums(collection, older, newer)
    if not days.meets(other):
        return None
    likeness = collection.rarity.likeness(older.figure.stems, newer.figure.stems)
    names = older.names & newer.names
    told = days.told and other.told
    bound = _one_event(older, newer, told)
    same, different = first.voice.same(second.voice), first.voice.different(second.voice)
    if older.figure.agrees(newer.figure):
        small = older.figure.value < SMALL
        needed = DIFFER if small else BOUND if bound else AGREE
        if same_article or likeness < needed or (small and not told):
            return None
        return _agreement(older, newer, likeness, names, same)
    rising = bool(newer.figure.stems & _RISING)
    if likeness < (BOUND if bound else AGREE if rising and same else DIFFER if told else UNTOLD):
        return None
    if same:
        return _update(older, newer, likeness)
    if older.figure.overlaps(newer.figure) or not different:
        return None
    if older.figure.counted != newer.figure.counted:
        return None
    if same_article and not (first.voice.attributed and second.voice.attributed):
        return None
    if len(names) < SCOPE * len(older.names | newer.names):
        return None  # one figure sums up more places than the other
    if _reaches(older.reading, newer.figure) or _reaches(newer.reading, older.figure):
        return None  # the other claim gives this figure too: it is of another part or place
    reason = (
        f"{who(first)}: {older.figure.shown} {older.figure.measure}; "
        f"{who(second)}: {newer.figure.shown}; {_place(older, newer)}"
    )
    confidence = 0.4 + 0.4 * likeness + (0.1 if told else 0.0) + (0.05 if bound else 0.0)
    return relation(RelationKind.CONTRADICTS, first, second, reason, confidence, "figures differ")


def _one_event(one: _Entry, two: _Entry, told: bool) -> bool:
    """Whether place, way of harm and day together leave little room for two events."""
    names = one.figure.names & two.figure.names & one.names & two.names
    return told and bool(names) and bool(one.figure.causes & two.figure.causes)


def _told(reading: Reading) -> bool:
    return reading.days is not None and reading.days.told


def _reaches(reading: Reading, figure: Figure) -> bool:
    return any(
        other.measure == figure.measure and other.agrees(figure) for other in reading.figures
    )


def _agreement(
    older: _Entry, newer: _Entry, likeness: float, names: frozenset[str], same: bool
) -> Relation | None:
    first, second = older.reading, newer.reading
    same_outlet = first.item.outlet == second.item.outlet
    confidence = 0.5 + 0.4 * likeness + 0.05 * min(3, len(names))
    one, two = older.figure.shown, newer.figure.shown
    figures = f"{one if one == two else f'{one} / {two}'} {older.figure.measure}"
    place = _place(older, newer)
    if same:
        reason = f"{who(second)} again gives {figures}, as in {who(first)}; {place}"
        return relation(
            RelationKind.REPEATS, second, first, reason, confidence, "same voice, same figure"
        )
    if same_outlet and not (first.voice.attributed and second.voice.attributed):
        return None
    if copied(first, second):
        reason = f"{who(second)} has the words of {who(first)} on {figures}; {place}"
        return relation(RelationKind.REPEATS, second, first, reason, confidence, "same words")
    reason = f"{who(first)} and {who(second)} both tell of {figures}; {place}"
    return relation(RelationKind.CORROBORATES, first, second, reason, confidence, "figures agree")


def _update(older: _Entry, newer: _Entry, likeness: float) -> Relation | None:
    first, second = older.reading, newer.reading
    published, later = first.published, second.published
    if published is None or later is None or first.item.article == second.item.article:
        return None
    if not 0 < later - published <= _UPDATE_DAYS or _reaches(second, older.figure):
        return None
    if not (_told(first) and _told(second)) and not newer.figure.stems & _RISING:
        return None  # the same place may be struck again the next day
    one, two = older.figure, newer.figure
    if not one.value < two.value <= _GROWTH * one.value or one.counted != two.counted:
        return None
    reason = (
        f"{who(second)} on {when(second)}: {two.shown} {two.measure}; "
        f"on {when(first)}: {one.shown}; {_place(older, newer)}"
    )
    return relation(
        RelationKind.UPDATES, second, first, reason, 0.4 + 0.5 * likeness, "newer figure"
    )


def _sums(collection: Collection, older: _Entry, newer: _Entry) -> Relation | None:
    first, second = older.reading, newer.reading
    published, later = first.published, second.published
    if published is None or later is None or not 0 < later - published <= _SUM_DAYS:
        return None
    if not first.voice.same(second.voice) or not first.voice.attributed:
        return None
    days, other = first.days, second.days
    if days is None or other is None or days.told != other.told:
        return None
    if days.told and abs(days.first - other.first) > _UPDATE_DAYS:
        return None  # sums since different days
    one, two = older.figure, newer.figure
    if one.counted != two.counted or not one.value < two.value <= _GROWTH * one.value:
        return None
    likeness = collection.rarity.likeness(one.stems, two.stems)
    if likeness < AGREE or not older.names & newer.names:
        return None
    reason = (
        f"{who(second)} on {when(second)}: {two.shown} in all; on {when(first)}: {one.shown}; "
        f"{_place(older, newer)}"
    )
    return relation(RelationKind.UPDATES, second, first, reason, 0.4 + 0.5 * likeness, "newer sum")


def _place(older: _Entry, newer: _Entry) -> str:
    common = older.figure.stems & newer.figure.stems
    item = older.reading.item
    mentions = words_of(item.text, item.claim.content)
    words = dict.fromkeys(mention.low.title() for mention in mentions if mention.capital)
    shared = [word for word in words if skeleton(word.lower()) in older.names & newer.names]
    where = ", ".join(shared[:3])
    days = "same day" if not older.figure.whole else "same time"
    return (
        f"both on {where}, {days}" if where else f"same event by its words ({len(common)}), {days}"
    )


__all__ = ["figure_relations"]
