"""What could not be carried by itself from an older text to a newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def anchors(db: Database) -> None:
    """Claims that wait for a person to say where they stand now, or that stand nowhere."""
    db.execute(
        """
        CREATE TABLE anchor (
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES article (id),
            annotator TEXT NOT NULL,
            claim_id TEXT NOT NULL,
            text_sha256 TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('review', 'orphan')),
            start INTEGER,
            "end" INTEGER,
            likeness REAL NOT NULL,
            record TEXT NOT NULL,
            UNIQUE (article_id, annotator, claim_id, text_sha256)
        ) STRICT
        """
    )
