"""Moving spans: they stay inside the text, are never empty, and never cross each other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.model import Claim, Span
from tui.spans import SpanEdit

TEXT = "The ministry said that “two tanks” were lost, per TASS. Nothing else."
HOME = Span(0, TEXT.index(" Nothing"))
CONTENT = Span(TEXT.index("that"), TEXT.index(", per"))

STEPS = st.lists(
    st.sampled_from(["w+", "w-", "c+", "c-", "other_end", "next_part", "next_fragment", "drop"]),
    max_size=40,
)


def begun() -> SpanEdit:
    claim = Claim("c1", (CONTENT,), source=(Span(0, 12),), cue=(Span(13, 17),))
    return SpanEdit.of(TEXT, claim, HOME)


def step(edit: SpanEdit, name: str) -> SpanEdit:
    if name[0] in "wc" and name[1] in "+-":
        move = edit.word if name[0] == "w" else edit.character
        return move(1 if name[1] == "+" else -1)
    stepped: SpanEdit = getattr(edit, name)()
    return stepped


@given(STEPS)
def test_whatever_is_pressed_the_spans_stay_whole(steps: list[str]) -> None:
    edit = begun()
    for name in steps:
        edit = step(edit, name)
        assert edit.parts["content"]
        for spans in edit.parts.values():
            assert all(0 <= span.start < span.end <= len(TEXT) for span in spans)
            assert all(a.end <= b.start for a, b in pairwise(spans))


def test_the_end_moves_by_words_over_punctuation() -> None:
    edit = begun().word(1)
    assert edit.parts["content"][0].of(TEXT).endswith("lost,")
    edit = edit.word(1)
    assert edit.parts["content"][0].of(TEXT).endswith("per")
    edit = edit.word(-1).word(-1).word(-1)
    assert edit.parts["content"][0].of(TEXT).endswith("were")


def test_the_start_moves_when_the_other_end_is_chosen() -> None:
    edit = begun().other_end().word(1)
    assert edit.parts["content"][0].of(TEXT).startswith("“two")
    assert edit.character(1).parts["content"][0].of(TEXT).startswith("two")


def test_a_part_without_a_span_begins_at_the_sentence() -> None:
    edit = SpanEdit.fresh(TEXT, HOME).next_part()
    assert edit.part == "source" and edit.current is None and "no source" in edit.note
    assert edit.word(1).parts["source"] == (Span(0, 3),)


def test_the_last_content_cannot_be_dropped() -> None:
    edit = begun().drop()
    assert edit.parts["content"] == (CONTENT,)
    assert edit.note == "a claim needs content"


def test_only_what_changed_is_given_back() -> None:
    edit = begun()
    claim = Claim("c1", (CONTENT,), source=(Span(0, 12),), cue=(Span(13, 17),))
    assert edit.changes(claim) == {}
    assert set(edit.next_part().word(1).changes(claim)) == {"source"}
