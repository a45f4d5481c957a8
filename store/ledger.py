"""Figures over time: what each side says was lost, taken, shot down, by the day it is told for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from claims.text import searchable
from store.passages import Place
from store.sides import SideLook, side_look
from store.wording import number, one_line

REACHES = {"day": "a day", "longer": "longer", "total": "so far", "": ""}
"""What time a figure is summed over, in words (`claims.ledger.Reach`)."""

if TYPE_CHECKING:
    from store.db import Library


class Topic(NamedTuple):
    """What a ledger is about: a type of claim, and what its figures measure."""

    type: str
    measure: str
    figures: int = 0

    @property
    def words(self) -> str:
        """The topic in words: "losses: killed"."""
        return f"{self.type}: {self.measure or 'other counts'}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures of a topic; None means all."""

    type: str
    measure: str
    side: str | None = None
    """Whose speaker says it."""
    victims: str | None = None
    """Whose loss it is; "" for figures of which that is not known."""
    speaker: str | None = None
    """A part of the speaker's name, ignoring case."""
    counted: str | None = None
    """Words of what is counted: "tanks"."""
    since: str | None = None
    until: str | None = None
    """ISO days, both inclusive."""
    reach: str | None = None
    """What time the figures are summed over (`claims.ledger.Reach`); "" where none is told."""

    def narrowed(self) -> bool:
        """Whether only some of the topic's figures are asked for."""
        limits = (self.side, self.victims, self.speaker, self.counted, self.since, self.until)
        return any(limit is not None for limit in (*limits, self.reach))


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure with what a table says of it."""

    place: Place
    day: str | None
    dated: str
    """"stated" where the claim names the day, "article" where it is the article's."""
    reach: str
    """What time it is summed over (`claims.ledger.Reach`)."""
    low: float | None
    high: float | None
    value: float
    bound: str
    counted: str
    side: str
    victims: str | None
    speaker: str | None
    outlet: str | None
    profile: str

    @property
    def look(self) -> SideLook:
        """Name, tag and colour of the side that says it."""
        return side_look(self.profile, self.side)

    @property
    def whose(self) -> SideLook | None:
        """Name, tag and colour of the side whose loss it is."""
        return None if self.victims is None else side_look(self.profile, self.victims)

    @property
    def figure(self) -> str:
        """The number with its bound in words: "up to 2,300"."""
        if self.low is not None and self.high is not None and self.low != self.high:
            return f"{number(self.low)} to {number(self.high)}"
        only = self.low if self.low is not None else self.high
        bound = "" if self.bound in ("exact", "between") else f"{self.bound} "
        return bound + number(only or 0.0)


class Point(NamedTuple):
    """What a plot shows: the largest figure that a side told of a side's loss for one day."""

    day: str
    side: str
    victims: str | None
    value: float


_OF_FIGURE = (
    "f.day AS day, f.dated AS dated, f.reach AS reach, f.low AS low, f.high AS high,"
    " f.value AS value, f.bound AS bound, f.counted AS counted, f.claim_id AS claim_id,"
    " f.number AS number"
)
_MACHINE = (
    f"SELECT {_OF_FIGURE}, f.side AS said, f.speaker_id AS who, f.victims AS whose,"
    " f.article_id AS article_id, NULL AS decision_id FROM figure f"
    " WHERE f.type = :type AND f.measure = :measure"
    " AND NOT EXISTS (SELECT 1 FROM claim_state s WHERE s.article_id = f.article_id AND"
    " s.annotator = :me AND s.current AND s.claim_id = f.claim_id AND (s.hidden OR"
    " s.status IN ('rejected', 'edited')))"
)
"""Figures of the machine's claims, without those of claims that the annotator rejected, deleted or
changed."""
_OWN = (
    f"SELECT {_OF_FIGURE}, f.side AS said, f.speaker_id AS who, f.victims AS whose,"
    " s.article_id AS article_id, s.decision_id AS decision_id"
    " FROM own_figure f JOIN claim_state s ON s.decision_id = f.decision_id"
    " WHERE f.type = :type AND f.measure = :measure AND s.annotator = :me AND s.current"
)
"""Figures of the claims that the annotator changed or made."""
_ROW = f"{_MACHINE} UNION ALL {_OWN}"


_TYPES = ("losses", "civilians", "prisoners", "strike", "repelled", "territory", "fighting")
"""Types of claim that tell of the war itself, whose figures come first."""
_MEASURES = (
    *("killed", "equipment", "captured", "wounded", "casualties", "missing"),
    *("attacks", "settlements", "area", "displaced"),
)
"""Measures of losses and of ground, in the order in which they are looked for."""
_ENOUGH = 3
_TOLLS = frozenset(_MEASURES[:6])


def topics(library: Library) -> list[Topic]:
    """What there are figures of: losses first, then the rest of the war, then all others.

    Within each of these by the kind of figure (killed, equipment, captured, ...), then the most
    first.
    """
    found = [
        Topic(*row)
        for row in library.rows(
            "SELECT type, measure, sum(n) AS figures FROM (SELECT type, measure, count(*) AS n"
            " FROM figure GROUP BY type, measure UNION ALL SELECT f.type, f.measure, count(*)"
            " FROM own_figure f JOIN claim_state s ON s.decision_id = f.decision_id"
            " WHERE s.annotator = :me AND s.current AND (s.status = 'added' OR NOT EXISTS (SELECT"
            " 1 FROM figure m WHERE m.article_id = s.article_id AND m.claim_id = f.claim_id AND"
            " m.type = f.type AND m.measure = f.measure)) GROUP BY f.type, f.measure)"
            " GROUP BY type, measure ORDER BY figures DESC, type, measure",
            {"me": library.annotator},
        )
    ]
    return sorted(found, key=rank)


def first(ranked: Sequence[Topic]) -> Topic:
    """What a ledger opens on: the first of which there are enough figures to be compared.

    Where there is none, the first. `ranked` are the topics as `topics` gives them, at least one.
    """
    return next((topic for topic in ranked if topic.figures >= _ENOUGH), ranked[0])


def rank(topic: Topic) -> tuple[int, int, int]:
    """Where a topic stands among others: the smaller, the more it tells of the war."""
    kind = _TYPES.index(topic.type) if topic.type in _TYPES else len(_TYPES)
    measure = _MEASURES.index(topic.measure) if topic.measure in _MEASURES else len(_MEASURES)
    of_war = kind < len(_TYPES)
    if of_war and topic.measure in _TOLLS:
        return 0, kind, measure
    if of_war and (measure < len(_MEASURES) or not topic.measure):
        return 1, kind, measure
    if measure < len(_MEASURES):
        return 2, measure, kind
    return 3, 0, 0


def page(library: Library, asked: Asked, *, limit: int = 200, offset: int = 0) -> list[Entry]:
    """Part of the ledger, the oldest day first, figures without a day last."""
    condition, values = _where(library, asked)
    rows = library.rows(
        "SELECT t.article_id, t.claim_id, t.day, t.dated, t.reach, t.low, t.high, t.value, t.bound,"
        " t.counted, t.said, t.whose, p.name, a.outlet, a.profile,"
        " json_extract(coalesce(s.body, c.body), '$.quantities[' || t.number || '].object') FROM ("
        f"SELECT * FROM ({_ROW}) WHERE {condition}"
        " ORDER BY day IS NULL, day, article_id, claim_id, number LIMIT :limit OFFSET :offset) t"
        " JOIN article a ON a.id = t.article_id LEFT JOIN speaker p ON p.id = t.who"
        " LEFT JOIN claim c ON c.article_id = t.article_id AND c.id = t.claim_id"
        " LEFT JOIN claim_state s ON s.decision_id = t.decision_id"
        " ORDER BY t.day IS NULL, t.day, t.article_id, t.claim_id, t.number",
        {**values, "limit": limit, "offset": offset},
    )
    return [_entry(row) for row in rows]


_COUNTED = 7
"""Which of the columns that a row of `page` has after its place is what was counted."""


def _entry(row: Sequence[Any]) -> Entry:
    *fields, words = row[2:]
    fields[_COUNTED] = _as_written(fields[_COUNTED], words)
    return Entry(Place(row[0], row[1]), *fields)


def _as_written(counted: str, words: str | None) -> str:
    """What was counted, in the article's letters; `counted` is in small ones, for the look-up."""
    written = one_line(words or "")
    return written if written.lower() == counted else counted


def count(library: Library, asked: Asked) -> int:
    """How many figures `page` would give without a limit."""
    condition, values = _where(library, asked)
    return int(library.row(f"SELECT count(*) FROM ({_ROW}) WHERE {condition}", values)[0])


def points(library: Library, asked: Asked) -> list[Point]:
    """The largest figure of each day, side and victims' side; figures without a day are none."""
    condition, values = _where(library, asked)
    return [
        Point(*row)
        for row in library.rows(
            f"SELECT day, said, whose, max(value) FROM ({_ROW}) WHERE {condition}"
            " AND day IS NOT NULL GROUP BY day, said, whose ORDER BY day, said, whose",
            values,
        )
    ]


def choices(library: Library, asked: Asked, name: str, *, most: int = 500) -> list[tuple[str, int]]:
    """The values that `side`, `victims`, `speaker`, `counted` or `reach` may take.

    The most frequent first.
    Raises `ValueError` for another name.
    """
    columns = {
        "side": "said",
        "victims": "coalesce(whose, '')",
        "counted": "counted",
        "reach": "reach",
    }
    condition, values = _where(library, asked)
    if name == "speaker":
        sql = (
            f"SELECT p.name, count(*) AS n FROM ({_ROW}) t JOIN speaker p ON p.id = t.who"
            f" WHERE {condition} GROUP BY 1"
        )
    elif name in columns:
        sql = f"SELECT {columns[name]}, count(*) AS n FROM ({_ROW}) WHERE {condition} GROUP BY 1"
    else:
        raise ValueError(f"a ledger is not narrowed by {name!r}")
    rows = library.rows(f"{sql} ORDER BY n DESC, 1 LIMIT :most", {**values, "most": most})
    return [(str(value), int(times)) for value, times in rows]


def series(found: Sequence[Point], *, most: int = 6) -> list[tuple[str, str | None]]:
    """Who says it of whom, those with most days first."""
    days: dict[tuple[str, str | None], int] = {}
    for point in found:
        days[point.side, point.victims] = days.get((point.side, point.victims), 0) + 1
    ordered = sorted(days, key=lambda key: (-days[key], key[0], key[1] or ""))
    return ordered[:most]


def _where(library: Library, asked: Asked) -> tuple[str, dict[str, Any]]:
    parts = ["1"]
    values: dict[str, Any] = {
        "me": library.annotator,
        "type": asked.type,
        "measure": asked.measure,
    }

    def needs(sql: str, name: str, value: str | None) -> None:
        if value is not None:
            parts.append(sql)
            values[name] = value

    needs("said = :side", "side", asked.side)
    needs("coalesce(whose, '') = :victims", "victims", asked.victims)
    needs("day >= :since", "since", asked.since)
    needs("day <= :until", "until", asked.until)
    needs("reach = :reach", "reach", asked.reach)
    needs("instr(counted, :counted)", "counted", asked.counted and asked.counted.lower())
    needs(
        "who IN (SELECT id FROM speaker WHERE instr(folded, :speaker))",
        "speaker",
        asked.speaker and searchable(asked.speaker),
    )
    return " AND ".join(parts), values


def looks(library: Library, asked: Asked) -> dict[str, SideLook]:
    """Name, tag and colour of every side that says something or loses something here."""
    condition, values = _where(library, asked)
    rows = library.rows(
        "SELECT DISTINCT a.profile, t.said, t.whose FROM (SELECT DISTINCT article_id, said, whose"
        f" FROM ({_ROW}) WHERE {condition}) t JOIN article a ON a.id = t.article_id",
        values,
    )
    found: dict[str, SideLook] = {}
    for profile, *sides in rows:
        for side in sides:
            if side is not None and side not in found:
                found[side] = side_look(profile, side)
    return found
