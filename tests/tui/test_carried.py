"""The list of claims that a newer text left behind, on the screen."""

from __future__ import annotations

from pathlib import Path

from driving import Reader, shown
from textual.widgets import Static

from claims.model import Article
from store import anchors
from store.db import Library
from store.records import Status
from tui.screens.carried import CarriedScreen

URL = "https://example.org/changing"
OLD = "Kyiv said that 40 soldiers were killed near the river on Monday. The weather was fine."


def changed(path: Path) -> int:
    """An article whose claim was decided on before its text changed."""
    with Library.open(path, annotator="tester") as library:
        number = library.articles.add(Article(OLD, title="River"), url=URL).article_id
        library.decisions.accept(number, library.claims.of(number)[0].id)
        new = OLD.replace("40 soldiers", "45 soldiers")
        library.articles.add(Article(new, title="River"), url=URL)
        return number


async def test_a_claim_is_put_where_it_stands_now(reader: Reader, library: Path) -> None:
    number = changed(library)
    async with reader() as (app, pilot):
        await shown(pilot, "R")
        screen = app.screen
        assert isinstance(screen, CarriedScreen)
        assert "1 wait" in screen.heading()[1]
        both = str(screen.query_one("#both", Static).render())
        assert "40 soldiers" in both and "45 soldiers" in both
        await shown(pilot, "a")
        assert list(screen.queue.items) == []
        await shown(pilot, "q")
        assert not isinstance(app.screen, CarriedScreen)
    with Library.open(library, annotator="tester") as opened:
        assert anchors.count(opened) == 0
        (own,) = [r for r in opened.claims.of(number) if r.status is Status.ADDED]
        assert "45 soldiers" in own.claim.content[0].of(opened.articles.get(number).text)
