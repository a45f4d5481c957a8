"""How many claims there are of what a query or a matrix asks for, kept as claims come and go.

Counting a million claims takes a second; here a count is a few rows. Under the empty name stand
the machine's claims, which `store.machine` counts an article at a time. Under the name of an
annotator stands by how much what they see differs from that; triggers keep it, since it changes on
several ways: with each decision, and when the text or the machine's claims below it change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

COUNTED = ("confidence",)
"""Columns of a claim that repeat a field of its body, for these counts."""

MACHINE = ""
"""The annotator under whom the machine's claims are counted."""


class Facet(NamedTuple):
    """What is counted together; the expressions are about the row `{0}`, a claim or a state."""

    field: str
    value: str
    other: str = "''"
    rejected: bool = True
    """Whether claims that the annotator rejected count."""


_SPEAKER = "coalesce({0}.speaker_id, 0)"
_OUTLET = "coalesce((SELECT outlet FROM article WHERE id = {0}.article_id), '')"
BY_OUTLET = tuple(
    Facet(f"outlet/{name}", _OUTLET, f"{{0}}.{name}", rejected=False)
    for name in ("type", "side", "channel")
)
FACETS = (
    Facet("type", "{0}.type", "{0}.side"),
    *(
        Facet(name, f"{{0}}.{name}")
        for name in ("certainty", "stance", "channel", "rule", "confidence")
    ),
    *(
        Facet(f"speaker/{name}", _SPEAKER, f"{{0}}.{name}", rejected=False)
        for name in ("type", "side", "channel")
    ),
    *BY_OUTLET,
    *(
        Facet(f"side/{name}", "{0}.side", f"{{0}}.{name}", rejected=False)
        for name in ("type", "channel")
    ),
)

TABLE = """
    CREATE TABLE facet (
        annotator TEXT NOT NULL,
        field TEXT NOT NULL,
        value ANY NOT NULL,
        other ANY NOT NULL,
        claims INTEGER NOT NULL,
        PRIMARY KEY (annotator, field, value, other)
    ) STRICT, WITHOUT ROWID
"""

_INSERT = "INSERT INTO facet (annotator, field, value, other, claims) "
_ADDED = (
    " ON CONFLICT (annotator, field, value, other) DO UPDATE SET claims = claims + excluded.claims;"
)
_STATES = "FROM claim_state s WHERE s.article_id = {0}.article_id AND s.claim_id = {0}.id"


def _rows(row: str, numbers: Sequence[str]) -> str:
    """The facets of a row of a trigger, each with how often it counts, as a selection."""
    names = ("field", "value", "other", "number")
    selections = []
    for one, number in zip(FACETS, numbers, strict=True):
        values = (f"'{one.field}'", one.value.format(row), one.other.format(row), number)
        selections.append(
            "SELECT " + ", ".join(f"{v} AS {n}" for v, n in zip(values, names, strict=True))
        )
    return " UNION ALL ".join(selections)


def _decided(row: str, sign: int) -> str:
    """What a machine's claim that comes or goes counts for those who decided on it."""
    return (
        f"{_INSERT}SELECT s.annotator, f.field, f.value, f.other, f.number"
        f" FROM claim_state s CROSS JOIN ({_rows(row, [str(sign)] * len(FACETS))}) f"
        f" WHERE s.article_id = {row}.article_id AND s.claim_id = {row}.id AND s.current{_ADDED}"
    )


def _state(row: str, sign: str) -> str:
    """What a state counts in the place of the machine's claim: nothing where they are alike."""
    shown = f"NOT {row}.hidden"
    held = f"{shown} AND {row}.status <> 'rejected'"
    own = _rows(row, [shown if one.rejected else f"({held})" for one in FACETS])
    machines = " UNION ALL ".join(
        f"SELECT '{one.field}', {one.value.format('c')}, {one.other.format('c')}, -1 FROM claim c"
        f" WHERE c.article_id = {row}.article_id AND c.id = {row}.claim_id"
        for one in FACETS
    )
    return (
        f"{_INSERT}SELECT {row}.annotator, field, value, other, ({sign}) * sum(number)"
        f" FROM ({own} UNION ALL {machines})"
        f" GROUP BY field, value, other HAVING sum(number) <> 0{_ADDED}"
    )


def _moved() -> str:
    """What the claims of an article count when its outlet is corrected."""
    parts = []
    for one in BY_OUTLET:
        for outlet, sign in (("OLD", "-"), ("NEW", "")):
            value = f"coalesce({outlet}.outlet, '')"
            name = one.other.format("c")
            parts += [
                f"SELECT '{MACHINE}', '{one.field}', {value}, {name}, {sign}count(*) FROM claim c"
                f" WHERE c.article_id = NEW.id GROUP BY {name}",
                f"SELECT c.annotator, '{one.field}', {value}, {name}, {sign}count(*)"
                " FROM claim_state c WHERE c.article_id = NEW.id AND c.current AND NOT c.hidden"
                f" AND c.status <> 'rejected' GROUP BY c.annotator, {name}",
                f"SELECT s.annotator, '{one.field}', {value}, {name}, 0 {sign or '+'} -count(*)"
                " FROM claim_state s JOIN claim c ON c.article_id = s.article_id"
                " AND c.id = s.claim_id WHERE s.article_id = NEW.id AND s.current"
                f" GROUP BY s.annotator, {name}",
            ]
    inner = " UNION ALL ".join(parts)
    return f"{_INSERT}SELECT * FROM ({inner}) WHERE 1{_ADDED}"


def _trigger(name: str, when: str, *statements: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN {' '.join(statements)} END"


TRIGGERS = (
    _trigger(
        "claim_comes_decided",
        f"AFTER INSERT ON claim WHEN EXISTS (SELECT 1 {_STATES.format('NEW')})",
        _decided("NEW", -1),
    ),
    _trigger(
        "claim_goes_decided",
        f"AFTER DELETE ON claim WHEN EXISTS (SELECT 1 {_STATES.format('OLD')})",
        _decided("OLD", 1),
    ),
    _trigger("state_comes", "AFTER INSERT ON claim_state WHEN NEW.current", _state("NEW", "1")),
    _trigger("state_goes", "AFTER DELETE ON claim_state WHEN OLD.current", _state("OLD", "-1")),
    _trigger(
        "state_turns",
        "AFTER UPDATE OF current ON claim_state WHEN NEW.current <> OLD.current",
        _state("NEW", "NEW.current - OLD.current"),
    ),
    _trigger(
        "outlet_corrected",
        "AFTER UPDATE OF outlet ON article WHEN NEW.outlet IS NOT OLD.outlet",
        _moved(),
    ),
)


def _parts() -> str:
    parts = []
    for one in FACETS:
        value, other = one.value.format("c"), one.other.format("c")
        held = "" if one.rejected else " AND c.status <> 'rejected'"
        parts += [
            f"SELECT '{MACHINE}' AS annotator, '{one.field}' AS field, {value} AS value,"
            f" {other} AS other, count(*) AS claims FROM claim c GROUP BY 3, 4",
            f"SELECT c.annotator, '{one.field}', {value}, {other}, count(*) FROM claim_state c"
            f" WHERE c.current AND NOT c.hidden{held} GROUP BY 1, 3, 4",
            f"SELECT s.annotator, '{one.field}', {value}, {other}, -count(*) FROM claim_state s"
            " JOIN claim c ON c.article_id = s.article_id AND c.id = s.claim_id"
            " WHERE s.current GROUP BY 1, 3, 4",
        ]
    return " UNION ALL ".join(parts)


COUNTS = _parts()
"""The rows of `facet`, counted anew; what is of one key may stand in two rows."""


def _cases(name: str) -> str:
    whens = " ".join(f"WHEN '{one.field}' THEN {getattr(one, name).format('c')}" for one in FACETS)
    return f"CASE f.column1 {whens} END"


_FIELDS = ", ".join(f"('{one.field}')" for one in FACETS)
_OF_ARTICLE = (
    f"{_INSERT}SELECT '{MACHINE}', f.column1, {_cases('value')} AS value,"
    f" {_cases('other')} AS other, ? * count(*) FROM claim c"
    f" CROSS JOIN (VALUES {_FIELDS}) f"
    f" WHERE c.article_id = ? GROUP BY f.column1, value, other{_ADDED}"
)


def keep(connection: sqlite3.Connection, article_id: int, sign: int) -> None:
    """Count the machine's claims of an article in (1) or out (-1): all at once, being many."""
    connection.execute(_OF_ARTICLE, (sign, article_id))


def fill(connection: sqlite3.Connection) -> None:
    """Count all claims anew."""
    connection.execute("DELETE FROM facet")
    connection.execute(
        f"{_INSERT}SELECT annotator, field, value, other, sum(claims) FROM ({COUNTS})"
        " GROUP BY 1, 2, 3, 4 HAVING sum(claims) <> 0"
    )


def facets(db: Database) -> None:
    """Counts of claims that are kept, and confidence as a column; indexes that they replace go."""
    connection = db.conn
    for table in ("claim", "claim_state"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN confidence REAL NOT NULL DEFAULT 0")
        db.execute(f"UPDATE {table} SET confidence = json_extract(body, '$.confidence')")
    for name in ("speaker_type", "speaker_side", "side_channel", "article_type"):
        db.execute(f"DROP INDEX claim_{name}")
    db.execute(TABLE)
    fill(connection)
    for statement in TRIGGERS:
        db.execute(statement)
