"""The values that a library knows for the fields of a query: types, sides, outlets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.text import searchable
from store import query
from store.query import Has

if TYPE_CHECKING:
    from store.db import Library


def values_of(library: Library, leaves: tuple[Has, ...]) -> tuple[str, ...]:
    """The values of several. Raises `QueryError`."""
    return tuple(value_of(library, leaf) for leaf in leaves)


def value_of(library: Library, leaf: Has) -> str:
    """The value of a closed field. Raises `QueryError` when it has no such value."""
    value = leaf.value.casefold()
    if leaf.field == "type":
        entry = library.codebook.find(leaf.value)
        value = value if entry is None else entry.id
    elif leaf.field != "side":
        return leaf.value
    column = leaf.field
    if library.rows(f"SELECT 1 FROM claim_count WHERE {column} = ? AND claims > 0", (value,)):
        return value  # the machine's claims are the quickest to know
    if column == "side":
        value = _tags(library).get(leaf.value.upper(), value)
    known = _types(library) if column == "type" else _sides(library)
    if value not in known:
        raise query.unknown(leaf, known)
    return value


def _types(library: Library) -> list[str]:
    used = [row[0] for row in library.rows("SELECT DISTINCT type FROM claim_count")]
    return list(dict.fromkeys([*library.codebook.types, *used]))


def _sides(library: Library) -> list[str]:
    used = [
        row[0] for row in library.rows("SELECT DISTINCT side FROM claim_count WHERE claims > 0")
    ]
    given = library.rows(
        "SELECT DISTINCT side FROM claim_state WHERE annotator = ? AND current AND NOT hidden",
        (library.annotator,),
    )
    return list(dict.fromkeys([*used, *(row[0] for row in given), *_tags(library).values()]))


def _tags(library: Library) -> dict[str, str]:
    """The two letters of each side in the profiles of the library's articles."""
    from claims.profile import ProfileError, load
    from store import paths

    names = [row[0] for row in library.rows(_PROFILES)]
    found: dict[str, str] = {}
    for name in (*names, "generic"):
        try:
            for side in load(name or "generic", (paths.profiles_dir(),)).sides:
                found.setdefault(side.tag, side.id)
        except ProfileError:  # removed since: its articles keep their sides
            continue
    return found


_PROFILES = "SELECT DISTINCT profile FROM article"


def outlets(library: Library, value: str) -> list[str]:
    """The outlets with these letters in their name; each is looked up once in the index."""
    found = library.rows(
        "WITH RECURSIVE one (name) AS (SELECT min(outlet) FROM article UNION ALL"
        " SELECT (SELECT min(outlet) FROM article WHERE outlet > name) FROM one"
        " WHERE name IS NOT NULL) SELECT name FROM one WHERE name IS NOT NULL"
    )
    wanted = searchable(value)
    return [str(name) for (name,) in found if wanted in searchable(name)]
