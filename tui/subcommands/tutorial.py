"""The sub-command that opens the tutorial, on a library of its own."""

from __future__ import annotations

import sys

import click

from tui import console
from tui.invocation import USAGE
from tui.subcommands.opening import settings


@click.command()
@click.option("--again", is_flag=True, help="Begin anew instead of going on where it was left.")
def tutorial(again: bool) -> int:
    """Learn the reader in five minutes, in the reader itself.

    It runs on a library of its own, which is thrown away when it is done; yours is not opened. Left
    early, it goes on there the next time.
    """
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        raise console.CommandError("the tutorial needs a terminal", USAGE)
    from tui.app import run_tutorial

    return run_tutorial(annotator=settings().annotator, again=again)


COMMANDS = {"tutorial": tutorial}
