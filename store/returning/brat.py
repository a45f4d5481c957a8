"""brat back in: a ZIP or a folder of `X.txt` and `X.ann`, or one `.ann` beside its text.

The note of a content mark carries the claim as it was exported; a mark without one is a new claim.
(https://brat.nlplab.org/standoff.html)
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from claims.model import Span
from store.exports.brat import ATTRIBUTES, label
from store.exports.standoff import pieces
from store.returning.model import (
    Mark,
    ReturnedArticle,
    ReturnedClaim,
    ReturnError,
    mapping,
    strings,
)

MAX_FILE = 64 * 1024 * 1024
"""Bytes of one file of an archive: far more than any article with its marks."""
_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)\Z")
_RELATION = re.compile(r"R\d+\t(\S+) Arg1:(T\d+) Arg2:(T\d+)")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) (T\d+) (\S+)")
_NOTE = re.compile(r"#\d+\t(\S+) (T\d+)\t(.*)\Z")
_NAMES = (*ATTRIBUTES, "Side")


def read(path: Path) -> Iterator[ReturnedArticle]:
    """One article a pair of files."""
    for name, text, marks in _pairs(path):
        yield _article(name, text, marks)


def _pairs(path: Path) -> Iterator[tuple[str, str, str]]:
    if path.is_dir():
        for found in sorted(path.rglob("*.ann")):
            yield str(found), _read(found.with_suffix(".txt")), _read(found)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = {info.filename: info for info in archive.infolist()}
            for name in sorted(names):
                if not name.endswith(".ann"):
                    continue
                beside = name.removesuffix(".ann") + ".txt"
                if beside not in names:
                    raise ReturnError(f"{path}, {name}: its text {beside} is missing")
                pair = [names[beside], names[name]]
                if any(info.file_size > MAX_FILE for info in pair):
                    raise ReturnError(f"{path}, {name}: is larger than {MAX_FILE // 2**20} MiB")
                text, marks = (_text(archive.read(info), f"{path}, {name}") for info in pair)
                yield f"{path}, {name}", text, marks
    else:
        yield str(path), _read(path.with_suffix(".txt")), _read(path)


def _read(path: Path) -> str:
    return _text(path.read_bytes(), str(path))


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ReturnError(f"{where}: is not UTF-8 (byte {problem.start})") from None


def _article(where: str, text: str, marks: str) -> ReturnedArticle:
    bound: dict[str, tuple[str, list[Mark]]] = {}
    tied: dict[str, dict[str, str]] = {}
    fields: dict[str, dict[str, str]] = {}
    notes: dict[str, str] = {}
    for place, line in enumerate(marks.split("\n"), 1):
        if found := _BOUND.match(line):
            name, kind, spans, words = found.groups()
            bound[name] = (kind, _marks(spans, words, f"{where}, line {place}"))
        elif found := _RELATION.match(line):
            kind, one, two = found.groups()
            tied.setdefault(two, {})[kind.removesuffix("_of").casefold()] = one
        elif found := _ATTRIBUTE.match(line):
            kind, name, value = found.groups()
            fields.setdefault(name, {})[kind] = value
        elif found := _NOTE.match(line):
            kind, name, words = found.groups()
            if kind == "AnnotatorNotes":
                notes[name] = words
        elif line.strip() and not line.startswith(("E", "*", "N", "R", "#", "A", "M")):
            raise ReturnError(f"{where}, line {place}: {line[:40]!r} is no line of brat's")
    origin: dict[str, Any] = {}
    claims = []
    for name, (kind, content) in bound.items():
        if kind in ("Source", "Cue"):
            continue
        carried = _carried(notes.get(name))
        origin = mapping(carried.get("article")) or origin
        whole = mapping(carried["claim"]) if "claim" in carried else None
        parts = {"content": content}
        for part in ("source", "cue"):
            other = tied.get(name, {}).get(part)
            parts[part] = bound[other][1] if other in bound else []
        seen: dict[str, Any] = {"type": kind}
        seen |= {k.lower(): v for k, v in fields.get(name, {}).items() if k in _NAMES}
        if whole is None and name in notes:
            seen["note"] = notes[name]
        shown: dict[str, Any] = {}
        if whole is not None:
            shown = {key: label(str(whole.get(key))) for key in seen}
        claims.append(
            ReturnedClaim(
                where=f"{where}, {name}",
                marks=parts,
                whole=whole,
                seen={key: _spelled(key, value) for key, value in seen.items()},
                shown={key: _spelled(key, value) for key, value in shown.items()},
                written=_written(whole) if whole is not None else None,
            )
        )
    return ReturnedArticle(
        where=where,
        claims=claims,
        text=text,
        text_sha256=origin.get("text_sha256"),
        url=origin.get("url"),
        sent=strings(origin["claims"]) if "claims" in origin else None,
    )


def _marks(spans: str, words: str, where: str) -> list[Mark]:
    """The fragments of a mark; their words are joined by a blank in the file."""
    ends = [tuple(map(int, span.split(" "))) for span in spans.split(";")]
    found, at = [], 0
    for start, end in ends:
        if end <= start:
            raise ReturnError(f"{where}: {start}-{end} is no span")
        found.append(Mark(start, end, words[at : at + end - start]))
        at += end - start + 1
    return found


def _carried(note: str | None) -> dict[str, Any]:
    try:
        return mapping(json.loads(note)) if note and note.startswith("{") else {}
    except ValueError:
        return {}


def _spelled(name: str, value: str) -> str:
    """A value as the claim spells it, where brat's spelling has lost a blank."""
    among = ATTRIBUTES.get(name.title(), ())
    return next((str(one) for one in among if label(one) == value), value)


def _written(whole: dict[str, Any]) -> Any:
    def written(text: str, part: str) -> Sequence[Mark]:
        spans = tuple(Span(*span) for span in whole.get(part, ()))
        return [Mark(s.start, s.end, s.of(text)) for s in pieces(text, spans)]

    return written
