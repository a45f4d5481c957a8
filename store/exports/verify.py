"""Reading an export back and holding every offset in it against its words and the library's text.

The readers are those of `store.returning`, of Python's `csv` and `xml`, PyArrow and spaCy: none
shares code with what wrote the file.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import StoreError
from store.exports.model import Unit
from store.exports.offsets import Offsets
from store.returning.formats import READERS, reader

if TYPE_CHECKING:
    from store.db import Library


class Found(NamedTuple):
    """A span as a file gives it."""

    where: str
    text_sha256: str
    start: int
    end: int
    words: str | None
    """None where the file gives no words: then only the place is looked at."""
    unit: Unit = "codepoint"


def verify(library: Library, format: str, path: Path, offsets: Unit | None = None) -> int:  # noqa: A002
    """How many spans of the file stand where it says, in texts of the library.

    `offsets` is the unit that the export was told to use. Raises `StoreError` for the first span
    that does not, and for a format without offsets.
    """
    number = 0
    texts: dict[str, str] = {}
    for found in _spans(format, path, offsets):
        if found.text_sha256 not in texts:
            texts = {found.text_sha256: _text(library, found)}
        known = Offsets(texts[found.text_sha256], found.unit)
        start, end = known.back(found.start), known.back(found.end)
        held = start is not None and end is not None and start < end
        if not held or (found.words is not None and known.text[start:end] != found.words):
            raise StoreError(
                f"{found.where}: {found.start}-{found.end} does not hold what the file says; the"
                " export is wrong and must not be used"
            )
        number += 1
    return number


def _text(library: Library, found: Found) -> str:
    text = library.articles.text_of(found.text_sha256)
    if text is None:
        raise StoreError(f"{found.where}: its text is not in the library")
    return text


def _spans(format: str, path: Path, offsets: Unit | None) -> Iterator[Found]:  # noqa: A002
    if format in _OTHERS:
        yield from _OTHERS[format](path, offsets)
    elif format in READERS or format == "xmi":
        yield from _returned("cas" if format == "xmi" else format, path, offsets)
    else:
        raise StoreError(f"the format {format} has no offsets to verify")


def _returned(name: str, path: Path, offsets: Unit | None) -> Iterator[Found]:
    for article in reader(name)(path):
        if article.text_sha256 is None:
            continue
        for claim in article.claims:
            quotes = (claim.whole or {}).get("quotes", {})
            for part, marks in claim.marks.items():
                # brat's fragments are cut at line ends, and say their words themselves.
                whole = quotes.get(part, []) if claim.written is None else []
                for at, mark in enumerate(marks):
                    words = mark.words
                    if words is None and len(whole) == len(marks):
                        words = whole[at]
                    unit = offsets or article.unit
                    yield Found(claim.where, article.text_sha256, mark.start, mark.end, words, unit)


def _jsonl(path: Path, offsets: Unit | None) -> Iterator[Found]:
    with path.open("rb") as stream:
        for line, data in enumerate(stream, 1):
            record = json.loads(data)
            for claim in record["claims"]:
                for part, words in claim["quotes"].items():
                    for (start, end), said in zip(claim[part], words, strict=True):
                        where = f"{path}, line {line}, claim {claim['id']}"
                        yield Found(where, record["text_sha256"], start, end, said)


def _label_studio(path: Path, offsets: Unit | None) -> Iterator[Found]:
    """Regions of predictions too: what comes back from the tool are annotations alone."""
    for number, task in enumerate(json.loads(path.read_text("utf-8")), 1):
        sha = task["data"]["warreader"]["text_sha256"]
        for given in (*task["annotations"], *task["predictions"]):
            for region in given["result"]:
                if region["type"] == "labels":
                    value = region["value"]
                    where = f"{path}, task {number}, region {region['id']}"
                    yield Found(where, sha, value["start"], value["end"], value["text"])


def _csv(path: Path, offsets: Unit | None) -> Iterator[Found]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            yield from _row(f"{path}, row {number}", row)


def _parquet(path: Path, offsets: Unit | None) -> Iterator[Found]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches():
            for row in batch.to_pylist():
                yield from _row(f"{path}, claim {row['claim_id']}", row)


def _row(where: str, row: dict[str, Any]) -> Iterator[Found]:
    spans = [span.split("..") for span in row["content_spans"].split("; ")]
    # A guarded cell begins with an apostrophe; a quote of several spans is joined.
    words = row["quote"] if len(spans) == 1 and not row["quote"].startswith("'") else None
    for start, end in spans:
        yield Found(where, row["text_sha256"], int(start), int(end), words)


def _qdpx(path: Path, offsets: Unit | None) -> Iterator[Found]:
    from xml.etree import ElementTree

    from claims.model import text_hash

    space = "{urn:QDA-XML:project:1.0}"
    with zipfile.ZipFile(path) as archive:
        # Our own file: it declares no entities, so nothing can be expanded.
        project = ElementTree.fromstring(archive.read("project.qde"))
        for source in project.iter(f"{space}TextSource"):
            name = str(source.get("plainTextPath")).removeprefix("internal://")
            sha = text_hash(archive.read(f"sources/{name}").decode("utf-8"))
            for mark in source.iter(f"{space}PlainTextSelection"):
                start, end = int(str(mark.get("startPosition"))), int(str(mark.get("endPosition")))
                where = f"{path}, selection {mark.get('guid')}"
                yield Found(where, sha, start, end, None, offsets or "codepoint")


def _spacy(path: Path, offsets: Unit | None) -> Iterator[Found]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    for doc in DocBin(store_user_data=True).from_disk(path).get_docs(Vocab()):
        carried = json.loads(doc.user_data["warreader"])
        for group in doc.spans.values():
            for span in group:
                yield Found(
                    f"{path}, claim {span.id_}",
                    carried["text_sha256"],
                    span.start_char,
                    span.end_char,
                    span.text,
                )


_OTHERS: dict[str, Callable[[Path, Unit | None], Iterator[Found]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "label-studio": _label_studio,
    "parquet": _parquet,
    "qdpx": _qdpx,
    "spacy": _spacy,
}
