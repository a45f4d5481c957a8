"""Articles on the same story find each other, by their texts or by their titles."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from store_fakes import article

from claims import sketch
from store import stories
from store.db import Library
from store.records import ArticleFilter

CHANCE = random.Random(3)
WORDS = [f"word{n}" for n in range(2000)]


def _text(sentences: int = 30) -> list[str]:
    return [" ".join(CHANCE.sample(WORDS, 12)).capitalize() + "." for _ in range(sentences)]


def _add(library: Library, text: str, title: str, outlet: str, date: str) -> int:
    return library.articles.add(article(text, title, outlet=outlet, date=date)).article_id


def test_a_rewritten_report_joins_and_a_later_or_own_one_does_not(library: Library) -> None:
    body = _text()
    first = _add(library, " ".join(body), "Depot burns in Kharkiv", "Wire", "2024-08-13")
    edited = " ".join([*_text(4), *body[2:26]])
    second = _add(library, edited, "Overnight news", "Post", "2024-08-14")
    _add(library, " ".join(body[:28]), "Depot burns", "Wire", "2024-08-13")  # the same outlet
    _add(library, " ".join(body[1:]), "Depot burns", "Late", "2024-09-13")  # another month
    _add(library, " ".join(_text()), "Something else", "Other", "2024-08-13")
    assert library.articles.summary(first).story == library.articles.summary(second).story == first
    group = library.articles.page(ArticleFilter(query=f"story:{first}"))
    assert {one.outlet for one in group} >= {"Wire", "Post"}
    assert "Late" not in {one.outlet for one in group}
    titled = _add(
        library, " ".join(_text()), "Three killed as missile hits Odesa port", "A", "2024-08-13"
    )
    other = _add(
        library, " ".join(_text()), "Missile hits Odesa port: three killed", "B", "2024-08-13"
    )
    assert library.articles.summary(other).story == library.articles.summary(titled).story
    assert library.articles.summary(titled).story != first


def test_a_changed_text_leaves_its_group(library: Library) -> None:
    body = " ".join(_text())
    first = library.articles.add(
        article(body, outlet="Wire", date="2024-08-13"), url="https://example.org/a"
    ).article_id
    second = _add(library, body + " More was said.", "x", "Post", "2024-08-13")
    assert library.articles.summary(second).story == first
    library.articles.add(
        article(" ".join(_text()), outlet="Wire", date="2024-08-13"), url="https://example.org/a"
    )
    assert library.articles.summary(first).story is None
    assert library.articles.summary(second).story is None
    bands = library.row("SELECT count(DISTINCT article_id), count(*) FROM sketch_band")
    assert bands[0] == 2 and bands[1] <= 2 * 45


def test_an_older_library_is_grouped_some_at_a_time(library: Library) -> None:
    body = _text()
    ids = [
        _add(library, " ".join(body[n:]), "x", outlet, "2024-08-13")
        for n, outlet in enumerate("ABC")
    ]
    with library.transaction() as connection:
        connection.execute("UPDATE article SET story = NULL, sketched = NULL")
        connection.execute("DELETE FROM sketch")
        connection.execute("DELETE FROM sketch_band")
    assert stories.pending(library) == 3
    assert [stories.assign(library, 2), stories.assign(library, 2)] == [2, 1]
    assert (stories.pending(library), stories.assign(library)) == (0, 0)
    assert {library.articles.summary(number).story for number in ids} == {ids[0]}


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_has_a_sketch_that_is_like_itself(text: str, title: str) -> None:
    made = sketch.sketch(text, title)
    assert len(made.bins) == 4 * sketch.BINS
    assert made == sketch.sketch(text, title)
    assert sketch.similarity(made.bins, made.bins) == 1
    assert all(0 <= band < 2**40 for band in made.bands)


def test_the_bins_estimate_what_texts_have_in_common() -> None:
    body = _text(60)
    whole = sketch.sketch(" ".join(body)).bins
    for kept in (15, 30, 45):
        part = sketch.sketch(" ".join(body[:kept])).bins
        assert abs(sketch.similarity(whole, part) - kept / 60) < 0.2
    assert sketch.similarity(whole, sketch.sketch(" ".join(_text(60))).bins) < 0.1
