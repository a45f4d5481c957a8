"""Who says what: the seam between a tagger and all that comes after it, and the rule tagger.

A tagger reads a `Page` and yields an `Attribution` for every piece of content that it gives to
someone. Speakers, kinds, channels and modes are found from the attributions alone, so any tagger
that yields them can take the place of the rules (`claims.hybrid` holds them by name).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from claims.lines import QUOTE, Line, lines
from claims.model import Mode, Sentence, SentenceKind, Span, Spans
from claims.quotes import Quote
from claims.rules.content import Found
from claims.rules.phrases import speaks
from claims.rules.subjects import main_subject
from claims.rules.tagging import tag


@dataclass(frozen=True, slots=True)
class Attribution:
    """A content with the words that name its source and the words that say that it is said.

    `relays` are sources that only pass it on ("TASS reported, citing the ministry, that").
    `channel` is a channel that the rule itself knows, such as "X" for an embedded post.
    """

    content: Spans
    source: Spans = ()
    cue: Spans = ()
    rule: str = ""
    confidence: float = 0.5
    relays: Spans = ()
    channel: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.content[0].start


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text with what was found in it before attribution."""

    text: str
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]


class Tagger(Protocol):
    """What gives contents to sources."""

    def __call__(self, page: Page) -> Iterable[Attribution]:
        """The attributions of a page, in any order."""
        ...


_SKIPPED = (SentenceKind.SIGNATURE, SentenceKind.POST)
"""Lines whose attribution is the business of `posts`."""


def by_rules(page: Page) -> list[Attribution]:
    """The rule tagger: `claims.rules` line by line, then what spans over lines and paragraphs."""
    made: list[Attribution] = []
    state = _State()
    for line, ahead in _with_ahead(lines(page.text, page.sentences, page.quotes)):
        if line.kind in _SKIPPED:
            state = _State()
            continue
        found = _line(line, page, state)
        if line.kind is SentenceKind.HEADING:
            state.voice = ()
        elif found and found[0].rule == "headline-colon":
            state.voice = found[0].source if _transcript(ahead) else ()
        elif state.voice:
            # "I believe that" in a speech is the speaker's own sentence.
            found = [one for one in found if not _own(page.text, one)]
            found = found or _spoken(line, state.voice)
        made.extend(found)
    return _over_paragraphs(made, page.quotes)


_QUOTED = ("quote+verb", "verb+quote", "quote+verb+citing", "verb+quote+citing")
"""Rules whose content a quotation in the next sentence goes on with."""


class _State:
    """What one line leaves for the next."""

    __slots__ = ("last", "last_line", "opening", "opening_line", "voice")

    def __init__(self) -> None:
        self.last: Attribution | None = None
        """The latest attribution to which a following quotation may belong."""
        self.last_line: Line | None = None
        self.opening: Found | None = None
        self.opening_line: Line | None = None
        self.voice: Spans = ()
        """Who speaks, while the page is the transcript of a speech."""


_FIRST_PERSON = frozenset({"i", "we", "our", "my", "us", "me", "you", "your"})
_AHEAD = 12
"""Sentences that are looked at to tell a transcript from a news report."""


def _with_ahead(every: Iterable[Line]) -> Iterator[tuple[Line, Sequence[Line]]]:
    """Each line with the few that follow it; no more of them are held at a time."""
    held: deque[Line] = deque()
    for line in every:
        held.append(line)
        if len(held) > _AHEAD:
            yield held.popleft(), held
    while held:
        yield held.popleft(), held


def _transcript(ahead: Sequence[Line]) -> bool:
    """Whether "Name: words" begins a speech: much of what follows is in the first person."""
    personal = sum(not _FIRST_PERSON.isdisjoint(line.words[:60]) for line in ahead)
    return personal * 3 >= len(ahead) > 1


def _own(text: str, one: Attribution) -> bool:
    """Whether a speaker is the source of a claim in their own speech."""
    return len(one.source) == 1 and one.source[0].of(text).lower() in ("i", "we", "my", "our")


def _spoken(line: Line, voice: Spans) -> list[Attribution]:
    """A sentence of a speech; a stage direction in brackets is the writer's."""
    span = _trimmed(line, 0, len(line))
    if span is None or line.words[0] in "([<":
        return []
    return [Attribution((span,), voice, (), "transcript", 0.7)]


def _line(line: Line, page: Page, state: _State) -> list[Attribution]:
    """The attributions of one line; a quotation alone goes to who spoke before it."""
    words = line.words
    tagged = tag(line)
    made = [_attribution(line, found) for found in tagged.found]
    begins_quoted = bool(words) and words[0] == QUOTE
    bare = begins_quoted and not made and _only_quotes(line)
    opening, before = state.opening, state.opening_line
    listed = (
        opening is not None
        and before is not None
        and (line.kind is SentenceKind.BULLET or bare or line.paragraph <= before.paragraph + 1)
    )
    if not made and listed and opening is not None and before is not None and words:
        made = [_under(line, opening, before)]
        if line.kind is not SentenceKind.BULLET and not bare:
            state.opening = None
        state.last, state.last_line = made[0], line
        return made
    if line.kind is not SentenceKind.BULLET:
        state.opening = None
    if bare and state.last is not None and state.last_line is not None:
        joined = _continue(line, state.last, state.last_line)
        if joined is not None:
            state.last, state.last_line = joined, line
            return [joined]
    if not made:
        made = _uncovered_quote(line)
    if tagged.opening is not None:
        state.opening, state.opening_line = tagged.opening, line
    if made:
        quoted = [one for one in made if one.rule in _QUOTED]
        state.last, state.last_line = (quoted or made)[-1], line
    elif not bare:
        state.last = None if line.kind is SentenceKind.HEADING else _subject(line)
        state.last_line = line
    return made


def _only_quotes(line: Line) -> bool:
    """Whether a line is nothing but quotations and stops."""
    return all(word == QUOTE or not word[0].isalnum() for word in line.words)


def _subject(line: Line) -> Attribution | None:
    """The subject of a sentence without a cue: who a quotation right after it may belong to."""
    found = main_subject(line, 0, len(line)) if len(line) > 2 else None
    if found is None or not speaks(line, found.start, found.end):
        return None
    source = line.span_of(found.start, found.end)
    return Attribution((), (source,), (), "subject", 0.0)


def _continue(line: Line, last: Attribution, before: Line) -> Attribution | None:
    """A line that is only a quotation: more of what was said, or a new claim of the same source."""
    span = _trimmed(line, 0, len(line))
    if span is None or not last.source:
        return None
    if last.content and line.paragraph == before.paragraph and span.start >= last.content[-1].end:
        return replace(last, content=(*last.content, span))
    if line.paragraph - before.paragraph > 1:
        return None
    rule, confidence = ("quote-follows", 0.7) if last.content else ("quote-after-subject", 0.45)
    return Attribution((span,), last.source, (), rule, confidence)


def _under(line: Line, opening: Found, before: Line) -> Attribution:
    """A bullet, a quotation or a sentence after "S said:"."""
    span = _trimmed(line, 0, len(line)) or line.span
    source = (before.span_of(*opening.source),) if opening.source else ()
    cue = tuple(before.span_of(*piece) for piece in opening.cue)
    return Attribution((span,), source, cue, "said-list", opening.confidence)


def _uncovered_quote(line: Line) -> list[Attribution]:
    """ "Putin was blunt: 'Q'": a quotation after a colon belongs to the subject."""
    words = line.words
    for k in range(1, len(words)):
        if words[k] == QUOTE and words[k - 1] == ":":
            found = main_subject(line, 0, k - 1)
            if found is None:
                return []
            return [
                Attribution(
                    (line.span_of(k, k + 1),),
                    (line.span_of(found.start, found.end),),
                    (line.span_of(k - 1, k),),
                    "colon-quote",
                    0.6,
                )
            ]
    return []


def line_attributions(line: Line) -> list[Attribution]:
    """What the rules find in one line taken by itself."""
    return [_attribution(line, found) for found in tag(line).found]


def _attribution(line: Line, found: Found) -> Attribution:
    content = tuple(span for piece in found.content if (span := _trimmed(line, *piece)) is not None)
    return Attribution(
        content or (line.span_of(*found.content[0]),),
        (line.span_of(*found.source),) if found.source else (),
        tuple(line.span_of(*piece) for piece in found.cue),
        found.rule,
        found.confidence,
        tuple(line.span_of(*piece) for piece in found.relays),
    )


def _trimmed(line: Line, first: int, last: int) -> Span | None:
    """The span of some tokens without stops and commas at its edges."""
    words, inside = line.words, line.inside
    while (
        first < last
        and not inside[first]
        and words[first] in (",", ";", ":", "–", "—", "-", "•", "*", "·", ".")
    ):
        first += 1
    while (
        last > first
        and not inside[last - 1]
        and words[last - 1] in (",", ";", ":", ".", "–", "—", "-")
    ):
        last -= 1
    return line.span_of(first, last) if last > first else None


def _over_paragraphs(made: list[Attribution], quotes: Sequence[Quote]) -> list[Attribution]:
    """Give every part of a quotation over paragraphs to one attribution; drop what came twice."""
    whole = {part: quote for quote in quotes if len(quote.spans) > 1 for part in quote.spans}
    latest: dict[Span, Attribution] = {}
    for one in made:  # a continued attribution replaces its earlier, shorter self
        latest[one.content[0]] = one
    taken: dict[int, int] = {}
    """Which of `kept` has a quotation; it is known by its `id`, since hashing reads every part."""
    kept: dict[int, Attribution] = {}
    for number, one in enumerate(latest.values()):
        long = next((whole[part] for part in one.content if part in whole), None)
        if long is not None:
            other = taken.get(id(long))
            if other is not None:
                if not one.cue or kept[other].cue:
                    continue
                del kept[other]
            one = replace(one, content=tuple(_disjoint(sorted({*one.content, *long.spans}))))
            taken[id(long)] = number
        kept[number] = one
    return list(kept.values())


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return kept


def mode_of(text: str, content: Spans, marked: Sequence[Span]) -> Mode:
    """Whether the words are quoted: all of them, some, or none.

    `marked` are the quoted stretches that share a character with the content, in order.
    """
    some = False
    bare = False
    first = 0
    for span in content:
        at = span.start
        while first < len(marked) and marked[first].end <= at:
            first += 1
        for number in range(first, len(marked)):
            part = marked[number]
            if part.start >= span.end:
                break
            if part.end <= at:
                continue
            some = True
            if part.start > at and _has_word(text, at, part.start):
                bare = True
            at = max(at, part.end)
        if at < span.end and _has_word(text, at, span.end):
            bare = True
    if not some:
        return Mode.INDIRECT
    return Mode.MIXED if bare else Mode.DIRECT


def _has_word(text: str, start: int, end: int) -> bool:
    return any(text[k].isalnum() for k in range(start, end))


__all__ = [
    "Attribution",
    "Page",
    "Tagger",
    "by_rules",
    "line_attributions",
    "mode_of",
]
