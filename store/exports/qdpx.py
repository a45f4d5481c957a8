"""REFI-QDA project (QDPX 1.5) for NVivo, ATLAS.ti, MAXQDA, QualCoder and their like.

A ZIP of `project.qde` and one plain text an article. Each content span is a selection coded with
its type and the side of its source; sources and cues are selections coded `source` and `cue`.
Offsets count code points, end exclusive (the standard's own example, where its prose differs).
QualCoder counts UTF-16 units: `--offsets utf16`. (https://www.qdasoftware.org, version 1.5)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from claims.model import Span
from store.exports.model import Document, Losses, Options
from store.exports.offsets import Offsets
from store.exports.standoff import guid, parts, zipped
from store.records import ClaimRecord
from store.wording import one_line, quantity

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CARRIED = "source, cue, content, type, side, note, tags, status"


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[bytes]:
    """The archive; the project file last, since it lists the codes that were met."""
    return zipped(_files(documents, options, losses))


def _files(
    documents: Iterable[Document], options: Options, losses: Losses
) -> Iterator[tuple[str, bytes]]:
    sources: list[str] = []
    codes: dict[str, None] = {f"type: {kind}": None for kind in options.codebook.types}
    codes |= {"source": None, "cue": None}
    notes: list[str] = []
    users: dict[str, None] = {}
    for document in documents:
        name = guid("text", document.article.id, document.article.text_sha256)
        yield f"sources/{name}.txt", document.article.text.encode("utf-8")
        users[document.annotator or "warreader"] = None
        sources.append(_source(document, name, options, codes, notes))
        for record in document.claims:
            losses.lose(
                document, record.id, "fields", f"a coding holds {_CARRIED} and nothing else"
            )
    yield "project.qde", _project(users, codes, sources, notes).encode("utf-8")


def _source(
    document: Document, name: str, options: Options, codes: dict[str, None], notes: list[str]
) -> str:
    offsets = Offsets(document.article.text, options.offsets or "codepoint")
    user = guid("user", document.annotator or "warreader")
    selections = []
    for record in document.claims:
        for part in parts(record):
            wanted = _codes(record) if part.name == "content" else [part.name]
            codes |= dict.fromkeys(wanted)
            for number, span in enumerate(part.spans):
                key = (document.article.id, record.id, part.name, number)
                note = ""
                if part.name == "content" and number == 0:
                    note = guid("note", *key)
                    notes.append(_note(note, record, user))
                selections.append(_selection(document, offsets, span, key, wanted, user, note))
    title = one_line(document.article.summary.title) or "article"
    return (
        f'<TextSource guid="{name}" name={_attribute(title)}'
        f' plainTextPath="internal://{name}.txt" creatingUser="{user}">\n'
        + "".join(selections)
        + "</TextSource>\n"
    )


def _codes(record: ClaimRecord) -> list[str]:
    claim = record.claim
    found = [f"type: {claim.type}", f"side: {claim.side}", f"status: {record.status}"]
    return [*found, *(f"tag: {tag}" for tag in record.tags)]


def _selection(
    document: Document,
    offsets: Offsets,
    span: Span,
    key: Sequence[object],
    codes: Sequence[str],
    user: str,
    note: str,
) -> str:
    start, end = offsets.span(span)
    words = one_line(span.of(document.article.text))[:200] or "blank"
    codings = "".join(
        f'<Coding guid="{guid("coding", *key, code)}" creatingUser="{user}">'
        f'<CodeRef targetGUID="{guid("code", code)}"/></Coding>\n'
        for code in dict.fromkeys(codes)
    )
    noted = f'<NoteRef targetGUID="{note}"/>\n' if note else ""
    return (
        f'<PlainTextSelection guid="{guid("selection", *key)}" name={_attribute(words)}'
        f' startPosition="{start}" endPosition="{end}" creatingUser="{user}">\n'
        f"{codings}{noted}</PlainTextSelection>\n"
    )


def _note(name: str, record: ClaimRecord, user: str) -> str:
    claim = record.claim
    lines = [
        f"speaker: {one_line(claim.speaker or 'the article')} ({claim.side}, {claim.role})",
        f"stance: {claim.stance}; {claim.certainty}; {claim.distance}; {claim.mode}",
    ]
    if claim.channel:
        lines.append("channel: " + ", ".join(map(one_line, claim.channel)))
    if claim.quantities:
        lines.append("figures: " + "; ".join(map(quantity, claim.quantities)))
    lines.append(f"confidence {claim.confidence:.2f} by {one_line(claim.rule)}")
    if record.note:
        lines.append(record.note)
    body = escape(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", "\n".join(lines)))
    return (
        f'<Note guid="{name}" name={_attribute(f"claim {record.id}")} creatingUser="{user}">'
        f"<PlainTextContent>{body}</PlainTextContent></Note>\n"
    )


def _project(
    users: Iterable[str], codes: Iterable[str], sources: Sequence[str], notes: Sequence[str]
) -> str:
    people = "".join(
        f'<User guid="{guid("user", name)}" name={_attribute(name)}/>\n' for name in users
    )
    book = "".join(
        f'<Code guid="{guid("code", code)}" name={_attribute(code)} isCodable="true"/>\n'
        for code in codes
    )
    body = ""
    if people:
        body += f"<Users>\n{people}</Users>\n"
    body += f"<CodeBook><Codes>\n{book}</Codes></CodeBook>\n"
    if sources:
        body += f"<Sources>\n{''.join(sources)}</Sources>\n"
    if notes:
        body += f"<Notes>\n{''.join(notes)}</Notes>\n"
    return (
        f'{_HEAD}<Project xmlns="urn:QDA-XML:project:1.0" name="warreader" origin="warreader">\n'
        f"{body}</Project>\n"
    )


def _attribute(value: str) -> str:
    return quoteattr(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value))
