"""What the tagger learns from: annotated news, unlabelled articles, and examples made of them."""

from __future__ import annotations

import collections
import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims.model import Span
from claims.tagger.lexicon import Lexicon
from claims.tagger.linking import CONTENT, CUE, SOURCE
from claims.tagger.passages import Passage, passages

Array = npt.NDArray[np.float32]
ROLE = {"source": SOURCE, "cue": CUE, "content": CONTENT}
UNLABELLED = ("fakes", "guardian_sdf", "isw", "narratives_en", "presidents", "ptc", "reuters")
EVERY = {"isw": 5, "presidents": 8, "guardian_sdf": 2, "ptc": 2}
"""Of these the teacher labels every n-th article only: they are long, and much alike."""
WRAPPED = ("reuters",)
"""Collections whose lines are wrapped: an article is read as one paragraph."""


@dataclass(slots=True)
class Example:
    """A sequence with its features; labels of each annotator, or a teacher's distributions."""

    words: list[str]
    ids: npt.NDArray[np.int64]
    labels: list[list[int]] = field(default_factory=list)
    soft: Array | None = None


def read_annotation(path: Path) -> list[tuple[int, int, int]]:
    """(start, end, role) of every fragment that stands in an attribution of a brat file."""
    spans: dict[str, list[tuple[int, int]]] = {}
    used: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        part = line.split("\t")
        if line.startswith("T") and len(part) > 1 and " " in part[1]:
            spans[part[0]] = [
                (int(p.split()[0]), int(p.split()[1])) for p in part[1].split(" ", 1)[1].split(";")
            ]
        elif line.startswith("E") and len(part) > 1:
            for argument in part[1].split():
                role, _, target = argument.partition(":")
                used.append((role.rstrip("0123456789").lower(), target))
    found = {
        (s, e): ROLE[role]
        for role, target in reversed(used)
        if role in ROLE
        for s, e in spans.get(target, [])
    }
    return sorted((s, e, r) for (s, e), r in found.items())


def label(seq: Passage, spans: Sequence[tuple[int, int, int]]) -> list[int]:
    """BIO labels; where fragments overlap, the one that starts first keeps its tokens."""
    y = [0] * len(seq.words)
    for start, end, role in spans:
        if end <= seq.starts[0] or start >= seq.ends[-1]:
            continue
        first = True
        for i in range(len(y)):
            if seq.starts[i] < end and seq.ends[i] > start and y[i] == 0:
                y[i] = role if first else role + 1
                first = False
    return y


def read_polnear(folder: Path) -> list[tuple[str, str, list[Path]]]:
    """(name, text, annotation files) of each document, in the order of the names."""
    files: dict[str, list[Path]] = collections.defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        files[path.stem.rsplit("_", 1)[0]].append(path)
    return [
        (name, (folder / "text" / f"{name}.txt").read_bytes().decode(), files[name])
        for name in sorted(files)
    ]


def held_out(name: str) -> bool:
    """A tenth of the documents, for choosing settings and for calibration."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10 == 0


def read_articles(folder: Path) -> list[tuple[str, str]]:
    """(collection, text) of the unlabelled articles."""
    out = []
    for name in UNLABELLED:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as f:
            for line in f:
                text = json.loads(line)["text"]
                out.append((name, text.replace("\n", " ") if name in WRAPPED else text))
    return out


def grouped(sizes: Sequence[int], tokens_each: int, rng: random.Random | None) -> list[list[int]]:
    """Indices in batches of like size; in random order when `rng` is given."""
    order = sorted(range(len(sizes)), key=lambda i: sizes[i] + (rng.random() * 4 if rng else 0))
    out: list[list[int]] = []
    now: list[int] = []
    for i in order:
        now.append(i)
        if len(now) * sizes[i] >= tokens_each:
            out.append(now)
            now = []
    if now:
        out.append(now)
    if rng:
        rng.shuffle(out)
    return out


def examples(text: str, files: Sequence[Path], lexicon: Lexicon) -> list[Example]:
    """The passages of a text, each line a paragraph, with the labels of each annotation file."""
    spans = [read_annotation(path) for path in files]
    lines, at = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    return [
        Example(list(one.words), np.array(one.rows, np.int64), [label(one, x) for x in spans])
        for one in passages(text, lines, lexicon)
    ]
