"""The folded words of a whole text, read once, and where the few that matter stand.

Places, channels and words of harm are asked for in every claim, and most claims hold none. Their
possible beginnings are found in one pass over the text; a claim without one of them is then
passed over without being read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from claims.model import Span
from claims.names import cuts_word, folded_places


class Wording:
    """A text as folded words; `keys` are those of `claims.names.tokens`, in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.keys, self._starts = folded_places(text)

    def marks(self, places: Iterable[int]) -> Marks:
        """The words with these numbers, to be asked for by stretches of the text."""
        starts = self._starts
        return Marks(self._text, [starts[at] for at in places])


class Marks:
    """Where some words of a text begin."""

    def __init__(self, text: str, starts: list[int]) -> None:
        self._text = text
        self._starts = starts

    def may_be_in(self, span: Span) -> bool:
        """False when a stretch of the text surely holds none of the words.

        A stretch with an edge inside a word reads otherwise alone: there it is always True.
        """
        at = bisect_left(self._starts, span.start)
        if at < len(self._starts) and self._starts[at] < span.end:
            return True
        return cuts_word(self._text, span.start) or cuts_word(self._text, span.end)


__all__ = ["Marks", "Wording"]
