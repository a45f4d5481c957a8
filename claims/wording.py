"""Where in a text the words stand without which a claim has no place, victim, figure or date.

They and channels are asked for in every claim, and most claims hold none. Their possible
beginnings are found in one pass over the text; a claim without one of them is then passed over
without being read.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import compress

from claims.model import Span
from claims.names import KEYS, cuts_word, placed
from claims.text import stretches

Finder = Callable[[Sequence[str]], Iterable[int]]
"""Tells which of some folded words begin what is looked for, in order."""
Test = Callable[[str], bool]
"""Tells whether a word, as it stands in the text, may belong to what is looked for."""

CONTEXT = 64
"""Folded words on either side of a word that a finder may look at; no name is longer."""


class Marks:
    """Where some words of a text begin."""

    def __init__(self, text: str, starts: array[int]) -> None:
        self._text = text
        self._starts = starts

    def may_be_in(self, span: Span) -> bool:
        """False when a stretch of the text surely holds none of the words.

        A stretch with an edge inside a word reads otherwise alone: there it is always True.
        """
        return self.begin_in(span) or cut(self._text, span)

    def begin_in(self, span: Span) -> bool:
        """Whether one of the words begins in a stretch of the text."""
        at = bisect_left(self._starts, span.start)
        return at < len(self._starts) and self._starts[at] < span.end


def cut(text: str, span: Span) -> bool:
    """Whether a stretch of a text may have an edge inside a word."""
    return cuts_word(text, span.start) or cuts_word(text, span.end)


def marks(text: str, finders: Sequence[Finder], tests: Sequence[Test] = ()) -> list[Marks]:
    """Where each finder, then each test, finds words of a text (`claims.names.tokens`)."""
    found = [array("q") for _ in finders]
    passed = [array("q") for _ in tests]
    keys: list[str] = []
    starts: list[int] = []
    told = 0
    for span in stretches(text):
        words, begins = placed(text, span)
        for places, test in zip(passed, tests, strict=True):
            places.extend(compress(begins, map(test, words)))
        keys += map(KEYS.__getitem__, words)
        starts += begins
        # The last words wait for what follows them, and stay for what looks back at them.
        sure = len(keys) if span.end == len(text) else max(told, len(keys) - CONTEXT)
        for places, finder in zip(found, finders, strict=True):
            places.extend(starts[at] for at in finder(keys) if told <= at < sure)
        kept = max(0, sure - CONTEXT)
        del keys[:kept], starts[:kept]
        told = sure - kept
    return [Marks(text, places) for places in (*found, *passed)]


__all__ = ["CONTEXT", "Finder", "Marks", "Test", "cut", "marks"]
