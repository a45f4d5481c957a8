"""How many keys the annotating hand needs: to accept, to relabel, for a claim, for a span.

    python -m benchmarks.keys POLNEAR/dev [--gold GOLD.json TEXT.txt] [--spans N] [--check N]
                              [--seed N] [--longest N]

Spans are real: contents that lie inside one sentence of the documents in DIR (`text/NAME.txt` and
`attributions/NAME_ANNOTATOR.ann`, brat standoff as in PolNeAR), `--spans` of them drawn with
`--seed`, and those of the JSON file given with `--gold`. Every key counts: `C` at the beginning,
the capital letter of the type at the end, `f` and its letter as two.

fewest     the shortest sequence there is, found by search over the operations of the screen
by rule    a person who looks once and follows `benchmarks.span_keys.by_hand`, without a search
by word    what the same span takes with the ends moved by words alone

"none" has nothing proposed in the article: the claims are all made by hand. "beside" has the claims
of the extractor, and asks only for spans that it has not found, which are harder. `--check` spans
are marked in the real program, on a real library, with the keys that were found, and the file is
read afterwards. Accept, relabel and the new claim on a sentence are counted there too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.attribution import read_gold
from benchmarks.span_keys import Keys, by_hand, by_words, shortest
from claims import likely
from claims.extract import extract
from claims.model import (
    Article,
    Claim,
    Extraction,
    Mode,
    Sentence,
    Span,
    Spans,
    claim_id,
    text_hash,
)
from claims.sentences import split
from claims.text import canonical
from tui.spans import SpanEdit

_BEFORE_AND_AFTER = 2
"""`C` before the keys of the span and the letter of the type after them."""
_TOO_MANY = 12
"""What is counted for a span that was not reached: more than any that was."""
_ENDS = " .\n\t\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One span to be marked: where it stands, and the sentence that it stands in."""

    text: str
    sentences: tuple[Sentence, ...]
    number: int
    content: Spans

    @property
    def home(self) -> Span:
        """The sentence."""
        return self.sentences[self.number].span

    def begun(self, known: Sequence[Spans] = ()) -> SpanEdit:
        """What stands on the screen after `C`."""
        return SpanEdit.fresh(
            self.text,
            self.home,
            sentences=tuple(sentence.span for sentence in self.sentences),
            contents=likely.contents(self.text, self.sentences, self.number, known),
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """The keys of one span."""

    wanted: Wanted
    fewest: Keys | None
    rule: Keys | None

    @property
    def counts(self) -> tuple[int, int, int]:
        """Fewest, by rule, by word; with the first and the last key."""
        wanted = self.wanted
        return (
            _TOO_MANY if self.fewest is None else len(self.fewest) + _BEFORE_AND_AFTER,
            _TOO_MANY if self.rule is None else len(self.rule) + _BEFORE_AND_AFTER,
            by_words(wanted.home, wanted.text, wanted.content) + _BEFORE_AND_AFTER,
        )


def wanted_in(text: str, contents: Sequence[Spans]) -> list[Wanted]:
    """The contents that lie inside one sentence and are not the whole of it."""
    sentences = split(text)
    found: dict[Spans, Wanted] = {}
    for content in contents:
        for number, sentence in enumerate(sentences):
            whole = Span(content[0].start, content[-1].end)
            if not sentence.span.covers(whole):
                continue
            if sentence.span.of(text).strip(_ENDS) != whole.of(text).strip(_ENDS):
                found[content] = Wanted(text, sentences, number, content)
    return list(found.values())


def read_directory(base: Path) -> list[Wanted]:
    """Every such span of a directory in brat's layout, each document once."""
    documents: dict[Path, set[Spans]] = {}
    for path in sorted((base / "attributions").glob("*.ann")):
        text_path = base / "text" / f"{path.stem}.txt"
        if not text_path.exists():
            text_path = text_path.with_stem(path.stem.rsplit("_", 1)[0])
        contents = documents.setdefault(text_path, set())
        for one in read_gold(path):
            contents.add(tuple(sorted(Span(start, end) for start, end in one["content"])))
    found: list[Wanted] = []
    for text_path, contents in documents.items():
        with text_path.open(encoding="utf-8", newline="") as file:
            found.extend(wanted_in(canonical(file.read()), sorted(contents)))
    return found


def read_json(gold: Path, text_path: Path) -> list[Wanted]:
    """The spans of claims as JSON: {"claims": [{"content": [[start, end], …]}, …]}."""
    with text_path.open(encoding="utf-8", newline="") as file:
        text = canonical(file.read())
    claims = json.loads(gold.read_text(encoding="utf-8"))["claims"]
    contents = [tuple(Span(start, end) for start, end in one["content"]) for one in claims]
    return wanted_in(text, contents)


def counted(wanted: Sequence[Wanted], *, beside: bool) -> list[Counted]:
    """The keys of each span; `beside` the claims of the extractor only those that it lacks."""
    done: list[Counted] = []
    machine: dict[str, tuple[Spans, ...]] = {}
    for number, one in enumerate(wanted, 1):
        if beside and one.text not in machine:
            machine[one.text] = tuple(c.content for c in extract(Article(one.text)).claims)
        known = machine.get(one.text, ())
        if one.content in known:
            continue
        begun = one.begun(known)
        done.append(Counted(one, shortest(begun, one.content), by_hand(begun, one.content)))
        if sys.stderr.isatty():
            print(f"\r{number} of {len(wanted)}", end="", file=sys.stderr)
    return done


def table(name: str, spans: Sequence[Counted]) -> None:
    """Median and distribution of each way."""
    for way, counts in zip(
        ("fewest", "by rule", "by word"),
        zip(*(one.counts for one in spans), strict=True),
        strict=True,
    ):
        ordered = sorted(counts)
        share = sum(number <= 6 for number in counts) / len(counts)
        beyond = sum(number >= _TOO_MANY for number in counts)
        print(
            f"{name:<22} {way:<8} {len(counts):>5} {statistics.median(counts):>7g}"
            f" {statistics.mean(counts):>6.2f} {ordered[int(0.9 * (len(counts) - 1))]:>5}"
            f" {ordered[-1]:>5} {share:>6.0%}  "
            + " ".join(f"{sum(n == k for n in counts):>4}" for k in range(2, 11))
            + f" {sum(n > 10 for n in counts):>4}"
            + (f"   ({beyond} not reached)" if beyond and way != "by word" else "")
        )


# In the program itself


def _extractor(text: str) -> Extraction:
    """Sentences and no claims but one of each sentence's first word, so that there is something."""
    sha, sentences = text_hash(text), split(text)
    claims = tuple(
        Claim(
            id=claim_id(sha, [span], attributed=False),
            content=(span,),
            mode=Mode.UNATTRIBUTED,
            rule="benchmark",
        )
        for sentence in sentences
        for span in [Span(sentence.span.start, sentence.span.start + 1)]
    )
    return Extraction(sha, sentences, claims, (), "generic", "benchmark")


async def checked(spans: Sequence[Counted], home: Path) -> tuple[int, list[tuple[str, int]]]:
    """How many spans the keys really mark, and the keys of the other decisions."""
    from store.db import Library
    from tui.app import WarreaderApp

    path = home / "library.db"
    with Library.open(
        path, annotator="hand", seed=False, extractor=lambda article, _: _extractor(article.text)
    ) as library:
        ids = [
            library.articles.add(Article(one.wanted.text, title="text")).article_id for one in spans
        ]
    app = WarreaderApp(path, annotator="hand")
    others: list[tuple[str, int]] = []
    async with app.run_test(size=(120, 40)) as pilot:

        async def press(*keys: str) -> int:
            await pilot.press(*keys)
            await pilot.pause()
            return len(keys)

        while app.main.page is None:
            await pilot.pause(0.05)
        right = 0
        for article_id, one in zip(ids, spans, strict=True):
            await app.main.open_article(article_id)
            app.main.go_to_sentence(one.wanted.number)
            keys = ("C", *(one.fewest or ()), "L")
            await press(*keys)
            record = app.main.record
            with Library.open(path, readonly=True, annotator="hand") as library:
                kept = library.claims.of(article_id)
            right += record is not None and any(
                claim.id == record.id
                and claim.claim.content == one.wanted.content
                and claim.claim.type == "losses"
                for claim in kept
            )
        await app.main.open_article(ids[0])
        app.main.go_to_sentence(0)
        for name, keys in (("accept", ("a",)), ("reject", ("x",))):
            before = app.main.record
            number = await press(*keys)
            record = app.main.record
            assert before is not None and record is not None
            assert record.id != before.id and not record.status.decided
            others.append((f"{name}, and the next undecided claim is current", number))
        record = app.main.record
        number = await press("t", "s")
        assert record is not None and app.main.record is not None
        assert app.main.record.id == record.id and app.main.record.claim.type == "strike"
        others.append(("relabel", number))
        number = await press("c", "p")
        assert app.main.record is not None and app.main.page is not None
        assert app.main.record.claim.type == "prisoners"
        assert app.main.record.claim.content == (app.main.page.index.span(app.main.sentence),)
        others.append(("new claim on the sentence, with its type", number))
    app.work.close()
    return right, others


def main() -> None:
    """Read, draw, count, check, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--gold", nargs=2, type=Path, metavar=("GOLD.json", "TEXT.txt"))
    parser.add_argument("--spans", type=int, default=200)
    parser.add_argument("--check", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=0, help="show the spans that take most keys")
    given = parser.parse_args()
    draw = random.Random(given.seed)
    every = read_directory(given.directory)
    drawn = draw.sample(every, min(given.spans, len(every)))
    print(f"{len(every)} spans inside a sentence in {given.directory.name}; {len(drawn)} drawn\n")
    print(
        f"{'':<31} {'spans':>5} {'median':>7} {'mean':>6} {'p90':>5} {'max':>5} {'≤ 6':>6}  "
        + " ".join(f"{k:>4}" for k in range(2, 11))
        + "  >10"
    )
    nothing = counted(drawn, beside=False)
    table("none proposed", nothing)
    table("beside the machine's", counted(drawn, beside=True))
    if given.gold:
        gold = read_json(*given.gold)
        table("gold, none proposed", counted(gold, beside=False))
        table("gold, beside", counted(gold, beside=True))
    reached = [one for one in nothing if one.fewest is not None]
    sample = draw.sample(reached, min(given.check, len(reached)))
    with tempfile.TemporaryDirectory() as home:
        os.environ["WARREADER_HOME"] = home
        right, others = asyncio.run(checked(sample, Path(home)))
    print(f"\nmarked in the program itself: {right} of {len(sample)} as wanted\n")
    for name, number in others:
        print(f"{number}  {name}")
    hardest = sorted(nothing, key=lambda one: one.counts[1], reverse=True)
    for one in hardest[: given.longest]:
        text, span = one.wanted.text, one.wanted.content
        print(f"\n{one.counts} {one.fewest} {one.rule}\n  " + " … ".join(s.of(text) for s in span))


if __name__ == "__main__":
    main()
