"""The table behind claim types: a row of small whole numbers for each feature, summed by claim.

The claims of an article are weighed together: a claim alone costs NumPy as much as fifty do.
All sums are of whole numbers, so their order changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.kind_model import HEAD, STEPS, Reading, other_features
from claims.kind_words import stem
from claims.remembered import Remembered

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]

_PLACES = ("", "h:", "c:")
"""Where a word stands: anywhere, at the start, in the cue."""
_NOWHERE = -1
"""In place of the row of a feature that has none."""
_AFTER_ALL = np.iinfo(np.int64).max


class Table:
    """The rows of the features that a file of weights knows."""

    def __init__(
        self,
        words: Sequence[Mapping[str, int]],
        pairs: Mapping[tuple[str, str], int],
        classes: Mapping[str, int],
        rest: Mapping[str, int],
        values: bytes,
        types: int,
    ) -> None:
        """`words` has the rows of stems for each of `_PLACES`; `values` are signed bytes."""
        known = sorted({*chain(*words), *chain.from_iterable(pairs)})
        number = {one: at for at, one in enumerate(known, 1)}
        self._number = Remembered(lambda low: number.get(stem(low), 0))
        self._size = len(known) + 1
        self._bits = (len(_PLACES) * self._size).bit_length()
        self._rows = np.full(len(_PLACES) * self._size, _NOWHERE, np.int64)
        for at, rows in enumerate(words):
            for one, row in rows.items():
                self._rows[at * self._size + number[one]] = row
        paired = sorted(
            (number[one] * self._size + number[two], row) for (one, two), row in pairs.items()
        )
        self._pairs, self._pair_rows = np.array([*paired, (_AFTER_ALL, 0)], np.int64).T.copy()
        self._classes = classes
        self._rest = rest
        self._values = np.frombuffer(values, np.int8).reshape(-1, types).astype(np.float64)

    def words(self, readings: Sequence[Reading]) -> tuple[Floats, Floats]:
        """What the words of each claim weigh for each type, and how many features they are."""
        count = len(readings)
        listed = [reading.lows for reading in readings]
        placed = [*listed, *(lows[:HEAD] for lows in listed), *(one.cue for one in readings)]
        lengths = [*map(len, placed)]
        number = np.array([*map(self._number.__getitem__, chain.from_iterable(placed))], np.int64)
        claim = np.repeat(np.tile(np.arange(count), len(_PLACES)), lengths)
        slot = number + np.repeat(np.arange(len(_PLACES)) * self._size, count).repeat(lengths)
        # A word counts once where it stands, however often it is there.
        found = self._rows[slot] != _NOWHERE
        once = np.unique((claim[found] << self._bits) + slot[found])
        # Neighbours, as often as they are there.
        said, owner = (column[: sum(lengths[:count])] for column in (number, claim))
        one, two = said[:-1], said[1:]
        beside = (owner[:-1] == owner[1:]) & (one > 0) & (two > 0)
        pair = one[beside] * self._size + two[beside]
        at = np.searchsorted(self._pairs, pair)
        paired = self._pairs[at] == pair
        # Classes of words; they are counted with the words.
        classes = self._classes
        class_rows, class_claims = _columns(
            (
                (classes[name], at)
                for at, reading in enumerate(readings)
                for name in reading.evidence.places
                if name in classes
            ),
            2,
        )
        rows = (
            self._rows[once & ((1 << self._bits) - 1)],
            self._pair_rows[at[paired]],
            class_rows,
        )
        claims = np.concatenate((once >> self._bits, owner[1:][beside][paired], class_claims))
        sums = self._sums(self._values[np.concatenate(rows)], claims, count)
        return sums, np.bincount(claims, minlength=count).astype(np.float64)

    def rest(self, readings: Sequence[Reading]) -> Floats:
        """What the features that are no words weigh for each type, times `STEPS`."""
        known = self._rest
        rows, times, claims = _columns(
            (
                (known[name], times, at)
                for at, reading in enumerate(readings)
                for name, times in other_features(reading)
                if name in known
            ),
            3,
        )
        return self._sums(self._values[rows] * times[:, None], claims, len(readings))

    def logits(
        self, readings: Sequence[Reading], word_scale: float, rest_scale: float
    ) -> list[list[float]]:
        """The logit of each type for each claim."""
        words, known = self.words(readings)
        shared = word_scale / np.sqrt(np.maximum(known, 1.0))
        logits: Any = words * shared[:, None] + self.rest(readings) * (rest_scale / STEPS)
        return list(logits.tolist())

    def _sums(self, values: Floats, claims: Rows, count: int) -> Floats:
        types = values.shape[1]
        cells = (claims[:, None] * types + np.arange(types)).ravel()
        sums: Any = np.bincount(cells, values.ravel(), count * types)
        table: Floats = sums.reshape(count, types)
        return table


def _columns(rows: Iterable[tuple[int, ...]], count: int) -> Rows:
    """Rows of so many numbers as that many arrays."""
    # A flat list is read several times as fast as one of tuples.
    return np.array([*chain.from_iterable(rows)], np.int64).reshape(-1, count).T


__all__ = ["Table"]
