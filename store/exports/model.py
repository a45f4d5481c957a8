"""What every export format receives and gives: documents, options, what could not be carried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

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


Unit = Literal["codepoint", "utf16", "byte"]
"""What an offset counts: Unicode code points, UTF-16 code units or bytes of UTF-8."""
UNITS: tuple[Unit, ...] = ("codepoint", "utf16", "byte")


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
    offsets: Unit | None = None
    """doccano, qdpx: what offsets count, where the tool that reads them deviates; None: the
    format's own unit."""
    review_url: str | None = None
    """claimreview: the address under which a person's verdicts are published."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format could not carry."""

    article: int
    claim: str
    """The claim's id; empty for what concerns the whole article."""
    what: str
    """The field, such as `content`."""
    why: str


class Losses(list[Loss]):
    """Collects what is lost while an export is written."""

    def lose(self, document: Document, claim: str, what: str, why: str) -> None:
        """Note a loss."""
        self.append(Loss(document.article.id, claim, what, why))


Writer = Callable[[Iterable[Document], Options, Losses], Iterator[str] | Iterator[bytes]]
"""Turns documents into pieces of text or of bytes; pure, so that the same input gives the same
bytes. What cannot be carried is told to the losses."""


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
    binary: bool = field(default=False)
    """Whether it is bytes that no terminal should see."""
    needs: str | None = field(default=None)
    """The extra of the package that brings the library it is written with."""
    beside: Callable[[Codebook], Mapping[str, str]] | None = field(default=None)
    """Further files that its tool needs, by the end of their names (`.config.xml`)."""
