"""How well articles on one story find each other, and how fast.

    python -m benchmarks.stories ARTICLES/*.jsonl [--show]

The rows of the files have "text", "title", "source" (the outlet) and "date". Three questions:

- shared: of all pairs of articles of two outlets within three days whose texts have 30 % of their
  three-word shingles in common (counted exactly, over all pairs), how many are in one group;
- edited: of every tenth article a copy is made as another outlet's with a third of its sentences
  dropped and another title: how many copies are in the group of their original;
- false: pairs in one group that have neither a tenth of the shingles nor half of the words of
  their titles in common; a chain (A like B, B like C) counts here. `--show` prints pairs to read.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

from claims import sketch
from claims.model import Article, Extraction, text_hash
from claims.text import searchable
from store import stories
from store.db import Library

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


class Row:
    """An article with its exact shingles."""

    def __init__(self, text: str, title: str, outlet: str, day: str) -> None:
        self.text, self.title, self.outlet, self.day = text, title, outlet, day
        words = _WORD.findall(searchable(text))
        self.shingles = {hash(x) for x in zip(words, words[1:], words[2:], strict=False)}
        self.words = set(sketch.title_words(title))
        try:
            self.number = date.fromisoformat(day[:10]).toordinal()
        except ValueError:
            self.number = 0


def _read(files: list[Path]) -> list[Row]:
    rows, seen = [], set()
    for path in files:
        with path.open(encoding="utf-8", newline="") as lines:
            for line in lines:
                data = json.loads(line)
                if data["text"] in seen or not data["text"].strip():
                    continue
                seen.add(data["text"])
                outlet = data.get("source") or path.stem
                rows.append(Row(data["text"], data.get("title") or "", outlet, data["date"] or ""))
    return rows


def _copies(rows: list[Row], chance: random.Random) -> list[tuple[int, Row]]:
    """Of every tenth article with at least six sentences, as another outlet would print it."""
    made = []
    for number in range(0, len(rows), 10):
        sentences = _SENTENCE.split(rows[number].text)
        if len(sentences) < 6:
            continue
        kept = [one for one in sentences if chance.random() > 1 / 3]
        copy = Row(" ".join(kept), f"Report {number}", "A copy", rows[number].day)
        made.append((number, copy))
    return made


def _jaccard(one: Row, other: Row) -> float:
    both = len(one.shingles & other.shingles)
    return both / (len(one.shingles) + len(other.shingles) - both or 1)


def _shared(rows: list[Row]) -> list[tuple[int, int]]:
    """All pairs of two outlets within the window that have SAME_TEXT in common, counted exactly."""
    where: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for shingle in row.shingles:
            where[shingle].append(number)
    common: Counter[tuple[int, int]] = Counter()
    for numbers in where.values():
        if 1 < len(numbers) <= 200:
            common.update(combinations(numbers, 2))
    return [
        (a, b)
        for (a, b), both in common.items()
        if rows[a].outlet != rows[b].outlet
        and abs(rows[a].number - rows[b].number) <= stories.WINDOW
        and both / (len(rows[a].shingles) + len(rows[b].shingles) - both) >= sketch.SAME_TEXT
    ]


def _nothing(article: Article, profile: str | None) -> Extraction:
    return Extraction(text_hash(article.text), (), (), (), profile or "generic", "none")


def main() -> None:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    rows = _read(given.files)
    copies = _copies(rows, random.Random(1))
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(
            Path(folder) / "library.db", annotator="x", seed=False, extractor=_nothing
        ) as library,
    ):
        ids = []
        with library.transaction():
            for row in [*rows, *(copy for _, copy in copies)]:
                article = Article(row.text, row.title or None, row.outlet, None, row.day or None)
                ids.append(library.articles.add(article).article_id)
        story = dict(library.rows("SELECT id, story FROM article"))
        begun = time.process_time()
        chars = 0
        for row in rows:
            sketch.sketch(row.text, row.title)
            chars += len(row.text)
        speed = chars / (time.process_time() - begun)
    group = [story[number] for number in ids]
    shared = _shared(rows)
    found = sum(group[a] is not None and group[a] == group[b] for a, b in shared)
    again = sum(
        group[number] is not None and group[number] == group[len(rows) + place]
        for place, (number, _) in enumerate(copies)
    )
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(rows)):
        if group[number] is not None:
            members[group[number]].append(number)
    pairs = [
        (a, b)
        for listed in members.values()
        for a, b in combinations(listed, 2)
        if rows[a].outlet != rows[b].outlet
    ]
    wrong = [
        (a, b)
        for a, b in pairs
        if _jaccard(rows[a], rows[b]) < 0.1
        and sketch.overlap(rows[a].words, rows[b].words) < sketch.SAME_TITLE
    ]
    print(f"{len(rows):,} articles, {len(copies)} copies; sketch {speed / 1e6:.2f} Mchar/s")
    print(f"shared  {found} of {len(shared)} pairs with 30 % in common are in one group")
    print(f"edited  {again} of {len(copies)} copies are in the group of their original")
    sizes = sorted((len(listed) for listed in members.values() if len(listed) > 1), reverse=True)
    print(f"groups  {len(sizes)} of two or more originals, the largest {sizes[:5]}")
    print(f"false   {len(wrong)} of {len(pairs)} pairs of two outlets in one group")
    if given.show:
        for a, b in wrong:
            print(f"  false {rows[a].outlet}: {rows[a].title}")
            print(f"        {rows[b].outlet}: {rows[b].title}")
        for a, b in [pair for pair in pairs if pair not in set(wrong)][:40]:
            print(f"  {rows[a].outlet}: {rows[a].title}\n  {rows[b].outlet}: {rows[b].title}\n")


if __name__ == "__main__":
    main()
