"""Reading JSONL exports back: articles that are missing, and the decisions not yet in the log.

Each line is one transaction: it is taken whole or refused whole, and reading it again changes
nothing. Articles are known by the hash of their text, decisions by their `uid`. Everything a
line says about a text is checked against that text before anything is written.

What becomes of two decisions on one claim is decided in `store.joining`.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from claims.model import Article
from claims.profile import ProfileError
from store.article_rows import MAPPING_VERSION
from store.errors import ExtractionFailed
from store.imported_line import Line, RefusedError, parse
from store.joining import Joining

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
    line = parse(data, library.articles.text_of)
    warnings: list[str] = []
    with library.transaction() as connection:
        article_id = library.articles.by_text(line.text_sha256)
        outcome: Literal["added", "known"] = "known"
        if article_id is None:
            outcome = "added"
            article_id = _add(library, line, where, warnings)
        _add_older_texts(connection, article_id, line.older_texts)
        joining = Joining(connection)
        for entry in line.entries:
            joining.take(article_id, entry)
        conflicts = joining.finish()
        if line.marks is not None:
            annotator, starred, tags = line.marks
            library.marks.add(article_id, annotator, starred=starred, tags=tags)
    if conflicts:
        ours = sum(one.ours_holds for one in conflicts)
        warnings.append(
            f"claims decided otherwise here by the same person: {len(conflicts)}; the later"
            f" decision holds, {ours} of this library and {len(conflicts) - ours} of the file"
        )
    title = library.articles.summary(article_id).title
    return Imported(where, article_id, title, outcome, joining.new, tuple(warnings))


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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
