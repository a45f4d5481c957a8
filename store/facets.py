"""Counts of claims that are kept (`store.steps.facets`): read instead of counting the claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from claims.doubt import family
from store import query, query_sql
from store.query import Has
from store.records import ClaimFilter
from store.snapshot import dumps
from store.steps.facets import FACETS, MACHINE

if TYPE_CHECKING:
    from store.db import Library

_SINGLE = {one.field for one in FACETS if one.rejected and one.field != "type"}
_OF_ALL = f"FROM facet WHERE annotator IN ('{MACHINE}', ?) AND field = ?"


def count(library: Library, where: ClaimFilter) -> int | None:
    """How many claims fit; None where that is not kept. `where` is narrowed (`query_sql`).

    Kept are types and sides together, and each other field alone.
    """
    if where.article_ids or where.statuses or where.speaker or where.text.strip():
        return None
    asked = {leaf.field if isinstance(leaf, Has) else "" for leaf in query.leaves(where.rest)} | (
        {"type"} if where.types or where.sides else set()
    )
    if asked <= {"type", "side"}:
        table, field = "value AS type, other AS side", "type"
    elif len(asked) == 1 and asked <= _SINGLE:
        (field,) = asked
        table = f"value AS {field}"
    else:
        return None
    conditions = [
        query_sql.among(f"c.{name}", list(allowed))
        for name, allowed in (("type", where.types), ("side", where.sides))
        if allowed
    ]
    if where.rest is not None:
        conditions.append(query_sql.claims(library, where.rest, own=True))
    fits = query_sql.join(conditions, " AND ")
    return int(
        library.row(
            f"SELECT coalesce(sum(claims), 0) FROM (SELECT {table}, claims {_OF_ALL}) c"
            f" WHERE {fits.text}",
            (library.annotator, field, *fits.values),
        )[0]
    )


def families(library: Library) -> Counter[str]:
    """How many of the machine's claims each rule found (`claims.doubt.family`)."""
    found: Counter[str] = Counter()
    for rule, number in library.rows(
        "SELECT value, sum(claims) FROM facet WHERE annotator = ? AND field = 'rule' GROUP BY 1",
        (MACHINE,),
    ):
        found[family(rule)] += number
    return +found


def crossed(
    library: Library, rows: str, columns: str, most: int
) -> tuple[Counter[Any], Counter[str], dict[tuple[Any, str], int]]:
    """The claims that the annotator sees and has not rejected, by two fields.

    All rows and all columns with their numbers, and the cells of the `most` largest rows. A row
    is a speaker's id, 0 for none, or a name.
    """
    field = f"{rows}/{columns}"

    def numbers(what: str, of: str, also: str = "", *values: Any) -> Counter[Any]:
        found: Counter[Any] = Counter()
        for annotator in (MACHINE, library.annotator):  # one each: in the order of the table
            for *key, number in library.rows(
                f"SELECT {what}, sum(claims) FROM facet WHERE annotator = ? AND field = ? {also}"
                f" GROUP BY {what}",
                (annotator, of, *values),
            ):
                found[tuple(key) if len(key) > 1 else key[0]] += number
        return Counter({key: number for key, number in found.items() if number})

    by_row = numbers("value", field)
    # Every claim has a side: the few rows of sides tell the columns of all rows.
    by_column = (
        numbers("value", "side/type") if columns == "side" else numbers("other", f"side/{columns}")
    )
    shown = [row for row, _ in by_row.most_common(most)]
    if len(shown) < len(by_row):
        only = "AND value IN (SELECT value FROM json_each(?))"
        cells = numbers("value, other", field, only, dumps(shown))
    else:
        cells = numbers("value, other", field)
    return by_row, by_column, dict(cells)
