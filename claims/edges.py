"""Where the parts of a sentence begin and end: words, quotations, clauses, figures and names.

What a hand that marks a span stops at. Every edge has a kind, so that likely spans can be ranked by
how often spans of these kinds are what an annotator marks (`claims.likely`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.cues import HEARSAY, SPEECH_NOUNS, VERBS
from claims.model import Span
from claims.text import word_set
from claims.words import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_WORDS,
    WH,
)

WORD = re.compile(
    r"https?://\S+"
    r"|(?:[^\W\d_]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|St|Prof)\.(?=\s)"
    r"|[$£€]?\d[\d.,:]*\d%?|[$£€]?\d%?"
    r"|[@#]?\w+(?:[-’'./]\w+)*"
    r"|''|``|[^\w\s]"
)
"""One word, number, name with its point, or mark of punctuation."""
_OPENING = frozenset(("“", "«", "„", "‘", "``"))
_CLOSING = frozenset(("”", "»", "’"))
_STRAIGHT = frozenset(('"', "'", "''"))
_BREAKS = frozenset(",;:–—―()[]")
_DASHES = frozenset("–—―-")
_COORDINATORS = frozenset({"and", "but", "or", "nor", "yet", "so"})
_BOUNDS = _COORDINATORS | SUBORDINATORS | WH | {"that", "than", "to", "because"}
_STOPS = frozenset(".?!…")
_NUMBER_WORDS = word_set(
    """one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds
    thousand thousands million millions billion half"""
)
_SAID_REACH = 10
"""Words between the comma and the verb in ", the mayor of the town said"."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of punctuation of a sentence."""

    span: Span
    low: str
    """The word in lower case, with a plain apostrophe."""
    capital: bool
    quoted: bool
    """Whether it stands in quotation marks, the marks themselves included."""
    mark: str
    """"open" or "close" for a quotation mark, else empty."""


@dataclass(frozen=True, slots=True)
class Edges:
    """A sentence cut at every place where a part of it begins or ends."""

    text: str
    sentence: Span
    tokens: Sequence[Token]
    quotations: Sequence[Span]
    """What stands in quotation marks, marks included, in order; one left open ends with the
    sentence."""

    @property
    def body(self) -> Span:
        """The sentence without what closes it."""
        end = len(self.tokens)
        while end > 1 and self.tokens[end - 1].low in _STOPS:
            end -= 1
        if not self.tokens:
            return self.sentence
        return Span(self.tokens[0].span.start, self.tokens[end - 1].span.end)

    def starts(self) -> list[tuple[int, str]]:
        """Where a clause may begin, with the kind of each place, in order."""
        return [
            (token.span.start, kind)
            for at, token in enumerate(self.tokens)
            if (kind := _start_kind(self.tokens, at))
        ]

    def ends(self) -> list[tuple[int, str]]:
        """Where a clause may end, with the kind of each place, in order."""
        return [
            (token.span.end, kind)
            for at, token in enumerate(self.tokens)
            if (kind := _end_kind(self.tokens, at, self.body.end))
        ]

    def names_and_figures(self) -> list[Span]:
        """Runs of capital words and numbers, with the word that a number counts, in order."""
        return list(_named(self.tokens))

    def cues(self) -> list[Span]:
        """Words that may say that something is said, in order."""
        return [
            token.span
            for token in self.tokens
            if not token.quoted
            and (
                token.low in VERBS
                or token.low in HEARSAY
                or token.low in ("according", "per")
                or token.low in SPEECH_NOUNS
            )
        ]


@lru_cache(maxsize=64)
def edges(text: str, sentence: Span) -> Edges:
    """Cut a sentence of a text."""
    tokens: list[Token] = []
    quotations: list[Span] = []
    opened: int | None = None
    family = ""
    for found in WORD.finditer(text, sentence.start, sentence.end):
        span, word = Span(*found.span()), found[0]
        mark = ""
        if word in _OPENING or word in _CLOSING or word in _STRAIGHT:
            mark = _mark(text, span, sentence, opened=opened is not None, family=family)
        if mark == "open":
            opened, family = span.start, word
        low = word.lower().replace("’", "'")
        tokens.append(Token(span, low, word[0].isupper(), opened is not None, mark))
        if mark == "close" and opened is not None:
            quotations.append(Span(opened, span.end))
            opened = None
    if opened is not None:
        quotations.append(Span(opened, sentence.end))
    return Edges(text, sentence, tokens, quotations)


_PARTNER = {
    "“": '”"',
    "„": "“”",
    "«": "»",
    "‘": "’",
    '"': '"”',
    "'": "'",
    "''": "''",
    "``": "''",
}
"""What closes a quotation that a mark opens."""


def _mark(text: str, span: Span, sentence: Span, *, opened: bool, family: str) -> str:
    """Whether a quotation mark opens or closes, or is an apostrophe or a mark inside another."""
    word = span.of(text)
    before = text[span.start - 1] if span.start > sentence.start else " "
    after = text[span.end] if span.end < sentence.end else " "
    if opened:
        if word not in _PARTNER[family]:
            return ""
        return "close" if not after.isalnum() and not before.isspace() else ""
    if word in _OPENING or (word in _STRAIGHT and not after.isspace() and not before.isalnum()):
        # A single mark that has no partner in the sentence is an apostrophe ("’90s").
        if word in "'‘" and not re.search(r"\w[.,!?]?[’'](?!\w)", text[span.end : sentence.end]):
            return ""
        return "open"
    return ""


def _is_cue(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and not tokens[at].quoted and tokens[at].low in VERBS


def _cue_distance(tokens: Sequence[Token], at: int) -> int | None:
    """How many words of time, manner or hearers stand between a cue verb and the word at `at`."""
    for back in range(1, 6):
        place = at - back
        if place < 0:
            return None
        if _is_cue(tokens, place):
            return back - 1
        low = tokens[place].low
        if not (
            low in TIME_WORDS
            or low in ADVERBS
            or low in OBJECT_PRONOUNS
            or low.endswith("ly")
            or low in ("reporters", "journalists", "in", "on", "the", "a", "statement", "interview")
            or tokens[place].capital
        ):
            return None
    return None


def _start_kind(tokens: Sequence[Token], at: int) -> str:
    """What begins at a token; empty where nothing does."""
    token, low = tokens[at], tokens[at].low
    before = tokens[at - 1] if at else None
    if token.mark == "close" or (not token.mark and not low[0].isalnum() and low[0] not in "$£€@#"):
        return ""
    if before is None:
        return "begin+quote" if token.mark else "begin"
    behind_cue = _cue_distance(tokens, at)
    if token.mark == "open":
        return "cue+quote" if behind_cue is not None or before.low in ",:" else "quote"
    if before.mark == "open":
        return "inside quote"
    if low == "that":
        if behind_cue is not None:
            return "cue+that"
        return "noun+that" if before.low in SPEECH_NOUNS else "that"
    if low in WH:
        return "cue+wh" if behind_cue is not None else "wh"
    if low == "to":
        return "cue+to" if behind_cue is not None else "to"
    if before.low == "that":
        return "behind that"
    if behind_cue == 0:
        return "cue"
    if before.low == ":":
        return "colon"
    if before.low == "," or before.low in _DASHES or before.low == ";":
        return "according" if _closes_according(tokens, at - 1) else "comma"
    if behind_cue is not None and low not in ADVERBS and low not in TIME_WORDS:
        return "cue+"
    if before.low in PREPOSITIONS and _cue_distance(tokens, at - 1) is not None:
        return "cue+prep"
    if before.low in PREPOSITIONS and at > 1 and tokens[at - 2].low in SPEECH_NOUNS:
        return "noun+prep"
    if before.low in _COORDINATORS:
        return "and"
    if low in SUBORDINATORS:
        return "because"
    if before.low in BE or before.low in AUXILIARIES:
        return "be"
    if before.low in PREPOSITIONS:
        return "prep"
    if low in DETERMINERS:
        return "noun"
    if before.low.endswith(("ed", "ing")) and not before.capital:
        return "verb"
    return ""


def _closes_according(tokens: Sequence[Token], comma: int) -> bool:
    return any(tokens[k].low == "according" for k in range(max(0, comma - 12), comma))


def _end_kind(tokens: Sequence[Token], at: int, end: int) -> str:
    """What ends with a token; empty where nothing does."""
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.span.end == end:
        return "end"
    if token.mark == "open" or token.span.end > end:
        return "point" if following is None and token.span.end > end else ""
    if token.mark == "close":
        return "quote+said" if _said_follows(tokens, at + 1) else "quote"
    if not token.low[0].isalnum() and token.low not in "%)]":
        return ""
    if following is None or following.mark == "close":
        return "inside quote" if following is not None else ""
    if following.low == ",":
        return "said" if _said_follows(tokens, at + 2) else "comma"
    if following.low in _BREAKS or following.low in _DASHES:
        return "dash"
    if following.low in _COORDINATORS:
        return "and"
    if following.mark == "open":
        return "before quote"
    if following.low in ("that", "to") or following.low in WH:
        return "before clause"
    if following.low in SUBORDINATORS:
        return "because"
    if following.low in PREPOSITIONS:
        return "prep"
    if following.low in BE or following.low in AUXILIARIES:
        return "be"
    if _is_cue(tokens, at + 1):
        return "before cue"
    return ""


def _said_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a cue verb comes before the next comma: "…, the mayor said"."""
    for place in range(at, min(len(tokens), at + _SAID_REACH)):
        if tokens[place].low in ",;:" and place > at:
            return False
        if _is_cue(tokens, place):
            return True
    return False


def _named(tokens: Sequence[Token]) -> Iterator[Span]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        numeral = token.low.lstrip("$£€")[:1].isdigit() or token.low in _NUMBER_WORDS
        name = token.capital and (at > 0 or (at + 1 < len(tokens) and tokens[at + 1].capital))
        if not numeral and not (name and token.low not in _BOUNDS):
            at += 1
            continue
        last = at
        while last + 1 < len(tokens):
            following = tokens[last + 1]
            joins = following.low in ("of", "the", "&") and last + 2 < len(tokens)
            if numeral and last == at and following.low.isalpha() and not following.capital:
                last += following.low not in _BOUNDS and following.low not in PREPOSITIONS
                break
            if following.capital or (joins and not numeral and tokens[last + 2].capital):
                last += 1
            else:
                break
        yield Span(token.span.start, tokens[last].span.end)
        at = last + 1
