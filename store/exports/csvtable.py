"""CSV: one row a claim, by RFC 4180, in UTF-8, safe to open in a spreadsheet.

A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end as a formula
(CWE-1236; the list is OWASP's "CSV Injection"). Such text cells get a leading apostrophe, which
spreadsheets hide; `Options.raw` leaves them alone. Numbers are written as numbers.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from claims.codebook import Codebook
from claims.model import Claim, Spans
from claims.text import displayed
from store.exports.model import Document, Losses, Options
from store.records import ClaimRecord
from store.wording import quantity, quote

_FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
"""OWASP's list, with the full-width forms that some spreadsheets fold to ASCII."""


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet could take it for a formula."""
    if cell.startswith(_FORMULA_STARTS) or cell.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + cell
    return cell


def _spans(spans: Spans) -> str:
    # Two dots: spreadsheets read 12-31 as a day and 12:31 as a time.
    return "; ".join(f"{start}..{end}" for start, end in spans)


def _first(claim: Claim, field: str) -> Any:
    return getattr(claim.quantities[0], field) if claim.quantities else None


def _days(claim: Claim) -> str:
    return "; ".join(
        m.start if m.end in (None, m.start) else f"{m.start} to {m.end}"
        for m in claim.dates
        if m.start
    )


Cell = str | float | None
_Read = Callable[[Document, ClaimRecord], Cell]
TYPE_LABEL = "type_label"
"""The column of the codebook's word for the type; there when the codebook has words of its own."""


def _of_article(field: str) -> _Read:
    return lambda document, _: getattr(document.article.summary, field)


def _of_claim(field: str) -> _Read:
    return lambda _, record: getattr(record.claim, field)


def _of_record(field: str) -> _Read:
    return lambda _, record: getattr(record, field)


def _sentence(document: Document, record: ClaimRecord) -> int:
    sentences = document.article.sentences
    return bisect_right(sentences, record.claim.start, key=lambda sentence: sentence.span.start)


def _hidden(document: Document, record: ClaimRecord) -> int:
    words = quote(document.article.text, record.claim.content)
    shown = displayed(words)
    return sum(was != now and not was.isspace() for was, now in zip(words, shown, strict=True))


COLUMNS: dict[str, _Read] = {
    "text_sha256": lambda document, _: document.article.text_sha256,
    "title": _of_article("title"),
    "outlet": _of_article("outlet"),
    "date": _of_article("date"),
    "url": _of_article("url"),
    "claim_id": lambda _, record: record.id,
    "start_cp": lambda _, record: record.claim.start,
    "end_cp": lambda _, record: record.claim.end,
    "content_spans": lambda _, record: _spans(record.claim.content),
    "quote": lambda document, record: quote(document.article.text, record.claim.content),
    "sentence_no": _sentence,
    "hidden_characters": _hidden,
    "claimant": _of_claim("speaker"),
    "role": _of_claim("role"),
    "side": _of_claim("side"),
    "source": lambda document, record: quote(document.article.text, record.claim.source),
    "cue": lambda document, record: quote(document.article.text, record.claim.cue),
    "channel": lambda _, record: "; ".join(record.claim.channel),
    "mode": _of_claim("mode"),
    "type": lambda _, record: record.claim.type.value,
    "about": _of_claim("about"),
    "stance": _of_claim("stance"),
    "certainty": _of_claim("certainty"),
    "distance": _of_claim("distance"),
    "figure_low": lambda _, record: _first(record.claim, "low"),
    "figure_high": lambda _, record: _first(record.claim, "high"),
    "figure_bound": lambda _, record: _first(record.claim, "bound"),
    "unit": lambda _, record: _first(record.claim, "object") or _first(record.claim, "unit"),
    "measure": lambda _, record: _first(record.claim, "measure"),
    "figures": lambda _, record: "; ".join(map(quantity, record.claim.quantities)),
    "victims": _of_claim("victims"),
    "places": lambda _, record: "; ".join(place.name for place in record.claim.places),
    "days": lambda _, record: _days(record.claim),
    "status": _of_record("status"),
    "annotator": _of_record("annotator"),
    "decided_at": _of_record("decided_at"),
    "note": _of_record("note"),
    "tags": lambda _, record: "; ".join(record.tags),
    "confidence": _of_claim("confidence"),
    "rule": _of_claim("rule"),
    "extractor": lambda document, _: document.article.extractor,
    "profile": _of_article("profile"),
}
"""The columns in their order. Offsets are code points, end exclusive; sentences count from 1.
`figure_*`, `unit` and `measure` are those of the claim's first quantity, `figures` lists all.
`hidden_characters` counts the characters of the quote that are invisible or turn the reading order
(bidi overrides, zero-width characters): the quote itself is left exact."""


class Lines(list[str]):
    """What the csv module writes to."""

    def write(self, text: str) -> int:
        self.append(text)
        return len(text)


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """A header, then one row a claim; line ends are CR LF as RFC 4180 says."""
    lines = Lines()
    # Quoting every text keeps a spreadsheet from splitting it; numbers stand bare.
    writer = csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    if options.bom:
        yield "\N{ZERO WIDTH NO-BREAK SPACE}"
    columns = _columns(options.codebook)
    writer.writerow(columns)
    for document in documents:
        for record in document.claims:
            writer.writerow([_cell(read(document, record), options) for read in columns.values()])
        yield "".join(lines)
        lines.clear()
    yield "".join(lines)


def _columns(codebook: Codebook) -> dict[str, _Read]:
    if not codebook.changes():
        return COLUMNS
    return {**COLUMNS, TYPE_LABEL: lambda _, record: codebook[record.claim.type].label}


def _cell(value: Cell, options: Options) -> str | float:
    if value is None:
        return ""
    if isinstance(value, str):
        value = str(value)
        return value if options.raw else guarded(value)
    return int(value) if float(value).is_integer() else value
