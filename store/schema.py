"""The schema of the library and its migrations, append only.

`STEPS` are applied in their order, each once; `user_version` is how many have been. What a step
made is never changed in place: a later step changes it. `docs/database.md` describes the tables.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from store import fts
from store.steps.analysis import analysis, speaker_sides
from store.steps.anchors import anchors
from store.steps.facets import TRIGGERS as COUNTING
from store.steps.facets import facets
from store.steps.finite import finite
from store.steps.intake import intake
from store.steps.pairs import type_and_side
from store.steps.reaches import reaches
from store.steps.shelf import library_shelf
from store.steps.states import states_of_claims

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x57415252
"""The bytes "WARR" in the header of every library (https://www.sqlite.org/pragma.html)."""

# A column that may be long stands last: what follows it can only be reached through it.
TABLES = (
    """
    CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        url TEXT UNIQUE,
        title TEXT NOT NULL,
        outlet TEXT,
        byline TEXT,
        date TEXT,
        origin TEXT,
        version_id INTEGER REFERENCES text_version (id),
        words INTEGER NOT NULL DEFAULT 0,
        profile TEXT NOT NULL DEFAULT '',
        extractor TEXT NOT NULL DEFAULT '',
        notes TEXT NOT NULL DEFAULT '[]',
        claims INTEGER NOT NULL DEFAULT 0,
        types TEXT NOT NULL DEFAULT '{}',
        sides TEXT NOT NULL DEFAULT '{}',
        added_at TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE text_version (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES article (id),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        chars INTEGER NOT NULL,
        mapping INTEGER NOT NULL,
        added_at TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (article_id, sha256)
    ) STRICT
    """,
    """
    CREATE TABLE sentence (
        version_id INTEGER NOT NULL REFERENCES text_version (id),
        number INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        paragraph INTEGER NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (version_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE speaker (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        folded TEXT NOT NULL,
        claims INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE claim (
        article_id INTEGER NOT NULL REFERENCES article (id),
        id TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        type TEXT NOT NULL,
        side TEXT NOT NULL,
        speaker_id INTEGER REFERENCES speaker (id),
        quote TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE claim_count (
        type TEXT NOT NULL,
        side TEXT NOT NULL,
        claims INTEGER NOT NULL,
        PRIMARY KEY (type, side)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE decision (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        batch TEXT NOT NULL,
        at TEXT NOT NULL,
        annotator TEXT NOT NULL,
        action TEXT NOT NULL,
        article_id INTEGER NOT NULL REFERENCES article (id),
        text_sha256 TEXT NOT NULL,
        claim_id TEXT NOT NULL,
        before TEXT,
        after TEXT,
        target TEXT
    ) STRICT
    """,
    """
    CREATE TABLE history (
        batch TEXT PRIMARY KEY,
        annotator TEXT NOT NULL,
        first_id INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
    ) STRICT
    """,
    """
    CREATE TABLE claim_state (
        decision_id INTEGER PRIMARY KEY REFERENCES decision (id),
        annotator TEXT NOT NULL,
        article_id INTEGER NOT NULL REFERENCES article (id),
        text_sha256 TEXT NOT NULL,
        claim_id TEXT NOT NULL,
        current INTEGER NOT NULL,
        hidden INTEGER NOT NULL,
        status TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        type TEXT NOT NULL,
        side TEXT NOT NULL,
        speaker_id INTEGER REFERENCES speaker (id),
        quote TEXT NOT NULL,
        note TEXT NOT NULL,
        tags TEXT NOT NULL,
        decided_at TEXT,
        body TEXT NOT NULL,
        record TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE tally (
        annotator TEXT NOT NULL,
        article_id INTEGER NOT NULL REFERENCES article (id),
        claims INTEGER NOT NULL,
        accepted INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        edited INTEGER NOT NULL,
        added INTEGER NOT NULL,
        decided INTEGER NOT NULL,
        types TEXT NOT NULL,
        sides TEXT NOT NULL,
        PRIMARY KEY (annotator, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE reading (
        annotator TEXT NOT NULL,
        article_id INTEGER NOT NULL REFERENCES article (id),
        position INTEGER NOT NULL,
        read_at TEXT NOT NULL,
        PRIMARY KEY (annotator, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)

INDEXES = (
    "CREATE INDEX article_newest ON article (date DESC, id)",
    "CREATE INDEX article_outlet ON article (outlet, date DESC, id)",
    "CREATE INDEX article_claims ON article (claims)",
    "CREATE INDEX text_version_sha256 ON text_version (sha256)",
    "CREATE UNIQUE INDEX claim_id ON claim (article_id, id)",
    "CREATE INDEX claim_place ON claim (article_id, start)",
    "CREATE INDEX claim_type ON claim (type, article_id, start)",
    "CREATE INDEX claim_side ON claim (side, article_id, start)",
    "CREATE INDEX claim_speaker ON claim (speaker_id, article_id, start)",
    "CREATE INDEX decision_batch ON decision (batch)",
    "CREATE INDEX decision_claim ON decision (article_id, claim_id)",
    "CREATE INDEX history_pointer ON history (annotator, state, first_id)",
    "CREATE UNIQUE INDEX claim_state_claim"
    " ON claim_state (article_id, annotator, text_sha256, claim_id)",
    "CREATE INDEX claim_state_status ON claim_state (annotator, current, hidden, status)",
)


def _visible(column: str) -> str:
    for code in fts.INVISIBLE:
        column = f"replace({column}, char({code}), '')"
    return column


# The two indexes are kept by `store.index` and not by triggers: older SQLite refuses a virtual
# table in a trigger when `trusted_schema` is off, as it is here.
SEARCH = (
    f"""
    CREATE VIEW article_index AS
        SELECT a.id AS rowid, {_visible("a.title")} AS title, a.outlet AS outlet,
            a.byline AS byline, {_visible("v.text")} AS text
        FROM article a JOIN text_version v ON v.id = a.version_id
    """,
    """
    CREATE VIRTUAL TABLE article_fts USING fts5 (
        title, outlet, byline, text,
        content='article_index', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE note_fts USING fts5 (
        note, tags,
        content='claim_state', content_rowid='decision_id',
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
)

TRIGGERS = tuple(
    f"""
    CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table}
    BEGIN
        SELECT raise(ABORT, 'a {word} is never changed or removed');
    END
    """
    for table, word in (("decision", "decision"), ("text_version", "text version"))
    for action in ("update", "delete")
)

VIEWS = (
    """
    CREATE VIEW v_articles AS
        SELECT a.id AS id, a.title AS title, a.outlet AS outlet, a.byline AS byline,
            a.date AS date, a.url AS url, a.profile AS profile, a.words AS words,
            a.claims AS claims, v.sha256 AS text_sha256, v.text AS text,
            a.added_at AS added_at, a.changed_at AS changed_at
        FROM article a JOIN text_version v ON v.id = a.version_id
    """,
    """
    CREATE VIEW v_claims AS
        SELECT c.article_id AS article_id, c.id AS claim_id, NULL AS annotator,
            'proposed' AS status, c.type AS type, c.side AS side, p.name AS speaker,
            c.start AS start, c."end" AS "end", c.quote AS quote, '' AS note, '[]' AS tags,
            NULL AS decided_at, c.body AS claim
        FROM claim c LEFT JOIN speaker p ON p.id = c.speaker_id
        WHERE NOT EXISTS (
            SELECT 1 FROM claim_state s
            WHERE s.article_id = c.article_id AND s.claim_id = c.id AND s.current
        )
        UNION ALL
        SELECT s.article_id, s.claim_id, s.annotator, s.status, s.type, s.side, p.name, s.start,
            s."end", s.quote, s.note, s.tags, s.decided_at, s.body
        FROM claim_state s LEFT JOIN speaker p ON p.id = s.speaker_id
        WHERE s.current AND NOT s.hidden
    """,
)


def first(db: Database) -> None:
    """Everything that the first version has."""
    for statement in (*TABLES, *INDEXES, *SEARCH, *TRIGGERS, *VIEWS):
        db.execute(statement)


def annotators(db: Database) -> None:
    """A table of annotators, so that one can be made before their first decision."""
    db.execute("CREATE TABLE annotator (name TEXT PRIMARY KEY, added_at TEXT NOT NULL) STRICT")
    db.execute(
        "INSERT INTO annotator (name, added_at)"
        " SELECT annotator, min(at) FROM decision GROUP BY annotator"
    )


def bookmarks(db: Database) -> None:
    """Marks that a person sets in an article (`store.bookmarks`)."""
    db.execute(
        """
        CREATE TABLE bookmark (
            annotator TEXT NOT NULL,
            article_id INTEGER NOT NULL REFERENCES article (id),
            letter TEXT NOT NULL,
            text_sha256 TEXT NOT NULL,
            start INTEGER NOT NULL,
            made_at TEXT NOT NULL,
            words TEXT NOT NULL,
            PRIMARY KEY (annotator, article_id, letter)
        ) STRICT, WITHOUT ROWID
        """
    )


STEPS: tuple[Callable[[Database], None], ...] = (
    first,
    library_shelf,
    annotators,
    bookmarks,
    analysis,
    intake,
    anchors,
    speaker_sides,
    type_and_side,
    reaches,
    facets,
    states_of_claims,
    finite,
)


def version() -> int:
    """The `user_version` of a library that this program writes."""
    return len(STEPS)


def active() -> dict[str, str]:
    """The triggers and views that a library has, by name: a foreign trigger could undo our work."""
    found = {}
    for statement in (SEARCH[0], *TRIGGERS, *COUNTING, *VIEWS):
        words = " ".join(statement.split())
        found[words.split(" ")[2]] = words
    return found


def database(connection: sqlite3.Connection) -> Database:
    """The connection as sqlite-utils sees it.

    sqlite-utils imports NumPy and pandas when it finds them, for columns that no library has;
    that would cost half a second, so they are kept out of its sight while it is imported. Its
    plugins are for its own command line and are not run on a library.
    """
    hidden = [
        name
        for name in ("numpy", "pandas")
        if "sqlite_utils" not in sys.modules and name not in sys.modules
    ]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        from sqlite_utils import Database
    finally:
        for name in hidden:
            del sys.modules[name]
    return Database(connection, execute_plugins=False)


def migrations() -> Migrations:
    """The steps as sqlite-utils applies and records them."""
    from sqlite_utils import Migrations

    steps = Migrations("warreader")
    for step in STEPS:
        steps(name=step.__name__)(step)
    return steps


def migrate(db: Database, check: Callable[[], None] = lambda: None) -> None:
    """Apply the missing steps in one transaction, with `application_id` and `user_version`.

    What `check` raises before the commit takes all of it back.

    Foreign keys are off meanwhile: rebuilding a table would otherwise delete the rows that refer
    to it (https://sqlite-utils.datasette.io/en/stable/changelog.html, 4.1.1). They are checked
    before the commit, and any problem rolls all of it back and raises.
    """
    connection = db.conn
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations().apply(db)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={version()}")
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows without what they refer to: {broken[:3]}")
        check()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")
