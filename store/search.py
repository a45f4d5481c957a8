"""Full-text search over articles and notes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from store import query_words
from store.query import parse
from store.records import ArticleFilter, SearchHit

if TYPE_CHECKING:
    from store.db import Library

SCORED = 1000
"""How many of the newest hits are ranked: scoring every hit of a common word takes too long."""

_START, _END = "\x02", "\x03"
_SNIPPET_WORDS = 24


class Search:
    """Search in a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def articles(self, query: str, *, limit: int = 50) -> list[SearchHit]:
        """The articles that fit a query in the language of `store.query`; empty finds nothing.

        Words are looked for in title, outlet, byline and text, or in one note. Best first (bm25,
        words of the title count more), of the 1,000 articles added last that fit; without a word,
        newest first. Raises `QueryError`.
        """
        node = parse(query)
        if node is None or limit < 1:
            return []
        expression = query_words.text_expression(node)
        if expression is None or query_words.without_words(node) is not None:
            return self._fielded(query, expression, limit)
        library = self._library
        with library.snapshot():
            texts = library.rows(
                "WITH hit AS (SELECT rowid AS id FROM article_fts WHERE article_fts MATCH ?"
                " ORDER BY rowid DESC LIMIT ?)"
                f" SELECT f.rowid, snippet(article_fts, -1, '{_START}', '{_END}', '…',"
                f" {_SNIPPET_WORDS}) FROM article_fts f WHERE article_fts MATCH ?"
                " AND f.rowid >= (SELECT min(id) FROM hit)"
                " ORDER BY bm25(article_fts, 4.0, 1.0, 1.0, 1.0) LIMIT ?",
                (expression, SCORED, expression, limit),
            )
            notes = library.rows(
                "SELECT s.article_id, snippet(note_fts, -1, ?, ?, '…', ?) FROM note_fts"
                " JOIN claim_state s ON s.decision_id = note_fts.rowid"
                " WHERE note_fts MATCH ? AND s.annotator = ? AND s.current"
                " ORDER BY note_fts.rowid DESC LIMIT ?",
                (_START, _END, _SNIPPET_WORDS, expression, library.annotator, limit),
            )
            snippets: dict[int, str] = {}
            for article_id, snippet in (*texts, *notes):
                snippets.setdefault(article_id, snippet)
            ids = list(snippets)[:limit]
            return [
                SearchHit(article, snippets[article.id])
                for article in library.articles.summaries(ids)
            ]

    def _fielded(self, query: str, expression: str | None, limit: int) -> list[SearchHit]:
        """Hits of a query with fields, newest first, with where its words are if it has some."""
        library = self._library
        with library.snapshot():
            found = library.articles.page(ArticleFilter(query=query), limit=limit)
            snippets: dict[int, str] = {}
            if expression is not None:
                snippets = dict(
                    library.rows(
                        f"SELECT rowid, snippet(article_fts, -1, '{_START}', '{_END}', '…',"
                        f" {_SNIPPET_WORDS}) FROM article_fts WHERE article_fts MATCH ?"
                        " AND rowid IN (SELECT value FROM json_each(?))",
                        (expression, json.dumps([article.id for article in found])),
                    )
                )
            return [SearchHit(article, snippets.get(article.id, "")) for article in found]
