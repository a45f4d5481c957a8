"""The trained tagger beside the rules: each decides where it is right, and agreement counts.

The network has one layer and reads a paragraph at a time. So the rules keep headline colons,
transcripts, quotations over paragraphs, quotations inside quotations and who passed words on;
the network has the rest, and a rule that finds something where the network finds nothing adds it.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from claims.attribution import Attribution, Page, Tagger, by_rules
from claims.model import SentenceKind, Span, Spans

if TYPE_CHECKING:
    from claims.tagger.model import Marked

_OF_RULES = frozenset({"headline-colon", "transcript", "quote-in-quote"})
"""Rules that are never overruled."""
_NOT_ALONE = frozenset({"verb+phrase"})
"""Rules that count only where the network agrees: alone, one in eight is right on PolNeAR dev."""
_SAME = 0.5
"""Characters shared, of all in either content, from which two contents are one."""
_UNREAD = (SentenceKind.POST, SentenceKind.SIGNATURE)
_LEAST = 0.01

# Logistic models of being right (content with a word Jaccard of 0.5, source that overlaps), fitted
# on PolNeAR dev: python -m benchmarks.attribution DIR --calibrate
_BOTH = (0.114, 0.890, 0.365)
"""Constant, weight of the network's confidence as a logit, weight of the rule's."""
_NETWORK_ALONE = (-0.182, 0.824)
_RULE_ALONE = (-0.868,)


def by_trained(page: Page, weights: Path | None = None) -> list[Attribution]:
    """The attributions of the network and the rules together.

    `weights` is a file of weights; without one, those that come with warreader. Raises
    `claims.tagger.errors.WeightsError` when they cannot be used.
    """
    from claims.tagger.model import load
    from claims.tagger.weights import SHIPPED

    model = load(weights or SHIPPED)
    return combined(page, by_rules(page), model.attributions(page.text, paragraphs(page)))


TAGGERS: dict[str, Tagger] = {"rules": by_rules, "trained": by_trained}
"""The taggers by name."""


def paragraphs(page: Page) -> list[Span]:
    """The paragraphs that the network reads: all but embedded posts and signatures."""
    found: list[Span] = []
    previous = -1
    for sentence in page.sentences:
        if sentence.kind in _UNREAD:
            previous = -1
        elif sentence.paragraph == previous:
            found[-1] = Span(found[-1].start, sentence.span.end)
        else:
            found.append(sentence.span)
            previous = sentence.paragraph
    return found


def combined(
    page: Page, ruled: Iterable[Attribution], marked: Sequence[Marked]
) -> list[Attribution]:
    """One list from what the rules and what the network found, with calibrated confidences."""
    return [
        replace(one.attribution, confidence=confidence(one.network, one.rule))
        if one.network is not None or one.rule is not None
        else one.attribution
        for one in decided(page, ruled, marked)
    ]


def confidence(network: float | None, rule: float | None) -> float:
    """How likely an attribution is right, from the confidence of each tagger that found it."""
    if network is None:
        return _logistic(_RULE_ALONE)
    if rule is None:
        return _logistic(_NETWORK_ALONE, network)
    return _logistic(_BOTH, network, rule)


@dataclass(frozen=True, slots=True)
class Decided:
    """An attribution with the confidence of each tagger that found it.

    Both are None where the rules are never overruled; they know best how sure they are.
    """

    attribution: Attribution
    network: float | None = None
    rule: float | None = None


def decided(page: Page, ruled: Iterable[Attribution], marked: Sequence[Marked]) -> list[Decided]:
    """What stays of both lists.

    Where both found a content, its edges and source are the network's, unless it has no source.
    `rule` says who decided: "trained", the rule's name, or "trained+NAME" when both agree.
    """
    long = {
        part
        for quote in page.quotes
        if len(quote.spans) > 1 and "\n" in page.text[quote.start : quote.end]
        for part in quote.spans
    }
    kept: list[Decided] = []
    others: list[Attribution] = []
    area = _Area(marked)
    left = set(range(len(marked)))
    for one in ruled:
        if one.rule in _OF_RULES or one.relays or any(span in long for span in one.content):
            kept.append(Decided(one))
            left.difference_update(area.shared(one.content))
        else:
            others.append(one)
    partners = _partners(others, marked, area, left)
    for index, one in enumerate(others):
        partner = partners.get(index)
        if partner is not None:
            left.discard(partner)
            mark = marked[partner]
            kept.append(Decided(_agreed(one, mark), mark.confidence, one.confidence))
        elif one.rule not in _NOT_ALONE and not area.shared(one.content):
            kept.append(Decided(one, rule=one.confidence))
    for number in sorted(left):
        mark = marked[number]
        found = Attribution(mark.content, mark.source, mark.cue, "trained")
        kept.append(Decided(found, network=mark.confidence))
    return kept


def _partners(
    others: Sequence[Attribution], marked: Sequence[Marked], area: _Area, left: set[int]
) -> dict[int, int]:
    """Which attribution of the rules is which of the network's, the most alike first."""
    pairs: list[tuple[float, int, int]] = []
    for index, one in enumerate(others):
        size = _size(one.content)
        for number, shared in area.shared(one.content).items():
            alike = shared / (size + _size(marked[number].content) - shared)
            if number in left and alike >= _SAME:
                pairs.append((-alike, index, number))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, index, number in sorted(pairs):
        if index not in found and number not in taken:
            found[index] = number
            taken.add(number)
    return found


def _agreed(one: Attribution, mark: Marked) -> Attribution:
    return Attribution(
        mark.content,
        mark.source or one.source,
        mark.cue or one.cue,
        f"trained+{one.rule}",
        channel=one.channel,
    )


def _logistic(weights: Sequence[float], *confidences: float) -> float:
    total = weights[0]
    for weight, confidence in zip(weights[1:], confidences, strict=True):
        total += weight * logit(confidence)
    return 1.0 / (1.0 + math.exp(-total))


def logit(confidence: float) -> float:
    """The logit of a confidence, kept away from 0 and 1."""
    kept = min(max(confidence, _LEAST), 1.0 - _LEAST)
    return math.log(kept / (1.0 - kept))


def _size(spans: Spans) -> int:
    return sum(span.end - span.start for span in spans)


class _Area:
    """Where the network's contents lie; they are disjoint, for a token has one label."""

    def __init__(self, marked: Sequence[Marked]) -> None:
        self._spans = sorted(
            (span.start, span.end, number)
            for number, mark in enumerate(marked)
            for span in mark.content
        )
        self._starts = [start for start, _, _ in self._spans]

    def shared(self, content: Spans) -> dict[int, int]:
        """How many characters each content of the network shares with this one, if any."""
        found: dict[int, int] = {}
        for low, high in content:
            first = max(0, bisect_right(self._starts, low) - 1)
            for start, end, number in self._spans[first : bisect_left(self._starts, high)]:
                both = min(end, high) - max(start, low)
                if both > 0:
                    found[number] = found.get(number, 0) + both
        return found


__all__ = ["TAGGERS", "by_trained", "combined", "decided", "logit", "paragraphs"]
