"""The sub-command that finds the claims of texts and opens no library."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui import console
from tui.invocation import FAILED, OK, PARTLY
from tui.subcommands.choices import check_date, check_profile, description

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
@click.option(
    "--tagger",
    type=click.Choice(["trained", "rules"]),
    default="trained",
    show_default=True,
    help="What finds sources, cues, contents, types: small models with rules, or rules alone.",
)
@click.option(
    "--weights",
    metavar="FILE",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Other weights, of the tagger or of claim types: the file itself tells. May be repeated.",
)
def extract(
    files: tuple[str, ...],
    shape: str,
    kind: str,
    outlet: str | None,
    byline: str | None,
    date: str | None,
    profile: str | None,
    tagger: str,
    weights: tuple[Path, ...],
) -> int:
    """Find the claims of the texts in FILEs; "-" is standard input. No library is opened.

    Offsets are code points into the text, end exclusive, line ends counted as they are in the
    file. "doc" is the file's name without its suffix. The fields are described in docs/claims.md.
    """
    from store import extractors
    from store.ingest import Given, read_files
    from store.parallel import extracted

    check_profile(profile)
    of_tagger, of_types = _check_weights(tagger, weights)
    given = Given(None, outlet, byline, check_date(date), None, profile)
    done = refused = 0
    found = read_files(files, kind, given, sys.stdin.buffer)  # type: ignore[arg-type]
    every = ((one, one.article, one.profile) for one in found)
    work = partial(extractors.extract, tagger=tagger, weights=of_tagger, type_weights=of_types)
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


def _check_weights(tagger: str, weights: tuple[Path, ...]) -> tuple[Path | None, Path | None]:
    """The weights of the tagger and those of claim types.

    Refuses weights that cannot be used, and two of one sort, before any text is read.
    """
    from claims import kind_model
    from claims.tagger.errors import WeightsError

    if weights and tagger != "trained":
        raise click.UsageError(f"--tagger {tagger} has no weights; leave out --weights")
    of_tagger: Path | None = None
    of_types: Path | None = None
    for path in weights:
        try:
            if kind_model.is_file_of_types(path):
                again, of_types = of_types, path
                kind_model.load(path)
            else:
                from claims.tagger.model import load

                again, of_tagger = of_tagger, path
                load(path)
        except WeightsError as problem:
            raise click.BadParameter(str(problem), param_hint="--weights") from problem
        if again is not None:
            raise click.BadParameter(
                f"{again} and {path} are for the same; give one", param_hint="--weights"
            )
    return of_tagger, of_types


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
