"""The actions that open a view over the main screen, and what changes who looks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from claims.text import displayed
from store.errors import StoreError
from tui.screens.overviews import OverviewsScreen
from tui.screens.pick import Option, PickScreen
from tui.screens.prompt import PromptScreen

if TYPE_CHECKING:
    from store.annotators import Annotator
    from store.db import Library

_NEW = "\n"
"""What the menu gives for a new annotator; no name holds it."""


class ViewsScreen(OverviewsScreen):
    """The screen with what opens over it."""

    @work(exclusive=True, group="dialog")
    async def action_annotator(self) -> None:
        """Decide as another annotator, or as a new one."""
        if self.opened is None:
            return
        known = await self.ask_store(self.work.run(lambda library: library.annotators.all()))
        if known is None:
            return
        options = [
            Option(key, displayed(one.name), one.name, _so_far(one))
            for key, one in zip("123456789abcdefghijklmopqrstuvwxyz", known, strict=False)
        ]
        options.append(Option("n", "new …", _NEW, "someone who has not decided here yet"))
        me = self.opened.annotator
        name = await self.app.push_screen_wait(
            PickScreen("Who decides?", options, self.palette, me)
        )
        if name == _NEW:
            name = await self.app.push_screen_wait(
                PromptScreen("Name of the annotator:", hint="enter makes it · esc cancels")
            )
        if name and name.strip():
            await self.switch_annotator(name)

    async def switch_annotator(self, name: str) -> bool:
        """Decide as this annotator; the same place is shown with what they decided."""
        if self.opened is None:
            return False
        await self.remember_position()

        def switch(library: Library) -> tuple[str, tuple[str, ...]]:
            library.annotators.switch(name)
            return library.annotator, tuple(library.annotators.names())

        try:
            me, names = await self.work.run(switch)
        except StoreError as problem:
            self.tell(str(problem), error=True)
            return False
        self.opened = replace(self.opened, annotator=me, annotators=names)
        here, claim_id = self.page, self.claim_id
        self.page = None  # its place belongs to who looked until now
        await self.list_again()
        if here is not None:
            await self.open_article(here.article.id, claim_id=claim_id)
            self.library.go_to(self.library.index_of(here.article.id) or 0, tell=False)
        self.refresh_progress()
        self.tell(f"You decide as {me}. z takes back only what {me} decided.")
        return True


def _so_far(one: Annotator) -> str:
    """What an annotator has decided, in a few words."""
    if not one.decided:
        return "nothing decided yet"
    articles = f"{one.articles:,} article{'' if one.articles == 1 else 's'}"
    return (
        f"{one.decided:,} decided in {articles}: {one.accepted:,} ✓  {one.rejected:,} ✗ "
        f" {one.edited:,} ✎  {one.added:,} +"
    )
