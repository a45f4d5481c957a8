"""Adjudication: two annotators' versions of a claim, and which of them an adjudicator takes.

The adjudicator is the library's annotator. What they take is their own decision, one batch a
claim, with undo and redo like any other; the decisions of the two stay as they are.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from claims.agreement.aligning import Aligned, Mark, Verdict
from claims.agreement.differing import disagreement
from claims.model import Claim
from store import agreement
from store.annotators import MACHINE
from store.errors import StoreError
from store.outcomes import Outcome, Version

if TYPE_CHECKING:
    from store.db import Library


class Take(StrEnum):
    """What an adjudicator takes."""

    A = "a"
    B = "b"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Case:
    """A claim on which two annotators disagree, for one adjudicator."""

    article_id: int
    title: str
    aligned: Aligned
    about: tuple[str, ...]
    quote: str = ""
    """The words of the claim, of whom has it first."""
    settled: tuple[str, ...] = ()
    """The claims of it that the adjudicator has decided on."""

    @property
    def one(self) -> Mark | None:
        """As A has it; None where A has no such claim."""
        return self.aligned.marks[0]

    @property
    def two(self) -> Mark | None:
        """As B has it."""
        return self.aligned.marks[1]

    @property
    def kept(self) -> tuple[bool | None, ...]:
        """Whether A keeps it, and B."""
        return self.aligned.kept

    def with_decided(self, decided: Container[str]) -> Case:
        """The same case, when these claims are decided by now."""
        return replace(self, settled=tuple(name for name in self.ids if name in decided))

    @property
    def ids(self) -> tuple[str, ...]:
        """All the ids under which it is known."""
        return self.aligned.claim_ids


def annotators(library: Library, given: Sequence[str] = ()) -> tuple[str, ...]:
    """Whom to adjudicate between: those given, else those who decided most, but not oneself.

    Raises `StoreError` when there are no two, or when the adjudicator is one of them.
    """
    me = library.annotator
    if given:
        chosen = agreement.names(library, given)
    else:
        decided = [one.name for one in library.annotators.all() if one.name != me]
        people = set(library.annotators.deciders())
        chosen = tuple(sorted([name for name in decided if name in people][:2]))
        if len(chosen) == 1:
            chosen = (*chosen, MACHINE)
    if len(chosen) < 2:
        raise StoreError(
            "adjudication needs two annotators who decided, beside the adjudicator; switch to a"
            " third one, or name them with --annotators"
        )
    if me in chosen:
        raise StoreError(
            f"{me} is one of the two and cannot adjudicate; decide as a third one: --annotator NAME"
        )
    return chosen


def cases(
    library: Library,
    pair: Sequence[str],
    article_ids: Sequence[int] = (),
    *,
    report: agreement.Report | None = None,
) -> list[Case]:
    """The claims on which two annotators disagree, by article and place in the text."""
    found = []
    decided: set[str] = set()
    last = 0
    for one in agreement.disagreements(library, pair, article_ids, report=report):
        if one.article_id != last:
            decided, last = decided_in(library, one.article_id), one.article_id
        settled = tuple(name for name in one.aligned.claim_ids if name in decided)
        found.append(Case(one.article_id, one.title, one.aligned, one.about, one.quote, settled))
    return found


def decided_in(library: Library, article_id: int) -> set[str]:
    """The claims of an article that the adjudicator has decided on."""
    return {
        str(claim_id)
        for (claim_id,) in library.rows(
            "SELECT claim_id FROM claim_state WHERE article_id = ? AND annotator = ? AND current"
            " AND (hidden OR status <> 'proposed')",
            (article_id, library.annotator),
        )
    }


def decide(library: Library, case: Case, take: Take) -> Outcome:
    """Take a version, both, or neither, as the adjudicator's own decision.

    Raises what `Decisions.adopt` raises.
    """
    chosen: list[Claim] = []
    if take in (Take.A, Take.BOTH) and _keeps(case.one):
        chosen.append(case.one.claim)  # type: ignore[union-attr]
    if take in (Take.B, Take.BOTH) and _keeps(case.two):
        chosen.append(case.two.claim)  # type: ignore[union-attr]
    if len(chosen) == 2 and chosen[0].id == chosen[1].id:
        # One claim cannot be had twice: the second version stands beside it as one of its own.
        chosen[1] = replace(chosen[1], id="h" + secrets.token_hex(8))
    return library.decisions.adopt(list(_versions(library, case, chosen)))


def _versions(library: Library, case: Case, chosen: Sequence[Claim]) -> Iterator[Version]:
    taken = {claim.id for claim in chosen}
    for claim in chosen:
        yield Version(case.article_id, claim, True)
    versions = {mark.claim.id: mark.claim for mark in case.aligned.marks if mark is not None}
    for claim_id in case.ids:
        if claim_id in taken:
            continue
        seen = library.claims.find(case.article_id, claim_id)
        if seen is not None:
            yield Version(case.article_id, seen.claim, False)
        elif not chosen and claim_id in versions:
            # So that it is seen to have been refused, and by whom.
            yield Version(case.article_id, versions[claim_id], False)


def _keeps(mark: Mark | None) -> bool:
    return mark is not None and mark.verdict is Verdict.KEPT


@dataclass(frozen=True, slots=True)
class Agreed:
    """What annotators agree on, and how much of it an adjudicator has yet to take."""

    versions: tuple[Version, ...]
    """What is to be taken."""
    settled: int
    """Claims that the adjudicator has decided on already."""
    disagreed: int
    left_out: int
    """Claims that one of the annotators has yet to decide."""


def agreed(
    library: Library,
    annotators: Sequence[str],
    article_ids: Sequence[int] = (),
    *,
    report: Callable[[int, int], None] | None = None,
) -> Agreed:
    """What all of the annotators keep, or refuse, alike."""
    found: list[Version] = []
    done = disagreed = left_out = 0
    articles = agreement.articles_of(library, annotators, article_ids)
    for number, article_id in enumerate(articles, 1):
        decided = decided_in(library, article_id)
        for one in agreement.aligned(library, annotators, article_id):
            if one.open:
                left_out += 1
            elif disagreement(one):
                disagreed += 1
            elif not decided.isdisjoint(one.claim_ids):
                done += 1
            else:
                found += _alike(library, article_id, one)
        if report is not None:
            report(number, len(articles))
    return Agreed(tuple(found), done, disagreed, left_out)


def _alike(library: Library, article_id: int, one: Aligned) -> Iterator[Version]:
    marks = [mark for mark in one.marks if mark is not None]
    keep = marks[0].verdict is Verdict.KEPT
    if keep:
        yield Version(article_id, marks[0].claim, True)
    # What nobody keeps is refused where the adjudicator would see it.
    for claim_id in one.claim_ids[int(keep) :]:
        seen = library.claims.find(article_id, claim_id)
        if seen is not None:
            yield Version(article_id, seen.claim, False)
