"""The student: the network that ships, trained on labelled news and on the teacher's labels."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody gives it
from torch import Tensor, nn

from claims.tagger.lexicon import OUTLINES
from claims.tagger.linking import LABELS
from claims.tagger.network import TABLES
from training.tagger.chain import Chain
from training.tagger.corpus import Array, Example, grouped

QUOTATION, PLACE, CUE_LEVELS = 10, 8, 11
"""Sizes of the small tables: quotation states (twice), places in the sentence, cue shares."""


class Student(nn.Module):
    """Fixed word vectors and learnt tables, two bidirectional LSTM layers, scores from both."""

    def __init__(self, header: dict[str, Any], vectors: Array, hidden: int = 128) -> None:
        super().__init__()
        self.register_buffer("vectors", torch.tensor(vectors))
        sizes = [
            (len(header["frequent"]), 24),
            (len(header["suffix"]), 12),
            (len(header["prefix"]), 8),
            (OUTLINES, 8),
            (len(header["tags"]), 16),
            (QUOTATION, 8),
            (CUE_LEVELS, 8),
            (PLACE, 6),
        ]
        self.tables = nn.ModuleList(nn.Embedding(n, d) for n, d in sizes)
        for table in self.tables:
            nn.init.normal_(table.weight, 0, 0.3)
        width = vectors.shape[1] + sum(d for _, d in sizes)
        self.ahead = nn.ModuleList(
            nn.LSTM(n, hidden, batch_first=True) for n in (width, 2 * hidden)
        )
        self.behind = nn.ModuleList(
            nn.LSTM(n, hidden, batch_first=True) for n in (width, 2 * hidden)
        )
        self.out, self.crf = nn.Linear(4 * hidden, LABELS), Chain()

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        b, t, _ = ids.shape
        if self.training:  # forget words at random, so that the context must do
            ids = ids.clone()
            ids[..., :2] *= (torch.rand(b, t, 1) >= 0.05).long()
            ids[..., 1] *= (torch.rand(b, t) >= 0.10).long()
        x = torch.cat(
            [self.vectors[ids[..., 0]], *(e(ids[..., i + 1]) for i, e in enumerate(self.tables))], 2
        )
        x = self.locked(x, 0.3)
        place = torch.arange(t)[None].expand(b, t)
        mirror = torch.where(place < lengths[:, None], lengths[:, None] - 1 - place, place)

        def turned(z: Tensor) -> Tensor:
            return z.gather(1, mirror[:, :, None].expand(-1, -1, z.shape[2]))

        states = []
        for ahead, behind in zip(self.ahead, self.behind, strict=True):
            x = self.locked(torch.cat([ahead(x)[0], turned(behind(turned(x))[0])], 2), 0.5)
            states.append(x)
        scores: Tensor = self.out(torch.cat(states, 2))
        return scores

    def locked(self, x: Tensor, p: float) -> Tensor:
        """Dropout with one mask for all steps of a sequence (Gal & Ghahramani 2016)."""
        if not self.training:
            return x
        return x * (torch.rand(x.shape[0], 1, x.shape[2]) > p).float() / (1 - p)


def train_student(
    header: dict[str, Any],
    vectors: Array,
    labelled: Sequence[Example],
    soft: Sequence[Example],
    epochs: int,
    seed: int,
    soft_weight: float = 1.0,
) -> dict[str, Array]:
    """The moving average of the student's parameters over its training."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Student(header, vectors)
    average = {n: p.detach().clone() for n, p in model.named_parameters()}
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1e-4)
    pools = [list(labelled), list(soft)]
    sizes = [[len(x.words) for x in pool] for pool in pools]
    total = epochs * sum(len(grouped(s, 1600, None)) for s in sizes)
    step, started = 0, time.time()
    for epoch in range(epochs):
        model.train()
        jobs = [(k, batch) for k in (0, 1) for batch in grouped(sizes[k], 1600, rng)]
        rng.shuffle(jobs)
        summed = 0.0
        for k, batch in jobs:
            for group in optimiser.param_groups:
                group["lr"] = (
                    3e-3 * min(1, (step + 1) / 200) * (0.02 + 0.98 * max(0.0, 1 - step / total))
                )
            step += 1
            part = [pools[k][i] for i in batch]
            width = max(len(x.words) for x in part)
            ids = torch.zeros(len(part), width, 9, dtype=torch.long)
            path = torch.zeros(len(part), width, dtype=torch.long)
            share = torch.zeros(len(part), width, LABELS)
            mask = torch.zeros(len(part), width)
            for r, x in enumerate(part):
                n = len(x.words)
                ids[r, :n], mask[r, :n] = torch.from_numpy(x.ids), 1
                path[r, :n] = torch.tensor(rng.choice(x.labels))
                share[r, :n] = (
                    F.one_hot(path[r, :n], LABELS) if x.soft is None else torch.from_numpy(x.soft)
                )
            scores = model(ids, mask.sum(1).long())
            loss = (
                model.crf.loss(scores, share, path, mask)
                - 0.3 * (share * F.log_softmax(scores, 2)).sum()
            )
            loss = loss / mask.sum() * (soft_weight if k else 1.0)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            summed += loss.item()
            with torch.no_grad():
                for n, p in model.named_parameters():
                    average[n].lerp_(p, 1 - min(0.998, (1 + step) / (10 + step)))
        print(
            f"student {epoch + 1}/{epochs} loss {summed / len(jobs):.4f} "
            f"{time.time() - started:.0f} s",
            flush=True,
        )
    crf = Chain()
    out = {n: p.numpy() for n, p in average.items()}
    out["crf.step"] = out["crf.step"] + crf.forbidden.numpy()
    out["crf.first"] = out["crf.first"] + crf.forbidden_first.numpy()
    return out


def packed(parameters: dict[str, Array], vectors: Array) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the run-time network (see claims.tagger.network.Network)."""
    scale = (np.abs(vectors).max(1) / 127 + 1e-9).astype(np.float32)
    arrays: dict[str, npt.NDArray[Any]] = {
        "vectors": np.round(vectors / scale[:, None]).astype(np.int8),
        "vector_scale": scale.astype(np.float16),
    }
    for i in range(TABLES):
        arrays[f"table{i}"] = parameters[f"tables.{i}.weight"].astype(np.float16)

    def gates(name: str) -> Array:
        i, f, g, o = np.split(parameters[name], 4, axis=0)
        return np.concatenate([i / 2, f / 2, o / 2, g], axis=0).T

    for k in (0, 1):
        for new, old in (("win", "weight_ih_l0"), ("wrec", "weight_hh_l0")):
            arrays[f"{new}{k}"] = np.stack(
                [gates(f"{d}.{k}.{old}") for d in ("ahead", "behind")]
            ).astype(np.float16)
        arrays[f"bias{k}"] = np.stack(
            [
                gates(f"{d}.{k}.bias_ih_l0") + gates(f"{d}.{k}.bias_hh_l0")
                for d in ("ahead", "behind")
            ]
        )
    arrays["out"], arrays["out_bias"] = parameters["out.weight"].T, parameters["out.bias"]
    arrays["transition"], arrays["initial"] = parameters["crf.step"], parameters["crf.first"]
    return arrays
