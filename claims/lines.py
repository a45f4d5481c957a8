"""One sentence as tokens: what every attribution rule works on, made once.

A quotation that stands for itself (it begins and ends like a sentence) becomes one token, so that
no rule looks inside it; sentences that such a quotation binds together become one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from claims.cues import VERBS
from claims.model import Sentence, SentenceKind, Span
from claims.quotes import Quote
from claims.words import BE, PREPOSITIONS, TIME_WORDS

_TOKEN = re.compile(
    r"https?://\S+"
    r"|(?:mr|mrs|ms|dr|prof|gen|lt|col|maj|capt|sgt|adm|brig|cmdr|sen|rep|gov|st|rev|no|jr|sr)\."
    r"|(?:[^\W\d_]\.){2,}"
    r"|\d[\d.,:]*\d"
    r"|(?:i|you|he|she|it|we|they|who|there)(?='(?:re|s|ve|d|ll|m)\b)"
    r"|'(?:re|ve|d|ll|m|s)\b"
    r"|[@#]?\w+(?:[-'/]\w+)*"
    r"|[^\w\s]"
)
QUOTE = "\x02"
"""The word of a token that stands for a whole quotation."""
DASHES = frozenset("-–—―")
_ENDS_LIKE_SENTENCE = ",.?!…—–-;"


@dataclass(slots=True)
class Line:
    """The tokens of one or more sentences; parallel lists, one entry per token.

    `words` are in lower case with plain apostrophes; `starts` and `ends` are offsets into the
    article, and take in the marks of a short quotation; `capital` tells names; `inside` is True
    within quotation marks; `quote` is the index of the quotation that a `QUOTE` token stands for.
    """

    text: str
    span: Span
    paragraph: int
    kind: SentenceKind
    first: int
    last: int
    """The sentences that the line holds, counted in the article, both ends included."""
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    capital: list[bool] = field(default_factory=list)
    inside: list[bool] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def span_of(self, first: int, last: int) -> Span:
        """The text from token `first` up to, not including, token `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def is_be(self, index: int) -> bool:
        """Whether the token is a form of "be"."""
        return 0 <= index < len(self.words) and self.words[index] in BE


def lines(text: str, sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> Iterator[Line]:
    """The article as lines, in order; every sentence belongs to exactly one.

    Each is made when it is asked for: the tokens of a whole book take a hundred times its text.
    """
    parts = sorted(
        (span.start, -span.end, number)
        for number, quote in enumerate(quotes)
        if quote.depth == 0
        for span in quote.spans
    )
    index, at = 0, 0
    while index < len(sentences):
        first = index
        start, end = sentences[index].span
        paragraph = sentences[index].paragraph
        here: list[tuple[Span, int, bool]] = []
        while at < len(parts) and parts[at][0] < start:
            at += 1
        while True:
            if at >= len(parts) or parts[at][0] >= end:
                if not (
                    here
                    and index + 1 < len(sentences)
                    and sentences[index + 1].paragraph == paragraph
                    and _is_inquit(text, here[-1][0], end, sentences[index + 1].span)
                ):
                    break
                index += 1
                end = sentences[index].span.end
                here[-1] = (here[-1][0], here[-1][1], True)
                continue
            part = Span(parts[at][0], -parts[at][1])
            binds = part.end > end
            while (
                part.end > end
                and index + 1 < len(sentences)
                and sentences[index + 1].paragraph == paragraph
            ):
                index += 1
                end = sentences[index].span.end
            here.append((Span(part.start, min(part.end, end)), parts[at][2], binds))
            at += 1
        line = Line(
            text, Span(start, end), paragraph, sentences[first].kind, first=first, last=index
        )
        _fill(line, here)
        yield line
        index += 1


def _is_inquit(text: str, quote: Span, end: int, following: Span) -> bool:
    """Whether "he said" after "?" or "!" was taken for a sentence of its own."""
    if quote.end < end - 1 and text[quote.end : end].strip():
        return False
    if text[quote.start : quote.end].rstrip("\"'”’»")[-1:] not in ("?", "!", "…", "."):
        return False
    words = [
        match.group()
        for match in _TOKEN.finditer(
            text[following.start : min(following.end, following.start + 90)]
        )
    ]
    for k, word in enumerate(words[:9]):
        verb = VERBS.get(word)
        if verb is None or verb.form not in "ds" or "q" not in verb.frames:
            if not (word[0].isalpha() or word in (",", ".")):
                return False
            continue
        after = words[k + 1] if k + 1 < len(words) else "."
        return (
            k > 0
            and (
                after in (".", ",", ":", "?")
                or after in PREPOSITIONS
                or after.lower() in TIME_WORDS
                or "t" in verb.frames
            )
            and after not in ("of", "about", "for")
        )
    return False


def _fill(line: Line, quotes: list[tuple[Span, int, bool]]) -> None:
    position = line.span.start
    for span, number, binds in quotes:
        if span.start < position:
            continue
        _words(line, position, span.start)
        if binds or _stands_alone(line, span):
            line.words.append(QUOTE)
            line.starts.append(span.start)
            line.ends.append(span.end)
            line.capital.append(False)
            line.inside.append(True)
            line.quote.append(number)
        else:
            before = len(line.words)
            _words(line, span.start, span.end, inside=True)
            _without_marks(line, before, span)
        position = span.end
    _words(line, position, line.span.end)


def _words(line: Line, start: int, end: int, *, inside: bool = False) -> None:
    if start >= end:
        return
    raw = line.text[start:end]
    low = raw.lower()
    if len(low) != len(raw):  # a few letters grow when lowered; offsets must not move
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in raw)
    if "’" in low:
        low = low.replace("’", "'")
    words, starts, ends, capital = line.words, line.starts, line.ends, line.capital
    before = len(words)
    for match in _TOKEN.finditer(low):
        at, stop = match.span()
        words.append(match.group())
        starts.append(start + at)
        ends.append(start + stop)
        capital.append(raw[at].isupper())
    count = len(words) - before
    line.inside.extend([inside] * count)
    line.quote.extend([-1] * count)


def _without_marks(line: Line, first: int, span: Span) -> None:
    """Drop the marks of a short quotation as tokens; its outer words take them into their span."""
    marks = frozenset("\"'“”„«»‘’")
    keep = [i for i in range(first, len(line.words)) if line.words[i] not in marks]
    line.words[first:] = [line.words[i] for i in keep]
    line.starts[first:] = [line.starts[i] for i in keep]
    line.ends[first:] = [line.ends[i] for i in keep]
    line.capital[first:] = [line.capital[i] for i in keep]
    line.inside[first:] = [line.inside[i] for i in keep]
    line.quote[first:] = [line.quote[i] for i in keep]
    if len(line.words) > first:
        line.starts[first] = span.start
        line.ends[-1] = span.end


def _stands_alone(line: Line, span: Span) -> bool:
    """Whether a quotation reads as speech of its own, not as a phrase of the sentence around it."""
    text = line.text
    width = 2 if text.startswith("''", span.start) else 1
    inner = text[span.start + width : span.end].rstrip("\"'”’»")
    words = inner.count(" ") + 1
    body = inner.lstrip("([“‘'\" ")
    if not body or not (body[0].isupper() or body[0].isdigit() or body[0] in "…."):
        starts_low = True
    else:
        starts_low = False
    before = span.start
    while before > line.span.start and text[before - 1].isspace():
        before -= 1
    behind = _SOLID.search(text, span.end, line.span.end)
    ends = inner[-1:] in _ENDS_LIKE_SENTENCE or behind is None or behind[0] in ",.;?!"
    if before == line.span.start:
        if not starts_low and words > 5:
            return True
        return ends and (not starts_low or inner[-1:] in _ENDS_LIKE_SENTENCE)
    if text[before - 1] in ":,":
        return ends and (not starts_low or (words > 3 and bool(line.words) and _after_cut(line)))
    if text[before - 1] in DASHES:
        return ends and not starts_low and words > 2
    return ends and not starts_low and words > 4


_CUT = 15
"""Tokens from a quotation on within which it may go on."""
_SOLID = re.compile(r"\S")


def _after_cut(line: Line) -> bool:
    """Whether the line so far is a quotation and a few words: "Q," he said, "q"."""
    if QUOTE not in line.words[-_CUT:]:
        return False
    return len(line.words) - line.words.index(QUOTE) <= _CUT
