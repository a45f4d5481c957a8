"""The articles of any file, folder or stream: looks what it is and hands it to the reader for it.

Nothing here opens a library or the network: `warreader extract` uses it too.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from store.ingest import plain
from store.ingest.kinds import HEAD, Kind, kind_of
from store.ingest.model import MAX_TEXT, Given, Incoming, InputError

LARGEST = {"pdf": 64 * 2**20, "feed": 16 * 2**20, "opml": 16 * 2**20}
"""Bytes that a file of these kinds may have; others `MAX_TEXT`."""


def read_files(
    names: Iterable[str], kind: Kind, given: Given, standard_input: BinaryIO
) -> Iterator[Incoming]:
    """The articles of files and folders, "-" being standard input; never raises for a bad file."""
    for name in names:
        if name == "-":
            yield from read(name, kind, given, standard_input)
            continue
        path = Path(name)
        try:
            if path.is_dir():
                yield from read_folder(path, kind, given)
                continue
            with path.open("rb") as stream:
                yield from read(name, kind, given, stream)
        except OSError as problem:
            yield Incoming(name, refusal=_reason(problem))


def read_folder(folder: Path, kind: Kind, given: Given) -> Iterator[Incoming]:
    """Every file in a folder and its folders, by name; hidden ones and links are passed over."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in inside):
            continue
        # What a browser saves beside a page (styles, pictures, scripts) is no article.
        if any(part.endswith("_files") for part in inside[:-1]):
            continue
        yield from read_files([str(path)], kind, given, io.BytesIO())


def read(name: str, kind: Kind, given: Given, stream: BinaryIO) -> Iterator[Incoming]:
    """The articles of one file, in its order, one at a time; never raises for a bad article."""
    try:
        # A line, not a block: a program that writes one article at a time is read as it writes.
        first = stream.readline(MAX_TEXT + 1)
        if kind == "auto":
            if len(first) < HEAD and not plain.is_json_article(first):
                first += stream.read(HEAD)
            from store.plugins import ingest_reader  # late: records by the line need no plugin

            reader = ingest_reader(name, first[:HEAD])
            if reader is not None:
                yield from reader(name, given, _whole(stream, first, MAX_TEXT))
                return
            kind = kind_of(name, first[:HEAD])
            if kind == "text" and plain.is_json_article(first):
                kind = "jsonl" if name == "-" else kind
        yield from _of_kind(name, kind, given, stream, first)
    except OSError as problem:
        yield Incoming(name, refusal=_reason(problem))
    except InputError as problem:
        yield Incoming(name, refusal=str(problem))


def _of_kind(
    name: str, kind: Kind, given: Given, stream: BinaryIO, first: bytes
) -> Iterator[Incoming]:
    if kind == "jsonl":
        yield from plain.json_lines(name, given, io.BufferedReader(_Chained(first, stream)))
    elif kind in ("text", "markdown"):
        media = "text/markdown" if kind == "markdown" else "text/plain"
        yield plain.text_article(name, given, stream, first, media=media)
    elif kind == "zip":
        from store.ingest.archives import read_zip

        yield from read_zip(name, given, _whole(stream, first, 2**30))
    elif kind == "warc":
        from store.ingest.warc import read_warc

        yield from read_warc(name, given, io.BufferedReader(_Chained(first, stream)))
    else:
        data = _whole(stream, first, LARGEST.get(kind, MAX_TEXT))
        yield from _reader(kind)(name, given, data)


_Reader = Callable[[str, Given, bytes], Iterator[Incoming]]


def _reader(kind: Kind) -> _Reader:
    if kind == "html":
        from store.ingest.pages import read_page

        return read_page
    if kind == "feed":
        from store.ingest.feeds import read_feed

        return read_feed
    if kind == "opml":
        from store.ingest.feeds import read_opml

        return read_opml
    if kind == "csv":
        from store.ingest.tables import read_table

        return read_table
    if kind == "eml":
        from store.ingest.mail import read_mail

        return read_mail
    if kind == "pdf":
        from store.ingest.pdf import read_pdf

        return read_pdf
    return plain.json_file


def _whole(stream: BinaryIO, first: bytes, most: int) -> bytes:
    data = first + stream.read(most + 1 - len(first))
    if len(data) > most:
        raise InputError(f"is larger than {most // 2**20} MiB; split it into articles")
    return data


class _Chained(io.RawIOBase):
    """A stream that begins with what was read of it already."""

    def __init__(self, first: bytes, stream: BinaryIO) -> None:
        self._pieces = chain([first], iter(lambda: stream.read(2**16), b""))
        self._rest = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer with what comes next."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        number = min(len(buffer), len(self._rest))
        buffer[:number] = self._rest[:number]
        self._rest = self._rest[number:]
        return number


def _reason(problem: OSError) -> str:
    return (problem.strerror or str(problem)).lower()
