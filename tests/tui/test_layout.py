"""Rows: every character is shown once, nothing is wider than the pane, offsets come back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claims.model import Span
from claims.sentences import split
from claims.text import displayed, paragraphs
from tui.layout import Layout, SentenceIndex, wrap

WORDS = st.text(
    alphabet=st.sampled_from("abc de  fg,.“”—\n\t漢字かな🇺🇦👩‍👧e\u0301\u202eשלום مرحبا\u200b"),
    max_size=300,
)


def laid_out(text: str, width: int) -> Layout:
    shown = displayed(text)
    return Layout(shown, paragraphs(shown), width)


@given(WORDS, st.integers(8, 60))
def test_rows_show_every_visible_character_once_and_in_order(text: str, width: int) -> None:
    layout = laid_out(text, width)
    rows = [row for row in layout.rows if row is not None]
    shown = [offset for row in rows for offset in range(row.start, row.end)]
    assert shown == sorted(set(shown))
    hidden = set(range(len(layout.text))) - set(shown)
    assert all(layout.text[offset].isspace() for offset in hidden)


@given(WORDS, st.integers(8, 60))
def test_no_row_is_wider_than_the_pane(text: str, width: int) -> None:
    layout = laid_out(text, width)
    for row in layout.rows:
        if row is not None:
            assert cell_len(layout.text[row.start : row.end]) <= width


@given(WORDS, st.integers(8, 60))
def test_the_row_of_an_offset_holds_it(text: str, width: int) -> None:
    layout = laid_out(text, width)
    for number, row in enumerate(layout.rows):
        if row is not None:
            assert layout.row_of(row.start) == number
            assert layout.row_of(row.end - 1) == number


@given(WORDS, st.integers(8, 60))
def test_a_click_on_a_row_gives_an_offset_of_that_row(text: str, width: int) -> None:
    layout = laid_out(text, width)
    for number, row in enumerate(layout.rows):
        for cell in (0, 3, width + 5):
            offset = layout.offset_at(number, cell)
            if row is None:
                assert offset is None
            else:
                assert offset is not None and row.start <= offset < row.end


@given(st.text(alphabet="abcdef .", max_size=200), st.integers(4, 40))
def test_the_quick_wrap_and_the_general_wrap_agree(text: str, width: int) -> None:
    text = text.strip()
    span = Span(0, len(text))
    # A combining mark of no width on a word of its own sends the same words the general way.
    quick = list(wrap(text, span, width)) if text else []
    marked = text + " \u0301" if text else ""
    general = list(wrap(marked, Span(0, len(marked)), width)) if text else []
    words_quick = [text[a:b].split() for a, b in quick]
    words_general = [marked[a:b].replace("\u0301", "").split() for a, b in general]
    assert [w for row in words_quick for w in row] != [] or not text
    assert words_quick == [row for row in words_general if row][: len(words_quick)]


def test_a_word_is_not_cut_when_it_fits_on_a_row() -> None:
    text = "one two three four five six seven"
    rows = [text[a:b] for a, b in wrap(text, Span(0, len(text)), 9)]
    assert rows == ["one two", "three", "four five", "six seven"]


def test_a_word_longer_than_a_row_is_cut_into_rows() -> None:
    text = "x" * 25
    assert [b - a for a, b in wrap(text, Span(0, 25), 10)] == [10, 10, 5]


def test_wide_characters_count_two_cells() -> None:
    text = "漢字" * 10
    assert [text[a:b] for a, b in wrap(text, Span(0, 20), 8)] == ["漢字漢字"] * 5


def test_paragraphs_are_set_apart_by_one_empty_row() -> None:
    layout = laid_out("One.\n\n\nTwo.\nThree.", 20)
    assert [row is None for row in layout.rows] == [False, True, False, True, False]


def test_the_sentence_at_an_offset() -> None:
    text = "One is here. Two is there.\nThree."
    index = SentenceIndex(split(text))
    assert [index.at(offset) for offset in (0, 12, 13, 26, 27, 99)] == [0, 0, 1, 1, 2, 2]
    assert index.span(1).of(text) == "Two is there."


def test_an_empty_article_has_no_rows_and_one_empty_sentence() -> None:
    layout = laid_out("", 20)
    assert layout.height == 0
    assert SentenceIndex(()).span(3) == Span(0, 0)
    assert layout.row_of(0) == 0
