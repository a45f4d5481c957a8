"""Reading JSONL exports back: articles that are missing, and the decisions not yet in the log.

Each line is one transaction: it is taken whole or refused whole, and reading it again changes
nothing. Articles are known by the hash of their text, decisions by their `uid`. Everything a
line says about a text is checked against that text before anything is written.

Two libraries of one annotator may have decided on the same claim. The later decision holds, by
its time: where that is the one of this library, an entry with the action `keep` says so in the
log, so that the log read in its order still ends at what is shown.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from claims.model import Article
from claims.profile import ProfileError
from store import state, tally
from store.articles import MAPPING_VERSION
from store.errors import ExtractionFailed
from store.imported_line import Entry, Line, RefusedError, parse
from store.snapshot import unpack

if TYPE_CHECKING:
    from store.db import Library

MAX_LINE = 256 * 1024 * 1024
"""Bytes of one line: an article of the largest size with a long history stays below."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one line."""

    where: str
    """The file and the line."""
    article_id: int = 0
    title: str = ""
    outcome: Literal["added", "known", "refused"] = "refused"
    decisions: int = 0
    """How many decisions were new."""
    warnings: tuple[str, ...] = ()
    refusal: str | None = None


def read_file(library: Library, name: str) -> Iterator[Imported]:
    """Read an export, "-" being standard input; a bad line is refused and the rest is read.

    Raises what `Library.transaction` raises; nothing of the line at hand is then stored.
    """
    if name == "-":
        yield from _read(library, name, sys.stdin.buffer)
        return
    try:
        with Path(name).open("rb") as stream:
            yield from _read(library, name, stream)
    except OSError as problem:
        yield Imported(name, refusal=(problem.strerror or str(problem)).lower())


def _read(library: Library, name: str, stream: BinaryIO) -> Iterator[Imported]:
    number = 0
    while data := stream.readline(MAX_LINE + 1):
        number += 1
        where = f"{name}, line {number}"
        if len(data) > MAX_LINE:
            yield Imported(where, refusal=f"is larger than {MAX_LINE // 2**20} MiB")
            return
        if not data.strip():
            continue
        try:
            yield read_line(library, data, where)
        except (RefusedError, ExtractionFailed) as problem:
            yield Imported(where, refusal=str(problem))


def read_line(library: Library, data: bytes, where: str) -> Imported:
    """Take one line of an export in one transaction.

    Raises `RefusedError` when it is not what an export holds, `ExtractionFailed`, and what
    `Library.transaction` raises.
    """
    line = parse(data, lambda sha: _known_text(library, sha))
    warnings: list[str] = []
    with library.transaction() as connection:
        article_id = _article(library, line.text_sha256)
        outcome: Literal["added", "known"] = "known"
        if article_id is None:
            outcome = "added"
            article_id = _add(library, line, where, warnings)
        _add_older_texts(connection, article_id, line.older_texts)
        number = append(connection, article_id, line.entries)
    title = library.articles.summary(article_id).title
    return Imported(where, article_id, title, outcome, number, tuple(warnings))


def _known_text(library: Library, sha: str) -> str | None:
    found = library.rows("SELECT text FROM text_version WHERE sha256 = ? LIMIT 1", (sha,))
    return str(found[0][0]) if found else None


def _article(library: Library, sha: str) -> int | None:
    """The article with that text; one that shows it now goes before one that once did."""
    found = library.rows(
        "SELECT v.article_id FROM text_version v JOIN article a ON a.id = v.article_id"
        " WHERE v.sha256 = ? ORDER BY v.id <> a.version_id, v.id LIMIT 1",
        (sha,),
    )
    return int(found[0][0]) if found else None


def _add(library: Library, line: Line, where: str, warnings: list[str]) -> int:
    if line.text is None:
        raise RefusedError(
            "the text is neither in the file nor in the library; add the article first, or"
            " export it with its text"
        )
    url, profile = line.url, line.profile
    if url is not None:
        taken = library.rows("SELECT id FROM article WHERE url = ?", (url,))
        if taken:
            warnings.append(
                f"article {taken[0][0]} has the same address and another text; this one was"
                " added beside it, without the address"
            )
            url = None
    article = Article(line.text, line.title, line.outlet, line.byline, line.date)
    try:
        added = library.articles.add(article, url=url, profile=profile, origin=where)
    except ProfileError as problem:
        warnings.append(f"{problem}; another profile was chosen by the text")
        added = library.articles.add(article, url=url, origin=where)
    if library.articles.text_hash(added.article_id) != line.text_sha256:
        raise RefusedError("the text changes when it is stored; it is not from an export")
    return added.article_id


def _add_older_texts(
    connection: sqlite3.Connection, article_id: int, texts: Mapping[str, str]
) -> None:
    connection.executemany(
        "INSERT INTO text_version (article_id, sha256, text, chars, mapping, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (article_id, sha256) DO NOTHING",
        [
            (article_id, sha, text, len(text), MAPPING_VERSION, _now())
            for sha, text in texts.items()
        ],
    )


def append(connection: sqlite3.Connection, article_id: int, entries: Sequence[Entry]) -> int:
    """Add the entries that the log lacks, in their order, and bring the states up to date.

    Works within the caller's transaction; how many were new. Raises `RefusedError` when an entry's
    uid is in the log with something else.
    """
    new = [entry for entry in entries if not _logged(connection, article_id, entry)]
    if not new:
        return 0
    _check_texts(connection, article_id, new)
    batches = {entry.batch: _has_batch(connection, entry.batch) for entry in new}
    last_here: dict[state.Place, Entry | None] = {}
    last_there: dict[state.Place, Entry] = {}
    for entry in new:
        place = state.Place(entry.annotator, article_id, entry.text_sha256, entry.claim_id)
        if place not in last_here:
            last_here[place] = _last(connection, place)
        last_there[place] = entry
        number = _insert(connection, article_id, entry)
        if not batches[entry.batch]:
            batches[entry.batch] = True
            state.remember_batch(
                connection, entry.annotator, entry.batch, number, entry.action, entry.target
            )
        state.write(
            connection,
            place,
            number,
            unpack(entry.before, article_id),
            unpack(entry.after, article_id),
        )
    for place, theirs in last_there.items():
        ours = last_here[place]
        if ours is not None and _time(ours) > _time(theirs):
            _keep(connection, place, ours, theirs)
    for annotator in {entry.annotator for entry in new}:
        tally.count(connection, annotator, article_id)
    return len(new)


def _keep(connection: sqlite3.Connection, place: state.Place, ours: Entry, theirs: Entry) -> None:
    """Log that our later decision on the claim holds over an imported one."""
    if ours.after == theirs.after:
        return
    key = hashlib.sha256(f"keep|{ours.uid}|{theirs.uid}".encode()).hexdigest()[:32]
    kept = Entry(
        uid=key,
        batch=key[:16],
        at=ours.at,
        annotator=ours.annotator,
        action="keep",
        # The batch that it speaks for: a `keep` is no step of its own for undo.
        target=ours.batch,
        text_sha256=ours.text_sha256,
        claim_id=ours.claim_id,
        before=theirs.after,
        after=ours.after,
    )
    number = _insert(connection, place.article_id, kept)
    before, after = (unpack(text, place.article_id) for text in (kept.before, kept.after))
    state.write(connection, place, number, before, after)


_COLUMNS = "uid, batch, at, annotator, action, target, text_sha256, claim_id, before, after"


def _insert(connection: sqlite3.Connection, article_id: int, entry: Entry) -> int:
    cursor = connection.execute(
        f"INSERT INTO decision (article_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article_id, *entry),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _logged(connection: sqlite3.Connection, article_id: int, entry: Entry) -> bool:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM decision WHERE uid = ?", (entry.uid,)
    ).fetchone()
    if row is None:
        return False
    found = Entry(*row)
    if found._replace(before=None, after=None) != entry._replace(before=None, after=None) or any(
        unpack(one, article_id) != unpack(two, article_id)
        for one, two in ((found.before, entry.before), (found.after, entry.after))
    ):
        raise RefusedError(
            f"claim {entry.claim_id}: decision {entry.uid} is in the library with other content;"
            " the file was changed"
        )
    return True


def _check_texts(connection: sqlite3.Connection, article_id: int, entries: Sequence[Entry]) -> None:
    known = {
        row[0]
        for row in connection.execute(
            "SELECT sha256 FROM text_version WHERE article_id = ?", (article_id,)
        )
    }
    for entry in entries:
        if entry.text_sha256 not in known:
            raise RefusedError(
                f"claim {entry.claim_id}: decision {entry.uid} is about a text that is neither in"
                " the file nor in the library; export the article with its text"
            )


def _has_batch(connection: sqlite3.Connection, batch: str) -> bool:
    row = connection.execute("SELECT 1 FROM decision WHERE batch = ? LIMIT 1", (batch,)).fetchone()
    return row is not None


def _last(connection: sqlite3.Connection, place: state.Place) -> Entry | None:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM decision WHERE annotator = ? AND article_id = ?"
        " AND text_sha256 = ? AND claim_id = ? ORDER BY id DESC LIMIT 1",
        place,
    ).fetchone()
    return None if row is None else Entry(*row)


def _time(entry: Entry) -> tuple[datetime, str]:
    """When it was decided; two at the same moment are ordered the same way everywhere."""
    at = datetime.fromisoformat(entry.at)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)), entry.uid


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
