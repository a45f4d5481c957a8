"""The eleven numbers of the network's own confidence: fitted, and held against those that ship.

    python -m training.tagger.calibration --polnear DIR --weights FILE

DIR holds PolNeAR's train/. FILE holds a network that has not seen the held-out tenth of it: one
that `python -m training.tagger … --hold-out` wrote, or the one that the numbers were fitted with
(training/tagger/README.md says where that is). Every attribution with content that it finds in the
held-out documents is right for the share of the annotators whom content (word Jaccard of at least
0.5) and source suit; a logistic regression with an L2 penalty of 1 on all weights but the constant
(scikit-learn's default) predicts that from the evidence of `claims.tagger.model`.

Prints the numbers, those in the shipped weights, the largest difference, and how far it moves the
confidence of any of the attributions; the exit status is 1 when that is more than 0.001.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.attribution import read_gold, read_page, score
from claims.attribution import Attribution
from claims.hybrid import paragraphs
from claims.tagger.errors import WeightsError
from claims.tagger.model import Model, load
from claims.tagger.weights import SHIPPED, read
from training.tagger.corpus import held_out, read_polnear

CALIBRATION = [-1.6745, 0.273, 0.0564, 0.0844, 0.099, 0.257, -0.622, -2.0856, 0.0, 0.6576, 0.1963]
"""Constant and weights of the evidence for the network's own confidence (`claims.tagger.model`).

Fitted with an earlier network of this recipe; this module repeats it. What readers see is
calibrated again: `benchmarks.attribution --calibrate`.
"""
_PENALTY = 1.0
_STEPS = 50
_SAME = 0.001
"""As far may a confidence move and still be the same: it is shown with two digits."""

Array = npt.NDArray[np.float64]


def judged(model: Model, documents: Iterable[tuple[str, Sequence[Path]]]) -> tuple[Array, Array]:
    """The evidence of each attribution, and the share of annotators whom it suits.

    A document is its text and the brat files of its annotators.
    """
    evidence: list[list[float]] = []
    shares: list[float] = []
    for text, files in documents:
        page = read_page(text)
        found = []
        for marked, why in model.judged(page.text, paragraphs(page)):
            found.append(Attribution(marked.content, marked.source, marked.cue))
            evidence.append(why)
        right = [0.0] * len(found)
        for path in files:
            score(page, found, read_gold(path), right)
        shares.extend(one / len(files) for one in right)
    return np.array(evidence), np.array(shares)


def fit(evidence: Array, shares: Array) -> list[float]:
    """The constant and the weights, by Newton's method, to four digits."""
    rows = _with_constant(evidence)
    penalty = np.full(rows.shape[1], _PENALTY)
    penalty[0] = 0.0
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        guess = _sigmoid(rows @ weights)
        slope = rows.T @ (guess - shares) + penalty * weights
        bend = (rows * (guess * (1.0 - guess))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return [round(float(weight), 4) + 0.0 for weight in weights]


def moved(evidence: Array, one: Sequence[float], other: Sequence[float]) -> float:
    """How far the confidences under two fits lie apart at most."""
    rows = _with_constant(evidence)
    return float(np.abs(_sigmoid(rows @ np.array(one)) - _sigmoid(rows @ np.array(other))).max())


def _with_constant(evidence: Array) -> Array:
    return np.hstack([np.ones((len(evidence), 1)), evidence])


def _sigmoid(values: Array) -> Array:
    result: Any = 1.0 / (1.0 + np.exp(-np.clip(values, -60.0, 60.0)))
    return np.asarray(result, np.float64)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the fit beside the numbers that ship; 1 when they differ, 2 for what cannot be read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--polnear", type=Path, required=True, help="folder with train/")
    parser.add_argument(
        "--weights", type=Path, required=True, help="a network that has not seen the tenth"
    )
    options = parser.parse_args(arguments)
    try:
        model = load(options.weights)
    except WeightsError as problem:
        print(problem, file=sys.stderr)
        return 2
    documents = [
        (text, files)
        for name, text, files in read_polnear(options.polnear / "train")
        if held_out(name)
    ]
    if not documents:
        print(f"{options.polnear}: no train/text with train/attributions in it", file=sys.stderr)
        return 2
    evidence, shares = judged(model, documents)
    fitted = fit(evidence, shares)
    shipped = [float(one) for one in read(SHIPPED).header["calibration"]]
    apart = moved(evidence, fitted, shipped)
    print(f"{len(documents)} documents, {len(shares)} attributions, {shares.mean():.3f} right")
    print(f"fitted   {fitted}")
    print(f"shipped  {shipped}")
    largest = max(abs(one - two) for one, two in zip(fitted, shipped, strict=True))
    print(f"largest difference {largest:.4f}; a confidence moves by at most {apart:.4f}")
    return 0 if apart <= _SAME else 1


if __name__ == "__main__":
    sys.exit(main())
