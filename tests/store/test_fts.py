"""The search language: nothing that is typed is an error, and words are found as they are seen."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_fakes import article

from claims.model import Article
from store import fts
from store.db import Library
from store.query import QueryError
from store.records import ArticleFilter, ClaimFilter

AWKWARD = [
    "C-300",
    '"unclosed',
    "foo AND",
    "AND",
    "NOT x",
    "*",
    '"*"',
    "^a",
    "body:",
    "text:river",
    "NEAR(",
    "NEAR(a b, 2)",
    "'",
    '"',
    '""',
    "(",
    ")",
    "-x",
    "{a b}:c",
    "a\x00b",
    "\x00",
    "\ud800",
    "%_",
    "\\",
    "é" * 3000,
    "a " * 5000,
    "( " * 5000,
    "",
    " \n",
]


@pytest.mark.parametrize("typed", AWKWARD)
def test_awkward_queries_are_no_errors(library: Library, typed: str) -> None:
    library.articles.add(article())
    with suppress(QueryError):
        library.search.articles(typed)
    library.articles.page(ArticleFilter(text=typed))
    library.claims.query(ClaimFilter(text=typed))
    library.claims.count(ClaimFilter(text=typed, speaker=typed))


def test_any_query_is_no_error(library: Library) -> None:
    library.articles.add(article())

    @given(st.text(st.characters(exclude_categories=())) | st.text('"*()-:^{}+ANDORNOTab \n'))
    @settings(max_examples=300, deadline=None)
    def check(typed: str) -> None:
        with suppress(QueryError):  # which says in one line where it cannot be read
            hits = library.search.articles(typed)
            assert {hit.article.id for hit in hits} <= {1}
        library.articles.count(ArticleFilter(text=typed))
        library.claims.query(ClaimFilter(text=typed))

    check()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("c-300", "They fired a C-300 missile."),
        ("C300", "They fired a C300."),
        ('"two moved"', "One fell, two moved."),
        ("two one", "One fell, two moved."),
        ("kharkiv", "Tanks in Khar\u200bkiv."),
        ("Khar\u00adkiv", "Tanks in Kharkiv."),
        ("khar*", "Tanks in Kharkiv."),
        ("зеленский", "Зеленский сказал."),
        ("ЗЕЛЕНСЬКИЙ", "Президент Зеленський їде."),
        ("їде", "Президент Зеленський їде."),
        ("сарай", "Стоит сарай."),
        ("Erdogan", "Erdoğan spoke."),
        ("Erdoğan", "Erdogan spoke."),
        ("서울", "서울 소식."),
        ("كييف", "قال من كييف اليوم"),
        ("naïve", "A naive plan."),
        ("don't", "They don’t know."),
        ("2,300", "up to 2,300 men"),
    ],
)
def test_words_are_found_as_they_are_read(library: Library, typed: str, text: str) -> None:
    sought = library.articles.add(Article(f"{text.rstrip('.')}.", title="Sought")).article_id
    library.articles.add(Article("Nothing of the kind.", title="Other"))
    assert [hit.article.id for hit in library.search.articles(typed)] == [sought]
    assert [s.id for s in library.articles.page(ArticleFilter(text=typed))] == [sought]
    assert fts.has_words(text, typed)
    assert [r.article_id for r in library.claims.query(ClaimFilter(text=typed))] == [sought]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ('"moved two"', "One fell, two moved."),
        ("khar", "Tanks in Kharkiv."),
        ("one three", "One fell, two moved."),
        ('"two one"', "Two. Then one."),
    ],
)
def test_what_is_not_there_is_not_found(library: Library, typed: str, text: str) -> None:
    library.articles.add(Article(text, title="Sought"))
    assert library.search.articles(typed) == []
    assert library.articles.count(ArticleFilter(text=typed)) == 0
    assert not fts.has_words(text, typed)
    assert library.claims.query(ClaimFilter(text=typed)) == []


def test_hits_show_where_and_the_title_counts_more(library: Library) -> None:
    body = library.articles.add(
        Article("One depot burned. " + "Something else. " * 20, title="Night")
    ).article_id
    title = library.articles.add(
        Article("It burned for hours. " + "Another thing. " * 20, title="The depot")
    ).article_id
    hits = library.search.articles("depot")
    assert [hit.article.id for hit in hits] == [title, body]
    assert "\x02depot\x03" in hits[1].snippet
    assert [hit.article.title for hit in library.search.articles("depot", limit=1)] == ["The depot"]
    assert library.search.articles("depot", limit=0) == []


def test_notes_and_tags_are_found_and_forgotten(library: Library) -> None:
    number = library.articles.add(article()).article_id
    first = library.claims.of(number)[0]
    assert library.search.articles("satellite") == []
    library.decisions.note(number, first.id, "see the satellite picture")
    (hit,) = library.search.articles("satellite")
    assert (hit.article.id, hit.snippet) == (number, "see the \x02satellite\x03 picture")
    assert library.articles.count(ArticleFilter(text='"satellite picture"')) == 1
    library.decisions.note(number, first.id, "see the radar")
    assert library.search.articles("satellite") == []
    library.decisions.tag(number, first.id, ("to-check",))
    assert [hit.article.id for hit in library.search.articles("to-check")] == [number]
    library.decisions.undo()
    library.decisions.undo()
    assert [hit.article.id for hit in library.search.articles("satellite")] == [number]


def test_what_is_typed_is_cut_to_a_size_that_fts5_takes() -> None:
    phrases = fts.parse("word " * 1000)
    assert len(phrases) == 32
    assert fts.query("- * ( )") is None
    assert fts.query('a "b c" d*') == '"a" AND "b c" AND "d*"*'
