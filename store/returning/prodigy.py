"""Prodigy back in: the JSONL of `prodigy db-out`. A task that was ignored says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.exports.standoff import KEY
from store.returning.jsonlines import lines
from store.returning.model import ReturnedArticle, ReturnError, mapping, number, objects, strings
from store.returning.pooled import Pooled, claims


def read(path: Path) -> Iterator[ReturnedArticle]:
    """One article a task."""
    for where, task in lines(path):
        text = task.get("text")
        if not isinstance(text, str):
            raise ReturnError(f'{where}: has no "text"')
        if task.get("answer", "accept") == "ignore":
            continue
        origin = mapping(mapping(task.get("meta")).get(KEY))
        wholes = objects(origin.get("claims", []), "claims", where)
        yield ReturnedArticle(
            where=where,
            claims=list(claims(text, wholes, list(_pool(task, where)), "codepoint", where)),
            text=text,
            text_sha256=origin.get("text_sha256"),
            url=origin.get("url"),
            sent=strings([whole.get("id") for whole in wholes]) if wholes else None,
        )


def _pool(task: dict[str, Any], where: str) -> Iterator[Pooled]:
    spans = objects(task.get("spans", []), "spans", where)
    by_last_token = {one.get("token_end"): str(at) for at, one in enumerate(spans)}
    heads = {
        by_last_token.get(one.get("child")): (
            by_last_token.get(one.get("head")),
            str(one.get("label", "")),
        )
        for one in objects(task.get("relations") or [], "relations", where)
    }
    for at, one in enumerate(spans):
        head, relation = heads.get(str(at), (None, ""))
        start, end = (number(one.get(key), where) for key in ("start", "end"))
        yield Pooled(str(at), start, end, str(one.get("label")), head, relation)
