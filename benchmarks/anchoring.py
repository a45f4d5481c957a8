"""Whether spans are found again in a changed text, and never silently on other words.

    python -m benchmarks.anchoring FOLDER [--most N]

FOLDER holds plain texts (`*.txt`, searched through). Of each text a few sentences are taken, and
the text is changed around or inside each in turn: text inserted above and below; a letter of it
removed; a number in it changed; the sentence removed; "not" added to it; removed with a look-alike
elsewhere. For each change the outcomes are counted, and how many moved to other words.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from claims.anchoring import Outcome, anchor
from claims.model import Span
from claims.sentences import split

Change = Callable[[str, Span, random.Random], tuple[str, Span | None] | None]
"""A text and a span to the changed text and where the span stands in it; None: not applicable."""


def unchanged(text: str, span: Span, _: random.Random) -> tuple[str, Span | None]:
    """The same text."""
    return text, span


def inserted(text: str, span: Span, _: random.Random) -> tuple[str, Span | None]:
    """A paragraph above and one below."""
    more = "An editor has added this paragraph.\n\n"
    moved = Span(span.start + len(more), span.end + len(more))
    return more + text + "\n\n" + more, moved


def letter(text: str, span: Span, dice: random.Random) -> tuple[str, Span | None] | None:
    """A letter of the sentence is gone."""
    places = [at for at in range(span.start + 1, span.end - 1) if text[at].isalpha()]
    if not places:
        return None
    at = dice.choice(places)
    return text[:at] + text[at + 1 :], None


def figure(text: str, span: Span, _: random.Random) -> tuple[str, Span | None] | None:
    """A number in the sentence is another."""
    found = re.search(r"\d+", span.of(text))
    if found is None:
        return None
    at = span.start + found.start()
    return text[:at] + str(int(found[0]) + 3) + text[at + len(found[0]) :], None


def gone(text: str, span: Span, _: random.Random) -> tuple[str, Span | None]:
    """The sentence is removed."""
    return text[: span.start] + text[span.end :], None


def denied(text: str, span: Span, _: random.Random) -> tuple[str, Span | None]:
    """The sentence has " not" behind it."""
    return text[: span.end] + " not" + text[span.end :], None


def elsewhere(text: str, span: Span, dice: random.Random) -> tuple[str, Span | None]:
    """The sentence is removed, and one with a word changed stands at the end."""
    words = span.of(text).split(" ")
    at = dice.randrange(len(words))
    words[at] = "other"
    return text[: span.start] + text[span.end :] + "\n\n" + " ".join(words), None


CHANGES: tuple[Change, ...] = (unchanged, inserted, letter, figure, gone, denied, elsewhere)


def cases(folder: Path, most: int) -> Iterator[tuple[str, Span]]:
    """Sentences of at least five words, at most eight of a text."""
    dice = random.Random(7)
    number = 0
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = [s.span for s in split(text) if len(s.span.of(text).split()) >= 5]
        for span in dice.sample(found, min(8, len(found))):
            yield text, span
            number += 1
            if number == most:
                return


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Spans found again in changed texts.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=656)
    given = parser.parse_args()
    found = list(cases(given.folder, given.most))
    print(f"{len(found)} sentences")
    print(f"{'change':<12}{'cases':>6}{'moved':>7}{'review':>8}{'orphan':>8}{'wrong':>7}")
    for change in CHANGES:
        dice = random.Random(11)
        counts: Counter[str] = Counter()
        for text, span in found:
            made = change(text, span, dice)
            if made is None:
                continue
            new, right = made
            result = anchor(text, span, new)
            counts["cases"] += 1
            counts[result.outcome] += 1
            moved = result.outcome is Outcome.MOVED
            counts["wrong"] += moved and result.span != right
        cells = [counts[name] for name in ("cases", "moved", "review", "orphan", "wrong")]
        widths = (6, 7, 8, 8, 7)
        row = "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        print(f"{change.__name__:<12}{row}")


if __name__ == "__main__":
    main()
