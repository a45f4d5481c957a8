"""What a file of another tool says: articles with marks, in the units of that tool."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from store.errors import StoreError
from store.exports.model import Unit

PARTS = ("source", "cue", "content")


class ReturnError(StoreError):
    """A file, an article or a mark that cannot be taken; the message says where and why."""


class Mark(NamedTuple):
    """A stretch of text as the tool gives it: both ends in its unit, and the words if it says."""

    start: int
    end: int
    words: str | None = None


@dataclass(frozen=True, slots=True)
class ReturnedClaim:
    """A claim as it comes back."""

    where: str
    """The mark in the file, for messages."""
    marks: Mapping[str, Sequence[Mark]]
    """Of source, cue and content; a part that the tool cannot show is left out."""
    whole: Mapping[str, Any] | None = None
    """The claim as it was exported; None for one that was made in the tool."""
    seen: Mapping[str, Any] = field(default_factory=dict)
    """Fields as the tool has them now, by the claim's names, with `status`, `note` and `tags`."""
    shown: Mapping[str, Any] = field(default_factory=dict)
    """The same fields as the export wrote them from `whole`: what differs was changed there."""
    written: Callable[[str, str], Sequence[Mark]] | None = None
    """The marks that an export writes for a part of `whole`, given the text and the part, where
    these are not just the spans (brat cuts them at line ends)."""


@dataclass(frozen=True, slots=True)
class ReturnedArticle:
    """An article as it comes back."""

    where: str
    """The file and the place in it."""
    claims: Sequence[ReturnedClaim]
    unit: Unit = "codepoint"
    """What offsets count by the format's word; another unit that fits is used and told."""
    text: str | None = None
    text_sha256: str | None = None
    url: str | None = None
    sent: Sequence[str] | None = None
    """The ids of all claims that were exported for it; those that are not in `claims` were removed
    in the tool. None when that is not known."""
    warnings: Sequence[str] = ()


Reader = Callable[[Path], Iterator[ReturnedArticle]]
"""Reads a file. Raises `ReturnError` when it is not of the format, `OSError`, `ImportError`."""


def objects(value: Any, what: str, where: str) -> list[dict[str, Any]]:
    """A list of JSON objects, or a clear refusal."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ReturnError(f"{where}: {what} must be a list of objects")
    return value


def number(value: Any, where: str) -> int:
    """An offset: a whole number from 0 on."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ReturnError(f"{where}: {value!r} is no offset")
    return value


def strings(value: Any) -> list[str]:
    """The strings of a list; anything else is none."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def mapping(value: Any) -> dict[str, Any]:
    """A JSON object; anything else is an empty one."""
    return value if isinstance(value, dict) else {}
