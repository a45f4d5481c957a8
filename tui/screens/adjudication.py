"""Adjudication: two annotators side by side over each claim on which they disagree.

One key takes A, B, both or neither, as a decision of whoever adjudicates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from claims.text import displayed
from store import adjudication
from store.adjudication import Case, Take
from store.agreement_words import in_what
from store.annotators import MACHINE
from store.db import Library
from store.outcomes import Outcome
from store.passages import Place
from tui import messages
from tui.bindings import bindings
from tui.commands import Context
from tui.screens.counting import CountingScreen
from tui.screens.deciding import DecidingScreen
from tui.screens.prompt import PromptScreen, names_typed
from tui.two import sides_text
from tui.widgets.lines import LineList, Piece, fit


@dataclass
class AdjudicationState:
    """Between whom, in which article, and where the cursor is."""

    pair: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """The two whom a person chose; empty for those who decided most."""
    article_id: int | None = None
    cursor: int = 0


_ROOM_FOR_WORDS = 90
"""Columns from which a line of the list also shows the words of the claim."""


_MOST_ABOUT = 44
"""Columns of what they differ in, at most, where the words follow."""


class CaseList(LineList):
    """The disagreements, a line each."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.pair: tuple[str, ...] = ()
        self.cases: list[Case] = []
        self.why_empty: Sequence[str] = ("Looking …",)

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Whether it is adjudicated, in what they differ, where."""
        assert self.palette is not None
        case, palette = self.cases[index], self.palette
        where = fit(displayed(case.title), max(8, width // (4 if width > _ROOM_FOR_WORDS else 3)))
        room = max(8, width - cell_len(where) - 16)
        column = min(_MOST_ABOUT, room // 2) if width > _ROOM_FOR_WORDS else room
        about = fit(displayed(in_what(case, self.pair)), column)
        words = ""
        if column < room:
            words = "  " + fit(" ".join(displayed(case.quote).split()), room - column - 2)
            about += " " * (column - cell_len(about))
        done = bool(case.settled)
        yield (
            # A sign beside the colour, for eyes and terminals that see none.
            ("▶" if index == self.cursor else " ", palette["accent"]),
            (f"{'✓' if done else '·'} ", palette["sign.accepted" if done else "sign.proposed"]),
            (f"{'decided' if done else 'open':<8}", palette["muted" if done else "title"]),
            (about, palette["muted" if done else "text"]),
            (words, palette["muted"]),
            (" " * (room - cell_len(about) - cell_len(words) + 2), palette["text"]),
            (where, palette["muted"]),
        )


class AdjudicationScreen(CountingScreen, inherit_bindings=False):
    """The disagreements of two annotators, and one key for what is to stand."""

    DEFAULT_CSS = """
    AdjudicationScreen CaseList { height: 2fr; min-height: 3; }
    AdjudicationScreen #versions {
        height: auto; max-height: 72%; padding: 0 1; border-top: solid $foreground 30%;
        overflow-y: auto;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.ADJUDICATION)
    CONTEXT = Context.ADJUDICATION

    def __init__(self, home: DecidingScreen, state: AdjudicationState, said: str = "") -> None:
        """`said`: what is to be said when the disagreements are listed."""
        super().__init__(home)
        self.state = state
        self._opening = said
        self._texts: dict[int, str] = {}

    def body(self) -> Iterable[Widget]:
        """The disagreements, and the two versions of the current one."""
        yield CaseList(id="cases")
        yield Static(id="versions", markup=False)

    @property
    def cases(self) -> CaseList:
        """The disagreements."""
        return self.query_one(CaseList)

    @property
    def case(self) -> Case | None:
        """The disagreement under the cursor."""
        found = self.cases
        return found.cases[found.cursor] if found.cases else None

    def heading(self) -> tuple[str, str]:
        """Between whom, who adjudicates, how many remain."""
        me = self.home.opened.annotator if self.home.opened else ""
        pair = self.state.pair
        here = " in this article" if self.state.article_id is not None else ""
        left = f"A {pair[0]} · B {pair[1]}" if len(pair) == 2 else ""
        found = self.cases.cases
        remain = sum(not case.settled for case in found)
        return f"Adjudication{here}: {left} · by {me}", f"{remain:,} of {len(found):,} remain"

    async def fetch(self) -> None:
        """List the disagreements, at the place that was left."""
        pair, only = self.state.pair, self.state.article_id

        chosen = () if only is None else (only,)
        found = await self.count(
            lambda library, report: adjudication.cases(library, pair, chosen, report=report)
        )
        if found is None or not self.is_attached:
            return
        pane = self.cases
        pane.pair, pane.cases = pair, found
        pane.why_empty = (
            "They do not disagree on any claim that both of them decided on.",
            self.home.keys.fill("{adjudicate-article} shows all articles, or only this one."),
        )
        pane.set_count(len(found))
        pane.go_to(self.state.cursor, tell=False)
        if self._opening:
            self.call_after_refresh(self.tell, self._opening)
            self._opening = ""
        await self._show_versions()

    def on_resize(self) -> None:
        """The columns take the new width."""
        super().on_resize()
        self.call_after_refresh(self._draw)

    async def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Another disagreement is current."""
        self.state.cursor = message.index
        await self._show_versions()

    async def _show_versions(self) -> None:
        case = self.case
        if case is not None and case.article_id not in self._texts:
            number = case.article_id
            record = await self.ask(lambda library: library.articles.get(number))
            if record is not None:
                self._texts = {number: record.text}
        self._draw()

    def _draw(self) -> None:
        case = self.case
        pane = self.query_one("#versions", Static)
        text = self._texts.get(case.article_id) if case is not None else None
        if case is None or text is None:
            pane.update(Text())
        else:
            pane.update(
                sides_text(case, self.state.pair, text, self.palette, max(40, self.size.width - 3))
            )
        self.show_heading()

    # Deciding

    async def _take(self, take: Take) -> None:
        case = self.case
        if case is None:
            return
        if self.home.opened is not None and self.home.opened.readonly:
            self.tell(messages.READ_ONLY, error=True)
            return
        outcome = await self.home.decide(lambda library: adjudication.decide(library, case, take))
        if outcome is None:
            self.tell("That could not be kept.", error=True)
            return
        names = dict(zip((Take.A, Take.B), self.state.pair, strict=False))
        taken = f"as {names[take]} has it" if take in names else take.value
        await self._settle(case.article_id)
        words = f"Taken: {taken}." if outcome.batch else messages.ALREADY
        self._go_on()
        self.tell(f"{words} {{adjudicate-undo}} takes it back.")

    async def _settle(self, article_id: int) -> None:
        """Ask anew which cases of an article are decided."""
        decided = await self.ask(lambda library: adjudication.decided_in(library, article_id))
        if decided is not None:
            self.cases.cases = [
                case.with_decided(decided) if case.article_id == article_id else case
                for case in self.cases.cases
            ]
            self.cases.refresh()
            self.show_heading()

    def _go_on(self) -> None:
        """To the next that is open, around the end; stays where none is."""
        here, found = self.cases.cursor, self.cases.cases
        for at in [*range(here + 1, len(found)), *range(here)]:
            if not found[at].settled:
                self.cases.go_to(at)
                return

    async def action_take_a(self) -> None:
        """Take the version of A."""
        await self._take(Take.A)

    async def action_take_b(self) -> None:
        """Take the version of B."""
        await self._take(Take.B)

    async def action_take_both(self) -> None:
        """Take both versions."""
        await self._take(Take.BOTH)

    async def action_take_neither(self) -> None:
        """Take neither version."""
        await self._take(Take.NEITHER)

    async def action_edit_by_hand(self) -> None:
        """Take a version where there is none of one's own, and change it in the reader."""
        case = self.case
        if case is None:
            return

        def seen(library: Library) -> list[str]:
            here = case.article_id
            return [name for name in case.ids if library.claims.find(here, name) is not None]

        found = await self.ask(seen)
        if found == []:
            # Only an annotator made it: there must be a claim before it can be changed.
            cursor = self.cases.cursor
            await self._take(Take.A if case.kept[0] else Take.B)
            self.cases.go_to(cursor, tell=False)
            self.state.cursor = cursor
            found = await self.ask(seen)
        if found:
            self.go_to(Place(case.article_id, found[0]))

    def action_view_open(self) -> None:
        """Read the claim in its article."""
        case = self.case
        if case is not None:
            self.go_to(Place(case.article_id, case.ids[0]))

    def action_next_open(self) -> None:
        """The next disagreement that is open."""
        before = self.cases.cursor
        self._go_on()
        if self.cases.cursor == before and (self.case is None or self.case.settled):
            self.tell("Every disagreement is adjudicated.")

    async def _turn(self, back: bool) -> None:
        outcome: Outcome | None = await self.home.decide(
            lambda library: library.decisions.undo() if back else library.decisions.redo()
        )
        if outcome is None:
            self.tell(messages.NOTHING_TO_UNDO if back else messages.NOTHING_TO_REDO)
            return
        for number in outcome.article_ids or (outcome.article_id,):
            await self._settle(number)
        for at, case in enumerate(self.cases.cases):
            if case.article_id == outcome.article_id and set(case.ids) & set(outcome.claim_ids):
                self.cases.go_to(at)
                break
        self.tell(outcome.words)

    async def action_adjudicate_undo(self) -> None:
        """Take back the last decision."""
        await self._turn(back=True)

    async def action_adjudicate_redo(self) -> None:
        """Take the undone decision again."""
        await self._turn(back=False)

    @work(exclusive=True, group="fetch")
    async def action_adjudicate_article(self) -> None:
        """Only the disagreements of this article, or all."""
        case = self.case
        if self.state.article_id is not None:
            self.state.article_id = None
        elif case is not None:
            self.state.article_id = case.article_id
        self.state.cursor = 0
        await self.fetch()
        if case is not None:
            for at, one in enumerate(self.cases.cases):
                if (one.article_id, one.ids) == (case.article_id, case.ids):
                    self.cases.go_to(at)

    @work(exclusive=True, group="dialog")
    async def action_adjudicated_people(self) -> None:
        """Choose between which two to adjudicate."""
        known = await self.ask(lambda library: library.annotators.deciders())
        if known is None:
            return
        me = self.home.opened.annotator if self.home.opened else ""
        others = [name for name in (*known, MACHINE) if name != me]
        words = await self.app.push_screen_wait(
            PromptScreen(
                "Between which two:",
                value=", ".join(self.state.pair),
                hint=displayed(f"two names with a comma between: {', '.join(others)}"),
                replace=True,
            )
        )
        if words is None:
            return
        names = names_typed(words)
        if len(set(names)) != 2:
            self.tell("Two names are needed, with a comma between.", error=True)
            return
        pair = await self.ask(lambda library: adjudication.annotators(library, names))
        if pair is not None:
            self.state.pair = self.state.names = pair
            self.state.article_id, self.state.cursor = None, 0
            await self.fetch()
