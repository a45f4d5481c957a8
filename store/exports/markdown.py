"""Markdown: a report for each article that a person reads; CommonMark, nothing of it active."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from claims.codebook import Codebook
from claims.model import Span
from claims.text import paragraphs
from store.exports.links import web_address
from store.exports.marks import Segment, marked
from store.exports.model import Document, Losses, Options
from store.records import ClaimRecord
from store.sides import side_name
from store.wording import channel, day_and_time, manner, one_line, quantity, quote, speaker

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")
_BLOCK_START = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


def escaped(text: str, *, first: bool = False) -> str:
    """An outside string on one line, every character of it shown as written by CommonMark.

    `first` tells that a block begins with it: then it must not look like a list or a heading.
    """
    text = _SPECIAL.sub(r"\\\1", one_line(text))
    if not first:
        return text
    # A digit cannot be escaped; the dot or bracket behind a leading number can.
    found = _BLOCK_START.match(text)
    if found is None:
        return text
    if found[0].isdigit():
        return f"{found[0]}\\{text[found.end() :]}"
    return "\\" + text


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """One report an article, divided by rules."""
    for number, document in enumerate(documents):
        lead = ["---", ""] if number else []
        yield "\n".join(chain(lead, _report(document, options))) + "\n"


def _report(document: Document, options: Options) -> Iterator[str]:
    article = document.article
    summary = article.summary
    yield f"# {escaped(summary.title) or 'Untitled'}"
    yield ""
    facts = (summary.outlet, summary.byline, summary.date)
    if any(facts):
        yield escaped(" · ".join(fact for fact in facts if fact), first=True)
        yield ""
    if summary.url:
        address = web_address(summary.url)
        yield f"<{address}>" if address else escaped(summary.url, first=True)
        yield ""
    decided = sum(record.status.decided for record in document.claims)
    yield (
        f"{len(document.claims)} claims, {decided} decided. "
        f"Profile {escaped(summary.profile)}, extractor {escaped(article.extractor)}."
    )
    yield ""
    yield f"Text SHA-256: `{article.text_sha256}`"
    yield ""
    for note in article.notes:
        yield f"Note: {escaped(note)}"
        yield ""
    yield "## Claims"
    yield ""
    if not document.claims:
        yield "None."
        yield ""
    for number, record in enumerate(document.claims, 1):
        yield from _claim(number, record, document, options.codebook)
    if options.text:
        yield "## Text"
        yield ""
        yield "A number in bold stands where the claim of that number begins."
        yield ""
        for _, segments in marked(document.claims, paragraphs(article.text)):
            yield _paragraph(segments, document, options.codebook)
            yield ""


def _claim(
    number: int, record: ClaimRecord, document: Document, codebook: Codebook
) -> Iterator[str]:
    claim = record.claim
    kind = codebook[claim.type]
    text = document.article.text
    side = side_name(document.article.summary.profile, claim.side)
    yield (
        f"### {number}. {escaped(kind.letter)} {escaped(kind.label)}: "
        f"{escaped(speaker(claim))} ({escaped(side)}), {record.status.value} {record.status.sign}"
    )
    yield ""
    yield f"> {escaped(quote(text, claim.content), first=True)}"
    yield ""
    facts: list[tuple[str, str]] = [("how", manner(claim))]
    if claim.about is not None:
        facts.append(("about", codebook[claim.about].label))
    if claim.channel:
        facts.append(("channel", channel(claim)))
    if claim.source:
        facts.append(("source", f"“{quote(text, claim.source)}”"))
    if claim.cue:
        facts.append(("cue", f"“{quote(text, claim.cue)}”"))
    if claim.quantities:
        facts.append(("figures", "; ".join(map(quantity, claim.quantities))))
    if claim.victims is not None:
        facts.append(("victims", side_name(document.article.summary.profile, claim.victims)))
    if claim.places:
        facts.append(("places", "; ".join(place.name for place in claim.places)))
    if claim.rule:
        facts.append(("rule", f"{claim.rule} (confidence {claim.confidence:.2f})"))
    if record.decided_at:
        facts.append(
            ("decided", f"{day_and_time(record.decided_at)} by {record.annotator or 'unknown'}")
        )
    if record.tags:
        facts.append(("tags", ", ".join(record.tags)))
    if record.note:
        facts.append(("note", record.note))
    for name, value in facts:
        yield f"- {name}: {escaped(value)}"
    yield ""


def _paragraph(segments: Sequence[Segment], document: Document, codebook: Codebook) -> str:
    pieces: list[str] = []
    plain: list[Span] = []

    def settle() -> None:
        # Neighbours are escaped as one: a character's meaning depends on what stands beside it.
        if plain:
            words = document.article.text[plain[0].start : plain[-1].end]
            pieces.append(_inline(words, first=not pieces))
            plain.clear()

    for segment in segments:
        if segment.begins:
            settle()
            pieces += (
                f"**{position + 1}{codebook[document.claims[position].claim.type].letter}** "
                for position in segment.begins
            )
        plain.append(segment.span)
    settle()
    return "".join(pieces).rstrip()


def _inline(text: str, *, first: bool) -> str:
    """A stretch of a paragraph: as `escaped`, but the blanks at its ends stay."""
    if not text.strip():
        return " " if text and not first else ""
    before = " " if text[0].isspace() and not first else ""
    after = " " if text[-1].isspace() else ""
    return before + escaped(text, first=first) + after
