"""A list of claims over a view: one line each, the words in their context below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import on, work
from textual.widget import Widget
from textual.widgets import Static

from claims.text import displayed
from store.db import Library
from store.passages import Context as Around
from store.passages import Passage, context
from store.wording import chain, day, speaker
from tui.highlight import type_key
from tui.screens.deciding import DecidingScreen
from tui.screens.overview import OverviewScreen
from tui.themes import Palette
from tui.widgets.lines import LineList, Piece, fit
from tui.widgets.paged import PagedList

Fetch = Callable[[Library, int, int], Sequence[Passage]]
"""The library, a limit and an offset to a part of the list."""


class PassageList(PagedList[Passage]):
    """Claims of many articles, a line each."""

    def rows_of(self, one: Passage, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """State, type, side, who, where, when, words."""
        assert self.palette is not None
        yield passage_row(one, self.palette, width)


def passage_row(one: Passage, palette: Palette, width: int) -> list[Piece]:
    """A claim in one row of at most `width` cells."""
    claim = one.claim
    column = max(8, width // 5)
    who = fit(displayed(speaker(claim)), column)
    who += " " * (column - cell_len(who))
    where = displayed(" ".join(x for x in (one.outlet or "", day(one.date)) if x))
    if cell_len(where) > column:
        where = fit(displayed(one.outlet or day(one.date)), column)
    room = max(0, width - column - cell_len(where) - 12)
    words = fit(displayed(one.words), room)
    return [
        (f"{one.status.sign} ", palette[f"sign.{one.status}"]),
        (f"{palette.codebook[claim.type].letter} ", palette.letter(type_key(claim.type))),
        (f"{one.look.tag:<3}", palette.of_side(claim.side, one.look.colour)),
        (f"{who}  ", palette["title"]),
        (words, palette["text"]),
        (" " * (room - cell_len(words) + 2), Style()),
        (where, palette["muted"]),
    ]


def passage_text(one: Passage, around: Around | None, palette: Palette, width: int) -> Text:
    """Who says it, through whom, where, in one line; its words between those around them."""
    claim, muted = one.claim, palette["muted"]
    text = Text()
    text.append(f"▌{one.look.tag} ", palette.of_side(claim.side, one.look.colour))
    text.append(displayed(chain(claim, one.outlet)), palette["title"])
    about = " · ".join(x for x in (one.title, one.outlet or "", day(one.date)) if x)
    text.append(f"  {displayed(about)}", muted)
    text.truncate(max(10, width), overflow="ellipsis")
    text.append("\n")
    if around is None:
        text.append(displayed(one.words), palette["text"])
        return text
    before, words, after = (displayed(part) for part in around)
    text.append(before, muted)
    text.append(words, palette[type_key(claim.type)] + palette["content"])
    text.append(after, muted)
    return text


class ClaimListScreen(OverviewScreen):
    """The claims behind a number; gives the one that is to be read."""

    DEFAULT_CSS = """
    ClaimListScreen PassageList { height: 1fr; }
    ClaimListScreen #around { height: 7; padding: 0 1; border-top: solid $foreground 30%; }
    """

    def __init__(self, home: DecidingScreen, title: str, total: int, fetch: Fetch) -> None:
        super().__init__(home)
        self._title, self._total, self._fetch = title, total, fetch

    def body(self) -> Iterable[Widget]:
        """The list, and the current claim in its context."""
        yield PassageList(id="passages")
        yield Static(id="around", markup=False)

    def heading(self) -> tuple[str, str]:
        """What the claims are, and how many."""
        return self._title, f"{self._total:,} claim{'' if self._total == 1 else 's'}"

    async def fetch(self) -> None:
        """The first page."""
        self.query_one(PassageList).begin(self._total)

    @on(PagedList.PageWanted)
    async def _page(self, message: PagedList.PageWanted) -> None:
        fetch, size, offset = self._fetch, PassageList.PAGE, message.offset
        found = await self.ask(lambda library: fetch(library, size, offset))
        if found is not None:
            self.query_one(PassageList).supply(offset, found)
            await self._show_around()

    @on(LineList.Moved)
    async def _moved(self, message: LineList.Moved) -> None:
        await self._show_around()

    def on_resize(self) -> None:
        """The sentence takes the new width."""
        super().on_resize()
        self._lay_out()

    @work(exclusive=True, group="around", exit_on_error=False)
    async def _lay_out(self) -> None:
        await self._show_around()

    async def _show_around(self) -> None:
        one = self.query_one(PassageList).current
        if one is None:
            return
        around = await self.ask(lambda library: context(library, one))
        text = passage_text(one, around, self.palette, self.size.width - 2)
        self.query_one("#around", Static).update(text, layout=False)

    def action_view_open(self) -> None:
        """Read the claim in its article."""
        one = self.query_one(PassageList).current
        if one is not None:
            self.go_to(one.place)
