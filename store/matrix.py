"""How many claims fall together: speaker or outlet or side by type, channel or side."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.passages import OWN, Passage, select
from store.snapshot import dumps

if TYPE_CHECKING:
    from store.db import Library

ROWS = ("speaker", "outlet", "side")
COLUMNS = ("type", "side", "channel")
NONE = ""
"""The key of claims without a speaker, outlet or channel."""
NAMES_OF_NONE = {"speaker": "no speaker", "outlet": "no outlet", "channel": "no channel"}

_COLUMN = {
    "speaker": "c.speaker_id",
    "outlet": "coalesce(a.outlet, '')",
    "side": "c.side",
    "type": "c.type",
    "channel": "c.channel",
}

_OF_ARTICLES = (
    "SELECT coalesce(a.outlet, ''), t.key, sum(t.value) FROM article a, json_each(a.{}) t"
    " GROUP BY 1, 2"
)
_KEPT = {
    ("side", "type"): "SELECT side, type, claims FROM claim_count",
    ("outlet", "type"): _OF_ARTICLES.format("types"),
    ("outlet", "side"): _OF_ARTICLES.format("sides"),
}
"""Where the machine's claims are counted already, by article or in all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its key, and how many claims it has in all."""

    key: str
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts of the claims that the annotator sees and has not rejected; the largest first."""

    rows_by: str
    columns_by: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: dict[tuple[str, str], int]
    total: int
    more_rows: int
    """How many rows were left off."""

    @property
    def largest(self) -> int:
        """The largest cell."""
        return max(self.cells.values(), default=0)


def matrix(library: Library, rows: str, columns: str, *, most: int = 1000) -> Matrix:
    """Count the claims of the whole library; at most `most` rows, those with most claims.

    Raises `ValueError` for a dimension that there is not.
    """
    if rows not in ROWS or columns not in COLUMNS or rows == columns:
        raise ValueError(f"no matrix of {rows!r} by {columns!r}")
    with library.snapshot():
        cells = _cells(library, rows, columns)
        names = _speakers(library, cells) if rows == "speaker" else {}
    named: Counter[tuple[str, str]] = Counter()
    for (row, column), number in cells.items():
        key = names.get(row, NONE) if rows == "speaker" else str(row)
        named[key, _channel(column) if columns == "channel" else column] += number
    named = +named
    by_row: Counter[str] = Counter()
    for (row, _), number in named.items():
        by_row[row] += number
    kept = _lines(by_row)
    shown = {line.key for line in kept[:most]}
    by_column: Counter[str] = Counter()
    for (_, column), number in named.items():
        by_column[column] += number
    return Matrix(
        rows,
        columns,
        kept[:most],
        _lines(by_column),
        {cell: number for cell, number in named.items() if cell[0] in shown},
        named.total(),
        max(0, len(kept) - most),
    )


def cell(
    library: Library, rows: str, row: str, columns: str, column: str, *, limit: int, offset: int = 0
) -> list[Passage]:
    """The claims of one cell, by article and place."""
    condition, values = _where(library, rows, row, "row")
    other, more = _where(library, columns, column, "column")
    return select(
        library, f"{condition} AND {other}", {**values, **more}, limit=limit, offset=offset
    )


def _cells(library: Library, rows: str, columns: str) -> Counter[tuple[Any, str]]:
    """The machine's claims, with those in their place that the annotator decided on."""
    row, column = _COLUMN[rows], _COLUMN[columns]
    me = {"me": library.annotator}
    group = f"{row}, {column}, count(*)"
    cells: Counter[tuple[Any, str]] = Counter()
    kept = _KEPT.get((rows, columns))
    joined = "JOIN article a ON a.id = c.article_id" if rows == "outlet" else ""
    counted = kept or f"SELECT {group} FROM claim c {joined} GROUP BY 1, 2"
    for one, two, number in library.rows(counted):
        cells[one, two] += number
    for one, two, number in library.rows(
        f"SELECT {group} FROM claim_state s JOIN claim c ON c.article_id = s.article_id"
        " AND c.id = s.claim_id JOIN article a ON a.id = c.article_id"
        " WHERE s.annotator = :me AND s.current GROUP BY 1, 2",
        me,
    ):
        cells[one, two] -= number
    for one, two, number in library.rows(
        f"SELECT {group} FROM claim_state c JOIN article a ON a.id = c.article_id"
        f" WHERE {OWN} GROUP BY 1, 2",
        me,
    ):
        cells[one, two] += number
    return cells


def _speakers(library: Library, cells: Counter[tuple[Any, str]]) -> dict[Any, str]:
    wanted = sorted({row for row, _ in cells if row is not None})
    return dict(
        library.rows(
            "SELECT id, name FROM speaker WHERE id IN (SELECT value FROM json_each(?))",
            (dumps(wanted),),
        )
    )


def _channel(packed: str) -> str:
    """The innermost channel, through which the words first came."""
    found = json.loads(packed) if packed else []
    return str(found[0]) if found else NONE


def _lines(counts: Counter[str]) -> tuple[Line, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Line(key, number) for key, number in ordered)


def _where(library: Library, dimension: str, key: str, name: str) -> tuple[str, dict[str, Any]]:
    """The claims of a row or a column as SQL about the claim `c` and its article `a`."""
    if dimension == "speaker":
        if key == NONE:
            return "c.speaker_id IS NULL", {}
        found = library.rows("SELECT id FROM speaker WHERE name = ?", (key,))
        return f"c.speaker_id = :{name}", {name: found[0][0] if found else None}
    if dimension == "channel":
        if key == NONE:
            return "c.channel IN ('[]', '')", {}
        opening = "[" + dumps(key)
        return (
            f"(c.channel = :{name} || ']' OR substr(c.channel, 1, :{name}_size) = :{name} || ',')",
            {name: opening, f"{name}_size": len(opening) + 1},
        )
    return f"{_COLUMN[dimension]} = :{name}", {name: key}
