"""Who decides in a library: the annotators that it knows, and what each has decided so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from claims.text import canonical
from store import config
from store.errors import InvalidAnnotator

if TYPE_CHECKING:
    from store.db import Library

MACHINE = "machine"
"""The name under which the machine's proposals are compared with people; no person has it."""

_LONGEST = 60
_REMEMBERED = "annotator:"
"""Before the system's user in the name of the setting that says who decides for that user."""

_KNOWN = (
    "SELECT name FROM annotator UNION SELECT DISTINCT annotator FROM history"
    " UNION SELECT DISTINCT annotator FROM tally"
)


@dataclass(frozen=True, slots=True)
class Annotator:
    """One annotator with the claims of the current texts that they decided on."""

    name: str
    articles: int
    """Articles in which they decided on a claim."""
    accepted: int
    rejected: int
    edited: int
    added: int
    decided: int
    last_at: str | None
    """When they decided last (ISO 8601); None when they did not yet."""


class Annotators:
    """The annotators of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def names(self) -> list[str]:
        """Everyone who decided here or was made here, and who decides now, by name."""
        found = {str(name) for (name,) in self._library.rows(_KNOWN)}
        return sorted(found | {self._library.annotator})

    def all(self) -> list[Annotator]:
        """Everyone with their counts, who decided most first."""
        library = self._library
        with library.snapshot():
            counts = {
                str(row[0]): row[1:]
                for row in library.rows(
                    "SELECT annotator, sum(decided > 0), sum(accepted), sum(rejected),"
                    " sum(edited), sum(added), sum(decided) FROM tally GROUP BY annotator"
                )
            }
            # A look-up in an index for each, not a pass over the log.
            last = {name: self._last(name) for name in self.names()}
        found = []
        for name, at in last.items():
            articles, accepted, rejected, edited, added, decided = counts.get(name, (0,) * 6)
            found.append(Annotator(name, articles, accepted, rejected, edited, added, decided, at))
        return sorted(found, key=lambda one: (-one.decided, one.name))

    def deciders(self) -> list[str]:
        """Those who have decided on a claim of a current text, by name."""
        return [
            str(name)
            for (name,) in self._library.rows(
                "SELECT DISTINCT annotator FROM claim_state"
                " WHERE current AND (hidden OR status <> 'proposed') ORDER BY annotator"
            )
        ]

    def _last(self, name: str) -> str | None:
        row = self._library.rows(
            "SELECT d.at FROM history h JOIN decision d ON d.batch = h.batch"
            " WHERE h.annotator = ? ORDER BY h.first_id DESC LIMIT 1",
            (name,),
        )
        return str(row[0][0]) if row else None

    def add(self, name: str) -> str:
        """Make an annotator known before their first decision; gives the name as it is kept.

        Raises `InvalidAnnotator`, and what `Library.transaction` raises.
        """
        name = checked(name)
        with self._library.transaction() as connection:
            connection.execute(
                "INSERT INTO annotator (name, added_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (name, datetime.now(UTC).isoformat(timespec="seconds")),
            )
        return name

    def switch(self, name: str) -> None:
        """Decide as this annotator from now on, and when this user opens the library again.

        A library that is open for reading changes who is looked at, and remembers nothing.
        Raises `InvalidAnnotator` for a name that no new annotator can have.
        """
        known = canonical(" ".join(name.split()))
        is_new = known == MACHINE or known not in self.names()
        name = checked(name) if is_new else known
        if not self._library.readonly:
            with self._library.transaction():
                if is_new:
                    self.add(name)
                self._library.set_setting(_REMEMBERED + config.user(), name)
        self._library.annotator = name

    def remembered(self) -> str | None:
        """Who decided here last for the system's user, where that was said."""
        return self._library.setting(_REMEMBERED + config.user())


def checked(name: str) -> str:
    """The name on one line, with nothing that a terminal acts on. Raises `InvalidAnnotator`."""
    name = canonical(" ".join(name.split()))
    if not name or len(name) > _LONGEST:
        raise InvalidAnnotator(f"an annotator's name has 1 to {_LONGEST} characters")
    if name == MACHINE:
        raise InvalidAnnotator(
            f"{MACHINE!r} stands for what the machine proposes; take another name"
        )
    if "," in name:
        raise InvalidAnnotator("an annotator's name has no comma; commas part names in lists")
    return name
