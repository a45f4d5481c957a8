"""Web Annotation (W3C Recommendation, 23 February 2017) as one JSON-LD collection.

Each claim is an annotation of its content; its source and its cue are annotations of their own that
point to it. Spans are given twice, by their words with 32 characters around them and by position in
code points, as the Recommendation's section 4.2 asks. The claim whole stands under
`warreader:claim`, a JSON literal of JSON-LD 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claims.model import Span
from store.exports.links import web_address
from store.exports.model import Document, Losses, Options
from store.exports.standoff import guid, one_line_json, origin, parts, payload
from store.records import ClaimRecord

AROUND = 32
"""Characters of prefix and suffix; what Hypothesis takes."""
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "warreader": "urn:warreader:",
        "warreader:claim": {"@type": "@json"},
        "warreader:article": {"@type": "@json"},
        "warreader:of": {"@type": "@id"},
    },
]


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """One AnnotationCollection, one annotation a line, so that two files can be compared."""
    yield (
        f'{{"@context": {one_line_json(_CONTEXT)},\n"id": "urn:uuid:{guid("collection")}",\n'
        '"type": "AnnotationCollection",\n"label": "Claims marked in warreader",\n'
        f'"first": {{"id": "urn:uuid:{guid("page")}", "type": "AnnotationPage", "items": ['
    )
    between = "\n"
    for document in documents:
        for record in document.claims:
            for annotation in _annotations(document, record):
                yield between + one_line_json(annotation)
                between = ",\n"
    yield "\n]}}\n"


def name(document: Document, record: ClaimRecord, part: str = "content") -> str:
    """The identifier of a claim's annotation, the same in every export of the same article."""
    return f"urn:uuid:{guid(document.article.text_sha256, record.id, part)}"


def _annotations(document: Document, record: ClaimRecord) -> Iterator[dict[str, Any]]:
    made: dict[str, Any] = {}
    if record.annotator:
        made["creator"] = {"type": "Person", "name": record.annotator}
    if record.decided_at:
        made["created"] = record.decided_at
    for part in parts(record):
        annotation = {
            "id": name(document, record, part.name),
            "type": "Annotation",
            "motivation": "classifying" if part.name == "content" else "identifying",
            **made,
            "body": _bodies(record) if part.name == "content" else [_tag(part.name)],
            "target": [_target(document, span) for span in part.spans],
        }
        if part.name == "content":
            annotation["warreader:claim"] = payload(document, record)
            annotation["warreader:article"] = origin(document)
        else:
            annotation["warreader:of"] = name(document, record)
        yield annotation


def _tag(value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "tagging", "value": value}


def _bodies(record: ClaimRecord) -> list[dict[str, str]]:
    found = [
        {"type": "TextualBody", "purpose": "classifying", "value": str(record.claim.type)},
        *map(_tag, record.tags),
    ]
    if record.note:
        found.append(
            {
                "type": "TextualBody",
                "purpose": "commenting",
                "format": "text/plain",
                "value": record.note,
            }
        )
    return found


def _target(document: Document, span: Span) -> dict[str, Any]:
    text, summary = document.article.text, document.article.summary
    target: dict[str, Any] = {
        "source": web_address(summary.url or "") or f"urn:sha256:{document.article.text_sha256}",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - AROUND) : span.start],
                "suffix": text[span.end : span.end + AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
    if summary.date and "T" in summary.date:
        target["state"] = {"type": "TimeState", "sourceDate": summary.date}
    return target
