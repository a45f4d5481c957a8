"""Which reader a file is for: by its name, by what it holds, or by what the user says."""

from __future__ import annotations

import json
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

from store.exports.jsonl import FORMAT
from store.returning.model import Reader, ReturnError

JSONL = "jsonl"
READERS = {
    "w3c": "w3c",
    "brat": "brat",
    "label-studio": "label_studio",
    "doccano": "doccano",
    "prodigy": "prodigy",
    "cas": "cas",
}
"""The formats that come back beside our own JSONL, by the module that reads them."""


def reader(name: str) -> Reader:
    """The reader of a format."""
    found: Reader = import_module(f"store.returning.{READERS[name]}").read
    return found


def detect(path: Path) -> str:
    """The format of a file or folder, by looking at it. Raises `ReturnError`, `OSError`."""
    if path.is_dir() or path.suffix == ".ann":
        return "brat"
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        if any(name.endswith(".ann") for name in names):
            return "brat"
        if any(name.endswith((".xmi", ".json")) for name in names):
            return "cas"
        raise ReturnError(f"{path}: is a ZIP without .ann, .xmi or .json files")
    if path.suffix == ".xmi":
        return "cas"
    with path.open("rb") as stream:
        first = stream.readline(1 << 24).decode("utf-8-sig", "replace").strip()
    try:
        value = json.loads(first)
    except ValueError:
        value = _whole(path)
    found = _by_keys(value)
    if found is None:
        raise ReturnError(
            f"{path}: is in no format that is known here; say which with --format"
            f" ({', '.join((JSONL, *READERS))})"
        )
    return found


def _whole(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except ValueError:
        return None


def _by_keys(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
        if isinstance(value, dict) and "data" in value:
            return "label-studio"
    if not isinstance(value, dict):
        return None
    if value.get("format") == FORMAT:
        return JSONL
    if value.get("type") in ("AnnotationCollection", "AnnotationPage", "Annotation"):
        return "w3c"
    if "%TYPES" in value or "%FEATURE_STRUCTURES" in value:
        return "cas"
    if "spans" in value and ("tokens" in value or "_task_hash" in value):
        return "prodigy"
    if "text" in value and ("entities" in value or "label" in value):
        return "doccano"
    return None
