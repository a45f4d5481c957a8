"""The declared commands as Textual bindings."""

from __future__ import annotations

from collections.abc import Container

from textual.binding import Binding, BindingType

from tui.commands import Context, in_context


def bindings(*contexts: Context, on_screen: Container[str] = ()) -> list[BindingType]:
    """The bindings of the commands of these contexts, with the keys that they are declared with.

    The application puts the user's keys in their place (`tui.keymap`), by the bindings' ids.

    A widget's binding runs the widget's own action; for the commands in `on_screen` (ids) it runs
    that of the screen.
    """
    made: list[BindingType] = []
    for command in in_context(*contexts):
        prefix = "screen." if command.id in on_screen else ""
        for number, key in enumerate(command.keys):
            made.append(
                Binding(
                    key,
                    prefix + command.action + (f"('{key}')" if command.with_key else ""),
                    command.label,
                    show=command.footer and number == 0,
                    key_display=command.shown_keys[0] if command.with_key else None,
                    tooltip=command.help,
                    id=command.binding_id,
                )
            )
    return made
