"""One line of a JSONL export, read and checked against its texts before anything is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from claims.model import Claim, ClaimType, Span, text_hash
from claims.text import canonical
from store import machine
from store.errors import InvalidClaim, StoreError
from store.exports.jsonl import FORMAT, VERSION
from store.records import ClaimRecord
from store.snapshot import pack, unpack
from store.verdicts import clean_tags


class RefusedError(StoreError):
    """A line that cannot be taken; the message says which claim, why, and what to do."""


class Entry(NamedTuple):
    """A line of the log; `before` and `after` as `store.snapshot.pack` writes them."""

    uid: str
    batch: str
    at: str
    annotator: str
    action: str
    target: str | None
    text_sha256: str
    claim_id: str
    before: str | None
    after: str | None


class Marks(NamedTuple):
    """What an annotator marked on the article: a star, tags."""

    annotator: str
    starred: bool
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An article of an export."""

    text_sha256: str
    text: str | None
    older_texts: Mapping[str, str]
    title: str | None
    outlet: str | None
    byline: str | None
    date: str | None
    url: str | None
    profile: str | None
    entries: tuple[Entry, ...]
    marks: Marks | None


_NAME = re.compile(r"[0-9A-Za-z._:-]{1,100}\Z")
_ACTION = re.compile(r"[a-z-]{1,30}\Z")
_HASH = re.compile(r"[0-9a-f]{64}\Z")


def parse(data: bytes, known_text: Callable[[str], str | None]) -> Line:
    """Read a line; `known_text` gives the text of a hash where the library has it.

    Raises `RefusedError`.
    """
    record = _json(data)
    sha = record.get("text_sha256")
    if not isinstance(sha, str) or not _HASH.match(sha):
        raise RefusedError('has no valid "text_sha256"')
    texts = _texts(record, sha)
    text = texts.pop(sha, None)

    def text_of(wanted: str) -> str | None:
        if wanted == sha and text is not None:
            return text
        return texts.get(wanted) or known_text(wanted)

    current = text_of(sha)
    for number, item in enumerate(_list(record, "claims"), 1):
        name = f"claim {item.get('id', number)}"
        _check_claim(_claim(item, name), item.get("quotes"), current, name)
    article = record.get("article")
    if not isinstance(article, dict):
        raise RefusedError('has no "article"')
    facts = {name: _text(article, name) for name in _FACTS}
    entries = tuple(_entry(item, text_of) for item in _list(record, "decisions"))
    _check_types(record)
    return Line(sha, text, texts, **facts, entries=entries, marks=_marks(record))


def _marks(record: Mapping[str, Any]) -> Marks | None:
    marks = record.get("marks")
    if marks is None:
        return None
    if not isinstance(marks, dict):
        raise RefusedError('"marks" must be an object')
    starred, tags = marks.get("starred", False), marks.get("tags", [])
    if not isinstance(starred, bool) or not isinstance(tags, list):
        raise RefusedError('"marks" needs "starred", true or false, and a list of "tags"')
    try:
        return Marks(_annotator(record, '"marks"'), starred, clean_tags(tags))
    except (InvalidClaim, TypeError, AttributeError) as problem:
        raise RefusedError(f"the tags of the article: {problem}") from None


def _annotator(item: Mapping[str, Any], name: str) -> str:
    annotator = item.get("annotator")
    if not isinstance(annotator, str) or not annotator.strip() or len(annotator) > 200:
        raise RefusedError(f'{name}: has no valid "annotator"')
    return annotator


def _check_types(record: Mapping[str, Any]) -> None:
    """A type that is not of the scheme must be one that the line says a codebook has."""
    codebook = record.get("codebook")
    named = codebook.get("types") if isinstance(codebook, dict) else None
    known = {kind.value for kind in ClaimType} | set(named if isinstance(named, dict) else ())
    for name, kind in _types(record):
        if kind not in known:
            raise RefusedError(
                f"{name}: claim field 'type': {_short(kind)} is neither a claim type nor in the"
                ' line\'s "codebook"'
            )


def _types(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for item in _list(record, "claims"):
        yield f"claim {item['id']}", item.get("type", ClaimType.BACKGROUND.value)
    for item in _list(record, "decisions"):
        for state in (item.get("before"), item.get("after")):
            for part in ("claim", "machine"):
                claim = state.get(part) if isinstance(state, dict) else None
                if isinstance(claim, dict) and "type" in claim:
                    yield f"claim {item['claim_id']}, decision {item['uid']}", claim["type"]


_FACTS = ("title", "outlet", "byline", "date", "url", "profile")


def _json(data: bytes) -> dict[str, Any]:
    try:
        record = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise RefusedError(f"is not UTF-8 (byte {problem.start}); exports are") from None
    except (ValueError, RecursionError) as problem:
        raise RefusedError(f"is not JSON: {problem}; the file may be cut short") from None
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise RefusedError("is not from a warreader export; other files are read by: warreader add")
    version = record.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise RefusedError('has no valid "version"')
    if version > VERSION:
        raise RefusedError(f"was written by a newer warreader (format {version}); update this one")
    odd = _odd(record)
    if odd is not None:
        raise RefusedError(f"holds characters that no export has, in {json.dumps(odd[:60])}")
    return record


def _odd(value: Any) -> str | None:
    """A string that the store would not have kept as it is; None when there is none."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if canonical(item) != item:
                return item
        elif isinstance(item, dict):
            waiting += item.keys()
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return None


def _texts(record: Mapping[str, Any], sha: str) -> dict[str, str]:
    """The texts in the line by their hashes, each checked against it."""
    texts = {}
    given = [{"text_sha256": sha, "text": record["text"]}] if "text" in record else []
    for item in [*given, *_list(record, "older_texts")]:
        text, key = item.get("text"), item.get("text_sha256")
        if not isinstance(text, str) or not text.strip():
            raise RefusedError("has a text that is empty or no text")
        if text_hash(text) != key:
            raise RefusedError(
                "the text does not have the hash that stands beside it; it was changed"
            )
        texts[key] = text
    return texts


def _entry(item: Mapping[str, Any], text_of: Callable[[str], str | None]) -> Entry:
    uid, claim_id, sha = (item.get(name) for name in ("uid", "claim_id", "text_sha256"))
    name = f"claim {claim_id}, decision {uid}"
    for value in (uid, claim_id, item.get("batch")):
        if not isinstance(value, str) or not _NAME.match(value):
            raise RefusedError(f'{name}: needs "uid", "batch" and "claim_id" as plain names')
    if not isinstance(sha, str) or not _HASH.match(sha):
        raise RefusedError(f'{name}: has no valid "text_sha256"')
    action, target = item.get("action"), item.get("target")
    if not isinstance(action, str) or not _ACTION.match(action):
        raise RefusedError(f'{name}: has no valid "action"')
    if target is not None and not (isinstance(target, str) and _NAME.match(target)):
        raise RefusedError(f'{name}: has no valid "target"')
    annotator = _annotator(item, name)
    text = text_of(sha)
    before, after = (_state(item, part, str(claim_id), text, name) for part in ("before", "after"))
    if before is None and after is None:
        raise RefusedError(f"{name}: changes nothing")
    return Entry(
        str(uid),
        str(item["batch"]),
        _moment(item.get("at"), name),
        annotator,
        action,
        target,
        sha,
        str(claim_id),
        pack(before),
        pack(after),
    )


def _state(
    item: Mapping[str, Any], part: str, claim_id: str, text: str | None, name: str
) -> ClaimRecord | None:
    value = item.get(part)
    if value is None:
        return None
    name = f"{name}, {part}"
    try:
        record = unpack(json.dumps(value), 0)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise RefusedError(f"{name}: {problem}") from None
    if record is None or record.claim.id != claim_id:
        raise RefusedError(f"{name}: is about another claim")
    if not isinstance(record.note, str) or not all(isinstance(tag, str) for tag in record.tags):
        raise RefusedError(f"{name}: note and tags must be text")
    if record.annotator is not None and not isinstance(record.annotator, str):
        raise RefusedError(f"{name}: the annotator must be text")
    if record.decided_at is not None:
        _moment(record.decided_at, name)
    _check_claim(record.claim, value.get("quotes"), text, name)
    if record.machine is not None and text is not None:
        wrong = machine.claim_problem(record.machine, len(text))
        if wrong:
            raise RefusedError(f"{name}: the machine's claim: {wrong}")
    return record


def _claim(item: Mapping[str, Any], name: str) -> Claim:
    try:
        return Claim.from_json(item)
    except ValueError as problem:
        raise RefusedError(f"{name}: {problem}") from None


def _check_claim(claim: Claim, quotes: Any, text: str | None, name: str) -> None:
    """Hold every span against the text and against the words that the file gives for it."""
    if text is None:
        return
    wrong = machine.claim_problem(claim, len(text))
    if wrong:
        raise RefusedError(f"{name}: {wrong}")
    if not isinstance(quotes, Mapping):
        raise RefusedError(f'{name}: has no "quotes" to check its spans by')
    for part in ("source", "cue", "content"):
        spans: tuple[Span, ...] = getattr(claim, part)
        words = quotes.get(part)
        if not isinstance(words, list) or len(words) != len(spans):
            raise RefusedError(f"{name}: {part} needs one quote for each of its {len(spans)} spans")
        for span, said in zip(spans, words, strict=True):
            if span.of(text) != said:
                raise RefusedError(
                    f"{name}: {part} {span.start}-{span.end} is {_short(span.of(text))} in the"
                    f" text, but the file says {_short(said)}{_unit(text, span, said)}"
                )


def _unit(text: str, span: Span, said: Any) -> str:
    """A hint when the offsets were counted in another unit; they are not repaired."""
    for unit, encoding, width in (("UTF-16 units", "utf-16-le", 2), ("bytes", "utf-8", 1)):
        data = text.encode(encoding, "surrogatepass")[span.start * width : span.end * width]
        if data.decode(encoding, "replace") == said:
            return f" (the offsets fit in {unit}; they must count code points)"
    return ""


def _short(words: Any) -> str:
    text = words if isinstance(words, str) else json.dumps(words)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _moment(value: Any, name: str) -> str:
    try:
        datetime.fromisoformat(value)
    except (ValueError, TypeError):
        raise RefusedError(f"{name}: {json.dumps(value)[:40]} is no ISO time") from None
    return str(value)


def _text(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise RefusedError(f'"{name}" must be text')
    return value or None


def _list(record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = record.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise RefusedError(f'"{name}" must be a list of objects')
    return value
