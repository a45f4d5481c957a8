"""Plain text, Markdown and JSON: texts come out as they stand in the file.

Line ends are kept, because offsets count every character; only a byte-order mark at the very
beginning is taken as the sign that it is, not as text.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from claims.model import Article
from claims.text import canonical
from store.ingest.dates import read_date
from store.ingest.encoding import Decoded, decode, decoded
from store.ingest.model import MAX_TEXT, Body, Given, Incoming, InputError

_TITLE_MAX = 160
_NO_FILE = "-"
"""The name that `title_of` takes for a text that no file is named after."""


def read_text(stream: BinaryIO, first: bytes = b"") -> tuple[str, str | None]:
    """The whole of a stream, after what was read already, as one text; and a warning.

    Raises `InputError`, `OSError`.
    """
    found = _text(stream, first)
    return found.text, found.warning


def _text(stream: BinaryIO, first: bytes) -> Decoded:
    data = first + stream.read(MAX_TEXT + 1 - len(first))
    if len(data) > MAX_TEXT:
        raise InputError(
            f"is larger than {MAX_TEXT // 2**20} MiB; split it into articles, or give JSON lines"
        )
    return decoded(data)


def text_article(
    name: str, given: Given, stream: BinaryIO, first: bytes = b"", *, media: str = "text/plain"
) -> Incoming:
    """A stream as one article, read as it stands. Raises `OSError`."""
    try:
        found = _text(stream, first)
        if not found.text.strip():
            raise InputError("holds no text")
        date = read_date(given.date)
    except InputError as problem:
        return Incoming(name, refusal=str(problem))
    front: Mapping[str, str] = {}
    if media == "text/markdown":
        front = front_matter(found.text)
    facts = {"encoding": found.encoding}
    if found.guessed:
        facts["encoding_guessed"] = "yes"
    undated = None
    if date is None and front.get("date"):
        try:
            date = read_date(front["date"])
            facts["date_source"] = "front matter"
        except InputError as problem:
            undated = f"added without a date: {problem}"
    article = Article(
        text=canonical(found.text),
        title=canonical(given.title or front.get("title") or title_of(found.text, name)),
        outlet=clean(given.outlet or front.get("outlet")),
        byline=clean(given.byline or front.get("author")),
        date=date,
    )
    warnings = tuple(words for words in (found.warning, undated) if words)
    return Incoming(
        name,
        article,
        given.url or front.get("url"),
        given.profile,
        warnings,
        Body(media, b"", facts),
    )


_FRONT = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_]+):\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)


def front_matter(text: str) -> dict[str, str]:
    """The plain entries of a Markdown file's front matter; it stays in the text."""
    found = _FRONT.match(text[:8192])
    return {key.lower(): value for key, value in _ENTRY.findall(found[1]) if value} if found else {}


def json_file(name: str, given: Given, data: bytes) -> Iterator[Incoming]:
    """A JSON file with one article, or a list of them."""
    try:
        if len(data) > MAX_TEXT:
            raise InputError(f"is larger than {MAX_TEXT // 2**20} MiB; give JSON lines")
        value = json.loads(decode(data)[0])
    except InputError as problem:
        yield Incoming(name, refusal=str(problem))
        return
    except (ValueError, RecursionError) as problem:
        yield Incoming(name, refusal=f"is not JSON: {problem}")
        return
    if not isinstance(value, list):
        yield _tried(name, given, value)
        return
    for number, item in enumerate(value, 1):
        yield _tried(f"{name}, item {number}", given, item)


def _tried(where: str, given: Given, value: Any) -> Incoming:
    try:
        return record_article(where, given, value)
    except InputError as problem:
        return Incoming(where, refusal=str(problem))


def json_lines(name: str, given: Given, stream: BinaryIO) -> Iterator[Incoming]:
    """One article a line. Raises `OSError`."""
    for number, line in enumerate(_lines(stream), 1):
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
    return record_article(where, given, data, warning)


def record_article(
    where: str, given: Given, data: Any, warning: str | None = None, media: str = "application/json"
) -> Incoming:
    """An article from an object with "text" and what else is known. Raises `InputError`."""
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
        outlet=clean(given.outlet or _field(data, "outlet", "source")),
        byline=clean(given.byline or _field(data, "byline", "author")),
        date=date,
    )
    return Incoming(
        where,
        article,
        given.url or _field(data, "url"),
        given.profile or _field(data, "profile"),
        warnings=tuple(words for words in (warning, undated) if words),
        body=Body(media, b""),
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


def clean(value: str | None) -> str | None:
    """A name as it may be stored; None for an empty one."""
    return canonical(value) if value else None


def is_json_article(line: bytes) -> bool:
    """Whether a line is a JSON object."""
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
