"""The keys in the last row, laid out anew only when others are to be shown."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import Footer


class Foot(Footer):
    """Textual's footer without its work for nothing.

    Textual makes it anew whenever the focus moves and when a dialog opens or closes over it, and
    each time the whole screen is laid out and painted.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._made: object = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Other keys may work now; under a dialog none of them does, and none is looked at."""
        if not screen.is_current:
            return
        wanted = [
            (one.binding.key, one.binding.description, one.enabled)
            for one in screen.active_bindings.values()
            if one.binding.show
        ]
        if wanted != self._made:
            self._made = wanted
            super().bindings_changed(screen)
