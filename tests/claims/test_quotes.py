"""Quotation marks: which pair, what nests, and quotes over sentences and paragraphs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.quotes import find
from claims.sentences import split


def quoted(text: str) -> list[tuple[int, list[str], bool]]:
    """Each quote as its depth, its parts and whether it is closed."""
    return [
        (quote.depth, [part.of(text) for part in quote.spans], quote.closed)
        for quote in find(text, split(text))
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“We hold the ridge,” he said.", ["“We hold the ridge,”"]),
        ('He said "we hold it" twice, then "no".', ['"we hold it"', '"no"']),
        ("''We hold it,'' she said.", ["''We hold it,''"]),
        ("Вона сказала: «Ми тут».", ["«Ми тут»"]),
        ("„Wir bleiben“, sagte er.", ["„Wir bleiben“"]),
        ("He called it a ‘special operation’ again.", ["‘special operation’"]),
        ("The soldiers' camp wasn't the '90s one.", []),
        ("It’s the men’s bridge.", []),
        ('A 6" gun fired.', []),
    ],
)
def test_marks_pair(text: str, parts: list[str]) -> None:
    assert [part for _, found, _ in quoted(text) for part in found] == parts


def test_a_quote_in_a_quote_is_deeper() -> None:
    text = "“He told us ‘leave now’ and we left,” she said."
    assert [(depth, parts) for depth, parts, _ in quoted(text)] == [
        (0, ["“He told us ‘leave now’ and we left,”"]),
        (1, ["‘leave now’"]),
    ]


def test_one_quote_over_sentences() -> None:
    text = "“We hold it. They fled. The road is ours,” he said."
    assert quoted(text) == [(0, ["“We hold it. They fled. The road is ours,”"], True)]


def test_an_opening_mark_repeated_at_each_paragraph_goes_on() -> None:
    text = "“We hold the ridge.\n\n“They fled at dawn.\n\n“The road is ours,” he said."
    assert quoted(text) == [
        (0, ["“We hold the ridge.", "“They fled at dawn.", "“The road is ours,”"], True)
    ]


def test_a_quote_that_closes_paragraphs_later_without_repeated_marks() -> None:
    text = 'The letter reads: "We hold the ridge.\n\nThey fled at dawn."\n\nIt is unsigned.'
    assert quoted(text) == [(0, ['"We hold the ridge.', 'They fled at dawn."'], True)]


def test_a_missing_closing_mark_ends_with_its_sentence() -> None:
    text = "He said “we hold it. Then he left.\n\nThe road “is ours” now."
    assert quoted(text) == [(0, ["“we hold it."], False), (0, ["“is ours”"], True)]


@given(st.text(alphabet="aB .,“”\"'‘’«»\n(", max_size=200))
def test_quotes_lie_in_the_text_and_nest(text: str) -> None:
    found = find(text, split(text))
    for quote in found:
        assert quote.spans
        assert all(0 <= part.start < part.end <= len(text) for part in quote.spans)
        assert all(a.end <= b.start for a, b in pairwise(quote.spans))
    outer = sorted(part for quote in found if quote.depth == 0 for part in quote.spans)
    assert all(a.end <= b.start for a, b in pairwise(outer))
