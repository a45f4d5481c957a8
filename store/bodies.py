"""What texts were taken from, kept beside them so that a better reader can read them again."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from store.records import Body

if TYPE_CHECKING:
    from store.db import Library
    from store.ingest.kinds import Kind
    from store.ingest.model import Given, Incoming

MAX_KEPT = 64 * 2**20
"""Bytes, unpacked, above which only the facts are kept."""


def keep(connection: sqlite3.Connection, version_id: int, body: Body) -> None:
    """Keep a body with its text version, within the caller's transaction; the first one stays."""
    data = body.data if len(body.data) <= MAX_KEPT else b""
    connection.execute(
        "INSERT INTO body (version_id, media, facts, data) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (version_id) DO NOTHING",
        (
            version_id,
            body.media,
            json.dumps(dict(body.facts), ensure_ascii=False, sort_keys=True),
            zlib.compress(data, 6) if data else b"",
        ),
    )


def body_of(library: Library, version_id: int) -> Body | None:
    """The body of a text version; None when none was kept."""
    rows = library.rows("SELECT media, facts, data FROM body WHERE version_id = ?", (version_id,))
    if not rows:
        return None
    media, facts, data = rows[0]
    unpacked = zlib.decompressobj().decompress(data, MAX_KEPT) if data else b""
    return Body(str(media), unpacked, json.loads(facts))


def facts_of(library: Library, version_id: int) -> Mapping[str, str]:
    """How a text version was read; empty when nothing is known."""
    rows = library.rows("SELECT facts FROM body WHERE version_id = ?", (version_id,))
    found: dict[str, str] = json.loads(rows[0][0]) if rows else {}
    return found


def remarks(facts: Mapping[str, str]) -> tuple[str, ...]:
    """What the reader of a text should know of how it was read."""
    found = []
    if facts.get("encoding_guessed"):
        found.append(f"The encoding was guessed ({facts.get('encoding', 'unknown')}).")
    if facts.get("reader") == "all text":
        found.append("All text of the page, not only its article.")
    if facts.get("text") == "summary":
        found.append("A summary from a feed; warreader fetch gets the full text.")
    return tuple(found)


def read_again(library: Library, article_id: int, given: Given) -> Incoming:
    """The article as today's readers read what its text was taken from.

    Refused where nothing was kept: of plain texts and records the text is all there was.
    """
    from store.ingest.model import Incoming
    from store.ingest.reading import read  # late: readers of a library do not need it

    where = f"article {article_id}"
    body = body_of(library, library.articles.get(article_id).text_version_id)
    if body is None or not body.data:
        return Incoming(where, refusal="nothing is kept that its text was taken from")
    kind = _KINDS.get(body.media)
    if kind is None:
        return Incoming(where, refusal=f"nobody reads {body.media} here")
    (found,) = read(where, kind, given, BytesIO(body.data))
    return found


_KINDS: Mapping[str, Kind] = {
    "text/html": "html",
    "message/rfc822": "eml",
    "application/pdf": "pdf",
}
