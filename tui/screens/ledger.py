"""The ledger: figures over time for what each side says, as a plot and as a table."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from rich.style import Style
from rich.text import Text
from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from claims.text import displayed
from store import ledger
from store.ledger import REACHES, Asked, Entry, Point, Topic
from store.passages import Context as Around
from store.passages import Passage, context, passage
from tui import plotting
from tui.bindings import bindings
from tui.commands import Context
from tui.periods import period
from tui.screens.claim_list import passage_text
from tui.screens.find import NO_LIMIT, choose, menu_keys
from tui.screens.overview import OverviewScreen
from tui.screens.pick import Option
from tui.screens.prompt import PromptScreen
from tui.screens.refusal import Expects
from tui.widgets.figure_table import FigureTable, figures, heads
from tui.widgets.lines import LineList
from tui.widgets.paged import PagedList

if TYPE_CHECKING:
    from store.db import Library
    from store.sides import SideLook
    from tui.screens.deciding import DecidingScreen

_ALL = "\n"
"""What a menu gives for no limit; no value of a figure holds it."""
_ROOM_FOR_WORDS = 100
"""Columns from which a plot says what it shows."""
_NO_FIGURES = "No claim has a figure yet."
_LEAST_ROWS = 18
"""Rows of a screen that has room for a plot."""
_FOLLOWED = 6
"""Series that a plot tells apart."""


@dataclass
class LedgerState:
    """What the ledger is about, and where the cursor is."""

    asked: Asked | None = None
    cursor: int = 0
    plot: bool = True


class LedgerScreen(OverviewScreen):
    """Figures of one topic: losses killed, prisoners captured, settlements taken."""

    DEFAULT_CSS = """
    LedgerScreen #plot { height: auto; }
    LedgerScreen #heads { height: 1; }
    LedgerScreen FigureTable { height: 1fr; }
    LedgerScreen #around { height: 5; padding: 0 1; border-top: solid $foreground 30%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.LEDGER)
    CONTEXT = Context.LEDGER
    HINT = "{view-open} reads the figure · {ledger-plot} plot · ~ the day is the article's"

    def __init__(self, home: DecidingScreen, state: LedgerState) -> None:
        super().__init__(home)
        self.state = state
        self._points: list[Point] = []
        self._looks: dict[str, SideLook] = {}

    def body(self) -> Iterable[Widget]:
        """Plot, table, the current figure in its sentence."""
        yield Static(id="plot", markup=False)
        yield Static(id="heads", markup=False)
        yield FigureTable(id="table")
        yield Static(id="around", markup=False)

    @property
    def table(self) -> FigureTable:
        """The figures."""
        return self.query_one(FigureTable)

    def heading(self) -> tuple[str, str]:
        """What the figures are of."""
        asked = self.state.asked
        if asked is None:
            return "Ledger", ""
        limits = [
            f"{word} {value or 'unknown'}"
            for word, value in (
                ("said by", asked.side),
                ("losses of", asked.victims),
                ("of", asked.counted),
                ("over", REACHES.get(asked.reach, "") if asked.reach is not None else None),
                ("speaker", asked.speaker),
                ("since", asked.since),
                ("until", asked.until),
            )
            if value is not None
        ]
        topic = Topic(asked.type, asked.measure).words
        return "  ".join([f"Ledger: {topic}", *limits]), figures(self.table.count)

    async def fetch(self) -> None:
        """The figures asked for; at first those of losses, when there are any."""
        asked = self.state.asked
        if asked is None:
            topics = await self.ask(ledger.topics)
            if not topics:
                self.table.why_empty = (
                    _NO_FIGURES,
                    "warreader add FILE puts articles into the library.",
                )
                self.table.begin(0)
                return
            first = ledger.first(topics)
            asked = self.state.asked = Asked(first.type, first.measure)
        await self._list(asked)

    async def _list(self, asked: Asked) -> None:
        place = self.state.cursor
        first = place // FigureTable.PAGE * FigureTable.PAGE

        def found(library: Library) -> tuple[int, list[Entry], list[Point], dict[str, SideLook]]:
            page = ledger.page(library, asked, limit=FigureTable.PAGE, offset=first)
            points = ledger.points(library, asked)
            return ledger.count(library, asked), page, points, ledger.looks(library, asked)

        answer = await self.ask(found)
        if answer is None or not self.is_attached:
            return
        total, page, self._points, self._looks = answer
        self.table.why_empty = (
            "No figure fits.",
            self.home.keys.fill("{ledger-clear} shows all of the topic."),
        )
        self.table.begin(total)
        self.table.supply(first, page)
        self.table.go_to(place, tell=False)
        self.show_heading()
        await self._draw()
        self.call_after_refresh(self._show_heads)  # beside a plot the table has a scrollbar
        await self._show_around()

    def _show_heads(self) -> None:
        words = heads(self.table.scrollable_content_region.width or self.size.width)
        self.query_one("#heads", Static).update(Text(words, self.palette["muted"]), layout=False)

    # The plot

    def on_resize(self) -> None:
        """The plot, the heads and the sentence take the new width."""
        super().on_resize()
        self.call_after_refresh(self._show_heads)
        self._draw_again()

    @work(exclusive=True, group="plot", exit_on_error=False)
    async def _draw_again(self) -> None:
        await self._draw()
        await self._show_around()

    async def _draw(self) -> None:
        pane = self.query_one("#plot", Static)
        height = min(16, self.size.height * 2 // 5)
        pane.display = self.state.plot and not self._why_no_plot()
        if not pane.display:
            return
        await asyncio.to_thread(plotting.load)
        kinds = ledger.series(self._points, most=_FOLLOWED)
        letters = plotting.markers([self._label(*kind) for kind in kinds])
        series = [
            plotting.Series(
                self._label(side, victims),
                letters[self._label(side, victims)],
                self._colour(side),
                [(p.day, p.value) for p in self._points if (p.side, p.victims) == (side, victims)],
            )
            for side, victims in kinds
        ]
        text = Text()
        wide = plotting.is_wide([value for one in series for _, value in one.points])
        scale = ", each line ten times the one below" if wide else ""
        room = self.size.width >= _ROOM_FOR_WORDS
        words = f"largest figure a day, by who says it of whom{scale}" if room else "who of whom"
        text.append(f" {words}: ", self.palette["muted"])
        for one in series:
            text.append(f"{one.marker} ", self._style(one.colour))
            text.append(f"{one.label}  ", self.palette["text"])
        text.truncate(max(10, self.size.width - 1), overflow="ellipsis")
        drawn = plotting.plot(series, max(30, self.size.width - 1), height - 1)
        text.append("\n")
        text.append_text(Text.from_ansi(drawn))
        pane.update(text if drawn else "")

    def _label(self, side: str, victims: str | None) -> str:
        said = self._looks[side].tag if side in self._looks else side
        if victims is None:
            return said
        return f"{said} of {self._looks[victims].tag if victims in self._looks else victims}"

    def _colour(self, side: str) -> plotting.Colour:
        look = self._looks.get(side)
        if look is None:
            return None
        self.palette.of_side(side, look.colour)
        return self.palette.colour(f"look.{side}.{look.colour}")

    @staticmethod
    def _style(colour: plotting.Colour) -> Style:
        if colour is None:
            return Style(bold=True)
        return Style(bold=True, color="#" + bytes(colour).hex())

    async def action_ledger_plot(self) -> None:
        """Show the plot, or only the table."""
        why = self._why_no_plot()
        if why:
            self.tell(why)
            return
        self.state.plot = not self.state.plot
        self.tell("")
        await self._draw()

    def _why_no_plot(self) -> str:
        """Why these figures cannot be drawn here; empty when they can."""
        days = {point.day for point in self._points}
        if len(days) < 2:
            return f"No plot: figures of {'one day' if days else 'no day'}; it takes two or more."
        if self.size.height < _LEAST_ROWS:
            return f"No plot: it takes a terminal of {_LEAST_ROWS} rows or more."
        return ""

    # The table

    @on(PagedList.PageWanted)
    async def _page_wanted(self, message: PagedList.PageWanted) -> None:
        asked, offset = self.state.asked, message.offset
        if asked is None:
            return
        found = await self.ask(
            lambda library: ledger.page(library, asked, limit=FigureTable.PAGE, offset=offset)
        )
        if found is not None and asked == self.state.asked:
            self.table.supply(offset, found)
            await self._show_around()

    async def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Another figure: its sentence is shown."""
        self.state.cursor = message.index
        await self._show_around()

    async def _show_around(self) -> None:
        one = self.table.current
        pane = self.query_one("#around", Static)
        if one is None:
            pane.update("")
            return

        def asked(library: Library) -> tuple[Passage, Around] | None:
            found = passage(library, one.place)
            return None if found is None else (found, context(library, found, around=120))

        found = await self.ask(asked)
        if found is not None:
            text = passage_text(*found, self.palette, self.size.width - 2)
            pane.update(text, layout=False)

    def action_view_open(self) -> None:
        """Read the figure in its sentence."""
        if one := self.table.current:
            self.go_to(one.place)

    # What the figures are of

    async def _narrow(self, asked: Asked) -> None:
        self.state.asked, self.state.cursor = asked, 0
        self.table.cursor = 0
        await self._list(asked)

    @work(exclusive=True, group="dialog")
    async def action_topic(self) -> None:
        """Choose what the figures are of."""
        topics = await self.ask(ledger.topics)
        if topics is None:
            return
        if not topics:
            await self.refuse(_NO_FIGURES, Expects.KEY)
            return
        here = self.state.asked
        options = [
            Option(key, topic.words, str(number), figures(topic.figures))
            for number, (key, topic) in enumerate(zip(menu_keys(), topics, strict=False))
        ]
        current = next(
            (
                str(number)
                for number, topic in enumerate(topics)
                if here is not None and (topic.type, topic.measure) == (here.type, here.measure)
            ),
            None,
        )
        picked = await choose(self.app, "Figures of what", options, self.palette, current)
        if picked is not None:
            topic = topics[int(picked)]
            limits = here or Asked("", "")
            await self._narrow(
                replace(limits, type=topic.type, measure=topic.measure, counted=None)
            )

    async def _choose(self, name: str, question: str) -> None:
        asked = self.state.asked
        if asked is None:
            await self.refuse(_NO_FIGURES, Expects.KEY)
            return
        every: dict[str, Any] = {name: None}
        wide = replace(asked, **every)
        values = await self.ask(lambda library: ledger.choices(library, wide, name))
        if values is None:
            return
        options = [Option(NO_LIMIT, "all", _ALL, "no limit")]
        options += [
            Option(key, _worded(name, value), value, figures(number))
            for key, (value, number) in zip(menu_keys(), values, strict=False)
            if value or name in ("victims", "reach")
        ]
        current = getattr(asked, name)
        picked = await choose(
            self.app, question, options, self.palette, _ALL if current is None else current
        )
        if picked is not None:
            limit: dict[str, Any] = {name: None if picked == _ALL else picked}
            await self._narrow(replace(asked, **limit))

    @work(exclusive=True, group="dialog")
    async def action_ledger_side(self) -> None:
        """Only what one side says."""
        await self._choose("side", "Said by which side")

    @work(exclusive=True, group="dialog")
    async def action_ledger_victims(self) -> None:
        """Only losses of one side."""
        await self._choose("victims", "Whose losses")

    @work(exclusive=True, group="dialog")
    async def action_ledger_counted(self) -> None:
        """Only what is counted so."""
        await self._choose("counted", "Of what")

    @work(exclusive=True, group="dialog")
    async def action_ledger_speaker(self) -> None:
        """Only one speaker."""
        await self._choose("speaker", "Which speaker")

    @work(exclusive=True, group="dialog")
    async def action_ledger_reach(self) -> None:
        """Only figures of a day, of a longer time, or running totals."""
        await self._choose("reach", "Summed over what time")

    @work(exclusive=True, group="dialog")
    async def action_ledger_period(self) -> None:
        """Only figures of a time."""
        asked = self.state.asked
        if asked is None:
            await self.refuse(_NO_FIGURES, Expects.LINE)
            return
        words = await self.app.push_screen_wait(
            PromptScreen(
                "From and to:",
                value=" ".join(day for day in (asked.since, asked.until) if day),
                hint="2024-08 · 2024-08-01 2024-08-31 · 2022..2023-12 · 2024-08.. · empty: all",
            )
        )
        if words is None:
            return
        since, until = period(words)
        if words.strip() and since is None and until is None:
            self.tell(f"{words.strip()!r} is no time; write 2024-08-01..2024-08-31.", error=True)
            return
        await self._narrow(replace(asked, since=since, until=until))

    async def action_ledger_clear(self) -> None:
        """Show all figures of the topic."""
        if self.state.asked is not None:
            await self._narrow(Asked(self.state.asked.type, self.state.asked.measure))


def _worded(name: str, value: str) -> str:
    if name == "reach":
        return REACHES.get(value) or "not told"
    return displayed(value) or "unknown"
