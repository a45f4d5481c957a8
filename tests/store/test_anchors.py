"""Decisions carried to a newer text; what waits is listed, and nothing is lost."""

from __future__ import annotations

import pytest
from store_fakes import article

from claims.anchoring import Outcome
from claims.model import Claim, ClaimType, Span
from store import anchors
from store.anchors import UnknownAnchorError
from store.db import Library
from store.records import ClaimRecord, Status

URL = "https://example.org/a"
OLD = (
    "Kyiv advanced near the river. Moscow denied it. Kyiv killed 40 soldiers. The weather was fine."
)
ABOVE = "An editor added this. " + OLD


def add(library: Library, text: str) -> int:
    return library.articles.add(article(text), url=URL).article_id


def by_words(library: Library, number: int) -> dict[str, ClaimRecord]:
    text = library.articles.get(number).text
    return {r.claim.content[0].of(text): r for r in library.claims.of(number)}


def test_what_stands_unchanged_goes_with_the_text(library: Library) -> None:
    number = add(library, OLD)
    claims = by_words(library, number)
    library.decisions.accept(number, claims["Kyiv advanced near the river."].id)
    library.decisions.reject(number, claims["Moscow denied it."].id)
    library.decisions.edit(number, claims["Kyiv killed 40 soldiers."].id, side="media")
    library.decisions.note(number, claims["The weather was fine."].id, "seen")
    add(library, ABOVE)
    now = by_words(library, number)
    assert {words: record.status for words, record in now.items()} == {
        "An editor added this.": Status.PROPOSED,
        "Kyiv advanced near the river.": Status.ACCEPTED,
        "Moscow denied it.": Status.REJECTED,
        "Kyiv killed 40 soldiers.": Status.EDITED,
        "The weather was fine.": Status.PROPOSED,
    }
    assert now["Kyiv killed 40 soldiers."].claim.side == "media"
    assert now["The weather was fine."].note == "seen"
    quantity = now["Kyiv killed 40 soldiers."].claim.quantities[0]
    assert quantity.span.of(ABOVE) == "40"
    assert anchors.waiting(library) == []
    outcome = library.decisions.undo()
    assert outcome is not None and "carried over" in outcome.words
    assert all(record.status is Status.PROPOSED for record in library.claims.of(number))


def test_a_claim_of_ones_own_goes_with_its_words(library: Library) -> None:
    number = add(library, OLD)
    start = OLD.index("denied")
    own = Claim("", (Span(start, start + 9),), type=ClaimType.DENIAL)
    (name,) = library.decisions.add(number, own).claim_ids
    add(library, ABOVE)
    assert library.claims.get(number, name).claim.content[0].of(ABOVE) == "denied it"
    add(library, OLD)
    assert library.claims.get(number, name).claim.content == own.content
    assert len([r for r in library.claims.of(number) if r.status is Status.ADDED]) == 1


def test_what_changed_waits_and_is_placed_or_dropped_by_a_person(library: Library) -> None:
    number = add(library, OLD)
    claims = by_words(library, number)
    for words in ("Kyiv killed 40 soldiers.", "Moscow denied it."):
        library.decisions.accept(number, claims[words].id)
    library.decisions.reject(number, claims["The weather was fine."].id)
    new = OLD.replace("40 soldiers", "45 soldiers").replace("Moscow denied it. ", "")
    new = new.replace("The weather was fine.", "")
    add(library, new)
    assert all(record.status is Status.PROPOSED for record in library.claims.of(number))
    review, orphan = anchors.waiting(library)
    assert (review.outcome, review.was) == (Outcome.REVIEW, "Kyiv killed 40 soldiers.")
    assert review.now == "Kyiv killed 45 soldiers."
    assert (orphan.outcome, orphan.was, orphan.span) == (Outcome.ORPHAN, "Moscow denied it.", None)
    with pytest.raises(UnknownAnchorError, match="no place"):
        anchors.accept(library, orphan.id)
    anchors.accept(library, review.id)
    (own,) = [r for r in library.claims.of(number) if r.status is Status.ADDED]
    assert own.claim.content[0].of(new) == "Kyiv killed 45 soldiers."
    assert own.claim.quantities == ()
    anchors.dismiss(library, orphan.id)
    assert anchors.count(library) == 0
    with pytest.raises(UnknownAnchorError):
        anchors.dismiss(library, orphan.id)
    library.decisions.undo()
    assert not [r for r in library.claims.of(number) if r.status is Status.ADDED]


def test_what_waits_is_looked_for_again_in_the_next_text(library: Library) -> None:
    number = add(library, OLD)
    claim = by_words(library, number)["Kyiv killed 40 soldiers."]
    library.decisions.accept(number, claim.id)
    add(library, OLD.replace("40 soldiers", "45 soldiers"))
    assert anchors.count(library) == 1
    add(library, ABOVE)
    assert anchors.count(library) == 0
    assert by_words(library, number)["Kyiv killed 40 soldiers."].status is Status.ACCEPTED


def test_each_annotators_decisions_go_with_it(library: Library) -> None:
    number = add(library, OLD)
    first = by_words(library, number)["Moscow denied it."].id
    library.decisions.accept(number, first)
    library.annotators.switch("bea")
    library.decisions.reject(number, first)
    add(library, ABOVE)
    assert by_words(library, number)["Moscow denied it."].status is Status.REJECTED
    library.annotators.switch("ann")
    assert by_words(library, number)["Moscow denied it."].status is Status.ACCEPTED
