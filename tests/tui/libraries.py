"""Libraries for the tests of the screen: real files, with claims that do not depend on the rules.

The extractor here makes one claim of each line. Its speakers, channels, places and rules come
from the caller, so that a test can put any string into every place that shows one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from unittest.mock import patch

from claims.model import (
    Article,
    Claim,
    ClaimType,
    Extraction,
    Mode,
    Moment,
    Place,
    Quantity,
    Role,
    Sentence,
    Span,
    claim_id,
    text_hash,
)
from store.db import Library
from store.extractors import Extractor

ANNOTATOR = "ann"


def extractor(strings: Sequence[str] = ("Kyiv",), *, notes: Sequence[str] = ()) -> Extractor:
    """An extractor whose claims carry these strings, in turn, wherever a claim has words."""

    def extract(article: Article, profile: str | None = None) -> Extraction:
        sha, types, given = text_hash(article.text), cycle(ClaimType), cycle(strings)
        sentences, claims = [], []
        for number, found in enumerate(re.finditer(r"\S[^\n]*", article.text)):
            span, words = Span(*found.span()), next(given)
            sentences.append(Sentence(span, number))
            claims.append(
                Claim(
                    id=claim_id(sha, [span], attributed=True),
                    content=(span,),
                    source=(Span(span.start, span.start + 1),),
                    speaker=words,
                    role=Role.MINISTRY,
                    side="ukraine" if number % 2 else words,
                    channel=(words, "Telegram"),
                    mode=Mode.INDIRECT,
                    type=next(types),
                    quantities=(Quantity(span, 7, 7, object=words),),
                    places=(Place(span, words),),
                    dates=(Moment(span, words, None),),
                    confidence=0.5,
                    rule=words,
                )
            )
        return Extraction(
            sha, tuple(sentences), tuple(claims), (), profile or "generic", "fake-1", tuple(notes)
        )

    return extract


def plain_library(path: Path, claims: int = 27) -> int:
    """A library of one article with that many undecided claims; gives the article's id."""
    sentences = (f"Kyiv took the hill {number}." for number in range(1, claims + 1))
    article = Article("\n\n".join(sentences), title="The hills", outlet="Wire", date="2024-08-14")
    with Library.open(path, annotator=ANNOTATOR, seed=False, extractor=extractor()) as library:
        return library.articles.add(article).article_id


def raw_library(
    path: Path, strings: Sequence[str], article: Article, *, url: str = "http://example.org/1"
) -> int:
    """A library such as a hostile colleague could send: nothing in it passed `canonical`.

    The article is kept as it is; the strings stand in its claims, in turn, and in a note and a
    tag on each. The last claims are accepted and rejected.
    """
    claims = extractor(strings, notes=strings[:3])
    with (
        patch("store.article_rows.canonical", str),
        patch("store.verdicts.canonical", str),
        Library.open(path, annotator=ANNOTATOR, seed=False, extractor=claims) as library,
    ):
        added = library.articles.add(article, url=url)
        found = library.claims.of(added.article_id)
        for record, words in zip(found, strings, strict=False):
            library.decisions.note(added.article_id, record.id, words)
            library.decisions.tag(added.article_id, record.id, (f"t{words}",))
        library.decisions.accept(added.article_id, found[-1].id)
        library.decisions.reject(added.article_id, found[-2].id)
    return added.article_id
