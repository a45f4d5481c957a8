"""What is read from real pages and feeds, and how fast articles go in.

    python -m benchmarks.ingest [--pages DIR] [--feeds DIR] [--articles FILE.jsonl]

PAGES holds saved pages with `readability_expected.jsonl` (file, text) and
`segments_expected.jsonl` (file, must_have, must_not_have); FEEDS holds feeds with
`manifest.jsonl` (file, items). Printed are precision, recall and F1 of words, averaged over pages;
segments kept and wrongly kept; feeds of which all items were found; and articles a second into a
new library, with and without extraction, beside plain inserts of the same rows by `sqlite3`.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import re
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.model import Article, Extraction, text_hash
from store.db import Library
from store.ingest import Given, InputError, read_files
from store.ingest.feeds import parse_feed
from store.ingest.pages import page_article

_WORD = re.compile(r"\w+")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def pages(folder: Path) -> None:
    """Words and segments of the pages."""
    totals = [0.0, 0.0, 0.0]
    readers: Counter[str] = Counter()
    number = 0
    began = time.perf_counter()
    for row in rows(folder / "readability_expected.jsonl"):
        text = _page(folder / row["file"], readers)
        right, found = Counter(_words(row["text"])), Counter(_words(text))
        both = sum((right & found).values())
        precision, recall = both / max(1, found.total()), both / max(1, right.total())
        score = 2 * precision * recall / max(1e-9, precision + recall)
        totals = [one + two for one, two in zip(totals, (precision, recall, score), strict=True)]
        number += 1
    precision, recall, score = (total / number for total in totals)
    print(f"words of {number} pages: precision {precision:.3f} recall {recall:.3f} F1 {score:.3f}")
    kept = wanted = wrong = unwanted = 0
    for row in rows(folder / "segments_expected.jsonl"):
        text = _flat(_page(folder / row["file"], readers))
        wanted += len(row["must_have"])
        kept += sum(_flat(part) in text for part in row["must_have"])
        unwanted += len(row["must_not_have"])
        wrong += sum(_flat(part) in text for part in row["must_not_have"])
        number += 1
    seconds = time.perf_counter() - began
    print(f"segments kept {kept} of {wanted}, wrongly kept {wrong} of {unwanted}")
    print(f"{number / seconds:.0f} pages a second; read by {dict(readers)}")


def _page(path: Path, readers: Counter[str]) -> str:
    incoming = page_article(path.name, Given(), path.read_bytes())
    readers[incoming.body.facts["reader"] if incoming.body else str(incoming.refusal)] += 1
    return incoming.article.text if incoming.article else ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _flat(text: str) -> str:
    return " ".join(text.split())


def feeds(folder: Path) -> None:
    """Items of the feeds."""
    number = whole = items = promised = 0
    for row in rows(folder / "manifest.jsonl"):
        try:
            found = len(parse_feed((folder / row["file"]).read_bytes()).items)
        except InputError as problem:
            found = 0
            if row["items"]:
                print(f"{row['file']}: {problem}")
        number += 1
        whole += found >= row["items"]
        items, promised = items + found, promised + row["items"]
    print(f"feeds: {whole} of {number} with all items; {items} items, {promised} promised")


def speed(path: Path, most: int) -> None:
    """Articles a second into a library, and the floor."""
    read = read_files([str(path)], "auto", Given(), io.BytesIO())
    articles = [one.article for one in itertools.islice(read, most) if one.article]
    with tempfile.TemporaryDirectory() as folder:
        floor = _inserts(Path(folder) / "floor.db", articles)
        bare = _added(Path(folder) / "bare.db", articles, _nothing)
        full = _added(Path(folder) / "full.db", articles[: most // 10], None)
    print(f"articles a second: {full:.0f} with extraction on one core, {bare:.0f} without;")
    print(f"plain inserts of the same rows, one transaction each: {floor:.0f}")


def _nothing(article: Article, profile: str | None) -> Extraction:
    return Extraction(text_hash(article.text), (), (), (), "generic", "none")


def _added(path: Path, articles: list[Article], extractor: Any) -> float:
    options = {"extractor": extractor} if extractor else {}
    with Library.open(path, seed=False, **options) as library:
        began = time.perf_counter()
        for article in articles:
            library.articles.add(article)
        return len(articles) / (time.perf_counter() - began)


def _inserts(path: Path, articles: list[Article]) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE article (title, outlet, date, text, sha)")
    began = time.perf_counter()
    for a in articles:
        row = (a.title, a.outlet, a.date, a.text, text_hash(a.text))
        connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?)", row)
    connection.close()
    return len(articles) / (time.perf_counter() - began)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--feeds", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--most", type=int, default=400, help="articles for the speed")
    given = parser.parse_args()
    if given.pages:
        pages(given.pages)
    if given.feeds:
        feeds(given.feeds)
    if given.articles:
        speed(given.articles, given.most)


if __name__ == "__main__":
    main()
