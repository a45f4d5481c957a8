"""What changed since a time: each claim that is decided otherwise than it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from claims.text import displayed
from store import between, moments
from store.between import Changed
from store.db import Library
from store.history import changes
from store.passages import Place
from store.wording import day_and_time, quote
from tui.bindings import bindings
from tui.commands import Context
from tui.screens.counting import CountingScreen, Report
from tui.screens.deciding import DecidingScreen
from tui.screens.prompt import PromptScreen
from tui.widgets.lines import LineList, Piece, fit, words_in_place


@dataclass
class SinceState:
    """From when to when, and where the cursor is."""

    since: str = "today"
    until: str = "now"
    cursor: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A claim that changed, in words."""

    changed: Changed
    what: str
    words: str


class ChangedList(LineList):
    """Claims that changed, two rows each: who and what, and the words."""

    ITEM_HEIGHT = 2

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.items: Sequence[Line] = ()
        self.why_empty: Sequence[str] = ("Reading the log …",)

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Who, what changed, when; the words and where they stand."""
        assert self.palette is not None
        line, palette = self.items[index], self.palette
        one = line.changed
        when = day_and_time(one.at)
        who = fit(displayed(one.annotator), max(8, width // 5))
        room = max(8, width - cell_len(when) - cell_len(who) - 7)
        what = fit(displayed(line.what), room)
        yield (
            ("  ", palette["text"]),
            (f"{who}  ", palette["accent"]),
            (what, palette["title"]),
            (" " * (room - cell_len(what) + 2), palette["text"]),
            (displayed(when), palette["muted"]),
        )
        yield words_in_place(line.words, one.title, width, palette)


class SinceScreen(CountingScreen):
    """The difference of two times, claim by claim, what changed last first."""

    DEFAULT_CSS = """
    SinceScreen ChangedList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.SINCE)
    CONTEXT = Context.SINCE
    COUNTED = "claims"

    def __init__(self, home: DecidingScreen, state: SinceState) -> None:
        super().__init__(home)
        self.state = state

    def body(self) -> Iterable[Widget]:
        """The claims that changed."""
        yield ChangedList(id="changed")

    @property
    def pane(self) -> ChangedList:
        """The claims that changed."""
        return self.query_one(ChangedList)

    def heading(self) -> tuple[str, str]:
        """From when to when, and how many."""
        number = len(self.pane.items)
        times = f"What changed from {self.state.since} to {self.state.until}"
        return times, f"{number:,} claim{'' if number == 1 else 's'}"

    async def fetch(self) -> None:
        """Read the log."""
        codebook, state = self.palette.codebook, self.state

        def asked(library: Library, report: Report) -> list[Line]:
            now = datetime.now(UTC)
            since = moments.read(state.since, now=now)
            until = moments.read(state.until, end=True, now=now)
            texts: dict[str, str] = {}
            found = []
            for one in between.changed(library, since, until, report=report):
                if one.text_sha256 not in texts:
                    texts = library.articles.texts(one.article_id)
                text = texts[one.text_sha256]
                told = "; ".join(changes(one.before, one.after, text, codebook))
                record = one.after or one.before
                words = quote(text, record.claim.content) if record is not None else ""
                found.append(Line(one, told, words))
            found.reverse()  # of what changed at one moment, the last comes first
            return sorted(found, key=lambda line: moments.logged(line.changed.at), reverse=True)

        found = await self.count(asked)
        if not self.is_attached:
            return
        self.pane.items = found or ()
        self.pane.why_empty = (
            "Nothing is decided otherwise than it was then.",
            self.home.keys.fill("{other-times} names other times."),
        )
        self.pane.set_count(len(self.pane.items))
        self.pane.go_to(self.state.cursor, tell=False)
        self.show_heading()

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Where to come back to."""
        self.state.cursor = message.index

    def action_view_open(self) -> None:
        """Read the claim in its article."""
        if self.pane.items:
            one = self.pane.items[self.pane.cursor].changed
            self.go_to(Place(one.article_id, one.claim_id))

    @work(exclusive=True, group="dialog")
    async def action_other_times(self) -> None:
        """Choose the two times."""
        words = await self.app.push_screen_wait(
            PromptScreen(
                "From, to:",
                value=f"{self.state.since}, {self.state.until}",
                hint="2024-08-14T12:00 (UTC), a day, today, yesterday, now, or 2h, 3d, 1w ago",
                replace=True,
            )
        )
        if words is None or not words.strip():
            return
        since, _, until = (part.strip() for part in words.partition(","))
        until = until or "now"

        def check(library: Library) -> bool:
            return moments.read(since) <= moments.read(until, end=True)

        checked = await self.ask(check)
        if checked is None:
            return
        if not checked:
            self.tell("The second time is before the first.", error=True)
            return
        self.state.since, self.state.until, self.state.cursor = since, until, 0
        await self.fetch()
