"""The actions that open a view over the main screen, and what changes who looks."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from textual import work

from claims.model import Span
from claims.text import displayed
from store.errors import StoreError
from tui import messages
from tui.filtering import Chosen
from tui.screens.overviews import OverviewsScreen
from tui.screens.pick import Option, PickScreen
from tui.screens.prompt import PromptScreen
from tui.screens.refusal import Expects

# The views are imported when one is opened: none of them is needed for the first frame.
if TYPE_CHECKING:
    from store.annotators import Annotator
    from store.db import Library
    from tui.screens.adjudication import AdjudicationState
    from tui.screens.agreement import AgreementState
    from tui.screens.concordance import ConcordanceState, Hit
    from tui.screens.since import SinceState

_NEW = "\n"
"""What the menu gives for a new annotator; no name holds it."""


class ViewsScreen(OverviewsScreen):
    """The screen with what opens over it."""

    @cached_property
    def _agreement(self) -> AgreementState:
        from tui.screens.agreement import AgreementState

        return AgreementState()

    @cached_property
    def _adjudication(self) -> AdjudicationState:
        from tui.screens.adjudication import AdjudicationState

        return AdjudicationState()

    @cached_property
    def _since(self) -> SinceState:
        from tui.screens.since import SinceState

        return SinceState()

    @work(exclusive=True, group="dialog")
    async def action_agreement(self) -> None:
        """How far annotators agree."""
        from tui.screens.agreement import AgreementScreen

        if self.opened is not None:
            place = await self.app.push_screen_wait(AgreementScreen(self, self._agreement))
            await self.follow(place, "{agreement} goes back to the disagreements.")

    @work(exclusive=True, group="dialog")
    async def action_since(self) -> None:
        """What is decided otherwise than at a time."""
        from tui.screens.since import SinceScreen

        if self.opened is not None:
            place = await self.app.push_screen_wait(SinceScreen(self, self._since))
            await self.follow(place, "{since} goes back to what changed.")

    @work(exclusive=True, group="dialog")
    async def action_adjudication(self) -> None:
        """Decide between two annotators, as a third one."""
        from tui.screens.adjudication import AdjudicationScreen

        if self.opened is None:
            return
        people = await self.ask_store(self.work.run(lambda library: library.annotators.deciders()))
        if people is None:
            return
        if not [name for name in people if name != self.opened.annotator]:
            await self.refuse(
                self.keys.fill(
                    "Nobody else has decided here. {annotator} makes another annotator."
                ),
                Expects.KEY,
            )
            return
        said = ""
        if len(people) == 2 and self.opened.annotator in people:
            name = await self.app.push_screen_wait(
                PromptScreen(
                    "Adjudicate as:",
                    value="adjudicator",
                    hint=displayed(f"a third one beside {people[0]} and {people[1]}"),
                    replace=True,
                )
            )
            if name is None or not await self.switch_annotator(name):
                return
            said = f"You decide as {self.opened.annotator} now; {{annotator}} switches back."
        pair = await self.ask_store(self.work.run(self._pair))
        if pair is None:
            return
        self._adjudication.pair = pair
        more = len([name for name in people if name != self.opened.annotator]) > 2
        opening = said or ("{adjudicated-people} chooses between which two." if more else "")
        screen = AdjudicationScreen(self, self._adjudication, opening)
        place = await self.app.push_screen_wait(screen)
        if said:
            self.tell(self.keys.fill(said))
        await self.follow(place, "{adjudication} goes back to the disagreements.")

    def _pair(self, library: Library) -> tuple[str, ...]:
        """Between whom: the two chosen here, or for agreement, or who decided most."""
        for chosen in (self._adjudication.names, self._agreement.names):
            if len(chosen) == 2 and library.annotator not in chosen:
                return chosen
        from store.adjudication import annotators

        return annotators(library)[:2]

    @cached_property
    def _concordance(self) -> ConcordanceState:
        from tui.screens.concordance import ConcordanceState

        return ConcordanceState()

    @work(exclusive=True, group="dialog")
    async def action_concordance(self) -> None:
        """Find words in all texts, or claims by their fields."""
        from tui.screens.concordance import ConcordanceScreen

        state = self._concordance
        await self.app.push_screen_wait(ConcordanceScreen(self, state))
        hit, here = state.hit, self.page
        if state.changed:
            await self.list_again()
            self.refresh_progress()
        if hit is not None:
            if await self.open_article(hit.article_id, claim_id=hit.claim_id):
                self._show_hit(hit)
        elif state.changed and here is not None:
            await self.open_article(here.article.id, claim_id=self.claim_id)

    def forget_hidden(self) -> None:
        """What was asked for before blind mode began must not go on telling what it hides."""
        super().forget_hidden()
        # Its lines were made with what is hidden now.
        self.__dict__.pop("_concordance", None)

    def _show_hit(self, hit: Hit) -> None:
        """Go to the words that were found, or to the claim."""
        if self.page is not None:
            if hit.claim_id is None:
                self.matches, self.match = (Span(hit.start, hit.end),), 0
                self.go_to_sentence(self.page.index.at(hit.start))
            elif self.record is None or self.record.id != hit.claim_id:
                self.chosen = Chosen()  # a filter hides it
                self.claims_changed()
                self.go_to_claim(hit.claim_id)
        self.focus_pane(self.reader)
        self.tell(messages.BACK_TO_CONCORDANCE)

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
        undo = self.keys.key("undo")
        self.tell(f"You decide as {me}. {undo} takes back only what {me} decided.")
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
