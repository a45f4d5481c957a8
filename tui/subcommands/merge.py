"""The sub-command that joins another library to this one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui import console
from tui.subcommands.choices import json_flag
from tui.subcommands.opening import to_write

if TYPE_CHECKING:
    from store.merging import Merged


@click.command()
@click.argument("other", type=click.Path(dir_okay=False, path_type=Path), metavar="OTHER.db")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@json_flag("One JSON object, with both decisions of each conflict.")
def merge(other: Path, dry_run: bool, as_json: bool) -> None:
    """Take the articles and decisions of the library OTHER.db that this one lacks.

    OTHER.db is only read. Articles are known by their text, else by their address; decisions stay
    with who took them, and doing it again changes nothing. Where one annotator decided on a claim
    in both libraries, the later decision holds; each such claim is listed, and both decisions stay
    in the log. It is done as a whole or not at all.
    """
    from store.merging import merge as merged_with
    from store.merging import to_json

    with to_write() as library:
        try:
            found = merged_with(library, other, dry_run=dry_run, report=_report)
        finally:
            console.progress("")
        if as_json:
            console.json_line({**to_json(found), "dry_run": dry_run})
            return
        _tell(found, dry_run)


def _report(what: str, done: int, every: int) -> None:
    console.progress(f"{what}: {done:,} of {every:,}")


def _tell(found: Merged, dry_run: bool) -> None:
    from store.agreement_words import counted
    from store.wording import day_and_time

    who = f" of {', '.join(found.annotators)}" if found.annotators else ""
    would = "would be " if dry_run else ""
    console.line(f"articles: {found.added:,} {would}added, {found.known:,} were here")
    if found.texts:
        console.line(f"texts: {found.texts:,} {would}added to articles that were here")
    console.line(
        f"decisions: {found.decisions:,}{who} {would}added, {found.known_decisions:,} were here"
    )
    for warning in found.warnings:
        console.tell(warning)
    if not found.conflicts:
        return
    console.line()
    console.line(f"{counted(len(found.conflicts), 'claim')} decided in both; the later holds:")
    rows = [
        (
            str(one.article_id),
            one.claim_id,
            one.annotator,
            *(
                f"{entry.action} {day_and_time(entry.at)}{' ←' if holds else ''}"
                for entry, holds in ((one.ours, one.ours_holds), (one.theirs, not one.ours_holds))
            ),
        )
        for one in found.conflicts
    ]
    console.table(("no.", "claim", "annotator", "here", "there"), rows, right=(0,))


COMMANDS = {"merge": merge}
