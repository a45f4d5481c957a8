"""JSON lines, each with its place for messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.returning.model import ReturnError


def lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The file and line, and the object there. Raises `ReturnError`, `OSError`."""
    with path.open("rb") as stream:
        for place, data in enumerate(stream, 1):
            where = f"{path}, line {place}"
            if not data.strip():
                continue
            try:
                value = json.loads(data.decode("utf-8-sig"))
            except UnicodeDecodeError as problem:
                raise ReturnError(f"{where}: is not UTF-8 (byte {problem.start})") from None
            except (ValueError, RecursionError) as problem:
                raise ReturnError(f"{where}: is not JSON: {problem}") from None
            if not isinstance(value, dict):
                raise ReturnError(f"{where}: is no JSON object")
            yield where, value
