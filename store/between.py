"""What changed between two moments, claim by claim, from the log alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from store import moments
from store.entries import COLUMNS, entry
from store.errors import readable
from store.records import ClaimRecord, Decision
from store.turning import same

if TYPE_CHECKING:
    from store.db import Library

_REPORT_EVERY = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim that one annotator had otherwise at the first moment than at the second."""

    article_id: int
    title: str
    annotator: str
    text_sha256: str
    claim_id: str
    before: ClaimRecord | None
    """None where the annotator had no such claim."""
    after: ClaimRecord | None
    steps: int
    """How many decisions lie between."""
    at: str
    """When the last of them was taken."""


def changed(
    library: Library,
    since: datetime,
    until: datetime,
    *,
    annotators: Sequence[str] = (),
    article_ids: Sequence[int] = (),
    report: Callable[[int, int], None] | None = None,
) -> Iterator[Changed]:
    """The claims that changed, by article and in the order in which they changed last.

    What was changed and changed back is left out. Decisions on earlier texts of an article are
    among them. `report` is told how many claims of how many were looked at.
    """
    with library.snapshot(), readable(library.path, "the log"):
        found: dict[tuple[str, int, str, str], list[int]] = {}
        earlier: dict[tuple[str, int, str, str], int] = {}
        names, articles = set(annotators), set(article_ids)
        for number, at, annotator, article_id, sha, claim_id in library.rows(
            "SELECT id, at, annotator, article_id, text_sha256, claim_id FROM decision ORDER BY id"
        ):
            if (names and annotator not in names) or (articles and article_id not in articles):
                continue
            moment = moments.logged(at)
            place = (annotator, article_id, sha, claim_id)
            if moment <= since:
                earlier[place] = number
            if moment <= until:
                found.setdefault(place, []).append(number)
        titles: dict[int, str] = {}
        ordered = sorted(found.items(), key=lambda item: (item[0][1], item[1][-1]))
        for done, (place, numbers) in enumerate(ordered):
            if report is not None and done % _REPORT_EVERY == 0:
                report(done, len(ordered))
            one = _changed(library, place, numbers, earlier.get(place), titles)
            if one is not None:
                yield one
        if report is not None:
            report(len(ordered), len(ordered))


def _changed(
    library: Library,
    place: tuple[str, int, str, str],
    numbers: Sequence[int],
    earlier: int | None,
    titles: dict[int, str],
) -> Changed | None:
    annotator, article_id, sha, claim_id = place
    if numbers[-1] == earlier:
        return None
    last = _entry(library, numbers[-1])
    if earlier is not None:
        before = _entry(library, earlier).after
    else:
        before = (last if len(numbers) == 1 else _entry(library, numbers[0])).before
    if same(before, last.after):
        return None
    if article_id not in titles:
        titles[article_id] = library.articles.summary(article_id).title
    steps = sum(number > (earlier or 0) for number in numbers)
    return Changed(
        article_id,
        titles[article_id],
        annotator,
        sha,
        claim_id,
        before,
        last.after,
        steps,
        last.at,
    )


def _entry(library: Library, number: int) -> Decision:
    return entry(library.row(f"SELECT {COLUMNS} FROM decision WHERE id = ?", (number,)))
