"""The list of what files of weights hold: SHA-256 by name, in the form of `sha256sum`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from claims.tagger.errors import WeightsError

LIST = "SHA256SUMS"
"""The list's name; it lies beside the files that it names, and need not exist."""


def digest(path: Path, data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits (2 ms for 5 MB).

    Raises `WeightsError` when the list beside the file gives another one for it. A file that no
    list names is not checked.
    """
    found = hashlib.sha256(data).hexdigest()
    told = _listed(path)
    if told is not None and told != found:
        raise WeightsError(
            f"{path}: damaged, or not the file that {LIST} beside it names; copy it again (after"
            f" training: write the list again with sha256sum)"
        )
    return found


def _listed(path: Path) -> str | None:
    try:
        lines = path.with_name(LIST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for line in lines:
        told, _, name = line.partition(" ")
        if name.lstrip(" *") == path.name:
            return told.lower()
    return None
