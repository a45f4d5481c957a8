"""Conflict profiles: the sides of a conflict, who belongs to them, places and channels.

A profile is a TOML file (`docs/profiles.md`). Every profile stands on `profiles/_world.toml`,
which knows the states, armed groups, organisations, outlets and channels of the world; the
profile says which of them stand on which side and adds its own names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from claims.model import MEDIA, UNKNOWN_SIDE, Place, Span
from claims.names import KEYS, Match, Token, folded, keys, located, tokens
from claims.profile_build import build
from claims.profile_file import (
    GENERIC,
    WORLD,
    ProfileError,
    RawProfile,
    profile_files,
    read_profile,
)
from claims.profile_names import (
    after_channel_lead,
    after_place_preposition,
    attributive,
    compound,
    namesake,
    without_seat,
)
from claims.profile_parts import (
    CUT_SEGMENT,
    PLACING,
    PORTFOLIOS,
    PREPOSITIONS,
    SPEAKS_FOR,
    TITLE_WORDS,
    Actor,
    Parts,
    Side,
    Word,
)

__all__ = [
    "Actor",
    "Profile",
    "ProfileError",
    "Side",
    "available",
    "choose",
    "load",
]

_CAPITALISED = re.compile(r"[A-Z](?<!\w.)[\w’']+")
CHOICE_READS = 40_000
"""Characters that `choose` reads: the start of an article tells which war it is about."""


@dataclass(frozen=True)
class Profile:
    """A conflict profile, ready for look-ups; make one with `load` or `choose`.

    Every look-up is linear in the words it is given.
    """

    name: str
    title: str
    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    _parts: Parts = field(repr=False, compare=False)
    _by_id: Mapping[str, Side] = field(repr=False, compare=False)
    _votes: Mapping[str, str] = field(repr=False, compare=False)
    """The names of one word that tell a side, for `choose`."""

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
        words = without_seat(words)
        listed = tokens(words)
        if not listed:
            return None
        exact = self._exact(listed)
        return exact or self._head_actor(words, listed) or self._kernel_actor(listed)

    def side_of(self, words: str) -> str | None:
        """The side of the head of a noun phrase; None when nothing in it tells.

        "a Ukrainian drone operator captured by Russian forces" is Ukraine's, "officials in Kyiv"
        too: what describes the head counts only when the head itself does not tell. Where someone
        is based tells nothing.
        """
        words = without_seat(words)
        listed = tokens(words)
        if not listed:
            return None
        found = self._exact(listed) or self._head_actor(words, listed)
        if found:
            return found.side
        return self._side_by_words(words, listed)

    def places_in(self, text: str, span: Span) -> tuple[Place, ...]:
        """The places that the profile knows in a stretch of text, under its spelling of them.

        A capital, a country or a metonym (the Kremlin) counts only after a preposition of place:
        elsewhere it is a government.
        """
        words = span.of(text)
        keyed = folded(words)
        places = self._parts.places
        found = [one for one in places.find(keyed) if _is_place(keyed, one.first, one.value)]
        if not found:
            return ()
        where = _located(words, found)
        out = []
        for match in found:
            start = where[match.first][0]
            _, end, possessive = where[match.end - 1]
            place = Span(span.start + start, span.start + end - (2 if possessive else 0))
            out.append(Place(place, match.value.name))
        return tuple(out)

    def channel_in(self, text: str, span: Span) -> list[tuple[Span, str]]:
        """The channels named in a stretch of text, with the profile's name for each.

        An outlet counts after "told", "to", "by" and the like; a plain word such as "statement"
        where it stands.
        """
        words = span.of(text)
        keyed = folded(words)
        channels = self._parts.channels
        found = [one for one in channels.find(keyed) if _is_channel(keyed, one.first, one.value)]
        if not found:
            return []
        where = _located(words, found)
        out = []
        for match in found:
            start, end = where[match.first][0], where[match.end - 1][1]
            out.append((Span(span.start + start, span.start + end), match.value.name))
        return out

    def place_words(self, keyed: Sequence[str]) -> Iterator[int]:
        """Which of some folded words begin what `places_in` may find."""
        return self._parts.places.beginnings(keyed, partial(_is_place, keyed))

    def channel_words(self, keyed: Sequence[str]) -> Iterator[int]:
        """Which of some folded words begin what `channel_in` may find."""
        return self._parts.channels.beginnings(keyed, partial(_is_channel, keyed))

    def sides_in(self, words: str, listed: Sequence[Token]) -> list[tuple[int, int, str]]:
        """Every name among the tokens of `words` that tells a side: first token, end, side.

        Names of states, bodies, people and places; one that only says who made or holds a thing
        ("Israeli-occupied", "US-made") or who is opposed ("anti-Kremlin") is left out.
        """
        out = []
        at = 0
        while at < len(listed):
            match = self._parts.words.at(listed, at)
            side, end = UNKNOWN_SIDE, at + 1
            if match is not None:
                end = match.end
                if compound(words, listed, match) in ("", "owner"):
                    side = match.value.side
            else:
                actor = self._actor_at(words, listed, at)
                side = actor.value.side if actor else UNKNOWN_SIDE
            if side != UNKNOWN_SIDE:
                out.append((at, end, side))
            at = end
        return out

    # How a phrase is read ----------------------------------------------------------------------

    def _exact(self, listed: Sequence[Token]) -> Actor | None:
        begin = 0
        while begin < len(listed) - 1 and listed[begin].key in ("the", "a", "an"):
            begin += 1
        key = tuple(token.key for token in listed[begin:])
        entry = self._parts.words.get(key)
        if entry and entry.actor:
            return entry.actor
        if len(key) == 1 and key[0].isascii() and not key[0].startswith("="):
            return self._parts.persons.get(key[0])
        return None

    def _head_actor(self, words: str, listed: Sequence[Token]) -> Actor | None:
        body: Actor | None = None
        segment_cut = False
        named = False  # something other than titles stands between the preposition and here
        at = 0
        while at < len(listed):
            token = listed[at]
            if token.key in CUT_SEGMENT:
                if body:
                    return body
                segment_cut, named = False, False
                at += 1
                continue
            match = self._actor_at(words, listed, at)
            if match:
                person = match.value.kind == "person"
                last = listed[match.end - 1]
                owner = last.possessive and match.end < len(listed)
                owner = owner or (person and attributive(words, listed, match.end))
                if person and not owner and (not segment_cut or named):
                    return match.value
                ends = match.end == len(listed) or self._ends_head(listed[match.end])
                if not person and not segment_cut and not owner and ends:
                    body = body or match.value
                if not person:
                    named = True
                at = match.end
                continue
            if token.key in PREPOSITIONS:
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
        if key in PORTFOLIOS:
            return at + 1 < len(listed) and listed[at + 1].key in ("minister", "secretary")
        return key in TITLE_WORDS or self._is_side_word(listed[at])

    @staticmethod
    def _ends_head(token: Token) -> bool:
        key = token.key
        return key in CUT_SEGMENT or key in PREPOSITIONS or key in SPEAKS_FOR

    def _is_side_word(self, token: Token) -> bool:
        entry = self._parts.words.get((token.key,))
        return entry is not None and entry.kind == "side"

    def _actor_at(self, words: str, listed: Sequence[Token], at: int) -> Match[Actor] | None:
        match = self._parts.words.at(listed, at)
        if match and match.value.actor:
            actor, end = match.value.actor, match.end
        else:
            person = self._parts.persons.get(listed[at].key)
            if person is None:
                return None
            actor, end = person, at + 1
        if actor.kind == "person" and namesake(words, listed, at, end, actor, self._is_known):
            return None
        return Match(at, end, actor)

    def _is_known(self, token: Token) -> bool:
        """Whether a word alone names a state, a body or an outlet."""
        entry = self._parts.words.get((token.key,))
        return entry is not None and (entry.actor is None or entry.actor.kind != "person")

    def _kernel_actor(self, listed: Sequence[Token]) -> Actor | None:
        """ "Iraq's defence ministry", "the General Staff of Ukraine": a body every state has."""
        side: str | None = None
        adjective = ""
        kernel: Word | None = None
        at = 0
        while at < len(listed):
            match = self._parts.words.at(listed, at)
            if match is None:
                key = listed[at].key
                if kernel is None and key in PREPOSITIONS:
                    return None
                if kernel and key in CUT_SEGMENT:
                    break
                if kernel and key not in PREPOSITIONS and key not in SPEAKS_FOR and key != "the":
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
                    if following not in ("of", *SPEAKS_FOR, *CUT_SEGMENT) and side is None:
                        return None
            elif match.value.kind == "side" and side is None:
                side = match.value.side
                adjective = match.value.name
            elif kernel is None:
                return None
            at = match.end
        return self._made(kernel, adjective) if kernel and side else None

    def _made(self, kernel: Word, state: str) -> Actor | None:
        known = self._parts.words.get(
            keys(f"{self._parts.adjectives.get(state, state)} {kernel.name}")
        )
        if known and known.actor:
            return known.actor
        side = self._state_side(state)
        name = f"{self._parts.adjectives.get(state, state)} {kernel.name}"
        return Actor(name, (), kernel.role, side) if side else None

    def _state_side(self, state: str) -> str | None:
        entry = self._parts.words.get(keys(state))
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
            if token.key in CUT_SEGMENT:
                if in_head:
                    return in_head
                cut, placing = False, False
                at += 1
                continue
            match = self._parts.words.at(listed, at)
            if match is None or match.value.kind == "kernel":
                if token.key in PREPOSITIONS:
                    if in_head:
                        return in_head
                    cut, placing = True, token.key in PLACING
                at = match.end if match else at + 1
                continue
            side = match.value.side
            if side != UNKNOWN_SIDE:
                joined = compound(words, listed, match)
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


def _located(words: str, found: Iterable[Match[Word]]) -> dict[int, tuple[int, int, bool]]:
    return located(words, (at for one in found for at in (one.first, one.end - 1)))


def _is_place(keyed: Sequence[str], at: int, word: Word) -> bool:
    return word.kind != "metonym" or after_place_preposition(keyed, at)


def _is_channel(keyed: Sequence[str], at: int, word: Word) -> bool:
    return word.kind != "outlet" or after_channel_lead(keyed, at)


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
    return _read(path)


def _read(path: Path) -> Profile:
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as problem:
        raise ProfileError(f"{path}: cannot be read: {problem.strerror}") from None
    return _load(path, stamp)


@lru_cache(maxsize=32)
def _load(path: Path, _stamp: int) -> Profile:
    raw = read_profile(path)
    parts = build(raw, _world())
    votes = {
        key: word.side
        for key, word in parts.words.singles()
        if word.side not in (UNKNOWN_SIDE, MEDIA)
    }
    by_id = {side.id: side for side in parts.sides}
    return Profile(raw.name, raw.title, parts.sides, parts.actors, parts, by_id, votes)


@lru_cache(maxsize=1)
def _world() -> RawProfile:
    return read_profile(WORLD)


def choose(text: str, extra_dirs: Iterable[Path] = ()) -> Profile:
    """The profile whose sides a text names most, or `generic` when none fits.

    A profile fits when at least two of its main sides are named, three times or more together,
    and when they make up at least two in five of all the states and groups named.
    """
    named = Counter(_CAPITALISED.findall(text[:CHOICE_READS]))
    folded: dict[str, int] = {}
    for word, count in named.items():
        key = KEYS[word]
        folded[key] = folded.get(key, 0) + count
    known = available(extra_dirs)
    best, best_score = None, 0
    for name in sorted(known):
        if name == GENERIC:
            continue
        profile = _read(known[name])
        counts: Counter[str] = Counter()
        for key in folded.keys() & profile._votes.keys():
            counts[profile._votes[key]] += folded[key]
        main = [counts[side] for side in profile._parts.main if counts[side]]
        score = sum(main)
        if len(main) >= 2 and score >= 3 and score >= 0.4 * counts.total() and score > best_score:
            best, best_score = profile, score
    return best or _read(known[GENERIC])
