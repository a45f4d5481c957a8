"""Label Studio back in: its full JSON export (not JSON-MIN), one task an article.

The last annotation of a task that was not cancelled counts; where there is none, its predictions
say nothing new and are left. Regions are tied to claims by what their `meta` carries, sources and
cues by relations.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.exports.label_studio import CHOICES
from store.exports.standoff import KEY
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


def read(path: Path) -> Iterator[ReturnedArticle]:
    """One article a task."""
    try:
        tasks = json.loads(path.read_text("utf-8-sig"))
    except ValueError as problem:
        raise ReturnError(f"{path}: is not JSON: {problem}") from None
    for place, task in enumerate(objects(tasks, "tasks", str(path)), 1):
        where = f"{path}, task {place}"
        data = mapping(task.get("data"))
        origin = mapping(data.get(KEY))
        text = data.get("text")
        given = [
            one
            for one in objects(task.get("annotations", []), "annotations", where)
            if not one.get("was_cancelled")
        ]
        result = objects(given[-1].get("result", []), "result", where) if given else []
        sent = None
        if given and "claims" in origin:
            # Claims that are only predicted stand in no annotation and were not removed.
            predicted = {
                str(mapping(mapping(region.get("meta")).get(KEY)).get("id"))
                for one in objects(task.get("predictions", []), "predictions", where)
                for region in objects(one.get("result", []), "result", where)
            }
            sent = [one for one in strings(origin["claims"]) if one not in predicted]
        yield ReturnedArticle(
            where=where,
            claims=list(_claims(result, where)),
            text=text if isinstance(text, str) else None,
            text_sha256=origin.get("text_sha256"),
            url=origin.get("url"),
            sent=sent,
        )


def _claims(result: list[dict[str, Any]], where: str) -> Iterator[ReturnedClaim]:
    regions = {str(one.get("id")): one for one in result if one.get("type") == "labels"}
    to = {
        str(one.get("from_id")): (str(one.get("to_id")), strings(one.get("labels")))
        for one in result
        if one.get("type") == "relation"
    }
    choices: dict[str, dict[str, str]] = {}
    for one in result:
        chosen = strings(mapping(one.get("value")).get("choices"))
        if one.get("type") == "choices" and chosen:
            choices.setdefault(str(one.get("id")), {})[str(one.get("from_name"))] = chosen[0]
    marks: dict[str, dict[str, list[Mark]]] = {}
    for name, region in regions.items():
        label = _label(region)
        head, kinds = to.get(name, ("", []))
        if label in ("source", "cue"):
            if head in regions:
                marks.setdefault(head, {}).setdefault(label, []).append(_mark(region, where))
        else:
            home = head if head in regions and not kinds else name
            marks.setdefault(home, {}).setdefault("content", []).append(_mark(region, where))
    for name, found in marks.items():
        if "content" not in found:
            continue
        meta = mapping(regions[name].get("meta"))
        whole = mapping(meta[KEY]) if KEY in meta else None
        seen: dict[str, Any] = {"type": _label(regions[name])}
        seen |= {k: v for k, v in choices.get(name, {}).items() if k in CHOICES}
        yield ReturnedClaim(
            where=f"{where}, region {name}",
            marks={"source": [], "cue": [], **{part: sorted(m) for part, m in found.items()}},
            whole=whole,
            seen=seen,
            shown={key: whole.get(key) for key in ("type", *CHOICES)} if whole else {},
        )


def _label(region: dict[str, Any]) -> str:
    return next(iter(strings(mapping(region.get("value")).get("labels"))), "")


def _mark(region: dict[str, Any], where: str) -> Mark:
    value = mapping(region.get("value"))
    place = f"{where}, region {region.get('id')}"
    words = value.get("text")
    start, end = (number(value.get(name), place) for name in ("start", "end"))
    return Mark(start, end, words if isinstance(words, str) else None)
