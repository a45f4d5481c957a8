"""A claim read for comparison: who speaks, about what, where, when, with which figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern

from claims.comparison.fronts import Outcome, outcomes_of
from claims.comparison.likeness import (
    Casing,
    Days,
    Lexicon,
    Mention,
    days_of,
    names_of,
    ordinal,
    stems_of,
    words_of,
)
from claims.comparison.tolls import Figure, figures_of
from claims.model import AUTHOR, MEDIA, THIRD_PARTY, UNKNOWN_SIDE, Mode, Span
from claims.profile import load
from claims.relations import ComparedClaim
from claims.text import word_set

NO_SIDE = frozenset((AUTHOR, MEDIA, THIRD_PARTY, UNKNOWN_SIDE))
_TITLES = word_set(
    """the a an of for and in to its his their president minister prime foreign defense defence
    spokesman spokeswoman spokesperson general chief head mr mrs dr official former britain
    british london uk based us news agency group monitoring monitor new syria syrian's human
    rights"""
)
_NOBODY = word_set(
    """activists activist officials official sources source witnesses witness residents resident
    reports report media people rebels military army authorities police medics doctors analysts
    experts observers monitors journalists some many others critics milbloggers milblogger
    forces troops commander spokesman state television he she they it who video footage statement
    agency agencies outlets channels bloggers correspondents russian ukrainian syrian iraqi
    iranian local several various one other telegram social users geolocated government
    another prominent shipping monitor group groups"""
)
"""Words of a speaker's name that tell nobody apart: "Russian sources", "activists"."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who answers for a claim: `name` as shown; `keys` its telling words, none for "sources"."""

    name: str
    side: str
    keys: frozenset[str]
    attributed: bool

    def same(self, other: Voice) -> bool:
        """Whether the two are surely one."""
        if not self.keys or not other.keys or self.attributed != other.attributed:
            return False
        return self.keys <= other.keys or other.keys <= self.keys

    def different(self, other: Voice) -> bool:
        """Whether the two can be told apart: other sides, other names, another outlet."""
        if self.same(other):
            return False
        if self.side != other.side and not {self.side, other.side} & {UNKNOWN_SIDE}:
            return True
        return bool(self.keys and other.keys)


@dataclass(slots=True)
class Reading:
    """What comparison knows of one claim; made once, compared often."""

    item: ComparedClaim
    order: int
    place: int
    voice: Voice
    days: Days | None
    published: int | None
    words: tuple[str, ...] = field(repr=False)
    """The words of the content in small letters, with its punctuation."""
    stems: frozenset[str] = field(repr=False)
    names: frozenset[str] = field(repr=False)
    near: frozenset[str] = field(repr=False)
    """Names of the claim and of the sentence before it."""
    plain: frozenset[str] = frozenset()
    """The stems without the words that name sides."""
    sides: frozenset[str] = frozenset()
    """Sides that the content names."""
    figures: tuple[Figure, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def read(items: Sequence[ComparedClaim]) -> list[Reading]:
    """Read every claim; names are learnt from all of them first."""
    # Words are read twice rather than kept: they are most of the memory of a large collection.
    casing = Casing()
    for item in items:
        casing.learn(words_of(item.text, item.claim.content))
    lexicons: dict[str, Lexicon] = {}
    out: list[Reading] = []
    places: dict[str, int] = {}
    for order, item in enumerate(items):
        place = places[item.article] = places.get(item.article, -1) + 1
        words = words_of(item.text, item.claim.content)
        out.append(_read(item, order, place, words, casing, _lexicon(item, lexicons)))
    return out


def _lexicon(item: ComparedClaim, known: dict[str, Lexicon]) -> Lexicon:
    name = item.profile if isinstance(item.profile, str) else item.profile.name
    if name not in known:
        known[name] = Lexicon(load(name) if isinstance(item.profile, str) else item.profile)
    return known[name]


def _read(
    item: ComparedClaim,
    order: int,
    place: int,
    words: list[Mention],
    casing: Casing,
    lexicon: Lexicon,
) -> Reading:
    claim = item.claim
    names = names_of(words, casing, lexicon)
    before = words_of(item.text, (_before(item.text, claim.start),))
    days = days_of(item.text, claim.dates, item.date)
    voice = _voice(item)
    return Reading(
        item=item,
        order=order,
        place=place,
        voice=voice,
        days=days,
        published=ordinal(item.date),
        words=tuple(intern(word.low) for word in words),
        stems=stems_of(words),
        names=names,
        near=names | names_of(before, casing, lexicon),
        plain=stems_of(word for word in words if not (word.capital and lexicon.is_side(word.low))),
        sides=_sides(words, lexicon),
        figures=figures_of(claim, words, days, casing, lexicon),
        outcomes=outcomes_of(claim, item.text, words, casing, lexicon, voice.side),
    )


def _sides(words: list[Mention], lexicon: Lexicon) -> frozenset[str]:
    found = (lexicon.side_of_word(word.low) for word in words if word.capital)
    return frozenset(side for side in found if side)


def _before(text: str, start: int) -> Span:
    """The sentence before a place, roughly: back to the last stop but one, 300 characters."""
    low = max(0, start - 300)
    stop = text.rfind(".", low, max(low, start - 40))
    return Span(stop + 1 if stop >= 0 else low, start)


@lru_cache(maxsize=65536)
def _name_keys(name: str) -> frozenset[str]:
    low = name.lower().replace("’", "'").replace("-", " ").replace(".", "")
    bare = [word.removesuffix("'s") for word in low.split()]
    if all(word in _NOBODY or word in _TITLES for word in bare):
        return frozenset()
    return frozenset(word for word in bare if word not in _TITLES)


def _voice(item: ComparedClaim) -> Voice:
    claim = item.claim
    if claim.mode is Mode.UNATTRIBUTED or claim.side in (AUTHOR,) or not claim.speaker:
        outlet = item.outlet or claim.speaker or "the article"
        attributed = claim.mode is not Mode.UNATTRIBUTED
        keys = frozenset() if attributed else frozenset((outlet.lower(),))
        return Voice(outlet if not attributed else "someone", claim.side, keys, attributed)
    return Voice(claim.speaker, claim.side, _name_keys(claim.speaker), True)
