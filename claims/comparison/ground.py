"""Outcomes on one front as two sides tell them, and captures that several voices tell."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from claims.comparison.collection import (
    Collection,
    blocks,
    day_keys,
    in_time,
    quoted,
    relation,
    who,
)
from claims.comparison.fronts import Outcome
from claims.comparison.reading import NO_SIDE, Reading
from claims.relations import Relation, RelationKind

CAP = 60
"""Outcomes of one block (place, day) that are paired."""
NEAR = 8
"""Claims apart in one article within which two outcomes without a place are of one front."""
_WITNESS = 0.3
"""Least likeness of the words when two voices tell one capture."""


@dataclass(frozen=True, slots=True)
class _Entry:
    reading: Reading
    outcome: Outcome
    number: int
    names: frozenset[str]


def ground_relations(collection: Collection) -> Iterator[Relation]:
    """Propose contradictions about outcomes, and corroborations of captures."""
    entries: list[_Entry] = []
    for reading in collection.readings:
        for outcome in reading.outcomes:
            names = frozenset(name for name in outcome.places if not collection.everywhere(name))
            entries.append(_Entry(reading, outcome, len(entries), names))
    for one, two in blocks(_keyed(entries), CAP, lambda entry: entry.number):
        if one.reading is two.reading:
            continue
        found = _judge(collection, one, two)
        if found is not None:
            yield found


def _keyed(entries: list[_Entry]) -> Iterator[tuple[Hashable, _Entry]]:
    for entry in entries:
        if entry.reading.voice.attributed:
            yield ("article", entry.reading.item.article), entry
        days = entry.reading.days
        if days is None or days.whole:
            continue
        for name in entry.names:
            for day in day_keys(days):
                yield (name, day), entry


def _judge(collection: Collection, one: _Entry, two: _Entry) -> Relation | None:
    first, second = in_time(one.reading, two.reading)
    if first is not one.reading:
        one, two = two, one
    days, other = first.days, second.days
    if days and other and not days.meets(other):
        return None
    if first.published != second.published and not (days and other and (days.told or other.told)):
        return None  # two daily reports without a day of their own are of two days
    shared = one.names & two.names
    if one.outcome.against(two.outcome):
        return _contradiction(collection, one, two, shared)
    if shared and one.outcome.side == two.outcome.side:
        if one.outcome.result != two.outcome.result or one.outcome.result == "held":
            return None
        if collection.rivals(first.voice.side, second.voice.side, first.item.profile):
            return _admission(one, two)
        if one.outcome.result == "gained":
            return _corroboration(collection, one, two)
    return None


def _contradiction(
    collection: Collection, one: _Entry, two: _Entry, shared: frozenset[str]
) -> Relation | None:
    first, second = one.reading, two.reading
    rivals = collection.rivals(first.voice.side, second.voice.side, first.item.profile)
    if not rivals and not (shared and _disputed(collection, one, two)):
        return None
    confidence = 0.75 if rivals else 0.6
    if not shared:
        if first.item.article != second.item.article or abs(first.place - second.place) > NEAR:
            return None
        if (one.outcome.places and two.outcome.places) or not collection.one_front(first):
            return None
        confidence = 0.6
    reason = (
        f"{who(first)}: “{quoted(one.outcome.shown)}”; {who(second)}: "
        f"“{quoted(two.outcome.shown)}”; {'rival sides' if rivals else 'two voices'} on the same "
        f"{'place and day' if shared else 'front in one article'}"
    )
    return relation(
        RelationKind.CONTRADICTS, first, second, reason, confidence, "outcomes of one attack"
    )


def _disputed(collection: Collection, one: _Entry, two: _Entry) -> bool:
    """Whether the attacker's rival says that the attack failed, and a voice of no side not so."""
    failed, gained = (one, two) if one.outcome.result == "failed" else (two, one)
    if failed.outcome.result != "failed" or gained.outcome.result != "gained":
        return False
    told, denied = gained.reading, failed.reading
    if told.voice.side not in NO_SIDE or not collection.rivals(
        failed.outcome.side, denied.voice.side, denied.item.profile
    ):
        return False
    return told.voice.attributed or told.item.outlet != denied.item.outlet


def _admission(one: _Entry, two: _Entry) -> Relation:
    """Rival sides that tell one outcome: the surest corroboration there is."""
    first, second = one.reading, two.reading
    what = "the attack failed" if one.outcome.result == "failed" else "the ground was taken"
    reason = (
        f"rival sides agree that {what}: {who(first)}: “{quoted(one.outcome.shown)}”; "
        f"{who(second)}: “{quoted(two.outcome.shown)}”; same place and day"
    )
    return relation(
        RelationKind.CORROBORATES, first, second, reason, 0.8, "rivals agree on an outcome"
    )


def _corroboration(collection: Collection, one: _Entry, two: _Entry) -> Relation | None:
    first, second = one.reading, two.reading
    if first.item.article == second.item.article:
        return None
    if first.voice.same(second.voice) or first.item.outlet == second.item.outlet:
        return None
    likeness = collection.rarity.likeness(first.stems, second.stems)
    if likeness < _WITNESS:
        return None
    reason = (
        f"{who(first)} and {who(second)} both tell that the ground was taken: "
        f"“{quoted(one.outcome.shown)}”"
    )
    return relation(
        RelationKind.CORROBORATES, first, second, reason, 0.5 + 0.4 * likeness, "same capture"
    )


__all__ = ["ground_relations"]
