"""Vectors for the teacher and the student of claim types: sentences by MiniLM, words by GloVe.

MiniLM-L6-v2 (Wang et al. 2020; the sentence-transformers weights, Apache-2.0) reads claim and cue;
a claim's vector is the mean over its pieces of each of the last four layers. GloVe 6B, 50
dimensions (Pennington, Socher and Manning 2014, public domain dedication) gives vectors of words.
Only training needs them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812

from claims.kind_words import stem
from training.tagger.vocabulary import MiniLM, glove

WIDTH, LAYERS = 384, 6
_HEADS, _READ = 12, 4
_MOST_PIECES = 128
_BATCH = 32
_COMMON = 60_000
"""Words of GloVe, by frequency, that are looked at."""


class Encoder:
    """MiniLM as it was trained, without its last pooling."""

    def __init__(self) -> None:
        self._model = MiniLM()
        self.weights = self._model.tensors

    def vectors(self, texts: Sequence[Sequence[int]]) -> np.ndarray:
        """One row for each text that was cut into pieces."""
        out = np.zeros((len(texts), WIDTH * _READ), np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        with torch.no_grad():
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                out[batch] = self._run([texts[at] for at in batch]).numpy()
        return out

    def cut(self, text: str) -> list[int]:
        """The numbers of the word pieces, between the marks of start and end."""
        plain = unicodedata.normalize("NFD", text)
        plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
        out = [self._model.pieces["[CLS]"]]
        for word in re.findall(r"\w+|[^\w\s]", plain):
            out += self._model.split(word)
            if len(out) >= _MOST_PIECES:
                break
        return [*out[: _MOST_PIECES - 1], self._model.pieces["[SEP]"]]

    def _run(self, batch: Sequence[Sequence[int]]) -> torch.Tensor:
        state, there, mask = self.begin(batch)
        weight = there[:, :, None] / there.sum(1)[:, None, None]
        means = []
        for layer in range(LAYERS):
            state = self.layer(state, layer, mask)
            means.append((state * weight).sum(1))
        return torch.cat(means[-_READ:], 1)

    def begin(
        self, batch: Sequence[Sequence[int]]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """The state before the first layer, where there are pieces, and the mask of attention."""
        size = max(len(row) for row in batch)
        pieces = torch.zeros(len(batch), size, dtype=torch.long)
        there = torch.zeros(len(batch), size)
        for at, row in enumerate(batch):
            pieces[at, : len(row)] = torch.tensor(row)
            there[at, : len(row)] = 1
        state = (
            self.weights["embeddings.word_embeddings.weight"][pieces]
            + self.weights["embeddings.position_embeddings.weight"][:size]
            + self.weights["embeddings.token_type_embeddings.weight"][0]
        )
        state = _norm(state, self.weights, "embeddings.LayerNorm")
        return state, there, (1 - there)[:, None, None, :] * -1e9

    def layer(
        self,
        state: torch.Tensor,
        number: int,
        mask: torch.Tensor,
        *,
        weights: Mapping[str, torch.Tensor] | None = None,
        drop: float = 0.0,
    ) -> torch.Tensor:
        """The state after a layer, with its own weights or with those given."""
        used = self.weights if weights is None else weights
        name = f"encoder.layer.{number}."
        rows, size, _ = state.shape
        query, key, value = (
            _linear(state, used, f"{name}attention.self.{part}")
            .view(rows, size, _HEADS, -1)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(rows, size, WIDTH)
        seen = F.dropout(_linear(seen, used, f"{name}attention.output.dense"), drop, drop > 0)
        state = _norm(state + seen, used, f"{name}attention.output.LayerNorm")
        wide = F.gelu(_linear(state, used, f"{name}intermediate.dense"))
        wide = F.dropout(_linear(wide, used, f"{name}output.dense"), drop, drop > 0)
        return _norm(state + wide, used, f"{name}output.LayerNorm")


def _linear(state: torch.Tensor, weights: Mapping[str, torch.Tensor], name: str) -> torch.Tensor:
    return F.linear(state, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _norm(state: torch.Tensor, weights: Mapping[str, torch.Tensor], name: str) -> torch.Tensor:
    return F.layer_norm(state, (WIDTH,), weights[f"{name}.weight"], weights[f"{name}.bias"], 1e-12)


def word_vectors() -> dict[str, np.ndarray]:
    """The unit vector of each stem: of its words, the frequent ones weighing more."""
    ranks, table = glove()
    forms: dict[str, list[np.ndarray]] = {}
    for name, row in ranks.items():
        if row < _COMMON and name.isalpha():
            forms.setdefault(stem(name), []).append(table[row].astype(np.float64))
    out = {}
    for key, vectors in forms.items():
        mean = np.average(vectors, axis=0, weights=1 / np.arange(1, len(vectors) + 1))
        out[key] = mean / np.linalg.norm(mean)
    return out
