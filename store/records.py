"""What comes out of the store: articles, claims with their decisions, hits, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from claims.model import Claim, Sentence

if TYPE_CHECKING:
    from store.query import Node


class Status(StrEnum):
    """Where a claim stands for one annotator."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EDITED = "edited"
    """Accepted with a change by a person."""
    ADDED = "added"
    """Made by a person."""

    @property
    def sign(self) -> str:
        """The one character that shows the status, the same on every screen and export."""
        return _SIGNS[self]

    @property
    def decided(self) -> bool:
        """Whether a person has decided."""
        return self is not Status.PROPOSED


_SIGNS = {
    Status.PROPOSED: "·",
    Status.ACCEPTED: "✓",
    Status.REJECTED: "✗",
    Status.EDITED: "✎",
    Status.ADDED: "+",
}


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One row of the library."""

    id: int
    title: str
    outlet: str | None
    byline: str | None
    date: str | None
    url: str | None
    profile: str
    words: int
    claims: int
    """Claims that are not deleted, proposed or decided."""
    decided: int
    read_at: str | None
    """When the article was last left, if it was opened."""
    read: bool = False
    """Whether it was opened, unless the annotator said otherwise."""
    starred: bool = False
    tags: tuple[str, ...] = ()
    story: int | None = None
    """The group of articles on the same story, if there are others."""
    types: Mapping[str, int] = field(default_factory=dict)
    sides: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """What an article's text was taken from, kept so that a better reader can read it again."""

    media: str
    """The media type, such as `text/html`."""
    data: bytes = field(repr=False)
    """As it came; empty where the text itself is all of it."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """How it was read: `encoding`, `encoding_guessed`, `reader`, `date_source`, `language`,
    `fetched_at`, `final_url`."""


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article with the current version of its text."""

    summary: ArticleSummary
    text: str
    text_sha256: str
    text_version_id: int
    sentences: tuple[Sentence, ...]
    extractor: str
    notes: tuple[str, ...]
    position: int
    """The sentence, counted from 0, at which the reader was left."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """How the text was read (`Body`); empty when nothing is known."""

    @property
    def id(self) -> int:
        """The article's id."""
        return self.summary.id


class Verdict(StrEnum):
    """How one claim stands to another, as a person decided."""

    CONTRADICTS = "contradicts"
    COMPATIBLE = "compatible"
    """Both can hold: other things, other days, other counts."""
    UNRELATED = "unrelated"
    """They are not about one thing: the machine was wrong to set them side by side."""
    UPDATES = "updates"
    """One is the later state of the other."""
    DENIES = "denies"
    CORROBORATES = "corroborates"
    REPEATS = "repeats"


@dataclass(frozen=True, slots=True)
class Link:
    """A person's verdict on how a claim stands to one of another text, or of its own."""

    text_sha256: str
    """The text that the other claim stands in."""
    claim_id: str
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A mark that a person set in an article: its letter, its place, and the words there."""

    letter: str
    start: int
    """An offset into the article's current text."""
    words: str


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim as one annotator sees it: the machine's words, or what was decided."""

    article_id: int
    claim: Claim
    status: Status = Status.PROPOSED
    note: str = ""
    tags: tuple[str, ...] = ()
    annotator: str | None = None
    decided_at: str | None = None
    machine: Claim | None = None
    """What the machine proposed; None for a claim that a person made."""
    links: tuple[Link, ...] = ()
    """Verdicts on how it stands to other claims."""

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id


class ArticleSort(StrEnum):
    """The orders of the list of articles."""

    DATE = "date"
    """Newest first, undated last."""
    ADDED = "added"
    """Added last first."""
    TITLE = "title"
    OUTLET = "outlet"
    """By name, each outlet's newest first; without an outlet first."""
    UNDECIDED = "undecided"
    """Most claims that wait for a decision first."""
    CLAIMS = "claims"
    """Most claims first."""


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles to list; None or empty means all."""

    text: str = ""
    """Words to find in title, outlet, byline, text and notes (full-text search)."""
    outlet: str | None = None
    undecided: bool = False
    """Only articles with claims that wait for a decision."""
    unread: bool = False
    query: str = ""
    """What the articles must fit, in the language of `store.query`."""


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims to list; None or empty means all."""

    article_ids: tuple[int, ...] = ()
    types: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    speaker: str | None = None
    """A part of the speaker's name, ignoring case."""
    statuses: tuple[str, ...] = ()
    text: str = ""
    """Words to find in the content."""
    query: str = ""
    """What the claims must fit beside that, in the language of `store.query`."""
    rest: Node | None = None
    """What of the query no other field says; `store.query_sql.narrowed` fills it in."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article that matches; the matches in `snippet` stand between U+0002 and U+0003."""

    article: ArticleSummary
    snippet: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log."""

    id: int
    uid: str
    batch: str
    at: str
    annotator: str
    action: str
    article_id: int
    text_sha256: str
    claim_id: str
    before: ClaimRecord | None
    after: ClaimRecord | None
    """None where the claim does not exist before, or after."""
    target: str | None = None
    """For `undo` and `redo`: the batch that is undone or redone."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How much has been decided."""

    articles: int
    claims: int
    decided: int
    by_status: Mapping[str, int] = field(default_factory=dict)
