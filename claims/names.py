"""How names are folded and looked up: one spelling for many, one trie for all names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from claims.model import Span
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
    span: Span
    possessive: bool = False


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


def tokens(text: str, span: Span | None = None) -> list[Token]:
    """The words of a text, folded; commas, semicolons, colons and brackets are tokens too."""
    start, end = span or (0, len(text))
    out = []
    for found in _TOKEN.finditer(text, start, end):
        key, possessive = fold(found[0])
        out.append(Token(key or found[0], Span(found.start(), found.end()), possessive))
    return out


def keys(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(token.key for token in tokens(name))


class Match(NamedTuple, Generic[T]):
    """A name found among tokens: first token, the one after the last, what it stands for."""

    first: int
    end: int
    value: T


class Names(Generic[T]):
    """A look-up of names of one or more words; the longest name at a place wins."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._sorted = True

    def add(self, name: tuple[str, ...], value: T, *, replace: bool = False) -> None:
        """Add a name by its folded words; what was there first stays unless `replace`."""
        if not name:
            return
        entries = self._by_first.setdefault(name[0], [])
        for at, (known, _) in enumerate(entries):
            if known == name:
                if replace:
                    entries[at] = (name, value)
                return
        entries.append((name, value))
        self._sorted = False

    def get(self, name: tuple[str, ...]) -> T | None:
        """What a whole name stands for."""
        for known, value in self._by_first.get(name[0], ()) if name else ():
            if known == name:
                return value
        return None

    def at(self, words: list[Token], place: int) -> Match[T] | None:
        """The longest name that begins at a token."""
        entries = self._by_first.get(words[place].key)
        if not entries:
            return None
        if not self._sorted:
            for listed in self._by_first.values():
                listed.sort(key=lambda entry: -len(entry[0]))
            self._sorted = True
        for name, value in self._by_first[words[place].key]:
            end = place + len(name)
            if end <= len(words) and all(words[place + k].key == key for k, key in enumerate(name)):
                return Match(place, end, value)
        return None

    def find(self, words: list[Token]) -> Iterator[Match[T]]:
        """All names among the tokens, left to right, without overlap."""
        at = 0
        while at < len(words):
            match = self.at(words, at)
            if match:
                yield match
                at = match.end
            else:
                at += 1
