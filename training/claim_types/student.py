"""The linear model of claim types: from features and soft targets to the weights file.

A multinomial logistic regression with a Gaussian prior, fitted by L-BFGS. Beside its own row each
word has a row that it shares with words of like use: the product of its GloVe vector (Pennington,
Socher and Manning 2014) and a small matrix that is fitted with the rest. Both are added up when
the weights are written, so that nothing of it is left at run time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from claims.kind_model import STEPS, encode
from claims.model import ClaimType

TYPES = tuple(ClaimType)
Features = tuple[Sequence[str], Sequence[tuple[str, int]]]
"""The words of a claim and the rest of its features with their counts (`kind_model.features`)."""

SHARE = 2.5
"""What the words of a claim weigh together, against the rest of its features."""
LIKENESS = 0.6
"""What the shared rows weigh against a word's own."""
MIN_WORD, MIN_PAIR, MIN_REST = 4, 12, 2
"""How many claims must have a feature before it gets a row."""
PRIOR = 1.0
ROUNDS = 120
STEPS_OF_A_BYTE = 127


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features that have rows, and the vectors of those that are single words."""

    words: Mapping[str, int]
    rest: Mapping[str, int]
    vectors: sparse.csr_matrix


def vocabulary(
    claims: Sequence[Features], vectors: Mapping[str, np.ndarray], *, least: int = 0
) -> Vocabulary:
    """The features frequent enough to be worth a row, in the order of their names.

    `least` replaces the numbers of claims that words and pairs must be in. Without vectors there
    are no shared rows.
    """
    words = Counter(word for listed, _ in claims for word in set(listed))
    rest = Counter(name for _, listed in claims for name, _ in listed)
    kept = sorted(
        word
        for word, count in words.items()
        if count >= (least or (MIN_PAIR if "\t" in word else MIN_WORD))
    )
    size = len(next(iter(vectors.values()))) if vectors else 0
    table = sparse.lil_matrix((len(kept), size), dtype=np.float64)
    for at, word in enumerate(kept):
        if word in vectors:
            table[at] = vectors[word]
    return Vocabulary(
        {word: at for at, word in enumerate(kept)},
        {name: at for at, name in enumerate(sorted(n for n, c in rest.items() if c >= MIN_REST))},
        table.tocsr(),
    )


def matrix(claims: Sequence[Features], known: Vocabulary) -> sparse.csr_matrix:
    """One row for each claim: its words, the rest, and the vectors of its words."""
    words: list[tuple[int, int, float]] = []
    rest: list[tuple[int, int, float]] = []
    for row, (listed, others) in enumerate(claims):
        columns = [known.words[word] for word in listed if word in known.words]
        share = SHARE / np.sqrt(max(1, len(columns)))
        words += [(row, column, share) for column in sorted(columns)]
        rest += [(row, known.rest[n], count / STEPS) for n, count in others if n in known.rest]
    left = _sparse(words, (len(claims), len(known.words)))
    right = _sparse(rest, (len(claims), len(known.rest)))
    parts = [left, right]
    if known.vectors.shape[1]:
        parts.append(LIKENESS * (left @ known.vectors))
    return sparse.hstack(parts).tocsr()


def _sparse(cells: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> sparse.csr_matrix:
    rows, columns, values = zip(*cells, strict=True)
    return sparse.csr_matrix((values, (rows, columns)), shape)


def fit(
    inputs: sparse.csr_matrix,
    targets: np.ndarray,
    weights: np.ndarray,
    *,
    prior: float = PRIOR,
    rounds: int = ROUNDS,
) -> np.ndarray:
    """Weights (features by types) of the regression on soft targets; deterministic."""
    count, kinds = inputs.shape[1], targets.shape[1]
    turned = inputs.T.tocsr()
    wanted = weights[:, None] * targets

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(count, kinds)
        logits = inputs @ table
        logits -= logits.max(1, keepdims=True)
        odds = np.exp(logits)
        whole = odds.sum(1, keepdims=True)
        cost = -(wanted * (logits - np.log(whole))).sum() + 0.5 / prior * (flat @ flat)
        slope = turned @ (weights[:, None] * odds / whole - wanted) + table / prior
        return float(cost), slope.ravel()

    found = minimize(
        loss,
        np.zeros(count * kinds),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": rounds, "maxcor": 8},
    )
    return np.asarray(found.x).reshape(count, kinds)


def probabilities(inputs: sparse.csr_matrix, table: np.ndarray) -> np.ndarray:
    """The probability of each type for each row."""
    logits = inputs @ table
    odds = np.exp(logits - logits.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def packed(table: np.ndarray, known: Vocabulary, *, heat: float) -> bytes:
    """The weights file; every logit is divided by `heat`, which makes the model less sure."""
    words, rest = len(known.words), len(known.rest)
    own = table[:words] + LIKENESS * (known.vectors @ table[words + rest :])
    other = table[words : words + rest]
    # Only differences between types count, so that each row may be centred.
    own = own - own.mean(1, keepdims=True)
    other = other - other.mean(1, keepdims=True)
    own_step, other_step = (np.abs(part).max() / STEPS_OF_A_BYTE for part in (own, other))
    whole = np.vstack([np.rint(own / own_step), np.rint(other / other_step)]).astype(int)
    return encode(
        TYPES,
        [*known.words, *known.rest],
        whole.tolist(),
        word_scale=round(float(SHARE * own_step / heat), 9),
        rest_scale=round(float(other_step / heat), 9),
    )
