"""Marks: kept for each annotator and article, over restarts and over a changed text."""

from __future__ import annotations

import pytest
from store_fakes import TEXT, Opener, article

from store.bookmarks import marks_of, set_mark
from store.db import Library
from store.errors import ArticleNotFound, LibraryReadOnly, StoreError


def test_marks_are_kept_for_each_annotator_and_replaced_by_their_letter(opened: Opener) -> None:
    library = opened()
    number = library.articles.add(article()).article_id
    place = TEXT.index("Moscow denied")
    set_mark(library, number, "b", 3)
    set_mark(library, number, "a", 0)
    set_mark(library, number, "b", place)
    library.close()
    again = opened()
    assert [(m.letter, m.start) for m in marks_of(again, number)] == [("a", 0), ("b", place)]
    again.close()
    assert marks_of(opened(annotator="ben"), number) == ()


def test_a_mark_follows_its_words_into_a_changed_text(library: Library) -> None:
    number = library.articles.add(article(), url="http://example.org/1").article_id
    set_mark(library, number, "m", TEXT.index("Moscow struck"))
    set_mark(library, number, "w", TEXT.index("The weather"))
    changed = "A new first paragraph.\n\n" + TEXT.replace("The weather was fine.", "")
    library.articles.add(article(changed), url="http://example.org/1")
    found = {mark.letter: mark.start for mark in marks_of(library, number)}
    assert changed[found["m"] :].startswith("Moscow struck")
    assert 0 <= found["w"] < len(changed)


def test_what_cannot_be_marked_is_refused(opened: Opener) -> None:
    library = opened()
    number = library.articles.add(article()).article_id
    for letter in ("", "ab", "A", "1", "é"):
        with pytest.raises(StoreError, match="a letter from a to z"):
            set_mark(library, number, letter, 0)
    with pytest.raises(ArticleNotFound):
        set_mark(library, number + 1, "a", 0)
    library.close()
    with pytest.raises(LibraryReadOnly):
        set_mark(opened(readonly=True), number, "a", 0)
