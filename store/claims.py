"""Claims as the annotator sees them: the machine's, with that person's decisions in their place."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from claims.text import searchable
from store import facets, fts, query_sql, query_words
from store.errors import ClaimNotFound, readable
from store.records import ClaimFilter, ClaimRecord, Status
from store.snapshot import unpack
from store.state import read_claim

if TYPE_CHECKING:
    from store.db import Library

_OWN, _UNDECIDED = query_words.OWN, query_sql.UNDECIDED
_MOST_PARTS = 40
"""SQLite takes 500 terms in one compound selection; so many are merged without haste."""


class _Condition(NamedTuple):
    sql: str
    """Ends with AND, for another condition to follow; the claim or its state is `c`."""
    values: tuple[Any, ...]


class Claims:
    """The claims of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def of(self, article_id: int, where: ClaimFilter | None = None) -> list[ClaimRecord]:
        """The claims of an article's current text that fit, by where their content begins.

        Raises `QueryError`, as `query`, `count` and `places` do.
        """
        self._library.articles.summary(article_id)
        fitting = query_sql.narrowed(self._library, where or ClaimFilter())
        return self._select(fitting, only=article_id, limit=-1, offset=0)

    def get(self, article_id: int, claim_id: str) -> ClaimRecord:
        """One claim. Raises `ClaimNotFound`, also when the annotator deleted it."""
        found = self.find(article_id, claim_id)
        if found is None:
            raise ClaimNotFound(f"article {article_id} has no claim {claim_id!r}")
        return found

    def find(self, article_id: int, claim_id: str) -> ClaimRecord | None:
        """One claim of the current text, or None."""
        own = self._library.rows(
            "SELECT hidden, record FROM claim_state WHERE article_id = ? AND annotator = ?"
            " AND current AND claim_id = ?",
            (article_id, self._library.annotator, claim_id),
        )
        if own:
            hidden, record = own[0]
            with readable(self._library.path, f"claim {claim_id} of article {article_id}"):
                return None if hidden else unpack(record, article_id)
        return self.proposed(article_id, claim_id)

    def proposed(self, article_id: int, claim_id: str) -> ClaimRecord | None:
        """The claim as the machine proposes it for the current text, or None."""
        body = self._library.rows(
            "SELECT body FROM claim WHERE article_id = ? AND id = ?", (article_id, claim_id)
        )
        with readable(self._library.path, f"claim {claim_id} of article {article_id}"):
            return _proposed(article_id, body[0][0]) if body else None

    def query(
        self,
        where: ClaimFilter,
        *,
        limit: int = 1000,
        offset: int = 0,
        after: ClaimRecord | None = None,
    ) -> list[ClaimRecord]:
        """Claims of the current texts that fit, by article and where their content begins.

        `after` is the last claim of the page before: going on from it costs the same however far
        down the list it is.
        """
        fitting = query_sql.narrowed(self._library, where)
        return self._select(fitting, only=None, limit=limit, offset=offset, after=after)

    def places(self, where: ClaimFilter) -> list[tuple[int, str]]:
        """All claims that fit, by article and id, for `Decisions.many`."""
        parts, values = self._parts(query_sql.narrowed(self._library, where), only=None)
        found = self._library.rows(
            "SELECT article, claim FROM (" + " UNION ALL ".join(parts) + ")"
            " ORDER BY article, start, claim",
            values,
        )
        return [(int(article_id), str(claim_id)) for article_id, claim_id in found]

    def count(self, where: ClaimFilter) -> int:
        """How many claims `query` would give without a limit."""
        return self.counted(where)[0]

    def counted(self, where: ClaimFilter, most: int | None = None) -> tuple[int, bool]:
        """How many claims fit, and whether there are more than that.

        With `most` no further than to that number, where it is not known without counting:
        looking into the words of every claim of a large library takes a second.
        """
        with self._library.snapshot():
            where = query_sql.narrowed(self._library, where)
            kept = facets.count(self._library, where)
            if kept is not None:
                return kept, False
            if most is None:
                return self._count(where), False
            parts, values = self._parts(where, only=None)
            limited = f"SELECT count(*) FROM ({' UNION ALL '.join(parts)} LIMIT ?)"
            number = self._number(limited, (*values, most + 1))
        return min(number, most), number > most

    def _count(self, where: ClaimFilter) -> int:
        me = self._library.annotator
        total = 0
        if not where.statuses or Status.PROPOSED in where.statuses:
            machine = _condition(self._library, where, only=None)
            total += self._number(
                f"SELECT count(*) FROM claim c WHERE {machine.sql} 1", machine.values
            )
            total -= self._number(
                "SELECT count(*) FROM claim_state s JOIN claim c"
                " ON c.article_id = s.article_id AND c.id = s.claim_id"
                f" WHERE {machine.sql} s.annotator = ? AND s.current",
                (*machine.values, me),
            )
        own = _condition(self._library, where, only=None, statuses=True)
        total += self._number(
            f"SELECT count(*) FROM claim_state c WHERE {own.sql} {_OWN}", (*own.values, me)
        )
        return total

    def _number(self, sql: str, values: tuple[Any, ...]) -> int:
        return int(self._library.row(sql, values)[0])

    def has_type(self, type_id: str) -> bool:
        """Whether any claim has that type, one that no codebook knows any more for instance."""
        held = "SELECT 1 FROM claim WHERE type = ? UNION SELECT 1 FROM claim_state WHERE type = ?"
        return bool(self._library.rows(f"SELECT EXISTS ({held})", (type_id, type_id))[0][0])

    def speakers(self) -> list[tuple[str, int]]:
        """Every speaker with the number of claims, most first."""
        me = self._library.annotator
        found = self._library.rows(
            "SELECT p.name, p.claims + coalesce(o.claims, 0) AS number FROM speaker p LEFT JOIN ("
            "  SELECT speaker_id, sum(claims) AS claims FROM ("
            "    SELECT c.speaker_id, -1 AS claims FROM claim_state s JOIN claim c"
            "      ON c.article_id = s.article_id AND c.id = s.claim_id"
            "      WHERE s.annotator = ? AND s.current"
            "    UNION ALL"
            f"   SELECT c.speaker_id, 1 FROM claim_state c WHERE {_OWN}"
            "  ) WHERE speaker_id IS NOT NULL GROUP BY speaker_id"
            ") o ON o.speaker_id = p.id WHERE number > 0 ORDER BY number DESC, p.name",
            (me, me),
        )
        return [(str(name), int(number)) for name, number in found]

    def _index(self, where: ClaimFilter, only: int | None) -> str:
        """SQLite would sort the claims of a type by another index that begins with the type."""
        given = (only, where.article_ids, where.sides, where.speaker, where.text.strip())
        alone = len(where.types) == 1 and not any(given) and where.rest is None
        return "INDEXED BY claim_type" if alone and not self._library.in_past else ""

    def _select(
        self,
        where: ClaimFilter,
        *,
        only: int | None,
        limit: int,
        offset: int,
        after: ClaimRecord | None = None,
    ) -> list[ClaimRecord]:
        parts, values = self._parts(where, only=only, after=after)
        found = self._library.rows(
            " UNION ALL ".join(parts) + " ORDER BY article, start, claim LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        records = []
        for article_id, _, name, body, record in found:
            with readable(self._library.path, f"claim {name} of article {article_id}"):
                claim = _proposed(article_id, body) if body else unpack(record, article_id)
            assert claim is not None
            records.append(claim)
        return records

    def _parts(
        self, where: ClaimFilter, *, only: int | None, after: ClaimRecord | None = None
    ) -> tuple[list[str], list[Any]]:
        """Selections that together are the claims that fit, each in the order of an index."""
        me, library = self._library.annotator, self._library
        parts: list[str] = []
        values: list[Any] = []
        if not where.statuses or Status.PROPOSED in where.statuses:
            for one in _by_index(where) if only is None else [where]:
                machine = _condition(library, one, only=only)
                later = _later("c.id", after)
                parts.append(
                    "SELECT c.article_id AS article, c.start AS start, c.id AS claim,"
                    f" c.body AS body, NULL AS record FROM claim c {self._index(one, only)}"
                    f" WHERE {machine.sql} {later.sql} {_UNDECIDED}"
                )
                values += [*machine.values, *later.values, me]
        own = _condition(library, where, only=only, statuses=True)
        later = _later("c.claim_id", after)
        parts.append(
            "SELECT c.article_id AS article, c.start AS start, c.claim_id AS claim, NULL AS body,"
            f" c.record AS record FROM claim_state c WHERE {own.sql} {later.sql} {_OWN}"
        )
        values += [*own.values, *later.values, me]
        return parts, values


def _later(name: str, after: ClaimRecord | None) -> _Condition:
    """What comes after a claim in the order of the list."""
    if after is None:
        return _Condition("", ())
    place = (after.article_id, after.claim.start, after.id)
    return _Condition(
        f"c.article_id >= ? AND (c.article_id > ? OR (c.start, {name}) > (?, ?)) AND ",
        (after.article_id, *place),
    )


def _by_index(where: ClaimFilter) -> list[ClaimFilter]:
    """Filters that together are this one, each of which an index serves in the order we want.

    SQLite merges them as it goes and stops at the limit; for a list of types in one condition it
    would sort all that fit.
    """
    types, sides = tuple(dict.fromkeys(where.types)), tuple(dict.fromkeys(where.sides))
    if not types and len(sides) <= 1:
        return [where]
    if max(1, len(types)) * max(1, len(sides)) > _MOST_PARTS:
        return [where]
    of_types: list[tuple[str, ...]] = [(kind,) for kind in types] or [()]
    of_sides: list[tuple[str, ...]] = [(side,) for side in sides] or [()]
    return [replace(where, types=one, sides=other) for one in of_types for other in of_sides]


def _proposed(article_id: int, body: str) -> ClaimRecord:
    claim = read_claim(body)
    return ClaimRecord(article_id=article_id, claim=claim, machine=claim)


def _condition(
    library: Library, where: ClaimFilter, *, only: int | None, statuses: bool = False
) -> _Condition:
    parts: list[str] = []
    values: list[Any] = []

    def among(column: str, allowed: tuple[Any, ...]) -> None:
        if len(allowed) == 1:  # an index is used in its order, without sorting
            parts.append(f"{column} = ?")
            values.append(allowed[0])
        elif allowed:
            parts.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(allowed))

    if only is not None:
        among("c.article_id", (only,))
    among("c.article_id", where.article_ids)
    among("c.type", where.types)
    among("c.side", where.sides)
    if statuses:
        among("c.status", where.statuses)
    if where.speaker:
        parts.append("c.speaker_id IN (SELECT id FROM speaker WHERE instr(folded, ?))")
        values.append(searchable(where.speaker))
    if where.text.strip():
        query = fts.query(where.text)
        if query is None:
            parts.append("0")
        else:  # the words of a claim are words of its article
            parts.append(
                "c.article_id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)"
                " AND has_words(c.quote, ?)"
            )
            values += [f"text : ({query})", where.text]
    if where.rest is not None:
        rest = query_sql.claims(library, where.rest, own=statuses)
        parts.append(rest.text)
        values += rest.values
    return _Condition("".join(f"{part} AND " for part in parts), tuple(values))
