"""What each annotator sees where they decided: kept beside the log, and rebuilt from it.

`claim_state` has the `after` of the latest decision on a claim, in columns that can be filtered;
`tally` the counts of the articles in which an annotator has such rows; `history` which batches
are done and which are undone. All three follow from the log, the machine's claims and the
current text versions: `rebuild_state` makes them anew.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from claims.model import Claim
from store import figures, index, links, machine, tally
from store.records import ClaimRecord, Status
from store.snapshot import dumps, pack, unpack

if TYPE_CHECKING:
    from store.db import Library


class Place(NamedTuple):
    """Whose state of which claim of which text."""

    annotator: str
    article_id: int
    text_sha256: str
    claim_id: str


def write(
    connection: sqlite3.Connection,
    place: Place,
    decision_id: int,
    before: ClaimRecord | None,
    after: ClaimRecord | None,
    texts: dict[str, str] | None = None,
) -> None:
    """Make the state what the decision left; `texts` are texts at hand, by their hash.

    No row stays where the machine's word holds again, or where a person's own claim is gone. A
    machine's claim that was deleted leaves a hidden row. A note on a claim that nobody decided
    keeps the note, while the claim is the machine's as long as it proposes it.
    """
    former = connection.execute(
        "SELECT decision_id FROM claim_state WHERE article_id = ? AND annotator = ?"
        " AND text_sha256 = ? AND claim_id = ?",
        (place.article_id, place.annotator, place.text_sha256, place.claim_id),
    ).fetchone()
    if former is not None:
        index.drop_note(connection, former[0])
        for table in ("link", "own_figure"):
            connection.execute(f"DELETE FROM {table} WHERE decision_id = ?", former)
        connection.execute("DELETE FROM claim_state WHERE decision_id = ?", former)
    shown = left(connection, place, before, after)
    if shown is None:
        return
    hidden = after is None
    text = (texts or {}).get(place.text_sha256)
    if text is None:
        text = read_text(connection, place)
    speaker = shown.claim.speaker
    speaker_id = machine.speaker_ids(connection, [speaker]).get(speaker or "")
    insert(connection, place, decision_id, shown, hidden, text, speaker_id)
    index.put_note(connection, decision_id)
    if not hidden:
        links.write(connection, place, decision_id, shown.links)
        if shown.status in (Status.EDITED, Status.ADDED):
            number = place.article_id
            figures.save_own(connection, decision_id, number, shown.claim, text, speaker_id)


def left(
    connection: sqlite3.Connection,
    place: Place,
    before: ClaimRecord | None,
    after: ClaimRecord | None,
) -> ClaimRecord | None:
    """What of a decision is kept as a state; None where there is nothing to keep."""
    hidden = after is None
    shown = before if after is None else after
    if shown is None or (hidden and shown.machine is None):
        return None
    if not hidden and not shown.status.decided:
        if not (shown.note or shown.tags or shown.links):
            return None
        proposed = _machine_claim(connection, place)
        if proposed is not None:
            shown = replace(shown, claim=proposed, machine=proposed)
    return shown


def insert(
    connection: sqlite3.Connection,
    place: Place,
    decision_id: int,
    shown: ClaimRecord,
    hidden: bool,
    text: str,
    speaker_id: int | None,
) -> None:
    """Write one row of `claim_state`."""
    claim = shown.claim
    connection.execute(
        "INSERT INTO claim_state (decision_id, annotator, article_id, text_sha256, claim_id,"
        ' current, hidden, status, start, "end", type, side, speaker_id, quote, note, tags,'
        f" decided_at, body, record, {', '.join(machine.COLUMNS)})"
        f" VALUES ({', '.join('?' * (19 + len(machine.COLUMNS)))})",
        (
            decision_id,
            *place,
            current_text(connection, place.article_id) == place.text_sha256,
            hidden,
            shown.status.value,
            claim.start,
            claim.end,
            claim.type.value,
            claim.side,
            speaker_id,
            machine.quote(text, claim.content),
            "" if hidden else shown.note,
            dumps(() if hidden else shown.tags),
            shown.decided_at,
            machine.body(claim),
            pack(shown),
            *machine.fields(claim),
        ),
    )


def read_text(connection: sqlite3.Connection, place: Place) -> str:
    """The text that a claim stands in."""
    (text,) = connection.execute(
        "SELECT text FROM text_version WHERE article_id = ? AND sha256 = ?",
        (place.article_id, place.text_sha256),
    ).fetchone()
    return str(text)


def current_text(connection: sqlite3.Connection, article_id: int) -> str:
    """The hash of the article's current text."""
    (sha,) = connection.execute(
        "SELECT v.sha256 FROM article a JOIN text_version v ON v.id = a.version_id WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    return str(sha)


def _machine_claim(connection: sqlite3.Connection, place: Place) -> Claim | None:
    found = connection.execute(
        "SELECT c.body FROM claim c JOIN article a ON a.id = c.article_id JOIN text_version v"
        " ON v.id = a.version_id WHERE c.article_id = ? AND c.id = ? AND v.sha256 = ?",
        (place.article_id, place.claim_id, place.text_sha256),
    ).fetchone()
    return None if found is None else read_claim(found[0])


def read_claim(body: str) -> Claim:
    """A claim as `machine.body` wrote it."""
    return Claim.from_json(json.loads(body))


def refresh(connection: sqlite3.Connection, article_id: int) -> None:
    """Bring the article's states in line with its current text and its machine's claims."""
    connection.execute(
        "UPDATE claim_state SET current = text_sha256 = (SELECT v.sha256 FROM article a"
        " JOIN text_version v ON v.id = a.version_id WHERE a.id = claim_state.article_id)"
        " WHERE article_id = ?",
        (article_id,),
    )
    noted = connection.execute(
        "SELECT d.annotator, d.article_id, d.text_sha256, d.claim_id, d.id, d.before, d.after"
        " FROM claim_state s JOIN decision d ON d.id = s.decision_id"
        " WHERE s.article_id = ? AND s.status = ? AND NOT s.hidden",
        (article_id, Status.PROPOSED.value),
    ).fetchall()
    for *place, decision_id, before, after in noted:
        write(
            connection,
            Place(*place),
            decision_id,
            unpack(before, article_id),
            unpack(after, article_id),
        )
    for (annotator,) in connection.execute(
        "SELECT DISTINCT annotator FROM claim_state WHERE article_id = ?", (article_id,)
    ).fetchall():
        tally.count(connection, annotator, article_id)


def remember_batch(
    connection: sqlite3.Connection,
    annotator: str,
    batch: str,
    first_id: int,
    action: str,
    target: str | None,
) -> None:
    """Move the annotator's place in the history: a new batch drops what was undone."""
    if action in ("undo", "redo"):
        state = "undone" if action == "undo" else "done"
        connection.execute("UPDATE history SET state = ? WHERE batch = ?", (state, target))
        return
    if target is not None:  # speaks for another batch and is no step of its own (see `joining`)
        connection.execute("UPDATE history SET state = 'done' WHERE batch = ?", (target,))
        return
    connection.execute(
        "UPDATE history SET state = 'dropped' WHERE annotator = ? AND state = 'undone'",
        (annotator,),
    )
    connection.execute(
        "INSERT INTO history (batch, annotator, first_id, state) VALUES (?, ?, ?, 'done')",
        (batch, annotator, first_id),
    )


def rebuild_state(library: Library) -> None:
    """Make `claim_state`, `tally` and `history` anew from the log, in one transaction."""
    with library.transaction() as connection:
        connection.execute("INSERT INTO note_fts (note_fts) VALUES ('delete-all')")
        for table in ("link", "own_figure", "claim_state", "tally", "history"):
            connection.execute(f"DELETE FROM {table}")
        seen: set[str] = set()
        for row in connection.execute(
            "SELECT id, batch, annotator, action, target, article_id, text_sha256, claim_id,"
            " before, after FROM decision ORDER BY id"
        ).fetchall():
            number, batch, annotator, action, target, article_id, sha, claim_id, before, after = row
            if batch not in seen:
                seen.add(batch)
                remember_batch(connection, annotator, batch, number, action, target)
            write(
                connection,
                Place(annotator, article_id, sha, claim_id),
                number,
                unpack(before, article_id),
                unpack(after, article_id),
            )
        for annotator, article_id in connection.execute(
            "SELECT DISTINCT annotator, article_id FROM claim_state"
        ).fetchall():
            tally.count(connection, annotator, article_id)
