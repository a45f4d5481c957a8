"""Counts of an article as one annotator sees it, kept where that differs from the machine's."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from store.snapshot import dumps

_STATUSES = ("accepted", "rejected", "edited", "added")


class Seen(NamedTuple):
    """What of a claim is counted."""

    status: str
    type: str
    side: str


_SHOWN = """
    SELECT 'proposed' AS status, c.type AS type, c.side AS side FROM claim c
    WHERE c.article_id = :article AND NOT EXISTS (
        SELECT 1 FROM claim_state s WHERE s.article_id = c.article_id
        AND s.annotator = :annotator AND s.current AND s.claim_id = c.id)
    UNION ALL
    SELECT s.status, s.type, s.side FROM claim_state s
    WHERE s.article_id = :article AND s.annotator = :annotator AND s.current AND NOT s.hidden
"""


def seen(
    connection: sqlite3.Connection, annotator: str, article_id: int, claim_id: str
) -> Seen | None:
    """The claim of the current text as the annotator sees it now; None when it is not shown."""
    own = connection.execute(
        "SELECT hidden, status, type, side FROM claim_state WHERE article_id = ?"
        " AND annotator = ? AND current AND claim_id = ?",
        (article_id, annotator, claim_id),
    ).fetchone()
    if own is not None:
        return None if own[0] else Seen(*own[1:])
    machine = connection.execute(
        "SELECT 'proposed', type, side FROM claim WHERE article_id = ? AND id = ?",
        (article_id, claim_id),
    ).fetchone()
    return None if machine is None else Seen(*machine)


def change(
    connection: sqlite3.Connection,
    annotator: str,
    article_id: int,
    before: Iterable[Seen | None],
    after: Iterable[Seen | None],
) -> None:
    """Count what was seen before a change out and what is seen after it in.

    The cost does not depend on how many claims the article has.
    """
    if not _differs(connection, annotator, article_id):
        _forget(connection, annotator, article_id)
        return
    statuses, types, sides = _current(connection, annotator, article_id)
    for sign, claims in ((-1, before), (1, after)):
        for claim in claims:
            if claim is not None:
                statuses[claim.status] += sign
                types[claim.type] += sign
                sides[claim.side] += sign
    _write(connection, annotator, article_id, statuses, types, sides)


def count(connection: sqlite3.Connection, annotator: str, article_id: int) -> None:
    """Count the article anew as this annotator sees it."""
    if not _differs(connection, annotator, article_id):
        _forget(connection, annotator, article_id)
        return
    statuses: Counter[str] = Counter()
    types: Counter[str] = Counter()
    sides: Counter[str] = Counter()
    for status, kind, side, number in connection.execute(
        f"SELECT status, type, side, count(*) FROM ({_SHOWN}) GROUP BY 1, 2, 3",
        {"annotator": annotator, "article": article_id},
    ):
        statuses[status] += number
        types[kind] += number
        sides[side] += number
    _write(connection, annotator, article_id, statuses, types, sides)


def _differs(connection: sqlite3.Connection, annotator: str, article_id: int) -> bool:
    found = connection.execute(
        "SELECT 1 FROM claim_state WHERE article_id = ? AND annotator = ? AND current LIMIT 1",
        (article_id, annotator),
    ).fetchone()
    return found is not None


def _forget(connection: sqlite3.Connection, annotator: str, article_id: int) -> None:
    connection.execute(
        "DELETE FROM tally WHERE annotator = ? AND article_id = ?", (annotator, article_id)
    )


def _current(
    connection: sqlite3.Connection, annotator: str, article_id: int
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    row = connection.execute(
        "SELECT claims - decided, accepted, rejected, edited, added, types, sides FROM tally"
        " WHERE annotator = ? AND article_id = ?",
        (annotator, article_id),
    ).fetchone()
    if row is None:
        row = connection.execute(
            "SELECT claims, 0, 0, 0, 0, types, sides FROM article WHERE id = ?", (article_id,)
        ).fetchone()
    statuses = Counter(dict(zip(("proposed", *_STATUSES), row[:5], strict=True)))
    return statuses, Counter(json.loads(row[5])), Counter(json.loads(row[6]))


def _write(
    connection: sqlite3.Connection,
    annotator: str,
    article_id: int,
    statuses: Counter[str],
    types: Counter[str],
    sides: Counter[str],
) -> None:
    total = statuses.total()
    connection.execute(
        "INSERT OR REPLACE INTO tally (annotator, article_id, claims, accepted, rejected, edited,"
        " added, decided, types, sides) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            annotator,
            article_id,
            total,
            *(statuses[name] for name in _STATUSES),
            total - statuses["proposed"],
            dumps(dict(sorted((+types).items()))),
            dumps(dict(sorted((+sides).items()))),
        ),
    )
