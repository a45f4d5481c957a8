"""Claims that the machine sets side by side, with a person's verdict on how they stand.

A proposal is machine output (`store.comparing` makes them); a verdict is a decision and stands in
the log (`Decisions.link`). Verdicts without a proposal, from another library or an older
comparison, are listed too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claims.relations import RelationKind
from store.passages import Passage, Place, passage
from store.records import Verdict
from store.snapshot import dumps

if TYPE_CHECKING:
    from store.db import Library

RIVALS = (RelationKind.CONTRADICTS.value, RelationKind.DENIES.value)
"""The kinds that are disputes: both cannot hold."""
_AGAINST = (Verdict.CONTRADICTS.value, Verdict.DENIES.value)

HELD = "verdict"
"""The rule of a pair that is listed for its verdict alone."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two claims, why they stand beside each other, and what a person said of that."""

    kind: str
    rule: str
    reason: str
    confidence: float
    first: Passage
    second: Passage
    verdict: Verdict | None
    note: str

    @property
    def places(self) -> tuple[Place, Place]:
        """Where the two claims are."""
        return self.first.place, self.second.place


_TAKEN_AWAY = (
    "EXISTS (SELECT 1 FROM claim_state s WHERE s.article_id = p.{end}_article AND s.current"
    " AND s.annotator = :me AND s.claim_id = p.{end}_claim AND (s.hidden OR s.status = 'rejected'))"
)
_LINKS = (
    " LEFT JOIN link l ON l.annotator = :me AND l.claim_id = p.first_claim"
    " AND l.other_claim = p.second_claim"
    " LEFT JOIN link r ON r.annotator = :me AND r.claim_id = p.second_claim"
    " AND r.other_claim = p.first_claim"
)
_PROPOSED = (
    "SELECT p.kind AS kind, p.rule AS rule, p.reason AS reason, p.confidence AS confidence,"
    " p.first_article AS first_article, p.first_claim AS first_claim,"
    " p.second_article AS second_article, p.second_claim AS second_claim,"
    " coalesce(l.verdict, r.verdict) AS verdict, coalesce(l.note, r.note, '') AS note"
    f" FROM proposal p{_LINKS}"
    f" WHERE NOT {_TAKEN_AWAY.format(end='first')} AND NOT {_TAKEN_AWAY.format(end='second')}"
)
_HELD = (
    f"SELECT k.verdict, '{HELD}', 'you said so; the machine proposes nothing here', 1.0,"
    " s.article_id, k.claim_id, v.article_id, k.other_claim, k.verdict, k.note"
    " FROM link k JOIN claim_state s ON s.decision_id = k.decision_id AND s.current"
    " JOIN text_version v ON v.sha256 = k.other_sha256"
    " JOIN article a ON a.id = v.article_id AND a.version_id = v.id"
    " WHERE k.annotator = :me AND NOT EXISTS (SELECT 1 FROM proposal p WHERE"
    " p.first_article = s.article_id AND p.first_claim = k.claim_id"
    " AND p.second_article = v.article_id AND p.second_claim = k.other_claim)"
    " AND NOT EXISTS (SELECT 1 FROM proposal p WHERE"
    " p.second_article = s.article_id AND p.second_claim = k.claim_id"
    " AND p.first_article = v.article_id AND p.first_claim = k.other_claim)"
)
_ORDER = " ORDER BY confidence DESC, first_article, first_claim, second_article, second_claim"


def page(
    library: Library,
    *,
    kinds: Collection[str] = (),
    undecided: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> list[Dispute]:
    """Part of the list, the surest first; a pair of which a claim was rejected is left out."""
    sql, values = _asked(library, kinds, undecided)
    rows = library.rows(
        f"{sql}{_ORDER} LIMIT :limit OFFSET :offset", {**values, "limit": limit, "offset": offset}
    )
    found = []
    for kind, rule, reason, confidence, *ends, verdict, note in rows:
        first = passage(library, Place(ends[0], ends[1]))
        second = passage(library, Place(ends[2], ends[3]))
        if first is not None and second is not None:
            decided = None if verdict is None else Verdict(verdict)
            found.append(Dispute(kind, rule, reason, confidence, first, second, decided, note))
    return found


def count(library: Library, *, kinds: Collection[str] = (), undecided: bool = False) -> int:
    """How many pairs `page` would list without a limit."""
    sql, values = _asked(library, kinds, undecided)
    return int(library.row(f"SELECT count(*) FROM ({sql})", values)[0])


def of_article(library: Library, article_id: int) -> dict[str, int]:
    """How many rivals each claim of an article has: proposed and not refuted, or judged so."""
    counts: dict[str, int] = {}
    for end in ("first", "second"):
        rows = library.rows(
            f"SELECT {end}_claim, count(*) FROM ({_PROPOSED} AND p.{end}_article = :article)"
            " WHERE CASE WHEN verdict IS NULL THEN kind IN (SELECT value FROM json_each(:kinds))"
            " ELSE verdict IN (SELECT value FROM json_each(:against)) END GROUP BY 1",
            {
                "me": library.annotator,
                "article": article_id,
                "kinds": dumps(RIVALS),
                "against": dumps(_AGAINST),
            },
        )
        for claim_id, number in rows:
            counts[claim_id] = counts.get(claim_id, 0) + number
    return counts


_JUDGED = (
    "SELECT p.id FROM link k JOIN claim_state s ON s.decision_id = k.decision_id"
    " JOIN text_version v ON v.sha256 = k.other_sha256 JOIN proposal p"
    " ON p.{0}_article = s.article_id AND p.{0}_claim = k.claim_id"
    " AND p.{1}_article = v.article_id AND p.{1}_claim = k.other_claim"
    " WHERE k.annotator = :me AND k.verdict IN {2}"
)
"""Proposals that the annotator judged so, found from the verdicts."""


def _asked(library: Library, kinds: Collection[str], undecided: bool) -> tuple[str, dict[str, Any]]:
    """The pairs as selections, each of which an index gives in the order of the list."""
    values: dict[str, Any] = {"me": library.annotator}
    also = " AND l.verdict IS NULL AND r.verdict IS NULL" if undecided else ""
    parts = []
    for number, kind in enumerate(dict.fromkeys(kinds)):
        parts.append(f"{_PROPOSED} AND p.kind = :kind{number}{also}")
        values[f"kind{number}"] = kind
    if not kinds:
        parts = [f"{_PROPOSED}{also}"]
    if not undecided:
        parts.append(_HELD)
        if kinds:
            # A pair that was judged stays where it was found, and is found by its verdict too.
            wanted = "(SELECT value FROM json_each(:kinds))"
            values["kinds"] = dumps(tuple(kinds))
            judged = " UNION ".join(
                _JUDGED.format(one, other, wanted)
                for one, other in (("first", "second"), ("second", "first"))
            )
            parts[-1] += f" AND k.verdict IN {wanted}"
            parts.append(f"{_PROPOSED} AND p.kind NOT IN {wanted} AND p.id IN ({judged})")
    return " UNION ALL ".join(parts), values
