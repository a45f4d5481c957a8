"""The places where one was, to go back to and forward again, across articles.

Pure: no Textual. Walking from sentence to sentence only moves the place that one is at; a jump
leaves it behind as a place of its own, as the jump list of vi does.
"""

from __future__ import annotations

from typing import NamedTuple

NEAR = 8
"""Sentences: a move that goes further in one step is a jump."""
_KEPT = 200
"""Places that are kept; the oldest go first."""


class Place(NamedTuple):
    """A sentence of an article, by where it begins."""

    article_id: int
    sentence: int
    offset: int


class Trail:
    """The places of one sitting, and which of them one is at."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place, *, walking: bool | None = None) -> None:
        """One is at a place now, having walked or jumped there; None: the distance tells.

        What lay ahead after going back is forgotten with a jump, and kept while walking.
        """
        here = self._places[self._at] if self._places else None
        if here is not None and here.article_id == place.article_id:
            if walking is None:
                walking = abs(here.sentence - place.sentence) <= NEAR
            if walking or here == place:
                self._places[self._at] = place
                return
        del self._places[self._at + 1 :]
        self._places.append(place)
        del self._places[:-_KEPT]
        self._at = len(self._places) - 1

    def step(self, step: int) -> Place | None:
        """The place one step back (-1) or forward (+1), which is then where one is."""
        if not 0 <= self._at + step < len(self._places):
            return None
        self._at += step
        return self._places[self._at]

    def forget(self) -> None:
        """The place that one is at cannot be reached any more."""
        del self._places[self._at]
        self._at = min(self._at, len(self._places) - 1)
