"""How long the lists, searches and bulk decisions of a large library take.

    python -m benchmarks.big_library FILE
    python -m benchmarks.library FILE [--runs 12] [--only X]

Prints, in milliseconds, the least and the 95th percentile of each thing, wall-clock and by the CPU.
The file is changed only by the bulk decisions, which are undone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.big_library import ANNOTATOR
from store import concordance
from store.db import Library
from store.records import ArticleFilter, ArticleSort, ClaimFilter

PAGE = 100
QUERIES = {
    "articles, common word": "w3",
    "articles, rare word": "w9000",
    "articles, words -word OR": "w40 -w0 OR w900",
    "articles, outlet": "outlet:Outlet",
    "articles, one outlet": 'outlet:"Outlet 17"',
    "articles, date": "date:2020-03..2021",
    "articles, starred": "is:starred",
    "articles, unread": "is:unread",
    "articles, undecided": "is:undecided",
    "articles, tag": "tag:none",
    "articles, type": "type:losses",
    "articles, type side": "type:losses side:ukraine",
    "articles, speaker": 'speaker:"Speaker 77"',
    "articles, word date outlet": 'w40 date:2020.. outlet:"Outlet 3"',
}
CLAIMS = {
    "claims, type": "type:losses",
    "claims, types side": "type:losses,strike side:ukraine",
    "claims, speaker": 'speaker:"Speaker 77"',
    "claims, speaker type side undecided": "speaker:Speaker type:losses side:russia is:undecided",
    "claims, accepted": "status:accepted",
    "claims, certainty": "certainty:hedged",
    "claims, stance date": "stance:denies date:2020-03..2020-06",
    "claims, channel": "channel:telegram",
    "claims, rule": "rule:denial",
    "claims, confidence": "confidence:<0.05",
    "claims, note": "note:anything",
    "claims, rare words": "w9000 w3",
    "claims, common words": "w0 w1 type:losses",
    "claims, outlet": 'outlet:"Outlet 17"',
}


def _tasks(library: Library) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "count all", lambda: library.articles.count()
    total = library.articles.count()
    for sort in ArticleSort:
        for turned in (False, True):
            for name, offset in (("first", 0), ("middle", total // 2), ("last", total - PAGE)):
                yield (
                    f"sort {sort}{' turned' if turned else ''}, {name} page",
                    lambda s=sort, t=turned, o=offset: library.articles.page(
                        limit=PAGE, offset=o, sort=s, turned=t
                    ),
                )
    for name, typed in QUERIES.items():
        where = ArticleFilter(query=typed)
        yield f"{name}: page", lambda w=where: library.articles.page(w, limit=PAGE)
        yield f"{name}: count", lambda w=where: library.articles.count(w)
    for name, typed in CLAIMS.items():
        asked = ClaimFilter(query=typed)
        yield f"{name}: page", lambda w=asked: library.claims.query(w, limit=PAGE)
        found = concordance.Concordance(typed, claims=True)
        yield f"{name}: count", lambda f=found: concordance.counted(library, f)
    for name, typed in (("common", "w3"), ("rare", "w9000"), ("phrase", '"w0 w1"')):
        yield f"concordance, {name}: first lines", lambda t=typed: concordance.asked(library, t)
    yield (
        "concordance, common: 10,000 lines",
        lambda: concordance.gather(library, concordance.asked(library, "w3")),
    )


def _bulk(library: Library, number: int) -> None:
    places = library.claims.places(ClaimFilter(query="type:losses is:undecided"))[:number]
    for name, task in (
        ("accept", lambda: library.decisions.many("accept", places)),
        ("undo", lambda: library.decisions.undo()),
    ):
        begun, cpu = time.perf_counter(), time.process_time()
        outcome = task()
        assert outcome is not None
        print(
            f"{name} {len(places):,} claims of {len(outcome.article_ids):,} articles:"
            f" {time.perf_counter() - begun:.1f} s, {time.process_time() - cpu:.1f} s of CPU"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=12)
    parser.add_argument("--only", default="", help="Things with these letters in their name.")
    parser.add_argument("--bulk", type=int, default=10_000)
    given = parser.parse_args()
    begun = time.perf_counter()
    with Library.open(given.file, annotator=ANNOTATOR, seed=False) as library:
        print(f"open {1000 * (time.perf_counter() - begun):.0f} ms")
        print(f"{'':<52}{'least':>8}{'p95':>8}{'CPU':>8}  (ms)")
        for name, task in _tasks(library):
            if given.only not in name:
                continue
            times, cpus = [], []
            for _ in range(given.runs):
                begun, cpu = time.perf_counter(), time.process_time()
                task()
                times.append(1000 * (time.perf_counter() - begun))
                cpus.append(1000 * (time.process_time() - cpu))
                if sum(times) > 20_000:
                    break
            times.sort()
            late = times[min(len(times) - 1, round(0.95 * len(times)))]
            print(f"{name:<52}{times[0]:>8.1f}{late:>8.1f}{min(cpus):>8.1f}", flush=True)
        if given.bulk and not given.only:
            _bulk(library, given.bulk)


if __name__ == "__main__":
    main()
