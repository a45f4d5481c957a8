"""Sub-commands that write exports and read them back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from tui import console
from tui.invocation import FAILED, OK, PARTLY
from tui.subcommands.choices import at_option, chosen_types, claim_filters
from tui.subcommands.opening import as_it_was, to_read, to_write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.db import Library
    from store.exports.model import Losses, Unit

FORMATS = (
    *("jsonl", "csv", "markdown", "html", "w3c", "brat", "label-studio", "doccano", "prodigy"),
    *("spacy", "cas", "xmi", "conll", "qdpx", "claimreview", "parquet", "acled"),
)
"""The names in `store.exports.FORMATS`, here so that `--help` need not import them."""

_STANDARD_OUTPUT = (None, "-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


BACK = ("jsonl", "w3c", "brat", "label-studio", "doccano", "prodigy", "cas")
"""The formats that `store.returning` and `store.imports` read."""
BINARY = ("brat", "spacy", "cas", "xmi", "qdpx", "parquet")
NO_OFFSETS = ("markdown", "html", "conll", "claimreview", "acled")
_SHOWN_LOSSES = 5


class _Format(click.ParamType[str]):
    """The name of a format, of ours or of a plugin."""

    name = "NAME"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return f"[{'|'.join(FORMATS)}]"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in FORMATS:
            return value
        from store.plugins import exporters

        others = exporters()
        if value not in others:
            self.fail(f"{value!r} is not one of {', '.join((*FORMATS, *others))}", param, ctx)
        return value


@click.command()
@click.option("--format", "shape", type=_Format(), required=True, help="The format.")
@click.option("-o", "--output", metavar="FILE", help="Where to; else standard output.")
@click.option(
    "--article",
    "articles",
    metavar="ARTICLE",
    multiple=True,
    help="Only this article, by number or words of its title; may be repeated.",
)
@claim_filters
@at_option
@click.option("--strict", is_flag=True, help="Fail when the format cannot carry everything.")
@click.option("--verify", is_flag=True, help="Read the file back and check every offset in it.")
@click.option("--no-text", is_flag=True, help="jsonl, markdown: leave out the articles' texts.")
@click.option("--raw", is_flag=True, help="csv, acled: leave cells that a spreadsheet could run.")
@click.option("--bom", is_flag=True, help="csv: begin with a byte-order mark, for Excel.")
@click.option(
    "--offsets",
    type=click.Choice(("codepoint", "utf16", "byte")),
    help="doccano, qdpx: what offsets count; else what the format says.",
)
@click.option("--review-url", metavar="URL", help="claimreview: where the verdicts are published.")
def export(
    shape: str,
    output: str | None,
    articles: tuple[str, ...],
    types: tuple[str, ...],
    sides: tuple[str, ...],
    statuses: tuple[str, ...],
    at: str | None,
    strict: bool,
    verify: bool,
    no_text: bool,
    raw: bool,
    bom: bool,
    offsets: Unit | None,
    review_url: str | None,
) -> None:
    """Write articles with their claims and decisions.

    jsonl holds everything, the log of decisions included, and `warreader import` reads it back;
    csv has one row a claim; markdown is a report; html is one page with the marked texts; the
    others are for the tools that they are named after (docs/exports.md). A file is complete or
    absent: an export that fails leaves what was there before. What a format cannot carry is listed
    in FILE.loss.json.
    """
    from store.exports import export as pieces_of
    from store.exports import save
    from store.exports.links import web_address
    from store.exports.model import Losses, Options
    from store.records import ClaimFilter

    if review_url is not None and web_address(review_url) is None:
        raise click.BadParameter("needs a web address (https://…)", param_hint="--review-url")
    if verify and output in _STANDARD_OUTPUT:
        raise click.UsageError("--verify reads a file back; name one with --output")
    if verify and shape in NO_OFFSETS:
        raise click.UsageError(f"{shape} has no offsets to verify; leave out --verify")
    options = Options(not no_text, raw, bom, offsets=offsets, review_url=review_url)
    with to_read() as library, as_it_was(library, at):
        chosen = tuple(dict.fromkeys(library.articles.find(words) for words in articles))
        types = chosen_types(library, types)
        where = ClaimFilter(article_ids=chosen, types=types, sides=sides, statuses=statuses)
        if output in _STANDARD_OUTPUT:
            if shape in BINARY and console.on_terminal():
                raise click.UsageError(f"{shape} is no text; name a file with --output")
            losses = Losses()
            pieces = pieces_of(
                library, shape, where=where, options=options, losses=losses, strict=strict
            )
            _print(pieces, binary=shape in BINARY)
        else:
            assert output is not None
            if Path(output).is_dir():
                raise click.UsageError(f"{output} is a directory; name a file in it")
            losses = save(library, shape, Path(output), where=where, options=options, strict=strict)
            console.tell(f"written: {output}")
            if verify:
                from store.exports.verify import verify as check

                number = check(library, shape, Path(output), offsets)
                console.tell(f"verified: {number} spans hold their words")
    _tell_losses(shape, losses, output)


def _print(pieces: Iterable[bytes], *, binary: bool) -> None:
    for piece in pieces:
        if binary:
            console.raw(piece)
        else:
            console.data(piece.decode("utf-8"))


def _tell_losses(shape: str, losses: Losses, output: str | None) -> None:
    if not losses:
        return
    kinds: dict[str, int] = {}
    for loss in losses:
        words = f"{loss.what}: {loss.why}"
        kinds[words] = kinds.get(words, 0) + 1
    most = sorted(kinds.items(), key=lambda kind: -kind[1])[:_SHOWN_LOSSES]
    for words, number in most:
        console.tell(f"not carried by {shape}, {number} times: {words}")
    if output not in _STANDARD_OUTPUT:
        console.tell(f"all {len(losses)} are listed in {output}.loss.json")


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "shape",
    type=click.Choice(BACK),
    help="The format; else found by looking at the file.",
)
@click.option("--keep-removed", is_flag=True, help="Do not reject what was removed in the tool.")
def import_(files: tuple[str, ...], shape: str | None, keep_removed: bool) -> int:
    """Read annotations back: our own JSONL, W3C, brat, Label Studio, doccano, Prodigy, CAS.

    JSONL brings articles that are missing and every decision not yet known; decisions stay with
    the person who took them. From another tool come the differences to what was exported, as
    decisions of the annotator at hand and one step that can be undone; its articles must be in the
    library, with the very same text. What does not fit is refused with the reason, and reading a
    file again changes nothing.
    """
    from store.returning.formats import JSONL, detect
    from store.returning.model import ReturnError

    done = refused = 0
    with to_write() as library:
        for name in files:
            try:
                kind = shape or (JSONL if name == "-" else detect(Path(name)))
            except (ReturnError, OSError) as problem:
                reason = getattr(problem, "strerror", None)
                console.tell(f"{name}: refused: {reason.lower()}" if reason else str(problem))
                refused += 1
                continue
            if kind == JSONL:
                good, bad = _import_jsonl(library, name)
            else:
                good, bad = _import_other(library, kind, name, removed=not keep_removed)
            done, refused = done + good, refused + bad
    console.tell(f"{done} articles read, {refused} refused")
    if not refused:
        return OK
    return PARTLY if done else FAILED


def _import_jsonl(library: Library, name: str) -> tuple[int, int]:
    from store.imports import read_file

    done = refused = 0
    for result in read_file(library, name):
        if result.refusal is not None:
            console.tell(f"{result.where}: refused: {result.refusal}")
            refused += 1
            continue
        for warning in result.warnings:
            console.tell(f"{result.where}: {warning}")
        console.fields(result.outcome, result.article_id, result.decisions, result.title)
        done += 1
    return done, refused


def _import_other(library: Library, kind: str, name: str, *, removed: bool) -> tuple[int, int]:
    from store.returning.formats import reader
    from store.returning.model import ReturnError
    from store.returning.taking import take

    try:
        articles = list(reader(kind)(Path(name)))
    except ReturnError as problem:
        console.tell(f"refused: {problem}")
        return 0, 1
    except ImportError as missing:
        raise console.CommandError(
            f"{kind} needs {missing.name}; install it with: pip install 'warreader[uima]'"
        ) from None
    found = take(library, articles, removed=removed)
    for words in found.warnings:
        console.tell(words)
    for words in found.refused:
        console.tell(f"{words} (refused)")
    console.fields(
        kind,
        name,
        f"{found.changed} changed",
        f"{found.removed} removed",
        f"{found.same} as they were",
    )
    return found.articles, len(found.refused)


COMMANDS = {"export": export, "import": import_}
