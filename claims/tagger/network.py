"""The network: word tables, two bidirectional LSTM layers and label scores, over NumPy arrays."""

from __future__ import annotations

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
    they are packed, so that one tanh serves all four: sigmoid(x) = tanh(x/2)/2 + 1/2.
    """

    def __init__(self, arrays: Mapping[str, Array], layers: int) -> None:
        """Raises KeyError when an array is missing and ValueError when shapes do not fit."""
        self._vectors = arrays["vectors"]
        self._scale = arrays["vector_scale"].astype(np.float32)
        self._tables = [arrays[f"table{i}"].astype(np.float32) for i in range(TABLES)]
        self._layers = [
            (_wide(arrays[f"win{i}"]), _wide(arrays[f"wrec{i}"]), _wide(arrays[f"bias{i}"]))
            for i in range(layers)
        ]
        self._out, self._out_bias = _wide(arrays["out"]), _wide(arrays["out_bias"])
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
        states = []
        for into, recurrent, bias in self._layers:
            inputs = _layer(inputs, into, recurrent, bias, packing)
            states.append(inputs)
        result: Floats = np.concatenate(states, axis=1) @ self._out + self._out_bias
        return result


def _layer(x: Floats, into: Floats, recurrent: Floats, bias: Floats, packing: Packing) -> Floats:
    """One bidirectional LSTM layer; both directions are stepped through together."""
    count, hidden = len(x), recurrent.shape[1]
    entering = np.empty((2, count, 4 * hidden), np.float32)
    for direction, order in enumerate((packing.forward, packing.backward)):
        entering[direction] = (x @ into[direction] + bias[direction])[order]
    result = np.empty((2, count, hidden), np.float32)
    states = np.zeros((2, packing.width, hidden), np.float32)
    cells = np.zeros_like(states)
    at = 0
    for active in packing.active:
        gates = np.matmul(states[:, :active], recurrent)
        gates += entering[:, at : at + active]
        np.tanh(gates, out=gates)
        sigmoid = gates[:, :, : 3 * hidden]
        sigmoid *= 0.5
        sigmoid += 0.5
        cell, state = cells[:, :active], states[:, :active]
        cell *= sigmoid[:, :, hidden : 2 * hidden]
        cell += sigmoid[:, :, :hidden] * gates[:, :, 3 * hidden :]
        np.tanh(cell, out=state)
        state *= sigmoid[:, :, 2 * hidden :]
        result[:, at : at + active] = state
        at += active
    joined = np.empty((count, 2 * hidden), np.float32)
    joined[packing.forward, :hidden] = result[0]
    joined[packing.backward, hidden:] = result[1]
    return joined


def _wide(array: Array) -> Floats:
    return array.astype(np.float32)
