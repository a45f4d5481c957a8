"""A small menu over the screen: one key chooses; arrows, Enter and the mouse work too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_letters, digits
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.themes import Palette
from tui.widgets.lines import LineList, Piece, fit

HINT = "press a letter · enter takes the line · esc cancels"


@dataclass(frozen=True, slots=True)
class Option:
    """One line of the menu: the key that chooses it, its words, and what it stands for."""

    key: str
    label: str
    value: str
    help: str = ""
    style_key: str = "title"
    heading: str = ""
    """A heading above the line, where a new group of options begins."""


class PickList(LineList):
    """The lines of a menu."""

    def __init__(self, options: Sequence[Option], palette: Palette) -> None:
        super().__init__(id="options")
        self.options = options
        self.palette = palette
        self._label = max((len(option.label) for option in options), default=0)

    def on_mount(self) -> None:
        """Show the options."""
        self.set_count(len(self.options))

    def show(self, options: Sequence[Option]) -> None:
        """Show other options, from the first one."""
        self.options = options
        self.set_count(len(options))
        self.go_to(0, tell=False)
        self.refresh()

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """Nothing fits what was typed."""
        assert self.palette is not None
        yield (("   nothing fits", self.palette["muted"]),)

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Key, words, explanation."""
        assert self.palette is not None
        option = self.options[index]
        room = width - cell_len(f" {option.key} ") - self._label - 3
        yield (
            (f" {option.key} ", self.palette["accent"]),
            (f" {option.label:<{self._label}}  ", self.palette.letter(option.style_key)),
            (fit(option.help, room), self.palette["muted"]),
        )


class PickScreen(ModalScreen[str | None]):
    """Asks for one of a few things; gives its value, or None when cancelled."""

    DEFAULT_CSS = """
    PickScreen { align: center bottom; background: $background 0%; }
    PickScreen > Vertical {
        width: 100%; max-width: 84; height: auto; max-height: 90%;
        background: $panel; border: round $primary; padding: 0 1;
    }
    PickScreen #question { text-style: bold; height: auto; }
    PickScreen #options { background: $panel; }
    PickScreen #hint { color: $text-muted; height: 1; }
    """
    # Bindings, not `on_key`: Textual looks a binding up in the screen that is on top when the key
    # has come through, so that of two keys typed at once each goes where it belongs.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel"),
        Binding("enter", "take", "take"),
        Binding("down", "move(1)", "down"),
        Binding("up", "move(-1)", "up"),
        *(Binding(key, f"choose('{key}')", show=False) for key in ascii_letters + digits),
    ]

    def __init__(
        self,
        question: str,
        options: Sequence[Option],
        palette: Palette,
        current: str | None = None,
        *,
        also: str = "",
        hint: str = HINT,
    ) -> None:
        """`also`: letters and digits that are answers though no line has them."""
        super().__init__()
        self._also, self._hint = also, hint
        self._question, self._options, self._palette = question, options, palette
        self._current = current

    def compose(self) -> ComposeResult:
        """Question, options, hint."""
        with Vertical():
            yield Static(self._question, id="question", markup=False)
            options = PickList(self._options, self._palette)
            options.styles.height = self._rows
            options.display = bool(self._options)
            yield options
            yield Static(self._hint, id="hint", markup=False)

    def on_mount(self) -> None:
        """Begin at what is set now."""
        options = self.query_one(PickList)
        options.focus()
        for index, option in enumerate(self._options):
            if option.value == self._current:
                options.go_to(index, tell=False)

    def on_resize(self) -> None:
        """The options take what the question, the hint and the border leave."""
        self.query_one(PickList).styles.height = self._rows

    @property
    def _rows(self) -> int:
        return max(1, min(len(self._options), self.app.size.height - 5))

    def answer(self, value: str | None) -> None:
        """Give the value; what was typed or clicked after that is not for this menu."""
        if self.is_current:
            self.dismiss(value)

    def action_choose(self, key: str) -> None:
        """A letter chooses its line at once."""
        for option in self._options:
            if option.key.casefold() == key.casefold():
                self.answer(option.value)
                return
        if key in self._also:
            self.answer(key)

    def action_take(self) -> None:
        """Choose the line under the cursor."""
        if self._options:
            self.answer(self._options[self.query_one(PickList).cursor].value)

    def action_move(self, step: int) -> None:
        """A line on or back."""
        options = self.query_one(PickList)
        options.go_to(options.cursor + step)

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.answer(None)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A click chooses its line."""
        self.answer(self._options[message.index].value)

    def on_click(self, event: events.Click) -> None:
        """A click beside the menu cancels."""
        if event.widget is self:
            self.answer(None)


def free_key(wanted: str, taken: set[str]) -> str:
    """The first letter or digit that no other option has."""
    for key in wanted.casefold():
        if key.isalnum() and key not in taken:
            taken.add(key)
            return key
    return " "
