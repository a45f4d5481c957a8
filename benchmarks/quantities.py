"""Tolls against counted incidents: the least killed and captured, the first number of a narrative.

    python benchmarks/quantities.py [--isaf F] [--airwars F] [--errors N]

isaf: press releases with the least number killed and captured; right when both figures are equal.
airwars: narratives with ranges of killed and injured; right when the first number that measures
people killed (or injured) lies in the range. A narrative without a range is left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.least_toll import minimum
from claims.quantities import find_quantities
from claims.sentences import split


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8", newline="") as lines:
        for line in lines:
            yield json.loads(line)


def isaf(path: Path, errors: int) -> None:
    """Print the shares of releases with the least killed, and the least captured, right."""
    right = {"killed": 0, "captured": 0}
    count = 0
    wrong = []
    for row in rows(path):
        count += 1
        found = minimum(row["text"])
        for measure in right:
            gold = row["labels"][f"min_{measure}"]
            if found[measure] == gold:
                right[measure] += 1
            else:
                wrong.append(f"{row['id']} {measure} {gold}, found {found[measure]}")
    for measure, hits in right.items():
        print(f"isaf: least {measure} right {hits / count:.3f} of {count}")
    for line in wrong[:errors]:
        print("   ", line)


def airwars(path: Path, errors: int) -> None:
    """Print the shares of narratives whose first killed, and injured, lies in the gold range."""
    for measure, label in (("killed", "killed"), ("wounded", "injured")):
        hits = told = count = 0
        wrong = []
        for row in rows(path):
            gold = row["labels"][label]
            if gold is None:
                continue
            count += 1
            first = _first(row["text"], measure)
            if first is None:
                wrong.append(f"{row['id']} {label} {gold}, found none")
                continue
            told += 1
            low, high, words = first
            if low <= gold[1] and high >= gold[0]:
                hits += 1
            else:
                wrong.append(f"{row['id']} {label} {gold}, found {words!r}")
        print(f"airwars: first {label} in range {hits / count:.3f} of {count} ({told} have one)")
        for line in wrong[:errors]:
            print("   ", line)


def _first(text: str, measure: str) -> tuple[float, float, str] | None:
    """The first number of a measure: its value, or the range from the least to the most."""
    for sentence in split(text):
        for quantity in find_quantities(text, sentence.span):
            if quantity.measure == measure:
                low, high = quantity.low, quantity.high
                value = low if low is not None else high
                if value is None:
                    continue
                return value, high if high is not None else value, quantity.span.of(text)
    return None


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--isaf", type=Path)
    parser.add_argument("--airwars", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="how many errors to print")
    args = parser.parse_args()
    if args.isaf:
        isaf(args.isaf, args.errors)
    if args.airwars:
        airwars(args.airwars, args.errors)


if __name__ == "__main__":
    main()
