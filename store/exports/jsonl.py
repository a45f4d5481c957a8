"""JSONL: everything about an article on one line, which `store.imports` reads back.

`FORMAT` and `VERSION` stand in every line. Fields are added, never renamed or removed; a reader
refuses a higher version.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from claims.codebook import Codebook
from claims.model import Claim, OwnType
from store.exports.jsontext import line
from store.exports.model import Document, Losses, Options
from store.records import ClaimRecord, Decision
from store.snapshot import links_to_json, pack

FORMAT = "warreader-article"
VERSION = 1


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """One line an article."""
    for document in documents:
        yield line(_article(document, options)) + "\n"


def _article(document: Document, options: Options) -> dict[str, Any]:
    article = document.article
    summary = article.summary
    texts = {article.text_sha256: article.text, **document.older_texts}
    record: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "article": {
            "title": summary.title,
            "outlet": summary.outlet,
            "byline": summary.byline,
            "date": summary.date,
            "url": summary.url,
            "profile": summary.profile,
        },
        "text_sha256": article.text_sha256,
        "extractor": article.extractor,
        "annotator": document.annotator,
    }
    if options.text:
        record["text"] = article.text
        record["older_texts"] = [
            {"text_sha256": sha, "text": text} for sha, text in document.older_texts.items()
        ]
    codebook = _codebook(document, options.codebook)
    if codebook:
        record["codebook"] = codebook
    if summary.starred or summary.tags:
        record["marks"] = {"starred": summary.starred, "tags": list(summary.tags)}
    record["sentences"] = [list(sentence.span) for sentence in article.sentences]
    record["claims"] = [claim(document, found) for found in document.claims]
    record["decisions"] = [_decision(entry, texts) for entry in document.decisions]
    return record


def _codebook(document: Document, codebook: Codebook) -> dict[str, Any] | None:
    """What the codebook says of types beyond the scheme, and types that it does not know."""
    types = codebook.changes()
    states = [state for entry in document.decisions for state in (entry.before, entry.after)]
    for record in (*document.claims, *states):
        for found in (record.claim, record.machine) if record is not None else ():
            if found is not None and isinstance(found.type, OwnType) and found.type not in types:
                types[found.type.value] = {"label": found.type.value}
    return {"title": codebook.title, "types": types} if types else None


def claim(document: Document, record: ClaimRecord) -> dict[str, Any]:
    """A claim with its quotes, its sentence (counted from 0) and what was decided."""
    sentences = document.article.sentences
    at = bisect_right(sentences, record.claim.start, key=lambda s: s.span.start) - 1
    return {
        **record.claim.to_json(),
        "quotes": quotes(record.claim, document.article.text),
        "sentence": max(at, 0),
        "status": record.status.value,
        "annotator": record.annotator,
        "decided_at": record.decided_at,
        "note": record.note,
        "tags": list(record.tags),
        "links": links_to_json(record.links),
    }


def quotes(claim: Claim, text: str) -> dict[str, list[str]]:
    """The words of each part of a claim, fragment by fragment."""
    return {
        part: [span.of(text) for span in getattr(claim, part)]
        for part in ("source", "cue", "content")
    }


def _decision(entry: Decision, texts: dict[str, str]) -> dict[str, Any]:
    text = texts.get(entry.text_sha256)
    return {
        "uid": entry.uid,
        "batch": entry.batch,
        "at": entry.at,
        "annotator": entry.annotator,
        "action": entry.action,
        "target": entry.target,
        "text_sha256": entry.text_sha256,
        "claim_id": entry.claim_id,
        "before": _state(entry.before, text),
        "after": _state(entry.after, text),
    }


def _state(record: ClaimRecord | None, text: str | None) -> dict[str, Any] | None:
    packed = pack(record)
    if record is None or packed is None:
        return None
    state: dict[str, Any] = json.loads(packed)
    if text is not None:
        state["quotes"] = quotes(record.claim, text)
    return state
