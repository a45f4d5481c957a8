"""Which codebook a library is read and annotated with, and keeping it with the library.

In this order: the file that was given with `--codebook`, which the library remembers; the file
`codebook.toml` beside the library; `codebook = "FILE"` in the configuration; the scheme itself.
The remembered file's text is kept in the library too, so that a library that was moved or sent
without the file is still read with its own letters and labels.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claims.codebook import BASE, Codebook
from store import config
from store.errors import ConfigError

if TYPE_CHECKING:
    from store.db import Library

BESIDE = "codebook.toml"
"""The name of a codebook beside a library."""
SCHEME = "scheme"
"""What `--codebook` takes to go back to the scheme without a file."""
_SETTING = "codebook"


@dataclass(frozen=True, slots=True)
class Found:
    """A codebook, and where it comes from."""

    codebook: Codebook
    path: Path | None
    """None for the scheme itself."""
    why: str
    """In words: how it was chosen."""


def named(given: str) -> Path | None:
    """What `--codebook` names: a file, or None for the scheme."""
    return None if given == SCHEME else Path(given)


def in_force(library: Library) -> Found:
    """The codebook of a library. Raises `claims.codebook_file.CodebookError`, `ConfigError`."""
    kept = _kept(library)
    if kept is not None:
        path, text = kept
        if path is None:
            return Found(BASE, None, "the scheme, as this library was told")
        if not path.is_file() and text:
            return Found(_parsed(text, path), path, "the library's own copy; the file is gone")
        codebook = _usual(path)
        if not library.readonly and _text(path) != text:
            _keep(library, path, _text(path))
        return Found(codebook, path, "remembered by this library")
    beside = library.path.with_name(BESIDE)
    if beside.is_file():
        return Found(_usual(beside), beside, "beside the library")
    settings = config.load()
    configured = settings.values.get("codebook")
    if configured is not None:
        if not isinstance(configured, str) or not configured.strip():
            raise ConfigError(
                f"{settings.where('codebook')}: codebook must be a file in quotes, such as"
                ' codebook = "siege.toml"'
            )
        path = config.beside(configured)
        return Found(_usual(path), path, "named in the configuration")
    return Found(BASE, None, "the scheme")


def remember(library: Library, path: Path | None) -> Found:
    """Use a file from now on, None for the scheme; checked before it is remembered.

    Raises `claims.codebook_file.CodebookError`. A library that is read-only uses it this time.
    """
    if path is None:
        found = Found(BASE, None, "the scheme, as this library was told")
        text = ""
    else:
        path = path.expanduser().resolve()
        found = Found(_loaded(path), path, "remembered by this library")
        text = _text(path)
    if not library.readonly:
        _keep(library, path, text)
    return found


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _keep(library: Library, path: Path | None, text: str) -> None:
    value = json.dumps({"path": None if path is None else str(path), "text": text})
    library.set_setting(_SETTING, value)


def _kept(library: Library) -> tuple[Path | None, str] | None:
    """The file and the text that the library remembers."""
    value = library.setting(_SETTING)
    if value is None:
        return None
    try:
        data = json.loads(value)
        path = None if data["path"] is None else Path(data["path"])
        return path, str(data["text"])
    except (ValueError, TypeError, KeyError):
        return None  # written by something else: as if nothing was remembered


def _loaded(path: Path) -> Codebook:
    from claims.codebook_file import load  # late: most use the scheme

    return load(path)


def _usual(path: Path) -> Codebook:
    """As `_loaded`, for a file that nobody named this time: an error says how to do without."""
    from claims.codebook_file import CodebookError

    try:
        return _loaded(path)
    except CodebookError as problem:
        raise CodebookError(f"{problem}; --codebook {SCHEME} goes without it") from None


def _parsed(text: str, path: Path) -> Codebook:
    from claims.codebook_file import CodebookError, from_document
    from claims.toml_lines import TomlError, parse

    try:
        return from_document(parse(text, path))
    except TomlError as problem:
        raise CodebookError(str(problem)) from None
