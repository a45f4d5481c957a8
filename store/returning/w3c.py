"""Web Annotations back in: our own collections, pages, lists or one annotation a line.

Annotations of other programs are read too, as new claims: a body that names a claim type gives the
type. Positions count code points by the Recommendation; programs in browsers count UTF-16 units,
which the quotes tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.model import ClaimType
from store.returning.model import (
    Mark,
    ReturnedArticle,
    ReturnedClaim,
    ReturnError,
    mapping,
    number,
    objects,
    strings,
)

_TYPES = {str(kind) for kind in ClaimType}
_CLAIM, _ARTICLE, _OF = "warreader:claim", "warreader:article", "warreader:of"


def read(path: Path) -> Iterator[ReturnedArticle]:
    """The articles that the annotations are about, in the order in which they are met."""
    annotations = list(_annotations(path))
    about: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    parts: dict[str, dict[str, list[Mark]]] = {}
    for place, annotation in annotations:
        where = f"{path}, annotation {place}"
        of = annotation.get(_OF)
        if isinstance(of, str):
            kind = next(iter(_tags(annotation)), "source")
            parts.setdefault(of, {})[kind] = _marks(annotation, where)
        else:
            about.setdefault(_source(annotation, where), []).append((where, annotation))
    for source, found in about.items():
        origin = next((mapping(a[_ARTICLE]) for _, a in found if _ARTICLE in a), {})
        sha = origin.get("text_sha256") or _hash(source)
        yield ReturnedArticle(
            where=f"{path}, {source}",
            claims=[
                _claim(where, annotation, parts.get(str(annotation.get("id")), {}))
                for where, annotation in found
            ],
            text_sha256=sha,
            url=None if _hash(source) else source,
            sent=strings(origin["claims"]) if "claims" in origin else None,
        )


def _annotations(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    text = path.read_text("utf-8-sig")
    try:
        value = json.loads(text)
    except ValueError:
        try:
            value = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError as problem:
            raise ReturnError(f"{path}: is not JSON: {problem}") from None
    if isinstance(value, dict):
        value = mapping(value.get("first")).get("items") or value.get("items") or [value]
    yield from enumerate(objects(value, "annotations", str(path)), 1)


def _targets(annotation: dict[str, Any], where: str) -> list[dict[str, Any]]:
    target = annotation.get("target")
    return objects(target if isinstance(target, list) else [target], "target", where)


def _source(annotation: dict[str, Any], where: str) -> str:
    source = _targets(annotation, where)[0].get("source")
    if isinstance(source, dict):
        source = source.get("id")
    if not isinstance(source, str):
        raise ReturnError(f"{where}: its target names no source")
    return source


def _hash(source: str) -> str | None:
    return source.removeprefix("urn:sha256:") if source.startswith("urn:sha256:") else None


def _marks(annotation: dict[str, Any], where: str) -> list[Mark]:
    found = []
    for target in _targets(annotation, where):
        selector = target.get("selector")
        selectors = objects(
            selector if isinstance(selector, list) else [selector], "selector", where
        )
        by_type = {one.get("type"): one for one in selectors}
        position = by_type.get("TextPositionSelector")
        if position is None:
            raise ReturnError(f"{where}: needs a TextPositionSelector")
        exact = by_type.get("TextQuoteSelector", {}).get("exact")
        start, end = (number(position.get(name), where) for name in ("start", "end"))
        found.append(Mark(start, end, exact if isinstance(exact, str) else None))
    return found


def _bodies(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    body = annotation.get("body", [])
    return [one for one in (body if isinstance(body, list) else [body]) if isinstance(one, dict)]


def _values(annotation: dict[str, Any], purpose: str) -> list[str]:
    return strings([b.get("value") for b in _bodies(annotation) if b.get("purpose") == purpose])


def _tags(annotation: dict[str, Any]) -> list[str]:
    return _values(annotation, "tagging")


def _claim(where: str, annotation: dict[str, Any], parts: dict[str, list[Mark]]) -> ReturnedClaim:
    whole = mapping(annotation[_CLAIM]) if _CLAIM in annotation else None
    kinds = _values(annotation, "classifying")
    tags = _tags(annotation)
    if whole is None and not kinds:
        kinds = [tag for tag in tags if tag in _TYPES]
        tags = [tag for tag in tags if tag not in kinds]
    seen: dict[str, Any] = {"tags": tags, "note": "\n".join(_values(annotation, "commenting"))}
    if kinds:
        seen["type"] = kinds[0]
    return ReturnedClaim(
        where=where,
        marks={"source": [], "cue": [], **parts, "content": _marks(annotation, where)},
        whole=whole,
        seen=seen,
        shown={name: whole.get(name) for name in ("tags", "note", "type")} if whole else {},
    )
