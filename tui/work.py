"""The one thread that talks to the store: every read and write of the screen goes through here.

The library is opened, used and closed by a single worker thread, in the order of the calls. An
awaited decision has reached the disk when the call returns.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from claims.codebook import Codebook
    from claims.model import Article
    from claims.profile import Profile
    from store.articles import Added
    from store.db import Library
    from store.records import ArticleRecord, ClaimFilter, ClaimRecord, Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """What the screen needs to know of a library that was opened."""

    path: Path
    readonly: bool
    annotator: str
    annotators: tuple[str, ...]
    """Everyone who decides in the library, by name."""
    last_article: int | None
    settings: dict[str, str]
    progress: Progress
    codebook: Codebook


@dataclass(frozen=True, slots=True)
class Loaded:
    """One article with all its claims and the profile that names its sides."""

    article: ArticleRecord
    claims: list[ClaimRecord]
    profile: Profile
    disputes: dict[str, int]
    """How many rivals a claim has, where it has any."""
    fitting: frozenset[str]
    """The ids of the claims that fit the query of the filter."""


LAST_ARTICLE = "last_article"
SETTINGS = ("theme", "colouring", "panel_order")
"""The choices that are kept in the library, so that it opens as it was left."""


class Work:
    """Runs functions of the library on its thread; raises what they raise (`StoreError`)."""

    def __init__(
        self, path: Path | None, *, annotator: str | None, codebook: str | None = None
    ) -> None:
        self._path = path
        self._codebook = codebook
        self._annotator = annotator
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._library: Library | None = None
        self.blind = False
        """Whether what comes out is masked (`tui.blind`), and decisions say that it was."""

    async def run(self, task: Callable[[Library], T]) -> T:
        """Run a task on the library; the caller goes on when it is done."""
        answer = await self.run_unmasked(task)
        if not self.blind:
            return answer
        from tui.blind import masked  # late: most never need it

        return masked(answer)

    async def run_unmasked(self, task: Callable[[Library], T]) -> T:
        """As `run`, also in blind mode: for what is written back and never shown."""
        return await asyncio.wrap_future(self._pool.submit(self._with_library, task))

    def _with_library(self, task: Callable[[Library], T]) -> T:
        assert self._library is not None, "the library is not open"
        self._library.decisions.blind = self.blind
        return task(self._library)

    async def open(self, *, readonly: bool) -> Opened:
        """Open the library, making and filling it on the first run."""
        return await asyncio.wrap_future(self._pool.submit(self._open, readonly))

    def _open(self, readonly: bool) -> Opened:
        from store.codebooks import named
        from store.db import Library
        from store.seeding import FIRST

        self._library = library = Library.open(
            self._path, readonly=readonly, annotator=self._annotator
        )
        if self._annotator is not None:
            library.annotators.switch(self._annotator)  # remembered for the next time
        if self._codebook is not None:
            library.use_codebook(named(self._codebook))
        last = library.setting(LAST_ARTICLE) or library.setting(FIRST)
        kept = {name: library.setting(name) for name in SETTINGS}
        return Opened(
            path=library.path,
            readonly=library.readonly,
            annotator=library.annotator,
            annotators=tuple(library.annotators.names()),
            last_article=int(last) if last and last.isdigit() else None,
            settings={name: value for name, value in kept.items() if value},
            progress=library.progress(),
            codebook=library.codebook,
        )

    def interrupt(self) -> None:
        """Stop the query that the store is at; who asked for it hears `Stopped`."""
        if self._library is not None:
            self._library.interrupt()

    async def load(self, article_id: int, query: str = "") -> Loaded:
        """Fetch an article, its claims and its profile; remember that it is the one being read.

        `query` is that of the filter.
        """
        return await self.run(lambda library: _load(library, article_id, query))

    def close(self) -> None:
        """Close the library when what was asked of it is done; may be called twice."""
        with suppress(RuntimeError):  # closed already
            self._pool.submit(self._close).result()
        self._pool.shutdown()

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None


def _load(library: Library, article_id: int, query: str) -> Loaded:
    from claims.profile import ProfileError, load
    from store import disputes, paths

    article = library.articles.get(article_id)
    if not library.readonly:
        library.set_setting(LAST_ARTICLE, str(article_id))
    try:
        profile = load(article.summary.profile, extra_dirs=(paths.profiles_dir(),))
    except ProfileError:
        # A profile that was removed must not keep its articles from being read.
        profile = load("generic")
    return Loaded(
        article,
        library.claims.of(article_id),
        profile,
        disputes.of_article(library, article_id),
        fitting(library, article_id, query),
    )


def fitting(library: Library, article_id: int, query: str) -> frozenset[str]:
    """The ids of an article's claims that fit a query; none for an empty one."""
    from store.records import ClaimFilter

    if not query:
        return frozenset()
    return frozenset(one.id for one in library.claims.of(article_id, ClaimFilter(query=query)))


def write_export(library: Library, kind: str, target: Path, where: ClaimFilter) -> int:
    """Write an export whole or not at all; gives how many claims went in."""
    from store import paths
    from store.exports import save

    if target.parent == paths.exports_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
    save(library, kind, target, where=where)
    return library.claims.count(where)


@dataclass(frozen=True, slots=True)
class Preview:
    """How an export begins, and what it cannot carry."""

    words: str
    """Its first lines; of a format that is no text, what it is."""
    losses: list[tuple[str, int]]
    """What is lost and why, with the number of claims, the most frequent first."""


_PREVIEW = 4000
"""Characters of a preview."""


def preview(library: Library, kind: str, article_id: int | None) -> Preview:
    """The beginning of an export of one article: that one, or the newest."""
    from collections import Counter

    from claims.text import displayed
    from store.exports import FORMATS, export
    from store.exports.model import Losses
    from store.records import ClaimFilter

    if article_id is None:
        newest = library.articles.page(limit=1)
        article_id = newest[0].id if newest else None
    where = ClaimFilter(article_ids=() if article_id is None else (article_id,))
    losses = Losses()
    data = b"".join(export(library, kind, where=where, losses=losses))
    if FORMATS[kind].binary:
        words = f"{len(data):,} bytes for this article; the format is no text."
    else:
        lines = data.decode("utf-8")[:_PREVIEW].split("\n")
        words = "\n".join(displayed(line) for line in lines)
    counts = Counter(f"{loss.what}: {loss.why}" for loss in losses)
    return Preview(words, counts.most_common())


def paste(library: Library, article: Article) -> Added:
    """Add a text that was pasted."""
    return library.articles.add(article, origin="pasted")


def exported(library: Library, kind: str, where: ClaimFilter) -> bytes:
    """An export, for a browser to save."""
    from store.exports import export

    return b"".join(export(library, kind, where=where))
