"""Merging, agreement, the past and differences, on a library with many decisions.

    python -m benchmarks.people [--decisions 100000]

Two people decide on every claim of the same made-up articles, each in a library of their own. CPU
time is printed, as that of the machine may be shared.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from claims.model import (
    Article,
    Claim,
    ClaimType,
    Extraction,
    Mode,
    Sentence,
    Span,
    claim_id,
    text_hash,
)
from store.agreement import agreement
from store.between import changed
from store.db import Library
from store.merging import merge
from store.past import as_of

CLAIMS = 50
_TYPES = list(ClaimType)


def extract(article: Article, profile: str | None = None) -> Extraction:
    """A claim a line."""
    sha, at, sentences, claims = text_hash(article.text), 0, [], []
    for number, line in enumerate(article.text.split("\n\n")):
        span = Span(at, at + len(line))
        at = span.end + 2
        sentences.append(Sentence(span, number))
        claims.append(
            Claim(
                claim_id(sha, [span], attributed=True),
                (span,),
                speaker=f"Speaker {number % 7}",
                side=("ukraine", "russia")[number % 2],
                mode=Mode.INDIRECT,
                type=_TYPES[number % len(_TYPES)],
                confidence=0.5,
                rule="made-up",
            )
        )
    return Extraction(sha, tuple(sentences), tuple(claims), (), profile or "generic", "made-up-1")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    used, passed = time.process_time() - cpu, time.perf_counter() - wall
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<44} {used:7.2f} s CPU  {passed:7.2f} s  {memory:5.0f} MB", flush=True)


def fill(path: Path, annotator: str, articles: int) -> None:
    """Decide on every claim: most are accepted, some rejected, some of another type."""
    chance = random.Random(annotator)
    with Library.open(path, annotator=annotator, seed=False, extractor=extract) as library:
        library._open_connection().execute("PRAGMA synchronous=OFF")
        for number in range(articles):
            lines = (
                f"Unit {number} took hill {line} of sector {line % 9}." for line in range(CLAIMS)
            )
            library.articles.add(Article("\n\n".join(lines), title=f"Day {number}"))
        places = [
            (number, record.id)
            for number in range(1, articles + 1)
            for record in library.claims.of(number)
        ]
        chance.shuffle(places)
        one, two = len(places) * 8 // 10, len(places) * 9 // 10
        library.decisions.many("accept", places[:one])
        library.decisions.many("reject", places[one:two])
        library.decisions.many("edit", places[two:], changes={"type": "strike"})


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=100_000)
    number = parser.parse_args(arguments).decisions
    articles = max(1, number // CLAIMS)
    with tempfile.TemporaryDirectory() as folder:
        here, there = Path(folder) / "here.db", Path(folder) / "there.db"
        for path, name in ((here, "ann"), (there, "bea")):
            fill(path, name, articles)
        print(f"{articles:,} articles, {articles * CLAIMS:,} decisions in each library")
        middle = datetime.now(UTC)
        with Library.open(here, annotator="ann", seed=False) as library:
            tasks: tuple[tuple[str, Callable[[], object]], ...] = (
                ("merge, tried", lambda: merge(library, there, dry_run=True)),
                ("merge", lambda: merge(library, there)),
                ("merge again: nothing is new", lambda: merge(library, there)),
                ("agreement of the two", lambda: agreement(library, ("ann", "bea"))),
                (
                    "what changed: everything",
                    lambda: sum(
                        1 for _ in changed(library, datetime(2000, 1, 1, tzinfo=UTC), middle)
                    ),
                ),
            )
            for what, task in tasks:
                with timed(what):
                    task()
            with timed("the library as it was, opened"), as_of(library, middle):
                library.claims.of(1)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
