"""Asking for a query: what is wrong with one is said until it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.text import displayed
from store.errors import StoreError
from tui import messages
from tui.keymap import keys_of
from tui.screens.prompt import PromptScreen

if TYPE_CHECKING:
    from textual.app import App


async def ask_query(
    app: App[None],
    question: str,
    value: str,
    *,
    wrong: str = "",
    hint: str = messages.QUERY_HINT,
    replace: bool = False,
) -> str | None:
    """A query that `store.query` can read, without blanks around it; None when cancelled.

    `value` stands there at first, `wrong` says what was wrong with it; `replace`: what is typed
    takes its place.
    """
    from store.query import parse

    while True:
        typed = await app.push_screen_wait(
            PromptScreen(question, value=value, hint=wrong or hint, replace=replace)
        )
        if typed is None:
            return None
        try:
            parse(typed)
        except StoreError as problem:
            value, wrong = typed, displayed(str(problem))
            continue
        hidden = hidden_field(app, typed)
        if hidden is not None:
            key = keys_of(app).key("blind")
            value, wrong = typed, f"{hidden}: blind mode hides this; {key} ends it · esc cancels"
            continue
        return typed.strip()


def hidden_field(app: App[Any], typed: str) -> str | None:
    """The field of a query that blind mode hides; None outside of it."""
    work = getattr(app, "work", None)
    if work is None or not work.blind:
        return None
    from tui.blind import asks_for_hidden

    return asks_for_hidden(typed)
