"""An extractor whose claims can be told from the text, and articles to give it."""

from __future__ import annotations

import re
from collections.abc import Callable

from claims.model import (
    Article,
    Claim,
    ClaimType,
    Extraction,
    Mode,
    Quantity,
    Sentence,
    Span,
    claim_id,
    text_hash,
)
from store.db import Library
from store.steps.facets import COUNTS

Opener = Callable[..., Library]
"""What the fixture `opened` gives: open the test's library, with options of `Library.open`."""

_TYPES = {
    "killed": ClaimType.LOSSES,
    "advanced": ClaimType.TERRITORY,
    "struck": ClaimType.STRIKE,
    "denied": ClaimType.DENIAL,
}
_SIDES = {"Kyiv": "ukraine", "Moscow": "russia"}


def extract(article: Article, profile: str | None = None) -> Extraction:
    """Every sentence is one claim: the first word speaks, a verb gives the type."""
    sha = text_hash(article.text)
    sentences, claims = [], []
    for number, found in enumerate(re.finditer(r"[^.\s][^.]*\.", article.text)):
        span = Span(*found.span())
        sentences.append(Sentence(span, number))
        words = found[0].rstrip(".").split()
        kinds = [_TYPES[word] for word in words if word in _TYPES]
        said = words[0] in _SIDES
        claims.append(
            Claim(
                id=claim_id(sha, [span], attributed=said),
                content=(span,),
                source=(Span(span.start, span.start + len(words[0])),) if said else (),
                speaker=words[0] if said else None,
                side=_SIDES.get(words[0], "author"),
                mode=Mode.INDIRECT if said else Mode.UNATTRIBUTED,
                type=kinds[0] if kinds else ClaimType.BACKGROUND,
                quantities=tuple(
                    Quantity(Span(span.start + n.start(), span.start + n.end()), *[float(n[0])] * 2)
                    for n in re.finditer(r"\d+", found[0])
                ),
                confidence=0.5,
                rule="test",
            )
        )
    return Extraction(sha, tuple(sentences), tuple(claims), (), profile or "generic", "fake-1")


TEXT = (
    "Kyiv advanced two kilometres near the river. Moscow denied it. Kyiv killed 40 soldiers.\n\n"
    "Moscow struck a depot at Khar\u200bkiv. The weather was fine."
)


def article(text: str = TEXT, title: str | None = "The river", **more: str) -> Article:
    """An article of five claims: territory, denial, losses, strike, background."""
    return Article(text=text, title=title, **more)


def kept_counts_hold(library: Library) -> None:
    """The counts that are kept are those that counting gives."""
    kept = library.rows(
        "SELECT annotator, field, value, other, claims FROM facet WHERE claims <> 0"
        " ORDER BY annotator, field, value, other"
    )
    counted = library.rows(
        f"SELECT annotator, field, value, other, sum(claims) FROM ({COUNTS})"
        " GROUP BY 1, 2, 3, 4 HAVING sum(claims) <> 0 ORDER BY 1, 2, 3, 4"
    )
    assert kept == counted
