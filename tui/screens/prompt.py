"""One line of text asked at the foot of the screen: a search, a note, a name, a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from claims.text import displayed

_LINE_END = "\u2424"
"""Stands for a line end in a note that has several lines."""
_LEAVE = "esc cancels"


def one_line(words: str) -> str:
    """Words as they stand in the prompt: on one line, with nothing that a terminal acts on."""
    return displayed(words).replace("\n", _LINE_END)


def tags_typed(words: str) -> tuple[str, ...]:
    """The tags of a line, with blanks or commas between them, each once and without its #."""
    found = (word.strip("#") for word in words.replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in found if word))


def names_typed(words: str) -> tuple[str, ...]:
    """The names of a line, with commas between them."""
    return tuple(name.strip() for name in words.split(",") if name.strip())


class Line(Input):
    """An input that shows nothing a terminal acts on, and takes Enter in its turn."""

    given = False
    """Whether the line was given: keys that are typed behind it are for what comes next."""

    def validate_value(self, value: str) -> str:
        """Whatever is set, typed, pasted or suggested."""
        return one_line(value)

    def on_key(self, event: events.Key) -> None:
        """Take Enter in its turn: as a binding it would come after the letters behind it."""
        if self.given or not (self.is_attached and self.screen.is_current):
            event.prevent_default()
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self.given = True
            self.post_message(self.Submitted(self, self.value))


class PromptScreen(ModalScreen[str | None]):
    """Asks for a line; gives it, or None when cancelled. An empty line is an answer."""

    DEFAULT_CSS = """
    PromptScreen { align: left bottom; background: $background 0%; }
    PromptScreen > Vertical { height: auto; background: $panel; border-top: solid $primary; }
    PromptScreen Horizontal { height: 1; }
    PromptScreen #label { width: auto; padding: 0 1; text-style: bold; color: $accent; }
    PromptScreen Input { width: 1fr; border: none; height: 1; padding: 0; background: $panel; }
    PromptScreen Horizontal.-below { padding: 0 1; }
    PromptScreen #hint { color: $text-muted; padding: 0 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel")]

    def __init__(
        self,
        label: str,
        *,
        value: str = "",
        hint: str = "",
        suggestions: Sequence[str] = (),
        replace: bool = False,
    ) -> None:
        """`replace`: what stands is selected, so that typing takes its place."""
        super().__init__()
        self._label, self._value, self._hint = label, value, hint or f"enter keeps · {_LEAVE}"
        self._replace = replace
        self._suggestions = [one_line(words) for words in suggestions]

    def compose(self) -> ComposeResult:
        """Label and input on one row, a hint below."""
        suggester = (
            SuggestFromList(self._suggestions, case_sensitive=False) if self._suggestions else None
        )
        field = Line(self._value, suggester=suggester, compact=True, select_on_focus=self._replace)
        field.cursor_blink = False
        label = Static(self._label, id="label", markup=False)
        # A long question has a row of its own, so that there is room for the answer.
        beside = cell_len(self._label) <= self.app.size.width * 2 // 5
        with Vertical():
            if not beside:
                yield label
            with Horizontal(classes="" if beside else "-below"):
                if beside:
                    yield label
                yield field
            yield Static(
                self._hint if "esc " in self._hint else f"{self._hint} · {_LEAVE}",
                id="hint",
                markup=False,
            )

    def on_mount(self) -> None:
        """Ready to type, over what stands or at its end."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line, once."""
        event.stop()
        if self.is_current:
            given = event.value
            # What was not changed comes back as it was, invisible characters and line ends too.
            self.dismiss(self._value if given == one_line(self._value) else given)

    def action_cancel(self) -> None:
        """Give nothing."""
        self.dismiss(None)
