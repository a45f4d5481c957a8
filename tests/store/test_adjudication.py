"""Adjudication: what an adjudicator takes is their own decision, and the two keep theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from store_fakes import Opener, article

from claims.model import Claim, Span
from store.adjudication import Case, Take, agreed, annotators, cases, decide
from store.agreement import names
from store.db import Library
from store.errors import StoreError
from store.state import rebuild_state

PAIR = ("ann", "bea")
Opened = Callable[[], Library]


@pytest.fixture
def library(opened: Opener) -> Library:
    """ann and bea decided on an article of five claims; chris is to adjudicate.

    The first is kept by ann only, the third has another type and side for bea, the fourth and the
    fifth are refused by both, who made the fourth anew with other ends.
    """
    library = opened()
    number = library.articles.add(article()).article_id
    ids = [record.id for record in library.claims.of(number)]
    for name in PAIR:
        library.annotator = name
        decide = library.decisions
        decide.accept(number, ids[1], ids[2])
        decide.reject(number, ids[3], ids[4])
        (decide.accept if name == "ann" else decide.reject)(number, ids[0])
        decide.add(number, Claim("", (Span(91, 130 if name == "ann" else 120),)))
    library.decisions.edit(number, ids[2], type="strike", side="russia")
    library.annotator = "chris"
    return library


def seen(library: Library) -> list[tuple[str, str, str]]:
    return [
        (record.status.value, record.claim.type.value, record.claim.side)
        for record in library.claims.of(1)
    ]


def of(library: Library, about: str) -> Case:
    return next(case for case in cases(library, PAIR) if about in case.about)


def test_the_disagreements_are_the_cases(library: Library) -> None:
    assert [case.about for case in cases(library, PAIR)] == [
        ("kept",),
        ("side", "type"),
        ("content",),
    ]
    assert not any(case.settled for case in cases(library, PAIR))


@pytest.mark.parametrize(
    ("take", "status"),
    [
        (Take.A, "accepted"),
        (Take.B, "rejected"),
        (Take.BOTH, "accepted"),
        (Take.NEITHER, "rejected"),
    ],
)
def test_a_claim_that_one_keeps(library: Library, take: Take, status: str) -> None:
    before = {name: _of(library, name) for name in PAIR}
    outcome = decide(library, of(library, "kept"), take)
    assert outcome.action == "adopt"
    assert library.claims.of(1)[0].status == status
    assert library.claims.of(1)[0].annotator == "chris"
    assert of(library, "kept").settled
    assert {name: _of(library, name) for name in PAIR} == before
    assert library.decisions.undo() is not None
    assert not of(library, "kept").settled
    assert library.decisions.redo() is not None
    assert library.claims.of(1)[0].status == status


def _of(library: Library, name: str) -> list[object]:
    me, library.annotator = library.annotator, name
    found = library.claims.of(1)
    library.annotator = me
    return list(found)


def test_other_labels_of_one_claim(library: Library) -> None:
    case = of(library, "type")
    decide(library, case, Take.B)
    assert ("edited", "strike", "russia") in seen(library)
    library.decisions.undo()
    decide(library, case, Take.BOTH)
    assert ("accepted", "losses", "ukraine") in seen(library)
    assert ("added", "strike", "russia") in seen(library)
    library.decisions.undo()
    assert all(status == "proposed" for status, _, _ in seen(library))


def test_a_claim_that_both_made_with_other_ends(library: Library) -> None:
    case = of(library, "content")
    assert len(case.aligned.claim_ids) == 2
    decide(library, case, Take.A)
    mine = {record.id: record for record in library.claims.of(1)}
    assert mine[case.aligned.claim_ids[0]].status == "added"
    assert case.aligned.claim_ids[1] not in mine
    library.decisions.undo()
    decide(library, case, Take.BOTH)
    assert {mark.claim.id for mark in case.aligned.marks if mark} <= {
        record.id for record in library.claims.of(1) if record.status == "added"
    }
    library.decisions.undo()
    decide(library, case, Take.NEITHER)
    refused = {record.id for record in library.claims.of(1) if record.status == "rejected"}
    assert refused == set(case.ids)


def test_what_all_agree_on_is_taken_as_one_step(library: Library) -> None:
    decide(library, of(library, "kept"), Take.A)
    found = agreed(library, PAIR)
    assert (len(found.versions), found.settled, found.disagreed, found.left_out) == (3, 0, 3, 0)
    library.decisions.adopt(found.versions)
    assert [status for status, _, _ in seen(library)] == [
        "accepted",
        "accepted",
        "proposed",
        "rejected",
        "rejected",
    ]
    assert agreed(library, PAIR).settled == 3
    before = seen(library)
    rebuild_state(library)
    assert seen(library) == before
    library.decisions.undo()
    assert [status for status, _, _ in seen(library)].count("proposed") == 4


def test_who_adjudicated_is_compared_only_when_named(library: Library) -> None:
    decide(library, of(library, "kept"), Take.A)
    assert names(library) == PAIR
    assert names(library, ("ann", "chris")) == ("ann", "chris")


def test_who_adjudicates_is_none_of_the_two(library: Library) -> None:
    assert annotators(library) == PAIR
    library.annotator = "ann"
    assert annotators(library) == ("bea", "machine")
    with pytest.raises(StoreError, match="third"):
        annotators(library, PAIR)
