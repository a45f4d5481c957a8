"""Taking decisions: every key is one decision, on disk before the screen shows it; undo, redo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from store.records import ArticleSummary, ClaimRecord
from store.wording import quote
from tui import messages
from tui.screens.placing import PlacingScreen
from tui.work import fitting

if TYPE_CHECKING:
    from claims.model import Claim
    from store.db import Library
    from store.outcomes import Outcome
    from tui.screens.refusal import Expects

Change: TypeAlias = "Callable[[Library], Outcome | None]"
"""What is asked of the store: a decision, or an undo that may find nothing."""
_Taken: TypeAlias = (
    "tuple[Outcome | None, list[ArticleSummary], list[ClaimRecord] | None, frozenset[str]]"
)
"""What was decided; the articles as they are now; the claims of the one that is read, when the
step went over several; those of it that fit the query of the filter."""
_MANY = 200
"""Claims of one step from which it is worth saying how far it is."""
_MOST_SHOWN = 500
"""Articles whose line in the list is brought up to date at once."""


class DecidingScreen(PlacingScreen):
    """The screen with the decisions that take one key."""

    # Taking a decision

    async def decide(
        self, change: Change, *, nothing: str = "", onward: str | None = None
    ) -> Outcome | None:
        """Have the store take a decision, then show it; says why when it was not taken.

        `onward` is the claim of this article to go to once it is taken.
        """
        if self.opened is None:
            return None
        if self.opened.readonly:
            self.tell(messages.READ_ONLY, error=True)
            return None
        position = self.sentence
        here = self.page.article.id if self.page else None
        query = self.chosen.query

        def taken(library: Library) -> _Taken:
            # One transaction, and so one wait for the disk, for the decision and the place.
            with library.transaction():
                outcome = change(library)
                if outcome is None:
                    return None, [], None, frozenset()
                several = outcome.article_ids or (outcome.article_id,)
                if here is not None and here in several:
                    library.articles.remember(here, position)
            # Of the articles of a large batch, the list has few at hand; the others it asks for.
            summaries = library.articles.summaries(list(several[:_MOST_SHOWN]))
            found = fitting(library, here, query) if query and here is not None else frozenset()
            if here is None or here not in several or len(several) == 1:
                return outcome, summaries, None, found
            return outcome, summaries, library.claims.of(here), found

        answer = await self.ask_store(self.work.run(taken))
        if answer is None:
            return None
        outcome, summaries, records, found = answer
        if outcome is None:
            self.tell(nothing)
            return None
        for summary in summaries:
            self.library.replace(summary)
        said = self._words_of(outcome)
        shown, others = False, found != self.chosen.fitting
        self.chosen = replace(self.chosen, fitting=found)
        if records is not None:
            self.records = records
            self.claims_changed()
        elif outcome.article_id == here:
            # Where other claims than before fit the query of the filter, more has changed.
            shown = not others and self._take_claim(outcome, onward)
            if not shown:
                self._take_outcome(outcome)
        if not shown:
            self.refresh_progress()
            if onward is not None:
                self.go_to_claim(onward)
        self.tell(said)
        return outcome

    def _words_of(self, outcome: Outcome) -> str:
        """What a decision did, in words: for one claim, what is different now."""
        if not outcome.batch:
            return messages.ALREADY
        from store.history import changes

        now = outcome.records
        before = self.index.get(now[0].id) if outcome.count < 2 and len(now) == 1 else None
        if self.page is None or before is None:
            return outcome.words
        text = self.page.article.text
        told = "; ".join(
            line
            for line in changes(before, now[0], text, self.palette.codebook)
            if line[:7] != "status:"
        )
        return f"{outcome.words}: {told or quote(text, now[0].claim.content)}"

    def _take_claim(self, outcome: Outcome, onward: str | None) -> bool:
        """Show the one claim that is another now, and go on; False where more has changed.

        What is decided in the library is known without counting: this is the key that is pressed
        most.
        """
        now, before = outcome.records, self.index.decided
        if len(now) != 1 or outcome.claim_ids != (now[0].id,) or not self.claim_changed(now[0]):
            return False
        if self.progress is not None:
            decided = self.progress.decided + self.index.decided - before
            self.progress = replace(self.progress, decided=decided)
        if onward is None:
            self._follow()
        else:
            self.go_to_claim(onward)
        self.show_title()
        return True

    def _take_outcome(self, outcome: Outcome) -> None:
        """Put the claims as they are now in the place of those that were decided on."""
        rank = self.panel.rank_of(self.claim_id)
        now = {record.id: record for record in outcome.records}
        touched = set(outcome.claim_ids) | set(now)
        kept = [record for record in self.records if record.id not in touched]
        self.records = [*kept, *now.values()]
        self.claims_changed()
        if self.record is None and rank is not None and self.shown:
            self.go_to_claim(self.panel.ranked(min(rank, len(self.shown) - 1)).id)

    def current_claim(self) -> ClaimRecord | None:
        """The claim that a key acts on; says what to press when there is none."""
        if self.page is None:
            self.tell(messages.NO_ARTICLE)
            return None
        record = self.record
        if record is None:
            self.tell(messages.NO_CLAIM)
        return record

    async def claim_for(self, expects: Expects) -> ClaimRecord | None:
        """The claim that a key acts on which asks for more first; none leaves no answer over."""
        if self.page is None or self.record is None:
            why = messages.NO_ARTICLE if self.page is None else messages.NO_CLAIM
            await self.refuse(why, expects)
            return None
        return self.record

    async def as_stored(self, claim: Claim | None) -> Claim | None:
        """A shown claim as the library has it: what is taken over from it was perhaps masked."""
        if claim is None or self.page is None or not self.work.blind:
            return claim
        article_id, claim_id = self.page.article.id, claim.id
        found = await self.work.run_unmasked(lambda lib: lib.claims.find(article_id, claim_id))
        return None if found is None else found.claim

    async def edit(self, record: ClaimRecord, **changes: Any) -> None:
        article_id, claim_id = record.article_id, record.id
        await self.decide(lambda library: library.decisions.edit(article_id, claim_id, **changes))

    # Accept, reject, undecide, delete

    async def action_accept(self) -> None:
        """Accept the claim; go on to the next undecided."""
        if record := self.current_claim():
            ids = (record.article_id, record.id)
            await self._decide_and_go_on(lambda library: library.decisions.accept(*ids))

    async def action_reject(self) -> None:
        """Reject the claim; go on to the next undecided."""
        if record := self.current_claim():
            ids = (record.article_id, record.id)
            await self._decide_and_go_on(lambda library: library.decisions.reject(*ids))

    async def _decide_and_go_on(self, change: Change) -> None:
        # The next claim is looked for before the decision: a filter by state may take the
        # decided claim off the list, and with it the place to go on from.
        rank = self.panel.rank_of(self.claim_id) or 0
        ranks = chain(range(rank + 1, len(self.shown)), range(rank))
        order = (self.panel.ranked(one) for one in ranks)
        following = next((record.id for record in order if not record.status.decided), None)
        outcome = await self.decide(change, onward=following)
        if outcome is not None and following is None:
            self.tell(f"{outcome.words}  {messages.ALL_DECIDED}")

    async def action_reset(self) -> None:
        """Make the claim undecided."""
        if record := self.current_claim():
            ids = (record.article_id, record.id)
            await self.decide(lambda library: library.decisions.reset(*ids))

    async def action_delete(self) -> None:
        """Delete the claim."""
        if record := self.current_claim():
            ids = (record.article_id, record.id)
            await self.decide(lambda library: library.decisions.delete(*ids))

    async def action_undo(self) -> None:
        """Take back the last decision, in whatever article it was."""
        report = self._reporting("Undo")
        outcome = await self.decide(
            lambda library: library.decisions.undo(report), nothing=messages.NOTHING_TO_UNDO
        )
        await self._go_where(outcome)

    async def action_redo(self) -> None:
        """Take the undone decision again."""
        report = self._reporting("Redo")
        outcome = await self.decide(
            lambda library: library.decisions.redo(report), nothing=messages.NOTHING_TO_REDO
        )
        await self._go_where(outcome)

    def _reporting(self, words: str) -> Callable[[int, int], None]:
        """Says how far a step over many claims is, from the thread that takes it."""
        loop = asyncio.get_running_loop()

        def report(done: int, total: int) -> None:
            if total >= _MANY:
                loop.call_soon_threadsafe(self.tell, f"{words} … {done:,} of {total:,}")

        return report

    async def _go_where(self, outcome: Outcome | None) -> None:
        if outcome is None:
            return
        claim_id = outcome.claim_ids[0] if outcome.claim_ids else None
        here = self.page.article.id if self.page else None
        if here in outcome.article_ids[1:]:
            return  # a step over several articles, of which this is one: stay
        if outcome.article_id != here:
            if await self.open_article(outcome.article_id, claim_id=claim_id):
                self.tell(outcome.words)
        else:
            self.go_to_claim(claim_id)
