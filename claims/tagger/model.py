"""The tagger as a whole: from paragraphs to attributions, each with its confidence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from claims.model import Span, Spans
from claims.tagger.errors import WeightsError
from claims.tagger.field import Field
from claims.tagger.lexicon import Lexicon
from claims.tagger.linking import SOURCE, Fragment, Link, link
from claims.tagger.network import Floats, Network, Packing
from claims.tagger.passages import INSIDE, OPENING, Passage, passages
from claims.tagger.weights import SHIPPED, Weights, read

_BATCH = 6_000
"""Tokens that are tagged together; bounds the memory."""
_SOURCE_BONUS = 1.0
"""Added to the scores of source labels in the sentence of a cue that was left without a source;
chosen on a tenth of the training documents (claims there: 64.6 to 65.2)."""
_FIXED = 50.0
"""Added to a label that the second decoding may not change."""
_LEAST = 0.005
"""Probabilities are kept this far from 0 and 1 before their logit is taken."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution: spans of its parts, and how likely content and source are both right."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float


@lru_cache(maxsize=2)
def load(path: Path = SHIPPED) -> Model:
    """The tagger with the weights of a file, kept for the next call.

    Raises `WeightsError` when the file is missing, foreign, damaged or of another shape.
    """
    weights = read(path)
    try:
        return Model(weights)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as problem:
        raise WeightsError(
            f"{path}: weights of another tagger ({problem}); give a file that training/ wrote"
        ) from problem


class Model:
    """Lexicon, network and field; may be shared between threads."""

    def __init__(self, weights: Weights) -> None:
        """Raises KeyError, TypeError or ValueError when the weights do not fit together."""
        header, arrays = weights.header, weights.arrays
        self.digest = weights.digest
        self.lexicon = Lexicon(header)
        self._network = Network(arrays, header["layers"])
        self._field = Field(arrays["transition"], arrays["initial"])
        self._calibration = [float(one) for one in header["calibration"]]
        if len(self._calibration) != _EVIDENCE + 1:
            raise ValueError(f"the calibration has not {_EVIDENCE + 1} numbers")

    def attributions(self, text: str, paragraphs: Iterable[Span]) -> list[Marked]:
        """Every attribution with content in these paragraphs of a text, in their order."""
        found = [marked for marked, _ in self.judged(text, paragraphs)]
        return sorted(found, key=lambda one: min(one.source + one.cue + one.content))

    def judged(self, text: str, paragraphs: Iterable[Span]) -> Iterator[tuple[Marked, list[float]]]:
        """Each attribution with the evidence that its confidence is computed from, for training."""
        for batch in _batches(passages(text, paragraphs, self.lexicon)):
            for passage, (labels, probability) in zip(batch, self._tag(batch), strict=True):
                for one in link(labels, passage.sentence):
                    if one.content:
                        evidence = _evidence(passage, one, probability)
                        yield self._marked(passage, one, evidence), evidence

    def _tag(self, batch: Sequence[Passage]) -> list[tuple[list[int], Floats]]:
        """Labels and label probabilities (tokens, 7) of each passage."""
        lengths = [len(passage.words) for passage in batch]
        bounds = [0]
        for length in lengths:
            bounds.append(bounds[-1] + length)
        packing = Packing(lengths)
        rows = np.array([row for passage in batch for row in passage.rows], np.int32)
        scores = self._network.scores(rows, packing)
        flat = self._field.best(scores, packing)
        probability = self._field.probabilities(scores, packing)
        labels = [flat[low:high] for low, high in pairwise(bounds)]
        again = [
            number
            for number, passage in enumerate(batch)
            if _favour_sources(scores[bounds[number] : bounds[number + 1]], passage, labels[number])
        ]
        if again:
            part = np.concatenate([scores[bounds[k] : bounds[k + 1]] for k in again])
            second = self._field.best(part, Packing([lengths[k] for k in again]))
            at = 0
            for number in again:
                labels[number] = second[at : at + lengths[number]]
                at += lengths[number]
        return [
            (own, probability[low:high])
            for own, (low, high) in zip(labels, pairwise(bounds), strict=True)
        ]

    def _marked(self, passage: Passage, one: Link, evidence: Sequence[float]) -> Marked:
        weights = self._calibration
        logit = weights[0] + sum(
            weight * value for weight, value in zip(weights[1:], evidence, strict=True)
        )
        return Marked(
            _spans(passage, [one.source]),
            _spans(passage, [one.cue]),
            _spans(passage, one.content),
            1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, logit)))),
        )


def _favour_sources(scores: Floats, passage: Passage, labels: Sequence[int]) -> bool:
    """Change the scores so that a second decoding may find the sources of cues without one.

    Labels already given stay. False when no cue is without a source.
    """
    wanting = {
        passage.sentence[one.cue.start]
        for one in link(labels, passage.sentence)
        if one.cue and not one.source
    }
    if not wanting:
        return False
    for index, label in enumerate(labels):
        if label:
            scores[index, label] += _FIXED
        elif passage.sentence[index] in wanting:
            scores[index, SOURCE : SOURCE + 2] += _SOURCE_BONUS
        else:
            scores[index, 0] += _FIXED
    return True


_EVIDENCE = 10


def _evidence(passage: Passage, one: Link, probability: Floats) -> list[float]:
    """What the confidence is computed from: logits of the parts' probabilities, and flags."""

    def inside(part: Fragment) -> float:
        own = probability[part.start : part.end, part.role : part.role + 2]
        return float(own.sum(axis=1).mean())

    def ends(part: Fragment) -> float:
        if part.end >= len(probability):
            return 1.0
        return float(1.0 - probability[part.end, part.role + 1])

    return [
        _logit(min(inside(part) for part in one.content)),
        _logit(min(float(probability[part.start, part.role]) for part in one.content)),
        _logit(min(ends(part) for part in one.content)),
        _logit(inside(one.cue)) if one.cue else 0.0,
        _logit(inside(one.source)) if one.source else 0.0,
        float(one.source is None),
        float(one.cue is None),
        0.0,  # attributions without content, which are not given out
        float(len(one.content) > 1),
        float(passage.quote[one.content[0].start] in (OPENING, INSIDE)),
    ]


def _logit(probability: float) -> float:
    kept = min(max(probability, _LEAST), 1.0 - _LEAST)
    return math.log(kept / (1.0 - kept))


def _spans(passage: Passage, parts: Iterable[Fragment | None]) -> Spans:
    kept = sorted((part.start, part.end) for part in parts if part is not None)
    return tuple(Span(passage.starts[low], passage.ends[high - 1]) for low, high in kept)


def _batches(found: Iterable[Passage]) -> Iterator[list[Passage]]:
    batch: list[Passage] = []
    tokens = 0
    for passage in found:
        batch.append(passage)
        tokens += len(passage.words)
        if tokens >= _BATCH:
            yield batch
            batch, tokens = [], 0
    if batch:
        yield batch
