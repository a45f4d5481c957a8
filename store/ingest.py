"""Reading articles from files and standard input: plain text and JSON lines, any common encoding.

Nothing here opens a library: `warreader extract` uses it too. Texts come out as they stand in
the file, line ends included, because offsets count every character; only a byte-order mark at
the very beginning is taken as the sign that it is, not as text.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Literal

from claims.model import Article
from claims.text import canonical
from store.errors import StoreError

MAX_TEXT = 16 * 1024 * 1024
"""Bytes that one article may have: about 2.5 million words, far beyond any single report."""

Kind = Literal["auto", "text", "jsonl"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_JSONL_SUFFIXES = (".jsonl", ".ndjson")
_TITLE_MAX = 160
_NO_FILE = "-"
"""The name that `title_of` takes for a text that no file is named after."""
_DATE_FORMS = (
    "%Y/%m/%d",
    "%d %B %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%d-%b-%Y",
    "%d-%b-%Y %H:%M:%S.%f",
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class InputError(StoreError):
    """Input that is not an article; the message is one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One article that was read, or the reason why it was not."""

    where: str
    """The file, and the line in a file of JSON lines."""
    article: Article | None = None
    url: str | None = None
    profile: str | None = None
    warnings: tuple[str, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about every article that is read; it wins over what the file says."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    date: str | None = None
    url: str | None = None
    profile: str | None = None


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of some bytes, and a warning when the encoding had to be guessed.

    A byte-order mark decides; else UTF-8; else Windows-1252, the usual encoding of the rest.
    Raises `InputError` for data that is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), None
            except UnicodeDecodeError as problem:
                raise InputError(
                    f"begins like {encoding} but is not at byte {problem.start}; save it as UTF-8"
                ) from None
    if b"\0" in data or data.startswith(b"%PDF-"):
        raise InputError("is not a text file; give plain text or JSON lines")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as problem:
        text = data.decode("cp1252", errors="replace")
        return text, f"not UTF-8 (byte {problem.start}); read as Windows-1252"


def read_text(stream: BinaryIO, first: bytes = b"") -> tuple[str, str | None]:
    """The whole of a stream, after what was read already, as one text; and a warning.

    Raises `InputError`, `OSError`.
    """
    data = first + stream.read(MAX_TEXT + 1 - len(first))
    if len(data) > MAX_TEXT:
        raise InputError(
            f"is larger than {MAX_TEXT // 2**20} MiB; split it into articles, or give JSON lines"
        )
    return decode(data)


def read_files(
    names: Iterable[str], kind: Kind, given: Given, standard_input: BinaryIO
) -> Iterator[Incoming]:
    """The articles of several files, "-" being standard input; never raises for a bad file."""
    for name in names:
        if name == "-":
            yield from read(name, kind, given, standard_input)
            continue
        try:
            with Path(name).open("rb") as stream:
                yield from read(name, kind, given, stream)
        except OSError as problem:
            yield Incoming(name, refusal=_reason(problem))


def read(name: str, kind: Kind, given: Given, stream: BinaryIO) -> Iterator[Incoming]:
    """The articles of one file, in its order, one at a time; never raises for a bad article."""
    try:
        first = b""
        if kind == "auto":
            kind = "jsonl" if name.lower().endswith(_JSONL_SUFFIXES) else "text"
            if name == "-":
                first = stream.readline(MAX_TEXT + 1)
                kind = "jsonl" if _is_json_article(first) else "text"
        if kind == "jsonl":
            yield from _json_lines(name, given, chain([first] if first else [], _lines(stream)))
        else:
            yield _plain(name, given, first, stream)
    except OSError as problem:
        yield Incoming(name, refusal=_reason(problem))


def _reason(problem: OSError) -> str:
    if isinstance(problem, IsADirectoryError):
        return "is a directory; name the files in it"
    return (problem.strerror or str(problem)).lower()


def _plain(name: str, given: Given, first: bytes, stream: BinaryIO) -> Incoming:
    try:
        text, warning = read_text(stream, first)
        if not text.strip():
            raise InputError("holds no text")
        date = read_date(given.date)
    except InputError as problem:
        return Incoming(name, refusal=str(problem))
    article = Article(
        text=canonical(text),
        title=canonical(given.title or title_of(text, name)),
        outlet=_clean(given.outlet),
        byline=_clean(given.byline),
        date=date,
    )
    return Incoming(name, article, given.url, given.profile, warnings=(warning,) if warning else ())


def _json_lines(name: str, given: Given, lines: Iterator[bytes]) -> Iterator[Incoming]:
    for number, line in enumerate(lines, 1):
        where = f"{name}, line {number}"
        if not line.strip():
            continue
        try:
            yield _json_article(where, given, line)
        except InputError as problem:
            yield Incoming(where, refusal=str(problem))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; one beyond the limit comes cut and is skipped to its end."""
    while line := stream.readline(MAX_TEXT + 1):
        yield line
        cut = len(line) > MAX_TEXT
        while cut and line and not line.endswith(b"\n"):
            line = stream.readline(MAX_TEXT)


def _json_article(where: str, given: Given, line: bytes) -> Incoming:
    if len(line) > MAX_TEXT:
        raise InputError(f"is larger than {MAX_TEXT // 2**20} MiB; one article a line")
    text, warning = decode(line)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise InputError(f"is not JSON: {problem}") from None
    if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
        raise InputError('is not an object with a "text"')
    if data.get("format") == "warreader-article":
        raise InputError("is an export of warreader; read it with: warreader import")
    body = data["text"]
    if not body.strip():
        raise InputError('has an empty "text"')
    title = given.title or _field(data, "title") or title_of(body, _NO_FILE)
    date, undated = _date_of(given, data)
    article = Article(
        text=canonical(body),
        title=canonical(title),
        outlet=_clean(given.outlet or _field(data, "outlet", "source")),
        byline=_clean(given.byline or _field(data, "byline", "author")),
        date=date,
    )
    return Incoming(
        where,
        article,
        given.url or _field(data, "url"),
        given.profile or _field(data, "profile"),
        warnings=tuple(words for words in (warning, undated) if words),
    )


def _date_of(given: Given, data: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The date of a line, and what to say of one that cannot be read.

    A line is not refused for its date: a corpus with dates of its own kind still reads, and only
    "yesterday" in it stays unresolved. A date that the user gives is refused: they can mend it.
    """
    if given.date:
        return read_date(given.date), None
    found = _field(data, "date", "published")
    try:
        return read_date(found), None
    except InputError as problem:
        return None, f"added without a date: {problem}"


def _field(data: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = data.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise InputError(f'"{name}" must be text, not {json.dumps(value)[:40]}')
        return value
    return None


def _clean(value: str | None) -> str | None:
    return canonical(value) if value else None


def _is_json_article(line: bytes) -> bool:
    if not line.lstrip(codecs.BOM_UTF8 + b" \t").startswith(b"{"):
        return False
    with suppress(ValueError, RecursionError):
        return isinstance(json.loads(decode(line)[0]), dict)
    return False


def title_of(text: str, name: str) -> str:
    """A title for a text without one: its heading, else the file's name, else its first words.

    The first line is taken for a heading when it is short and does not end like a sentence. It
    stays in the text, whose offsets it is part of.
    """
    line = next((line for line in text.splitlines() if line.strip()), "").strip()
    heading = line.lstrip("#").strip()
    more = len(text.strip()) > len(line)
    if heading and len(heading) <= _TITLE_MAX and more and heading[-1] not in '.!?…:;,”"':
        return heading
    if not name.startswith("-"):
        return Path(name).stem
    words = heading[: _TITLE_MAX // 2].rsplit(" ", 1)[0] if len(heading) > 80 else heading
    return f"{words} …" if len(words) < len(heading) else words


def read_date(given: str | None) -> str | None:
    """A date as ISO 8601: an ISO day or instant stays as given, other common forms are turned.

    Raises `InputError` for what is no date, or could be two.
    """
    if not given:
        return None
    given = given.strip()
    with suppress(ValueError):
        datetime.fromisoformat(given)
        return given
    for form in _DATE_FORMS:
        with suppress(ValueError):
            return datetime.strptime(given, form).date().isoformat()
    from email.utils import parsedate_to_datetime  # late: seldom needed

    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(given).isoformat()
    if slashed := _SLASHED.fullmatch(given):
        first, second, year = (int(part) for part in slashed.groups())
        # Two numbers of which only one can be a month have one reading, whatever the country.
        if first > 12 >= second:
            first, second = second, first
        if first <= 12 < second:
            with suppress(ValueError):
                return datetime(year, first, second).date().isoformat()
    raise InputError(f"{given!r} is not a date; write it as 2024-08-14")
