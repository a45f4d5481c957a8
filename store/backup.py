"""A verified copy of a library beside it, made while it is open."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from store.errors import LibraryDamaged, LibraryUnwritable, translated


def backup(connection: sqlite3.Connection, path: Path) -> Path:
    """Copy the open library to `NAME.backup-TIME.db` beside it and return that path.

    The copy is checked (`PRAGMA integrity_check`, the number of decisions) and flushed before it
    gets its name; it holds all of the write-ahead log and needs no side file. Raises a child of
    `LibraryError`, and then no copy is left.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    target = path.with_name(f"{path.stem}.backup-{stamp}{path.suffix}")
    temporary = target.with_name(target.name + ".tmp")
    try:
        # VACUUM INTO takes an empty file as it is, with the mode that we give it here.
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as problem:
        raise LibraryUnwritable(
            path, f"no backup can be written in {path.parent} ({problem.strerror})"
        ) from problem
    try:
        with translated(temporary):
            connection.execute("VACUUM INTO ?", (str(temporary),))
            with closing(sqlite3.connect(temporary)) as copy:
                found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
                same = all(
                    copy.execute(count).fetchone() == connection.execute(count).fetchone()
                    for count in _COUNTS
                )
        if found != "ok" or not same:
            raise LibraryDamaged(path, f"{path} cannot be backed up, it is damaged ({found})")
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        temporary.replace(target)
        sync_directory(target.parent)
    except OSError as problem:
        raise LibraryUnwritable(
            path, f"no backup can be written in {path.parent} ({problem.strerror})"
        ) from problem
    finally:
        with suppress(OSError):
            temporary.unlink()
    return target


_COUNTS = ("SELECT count(*) FROM article", "SELECT count(*) FROM decision")


def sync_directory(directory: Path) -> None:
    """Flush a directory, so that a new name in it survives a power cut."""
    # Some file systems refuse to open or flush a directory; the name is there all the same.
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
