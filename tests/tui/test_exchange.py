"""What crosses the border of the screen: the preview of an export, and text that is pasted."""

from __future__ import annotations

from pathlib import Path

from driving import Reader, settle, shown
from textual import events
from textual.widgets import Static

from store.db import Library
from tui.screens.pick import PickScreen
from tui.screens.prompt import PromptScreen
from tui.screens.sheet import SheetScreen

PASTED = "Drones over the river\n\nKyiv said that seven drones were shot down near the river."


async def test_an_export_is_looked_at_before_it_is_written(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await settle(pilot)
        await shown(pilot, "E")
        assert isinstance(app.screen, PickScreen)
        conll = next(option for option in app.screen._options if option.value == "conll")
        await shown(pilot, conll.key)
        await shown(pilot, "p")
        assert isinstance(app.screen, SheetScreen)
        sheet = str(app.screen.query_one("#sheet", Static).render())
        assert "Cannot carry" in sheet and "-DOCSTART-" in sheet
        await shown(pilot, "q")
        assert isinstance(app.screen, PickScreen)  # back at the question
        await shown(pilot, "escape")
        assert app.screen is app.main


async def test_a_pasted_text_becomes_an_article(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        await settle(pilot)
        app.main.post_message(events.Paste("a slip"))
        await shown(pilot, "")
        assert app.screen is app.main
        app.main.post_message(events.Paste(PASTED))
        await shown(pilot, "")
        assert isinstance(app.screen, PromptScreen)
        await shown(pilot, "enter")
        await shown(pilot, "")
        assert app.main.page is not None
        assert app.main.page.article.summary.title == "Drones over the river"
        assert app.main.records
    with Library.open(library, annotator="tester") as opened:
        assert opened.articles.find("Drones over the river")
