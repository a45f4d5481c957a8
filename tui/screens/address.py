"""The web address of an article: shown whole, then opened, copied or left alone."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from claims.text import displayed
from tui.addresses import Address, checked


class AddressScreen(ModalScreen[str | None]):
    """Gives "open" or "copy", or None; an address that is not safe can only be copied."""

    DEFAULT_CSS = """
    AddressScreen { align: center bottom; background: $background 0%; }
    AddressScreen > Vertical {
        width: 100%; max-width: 92; height: auto; max-height: 90%;
        background: $panel; border: round $primary; padding: 0 1;
    }
    AddressScreen #question { text-style: bold; height: auto; }
    AddressScreen #address { height: auto; max-height: 12; }
    AddressScreen #about { color: $text-muted; height: auto; }
    AddressScreen #hint { color: $text-muted; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "answer('')", "cancel"),
        Binding("enter,o", "answer('open')", "open"),
        Binding("y", "answer('copy')", "copy"),
    ]

    def __init__(self, url: str, *, can_open: bool) -> None:
        """`can_open`: whether there is a browser that opens in a window of its own."""
        super().__init__()
        self._url, self._can_open = url, can_open
        self._address = checked(url)

    def compose(self) -> ComposeResult:
        """The whole address, as a link that the terminal can open; where it leads; the keys."""
        address = self._address
        if isinstance(address, Address):
            shown = Text(address.url, style=Style(link=address.url, underline=True))
            about = f"leads to {address.host}"
            if self._can_open:
                hint = "enter opens it in the browser · y copies · esc leaves"
            else:
                about += "; no desktop here: ctrl+click the address where the terminal knows links"
                hint = "y copies · esc leaves"
        else:
            shown, about, hint = Text(displayed(self._url)), address, "y copies · esc leaves"
        with Vertical():
            yield Static("Web address of the article", id="question", markup=False)
            yield Static(shown, id="address", markup=False)
            yield Static(about, id="about", markup=False)
            yield Static(hint, id="hint", markup=False)

    def action_answer(self, answer: str) -> None:
        """Give the answer, once."""
        if answer == "open" and not (self._can_open and isinstance(self._address, Address)):
            self.app.bell()
        elif self.is_current:
            self.dismiss(answer or None)
