"""How firm a claim is: hedges in it and around it, and how far the writer stands from it.

Hedges and distance follow the classes of cues that Hyland (2005) and Thompson and Ye (1991)
describe; the lists are this project's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.kind_words import LOWS, STEMS, WORD, stem_set
from claims.model import Certainty, Distance, Span, Spans
from claims.moments import small_words
from claims.remembered import Remembered
from claims.text import word_set

_SCEPTICAL = stem_set(
    "claim allege tout boast purport assert insist maintain pretend brag contend profess"
) | word_set("so-called supposedly")
_ENDORSING = stem_set(
    """confirm reveal show find acknowledge admit note explain point demonstrate concede recognize
    recognise prove establish verify disclose recall remind discover know realize realise"""
)

_HEDGES = word_set(
    """reportedly allegedly alleged apparently purportedly supposedly unconfirmed unverified
    possibly perhaps probably seemingly presumably rumored rumoured reputedly likely unclear
    presumed ostensibly may might"""
)
_HEDGE_VERBS = word_set("seems seem seemed appears appear appeared")
_GOVERNING = _HEDGES - word_set("may might likely unclear") | _HEDGE_VERBS
_HEDGE_PHRASES = (
    ("could", "have"),
    ("could", "be"),
    ("believed", "to"),
    ("thought", "to"),
    ("said", "to"),
    ("suspected", "of"),
    ("is", "suspected"),
    ("are", "suspected"),
    ("was", "suspected"),
    ("cannot", "be", "verified"),
    ("could", "not", "be", "verified"),
    ("could", "not", "verify"),
)
_HEDGE_STARTS = _HEDGES | _HEDGE_VERBS | {phrase[0] for phrase in _HEDGE_PHRASES}
_AFTER_SEEMS = (("to",), ("that",), ("like",))
_HEDGE_REACH = 30
"""Words of the content in which a hedge still governs the claim."""
_OUTSIDE_REACH = 10
"""Words before and after the content in which a hedge outside it governs it."""


def certainty_of(
    text: str,
    content: Spans,
    sentence: Span,
    cue: Sequence[str],
    words: Sequence[str],
    lows: tuple[str, ...],
    *,
    beside: bool = True,
) -> tuple[Certainty, str]:
    """The certainty, and the word or words that hedge it ("" for a firm claim).

    `cue` holds the words of the cue in lower case, `words` those of the content as they stand,
    `lows` the same in lower case. `beside` is False where the sentence surely holds none of
    `HEDGE_WORDS`.
    """
    hedge = (
        _hedge_in(words, lows[:_HEDGE_REACH])
        or next(iter([word for word in cue if word in _GOVERNING]), "")
        or (_hedge_outside(text, content, sentence) if beside else "")
    )
    return (Certainty.HEDGED if hedge else Certainty.FIRM), hedge


def _may_govern(word: str) -> bool:
    return not _GOVERNING.isdisjoint(small_words(word))


HEDGE_WORDS = Remembered(_may_govern)
"""Whether a word may be one that hedges a claim from outside its content."""


def _hedge_in(words: Sequence[str], lows: tuple[str, ...]) -> str:
    if _HEDGE_STARTS.isdisjoint(lows):
        return ""
    for at, low in enumerate(lows):
        if low not in _HEDGE_STARTS:
            continue
        if low in _HEDGES:
            if low in ("may", "might") and (words[at][0].isupper() or not _modal(lows, at)):
                continue
            return low
        if low in _HEDGE_VERBS and (lows[at + 1 : at + 2] in _AFTER_SEEMS or at < 3):
            return low
        for phrase in _HEDGE_PHRASES:
            if low == phrase[0] and lows[at : at + len(phrase)] == phrase:
                return " ".join(phrase)
    return ""


def _modal(lows: Sequence[str], at: int) -> bool:
    """ "may have fled", not "the might of"."""
    before = lows[at - 1] if at else ""
    return before not in ("the", "its", "their", "his", "in", "of", "on", "since", "until")


def _hedge_outside(text: str, content: Spans, sentence: Span) -> str:
    """A hedge of the sentence that stands outside the content and governs it."""
    if not content:
        return ""
    if content[0].start <= sentence.start and content[-1].end >= sentence.end - 1:
        return ""  # at most a full stop stands outside
    before: list[str] = WORD.findall(text, sentence.start, max(sentence.start, content[0].start))
    after: list[str] = WORD.findall(text, min(content[-1].end, sentence.end), sentence.end)
    near = map(LOWS.__getitem__, before[-_OUTSIDE_REACH:] + after[:_OUTSIDE_REACH])
    return next(filter(_GOVERNING.__contains__, near), "")


def distance_of(cue: Sequence[str]) -> Distance:
    """How far the writer stands from what the words of the cue report."""
    stems = [STEMS[word] for word in cue]
    if not (_SCEPTICAL.isdisjoint(stems) and _SCEPTICAL.isdisjoint(cue)):
        return Distance.SCEPTICAL
    if not _ENDORSING.isdisjoint(stems):
        return Distance.ENDORSING
    return Distance.NEUTRAL
