"""Embedded posts: the words above a "— Name (@handle) date" line belong to that account."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.attribution import Attribution, Page, line_attributions
from claims.lines import lines
from claims.model import Sentence, SentenceKind, Span
from claims.quotes import Quote

_SIGNATURE = re.compile(r"\s*[—–-]{1,2}\s*(?P<who>[^\n@()]{1,80}\(@\w{1,40}\)?)")
_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/|t\.co/|pic\.x\.com/)\S*")
_AS_SAID = re.compile(r"(?:As I (?:said|wrote|noted|reported)[^,\n]{0,30}, )")
_NAMED = re.compile(r"(?P<who>[A-Z][\w.’'-]{1,30}(?: [A-Z][\w.’'-]{1,30}){0,3})(?P<colon>:) ")
CHANNEL = ("X",)
"""The channel of a post that is signed with a handle: X, once Twitter."""


def attributions(page: Page) -> list[Attribution]:
    """The claims of every embedded post of a page.

    A post that itself says who says something ("Zelensky: '…'", "Putin says that …") gives that
    claim to the one it names, by way of X; the rest of the post is a claim of the account.
    """
    made: list[Attribution] = []
    for body, signature in _posts(page):
        match = _SIGNATURE.match(page.text, signature.start, signature.end)
        if match is None:
            continue
        who = Span(*match.span("who"))
        made.extend(_post(page, body, who))
    return made


def _posts(page: Page) -> Iterator[tuple[list[Sentence], Span]]:
    body: list[Sentence] = []
    for sentence in page.sentences:
        if sentence.kind is SentenceKind.POST:
            if body and sentence.paragraph - body[-1].paragraph > 1:
                body = []
            body.append(sentence)
        elif sentence.kind is SentenceKind.SIGNATURE and body:
            yield body, sentence.span
            body = []
        else:
            body = []


def _post(page: Page, body: Sequence[Sentence], who: Span) -> list[Attribution]:
    start, end = body[0].span.start, body[-1].span.end
    first = bisect_left(page.quotes, start, key=lambda quote: quote.start)
    last = bisect_left(page.quotes, end, key=lambda quote: quote.start)
    quotes = page.quotes[first:last]
    made = _named_in_quotes(page.text, quotes, body)
    cut: list[Span] = []
    for one in made:
        outer = [q for q in quotes if q.depth == 0 and q.start <= one.start][-1]
        cut.append(Span(outer.start, outer.end if outer.closed else end))
    if not made:
        for line in lines(page.text, body, quotes):
            for one in line_attributions(line):
                made.append(replace(one, channel=CHANNEL, relays=(*one.relays, who)))
                cut.append(line.span)
    pieces = [piece for sentence in body for piece in _pieces(page.text, sentence.span, cut)]
    joined: list[Span] = []
    for piece in pieces:
        if joined and not page.text[joined[-1].end : piece.start].strip():
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    if joined:
        own = Attribution(tuple(joined), (who,), (), "post-signature", 0.9, (), CHANNEL)
        made.insert(0, own)
    return made


def _named_in_quotes(
    text: str, quotes: Sequence[Quote], body: Sequence[Sentence]
) -> list[Attribution]:
    """ "Zelensky: The offensive …" at the head of a quote, and what is quoted inside it."""
    made: list[Attribution] = []
    for quote in quotes:
        if quote.depth:
            continue
        inner = quote.start + 1
        match = _NAMED.match(text, inner, quote.end)
        if match is None:
            continue
        source = Span(*match.span("who"))
        colon = Span(*match.span("colon"))
        last = quote.end - 1 if quote.closed else body[-1].span.end
        deeper = [q for q in quotes if q.depth <= 1 and quote.start < q.start < last]
        stop = deeper[0].start if deeper else last
        sentence_end = next(
            (s.span.end for s in body if s.span.start <= match.end() < s.span.end), stop
        )
        span = _tidy(text, Span(match.end(), min(stop, sentence_end)))
        if span is not None:
            made.append(
                Attribution((span,), (source,), (colon,), "headline-colon", 0.7, (), CHANNEL)
            )
        for one in deeper:
            spans = [_tidy(text, piece) for part in one.spans for piece in _pieces(text, part, [])]
            kept = tuple(piece for piece in spans if piece is not None)
            if kept and made:
                made.append(
                    Attribution(kept, (source,), (colon,), "quote-in-quote", 0.6, (), CHANNEL)
                )
    return made


def _pieces(text: str, span: Span, cut: Sequence[Span]) -> list[Span]:
    """A sentence of a post without links, without "As I said," and without what is cut."""
    start = span.start
    said = _AS_SAID.match(text, start, span.end)
    if said:
        start = said.end()
    holes = sorted(
        [Span(*match.span()) for match in _LINK.finditer(text, start, span.end)]
        + [hole for hole in cut if hole.overlaps(Span(start, span.end))]
    )
    pieces: list[Span] = []
    for hole in holes:
        if hole.start > start and (piece := _tidy(text, Span(start, hole.start))):
            pieces.append(piece)
        start = max(start, hole.end)
    if start < span.end and (piece := _tidy(text, Span(start, span.end))):
        pieces.append(piece)
    return pieces


def _tidy(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ":–—-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ":,–—-"):
        end -= 1
    if not any(text[k].isalnum() for k in range(start, end)):
        return None
    return Span(start, end)
