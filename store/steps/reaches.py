"""Over what time a figure is summed, and figures of what persons changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def reaches(db: Database) -> None:
    """A column of `figure`; `own_figure`, which follows from the log; both are filled."""
    from store import figures

    db.execute("ALTER TABLE figure ADD COLUMN reach TEXT NOT NULL DEFAULT ''")
    db.execute(
        """
        CREATE TABLE own_figure (
            decision_id INTEGER NOT NULL REFERENCES claim_state (decision_id) ON DELETE CASCADE,
            claim_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            type TEXT NOT NULL,
            measure TEXT NOT NULL,
            counted TEXT NOT NULL,
            low REAL,
            high REAL,
            value REAL NOT NULL,
            bound TEXT NOT NULL,
            day TEXT,
            dated TEXT NOT NULL,
            reach TEXT NOT NULL,
            side TEXT NOT NULL,
            victims TEXT,
            speaker_id INTEGER REFERENCES speaker (id),
            PRIMARY KEY (decision_id, number)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute("DELETE FROM figure")
    figures.fill(db.conn)
    figures.fill_own(db.conn)
