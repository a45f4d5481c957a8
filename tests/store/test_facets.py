"""Counts of claims that are kept as they come and go: the same as counting them."""

from __future__ import annotations

import pytest
from store_fakes import Opener, article, kept_counts_hold

from claims.model import Claim, Span
from store import facets, query_sql
from store.db import Library
from store.matrix import COLUMNS, ROWS, matrix
from store.merging import merge
from store.passages import OWN, SHOWN
from store.records import ArticleFilter, ClaimFilter
from store.snapshot import dumps

QUERIES = (
    "",
    "type:losses",
    "-type:losses",
    "type:losses,denial side:ukraine",
    "type:losses -side:ukraine",
    "certainty:firm",
    "stance:asserts",
    "channel:telegram",
    "-channel:*",
    "rule:test",
    "-rule:test",
    "confidence:<0.6",
    "confidence:0.5",
    "confidence:0.6..1 OR confidence:<0.2",
)


def fill(library: Library) -> None:
    """Articles of two outlets, and decisions of two annotators of every kind."""
    library.articles.add(article(outlet="Wire"), url="https://example.org/a")
    library.articles.add(article("Moscow struck a port. Kyiv killed 3. It rained.", outlet="Post"))
    for name in ("bea", "ann"):
        library.annotator = name
        first, second, third, fourth, _ = (record.id for record in library.claims.of(1))
        library.decisions.accept(1, first)
        library.decisions.reject(1, second)
        library.decisions.edit(1, third, side="media", type="strike", channel=["Telegram"])
        library.decisions.delete(1, fourth)
        library.decisions.add(1, Claim("x", (Span(0, 4),), confidence=0.75, channel=("TV",)))
        library.decisions.edit(2, library.claims.of(2)[0].id, speaker="Minsk", certainty="hedged")
    library.decisions.undo()


def test_they_hold_whatever_becomes_of_the_claims(opened: Opener) -> None:
    library = opened()
    fill(library)
    kept_counts_hold(library)
    library.articles.add(article(outlet="The Wire"), url="https://example.org/a")
    library.articles.add(
        article("Kyiv advanced far. Moscow denied it.", outlet="Late Wire"),
        url="https://example.org/a",
    )
    kept_counts_hold(library)
    library.articles.extract_again(2)
    kept_counts_hold(library)
    while library.decisions.undo() is not None:
        pass
    kept_counts_hold(library)
    library.annotator = "bea"
    while library.decisions.undo() is not None:
        pass
    kept_counts_hold(library)
    assert not library.rows("SELECT * FROM facet WHERE annotator <> '' AND claims <> 0")


def test_they_hold_after_a_merge(opened: Opener, tmp_path_factory: pytest.TempPathFactory) -> None:
    library = opened()
    fill(library)
    with Library.open(tmp_path_factory.mktemp("other") / "other.db", seed=False) as other:
        merge(other, library.path)
        kept_counts_hold(other)


@pytest.mark.parametrize("typed", QUERIES)
def test_a_query_counts_what_it_lists(opened: Opener, typed: str) -> None:
    library = opened()
    fill(library)
    where = ClaimFilter(query=typed)
    assert library.claims.count(where) == len(library.claims.query(where))
    assert facets.count(library, query_sql.narrowed(library, where)) is not None
    for most in (1, 1000):
        words = ClaimFilter(query=f"kyiv {typed}")
        number = len(library.claims.query(words))
        assert library.claims.counted(words, most) == (min(number, most), number > most)


def test_articles_with_a_type_or_a_side_are_counted_as_they_are_listed(opened: Opener) -> None:
    library = opened()
    fill(library)
    for typed in ("type:losses", "type:losses,strike", "side:media", "side:ukraine,russia"):
        where = ArticleFilter(query=typed)
        assert library.articles.count(where) == len(library.articles.page(where))


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("columns", COLUMNS)
def test_a_matrix_counts_the_claims_that_are_seen_and_not_rejected(
    opened: Opener, rows: str, columns: str
) -> None:
    if rows == columns:
        return
    library = opened()
    fill(library)
    found = matrix(library, rows, columns)
    names = {"speaker": "coalesce(p.name, '')", "outlet": "a.outlet", "channel": "c.channel"}
    counted: dict[tuple[str, str], int] = {}
    for table, shown in (("claim", SHOWN), ("claim_state", OWN)):
        for row, column in library.rows(
            f"SELECT {names.get(rows, 'c.side')}, {names.get(columns, f'c.{columns}')}"
            f" FROM {table} c JOIN article a ON a.id = c.article_id"
            f" LEFT JOIN speaker p ON p.id = c.speaker_id WHERE {shown}",
            {"me": "ann"},
        ):
            if columns == "channel":
                column = {dumps(("TV",)): "TV", dumps(("Telegram",)): "Telegram"}.get(column, "")
            counted[row, column] = counted.get((row, column), 0) + 1
    assert found.cells == counted
    assert found.total == sum(counted.values())
    few = matrix(library, rows, columns, most=1)
    assert few.rows == found.rows[:1] and few.columns == found.columns
    assert few.more_rows == len(found.rows) - 1
    assert few.cells == {key: n for key, n in counted.items() if key[0] == few.rows[0].key}
