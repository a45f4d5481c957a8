"""What is kept of where texts came from: the files themselves, how they were read, and feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    # `data` is compressed by zlib, and empty where the text is all there was.
    """
    CREATE TABLE body (
        version_id INTEGER PRIMARY KEY REFERENCES text_version (id),
        media TEXT NOT NULL,
        facts TEXT NOT NULL,
        data BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE subscription (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        etag TEXT,
        modified TEXT,
        checked_at TEXT,
        said TEXT NOT NULL DEFAULT '',
        added_at TEXT NOT NULL
    ) STRICT
    """,
)


def intake(db: Database) -> None:
    """Bodies of texts, and subscriptions to feeds."""
    for statement in TABLES:
        db.execute(statement)
