"""The library: one SQLite file, opened with its lock, its settings and its refusals."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from claims.model import Article, Extraction
from store import config, fts, health, paths, schema
from store.articles import Articles
from store.backup import backup, sync_directory
from store.claims import Claims
from store.decisions import Decisions
from store.errors import (
    LibraryClosed,
    LibraryMissing,
    LibraryOlder,
    LibraryReadOnly,
    LibraryUnreadable,
    LibraryUnwritable,
    MigrationFailed,
    translated,
)
from store.lock import Lock
from store.records import Progress
from store.search import Search

if TYPE_CHECKING:
    from sqlite_utils import Database

Extractor = Callable[[Article, str | None], Extraction]
"""`claims.extract.extract`, or what stands for it: an article and a profile's name."""

_SEEDS_WANTED = "seeds"


class Library:
    """An open library; close it, or use it in a `with` block.

    One thread at a time may use it, and it need not be the one that opened it. What it returns
    belongs to `annotator`: each annotator sees the machine's claims and their own decisions.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        annotator: str,
        lock: Lock | None,
        extractor: Extractor | None,
        scratch: ExitStack | None = None,
    ) -> None:
        """Use `Library.open`."""
        self.path = path
        self.readonly = lock is None
        self.annotator = annotator
        self._connection: sqlite3.Connection | None = connection
        self._lock = lock
        self._extractor = extractor
        self._scratch = scratch
        self._guard = threading.RLock()
        self._changing = False
        self.articles = Articles(self)
        self.claims = Claims(self)
        self.decisions = Decisions(self)
        self.search = Search(self)

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        readonly: bool = False,
        annotator: str | None = None,
        create: bool = True,
        seed: bool = True,
        extractor: Extractor | None = None,
    ) -> Library:
        """Open the library at `path`, or the user's own; make it when it is not there.

        A new library is filled from `seeds/` when `seed`; should that be interrupted, the next
        opening goes on with it. Read-only opening takes no lock and changes nothing. Raises a
        child of `LibraryError` and leaves a file that it refuses as it was; `ConfigError`.
        """
        path = _resolved(paths.library() if path is None else path)
        name = config.annotator(annotator)
        if readonly:
            return cls._open_to_read(path, name)
        if not _is_there(path):
            if not create:
                raise LibraryMissing(path, f"there is no library at {path}")
            _make_directory(path)
        lock = Lock.acquire(path)
        try:
            if _is_there(path):  # once more: another process may have been at work until now
                health.probe(path)
            else:
                _create(path, seeds_wanted=seed)
            library = cls(path, _connect(path), annotator=name, lock=lock, extractor=extractor)
        except BaseException:
            lock.release()
            raise
        try:
            library._prepare()
            if seed and library.setting(_SEEDS_WANTED) == "wanted":
                from store import seeding

                seeding.fill(library)
                library.set_setting(_SEEDS_WANTED, "done")
        except BaseException:
            library.close()
            raise
        return library

    @classmethod
    def _open_to_read(cls, path: Path, annotator: str) -> Library:
        header = health.look(path)
        if header.user_version < schema.version():
            raise LibraryOlder(
                path,
                f"{path} was written by an older warreader; open it once without --read-only,"
                " which makes a backup and brings it up to date",
            )
        scratch = ExitStack()
        try:
            with translated(path):
                connection = _connect_to_read(path, scratch)
                try:
                    health.check_version(
                        path, int(connection.execute("PRAGMA user_version").fetchone()[0])
                    )
                    health.check_schema(path, connection)
                except BaseException:
                    connection.close()
                    raise
        except BaseException:
            scratch.close()
            raise
        return cls(
            path, connection, annotator=annotator, lock=None, extractor=None, scratch=scratch
        )

    def _prepare(self) -> None:
        with translated(self.path):
            connection = self._open_connection()
            found = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if found < schema.version():
                self._migrate(connection)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        copy = backup(connection, self.path)
        try:
            schema.migrate(schema.database(connection))
            health.check_schema(self.path, connection)
        except Exception as problem:
            raise MigrationFailed(
                self.path,
                f"{self.path} could not be brought up to date and is as it was ({problem});"
                f" a backup is in {copy.name}; use the warreader that wrote it",
            ) from problem

    @property
    def db(self) -> Database:
        """The connection as sqlite-utils sees it, for scripts and for loading rows."""
        return schema.database(self._open_connection())

    def extract(self, article: Article, profile: str | None) -> Extraction:
        """Run the extractor that this library was opened with, or the program's own."""
        if self._extractor is None:
            from claims.extract import extract  # late: readers of a library do not need it

            self._extractor = extract
        return self._extractor(article, profile)

    def close(self) -> None:
        """Empty the write-ahead log into the file and give the lock up; may be called twice."""
        with self._guard:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            # What the log still holds after a failure here is safe in it for the next opening.
            with suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                if not self.readonly:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with suppress(sqlite3.Error):
                connection.close()
            if self._scratch is not None:
                self._scratch.close()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def progress(self) -> Progress:
        """How much of the whole library the annotator has decided."""
        articles, claims = self.row("SELECT count(*), coalesce(sum(claims), 0) FROM article")
        own = self.row(
            "SELECT coalesce(sum(t.claims - a.claims), 0), coalesce(sum(t.accepted), 0),"
            " coalesce(sum(t.rejected), 0), coalesce(sum(t.edited), 0), coalesce(sum(t.added), 0)"
            " FROM tally t JOIN article a ON a.id = t.article_id WHERE t.annotator = ?",
            (self.annotator,),
        )
        claims += own[0]
        decided = sum(own[1:])
        names = ("accepted", "rejected", "edited", "added")
        by_status = {"proposed": claims - decided, **dict(zip(names, own[1:], strict=True))}
        return Progress(articles=articles, claims=claims, decided=decided, by_status=by_status)

    def setting(self, name: str, default: str | None = None) -> str | None:
        """A value that was kept in the library, or the default."""
        found = self.rows("SELECT value FROM setting WHERE name = ?", (name,))
        return str(found[0][0]) if found else default

    def set_setting(self, name: str, value: str) -> None:
        """Keep a value in the library."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO setting (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )

    # What the other modules of the store use.

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._guard, translated(self.path):
            return self._open_connection().execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The row of a query that has exactly one."""
        (found,) = self.rows(sql, values)
        return found

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see the same state, whatever another process writes meanwhile."""
        with self._guard, translated(self.path):
            connection = self._open_connection()
            with ExitStack() as stack:
                if not connection.in_transaction:
                    connection.execute("BEGIN")
                    stack.callback(connection.rollback)
                yield

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A change: all of it is on disk when the block has ended, or none of it is.

        One inside another is a part of it: it stands or falls with the outer one.
        Raises `LibraryReadOnly`, `LibraryBusy`, `DiskFull`, `StorageFailed`, `LibraryDamaged`.
        """
        if self.readonly:
            raise LibraryReadOnly(
                self.path,
                f"{self.path} is open read-only; open it without --read-only to change it",
            )
        with self._guard, translated(self.path):
            connection = self._open_connection()
            if self._changing:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            self._changing = True
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                with suppress(sqlite3.Error):
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                raise
            finally:
                self._changing = False

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise LibraryClosed(self.path, f"{self.path} was closed")
        return self._connection


def _resolved(path: Path) -> Path:
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError) as problem:  # a loop of links, no home directory
        raise LibraryUnreadable(path, f"{path} leads nowhere: {problem}") from problem


def _is_there(path: Path) -> bool:
    """Whether there is a library; raises when there is something else."""
    try:
        health.look(path)
    except LibraryMissing:
        return False
    return True


def _make_directory(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise LibraryUnwritable(
            path,
            f"{path.parent} cannot be made ({problem.strerror}): choose another place with --db",
        ) from problem


def _create(path: Path, *, seeds_wanted: bool) -> None:
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
                        (_SEEDS_WANTED, "wanted" if seeds_wanted else "none"),
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
    connection.execute("PRAGMA cache_size=-16000")
    connection.create_function("has_words", 2, fts.has_words, deterministic=True)


def _connect(path: Path) -> sqlite3.Connection:
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


def _connect_to_read(path: Path, scratch: ExitStack) -> sqlite3.Connection:
    """A connection that cannot write, also in a directory that cannot be written.

    There SQLite cannot make the index of the write-ahead log, and opens nothing. Without a log
    the file is complete and may be read as immutable; with one, a copy of both is read.
    """
    writable = os.access(path.parent, os.W_OK)
    if writable or health.shm(path).exists():
        query, opened = "mode=ro", path
    elif not health.unclean(path):
        query, opened = "immutable=1", path
    else:
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
