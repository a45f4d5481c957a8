"""What the standoff formats share: the marks of a claim, its full record, and stable identifiers.

Every format that has room for it carries the claim whole, under the key `warreader`, so that what
comes back unchanged is exactly what went out, and what was changed in the other tool is seen.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any, NamedTuple, cast

from claims.model import Span, Spans
from store.exports import jsonl
from store.exports.jsontext import line
from store.exports.model import Document
from store.records import ClaimRecord

KEY = "warreader"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:warreader")


class Part(NamedTuple):
    """A named part of a claim with its fragments."""

    name: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about an article, as other tools like their metadata."""

    title: str
    outlet: str | None
    byline: str | None
    date: str | None
    url: str | None

    def to_json(self) -> dict[str, str]:
        """Only what is known."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in found.items() if value}


def facts(document: Document) -> Facts:
    """The facts of the document's article."""
    s = document.article.summary
    return Facts(s.title, s.outlet, s.byline, s.date, s.url)


def origin(document: Document) -> dict[str, Any]:
    """What ties an exported text to its article: its hash, its facts, whose claims and which.

    By the list of claims `store.returning` knows which were removed in the other tool.
    """
    return {
        "text_sha256": document.article.text_sha256,
        "annotator": document.annotator,
        **facts(document).to_json(),
        "claims": [record.id for record in document.claims],
    }


def parts(record: ClaimRecord) -> tuple[Part, ...]:
    """Source, cue and content, those that are there."""
    claim = record.claim
    found = (
        Part("source", claim.source),
        Part("cue", claim.cue),
        Part("content", claim.content),
    )
    return tuple(part for part in found if part.spans)


def payload(document: Document, record: ClaimRecord) -> dict[str, Any]:
    """The claim whole, as the JSONL export has it."""
    return jsonl.claim(document, record)


def one_line_json(value: Any) -> str:
    """JSON without line ends or characters that a terminal could act on."""
    return line(value)


def guid(*names: object) -> str:
    """The same names give the same UUID for ever (version 5, RFC 9562)."""
    return str(uuid.uuid5(_NAMESPACE, "|".join(map(str, names))))


def stem(document: Document) -> str:
    """A file name for an article: its number and the beginning of its text's hash."""
    return f"{document.article.id:06d}-{document.article.text_sha256[:8]}"


class _Drain:
    """What a ZIP archive is written to, without seeking: its bytes are taken out as they come."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def write(self, data: bytes) -> int:
        self._kept += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        data = bytes(self._kept)
        self._kept.clear()
        return data


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The files as a ZIP archive, the same bytes for the same files (no times, fixed order).

    Memory holds one file at a time.
    """
    drain = _Drain()
    with zipfile.ZipFile(cast(IO[bytes], drain), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
            yield drain.take()
    yield drain.take()


def pieces(text: str, spans: Spans, breaks: str = "\n\r") -> Spans:
    """The spans cut at line ends, without what is empty, for formats of one line a mark."""
    found = []
    for span in spans:
        start = span.start
        for at in range(span.start, span.end + 1):
            if at == span.end or text[at] in breaks:
                if start < at:
                    found.append(Span(start, at))
                start = at + 1
    return tuple(found)
