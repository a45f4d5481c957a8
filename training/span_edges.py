"""Counts at which edges of a sentence contents begin and end: the tables of `claims.likely`.

    python -m training.span_edges POLNEAR/train

DIR holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`. Printed are, for each kind of
edge where a stretch may begin, how many of a thousand such stretches are a content, and for each
kind where it may end, how many times likelier the first, the second and any further such edge
after the start makes it.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.attribution import read_gold
from claims.edges import edges
from claims.model import Span
from claims.sentences import split
from claims.text import canonical


def main(base: Path) -> None:
    """Count over every annotation file of a directory."""
    all_starts: Counter[str] = Counter()
    good_starts: Counter[str] = Counter()
    all_ends: Counter[tuple[str, int]] = Counter()
    good_ends: Counter[tuple[str, int]] = Counter()
    contents = 0
    for path in sorted((base / "attributions").glob("*.ann")):
        text_path = base / "text" / f"{path.stem}.txt"
        if not text_path.exists():
            text_path = text_path.with_stem(path.stem.rsplit("_", 1)[0])
        with text_path.open(encoding="utf-8", newline="") as file:
            text = canonical(file.read())
        sentences = split(text)
        gold: dict[Span, set[Span]] = defaultdict(set)
        for one in read_gold(path):
            span = Span(one["content"][0][0], one["content"][-1][1])
            home = next((s.span for s in sentences if s.span.covers(span)), None)
            if home is not None and len(one["content"]) == 1:
                gold[home].add(span)
                contents += 1
        for sentence in sentences:
            cut = edges(text, sentence.span)
            for start, kind in cut.starts():
                seen: Counter[str] = Counter()
                for end, closing in cut.ends():
                    if end <= start:
                        continue
                    order = min(2, seen[closing])
                    seen[closing] += 1
                    right = Span(start, end) in gold[sentence.span]
                    all_starts[kind] += 1
                    all_ends[closing, order] += 1
                    good_starts[kind] += right
                    good_ends[closing, order] += right
    rate = sum(good_starts.values()) / sum(all_starts.values())
    print(f"{contents:,} contents in one sentence\n\nSTART")
    for kind in sorted(all_starts, key=lambda k: -good_starts[k] / all_starts[k]):
        print(f"    {kind!r}: {1000 * good_starts[kind] / all_starts[kind]:.1f},")
    print("\nEND")
    for kind in sorted({kind for kind, _ in all_ends}):
        times = (
            good_ends[kind, order] / max(1, all_ends[kind, order]) / rate for order in range(3)
        )
        print(f"    {kind!r}: ({', '.join(f'{round(value, 2)}' for value in times)}),")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
