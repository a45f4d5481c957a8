"""Prodigy: JSONL for `spans.manual` and `rel.manual`, one article a line.

Offsets count code points; `token_end` is the last token of a span, as Prodigy has it. The tokens
are cut at the edges of the spans, so that each span is whole tokens. The claims whole stand in
`meta`. (https://prodi.gy/docs/api-interfaces#spans)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from store.exports.model import Document, Losses, Options
from store.exports.offsets import tokens
from store.exports.standoff import KEY, one_line_json, origin, parts, payload


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """One task a line."""
    for document in documents:
        yield one_line_json(_task(document)) + "\n"


def _task(document: Document) -> dict[str, Any]:
    text = document.article.text
    marks = [
        (record, part.name, span)
        for record in document.claims
        for part in parts(record)
        for span in part.spans
    ]
    cut = tokens(text, [span for _, _, span in marks])
    starts, ends = [token.start for token in cut], [token.end for token in cut]
    spans: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    first: dict[str, int] = {}
    for record, part, span in sorted(marks, key=lambda m: (m[0].id, m[1] != "content", m[2])):
        at, last = bisect_left(starts, span.start), bisect_left(ends, span.end)
        label = str(record.claim.type) if part == "content" else part
        spans.append(
            {
                "start": span.start,
                "end": span.end,
                "token_start": at,
                "token_end": last,
                "label": label,
                "id": record.id,
            }
        )
        head = first.setdefault(record.id, last) if part == "content" else first.get(record.id)
        if head is not None and part != "content":
            relations.append({"head": head, "child": last, "label": f"{part} of"})
    return {
        "text": text,
        "tokens": [
            {
                "text": text[token.start : token.end],
                "start": token.start,
                "end": token.end,
                "id": number,
                "ws": text[token.end : token.end + 1] == " ",
            }
            for number, token in enumerate(cut)
        ],
        "spans": sorted(spans, key=lambda span: (span["start"], span["end"], span["id"])),
        "relations": relations,
        "meta": {
            "source": document.article.summary.outlet or document.article.summary.title,
            KEY: {
                **origin(document),
                "claims": [payload(document, record) for record in document.claims],
            },
        },
    }
