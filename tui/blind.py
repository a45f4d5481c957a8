"""Blind mode: what comes out of the store without outlet, byline, address and side.

It is applied at the one door between store and screens (`tui.work`), so that no screen can show
what it never got. The text stays as it is: what it names itself is read by the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from claims.model import UNKNOWN_SIDE, Claim, Mode
from store.history import Step

T = TypeVar("T")

HIDDEN: Mapping[str, Any] = {
    "outlet": None,
    "byline": None,
    "url": None,
    "side": UNKNOWN_SIDE,
    "sides": {},
    "victims": None,
}
"""The fields of records that are hidden, with what stands in their place."""

HIDDEN_FIELDS = ("outlet", "byline", "url", "side")
"""The fields of a query that tell what is hidden: whatever fits one of these has that value."""

SHOWS_SIDES = frozenset(
    (
        *("set_side", "colouring", "open_url", "filter_library"),
        *("disputes", "ledger", "matrix", "agreement", "adjudication"),
    )
)
"""The actions that are about what is hidden: they wait until blind mode ends."""
ONE_KEY = frozenset(("colouring",))
"""Those of them that are not answered: what is typed behind them is a key of its own."""

_OURS = ("store.", "tui.work")
_TOLD = ("side", "victims")


def asks_for_hidden(typed: str) -> str | None:
    """The first field of a query that tells what is hidden; None where there is none.

    Raises `QueryError`.
    """
    from store.query import Has, leaves, parse

    named = (leaf.field for leaf in leaves(parse(typed)) if isinstance(leaf, Has))
    return next((field for field in named if field in HIDDEN_FIELDS), None)


def masked(value: T) -> T:
    """The value with everything in it masked; what has nothing to hide is given back itself."""
    return cast(T, _masked(value))


def _masked(value: Any) -> Any:
    if isinstance(value, Claim):
        speaker = None if value.mode is Mode.UNATTRIBUTED else value.speaker
        return replace(value, side=UNKNOWN_SIDE, victims=None, speaker=speaker)
    if isinstance(value, Step):
        kept = tuple(line for line in value.changes if line.partition(":")[0] not in _TOLD)
        return replace(value, changes=kept)
    if is_dataclass(value) and not isinstance(value, type):
        if not type(value).__module__.startswith(_OURS):
            return value
        found = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        now = {
            name: HIDDEN[name] if name in HIDDEN else _masked(inner)
            for name, inner in found.items()
        }
        return value if all(now[name] is found[name] for name in now) else replace(value, **now)
    if isinstance(value, tuple):
        items = [_masked(item) for item in value]
        if all(one is two for one, two in zip(items, value, strict=True)):
            return value
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    if isinstance(value, list):
        return [_masked(item) for item in value]
    if isinstance(value, dict):
        return {name: _masked(inner) for name, inner in value.items()}
    return value
