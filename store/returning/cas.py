"""UIMA CAS back in: CAS JSON, or XMI with its `TypeSystem.xml`; a file or a ZIP of them.

INCEpTION exports the layers that our export made; marks of a claim share its `claimId`. Needs the
extra `uima`.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from store.exports.cas import ARTICLE, FIELDS, LAYERS
from store.returning.model import (
    Mark,
    ReturnedArticle,
    ReturnedClaim,
    ReturnError,
    mapping,
    strings,
)

MAX_FILE = 256 * 1024 * 1024
"""Bytes of one file of an archive."""
_TYPES = "TypeSystem.xml"


def read(path: Path) -> Iterator[ReturnedArticle]:
    """One article a CAS. Raises `ImportError` without cassis."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            files = {info.filename: info for info in archive.infolist() if not info.is_dir()}
            large = [name for name, info in files.items() if info.file_size > MAX_FILE]
            if large:
                raise ReturnError(f"{path}, {large[0]}: is larger than {MAX_FILE // 2**20} MiB")
            types = next((archive.read(n) for n in files if n.endswith(_TYPES)), None)
            for name in sorted(files):
                if name.endswith((".json", ".xmi")):
                    yield _article(archive.read(name), types, f"{path}, {name}")
    else:
        beside = path.with_name(_TYPES)
        types = beside.read_bytes() if beside.exists() else None
        yield _article(path.read_bytes(), types, str(path))


def _article(data: bytes, types: bytes | None, where: str) -> ReturnedArticle:
    cas = _load(data, types, where)
    text = str(cas.sofa_string)
    found: dict[str, dict[str, list[Any]]] = {}
    for part, layer in LAYERS.items():
        if not any(known.name == layer for known in cas.typesystem.get_types()):
            continue
        for at, mark in enumerate(cas.select(layer)):
            name = mark.claimId or f"new {part} {at}"
            found.setdefault(name, {}).setdefault(part, []).append(mark)
    origin: dict[str, Any] = {}
    if any(known.name == ARTICLE for known in cas.typesystem.get_types()):
        for article in cas.select(ARTICLE):
            origin = _json(article.json) or origin
    return ReturnedArticle(
        where=where,
        claims=[
            _claim(f"{where}, {name}", parts, text)
            for name, parts in found.items()
            if "content" in parts
        ],
        text=text,
        text_sha256=origin.get("text_sha256"),
        url=origin.get("url"),
        sent=strings(origin["claims"]) if "claims" in origin else None,
    )


def _load(data: bytes, types: bytes | None, where: str) -> Any:
    import cassis

    try:
        if data.lstrip()[:1] == b"{":
            return cassis.load_cas_from_json(BytesIO(data))
        if types is None:
            raise ReturnError(f"{where}: needs {_TYPES} beside it")
        system = cassis.load_typesystem(BytesIO(types))
        return cassis.load_cas_from_xmi(BytesIO(data), typesystem=system)
    except ReturnError:
        raise
    except Exception as problem:  # cassis raises whatever its parsers raise
        raise ReturnError(f"{where}: is no CAS: {type(problem).__name__}: {problem}") from None


def _claim(where: str, parts: dict[str, list[Any]], text: str) -> ReturnedClaim:
    content = sorted(parts["content"], key=lambda mark: mark.begin)
    carrier = next((mark for mark in content if mark.json), content[0])
    whole = _json(carrier.json) or None
    names = {name: "type" if name == "claimType" else name for name in FIELDS}
    seen = {names[n]: v for n in FIELDS if (v := getattr(carrier, n, None)) is not None}
    shown = {key: whole.get(key) for key in names.values()} if whole else {}
    return ReturnedClaim(
        where=where,
        marks={
            part: [
                Mark(mark.begin, mark.end, text[mark.begin : mark.end])
                for mark in sorted(parts.get(part, []), key=lambda mark: mark.begin)
            ]
            for part in LAYERS
        },
        whole=whole,
        seen=seen,
        shown=shown,
    )


def _json(text: str | None) -> dict[str, Any]:
    try:
        return mapping(json.loads(text)) if text else {}
    except ValueError:
        return {}
