"""What every export format receives: one article with its claims and decisions, and the options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from claims.codebook import BASE, Codebook
from store.records import ArticleRecord, ClaimRecord, Decision


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it goes into an export."""

    article: ArticleRecord
    claims: tuple[ClaimRecord, ...]
    """The claims that were asked for, in the order of the text."""
    decisions: tuple[Decision, ...] = ()
    """The log entries behind those claims, oldest first; empty for formats that do not use them."""
    older_texts: Mapping[str, str] = field(default_factory=dict)
    """The earlier texts that those entries speak of, by their hash."""
    annotator: str = ""
    """Whose decisions the claims show."""


@dataclass(frozen=True, slots=True)
class Options:
    """Choices that a format may heed."""

    text: bool = True
    """JSONL: whether the article's text goes in, so that `import` can make the article."""
    raw: bool = False
    """CSV: whether cells that a spreadsheet would run as a formula are left as they are."""
    bom: bool = False
    """CSV: whether to begin with a byte-order mark, by which Excel knows UTF-8."""
    codebook: Codebook = BASE
    """What the types are called; `store.exports.export` takes the library's."""


Writer = Callable[[Iterable[Document], Options], Iterator[str]]
"""Turns documents into pieces of text; pure, so that the same input gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, its words, and what writes it."""

    name: str
    suffix: str
    """With the dot."""
    help: str
    write: Writer
    decisions: bool = field(default=False)
    """Whether the log must be read for it."""
