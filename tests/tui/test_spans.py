"""Moving spans: they stay inside the text, are never empty, and never cross each other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.likely import contents
from claims.model import Claim, Span
from claims.sentences import split
from tui.spans import SpanEdit

TEXT = "The ministry said that “two tanks” were lost, per TASS. Nothing else."
HOME = Span(0, TEXT.index(" Nothing"))
SENTENCES = split(TEXT)
SPANS = tuple(sentence.span for sentence in SENTENCES)
CONTENT = Span(TEXT.index("that"), TEXT.index(", per"))

KEYS: dict[str, Callable[[SpanEdit], SpanEdit]] = {
    "w+": lambda edit: edit.word(1),
    "w-": lambda edit: edit.word(-1),
    "c+": lambda edit: edit.character(1),
    "c-": lambda edit: edit.character(-1),
    "clause+": lambda edit: edit.clause(1),
    "clause-": lambda edit: edit.clause(-1),
    "name+": lambda edit: edit.name(1),
    "name-": lambda edit: edit.name(-1),
    "find t": lambda edit: edit.find("t"),
    "find w": lambda edit: edit.find("W"),
    "inside": lambda edit: edit.quotation(inside=True),
    "quotes": lambda edit: edit.quotation(inside=False),
    "1": lambda edit: edit.offer(1),
    "4": lambda edit: edit.offer(4),
    "rest": SpanEdit.rest,
    "grow": SpanEdit.grow,
    "shrink": SpanEdit.shrink,
    "other end": SpanEdit.other_end,
    "part": SpanEdit.next_part,
    "fragment": SpanEdit.next_fragment,
    "add": SpanEdit.add_fragment,
    "cut": SpanEdit.cut,
    "drop": SpanEdit.drop,
}
STEPS = st.lists(st.sampled_from(sorted(KEYS)), max_size=40)


def begun() -> SpanEdit:
    claim = Claim("c1", (CONTENT,), source=(Span(0, 12),), cue=(Span(13, 17),))
    return SpanEdit.of(TEXT, claim, HOME, sentences=SPANS)


def marked(edit: SpanEdit, part: str = "content") -> str:
    """The words of the current fragment."""
    return edit.parts[part][edit.fragment].of(TEXT)


@given(STEPS, st.booleans())
def test_whatever_is_pressed_the_spans_stay_whole(steps: list[str], fresh: bool) -> None:
    offered = contents(TEXT, SENTENCES, 0)
    edit = SpanEdit.fresh(TEXT, HOME, sentences=SPANS, contents=offered) if fresh else begun()
    for name in steps:
        edit = KEYS[name](edit)
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
    edit = SpanEdit.fresh("Rain fell.", Span(0, 10)).next_part()
    assert edit.part == "source" and edit.current is None and "no source" in edit.note
    assert edit.word(1).parts["source"] == (Span(0, 4),)


def test_the_last_content_cannot_be_dropped() -> None:
    edit = begun().drop()
    assert edit.parts["content"] == (CONTENT,)
    assert edit.note == "a claim needs content"


def test_only_what_changed_is_given_back() -> None:
    edit = begun()
    claim = Claim("c1", (CONTENT,), source=(Span(0, 12),), cue=(Span(13, 17),))
    assert edit.changes(claim) == {}
    assert set(edit.next_part().word(1).changes(claim)) == {"source"}


def test_clauses_stop_at_commas_quotation_marks_and_behind_the_cue() -> None:
    edit = SpanEdit.fresh(TEXT, HOME, sentences=SPANS)
    assert not edit.at_end
    assert marked(edit.clause(1)).startswith("that “two")
    edit = edit.clause(1).other_end().clause(-1)
    assert marked(edit) == "that “two tanks” were lost, per TASS"
    edit = edit.clause(-1)
    assert marked(edit) == "that “two tanks” were lost"
    assert marked(edit.clause(-1)) == "that “two tanks”"
    assert marked(edit.clause(1).clause(1).clause(1)).endswith("Nothing else")


def test_inside_the_quotation_marks_is_one_key_and_with_them_another() -> None:
    edit = SpanEdit.fresh(TEXT, HOME, sentences=SPANS)
    assert marked(edit.quotation(inside=True)) == "two tanks"
    assert marked(edit.quotation(inside=True).quotation(inside=False)) == "“two tanks”"
    assert "no quotation marks" in SpanEdit.fresh(TEXT, SPANS[1]).quotation(inside=True).note


def test_to_names_figures_letters_and_the_rest_of_the_sentence() -> None:
    edit = SpanEdit.fresh(TEXT, HOME, sentences=SPANS)
    assert marked(edit.name(1)).startswith("two tanks")
    assert marked(edit.find("w")).startswith("were")
    assert marked(edit.other_end().find("l")).endswith("were lost")
    end = edit.quotation(inside=True).other_end()
    assert marked(end.rest()) == "two tanks” were lost, per TASS"
    assert marked(end.rest().rest()).endswith("TASS.")
    assert marked(end.name(1)).endswith("TASS")
    assert "no word begins with q" in edit.find("q").note


def test_growing_takes_larger_units_and_shrinking_goes_the_way_back() -> None:
    edit = SpanEdit.fresh(TEXT, HOME, sentences=SPANS).find("t").find("t").find("t")
    edit = edit.other_end().clause(-1).clause(-1).clause(-1).word(-1).word(-1)
    steps = [edit]
    while not steps[-1].grow().note:
        steps.append(steps[-1].grow())
    sizes = [len(marked(one)) for one in steps]
    assert sizes == sorted(sizes) and len(steps) > 4 and steps[-1].current == HOME
    assert any(marked(one) == "“two tanks”" for one in steps)
    back = steps[-1]
    for one in reversed(steps[:-1]):
        back = back.shrink()
        assert back.parts == one.parts


def test_the_likeliest_content_comes_first_with_its_source_and_cue() -> None:
    edit = SpanEdit.fresh(TEXT, HOME, sentences=SPANS, contents=contents(TEXT, SENTENCES, 0))
    assert marked(edit) == "that “two tanks” were lost"
    assert [edit.parts[part][0].of(TEXT) for part in ("source", "cue")] == ["The ministry", "said"]
    second = edit.offer(2)
    assert second.parts["content"] != edit.parts["content"]
    assert second.parts["source"] == ()
    assert "nothing is offered under 99" in edit.offer(99).note
    assert not any(
        one.spans == (edit.current,)
        for one in contents(TEXT, SENTENCES, 0, [edit.parts["content"]])
    )


def test_an_empty_source_and_cue_begin_with_the_likeliest() -> None:
    edit = SpanEdit.fresh(TEXT, HOME, sentences=SPANS).quotation(inside=False).next_part()
    assert marked(edit, "source") == "The ministry"
    assert marked(edit.next_part(), "cue") == "said"
    assert edit.offer(2).parts["source"] != edit.parts["source"]


def test_a_second_fragment() -> None:
    edit = SpanEdit.fresh(TEXT, HOME, sentences=SPANS).quotation(inside=True).add_fragment()
    assert [span.of(TEXT) for span in edit.parts["content"]] == ["two tanks", "were"]
    assert edit.rest().parts["content"][1].of(TEXT) == "were lost, per TASS"
    assert edit.drop().parts["content"] == edit.parts["content"][:1]


def test_what_says_whose_it_is_is_left_out_of_the_middle() -> None:
    text = "The bridge, the mayor said on Monday, was hit twice."
    edit = SpanEdit.fresh(text, Span(0, len(text))).other_end().clause(-1)
    cut = edit.cut()
    assert [span.of(text) for span in cut.parts["content"]] == ["The bridge", "was hit twice"]
    assert cut.parts["source"][0].of(text) == "the mayor"
    assert cut.parts["cue"][0].of(text) == "said"
    assert "no words for a source" in SpanEdit.fresh("Rain fell.", Span(0, 10)).cut().note
