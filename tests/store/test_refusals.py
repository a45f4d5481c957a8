"""Files that are not to be opened: each is refused in one line and left byte for byte as it was."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_fakes import Opener, article

from store import schema
from store.errors import (
    LibraryDamaged,
    LibraryEmpty,
    LibraryError,
    LibraryMissing,
    LibraryNewer,
    LibraryUnreadable,
    NotALibrary,
)

Spoil = Callable[[Path], None]


def _sql(*statements: str) -> Spoil:
    def spoil(path: Path) -> None:
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return spoil


def _foreign(path: Path) -> None:
    path.unlink()
    _sql("PRAGMA journal_mode=WAL", "CREATE TABLE moz_places (id INTEGER)")(path)


def _bytes_at(place: int, what: bytes) -> Spoil:
    def spoil(path: Path) -> None:
        with path.open("r+b") as stream:
            stream.seek(place)
            stream.write(what)

    return spoil


def _half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _text(path: Path) -> None:
    path.write_text("Dear diary, this is not a database.\n" * 100)


SPOILED: dict[str, tuple[Spoil, type[LibraryError], str]] = {
    "newer": (_sql("PRAGMA user_version=999"), LibraryNewer, "newer warreader (schema 999"),
    "another program's": (_foreign, NotALibrary, "another program's database"),
    "another id": (_sql("PRAGMA application_id=12345"), NotALibrary, "application id 12345"),
    "no version": (_sql("PRAGMA user_version=0"), LibraryDamaged, "no schema version"),
    "empty": (lambda path: os.truncate(path, 0), LibraryEmpty, "is empty"),
    "header": (_bytes_at(0, b"\xff" * 16), NotALibrary, "not an SQLite database"),
    "header cut": (lambda path: os.truncate(path, 60), LibraryDamaged, "cut short"),
    "half": (_half, LibraryDamaged, "cut short"),
    "text": (_text, NotALibrary, "not an SQLite database"),
    "schema": (_bytes_at(100, b"\xff" * 3000), LibraryDamaged, "is damaged"),
    "trigger": (
        _sql("CREATE TRIGGER evil AFTER INSERT ON decision BEGIN DELETE FROM claim; END"),
        NotALibrary,
        "a trigger that is not ours ('evil')",
    ),
    "our trigger gone": (
        _sql("DROP TRIGGER decision_no_delete"),
        LibraryDamaged,
        "lacks its 'decision_no_delete'",
    ),
    "our view changed": (
        _sql("DROP VIEW v_claims", "CREATE VIEW v_claims AS SELECT 1 AS article_id"),
        NotALibrary,
        "'v_claims' was changed",
    ),
}


def _folder(path: Path) -> dict[str, str]:
    return {
        entry.name: hashlib.sha256(entry.read_bytes()).hexdigest()
        for entry in path.parent.iterdir()
    }


@pytest.mark.parametrize("readonly", [False, True], ids=["write", "read"])
@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_file_is_refused_and_left_as_it_was(
    opened: Opener, path: Path, name: str, readonly: bool
) -> None:
    spoil, error, words = SPOILED[name]
    library = opened()
    number = library.articles.add(article()).article_id
    library.decisions.accept(number, library.claims.of(number)[0].id)
    library.close()
    spoil(path)
    before = _folder(path)
    with pytest.raises(error) as caught:
        opened(readonly=readonly)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.path == path
    assert _folder(path) == before


def test_a_destroyed_page_is_found_after_an_unclean_end(opened: Opener, path: Path) -> None:
    library = opened()
    for number in range(30):
        library.articles.add(article(f"Kyiv advanced {number} times. " * 40, f"n{number}"))
    library.close()
    # A last writer that did not close: its log stays, as after kill -9.
    library = opened()
    library.set_setting("x", "1")
    kept = {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")}
    library.close()
    for end, content in kept.items():
        path.with_name(path.name + end).write_bytes(content)
    page_size = int.from_bytes(kept[""][16:18], "big")
    root = _root_page(path, "claim")
    _bytes_at((root - 1) * page_size, b"\xa5" * page_size)(path)
    before = _folder(path)
    assert "library.db-wal" in before
    with pytest.raises(LibraryDamaged, match="is damaged"):
        opened()
    assert _folder(path) == before
    # The same page, and nothing is said: without a log the start is quick.
    path.with_name(path.name + "-wal").unlink()
    library = opened()
    with pytest.raises(LibraryDamaged, match="restore a backup"):
        library.claims.of(1)
    library.close()


def _root_page(path: Path, table: str) -> int:
    connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    (page,) = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
    ).fetchone()
    connection.close()
    return int(page)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE text_version SET text = replace(text, 'killed', 'chased')",
        "UPDATE text_version SET text = CAST(x'4b79ff20' AS TEXT)",
        "UPDATE claim SET body = replace(body, 'denial', 'Gossip!')",
        "UPDATE claim SET body = '{\"id\"'",
        "UPDATE claim_state SET record = '[]'",
        "UPDATE claim_state SET record = replace(record, 'accepted', 'approved')",
        "UPDATE decision SET after = '7'",
        "UPDATE sentence SET kind = 'song'",
        "UPDATE tally SET types = '{'",
        "UPDATE article SET version_id = NULL",
    ],
)
def test_what_changed_on_the_disk_is_not_shown(opened: Opener, path: Path, change: str) -> None:
    library = opened()
    number = library.articles.add(article()).article_id
    library.decisions.accept(number, library.claims.of(number)[0].id)
    library.close()
    triggers = [(name, sql) for name, sql in schema.active().items() if " BEFORE " in sql]
    _sql(*(f"DROP TRIGGER {name}" for name, _ in triggers), change, *(sql for _, sql in triggers))(
        path
    )
    library = opened()
    with pytest.raises(LibraryDamaged, match=r"is damaged.*restore a backup") as caught:
        library.articles.page()
        library.articles.get(number)
        library.claims.of(number)
        library.decisions.log()
    assert "\n" not in str(caught.value)


def test_a_log_of_committed_changes_is_taken_in_after_a_crash(opened: Opener, path: Path) -> None:
    library = opened()
    number = library.articles.add(article()).article_id
    library.decisions.accept(number, library.claims.of(number)[0].id)
    kept = {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")}
    library.close()
    for end, content in kept.items():
        path.with_name(path.name + end).write_bytes(content)
    library = opened()
    assert library.claims.of(number)[0].status == "accepted"
    library.close()
    assert [entry.name for entry in path.parent.iterdir()] == ["library.db"]


def test_the_message_names_the_newest_backup(opened: Opener, path: Path) -> None:
    opened().close()
    for stamp in ("20240101T000000Z", "20250101T000000Z"):
        path.with_name(f"library.backup-{stamp}.db").touch()
    os.truncate(path, 0)
    with pytest.raises(
        LibraryEmpty, match=r"newest backup is library\.backup-20250101T000000Z\.db"
    ):
        opened()


@pytest.mark.parametrize("readonly", [False, True])
def test_what_is_not_a_file_is_refused(opened: Opener, path: Path, readonly: bool) -> None:
    path.mkdir(parents=True)
    with pytest.raises(NotALibrary, match="is a directory"):
        opened(readonly=readonly)
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(NotALibrary, match="not a regular file"):
        opened(readonly=readonly)
    path.unlink()
    path.symlink_to(path.name)
    with pytest.raises(LibraryUnreadable, match="leads nowhere"):
        opened(readonly=readonly)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_library_that_is_not_to_be_made_is_missing(opened: Opener, path: Path) -> None:
    for options in ({"create": False}, {"readonly": True}):
        with pytest.raises(LibraryMissing, match="there is no library at"):
            opened(**options)
    assert not path.parent.exists()


def test_a_new_library_is_marked_private_and_alone(opened: Opener, path: Path) -> None:
    library = opened()
    assert path.stat().st_mode & 0o777 == 0o600
    library.set_setting("x", "1")
    for entry in path.parent.iterdir():
        assert entry.stat().st_mode & 0o077 == 0, entry
    for pragma, value in (
        ("application_id", schema.APPLICATION_ID),
        ("user_version", schema.version()),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("trusted_schema", 0),
    ):
        assert library.row(f"PRAGMA {pragma}") == (value,)
    tables = library.rows("PRAGMA table_list")
    loose = {name for _, name, kind, _, _, strict in tables if kind == "table" and not strict}
    assert loose == {"sqlite_schema", "sqlite_temp_schema", "sqlite_sequence", "_sqlite_migrations"}
    library.close()
    assert [entry.name for entry in path.parent.iterdir()] == ["library.db"]


# What a user without rights meets. Root has all rights, so a child gives them up first.

_CHILD = """
import os, sys
from pathlib import Path
import sqlite_utils, store.db, store.schema, store.seeding, platformdirs, shutil, tempfile
from store.db import Library
from store.errors import StoreError
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    readonly = sys.argv[2] == "read"
    with Library.open(Path(sys.argv[1]), readonly=readonly, annotator="ann") as library:
        print("opened", library.articles.count(), library.progress().decided)
except StoreError as problem:
    print(type(problem).__name__, problem)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A library's folder that every user may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def _as_nobody(path: Path, mode: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path), mode],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _crashed(opened: Opener, path: Path, target: Path) -> None:
    """Put a library at `target` whose last decision is in the log only."""
    library = opened()
    number = library.articles.add(article()).article_id
    library.close()
    library = opened()
    library.decisions.accept(number, library.claims.of(number)[0].id)
    for end in ("", "-wal"):
        copied = target.with_name(target.name + end)
        copied.write_bytes(path.with_name(path.name + end).read_bytes())
        copied.chmod(0o644)
    library.close()


def test_a_read_only_folder_is_read(
    opened: Opener, path: Path, open_folder: Path, child_environment: dict[str, str]
) -> None:
    target = open_folder / "library.db"
    _crashed(opened, path, target)
    open_folder.chmod(0o555)
    before = _folder(target)
    assert _as_nobody(target, "read", child_environment) == "opened 1 1"  # with its log
    refused = _as_nobody(target, "write", child_environment)
    assert refused.startswith("LibraryUnwritable cannot write in")
    assert "--read-only" in refused
    assert _folder(target) == before
    open_folder.chmod(0o755)
    target.with_name("library.db-wal").unlink()
    open_folder.chmod(0o555)
    assert _as_nobody(target, "read", child_environment) == "opened 1 0"  # without


def test_an_unreadable_file_and_an_unwritable_folder(
    opened: Opener, path: Path, open_folder: Path, child_environment: dict[str, str]
) -> None:
    target = open_folder / "library.db"
    opened().close()
    target.write_bytes(path.read_bytes())
    target.chmod(0o000)
    for mode in ("read", "write"):
        assert "cannot be read" in _as_nobody(target, mode, child_environment)
    missing = open_folder / "new" / "library.db"
    open_folder.chmod(0o555)
    assert "choose another place" in _as_nobody(missing, "write", child_environment)
    assert "no library at" in _as_nobody(missing, "read", child_environment)
    open_folder.chmod(0o777)
    target.chmod(0o444)
    assert _as_nobody(target, "write", child_environment).startswith("LibraryUnwritable")
    assert sorted(entry.name for entry in open_folder.iterdir()) == ["library.db"]
