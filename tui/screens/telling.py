"""The first and the last line of the screen, and what the store says when it cannot."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len
from rich.style import Style
from textual.screen import Screen

from claims.text import displayed
from store.errors import StoreError
from store.wording import day
from tui import messages
from tui.claim_index import ClaimIndex
from tui.filtering import Chosen
from tui.highlight import Colouring
from tui.keymap import Keymap, keys_of
from tui.screens.refusal import Expects, refuse
from tui.themes import Depth, Palette
from tui.widgets.lines import fit
from tui.widgets.words import Words

if TYPE_CHECKING:
    from store.records import Progress
    from tui.widgets.reader import Page
    from tui.work import Opened, Work

T = TypeVar("T")
_ROOM_FOR_LIBRARY = 100
"""Columns from which the title line also shows the progress of the library."""


class TellingScreen(Screen[None]):
    """A screen that says what is open, how much is decided, and what a key did."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work
        self.opened: Opened | None = None
        self.palette = Palette(dark=True, depth=Depth.NONE, foreground="", background="", accent="")
        self.page: Page | None = None
        self.progress: Progress | None = None
        """How much of the whole library is decided."""
        self.index = ClaimIndex()
        """All claims of the article, as the annotator sees them."""
        self.chosen = Chosen()
        self.colouring = Colouring.TYPE
        self._said = ("", False)
        """The last words of the status line, and whether they told of an error."""

    def show_title(self) -> None:
        """The line at the top: the program, the article, how much is decided."""
        width = max(20, self.size.width - 2)
        right = self._progress_words()
        left, about = "warreader", list[str]()
        if self.page is not None:
            summary = self.page.article.summary
            about = [part for part in (summary.outlet or "", day(summary.date)) if part]
            left = displayed(summary.title)
        room = width - cell_len(right) - 2
        # Whole or not at all; the title itself is cut where it must be.
        while about and cell_len(left) + 2 + cell_len(displayed(" · ".join(about))) > room:
            about.pop()
        left = fit(left + (f"  {displayed(' · '.join(about))}" if about else ""), room)
        gap = " " * (room - cell_len(left) + 2)
        line = [(left + gap, Style(bold=True)), (right, Style(bold=True) + self.palette["accent"])]
        self.query_one("#title", Words).show([line])

    def _progress_words(self) -> str:
        parts = []
        if self.opened and self.opened.readonly:
            parts.append("READ-ONLY")
        if self.work.blind:
            parts.append("BLIND")
        if self.opened and len(self.opened.annotators) > 1:
            parts.append(displayed(self.opened.annotator))
        if self.page is not None:
            parts.append(f"{self.index.decided}/{len(self.index)} decided")
        if self.progress is not None and self.size.width >= _ROOM_FOR_LIBRARY:
            parts.append(f"library {self.progress.decided:,}/{self.progress.claims:,}")
        return "  ".join(parts)

    def refresh_progress(self) -> None:
        """Count what is decided in the whole library; the count is shown when it comes."""

        async def count() -> None:
            progress = await self.ask_store(self.work.run(lambda library: library.progress()))
            if progress is not None:
                self.progress = progress
                self.show_title()

        self.run_worker(count(), exclusive=True, group="progress", exit_on_error=False)

    @property
    def keys(self) -> Keymap:
        """The keys in force."""
        return keys_of(self.app)

    def say(self, words: str) -> str:
        """Our own words, with the keys that the commands in them have."""
        return self.keys.fill(words) if isinstance(words, messages.WithKeys) else words

    def tell(self, words: str, *, error: bool = False) -> None:
        """Say something in the status line."""
        self._said = (self.say(words), error)
        self._show_said()
        if error:
            self.app.bell()

    async def refuse(self, words: str, expects: Expects, *, error: bool = False) -> None:
        """Say why a key cannot be answered, and take the answer that is typed behind it."""
        self.tell(words, error=error)
        await refuse(self.app, self.say(words), expects)

    def _show_said(self) -> None:
        words, error = self._said
        where = f"filter: {self.chosen.words(self.palette.codebook)}" if self.chosen else ""
        by = f"colours: {self.colouring}"
        right = "  ".join(part for part in (displayed(where), by) if part)
        width = max(20, self.size.width - 2)
        room = max(10, width - cell_len(right) - 2)
        said = fit(displayed(words.replace("\n", " ")), room)
        style = self.palette["sign.rejected"] if error else self.palette["text"]
        gap = " " * max(2, width - cell_len(said) - cell_len(right))
        self.query_one("#status", Words).show(
            [[(said + gap, style), (right, self.palette["muted"])]]
        )

    async def ask_store(self, asked: Awaitable[T]) -> T | None:
        """Wait for the store; what goes wrong there is said in the status line."""
        try:
            return await asked
        except StoreError as problem:
            self.tell(str(problem), error=True)
            return None
