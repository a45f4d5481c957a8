"""Sub-commands about the program and the library as a whole: stats, keys, paths."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from tui import console
from tui.subcommands.choices import json_flag
from tui.subcommands.opening import settings, to_read

if TYPE_CHECKING:
    from store.db import Library

_PAGE = 1000


@click.command()
@json_flag("One JSON object instead of tables.")
def stats(as_json: bool) -> None:
    """Count articles, claims and decisions, by type, side and outlet."""
    with to_read() as library, library.snapshot():
        progress = library.progress()
        annotator = library.annotator
        types, sides, outlets = _counts(library)
    if as_json:
        console.json_line(
            {
                "articles": progress.articles,
                "claims": progress.claims,
                "decided": progress.decided,
                "annotator": annotator,
                "by_status": dict(progress.by_status),
                "by_type": dict(types),
                "by_side": dict(sides),
                "by_outlet": dict(outlets),
            }
        )
        return
    share = f" ({100 * progress.decided // progress.claims} %)" if progress.claims else ""
    console.line(
        f"{progress.articles} articles, {progress.claims} claims,"
        f" {progress.decided} decided by {annotator}{share}"
    )
    for title, counts in (
        ("state", progress.by_status),
        ("type", types),
        ("side", sides),
        ("outlet", outlets),
    ):
        rows = [(name, str(number)) for name, number in counts.items() if number]
        if rows:
            console.line()
            console.table((title, "claims" if title != "outlet" else "articles"), rows, right=(1,))


def _counts(library: Library) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Claims by type and side, articles by outlet; the most frequent first."""
    types: Counter[str] = Counter()
    sides: Counter[str] = Counter()
    offset = 0
    while True:
        page = library.articles.page(limit=_PAGE, offset=offset)
        for summary in page:
            types.update(summary.types)
            sides.update(summary.sides)
        if len(page) < _PAGE:
            break
        offset += _PAGE
    outlets = dict(sorted(library.articles.outlets(), key=lambda row: (-row[1], row[0])))
    return _ordered(types), _ordered(sides), outlets


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


@click.command()
@json_flag("One JSON object a line for each command.")
def keys(as_json: bool) -> None:
    """List the keys of the reader, by where they work, as the configuration sets them.

    What is wrong in the configuration goes to standard error, with file and line.
    """
    from store import config
    from tui.command import COPIES
    from tui.commands import Context
    from tui.keymap import keymap

    read = config.load()
    found = keymap(read)
    for problem in (*read.unknown(), *found.problems):
        console.tell(problem)
    everything = found.commands
    if as_json:
        for command in everything:
            console.json_line(
                {
                    "id": command.id,
                    "context": command.context.name.lower(),
                    "keys": list(command.keys),
                    "label": command.label,
                    "help": command.help,
                }
            )
        return
    for number, context in enumerate(Context):
        rows = [
            (" ".join(command.shown_keys), command.help, command.id)
            for command in everything
            if command.context is context
        ]
        if rows:
            if number:
                console.line()
            if context is Context.EVERYWHERE:
                rows.append((*COPIES, ""))
            console.table((str(context), "", "name"), rows)


@click.command()
def paths() -> None:
    """Say where the library, the configuration, profiles and exports are kept."""
    from store import paths as places

    rows = (
        ("library", settings().db or places.library()),
        ("config", places.config_file()),
        ("profiles", places.profiles_dir()),
        ("exports", places.exports_dir()),
    )
    for name, path in rows:
        console.fields(name, path)


COMMANDS = {"stats": stats, "keys": keys, "paths": paths}
