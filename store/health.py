"""Is this file a library that may be opened? Looks without changing a byte or leaving a file.

The header is read as bytes (https://www.sqlite.org/fileformat2.html#the_database_header) before
SQLite sees the file, because SQLite makes side files and may write even when it only reads.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from store import schema
from store.errors import (
    LibraryDamaged,
    LibraryEmpty,
    LibraryMissing,
    LibraryNewer,
    LibraryUnreadable,
    NotALibrary,
    translated,
)

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100


class Header(NamedTuple):
    """What the first 100 bytes of the file say; `pages` is 0 when they do not say."""

    page_size: int
    pages: int
    user_version: int
    application_id: int


def wal(path: Path) -> Path:
    """The write-ahead log of a library."""
    return path.with_name(path.name + "-wal")


def shm(path: Path) -> Path:
    """The index of the write-ahead log."""
    return path.with_name(path.name + "-shm")


def unclean(path: Path) -> bool:
    """Whether the last writer ended without closing, or is still at work."""
    try:
        return wal(path).stat().st_size > 0
    except OSError:
        return False


def in_use(path: Path) -> bool:
    """Whether a process has the library open, or ended without closing it."""
    return shm(path).exists() or unclean(path)


def newest_backup(path: Path) -> Path | None:
    """The last backup that stands beside the library."""
    with suppress(OSError):
        return max(path.parent.glob(f"{path.stem}.backup-*{path.suffix}"), default=None)
    return None


def restore_hint(path: Path) -> str:
    """What to do about a library that is empty or damaged."""
    backup = newest_backup(path)
    found = f"the newest backup is {backup.name}" if backup else "no backup stands beside it"
    return f"it was left as it is; {found}; give another library with --db"


def look(path: Path) -> Header:
    """Read the header and refuse what is not a library of this or an earlier version.

    Raises a child of `LibraryError`.
    """
    dirty = unclean(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise NotALibrary(path, f"{path} is a directory; give the path of a library file")
        if not stat.S_ISREG(status.st_mode):
            raise NotALibrary(path, f"{path} is not a regular file; give a library file")
        with path.open("rb") as stream:
            raw = stream.read(_HEADER_BYTES)
            size = os.fstat(stream.fileno()).st_size
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise LibraryMissing(path, f"there is no library at {path}") from problem
    except OSError as problem:
        raise LibraryUnreadable(
            path, f"{path} cannot be read ({problem.strerror}); check its permissions"
        ) from problem
    if not raw:
        raise LibraryEmpty(path, f"{path} is empty, not a library: {restore_hint(path)}")
    if not raw.startswith(_MAGIC):
        raise NotALibrary(
            path,
            f"{path} is not an SQLite database, or its beginning is damaged: {restore_hint(path)}",
        )
    if len(raw) < _HEADER_BYTES:
        raise LibraryDamaged(path, f"{path} is cut short: {restore_hint(path)}")
    header = _header(raw)
    if header.application_id != schema.APPLICATION_ID:
        raise NotALibrary(
            path,
            f"{path} is another program's database (application id {header.application_id});"
            " it was left as it is; give another library with --db",
        )
    check_version(path, header.user_version)
    # With a log the pages may be in it; it may come or go while we look, so look on both sides.
    whole = header.pages * header.page_size
    if size < whole and not dirty and not unclean(path):
        raise LibraryDamaged(
            path,
            f"{path} is cut short ({size} bytes of {whole}): {restore_hint(path)}",
        )
    return header


def check_version(path: Path, user_version: int) -> None:
    """Refuse a schema that this program does not know."""
    if user_version > schema.version():
        raise LibraryNewer(
            path,
            f"{path} was written by a newer warreader (schema {user_version}, this one knows"
            f" {schema.version()}); update warreader, or give another library with --db",
        )
    if user_version < 1:
        raise LibraryDamaged(path, f"{path} has no schema version: {restore_hint(path)}")


def _header(raw: bytes) -> Header:
    (page_size,) = struct.unpack_from(">H", raw, 16)
    change_counter, pages = struct.unpack_from(">II", raw, 24)
    (user_version,) = struct.unpack_from(">i", raw, 60)
    (application_id,) = struct.unpack_from(">i", raw, 68)
    (valid_for,) = struct.unpack_from(">I", raw, 92)
    return Header(
        page_size=65536 if page_size == 1 else page_size,
        pages=pages if change_counter == valid_for else 0,
        user_version=user_version,
        application_id=application_id,
    )


def probe(path: Path) -> int:
    """Look inside with SQLite, still without a change, and return the `user_version`.

    After an unclean end every page is checked: a log that does not belong to the file can do
    subtle damage. Otherwise only the schema is read, so that the start stays quick. A library
    with a trigger or view of ours changed, or with a trigger that is not ours, is refused: it
    could change what we write. The caller holds the lock.

    Raises a child of `LibraryError`.
    """
    dirty = unclean(path)
    had_index = shm(path).exists()
    mode = "mode=ro" if dirty else "immutable=1"
    try:
        with (
            translated(path),
            closing(sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True)) as connection,
        ):
            connection.execute("PRAGMA trusted_schema=OFF")
            if dirty:
                found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
                if found != "ok":
                    raise LibraryDamaged(
                        path, f"{path} is damaged ({_one_line(found)}): {restore_hint(path)}"
                    )
            user_version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            check_version(path, user_version)
            if user_version == schema.version():
                check_schema(path, connection)
            return user_version
    finally:
        if dirty and not had_index:
            with suppress(OSError):
                shm(path).unlink()


def check_schema(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a library whose triggers or views are not the ones that we made."""
    ours = schema.active()
    found = {
        str(name): (str(kind), " ".join(str(sql).split()))
        for kind, name, sql in connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
        )
    }
    for name, words in ours.items():
        if name not in found:
            raise LibraryDamaged(path, f"{path} lacks its {name!r}: {restore_hint(path)}")
        if found[name][1] != words:
            raise NotALibrary(
                path, f"{path}: its {name!r} was changed by another program: {restore_hint(path)}"
            )
    for name, (kind, _) in found.items():
        if kind == "trigger" and name not in ours:
            raise NotALibrary(
                path,
                f"{path} has a trigger that is not ours ({name!r}), which could change what is"
                f" written: {restore_hint(path)}",
            )


def _one_line(message: object) -> str:
    return " ".join(str(message).split())[:200]
