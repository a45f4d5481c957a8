"""The full-text indexes, kept right within the transaction that changes what they index.

Both are external-content tables (https://www.sqlite.org/fts5.html#external_content_tables): they
hold no text, so what is taken out must be given with the words that were put in.
"""

from __future__ import annotations

import sqlite3

from store import fts

_WORDS = (
    "SELECT a.id, a.title, a.outlet, a.byline, v.text FROM article a"
    " JOIN text_version v ON v.id = a.version_id WHERE a.id = ?"
)


def drop_article(connection: sqlite3.Connection, article_id: int) -> None:
    """Take the article out, before its title, outlet, byline or current text changes."""
    connection.execute(
        "INSERT INTO article_fts (article_fts, rowid, title, outlet, byline, text)"
        " VALUES ('delete', ?, ?, ?, ?, ?)",
        _indexed(connection, article_id),
    )


def put_article(connection: sqlite3.Connection, article_id: int) -> None:
    """Put the article in as it is now."""
    connection.execute(
        "INSERT INTO article_fts (rowid, title, outlet, byline, text) VALUES (?, ?, ?, ?, ?)",
        _indexed(connection, article_id),
    )


def _indexed(
    connection: sqlite3.Connection, article_id: int
) -> tuple[int, str, str | None, str | None, str]:
    """What the view `article_index` says, made here because that takes a tenth of the time."""
    number, title, outlet, byline, text = connection.execute(_WORDS, (article_id,)).fetchone()
    return number, fts.visible(title), outlet, byline, fts.visible(text)


def drop_note(connection: sqlite3.Connection, decision_id: int) -> None:
    """Take the note and the tags of a state out, before the state goes."""
    connection.execute(
        "INSERT INTO note_fts (note_fts, rowid, note, tags)"
        " SELECT 'delete', decision_id, note, tags FROM claim_state WHERE decision_id = ?",
        (decision_id,),
    )


def put_note(connection: sqlite3.Connection, decision_id: int) -> None:
    """Put the note and the tags of a state in."""
    connection.execute(
        "INSERT INTO note_fts (rowid, note, tags)"
        " SELECT decision_id, note, tags FROM claim_state WHERE decision_id = ?",
        (decision_id,),
    )


def check(connection: sqlite3.Connection) -> None:
    """Raise `sqlite3.DatabaseError` when an index is not what its content says."""
    for table in ("article_fts", "note_fts"):
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
