"""Sentence boundaries against labelled documents: precision, recall, F and speed.

    python benchmarks/sentences.py DATA.jsonl [--errors N]

Each line of the data holds `text` and `labels` with `lang` and `sentences`, the gold sentences in
order. A boundary is the place between two sentences, counted in characters that are not white
space, so that white space at an edge does not matter; the end of a document counts for nobody.
The second row of a language leaves out the places right after a list number such as "1.", which
some corpora count as a sentence of its own.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from itertools import accumulate
from pathlib import Path

from claims.sentences import split

LIST_NUMBER = re.compile(r"(?:^|[.:;!?)])\d{1,2}(?:\.\d{1,2})?\.$")


def boundaries(sentences: list[str]) -> set[int]:
    """Where sentences end, as counts of the visible characters before; the last end is left out."""
    return set(accumulate(len("".join(sentence.split())) for sentence in sentences[:-1]))


def main() -> None:
    """Print one row a language, and errors where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="how many errors to print")
    args = parser.parse_args()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    seconds = 0.0
    characters = 0
    errors = []
    with args.data.open(encoding="utf-8", newline="") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        text, labels = row["text"], row["labels"]
        began = time.perf_counter()
        found = split(text)
        seconds += time.perf_counter() - began
        characters += len(text)
        gold = boundaries(labels["sentences"])
        mine = boundaries([sentence.span.of(text) for sentence in found])
        visible = "".join(text.split())
        numbers = {place for place in gold | mine if LIST_NUMBER.search(visible[:place][-12:])}
        for row_name, left_out in ((labels["lang"], set()), (f"{labels['lang']} -1.", numbers)):
            total = counts[row_name]
            total[0] += len((gold & mine) - left_out)
            total[1] += len(mine - left_out)
            total[2] += len(gold - left_out)
            total[3] += 1
        for place in sorted(gold ^ mine):
            kind = "missed" if place in gold else "extra "
            around = f"{visible[max(0, place - 25) : place]} | {visible[place : place + 25]}"
            errors.append(f"{labels['lang']} {kind} {around}")
    print(f"{'lang':8}{'docs':>6}{'gold':>7}{'P':>8}{'R':>8}{'F':>8}")
    for lang, (right, predicted, wanted, docs) in sorted(counts.items()):
        precision, recall = right / max(1, predicted), right / max(1, wanted)
        f_score = 2 * right / max(1, predicted + wanted)
        print(f"{lang:8}{docs:6}{wanted:7}{precision:8.4f}{recall:8.4f}{f_score:8.4f}")
    print(f"{characters / seconds / 1e6:.2f} million characters a second")
    step = max(1, len(errors) // max(1, args.errors))
    for line in errors[::step][: args.errors]:
        print(line)


if __name__ == "__main__":
    main()
