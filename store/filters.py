"""A filter of the list of articles as SQL, in the form that is fast for what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store import fts
from store.records import ArticleFilter

if TYPE_CHECKING:
    from store.db import Library

_NOTED = (
    "FROM note_fts n JOIN claim_state s ON s.decision_id = n.rowid"
    " WHERE note_fts MATCH ? AND s.annotator = ? AND s.current"
)
"""The states of one annotator whose note or tags fit a query."""

_ASKING = 45
"""How many hits can be taken from the full-text index in the time of asking it about one article.

Measured on 100,000 articles of 300 words with SQLite 3.40: 1 and 45 microseconds.
"""


def condition(
    library: Library, where: ArticleFilter, *, wanted: int | None = None
) -> tuple[str, list[Any]]:
    """The filter as a WHERE clause with its values; `wanted` rows will be read, None for all.

    The clause is about the aliases a (`article`), t (`tally`) and r (`reading`), the last two
    joined from the left for the library's annotator.
    """
    parts: list[str] = []
    values: list[Any] = []
    if where.text.strip():
        query = fts.query(where.text)
        if query is None:
            parts.append("0")
        else:
            found = "a.id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)"
            if wanted is not None and is_common(library, query, wanted):
                found = (
                    "EXISTS (SELECT 1 FROM article_fts WHERE article_fts MATCH ? AND rowid = a.id)"
                )
            parts.append(f"({found} OR a.id IN (SELECT article_id {_NOTED}))")
            values += [query, query, library.annotator]
    if where.outlet is not None:
        parts.append("a.outlet = ?")
        values.append(where.outlet)
    if where.undecided:
        parts.append("coalesce(t.claims - t.decided, a.claims) > 0")
    if where.unread:
        parts.append("r.read_at IS NULL")
    return ("WHERE " + " AND ".join(parts) if parts else ""), values


def is_common(library: Library, query: str, wanted: int) -> bool:
    """Whether it is faster to go down the list and ask of each article if it fits.

    Of all articles one in (all / hits) fits, so that many are asked about for each that is wanted.
    """
    hits, everything = library.row(
        "SELECT (SELECT count(*) FROM article_fts WHERE article_fts MATCH ?),"
        " (SELECT coalesce(max(id), 0) FROM article)",
        (query,),
    )
    return bool(hits * hits > _ASKING * wanted * everything)


def count_words(library: Library, text: str) -> int:
    """How many articles have these words, by the indexes alone; all when there are none."""
    if not text.strip():
        return int(library.row("SELECT count(*) FROM article")[0])
    query = fts.query(text)
    if query is None:
        return 0
    by_text = library.row("SELECT count(*) FROM article_fts WHERE article_fts MATCH ?", (query,))
    by_note_only = library.row(
        f"SELECT count(*) FROM (SELECT DISTINCT article_id AS id {_NOTED}) a"
        " WHERE NOT EXISTS (SELECT 1 FROM article_fts WHERE article_fts MATCH ? AND rowid = a.id)",
        (query, library.annotator, query),
    )
    return int(by_text[0] + by_note_only[0])
