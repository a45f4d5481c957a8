"""What of the attributions becomes claims: no words that are withheld, no source that is no one.

Taggers mark every place where an article gives words to someone, as corpora of attribution do:
"declined to comment on the strike" is one. A claim is more: someone must have said its content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from claims.attribution import Attribution
from claims.model import Span, Spans

_BASE = (
    "say|comment|confirm|specify|elaborate|disclose|reveal|explain|clarify|identify|name|tell|"
    "mention|state|address|respond|reply|answer|discuss|detail|announce|report|divulge|verify"
)
_TOLD = (
    "said|commented|confirmed|specified|elaborated|disclosed|revealed|explained|clarified|"
    "identified|named|told|mentioned|stated|addressed|responded|replied|answered|discussed|"
    "detailed|announced|reported|verified"
)
_TELLING = (
    "saying|commenting|confirming|specifying|elaborating|disclosing|revealing|explaining|"
    "clarifying|identifying|naming|telling|mentioning|stating|discussing"
)
_GIVE = "(?:g[ai]v|offer|provid|releas|publish|shar|mak|ma?d|ha[ds]?v?)(?:e[dn]?|ing|s)?"
_WHAT = (
    r"(?:details?|comments?|evidence|mention|explanations?|reasons?|information|figures?|word|"
    r"names?|numbers?|breakdown|data|statements?)\b"
)
_BETWEEN = (
    r"(?:\s+(?!(?:only|merely|just)\b)(?:\w{2,}ly|yet|even|ever|also|further|been|be|so far)){0,3}"
)
_NOT = r"(?:\b(?:not|cannot|never|nor)\b|n['’]t\b)"
_WITHHELD = re.compile(
    # All begin a word with one of these, but for n't: other places are passed over at once.
    r"(?=[acdf-imnoprsuw])(?:\b|(?=n['’]t\b))(?:"
    rf"{_NOT}{_BETWEEN}\s+(?:{_BASE}|{_TOLD}|{_TELLING})\b"
    rf"|\bneither\s+(?:{_BASE}|{_TOLD})\b"
    rf"|\b(?:declin|refus)(?:e|es|ed|ing)\s+(?:\w+ly\s+)?to\s+(?:\w+ly\s+)?"
    rf"(?:{_BASE}|speak|speculate)\b"
    r"|\bdeclin(?:e|es|ed|ing)\s+(?:any\s+)?(?:comment|(?:\w+\W{1,2}){0,3}requests?)\b"
    rf"|\b(?:fail(?:s|ed|ing)?|unable|unwilling|reluctant)\s+to\s+(?:{_BASE})\b"
    rf"|(?<!\bgo )(?<!goes )(?<!went )\b(?:without|short\s+of|avoid(?:s|ed|ing)?)\s+"
    rf"(?:{_TELLING})\b"
    rf"|\b(?:{_GIVE}|was|were|is)\s+no\s+(?:\w+\s+)?{_WHAT}"
    rf"|(?:{_NOT}{_BETWEEN}|(?:declin|refus|fail)(?:e|es|ed|ing|s)?\s+to|\bwithout)\s+"
    rf"{_GIVE}\s+(?:\w+\s+){{0,3}}?{_WHAT}"
    r"|\b(?:could|might)\s+(?:say|claim|argue)\b)",
    re.IGNORECASE,
)
"""A cue that says that nothing was said. A denial is not among them, nor an act that is refused."""
_SIGNS = (
    *("not", "nor", "never", "neither", "n't", "n’t", "declin", "refus", "fail", "could", "might"),
    *("unable", "unwilling", "reluctant", "without", "short", "avoid"),
)
"""One of these, or the word "no", is in all that `_WITHHELD` finds; most cues have none near."""
_DOUBLE = re.compile(
    rf"{_NOT}[^.,;:]{{0,40}}\b(?:fail|refus|declin|without|short of)", re.IGNORECASE
)
"""Not withheld after all: "did not fail to mention"."""
_ASKS = re.compile(r"\b(?:ask|wonder|inquir|enquir)(?:s|e|es|ed|ing)?\b", re.IGNORECASE)
_OPEN = re.compile(r"\W*(?:about\s+)?(?:whether|if)\b", re.IGNORECASE)
_NOBODY = re.compile(r"\s*(?:no\s?one|nobody|none|neither|no\s+[a-z]\w*)\b", re.IGNORECASE)
_LED = re.compile(
    r"(?:\W|\b(?:do|does|did|has|have|had|is|are|was|were|be|been|would|could|will|can|also|so|but|"
    r"and|then|again|still|\w+ly|there)\b)*",
    re.IGNORECASE,
)
"""What may stand in a cue before the words that take it back; another verb was said."""
_ASKED = re.compile(r"\W*(?:who|whom|whose|what|which|when|where|why|how|whether|if)\b", re.I)
_BEFORE, _BEHIND, _CUE, _OPENS = 40, 48, 200, 24
"""Characters around a cue in which the words that take it back stand."""

_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’/-]+(?:,?\s[A-Z][A-Z.'’/-]+){0,4}|[A-Z][\w.'’ /,-]{1,40}?(?=\s?\())"
    r"(?:,\s[A-Z][\w.]+(?:\s\d{1,2})?){0,2}(?:\s?\([^()\n]{1,40}\))?\s[–—-]{1,2}\s(?=\w)"
)
"""Where a report was written, before its first words: "KYIV, May 5 (Reuters) -"."""
_NO_ONE = re.compile(
    r"(?:here|there|this|these|those|[\W\d_]+|(?:two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|dozens|hundreds|thousands|millions))\Z",
    re.IGNORECASE,
)
"""Words that name nobody: an expletive, a number, a mark. Relative pronouns stand before a cue."""
_EDGES = " \t\n\r,;:*_`|=<>–—-…"
_CLOSED = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»"}
_OPENED = {closing: opening for opening, closing in _CLOSED.items()}


_NAME_WORDS = 5
"""Words of a source up to which it may be a name where no rule knows the language."""


class Vetted(NamedTuple):
    """The attributions of an article with what of them becomes no claim."""

    found: list[Attribution]
    """All of them, for those who withhold words are named too; with tidied sources."""
    unclaimed: frozenset[int]
    """The numbers of those that give no claim."""
    withheld: list[Span]
    """From source to cue, where words were withheld: that is no claim of the writer either."""


def vetted(text: str, found: Iterable[Attribution], *, foreign: bool = False) -> Vetted:
    """What becomes claims; each source without a dateline, brackets and marks at its edges.

    In a `foreign` language the rules for English take a whole sentence for who speaks in it: there
    only a few words are a source, which end in a name when they are more than two.
    """
    kept: list[Attribution] = []
    unclaimed: set[int] = set()
    left_out: list[Span] = []
    for number, one in enumerate(found):
        source = _sources(text, one)
        if foreign:
            source = tuple(part for part in source if _is_name(part.of(text).split()))
        kept.append(one if source == one.source else replace(one, source=source))
        if one.cue and withheld(text, one):
            first = min(part.start for part in (*one.source, *one.cue))
            left_out.append(Span(first, one.cue[-1].end))
            unclaimed.add(number)
        elif one.source and _NOBODY.match(text, one.source[0].start, one.source[0].end):
            unclaimed.add(number)
    return Vetted(kept, frozenset(unclaimed), left_out)


def _is_name(words: list[str]) -> bool:
    return len(words) <= 2 or (len(words) <= _NAME_WORDS and words[-1][:1].isupper())


def withheld(text: str, one: Attribution) -> bool:
    """Whether a cue says that its content was not said, or only asked.

    "did not say whether", "declined to comment on", "refused to say", "asked whether". Denials stay
    ("denied", "did not deny"), as do "would not rule out", an act that is refused ("refused to
    withdraw") and what was said beside ("added without giving details").
    """
    cue, first = one.cue[-1], one.content[0].start
    begin = one.cue[0].start if cue.end - one.cue[0].start < _CUE else cue.start
    if _OPEN.match(text, first, first + _OPENS) and _ASKS.search(text, begin, cue.end):
        return True
    low = max(0, cue.start - _BEFORE)
    words = text[low : cue.end + _BEHIND]
    small = words.lower()
    if not any(map(small.__contains__, _SIGNS)) and "no" not in small.split():
        return False
    for match in _WITHHELD.finditer(words):
        start, end = low + match.start(), low + match.end()
        if start >= cue.end or end <= cue.start or _stops(text, start, end):
            continue
        if _DOUBLE.search(text, max(0, start - _BEFORE), end):
            return False
        led = _LED.fullmatch(text, min(begin, start), start) is not None
        return led or _ASKED.match(text, first, first + _OPENS) is not None
    return False


_TOPIC = re.compile(
    r"\s*(?:[.!]|\Z|(?:whether|if|who|whom|whose|which|what|how|when|where|why|on|about|any)\b)",
    re.IGNORECASE,
)
_FRONT, _SUBJECT = 120, 9
"""Characters of a sentence in which its main verb is looked for, and words before it."""


def opens_withheld(sentence: str) -> bool:
    """Whether a whole sentence of the writer tells that its subject withheld words.

    "The army did not say whether any soldiers were killed", where no tagger found an attribution.
    """
    front = sentence[:_FRONT]
    small = front.lower()
    if not any(map(small.__contains__, _SIGNS)) and "no" not in small.split():
        return False
    found = _WITHHELD.search(front)
    if found is None or found[0].lower().startswith(("could", "might")):
        return False
    before = front[: found.start()]
    plain = "," not in before and len(before.split()) < _SUBJECT
    return plain and _TOPIC.match(sentence, found.end()) is not None


def _stops(text: str, start: int, end: int) -> bool:
    return any(mark in text[start:end] for mark in '.;:\n"“”')


def _sources(text: str, one: Attribution) -> Spans:
    kept = []
    for span in one.source:
        tidied = tidy(text, span)
        if tidied is not None:
            kept.append(tidied)
    return tuple(kept)


def tidy(text: str, span: Span) -> Span | None:
    """A source without a dateline before it and marks around it; None when it names no one."""
    start, end = span
    if start == 0 or text[start - 1] == "\n":
        dateline = _DATELINE.match(text, start, end)
        start = dateline.end() if dateline else start
    opened = text.rfind("(", start + 1, end)
    if opened > 0 and text.find(")", opened, end) < 0:
        end = opened
    while start < end:
        first, last = text[start], text[end - 1]
        own, partner = _CLOSED.get(first), _OPENED.get(last)
        if first in _EDGES or (own and text.find(own, start + 1, end - 1) < 0):
            start += 1
        elif last == "," and text.find(",", start, end - 1) >= 0:
            break  # "Ana Reyes, the mayor," keeps both
        elif last in _EDGES or (partner and text.find(partner, start, end) < 0):
            end -= 1
        else:
            break
    if start >= end or _NO_ONE.match(text, start, end):
        return None
    return Span(start, end)


__all__ = ["Vetted", "opens_withheld", "tidy", "vetted", "withheld"]
