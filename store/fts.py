"""What a person types to find words, as an FTS5 expression and as a test on a text.

The language: words (all must occur), "quoted phrases", and a star at the end of a word for its
beginnings (khar*). Nothing else has a meaning, so nothing that is typed is an error: each word
goes to FTS5 in quotation marks (https://www.sqlite.org/fts5.html#fts5_strings).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from claims.text import canonical

INVISIBLE = (0x200B, 0x00AD, 0x2060, 0xFEFF, 0x2426)
"""Characters that split a word which a reader sees as one: left out of the index and of queries.

Zero width space, soft hyphen, word joiner, byte order mark, and the sign that stands for them.
"""

_SPLITS = re.compile(f"[{''.join(map(chr, INVISIBLE))}]+")
_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_MOST_PIECES = 32
_LONGEST = 2000


class Phrase(NamedTuple):
    """Words that stand side by side; of the last one, only the beginning when `prefix`.

    `typed` is what FTS5 gets and splits itself: its folding of letters is not Python's.
    """

    typed: str
    words: tuple[str, ...]
    prefix: bool


def visible(text: str) -> str:
    """The text without its invisible characters, as it is indexed."""
    return text if text.isascii() else _SPLITS.sub("", text)


def tokens(text: str) -> list[str]:
    """The words of a text, without case, marks and what is invisible in them."""
    plain = visible(text).casefold()
    if not plain.isascii():
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)
        )
    return _WORD.findall(plain)


@lru_cache(maxsize=64)
def parse(typed: str) -> tuple[Phrase, ...]:
    """The phrases of what was typed, at most 32 of its first 2,000 characters."""
    found: list[Phrase] = []
    for quoted, word in _PIECE.findall(visible(canonical(typed[:_LONGEST]))):
        words = tuple(tokens(quoted or word))
        if words:
            found.append(Phrase(quoted or word, words, bool(word) and word.endswith("*")))
    return tuple(found[:_MOST_PIECES])


def query(typed: str) -> str | None:
    """The FTS5 expression; None when nothing that was typed is a word."""
    return _expression(parse(typed))


def all_words(typed: str, *, column: str) -> str | None:
    """An expression that wants every typed word, or its beginning, in one column."""
    words = tuple(phrase._replace(prefix=True) for phrase in parse(typed.replace('"', " ")))
    expression = _expression(words)
    return None if expression is None else f"{column} : ({expression})"


def _expression(phrases: tuple[Phrase, ...]) -> str | None:
    # A piece holds no quotation mark, so that putting it between two makes an FTS5 string.
    return " AND ".join(f'"{p.typed}"{"*" if p.prefix else ""}' for p in phrases) or None


def has_words(text: str, typed: str) -> bool:
    """Whether a text has all that was typed, by the same rules."""
    words = tokens(text)
    return all(_occurs(phrase, words) for phrase in parse(typed))


def _occurs(phrase: Phrase, words: list[str]) -> bool:
    wanted = list(phrase.words)
    size = len(wanted)
    for at in range(len(words) - size + 1):
        if words[at : at + size - 1] == wanted[:-1]:
            last = words[at + size - 1]
            if last == wanted[-1] or (phrase.prefix and last.startswith(wanted[-1])):
                return True
    return False
