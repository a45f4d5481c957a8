"""Figures as rows: `figure` of the machine's claims, `own_figure` of what persons changed or made.

The first are kept with the claims, the second with the states that follow from the log.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from claims.ledger import lines, shown, whose
from claims.model import Claim
from claims.profile import Profile, ProfileError, load
from store import paths

_COLUMNS = (
    "claim_id, number, type, measure, counted, low, high, value, bound, day, dated, reach, side,"
    " victims, speaker_id"
)
_MARKS = ", ?" * 15


def save(
    connection: sqlite3.Connection,
    article_id: int,
    text: str,
    profile: str,
    date: str | None,
    claims: Iterable[Claim],
    speakers: Mapping[str, int],
) -> None:
    """Write the figures of an article's claims, within the caller's transaction."""
    known = _profile(profile)
    connection.executemany(
        f"INSERT INTO figure (article_id, {_COLUMNS}) VALUES (?{_MARKS})",
        (
            (article_id, *row)
            for claim in claims
            for row in _rows(claim, text, known, date, speakers.get(claim.speaker or ""))
        ),
    )


def save_own(
    connection: sqlite3.Connection,
    decision_id: int,
    article_id: int,
    claim: Claim,
    text: str,
    speaker_id: int | None,
) -> None:
    """Write the figures of a claim as a person's decision left it."""
    if not claim.quantities:
        return
    profile, date = connection.execute(
        "SELECT profile, date FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    connection.executemany(
        f"INSERT INTO own_figure (decision_id, {_COLUMNS}) VALUES (?{_MARKS})",
        [(decision_id, *row) for row in _rows(claim, text, _profile(profile), date, speaker_id)],
    )


def _rows(
    claim: Claim, text: str, profile: Profile, date: str | None, speaker_id: int | None
) -> Iterator[tuple[object, ...]]:
    for line in lines(claim, date, text):
        yield (
            claim.id,
            line.number,
            claim.type.value,
            line.measure,
            line.counted,
            line.quantity.low,
            line.quantity.high,
            shown(line.quantity),
            line.quantity.bound,
            line.day,
            line.dated,
            line.reach,
            claim.side,
            whose(claim, line, text, profile),
            speaker_id,
        )


def clear(connection: sqlite3.Connection, article_id: int) -> None:
    """Remove the figures of an article."""
    connection.execute("DELETE FROM figure WHERE article_id = ?", (article_id,))


def fill(connection: sqlite3.Connection) -> None:
    """Make the figures of all claims, for a library that has none of this kind yet."""
    rows = connection.execute(
        "SELECT c.article_id, a.profile, a.date, v.text, p.name, c.speaker_id, c.body"
        " FROM claim c JOIN article a ON a.id = c.article_id"
        " JOIN text_version v ON v.id = a.version_id LEFT JOIN speaker p ON p.id = c.speaker_id"
        " WHERE instr(c.body, '\"quantities\":[{') ORDER BY c.article_id"
    )
    for _, group in groupby(rows, key=lambda row: row[0]):
        found = list(group)
        article_id, profile, date, text = found[0][:4]
        claims = [Claim.from_json(json.loads(row[6])) for row in found]
        speakers = {row[4]: row[5] for row in found if row[4] is not None}
        save(connection, article_id, text, profile, date, claims, speakers)


def fill_own(connection: sqlite3.Connection) -> None:
    """Make the figures of what persons changed and made, likewise."""
    for decision_id, article_id, speaker_id, body, text in connection.execute(
        "SELECT s.decision_id, s.article_id, s.speaker_id, s.body, v.text FROM claim_state s"
        " JOIN text_version v ON v.article_id = s.article_id AND v.sha256 = s.text_sha256"
        " WHERE s.status IN ('edited', 'added') AND NOT s.hidden"
    ).fetchall():
        claim = Claim.from_json(json.loads(body))
        save_own(connection, decision_id, article_id, claim, text, speaker_id)


def _profile(name: str) -> Profile:
    try:
        return load(name, (paths.profiles_dir(),))
    except ProfileError:  # removed since: its sides are not known any more
        return load("generic")
