"""An annotator's marks on articles: starred, read or unread, tags; the same call takes it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.records import ArticleSummary
from store.verdicts import clean_tags

if TYPE_CHECKING:
    from store.db import Library


class Marks:
    """The marks of the library's annotator; each is on disk when its call returns."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def star(self, article_id: int, starred: bool) -> ArticleSummary:
        """Star an article, or no longer; gives it as it is now. Raises `ArticleNotFound`."""
        return self._set(article_id, "starred", int(starred))

    def read(self, article_id: int, read: bool | None) -> ArticleSummary:
        """Call an article read or unread; None leaves it to whether it was opened."""
        return self._set(article_id, "seen", None if read is None else int(read))

    def tag(self, article_id: int, tags: Iterable[str]) -> ArticleSummary:
        """Give an article these tags in the place of its others.

        Raises `ArticleNotFound`, and `InvalidClaim` for a tag that is too long.
        """
        library, wanted = self._library, clean_tags(tags)
        library.articles.summary(article_id)
        with library.transaction() as connection:
            connection.execute(
                "DELETE FROM article_tag WHERE annotator = ? AND article_id = ?",
                (library.annotator, article_id),
            )
            connection.executemany(
                "INSERT INTO article_tag (annotator, tag, article_id) VALUES (?, ?, ?)",
                [(library.annotator, tag, article_id) for tag in wanted],
            )
        return library.articles.summary(article_id)

    def add(self, article_id: int, annotator: str, *, starred: bool, tags: Iterable[str]) -> None:
        """Take over what an annotator marked elsewhere: what they have here stays."""
        with self._library.transaction() as connection:
            connection.executemany(
                "INSERT INTO article_tag (annotator, tag, article_id) VALUES (?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                [(annotator, tag, article_id) for tag in tags],
            )
            if starred:
                connection.execute(
                    "INSERT INTO article_mark (annotator, article_id, starred, changed_at)"
                    " VALUES (?, ?, 1, ?) ON CONFLICT (annotator, article_id) DO UPDATE"
                    " SET starred = 1",
                    (annotator, article_id, _now()),
                )

    def tags(self) -> list[tuple[str, int]]:
        """Every tag that the annotator gave to articles, with their number, by name."""
        return [
            (str(tag), int(number))
            for tag, number in self._library.rows(
                "SELECT tag, count(*) FROM article_tag WHERE annotator = ? GROUP BY tag",
                (self._library.annotator,),
            )
        ]

    def _set(self, article_id: int, column: str, value: int | None) -> ArticleSummary:
        library = self._library
        library.articles.summary(article_id)
        with library.transaction() as connection:
            connection.execute(
                f"INSERT INTO article_mark (annotator, article_id, {column}, changed_at)"
                " VALUES (?, ?, ?, ?) ON CONFLICT (annotator, article_id) DO UPDATE"
                f" SET {column} = excluded.{column}, changed_at = excluded.changed_at",
                (library.annotator, article_id, value, _now()),
            )
        return library.articles.summary(article_id)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
