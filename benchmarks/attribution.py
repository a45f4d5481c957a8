"""Attribution quality on brat standoff in PolNeAR's layout: who says what, against annotators.

    python -m benchmarks.attribution DIR [DIR ...] [--tagger rules|network|trained]
                                     [--predictions FILE] [--calibrate] [--human]

DIR holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`. A document that several people
annotated is scored against each and counts once. "network" is the trained tagger without the
rules. Printed, as precision, recall and F1:

claim      content with a word Jaccard of at least 0.5, one to one, and a source that overlaps
           (or none on both sides)
content    the same without the source
exact      the same words, edges of punctuation apart
partial    the overlap measure of Pareti et al. (EMNLP 2013)
source     the words of all sources together
sentence   sentences that hold any part of an attribution
core       recall of claims whose cue is say, tell, add, announce, claim, deny, state, report,
           write or "according to"

then words a second of the tagger, the milliseconds to load it (its modules, its weights and a first
line) and those to import NumPy, each on this process's clock, and a reliability table: of the
claims with this confidence, how many are right.

`--predictions` writes what was found as JSON lines, one document a line:
{"doc": NAME, "claims": [{"source": [[start, end]], "cue": …, "content": …}]}, in code points.
`--calibrate` fits the logistic models of `claims.hybrid`, and prints the reliability of each half
of the documents under the models that were fitted on the other half.
`--human` scores annotators against each other instead, each pair both ways, on the documents that
several annotated: 16 of PolNeAR's training part, and 2 of its development part.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from benchmarks import confidence
from claims.attribution import Attribution, Page, by_rules
from claims.hybrid import TAGGERS, Decided, decided, paragraphs
from claims.model import Span
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


def read_page(text: str) -> Page:
    """A text as the taggers get it."""
    clean = canonical(text)
    sentences = split(clean)
    return Page(clean, sentences, find(clean, sentences))


def by_network(page: Page) -> list[Attribution]:
    """What the network finds without the rules."""
    from claims.tagger.model import load

    return [
        Attribution(one.content, one.source, one.cue, "network", one.confidence)
        for one in load().attributions(page.text, paragraphs(page))
    ]


CHOICES = {**TAGGERS, "network": by_network}


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


_CORE = frozenset(
    f"{verb}{ending}"
    for verb, endings in {
        "say": ("", "s", "ing"), "said": ("",), "tell": ("", "s", "ing"), "told": ("",),
        "add": ("", "s", "ed", "ing"), "announc": ("e", "es", "ed", "ing"),
        "claim": ("", "s", "ed", "ing"), "den": ("y", "ies", "ied", "ying"),
        "stat": ("e", "es", "ed", "ing"), "report": ("", "s", "ed", "ing"),
        "writ": ("e", "es", "ing", "ten"), "wrote": ("",), "according": ("",),
    }.items()
    for ending in endings
)  # fmt: skip
"""Words of the cues of core reporting."""


def score(
    page: Page,
    found: Sequence[Attribution],
    gold: Iterable[dict[str, list[tuple[int, int]]]],
    right: list[float],
) -> Counts:
    """The counts of one document against one annotator; adds to `right` who was right."""
    gold = list(gold)
    starts = [match.span() for match in _WORD.finditer(page.text)]
    ours = [
        (words_in(one.content, starts), words_in(one.source, starts))
        for one in found
        if one.content
    ]
    theirs = [
        (words_in(one["content"], starts), words_in(one.get("source", []), starts)) for one in gold
    ]
    core = [_is_core(page.text, one) for one in gold]
    contents, wanted = [c for c, _ in ours], [c for c, _ in theirs]
    count: Counts = defaultdict(float, found=len(ours), gold=len(theirs))
    for i, j in matched(contents, wanted):
        count["content"] += 1
        source, expected = ours[i][1], theirs[j][1]
        hit = bool(source & expected) if expected else not source
        count["claim"] += hit
        count["core"] += hit and core[j]
        right[i] += hit
    count["core gold"] = sum(core)
    _overlap(count, "source", [s for _, s in ours], [s for _, s in theirs])
    sentences = [sentence.span for sentence in page.sentences]
    _overlap(
        count,
        "sentence",
        [words_in((*one.source, *one.cue, *one.content), sentences) for one in found],
        [words_in([span for spans in one.values() for span in spans], sentences) for one in gold],
    )
    count["exact"] = sum((Counter(contents) & Counter(wanted)).values())
    for one in filter(None, contents):
        count["partial found"] += min(1.0, sum(len(one & w) for w in wanted) / len(one))
    for one in filter(None, wanted):
        count["partial gold"] += min(1.0, sum(len(one & c) for c in contents) / len(one))
    return count


def _is_core(text: str, one: dict[str, list[tuple[int, int]]]) -> bool:
    return any(
        word.lower() in _CORE
        for start, end in one.get("cue", [])
        for word in _WORD.findall(text[start:end])
    )


def _overlap(count: Counts, name: str, found: Sequence[Words], gold: Sequence[Words]) -> None:
    """Count what two unions share, as `name`, and their sizes."""
    ours, theirs = frozenset().union(*found), frozenset().union(*gold)
    count[name] += len(ours & theirs)
    count[f"{name} found"] += len(ours)
    count[f"{name} gold"] += len(theirs)


def row(name: str, hits: tuple[float, float], sizes: tuple[float, float]) -> str:
    """One line of the table, from hits and sizes of what was found and of the gold."""
    precision, recall = (h / n if n else 0.0 for h, n in zip(hits, sizes, strict=True))
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{name:10} {100 * precision:6.1f} {100 * recall:6.1f} {100 * both:6.1f}"


def table(total: Counts) -> Iterable[str]:
    """The figures as lines."""
    yield f"{'':10} {'P':>6} {'R':>6} {'F1':>6}"
    sizes = (total["found"], total["gold"])
    for name in ("claim", "content", "exact"):
        yield row(name, (total[name], total[name]), sizes)
    yield row("partial", (total["partial found"], total["partial gold"]), sizes)
    for name in ("source", "sentence"):
        yield row(name, (total[name], total[name]), (total[f"{name} found"], total[f"{name} gold"]))
    share = 100 * total["core"] / total["core gold"] if total["core gold"] else 0.0
    yield f"{'core':10} {'':6} {share:6.1f}"


@dataclass(slots=True)
class Document:
    """A document with its annotations."""

    name: str
    page: Page
    gold: list[list[dict[str, list[tuple[int, int]]]]]


def documents(directories: Iterable[Path]) -> list[Document]:
    """Every annotated document; raises ValueError for a directory in another layout."""
    found = []
    for directory in directories:
        by_document: dict[str, list[Path]] = defaultdict(list)
        for path in sorted((directory / "attributions").glob("*.ann")):
            by_document[path.stem.rpartition("_")[0]].append(path)
        if not by_document:
            raise ValueError(f"{directory}: no attributions/*.ann in it")
        for name, annotated in by_document.items():
            with (directory / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
                page = read_page(file.read())
            found.append(Document(name, page, [read_gold(path) for path in annotated]))
    return found


def add_score(total: Counts, document: Document, found: Sequence[Attribution]) -> list[float]:
    """Add a document's counts; for each attribution, the share of annotators that it suits."""
    right = [0.0] * len(found)
    for gold in document.gold:
        for key, value in score(document.page, found, gold, right).items():
            total[key] += value / len(document.gold)
    return [one / len(document.gold) for one in right]


def human(read: Sequence[Document]) -> None:
    """Print the table of annotators against each other, where there are several."""
    shared = [document for document in read if len(document.gold) > 1]
    total: Counts = defaultdict(float)
    for document in shared:
        pairs = list(permutations(document.gold, 2))
        for one, other in pairs:
            found = [
                Attribution(*(_as_spans(part.get(role, [])) for role in _ROLES), "human", 1.0)
                for part in one
            ]
            for key, value in score(document.page, found, other, [0.0] * len(found)).items():
                total[key] += value / len(pairs)
    print(f"{len(shared)} documents, one annotator against another")
    print("\n".join(table(total)))


_ROLES = ("content", "source", "cue")


def _as_spans(found: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(*one) for one in sorted(found))


def calibrate(read: Sequence[Document]) -> None:
    """Fit the confidence on all documents; show it fitted on one half and judged on the other."""
    from claims.tagger.model import load

    halves: list[list[tuple[Decided, float]]] = [[], []]
    for number, document in enumerate(read):
        page = document.page
        marked = load().attributions(page.text, paragraphs(page))
        found = decided(page, by_rules(page), marked)
        right = add_score(defaultdict(float), document, [one.attribution for one in found])
        halves[number % 2].extend(zip(found, right, strict=True))
    for name, weights in confidence.fit([*halves[0], *halves[1]]).items():
        print(f"{name} = ({', '.join(f'{weight:.3f}' for weight in weights)})")
    judged = []
    for one, other in ((0, 1), (1, 0)):
        models = confidence.fit(halves[one])
        judged += [(confidence.judge(models, found), right) for found, right in halves[other]]
    print("\n".join(confidence.table(judged)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 when a directory is not in the layout."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("directory", nargs="+", type=Path)
    parser.add_argument("--tagger", choices=sorted(CHOICES), default="trained")
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--human", action="store_true")
    options = parser.parse_args(arguments)
    try:
        read = documents(options.directory)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    if options.calibrate or options.human:
        (calibrate if options.calibrate else human)(read)
        return 0
    tagger = CHOICES[options.tagger]
    began = time.process_time()
    if options.tagger != "rules":
        # Counted apart from the weights; after the package that keeps it to one thread.
        importlib.import_module("claims.tagger")
        importlib.import_module("numpy")
    imported = time.process_time()
    tagger(read_page("Loads what is loaded once."))
    loading, importing = time.process_time() - imported, imported - began
    total: Counts = defaultdict(float)
    spent, lines = 0.0, []
    judged: list[tuple[float, float]] = []
    for document in read:
        began = time.process_time()
        found = [one for one in tagger(document.page) if one.content]
        spent += time.process_time() - began
        roles = [{"source": a.source, "cue": a.cue, "content": a.content} for a in found]
        lines.append(json.dumps({"doc": document.name, "claims": roles}))
        right = add_score(total, document, found)
        judged.extend(zip((one.confidence for one in found), right, strict=True))
    if options.predictions:
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    size = sum(len(document.page.text.split()) for document in read)
    print(
        f"{len(lines)} documents, tagger {options.tagger}: {size / spent:,.0f} words a second, "
        f"loaded in {1000 * loading:.0f} ms, NumPy in {1000 * importing:.0f} ms"
    )
    print("\n".join(table(total)))
    print("\n".join(confidence.table(judged)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
