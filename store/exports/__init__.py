"""Exports: one module a format, one registry, one function that the command and the screen use."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from store import atomic
from store.errors import StoreError
from store.exports.model import Document, Exporter, Losses, Options
from store.exports.registry import FORMATS
from store.exports.report import report
from store.plugins import exporters
from store.records import ArticleFilter, ClaimFilter, Decision

if TYPE_CHECKING:
    from store.db import Library

__all__ = ["FORMATS", "export", "save"]

_PAGE = 200


def export(
    library: Library,
    format: str,  # noqa: A002
    *,
    where: ClaimFilter | None = None,
    options: Options | None = None,
    losses: Losses | None = None,
    strict: bool = False,
) -> Iterator[bytes]:
    """The export of a library in pieces, text as UTF-8.

    `where` limits it: without `article_ids` all articles go in, newest first, and articles in
    which no claim fits are left out once claims are limited. The same library and options give
    the same bytes. What the format cannot carry is added to `losses`; with `strict` it is an error
    when the last piece is asked for. Raises `StoreError`, at once for an unknown format.
    """
    exporter = _exporter(format)
    where = where or ClaimFilter()
    lost = Losses() if losses is None else losses
    documents = _documents(library, where, decisions=exporter.decisions)
    options = replace(options or Options(), codebook=library.codebook)
    return _pieces(exporter, documents, options, lost, strict=strict)


def _exporter(name: str) -> Exporter:
    """A format of ours or of a plugin. Raises `StoreError`."""
    found = FORMATS.get(name) or exporters().get(name)
    if found is None:
        known = ", ".join((*FORMATS, *exporters()))
        raise StoreError(f"there is no export format {name!r}; choose {known}")
    return found


def _pieces(
    exporter: Exporter,
    documents: Iterator[Document],
    options: Options,
    losses: Losses,
    *,
    strict: bool,
) -> Iterator[bytes]:
    try:
        for piece in exporter.write(documents, options, losses):
            yield piece.encode("utf-8") if isinstance(piece, str) else piece
    except ImportError as missing:
        raise StoreError(
            f"the format {exporter.name} needs {missing.name or 'a library'}; install it with:"
            f" pip install {missing.name or ''} (the extra `{exporter.needs}` of warreader)"
        ) from None
    if strict and losses:
        first = losses[0]
        raise StoreError(
            f"{exporter.name} cannot carry everything: {len(losses)} losses, the first"
            f" {first.what} of {first.claim or 'the text'} in article {first.article}"
            f" ({first.why})"
        )


def save(
    library: Library,
    format: str,  # noqa: A002
    target: Path,
    *,
    where: ClaimFilter | None = None,
    options: Options | None = None,
    strict: bool = False,
) -> Losses:
    """Write an export to a file, whole or not at all, into a folder that is there.

    Beside it stand the further files that its tool needs, and `NAME.loss.json` when the format
    could not carry everything. Gives what was lost. A device or a pipe is written to as it is.
    Raises `StoreError`, for a folder too, and with `strict` for a loss.
    """
    losses = Losses()
    pieces = export(library, format, where=where, options=options, losses=losses, strict=strict)
    try:
        mode = target.stat().st_mode if target.exists() else stat.S_IFREG
        if stat.S_ISDIR(mode):
            raise StoreError(f"{target} is a directory; name a file in it")
        if stat.S_ISREG(mode):
            atomic.write(target, pieces)
            further = _exporter(format).beside
            for suffix, text in (further(library.codebook) if further else {}).items():
                atomic.write(target.with_name(target.name + suffix), [text.encode("utf-8")])
            _write_report(target, format, losses)
            return losses
        # A device or a pipe cannot be replaced by a file, and must not be.
        with target.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise StoreError(f"{target}: {reason}; nothing was written") from None
    return losses


def _write_report(target: Path, format: str, losses: Losses) -> None:  # noqa: A002
    place = target.with_name(target.name + ".loss.json")
    if losses:
        atomic.write(place, report(format, losses))
    else:
        # What an earlier export of the same name lost is not true of this one.
        place.unlink(missing_ok=True)


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
