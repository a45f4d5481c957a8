"""Sentences: what ends one, what does not, and what kind each is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.model import SentenceKind
from claims.sentences import sentence_at, split
from claims.text import paragraphs


def cut(text: str) -> list[str]:
    """The words of each sentence."""
    return [sentence.span.of(text) for sentence in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Col. A. B. Smith met Gen. Jones at 5 p.m. on Aug. 6 near Mt. Hope.",
        "The drive that began on Aug.6 cost the U.S. $1.5 billion, No. 5 on the list.",
        "Mr. Brown of Acme Corp. said St. Mary's was hit.",
        "The U.S. Army left at 10 a.m. Friday.",
        "“What?” asks the major, “isn't there a road?”",
        "He paused ... and then went on.",
        "It was visited by George W. Bush and J. R. R. Tolkien.",
        "Yahoo! employees left early.",
        "На вул. Тихій, 5, м. Рівне, у 2017 р. було 3 тис. грн. боргу.",
        "Записи В. І. Петренка згоріли.",
        "– Можна йти? – запитує жінка.",
        "See www.example.com for details.",
        "1. Secure the bridge",
    ],
)
def test_one_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("They left. The rest stayed.", "The rest stayed."),
        ("“We hold the road. From here we go on,” he said.", "From here we go on,” he said."),
        ("He said “no.” Then he left.", "Then he left."),
        ("They came from the U.S. The rest did not.", "The rest did not."),
        ("It ended at 5 p.m. He slept.", "He slept."),
        ("Who fired? Nobody knows.", "Nobody knows."),
        ("It was over… Nobody spoke.", "Nobody spoke."),
        ("It was quiet in the town.The climate shifted.", "The climate shifted."),
        ("the road was open. nobody came.", "nobody came."),
        ("Було 5 млн. Усі пішли.", "Усі пішли."),
        ("Він поїхав у 2017 р. Ніхто не знав.", "Ніхто не знав."),
        ("我们在前进。他们在后退。", "他们在后退。"),
        ("هل انتهت الحرب؟ لا أحد يعرف.", "لا أحد يعرف."),
        ("A line fell.,Key points follow.", "Key points follow."),
        ("A heading\nand the text below it", "and the text below it"),
    ],
)
def test_two_sentences(text: str, second: str) -> None:
    found = cut(text)
    assert len(found) == 2
    assert found[1] == second


POST = (
    "The column was filmed.\n"
    "New footage of the column on the bridge. pic.twitter.com/abc123\n"
    "— Some Watcher (@somewatcher) August 11, 2024\n"
    "Nobody confirmed it.\n"
    "Ann Example\n"
    "Wed, 08/14/2024 – 14:05"
)


def test_posts_and_signatures() -> None:
    kinds = [(s.span.of(POST)[:12], s.kind) for s in split(POST)]
    assert kinds == [
        ("The column w", SentenceKind.PROSE),
        ("New footage ", SentenceKind.POST),
        ("pic.twitter.", SentenceKind.POST),
        ("— Some Watch", SentenceKind.SIGNATURE),
        ("Nobody confi", SentenceKind.PROSE),
        ("Ann Example", SentenceKind.SIGNATURE),
        ("Wed, 08/14/2", SentenceKind.SIGNATURE),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Key Events of the Day", SentenceKind.HEADING),
        ("ASSESSED CONTROL OF TERRAIN", SentenceKind.HEADING),
        ("• Two bridges were hit.", SentenceKind.BULLET),
        ("By Ann Example", SentenceKind.SIGNATURE),
        ("14 August 2024", SentenceKind.SIGNATURE),
        ("KYIV, Aug 13 (Agency) - Troops crossed the river on Monday.", SentenceKind.PROSE),
        ("It seems costly, per local sources:", SentenceKind.PROSE),
        ("A risky decision of the general…", SentenceKind.PROSE),
    ],
)
def test_kinds(line: str, kind: SentenceKind) -> None:
    text = f"Troops crossed the river on Monday.\n{line}\nThe bridge was still standing that night."
    assert split(text)[1].kind is kind


def test_sentence_at() -> None:
    text = "  One. Two."
    found = split(text)
    assert sentence_at(found, 0) is None
    assert sentence_at(found, 3) == found[0]
    assert sentence_at(found, len(text)) == found[1]


PIECES = st.sampled_from(
    ["a", "B", "U.S.", ". ", ".", "? ", "!", "…", "”", "“", "(", ")", "\n", "\r\n", " ", ":) ", "5",
     "http://x.y", "-----", "р. ", "。", "— N (@n) May 1, 2024", "1. ", ",", "\u200b", "<a@b>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_sentences_tile_the_text(text: str) -> None:
    at = 0
    blocks = paragraphs(text)
    for sentence in split(text):
        span = sentence.span
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        assert blocks[sentence.paragraph].covers(span)
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "piece", [".", ". ", ")", "<", "<a@", ":(", "- ", "=", "http://", "a.B", "\n- ", "(@", "р. "]
)
def test_hostile_repetition_is_read_to_the_end(piece: str) -> None:
    text = piece * 30_000
    found = split(text)
    assert found[-1].span.end == len(text.rstrip())


def test_a_lone_bracket_after_a_cyrillic_word_is_a_smiley() -> None:
    assert cut("це було весело) далі про інше") == ["це було весело)", "далі про інше"]
    assert len(cut("це було (дуже весело) і про інше")) == 1
    assert len(cut("it was fun) and then more")) == 1


def test_a_quotation_mark_written_apart_still_closes() -> None:
    assert len(cut('"Every day, every month... "- she said.')) == 1


def test_an_editors_mark_stays_with_its_remark() -> None:
    assert len(cut("It fell by 4% (of the next year. — Ed.) in May.")) == 1


def test_who_asked_belongs_to_the_quoted_question() -> None:
    assert len(cut("“Why did they leave?” Anna Reed asked.")) == 1
    assert len(cut("“Why did they leave?” Anna Reed had no answer.")) == 2


def test_a_retired_officer_is_one_sentence() -> None:
    assert len(cut("Colonel General (Ret.) Ivo Brandt agreed.")) == 1


def test_paragraphs_joined_with_a_comma_are_cut() -> None:
    assert len(cut("They left the town. ,Supporting attacks went on.")) == 2
