"""Claims to train the types on: the labelled ones, and a pool that nobody labelled.

The pool is drawn from the articles that no row of `benchmarks/labels/types.jsonl` comes from, so
that neither the development part nor the held-out third is seen in it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.claim_types import READERS, TRAINED_ON, trained_on
from claims import kind_model, kinds
from claims.extract import extract
from claims.model import Mode, Span, Spans, text_hash
from claims.text import canonical

LABELS = Path(__file__).parents[2] / "benchmarks" / "labels"
MEASURED = "types.jsonl"
TRAINING = ("types_train_a.jsonl", "types_train_b.jsonl")

QUOTAS = {
    "fakes": 5000,
    "guardian_sdf": 4000,
    "isw": 3000,
    "narratives_en": 2000,
    "presidents": 3000,
    "ptc": 1500,
    "reuters": 1200,
}
"""Claims of the pool by file; files of the war first."""
_MIXED = ("narratives_en", "presidents", "ptc")
"""Files with articles on other matters: only those with eight words of war are drawn from."""
_WAR = re.compile(
    r"\b(?:war|attack\w*|army|militar\w+|troops|forces|soldier\w*|kill\w*|missile\w*|drone\w*"
    r"|rebel\w*|weapon\w*|ceasefire|sanction\w*|strike\w*|fight\w*|front|Russia\w*|Ukrain\w*"
    r"|Syria\w*|Israel\w*|Iran\w*)\b",
    re.IGNORECASE,
)
_LONGEST = 60_000
_WORDS = range(5, 76)
_SEED = 11


@dataclass(frozen=True, slots=True)
class Example:
    """A claim to train on; `type` and `second` are none where nobody labelled it."""

    article: str
    """The hash of the article's text: examples of one article stay in one fold."""
    words: str
    """The cue, a colon and the content, for the encoder of sentences."""
    features: tuple[list[str], list[tuple[str, int]]]
    type: str | None = None
    second: str | None = None
    accepted: tuple[str, ...] = ()
    """The types that the label of another corpus allows; none where there is no such label."""
    measured: bool = False
    """Whether it is a row of the development part."""


def example(
    text: str,
    content: Spans,
    cue: Spans,
    sentence: Span,
    *,
    attributed: bool,
    article: str,
    **labels: Any,
) -> Example:
    """Read a claim as the program reads it."""
    said = " ".join(span.of(text) for span in cue)
    _, reading = kinds.read(text, content, said, sentence=sentence, attributed=attributed)
    whole = " ... ".join(" ".join(span.of(text).split()) for span in content)
    return Example(
        article, f"{said}: {whole}" if said else whole, kind_model.features(reading), **labels
    )


def articles(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one file of articles."""
    with (folder / f"{name}.jsonl").open(encoding="utf-8", newline="") as lines:
        for line in lines:
            yield json.loads(line)


def labelled(folder: Path) -> list[Example]:
    """The development part and the training labels; no held-out row is read."""
    rows: list[tuple[bool, dict[str, Any]]] = []
    for name in (MEASURED, *TRAINING):
        for line in (LABELS / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if not row["held_out"]:
                rows.append((name == MEASURED, row))
    texts: dict[str, str] = {}
    wanted = {row["text_sha256"] for _, row in rows}
    for name in sorted({row["file"] for _, row in rows}):
        for article in articles(folder, name):
            key = text_hash(article["text"])
            if key in wanted:
                texts[key] = canonical(article["text"])
    missing = wanted - texts.keys()
    if missing:
        raise ValueError(f"{folder}: {len(missing)} labelled articles are not there as labelled")
    return [
        example(
            texts[row["text_sha256"]],
            tuple(Span(*span) for span in row["content"]),
            tuple(Span(*span) for span in row["cue"]),
            Span(*row["sentence"]),
            attributed=row["attributed"],
            article=row["text_sha256"],
            type=row["type"],
            second=row["second"],
            measured=measured,
        )
        for measured, row in rows
    ]


def pool(folder: Path) -> list[Example]:
    """Claims found by the program in articles that `types.jsonl` does not touch."""
    rows = [json.loads(line) for line in (LABELS / MEASURED).read_text().splitlines()]
    ids = {(row["file"], row["article"]) for row in rows}
    hashes = {row["text_sha256"] for row in rows}
    out: list[Example] = []
    seen: set[str] = set()
    for name, quota in QUOTAS.items():
        usable = [
            article
            for article in articles(folder, name)
            if (name, article["id"]) not in ids
            and text_hash(article["text"]) not in hashes
            and len(article["text"]) <= _LONGEST
            and (name not in _MIXED or len(_WAR.findall(article["text"])) >= 8)
        ]
        random.Random(_SEED).shuffle(usable)
        each = max(8, quota * 3 // (2 * max(1, len(usable))) + 1)
        drawn: list[Example] = []
        for article in usable:
            if len(drawn) >= quota:
                break
            drawn.extend(_claims(article["text"], each, seen))
        out.extend(drawn)
    return out


def _claims(text: str, count: int, seen: set[str]) -> Iterator[Example]:
    key = text_hash(text)
    text = canonical(text)
    found = [
        claim
        for claim in extract(text, "generic", tagger="rules").claims
        if sum(len(span.of(text).split()) for span in claim.content) in _WORDS
    ]
    random.Random(key).shuffle(found)
    for claim in found[:count]:
        content = claim.content
        same = " ".join(re.findall(r"\w+", " ".join(span.of(text).lower() for span in content)))
        if same not in seen:
            seen.add(same)
            yield example(
                text,
                content,
                claim.cue,
                Span(content[0].start, content[-1].end),
                attributed=claim.mode is not Mode.UNATTRIBUTED,
                article=key,
            )


def events(folder: Path) -> list[Example]:
    """The half of two corpora of events that `benchmarks/claim_types.py` tells apart."""
    out = []
    for name in TRAINED_ON:
        for _, accepted, words in READERS[name](folder / f"{name}.jsonl"):
            if accepted and trained_on(words):
                span = Span(0, len(words))
                one = example(
                    words,
                    (span,),
                    (),
                    span,
                    attributed=False,
                    article=text_hash(words),
                    accepted=tuple(accepted.split()),
                )
                out.append(one)
    return out
