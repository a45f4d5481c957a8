"""Every command of the reader, declared once: keys, where it works, and its words.

The bindings, the footer, the palette, the help screen, `warreader keys` and the README's table
are all made from `COMMANDS`. Nothing here imports Textual, so that `warreader keys` is quick.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.command import NO_KEY, Command, Context
from tui.reading_commands import READING
from tui.view_commands import ABOVE, ELSEWHERE, VIEWS

__all__ = [
    "ABOVE",
    "COMMANDS",
    "ELSEWHERE",
    "NO_KEY",
    "Command",
    "Context",
    "essential_table",
    "in_context",
]

COMMANDS: tuple[Command, ...] = (*READING, *VIEWS)


def in_context(*contexts: Context) -> Iterator[Command]:
    """The commands of the given contexts, in the order of declaration."""
    return (command for command in COMMANDS if command.context in contexts)


def essential_table() -> str:
    """The keys that a newcomer needs, as the table of the README (a test holds the two equal)."""
    rows = ["| key | does |", "|---|---|"]
    for command in COMMANDS:
        if command.essential:
            keys = " ".join(f"`{key}`" for key in command.shown_keys)
            rows.append(f"| {keys} | {command.help} |")
    return "\n".join(rows)
