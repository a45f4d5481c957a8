"""Bringing an older library up to date: a verified backup first, all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_fakes import Opener, article

from claims import model
from claims.model import ClaimType
from store import machine, schema, snapshot
from store.backup import backup
from store.errors import DiskFull, LibraryNewer, LibraryOlder, LibraryUnwritable, MigrationFailed
from store.ledger import Asked, page, topics
from store.steps.finite import finite

if TYPE_CHECKING:
    from sqlite_utils import Database


def second(db: Database) -> None:
    """A step that a later version might have."""
    db.execute("ALTER TABLE article ADD COLUMN language TEXT")
    db.execute("ALTER TABLE setting RENAME COLUMN value TO content")
    db.execute("DROP VIEW v_articles")
    db.execute(schema.VIEWS[0])


def fails(db: Database) -> None:
    """A step that changes something and then breaks."""
    db.execute("ALTER TABLE article ADD COLUMN language TEXT")
    db.execute("DELETE FROM setting")
    raise ValueError("the step broke")


def breaks_references(db: Database) -> None:
    """A step after which rows refer to what is not there."""
    db.execute("DELETE FROM article")


def once_more(db: Database) -> None:
    """The step that is tested here, for a library that came by its figures since."""
    finite(db)


@pytest.fixture
def number(opened: Opener) -> int:
    """A closed library with an article and a decision on it."""
    library = opened()
    number = library.articles.add(article()).article_id
    library.decisions.accept(number, library.claims.of(number)[0].id)
    library.decisions.note(number, library.claims.of(number)[1].id, "kept")
    library.set_setting("a", "b")
    library.close()
    return number


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("library.backup-*.db"))


def test_a_migration_keeps_everything_and_a_backup(
    opened: Opener, path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened()
    kept = before.claims.of(number), before.decisions.log(), before.progress()
    before.close()
    old = _hash(path)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, second))
    library = opened()
    assert library.row("PRAGMA user_version") == (schema.version(),)
    assert (library.claims.of(number), library.decisions.log(), library.progress()) == kept
    assert library.rows("SELECT content FROM setting WHERE name = 'a'") == [("b",)]
    assert library.rows("PRAGMA foreign_keys") == [(1,)]
    library.close()
    (copy,) = _backups(path)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert _hash(path) != old
    assert {entry.name for entry in path.parent.iterdir()} == {"library.db", copy.name}
    monkeypatch.undo()
    monkeypatch.setenv("WARREADER_HOME", str(path.parent))
    with pytest.raises(LibraryNewer):
        opened()
    copy.replace(path)  # the way back that the guide describes
    restored = opened()
    assert (restored.claims.of(number), restored.decisions.log(), restored.progress()) == kept


@pytest.mark.parametrize("step", [fails, breaks_references])
def test_a_failed_migration_leaves_the_old_library_usable(
    opened: Opener,
    path: Path,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
    step: object,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", (*schema.STEPS, step))
        with pytest.raises(MigrationFailed, match="is as it was") as caught:
            opened()
        assert "\n" not in str(caught.value)
        (copy,) = _backups(path)
        assert copy.name in str(caught.value)
    library = opened()
    assert library.claims.of(number)[0].status == "accepted"
    assert library.setting("a") == "b"
    assert library.rows("PRAGMA integrity_check") == [("ok",)]
    assert library.decisions.undo() is not None


def test_figures_without_end_of_an_older_library_are_none(
    opened: Opener, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"Kyiv killed {'9' * 400} soldiers. Kyiv killed 40 soldiers. Moscow denied {'9' * 400}."
    with monkeypatch.context() as older:  # wrote what JSON does not have
        for module in (machine, snapshot):
            older.setattr(module, "dumps", partial(json.dumps, separators=(",", ":")))
        older.setattr(machine, "claim_problem", lambda *_: None)
        older.setattr(model, "_number", lambda value: value)
        library = opened()
        number = library.articles.add(article(text)).article_id
        endless, kept, _ = library.claims.of(number)
        assert endless.claim.quantities[0].low == math.inf
        library.decisions.accept(number, endless.claim.id)
        library.decisions.edit(number, endless.claim.id, type=ClaimType.STRIKE)
        before = library.rows("SELECT id, before, after FROM decision")
        assert "Infinity" in str(before)
        library.close()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, once_more))
    library = opened()
    for topic in topics(library):
        assert all(entry.value == 40 for entry in page(library, Asked(topic.type, topic.measure)))
    assert [one.claim.quantities[0].low for one in library.claims.of(number)] == [None, 40, None]
    assert library.claims.of(number)[1] == kept
    columns = ("body FROM claim", "body FROM claim_state", "record FROM claim_state")
    for column in columns:
        assert library.rows(f"SELECT {column} WHERE NOT json_valid({column.split()[0]})") == []
    assert library.rows("SELECT id, before, after FROM decision") == before
    assert library.decisions.undo() and library.decisions.undo()
    assert library.claims.of(number)[0].status == "proposed"
    assert len(library.decisions.log()) == 4


def test_a_foreign_trigger_in_an_older_library_is_refused_and_nothing_kept(
    opened: Opener, path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER theirs AFTER INSERT ON setting BEGIN SELECT 1; END")
    connection.close()
    version = schema.version()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", (*schema.STEPS, second))
        for _ in range(2):
            with pytest.raises(MigrationFailed, match=r"is as it was .*'theirs'"):
                opened()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert "language" not in [
            row[1] for row in connection.execute("PRAGMA table_info(article)")
        ]
    connection.close()


def test_no_migration_without_a_backup(
    opened: Opener, path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _hash(path)

    def no_room(connection: sqlite3.Connection, library: Path) -> Path:
        raise DiskFull(library, "no room")

    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, second))
    monkeypatch.setattr("store.db.backup", no_room)
    with pytest.raises(DiskFull):
        opened()
    assert _hash(path) == before
    assert [entry.name for entry in path.parent.iterdir()] == ["library.db"]


def test_reading_does_not_migrate(
    opened: Opener, path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _hash(path)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, second))
    with pytest.raises(LibraryOlder, match="open it once without --read-only"):
        opened(readonly=True)
    assert _hash(path) == before


def test_a_backup_has_what_is_in_the_log_and_can_be_opened(opened: Opener, path: Path) -> None:
    library = opened()
    number = library.articles.add(article()).article_id
    library.decisions.accept(number, library.claims.of(number)[0].id)
    copy = backup(library._connection, path)  # type: ignore[arg-type]
    library.close()
    assert copy.parent == path.parent
    copy.replace(path)
    again = opened()
    assert again.claims.of(number)[0].status == "accepted"
    assert again.row("PRAGMA application_id") == (schema.APPLICATION_ID,)
    assert again.search.articles("river")
    assert again.decisions.undo() is not None


def test_a_backup_that_cannot_be_written_leaves_nothing(opened: Opener, path: Path) -> None:
    library = opened()
    gone = path.parent / "gone" / "library.db"
    with pytest.raises(LibraryUnwritable, match="no backup can be written"):
        backup(library._connection, gone)  # type: ignore[arg-type]
    assert not gone.parent.exists()


def test_the_schema_is_made_in_one_transaction(path: Path) -> None:
    """Whichever statement is the last to succeed, there is all of the schema or nothing."""
    path.parent.mkdir(parents=True)
    connection = sqlite3.connect(path, isolation_level=None)
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    schema.migrate(schema.database(connection))
    connection.set_trace_callback(None)
    begun = seen.index("BEGIN IMMEDIATE")
    ended = seen.index("COMMIT")
    assert seen.count("COMMIT") == 1
    writing = [n for n, sql in enumerate(seen) if sql.split()[0] in ("CREATE", "INSERT")]
    assert begun < writing[0]
    assert writing[-1] < ended
    for pragma in ("application_id", "user_version"):
        (place,) = (n for n, sql in enumerate(seen) if sql.startswith(f"PRAGMA {pragma}="))
        assert begun < place < ended
    connection.close()


def test_the_expected_triggers_and_views_are_those_that_are_made(opened: Opener) -> None:
    library = opened()
    made = {
        name: " ".join(sql.split())
        for name, sql in library.rows(
            "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
        )
    }
    assert made == schema.active()
    assert len(made) == 13


def test_sqlite_utils_is_imported_without_numpy_and_pandas(
    tmp_path: Path, child_environment: dict[str, str]
) -> None:
    import subprocess

    for name in ("numpy", "pandas"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('imported')\n")
    code = (
        "import sqlite3, sys; from store import schema;"
        "schema.database(sqlite3.connect(':memory:'));"
        "assert 'numpy' not in sys.modules and 'pandas' not in sys.modules;"
        "print('sqlite_utils' in sys.modules)"
    )
    environment = dict(child_environment)
    environment["PYTHONPATH"] = f"{environment['PYTHONPATH']}:{tmp_path}"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("True", "")


def test_opening_an_existing_library_needs_no_sqlite_utils(
    opened: Opener, path: Path, child_environment: dict[str, str]
) -> None:
    """It would cost more than the rest of the start-up of a command together."""
    import subprocess

    opened().close()
    code = (
        "import sys; from pathlib import Path; from store.db import Library;"
        "library = Library.open(Path(sys.argv[1]), annotator='ann');"
        "library.articles.page(); library.progress();"
        "print('sqlite_utils' in sys.modules, 'claims.extract' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        env=child_environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout.strip(), done.stderr) == ("False False", "")
