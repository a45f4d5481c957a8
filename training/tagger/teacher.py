"""The teacher: MiniLM fine-tuned to label tokens, and its labels for unlabelled articles."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody gives it
from torch import Tensor, nn

from claims.tagger.field import Field
from claims.tagger.linking import LABELS
from claims.tagger.network import Packing
from training.tagger.chain import Chain
from training.tagger.corpus import Example, grouped
from training.tagger.vocabulary import MiniLM


class Layer(nn.Module):
    """A post-norm transformer encoder layer, as in BERT."""

    def __init__(self, tensors: dict[str, Tensor], prefix: str, heads: int = 12) -> None:
        super().__init__()
        self.heads = heads

        def linear(name: str) -> nn.Linear:
            w, b = tensors[f"{prefix}.{name}.weight"], tensors[f"{prefix}.{name}.bias"]
            out = nn.Linear(w.shape[1], w.shape[0])
            out.weight.data, out.bias.data = w.float().clone(), b.float().clone()
            return out

        def norm(name: str) -> nn.LayerNorm:
            out = nn.LayerNorm(384, 1e-12)
            out.weight.data = tensors[f"{prefix}.{name}.weight"].float().clone()
            out.bias.data = tensors[f"{prefix}.{name}.bias"].float().clone()
            return out

        self.query, self.key, self.value = (
            linear(f"attention.self.{n}") for n in ("query", "key", "value")
        )
        self.attended, self.norm1 = (
            linear("attention.output.dense"),
            norm("attention.output.LayerNorm"),
        )
        self.up, self.down = linear("intermediate.dense"), linear("output.dense")
        self.norm2, self.drop = norm("output.LayerNorm"), nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, c = x.shape

        def heads(z: Tensor) -> Tensor:
            return z.view(b, t, self.heads, -1).transpose(1, 2)

        a = F.scaled_dot_product_attention(
            heads(self.query(x)), heads(self.key(x)), heads(self.value(x)), attn_mask=mask
        )
        x = self.norm1(x + self.drop(self.attended(a.transpose(1, 2).reshape(b, t, c))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Teacher(nn.Module):
    """MiniLM with the outline of the word added (its pieces are lower-cased) and a label layer."""

    def __init__(self, lm: MiniLM) -> None:
        super().__init__()
        t = {k.removeprefix("bert."): v for k, v in lm.tensors.items()}
        e = "embeddings."
        self.word = nn.Embedding.from_pretrained(t[e + "word_embeddings.weight"].float())
        self.register_buffer("position", t[e + "position_embeddings.weight"].float())
        self.kind = nn.Parameter(t[e + "token_type_embeddings.weight"][0].float().clone())
        self.norm = nn.LayerNorm(384, 1e-12)
        self.norm.weight.data = t[e + "LayerNorm.weight"].float().clone()
        self.norm.bias.data = t[e + "LayerNorm.bias"].float().clone()
        self.outline = nn.Embedding(4, 384)
        self.outline.weight.data.zero_()
        self.layers = nn.ModuleList(Layer(t, f"encoder.layer.{i}") for i in range(6))
        self.drop, self.out = nn.Dropout(0.1), nn.Linear(384, LABELS)

    def forward(self, ids: Tensor, outline: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        x = self.word(ids) + self.position[: ids.shape[1]] + self.kind + self.outline(outline)
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return self.out(x[first])


@dataclass(slots=True)
class Window:
    """Consecutive passages of a document as word pieces; `words` are (example, token) in order."""

    ids: list[int]
    outline: list[int]
    first: list[int]
    words: list[tuple[Example, int]]


def windows(documents: Sequence[Sequence[Example]], lm: MiniLM, limit: int = 200) -> list[Window]:
    out: list[Window] = []
    cls, sep = lm.pieces["[CLS]"], lm.pieces["[SEP]"]
    for examples in documents:
        now = Window([cls], [3], [], [])
        for x in examples:
            size = sum(len(lm.split(w)) for w in x.words)
            if now.first and len(now.ids) + size > limit:
                out.append(now)
                now = Window([cls], [3], [], [])
            for i, w in enumerate(x.words):
                if len(now.ids) > limit + 100:
                    out.append(now)
                    now = Window([cls], [3], [], [])
                now.first.append(len(now.ids))
                now.words.append((x, i))
                kind = 0 if w.islower() else 2 if w.isupper() else 1 if w[0].isupper() else 3
                for piece in lm.split(w):
                    now.ids.append(piece)
                    now.outline.append(kind)
            now.ids.append(sep)
            now.outline.append(3)
        if now.first:
            out.append(now)
    return out


def window_tensors(batch: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    shape = (len(batch), max(len(w.ids) for w in batch))
    ids, outline = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    mask, first = torch.zeros(shape, dtype=torch.bool), torch.zeros(shape, dtype=torch.bool)
    for r, w in enumerate(batch):
        ids[r, : len(w.ids)] = torch.tensor(w.ids)
        outline[r, : len(w.ids)] = torch.tensor(w.outline)
        mask[r, : len(w.ids)] = True
        first[r, torch.tensor(w.first)] = True
    return ids, outline, mask, first


def train_teacher(documents: Sequence[Sequence[Example]], lm: MiniLM, epochs: int) -> Teacher:
    torch.manual_seed(0)
    rng = random.Random(0)
    model = Teacher(lm)
    data = windows(documents, lm)
    own = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    groups = [
        {
            "params": [p for n, p in own if p.ndim > 1 and not n.startswith("out")],
            "weight_decay": 0.01,
        },
        {
            "params": [p for n, p in own if p.ndim == 1 and not n.startswith("out")],
            "weight_decay": 0.0,
        },
        {"params": [p for n, p in own if n.startswith("out")], "weight_decay": 0.01},
    ]
    optimiser = torch.optim.AdamW(groups, lr=1.5e-4)
    sizes = [len(w.ids) for w in data]
    total = epochs * len(grouped(sizes, 3200, None))
    step, started = 0, time.time()
    for _ in range(epochs):
        model.train()
        for batch in grouped(sizes, 3200, rng):
            rate = 1.5e-4 * min(1, step / 100) * max(0.02, 1 - step / total)
            step += 1
            for group, factor in zip(optimiser.param_groups, (1, 1, 5), strict=True):
                group["lr"] = rate * factor
            gold = torch.tensor([rng.choice(x.labels)[i] for w in batch for x, i in data[w].words])
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(*window_tensors([data[w] for w in batch]))
            loss = F.cross_entropy(scores.float(), gold, label_smoothing=0.03)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            if step % 50 == 0:
                print(
                    f"teacher {step}/{total} loss {loss.item():.4f} {time.time() - started:.0f} s",
                    flush=True,
                )
    return model


def soften(model: Teacher, documents: Sequence[Sequence[Example]], lm: MiniLM) -> None:
    """Set `soft` and the best path of each example from the teacher, under the BIO constraint."""
    model.eval()
    data = windows(documents, lm)
    result = {id(x): np.zeros((len(x.words), LABELS), np.float32) for d in documents for x in d}
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for batch in grouped([len(w.ids) for w in data], 6400, None):
            p = F.log_softmax(model(*window_tensors([data[w] for w in batch])).float(), -1).numpy()
            k = 0
            for w in batch:
                for x, i in data[w].words:
                    result[id(x)][i] = p[k]
                    k += 1
    chain = Chain()
    allowed = Field(chain.forbidden.numpy(), chain.forbidden_first.numpy())
    examples = [x for d in documents for x in d]
    for at in range(0, len(examples), 400):
        part = examples[at : at + 400]
        packing = Packing([len(x.words) for x in part])
        scores = np.concatenate([result[id(x)] for x in part])
        path, share = allowed.best(scores, packing), allowed.probabilities(scores, packing)
        k = 0
        for x in part:
            n = len(x.words)
            x.labels, x.soft = [path[k : k + n]], share[k : k + n]
            k += n
