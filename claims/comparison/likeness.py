"""How alike two claims are: their words, names and days, weighed by how rare each word is.

Rarity is counted over the claims compared (inverse document frequency, Spärck Jones 1972), so
that "Khan Sheikhoun" says more than "Syria" without a list of either.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from claims.kind_words import stem
from claims.model import Moment, Span
from claims.profile import Profile
from claims.text import word_set

TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[.!?;:,()\"“”]")
MAX_WORDS = 160
"""Words of a content that are read: longer contents are several statements run together."""

STOPS = word_set(
    """
    the a an this that these those and or nor but of in on at by for from to with without about
    against into onto over under after before during between among around near off out up down
    through across along behind inside outside within since until as than is are was were be been
    being am has have had having do does did will would can could may might must shall should not
    no who whom whose which what when where while why how if because although though so then there
    here it its he she they them him her his their our my your we i you us also only just even
    still already yet too very more most less least other others another each any all both some
    such own same one two three four five six seven eight nine ten said say says told tell tells
    saying reported reports report reportedly according added adding statement stated claimed
    claims announced people killed kill wounded injured dead least including around area areas
    new day today yesterday monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december morning evening
    night week month year years time early late earlier later local near
    """
)
_NOT_NAMES = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sept sep oct
    nov dec mon tue wed thu fri sat sun mondays tuesdays wednesdays thursdays fridays saturdays
    sundays eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
    thirty forty fifty sixty seventy eighty ninety hundred dozens scores ramadan gmt reuters afp
    sana telegram twitter facebook mr mrs president minister general colonel the tags city oblast
    province region district north south east west northern southern eastern western al el ash an
    ad ar"""
)
_VOWELS = frozenset("aeiouy")
_PARTICLE = re.compile(r"\A(?:al|el|ash|as|ad|ar|at|az|an)-(?=[a-z])")


class Mention(NamedTuple):
    """A word of a claim with its place in the article."""

    low: str
    start: int
    capital: bool
    opens: bool


def words_of(text: str, spans: Iterable[Span]) -> list[Mention]:
    """The words and punctuation of some spans, at most `MAX_WORDS`; "…" stands between spans."""
    out: list[Mention] = []
    for span in spans:
        opens = True
        for found in TOKEN.finditer(text, span.start, span.end):
            word = found[0]
            low = word.lower().replace("’", "'")
            if low.endswith("'s"):
                low = low[:-2]
            out.append(Mention(low, found.start(), word[0].isupper(), opens))
            opens = word in '.!?:"“'
            if len(out) >= MAX_WORDS:
                return out
        out.append(Mention(";", span.end, False, False))
    return out


def end_of(text: str, word: Mention) -> int:
    """Where a word of the text ends."""
    found = TOKEN.match(text, word.start)
    return found.end() if found else word.start


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """One key for the Latin spellings of a name: Raqqa, Raqa, Raqqah; Kharkiv, Kharkov.

    Consonants without doubles, a first vowel as "a"; names of one or two consonants keep a vowel.
    """
    bare = _PARTICLE.sub("", name)
    bare = bare[:-1] if len(bare) > 4 and bare.endswith("h") else bare
    out: list[str] = []
    vowel = ""
    for at, char in enumerate(bare):
        if char in _VOWELS:
            vowel = vowel or char
            if at == 0:
                out.append("a")
        elif not out or out[-1] != char:
            out.append(char)
    return "".join(out) + (vowel if len(out) < 3 else "")


class Casing:
    """Which words are names, learnt from the texts: names are seldom written small."""

    def __init__(self) -> None:
        self.small: Counter[str] = Counter()
        self.large: Counter[str] = Counter()

    def learn(self, words: Iterable[Mention]) -> None:
        """Count the words of a claim."""
        for word in words:
            if word.capital:
                if not word.opens:
                    self.large[word.low] += 1
            elif word.low[0].isalpha():
                self.small[word.low] += 1

    def is_name(self, word: Mention) -> bool:
        """Whether a word is a name here."""
        if not word.capital or len(word.low) < 3 or word.low in _NOT_NAMES or word.low in STOPS:
            return False
        small = self.small[word.low]
        if word.opens:
            return small == 0 and self.large[word.low] > 0
        return small * 3 < max(1, self.large[word.low])


def stems_of(words: Iterable[Mention]) -> frozenset[str]:
    """The stems of the words that carry a meaning of their own."""
    return frozenset(
        intern(stem(word.low))
        for word in words
        if len(word.low) > 2 and word.low not in STOPS and word.low[0].isalpha()
    )


class Rarity:
    """Inverse document frequency of stems and names over the claims compared."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.total = 0

    def learn(self, keys: Iterable[str]) -> None:
        """Count one document's keys."""
        self.count.update(keys)
        self.total += 1

    def of(self, key: str) -> float:
        """Natural logarithm of how many documents stand for each that holds the key."""
        return math.log((self.total + 2) / (self.count[key] + 1))

    def share(self, key: str) -> float:
        """The share of documents that hold the key."""
        return self.count[key] / max(1, self.total)

    def weight(self, keys: Iterable[str]) -> float:
        """The sum over some keys."""
        return sum(map(self.of, keys))

    def likeness(self, one: frozenset[str], two: frozenset[str]) -> float:
        """Dice's coefficient of two sets of keys, each key weighed by its rarity; 0 to 1."""
        both = self.weight(one & two)
        return 2 * both / (self.weight(one) + self.weight(two) or 1.0)

    def held(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """How much of `part`, by weight, is in `whole`; 0 to 1."""
        return self.weight(part & whole) / (self.weight(part) or 1.0)


class Lexicon:
    """Look-ups of single words in a profile, each made once."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._sides: dict[str, str | None] = {}
        self._named: dict[str, bool] = {}

    def side_of(self, phrase: str) -> str | None:
        """The side that a word or a short phrase names."""
        if phrase not in self._sides:
            self._sides[phrase] = self.profile.side_of(phrase)
        return self._sides[phrase]

    def side_of_word(self, low: str) -> str | None:
        """The side that one word, given in small letters, names with a capital."""
        return self.side_of(low[:1].upper() + low[1:])

    def is_side(self, low: str) -> bool:
        """Whether a word names a side or a known person or body rather than a place."""
        known = self._named.get(low)
        if known is None:
            shown = low[:1].upper() + low[1:]
            known = self.profile.actor(shown) is not None or (
                self.side_of(shown) is not None
                and not self.profile.places_in(shown, Span(0, len(shown)))
            )
            self._named[low] = known
        return known


def names_of(words: Iterable[Mention], casing: Casing, lexicon: Lexicon) -> frozenset[str]:
    """The names among the words, without sides, persons of the profile and times."""
    return frozenset(
        intern(skeleton(word.low))
        for word in words
        if word.capital and casing.is_name(word) and not lexicon.is_side(word.low)
    )


# Days ------------------------------------------------------------------------------------------

_LONGEST_EVENT = 3
_HEADER = 70
"""Characters at the start of a text in which its own date is a date line."""


@dataclass(frozen=True, slots=True)
class Days:
    """When what is claimed happened: first and last day as ordinals; `told` by the claim itself.

    `whole` is set where the claim sums up a longer time ("since the war began").
    """

    first: int
    last: int
    told: bool
    whole: bool = False

    def meets(self, other: Days, slack: int = 0) -> bool:
        """Whether the two can be the same days."""
        return self.first - slack <= other.last and other.first - slack <= self.last


@lru_cache(maxsize=65536)
def ordinal(day: str | None) -> int | None:
    """An ISO day or instant as a day number; None when there is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def days_of(text: str, moments: Sequence[Moment], day: str | None) -> Days | None:
    """The days of a claim by the dates it names, else the article's day and the one before."""
    own = ordinal(day)
    whole = False
    told: list[tuple[int, int]] = []
    for moment in moments:
        first, last = ordinal(moment.start), ordinal(moment.end)
        if first is None or last is None:
            continue
        full = any(char.isdigit() for char in moment.span.of(text))
        if full and first == last == own and moment.span.start < _HEADER:
            continue
        if last - first > _LONGEST_EVENT:
            whole = True
        else:
            told.append((first, last))
    if told:
        first, last = min(one[0] for one in told), max(one[1] for one in told)
        if last - first <= _LONGEST_EVENT:
            return Days(first, last, True, whole)
        return Days(first, last, True, True)
    return None if own is None else Days(own - 1, own, False, whole)
