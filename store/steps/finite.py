"""Figures without end: what a row of 300 digits gave once, and what JSON has no number for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

_ENDLESS = '":Infinity'
"""How Python writes such a figure, and SQLite does not read it."""


def finite(db: Database) -> None:
    """Figures that are no finite number are none, in claims, states and the rows made of them."""
    from store import figures

    connection = db.conn
    mend(connection)
    for table, fill in (("figure", figures.fill), ("own_figure", figures.fill_own)):
        if connection.execute(
            f"SELECT 1 FROM {table} WHERE low > 1e308 OR high > 1e308 LIMIT 1"
        ).fetchone():
            db.execute(f"DELETE FROM {table}")
            fill(connection)


def mend(connection: sqlite3.Connection) -> None:
    """Write the claims and states again that SQLite cannot read as JSON for such a figure.

    The log stays as it is: reading it gives none for such a figure.
    """
    from store.machine import body
    from store.snapshot import pack, unpack
    from store.state import read_claim

    found = connection.execute(
        "SELECT rowid, body FROM claim WHERE instr(body, ?)", (_ENDLESS,)
    ).fetchall()
    connection.executemany(
        "UPDATE claim SET body = ? WHERE rowid = ?",
        [(body(read_claim(words)), row) for row, words in found],
    )
    states = connection.execute(
        "SELECT decision_id, body, record FROM claim_state"
        " WHERE instr(body, ?1) OR instr(record, ?1)",
        (_ENDLESS,),
    ).fetchall()
    connection.executemany(
        "UPDATE claim_state SET body = ?, record = ? WHERE decision_id = ?",
        [(body(read_claim(words)), pack(unpack(kept, 0)), row) for row, words, kept in states],
    )
