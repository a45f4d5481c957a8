"""A note of several lines, asked at the foot of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from claims.text import displayed

_ROWS = 10
"""Rows that the note takes at most before it scrolls."""
_HINT = "enter keeps · ctrl+n or ↓: new line · empty removes it · esc cancels"


class NoteArea(TextArea):
    """Takes a note; what a terminal would act on is shown as a visible sign."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "new_line", "new line", show=False),
    ]

    given = False
    """Whether the note was given: keys that are typed behind it are for what comes next."""

    @dataclass
    class Kept(Message):
        """The note is done."""

        text: str

    def get_line(self, line_index: int) -> Text:
        """A line as it is shown: as long as it is, code point for code point."""
        line = super().get_line(line_index)
        line.plain = displayed(line.plain)
        return line

    async def _on_key(self, event: events.Key) -> None:
        """Take Enter in its turn: as a binding it would come after the letters behind it."""
        if self.given or not (self.is_attached and self.screen.is_current):
            event.prevent_default()
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self.given = True
            self.post_message(self.Kept(self.text))
        else:
            await super()._on_key(event)

    def action_new_line(self) -> None:
        """Break the line."""
        self.insert("\n")

    def action_cursor_down(self, select: bool = False) -> None:
        """A row down; below the last one, a new line begins."""
        last = self.cursor_location == self.document.end
        if last and self.document.get_line(self.document.line_count - 1) and not select:
            self.insert("\n")
        else:
            super().action_cursor_down(select)


class NoteScreen(ModalScreen[str | None]):
    """Asks for a note; gives it, or None when cancelled. An empty note is an answer."""

    DEFAULT_CSS = f"""
    NoteScreen {{ align: left bottom; background: $background 0%; }}
    NoteScreen > Vertical {{ height: auto; background: $panel; border-top: solid $primary; }}
    NoteScreen #label {{ padding: 0 1; text-style: bold; color: $accent; }}
    NoteScreen TextArea {{
        height: auto; min-height: 2; max-height: {_ROWS}; border: none; padding: 0 1;
        background: $panel;
    }}
    NoteScreen TextArea:focus {{ border: none; }}
    NoteScreen TextArea .text-area--cursor-line {{ background: $panel; }}
    NoteScreen #hint {{ color: $text-muted; padding: 0 1; height: auto; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel")]

    def __init__(self, note: str, question: str = "Note:") -> None:
        super().__init__()
        self._question = question
        self._note = self._before = note

    def compose(self) -> ComposeResult:
        """The note, and how to end it."""
        with Vertical():
            yield Static(self._question, id="label", markup=False)
            area = NoteArea(self._note, highlight_cursor_line=False)
            area.cursor_blink = False
            yield area
            yield Static(_HINT, id="hint", markup=False)

    def on_mount(self) -> None:
        """Ready to go on at the end of the note."""
        area = self.query_one(NoteArea)
        area.focus()
        area.move_cursor(area.document.end)
        self._before = area.text

    def on_note_area_kept(self, message: NoteArea.Kept) -> None:
        """Give the note, once; what was not changed comes back as it was."""
        if self.is_current:
            self.dismiss(self._note if message.text == self._before else message.text)

    def action_cancel(self) -> None:
        """Give nothing."""
        self.dismiss(None)
