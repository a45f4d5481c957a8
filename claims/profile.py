"""Conflict profiles: the sides of a conflict, who belongs to them, places and channels.

A profile is a TOML file (`docs/profiles.md`). Every profile stands on `profiles/_world.toml`,
which knows the states, armed groups, organisations, outlets and channels of the world; the
profile says which of them stand on which side and adds its own names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from claims.model import (
    AUTHOR,
    COMMON_SIDES,
    MEDIA,
    THIRD_PARTY,
    UNKNOWN_SIDE,
    Place,
    Role,
    Span,
)
from claims.names import Match, Names, Token, fold, keys, tokens
from claims.profile_file import (
    GENERIC,
    WORLD,
    ProfileError,
    RawProfile,
    RawSide,
    profile_files,
    read_profile,
)
from claims.text import word_set

__all__ = [
    "Actor",
    "Profile",
    "ProfileError",
    "Side",
    "available",
    "choose",
    "load",
]

_CAPITALISED = re.compile(r"\b[A-Z][\w’']+")
CHOICE_READS = 40_000
"""Characters that `choose` reads: the start of an article tells which war it is about."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: `tag` is two letters, `colour` "#rrggbb", `rivals` the ids of opposing sides."""

    id: str
    name: str
    tag: str
    colour: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, body or news outlet that the profile knows; `kind` says which of the three."""

    name: str
    aliases: tuple[str, ...]
    role: Role
    side: str
    kind: str = "body"


class _Word(NamedTuple):
    """An entry of the look-up: exactly one of the fields after `kind` matters."""

    kind: str  # actor, side, place, kernel, channel
    side: str = UNKNOWN_SIDE
    name: str = ""
    actor: Actor | None = None
    role: Role = Role.UNKNOWN


_COMMON: Mapping[str, Side] = {
    THIRD_PARTY: Side(THIRD_PARTY, "Third party", "3P", "#56b4e9"),
    MEDIA: Side(MEDIA, "Media", "ME", "#cc79a7"),
    AUTHOR: Side(AUTHOR, "Author", "AU", "#999999"),
    UNKNOWN_SIDE: Side(UNKNOWN_SIDE, "Unknown", "??", "#7f7f7f"),
}

_PALETTE = ("#e69f00", "#0072b2", "#009e73", "#d55e00", "#f0e442", "#cc79a7", "#56b4e9", "#999999")
"""Okabe and Ito's colours (2008), told apart by colour-blind readers."""

_PREPOSITIONS = word_set(
    """of for to from in on at by with against near around inside outside across over under about
    after before during since between among within into towards toward through throughout who
    whom which that whose where when while as identified known named called based captured taken
    held killed wounded speaking stationed serving working living fighting responsible accused
    charged appointed loyal opposed"""
)
"""Words that end the head of a noun phrase: what follows describes it."""

_PLACING = word_set("of for from in at to with near based")
"""Of those, the ones after which a name tells whose the head is ("officials in Kyiv")."""

_CUT_SEGMENT = frozenset(",;:()")

_COMPOUND_OWNER = word_set(
    "backed installed appointed led run controlled aligned allied supported sponsored affiliated "
    "linked friendly based born speaking language trained proxy imposed"
)
_COMPOUND_OTHER = word_set(
    "occupied held annexed besieged supplied made built donated bordering invaded seized captured "
    "provided designed era style"
)
_AGAINST = word_set("anti counter")

_TITLE_WORDS = word_set(
    """the a an president vice prime minister mr mrs ms dr sir general gen lieutenant lt colonel
    col major maj captain admiral adm marshal field brigadier commander chief leader chairman
    secretary spokesman spokeswoman spokesperson governor mayor ambassador king queen prince crown
    sheikh sheik ayatollah senator sen rep representative envoy deputy former acting late his her
    its their then first special adviser advisor aide head counterpart chancellor premier supreme"""
)
_PORTFOLIOS = word_set("foreign defense interior health energy economy finance")
_SPEAKS_FOR = word_set(
    "spokesman spokeswoman spokesperson statement press service office spokespeople"
)
# What every state has, by the words that name it after the country: (canonical name, role).
_KERNELS: Mapping[str, tuple[str, Role]] = {
    "defense ministry": ("Defense Ministry", Role.MINISTRY),
    "ministry of defense": ("Defense Ministry", Role.MINISTRY),
    "mod": ("Defense Ministry", Role.MINISTRY),
    "defense department": ("Defense Ministry", Role.MINISTRY),
    "department of defense": ("Defense Ministry", Role.MINISTRY),
    "foreign ministry": ("Foreign Ministry", Role.MINISTRY),
    "ministry of foreign affairs": ("Foreign Ministry", Role.MINISTRY),
    "foreign affairs ministry": ("Foreign Ministry", Role.MINISTRY),
    "ministry for foreign affairs": ("Foreign Ministry", Role.MINISTRY),
    "mfa": ("Foreign Ministry", Role.MINISTRY),
    "foreign office": ("Foreign Ministry", Role.MINISTRY),
    "interior ministry": ("Interior Ministry", Role.MINISTRY),
    "ministry of interior": ("Interior Ministry", Role.MINISTRY),
    "ministry of the interior": ("Interior Ministry", Role.MINISTRY),
    "ministry of internal affairs": ("Interior Ministry", Role.MINISTRY),
    "health ministry": ("Health Ministry", Role.MINISTRY),
    "ministry of health": ("Health Ministry", Role.MINISTRY),
    "energy ministry": ("Energy Ministry", Role.MINISTRY),
    "ministry of energy": ("Energy Ministry", Role.MINISTRY),
    "emergencies ministry": ("Emergencies Ministry", Role.MINISTRY),
    "ministry of emergency situations": ("Emergencies Ministry", Role.MINISTRY),
    "general staff": ("General Staff", Role.MILITARY),
    "armed forces": ("Armed Forces", Role.MILITARY),
    "military": ("Military", Role.MILITARY),
    "army": ("Army", Role.MILITARY),
    "navy": ("Navy", Role.MILITARY),
    "air force": ("Air Force", Role.MILITARY),
    "military command": ("Military", Role.MILITARY),
    "high command": ("High Command", Role.MILITARY),
    "military intelligence": ("Military Intelligence", Role.MILITARY),
    "security council": ("Security Council", Role.OFFICIAL),
    "parliament": ("Parliament", Role.OFFICIAL),
    "government": ("Government", Role.OFFICIAL),
    "presidency": ("Presidency", Role.OFFICIAL),
    "state television": ("State Television", Role.MEDIA),
    "state tv": ("State Television", Role.MEDIA),
    "state media": ("State Media", Role.MEDIA),
    "embassy": ("Embassy", Role.OFFICIAL),
}

_CHANNEL_LEAD = word_set(
    """told tell tells telling to with on via through by for from in over interview channel channels
    quoted cited agency newspaper network broadcaster station website outlet magazine news state
    television radio tv daily weekly the"""
)


@dataclass(frozen=True)
class Profile:
    """A conflict profile, ready for look-ups; make one with `load` or `choose`.

    Every look-up is linear in the words it is given.
    """

    name: str
    title: str
    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    _words: Names[_Word] = field(repr=False, compare=False)
    _persons: Mapping[str, Actor] = field(repr=False, compare=False)
    _channels: Names[_Word] = field(repr=False, compare=False)
    _places: Names[_Word] = field(repr=False, compare=False)
    _adjectives: Mapping[str, str] = field(repr=False, compare=False)
    _by_id: Mapping[str, Side] = field(repr=False, compare=False)
    _main: frozenset[str] = field(repr=False, compare=False)
    _votes: Mapping[str, str] = field(repr=False, compare=False)

    def side(self, side_id: str) -> Side:
        """The side with an id; a side that the profile lacks is shown as itself, in grey."""
        known = self._by_id.get(side_id)
        return known or Side(side_id, side_id, side_id[:2].upper().ljust(2, "?"), "#7f7f7f")

    def actor(self, words: str) -> Actor | None:
        """The actor that a noun phrase names as its head, whatever the spelling.

        "President Volodymyr Zelenskyy" and "Zelensky" are one; "Zelensky's adviser" and "an aide
        to Zelensky" are not he. "Russian defense ministry", "Russia's MoD" and "the Ministry of
        Defence of the Russian Federation" are one. None when the profile does not know.
        """
        listed = tokens(words)
        if not listed:
            return None
        exact = self._exact(listed)
        return exact or self._head_actor(listed) or self._kernel_actor(listed)

    def side_of(self, words: str) -> str | None:
        """The side of the head of a noun phrase; None when nothing in it tells.

        "a Ukrainian drone operator captured by Russian forces" is Ukraine's, "officials in Kyiv"
        too: what describes the head counts only when the head itself does not tell.
        """
        listed = tokens(words)
        if not listed:
            return None
        found = self._exact(listed) or self._head_actor(listed)
        if found:
            return found.side
        return self._side_by_words(words, listed)

    def places_in(self, text: str, span: Span) -> tuple[Place, ...]:
        """The places that the profile knows in a stretch of text, under its spelling of them.

        A capital, a country or a metonym (the Kremlin) counts only after a preposition of place:
        elsewhere it is a government.
        """
        listed = tokens(span.of(text))
        out = []
        for match in self._places.find(listed):
            if match.value.kind == "metonym" and not _after_place_preposition(listed, match.first):
                continue
            last = listed[match.end - 1]
            end = last.end - (2 if last.possessive else 0)
            place = Span(span.start + listed[match.first].start, span.start + end)
            out.append(Place(place, match.value.name))
        return tuple(out)

    def channel_in(self, text: str, span: Span) -> list[tuple[Span, str]]:
        """The channels named in a stretch of text, with the profile's name for each.

        An outlet counts after "told", "to", "by" and the like; a plain word such as "statement"
        where it stands.
        """
        listed = tokens(span.of(text))
        out = []
        for match in self._channels.find(listed):
            if match.value.kind == "outlet" and not _after_channel_lead(listed, match.first):
                continue
            start, end = listed[match.first].start, listed[match.end - 1].end
            out.append((Span(span.start + start, span.start + end), match.value.name))
        return out

    # How a phrase is read ----------------------------------------------------------------------

    def _exact(self, listed: Sequence[Token]) -> Actor | None:
        begin = 0
        while begin < len(listed) - 1 and listed[begin].key in ("the", "a", "an"):
            begin += 1
        key = tuple(token.key for token in listed[begin:])
        entry = self._words.get(key)
        if entry and entry.actor:
            return entry.actor
        if len(key) == 1 and key[0].isascii() and not key[0].startswith("="):
            return self._persons.get(key[0])
        return None

    def _head_actor(self, listed: Sequence[Token]) -> Actor | None:
        body: Actor | None = None
        segment_cut = False
        named = False  # something other than titles stands between the preposition and here
        at = 0
        while at < len(listed):
            token = listed[at]
            if token.key in _CUT_SEGMENT:
                if body:
                    return body
                segment_cut, named = False, False
                at += 1
                continue
            match = self._actor_at(listed, at)
            if match:
                person = match.value.kind == "person"
                last = listed[match.end - 1]
                owner = last.possessive and match.end < len(listed)
                if person and not owner and (not segment_cut or named):
                    return match.value
                ends = match.end == len(listed) or self._ends_head(listed[match.end])
                if not person and not segment_cut and not owner and ends:
                    body = body or match.value
                if not person:
                    named = True
                at = match.end
                continue
            if token.key in _PREPOSITIONS:
                if body:
                    return body
                segment_cut, named = True, False
            elif segment_cut and not self._is_title(listed, at):
                named = True
            at += 1
        return body

    def _is_title(self, listed: Sequence[Token], at: int) -> bool:
        """Whether a word only leads up to a name: "the Ukrainian foreign minister X"."""
        key = listed[at].key
        if key in _PORTFOLIOS:
            return at + 1 < len(listed) and listed[at + 1].key in ("minister", "secretary")
        return key in _TITLE_WORDS or self._is_side_word(listed[at])

    @staticmethod
    def _ends_head(token: Token) -> bool:
        key = token.key
        return key in _CUT_SEGMENT or key in _PREPOSITIONS or key in _SPEAKS_FOR

    def _is_side_word(self, token: Token) -> bool:
        entry = self._words.get((token.key,))
        return entry is not None and entry.kind == "side"

    def _actor_at(self, listed: Sequence[Token], at: int) -> Match[Actor] | None:
        match = self._words.at(listed, at)
        if match and match.value.actor:
            return Match(match.first, match.end, match.value.actor)
        person = self._persons.get(listed[at].key)
        if person:
            return Match(at, at + 1, person)
        return None

    def _kernel_actor(self, listed: Sequence[Token]) -> Actor | None:
        """ "Iraq's defence ministry", "the General Staff of Ukraine": a body every state has."""
        side: str | None = None
        adjective = ""
        kernel: _Word | None = None
        at = 0
        while at < len(listed):
            match = self._words.at(listed, at)
            if match is None:
                key = listed[at].key
                if kernel is None and key in _PREPOSITIONS:
                    return None
                if kernel and key in _CUT_SEGMENT:
                    break
                if kernel and key not in _PREPOSITIONS and key not in _SPEAKS_FOR and key != "the":
                    return None if side is None or not adjective else self._made(kernel, adjective)
                at += 1
                continue
            if match.value.kind == "kernel" and kernel is None:
                kernel = match.value
                last = listed[match.end - 1]
                if match.end < len(listed):
                    following = listed[match.end].key
                    if last.possessive or not self._ends_head(listed[match.end]):
                        return None
                    if following not in ("of", *_SPEAKS_FOR, *_CUT_SEGMENT) and side is None:
                        return None
            elif match.value.kind == "side" and side is None:
                side = match.value.side
                adjective = match.value.name
            elif kernel is None:
                return None
            at = match.end
        return self._made(kernel, adjective) if kernel and side else None

    def _made(self, kernel: _Word, state: str) -> Actor | None:
        known = self._words.get(keys(f"{self._adjectives.get(state, state)} {kernel.name}"))
        if known and known.actor:
            return known.actor
        side = self._state_side(state)
        name = f"{self._adjectives.get(state, state)} {kernel.name}"
        return Actor(name, (), kernel.role, side) if side else None

    def _state_side(self, state: str) -> str | None:
        entry = self._words.get(keys(state))
        return entry.side if entry else None

    def _side_by_words(self, words: str, listed: Sequence[Token]) -> str | None:
        in_head: str | None = None
        weak: str | None = None
        described: str | None = None
        cut = False
        placing = False
        at = 0
        while at < len(listed):
            token = listed[at]
            if token.key in _CUT_SEGMENT:
                if in_head:
                    return in_head
                cut, placing = False, False
                at += 1
                continue
            match = self._words.at(listed, at)
            if match is None or match.value.kind == "kernel":
                if token.key in _PREPOSITIONS:
                    if in_head:
                        return in_head
                    cut, placing = True, token.key in _PLACING
                at = match.end if match else at + 1
                continue
            side = match.value.side
            if side != UNKNOWN_SIDE:
                joined = _compound(words, listed, match)
                if joined == "against":
                    pass
                elif cut:
                    if placing and not joined:
                        described = described or side
                elif joined:
                    weak = side if joined == "owner" else weak or side
                else:
                    in_head = in_head or side
            at = match.end
        return in_head or weak or described


def _compound(words: str, listed: Sequence[Token], match: Match[_Word]) -> str:
    """What a hyphen makes of a name: Russian-backed "owner", US-made "other", anti-Kremlin."""
    first, last = listed[match.first], listed[match.end - 1]
    hyphened = match.first > 0 and words[first.start - 1] == "-"
    if hyphened and listed[match.first - 1].key in _AGAINST:
        return "against"
    if words[last.end : last.end + 1] == "-" and match.end < len(listed):
        following = listed[match.end].key
        if following in _COMPOUND_OWNER:
            return "owner"
        if following in _COMPOUND_OTHER:
            return "other"
    return ""


_PLACE_PREPOSITIONS = word_set(
    "in at near into from to towards toward around outside inside across over on throughout "
    "through within of between and north south east west off"
)


def _after_place_preposition(listed: Sequence[Token], at: int) -> bool:
    before = [token.key for token in listed[max(0, at - 2) : at]]
    if not before:
        return False
    if before[-1] in ("the", "central", "northern", "southern", "eastern", "western"):
        before.pop()
    return bool(before) and before[-1] in _PLACE_PREPOSITIONS - {"of", "and"}


def _after_channel_lead(listed: Sequence[Token], at: int) -> bool:
    return at > 0 and listed[at - 1].key in _CHANNEL_LEAD


# Building ------------------------------------------------------------------------------------


def available(extra_dirs: Iterable[Path] = ()) -> dict[str, Path]:
    """The profiles by name: those that ship, and the `*.toml` of the directories given.

    A user's file replaces a shipped profile of the same name.
    """
    return profile_files(extra_dirs)


def load(name_or_path: str | Path, extra_dirs: Iterable[Path] = ()) -> Profile:
    """Load a profile by name or by the path of its file.

    Raises `ProfileError`, which names the file, the place in it and what to do.
    """
    known = available(extra_dirs)
    path = known.get(str(name_or_path))
    if path is None:
        path = Path(name_or_path)
        if not path.suffix and not path.exists():
            names = ", ".join(sorted(known))
            raise ProfileError(f"no profile is called {str(name_or_path)!r}; there are: {names}")
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as problem:
        raise ProfileError(f"{path}: cannot be read: {problem.strerror}") from None
    return _load(path, stamp)


@lru_cache(maxsize=32)
def _load(path: Path, _stamp: int) -> Profile:
    return _build(read_profile(path), _world())


@lru_cache(maxsize=1)
def _world() -> RawProfile:
    return read_profile(WORLD)


def choose(text: str, extra_dirs: Iterable[Path] = ()) -> Profile:
    """The profile whose sides a text names most, or `generic` when none fits.

    A profile fits when at least two of its main sides are named, three times or more together,
    and when they make up at least two in five of all the states and groups named.
    """
    named = Counter(_CAPITALISED.findall(text[:CHOICE_READS]))
    folded: Counter[str] = Counter()
    for word, count in named.items():
        folded[fold(word)[0]] += count
    known = available(extra_dirs)
    best, best_score = None, 0
    for name in sorted(known):
        if name == GENERIC:
            continue
        profile = load(known[name])
        counts: Counter[str] = Counter()
        for key, count in folded.items():
            side = profile._votes.get(key)
            if side:
                counts[side] += count
        main = [counts[side] for side in profile._main if counts[side]]
        score = sum(main)
        if len(main) >= 2 and score >= 3 and score >= 0.4 * counts.total() and score > best_score:
            best, best_score = profile, score
    return best or load(known[GENERIC])


class _Builder:
    """Puts a profile and the world below it into one look-up."""

    def __init__(self, raw: RawProfile, world: RawProfile) -> None:
        self.raw, self.world = raw, world
        self.words: Names[_Word] = Names()
        self.channels: Names[_Word] = Names()
        self.places: Names[_Word] = Names()
        self.actors: list[Actor] = []
        self.adjectives: dict[str, str] = {}
        self.surnames: dict[str, Actor | None] = {}
        self.sides = {side.id: side for side in map(_side, raw.sides)}
        self.claimed = {state: side.id for side in raw.sides for state in side.states}

    def build(self) -> Profile:
        """The profile; raises `ProfileError` for a side, state or owner that does not exist."""
        self._check_owners()
        for side in self.raw.sides:
            for word in side.words:
                self.words.add(keys(word), _Word("side", side.id, side.name))
            if side.words:
                self.adjectives.setdefault(side.name, side.words[0])
        self._actors_of(self.raw)
        self._states()
        self._actors_of(self.world)
        for raw in (self.raw, self.world):
            self._places_of(raw)
            self._channels_of(raw)
        for kernel, (name, role) in _KERNELS.items():
            self.words.add(keys(kernel), _Word("kernel", name=name, role=role))
        persons = {key: actor for key, actor in self.surnames.items() if actor}
        sides = tuple(self.sides.values()) + tuple(_COMMON[side] for side in COMMON_SIDES)
        main = frozenset(side.id for side in self.raw.sides if side.main)
        return Profile(
            name=self.raw.name,
            title=self.raw.title,
            sides=sides,
            actors=tuple(self.actors),
            _words=self.words,
            _persons=persons,
            _channels=self.channels,
            _places=self.places,
            _adjectives=self.adjectives,
            _by_id={side.id: side for side in sides},
            _main=main,
            _votes={
                key: word.side
                for key, word in self.words.singles()
                if word.side not in (UNKNOWN_SIDE, MEDIA)
            },
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
                colour = _PALETTE[number % len(_PALETTE)]
                self.sides[side] = Side(side, state.name, state.code, colour)
            metonyms = state.names[2:] if not state.group else ()
            for word in state.names:
                self.words.add(keys(word), _Word("side", side, state.name))
            if not state.group:
                self.adjectives.setdefault(state.name, state.names[1])
                for place in (state.names[0], *metonyms):
                    if place[0].isupper():
                        self.places.add(keys(place), _Word("metonym", side, place))

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
            word = _Word("actor", side, entry.name, actor, entry.role)
            for name in (entry.name, *entry.aliases):
                folded = keys(name)
                self.words.add(folded, word)
                if entry.kind == "person" and len(folded) > 1:
                    self._surname(folded, actor)
                if entry.kind == "outlet":
                    self.channels.add(folded, _Word("outlet", side, entry.name))

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
                    self.places.add(folded, _Word("place", side, name))
                    self.words.add(folded, _Word("place", side, name))

    def _channels_of(self, raw: RawProfile) -> None:
        for name, aliases in raw.channels:
            for spelling in (name, *aliases):
                self.channels.add(keys(spelling), _Word("channel", name=name))


def _side(raw: RawSide) -> Side:
    return Side(raw.id, raw.name, raw.tag, raw.colour, raw.rivals)


def _build(raw: RawProfile, world: RawProfile) -> Profile:
    return _Builder(raw, world).build()
