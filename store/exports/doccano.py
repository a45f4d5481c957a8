"""doccano: JSONL of sequence labelling with relations; make the project with overlapping spans.

Offsets count UTF-16 units, as doccano's web client does; `--offsets codepoint` is for readers in
Python. The claims whole stand under `warreader`, which doccano keeps as metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from store.exports.model import Document, Losses, Options
from store.exports.offsets import Offsets
from store.exports.standoff import KEY, one_line_json, origin, parts, payload


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """One article a line."""
    for document in documents:
        yield one_line_json(_example(document, options)) + "\n"


def _example(document: Document, options: Options) -> dict[str, Any]:
    offsets = Offsets(document.article.text, options.offsets or "utf16")
    entities: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    for record in document.claims:
        ids: dict[str, list[int]] = {}
        for part in parts(record):
            for span in part.spans:
                start, end = offsets.span(span)
                number = len(entities) + 1
                ids.setdefault(part.name, []).append(number)
                label = str(record.claim.type) if part.name == "content" else part.name
                entities.append(
                    {"id": number, "label": label, "start_offset": start, "end_offset": end}
                )
        to = ids["content"][0]
        for name, numbers in ids.items():
            for number in numbers:
                if number != to:
                    kind = "continues" if name == "content" else f"{name} of"
                    relations.append(
                        {"id": len(relations) + 1, "from_id": number, "to_id": to, "type": kind}
                    )
    return {
        "text": document.article.text,
        "entities": entities,
        "relations": relations,
        KEY: {
            **origin(document),
            "offsets": offsets.unit,
            "claims": [payload(document, record) for record in document.claims],
        },
    }
