"""The likely spans of a sentence: what a person who marks a claim by hand most often wants.

The machine has its say first: what each rule would take. Then every stretch between two edges of
the sentence (`claims.edges`), the likeliest first. How likely was counted, not thought up: on the
training part of PolNeAR (Newell et al. 2018), 18,198 contents that lie within one sentence, by
`python -m training.span_edges POLNEAR/train`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.attribution import Attribution, Page, by_rules
from claims.cues import VERBS
from claims.edges import Edges, Token, edges
from claims.model import Sentence, Span, Spans
from claims.quotes import find
from claims.words import ADVERBS, AUXILIARIES, BE, PREPOSITIONS, SUBORDINATORS, TIME_WORDS, WH

START: Mapping[str, float] = {
    "cue+that": 85.3,
    "cue+wh": 60.6,
    "cue+quote": 47.1,
    "according": 45.2,
    "cue": 32.2,
    "cue+to": 30.2,
    "noun+that": 28.6,
    "begin+quote": 27.0,
    "cue+prep": 16.3,
    "colon": 16.2,
    "that": 13.1,
    "noun+prep": 12.7,
    "quote": 5.1,
    "noun": 5.0,
    "wh": 4.9,
    "begin": 3.3,
    "verb": 3.0,
    "prep": 3.0,
    "to": 2.5,
    "cue+": 2.2,
    "comma": 1.3,
    "and": 0.5,
    "because": 0.3,
    "behind that": 0.3,
    "be": 0.1,
    "inside quote": 0.1,
}
"""Of a thousand stretches that begin at an edge of this kind, how many are a content."""
END: Mapping[str, tuple[float, float, float]] = {
    "quote+said": (6.95, 0.59, 0.0),
    "end": (4.04, 0.0, 0.0),
    "said": (2.89, 1.12, 1.62),
    "dash": (1.87, 0.13, 0.09),
    "quote": (1.83, 0.93, 0.49),
    "comma": (1.41, 0.3, 0.17),
    "and": (0.64, 0.12, 0.0),
    "because": (0.57, 0.09, 0.0),
    "be": (0.43, 0.05, 0.04),
    "prep": (0.23, 0.09, 0.02),
    "before clause": (0.13, 0.02, 0.0),
    "before cue": (0.04, 0.02, 0.0),
    "point": (0.03, 0.0, 0.0),
    "before quote": (0.0, 0.05, 0.0),
    "inside quote": (0.0, 0.0, 0.0),
}
"""How many times likelier, or less likely, an edge of this kind makes it: the first one after the
start, the second, and any further one."""
_HALF_A_QUOTATION = 0.05
"""What is left when a stretch begins or ends in the middle of a quotation."""
_BY_RULE = 400.0
"""Of a thousand contents that a rule takes, at least so many are right."""
_CUTS = frozenset(",–—―-")
_REACH = 4
"""Sentences before and after that the rules read with a sentence."""
_EDGES = 120
"""Places of a sentence that are looked at; one with more is no sentence, and costs no more."""
_FAR = 3_000
"""Characters from a content beyond which no source or cue of it is looked for."""
MOST = 9
"""As many spans are offered as there are digits."""
_BREAKS = frozenset(',;:–—―()[]"“”«»')
_LEADING = frozenset({"and", "but", "so", "or", "yet"})
_CLAUSE = SUBORDINATORS | WH | {"that", "than", "because", "but"}


@dataclass(frozen=True, slots=True)
class Likely:
    """Spans that may be a content, a source or a cue; a rule's content brings the other two."""

    spans: Spans
    source: Spans = ()
    cue: Spans = ()
    rule: str = ""
    """Which rule takes it; empty where only the edges speak for it."""


def contents(
    text: str,
    sentences: Sequence[Sentence],
    number: int,
    known: Collection[Spans] = (),
    *,
    most: int = MOST,
) -> tuple[Likely, ...]:
    """The likeliest contents in the sentence with this number, the likeliest first.

    Those in `known` are left out: a claim that is there need not be made again.
    """
    if not sentences:
        return ()
    home = sentences[number].span
    scores: dict[Spans, float] = {}
    for span, score in _between_edges(edges(text, home)):
        scores[(span,)] = max(score, scores.get((span,), 0.0))
    ruled: dict[Spans, Attribution] = {}
    for one in _by_rules(text, sentences, number):
        if home.start <= one.start < home.end:
            ruled.setdefault(one.content, one)
            scores[one.content] = max(3 * scores.get(one.content, 0.0), _BY_RULE)
    for spans in known:
        scores.pop(spans, None)
    best = sorted(scores, key=lambda spans: (-scores[spans], spans))[:most]
    made = []
    for spans in best:
        rule = ruled.get(spans)
        made.append(
            Likely(spans, rule.source, rule.cue, rule.rule) if rule is not None else Likely(spans)
        )
    return tuple(made)


def interrupted(sentence: Edges, whole: Span) -> Iterator[Likely]:
    """A stretch without the words for its source in the middle: "A, he said, B", "what he says B".

    Too many sentences have such words for this to be offered unasked.
    """
    tokens = sentence.tokens[: 20 * _EDGES]
    for at, token in enumerate(tokens):
        if token.quoted or token.low not in VERBS or not whole.covers(token.span):
            continue
        for phrase in _phrases(sentence, at):
            first = _verb_group(tokens, at)
            cue = Span(tokens[first].span.start, token.span.end)
            out = Span(min(phrase.start, cue.start), max(phrase.end, cue.end))
            low = next((k for k, one in enumerate(tokens) if one.span.start >= out.start), 0)
            high = next((k for k, one in enumerate(tokens) if one.span.end >= out.end), low)
            commas = low > 0 and tokens[low - 1].low in _CUTS
            if commas or (low > 0 and tokens[low - 1].mark == "close"):
                # "A, he said in a statement, B": what goes with the cue is left out with it.
                while high + 1 < len(tokens) and tokens[high + 1].low not in _CUTS:
                    high += 1
                if high + 1 >= len(tokens):
                    continue
            left = low - 1 - (commas and tokens[low - 1].mark != "close")
            right = high + 1
            while right < len(tokens) and tokens[right].low in _CUTS:
                right += 1
            if left < 0 or right >= len(tokens) or tokens[left].span.start < whole.start:
                continue
            before = Span(whole.start, tokens[left].span.end)
            behind = Span(tokens[right].span.start, whole.end)
            if before.start < before.end and behind.start < behind.end:
                yield Likely((before, behind), (phrase,), (cue,))


def _between_edges(sentence: Edges) -> Iterator[tuple[Span, float]]:
    ends = sentence.ends()
    first = 0
    for start, kind in sentence.starts()[:_EDGES]:
        seen: Counter[str] = Counter()
        while first < len(ends) and ends[first][0] <= start:
            first += 1
        # Where a sentence has no end, its own end is still among what is looked at.
        for end, closing in (*ends[first : first + _EDGES], *ends[first + _EDGES :][-1:]):
            score = START.get(kind, 0.0) * END[closing][min(2, seen[closing])]
            seen[closing] += 1
            span = Span(start, end)
            if any(_cuts(span, quotation) for quotation in sentence.quotations[:_EDGES]):
                score *= _HALF_A_QUOTATION
            if score > 0:
                yield span, score


def _cuts(span: Span, quotation: Span) -> bool:
    """Whether a stretch takes a part of a quotation and leaves the rest."""
    if not span.overlaps(quotation) or span.covers(quotation):
        return False
    return not (quotation.start <= span.start and span.end <= quotation.end)


def _by_rules(text: str, sentences: Sequence[Sentence], number: int) -> list[Attribution]:
    low, high = max(0, number - _REACH), min(len(sentences), number + _REACH + 1)
    around = tuple(sentences[low:high])
    return by_rules(Page(text, around, find(text, around)))


def sources(sentence: Edges, content: Spans, *, ruled: Sequence[Likely] = ()) -> tuple[Likely, ...]:
    """Who may be the source of a content, the likeliest first."""
    found: list[tuple[float, Span]] = []
    for one in ruled:
        if one.spans == content:
            found.extend((-2, span) for span in one.source)
        elif one.rule:
            found.extend((40, span) for span in one.source)
    for at in _cue_tokens(sentence.tokens, content[0]):
        far = _distance(sentence.tokens[at].span, content)
        for order, phrase in enumerate(_phrases(sentence, at)):
            found.append((far + order / 4, phrase))
    for span in sentence.names_and_figures():
        if span.of(sentence.text)[0].isupper():
            found.append((200 + _distance(span, content), span))
    return _ranked(found, content)


def cues(sentence: Edges, content: Spans, source: Spans) -> tuple[Likely, ...]:
    """What may say that a content is said, the likeliest first."""
    found: list[tuple[float, Span]] = []
    taken = (*content, *source)
    tokens = sentence.tokens
    for at in _cue_tokens(tokens, content[0]):
        token, last = tokens[at], at
        if token.low == "according" and at + 1 < len(tokens):
            last = at + 1
        first = _verb_group(tokens, at)
        far = _distance(token.span, content)
        if source:
            far += _distance(token.span, source) / 2
        whole = Span(tokens[first].span.start, tokens[last].span.end)
        found.append((far, whole))
        if first != at:
            found.append((far + 0.25, Span(token.span.start, tokens[last].span.end)))
    for span in sentence.cues():
        found.append((100 + _distance(span, content), span))
    return _ranked(found, taken)


def _cue_tokens(tokens: Sequence[Token], content: Span) -> Iterator[int]:
    """The tokens that may be a cue: known ones, and the word right before the content."""
    before = -1
    for at, token in enumerate(tokens):
        if token.span.end > content.start:
            break
        if token.low in _BREAKS:
            before = -1
        elif token.low[0].isalpha() and token.low not in PREPOSITIONS | _CLAUSE:
            before = at
    for at, token in enumerate(tokens):
        if abs(token.span.start - content.start) > _FAR:
            continue
        known = token.low in VERBS or token.low in ("according", "per")
        if (known and not token.quoted) or at == before:
            yield at


def _ranked(found: list[tuple[float, Span]], taken: Spans) -> tuple[Likely, ...]:
    """The spans in order, each once, without those that overlap what is taken."""
    kept: list[Span] = []
    for _, span in sorted(found):
        if span not in kept and not any(span.overlaps(other) for other in taken):
            kept.append(span)
    return tuple(Likely((span,)) for span in kept[:MOST])


def _distance(span: Span, others: Spans) -> float:
    """Characters between a span and the nearest of others; before them is nearer than behind."""
    return min(
        float(other.start - span.end) if span.end <= other.start else span.start - other.end + 0.5
        for other in others
    )


def _verb_group(tokens: Sequence[Token], at: int) -> int:
    """Where the auxiliaries before a verb begin: "has repeatedly said"."""
    first = at
    while first > 0:
        low = tokens[first - 1].low
        if low in AUXILIARIES or low in BE or low in ("not", "to"):
            first -= 1
        elif (low in ADVERBS or low.endswith("ly")) and first > 1:
            if tokens[first - 2].low not in AUXILIARIES and tokens[first - 2].low not in BE:
                break
            first -= 1
        else:
            break
    return first


def _phrases(sentence: Edges, cue: int) -> Iterator[Span]:
    """The noun phrases beside a cue that may name its source, the likelier first."""
    tokens = sentence.tokens
    after = list(_behind(tokens, cue))
    if tokens[cue].low in ("according", "per"):
        yield from after
        return
    yield from _before(tokens, _verb_group(tokens, cue))
    yield from after


def _before(tokens: Sequence[Token], verb: int) -> Iterator[Span]:
    end = verb
    while end > 0 and (
        tokens[end - 1].low in ADVERBS
        or tokens[end - 1].low in TIME_WORDS
        or tokens[end - 1].low.endswith("ly")
    ):
        end -= 1
    if end == 0:
        return
    if tokens[end - 1].low == ",":
        # "Andriy Yermak, head of the office, said": first the whole, then the name.
        comma = end - 1
        while comma > 0 and tokens[comma - 1].low not in _BREAKS:
            comma -= 1
        if comma > 1 and tokens[comma - 1].low == ",":
            first = _phrase_start(tokens, comma - 1)
            if first < comma - 1:
                yield Span(tokens[first].span.start, tokens[end - 2].span.end)
                yield Span(tokens[first].span.start, tokens[comma - 2].span.end)
        return
    first = _phrase_start(tokens, end)
    if first == end:
        return
    yield Span(tokens[first].span.start, tokens[end - 1].span.end)
    for at in range(first + 1, end - 1):
        if tokens[at].low == "and":
            yield Span(tokens[at + 1].span.start, tokens[end - 1].span.end)


def _phrase_start(tokens: Sequence[Token], end: int) -> int:
    """Back from the end of a phrase to where it begins."""
    first = end
    while first > 0:
        token = tokens[first - 1]
        if token.low in _BREAKS or token.mark or token.low in _CLAUSE or token.low in AUXILIARIES:
            break
        if token.low in VERBS and not token.capital and first < end:
            break
        first -= 1
    # "On Monday the ministry" and "in the film": neither word of time nor preposition names anyone.
    while first < end and (
        tokens[first].low in _LEADING
        or tokens[first].low in PREPOSITIONS
        or tokens[first].low in TIME_WORDS
    ):
        first += 1
    return first


def _behind(tokens: Sequence[Token], cue: int) -> Iterator[Span]:
    first = cue + 1
    if first < len(tokens) and tokens[cue].low == "according" and tokens[first].low == "to":
        first += 1
    last = first
    while last < len(tokens):
        token = tokens[last]
        if token.low in _BREAKS or token.mark or token.low in _CLAUSE or token.low in ".?!":
            break
        last += 1
    if last > first:
        whole = Span(tokens[first].span.start, tokens[last - 1].span.end)
        if last < len(tokens) and tokens[last].low == ",":
            # "said Brian Baker, an adviser to the family": first with what he is.
            end = last + 1
            while end < len(tokens) and tokens[end].low not in ".?!" and not tokens[end].mark:
                end += 1
            if end - last > 2:
                yield Span(tokens[first].span.start, tokens[end - 1].span.end)
        yield whole
        for at in range(first + 1, last):
            if tokens[at].low in ("in", "on", "at", "during") or tokens[at].low in TIME_WORDS:
                yield Span(tokens[first].span.start, tokens[at - 1].span.end)
                break
