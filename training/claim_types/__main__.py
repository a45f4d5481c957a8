"""Train the weights of claim types: labels, a teacher that reads sentences, a linear student.

    python -m training.claim_types ARTICLES LABELLED [--folds N] [--out FILE]

ARTICLES holds the articles, as for `benchmarks/type_labels.py`; LABELLED holds `isaf.jsonl` and
`muc.jsonl`, of which a half is used with labels that allow several types. The teacher (a logistic
regression over the student's features and sentence vectors of MiniLM, and MiniLM itself fitted to
the labels) learns from the labels; it then gives probabilities to some 19,000 claims that nobody
labelled, and the student learns from both (Hinton, Vinyals and Dean 2015). With --folds, figures of
a cross-validation by article are printed and nothing is written: in each fold teacher and student
are trained without the articles that are measured. No row of the held-out third is read. The same
code, inputs and versions of the libraries give the same file byte for byte. It needs the packages
of the extra `train`, and takes eight minutes of one core.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from scipy import sparse

from training.claim_types import teacher
from training.claim_types.examples import Example, events, labelled, pool
from training.claim_types.student import (
    TYPES,
    Vocabulary,
    fit,
    matrix,
    packed,
    probabilities,
    vocabulary,
)
from training.claim_types.vectors import Encoder, word_vectors

OUT = Path(__file__).parents[2] / "claims" / "weights" / "types.bin"
SECOND = 0.25
"""What a label's second type is worth; the first has the rest."""
POOL_WEIGHT = 0.3
"""What a claim of the pool weighs against a labelled one."""
MEANING = 0.075
"""What a standard deviation of a sentence vector's component is worth to the teacher."""
SEED = 1
HEAT = 1.0
"""The temperature of the probabilities that are written; --folds prints the one that fits best."""


def targets(examples: Sequence[Example]) -> np.ndarray:
    """The label of each example as a distribution over the types."""
    out = np.zeros((len(examples), len(TYPES)))
    for row, one in enumerate(examples):
        out[row, [str(kind) for kind in TYPES].index(str(one.type))] += 1
        if one.second:
            out[row] *= 1 - SECOND
            out[row, [str(kind) for kind in TYPES].index(one.second)] += SECOND
    return out


class Trainer:
    """Labels and pool with their vectors; trains on any part of the labels."""

    def __init__(self, labels: Sequence[Example], others: Sequence[Example]) -> None:
        self.labels, self.others = labels, others
        self.targets = targets(labels)
        self.words = word_vectors()
        self.encoder = Encoder()
        self.texts = [self.encoder.cut(one.words) for one in labels]
        self.other_texts = [self.encoder.cut(one.words) for one in others]
        own = self.encoder.vectors(self.texts)
        middle, spread = own.mean(0), np.maximum(own.std(0), 1e-3)
        self.meanings = sparse.csr_matrix((own - middle) / spread * MEANING)
        rest = self.encoder.vectors(self.other_texts)
        self.other_meanings = sparse.csr_matrix((rest - middle) / spread * MEANING)

    def taught(self, part: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Teachers trained on a part of the labels: what they say of all labels and of the pool.

        The mean of two: a regression on fixed sentence vectors, and a reader fitted to the labels.
        """
        known = vocabulary([self.labels[at].features for at in part], {}, least=2)
        own, rest = (matrix(_features(some), known) for some in (self.labels, self.others))
        inputs = sparse.hstack([own, self.meanings]).tocsr()
        table = fit(inputs[part], self.targets[part], np.ones(len(part)))
        one = probabilities(inputs, table)
        other = probabilities(sparse.hstack([rest, self.other_meanings]).tocsr(), table)
        words = len(known.words)
        found, other_found = own[:, words:].toarray(), rest[:, words:].toarray()
        reader = teacher.train(
            self.encoder,
            [self.texts[at] for at in part],
            found[part],
            self.targets[part],
            seed=SEED,
        )
        one = (one + teacher.predict(reader, self.texts, found)) / 2
        other = (other + teacher.predict(reader, self.other_texts, other_found)) / 2
        for row, some in enumerate(self.others):
            if some.accepted:
                other[row] *= [kind in some.accepted for kind in TYPES]
                other[row] /= other[row].sum()
        return one, other

    def student(self, part: Sequence[int], said: np.ndarray) -> tuple[Vocabulary, np.ndarray]:
        """A student of a part of the labels and of what the teacher says of the pool."""
        chosen = [self.labels[at] for at in part]
        known = vocabulary(_features([*chosen, *self.others]), self.words)
        inputs = matrix(_features([*chosen, *self.others]), known)
        weights = np.r_[np.ones(len(part)), np.full(len(self.others), POOL_WEIGHT)]
        return known, fit(inputs, np.vstack([self.targets[part], said]), weights)

    def folds(self, count: int) -> None:
        """Print the figures of a cross-validation by article."""
        names = sorted({one.article for one in self.labels})
        fold_of = {name: at % count for at, name in enumerate(names)}
        folds = np.array([fold_of[one.article] for one in self.labels])
        taught = np.zeros_like(self.targets)
        student = np.zeros_like(self.targets)
        for fold in range(count):
            part, rest = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
            every, said = self.taught(part)
            known, table = self.student(part, said)
            taught[rest] = every[rest]
            student[rest] = probabilities(matrix(_features(self.labels), known)[rest], table)
        measured = np.array([one.measured for one in self.labels])
        for name, told in (("teacher", taught), ("student", student)):
            for group, rows in (
                ("all labels", measured | True),
                ("development", measured),
                ("training labels", ~measured),
            ):
                print(f"{name}, {group}: {self._figures(told[rows], np.flatnonzero(rows))}")
        self._reliability(student)

    def _figures(self, told: np.ndarray, rows: Sequence[int]) -> str:
        names = [str(kind) for kind in TYPES]
        gold = np.array([names.index(str(self.labels[at].type)) for at in rows])
        found = told.argmax(1)
        scores = []
        for kind in sorted(set(gold)):
            right = ((gold == kind) & (found == kind)).sum()
            scores.append(2 * right / ((gold == kind).sum() + (found == kind).sum()))
        loss = -np.log(np.maximum(1e-6, told[np.arange(len(rows)), gold])).mean()
        return (
            f"{len(rows)} labels, accuracy {(gold == found).mean():.3f}, "
            f"macro-F1 {np.mean(scores):.3f}, log loss {loss:.3f}"
        )

    def _reliability(self, told: np.ndarray) -> None:
        """Print how often the student is right where it is how sure, and the best temperature."""
        gold = self.targets.argmax(1)
        logs = np.log(np.maximum(told, 1e-9))

        def loss(heat: float) -> float:
            odds = np.exp(logs / heat)
            return float(-np.log(odds[np.arange(len(gold)), gold] / odds.sum(1)).mean())

        heat = min(np.arange(0.6, 2.01, 0.05), key=loss)
        print(f"best temperature {heat:.2f}: log loss {loss(heat):.3f}")
        odds = np.exp(logs / heat)
        sure, right = (odds / odds.sum(1, keepdims=True)).max(1), told.argmax(1) == gold
        for low in np.arange(0, 1, 0.1):
            rows = (sure >= low) & (sure < low + 0.1 + 1e-9 * (low > 0.85))
            if rows.any():
                share = right[rows].mean()
                print(f"  {low:.1f}-{low + 0.1:.1f}: {rows.sum():5} rows, {share:.2f} right")


def _features(examples: Sequence[Example]) -> list[tuple[list[str], list[tuple[str, int]]]]:
    return [one.features for one in examples]


def main() -> None:
    """Train, or measure by folds."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", type=Path, help="folder with the articles as JSONL")
    parser.add_argument("labelled", type=Path, help="folder with corpora of events as JSONL")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate, write nothing")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    torch.set_num_threads(1)
    try:
        trainer = Trainer(labelled(args.articles), [*pool(args.articles), *events(args.labelled)])
    except (OSError, ValueError) as problem:
        print(f"training.claim_types: {problem}", file=sys.stderr)
        raise SystemExit(2) from None
    if args.folds:
        trainer.folds(args.folds)
        return
    every = np.arange(len(trainer.labels))
    _, said = trainer.taught(every)
    known, table = trainer.student(every, said)
    data = packed(table, known, heat=HEAT)
    args.out.write_bytes(data)
    print(f"{args.out.name}: {len(data)} bytes, {len(known.words) + len(known.rest)} features")


if __name__ == "__main__":
    main()
