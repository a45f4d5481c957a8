"""The library as it was at a moment, from the log: who had decided what by then.

The machine's claims are those of now, because they are replaced when a text is read again, and an
article shows the text that it shows now. Articles that came later are not there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store import moments, state, tally
from store.errors import readable
from store.snapshot import unpack
from store.steps.facets import COUNTS

if TYPE_CHECKING:
    from store.db import Library

# Tables and views of the temporary schema stand before those of the file wherever a name is not
# qualified (https://sqlite.org/lang_naming.html), so that all reading sees them.
_SHADOWS = (
    "CREATE TEMP TABLE past (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE claim_state AS SELECT * FROM main.claim_state WHERE 0",
    "CREATE INDEX temp.past_state ON claim_state (article_id, annotator, current, claim_id)",
    "CREATE TEMP TABLE link AS SELECT * FROM main.link WHERE 0",
    f"CREATE TEMP VIEW facet AS {COUNTS}",
    "CREATE TEMP TABLE tally (annotator, article_id, claims, accepted, rejected, edited, added,"
    " decided, types, sides, PRIMARY KEY (annotator, article_id))",
)
_VIEWS = (
    "CREATE TEMP VIEW decision AS SELECT * FROM main.decision WHERE id IN (SELECT id FROM past)",
    # What a merge brought along was decided on before it came.
    "CREATE TEMP VIEW article AS SELECT * FROM main.article WHERE added_at <= '{}'"
    " OR id IN (SELECT article_id FROM temp.decision)",
)
_CLAIMS = (
    "CREATE TEMP VIEW claim AS SELECT * FROM main.claim WHERE article_id IN"
    " (SELECT id FROM temp.article)",
    "CREATE TEMP TABLE claim_count AS SELECT type, side, count(*) AS claims FROM temp.claim"
    " GROUP BY type, side",
)
"""Where articles have come since: without their claims."""


@contextmanager
def as_of(library: Library, moment: datetime) -> Iterator[None]:
    """Within the block the library reads as it was at the moment; nothing can be decided then."""
    with library.snapshot():
        connection = library._open_connection()
        (strict,) = connection.execute("PRAGMA query_only").fetchone()
        # The file itself cannot be written all the same: the connection was opened for reading.
        connection.execute("PRAGMA query_only=OFF")
        try:
            with readable(library.path, "the log"):
                _go_back(connection, moment)
        finally:
            if strict:
                connection.execute("PRAGMA query_only=ON")
        library.in_past = True
        try:
            yield
        finally:
            library.in_past = False
    # The end of the snapshot takes the temporary tables back, since they were made within it.


def _go_back(connection: sqlite3.Connection, moment: datetime) -> None:
    for statement in _SHADOWS:
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO temp.past (id) VALUES (?)",
        (
            (number,)
            for number, at in connection.execute("SELECT id, at FROM main.decision")
            if moments.logged(at) <= moment
        ),
    )
    until = moment.astimezone(UTC).isoformat(timespec="seconds")
    for statement in _VIEWS:
        connection.execute(statement.format(until))
    (later,) = connection.execute(
        "SELECT (SELECT count(*) FROM main.article) - (SELECT count(*) FROM temp.article)"
    ).fetchone()
    for statement in _CLAIMS if later else ():
        connection.execute(statement)
    last = "SELECT max(id) FROM temp.decision GROUP BY annotator, article_id, text_sha256, claim_id"
    connection.execute(
        f"INSERT INTO temp.claim_state SELECT * FROM main.claim_state WHERE decision_id IN ({last})"
    )
    connection.execute(
        "INSERT INTO temp.link SELECT * FROM main.link WHERE decision_id IN"
        " (SELECT decision_id FROM temp.claim_state)"
    )
    changed = connection.execute(
        "SELECT annotator, article_id, text_sha256, claim_id, id, before, after"
        f" FROM temp.decision WHERE id IN ({last})"
        " AND id NOT IN (SELECT decision_id FROM temp.claim_state)"
    ).fetchall()
    texts: dict[str, str] = {}
    for *where, number, before, after in changed:
        place = state.Place(*where)
        was, now = (unpack(packed, place.article_id) for packed in (before, after))
        shown = state.left(connection, place, was, now)
        if shown is None:
            continue
        if place.text_sha256 not in texts:
            texts = {place.text_sha256: state.read_text(connection, place)}
        found = connection.execute(
            "SELECT id FROM speaker WHERE name = ?", (shown.claim.speaker,)
        ).fetchone()
        state.insert(
            connection,
            place,
            number,
            shown,
            now is None,
            texts[place.text_sha256],
            None if found is None else found[0],
        )
    for annotator, article_id in connection.execute(
        "SELECT DISTINCT annotator, article_id FROM temp.claim_state"
    ).fetchall():
        tally.count(connection, annotator, article_id)
