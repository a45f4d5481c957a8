"""Disputes: claims of rivals side by side, why they stand there, and one key for the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import BindingType
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from claims.text import displayed
from store import disputes
from store.disputes import RIVALS, Dispute
from store.records import Verdict
from store.wording import speaker
from tui import messages
from tui.bindings import bindings
from tui.commands import Context
from tui.rivals import pair_text
from tui.screens.overview import OverviewScreen
from tui.screens.pick import Option, PickScreen, free_key
from tui.screens.refusal import Expects, RefusalScreen
from tui.widgets.lines import LineList
from tui.widgets.paged import PagedList
from tui.widgets.pair_list import PairList

if TYPE_CHECKING:
    from store.db import Library
    from store.passages import Context as Around
    from tui.comparing import Comparing
    from tui.screens.deciding import DecidingScreen

_RELATIONS: dict[str, tuple[str, ...]] = {
    "disputes": RIVALS,
    "contradicts": ("contradicts",),
    "denies": ("denies",),
    "corroborates": ("corroborates",),
    "updates": ("updates",),
    "repeats": ("repeats",),
    "all": (),
}
_MEANING = {
    "disputes": "what contradicts or denies another claim",
    "contradicts": "both cannot hold",
    "denies": "one says that the other is false",
    "corroborates": "another voice tells the same",
    "updates": "a newer figure of the same voice",
    "repeats": "the same words, relayed",
    "all": "every pair",
}
_COMMANDS = {Verdict.UPDATES: "later"}
"""The commands that give a verdict, where they are not called as it."""
_AROUND = 200
"""Characters of the text before and after a claim."""


@dataclass
class DisputesState:
    """Which pairs are listed, and where the cursor is."""

    relation: str = "disputes"
    undecided: bool = False
    cursor: int = 0


class DisputesScreen(OverviewScreen):
    """Pairs of claims that the machine set side by side, and what a person says of them."""

    DEFAULT_CSS = """
    DisputesScreen PairList { height: 1fr; min-height: 3; }
    DisputesScreen #pair { height: 1fr; padding: 0 1; border-top: solid $foreground 30%; }
    DisputesScreen #pair { overflow-y: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.DISPUTES)
    CONTEXT = Context.DISPUTES
    HINT = (
        "{first-claim} {second-claim} read them · {relation} other relations · {dispute-note} note"
    )

    def __init__(self, home: DecidingScreen, state: DisputesState, comparing: Comparing) -> None:
        super().__init__(home)
        self.state, self.comparing = state, comparing
        self._judged: Dispute | None = None
        """The pair that was judged last, as long as nothing else was done; a note may follow."""

    def body(self) -> Iterable[Widget]:
        """The pairs, and the current one side by side."""
        yield PairList(id="pairs")
        yield Static(id="pair", markup=False)

    @property
    def pairs(self) -> PairList:
        """The pairs."""
        return self.query_one(PairList)

    def heading(self) -> tuple[str, str]:
        """Which pairs, which one is current, how far the comparison is."""
        only = ", without your verdict" if self.state.undecided else ""
        count = self.pairs.count
        place = f"{self.pairs.cursor + 1:,} of {count:,}" if count else "none"
        which = "" if self.state.relation == "disputes" else f": {self.state.relation}"
        return f"Disputes{which}{only}", f"{self.comparing.words()}  {place}"

    async def fetch(self) -> None:
        """The pairs, where the cursor was; articles that wait are compared."""
        self.comparing.begin(self.compared)
        await self.list_again()

    async def list_again(self) -> None:
        """List the pairs anew, at the same place."""
        kinds, undecided = _RELATIONS[self.state.relation], self.state.undecided
        place = self.state.cursor

        def asked(library: Library) -> tuple[int, int, list[Dispute]]:
            total = disputes.count(library, kinds=kinds, undecided=undecided)
            first = min(place, max(0, total - 1)) // PairList.PAGE * PairList.PAGE
            return total, first, _page(library, kinds, undecided, first)

        found = await self.ask(asked)
        if found is None or not self.is_attached:
            return
        total, first, page = found
        self.pairs.why_empty = [self.home.keys.fill(words) for words in self._why_empty()]
        self.list_takes(total)
        self.pairs.begin(total)
        self.pairs.supply(first, page)
        self.pairs.go_to(place, tell=False)
        self._show_pair()

    def _why_empty(self) -> tuple[str, ...]:
        if self.comparing.running:
            return ("Comparing the claims of the library; pairs appear as they are found.",)
        if self.state.undecided:
            return ("Every pair of this relation has your verdict.", "{open-only} lists all pairs.")
        if self.comparing.waiting:
            return ("Not all articles are compared yet.", "{compare-again} compares them.")
        return (
            f"No pair of claims: {_MEANING[self.state.relation]}.",
            "{relation} chooses another relation; more articles of the same days bring more.",
        )

    async def compared(self) -> None:
        """The comparison went a step on, or ended."""
        if self.is_attached:
            await self.list_again()
            if self.comparing.problem:
                self.tell(self.comparing.problem, error=True)

    @on(PagedList.PageWanted)
    async def _page_wanted(self, message: PagedList.PageWanted) -> None:
        kinds, undecided = _RELATIONS[self.state.relation], self.state.undecided
        offset = message.offset
        found = await self.ask(lambda library: _page(library, kinds, undecided, offset))
        if found is not None:
            self.pairs.supply(offset, found)
            self._show_pair()

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Another pair is current."""
        self.state.cursor = message.index
        self._judged = None
        self._show_pair()

    def on_resize(self) -> None:
        """The two columns take the new width."""
        super().on_resize()
        self.list_takes(self.pairs.count)
        self.call_after_refresh(self._show_pair)

    def _show_pair(self) -> None:
        self._draw_pair(self.pairs.current)
        self.show_heading()
        self._add_context()

    def _draw_pair(
        self, one: Dispute | None, around: Sequence[Around | None] = (None, None)
    ) -> None:
        pane = self.query_one("#pair", Static)
        size = Size(max(30, self.size.width - 3), pane.size.height or self.size.height // 2)
        text = Text() if one is None else pair_text(one, around, self.palette, size)
        pane.update(text, layout=False)

    @work(exclusive=True, group="around", exit_on_error=False)
    async def _add_context(self) -> None:
        """The words before and after the two claims, when they come."""
        one = self.pairs.current
        if one is None:
            return
        ends = (one.first, one.second)

        def asked(library: Library) -> list[Around]:
            from store.passages import context

            return [context(library, end, around=_AROUND) for end in ends]

        found = await self.ask(asked)
        if found is not None and self.is_attached and self.pairs.current is one:
            self._draw_pair(one, found)

    # Reading

    def action_view_open(self) -> None:
        """Read the claim on the left."""
        self.action_first_claim()

    def action_first_claim(self) -> None:
        """Read the claim on the left."""
        if one := self.pairs.current:
            self.go_to(one.first.place)

    def action_second_claim(self) -> None:
        """Read the claim on the right."""
        if one := self.pairs.current:
            self.go_to(one.second.place)

    # Judging

    async def judge(
        self, verdict: Verdict, note: str | None = None, one: Dispute | None = None
    ) -> None:
        """Keep a verdict on the current pair, or on `one`, and go on to the next.

        With a note nothing is gone on to.
        """
        one = one or self.pairs.current
        if one is None:
            return
        if self.home.opened is not None and self.home.opened.readonly:
            self.tell(messages.READ_ONLY, error=True)
            return
        first, second = one.places
        words = one.note if note is None else note
        outcome = await self.home.decide(
            lambda library: library.decisions.link(*first, second, verdict, words)
        )
        if outcome is None:
            self.tell("That could not be kept.", error=True)
            return
        self._judged = replace(one, verdict=verdict, note=words)
        step = 0 if self.state.undecided or note is not None else 1
        self.state.cursor = min(self.pairs.cursor + step, max(0, self.pairs.count - 1))
        await self.list_again()
        said = f"{verdict.value}: {_named(one)}."
        self.tell(said)
        self.home.tell(said)

    async def action_as_proposed(self) -> None:
        """Judge the pair as it is proposed."""
        one = self.pairs.current
        if one is not None and one.kind in list(Verdict):
            await self.judge(Verdict(one.kind))

    async def action_contradicts(self) -> None:
        """Both cannot hold."""
        await self.judge(Verdict.CONTRADICTS)

    async def action_compatible(self) -> None:
        """Both can hold."""
        await self.judge(Verdict.COMPATIBLE)

    async def action_unrelated(self) -> None:
        """They are not about one thing."""
        await self.judge(Verdict.UNRELATED)

    async def action_later(self) -> None:
        """One is the later state of the other."""
        await self.judge(Verdict.UPDATES)

    async def action_denies(self) -> None:
        """One says that the other is false."""
        await self.judge(Verdict.DENIES)

    async def action_corroborates(self) -> None:
        """One bears the other out."""
        await self.judge(Verdict.CORROBORATES)

    async def action_repeats(self) -> None:
        """One relays the other."""
        await self.judge(Verdict.REPEATS)

    def action_dispute_note(self) -> None:
        """Write a note on the verdict: of this pair, or else on the one just given."""
        # Opened at once and not by a worker: no letter of a note typed fast may be a key here.
        one, before = self.pairs.current, self._judged
        if one is not None and one.verdict is not None:
            self._ask_note(one, one.verdict, "Note:")
        elif before is not None and before.verdict is not None:
            self._ask_note(
                before,
                before.verdict,
                f"Note on the verdict just given, {before.verdict.value}: {_named(before)}",
            )
        elif one is None:
            why = "There is no pair here to write a note on."
            self.tell(why)
            self.app.push_screen(RefusalScreen(why, Expects.LINE))
        else:
            self._ask_verdict_and_note(one)

    def _ask_verdict_and_note(self, one: Dispute) -> None:
        def chosen(picked: str | None) -> None:
            if picked is not None:
                self._ask_note(one, Verdict(picked), f"Note on the verdict {picked}:")

        menu = PickScreen("A note goes with a verdict. Which?", self._verdicts(), self.palette)
        self.app.push_screen(menu, chosen)

    def _ask_note(self, one: Dispute, verdict: Verdict, question: str) -> None:
        from tui.screens.note import NoteScreen  # late: an editor is much to load

        def written(words: str | None) -> None:
            if words is not None and (words, verdict) != (one.note, one.verdict):
                self._keep_note(one, verdict, words)

        self.app.push_screen(NoteScreen(one.note, displayed(question)), written)

    @work(group="dialog")
    async def _keep_note(self, one: Dispute, verdict: Verdict, words: str) -> None:
        await self.judge(verdict, words, one)

    def _verdicts(self) -> list[Option]:
        """The verdicts with the keys that give them, where a menu can have those."""
        taken: set[str] = set()
        commands = {one.id: one for one in self.home.keys.in_context(Context.DISPUTES)}
        options = []
        for verdict in Verdict:
            command = commands[_COMMANDS.get(verdict, verdict.value)]
            letters = [key for key in command.keys if len(key) == 1]
            key = free_key("".join((*letters, verdict.value, ascii_lowercase)), taken)
            options.append(Option(key, verdict.value, verdict.value, command.help))
        return options

    async def _turn(self, back: bool) -> None:
        nothing = messages.NOTHING_TO_UNDO if back else messages.NOTHING_TO_REDO
        outcome = await self.home.decide(
            lambda library: library.decisions.undo() if back else library.decisions.redo()
        )
        self._judged = None
        await self.list_again()
        if outcome is not None:
            self.state.cursor = await self._place_of(outcome.claim_ids)
            self.pairs.go_to(self.state.cursor, tell=False)
            self._show_pair()
        self.tell(outcome.words if outcome else nothing)

    async def _place_of(self, claims: Sequence[str]) -> int:
        """Where a pair with one of these claims stands among those at hand; else the cursor."""
        here = self.pairs.cursor
        for index in range(max(0, here - 25), min(self.pairs.count, here + 25)):
            one = self.pairs.at(index)
            if one and {place.claim_id for place in one.places} & set(claims):
                return index
        return self.pairs.cursor

    async def action_dispute_undo(self) -> None:
        """Take back the last decision."""
        await self._turn(True)

    async def action_dispute_redo(self) -> None:
        """Take the undone decision again."""
        await self._turn(False)

    # Which pairs

    @work(exclusive=True, group="dialog")
    async def action_relation(self) -> None:
        """Choose which relations are listed."""
        options = [
            Option(key, name, name, _MEANING[name])
            for key, name in zip("dcnsura", _RELATIONS, strict=True)
        ]
        picked = await self.app.push_screen_wait(
            PickScreen("Which pairs?", options, self.palette, self.state.relation)
        )
        if picked:
            self.state.relation, self.state.cursor = picked, 0
            await self.list_again()

    async def action_open_only(self) -> None:
        """Only pairs without a verdict, or all."""
        self.state.undecided, self.state.cursor = not self.state.undecided, 0
        await self.list_again()

    async def action_compare_again(self) -> None:
        """Compare all articles anew."""
        await self.comparing.anew(self.compared)
        await self.list_again()

    def action_view_leave(self) -> None:
        """Stop the comparison when it runs; else back to where you were."""
        if self.comparing.running:
            self.comparing.stop()
            self.tell("Stopped comparing; what was found is kept. {compare-again} goes on.")
            self.show_heading()
        else:
            super().action_view_leave()


def _named(one: Dispute) -> str:
    """A pair by who says its claims."""
    return f"{speaker(one.first.claim)} and {speaker(one.second.claim)}"


def _page(library: Library, kinds: Sequence[str], undecided: bool, offset: int) -> list[Dispute]:
    return disputes.page(
        library, kinds=kinds, undecided=undecided, limit=PairList.PAGE, offset=offset
    )
