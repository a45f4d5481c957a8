"""A small fingerprint of a text by which texts with much in common find each other. Pure, linear.

One-permutation MinHash (Li, Owen and Zhang 2012, "One Permutation Hashing", NIPS) over shingles of
three words, empty bins filled by rotation (Shrivastava and Li 2014, "Densifying One Permutation
Hashing", ICML): the share of equal bins of two sketches estimates the Jaccard similarity of their
sets of shingles. Bands of two bins are what is looked up (locality-sensitive hashing): two texts of
similarity s share at least one of 32 with probability 1 - (1 - s²)³², 95 % at s = 0.3.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from itertools import chain, islice, pairwise, tee
from typing import NamedTuple
from zlib import crc32

from claims.text import searchable, stretches

VERSION = 1
"""Raised when the same text would get another sketch."""
BINS, _ROWS, _SHINGLE = 64, 2, 3
_WORD = re.compile(r"[^\W_]+")
_EMPTY = 0xFFFFFFFF
_MIX = 0x9E3779B1
"""Spreads what CRC-32 leaves alike in the low bits (Knuth, TAOCP 3, 6.4: the golden ratio)."""
_DULL = frozenset(
    """
    a about after against all an and are as at be but by for from has have he her his in into is
    it its more new no not of off on or out over say says said she that the their they this to two
    up was were who will with
    """.split()  # noqa: SIM905
)
"""Words that titles share without being on one thing."""

SAME_TEXT = 0.30
"""From this similarity on two texts tell the same story, whatever their titles."""
SAME_WORDS = 0.08
SAME_TITLE = 0.5
"""Two texts with a tenth in common tell it if half of the words of their titles are the same."""
ALIKE_TITLE = 0.7
"""Titles that are alike to this degree, of at least four words, are enough on the same days."""
_TITLE_WORDS = 4


class Sketch(NamedTuple):
    """The fingerprint of a text."""

    bins: bytes
    """64 numbers of 32 bits, little-endian."""
    bands: tuple[int, ...]
    """What it is looked up by: below 2⁴⁰, from the text, and from two words of the title each."""


def sketch(text: str, title: str = "") -> Sketch:
    """The fingerprint of a text; the cost is linear in its length."""
    bins = [_EMPTY] * BINS
    for shingle in _shingles(text):
        mixed = crc32(" ".join(shingle).encode()) * _MIX & 0xFFFFFFFF
        at, value = mixed >> 26, mixed & 0x3FFFFFF
        if value < bins[at]:
            bins[at] = value
    _fill(bins)
    bands = [
        crc32(bins[at].to_bytes(4, "little") + bins[at + 1].to_bytes(4, "little")) << 8
        | at // _ROWS
        for at in range(0, BINS, _ROWS)
    ]
    telling = title_words(title)
    pairs = {" ".join(pair) for pair in pairwise(telling)}
    bands += [crc32(pair.encode()) << 8 | 255 for pair in sorted(pairs)]
    found = array("I", bins)
    return Sketch(b"".join(value.to_bytes(4, "little") for value in found), tuple(bands))


def _shingles(text: str) -> Iterable[tuple[str, ...]]:
    """Every three words that follow each other, or all where there are fewer; few are held."""
    words = (word for span in stretches(text) for word in _WORD.findall(searchable(span.of(text))))
    head = tuple(islice(words, _SHINGLE))
    if len(head) < _SHINGLE:
        return [head]
    rows = tee(chain(head, words), _SHINGLE)
    return zip(*(islice(row, at, None) for at, row in enumerate(rows)), strict=False)


def _fill(bins: list[int]) -> None:
    """Give a bin that nothing fell into what the next one has, made different by the distance."""
    if _EMPTY not in bins:
        return
    full = list(bins)
    for at, value in enumerate(full):
        if value == _EMPTY:
            for step in range(1, BINS):
                other = full[(at + step) % BINS]
                if other != _EMPTY:
                    bins[at] = (other + step * 0x4000000) & 0xFFFFFFFE
                    break


def similarity(one: bytes, other: bytes) -> float:
    """How much two texts have in common, from 0 to 1, by the bins of their sketches."""
    pairs = zip(memoryview(one).cast("I"), memoryview(other).cast("I"), strict=True)
    return sum(a == b for a, b in pairs) / BINS


def title_words(title: str) -> list[str]:
    """The words of a title that say what it is about, in their order."""
    return [word for word in _WORD.findall(searchable(title)) if word not in _DULL]


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of the words of two titles that both have."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def same_story(
    one: bytes, other: bytes, title: Iterable[str] = (), other_title: Iterable[str] = ()
) -> bool:
    """Whether two texts of the same days tell one story, by sketches and words of titles."""
    alike = similarity(one, other)
    if alike >= SAME_TEXT:
        return True
    first, second = set(title), set(other_title)
    titles = overlap(first, second)
    if titles >= ALIKE_TITLE and min(len(first), len(second)) >= _TITLE_WORDS:
        return True
    return titles >= SAME_TITLE and alike >= SAME_WORDS
