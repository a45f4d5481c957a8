"""The declared commands as Textual bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.commands import Context, in_context, show_key


def bindings(*contexts: Context, prefix: str = "") -> list[BindingType]:
    """The bindings of the commands of these contexts; `prefix` names another action target."""
    made: list[BindingType] = []
    for command in in_context(*contexts):
        for number, key in enumerate(command.keys):
            made.append(
                Binding(
                    key,
                    prefix + command.action,
                    command.label,
                    show=command.footer and number == 0,
                    key_display=show_key(key),
                    tooltip=command.help,
                )
            )
    return made
