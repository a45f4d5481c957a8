"""The list of articles: which of them, and in which order, as SQL that indexes serve."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from store import fts, query, query_sql, query_values, query_words
from store.query_sql import Sql
from store.records import ArticleFilter, ArticleSort

if TYPE_CHECKING:
    from store.db import Library


def condition(
    library: Library, where: ArticleFilter, *, wanted: int | None = None
) -> tuple[str, list[Any]]:
    """The filter as a WHERE clause on `a` (`article`); `wanted` rows will be read, None for all.

    Raises `QueryError`.
    """
    found = [query_sql.articles(library, _asked(where), wanted=wanted)]
    if where.text.strip():
        words = query_words.loose_words(where.text)
        found.append(Sql("0") if words is None else query_sql.texts(library, words, wanted))
    if where.outlet is not None:
        found.append(Sql("a.outlet = ?", (where.outlet,)))
    kept = [one for one in found if one.text != "1"]
    values = [value for one in kept for value in one.values]
    return ("WHERE " + " AND ".join(one.text for one in kept) if kept else ""), values


def _asked(where: ArticleFilter) -> query.Node | None:
    asked = [query.parse(where.query)]
    asked += [query.Has("is", "undecided")] if where.undecided else []
    asked += [query.Has("is", "unread")] if where.unread else []
    return query.together(node for node in asked if node is not None)


def count(library: Library, where: ArticleFilter) -> int:
    """How many articles there are; by the indexes alone where nothing but words is asked for."""
    if where == ArticleFilter():
        return int(library.row("SELECT count(*) FROM article")[0])
    expression = None
    if where == ArticleFilter(text=where.text):
        expression = fts.query(where.text)
    elif where == ArticleFilter(query=where.query):
        node = query.parse(where.query)
        leaves = None if node is None else query_sql.same_field(node)
        if leaves and leaves[0].field in ("type", "side") and "*" not in {v.value for v in leaves}:
            return _count_with(library, leaves)
        if query_words.without_words(node) is None:
            expression = query_words.text_expression(node)
    if expression is not None:
        return query_words.count_words(library, expression)
    sql, values = condition(library, where)
    return int(library.row(f"SELECT count(*) FROM article a {sql}", values)[0])


def _count_with(library: Library, leaves: tuple[query.Has, ...]) -> int:
    """How many articles have a claim of these types, or sides, as the annotator sees it.

    Where the annotator decided on a claim the article's own count says which it has.
    """
    field, me = leaves[0].field, library.annotator
    values = query_values.values_of(library, leaves)
    fits = query_sql.among(f"c.{field}", list(values))
    index = f"INDEXED BY claim_{field}" if len(values) == 1 and not library.in_past else ""
    return int(
        library.row(
            "SELECT (SELECT count(*) FROM"
            f" (SELECT DISTINCT c.article_id AS id FROM claim c {index} WHERE {fits.text}) x"
            " WHERE NOT EXISTS"
            " (SELECT 1 FROM tally t WHERE t.annotator = ? AND t.article_id = x.id))"
            " + (SELECT count(*) FROM tally t WHERE t.annotator = ? AND EXISTS"
            f" (SELECT 1 FROM json_each(t.{field}s) WHERE key IN"
            " (SELECT value FROM json_each(?))))",
            (*fits.values, me, me, json.dumps(values)),
        )[0]
    )


_ORDERS = {
    # The terms, each with whether it goes down when the list is not turned round.
    ArticleSort.DATE: (("a.date", True), ("a.id", False)),
    ArticleSort.ADDED: (("a.id", True),),
    ArticleSort.TITLE: (("a.title COLLATE NOCASE", False), ("a.id", False)),
    ArticleSort.OUTLET: (("a.outlet", False), ("a.date", True), ("a.id", False)),
}


def ids(
    library: Library,
    where: ArticleFilter,
    sort: ArticleSort,
    *,
    turned: bool,
    limit: int,
    offset: int,
) -> list[int]:
    """The articles of one page of the list. Raises `QueryError`."""
    wanted = None if limit < 0 else limit + offset
    sql, values = condition(library, where, wanted=wanted)
    if sort in (ArticleSort.CLAIMS, ArticleSort.UNDECIDED):
        rows = _by_number(library, sort, Sql(sql, tuple(values)), turned, limit, offset)
    else:
        order = ", ".join(
            f"{term} {'DESC' if down is not turned else 'ASC'}" for term, down in _ORDERS[sort]
        )
        rows = library.rows(
            f"SELECT a.id FROM article a {sql} ORDER BY {order} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
    return [int(row[0]) for row in rows]


def _by_number(
    library: Library, sort: ArticleSort, where: Sql, turned: bool, limit: int, offset: int
) -> list[tuple[Any, ...]]:
    """By a count that is the machine's, or the annotator's own where they decided.

    Each of the two stands in an index in its order; SQLite merges them and stops at the limit.
    """
    me = library.annotator
    own = "t.claims" if sort is ArticleSort.CLAIMS else "t.claims - t.decided"
    also = where.text.replace("WHERE", "AND", 1) if where.text else ""
    way = "ASC" if turned else "DESC"
    return library.rows(
        "SELECT id FROM (SELECT a.id AS id, a.claims AS number FROM article a"
        " WHERE NOT EXISTS (SELECT 1 FROM tally o WHERE o.annotator = ? AND o.article_id = a.id)"
        f" {also} UNION ALL SELECT a.id, {own} FROM tally t CROSS JOIN article a"
        f" ON a.id = t.article_id WHERE t.annotator = ? {also}"
        f" ORDER BY number {way}, id {way} LIMIT ? OFFSET ?)",
        (me, *where.values, me, *where.values, limit, offset),
    )
