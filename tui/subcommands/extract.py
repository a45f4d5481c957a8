"""The sub-command that finds the claims of texts and opens no library."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui import console
from tui.invocation import FAILED, OK, PARTLY
from tui.subcommands.choices import (
    check_date,
    check_extractor,
    check_profile,
    description,
    tagging,
)

if TYPE_CHECKING:
    from claims.model import Extraction
    from store.ingest import Incoming


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["jsonl", "table"]),
    default="jsonl",
    show_default=True,
    help="One JSON object a line for each text, or a table to read.",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(["auto", "text", "jsonl"]),
    default="auto",
    help="What the files are; by default their names tell (.jsonl, .ndjson).",
)
@description
@tagging
def extract(
    files: tuple[str, ...],
    shape: str,
    kind: str,
    outlet: str | None,
    byline: str | None,
    date: str | None,
    profile: str | None,
    tagger: str | None,
    weights: tuple[Path, ...],
) -> int:
    """Find the claims of the texts in FILEs; "-" is standard input. No library is opened.

    Offsets are code points into the text, end exclusive, line ends counted as they are in the
    file. "doc" is the file's name without its suffix. The fields are described in docs/claims.md.
    """
    from store.extractors import configured
    from store.ingest import Given, read_files
    from store.parallel import extracted

    check_profile(profile)
    work = check_extractor(tagger, weights) or configured()
    given = Given(None, outlet, byline, check_date(date), None, profile)
    done = refused = 0
    found = read_files(files, kind, given, sys.stdin.buffer)  # type: ignore[arg-type]
    every = ((one, one.article, one.profile) for one in found)
    for incoming, extraction in extracted(every, work):
        if isinstance(extraction, Exception):
            raise extraction
        if extraction is None:
            console.tell(f"{incoming.where}: refused: {incoming.refusal}")
            refused += 1
            continue
        for warning in incoming.warnings:
            console.tell(f"{incoming.where}: {warning}")
        _print(incoming, extraction, shape)
        done += 1
    if not refused:
        return OK
    return PARTLY if done else FAILED


def _print(incoming: Incoming, extraction: Extraction, shape: str) -> None:
    assert incoming.article is not None
    doc = _doc(incoming.where)
    if shape == "jsonl":
        console.json_line(extraction.to_json(doc))
        return
    console.line(f"{doc}: {len(extraction.claims)} claims, profile {extraction.profile}")
    for note in extraction.notes:
        console.line(note)
    heads = ("type", "side", "speaker", "how", "words")
    console.table(heads, _rows(incoming.article.text, extraction))


def _rows(text: str, extraction: Extraction) -> Iterator[tuple[str, ...]]:
    from claims.codebook import BASE
    from store.sides import side_tag
    from store.wording import manner, quote, speaker

    for claim in extraction.claims:
        yield (
            f"{BASE[claim.type].letter} {claim.type.value}",
            side_tag(extraction.profile, claim.side),
            speaker(claim),
            manner(claim),
            quote(text, claim.content),
        )


def _doc(where: str) -> str:
    """The name of the text: the file's stem, with the line where a file has several."""
    name, comma, line = where.partition(", line ")
    stem = "stdin" if name == "-" else Path(name).stem
    return f"{stem}:{line}" if comma else stem


COMMANDS = {"extract": extract}
