"""What is read from outside: articles, where they came from, and why something was not taken."""

from __future__ import annotations

from dataclasses import dataclass

from claims.model import Article
from store.errors import StoreError
from store.records import Body

__all__ = ["MAX_TEXT", "Body", "Given", "Incoming", "InputError"]

MAX_TEXT = 16 * 1024 * 1024
"""Bytes that one article may have: about 2.5 million words, far beyond any single report."""


class InputError(StoreError):
    """Input that is not an article; the message is one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One article that was read, or the reason why it was not."""

    where: str
    """The file, and the line in a file of JSON lines."""
    article: Article | None = None
    url: str | None = None
    profile: str | None = None
    warnings: tuple[str, ...] = ()
    body: Body | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about every article that is read; it wins over what the file says."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    date: str | None = None
    url: str | None = None
    profile: str | None = None
    whole_page: bool = False
    """Of web pages, whether to take all of the text and not only the article."""
