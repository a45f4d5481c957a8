"""The least toll that a whole text tells: how many were killed, wounded, captured.

Within a sentence figures add up; a later sentence tells the same figures again unless it says
"another", "additional" or the like, or tells of other people. So the result is a minimum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from claims.measures import PERSON, TOLL, is_people, singular
from claims.model import Quantity, SentenceKind, Span
from claims.numbers import Word, words
from claims.quantities import find_quantities
from claims.sentences import split
from claims.text import word_set

_INCLUDING_REACH = 90
TOLLS = ("killed", "wounded", "captured", "missing", "displaced")

_MORE = word_set("another additional also others other further second more later separate")
_LEADERS = word_set(
    "leader commander subcommander sub-commander facilitator chief governor emir trafficker expert "
    "dealer financier coordinator"
)
_GENERIC = word_set("insurgent militant fighter suspect individual person people man men others")
_BACKGROUND = re.compile(
    r"\b(?:responsible for|accused of|suspected of|linked to|in connection with|planned|planning"
    r"|behind|involved in|attacks? (?:that|which)|bombing that|conducted attacks|who had|last year"
    r"|prior to (?:his|her|their) (?:death|arrest|capture))\b",
    re.IGNORECASE,
)
"""What follows is not what this text reports but what someone did before."""


@dataclass(frozen=True, slots=True)
class _Figure:
    measure: str
    low: float
    group: str
    more: bool
    whole: bool = False
    """Whether the figure says that it includes others ("two militants, including the leader")."""


def minimum(text: str, spans: tuple[Span, ...] | None = None) -> Mapping[str, int]:
    """The least number of people for each of `TOLLS`, over the sentences of a text.

    Only figures that the text tells as its own news count, not those of earlier attacks that
    someone is held responsible for. A named or single person without a number counts as one.
    """
    if spans is None:
        prose = (SentenceKind.SIGNATURE, SentenceKind.HEADING)
        spans = tuple(s.span for s in split(text) if s.kind not in prose)
    best: dict[tuple[str, str], float] = {}
    extra: dict[str, float] = {}
    for span in spans:
        here: dict[tuple[str, str], float] = {}
        for figure in _figures(text, span):
            if figure.whole:
                key = figure.measure, "whole"
                here[key] = here.get(key, 0.0) + figure.low
            elif figure.more:
                extra[figure.measure] = max(extra.get(figure.measure, 0.0), figure.low)
            else:
                key = figure.measure, figure.group
                here[key] = here.get(key, 0.0) + figure.low
        for key, low in here.items():
            best[key] = max(best.get(key, 0.0), low)
    out: dict[str, int] = dict.fromkeys(TOLLS, 0)
    for measure in TOLLS:
        parts = sum(low for key, low in best.items() if key[0] == measure and key[1] != "whole")
        whole = best.get((measure, "whole"), 0.0)
        out[measure] = int(max(whole, parts + extra.get(measure, 0.0)))
    return out


def _figures(text: str, span: Span) -> list[_Figure]:
    found = _BACKGROUND.search(text, span.start, span.end)
    end = found.start() if found else span.end
    figures = []
    covered: list[Span] = []
    for quantity in find_quantities(text, Span(span.start, end)):
        if quantity.measure not in TOLLS or any(one.covers(quantity.span) for one in covered):
            continue
        before = text[max(span.start, quantity.span.start - 14) : quantity.span.start].lower()
        covered.append(quantity.span)
        if "including" in before or "among" in before:
            continue
        figures.append(_figure(text, quantity))
    figures.extend(_single(text, Span(span.start, end), covered))
    return figures


def _figure(text: str, quantity: Quantity) -> _Figure:
    low = quantity.low if quantity.low is not None else 1.0
    if quantity.bound == "more than":
        low += 1
    said = set(re.findall(r"[a-z-]+", quantity.span.of(text).lower().replace("more than", "")))
    after = text[quantity.span.end : quantity.span.end + _INCLUDING_REACH]
    whole = re.search(r"\bincluding (?:the|an?|one)\b", after.split(".")[0]) is not None
    head = singular((quantity.object or "").lower().split(" ")[-1])
    group = "leader" if said & _LEADERS or head in _LEADERS else "people"
    return _Figure(quantity.measure or "", low, group, bool(said & _MORE), whole)


def _single(text: str, span: Span, covered: list[Span]) -> list[_Figure]:
    """ "killed the Taliban leader", "the commander was captured", "the arrest of leader X"."""
    listed = words(text, span)
    out = []
    for at, word in enumerate(listed):
        measure = TOLL.get(word.low)
        if measure not in TOLLS or word.low in ("dead", "missing", "prisoner", "lives"):
            continue
        head = _object_head(listed, at) or _subject_head(listed, at)
        if head is None or any(one.start <= head.start < one.end for one in covered):
            continue
        group = "leader" if head.low in _LEADERS else "people"
        out.append(_Figure(measure, 1.0, group, False))
    return out


_OBJECT_STOPS = word_set("in on at during by for with after who while that and to from near was")


def _object_head(listed: list[Word], at: int) -> Word | None:
    """The last singular person noun of the phrase after an active verb or "arrest of"."""
    before = listed[at - 1].low if at else ""
    if before in ("was", "were", "been", "be", "to", "being"):
        return None
    head = None
    for word in listed[at + 1 : at + 9]:
        if word.low in _OBJECT_STOPS or word.low in ",.;:(":
            break
        if word.low in PERSON or word.low in _LEADERS:
            head = word
        elif is_people(word.low):
            return None
    return head


def _subject_head(listed: list[Word], at: int) -> Word | None:
    """The person noun before "was killed"."""
    if not at or listed[at - 1].low != "was":
        return None
    for word in reversed(listed[max(0, at - 7) : at - 1]):
        if word.low in PERSON or word.low in _LEADERS:
            return word
        if word.low in ",.;:(":
            break
    return None
