"""The network: word tables, two bidirectional LSTM layers and label scores, over NumPy arrays."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[Any]
Numbers = npt.NDArray[np.intp]

TABLES = 8
"""Learnt tables, one for each id of a `lexicon.Row` after the first."""


class Packing:
    """The order in which the tokens of several passages are stepped through, longest first.

    At step t every passage with more than t tokens takes part: `active[t]` of them. `forward` and
    `backward` hold, step after step, which token that is, in tokens laid end to end.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        size = np.asarray(lengths)
        order = np.argsort(-size, kind="stable")
        starts = np.concatenate(([0], np.cumsum(size)[:-1]))
        size, starts = size[order], starts[order]
        self.ranked: list[tuple[int, int]] = list(zip(starts.tolist(), size.tolist(), strict=True))
        """First token and length of each passage in this order."""
        self.width = len(size)
        steps = np.arange(size[0])
        active = np.searchsorted(-size, -steps, side="left")
        self.active: list[int] = active.tolist()
        rank = np.concatenate([np.arange(count) for count in self.active])
        step = np.repeat(steps, active)
        self.forward: Numbers = starts[rank] + step
        self.backward: Numbers = starts[rank] + size[rank] - 1 - step


class Network:
    """From the ids of tokens to a score for each label.

    Gate order is input, forget, output, cell. The weights of the first three gates are halved when
    they are packed, so that one tanh serves all four: 2 sigmoid(x) = tanh(x/2) + 1. States are kept
    at twice their size for that, and what reads them is halved here; powers of two are exact.
    """

    def __init__(self, arrays: Mapping[str, Array], layers: int) -> None:
        """Raises KeyError when an array is missing and ValueError when shapes do not fit."""
        self._vectors = arrays["vectors"]
        self._scale = arrays["vector_scale"].astype(np.float32)
        self._tables = [arrays[f"table{i}"].astype(np.float32) for i in range(TABLES)]
        half = np.float32(0.5)
        self._layers = [
            (
                _wide(arrays[f"win{i}"]) * (half if i else np.float32(1.0)),
                _wide(arrays[f"wrec{i}"]) * half,
                _wide(arrays[f"bias{i}"]),
            )
            for i in range(layers)
        ]
        self._out, self._out_bias = _wide(arrays["out"]) * half, _wide(arrays["out_bias"])
        self._local = threading.local()
        width = self._vectors.shape[1] + sum(table.shape[1] for table in self._tables)
        hidden = 0
        for into, recurrent, bias in self._layers:
            units = recurrent.shape[1]
            if (
                into.shape != (2, width, 4 * units)
                or recurrent.shape != (2, units, 4 * units)
                or bias.shape != (2, 4 * units)
            ):
                raise ValueError("the shapes of the layers do not fit each other")
            width = 2 * units
            hidden += width
        if self._out.shape[0] != hidden or self._scale.shape != self._vectors.shape[:1]:
            raise ValueError("the shapes of the layers do not fit each other")

    def scores(self, rows: npt.NDArray[np.int32], packing: Packing) -> Floats:
        """Label scores (tokens, labels) of tokens laid end to end; `rows` is (tokens, 9) ids."""
        inputs: Floats = np.concatenate(
            [self._vectors[rows[:, 0]] * self._scale[rows[:, 0], None]]
            + [table[rows[:, i + 1]] for i, table in enumerate(self._tables)],
            axis=1,
            dtype=np.float32,
        )
        result: Floats = np.tile(self._out_bias, (len(rows), 1))
        at = 0
        for into, recurrent, bias in self._layers:
            inputs = self._layer(inputs, into, recurrent, bias, packing)
            result += inputs @ self._out[at : at + inputs.shape[1]]
            at += inputs.shape[1]
        return result

    def _layer(
        self, x: Floats, into: Floats, recurrent: Floats, bias: Floats, packing: Packing
    ) -> Floats:
        """One bidirectional LSTM layer; both directions are stepped through together."""
        count, hidden = len(x), recurrent.shape[1]
        spare, entering = self._scratch(count, max(x.shape[1], 2 * hidden), 4 * hidden)
        ordered = spare[: x.size].reshape(x.shape)
        for direction, order in enumerate((packing.forward, packing.backward)):
            np.take(x, order, axis=0, out=ordered, mode="clip")
            np.matmul(ordered, into[direction], out=entering[direction])
            entering[direction] += bias[direction]
        states = np.zeros((2, packing.width, hidden), np.float32)
        cells = np.zeros_like(states)
        every = np.empty((2, packing.width, 4 * hidden), np.float32)
        product = np.empty_like(states)
        stepped = spare[: 2 * count * hidden].reshape(2, count, hidden)
        at = 0
        for active in packing.active:
            gates, cell, state = every[:, :active], cells[:, :active], states[:, :active]
            np.matmul(state, recurrent, out=gates)
            gates += entering[:, at : at + active]
            np.tanh(gates, out=gates)
            sigmoid = gates[:, :, : 3 * hidden]
            sigmoid += 1.0
            added = product[:, :active]
            np.multiply(sigmoid[:, :, :hidden], gates[:, :, 3 * hidden :], out=added)
            cell *= sigmoid[:, :, hidden : 2 * hidden]
            cell += added
            cell *= 0.5
            np.tanh(cell, out=state)
            state *= sigmoid[:, :, 2 * hidden :]
            stepped[:, at : at + active] = state
            at += active
        joined = np.empty((count, 2 * hidden), np.float32)
        joined[packing.forward, :hidden] = stepped[0]
        joined[packing.backward, hidden:] = stepped[1]
        return joined

    def _scratch(self, count: int, width: int, gates: int) -> tuple[Floats, Floats]:
        """Arrays (tokens * width) and (2, tokens, gates) that a thread uses again and again.

        Fresh memory of this size comes from the system page by page, which costs a fifth of the
        time of a layer.
        """
        kept: tuple[Floats, Floats] | None = getattr(self._local, "arrays", None)
        if kept is None or kept[0].size < count * width or kept[1].size < 2 * count * gates:
            kept = (np.empty(count * width, np.float32), np.empty(2 * count * gates, np.float32))
            self._local.arrays = kept
        return kept[0], kept[1][: 2 * count * gates].reshape(2, count, gates)


def _wide(array: Array) -> Floats:
    return array.astype(np.float32)
