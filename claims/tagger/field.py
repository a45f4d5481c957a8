"""The linear-chain conditional random field over the network's scores: best labels, probabilities.

Lafferty, McCallum and Pereira, "Conditional Random Fields" (ICML 2001). All passages of a batch
are stepped through together, in the order of a `Packing`.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from claims.tagger.linking import LABELS
from claims.tagger.network import Array, Floats, Packing

_LOWEST = np.float32(-60.0)
"""Scores of forbidden transitions are raised to this before they are exponentiated."""
_TINY = np.float32(1e-30)


class Field:
    """Scores of a label after another (`transition`, from row to column) and of the first label."""

    def __init__(self, transition: Array, initial: Array) -> None:
        """Raises ValueError when the shapes are not those of the labels."""
        if transition.shape != (LABELS, LABELS) or initial.shape != (LABELS,):
            raise ValueError("the transitions are not those of seven labels")
        self._transition = transition.astype(np.float32)
        self._initial = initial.astype(np.float32)

    def best(self, scores: Floats, packing: Packing) -> list[int]:
        """The labels of the best path (Viterbi) for tokens laid end to end."""
        packed = scores[packing.forward]
        back = np.zeros((len(scores), LABELS), np.int8)
        best = self._initial + packed[: packing.active[0]]
        finals = np.zeros((packing.width, LABELS), np.float32)
        at = packing.active[0]
        into = self._transition.T
        for before, active in pairwise(packing.active):
            if active < before:
                finals[active:before] = best[active:before]
            step = best[:active, None, :] + into
            pointer = step.argmax(axis=2)
            back[at : at + active] = pointer
            best = step.max(axis=2) + packed[at : at + active]
            at += active
        finals[: packing.active[-1]] = best
        unpacked = np.empty_like(back)
        unpacked[packing.forward] = back
        pointers: list[list[int]] = unpacked.tolist()
        last = finals.argmax(axis=1).tolist()
        labels = [0] * len(scores)
        for rank, (start, length) in enumerate(packing.ranked):
            label = last[rank]
            for index in range(start + length - 1, start, -1):
                labels[index] = label
                label = pointers[index][label]
            labels[start] = label
        return labels

    def probabilities(self, scores: Floats, packing: Packing) -> Floats:
        """The probability of each label at each token (forward-backward, scaled at every step)."""
        weight = np.exp(scores - scores.max(axis=1, keepdims=True), dtype=np.float32)
        step = np.exp(np.maximum(self._transition, _LOWEST))
        ahead = weight[packing.forward]
        at = packing.active[0]
        ahead[:at] *= np.exp(np.maximum(self._initial, _LOWEST))
        ahead[:at] /= ahead[:at].sum(axis=1, keepdims=True)
        previous = 0
        for active in packing.active[1:]:
            here = ahead[at : at + active]
            here *= ahead[previous : previous + active] @ step
            here /= here.sum(axis=1, keepdims=True) + _TINY
            previous, at = at, at + active
        behind = np.ones((len(scores), LABELS), np.float32)
        weight = weight[packing.backward]
        at, previous = packing.active[0], 0
        for active in packing.active[1:]:
            earlier = slice(previous, previous + active)
            here = (behind[earlier] * weight[earlier]) @ step.T
            behind[at : at + active] = here / (here.sum(axis=1, keepdims=True) + _TINY)
            previous, at = at, at + active
        result = np.empty((len(scores), LABELS), np.float32)
        result[packing.forward] = ahead
        unpacked = np.empty_like(behind)
        unpacked[packing.backward] = behind
        result *= unpacked
        result /= result.sum(axis=1, keepdims=True) + _TINY
        return result
