"""Claims by type, side, speaker, status and words; the public views."""

from __future__ import annotations

import json
import sqlite3

import pytest
from store_fakes import article

from claims.model import Claim, Span
from store.db import Library
from store.errors import ClaimNotFound
from store.records import ClaimFilter, ClaimRecord


@pytest.fixture
def two(library: Library) -> tuple[int, int]:
    """Two articles, seven claims; one is accepted, one rejected, one edited, one added."""
    one = library.articles.add(article()).article_id
    two = library.articles.add(article("Moscow struck a port. Kyiv denied it.", "Port")).article_id
    first, second, *_ = library.claims.of(one)
    library.decisions.accept(one, first.id)
    library.decisions.reject(one, second.id)
    library.decisions.edit(two, library.claims.of(two)[0].id, side="third-party", speaker="The UN")
    library.decisions.add(two, Claim(id="x", content=(Span(7, 13),), side="russia"))
    return one, two


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (ClaimFilter(), 8),
        (ClaimFilter(types=("strike",)), 2),
        (ClaimFilter(types=("strike", "denial")), 4),
        (ClaimFilter(sides=("russia",)), 3),
        (ClaimFilter(sides=("third-party",)), 1),
        (ClaimFilter(types=("denial",), sides=("ukraine", "russia")), 2),
        (ClaimFilter(statuses=("proposed",)), 4),
        (ClaimFilter(statuses=("accepted", "edited")), 2),
        (ClaimFilter(statuses=("added",), types=("background",)), 1),
        (ClaimFilter(statuses=("rejected",), sides=("ukraine",)), 0),
        (ClaimFilter(speaker="KY"), 3),
        (ClaimFilter(speaker="the un"), 1),
        (ClaimFilter(speaker="nobody"), 0),
        (ClaimFilter(text="port"), 1),
        (ClaimFilter(text="denied it"), 2),
        (ClaimFilter(text="struck", statuses=("added",)), 1),
        (ClaimFilter(article_ids=(2,)), 3),
        (ClaimFilter(article_ids=(1, 2), types=("losses",)), 1),
        (ClaimFilter(article_ids=(99,)), 0),
        (ClaimFilter(types=("gossip",)), 0),
        (ClaimFilter(speaker="%"), 0),
    ],
)
def test_filters(library: Library, two: tuple[int, int], where: ClaimFilter, expected: int) -> None:
    found = library.claims.query(where)
    assert len(found) == expected
    assert library.claims.count(where) == expected
    assert found == [record for record in library.claims.query(ClaimFilter()) if record in found]
    paged = [library.claims.query(where, limit=3, offset=start) for start in (0, 3, 6, 9)]
    assert [record for page in paged for record in page] == found
    for number in two:
        here = [record for record in found if record.article_id == number]
        assert library.claims.of(number, where) == here


def test_claims_are_in_the_order_of_the_text(library: Library, two: tuple[int, int]) -> None:
    order = [(r.article_id, r.claim.start, r.id) for r in library.claims.query(ClaimFilter())]
    assert order == sorted(order)


def test_unknown_claims_are_named(library: Library, two: tuple[int, int]) -> None:
    with pytest.raises(ClaimNotFound, match="article 1 has no claim 'c0'"):
        library.claims.get(1, "c0")


def test_speakers_with_their_counts(library: Library, two: tuple[int, int]) -> None:
    assert library.claims.speakers() == [("Kyiv", 3), ("Moscow", 2), ("The UN", 1)]


def test_the_views_show_what_the_annotator_sees(library: Library, two: tuple[int, int]) -> None:
    """Another program reads them while the library is open."""
    reader = sqlite3.connect(f"{library.path.as_uri()}?mode=ro", uri=True)
    reader.row_factory = sqlite3.Row
    reader.execute("PRAGMA trusted_schema=OFF")  # careful readers are served too
    rows = reader.execute("SELECT * FROM v_claims ORDER BY article_id, start, claim_id").fetchall()
    records = library.claims.query(ClaimFilter())
    assert [json.loads(row["claim"]) for row in rows] == [r.claim.to_json() for r in records]
    assert [_row(record, library) for record in records] == [
        tuple(row[name] for name in _COLUMNS) for row in rows
    ]
    titles = reader.execute("SELECT id, title, claims, text FROM v_articles ORDER BY id").fetchall()
    assert [tuple(row) for row in titles] == [
        (n, library.articles.summary(n).title, c, library.articles.get(n).text)
        for n, c in zip(two, (5, 2), strict=True)
    ]
    reader.close()


_COLUMNS = (
    "article_id",
    "claim_id",
    "annotator",
    "status",
    "type",
    "side",
    "speaker",
    "start",
    "end",
    "quote",
    "note",
    "decided_at",
)


def _row(record: ClaimRecord, library: Library) -> tuple[object, ...]:
    claim = record.claim
    text = library.articles.get(record.article_id).text
    return (
        record.article_id,
        record.id,
        record.annotator,
        record.status.value,
        claim.type.value,
        claim.side,
        claim.speaker,
        claim.start,
        claim.end,
        " … ".join(span.of(text) for span in claim.content),
        record.note,
        record.decided_at,
    )
