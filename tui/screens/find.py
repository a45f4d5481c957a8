"""A menu of many things over the screen: what is typed narrows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, repeat
from string import ascii_lowercase
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from claims.text import searchable
from tui.screens.pick import Option, PickList, PickScreen
from tui.screens.prompt import Line
from tui.widgets.lines import LineList

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App

    from tui.themes import Palette

_MOST_KEYS = 20
"""Lines of a menu in which a letter each is still found faster than typed."""
NO_LIMIT = "0"
"""The key of the line that takes a limit away, in menus with the keys of `menu_keys`."""
_HINT = "type to narrow · ↑ ↓ and enter take · esc cancels"


def menu_keys() -> Iterator[str]:
    """A letter or digit for each line of a menu; lines beyond those have none."""
    return chain(ascii_lowercase + "123456789", repeat(" "))


def narrowed(options: Sequence[Option], typed: str) -> list[Option]:
    """The options that have every typed word in their label or help, those that begin so first."""
    words = searchable(typed).split()
    found = []
    for option in options:
        label = searchable(option.label)
        if all(word in f"{label} {searchable(option.help)}" for word in words):
            begins = bool(words) and any(part.startswith(words[0]) for part in label.split())
            found.append((not begins, option))
    return [option for _, option in sorted(found, key=lambda one: one[0])]


class FindScreen(ModalScreen[str | None]):
    """Asks for one of many things; gives its value, or None when cancelled."""

    DEFAULT_CSS = """
    FindScreen { align: center bottom; background: $background 0%; }
    FindScreen > Vertical {
        width: 100%; max-width: 84; height: auto; max-height: 90%;
        background: $panel; border: round $primary; padding: 0 1;
    }
    FindScreen Horizontal { height: 1; }
    FindScreen #question { width: auto; padding: 0 1 0 0; text-style: bold; color: $accent; }
    FindScreen Input { width: 1fr; border: none; height: 1; padding: 0; background: $panel; }
    FindScreen #options { background: $panel; }
    FindScreen #hint { color: $text-muted; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel"),
        Binding("down", "move(1)", "down"),
        Binding("up", "move(-1)", "up"),
        Binding("pagedown", "move(10)", "page down"),
        Binding("pageup", "move(-10)", "page up"),
    ]

    def __init__(
        self,
        question: str,
        options: Sequence[Option],
        palette: Palette,
        current: str | None = None,
    ) -> None:
        super().__init__()
        self._question, self._palette, self._current = question, palette, current
        self._options = [replace(option, key=" ") for option in options]

    def compose(self) -> ComposeResult:
        """What is asked and typed, the options that fit, a hint."""
        with Vertical():
            with Horizontal():
                yield Static(f"{self._question}:", id="question", markup=False)
                field = Line(compact=True)
                field.cursor_blink = False
                yield field
            options = PickList(self._options, self._palette)
            options.can_focus = False
            options.styles.height = self._rows
            yield options
            yield Static(_HINT, id="hint", markup=False)

    def on_mount(self) -> None:
        """Ready to type, at what is set now."""
        self.query_one(Input).focus()
        for index, option in enumerate(self._options):
            if option.value == self._current:
                self._list.go_to(index, tell=False)

    def on_resize(self) -> None:
        """The options take what the rest leaves."""
        self._list.styles.height = self._rows

    @property
    def _list(self) -> PickList:
        return self.query_one(PickList)

    @property
    def _rows(self) -> int:
        return max(1, min(len(self._options), self.app.size.height * 9 // 10 - 4))

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._list.show(narrowed(self._options, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the line under the cursor."""
        event.stop()
        if not self._list.options:
            self.query_one(Line).given = False
        else:
            self._answer(self._list.options[self._list.cursor].value)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A click chooses its line."""
        self._answer(self._list.options[message.index].value)

    def action_move(self, step: int) -> None:
        """Some lines on or back."""
        self._list.go_to(self._list.cursor + step)

    def action_cancel(self) -> None:
        """Choose nothing."""
        self._answer(None)

    def _answer(self, value: str | None) -> None:
        if self.is_current:
            self.dismiss(value)


async def choose(
    app: App[Any],
    question: str,
    options: Sequence[Option],
    palette: Palette,
    current: str | None = None,
) -> str | None:
    """One of these: by a key each, or where there are too many for that, by typing."""
    kind = PickScreen if len(options) <= _MOST_KEYS else FindScreen
    return await app.push_screen_wait(kind(question, options, palette, current))
