"""How names are folded and looked up: one spelling for many, one trie for all names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, compress, islice
from sys import intern
from typing import Any, Generic, NamedTuple, TypeVar

from claims.model import Span
from claims.remembered import Remembered
from claims.text import word_set

T = TypeVar("T")

_TOKEN = re.compile(
    r"[A-Za-z]++(?![\w'’ʼ`.])"
    r"|[A-Z]\.(?:[A-Z]\.)+|[^\W_]+(?:['’ʼ`][^\W_]+)*|[,;:()]"
)
"""The first line is there for speed alone: it takes most words in half the time of the second."""
_PARTED = re.compile(f"({_TOKEN.pattern})")
_ENDING = re.compile(r"(?:[ei]y|yy|y[iyj]|i[iyj]|ei|i|y)\Z")
"""The many Latin spellings of a final -ий, -ій, -ей: Zelensky, Zelenskyy, Zelenskiy, Sergei."""

_CASED = word_set("us who is it he an aid sun")
"""Acronyms and names that are common words in small letters: they count only in capitals."""

_SPELLING = {
    "defence": "defense",
    "defences": "defenses",
    "centre": "center",
    "organisation": "organization",
    "defenсe": "defense",
    "labour": "labor",
    "programme": "program",
    "mohammad": "mohammed",
    "mohamed": "mohammed",
    "muhammad": "mohammed",
    "ahmad": "ahmed",
    "hussain": "hussein",
    "hosein": "hussein",
    "hossein": "hussein",
    "yusuf": "yousef",
    "youssef": "yousef",
    "volodimir": "volodymyr",
    "oleksander": "oleksandr",
}


class Token(NamedTuple):
    """A word of a text: its folded form and its place."""

    key: str
    start: int
    end: int
    possessive: bool = False


_new = tuple.__new__
"""Makes a named tuple without the call in between: tokens are most of what is made here."""


@lru_cache(maxsize=4096)
def fold(word: str) -> tuple[str, bool]:
    """One word's look-up form, and whether it was a possessive ("Russia's" -> "russia", True)."""
    possessive = False
    if len(word) > 2 and word[-2] in "'’ʼ`" and word[-1] in "sS":
        word, possessive = word[:-2], True
    if "." in word:
        word = word.replace(".", "")
    shouted = word.isupper()
    key = word.casefold()
    if not key.isascii():
        plain = unicodedata.normalize("NFKD", key)
        key = "".join(c for c in plain if not unicodedata.combining(c))
        key = key.replace("’", "").replace("ʼ", "").replace("ł", "l").replace("ı", "i")
    key = key.replace("'", "").replace("`", "")
    if key in _CASED:
        return ("=" + key if shouted else key), possessive
    key = _SPELLING.get(key, key)
    if len(key) > 3 and key[-1] in "iyj":
        key = _ENDING.sub("y", key)
    return key, possessive


def _kept(word: str) -> tuple[str, bool]:
    key, possessive = fold(word)
    return intern(key or word), possessive


_FOLDS = Remembered(_kept)
KEYS = Remembered(lambda word: _kept(word)[0])
"""The look-up form of each word, with and without whether it is a possessive."""


@lru_cache(maxsize=256)
def folded(text: str) -> tuple[str, ...]:
    """The keys of `tokens` without their places, at a fifth of the cost."""
    return tuple(map(KEYS.__getitem__, _TOKEN.findall(text)))


def placed(text: str, span: Span) -> tuple[list[str], list[int]]:
    """The words of `tokens` in a stretch of a text, as they stand, and where each begins in it."""
    parts = _PARTED.split(text[span.start : span.end])  # what lies between, a word, what lies …
    return parts[1::2], [*accumulate(map(len, parts), initial=span.start)][1:-1:2]


def located(text: str, numbers: Iterable[int]) -> dict[int, tuple[int, int, bool]]:
    """Start, end and whether it is a possessive, of those of `tokens` with these numbers.

    For a few words of a text whose other words need no place.
    """
    every = _TOKEN.finditer(text)
    at = 0
    out: dict[int, tuple[int, int, bool]] = {}
    for number in sorted(set(numbers)):
        found = next(islice(every, number - at, None))
        out[number] = (*found.span(), _FOLDS[found[0]][1])
        at = number + 1
    return out


def cuts_word(text: str, at: int) -> bool:
    """Whether a place may lie within a word of `tokens`; True also for a few that do not."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if after == ".":
        return before.isupper()
    return (before.isalnum() or before in _INNER) and (after.isalnum() or after in _INNER)


_INNER = "'’ʼ`."
"""What may stand within a word beside letters and digits."""


@lru_cache(maxsize=2048)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, folded; commas, semicolons, colons and brackets are tokens too.

    Cached: the same sentence is asked for its names, its places and its channels.
    """
    out = []
    for found in _TOKEN.finditer(text):
        key, possessive = _FOLDS[found[0]]
        start, end = found.span()
        out.append(_new(Token, (key, start, end, possessive)))
    return tuple(out)


@lru_cache(maxsize=2048)
def keys(name: str) -> tuple[str, ...]:
    """The folded words of a name; cached apart from sentences, for an article repeats its names."""
    return tuple(map(KEYS.__getitem__, _TOKEN.findall(name)))


class Match(NamedTuple, Generic[T]):
    """A name found among tokens: first token, the one after the last, what it stands for."""

    first: int
    end: int
    value: T


_END = ""
"""The key under which a node of the trie holds the value of the name that ends there."""


class Names(Generic[T]):
    """A look-up of names of one or more words; the longest name at a place wins."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, name: tuple[str, ...], value: T) -> None:
        """Add a name by its folded words; what was there first stays."""
        if not name:
            return
        node = self._root
        for key in name:
            node = node.setdefault(key, {})
        node.setdefault(_END, value)

    def get(self, name: tuple[str, ...]) -> T | None:
        """What a whole name stands for."""
        node: Any = self._root
        for key in name:
            node = node.get(key)
            if node is None:
                return None
        value: T | None = node.get(_END)
        return value

    def at(self, words: Sequence[Token], place: int) -> Match[T] | None:
        """The longest name that begins at a token."""
        node: Any = self._root.get(words[place].key)
        if node is None:
            return None
        best: Match[T] | None = None
        end = place + 1
        while node is not None:
            value = node.get(_END)
            if value is not None:
                best = Match(place, end, value)
            node = node.get(words[end].key) if end < len(words) else None
            end += 1
        return best

    def find(self, keyed: Sequence[str]) -> list[Match[T]]:
        """All names among folded words, left to right, without overlap."""
        root = self._root
        out: list[Match[T]] = []
        end = 0
        # Most words begin no name, and most sentences hold none.
        for at in [at for at, key in enumerate(keyed) if key in root]:
            if at < end:
                continue
            node = root[keyed[at]]
            value, end = node.get(_END), at + 1
            for step in range(at + 1, len(keyed)):
                node = node.get(keyed[step])
                if node is None:
                    break
                if _END in node:
                    value, end = node[_END], step + 1
            if value is not None:
                out.append(Match(at, end, value))
        return out

    def beginnings(self, keyed: Sequence[str], counts: Callable[[int, T], bool]) -> Iterator[int]:
        """The folded words at which a name begins for which `counts` holds, of any length.

        Names may overlap here: a stretch of the text may hold only a part of the longest one.
        """
        root = self._root
        for at in compress(range(len(keyed)), map(root.__contains__, keyed)):
            node = root[keyed[at]]
            step = at
            while node is not None:
                if _END in node and counts(at, node[_END]):
                    yield at
                    break
                step += 1
                node = node.get(keyed[step]) if step < len(keyed) else None

    def singles(self) -> Iterator[tuple[str, T]]:
        """The names of one word."""
        for key, node in self._root.items():
            if _END in node:
                yield key, node[_END]
