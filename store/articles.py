"""Articles in and out: adding, listing, finding and reading them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from claims.model import Article, Extraction, Sentence, SentenceKind, Span, text_hash
from claims.text import searchable, words_in
from store import anchors, article_rows, bodies, filters, fts, index, machine, state, stories
from store.errors import (
    AmbiguousArticle,
    ArticleNotFound,
    ExtractionFailed,
    LibraryReadOnly,
    StoreError,
    readable,
)
from store.records import ArticleFilter, ArticleRecord, ArticleSort, ArticleSummary

if TYPE_CHECKING:
    from store.db import Library
    from store.records import Body

_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was given to the store."""

    article_id: int
    outcome: Literal["added", "unchanged", "updated"]
    claims: int
    """How many claims the machine proposes in it."""


_EVERYTHING = ArticleFilter()

_SUMMARY = (
    "SELECT a.id, a.title, a.outlet, a.byline, a.date, a.url, a.profile, a.words,"
    " coalesce(t.claims, a.claims), coalesce(t.decided, 0), r.read_at,"
    " coalesce(m.seen, r.read_at IS NOT NULL), coalesce(m.starred, 0),"
    " (SELECT json_group_array(g.tag) FROM article_tag g WHERE g.annotator = ?1"
    " AND g.article_id = a.id), a.story,"
    " coalesce(t.types, a.types), coalesce(t.sides, a.sides) FROM article a"
    " LEFT JOIN tally t ON t.annotator = ?1 AND t.article_id = a.id"
    " LEFT JOIN reading r ON r.annotator = ?1 AND r.article_id = a.id"
    " LEFT JOIN article_mark m ON m.annotator = ?1 AND m.article_id = a.id"
)
"""A row of the list; the first value is the annotator."""


class Articles:
    """The articles of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def add(
        self,
        article: Article,
        *,
        url: str | None = None,
        profile: str | None = None,
        origin: str | None = None,
        extraction: Extraction | None = None,
        body: Body | None = None,
    ) -> Added:
        """Store an article with its claims, all in one transaction.

        `origin` says where it came from, such as a file's name, and `body` is what its text was
        taken from. `extraction` is what the extractor found, under the same profile, in the article
        that `pending` gave; without it the extractor runs here. An article with the same URL, or
        without one the same text, is not added again; the same URL with another text makes a new
        text version current and keeps the old.
        Decisions stay with the text they were made on, and are carried to the new one where their
        words stand there (`store.anchors`).
        Raises `InvalidArticle`, `ExtractionFailed` and what `Library.transaction` raises.
        """
        article = article_rows.clean(article)
        url, origin = article_rows.clean_line(url), article_rows.clean_line(origin)
        sha = text_hash(article.text)
        same = self._same(url, sha)
        if same is not None and same[1] == sha:
            return self._unchanged(same[0])
        self._check_writable()
        if extraction is None or extraction.text_sha256 != sha:
            extraction = self._extract(article, profile)
        else:
            machine.check(extraction, article.text)
        with self._library.transaction() as connection:
            same = self._same(url, sha)  # once more, now that nobody else can write
            if same is not None and same[1] == sha:
                return self._unchanged(same[0])
            now = _now()
            if same is None:
                article_id = article_rows.insert(connection, article, url, origin, now)
            else:
                article_id = same[0]
                index.drop_article(connection, article_id)
                stories.leave(connection, article_id)
                article_rows.describe(connection, article_id, article, now)
            version_id = article_rows.version(connection, article_id, article.text, sha, now)
            if body is not None:
                bodies.keep(connection, version_id, body)
            connection.execute(
                "UPDATE article SET version_id = ?, words = ?, changed_at = ? WHERE id = ?",
                (version_id, words_in(article.text), now, article_id),
            )
            index.put_article(connection, article_id)
            stories.place(connection, article_id)
            if same is not None:
                machine.clear(connection, article_id, version_id)
            machine.save(connection, article_id, version_id, article.text, extraction)
            if same is not None:
                anchors.carry(connection, article_id, sha, article.text)
                state.refresh(connection, article_id)
        outcome: Literal["added", "updated"] = "added" if same is None else "updated"
        return Added(article_id, outcome, len(extraction.claims))

    def pending(self, article: Article, url: str | None = None) -> Article | None:
        """The article as `add` would hand it to the extractor; None when it is there already.

        Raises `InvalidArticle`.
        """
        article = article_rows.clean(article)
        sha = text_hash(article.text)
        same = self._same(article_rows.clean_line(url), sha)
        return None if same is not None and same[1] == sha else article

    def extract_again(self, article_id: int, profile: str | None = None) -> int:
        """Replace the machine's claims of the current text; how many it proposes now.

        Decisions stay as they are. `profile` None keeps the article's. Raises as `add` does.
        """
        self._check_writable()
        record = self.get(article_id)
        found = record.summary
        article = Article(record.text, found.title, found.outlet, found.byline, found.date)
        extraction = self._extract(article, profile or found.profile or None)
        with self._library.transaction() as connection:
            machine.clear(connection, article_id, record.text_version_id)
            machine.save(connection, article_id, record.text_version_id, record.text, extraction)
            state.refresh(connection, article_id)
        return len(extraction.claims)

    def page(
        self,
        where: ArticleFilter = _EVERYTHING,
        *,
        limit: int = 200,
        offset: int = 0,
        sort: ArticleSort = ArticleSort.DATE,
        turned: bool = False,
    ) -> list[ArticleSummary]:
        """Part of the list, in its order or turned round; a limit below 0 gives all.

        Raises `QueryError`.
        """
        with self._library.snapshot():
            return self.summaries(
                filters.ids(self._library, where, sort, turned=turned, limit=limit, offset=offset)
            )

    def place(
        self,
        article_id: int,
        where: ArticleFilter = _EVERYTHING,
        *,
        sort: ArticleSort = ArticleSort.DATE,
        turned: bool = False,
    ) -> int | None:
        """Where an article stands in the list, from 0; None where it is not listed.

        Raises `QueryError`.
        """
        listed = filters.ids(self._library, where, sort, turned=turned, limit=-1, offset=0)
        return listed.index(article_id) if article_id in listed else None

    def count(self, where: ArticleFilter = _EVERYTHING) -> int:
        """How many articles `page` would list without a limit. Raises `QueryError`."""
        return filters.count(self._library, where)

    def outlets(self) -> list[tuple[str, int]]:
        """Every outlet with its number of articles, by name."""
        return [
            (str(name), int(number))
            for name, number in self._library.rows(
                "SELECT outlet, count(*) FROM article WHERE outlet IS NOT NULL"
                " GROUP BY outlet ORDER BY outlet"
            )
        ]

    def summary(self, article_id: int) -> ArticleSummary:
        """One row of the list. Raises `ArticleNotFound`."""
        found = self._library.rows(
            f"{_SUMMARY} WHERE a.id = ?2", (self._library.annotator, article_id)
        )
        if not found:
            raise ArticleNotFound(f"there is no article {article_id}; warreader list shows all")
        return self._read(found[0])

    def summaries(self, article_ids: list[int]) -> list[ArticleSummary]:
        """The rows of these articles, in the given order; ids that are not there are left out."""
        found = self._library.rows(
            f"{_SUMMARY} WHERE a.id IN (SELECT value FROM json_each(?2))",
            (self._library.annotator, json.dumps(article_ids)),
        )
        by_id = {row[0]: self._read(row) for row in found}
        return [by_id[number] for number in article_ids if number in by_id]

    def get(self, article_id: int) -> ArticleRecord:
        """One article with its current text and sentences.

        Raises `ArticleNotFound`; `LibraryDamaged` when the text is not what was stored.
        """
        library = self._library
        with readable(library.path, f"article {article_id}"), library.snapshot():
            summary = self.summary(article_id)
            version_id, text, sha, extractor, notes = library.row(
                "SELECT v.id, v.text, v.sha256, a.extractor, a.notes FROM article a"
                " JOIN text_version v ON v.id = a.version_id WHERE a.id = ?",
                (article_id,),
            )
            sentences = library.rows(
                'SELECT start, "end", paragraph, kind FROM sentence WHERE version_id = ?'
                " ORDER BY number",
                (version_id,),
            )
            position = library.rows(
                "SELECT position FROM reading WHERE annotator = ? AND article_id = ?",
                (library.annotator, article_id),
            )
            if text_hash(text) != sha:
                raise ValueError("its text is not the one that was stored")
            facts = bodies.facts_of(library, version_id)
            return ArticleRecord(
                summary=summary,
                text=text,
                text_sha256=sha,
                text_version_id=version_id,
                sentences=tuple(
                    Sentence(Span(start, end), paragraph, SentenceKind(kind))
                    for start, end, paragraph, kind in sentences
                ),
                extractor=extractor,
                notes=(*json.loads(notes), *bodies.remarks(facts)),
                position=position[0][0] if position else 0,
                facts=facts,
            )

    def by_url(self, url: str) -> int | None:
        """The article at an address; None when there is none."""
        wanted = article_rows.clean_line(url)
        found = self._library.rows("SELECT id FROM article WHERE url = ?", (wanted,))
        return int(found[0][0]) if found else None

    def by_text(self, sha: str) -> int | None:
        """The article with a text of that hash; one that shows it now before one that once did."""
        found = self._library.rows(
            "SELECT v.article_id FROM text_version v JOIN article a ON a.id = v.article_id"
            " WHERE v.sha256 = ? ORDER BY v.id <> a.version_id, v.id LIMIT 1",
            (sha,),
        )
        return int(found[0][0]) if found else None

    def text_of(self, sha: str) -> str | None:
        """A text by its hash, current or not; None when no article ever had it."""
        found = self._library.rows("SELECT text FROM text_version WHERE sha256 = ? LIMIT 1", (sha,))
        return str(found[0][0]) if found else None

    def text_hash(self, article_id: int) -> str:
        """The hash of the article's current text. Raises `ArticleNotFound`."""
        return self._current(article_id)[0]

    def length(self, article_id: int) -> int:
        """The characters of the article's current text. Raises `ArticleNotFound`."""
        return self._current(article_id)[1]

    def _current(self, article_id: int) -> tuple[str, int]:
        found = self._library.rows(
            "SELECT v.sha256, v.chars FROM article a JOIN text_version v ON v.id = a.version_id"
            " WHERE a.id = ?",
            (article_id,),
        )
        if not found:
            raise ArticleNotFound(f"there is no article {article_id}; warreader list shows all")
        return str(found[0][0]), int(found[0][1])

    def texts(self, article_id: int) -> dict[str, str]:
        """Every text version of the article by its hash, oldest first.

        What was decided on an older text stands in the log under the hash of that text.
        """
        return dict(
            self._library.rows(
                "SELECT sha256, text FROM text_version WHERE article_id = ? ORDER BY id",
                (article_id,),
            )
        )

    def find(self, reference: str) -> int:
        """The id of the article with this id, this title or these words in its title.

        Words may be cut short ("kursk incur"). Raises `ArticleNotFound` and `AmbiguousArticle`.
        """
        reference = reference.strip()
        if reference.isdecimal() and len(reference) < 19:
            found = self._library.rows("SELECT id FROM article WHERE id = ?", (int(reference),))
            if found:
                return int(found[0][0])
        query = fts.all_words(reference, column="title")
        if query is not None:
            total = self._library.row(
                "SELECT count(*) FROM article_fts WHERE article_fts MATCH ?", (query,)
            )[0]
            hits = self._library.rows(
                "SELECT id, title FROM article WHERE id IN"
                " (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)"
                " ORDER BY date DESC, id LIMIT ?",
                (query, 1000),
            )
            exact = [row for row in hits if searchable(row[1]) == searchable(reference)]
            if len(exact) == 1 or total == 1:
                return int((exact or hits)[0][0])
            if hits:
                shown = [(int(number), str(title)) for number, title in hits[:_CANDIDATES]]
                raise AmbiguousArticle(reference, shown, total - len(shown))
        raise ArticleNotFound(
            f"no article has the id or the title words {reference!r}; warreader list shows all"
        )

    def remember(self, article_id: int, position: int) -> None:
        """Keep the sentence at which the annotator left the article, and that it was read."""
        self.summary(article_id)
        with self._library.transaction() as connection:
            connection.execute(
                "INSERT INTO reading (annotator, article_id, position, read_at)"
                " VALUES (?, ?, ?, ?) ON CONFLICT (annotator, article_id) DO UPDATE"
                " SET position = excluded.position, read_at = excluded.read_at",
                (self._library.annotator, article_id, max(0, position), _now()),
            )

    def _read(self, row: tuple[Any, ...]) -> ArticleSummary:
        with readable(self._library.path, f"article {row[0]}"):
            return article_rows.summary(row)

    def _same(self, url: str | None, sha: str) -> tuple[int, str] | None:
        """The article that this one is, with the hash of its text."""
        if url is not None:
            found = self._library.rows(
                "SELECT a.id, v.sha256 FROM article a JOIN text_version v ON v.id = a.version_id"
                " WHERE a.url = ?",
                (url,),
            )
            if found:
                return int(found[0][0]), str(found[0][1])
        found = self._library.rows(
            "SELECT article_id FROM text_version WHERE sha256 = ? ORDER BY id LIMIT 1", (sha,)
        )
        return (int(found[0][0]), sha) if found else None

    def _unchanged(self, article_id: int) -> Added:
        claims = self._library.row("SELECT claims FROM article WHERE id = ?", (article_id,))[0]
        return Added(article_id, "unchanged", claims)

    def _check_writable(self) -> None:
        if self._library.readonly:
            raise LibraryReadOnly(
                self._library.path,
                f"{self._library.path} is open read-only; open it without --read-only to change it",
            )

    def _extract(self, article: Article, profile: str | None) -> Extraction:
        from claims.profile import ProfileError  # late: only who adds articles needs profiles

        try:
            extraction = self._library.extract(article, profile)
        except (StoreError, ProfileError):  # already says what to do
            raise
        except Exception as problem:
            name = article.title or article.text[:40]
            raise ExtractionFailed(
                f"the claims of {name!r} could not be extracted"
                f" ({type(problem).__name__}: {problem}); nothing was stored"
            ) from problem
        machine.check(extraction, article.text)
        return extraction


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
