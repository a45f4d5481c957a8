"""TOML with the line on which each key stands, so that an error can name it.

`tomllib` gives values without places. Here the text, once `tomllib` has accepted it, is cut into
its statements (a table's heading, or a key with its value), each of which `tomllib` reads alone:
so the places cannot disagree with the values. Grammar: https://toml.io/en/v1.0.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Key = str | int
"""A key of a table, or a place in an array of tables, counted from 0."""

MAX_BYTES = 1_000_000
"""A settings file larger than this is a mistake."""


class TomlError(ValueError):
    """A file that cannot be read as TOML; the message names it, the line and what to do."""


class Document:
    """The values of a file, and on which line each of them stands."""

    def __init__(self, path: Path, text: str, values: dict[str, Any]) -> None:
        self.path = path
        self.values = values
        self._text = text
        self._lines: dict[tuple[Key, ...], int] | None = None

    def line(self, *keys: Key) -> int | None:
        """The line of a key, counted from 1; that of the nearest table around it, or None."""
        if self._lines is None:
            self._lines = lines(self._text)
        for length in range(len(keys), 0, -1):
            if keys[:length] in self._lines:
                return self._lines[keys[:length]]
        return None

    def where(self, *keys: Key) -> str:
        """The file and the line, to begin an error with: "codebook.toml, line 3"."""
        line = self.line(*keys)
        return f"{self.path}, line {line}" if line else str(self.path)


def read(path: Path) -> Document:
    """Read a file. Raises `TomlError`, and `OSError` as `Path.read_bytes` does."""
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise TomlError(f"{path}: larger than {MAX_BYTES:,} bytes: is this the right file?")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise TomlError(
            f"{path}, line {line}: not valid TOML: this is not UTF-8; save the file as UTF-8"
        ) from None
    return parse(text, path)


def parse(text: str, path: Path) -> Document:
    """Read the text of the file `path`. Raises `TomlError`."""
    import tomllib  # late: most have no such file

    try:
        return Document(path, text, tomllib.loads(text))
    except RecursionError:
        raise TomlError(f"{path}: not valid TOML: it is nested too deeply") from None
    except ValueError as problem:  # TOMLDecodeError, and numbers that Python refuses
        words = str(problem)
        found = re.search(r" \(at line (\d+), column \d+\)$", words)
        where = f"{path}, line {found[1]}" if found else str(path)
        words = words[: found.start()] if found else words
        raise TomlError(f"{where}: not valid TOML: {words}; correct it or remove it") from None


def lines(text: str) -> dict[tuple[Key, ...], int]:
    """The line of every key of a text that `tomllib` accepts."""
    import tomllib

    found: dict[tuple[Key, ...], int] = {}
    table: tuple[Key, ...] = ()
    counts: dict[tuple[Key, ...], int] = {}
    line, counted = 1, 0
    for start, statement in _statements(text):
        line, counted = line + text.count("\n", counted, start), start
        values = tomllib.loads(statement)
        if not statement.startswith("["):
            _note(found, table, values, line)
            continue
        path: tuple[Key, ...] = ()
        inner: Any = values
        while isinstance(inner, dict) and inner:
            name, inner = next(iter(inner.items()))
            path = (*path, name)
            found.setdefault(path, line)
            if isinstance(inner, list):  # [[name]]: a new table of the array
                counts[path] = counts.get(path, -1) + 1
                path = (*path, counts[path])
                found.setdefault(path, line)
                break
            if inner and path in counts:  # [array.name]: in the last table of the array
                path = (*path, counts[path])
        table = path
    return found


def _note(
    found: dict[tuple[Key, ...], int], table: tuple[Key, ...], values: Mapping[str, Any], line: int
) -> None:
    waiting: list[tuple[tuple[Key, ...], Any]] = [(table, values)]
    while waiting:
        path, value = waiting.pop()
        if path != table:
            found.setdefault(path, line)
        if isinstance(value, dict):
            waiting.extend(((*path, name), inner) for name, inner in value.items())


_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\]|\\.)*+"|'
    r"'[^']*+'",
    re.DOTALL,
)
_COMMENT = re.compile(r"#[^\n]*+")
_BETWEEN = re.compile(r"(?:\s|#[^\n]*+)*+")
_PLAIN = re.compile(r"""[^"'#\[\]{}\n]++""")


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Where each statement of a valid text begins, and the statement."""
    position = 0
    while True:
        blank = _BETWEEN.match(text, position)
        position = blank.end() if blank else position
        if position >= len(text):
            return
        start, depth = position, 0
        while position < len(text) and (depth or text[position] != "\n"):
            letter = text[position]
            part = _STRING if letter in "\"'" else _COMMENT if letter == "#" else _PLAIN
            match = part.match(text, position)
            if match is not None:
                position = match.end()
                continue
            depth += (letter in "[{") - (letter in "]}")
            position += 1
        yield start, text[start:position]
