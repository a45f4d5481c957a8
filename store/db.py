"""The library: one SQLite file, opened with its lock, its settings and its refusals."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from claims.model import Article, Extraction
from claims.text import canonical
from store import config, extractors, health, opening, paths, schema
from store.annotators import MACHINE, Annotators
from store.articles import Articles
from store.backup import backup
from store.claims import Claims
from store.decisions import Decisions
from store.errors import (
    InvalidAnnotator,
    LibraryClosed,
    LibraryMissing,
    LibraryOlder,
    LibraryReadOnly,
    MigrationFailed,
    translated,
)
from store.extractors import Extractor
from store.lock import Lock
from store.marks import Marks
from store.opening import SEEDS
from store.records import Progress
from store.search import Search

if TYPE_CHECKING:
    from sqlite_utils import Database

    from claims.codebook import Codebook
    from store.codebooks import Found


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
        self.annotators = Annotators(self)
        self._codebook: Found | None = None
        self.in_past = False
        """Whether it reads as it was at a moment (`store.past`), from tables of its own."""
        self.articles = Articles(self)
        self.claims = Claims(self)
        self.decisions = Decisions(self)
        self.search = Search(self)
        self.marks = Marks(self)

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
        child of `LibraryError` and leaves a file that it refuses as it was; `ConfigError`,
        `InvalidAnnotator`.
        """
        path = opening.resolved(paths.library() if path is None else path)
        name = config.annotator(annotator)
        if name == MACHINE:
            raise InvalidAnnotator(
                f"{name!r} stands for what the machine proposes, not for a person"
            )
        if readonly:
            return cls._open_to_read(path, name)._as_remembered(annotator)
        if not opening.is_there(path):
            if not create:
                raise LibraryMissing(path, f"there is no library at {path}")
            opening.make_directory(path)
        lock = Lock.acquire(path)
        try:
            if opening.is_there(path):  # once more: another process may have been at work until now
                health.probe(path)
            else:
                opening.create(path, seeds_wanted=seed)
            library = cls(
                path, opening.connect(path), annotator=name, lock=lock, extractor=extractor
            )
        except BaseException:
            lock.release()
            raise
        try:
            library._prepare()
            library._as_remembered(annotator)
            if seed and library.setting(SEEDS) == "wanted":
                from store import seeding

                seeding.fill(library)
                library.set_setting(SEEDS, "done")
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
        if not health.in_use(path):
            health.probe(path)
        scratch = ExitStack()
        try:
            with translated(path):
                connection = opening.connect_to_read(path, scratch)
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

    def _as_remembered(self, asked: str | None) -> Self:
        """Where nobody was named: who decided here last for the system's user."""
        if not (asked or "").strip():
            self.annotator = self.annotators.remembered() or self.annotator
        return self

    def _prepare(self) -> None:
        with translated(self.path):
            connection = self._open_connection()
            found = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if found < schema.version():
                self._migrate(connection)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        copy = backup(connection, self.path)
        try:
            schema.migrate(
                schema.database(connection),
                check=lambda: health.check_schema(self.path, connection),
            )
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
        """Run the extractor that this library was opened with, or what the configuration names.

        The program's own knows the user's profiles beside those that ship; it raises
        `claims.profile.ProfileError` for a profile that cannot be used. Raises as `extractor`.
        """
        return self.extractor(article, profile)

    @property
    def extractor(self) -> Extractor:
        """What `extract` runs, for `store.parallel`; else what the configuration names.

        Raises `ConfigError`.
        """
        if self._extractor is None:
            self._extractor = extractors.configured()
        return self._extractor

    @property
    def codebook(self) -> Codebook:
        """What the types of claims are called here (`store.codebooks`), read when first asked for.

        Raises `claims.codebook_file.CodebookError`, `ConfigError`.
        """
        return self.codebook_found.codebook

    @property
    def codebook_found(self) -> Found:
        """The codebook with where it comes from. Raises as `codebook`."""
        if self._codebook is None:
            from store import codebooks

            self._codebook = codebooks.in_force(self)
        return self._codebook

    def use_codebook(self, path: Path | None) -> None:
        """Read types by a file from now on, None for the scheme; the library remembers it.

        Raises `claims.codebook_file.CodebookError` and changes nothing.
        """
        from store import codebooks

        self._codebook = codebooks.remember(self, path)

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
                (canonical(name), canonical(value)),
            )

    # What the other modules of the store use.

    def rows(
        self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._guard, translated(self.path):
            connection = self._open_connection()
            try:
                return connection.execute(sql, values).fetchall()
            except UnicodeEncodeError:  # what no text holds may still be asked for
                return connection.execute(sql, _storable(values)).fetchall()

    def row(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> tuple[Any, ...]:
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

        One inside another is a part of it: it may fail alone, and falls with the outer one.
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
                with _part(connection):
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

    def interrupt(self) -> None:
        """Stop what another thread is asking of the library: there, `Stopped` is raised."""
        if self._connection is not None:
            self._connection.interrupt()

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise LibraryClosed(self.path, f"{self.path} was closed")
        return self._connection


def _storable(values: Sequence[Any] | Mapping[str, Any]) -> list[Any] | dict[str, Any]:
    if isinstance(values, Mapping):
        return dict(zip(values, _storable(list(values.values())), strict=True))
    return [canonical(value) if isinstance(value, str) else value for value in values]


@contextmanager
def _part(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")
