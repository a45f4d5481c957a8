"""How names are folded and looked up: one spelling for many, one trie for all names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar

from claims.text import word_set

T = TypeVar("T")

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’ʼ`][^\W_]+)*|[,;:()]")
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


@lru_cache(maxsize=65536)
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


class _Forms(dict[str, str]):
    """The look-up form of each word met so far."""

    _MOST = 65536

    def __missing__(self, word: str) -> str:
        if len(self) >= self._MOST:
            self.clear()
        key = self[word] = fold(word)[0] or word
        return key


_FORMS = _Forms()


@lru_cache(maxsize=256)
def folded(text: str) -> tuple[str, ...]:
    """The keys of `tokens` without their places, at a fifth of the cost."""
    return tuple(map(_FORMS.__getitem__, _TOKEN.findall(text)))


@lru_cache(maxsize=2048)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, folded; commas, semicolons, colons and brackets are tokens too.

    Cached: the same sentence is asked for its names, its places and its channels.
    """
    out = []
    for found in _TOKEN.finditer(text):
        word = found[0]
        key, possessive = fold(word)
        out.append(_new(Token, (key or word, found.start(), found.end(), possessive)))
    return tuple(out)


def keys(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(token.key for token in tokens(name))


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
        self._singles: set[str] = set()
        self._openings: set[tuple[str, str]] = set()

    def add(self, name: tuple[str, ...], value: T) -> None:
        """Add a name by its folded words; what was there first stays."""
        if not name:
            return
        node = self._root
        for key in name:
            node = node.setdefault(key, {})
        node.setdefault(_END, value)
        if len(name) == 1:
            self._singles.add(name[0])
        else:
            self._openings.add((name[0], name[1]))

    def may_be_in(self, words: Sequence[str]) -> bool:
        """Whether folded words hold the first two of a name, or a name of one word.

        Much cheaper than `find`: most sentences need no more.
        """
        return not self._singles.isdisjoint(words) or not self._openings.isdisjoint(pairwise(words))

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
        best: Match[T] | None = None
        end = place + 1
        while node is not None:
            value = node.get(_END)
            if value is not None:
                best = Match(place, end, value)
            node = node.get(words[end].key) if end < len(words) else None
            end += 1
        return best

    def find(self, words: Sequence[Token]) -> Iterator[Match[T]]:
        """All names among the tokens, left to right, without overlap."""
        at = 0
        root = self._root
        while at < len(words):
            match = self.at(words, at) if words[at].key in root else None
            if match:
                yield match
                at = match.end
            else:
                at += 1

    def singles(self) -> Iterator[tuple[str, T]]:
        """The names of one word."""
        for key, node in self._root.items():
            if _END in node:
                yield key, node[_END]
