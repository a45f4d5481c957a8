"""Opening the views over all claims, and going from them to a claim and back."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual import work

from tui import messages
from tui.arranging import Order
from tui.screens.shelf import ShelfScreen

# The views are imported when one is opened: none of them is needed for the first frame.
if TYPE_CHECKING:
    from store.outcomes import Outcome
    from store.passages import Place
    from tui.comparing import Comparing
    from tui.screens.deciding import Change
    from tui.screens.disputes import DisputesState
    from tui.screens.doubtful import QueueState
    from tui.screens.ledger import LedgerState
    from tui.screens.matrix import MatrixState


class OverviewsScreen(ShelfScreen):
    """The screen with the views over all claims; each opens where it was left."""

    @cached_property
    def comparing(self) -> Comparing:
        """The comparison of the library's claims, which goes on in the background."""
        from tui.comparing import Comparing

        return Comparing(self.work)

    @cached_property
    def _disputes(self) -> DisputesState:
        from tui.screens.disputes import DisputesState

        return DisputesState()

    @cached_property
    def _ledger(self) -> LedgerState:
        from tui.screens.ledger import LedgerState

        return LedgerState()

    @cached_property
    def _matrix(self) -> MatrixState:
        from tui.screens.matrix import MatrixState

        return MatrixState()

    @cached_property
    def _asking(self) -> QueueState:
        from tui.screens.doubtful import QueueState

        return QueueState()

    @property
    def _going(self) -> bool:
        """Whether the keys that decide go through the queue of the least certain claims."""
        return "_asking" in self.__dict__ and self._asking.going

    async def follow(self, place: Place | None, back: str) -> None:
        """Read a claim that a view gave; `back` says which key goes back."""
        if place is None:
            return
        if await self.open_article(place.article_id, claim_id=place.claim_id):
            if self.record is None or self.record.id != place.claim_id:
                self.chosen = type(self.chosen)()  # a filter hides it
                self.claims_changed()
                self.go_to_claim(place.claim_id)
            self.focus_pane(self.reader)
            self.tell(self.keys.fill(back))

    @work(exclusive=True, group="dialog")
    async def action_disputes(self) -> None:
        """Claims of rivals side by side."""
        from tui.screens.disputes import DisputesScreen

        view = DisputesScreen(self, self._disputes, self.comparing)
        place = await self.app.push_screen_wait(view)
        await self.refresh_disputes()
        await self.follow(place, "{disputes} goes back to the disputes.")

    @work(exclusive=True, group="dialog")
    async def action_carried(self) -> None:
        """Claims that a newer text left behind."""
        from tui.screens.carried import CarriedScreen

        place = await self.app.push_screen_wait(CarriedScreen(self))
        if place is not None:
            await self.open_article(place.article_id)
        elif self.page is not None:
            await self.open_article(self.page.article.id)
        self.refresh_progress()

    @work(exclusive=True, group="dialog")
    async def action_ledger(self) -> None:
        """Figures over time."""
        from tui.screens.ledger import LedgerScreen

        place = await self.app.push_screen_wait(LedgerScreen(self, self._ledger))
        await self.follow(place, "{ledger} goes back to the ledger.")

    async def refresh_disputes(self) -> None:
        """Count the rivals of the article's claims anew."""
        if self.page is None:
            return
        from store.disputes import of_article

        article_id = self.page.article.id
        found = await self.ask_store(self.work.run(lambda library: of_article(library, article_id)))
        if found is not None and found != self.panel.disputes:
            self.panel.disputes = found
            self.panel.refresh()

    def action_claims_order(self) -> None:
        """Claims in the order of the text, by speaker, type, side or doubt."""
        self.order_claims(self.panel.order.following)
        self.keep_setting("panel_order", self.panel.order)

    def order_claims(self, order: Order) -> None:
        """Put the claims panel into an order."""
        self.panel.order = order
        self.panel.folded.clear()
        self.panel.rearrange()
        self._follow()
        self.tell(f"Claims {order.words}.")

    # Doubtful first: the keys that decide go on through a queue over the whole library

    @work(exclusive=True, group="dialog")
    async def action_doubtful(self) -> None:
        """Decide on the least certain claims first."""
        from tui.screens.doubtful import DoubtfulScreen

        place = await self.app.push_screen_wait(DoubtfulScreen(self, self._asking))
        if place is not None:
            self._asking.going = True
            await self.follow(place, self._asked())

    def _asked(self) -> str:
        state = self._asking
        one = state.current
        if one is None:
            return messages.NOTHING_TO_ASK
        return (
            f"{state.at + 1} of {len(state.queue)}, {one.family}:"
            " decide; {next-undecided} skips, {doubtful} the queue, {cancel} ends"
        )

    @property
    def _at_queue(self) -> bool:
        """Whether the current claim is the one that the queue asks about."""
        one = self._asking.current if self._going else None
        here = self.page.article.id if self.page else None
        return one is not None and one.place == (here, self.claim_id)

    async def _decide_and_go_on(self, change: Change) -> None:
        if not self._at_queue:
            await super()._decide_and_go_on(change)
        elif outcome := await self.decide(change):
            here = self._asking.current
            if here is not None:
                self._asking.answered.add(here.place)
            await self._ask_next(outcome.words)

    async def _ask_next(self, words: str = "") -> None:
        from store import doubtful
        from tui.screens.doubtful import LENGTH

        state = self._asking
        state.at += 1
        if state.current is None:
            skip = set(state.passed)
            found = await self.ask_store(
                self.work.run(lambda library: doubtful.queue(library, limit=LENGTH, skip=skip))
            )
            state.queue, state.at = found or [], 0
        await self._ask(words)

    async def _ask(self, words: str = "") -> None:
        """Go to the claim that the queue asks about."""
        one = self._asking.current
        if one is None:
            self._asking.going = False
            self.tell(messages.NOTHING_TO_ASK)
            return
        await self.follow(one.place, f"{words + '. ' if words else ''}{self._asked()}")

    async def action_next_undecided(self) -> None:
        """Next claim that waits for a decision; within the queue, the next that it asks about."""
        if not self._going:
            self.next_undecided()
            return
        state = self._asking
        if self._at_queue and state.current is not None:
            if self.record is not None and not self.record.status.decided:
                state.passed.add(state.current.place)
            await self._ask_next()
        else:
            await self._ask()

    async def _go_where(self, outcome: Outcome | None) -> None:
        await super()._go_where(outcome)
        await self.refresh_disputes()
        if outcome is None or "_asking" not in self.__dict__:
            return
        from store.passages import Place

        places = {Place(outcome.article_id, claim_id) for claim_id in outcome.claim_ids}
        self._asking.turn(places, back=outcome.action != "redo")
        if not self._going:
            return
        for at, one in enumerate(self._asking.queue):
            if one.place in places:
                self._asking.at = at

    def end_asking(self) -> bool:
        """Let the keys go on within the article again; whether they went through the queue."""
        going = self._going
        if going:
            self._asking.going = False
            self.tell(
                f"Asked about {self._asking.decided}."
                f" {self.keys.key('doubtful')} goes on where you were."
            )
        return going

    def on_unmount(self) -> None:
        """The comparison ends with the screen."""
        if "comparing" in self.__dict__:
            self.comparing.stop()

    @work(exclusive=True, group="dialog")
    async def action_matrix(self) -> None:
        """How many claims by source and type."""
        from tui.screens.matrix import MatrixScreen

        place = await self.app.push_screen_wait(MatrixScreen(self, self._matrix))
        await self.follow(place, "{matrix} goes back to the matrix.")
