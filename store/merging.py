"""Merging another library into this one: its articles, its texts, and every decision in its log.

All of it is one transaction. An article is known by the hash of its text, else by its address; a
text that our article does not have becomes one of its versions, with the decisions on it, and the
text that is shown stays. Decisions are known by their uid and are taken in the order in which
they were taken there (see `store.joining`), so that doing it again changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.model import Article, Extraction, text_hash
from store import machine
from store.article_rows import MAPPING_VERSION
from store.errors import LibraryDamaged, StoreError
from store.imported_line import Entry, RefusedError
from store.joining import COLUMNS, Conflict, Joining
from store.records import ArticleRecord
from store.snapshot import unpack
from store.state import read_claim

if TYPE_CHECKING:
    from store.db import Library

Report = Callable[[str, int, int], None]
"""Told what is taken ("articles", "decisions", "claims"), and how many of how many are done."""

_REPORT_EVERY = 200
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merge."""

    added: int
    """Articles that were brought along."""
    known: int
    """Articles that were here."""
    texts: int
    """Texts that became a version of an article that was here."""
    decisions: int
    """Decisions that were new."""
    known_decisions: int
    annotators: tuple[str, ...]
    """Who took the new decisions."""
    conflicts: tuple[Conflict, ...]
    warnings: tuple[str, ...]


class _DryRunError(Exception):
    """Ends the transaction of a merge that was only to be tried."""


def merge(
    library: Library, path: Path, *, dry_run: bool = False, report: Report | None = None
) -> Merged:
    """Take everything of the library at `path` that this one lacks; that one is only read.

    `dry_run` does all of it and takes it back. Raises `StoreError`, for a file that cannot be
    read, for one that is this library, and for a log that does not fit its texts; nothing is then
    changed.
    """
    from store.db import Library as Other

    if path.expanduser().resolve() == library.path:
        raise StoreError(f"{path} is this library itself; name another one")
    with Other.open(path, readonly=True, annotator=library.annotator) as other, other.snapshot():
        work = _Merge(library, other, report or (lambda what, done, every: None))
        try:
            with library.transaction() as connection:
                merged = work.run(connection)
                if dry_run:
                    raise _DryRunError
        except _DryRunError:
            pass
        return merged


class _Merge:
    def __init__(self, library: Library, other: Library, report: Report) -> None:
        self._library, self._other, self._report = library, other, report
        self._warnings: list[str] = []
        self._lengths: dict[str, int] = {}
        """Characters of the texts, by their hashes."""

    def run(self, connection: sqlite3.Connection) -> Merged:
        added = texts = 0
        ours: dict[int, int] = {}
        theirs = [int(row[0]) for row in self._other.rows("SELECT id FROM article ORDER BY id")]
        for done, number in enumerate(theirs, 1):
            found = self._article(number)
            if found is None:
                found = self._add(number)
                added += 1
                self._add_texts(connection, found, number)
            else:
                texts += self._add_texts(connection, found, number)
            ours[number] = found
            if done % _REPORT_EVERY == 0 or done == len(theirs):
                self._report("articles", done, len(theirs))
        joining = Joining(connection)
        names: set[str] = set()
        every = int(self._other.row("SELECT count(*) FROM decision")[0])
        for done, (number, entry) in enumerate(self._entries(), 1):
            before = joining.new
            with self._sound(f"decision {entry.uid}"):
                self._check(entry)
                joining.take(ours[number], entry)
            if joining.new > before:
                names.add(entry.annotator)
            if done % _REPORT_EVERY == 0 or done == every:
                self._report("decisions", done, every)
        with self._sound("its log"):
            conflicts = joining.finish(lambda done, every: self._report("claims", done, every))
        self._take_marks(connection, ours)
        connection.executemany(
            "INSERT INTO annotator (name, added_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
            self._other.rows("SELECT name, added_at FROM annotator"),
        )
        return Merged(
            added=added,
            known=len(theirs) - added,
            texts=texts,
            decisions=joining.new,
            known_decisions=joining.known,
            annotators=tuple(sorted(names)),
            conflicts=tuple(conflicts),
            warnings=tuple(self._warnings),
        )

    @contextmanager
    def _sound(self, what: str) -> Iterator[None]:
        """Name the other file where what it holds does not fit."""
        try:
            yield
        except (RefusedError, ValueError, KeyError, TypeError, AttributeError) as problem:
            path = self._other.path
            raise LibraryDamaged(
                path, f"{path}: {what} cannot be taken ({problem}); nothing was merged"
            ) from None

    # Articles

    def _article(self, number: int) -> int | None:
        """Our article that theirs is: by its text, by an older text, by its address."""
        library = self._library
        shas = [
            row[0]
            for row in self._other.rows(
                "SELECT v.sha256 FROM text_version v JOIN article a ON a.id = v.article_id"
                " WHERE a.id = ? ORDER BY v.id <> a.version_id, v.id DESC",
                (number,),
            )
        ]
        for sha in shas:
            found = library.articles.by_text(sha)
            if found is not None:
                return found
        (url,) = self._other.row("SELECT url FROM article WHERE id = ?", (number,))
        return library.articles.by_url(url) if url else None

    def _add(self, number: int) -> int:
        """Bring an article along, with what the machine found in it there."""
        other = self._other
        record = other.articles.get(number)
        summary = record.summary
        article = Article(record.text, summary.title, summary.outlet, summary.byline, summary.date)
        origin = other.row("SELECT origin FROM article WHERE id = ?", (number,))[0]
        added = self._library.articles.add(
            article,
            url=summary.url,
            profile=summary.profile or None,
            origin=origin or str(other.path),
            extraction=self._extraction(record),
        )
        if self._library.articles.text_hash(added.article_id) != record.text_sha256:
            raise LibraryDamaged(
                other.path,
                f"{other.path}: article {number} changes when it is stored; nothing was merged",
            )
        return added.article_id

    def _extraction(self, record: ArticleRecord) -> Extraction:
        bodies = self._other.rows(
            "SELECT body FROM claim WHERE article_id = ? ORDER BY start, id", (record.id,)
        )
        return Extraction(
            text_sha256=record.text_sha256,
            sentences=record.sentences,
            claims=tuple(read_claim(body) for (body,) in bodies),
            speakers=(),
            profile=record.summary.profile,
            version=record.extractor,
            notes=record.notes,
        )

    def _add_texts(self, connection: sqlite3.Connection, article_id: int, number: int) -> int:
        """The texts of their article that ours does not have; ours stays the one that is shown."""
        new = 0
        shown = self._library.articles.text_hash(article_id)
        for sha, chars, at, current in self._other.rows(
            "SELECT v.sha256, v.chars, v.added_at, v.id = a.version_id FROM text_version v"
            " JOIN article a ON a.id = v.article_id WHERE a.id = ? ORDER BY v.id",
            (number,),
        ):
            self._lengths[sha] = chars
            if current and sha != shown:
                self._warnings.append(
                    f"article {article_id} has another text there; both are kept, and the one"
                    " here stays the one that is shown"
                )
            known = connection.execute(
                "SELECT 1 FROM text_version WHERE article_id = ? AND sha256 = ?",
                (article_id, sha),
            ).fetchone()
            if known is not None:
                continue
            (text,) = self._other.row(
                "SELECT text FROM text_version WHERE article_id = ? AND sha256 = ?", (number, sha)
            )
            if text_hash(text) != sha:
                raise LibraryDamaged(
                    self._other.path,
                    f"{self._other.path}: a text of article {number} is not the one that was"
                    " stored; nothing was merged",
                )
            connection.execute(
                "INSERT INTO text_version (article_id, sha256, chars, mapping, added_at, text)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (article_id, sha, chars, MAPPING_VERSION, at, text),
            )
            new += 1
        return new

    def _take_marks(self, connection: sqlite3.Connection, ours: dict[int, int]) -> None:
        """Stars, tags and what was called read or unread; of two, the one that was set last."""
        for annotator, number, *mark in self._other.rows(
            "SELECT annotator, article_id, starred, seen, changed_at FROM article_mark"
        ):
            connection.execute(
                "INSERT INTO article_mark (annotator, article_id, starred, seen, changed_at)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (annotator, article_id) DO UPDATE"
                " SET starred = excluded.starred, seen = excluded.seen,"
                " changed_at = excluded.changed_at WHERE excluded.changed_at > changed_at",
                (annotator, ours[number], *mark),
            )
        for annotator, tag, number in self._other.rows(
            "SELECT annotator, tag, article_id FROM article_tag"
        ):
            connection.execute(
                "INSERT INTO article_tag (annotator, tag, article_id) VALUES (?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (annotator, tag, ours[number]),
            )

    # Decisions

    def _entries(self) -> Iterator[tuple[int, Entry]]:
        """Their log in its order, each entry with the number of their article."""
        last = 0
        while True:
            rows = self._other.rows(
                f"SELECT id, article_id, {COLUMNS} FROM decision WHERE id > ? ORDER BY id LIMIT ?",
                (last, _PAGE),
            )
            for _, article_id, *entry in rows:
                yield int(article_id), Entry(*entry)
            if len(rows) < _PAGE:
                return
            last = rows[-1][0]

    def _check(self, entry: Entry) -> None:
        """Refuse an entry whose claim is not in its text."""
        end = self._lengths[entry.text_sha256]
        for packed in (entry.before, entry.after):
            record = unpack(packed, 0)
            if record is not None:
                problem = machine.claim_problem(record.claim, end)
                if problem:
                    raise RefusedError(f"claim {entry.claim_id}: {problem}")


def to_json(merged: Merged) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "articles_added": merged.added,
        "articles_known": merged.known,
        "texts_added": merged.texts,
        "decisions_added": merged.decisions,
        "decisions_known": merged.known_decisions,
        "annotators": list(merged.annotators),
        "conflicts": [
            {
                "article": one.article_id,
                "annotator": one.annotator,
                "claim": one.claim_id,
                "holds": "ours" if one.ours_holds else "theirs",
                "ours": _said(one.ours),
                "theirs": _said(one.theirs),
            }
            for one in merged.conflicts
        ],
        "warnings": list(merged.warnings),
    }


def _said(entry: Entry) -> dict[str, Any]:
    after = None
    if entry.after is not None:  # older versions wrote figures that JSON has no number for
        after = json.loads(entry.after, parse_constant=lambda _: None)
    return {"uid": entry.uid, "at": entry.at, "action": entry.action, "after": after}
