"""Extraction as a whole: posts, the writer's own sentences, and what always holds."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extract import EXTRACTOR_VERSION, extract
from claims.model import Article, Claim, Extraction, Mode, SentenceKind, text_hash
from claims.text import canonical
from seeds import __file__ as seeds_file


def content(text: str, claim: Claim) -> str:
    """The words of a claim's content."""
    return " | ".join(span.of(text) for span in claim.content)


POST = (
    "The ridge fell quiet on Sunday.\n\n"
    "Velian troops show a captured gun near Orvel. pic.twitter.com/abcDEF123\n"
    "— Front Watch (@frontwatch) August 11, 2024\n\n"
    "The road is open."
)
NAMED_POST = (
    "The ridge fell quiet on Sunday.\n\n"
    "As I said, the raid was a show: “Marek: The raid was the beginning of the end. “We see how "
    "they move… pic.twitter.com/abcDEF123\n"
    "— Jo Lind (@jo_lind) August 12, 2024\n\n"
    "The road is open."
)


def test_a_post_belongs_to_its_account() -> None:
    claims = [c for c in extract(POST, "generic").claims if c.mode is not Mode.UNATTRIBUTED]
    (claim,) = claims
    assert content(POST, claim) == "Velian troops show a captured gun near Orvel."
    assert claim.source[0].of(POST) == "Front Watch (@frontwatch)"
    assert (claim.speaker, claim.channel) == ("Front Watch", ("X",))


def test_a_post_that_quotes_someone() -> None:
    claims = [c for c in extract(NAMED_POST, "generic").claims if c.mode is not Mode.UNATTRIBUTED]
    assert [(c.speaker, content(NAMED_POST, c)) for c in claims[:2]] == [
        ("Jo Lind", "the raid was a show"),
        ("Marek", "The raid was the beginning of the end."),
    ]
    assert all(c.channel == ("X",) for c in claims)
    assert claims[1].mode is Mode.DIRECT


def test_the_writer_speaks_where_nobody_is_named() -> None:
    text = "Why Orvel Matters\n\nThe ridge is high. The army said it is lost.\n\nBy Jo Lind"
    result = extract(Article(text, byline="Jo Lind"), "generic")
    own = [claim for claim in result.claims if claim.mode is Mode.UNATTRIBUTED]
    assert [(content(text, c), c.side, c.speaker) for c in own] == [
        ("The ridge is high", "author", "Jo Lind")
    ]
    assert not own[0].source
    assert not own[0].cue


@pytest.mark.parametrize(
    ("article", "side"),
    [
        (Article("The ridge is high and cold."), "author"),
        (Article("The ridge is high and cold.", outlet="The Orvel Review"), "author"),
        (Article("The ridge is high and cold.", outlet="Reuters"), "media"),
        (Article("ORVEL, May 5 (Reuters) - The ridge is high and cold."), "media"),
    ],
)
def test_a_wire_report_is_media(article: Article, side: str) -> None:
    assert [claim.side for claim in extract(article, "generic").claims] == [side]


def test_headings_and_signatures_give_no_claim() -> None:
    text = "A Quiet Sunday\n\nThe ridge fell quiet.\n\nJo Lind\nMon, 05/13/2024 – 10:00"
    result = extract(text, "generic")
    assert [content(text, claim) for claim in result.claims] == ["The ridge fell quiet"]


def test_an_unknown_tagger_is_refused() -> None:
    with pytest.raises(ValueError, match=r"tagger 'magic' is none of .*rules"):
        extract("The ridge is high.", "generic", tagger="magic")


def test_other_languages_say_so() -> None:
    text = "Міністерство оборони повідомило, що ворог утратив 300 солдатів. «Ми тримаємось»."
    assert any("Cyrillic" in note for note in extract(text).notes)
    arabic = "أعلنت الوزارة مقتل 40 جنديا يوم الاثنين."
    assert "written in Arabic" in extract(arabic).notes[0]
    assert [q.low for claim in extract(arabic).claims for q in claim.quantities] == [40]
    french = "Les forces ont avancé vers la ville, a dit le porte-parole du ministère. " * 5
    assert "does not look like English" in extract(french).notes[0]


def test_a_quotation_in_another_language_is_a_claim_of_someone() -> None:
    text = "Ворог, каже він, «втратив сорок танків» за добу. Газета «Коммерсант» мовчить."
    said = [c for c in extract(text, "generic").claims if c.mode is not Mode.UNATTRIBUTED]
    assert [content(text, claim) for claim in said] == ["«втратив сорок танків»"]
    assert (said[0].mode, said[0].speaker) == (Mode.DIRECT, None)


def test_control_characters_move_no_offset() -> None:
    text = "The army\x07 said it\u202e holds Orvel.\x00 “Yes,” he said."
    result = extract(text, "generic")
    clean = canonical(text)
    assert len(clean) == len(text)
    assert result.text_sha256 == text_hash(clean)
    check(clean, result)


def check(text: str, result: Extraction) -> None:
    """What holds for every text: offsets, tiling, order, ids, JSON."""
    at = 0
    for sentence in result.sentences:
        assert at <= sentence.span.start < sentence.span.end <= len(text)
        assert not text[at : sentence.span.start].strip()
        at = sentence.span.end
    assert not text[at:].strip()
    assert len({claim.id for claim in result.claims}) == len(result.claims)
    assert [c.start for c in result.claims] == sorted(c.start for c in result.claims)
    for claim in result.claims:
        assert claim.content
        for part in (claim.source, claim.cue, claim.content):
            assert all(0 <= span.start < span.end <= len(text) for span in part)
            assert all(a.end <= b.start for a, b in pairwise(part))
        assert all(text[span.start : span.end].strip() for span in claim.content)
        assert 0 <= claim.confidence <= 1
        assert claim.rule
        assert Claim.from_json(json.loads(json.dumps(claim.to_json()))) == claim
    own = [claim for claim in result.claims if claim.mode is Mode.UNATTRIBUTED]
    starts = {sentence.span.start: sentence for sentence in result.sentences}
    assert len(own) <= len(starts)
    for claim in own:
        assert not claim.source
        assert claim.side in ("author", "media")
    assert result.version.startswith(EXTRACTOR_VERSION)


PIECES = st.sampled_from(
    [
        "said",
        "told",
        "according",
        "to",
        "per",
        "that",
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "(",
        ")",
        ",",
        ".",
        ":",
        ";",
        "—",
        "•",
        "…",
        "?",
        "!",
        "Zelensky",
        "he",
        "she",
        "it",
        "they",
        "who",
        "Russia",
        "Kyiv",
        "and",
        "but",
        "adding",
        "reportedly",
        "claims",
        "reports",
        "was",
        "is",
        "not",
        "of",
        "in",
        "5",
        "2,300",
        "Mr.",
        "(MoD)",
        "@handle",
        "pic.twitter.com/x",
        "accused",
        "denied",
        "quoted",
        "as",
        "saying",
        "I",
        "We",
        "Said",
        "U.S.",
        "’s",
        "citing",
        "Telegram",
        "https://x.org/a",
        "İ",
        "ß",
        "\u202e",
        "\x00",
        "🙂",
        "Київ",
        "сказав",
        "\n",
        "\n\n",
        "the ministry",
        "Aug. 6",
        "Lt. Gen.",
        "— A B (@ab) May 5, 2024",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
@example("")
@example(" \n ")
@example("“" * 40)
@example("(" * 200)
@example("said that " * 100)
@example("“a b c.\n\n" * 20 + "said he.")
def test_any_text_keeps_the_promises(text: str) -> None:
    result = extract(text, "generic")
    check(canonical(text), result)
    assert extract(text, "generic") == result


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_any_characters_keep_the_promises(text: str) -> None:
    check(canonical(text), extract(text, "russia-ukraine"))


@pytest.mark.parametrize(
    "unit",
    ["a ", "(", "“", "he said that ", "“x,” he said, ", "Anna said Bo left, and ", "Q: We go. "],
)
def test_cost_grows_with_length_only(unit: str) -> None:
    """Four times the text takes at most about four times the steps of the interpreter."""

    def steps(size: int) -> int:
        count = 0

        def trace(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(trace)
        try:
            extract(unit * size, "generic")
        finally:
            sys.setprofile(None)
        return count

    steps(50)
    small, large = steps(400), steps(1600)
    assert large < 7 * small


def test_the_seed_article_reads_right() -> None:
    path = Path(seeds_file).with_name("000_1815c7a1cc2acd52.txt")
    text = path.read_bytes().decode("utf-8")
    result = extract(Article(text, byline="Tyler Durden", date="2024-08-14"))
    check(canonical(text), result)
    assert result.profile == "russia-ukraine"
    assert not any(
        s.kind is SentenceKind.SIGNATURE and s.span.overlaps(c.content[0])
        for s in result.sentences
        for c in result.claims
    )
    by_speaker: dict[str | None, int] = {}
    for claim in result.claims:
        if claim.mode is not Mode.UNATTRIBUTED:
            by_speaker[claim.speaker] = by_speaker.get(claim.speaker, 0) + 1
    assert by_speaker["Russian Ministry of Defense"] == 8
    assert by_speaker["Volodymyr Zelensky"] >= 7
    assert by_speaker["Ihor Klymenko"] == 4
    assert by_speaker["Iryna Vereshchuk"] == 2
