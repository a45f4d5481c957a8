"""Sub-commands that write exports and read them back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui import console
from tui.invocation import FAILED, OK, PARTLY
from tui.subcommands.choices import chosen_types, claim_filters
from tui.subcommands.opening import to_read, to_write

if TYPE_CHECKING:
    pass

FORMATS = ("jsonl", "csv", "markdown", "html")
"""The names in `store.exports.FORMATS`, here so that `--help` need not import them."""

_STANDARD_OUTPUT = (None, "-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


@click.command()
@click.option("--format", "shape", type=click.Choice(FORMATS), required=True, help="The format.")
@click.option("-o", "--output", metavar="FILE", help="Where to; else standard output.")
@click.option(
    "--article",
    "articles",
    metavar="ARTICLE",
    multiple=True,
    help="Only this article, by number or words of its title; may be repeated.",
)
@claim_filters
@click.option("--no-text", is_flag=True, help="jsonl, markdown: leave out the articles' texts.")
@click.option("--raw", is_flag=True, help="csv: leave cells that a spreadsheet could run.")
@click.option("--bom", is_flag=True, help="csv: begin with a byte-order mark, for Excel.")
def export(
    shape: str,
    output: str | None,
    articles: tuple[str, ...],
    types: tuple[str, ...],
    sides: tuple[str, ...],
    statuses: tuple[str, ...],
    no_text: bool,
    raw: bool,
    bom: bool,
) -> None:
    """Write articles with their claims and decisions.

    jsonl holds everything, the log of decisions included, and `warreader import` reads it back;
    csv has one row a claim; markdown is a report; html is one page with the marked texts. A file
    is complete or absent: an export that fails leaves what was there before.
    """
    from store.exports import export as pieces_of
    from store.exports import save
    from store.exports.model import Options
    from store.records import ClaimFilter

    with to_read() as library:
        chosen = tuple(dict.fromkeys(library.articles.find(words) for words in articles))
        types = chosen_types(library, types)
        where = ClaimFilter(article_ids=chosen, types=types, sides=sides, statuses=statuses)
        options = Options(text=not no_text, raw=raw, bom=bom)
        if output in _STANDARD_OUTPUT:
            for piece in pieces_of(library, shape, where=where, options=options):
                console.data(piece)
        else:
            assert output is not None
            if Path(output).is_dir():
                raise click.UsageError(f"{output} is a directory; name a file in it")
            save(library, shape, Path(output), where=where, options=options)
            console.tell(f"written: {output}")


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def import_(files: tuple[str, ...]) -> int:
    """Read JSONL exports back: articles that are missing, and every decision not yet known.

    An article is known by its text. Each line is taken as a whole or refused as a whole, and
    reading a file again changes nothing. Decisions stay with the person who took them: to see
    another's, open the library with --annotator.
    """
    from store.imports import read_file

    done = refused = 0
    with to_write() as library:
        for name in files:
            for result in read_file(library, name):
                if result.refusal is not None:
                    console.tell(f"{result.where}: refused: {result.refusal}")
                    refused += 1
                    continue
                for warning in result.warnings:
                    console.tell(f"{result.where}: {warning}")
                console.fields(result.outcome, result.article_id, result.decisions, result.title)
                done += 1
    console.tell(f"{done} articles read, {refused} lines refused")
    if not refused:
        return OK
    return PARTLY if done else FAILED


COMMANDS = {"export": export, "import": import_}
