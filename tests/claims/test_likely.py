"""What a hand that marks a claim is offered: edges, likely spans, and who a source stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.edges import edges
from claims.likely import MOST, contents, cues, sources
from claims.marked import mode_marked, speaker_of
from claims.model import Claim, Mode, Role, Span, Speaker
from claims.profile import load
from claims.sentences import split

TEXT = (
    "Valery Gerasimov, the chief of staff, spoke on Monday. He said that “up to 40” tanks were"
    " destroyed, but Kyiv denied it. According to the ministry, 12 drones were shot down over"
    " Belgorod."
)
SENTENCES = split(TEXT)


def spans_of(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


@given(st.text(alphabet="aA1 .,:;“”\"'’-—()to said that\n", max_size=120))
def test_whatever_the_sentence_its_edges_and_offers_lie_inside_it(text: str) -> None:
    for number, sentence in enumerate(split(text)):
        cut = edges(text, sentence.span)
        assert all(sentence.span.covers(token.span) for token in cut.tokens)
        assert all(sentence.span.covers(quoted) for quoted in cut.quotations)
        offered = contents(text, split(text), number)
        assert len(offered) <= MOST and len({one.spans for one in offered}) == len(offered)
        for one in offered:
            assert all(0 <= span.start < span.end <= len(text) for span in one.spans)
            for other in (*sources(cut, one.spans), *cues(cut, one.spans, ())):
                assert not any(a.overlaps(b) for a in other.spans for b in one.spans)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "that “up to 40” tanks were destroyed"),
        (2, "12 drones were shot down over Belgorod"),
    ],
)
def test_among_the_likeliest_is_what_the_cue_introduces(number: int, words: str) -> None:
    assert spans_of(words) in [one.spans for one in contents(TEXT, SENTENCES, number)[:3]]


def test_a_content_that_is_claimed_already_is_not_offered() -> None:
    first = contents(TEXT, SENTENCES, 1)[0].spans
    assert first not in [one.spans for one in contents(TEXT, SENTENCES, 1, {first})]


def test_names_and_figures_with_what_they_count() -> None:
    cut = edges(TEXT, SENTENCES[2].span)
    assert [span.of(TEXT) for span in cut.names_and_figures()] == ["12 drones", "Belgorod"]


def test_the_source_and_the_cue_of_a_content() -> None:
    cut = edges(TEXT, SENTENCES[2].span)
    content = spans_of("12 drones were shot down over Belgorod")
    assert sources(cut, content)[0].spans == spans_of("the ministry")
    assert cues(cut, content, spans_of("the ministry"))[0].spans == spans_of("According to")


def test_a_pronoun_stands_for_who_was_named_before() -> None:
    found = speaker_of(TEXT, SENTENCES, load("generic"), [], spans_of("He"))
    assert found is not None and found.name == "Valery Gerasimov"


def test_what_a_person_decided_on_the_same_words_counts_more() -> None:
    claim = Claim(
        "c1",
        spans_of("12 drones"),
        source=spans_of("the ministry"),
        speaker="Ministry of Defence",
        role=Role.MINISTRY,
        side="russia",
    )
    found = speaker_of(TEXT, SENTENCES, load("generic"), [claim], spans_of("ministry"))
    assert found == Speaker("Ministry of Defence", Role.MINISTRY, "russia")
    assert speaker_of(TEXT, SENTENCES, load("generic"), [claim], ()) is None


def test_the_mode_follows_the_quotation_marks() -> None:
    source = spans_of("He")
    assert mode_marked(TEXT, SENTENCES, spans_of("up to 40"), source) is Mode.DIRECT
    assert mode_marked(TEXT, SENTENCES, spans_of("up to 40” tanks"), source) is Mode.MIXED
    assert mode_marked(TEXT, SENTENCES, spans_of("tanks were"), source) is Mode.INDIRECT
    assert mode_marked(TEXT, SENTENCES, spans_of("tanks were"), ()) is Mode.UNATTRIBUTED
