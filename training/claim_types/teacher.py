"""A teacher that reads sentences: the upper half of MiniLM fitted to the labels of claim types.

The lower three layers stay as they were. The mean and the greatest value of each component over
the pieces, and what the rules found, go into one linear layer. AdamW with a linear warm-up and
decay, few epochs: there are about a thousand labels.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

from training.claim_types.vectors import LAYERS, WIDTH, Encoder

_FROZEN = 3
_EPOCHS = 5
_BATCH = 24
_NEAR = 8
"""Batches that are filled together with texts of like length."""
_RATE, _HEAD_RATE, _RULES_RATE = 8e-5, 2e-3, 5e-3
_WARM = 0.1
_BEAM = 32


class Reader(nn.Module):
    """MiniLM with a layer for claim types."""

    def __init__(self, encoder: Encoder, rules: int, types: int) -> None:
        super().__init__()
        self.encoder = encoder
        upper = tuple(f"encoder.layer.{layer}." for layer in range(_FROZEN, LAYERS))
        # Module names may not hold dots.
        self.upper = nn.ParameterDict(
            {
                name.replace(".", "|"): nn.Parameter(value.clone())
                for name, value in encoder.weights.items()
                if name.startswith(upper)
            }
        )
        self.head = nn.Linear(2 * WIDTH, types)
        self.rules = nn.Linear(rules, types, bias=False)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.rules.weight)

    def forward(self, batch: Sequence[Sequence[int]], found: torch.Tensor) -> torch.Tensor:
        """Logits of the types for texts cut into pieces, with what the rules found in them."""
        with torch.no_grad():
            state, there, mask = self.encoder.begin(batch)
            for layer in range(_FROZEN):
                state = self.encoder.layer(state, layer, mask)
        weights = {name.replace("|", "."): value for name, value in self.upper.items()}
        drop = 0.1 if self.training else 0.0
        for layer in range(_FROZEN, LAYERS):
            state = self.encoder.layer(state, layer, mask, weights=weights, drop=drop)
        shown = there[:, :, None]
        mean = (state * shown).sum(1) / shown.sum(1)
        most = state.masked_fill(shown == 0, -9.0).max(1).values
        read = F.dropout(torch.cat([mean, most], 1), 0.3, self.training)
        told: torch.Tensor = self.head(read)
        return told + self.rules(F.dropout(found, 0.2, self.training))


def train(
    encoder: Encoder,
    texts: Sequence[Sequence[int]],
    found: np.ndarray,
    targets: np.ndarray,
    *,
    seed: int,
) -> Reader:
    """Fit a reader to texts cut into pieces; deterministic with one thread."""
    torch.manual_seed(seed)
    shuffler = random.Random(seed)
    model = Reader(encoder, found.shape[1], targets.shape[1]).train()
    rates = (_RATE, _HEAD_RATE, _RULES_RATE)
    parts = (model.upper.parameters(), model.head.parameters(), model.rules.parameters())
    decays = (0.01, 0.01, 0.05)
    optimiser = torch.optim.AdamW(
        [
            {"params": list(part), "lr": rate, "weight_decay": decay}
            for part, rate, decay in zip(parts, rates, decays, strict=True)
        ]
    )
    steps = _EPOCHS * -(-len(texts) // _BATCH)
    step = 0
    for _ in range(_EPOCHS):
        for batch in _batches(texts, shuffler):
            share = min(1.0, (step + 1) / (_WARM * steps)) * max(0.0, 1 - step / steps)
            step += 1
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share
            logits = model([texts[at] for at in batch], _tensor(found[batch]))
            loss = -(_tensor(targets[batch]) * F.log_softmax(logits, 1)).sum(1).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
    return model.eval()


def _batches(texts: Sequence[Sequence[int]], shuffler: random.Random) -> list[list[int]]:
    order = list(range(len(texts)))
    shuffler.shuffle(order)
    size = _BATCH * _NEAR
    order = [
        at
        for start in range(0, len(order), size)
        for at in sorted(order[start : start + size], key=lambda at: len(texts[at]))
    ]
    batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
    shuffler.shuffle(batches)
    return batches


def predict(model: Reader, texts: Sequence[Sequence[int]], found: np.ndarray) -> np.ndarray:
    """The probability of each type for each text."""
    out = np.zeros((len(texts), model.head.out_features))
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    with torch.no_grad():
        for start in range(0, len(order), _BEAM):
            batch = order[start : start + _BEAM]
            logits = model([texts[at] for at in batch], _tensor(found[batch]))
            out[batch] = F.softmax(logits, 1).numpy()
    return out


def _tensor(values: np.ndarray) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float32)
