"""Doubtful first: what to ask about next in the whole library, and how right each rule was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from claims.doubt import certainty
from claims.text import displayed
from store import doubtful
from store.passages import Context as Around
from store.passages import Passage, Place, context, passage, passages
from tui.bindings import bindings
from tui.commands import Context
from tui.keymap import keys_of
from tui.screens.claim_list import passage_row, passage_text
from tui.screens.overview import OverviewScreen
from tui.widgets.lines import LineList, Piece, fit

if TYPE_CHECKING:
    from store.db import Library
    from store.doubtful import Doubtful, RuleLine
    from store.records import Progress
    from tui.screens.deciding import DecidingScreen

LENGTH = 60
"""Claims that are chosen at a time."""
_BETWEEN, _CORRECTED = 13, 11
"""Columns of an interval in words, and of how many were corrected, each with a blank before it."""
_BARS = "● the share that was right, ─ where the true share is 95 times in 100"
_ROOM_FOR_RULES = 140
"""Columns from which the names of most rules fit."""


@dataclass
class QueueState:
    """The claims to ask about, and how far one is."""

    queue: list[Doubtful] = field(default_factory=list)
    at: int = 0
    passed: set[Place] = field(default_factory=set)
    """Claims that were skipped; they are not asked about again before the program ends."""
    answered: set[Place] = field(default_factory=set)
    """What was decided when it was asked about, and not taken back since."""
    withdrawn: set[Place] = field(default_factory=set)
    """What was taken back of it."""
    going: bool = False
    """Whether the keys of the main screen follow the queue."""

    @property
    def decided(self) -> int:
        """How many claims were decided when they were asked about."""
        return len(self.answered)

    def turn(self, places: set[Place], *, back: bool) -> None:
        """Decisions on these were taken back, or taken again."""
        source, target = (self.answered, self.withdrawn)[:: 1 if back else -1]
        moved = source & places
        source -= moved
        target |= moved

    @property
    def current(self) -> Doubtful | None:
        """The claim that is asked about."""
        return self.queue[self.at] if self.at < len(self.queue) else None


class QueueList(LineList):
    """The claims to ask about, the first one first."""

    def __init__(self) -> None:
        super().__init__(id="queue")
        self.queue: Sequence[Doubtful] = ()
        self.found: dict[Place, Passage] = {}

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """How sure the machine is of claim and type, by which rule, the claim."""
        assert self.palette is not None
        palette, one = self.palette, self.queue[index]
        here = self.found.get(one.place)
        column = 18 if width < _ROOM_FOR_RULES else 30
        rule = fit(displayed(one.family), column)
        sure = "" if here is None else f"{certainty(here.claim.confidence, here.claim.rule):.0%}"
        lead: list[Piece] = [
            (f"{sure:>4} sure ", palette["accent"]),
            (f"{rule:<{column + 1}}", palette["muted"]),
        ]
        if here is None:
            yield [*lead, ("…", palette["muted"])]
        else:
            yield [*lead, *passage_row(here, palette, max(20, width - column - 11))]

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """When nothing is left to ask about."""
        assert self.palette is not None
        for words in (
            "Nothing is left to ask about: every claim is decided, or the library has none.",
            "warreader add FILE puts articles into the library.",
        ):
            yield ((" " + fit(words, width - 2), self.palette["muted"]),)


class RuleList(LineList):
    """How often each rule was right."""

    def __init__(self) -> None:
        super().__init__(id="rules")
        self.lines: Sequence[RuleLine] = ()

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Rule, right of decided, share with its interval, corrected."""
        assert self.palette is not None
        palette, one = self.palette, self.lines[index]
        share, low, high = one.precision
        bar, column = _columns(width)
        name = fit(displayed(one.rule), column)
        yield (
            (f" {'type' if one.decides == 'type' else 'claim':<6}", palette["muted"]),
            (name + " " * (column + 1 - cell_len(name)), palette["title"]),
            (f"{one.right:>5,} of {one.decided:<6,}", palette["text"]),
            (f"{share:>4.0%} ", palette["accent"]),
            (interval_bar(low, share, high, bar), palette["text"]),
            (f"{f' {low:.0%} to {high:.0%}':<{_BETWEEN}}", palette["muted"]),
            (f"{one.corrected or '':>{_CORRECTED}}", palette["muted"]),
        )

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """When nothing is decided."""
        assert self.palette is not None
        for words in (
            "Nothing is decided yet, so nothing is known of the rules.",
            keys_of(self.app).fill("{rules} goes back to the queue; {view-open} begins to ask."),
        ):
            yield ((" " + fit(words, width - 2), self.palette["muted"]),)


def _columns(width: int) -> tuple[int, int]:
    """How wide the bar and the name of a rule are, so that all of a line fits."""
    bar = 20 if width >= 100 else 10 if width >= 72 else 0
    return bar, max(8, min(26, width - 28 - bar - _BETWEEN - _CORRECTED))


def rule_heads(width: int) -> str:
    """The heads of the columns of the rules."""
    bar, column = _columns(width)
    return (
        f" {'gives':<6}{'rule':<{column + 1}}{'right of':>9}{'share':>11}{'':<{bar}}"
        f" {'between':<{_BETWEEN - 1}}{'corrected':>{_CORRECTED}}"
    )


def interval_bar(low: float, share: float, high: float, size: int = 20) -> str:
    """An interval from 0 to 1 drawn in so many characters, with the share in it."""
    if size < 1:
        return ""
    cells = ["·"] * size
    first, last = (min(size - 1, int(value * size)) for value in (low, high))
    for at in range(first, last + 1):
        cells[at] = "─"
    cells[min(size - 1, int(share * size))] = "●"
    return "".join(cells)


class DoubtfulScreen(OverviewScreen):
    """The queue, or the table of rules; enter begins to ask at the cursor."""

    DEFAULT_CSS = """
    DoubtfulScreen LineList { height: 1fr; }
    DoubtfulScreen #rules, DoubtfulScreen #heads { display: none; }
    DoubtfulScreen.-rules #rules, DoubtfulScreen.-rules #heads { display: block; }
    DoubtfulScreen #heads { height: 1; color: $text-muted; }
    DoubtfulScreen.-rules #queue, DoubtfulScreen.-rules #around { display: none; }
    DoubtfulScreen #around { height: 7; padding: 0 1; border-top: solid $foreground 30%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.DOUBTFUL)
    CONTEXT = Context.DOUBTFUL
    HINT = "{view-open} begins: decide, and the next one comes · {queue-again} asks anew"

    def __init__(self, home: DecidingScreen, state: QueueState) -> None:
        super().__init__(home)
        self.state = state
        self._progress: Progress | None = None

    def body(self) -> Iterable[Widget]:
        """The queue with the current claim in its context; the rules."""
        yield QueueList()
        yield Static(id="around", markup=False)
        yield Static(id="heads", markup=False)
        yield RuleList()

    def hint(self) -> str:
        """How one begins, or what the bars of the rules are."""
        return _BARS if self.has_class("-rules") else self.HINT

    @property
    def queue(self) -> QueueList:
        """The claims to ask about."""
        return self.query_one(QueueList)

    @property
    def rule_list(self) -> RuleList:
        """How right each rule was."""
        return self.query_one(RuleList)

    def list_in_use(self) -> LineList:
        """The queue, or the rules."""
        return self.rule_list if self.has_class("-rules") else self.queue

    def heading(self) -> tuple[str, str]:
        """Which of the two, and how much is decided."""
        left = (
            "Doubtful first: how right the rules were"
            if self.has_class("-rules")
            else "Doubtful first: how sure the machine is"
        )
        progress = self._progress
        if progress is None:
            return left, ""
        now = f"{self.state.decided} now, " if self.state.decided else ""
        return left, f"{now}{progress.decided:,} of {progress.claims:,} claims decided"

    async def fetch(self) -> None:
        """The queue from where it was left, or a new one; the rules."""
        await self._choose(anew=False)

    async def _choose(self, *, anew: bool) -> None:
        state = self.state
        left = [] if anew else state.queue[state.at :]
        skip = set() if anew else set(state.passed)

        def asked(
            library: Library,
        ) -> tuple[list[Doubtful], list[Passage], list[RuleLine], Progress]:
            chosen = left or doubtful.queue(library, limit=LENGTH, skip=skip)
            found = passages(library, [one.place for one in chosen])
            return chosen, found, doubtful.rules(library), library.progress()

        answer = await self.ask(asked)
        if answer is None or not self.is_attached:
            return
        chosen, found, self.rule_list.lines, self._progress = answer
        kept = {one.place: one for one in found if not one.status.decided}
        state.queue = [one for one in chosen if one.place in kept]
        state.at = 0
        self.queue.queue, self.queue.found = state.queue, kept
        self.queue.set_count(len(state.queue))
        self.rule_list.set_count(len(self.rule_list.lines))
        self.show_heading()
        await self._show_around()

    def _show_heads(self) -> None:
        width = self.rule_list.scrollable_content_region.width or self.size.width
        self.query_one("#heads", Static).update(rule_heads(width), layout=False)

    async def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Another claim: it is shown in its context."""
        if message.pane is self.queue:
            await self._show_around()

    def on_resize(self) -> None:
        """The sentence takes the new width."""
        super().on_resize()
        self.call_after_refresh(self._show_heads)
        self._lay_out()

    @work(exclusive=True, group="around", exit_on_error=False)
    async def _lay_out(self) -> None:
        await self._show_around()

    async def _show_around(self) -> None:
        pane = self.query_one("#around", Static)
        if not self.queue.count:
            pane.update("")
            return
        place = self.state.queue[self.queue.cursor].place

        def asked(library: Library) -> tuple[Passage, Around] | None:
            found = passage(library, place)
            return None if found is None else (found, context(library, found))

        found = await self.ask(asked)
        if found is not None:
            text = passage_text(*found, self.palette, self.size.width - 2)
            pane.update(text, layout=False)

    def action_view_open(self) -> None:
        """Begin to ask, at the claim under the cursor."""
        if self.has_class("-rules") or not self.queue.count:
            return
        self.state.at = self.queue.cursor
        self.go_to(self.state.queue[self.state.at].place)

    def action_rules(self) -> None:
        """How often each rule was right, or the queue."""
        self.toggle_class("-rules")
        self.list_in_use().focus()
        self.show_heading()
        self.call_after_refresh(self._show_heads)
        self.tell("")

    async def action_queue_again(self) -> None:
        """Choose anew what to ask about."""
        await self._choose(anew=True)
        self.queue.go_to(0, tell=False)
        self.tell("Chosen anew.")
