"""Plain text: every mark has a letter or a word, and no outside string acts on a terminal."""

from __future__ import annotations

from dataclasses import replace

from export_fakes import document, documents
from hypothesis import given, settings

from claims.codebook import BASE
from claims.model import ClaimType
from claims.text import displayed
from store.exports.model import Document
from store.records import Status
from tui import plain
from tui.themes import Depth, Palette
from tui.widgets.detail import describe
from tui.widgets.lines import Piece


def page(found: Document, **options: bool) -> str:
    lines = plain.page(found.article, found.claims, BASE, **options)
    return "\n".join("".join(part.words for part in line) for line in lines)


def test_a_claim_stands_in_brackets_and_in_the_list() -> None:
    text = page(document(note="seen"))
    assert "Kyiv 😀 said [1 L UA: Russia lost 3 tanks]. Moscow denies it." in text
    assert "1 L UA losses, Kyiv: Russia lost 3 tanks" in text
    assert "indirect; 3 tanks; ✓ accepted; tags t; note “seen”" in text


def test_a_rejected_claim_is_only_listed() -> None:
    text = page(document(status=Status.REJECTED))
    assert "said Russia lost 3 tanks. Moscow" in text
    assert "✗ rejected" in text


def test_colour_adds_nothing_that_is_not_there_without() -> None:
    found = document()
    assert page(found, by_side=True) == page(found)
    by_side, by_type = (
        {
            part.style
            for line in plain.page(found.article, found.claims, BASE, by_side=side)
            for part in line
        }
        for side in (True, False)
    )
    assert by_side != by_type


def test_sentence_by_sentence_is_words_only() -> None:
    found = document()
    lines = list(plain.sentence_by_sentence(found.article, found.claims, BASE))
    assert lines[-3:] == [
        "Sentence 1: Kyiv 😀 said Russia lost 3 tanks.",
        "Claim 1: losses; side Ukraine; speaker Kyiv; indirect; figures 3 tanks;"
        " words “Russia lost 3 tanks”; accepted; tags t.",
        "Sentence 2: Moscow denies it.",
    ]


def test_what_was_just_read_out_is_not_read_out_again() -> None:
    found = document()
    whole = replace(
        found.claims[0],
        claim=replace(found.claims[0].claim, content=(found.article.sentences[0].span,)),
    )
    read = "\n".join(plain.sentence_by_sentence(found.article, [whole], BASE))
    assert "the whole sentence" in read and read.count("Russia lost 3 tanks") == 1


def words_of(rows: list[list[Piece]]) -> str:
    return "\n".join("".join(words for words, _ in row) for row in rows)


def test_whose_people_were_harmed_is_said() -> None:
    found = document()
    (record,) = found.claims
    harmed = replace(record, claim=replace(record.claim, victims="russia"))
    lines = list(plain.sentence_by_sentence(found.article, [harmed], BASE))
    assert any("; victims Russia; " in line for line in lines)
    colours = Palette(dark=True, depth=Depth.NONE, foreground="", background="", accent="")
    detail = describe(harmed, colours, {"russia": "Russia"}, {}, 200)
    assert "victims Russia" in words_of(detail)


def test_only_of_a_denial_it_is_said_what_it_is_about() -> None:
    (record,) = document().claims
    colours = Palette(dark=True, depth=Depth.NONE, foreground="", background="", accent="")
    for kind, told in ((ClaimType.DENIAL, True), (ClaimType.LOSSES, False)):
        claim = replace(record.claim, type=kind, about=ClaimType.POLICY)
        detail = describe(replace(record, claim=claim), colours, {}, {}, 200)
        assert ("(about: policy)" in words_of(detail)) is told


@settings(max_examples=60, deadline=None)
@given(documents())
def test_any_document_prints_safely_and_every_claim_is_named(found: Document) -> None:
    article, claims = found.article, found.claims
    for line in plain.page(article, claims, BASE):
        for part in line:
            assert displayed(part.words) == part.words and "\n" not in part.words
    spoken = list(plain.sentence_by_sentence(article, claims, BASE))
    for line in spoken:
        assert displayed(line) == line and "\n" not in line
    assert sum(line.startswith("Claim ") for line in spoken) >= len(claims)
    text = page(found)
    for number, record in enumerate(claims, 1):
        assert f"{number} {record.claim.type.letter} " in text


def test_rich_text_never_reads_markup() -> None:
    (text,) = [
        plain.rich_text(line)
        for line in plain.page(document(title="[bold]x[/] [/").article, (), BASE)
        if any("[bold]" in part.words for part in line)
    ]
    assert text.plain == "[bold]x[/] [/"
