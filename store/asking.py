"""Changing what is asked for, one field at a time: for menus that write the query of a person."""

from __future__ import annotations

from collections.abc import Sequence

from store import query
from store.query import Any, Has, Node


def values_in(typed: str, field: str) -> tuple[str, ...]:
    """The values that a query asks of a field, where it asks for nothing but them."""
    for part in query.parts(query.parse(typed)):
        found = _values(part, field)
        if found:
            return found
    return ()


def with_values(typed: str, field: str, values: Sequence[str]) -> str:
    """The query with these values of a field in the place of others; without any, the field goes.

    What else it says of the field, such as what it must not be, stays. Raises `QueryError`.
    """
    kept: list[Node] = [
        part for part in query.parts(query.parse(typed)) if not _values(part, field)
    ]
    given = tuple(Has(field, value) for value in dict.fromkeys(values))
    if given:
        kept.append(Any(given) if len(given) > 1 else given[0])
    return query.render(query.together(kept))


def toggled(typed: str, field: str, value: str) -> str:
    """The query with `field:value` as a condition of its own, or without it if it has it."""
    kept = list(query.parts(query.parse(typed)))
    one = Has(field, value)
    if one in kept:
        kept.remove(one)
    else:
        kept.append(one)
    return query.render(query.together(kept))


def _values(part: Node, field: str) -> tuple[str, ...]:
    several = part.parts if isinstance(part, Any) else (part,)
    found = [leaf.value for leaf in several if isinstance(leaf, Has) and leaf.field == field]
    return tuple(found) if len(found) == len(several) else ()
