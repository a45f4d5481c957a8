"""What the library, its searches and its groups of stories keep.

An annotator's marks on articles (starred, read or unread) and tags; the sketch of each text, by
which articles on the same story are found; and more fields of a claim as columns, so that a query
can name them and an index serve it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.steps.finite import mend

if TYPE_CHECKING:
    from sqlite_utils import Database

FIELDS = ("certainty", "stance", "channel", "rule")
"""Fields of a claim that a query may name, beside those that were columns from the first.

They repeat what `body` says. SQLite could make them from it, but older versions refuse its JSON
functions in a schema when `trusted_schema` is off, as it is here.
"""

MARKS = (
    # `seen` is what the annotator said of the article: read (1), unread (0) or nothing (null),
    # which leaves it to whether the article was opened.
    """
    CREATE TABLE article_mark (
        annotator TEXT NOT NULL,
        article_id INTEGER NOT NULL REFERENCES article (id),
        starred INTEGER NOT NULL DEFAULT 0,
        seen INTEGER,
        changed_at TEXT NOT NULL,
        PRIMARY KEY (annotator, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_starred ON article_mark (annotator, article_id) WHERE starred",
    """
    CREATE TABLE article_tag (
        annotator TEXT NOT NULL,
        tag TEXT NOT NULL,
        article_id INTEGER NOT NULL REFERENCES article (id),
        PRIMARY KEY (annotator, tag, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_tagged ON article_tag (annotator, article_id)",
)

STORIES = (
    # `sketched` is which `claims.sketch` made the sketch of the current text; null before that.
    "ALTER TABLE article ADD COLUMN story INTEGER",
    "ALTER TABLE article ADD COLUMN sketched INTEGER",
    "CREATE INDEX article_story ON article (story, id) WHERE story IS NOT NULL",
    "CREATE INDEX article_unsketched ON article (id) WHERE sketched IS NULL",
    """
    CREATE TABLE sketch (
        article_id INTEGER PRIMARY KEY REFERENCES article (id),
        day INTEGER NOT NULL,
        signature BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE sketch_band (
        band INTEGER NOT NULL,
        day INTEGER NOT NULL,
        article_id INTEGER NOT NULL REFERENCES article (id),
        PRIMARY KEY (band, day, article_id)
    ) STRICT, WITHOUT ROWID
    """,
)

ORDERS = (
    "CREATE INDEX article_title ON article (title COLLATE NOCASE, id)",
    "CREATE INDEX tally_open ON tally (annotator, claims - decided, article_id)",
    "CREATE INDEX tally_claims ON tally (annotator, claims, article_id)",
)


def library_shelf(db: Database) -> None:
    """Marks, tags, sketches and stories of articles; indexed fields of claims."""
    mend(db.conn)  # before SQLite reads the bodies
    for statement in (*MARKS, *STORIES, *ORDERS):
        db.execute(statement)
    for table in ("claim", "claim_state"):
        for name in FIELDS:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
        values = ", ".join(f"{name} = json_extract(body, '$.{name}')" for name in FIELDS)
        db.execute(f"UPDATE {table} SET {values}")
    db.execute("CREATE INDEX claim_certainty ON claim (certainty, article_id, start)")
    db.execute("CREATE INDEX claim_stance ON claim (stance, article_id, start)")
    db.execute("CREATE INDEX claim_rule ON claim (rule, article_id, start)")
    # A claim without a channel has "[]" there.
    db.execute(
        "CREATE INDEX claim_channel ON claim (channel, article_id, start) WHERE channel <> '[]'"
    )
