"""The sub-command about the codebook: print the one in force, or check a file."""

from __future__ import annotations

from pathlib import Path

import click

from tui import console
from tui.invocation import FAILED, OK
from tui.subcommands.choices import json_flag
from tui.subcommands.opening import to_read


@click.command()
@click.option(
    "--check",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Say whether FILE can be used, and what it changes; no library is opened.",
)
@json_flag("One JSON object a line for each type.")
def codebook(check: Path | None, as_json: bool) -> int:
    """Print the codebook in force as a file that --codebook takes back.

    It begins with the scheme of warreader; a project's file over it renames, hides and adds
    types, and names tags. `warreader --codebook FILE` uses one from then on. See docs/codebook.md.
    """
    from claims.codebook import explained
    from claims.codebook_file import CodebookError, load, to_toml

    if check is not None:
        try:
            found = load(check)
        except CodebookError as problem:
            for fault in problem.faults:
                console.tell(f"warreader: {fault}")
            return FAILED
        changed = ", ".join(found.changes()) or "none"
        hidden = ", ".join(entry.id for entry in found.types.values() if entry.hidden)
        console.line(f"{check}: right; {found.title}")
        console.line(f"types added or changed: {changed}")
        if hidden:
            console.line(f"types hidden: {hidden}")
        if found.tags:
            names = ", ".join(tag.name for tag in found.tags)
            console.line(f"tags ({'closed' if found.tags_closed else 'suggested'}): {names}")
        return OK
    with to_read() as library:
        source = library.codebook_found
        chosen = source.codebook
    console.tell(f"codebook: {source.path or source.codebook.title} ({source.why})")
    if not as_json:
        console.data(to_toml(explained(chosen)))
        return OK
    for entry in explained(chosen).types.values():
        console.json_line(
            {
                "id": entry.id,
                "letter": entry.letter,
                "label": entry.label,
                "group": entry.group.value,
                "gloss": entry.gloss,
                "definition": entry.definition,
                "rather": entry.rather,
                "examples": list(entry.examples),
                "hidden": entry.hidden,
            }
        )
    return OK


COMMANDS = {"codebook": codebook}
