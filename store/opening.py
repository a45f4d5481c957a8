"""Making a library's file, and connections to it that write or only read."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from store import fts, health, schema
from store.backup import sync_directory
from store.errors import LibraryMissing, LibraryUnreadable, LibraryUnwritable, translated

SEEDS = "seeds"
"""The setting that says whether the sample articles are "wanted", "done" or "none"."""


def make_directory(path: Path) -> None:
    """Make the directory of a new library, for its owner only. Raises `LibraryUnwritable`."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise LibraryUnwritable(
            path,
            f"{path.parent} cannot be made ({problem.strerror}): choose another place with --db",
        ) from problem


def create(path: Path, *, seeds_wanted: bool) -> None:
    """Make a new library under another name, whole, then give it its own.

    A kill on the way leaves no file, or a hidden one that the next opening removes, and never a
    library without its schema. The caller holds the lock.
    """
    temporary = path.with_name(f".{path.name}.new")
    leftovers = [temporary.with_name(temporary.name + end) for end in _ENDINGS]
    try:
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with translated(path):
                connection = sqlite3.connect(temporary, isolation_level=None)
                try:
                    _settings(connection)
                    schema.migrate(schema.database(connection))
                    connection.execute(
                        "INSERT INTO setting (name, value) VALUES (?, ?)",
                        (SEEDS, "wanted" if seeds_wanted else "none"),
                    )
                    connection.execute("PRAGMA journal_mode=WAL")
                finally:
                    connection.close()
            with temporary.open("rb") as stream:
                os.fsync(stream.fileno())
            _name(temporary, path)
        finally:
            for leftover in leftovers:
                leftover.unlink(missing_ok=True)
        sync_directory(path.parent)
    except OSError as problem:
        raise LibraryUnwritable(
            path,
            f"no library can be made in {path.parent} ({problem.strerror}): choose another place"
            " with --db",
        ) from problem


def _tidy(path: Path) -> None:
    """Remove the empty log and index that a read-only connection leaves when it was the last.

    Only a connection that could write may do so, and SQLite sees to it that it is the last one.
    """
    if health.unclean(path):
        return
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as connection,
    ):
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


_ENDINGS = ("", "-journal", "-wal", "-shm")


def _name(temporary: Path, path: Path) -> None:
    try:
        # Unlike a rename, a link never takes the place of a file that came in between.
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        temporary.rename(path)


def _settings(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")
    # macOS keeps what it was told to flush in the drive's memory unless it is told this way.
    connection.execute("PRAGMA fullfsync=ON")
    connection.execute("PRAGMA checkpoint_fullfsync=ON")
    connection.execute("PRAGMA cache_size=-16000")
    connection.create_function("has_words", 2, fts.has_words, deterministic=True)


def connect(path: Path) -> sqlite3.Connection:
    """The one connection that writes. Raises a child of `LibraryError`."""
    if not os.access(path, os.W_OK):  # SQLite would open it all the same, for reading
        raise LibraryUnwritable(
            path, f"{path} may not be written; change its permissions or use --read-only"
        )
    with translated(path):
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            _settings(connection)
            connection.execute("PRAGMA journal_mode=WAL")
        except BaseException:
            connection.close()
            raise
        return connection


def connect_to_read(path: Path, scratch: ExitStack) -> sqlite3.Connection:
    """A connection that cannot write, also in a directory that cannot be written.

    There SQLite cannot make the index of the write-ahead log, and opens nothing. Without a log
    the file is complete and may be read as immutable; with one, a copy of both is read. Closing
    `scratch` after the connection removes what was made for it.
    """
    writable = os.access(path.parent, os.W_OK)
    if writable or health.shm(path).exists():
        scratch.callback(_tidy, path)
        query, opened = "mode=ro", path
    elif not health.unclean(path):
        query, opened = "immutable=1", path
    else:
        import shutil  # late, as the next: hardly ever needed, and they cost start-up time
        import tempfile

        directory = Path(scratch.enter_context(tempfile.TemporaryDirectory(prefix="warreader-")))
        opened = directory / path.name
        shutil.copy(path, opened)
        shutil.copy(health.wal(path), health.wal(opened))
        query = "mode=rw"
    connection = sqlite3.connect(
        f"{opened.as_uri()}?{query}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        _settings(connection)
        connection.execute("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def resolved(path: Path) -> Path:
    """The whole path. Raises `LibraryUnreadable` when it leads nowhere."""
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError) as problem:  # a loop of links, no home directory
        raise LibraryUnreadable(path, f"{path} leads nowhere: {problem}") from problem


def is_there(path: Path) -> bool:
    """Whether there is a library; raises when there is something else."""
    try:
        health.look(path)
    except LibraryMissing:
        return False
    return True
