"""What a command is: its keys, where it works, and its words. Nothing here imports Textual."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui.keynames import show_key


class Context(StrEnum):
    """Where a command works; the value is its heading in the help."""

    EVERYWHERE = "everywhere"
    LIBRARY = "library"
    READER = "reader"
    CLAIMS = "claims panel"
    ANNOTATE = "annotating (reader and claims panel)"
    SPAN = "marking a span"
    FILTER = "filters"
    VIEW = "views over all claims"
    DISPUTES = "disputes"
    CARRIED = "claims of older texts"
    LEDGER = "ledger"
    MATRIX = "matrix"
    DOUBTFUL = "doubtful first"
    AGREEMENT = "agreement"
    ADJUDICATION = "adjudication"
    SINCE = "what changed"
    CONCORDANCE = "concordance"


COPIES = ("ctrl+c", "Copy what the mouse has selected.")
"""A key that Textual answers on every screen, with what it does."""
NO_KEY = "no key"
"""What is shown for a command from which its keys were taken."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a key does."""

    id: str
    """Stable name, for remapping and for the palette."""
    keys: tuple[str, ...]
    """Keys by Textual's names; the first one is the one that is shown."""
    context: Context
    label: str
    """One or two words, for the footer."""
    help: str
    """One sentence, for the help screen and the palette."""
    footer: bool = False
    essential: bool = False
    """Whether it is one of the keys that a newcomer needs (the README's table)."""

    with_key: bool = False
    """Whether the action is told which of the keys it was; then they are shown as a range."""

    @property
    def binding_id(self) -> str:
        """The name of its bindings: the context, a dot, the id."""
        return f"{self.context.name.lower()}.{self.id}"

    @property
    def action(self) -> str:
        """The name of the action method, without `action_`."""
        return self.id.replace("-", "_")

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The keys as they are written for a person; a command without a key says so."""
        if self.with_key:
            return (f"{show_key(self.keys[0])}…{show_key(self.keys[-1])}",)
        return tuple(show_key(key) for key in self.keys) or (NO_KEY,)
