"""Adding, listing, finding and reading articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from store_fakes import TEXT, Opener, article, extract

from claims.model import Article, Claim, Extraction, Span, text_hash
from claims.profile import ProfileError
from store import index, query_words
from store.db import Library
from store.errors import AmbiguousArticle, ArticleNotFound, ExtractionFailed, InvalidArticle
from store.records import ArticleFilter


def test_an_added_article_comes_back_whole(library: Library) -> None:
    added = library.articles.add(
        article(outlet="The Wire", byline="A. Writer", date="2024-08-14"),
        url="https://example.org/river",
        profile="russia-ukraine",
        origin="river.txt",
    )
    assert (added.outcome, added.claims) == ("added", 5)
    record = library.articles.get(added.article_id)
    assert record.text == TEXT
    assert record.text_sha256 == text_hash(TEXT)
    assert record.sentences == extract(article()).sentences
    summary = record.summary
    assert (summary.title, summary.outlet, summary.byline) == ("The river", "The Wire", "A. Writer")
    assert (summary.date, summary.url) == ("2024-08-14", "https://example.org/river")
    assert (summary.profile, summary.words) == ("russia-ukraine", len(TEXT.split()))
    assert (summary.claims, summary.decided, summary.read_at) == (5, 0, None)
    assert dict(summary.types) == {
        "territory": 1,
        "denial": 1,
        "losses": 1,
        "strike": 1,
        "background": 1,
    }
    assert dict(summary.sides) == {"ukraine": 2, "russia": 2, "author": 1}
    claims = [claim.claim for claim in library.claims.of(added.article_id)]
    assert claims == list(extract(article()).claims)


def test_the_same_article_is_not_added_twice(library: Library) -> None:
    first = library.articles.add(article(), url="https://example.org/a")
    assert library.articles.add(article(), url="https://example.org/a").outcome == "unchanged"
    elsewhere = library.articles.add(article(title="Copied"), url="https://example.org/b")
    assert (elsewhere.article_id, elsewhere.outcome) == (first.article_id, "unchanged")
    assert library.articles.add(article()).article_id == first.article_id
    assert library.articles.count() == 1


def test_another_text_at_the_same_url_is_a_new_version(library: Library) -> None:
    first = library.articles.add(article(), url="https://example.org/a")
    old_claim = library.claims.of(first.article_id)[0]
    library.decisions.accept(first.article_id, old_claim.id)
    new_text = "Moscow struck a bridge. Kyiv denied it."
    second = library.articles.add(article(new_text, "The bridge"), url="https://example.org/a")
    assert (second.article_id, second.outcome) == (first.article_id, "updated")
    assert library.articles.get(first.article_id).text == new_text
    assert library.articles.texts(first.article_id) == {
        text_hash(TEXT): TEXT,
        text_hash(new_text): new_text,
    }
    assert [c.status for c in library.claims.of(first.article_id)] == ["proposed", "proposed"]
    assert library.progress().decided == 0
    (logged,) = library.decisions.log(first.article_id)
    assert (logged.text_sha256, logged.claim_id) == (text_hash(TEXT), old_claim.id)
    assert not library.search.articles("depot")
    assert library.search.articles("bridge")
    # The text comes back as it was, and with it what was decided on it.
    third = library.articles.add(article(), url="https://example.org/a")
    assert third.outcome == "updated"
    assert library.claims.get(first.article_id, old_claim.id).status == "accepted"
    assert library.progress().decided == 1
    with library.transaction() as connection:
        index.check(connection)


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_article_without_words_is_refused(library: Library, text: str) -> None:
    with pytest.raises(InvalidArticle, match="no text"):
        library.articles.add(Article(text))
    assert library.articles.count() == 0


def test_text_that_sqlite_or_utf8_cannot_hold_is_made_storable(library: Library) -> None:
    added = library.articles.add(
        Article("Kyiv\x00 advanced \ud800 here.", title="Ti\x00tle \udfff", outlet="O\x00")
    )
    record = library.articles.get(added.article_id)
    assert record.text == "Kyiv\u2400 advanced \ufffd here."
    assert record.summary.title == "Ti\u2400tle \ufffd"
    assert library.row("SELECT length(text) FROM text_version")[0] == len(record.text)


def test_an_article_without_a_title_is_called_by_its_first_line(library: Library) -> None:
    long = "word " * 60 + "\nsecond line."
    library.articles.add(Article("\n  Kyiv advanced. \nMore."))
    library.articles.add(Article(long))
    titles = {summary.title for summary in library.articles.page()}
    assert "Kyiv advanced." in titles
    (cut,) = titles - {"Kyiv advanced."}
    assert cut.startswith("word word")
    assert cut.endswith("word…")
    assert len(cut) <= 100


def test_nothing_is_stored_when_extraction_fails(opened: Opener) -> None:
    def broken(given: Article, profile: str | None) -> Extraction:
        raise RuntimeError("no rules")

    library = opened(extractor=broken)
    with pytest.raises(ExtractionFailed, match=r"The river.*RuntimeError: no rules"):
        library.articles.add(article())
    assert library.rows("SELECT * FROM article") == []


@pytest.mark.parametrize("spoiled", ["beyond", "twice", "sentence"])
def test_an_extraction_that_does_not_fit_the_text_is_refused(opened: Opener, spoiled: str) -> None:
    def broken(given: Article, profile: str | None) -> Extraction:
        good = extract(given, profile)
        if spoiled == "beyond":
            claim = replace(good.claims[0], cue=(Span(0, len(given.text) + 1),))
            return replace(good, claims=(claim,))
        if spoiled == "twice":
            return replace(good, claims=(good.claims[0], good.claims[0]))
        sentence = replace(good.sentences[0], span=Span(3, len(given.text) + 3))
        return replace(good, sentences=(sentence,))

    library = opened(extractor=broken)
    with pytest.raises(ExtractionFailed):
        library.articles.add(article())
    assert library.articles.count() == 0


def test_the_list_has_the_newest_date_first_and_pages(library: Library) -> None:
    dates = [None, "2024-08-14", "2024-08-16", "2024-08-14", "2023-01-01"]
    for number, date in enumerate(dates):
        library.articles.add(
            Article(f"Kyiv advanced {number} times.", title=f"n{number}", date=date)
        )
    titles = [summary.title for summary in library.articles.page()]
    assert titles == ["n2", "n1", "n3", "n4", "n0"]
    paged = [library.articles.page(limit=2, offset=start) for start in (0, 2, 4, 6)]
    assert [s.title for page in paged for s in page] == titles


def test_filters_of_the_list(library: Library) -> None:
    one = library.articles.add(article(outlet="The Wire"))
    two = library.articles.add(article("Moscow struck twice.", "Strikes", outlet="Gazette"))
    three = library.articles.add(article("Nothing known here", "Empty", outlet="Gazette"))
    library.articles.remember(two.article_id, 0)
    library.decisions.reject(two.article_id, library.claims.of(two.article_id)[0].id)

    def ids(where: ArticleFilter) -> list[int]:
        found = [summary.id for summary in library.articles.page(where)]
        assert library.articles.count(where) == len(found)
        return found

    assert ids(ArticleFilter(outlet="Gazette")) == [two.article_id, three.article_id]
    assert ids(ArticleFilter(undecided=True)) == [one.article_id]
    assert ids(ArticleFilter(unread=True)) == [one.article_id, three.article_id]
    assert ids(ArticleFilter(text="struck")) == [one.article_id, two.article_id]
    assert ids(ArticleFilter(text="struck", outlet="Gazette")) == [two.article_id]
    assert ids(ArticleFilter(text="(*")) == []
    assert library.articles.outlets() == [("Gazette", 2), ("The Wire", 1)]
    library.decisions.undo()
    assert ids(ArticleFilter(undecided=True)) == [one.article_id, two.article_id]


@pytest.mark.parametrize("common", [True, False])
def test_common_and_rare_words_are_listed_alike(
    library: Library, monkeypatch: pytest.MonkeyPatch, common: bool
) -> None:
    """The two ways to look for words in the list give the same rows."""
    monkeypatch.setattr(query_words, "is_common", lambda *_: common)
    one = library.articles.add(article(outlet="The Wire")).article_id
    two = library.articles.add(article("Moscow struck twice.", "Strikes")).article_id
    three = library.articles.add(article("Kyiv advanced.", "Elsewhere")).article_id
    library.decisions.note(one, library.claims.of(one)[0].id, "struck, says the note too")
    library.decisions.tag(three, library.claims.of(three)[0].id, ("struck",))
    for where, expected in (
        (ArticleFilter(text="struck"), [one, two, three]),
        (ArticleFilter(text="struck", outlet="The Wire"), [one]),
        (ArticleFilter(text="struck", undecided=True), [one, two, three]),
        (ArticleFilter(text="struck twice"), [two]),
        (ArticleFilter(text="note"), [one]),
        (ArticleFilter(text="nowhere"), []),
    ):
        assert [summary.id for summary in library.articles.page(where)] == expected
        assert library.articles.count(where) == len(expected)
        assert library.articles.page(where, limit=1, offset=1) == library.articles.page(where)[1:2]


def test_a_word_is_common_when_most_articles_have_it(library: Library) -> None:
    for number in range(60):
        rare = "depot" if number == 7 else "river"
        library.articles.add(article(f"Kyiv advanced {number} km to the {rare}.", f"n{number}"))
    assert query_words.is_common(library, '"river"', 1)
    assert not query_words.is_common(library, '"depot"', 1)
    assert not query_words.is_common(library, '"river"', 200)


def test_finding_by_id_title_or_words(library: Library) -> None:
    one = library.articles.add(Article("Kyiv advanced.", title="Kursk incursion grows"))
    two = library.articles.add(Article("Moscow struck.", title="Kursk"))
    three = library.articles.add(Article("Moscow denied.", title="2024 in review"))
    find = library.articles.find
    assert find(str(one.article_id)) == one.article_id
    assert find("kursk incur") == one.article_id
    assert find("KURSK") == two.article_id  # the whole title wins over a part
    assert find("2024") == three.article_id
    with pytest.raises(AmbiguousArticle, match="Kursk incursion grows") as caught:
        find("kur")
    assert {number for number, _ in caught.value.candidates} == {one.article_id, two.article_id}
    for missing in ("advanced", "99", "", "-", '"', "9" * 40):
        with pytest.raises(ArticleNotFound):
            find(missing)


def test_where_the_reader_stopped_is_each_annotators_own(opened: Opener) -> None:
    first = opened()
    number = first.articles.add(article()).article_id
    first.articles.remember(number, 3)
    first.close()
    again = opened()
    assert again.articles.get(number).position == 3
    assert again.articles.summary(number).read_at is not None
    again.close()
    other = opened(annotator="bea")
    assert other.articles.get(number).position == 0
    assert other.articles.summary(number).read_at is None


def test_extracting_again_replaces_the_machines_claims_only(opened: Opener) -> None:
    calls: list[str | None] = []

    def changing(given: Article, profile: str | None) -> Extraction:
        calls.append(profile)
        found = extract(given, profile)
        if len(calls) == 1:
            return found
        kept: tuple[Claim, ...] = tuple(
            replace(claim, side="third-party") for claim in found.claims[2:]
        )
        return replace(found, claims=kept, version="fake-2")

    library = opened(extractor=changing)
    number = library.articles.add(article(), profile="russia-ukraine").article_id
    first, second, third, *_ = library.claims.of(number)
    library.decisions.accept(number, first.id)
    library.decisions.note(number, third.id, "look again")
    assert library.articles.extract_again(number) == 3
    assert calls == ["russia-ukraine", "russia-ukraine"]
    now = {record.id: record for record in library.claims.of(number)}
    assert now[first.id].claim == first.claim  # decided: stays, though no longer proposed
    assert second.id not in now
    assert (now[third.id].note, now[third.id].claim.side) == ("look again", "third-party")
    assert library.articles.get(number).extractor == "fake-2"
    summary = library.articles.summary(number)
    assert (summary.claims, summary.decided) == (4, 1)
    library.decisions.undo()
    library.decisions.undo()
    assert first.id not in {record.id for record in library.claims.of(number)}
    assert library.claims.get(number, third.id).note == ""


def test_unknown_articles_are_named(library: Library) -> None:
    for ask in (
        lambda: library.articles.get(7),
        lambda: library.articles.summary(7),
        lambda: library.articles.remember(7, 1),
        lambda: library.claims.of(7),
        lambda: library.articles.extract_again(7),
    ):
        with pytest.raises(ArticleNotFound, match="no article 7"):
            ask()


_ISLANDS = """
title = "The island war"
[[sides]]
id = "north"
name = "Northern Islands"
tag = "NI"
colour = "#0072b2"
rivals = ["south"]
words = ["Northern", "Northerners", "Port Lake"]
[[sides]]
id = "south"
name = "Southern Islands"
tag = "SI"
colour = "#d55e00"
rivals = ["north"]
words = ["Southern", "Southerners", "Bay Town"]
"""


def test_the_programs_own_extractor_knows_the_users_profiles(home: Path, opened: Opener) -> None:
    library = opened(extractor=None)
    (home / "profiles").mkdir()
    (home / "profiles" / "islands.toml").write_text(_ISLANDS, encoding="utf-8")
    text = (
        "Southern troops have landed, a Northern spokesman said on Monday. Northern boats fled,"
        " according to the Southern command. Northern officials denied it."
    )
    named = library.articles.add(Article(text, title="Named"), profile="islands").article_id
    chosen = library.articles.add(Article(text + " More.", title="Chosen")).article_id
    for number in (named, chosen):
        assert library.articles.summary(number).profile == "islands"
        assert {"north", "south"} <= set(library.articles.summary(number).sides)
    with pytest.raises(ProfileError, match="no profile is called 'moon'"):
        library.articles.add(Article("Other words here.", title="Moon"), profile="moon")
    assert library.articles.count() == 2
    library.articles.extract_again(named, "generic")
    assert library.articles.summary(named).profile == "generic"


def test_an_extraction_made_elsewhere_is_stored_when_it_is_of_this_text(library: Library) -> None:
    ready = library.articles.pending(article())
    assert ready is not None
    made = extract(ready, None)
    renamed = replace(made, profile="made elsewhere")
    first = library.articles.add(article(), extraction=renamed)
    assert library.articles.get(first.article_id).summary.profile == "made elsewhere"
    assert library.articles.pending(article()) is None
    other = library.articles.add(article(TEXT + " More."), extraction=renamed)
    assert library.articles.get(other.article_id).summary.profile == made.profile
