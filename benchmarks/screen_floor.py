"""The least that a Textual program can do: the same rows of text in a bare `ScrollView`.

    python -m benchmarks.screen_floor FILE [--commit LIBRARY]

`benchmarks.screen` measures it beside the reader, in the same run, because a time in milliseconds
says more about the machine than about the program. `j` goes to the next sentence, `l` two on, `a`
writes one row to an SQLite file as durably as the reader does and then goes on like `l`, space is
a page down, `t` opens a dialog of one line and escape closes it, `q` ends.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

_CURRENT = Style(reverse=True)
_WIDTH = 48


class Dialog(ModalScreen[None]):
    """One line over the text."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "close")]

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("A dialog")


class Text(ScrollView, can_focus=True):
    """The rows of a text, one sentence in reverse."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "go(1)", "next"),
        ("l", "go(2)", "further"),
        ("a", "commit", "commit"),
        ("space", "page", "page"),
        ("g", "go(-1000000)", "top"),
        ("z", "go(-2)", "back"),
    ]

    def __init__(self, text: str, database: Path | None) -> None:
        super().__init__()
        self.text, self.database = text, database
        self.rows: list[tuple[int, int]] = []
        for line in re.finditer(r"[^\n]*\n?", text):
            start, end = line.start(), len(line[0].rstrip("\n")) + line.start()
            while end - start > _WIDTH:
                cut = text.rfind(" ", start, start + _WIDTH + 1)
                self.rows.append((start, cut))
                start = cut + 1
            self.rows.append((start, end))
        self.starts = [start for start, _ in self.rows]
        self.sentences = [found.span() for found in re.finditer(r"[^\n.]+\.", text)]
        self.current = 0
        self.virtual_size = Size(0, len(self.rows))

    def render_line(self, y: int) -> Strip:
        """One row: before, in and after the current sentence."""
        row = y + self.scroll_offset.y
        if row >= len(self.rows):
            return Strip.blank(self.size.width, self.rich_style)
        (start, end), (low, high) = self.rows[row], self.sentences[self.current]
        low, high = min(max(low, start), end), min(max(high, start), end)
        base, text = self.rich_style, self.text
        here = low < high
        parts = [
            Segment("▶ " if here else "  ", base),
            Segment(text[start:low], base),
            Segment(text[low:high], base + _CURRENT),
            Segment(text[high:end], base),
        ]
        width = self.scrollable_content_region.width
        # Something at the right edge, so that a window of another width is seen to differ.
        return Strip.join(
            [Strip(parts).adjust_cell_length(width - 1, base), Strip([Segment("·", base)])]
        )

    def _refresh_current(self) -> range:
        start, end = self.sentences[self.current]
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        self.refresh_lines(first, last - first + 1)
        return range(first, last + 1)

    def action_go(self, step: int) -> None:
        """Some sentences on."""
        self._refresh_current()
        self.current = max(0, min(self.current + step, len(self.sentences) - 1))
        rows = self._refresh_current()
        height, y = self.size.height, self.scroll_offset.y
        if rows.stop > y + height:
            self.scroll_to(y=rows.stop - height, animate=False, immediate=True)
        elif rows.start < y:
            self.scroll_to(y=rows.start, animate=False, immediate=True)

    def action_page(self) -> None:
        """One page down, with the current sentence."""
        y = self.scroll_offset.y + self.size.height
        self.scroll_to(y=y, animate=False, immediate=True)
        self._refresh_current()
        at = self.starts[min(self.scroll_offset.y, len(self.rows) - 1)]
        self.current = bisect_right(self.sentences, (at, at))
        self._refresh_current()

    def action_commit(self) -> None:
        """One row on disk, then on."""
        import sqlite3

        if self.database is not None:
            if not hasattr(self, "_connection"):
                self._connection = sqlite3.connect(self.database, isolation_level=None)
                self._connection.execute("PRAGMA journal_mode=WAL")
                self._connection.execute("PRAGMA synchronous=FULL")
                self._connection.execute("CREATE TABLE IF NOT EXISTS floor (row TEXT)")
            self._connection.execute("INSERT INTO floor VALUES (?)", ("decision " * 100,))
        self.action_go(2)


class Floor(App[None]):
    """Nothing but the text."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "quit"), ("t", "dialog", "dialog")]

    def compose(self) -> ComposeResult:
        """The text."""
        database = Path(sys.argv[3]) if len(sys.argv) > 3 else None
        yield Text(Path(sys.argv[1]).read_text(encoding="utf-8"), database)

    def action_dialog(self) -> None:
        """Open it."""
        self.push_screen(Dialog())


if __name__ == "__main__":
    Floor().run()
