"""How far a confidence can be trusted: reliability tables, and the logistic models behind it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from claims.hybrid import Decided, logit

Models = Mapping[str, Sequence[float]]
_EDGES = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
_PRIOR = {"_BOTH": [0.0, 1.0, 0.0], "_NETWORK_ALONE": [0.0, 1.0], "_RULE_ALONE": [0.0]}
"""Weights without any evidence: the network's confidence as it stands. What a rule alone finds is
too little to weigh the rule's confidence."""
_RIDGE = 1.0
"""Pull towards the prior."""


def table(judged: Iterable[tuple[float, float]]) -> list[str]:
    """Reliability as lines: claims by confidence, with the mean confidence and the share right."""
    points = sorted(judged)
    lines = ["confidence  claims   mean  right"]
    gap = 0.0
    for low, high in pairwise(_EDGES):
        here = [one for one in points if low <= one[0] < high]
        if not here:
            continue
        mean = sum(one[0] for one in here) / len(here)
        right = sum(one[1] for one in here) / len(here)
        gap += abs(mean - right) * len(here)
        lines.append(f"{low:.1f} to {min(high, 1.0):.1f} {len(here):7} {mean:6.2f} {right:6.2f}")
    return [*lines, f"mean gap between confidence and share right: {gap / len(points):.3f}"]


def _evidence(one: Decided) -> tuple[str, list[float]] | None:
    """Which model judges an attribution, and what from."""
    if one.network is not None and one.rule is not None:
        return "_BOTH", [1.0, logit(one.network), logit(one.rule)]
    if one.network is not None:
        return "_NETWORK_ALONE", [1.0, logit(one.network)]
    if one.rule is not None:
        return "_RULE_ALONE", [1.0]
    return None


def judge(models: Models, one: Decided) -> float:
    """The confidence under some models; the rules' own where they are never overruled."""
    evidence = _evidence(one)
    if evidence is None:
        return one.attribution.confidence
    return _sigmoid(sum(w * v for w, v in zip(models[evidence[0]], evidence[1], strict=True)))


def fit(judged: Sequence[tuple[Decided, float]]) -> dict[str, list[float]]:
    """Logistic models by maximum likelihood, with a weak ridge, by Newton's method."""
    models = {}
    for name in _PRIOR:
        rows = [
            (evidence[1], right)
            for one, right in judged
            if (evidence := _evidence(one)) is not None and evidence[0] == name
        ]
        models[name] = _newton(rows, _PRIOR[name])
    return models


def _newton(rows: Sequence[tuple[list[float], float]], prior: list[float]) -> list[float]:
    weights = list(prior)
    size = len(prior)
    for _ in range(25):
        gradient = [_RIDGE * (weights[a] - prior[a]) for a in range(size)]
        curve = [[_RIDGE * (a == b) for b in range(size)] for a in range(size)]
        for values, right in rows:
            guess = _sigmoid(sum(w * v for w, v in zip(weights, values, strict=True)))
            for a in range(size):
                gradient[a] += (guess - right) * values[a]
                for b in range(size):
                    curve[a][b] += guess * (1 - guess) * values[a] * values[b]
        for a, step in enumerate(_solve(curve, gradient)):
            weights[a] -= step
    return weights


def _solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """The solution of a small positive definite system (elimination without pivoting)."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for a, pivot in enumerate(rows):
        for b, row in enumerate(rows):
            if a != b:
                share = row[a] / pivot[a]
                rows[b] = [x - share * y for x, y in zip(row, pivot, strict=True)]
    return [row[-1] / row[a] for a, row in enumerate(rows)]


def _sigmoid(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value))))
