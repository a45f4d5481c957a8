"""CSV and TSV with named columns: one article a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from store.ingest.encoding import decode
from store.ingest.model import MAX_TEXT, Given, Incoming, InputError
from store.ingest.plain import record_article

_NAMES = {
    "text": ("text", "body", "content", "article", "article_text", "full_text"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "publication"),
    "byline": ("byline", "author", "authors"),
    "date": ("date", "published", "published_at", "pubdate", "publication_date"),
    "url": ("url", "link"),
    "profile": ("profile",),
}
"""The columns by the names that corpora give them, the first that is there."""


def read_table(name: str, given: Given, data: bytes) -> Iterator[Incoming]:
    """One article a row; the columns are known by their names in the first row."""
    try:
        text, warning = decode(data)
        rows = _rows(text)
        heads = next(rows, (0, []))[1]
        places = _places(heads)
    except (InputError, csv.Error) as problem:
        yield Incoming(name, refusal=str(problem))
        return
    try:
        for line, row in rows:
            where = f"{name}, line {line}"
            if not any(row):
                continue
            record = {key: row[at] for key, at in places.items() if at < len(row) and row[at]}
            try:
                yield record_article(where, given, record, warning, "text/csv")
            except InputError as problem:
                yield Incoming(where, refusal=str(problem))
    except csv.Error as problem:
        yield Incoming(name, refusal=f"is no CSV beyond this point: {problem}")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line that it begins on."""
    csv.field_size_limit(MAX_TEXT)
    head = text[:4096].split("\n", 1)[0]
    delimiter = max(",;\t|", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    for row in reader:
        yield before + 1, row
        before = reader.line_num


def _places(heads: list[str]) -> dict[str, int]:
    known = {head.strip().casefold().replace(" ", "_"): at for at, head in enumerate(heads)}
    found = {
        key: next(known[name] for name in names if name in known)
        for key, names in _NAMES.items()
        if any(name in known for name in names)
    }
    if "text" not in found:
        shown = ", ".join(head.strip() for head in heads if head.strip())[:100]
        raise InputError(f'has no column "text" (it has: {shown or "none"}); name it in line 1')
    return found
