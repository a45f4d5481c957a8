"""The order of mixed scripts: every character once, and as the algorithm of Unicode has it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from tui.bidi import in_seen_order, is_right_to_left_paragraph, seen_order


def seen(text: str, *, back: bool = False) -> str:
    """The row as it is seen."""
    segments = in_seen_order([Segment(text, Style())], right_to_left=back)
    return "".join(segment.text for segment in segments)


@pytest.mark.parametrize(
    ("text", "back", "expected"),
    [
        ("abc def", False, "abc def"),
        ("אבג", False, "גבא"),
        ("car is אבג in", False, "car is גבא in"),
        ("אבג 12 דהו", True, "והד 12 גבא"),
        ("אבג 12 דהו", False, "והד 12 גבא"),
        ("אבג (דה) abc.", True, ".abc (הד) גבא"),
        ("he said “אבג דה, 1.5” ok", False, "he said “1.5 ,הד גבא” ok"),
        ("قال 12%", True, "%12 لاق"),
        ("שָׁלוֹם", False, "םוֹלשָׁ"),
    ],
)
def test_known_rows(text: str, back: bool, expected: str) -> None:
    assert seen(text, back=back) == expected


@given(st.text(alphabet="ab 12.,()%אבגدهو\u05b0漢👩‍👧", max_size=40), st.booleans())
def test_every_character_is_seen_once(text: str, back: bool) -> None:
    spans = seen_order(text, right_to_left=back)
    covered = sorted((start, end) for start, end, _ in spans)
    assert "".join(text[start:end] for start, end in covered) == text
    assert all(one[1] == two[0] for one, two in pairwise(covered))


@given(st.text(alphabet="ab (),.!", max_size=40))
def test_a_row_without_such_letters_stays_as_it_is(text: str) -> None:
    assert seen(text) == text


def test_the_first_letter_tells_the_direction_of_a_paragraph() -> None:
    text = "12. “שלום” abc"
    assert is_right_to_left_paragraph(text, 0, len(text))
    assert not is_right_to_left_paragraph(text, 11, len(text))
