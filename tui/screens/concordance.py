"""The concordance: every place of some words in the library, or every claim that fits a query."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.worker import Worker

from claims.text import displayed
from store import concordance
from store.concordance import Concordance, LineOrder
from store.db import Library
from store.errors import Stopped, StoreError
from store.outcomes import Outcome
from tui import messages
from tui.bindings import bindings
from tui.commands import Context
from tui.screens.deciding import DecidingScreen
from tui.screens.labelling import Preview, ask_label, confirm
from tui.screens.overview import OverviewScreen
from tui.screens.pick import Option, PickScreen
from tui.screens.querying import ask_query
from tui.screens.refusal import Expects
from tui.widgets.kwic_list import KwicList
from tui.widgets.lines import LineList

T = TypeVar("T")
Report = Callable[[int, int], bool]
"""Hears how much of how much is done; says whether to go on."""
_PATIENCE = 0.4
"""Seconds after which a person is told that it takes a while."""


@dataclass(slots=True)
class Hit:
    """A place that is to be read."""

    article_id: int
    start: int
    end: int
    claim_id: str | None


@dataclass(slots=True)
class ConcordanceState:
    """What was asked for last, so that the view opens as it was left."""

    found: Concordance = field(default_factory=Concordance)
    cursor: int = 0
    hit: Hit | None = None
    """Where to read on, when the view is left with enter."""
    changed: bool = False
    """Whether claims were decided on."""


def _number(number: int | None, what: str, *, more: bool = False) -> str:
    if number is None:
        return f"… {what}s"
    return f"{number:,}{'+' if more else ''} {what}{'' if number == 1 else 's'}"


class ConcordanceScreen(OverviewScreen):
    """Words or claims of the whole library, one a line; what is listed can be labelled at once."""

    DEFAULT_CSS = "ConcordanceScreen LineList { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.CONCORDANCE)
    CONTEXT = Context.CONCORDANCE

    def __init__(self, home: DecidingScreen, state: ConcordanceState) -> None:
        super().__init__(home)
        self.state = state
        state.hit, state.changed = None, False
        self._list = KwicList()
        self._counting: Worker[None] | None = None
        self._stop: threading.Event | None = None
        """Set, it ends what is being done; None while nothing is."""

    def hint(self) -> str:
        """What to ask, as long as nothing was."""
        return self.HINT if self.state.found.typed else "{ask} asks for words or for claims"

    def body(self) -> Iterable[Widget]:
        """The lines."""
        yield self._list

    def heading(self) -> tuple[str, str]:
        """What was asked for; how much there is."""
        found = self.state.found
        if not found.typed:
            return "Concordance", ""
        number = len(found.lines)
        order = "" if found.order is LineOrder.POSITION else f" · by {found.order}"
        if found.claims:
            return (
                f"Claims: {found.typed}",
                f"{_number(found.total, 'claim', more=found.more)}{order}",
            )
        so_far = "" if found.done else " so far"
        whose = _number(found.total, "claim" if found.of_claims else "article", more=found.more)
        return (
            f"Words: {found.typed}",
            f"{_number(number, 'place')}{so_far} in {whose}{order}",
        )

    async def fetch(self) -> None:
        """Show what was asked for before, or ask."""
        if self.state.found.typed:
            self._show()
            self._list.go_to(self.state.cursor, tell=False)
            self.tell(messages.CONCORDANCE_HINT)
            if self.state.found.total is None:
                self._counting = self.run_worker(self._count(), group="count", exit_on_error=False)
        else:
            self._show()
            self.action_ask()

    def _show(self) -> None:
        found = self.state.found
        self._list.show(concordance.ordered(found.lines, found.order), found.typed)
        self.show_heading()

    # Asking

    @work(exclusive=True, group="ask")
    async def action_ask(self) -> None:
        """Ask for words or claims."""
        value, wrong = self.state.found.typed, ""
        while True:
            typed = await ask_query(self.app, "Find:", value, wrong=wrong, replace=True)
            if typed is None or await self._ask(typed):
                return
            value, wrong = typed, displayed(self._said[0])

    async def _ask(self, typed: str, *, claims: bool | None = None) -> bool:
        found = await self._slowly(
            "Searching", lambda library, report: concordance.asked(library, typed, claims=claims)
        )
        if found is None:
            return False
        self.state.found = found
        self._show()
        self._list.go_to(0, tell=False)
        self.tell(messages.CONCORDANCE_HINT if found.lines else "Nothing fits.")
        self._counting = self.run_worker(self._count(), group="count", exit_on_error=False)
        return True

    async def _count(self) -> None:
        found = self.state.found
        with suppress(StoreError):  # stopped, because something else was asked for
            total, more = await self.home.work.run(
                lambda library: concordance.counted(library, found)
            )
            if self.state.found.typed == found.typed and self.is_attached:
                self.state.found.total, self.state.found.more = total, more
                self.show_heading()

    def _leave_counting(self) -> None:
        """What a person asks for does not wait for the count."""
        if self._counting is not None and not self._counting.is_finished:
            self.home.work.interrupt()

    @work(exclusive=True, group="ask")
    async def action_lines_or_claims(self) -> None:
        """Show the claims with these words, or the places of the words."""
        found = self.state.found
        if found.typed and await self._ask(found.typed, claims=not found.claims):
            now = self.state.found
            if now.claims == found.claims:
                self.tell("No words and no fields of claims: its hits are all claims there.")

    @on(LineList.Moved, "#kwic")
    def _moved(self, message: LineList.Moved) -> None:
        self.state.cursor = message.index
        found = self.state.found
        if not found.done and self._stop is None and message.index > len(found.lines) - 100:
            self.run_worker(self._more(), exclusive=True, group="more", exit_on_error=False)

    async def _more(self) -> None:
        found = self.state.found
        if found.order is not LineOrder.POSITION:
            return  # what was sorted stays as it is
        # In blind mode what comes back is another object, with less in it.
        longer = await self._slowly(
            "Reading on", lambda library, report: concordance.more(library, found)
        )
        if longer is not None and self.state.found is found:
            self.state.found = longer
            self._show()

    # Order

    @work(exclusive=True, group="ask")
    async def action_order_lines(self) -> None:
        """Sort the lines."""
        found = self.state.found
        words = {
            LineOrder.POSITION: ("p", "as they stand"),
            LineOrder.LEFT: ("l", "by who says it" if found.claims else "by the words before"),
            LineOrder.RIGHT: ("r", "by their words" if found.claims else "by the words behind"),
            LineOrder.OUTLET: ("o", "by outlet"),
            LineOrder.DATE: ("d", "newest first"),
        }
        if self.home.work.blind:
            del words[LineOrder.OUTLET]
        options = [Option(key, label, order.value) for order, (key, label) in words.items()]
        picked = await self.app.push_screen_wait(
            PickScreen("Sort the lines", options, self.palette, found.order.value)
        )
        if picked is None:
            return
        found.order = LineOrder(picked)
        if found.order is not LineOrder.POSITION and not found.done:
            gathered = await self._slowly(
                "Gathering lines",
                lambda library, report: concordance.gather(
                    library, found, lambda number: report(number, concordance.MOST)
                ),
            )
            self.state.found = found = gathered or found
        self._show()
        self._list.go_to(0, tell=False)
        number = len(found.lines)
        self.tell(
            f"Sorted {words[found.order][1]}."
            if found.done
            else f"The first {number:,} lines, sorted {words[found.order][1]}."
        )

    # Labelling

    @work(exclusive=True, group="ask")
    async def action_label_all(self) -> None:
        """Do one thing to all claims of the list."""
        home, found = self.home, self.state.found
        if home.opened is None or home.opened.readonly:
            await self.refuse(messages.READ_ONLY, Expects.KEY, error=True)
            return
        if found.typed and not found.of_claims:
            # Places in texts are no claims: what is to be labelled is listed first.
            if not await self._ask(found.typed, claims=True):
                return
            found = self.state.found
        where = found.where
        preview = await self._slowly("Counting", lambda library, report: Preview.of(library, where))
        if preview is None:
            return
        if not found.typed or not preview.claims:
            await self.refuse("No claim fits: there is nothing to label.", Expects.KEY)
            return
        sides = {side.id: f"{side.tag} {side.name}" for side in home.sides}
        label = await ask_label(self.app, self.palette, sides, preview.claims)
        if label is None or not await confirm(self.app, self.palette, label, preview):
            self.tell("Nothing was changed.")
            return
        await self._decide(
            label.words, lambda library, report: label.apply(library, where, _or_stop(report))
        )

    @work(exclusive=True, group="ask")
    async def action_undo_here(self) -> None:
        """Take back the last step, however many claims it was about."""
        await self._decide("Undo", lambda library, report: library.decisions.undo(_or_stop(report)))

    @work(exclusive=True, group="ask")
    async def action_redo_here(self) -> None:
        """Take the undone step again."""
        await self._decide("Redo", lambda library, report: library.decisions.redo(_or_stop(report)))

    async def _decide(self, words: str, task: Callable[[Library, Report], Outcome | None]) -> None:
        if self.home.opened is None or self.home.opened.readonly:
            self.tell(messages.READ_ONLY, error=True)
            return
        failed = object()
        outcome = await self._slowly(words, task, failed)
        if outcome is failed:
            return
        if not isinstance(outcome, Outcome):
            self.tell("There is nothing to take back." if words == "Undo" else "Nothing to redo.")
            return
        self.state.changed = True
        cursor, said = self.state.cursor, outcome.words[:1].upper() + outcome.words[1:]
        if self.state.found.typed:
            found, order = self.state.found, self.state.found.order
            await self._ask(found.typed, claims=found.claims)
            self.state.found.order = order
            self._show()
            self._list.go_to(cursor, tell=False)
        self.tell(f"{said}. {self.home.keys.key('undo-here')} takes it back.")

    # Slow work

    async def _slowly(
        self, words: str, task: Callable[[Library, Report], T], failed: object = None
    ) -> T | None:
        """Have the store do a thing; says how far it is, and esc stops it."""
        self._leave_counting()
        stop = self._stop = threading.Event()
        loop = asyncio.get_running_loop()

        def report(done: int, total: int) -> bool:
            if not stop.is_set():
                loop.call_soon_threadsafe(self._tell_progress, stop, words, done, total)
            return not stop.is_set()

        waiting = loop.call_later(_PATIENCE, self._tell_progress, stop, words, 0, 0)
        try:
            return await self.home.work.run(lambda library: task(library, report))
        except StoreError as problem:
            self.tell(str(problem), error=not isinstance(problem, Stopped))
            return failed  # type: ignore[return-value]
        finally:
            waiting.cancel()
            self._stop = None

    def _tell_progress(self, stop: threading.Event, words: str, done: int, total: int) -> None:
        if self._stop is stop and self.is_attached:
            far = f" {done:,} of {total:,}" if total else ""
            self.tell(f"{words} …{far}   esc stops")

    # Leaving

    def action_view_open(self) -> None:
        """Read the place under the cursor."""
        if self._stop is None and self._list.count:
            line = self._list.lines[self._list.cursor]
            claim_id = line.record.id if line.record else None
            self.state.cursor = self._list.cursor
            self._leave_counting()
            self.state.hit = Hit(line.article_id, line.start, line.end, claim_id)
            self.go_to(None)

    def action_elsewhere(self, command_id: str) -> None:
        """Close the view, and go to another; what is being done is stopped first."""
        if self._stop is not None:
            self.tell("{view-leave} stops this first.")
        else:
            self._leave_counting()
            super().action_elsewhere(command_id)

    def action_view_leave(self) -> None:
        """Stop what is being done; else back to where you were."""
        if self._stop is not None:
            self._stop.set()
            self.home.work.interrupt()
        else:
            self._leave_counting()
            super().action_view_leave()


def _or_stop(report: Report) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        if not report(done, total):
            raise Stopped("Stopped; nothing was changed.")

    return tell
