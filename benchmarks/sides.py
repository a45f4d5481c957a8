"""Sides: of the speaker in official releases, of the victims in sentences about the dead.

    python -m benchmarks.sides --releases PRESIDENTS.jsonl --victims SENTENCES.jsonl [--errors N]

`--releases`: each line has `text` and `labels.side`, the side whose head of state published it.
The tagger is the rules unless `--tagger` says otherwise. Printed:

release   of the releases with an attributed claim of a main side of the profile, how many have
          most of these claims on the side that published it
claims    of the attributed claims with a main side, the share on that side; a release quotes
          guests too, so all of them need not be
told      the share of attributed claims whose side is known at all

`--victims`: each line has `text` and `labels.victims` (israel, palestine or both). The profile is
israel-palestine. "both" counts as wrong: `claims.victims` names one side. Even and odd rows are
printed apart, because the weights were chosen on the even ones. The first table is the side that
the words of the whole row give, the second that of the field `victims` of the claims extracted
from it: the one that most of them give, the first of equals.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from claims.extract import extract
from claims.model import UNKNOWN_SIDE, Article, Mode, Span
from claims.profile import Profile, load
from claims.text import canonical
from claims.victims import victims_side

PAIR = ("russia", "ukraine")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8", newline="") as lines:
        for line in lines:
            yield json.loads(line)


def releases(path: Path, tagger: str, errors: int) -> None:
    """Print the figures for the speakers of releases."""
    profile = load("russia-ukraine")
    counts: dict[str, Counter[str]] = {side: Counter() for side in (*PAIR, "all")}
    wrong: list[str] = []
    for row in rows(path):
        label = row["labels"]["side"]
        article = Article(canonical(row["text"]), title=row["title"], date=row["date"][:10])
        said = [
            claim
            for claim in extract(article, profile, tagger=tagger).claims
            if claim.mode is not Mode.UNATTRIBUTED
        ]
        found = Counter(claim.side for claim in said)
        of_pair = Counter({side: found[side] for side in PAIR if found[side]})
        for count in (counts[label], counts["all"]):
            count["releases"] += 1
            count["claims"] += len(said)
            count["told"] += len(said) - found[UNKNOWN_SIDE]
            count["pair"] += of_pair.total()
            count["own"] += of_pair[label]
            if of_pair:
                count["judged"] += 1
                count["right"] += 2 * of_pair[label] > of_pair.total()
        wrong.extend(
            f"{label} <- {claim.side} {claim.speaker} | {claim.content[0].of(article.text)[:90]}"
            for claim in said
            if claim.side in PAIR and claim.side != label
        )
    print(f"{'releases':10}{'n':>6}{'judged':>8}{'release':>9}{'claims':>8}{'told':>7}")
    for side, count in counts.items():
        print(
            f"{side:10}{count['releases']:6}{count['judged']:8}"
            f"{count['right'] / max(1, count['judged']):9.3f}"
            f"{count['own'] / max(1, count['pair']):8.3f}"
            f"{count['told'] / max(1, count['claims']):7.3f}"
        )
    show(wrong, errors)


def by_words(text: str, profile: Profile) -> str | None:
    """The victims' side of all words of a row."""
    return victims_side(text, Span(0, len(text)), profile)


def by_claims(text: str, profile: Profile, tagger: str) -> str | None:
    """The victims' side that most of the claims of a row give."""
    found = Counter(
        claim.victims for claim in extract(text, profile, tagger=tagger).claims if claim.victims
    )
    return found.most_common(1)[0][0] if found else None


def victims(
    path: Path, errors: int, name: str, side_of: Callable[[str, Profile], str | None]
) -> None:
    """Print the figures for the victims of sentences, by one way of finding them."""
    profile = load("israel-palestine")
    counts: dict[str, Counter[str]] = {part: Counter() for part in ("even", "odd", "all")}
    wrong: list[str] = []
    for number, row in enumerate(rows(path)):
        text, label = canonical(row["text"]), row["labels"]["victims"]
        side = side_of(text, profile)
        for part in ("odd" if number % 2 else "even", "all"):
            counts[part]["n"] += 1
            counts[part]["right"] += side == label
            counts[part]["one"] += label != "both"
            counts[part]["none"] += side is None
        if side != label and label != "both" and number % 2 == 0:
            wrong.append(f"{label} <- {side} | {' '.join(text.split())[:400]}")
    print(f"{name:10}{'n':>6}{'right':>8}{'of one side':>13}{'none':>7}")
    for part, count in counts.items():
        print(
            f"{part:10}{count['n']:6}{count['right'] / count['n']:8.3f}"
            f"{count['right'] / count['one']:13.3f}{count['none'] / count['n']:7.3f}"
        )
    show(wrong, errors)


def show(wrong: list[str], errors: int) -> None:
    """Print some errors, spread over the data."""
    step = max(1, len(wrong) // max(1, errors))
    for line in wrong[::step][:errors]:
        print(line)


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--releases", type=Path)
    parser.add_argument("--victims", type=Path)
    parser.add_argument("--tagger", default="rules")
    parser.add_argument("--errors", type=int, default=0, help="how many errors of each to print")
    args = parser.parse_args()
    if args.victims:
        victims(args.victims, args.errors, "victims", by_words)
        victims(args.victims, 0, "field", lambda *row: by_claims(*row, args.tagger))
    if args.releases:
        releases(args.releases, args.tagger, args.errors)


if __name__ == "__main__":
    main()
