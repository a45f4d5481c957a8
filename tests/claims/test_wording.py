"""Where in a text the words stand that matter: found a stretch at a time, the same as at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import wording
from claims.model import Span
from claims.moments import DATE_WORDS, find_dates
from claims.profile import load
from claims.quantities import FIGURE_WORDS, find_quantities
from claims.victims import harm_words
from claims.wording import marks

WORDS = st.sampled_from(
    [
        *("in", "the", "Kyiv", "Kherson", "Oblast", "told", "CNN", "on", "Telegram", "killed"),
        *("\n", "—", "Zaporizhzhia", "nuclear", "power", "plant", "lost", "soldiers", "İ", "…"),
    ]
)


@given(st.lists(WORDS, max_size=80).map(" ".join), st.integers(1, 40))
def test_stretches_give_the_same_marks_as_the_whole_text(text: str, size: int) -> None:
    war = load("russia-ukraine")
    finders = (war.place_words, war.channel_words, harm_words)
    whole = marks(text, finders)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("claims.text._STRETCH", size)
        patch.setattr(wording, "CONTEXT", 8)
        cut = marks(text, finders)
    for one, other in zip(whole, cut, strict=True):
        for start in range(0, len(text), 3):
            span = Span(start, min(len(text), start + 7))
            assert one.may_be_in(span) is other.may_be_in(span)


FIGURES = st.sampled_from(
    [
        *(
            "a man",
            "killed",
            "Qur'an",
            "5",
            "5km",
            "12/5/24",
            "twenty-five",
            "Monday",
            "may",
            "May",
        ),
        *("2024", "past", "few", "days", "x'one", "dead_one", "year’s", "U.S.", "million"),
        *(" ", " ", "-", "/", "(", "…", "²", "٣", "in recent", "tonight", "ago", "losses"),
    ]
)


@given(st.lists(FIGURES, max_size=9).map("".join), st.data())
def test_no_figure_and_no_date_is_passed_over(text: str, data: st.DataObject) -> None:
    figures, dates = marks(text, (), (FIGURE_WORDS.__getitem__, DATE_WORDS.__getitem__))
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert figures.may_be_in(span) or not find_quantities(text, span)
    assert dates.may_be_in(span) or not find_dates(text, span, "2024-05-05")


def test_a_claim_without_such_a_word_is_told_apart() -> None:
    text = "The army left. " * 5_000 + "He was killed in Kherson. " + "The army left. " * 5_000
    places, _, harm = marks(
        text, (load("russia-ukraine").place_words, load("russia-ukraine").channel_words, harm_words)
    )
    at = text.index("He was")
    assert places.may_be_in(Span(at, at + 24))
    assert harm.may_be_in(Span(at, at + 24))
    assert not places.may_be_in(Span(0, at))
    assert not harm.may_be_in(Span(at + 26, len(text)))
