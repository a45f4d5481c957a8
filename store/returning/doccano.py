"""doccano back in: JSONL with `entities` and `relations`, or with `label` alone.

Offsets are taken for UTF-16 units, unless our export said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from store.exports.model import UNITS, Unit
from store.exports.standoff import KEY
from store.returning.jsonlines import lines
from store.returning.model import ReturnedArticle, ReturnError, mapping, number, objects, strings
from store.returning.pooled import Pooled, claims


def read(path: Path) -> Iterator[ReturnedArticle]:
    """One article a line."""
    for where, example in lines(path):
        text = example.get("text")
        if not isinstance(text, str):
            raise ReturnError(f'{where}: has no "text"')
        # doccano keeps what it does not know as metadata, under `meta` in some versions.
        origin = mapping(example.get(KEY) or mapping(example.get("meta")).get(KEY))
        given = origin.get("offsets")
        unit: Unit = cast(Unit, given) if given in UNITS else "utf16"
        pool = list(_pool(example, where))
        wholes = objects(origin.get("claims", []), "claims", where)
        yield ReturnedArticle(
            where=where,
            claims=list(claims(text, wholes, pool, unit, where)),
            unit=unit,
            text=text,
            text_sha256=origin.get("text_sha256"),
            url=origin.get("url"),
            sent=strings([whole.get("id") for whole in wholes]) if wholes else None,
        )


def _pool(example: dict[str, Any], where: str) -> Iterator[Pooled]:
    heads = {
        str(one.get("from_id")): (str(one.get("to_id")), str(one.get("type", "")))
        for one in objects(example.get("relations", []), "relations", where)
    }
    for one in objects(example.get("entities", []), "entities", where):
        name = str(one.get("id"))
        head, relation = heads.get(name, (None, ""))
        start, end = (number(one.get(key), where) for key in ("start_offset", "end_offset"))
        yield Pooled(name, start, end, str(one.get("label")), head, relation)
    for at, one in enumerate(example.get("label") or []):
        if not isinstance(one, list) or len(one) != 3:
            raise ReturnError(f'{where}: "label" must hold [start, end, name]')
        yield Pooled(f"label {at}", number(one[0], where), number(one[1], where), str(one[2]))
