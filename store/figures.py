"""The figures of the machine's claims as rows of `figure`, kept with the claims."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from itertools import groupby

from claims.ledger import lines, shown, whose
from claims.model import Claim
from claims.profile import Profile, ProfileError, load
from store import paths

_INSERT = (
    "INSERT INTO figure (article_id, claim_id, number, type, measure, counted, low, high, value,"
    " bound, day, dated, side, victims, speaker_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


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
        _INSERT,
        [
            (
                article_id,
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
                claim.side,
                whose(claim, line, text, known),
                None if claim.speaker is None else speakers.get(claim.speaker),
            )
            for claim in claims
            for line in lines(claim, date)
        ],
    )


def clear(connection: sqlite3.Connection, article_id: int) -> None:
    """Remove the figures of an article."""
    connection.execute("DELETE FROM figure WHERE article_id = ?", (article_id,))


def fill(connection: sqlite3.Connection) -> None:
    """Make the figures of all claims, for a library that had none yet."""
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


def _profile(name: str) -> Profile:
    try:
        return load(name, (paths.profiles_dir(),))
    except ProfileError:  # removed since: its sides are not known any more
        return load("generic")
