"""What can go wrong in the store: each error is one clear line that says what to do."""

# ruff: noqa: N818 -- a name says what is wrong: "not found" reads better than "not found error".
from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class StoreError(Exception):
    """Any refusal or failure of the store; `str(error)` is one line for the user."""


class Stopped(StoreError):
    """A person stopped it; nothing of it was done."""


class ConfigError(StoreError):
    """The configuration file cannot be read as it should be."""


class SeedError(StoreError):
    """The sample articles that come with the program are not as they should be."""


class LibraryError(StoreError):
    """A library file that cannot be opened or used; `path` says which."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class LibraryMissing(LibraryError):
    """There is no file at that path and none was to be made."""


class LibraryEmpty(LibraryError):
    """The file has no bytes. It is not taken for a new library: something emptied it."""


class NotALibrary(LibraryError):
    """A directory, a file of another kind or another program's database."""


class LibraryNewer(LibraryError):
    """The file was written by a newer warreader."""


class LibraryOlder(LibraryError):
    """The file needs a migration, which a read-only opening cannot do."""


class LibraryDamaged(LibraryError):
    """The file is a library but its pages are not whole."""


class LibraryUnreadable(LibraryError):
    """The system does not let us read the file."""


class LibraryUnwritable(LibraryError):
    """The system does not let us write the file or beside it."""


class LibraryLocked(LibraryError):
    """Another process writes to the library: `pid` on `host`, both None when unknown."""

    def __init__(self, path: Path, pid: int | None, host: str | None, since: str | None) -> None:
        who = f"process {pid} on {host}" if pid is not None else "another process"
        when = f" since {since}" if since else ""
        super().__init__(
            path,
            f"{path} is open in {who}{when}; close it there, or open it here with --read-only",
        )
        self.pid = pid
        self.host = host


class LibraryReadOnly(LibraryError):
    """A change was asked of a library that is open for reading only."""


class LibraryClosed(LibraryError):
    """The library was used after it was closed."""


class LibraryBusy(LibraryError):
    """Another program held the database for longer than we wait; nothing was changed."""


class DiskFull(LibraryError):
    """There was no room for the change; nothing was changed."""


class StorageFailed(LibraryError):
    """The system failed to read or write; the change was not taken."""


class MigrationFailed(LibraryError):
    """The library could not be brought to the present schema; it is as it was."""


class InvalidArticle(StoreError):
    """An article that cannot be stored."""


class ExtractionFailed(StoreError):
    """The extractor raised, or gave spans that are not in the text; nothing was stored."""


class ArticleNotFound(StoreError):
    """No article has that id or those words in its title."""


class AmbiguousArticle(StoreError):
    """Several articles fit; `candidates` holds (id, title) of the first of them."""

    def __init__(self, reference: str, candidates: Sequence[tuple[int, str]], more: int) -> None:
        listed = "; ".join(f"{number} {title}" for number, title in candidates)
        rest = f"; and {more} more" if more > 0 else ""
        super().__init__(
            f"{reference!r} fits several articles, give an id or more words: {listed}{rest}"
        )
        self.candidates = tuple(candidates)


class ClaimNotFound(StoreError):
    """The article has no such claim, or it was deleted."""


class InvalidAnnotator(StoreError):
    """A name that no annotator can have."""


class InvalidClaim(StoreError):
    """A claim, or a change to one, that the annotation scheme or the text does not allow."""


_FULL, _IO, _BUSY, _LOCKED, _READONLY = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
)


_DAMAGE = (
    "decode to UTF-8",  # Python's own, without a code
    "fts5",
    "no such table",
    "no such column",
    "vtable constructor failed",
    "malformed",
)
"""Parts of general errors that, with our tested SQL, can only come from what the file holds."""


def translate(error: sqlite3.Error, path: Path) -> LibraryError | None:
    """The store's error for one of SQLite's; None when it tells of a mistake in our own SQL.

    SQLite's result codes: https://www.sqlite.org/rescode.html; the low byte is the primary code.
    """
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in (None, sqlite3.SQLITE_ERROR) and any(s in str(error) for s in _DAMAGE):
        primary = sqlite3.SQLITE_CORRUPT
    if primary == _FULL:
        return DiskFull(
            path, f"no room to write {path}: nothing was changed; free some space and try again"
        )
    if primary == _IO:
        return StorageFailed(
            path,
            f"the system failed to read or write {path} ({error}): the change was not taken;"
            " look at the disk and try again",
        )
    if primary in (_BUSY, _LOCKED):
        return LibraryBusy(
            path, f"another program is writing to {path}: nothing was changed; try again"
        )
    if primary == _READONLY:
        return LibraryUnwritable(
            path, f"{path} cannot be written ({error}); open it with --read-only"
        )
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return LibraryDamaged(
            path,
            f"{path} is damaged ({' '.join(str(error).split())}); keep the file and restore a"
            " backup",
        )
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return LibraryUnreadable(path, f"{path} cannot be opened ({error})")
    return None


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise the store's errors for SQLite's within the block."""
    try:
        yield
    except UnicodeDecodeError as error:  # of a name or an SQL text in the file's schema
        raise LibraryDamaged(
            path, f"{path} is damaged ({error}); keep the file and restore a backup"
        ) from error
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise Stopped("stopped; nothing was changed") from error
        known = translate(error, path)
        if known is None:
            raise
        raise known from error


@contextmanager
def readable(path: Path, what: str) -> Iterator[None]:
    """Raise `LibraryDamaged` when a stored value does not hold what was written into it."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as problem:
        detail = " ".join(str(problem).split())[:200]
        raise LibraryDamaged(
            path,
            f"{path} is damaged: {what} cannot be read ({detail}); keep the file and restore a"
            " backup",
        ) from problem
