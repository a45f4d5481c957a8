"""Words found again in a changed text, and never silently on other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring import Outcome, anchor
from claims.model import Span

OLD = (
    "The ministry spoke on Monday. Kyiv said that 7 soldiers were killed near the river."
    " Moscow denied it. The weather was fine."
)
WORDS = "Kyiv said that 7 soldiers were killed near the river."
SPAN = Span(OLD.index(WORDS), OLD.index(WORDS) + len(WORDS))
INNER = Span(OLD.index("7 soldiers"), OLD.index(" near the river"))


@pytest.mark.parametrize(
    ("new", "outcome"),
    [
        (OLD, Outcome.MOVED),
        ("An editor added this.\n\n" + OLD, Outcome.MOVED),
        (OLD.replace(" The weather was fine.", ""), Outcome.MOVED),
        (OLD.replace("7 soldiers", "17 soldiers"), Outcome.REVIEW),
        (OLD.replace("near the river.", "near the river, it turned out."), Outcome.REVIEW),
        (OLD.replace("Kyiv said that", "Nobody said that"), Outcome.REVIEW),
        (OLD.replace(WORDS, ""), Outcome.ORPHAN),
        ("Something else altogether.", Outcome.ORPHAN),
        (f"{WORDS} {WORDS}", Outcome.REVIEW),
    ],
)
def test_what_becomes_of_a_sentence(new: str, outcome: Outcome) -> None:
    found = anchor(OLD, SPAN, new)
    assert found.outcome is outcome
    if outcome is Outcome.MOVED:
        assert found.span is not None and found.span.of(new) == WORDS


@pytest.mark.parametrize(
    "change", ["not all of the 7 soldiers were killed", "17 soldiers were killed"]
)
def test_a_part_of_a_sentence_goes_only_with_the_whole_of_it(change: str) -> None:
    new = OLD.replace("7 soldiers were killed", change)
    assert anchor(OLD, INNER, new).outcome is not Outcome.MOVED


@given(st.text(max_size=60), st.text(max_size=60), st.text(min_size=1, max_size=40))
def test_what_moves_holds_the_same_words(before: str, after: str, words: str) -> None:
    old = f"{words}{after}"
    new = f"{before}{words}{after}"
    found = anchor(old, Span(0, len(words)), new)
    if found.outcome is Outcome.MOVED:
        assert found.span is not None and found.span.of(new) == words
    assert (found.span is None) == (found.outcome is Outcome.ORPHAN)


def test_words_that_stand_everywhere_are_for_a_person() -> None:
    words = "said " * 20
    assert anchor(words, Span(25, 60), "said " * 4000).outcome is Outcome.REVIEW
