"""Places: paragraphs, marks, back and forward, and the web address of an article."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import Reader, press
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Static

from claims.model import Article
from store.db import Library
from tui.addresses import Address, checked, has_browser
from tui.app import WarreaderApp
from tui.screens.address import AddressScreen
from tui.trail import NEAR, Place, Trail


def said(app: WarreaderApp) -> str:
    """The words of the status line."""
    return str(app.main.query_one("#status", Static).render())


def paragraph(app: WarreaderApp) -> int:
    """The paragraph of the current sentence."""
    assert app.main.page is not None
    return app.main.page.index.sentences[app.main.sentence].paragraph


async def test_paragraphs(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "g j j")
        first = paragraph(app)
        await press(pilot, "right_curly_bracket right_curly_bracket")
        assert paragraph(app) == first + 2
        start = app.main.sentence
        await press(pilot, "j left_curly_bracket")
        assert app.main.sentence in (start, start + 1)
        await press(pilot, "left_curly_bracket left_curly_bracket")
        assert paragraph(app) <= first + 1
        await press(pilot, "G right_curly_bracket")
        assert app.main.page is not None and app.main.sentence == len(app.main.page.index) - 1
        await press(pilot, "g left_curly_bracket")
        assert app.main.sentence == 0


async def test_a_mark_is_found_again_after_a_restart(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "g j j j j M k")
        place = app.main.sentence
        assert place == 4 and "Marked k" in said(app)
        await press(pilot, "G")
    async with reader() as (app, pilot):
        assert app.main.sentence != place
        await press(pilot, "apostrophe k")
        assert app.main.sentence == place
        await press(pilot, "less_than_sign")
        assert app.main.sentence != place


async def test_without_marks_the_key_says_how_to_set_one(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "apostrophe")
        assert "M and a letter" in str(app.screen.query_one("#question", Static).render())
    async with reader(readonly=True) as (app, pilot):
        await press(pilot, "M a")
        assert len(app.screen_stack) == 1 and "read-only" in said(app).lower()


async def test_back_and_forward_across_articles(reader: Reader) -> None:
    async with reader() as (app, pilot):
        assert app.main.page is not None
        first = app.main.page.article.id
        await press(pilot, "g G")
        last = app.main.sentence
        await press(pilot, "J")
        assert app.main.page.article.id != first
        await press(pilot, "less_than_sign")
        assert (app.main.page.article.id, app.main.sentence) == (first, last)
        await press(pilot, "less_than_sign")
        assert (app.main.page.article.id, app.main.sentence) == (first, 0)
        await press(pilot, "less_than_sign")
        assert "no place further back" in said(app)
        await press(pilot, "greater_than_sign greater_than_sign")
        assert app.main.page.article.id != first
        await press(pilot, "greater_than_sign")
        assert "no place further forward" in said(app)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 60), st.sampled_from([None, True, False])),
        max_size=40,
    )
)
def test_going_back_and_forward_ends_where_one_was(
    moves: list[tuple[int, int, bool | None]],
) -> None:
    trail = Trail()
    for article, sentence, walking in moves:
        trail.visit(Place(article, sentence, 10 * sentence), walking=walking)
    behind = []
    while (place := trail.step(-1)) is not None:
        behind.append(place)
    ahead = []
    while (place := trail.step(1)) is not None:
        ahead.append(place)
    if moves:
        whole = [*behind[::-1], *ahead[-1:]] if behind else ahead
        assert len(ahead) == len(behind)
        assert whole == [] or whole[-1] == Place(*moves[-1][:2], 10 * moves[-1][1])


def test_walking_moves_a_place_and_a_jump_leaves_it() -> None:
    trail = Trail()
    for sentence in range(0, 40, 4):
        trail.visit(Place(1, sentence, sentence))
    trail.visit(Place(1, 90, 90), walking=True)
    assert trail.step(-1) is None
    trail.visit(Place(1, 90 - NEAR - 1, 1))
    assert trail.step(-1) == Place(1, 90, 90)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "http:///nothing",
        "https://example.org/a b",
        "https://example.org/\u202egro.live",
        "https://example.org/\x1b]0;x\x07",
        "https://kyiv.example@evil.example/",
        "https://example.org:99999/",
        "https://[::1/",
        "-rf https://example.org/",
        "https://example.org/" + "a" * 3000,
        " ",
        None,
    ],
)
def test_an_address_that_is_none_is_not_opened(url: str | None) -> None:
    assert isinstance(checked(url), str)


def test_an_address_names_its_host() -> None:
    assert checked(" https://example.org/a?b=1#c ") == Address(
        "https://example.org/a?b=1#c", "example.org"
    )


def test_no_browser_is_started_in_the_terminal() -> None:
    assert not has_browser({"BROWSER": "lynx"}, "linux")
    assert has_browser({"DISPLAY": ":0"}, "linux") and has_browser({}, "darwin")


async def test_the_address_is_shown_whole_and_opened_when_asked(
    reader: Reader, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://example.org/" + "long/" * 40 + "end"
    with Library.open(library, annotator="tester") as stored:
        good = stored.articles.add(Article("Kyiv took a hill."), url=url).article_id
        bad = stored.articles.add(Article("A lake."), url="javascript:alert(1)").article_id
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    async with reader((80, 24)) as (app, pilot):
        monkeypatch.setattr(app, "open_url", lambda url, **_: opened.append(url))
        await app.main.open_article(good)
        await press(pilot, "o")
        assert isinstance(app.screen, AddressScreen)
        shown = app.screen.query_one("#address", Static)
        painted = "".join(shown.render_line(y).text.strip() for y in range(shown.size.height))
        assert painted == url and not opened
        links = {one.style.link for one in shown.render_line(0) if one.style and one.text.strip()}
        assert links == {url}
        await press(pilot, "enter")
        assert opened == [url]
        await app.main.open_article(bad)
        await press(pilot, "o enter")
        assert isinstance(app.screen, AddressScreen)
        await press(pilot, "y")
        assert opened == [url]
