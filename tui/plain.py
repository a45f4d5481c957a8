"""Articles and claims as plain text: for pipes, for paper and for screen readers.

Two forms. `page` is the text with each claim in brackets and the claims listed below; `style` of
a part is a colour for a terminal, and nothing is lost without it. `sentence_by_sentence` uses
words only, one thing a line, in the order in which it would be read aloud.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from claims.codebook import Codebook
from claims.model import Claim, Group, Span
from claims.text import displayed, paragraphs
from store.exports.marks import Segment, marked
from store.records import ArticleRecord, ClaimRecord, Status
from store.sides import side_look
from store.wording import channel, day, manner, one_line, quantity, quote, speaker

if TYPE_CHECKING:
    from rich.text import Text


class Part(NamedTuple):
    """Words of a line that have passed `displayed`, and a style by rich's names, or none."""

    words: str
    style: str = ""


Line = tuple[Part, ...]

_COLOURS = {
    Group.GROUND: "cyan",
    Group.FIRE: "red",
    Group.TOLL: "magenta",
    Group.FORCES: "yellow",
    Group.AID: "green",
    Group.POLITICS: "blue",
    Group.DISPUTE: "red underline",
    Group.VIEW: "magenta underline",
    Group.NONE: "",
}
"""The terminal's own colours: they read on a light and on a dark ground."""


def page(
    article: ArticleRecord,
    claims: Sequence[ClaimRecord],
    codebook: Codebook,
    *,
    by_side: bool = False,
) -> Iterator[Line]:
    """The article with its claims in brackets, then the list of claims."""
    for words in _heading(article, claims):
        yield (Part(words),)
    yield ()
    styles = [_style(article, record, codebook, by_side=by_side) for record in claims]
    for _, segments in marked(claims, paragraphs(article.text)):
        yield tuple(_marked_parts(article, claims, codebook, segments, styles))
        yield ()
    if claims:
        yield (Part("Claims", "bold"),)
    for number, record in enumerate(claims, 1):
        yield from _listed(number, record, article, codebook, styles[number - 1])


def rich_text(line: Line) -> Text:
    """The line for rich; never through its markup."""
    from rich.text import Text

    return Text.assemble(*((part.words, part.style) for part in line))


def sentence_by_sentence(
    article: ArticleRecord, claims: Sequence[ClaimRecord], codebook: Codebook
) -> Iterator[str]:
    """Each sentence on a line, then each claim that begins in it, in words."""
    yield from _heading(article, claims, between=", ")
    starts = [sentence.span.start for sentence in article.sentences]
    begun: dict[int, list[tuple[int, ClaimRecord]]] = {}
    for number, record in enumerate(claims, 1):
        at = max(bisect_right(starts, record.claim.start) - 1, 0)
        begun.setdefault(at, []).append((number, record))
    for at, sentence in enumerate(article.sentences):
        yield f"Sentence {at + 1}: {one_line(sentence.span.of(article.text))}"
        for number, record in begun.get(at, ()):
            said = _said(record.claim, sentence.span, article.text)
            yield f"Claim {number}: {'; '.join(_in_words(record, article, codebook, said))}."


def _said(claim: Claim, sentence: Span, text: str) -> str:
    """The words of a claim; what was just read out is not read out again."""
    if len(claim.content) == 1 and _bare(claim.content[0].of(text)) == _bare(sentence.of(text)):
        return "the whole sentence"
    words = one_line(quote(text, claim.content))
    return f"words {words}" if words[:1] in '“"«„' else f"words “{words}”"


def _bare(words: str) -> str:
    return words.strip(" .\n\t")


def _heading(
    article: ArticleRecord, claims: Sequence[ClaimRecord], *, between: str = " · "
) -> Iterator[str]:
    summary = article.summary
    yield one_line(summary.title)
    facts = [summary.outlet, summary.byline, day(summary.date)]
    if any(facts):
        yield between.join(one_line(fact) for fact in facts if fact)
    if summary.url:
        yield one_line(summary.url)
    decided = sum(record.status.decided for record in claims)
    yield f"{len(claims)} claims, {decided} decided; profile {one_line(summary.profile)}"
    for note in article.notes:
        yield one_line(note)


def _in_words(
    record: ClaimRecord, article: ArticleRecord, codebook: Codebook, said: str
) -> Iterator[str]:
    claim = record.claim
    yield codebook[claim.type].label
    yield f"side {one_line(side_look(article.summary.profile, claim.side).name)}"
    yield f"speaker {one_line(speaker(claim))}"
    yield manner(claim)
    if claim.channel:
        yield f"channel {one_line(channel(claim))}"
    if claim.quantities:
        yield "figures " + one_line(", ".join(map(quantity, claim.quantities)))
    if claim.victims is not None:
        yield f"victims {one_line(side_look(article.summary.profile, claim.victims).name)}"
    yield said
    yield record.status.value
    if record.note:
        yield f"note “{one_line(record.note)}”"
    if record.tags:
        yield "tags " + one_line(", ".join(record.tags))


def _style(
    article: ArticleRecord, record: ClaimRecord, codebook: Codebook, *, by_side: bool
) -> str:
    if by_side:
        return side_look(article.summary.profile, record.claim.side).colour
    return _COLOURS[codebook[record.claim.type].group]


def _sign(number: int, claim: Claim, article: ArticleRecord, codebook: Codebook) -> str:
    tag = one_line(side_look(article.summary.profile, claim.side).tag)
    return f"{number} {codebook[claim.type].letter} {tag}"


def _marked_parts(
    article: ArticleRecord,
    claims: Sequence[ClaimRecord],
    codebook: Codebook,
    segments: Sequence[Segment],
    styles: Sequence[str],
) -> Iterator[Part]:
    opened: list[int] = []
    for segment in segments:
        for position in segment.begins:
            sign = _sign(position + 1, claims[position].claim, article, codebook)
            yield Part(f"[{sign}: ", f"bold {styles[position]}".strip())
            opened.append(position)
        style = [styles[segment.top]] if segment.top is not None else []
        style += ["bold"] * segment.source + ["italic"] * segment.cue
        yield Part(_inline(segment.span, article.text), " ".join(filter(None, style)))
        for position in segment.ends:
            # A bracket that does not close the one opened last says which one it closes.
            last = opened[-1] if opened else position
            closing = "]" if last == position else f" {position + 1}]"
            if position in opened:
                opened.remove(position)
            yield Part(closing, f"bold {styles[position]}".strip())


def _inline(span: Span, text: str) -> str:
    return displayed(span.of(text)).replace("\n", " ")


def _listed(
    number: int, record: ClaimRecord, article: ArticleRecord, codebook: Codebook, style: str
) -> Iterator[Line]:
    claim = record.claim
    rejected = record.status is Status.REJECTED
    yield (
        Part(f"{_sign(number, claim, article, codebook)} ", f"bold {style}".strip()),
        Part(f"{codebook[claim.type].label}, {one_line(speaker(claim))}: "),
        Part(one_line(quote(article.text, claim.content)), "strike" if rejected else ""),
    )
    facts = [manner(claim)]
    if claim.channel:
        facts.append(one_line(channel(claim)))
    facts += [one_line(quantity(item)) for item in claim.quantities]
    facts.append(f"{record.status.sign} {record.status.value}")
    if record.tags:
        facts.append("tags " + one_line(", ".join(record.tags)))
    if record.note:
        facts.append(f"note “{one_line(record.note)}”")
    yield (Part("    " + "; ".join(facts), "dim"),)
