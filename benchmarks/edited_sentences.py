"""Sentence boundaries in edited news: stops that a person judged, hard and plain ones apart.

    python -m benchmarks.edited_sentences FILE.jsonl [FILE.jsonl ...] [--text DIR ...]

The labels (`labels/edited_stops.jsonl`) are a random sample of the places inside paragraphs where
a stop and white space stand, in 400 news articles: the hash of the article's text, the offset
after the stop and its closing marks, and whether a sentence ends there, judged by one reader on
some 30 characters before and 24 after. "plain" is a single stop between a word in small letters
and a capitalised one that the splitter had cut, "hard" is every other place. The articles are
found by their hash among the `text` of the JSONL rows and the `*.txt` of the directories.

The last row weighs the two by how often they occur (`POOLS`), which gives the figure for news.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from claims.model import text_hash
from claims.sentences import split
from claims.text import canonical

LABELS = Path(__file__).with_name("labels") / "edited_stops.jsonl"
POOLS = {"hard": 3057, "plain": 3821}
"""How many places of each sort the 400 articles hold."""


def texts(files: Sequence[Path], directories: Sequence[Path]) -> Iterator[str]:
    """The canonical texts of the rows and files."""
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            for line in lines:
                yield canonical(json.loads(line)["text"])
    for directory in directories:
        for path in sorted(directory.glob("*.txt")):
            with path.open(encoding="utf-8", newline="") as source:
                yield canonical(source.read())


def main() -> None:
    """Print precision, recall and F for each sort of place."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--text", nargs="*", type=Path, default=[])
    args = parser.parse_args()
    wanted: dict[str, list[tuple[int, bool, str]]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        place = (label["at"], label["boundary"], label["of"])
        wanted.setdefault(label["sha256"], []).append(place)
    counts: dict[str, Counter[str]] = {sort: Counter() for sort in POOLS}
    for text in texts(args.files, args.text):
        places = wanted.pop(text_hash(text), None)
        if not places:
            continue
        ends = {sentence.span.end for sentence in split(text)}
        for at, boundary, sort in places:
            count = counts[sort]
            count["n"] += 1
            count["right"] += boundary and at in ends
            count["gold"] += boundary
            count["found"] += at in ends
            if boundary != (at in ends):
                before, after = " ".join(text[at - 40 : at].split()), text[at : at + 25].split()
                print(f"{'missed' if boundary else 'extra '} {before} | {' '.join(after)}")
    if wanted:
        print(f"{len(wanted)} labelled articles were not among the files given")
    total: Counter[str] = Counter()
    print(f"{'places':10}{'n':>6}{'P':>8}{'R':>8}{'F':>8}")
    for sort, count in counts.items():
        show(sort, count["n"], count["right"], count["found"], count["gold"])
        for key in ("right", "found", "gold"):
            total[key] += round(count[key] * POOLS[sort] / max(1, count["n"]))
    show("weighted", sum(POOLS.values()), total["right"], total["found"], total["gold"])


def show(name: str, number: int, right: int, found: int, gold: int) -> None:
    """One row."""
    precision, recall = right / max(1, found), right / max(1, gold)
    f_score = 2 * right / max(1, found + gold)
    print(f"{name:10}{number:6}{precision:8.4f}{recall:8.4f}{f_score:8.4f}")


if __name__ == "__main__":
    main()
