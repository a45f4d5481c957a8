"""Marks that a person set in an article, each under a letter, to come back to.

A mark belongs to one annotator and one article. It is kept as an offset with the words that stand
there, so that it is found again when extraction has cut other sentences, or the text has changed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from string import ascii_lowercase
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.records import Bookmark

if TYPE_CHECKING:
    from store.db import Library

LETTERS = ascii_lowercase
"""The letters that a mark may have."""
_WORDS = 60
"""Characters of the text that are kept with a mark."""


def set_mark(library: Library, article_id: int, letter: str, start: int) -> Bookmark:
    """Set a mark at an offset of an article's current text, in place of one with this letter.

    Raises `ArticleNotFound`, `LibraryReadOnly`, and `StoreError` for another letter than a to z.
    """
    if letter not in LETTERS or len(letter) != 1:
        raise StoreError(f"{letter!r} cannot name a mark: a letter from a to z can")
    article = library.articles.get(article_id)
    start = max(0, min(start, len(article.text)))
    words = article.text[start : start + _WORDS]
    with library.transaction() as connection:
        connection.execute(
            "INSERT INTO bookmark (annotator, article_id, letter, text_sha256, start, made_at,"
            " words) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " text_sha256 = excluded.text_sha256, start = excluded.start,"
            " made_at = excluded.made_at, words = excluded.words",
            (
                library.annotator,
                article_id,
                letter,
                article.text_sha256,
                start,
                datetime.now(UTC).isoformat(timespec="seconds"),
                words,
            ),
        )
    return Bookmark(letter, start, words)


def marks_of(library: Library, article_id: int) -> tuple[Bookmark, ...]:
    """The marks of an article in the order of their letters, as offsets into its current text.

    Where the text has changed since, a mark stands at the same words if they are still there, and
    else at the same offset. Raises `ArticleNotFound`.
    """
    article = library.articles.get(article_id)
    found = []
    for letter, sha256, start, words in library.rows(
        "SELECT letter, text_sha256, start, words FROM bookmark"
        " WHERE annotator = ? AND article_id = ? ORDER BY letter",
        (library.annotator, article_id),
    ):
        place = start if sha256 == article.text_sha256 else _again(article.text, words, start)
        found.append(Bookmark(letter, place, words))
    return tuple(found)


def _again(text: str, words: str, start: int) -> int:
    """Where the words, or at least the first of them, stand nearest to where they stood."""
    for length in (_WORDS, _WORDS // 2, _WORDS // 4):
        sought = words[:length]
        before, after = text.rfind(sought, 0, start + len(sought)), text.find(sought, start)
        places = [place for place in (before, after) if place >= 0]
        if places:
            return min(places, key=lambda place: abs(place - start))
    return max(0, min(start, len(text) - 1))
