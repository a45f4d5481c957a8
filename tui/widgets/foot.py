"""The keys in the last row, laid out anew only when others are to be shown."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from tui.keymap import keys_of


class Foot(Footer):
    """Textual's footer without its work for nothing.

    Textual makes it anew whenever the focus moves and when a dialog opens or closes over it, and
    each time the whole screen is laid out and painted.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._made: object = None
        self._width = 0

    def compose(self) -> ComposeResult:
        """The keys that fit whole, in their order; what lists all of them is always there."""
        self._width = self.app.size.width
        keys = self._in_order([one for one in super().compose() if isinstance(one, FooterKey)])
        room = self._width - sum(_cells(one) for one in keys if _is_help(one))
        for one in keys:
            if not _is_help(one):
                room -= _cells(one)
            if room >= 0 or _is_help(one):
                yield one

    def _in_order(self, keys: list[FooterKey]) -> list[FooterKey]:
        """As they are declared: Textual puts those with other keys than declared at the end."""
        keymap = keys_of(self.app)
        if not keymap.changed:
            return keys
        order = [
            next(
                (
                    (one.context, number)
                    for number, one in enumerate(keymap.commands)
                    if one.action == key.action.rpartition(".")[2] and key.key in one.keys
                ),
                (None, number),
            )
            for number, key in enumerate(keys)
        ]
        contexts = list(dict.fromkeys(context for context, _ in order))
        ranks = [(contexts.index(context), number) for context, number in order]
        return [key for _, key in sorted(zip(ranks, keys, strict=True), key=lambda one: one[0])]

    def on_resize(self) -> None:
        """In another width other keys fit."""
        if self._width != self.app.size.width:
            self.call_after_refresh(self.recompose)

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


def _cells(key: FooterKey) -> int:
    """The width of a key with its words: a blank on both sides of the key, one behind the words."""
    return cell_len(key.key_display) + 2 + (cell_len(key.description) + 1 if key.description else 0)


def _is_help(key: FooterKey) -> bool:
    return key.action.endswith("help")  # "view_help" in the views
