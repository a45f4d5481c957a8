"""How many claims fall together: speaker or outlet or side by type, channel or side."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import facets
from store.passages import Passage, select
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
        by_row, by_column, cells = facets.crossed(library, rows, columns, most)
        names = _speakers(library, {row for row, _ in cells}) if rows == "speaker" else {}
    named: Counter[tuple[str, str]] = Counter()
    for (row, column), number in cells.items():
        named[names.get(row, str(row or NONE)), _key(columns, column)] += number
    lines = _lines({names.get(row, str(row or NONE)): by_row[row] for row, _ in cells})
    total_of: Counter[str] = Counter()
    for column, number in by_column.items():
        total_of[_key(columns, column)] += number
    return Matrix(
        rows,
        columns,
        lines,
        _lines(total_of),
        dict(named),
        by_row.total(),
        max(0, len(by_row) - most),
    )


def cell(
    library: Library, rows: str, row: str, columns: str, column: str, *, limit: int, offset: int = 0
) -> list[Passage]:
    """The claims of one cell, by article and place."""
    condition, values = _where(library, rows, row, "row")
    other, more = _where(library, columns, column, "column")
    # A speaker's claims are read in their order, and not sorted from all that are of the column.
    joint = "AND +" if rows == "speaker" else "AND "
    return select(
        library, f"{condition} {joint}{other}", {**values, **more}, limit=limit, offset=offset
    )


def _speakers(library: Library, wanted: set[int]) -> dict[Any, str]:
    return dict(
        library.rows(
            "SELECT id, name FROM speaker WHERE id IN (SELECT value FROM json_each(?))",
            (dumps(sorted(wanted)),),
        )
    )


def _key(columns: str, column: str) -> str:
    return _channel(column) if columns == "channel" else column


def _channel(packed: str) -> str:
    """The innermost channel, through which the words first came."""
    found = json.loads(packed) if packed else []
    return str(found[0]) if found else NONE


def _lines(counts: Mapping[str, int]) -> tuple[Line, ...]:
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
