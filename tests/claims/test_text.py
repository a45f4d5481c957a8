"""Characters: one code point for one, nothing harmful left, search folds the unseen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text import MAX_MARKS, canonical, displayed, paragraphs, searchable

ANY_TEXT = st.text(st.characters() | st.sampled_from("\x00\x1b\x7f\x85\x9b\r\n\t\ud800\u202e"))


@given(ANY_TEXT)
def test_canonical_keeps_length_and_is_done_once(text: str) -> None:
    once = canonical(text)
    assert len(once) == len(text)
    assert canonical(once) == once
    once.encode("utf-8")


@given(ANY_TEXT)
def test_displayed_keeps_length_and_lets_no_control_through(text: str) -> None:
    shown = displayed(text)
    assert len(shown) == len(text)
    assert displayed(shown) == shown
    for char in shown:
        assert char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")
        assert not 0x202A <= ord(char) <= 0x202E and not 0x2066 <= ord(char) <= 0x2069


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("a\x00b", "a␀b"),
        ("\x1b[2J", "␛[2J"),
        ("\x7f", "␡"),
        ("\x9b2J", "�2J"),
        ("a\x85b\u2028c\u2029", "a␤b␤c␤"),
        ("\ud800", "�"),
        ("a\tb\r\nc\rd\n", "a\tb\r\nc\rd\n"),
    ],
)
def test_canonical(raw: str, stored: str) -> None:
    assert canonical(raw) == stored


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("7 \u202eerom dna\u202c killed", "7 ␦erom dna␦ killed"),
        ("Khar\u200bkiv", "Khar␦kiv"),
        ("a\tb", "a b"),
        ("one\r\ntwo", "one \ntwo"),
        ("real\rfake", "real␍fake"),
        ("tag\U000e0041", "tag␦"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("[Reuters] x", "[Reuters] x"),
    ],
)
def test_displayed(raw: str, shown: str) -> None:
    assert displayed(raw) == shown


def test_displayed_caps_combining_marks_even_between_joiners() -> None:
    piled = "Z" + "\u0301\u200d" * 60 + " e\u0301"
    shown = displayed(piled)
    assert shown.count("\u0301") == MAX_MARKS + 1
    assert shown.endswith(" e\u0301")


def test_searchable_finds_what_looks_the_same() -> None:
    assert searchable("Khar\u200bkiv “don’t” – ＡＢＣ") == 'kharkiv "don\'t" - abc'


def test_each_line_is_a_paragraph() -> None:
    text = "\n One line. \r\n\r\nAnother  \nthird"
    assert [span.of(text) for span in paragraphs(text)] == ["One line.", "Another", "third"]


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "    The spokesman said on Monday that the column had turned\n"
        "back before it reached the river and that two of its\n"
        "vehicles had been left on the road near the bridge.\n"
        "    A second spokesman, asked about the report, said that\n"
        "nothing of the kind had taken place in the whole of the\n"
        "district since the start of the week.\n"
        "REUTER\n"
    )
    found = [" ".join(span.of(text).split())[:14] for span in paragraphs(text)]
    assert found == ["The spokesman ", "A second spoke", "REUTER"]


def test_a_short_wire_with_ragged_lines_is_joined() -> None:
    text = (
        "Government troops have retaken the\n"
        "western town of Dera, which had been the main base of the\n"
        "Northern Front since the spring, an army spokesman\n"
        "said.\n"
        "    No word came from the other side, but its radio has\n"
        "Played marches all day.\n"
        " REUTER\n"
    )
    found = [" ".join(span.of(text).split())[:14] for span in paragraphs(text)]
    assert found == ["Government tro", "No word came f", "REUTER"]


def test_headlines_below_each_other_are_not_wrapped_text() -> None:
    text = (
        "Ministers Agree On A Bridge Across The River At Dera\n"
        "The Bridge At Dera Is One Huge Step For The Whole Valley\n"
        "Photographs from the debate are shown below:"
    )
    assert len(paragraphs(text)) == 3


def test_a_list_of_short_lines_is_not_wrapped_text() -> None:
    text = "Losses this week, as reported by both of them:\nfour tanks\ntwo howitzers\none bridge"
    assert len(paragraphs(text)) == 4


@given(ANY_TEXT)
def test_paragraphs_hold_everything_but_white_space(text: str) -> None:
    at = 0
    for span in paragraphs(text):
        assert not text[at : span.start].strip()
        assert span.of(text).strip() == span.of(text) != ""
        at = span.end
    assert not text[at:].strip()
