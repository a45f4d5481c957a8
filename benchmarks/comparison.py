"""Relations between claims over article files: counts by kind and rule, time, samples to read.

    python benchmarks/comparison.py FILE.jsonl … [--sample N] [--seed S] [--each] [--cache DIR]
                                    [--profile NAME] [--jobs N] [--leave-out RULE]

A row is `{id, title, date, source, text}`. Articles are extracted on all cores; with `--cache` the
extractions are kept and read again. `--sample` prints that many random proposals with both
claims in full, to be judged by reading; `--each` draws as many of each kind. Dates are read from
the row, or from the head of the text where it opens with a full date: some collections date a
row by its incident. Commas that a file puts where a line ended ("….,Next") become line ends.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from claims.compare import ComparedClaim, Relation, compare, compared
from claims.extract import EXTRACTOR_VERSION, extract
from claims.model import Article, Span
from claims.moments import find_dates

_FORMATS = (("%Y-%m-%d", 10), ("%d-%b-%Y", 11), ("%m/%d/%Y", 10))
_HEAD = 60
_JOIN = re.compile(r"(?<=[.!?”\")\]]),(?=[A-Z“\"\[(,])|(?<=,),")

Row = tuple[str, Article]


def rows(path: Path) -> Iterator[Row]:
    """The articles of a file; ids carry the file's name."""
    with path.open(encoding="utf-8", newline="") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            text = _JOIN.sub("\n", row["text"])
            day = _head_day(text) or _day(row.get("date") or "")
            yield row["id"], Article(text, row.get("title"), row.get("source"), None, day)


def _day(written: str) -> str | None:
    for form, length in _FORMATS:
        try:
            return datetime.strptime(written[:length].strip(), form).date().isoformat()
        except ValueError:
            continue
    return None


def _head_day(text: str) -> str | None:
    for moment in find_dates(text, Span(0, min(len(text), _HEAD)), None):
        if moment.start and moment.start == moment.end:
            return moment.start
    return None


def _extracted(job: tuple[Row, str | None]) -> list[ComparedClaim]:
    (article_id, article), profile = job
    return list(compared(article_id, article, extract(article, profile)))


def claims_of(
    paths: list[Path], profile: str | None, jobs: int, cache: Path | None
) -> list[ComparedClaim]:
    """The claims of all articles, from the cache when the files and the extractor are the same."""
    kept = None
    if cache:
        key = sha256(f"{EXTRACTOR_VERSION}|{profile}".encode())
        for path in paths:
            key.update(path.read_bytes())
        kept = cache / f"claims-{key.hexdigest()[:16]}.pickle"
        if kept.exists():
            loaded: list[ComparedClaim] = pickle.loads(kept.read_bytes())
            return loaded
    work = [(row, profile) for path in paths for row in rows(path)]
    items: list[ComparedClaim] = []
    with ProcessPoolExecutor(jobs) as pool:
        for found in pool.map(_extracted, work, chunksize=8):
            items.extend(found)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(items))
    return items


def show(relation: Relation, by_id: dict[tuple[str, str], ComparedClaim], number: int) -> None:
    """Print one proposal with both claims."""
    print(f"\n{number}. {relation.kind.value} [{relation.rule}] {relation.confidence:.2f}")
    print(f"   {relation.reason}")
    for key in (
        (relation.first_article, relation.first),
        (relation.second_article, relation.second),
    ):
        item = by_id[key]
        claim = item.claim
        print(
            f"   - {item.date} {item.outlet} {item.article}: {claim.speaker} [{claim.side}] "
            f"{claim.type.value}: {item.words}"
        )


def main() -> None:
    """Print the table and the samples asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="random proposals to print")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--each", action="store_true", help="sample as many of each kind")
    parser.add_argument("--leave-out", metavar="RULE", help="a rule not to draw samples from")
    parser.add_argument("--cache", type=Path, help="directory for extractions to be read again")
    parser.add_argument("--profile", help="conflict profile; without one the text decides")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    begun = time.perf_counter()
    items = claims_of(args.files, args.profile, args.jobs, args.cache)
    extracted = time.perf_counter()
    relations = compare(items)
    done = time.perf_counter()
    articles = len({item.article for item in items})
    print(
        f"{articles} articles, {len(items)} claims; extraction {extracted - begun:.1f} s, "
        f"comparison {done - extracted:.1f} s; {len(relations)} relations"
    )
    counts = Counter((one.kind.value, one.rule) for one in relations)
    for (kind, rule), count in sorted(counts.items()):
        print(f"  {kind:13}{rule:30}{count:7}")
    by_id = {(item.article, item.claim.id): item for item in items}
    chooser = random.Random(args.seed)
    drawn = [one for one in relations if one.rule != args.leave_out]
    if args.each:
        kinds = sorted({one.kind for one in drawn})
        pools = [[one for one in drawn if one.kind is kind] for kind in kinds]
        drawn = [one for pool in pools for one in chooser.sample(pool, min(args.sample, len(pool)))]
    elif args.sample:
        drawn = chooser.sample(drawn, min(args.sample, len(drawn)))
    if args.sample:
        for number, one in enumerate(drawn, 1):
            show(one, by_id, number)


if __name__ == "__main__":
    main()
