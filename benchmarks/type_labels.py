"""Claim types against sentences labelled by reading: accuracy and macro-F1.

    python benchmarks/type_labels.py DATA_DIR [--held-out] [--rules-only] [--stratum S] [--errors]

DATA_DIR holds the articles as JSONL files with `id` and `text`, one file for each name in the
labels' `file`. The labels are in `benchmarks/labels/types.jsonl` (offsets, labels and hashes, no
text; `benchmarks/labels/README.md` says how they were made). Every text is checked against its
hash, and every span against its text, before anything is judged.

What is judged is the labelled content with its cue, so that the figures say how well a claim's
type is told, not how well claims are found. Two figures are given. "strict" counts only the type
that the reader put first. "either" also counts the second type, where the reader found that the
scheme allows two: such an item counts as one of the type that was found.

Macro-F1 is the mean of F1 over all types that have labels in the part that is measured; a type
that was never found there counts with F1 zero.

The development part is printed with a list of confusions. The held-out part is printed only with
--held-out, as figures alone: rules are to be mended on the development part.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.kinds import Kind, judge
from claims.model import Span, Spans, text_hash
from claims.text import canonical

LABELS = Path(__file__).parent / "labels" / "types.jsonl"


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled claim; spans are code points into the text that has the hash."""

    id: str
    file: str
    article: str
    text_sha256: str
    sentence: Span
    content: Spans
    cue: Spans
    attributed: bool
    type: str
    second: str | None
    stance: str | None
    certainty: str | None
    stratum: str
    held_out: bool
    passes: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A label, the words that it is about, and what the rules say of them."""

    label: Label
    words: str
    kind: Kind

    @property
    def found(self) -> str:
        """The type that the rules give."""
        return self.kind.type.value


def read_labels(path: Path) -> list[Label]:
    """Read the labels; raises `ValueError` naming the line that cannot be read."""
    labels = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                for name in ("content", "cue"):
                    row[name] = tuple(Span(*span) for span in row[name])
                row["sentence"] = Span(*row["sentence"])
                row["passes"] = tuple(row["passes"])
                labels.append(Label(**row))
            except (KeyError, TypeError, ValueError) as problem:
                raise ValueError(f"{path}, line {number}: not a label: {problem}") from None
    return labels


def read_texts(folder: Path, labels: Iterable[Label]) -> dict[str, str]:
    """The labelled texts by hash.

    Raises `ValueError` naming the file and article whose text is missing or is another version.
    """
    wanted = {label.text_sha256: label for label in labels}
    texts: dict[str, str] = {}
    for name in sorted({label.file for label in wanted.values()}):
        path = folder / f"{name}.jsonl"
        if not path.is_file():
            raise ValueError(f"{path}: no such file; DATA_DIR must hold {name}.jsonl")
        with path.open(encoding="utf-8", newline="") as lines:
            for line in lines:
                text: str = json.loads(line)["text"]
                key = text_hash(text)
                if key in wanted:
                    texts[key] = text
    for key, label in wanted.items():
        if key not in texts:
            raise ValueError(
                f"{folder / label.file}.jsonl: article {label.article}: no text with the hash "
                f"{key[:12]}; the data is another version than the one that was labelled"
            )
    return texts


def judged(label: Label, text: str, *, rules_only: bool = False) -> Judged:
    """Check the spans of a label and judge its content; raises `ValueError` for a wrong span."""
    for span in (label.sentence, *label.content, *label.cue):
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"label {label.id}: span {span.start}-{span.end} is outside the text")
    if any(span.of(text) != span.of(text).strip() for span in label.content):
        raise ValueError(f"label {label.id}: the content begins or ends with white space")
    cue = " ".join(span.of(text) for span in label.cue)
    kind = judge(
        canonical(text),
        label.content,
        cue,
        sentence=label.sentence,
        attributed=label.attributed,
        rules_only=rules_only,
    )
    words = " ... ".join(" ".join(span.of(text).split()) for span in label.content)
    return Judged(label, f"[{cue}] {words}" if label.attributed else words, kind)


def f_scores(pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 and number of each type in (right, found) pairs."""
    right = Counter(gold for gold, found in pairs if gold == found)
    golds = Counter(gold for gold, _ in pairs)
    founds = Counter(found for _, found in pairs)
    return {
        kind: (
            right[kind] / max(1, founds[kind]),
            right[kind] / golds[kind],
            2 * right[kind] / (founds[kind] + golds[kind]),
            golds[kind],
        )
        for kind in sorted(golds)
    }


def figures(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Accuracy and macro-F1."""
    scores = f_scores(pairs)
    accuracy = sum(gold == found for gold, found in pairs) / max(1, len(pairs))
    return accuracy, sum(score[2] for score in scores.values()) / max(1, len(scores))


def pairs_of(rows: Iterable[Judged], *, either: bool) -> list[tuple[str, str]]:
    """Right and found type of each row; with `either` the second type is right if found."""
    return [
        (row.found if either and row.found == row.label.second else row.label.type, row.found)
        for row in rows
    ]


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa of two equally long lists of labels (Cohen 1960)."""
    count = len(first)
    agreed = sum(one == two for one, two in zip(first, second, strict=True)) / count
    ones, twos = Counter(first), Counter(second)
    chance = sum(ones[kind] * twos[kind] for kind in ones) / count**2
    return (agreed - chance) / (1 - chance)


def report(name: str, rows: Sequence[Judged]) -> None:
    """Print the figures of one part, with a row for each type."""
    if not rows:
        print(f"{name}: no labels")
        return
    strict, either = pairs_of(rows, either=False), pairs_of(rows, either=True)
    print(f"{name}: {len(rows)} labels")
    for way, pairs in (("strict", strict), ("either", either)):
        accuracy, macro = figures(pairs)
        print(f"  {way}: accuracy {accuracy:.3f}, macro-F1 {macro:.3f}")
    print(f"  {'':14}{'strict: P':>9}{'R':>7}{'F':>7}{'n':>5}{'either: P':>13}{'R':>7}{'F':>7}")
    others = f_scores(either)
    for kind, (p, r, f, count) in f_scores(strict).items():
        p2, r2, f2, _ = others.get(kind, (0.0, 0.0, 0.0, 0))
        print(f"  {kind:14}{p:9.2f}{r:7.2f}{f:7.2f}{count:5}{p2:13.2f}{r2:7.2f}{f2:7.2f}")
    for stratum in sorted({row.label.stratum for row in rows}):
        part = [row for row in rows if row.label.stratum == stratum]
        accuracy, macro = figures(pairs_of(part, either=False))
        other, macro2 = figures(pairs_of(part, either=True))
        print(
            f"  stratum {stratum}, {len(part)} labels: strict {accuracy:.3f} / {macro:.3f}, "
            f"either {other:.3f} / {macro2:.3f} (accuracy / macro-F1)"
        )
    for field in ("stance", "certainty"):
        told: Mapping[str, str] = {
            row.label.id: getattr(row.label, field) for row in rows if getattr(row.label, field)
        }
        hits = sum(getattr(row.kind, field).value == told.get(row.label.id) for row in rows)
        print(f"  {field}: {hits} of {len(told)} right")


def confusions(rows: Sequence[Judged], *, show: bool) -> None:
    """Print what is taken for what, most frequent first; with `show` the words and the rule."""
    wrong: dict[tuple[str, str], list[Judged]] = {}
    for row in rows:
        if row.found not in (row.label.type, row.label.second):
            wrong.setdefault((row.label.type, row.found), []).append(row)
    print("confusions (neither type found):")
    for (gold, found), several in sorted(wrong.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"  {len(several):3} {gold} taken for {found}")
        for row in several if show else ():
            also = f" (or {row.label.second})" if row.label.second else ""
            print(f"        {row.label.id}{also} {row.kind.rule}: {row.words}")


def run(argv: Sequence[str] | None = None) -> None:
    """Print the table; raises `ValueError` where labels and data do not fit."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="folder with the articles as JSONL")
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--held-out", action="store_true", help="figures of the held-out third")
    parser.add_argument("--stratum", choices=("random", "keyword"), help="only this stratum")
    parser.add_argument("--errors", action="store_true", help="print the words of each confusion")
    parser.add_argument("--rules-only", action="store_true", help="without the trained weights")
    args = parser.parse_args(argv)
    labels = read_labels(args.labels)
    texts = read_texts(args.data, labels)
    chosen = [one for one in labels if args.stratum in (None, one.stratum)]
    passes: Any = list(zip(*(label.passes for label in chosen), strict=True))
    same = sum(one == two for one, two in zip(*passes, strict=True)) / len(chosen)
    print(f"first against second reading: type {same:.3f} the same, kappa {kappa(*passes):.3f}")
    rows = [
        judged(label, texts[label.text_sha256], rules_only=args.rules_only)
        for label in chosen
        if not label.held_out or args.held_out
    ]
    development = [row for row in rows if not row.label.held_out]
    report("development", development)
    confusions(development, show=args.errors)
    if args.held_out:
        report("held out", [row for row in rows if row.label.held_out])


def main() -> None:
    """Run, and turn a refusal into one line and exit status 2."""
    try:
        run()
    except ValueError as problem:
        print(f"type_labels: {problem}", file=sys.stderr)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
