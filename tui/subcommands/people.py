"""Sub-commands about the people who annotate one library."""

from __future__ import annotations

from dataclasses import asdict

import click

from tui import console
from tui.subcommands.choices import json_flag
from tui.subcommands.opening import to_read, to_write


@click.command()
@click.option(
    "--use", "name", metavar="NAME", help="Decide as NAME from now on; made if there is none."
)
@json_flag("One JSON object a line.")
def annotators(name: str | None, as_json: bool) -> None:
    """List who decides in this library, with what each has decided so far.

    The library remembers for each user of the system who decided last: in the reader A switches,
    and --annotator is remembered. Before another command --annotator holds for that once.
    """
    from store.wording import day_and_time

    if name is not None:
        with to_write() as library:
            library.annotators.switch(name)
    with to_read() as library:
        found, me = library.annotators.all(), library.annotator
    if as_json:
        for one in found:
            console.json_line({**asdict(one), "current": one.name == me})
        return
    console.table(
        ("", "annotator", "decided", "accepted", "rejected", "edited", "added", "articles", "last"),
        [
            (
                "*" if one.name == me else "",
                one.name,
                *(
                    str(number)
                    for number in (
                        one.decided,
                        one.accepted,
                        one.rejected,
                        one.edited,
                        one.added,
                        one.articles,
                    )
                ),
                day_and_time(one.last_at) if one.last_at else "",
            )
            for one in found
        ],
        right=(2, 3, 4, 5, 6, 7),
    )


COMMANDS = {"annotators": annotators}
