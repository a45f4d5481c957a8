"""Exports: one module a format, one registry, one function that the command and the screen use."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from store import atomic
from store.errors import StoreError
from store.exports import csvtable, html, jsonl, markdown
from store.exports.model import Document, Exporter, Options
from store.records import ArticleFilter, ClaimFilter, Decision

if TYPE_CHECKING:
    from store.db import Library

FORMATS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter(
            "jsonl",
            ".jsonl",
            "everything, one article a line; `warreader import` reads it back",
            jsonl.write,
            decisions=True,
        ),
        Exporter("csv", ".csv", "one row a claim, for spreadsheets and statistics", csvtable.write),
        Exporter("markdown", ".md", "a report to read", markdown.write),
        Exporter("html", ".html", "one page with the marked text and its claims", html.write),
    )
}
"""The formats by name, in the order in which they are offered."""

_PAGE = 200


def export(
    library: Library,
    format: str,  # noqa: A002
    *,
    where: ClaimFilter | None = None,
    options: Options | None = None,
) -> Iterator[str]:
    """The export of a library as pieces of text, to be written as UTF-8 without translation.

    `where` limits it: without `article_ids` all articles go in, newest first, and articles in
    which no claim fits are left out once claims are limited. The same library and options give
    the same bytes. Raises `StoreError`, at once for an unknown format.
    """
    exporter = FORMATS.get(format)
    if exporter is None:
        raise StoreError(f"there is no export format {format!r}; choose {', '.join(FORMATS)}")
    where = where or ClaimFilter()
    documents = _documents(library, where, decisions=exporter.decisions)
    options = options or Options()
    return exporter.write(documents, replace(options, codebook=library.codebook))


def save(
    library: Library,
    format: str,  # noqa: A002
    target: Path,
    *,
    where: ClaimFilter | None = None,
    options: Options | None = None,
) -> None:
    """Write an export to a file, whole or not at all, into a folder that is there.

    A device or a pipe is written to as it is. Raises `StoreError`, for a folder too.
    """
    pieces = export(library, format, where=where, options=options)
    try:
        mode = target.stat().st_mode if target.exists() else stat.S_IFREG
        if stat.S_ISDIR(mode):
            raise StoreError(f"{target} is a directory; name a file in it")
        if stat.S_ISREG(mode):
            atomic.write(target, pieces)
            return
        # A device or a pipe cannot be replaced by a file, and must not be.
        with target.open("wb") as stream:
            for piece in pieces:
                stream.write(piece.encode("utf-8"))
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise StoreError(f"{target}: {reason}; nothing was written") from None


def _documents(library: Library, where: ClaimFilter, *, decisions: bool) -> Iterator[Document]:
    limited = bool(where.types or where.sides or where.speaker or where.statuses or where.text)
    for article_id in where.article_ids or _all_articles(library):
        with library.snapshot():
            article = library.articles.get(article_id)
            claims = tuple(library.claims.of(article_id, where if limited else None))
            if limited and not claims:
                continue
            log: list[Decision] = []
            if decisions:
                log = library.decisions.log(article_id=article_id, limit=None)
            if limited:
                chosen = {record.id for record in claims}
                log = [entry for entry in log if entry.claim_id in chosen]
            older = {entry.text_sha256 for entry in log} - {article.text_sha256}
            texts = library.articles.texts(article_id) if older else {}
        yield Document(
            article,
            claims,
            tuple(log),
            {sha: texts[sha] for sha in sorted(older)},
            library.annotator,
        )


def _all_articles(library: Library) -> Iterator[int]:
    offset = 0
    while True:
        page = library.articles.page(ArticleFilter(), limit=_PAGE, offset=offset)
        yield from (summary.id for summary in page)
        if len(page) < _PAGE:
            return
        offset += _PAGE
