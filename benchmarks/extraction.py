"""Words a second of `claims.extract.extract`, by stage, beside one regex pass over the same text.

    python -m benchmarks.extraction FILE... [--articles N] [--tagger NAME] [--rounds N]
                                            [--long WORDS] [--memory WORDS]

FILE is JSONL with one article a line, as an object with "text" and perhaps "title", "outlet" (or
"source"), "byline" and "date"; of each file the first N are read. All figures are CPU time of this
process, the best of the rounds, after a first article that loads what is loaded once. The floor is
one `\\w+` pass over the same texts; a stage's "floors" says how many such passes it costs, and is
what to compare between machines. A stage's time is its own: what it calls in another stage counts
there. "all but the tagger" is the whole without the time of the tagger in the same round; the
tagger takes most of the time, so that the difference of two rounds would be mostly noise.

`--long` also extracts single texts of 10,000, 100,000, … WORDS words, made of the articles one
after another: words a second show whether cost grows with length only. `--memory` measures what
such texts take, instead (`benchmarks.extraction_memory` says how).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import extraction_memory
from claims import extract, kinds, making, posts, quotes
from claims.hybrid import TAGGERS
from claims.model import Article
from claims.profile import Profile
from claims.speakers import Speakers

_WORD = re.compile(r"\w+")
STAGES: list[tuple[str, Any, str]] = [
    ("profile", extract, "choose"),
    ("sentences", extract, "split"),
    ("quotes", quotes, "find"),
    ("posts", posts, "attributions"),
    ("tagger", extract, "_tagged"),
    ("speakers", Speakers, "__init__"),
    ("speakers", Speakers, "resolve"),
    ("speakers", Speakers, "account"),
    ("kinds", kinds, "judge"),
    ("quantities", making, "find_quantities"),
    ("victims", making, "victims_of"),
    ("moments", making, "find_dates"),
    ("places and channels", Profile, "places_in"),
    ("places and channels", Profile, "channel_in"),
]
"""What is timed as a stage: the function of an object, by the name that extraction calls it."""


class Clock:
    """CPU seconds by stage; a stage that calls another does not count its time."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = [0.0]

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, with its own time added to a stage."""
        self.seconds.setdefault(stage, 0.0)
        seconds, inner, now = self.seconds, self._inner, time.process_time

        def run(*args: Any, **named: Any) -> Any:
            start = now()
            inner.append(0.0)
            try:
                return function(*args, **named)
            finally:
                spent = now() - start
                seconds[stage] += spent - inner.pop()
                inner[-1] += spent

        return run


def articles(files: Iterable[Path], count: int) -> list[Article]:
    """The first `count` articles of each file."""
    found: list[Article] = []
    for path in files:
        with path.open(encoding="utf-8", newline="") as lines:
            for number, line in enumerate(lines):
                if number == count:
                    break
                row = json.loads(line)
                found.append(
                    Article(
                        row["text"],
                        row.get("title"),
                        row.get("outlet") or row.get("source"),
                        row.get("byline"),
                        row.get("date"),
                    )
                )
    return found


def spent(work: Callable[[], object]) -> float:
    """The CPU seconds that a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def by_stage(
    read: list[Article], tagger: str, timed: Sequence[tuple[str, Any, str]] = STAGES
) -> dict[str, float]:
    """The CPU seconds of each stage."""
    clock = Clock()
    kept = [(owner, name, getattr(owner, name)) for _, owner, name in timed]
    try:
        for (stage, owner, name), (_, _, function) in zip(timed, kept, strict=True):
            setattr(owner, name, clock.timed(stage, function))
        for one in read:
            extract.extract(one, tagger=tagger)
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)
    return clock.seconds


def table(read: list[Article], tagger: str, rounds: int) -> None:
    """Print the floor, the stages and the whole."""
    texts = [one.text for one in read]
    words = sum(len(text.split()) for text in texts)
    characters = sum(map(len, texts))
    extract.extract(read[0], tagger=tagger)
    tagging = [one for one in STAGES if one[0] == "tagger"]
    floor = whole = others = float("inf")
    runs = []
    for _ in range(rounds):
        floor = min(floor, spent(lambda: [_WORD.findall(text) for text in texts]))
        start = time.process_time()
        of_tagger = by_stage(read, tagger, tagging)["tagger"]
        together = time.process_time() - start
        whole, others = min(whole, together), min(others, together - of_tagger)
        runs.append(by_stage(read, tagger))
    stages = {stage: min(run[stage] for run in runs) for stage in runs[0]}
    stages["the rest"] = others - sum(stages.values()) + stages["tagger"]
    print(f"{len(read)} articles, {words:,} words, {characters:,} characters, tagger {tagger}")
    print(f"{'':22}{'words/s':>12}{'Mchar/s':>9}{'floors':>8}{'share':>7}")
    rows = [("one regex pass", floor), *stages.items()]
    rows += [("all but the tagger", others), ("whole", whole)]
    for name, seconds in rows:
        seconds = max(seconds, 1e-9)
        rate, pace = words / seconds, characters / seconds / 1e6
        share = "" if name == "one regex pass" else f"{seconds / whole:.0%}"
        print(f"{name:22}{rate:12,.0f}{pace:9.2f}{seconds / floor:8.1f}{share:>7}")


def long_texts(texts: list[str], tagger: str, most: int) -> None:
    """Print words a second for single texts of growing length."""
    size = 10_000
    while size <= most:
        text = extraction_memory.joined(texts, size)
        seconds = spent(lambda text=text: extract.extract(text, tagger=tagger))  # type: ignore[misc]
        words = len(text.split())
        print(f"one text of {words:>9,} words{words / seconds:12,.0f} words/s")
        size *= 10


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, default=100, help="articles of each file")
    parser.add_argument("--tagger", choices=sorted(TAGGERS), action="append")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", type=int, default=0, metavar="WORDS")
    parser.add_argument("--memory", type=int, default=0, metavar="WORDS")
    args = parser.parse_args()
    # One core: CPU time would count NumPy's other threads, which mostly wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    read = articles(args.files, args.articles)
    texts = [one.text for one in read]
    for tagger in args.tagger or sorted(TAGGERS):
        if args.memory:
            extraction_memory.table(texts, tagger, args.memory)
            continue
        table(read, tagger, args.rounds)
        if args.long:
            long_texts(texts, tagger, args.long)


if __name__ == "__main__":
    main()
