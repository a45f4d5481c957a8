"""What the views over all claims keep: figures, proposed relations, verdicts, doubt.

`figure`, `proposal` and `compared` are machine output and replaced with the claims they belong
to; `link` follows from the log of decisions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.doubt import doubt, family

if TYPE_CHECKING:
    from sqlite_utils import Database

MEASURED = ("family", "doubt")
"""Columns of a claim: the rule that found it, and how uncertain it is (`claims.doubt`)."""

TABLES = (
    # `number` is the place among the claim's quantities.
    """
    CREATE TABLE figure (
        article_id INTEGER NOT NULL REFERENCES article (id),
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
        side TEXT NOT NULL,
        victims TEXT,
        speaker_id INTEGER REFERENCES speaker (id),
        PRIMARY KEY (article_id, claim_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX figure_day ON figure (type, measure, day, article_id, claim_id, number)",
    """
    CREATE TABLE proposal (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        rule TEXT NOT NULL,
        confidence REAL NOT NULL,
        first_article INTEGER NOT NULL REFERENCES article (id),
        first_claim TEXT NOT NULL,
        second_article INTEGER NOT NULL REFERENCES article (id),
        second_claim TEXT NOT NULL,
        reason TEXT NOT NULL,
        UNIQUE (first_article, first_claim, second_article, second_claim)
    ) STRICT
    """,
    "CREATE INDEX proposal_second ON proposal (second_article, second_claim)",
    "CREATE INDEX proposal_kind ON proposal (kind, confidence DESC, id)",
    "CREATE INDEX proposal_surest ON proposal (confidence DESC, id)",
    """
    CREATE TABLE compared (
        article_id INTEGER PRIMARY KEY REFERENCES article (id),
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE link (
        decision_id INTEGER NOT NULL REFERENCES claim_state (decision_id) ON DELETE CASCADE,
        annotator TEXT NOT NULL,
        claim_id TEXT NOT NULL,
        text_sha256 TEXT NOT NULL,
        other_claim TEXT NOT NULL,
        other_sha256 TEXT NOT NULL,
        verdict TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (annotator, claim_id, other_claim, decision_id, other_sha256)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX link_other ON link (annotator, other_claim, claim_id)",
    "CREATE INDEX link_decision ON link (decision_id)",
)

INDEXES = (
    # Each has all that its view counts, so that no claim is read for it.
    "CREATE INDEX claim_uncertain ON claim (family, type, doubt DESC, article_id, id)",
    "CREATE INDEX claim_speaker_type ON claim (speaker_id, type)",
    "CREATE INDEX claim_side_channel ON claim (side, channel)",
    "CREATE INDEX claim_article_type ON claim (article_id, type)",
)


def analysis(db: Database) -> None:
    """Figures, proposals, verdicts and doubt; `reaches` fills the figures, which it adds to."""
    connection = db.conn
    for statement in TABLES:
        db.execute(statement)
    connection.create_function("rule_family", 1, family, deterministic=True)
    connection.create_function("rule_doubt", 2, doubt, deterministic=True)
    for table in ("claim", "claim_state"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN family TEXT NOT NULL DEFAULT ''")
        db.execute(f"ALTER TABLE {table} ADD COLUMN doubt REAL NOT NULL DEFAULT 0")
        db.execute(
            f"UPDATE {table} SET family = rule_family(rule),"
            " doubt = rule_doubt(json_extract(body, '$.confidence'), rule)"
        )
    for statement in INDEXES:
        db.execute(statement)


def speaker_sides(db: Database) -> None:
    """An index for the matrices of speakers by side and by channel."""
    db.execute("CREATE INDEX claim_speaker_side ON claim (speaker_id, side, channel)")
