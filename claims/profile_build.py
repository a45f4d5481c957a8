"""Puts a profile's file and the world below it into the look-ups of a profile."""

from __future__ import annotations

from claims.model import COMMON_SIDES, THIRD_PARTY, UNKNOWN_SIDE
from claims.names import Names, keys
from claims.profile_file import RawProfile, RawSide
from claims.profile_names import personal
from claims.profile_parts import COMMON, KERNELS, PALETTE, Actor, Parts, Side, Word


def build(raw: RawProfile, world: RawProfile) -> Parts:
    """The look-ups of a profile.

    Raises `ProfileError` for a side, state or owner of names that does not exist.
    """
    return _Builder(raw, world).build()


class _Builder:
    """Puts a profile and the world below it into one look-up."""

    def __init__(self, raw: RawProfile, world: RawProfile) -> None:
        self.raw, self.world = raw, world
        self.words: Names[Word] = Names()
        self.channels: Names[Word] = Names()
        self.places: Names[Word] = Names()
        self.actors: list[Actor] = []
        self.adjectives: dict[str, str] = {}
        self.surnames: dict[str, Actor | None] = {}
        self.sides = {side.id: side for side in map(_side, raw.sides)}
        self.claimed = {state: side.id for side in raw.sides for state in side.states}

    def build(self) -> Parts:
        """Check, then fill each look-up; the profile's own names go before the world's."""
        self._check_owners()
        for side in self.raw.sides:
            for word in side.words:
                self.words.add(keys(word), Word("side", side.id, side.name))
            if side.words:
                self.adjectives.setdefault(side.name, side.words[0])
        self._actors_of(self.raw)
        self._states()
        self._actors_of(self.world)
        for raw in (self.raw, self.world):
            self._places_of(raw)
            self._channels_of(raw)
        for kernel, (name, role) in KERNELS.items():
            self.words.add(keys(kernel), Word("kernel", name=name, role=role))
        persons = {key: actor for key, actor in self.surnames.items() if actor}
        sides = tuple(self.sides.values()) + tuple(COMMON[side] for side in COMMON_SIDES)
        main = frozenset(side.id for side in self.raw.sides if side.main)
        return Parts(
            sides=sides,
            actors=tuple(self.actors),
            words=self.words,
            persons=persons,
            channels=self.channels,
            places=self.places,
            adjectives=self.adjectives,
            main=main,
        )

    def _check_owners(self) -> None:
        states = [state.id for state in self.world.states]
        for side in self.raw.sides:
            for state in side.states:
                if state not in states:
                    raise self.raw.fail(
                        f"side {side.id!r}: no state or group {state!r}", state, states
                    )
        known = [*states, *self.sides, *COMMON_SIDES]
        for owner in {actor.owner for actor in self.raw.actors}:
            if owner not in known:
                raise self.raw.fail(f"names are given to {owner!r}, which is no side", owner, known)
        for owner in self.raw.places:
            if owner not in (*known, "contested"):
                raise self.raw.fail(f"places.{owner}: no such side", owner, [*known, "contested"])

    def _states(self) -> None:
        for number, state in enumerate(self.world.states):
            side = self._side_for(state.id)
            if side == state.id and side not in self.sides:
                colour = PALETTE[number % len(PALETTE)]
                self.sides[side] = Side(side, state.name, state.code, colour)
            metonyms = state.names[2:] if not state.group else ()
            for word in state.names:
                self.words.add(keys(word), Word("side", side, state.name))
            if not state.group:
                self.adjectives.setdefault(state.name, state.names[1])
                for place in (state.names[0], *metonyms):
                    if place[0].isupper():
                        self.places.add(keys(place), Word("metonym", side, place))

    def _side_for(self, owner: str) -> str:
        """The side of a state, group or side id of the world file, in this profile."""
        if owner in self.claimed:
            return self.claimed[owner]
        if owner in self.sides or owner in COMMON_SIDES:
            return owner
        return owner if self.raw.every_state else THIRD_PARTY

    def _actors_of(self, raw: RawProfile) -> None:
        for entry in raw.actors:
            side = self._side_for(entry.owner)
            actor = Actor(entry.name, entry.aliases, entry.role, side, entry.kind)
            self.actors.append(actor)
            word = Word("actor", side, entry.name, actor, entry.role)
            for name in (entry.name, *entry.aliases):
                folded = keys(name)
                self.words.add(folded, word)
                if entry.kind == "person" and len(folded) > 1 and personal(name):
                    self._surname(folded, actor)
                if entry.kind == "outlet":
                    self.channels.add(folded, Word("outlet", side, entry.name))

    def _surname(self, folded: tuple[str, ...], actor: Actor) -> None:
        surname = folded[-1]
        if len(surname) < 4:
            return
        known = self.surnames.setdefault(surname, actor)
        if known is not None and known.name != actor.name:
            # Two people of one name: the profile's own goes before the world's.
            own = {person.name for person in self.actors[: self._own_count()]}
            if not (known.name in own and actor.name not in own):
                self.surnames[surname] = None

    def _own_count(self) -> int:
        return len(self.raw.actors)

    def _places_of(self, raw: RawProfile) -> None:
        for owner, names in raw.places.items():
            side = UNKNOWN_SIDE if owner == "contested" else self._side_for(owner)
            for name, aliases in names:
                for spelling in (name, *aliases):
                    folded = keys(spelling)
                    self.places.add(folded, Word("place", side, name))
                    self.words.add(folded, Word("place", side, name))

    def _channels_of(self, raw: RawProfile) -> None:
        for name, aliases in raw.channels:
            for spelling in (name, *aliases):
                self.channels.add(keys(spelling), Word("channel", name=name))


def _side(raw: RawSide) -> Side:
    return Side(raw.id, raw.name, raw.tag, raw.colour, raw.rivals)
