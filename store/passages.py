"""Claims of the whole library as lists show them: who, for which side, where, in what words.

The views over all claims find ids by an index and read a page of passages for what is on screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from claims.model import Claim
from store.errors import readable
from store.records import Status
from store.sides import SideLook, side_look
from store.state import read_claim
from store.wording import one_line

if TYPE_CHECKING:
    from store.db import Library


class Place(NamedTuple):
    """Which claim of which article."""

    article_id: int
    claim_id: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A claim with what a list says of its article."""

    article_id: int
    title: str
    outlet: str | None
    date: str | None
    profile: str
    status: Status
    claim: Claim
    words: str
    """The content, its fragments joined by " … "."""

    @property
    def look(self) -> SideLook:
        """Name, tag and colour of the side of its source."""
        return side_look(self.profile, self.claim.side)

    @property
    def place(self) -> Place:
        """Where to find it."""
        return Place(self.article_id, self.claim.id)


class Context(NamedTuple):
    """A claim's words within the sentences around them, white space folded, at the seams too."""

    before: str
    words: str
    after: str


SHOWN = (
    "NOT EXISTS (SELECT 1 FROM claim_state o WHERE o.article_id = c.article_id"
    " AND o.annotator = :me AND o.current AND o.claim_id = c.id)"
)
"""A machine's claim `c` that the annotator `:me` sees as the machine made it."""
OWN = "c.annotator = :me AND c.current AND NOT c.hidden AND c.status <> 'rejected'"
"""A state `c` of the annotator's that still is a claim."""

_PASSAGE = (
    "SELECT a.title, a.outlet, a.date, a.profile, coalesce(s.hidden, 0),"
    " coalesce(s.status, 'proposed'), coalesce(s.body, c.body), coalesce(s.quote, c.quote)"
    " FROM article a LEFT JOIN claim c ON c.article_id = a.id AND c.id = :claim"
    " LEFT JOIN claim_state s ON s.article_id = a.id AND s.annotator = :me AND s.current"
    " AND s.claim_id = :claim WHERE a.id = :article"
)


def passage(library: Library, place: Place) -> Passage | None:
    """One claim as the annotator sees it; None when it is not there, or deleted."""
    found = library.rows(
        _PASSAGE,
        {"me": library.annotator, "article": place.article_id, "claim": place.claim_id},
    )
    if not found or found[0][4] or found[0][6] is None:
        return None
    title, outlet, date, profile, _, status, body, quote = found[0]
    with readable(library.path, f"claim {place.claim_id} of article {place.article_id}"):
        claim = read_claim(body)
    return Passage(
        place.article_id,
        title,
        outlet,
        date,
        profile,
        Status(status),
        claim,
        one_line(quote),
    )


def passages(library: Library, places: Sequence[Place]) -> list[Passage]:
    """The claims that are there, in the given order."""
    with library.snapshot():
        found = (passage(library, place) for place in places)
        return [one for one in found if one is not None]


def select(
    library: Library,
    condition: str,
    values: dict[str, Any],
    *,
    limit: int,
    offset: int = 0,
) -> list[Passage]:
    """The annotator's claims, without the rejected, that fit; by article and place.

    `condition` is SQL about `c`, which is a claim or a state of one, and the article `a`.
    """
    rows = library.rows(
        "SELECT c.article_id AS article, c.id AS id, c.start AS start FROM claim c"
        f" JOIN article a ON a.id = c.article_id WHERE {condition} AND {SHOWN}"
        " UNION ALL SELECT c.article_id, c.claim_id, c.start FROM claim_state c"
        f" JOIN article a ON a.id = c.article_id WHERE {condition} AND {OWN}"
        " ORDER BY article, start, id LIMIT :limit OFFSET :offset",
        {**values, "me": library.annotator, "limit": limit, "offset": offset},
    )
    return passages(library, [Place(article_id, claim_id) for article_id, claim_id, _ in rows])


def context(library: Library, one: Passage, *, around: int = 300) -> Context:
    """The words with at most `around` characters before and after them."""
    start, end = one.claim.start, one.claim.end
    low = max(0, start - around)
    (found,) = library.row(
        "SELECT substr(v.text, ?, ?) FROM article a JOIN text_version v ON v.id = a.version_id"
        " WHERE a.id = ?",
        (low + 1, end - low + around, one.article_id),
    )
    text = str(found)
    before, words, after = text[: start - low], text[start - low : end - low], text[end - low :]
    if low:
        before = "…" + before.partition(" ")[2]
    if len(after) == around:
        after = after.rpartition(" ")[0] + "…"
    before, after = one_line(f"{before}.")[:-1], one_line(f".{after}")[1:]
    return Context(before, one_line(words), after)
