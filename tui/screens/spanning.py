"""Moving the ends of a claim's spans: keys at the foot, the reader above shows every step."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from claims.text import displayed
from tui.bindings import bindings
from tui.commands import Context
from tui.spans import SpanEdit


class SpanScreen(ModalScreen[SpanEdit | None]):
    """Gives the spans as they were left, or None when cancelled."""

    DEFAULT_CSS = """
    SpanScreen { align: left bottom; background: $background 0%; }
    SpanScreen > Vertical { height: auto; background: $panel; border-top: solid $accent; }
    SpanScreen #span { height: 2; padding: 0 1; }
    SpanScreen Footer { dock: none; }
    """
    BINDINGS = bindings(Context.SPAN)

    def __init__(self, edit: SpanEdit, preview: Callable[[SpanEdit], None]) -> None:
        super().__init__()
        self.edit = edit
        self._preview = preview

    def compose(self) -> ComposeResult:
        """What moves, and the keys."""
        with Vertical():
            yield Static(id="span", markup=False)
            yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Say what moves."""
        self._show()

    def _take(self, edit: SpanEdit) -> None:
        self.edit = edit
        self._show()
        self._preview(edit)

    def _show(self) -> None:
        edit, span = self.edit, self.edit.current
        line = Text()
        line.append(f"{edit.part} ", "bold")
        line.append(f"{'end' if edit.at_end else 'start'} moves   ")
        line.append(edit.note, "italic")
        line.append("\n")
        if span is not None:
            words = displayed(span.of(edit.text).replace("\n", " "))
            room = max(20, self.size.width - 4)
            if len(words) > room:
                words = "…" + words[-room:] if edit.at_end else words[:room] + "…"
            line.append(words, "underline")
        self.query_one("#span", Static).update(line, layout=False)

    def action_word_right(self) -> None:
        """A word on."""
        self._take(self.edit.word(1))

    def action_word_left(self) -> None:
        """A word back."""
        self._take(self.edit.word(-1))

    def action_char_right(self) -> None:
        """A character on."""
        self._take(self.edit.character(1))

    def action_char_left(self) -> None:
        """A character back."""
        self._take(self.edit.character(-1))

    def action_other_end(self) -> None:
        """The other end moves."""
        self._take(self.edit.other_end())

    def action_next_part(self) -> None:
        """Source, cue or content."""
        self._take(self.edit.next_part())

    def action_next_fragment(self) -> None:
        """The next fragment."""
        self._take(self.edit.next_fragment())

    def action_drop_part(self) -> None:
        """Remove the fragment."""
        self._take(self.edit.drop())

    def action_save_span(self) -> None:
        """Keep the spans."""
        self.dismiss(self.edit)

    def action_cancel_span(self) -> None:
        """Leave them as they were."""
        self.dismiss(None)
