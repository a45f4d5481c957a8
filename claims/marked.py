"""What follows from spans that a person marked: who the source is, and how the words are given.

The same steps as in extraction (`claims.extract`), for one source in an article that is read
already; what a person decided on others of its claims counts more than what the words tell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from claims.attribution import mode_of
from claims.model import Claim, Mode, Sentence, Spans, Speaker
from claims.profile import Profile
from claims.quotes import find
from claims.speakers import PRONOUNS, Speakers

_BACK = 200
"""Sentences before a source that are read for who it may be."""
_BESIDE = 6
"""Sentences on either side that are read for the quotation around some words."""


def speaker_of(
    text: str,
    sentences: Sequence[Sentence],
    profile: Profile,
    claims: Iterable[Claim],
    source: Spans,
    *,
    writer: Speaker | None = None,
) -> Speaker | None:
    """Who a source stands for, or None when nothing tells.

    `claims` are those of the article as they are now: a speaker whom they give to the same words is
    taken from the nearest of them. A pronoun is resolved by who was named before it.
    """
    if not source:
        return None
    at, words = source[0].start, _folded(source, text)
    others = [claim for claim in claims if claim.source and claim.speaker]
    if words not in PRONOUNS:
        same = [claim for claim in others if _folded(claim.source, text) == words]
        if same:
            nearest = min(same, key=lambda claim: abs(claim.source[0].start - at))
            return Speaker(nearest.speaker or "", nearest.role, nearest.side)
    number = _sentence_at(sentences, at)
    around = sentences[max(0, number - _BACK) : number + 2]
    resolving = Speakers(text, around, find(text, around), profile, writer)
    first = around[0].span.start if around else 0
    before = sorted(claim.source[0] for claim in others if first <= claim.source[0].start < at)
    for span in before:
        resolving.resolve(span)
    entity = resolving.resolve(source[0])
    return entity.speaker() if entity is not None else None


def mode_marked(text: str, sentences: Sequence[Sentence], content: Spans, source: Spans) -> Mode:
    """How the words are given to their source, as the quotation marks around them tell."""
    if not source:
        return Mode.UNATTRIBUTED
    first = _sentence_at(sentences, content[0].start)
    last = _sentence_at(sentences, content[-1].end)
    around = sentences[max(0, first - _BESIDE) : last + _BESIDE + 1]
    marked = sorted(
        part
        for quote in find(text, around)
        if quote.depth == 0
        for part in quote.spans
        if any(part.overlaps(span) for span in content)
    )
    return mode_of(text, content, marked)


def _folded(spans: Spans, text: str) -> str:
    words = " ".join(" ".join(span.of(text) for span in spans).split()).lower()
    return words.removeprefix("the ")


def _sentence_at(sentences: Sequence[Sentence], offset: int) -> int:
    return max(0, bisect_right(sentences, offset, key=lambda one: one.span.start) - 1)
