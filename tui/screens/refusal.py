"""Why a key that asks for more cannot go on; it takes what is typed behind that key.

Hands type a key and its answer in one go. Were the key only refused, the answer would be read as
keys: a letter of a note would accept a claim.
"""

from __future__ import annotations

from enum import StrEnum
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import App


class Expects(StrEnum):
    """What a command would have been answered with; the value is how to go on."""

    KEY = "any letter goes on · esc"
    LINE = "enter or esc goes on"


class RefusalScreen(ModalScreen[None]):
    """Says why there is nothing to answer, until the answer has been typed."""

    DEFAULT_CSS = """
    RefusalScreen { align: left bottom; background: $background 0%; }
    RefusalScreen > Vertical { height: auto; background: $panel; border-top: solid $primary; }
    RefusalScreen #why { height: auto; padding: 0 1; text-style: bold; }
    RefusalScreen #hint { color: $text-muted; padding: 0 1; height: 1; }
    """
    # Bindings, as in a menu: of two keys typed at once each goes where it belongs.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", "close"),
        *(Binding(key, "answered", show=False) for key in ascii_letters + digits),
    ]

    def __init__(self, why: str, expects: Expects) -> None:
        super().__init__()
        self._why, self._expects = why, expects

    def compose(self) -> ComposeResult:
        """Why, and how to go on."""
        with Vertical():
            yield Static(self._why, id="why", markup=False)
            yield Static(self._expects, id="hint", markup=False)

    def on_click(self) -> None:
        """A click goes on."""
        self.action_close()

    def action_answered(self) -> None:
        """A letter: all of an answer, or one of many in a line."""
        if self._expects is Expects.KEY:
            self.action_close()

    def action_close(self) -> None:
        """Go back, once."""
        if self.is_current:
            self.dismiss()


async def refuse(app: App[Any], why: str, expects: Expects) -> None:
    """Say why, and wait until what the hands had in mind to answer has been typed."""
    await app.push_screen_wait(RefusalScreen(why, expects))
