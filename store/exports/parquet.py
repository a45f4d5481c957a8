"""Parquet: the rows of the CSV export with their types, for pandas, Polars, DuckDB and R.

Numbers stay numbers and what is not known is null. Needs the extra `parquet`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from store.exports.csvtable import COLUMNS
from store.exports.model import Document, Losses, Options
from store.exports.standoff import one_line_json, payload

if TYPE_CHECKING:
    import pyarrow

_NUMBERS = {
    "start_cp": "int64",
    "end_cp": "int64",
    "sentence_no": "int64",
    "hidden_characters": "int64",
    "figure_low": "float64",
    "figure_high": "float64",
    "confidence": "float64",
}
_ROWS = 10_000
"""Claims of one row group: what memory holds at once."""


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[bytes]:
    """The bytes of one file, and under `claim_json` each claim whole.

    Raises `ImportError` without PyArrow.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = [pa.field(name, getattr(pa, _NUMBERS.get(name, "string"))()) for name in COLUMNS]
    schema = pa.schema([*fields, pa.field("claim_json", pa.string())])
    buffer = BytesIO()
    with pq.ParquetWriter(buffer, schema, compression="zstd") as writer:
        rows: list[dict[str, Any]] = []
        for document in documents:
            for record in document.claims:
                row: dict[str, Any] = {
                    n: _typed(n, read(document, record)) for n, read in COLUMNS.items()
                }
                row["claim_json"] = one_line_json(payload(document, record))
                rows.append(row)
            if len(rows) >= _ROWS:
                writer.write_table(_table(rows, schema))
                rows.clear()
        writer.write_table(_table(rows, schema))
    yield buffer.getvalue()


def _table(rows: list[dict[str, Any]], schema: pyarrow.Schema) -> pyarrow.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=schema)


def _typed(name: str, value: Any) -> Any:
    if value is None or name in _NUMBERS:
        return value
    return str(value)
