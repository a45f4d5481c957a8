"""Attribution quality on brat standoff in PolNeAR's layout: who says what, against annotators.

    python -m benchmarks.attribution DIR [DIR ...] [--tagger rules] [--predictions FILE]

DIR holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`. A document that several people
annotated is scored against each and counts once. Printed, as precision, recall and F1:

claim      content with a word Jaccard of at least 0.5, one to one, and a source that overlaps
           (or none on both sides)
content    the same without the source
exact      the same words, edges of punctuation apart
partial    the overlap measure of Pareti et al. (EMNLP 2013)

`--predictions` writes what was found as JSON lines, one document a line:
{"doc": NAME, "claims": [{"source": [[start, end]], "cue": …, "content": …}]}, in code points.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from claims.attribution import Attribution, Page
from claims.hybrid import TAGGERS
from claims.quotes import find
from claims.sentences import split
from claims.text import canonical

_WORD = re.compile(r"\w+")
Spans = Sequence[tuple[int, int]]
Words = frozenset[int]
Counts = defaultdict[str, float]


def read_gold(path: Path) -> list[dict[str, list[tuple[int, int]]]]:
    """The attributions of one brat file, as spans by role."""
    pieces: dict[str, list[tuple[int, int]]] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            _, _, ranges = fields[1].partition(" ")
            pieces[fields[0]] = [
                (int(start), int(end)) for start, end in (r.split() for r in ranges.split(";"))
            ]
        elif line.startswith("E") and len(fields) > 1:
            events.append(fields[1])
    found = []
    for event in events:
        roles: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for argument in event.split():
            role, _, name = argument.partition(":")
            roles[role.rstrip("0123456789").lower()].extend(pieces.get(name, []))
        if roles["content"]:
            found.append(dict(roles))
    return found


def attributions(text: str, tagger: str) -> list[Attribution]:
    """What the extractor's tagger finds in a text."""
    clean = canonical(text)
    sentences = split(clean)
    return list(TAGGERS[tagger](Page(clean, sentences, find(clean, sentences))))


def words_in(spans: Spans, starts: Sequence[tuple[int, int]]) -> Words:
    """The words of a text that some spans touch, by their number."""
    touched = (
        number
        for number, (start, end) in enumerate(starts)
        if any(a < end and start < b for a, b in spans)
    )
    return frozenset(touched)


def matched(found: Sequence[Words], gold: Sequence[Words]) -> list[tuple[int, int]]:
    """Pairs with a Jaccard overlap of at least 0.5, the best first, one to one."""
    scored = []
    for i, one in enumerate(found):
        for j, other in enumerate(gold):
            shared = len(one & other)
            if shared and shared / len(one | other) >= 0.5:
                scored.append((-shared / len(one | other), i, j))
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(scored):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def score(
    text: str, found: Sequence[Attribution], gold: Iterable[dict[str, list[tuple[int, int]]]]
) -> Counts:
    """The counts of one document against one annotator."""
    starts = [match.span() for match in _WORD.finditer(text)]
    ours = [
        (words_in(one.content, starts), words_in(one.source, starts))
        for one in found
        if one.content
    ]
    theirs = [
        (words_in(one["content"], starts), words_in(one.get("source", []), starts)) for one in gold
    ]
    ours = [pair for pair in ours if pair[0]]
    theirs = [pair for pair in theirs if pair[0]]
    contents, wanted = [c for c, _ in ours], [c for c, _ in theirs]
    count: Counts = defaultdict(float, found=len(ours), gold=len(theirs))
    for i, j in matched(contents, wanted):
        count["content"] += 1
        source, expected = ours[i][1], theirs[j][1]
        count["claim"] += bool(source & expected) if expected else not source
    count["exact"] = sum((Counter(contents) & Counter(wanted)).values())
    for one in contents:
        count["partial found"] += min(1.0, sum(len(one & w) for w in wanted) / len(one))
    for one in wanted:
        count["partial gold"] += min(1.0, sum(len(one & c) for c in contents) / len(one))
    return count


def row(name: str, total: Counts, hits_found: float, hits_gold: float) -> str:
    """One line of the table."""
    precision = hits_found / total["found"] if total["found"] else 0.0
    recall = hits_gold / total["gold"] if total["gold"] else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{name:10} {100 * precision:6.1f} {100 * recall:6.1f} {100 * both:6.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 when a directory is not in the layout."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("directory", nargs="+", type=Path)
    parser.add_argument("--tagger", choices=sorted(TAGGERS), default="rules")
    parser.add_argument("--predictions", type=Path)
    options = parser.parse_args(arguments)
    total: Counts = defaultdict(float)
    size, spent, lines = 0, 0.0, []
    for directory in options.directory:
        by_document: dict[str, list[Path]] = defaultdict(list)
        for path in sorted((directory / "attributions").glob("*.ann")):
            by_document[path.stem.rpartition("_")[0]].append(path)
        if not by_document:
            print(f"{directory}: no attributions/*.ann in it", file=sys.stderr)
            return 2
        for name, annotated in by_document.items():
            with (directory / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
                text = file.read()
            began = time.perf_counter()
            found = attributions(text, options.tagger)
            spent += time.perf_counter() - began
            size += len(text.split())
            roles = [{"source": a.source, "cue": a.cue, "content": a.content} for a in found]
            lines.append(json.dumps({"doc": name, "claims": roles}))
            for path in annotated:
                for key, value in score(text, found, read_gold(path)).items():
                    total[key] += value / len(annotated)
    if options.predictions:
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} documents, tagger {options.tagger}: {size / spent:,.0f} words a second")
    print(f"{'':10} {'P':>6} {'R':>6} {'F1':>6}")
    for name in ("claim", "content", "exact"):
        print(row(name, total, total[name], total[name]))
    print(row("partial", total, total["partial found"], total["partial gold"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
