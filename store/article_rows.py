"""Articles as rows: cleaned before they are stored, inserted, described, and read back."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any

from claims.model import Article
from claims.text import canonical
from store.errors import InvalidArticle
from store.records import ArticleSummary

MAPPING_VERSION = 1
"""Which `claims.text.canonical` a text version went through; raised when its table changes."""

_TITLE_LENGTH = 100


def insert(
    connection: sqlite3.Connection,
    article: Article,
    url: str | None,
    origin: str | None,
    now: str,
) -> int:
    """A new article without a text; its id."""
    cursor = connection.execute(
        "INSERT INTO article (url, title, outlet, byline, date, origin, added_at, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (url, article.title, article.outlet, article.byline, article.date, origin, now, now),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def describe(connection: sqlite3.Connection, article_id: int, article: Article, now: str) -> None:
    """What is said of an article that is there; what is not given stays."""
    connection.execute(
        "UPDATE article SET title = ?, outlet = coalesce(?, outlet),"
        " byline = coalesce(?, byline), date = coalesce(?, date), changed_at = ? WHERE id = ?",
        (article.title, article.outlet, article.byline, article.date, now, article_id),
    )


def version(connection: sqlite3.Connection, article_id: int, text: str, sha: str, now: str) -> int:
    """The text as a version of the article, which it may be already; its id."""
    found = connection.execute(
        "SELECT id FROM text_version WHERE article_id = ? AND sha256 = ?", (article_id, sha)
    ).fetchone()
    if found is not None:  # the text is again what it once was
        return int(found[0])
    cursor = connection.execute(
        "INSERT INTO text_version (article_id, sha256, text, chars, mapping, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (article_id, sha, text, len(text), MAPPING_VERSION, now),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def clean(article: Article) -> Article:
    """The article as it is kept. Raises `InvalidArticle` when it has no text."""
    text = canonical(article.text)
    if not text.strip():
        raise InvalidArticle("the article has no text; nothing was stored")
    return replace(
        article,
        text=text,
        title=clean_line(article.title) or _first_words(text),
        outlet=clean_line(article.outlet),
        byline=clean_line(article.byline),
        date=clean_line(article.date),
    )


def clean_line(value: str | None) -> str | None:
    """A title, name or address as it is kept, on one line; None where nothing is left."""
    return None if value is None else canonical(" ".join(value.split())) or None


def _first_words(text: str) -> str:
    line = " ".join(text.strip().splitlines()[0].split())
    if len(line) <= _TITLE_LENGTH:
        return line
    return line[: _TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def summary(row: tuple[Any, ...]) -> ArticleSummary:
    """A row of the list of articles."""
    found = dict(zip(ArticleSummary.__match_args__, row, strict=True))
    read_from = {name: json.loads(found[name]) for name in ("tags", "types", "sides")}
    truth = {name: bool(found[name]) for name in ("read", "starred")}
    return ArticleSummary(**{**found, **read_from, **truth, "tags": tuple(read_from["tags"])})
