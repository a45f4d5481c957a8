"""How long the views over all claims take on a large library: disputes, ledger, matrix, queue.

    python -m benchmarks.views FILE [--articles 100000] [--runs 5]

FILE is made by `benchmarks.big_library` when it is not there; figures and proposed relations are
added to it once, at random. The least of the runs is printed, in milliseconds of processor time,
since another program on the machine then counts least.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import big_library
from store import comparing, disputes, doubtful, ledger, matrix
from store.db import Library
from store.ledger import Asked

_FIGURES, _PROPOSALS = 300_000, 70_000


def prepare(path: Path, articles: int) -> None:
    """Make the library, with figures and proposals, where they are not there."""
    if not path.exists():
        big_library.build(path, articles)
    with Library.open(path, annotator=big_library.ANNOTATOR, seed=False) as library:
        if library.row("SELECT count(*) FROM figure")[0]:
            return
        chance = random.Random(2)
        rows = library.rows(
            "SELECT article_id, id, type, side, speaker_id FROM claim WHERE rowid % 3 = 0 LIMIT ?",
            (_FIGURES,),
        )
        with library.transaction() as connection:
            connection.executemany(
                "INSERT INTO figure (article_id, claim_id, number, type, measure, counted, low,"
                " high, value, bound, day, dated, side, victims, speaker_id)"
                " VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, 'exact', ?, 'stated', ?, ?, ?)",
                [_figure(chance, *row) for row in rows],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO proposal (kind, rule, confidence, first_article,"
                " first_claim, second_article, second_claim, reason)"
                " VALUES (?, 'made up', ?, ?, ?, ?, ?, 'made up')",
                [_proposal(chance, rows) for _ in range(_PROPOSALS)],
            )
            connection.execute(
                "INSERT INTO compared (article_id, at) SELECT id, '2026-01-01' FROM article"
                " WHERE id % 100"
            )
            connection.execute("ANALYZE")


def _figure(
    chance: random.Random, article: int, claim: str, kind: str, side: str, speaker: int | None
) -> tuple[object, ...]:
    value = float(chance.randrange(1, 3000))
    measure = chance.choice(("killed", "wounded", "captured", "equipment", "distance", ""))
    day = (
        f"20{chance.randrange(14, 26):02}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    )
    counted = chance.choice(("soldiers", "tanks", "drones", "people"))
    victims = chance.choice(("ukraine", "russia", None))
    return (
        article,
        claim,
        kind,
        measure,
        counted,
        value,
        value,
        value,
        day,
        side,
        victims,
        speaker,
    )


def _proposal(chance: random.Random, rows: list[tuple[object, ...]]) -> tuple[object, ...]:
    kind = chance.choices(("repeats", "corroborates", "contradicts", "denies"), (83, 9, 6, 2))[0]
    one, two = chance.choice(rows), chance.choice(rows)
    return (kind, round(chance.random(), 2), one[0], one[1], two[0], two[1])


def measure(library: Library, runs: int) -> list[tuple[str, float]]:
    """Each question of a view with the least time that it took, in milliseconds."""
    topic = ledger.topics(library)[0]
    asked = Asked(topic.type, topic.measure)
    narrow = Asked(topic.type, topic.measure, side="russia", victims="ukraine", counted="tanks")
    counted = matrix.matrix(library, "speaker", "type")
    row, column = counted.rows[0].key, counted.columns[0].key
    questions: list[tuple[str, Callable[[], object]]] = [
        ("disputes: count", lambda: disputes.count(library, kinds=disputes.RIVALS)),
        ("disputes: first page", lambda: disputes.page(library, kinds=disputes.RIVALS)),
        ("disputes: all kinds, first page", lambda: disputes.page(library)),
        ("disputes: of one article", lambda: disputes.of_article(library, 500)),
        ("disputes: next batch", lambda: comparing.next_batch(library)),
        ("ledger: topics", lambda: ledger.topics(library)),
        ("ledger: count", lambda: ledger.count(library, asked)),
        ("ledger: first page", lambda: ledger.page(library, asked)),
        ("ledger: page 20", lambda: ledger.page(library, asked, offset=4000)),
        ("ledger: narrowed", lambda: ledger.page(library, narrow)),
        ("ledger: plot", lambda: ledger.points(library, asked)),
        ("matrix: speaker by type", lambda: matrix.matrix(library, "speaker", "type")),
        ("matrix: speaker by side", lambda: matrix.matrix(library, "speaker", "side")),
        ("matrix: speaker by channel", lambda: matrix.matrix(library, "speaker", "channel")),
        ("matrix: outlet by type", lambda: matrix.matrix(library, "outlet", "type")),
        ("matrix: outlet by channel", lambda: matrix.matrix(library, "outlet", "channel")),
        ("matrix: side by channel", lambda: matrix.matrix(library, "side", "channel")),
        ("matrix: side by type", lambda: matrix.matrix(library, "side", "type")),
        (
            "matrix: a cell",
            lambda: matrix.cell(library, "speaker", row, "type", column, limit=100),
        ),
        ("doubtful: queue", lambda: doubtful.queue(library)),
        ("doubtful: rules", lambda: doubtful.rules(library)),
    ]
    return [(name, min(_time(question) for _ in range(runs))) for name, question in questions]


def _time(question: Callable[[], object]) -> float:
    begun = time.process_time()
    question()
    return 1000 * (time.process_time() - begun)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    prepare(args.file, args.articles)
    with Library.open(args.file, readonly=True, annotator=big_library.ANNOTATOR) as library:
        articles, claims = library.row("SELECT count(*), sum(claims) FROM article")
        print(f"{articles:,} articles, {claims:,} claims; milliseconds of processor time")
        for name, least in measure(library, args.runs):
            print(f"  {name:34}{least:10.1f}")


if __name__ == "__main__":
    main()
