"""The sub-command for claims that were not carried to a newer text by themselves."""

from __future__ import annotations

import click

from tui import console
from tui.subcommands.choices import json_flag
from tui.subcommands.opening import to_read, to_write


@click.command()
@click.option("--accept", "accepted", type=int, multiple=True, metavar="N", help="Put it there.")
@click.option("--drop", "dropped", type=int, multiple=True, metavar="N", help="Off the list.")
@json_flag("One JSON object a line instead of a table.")
def carried(accepted: tuple[int, ...], dropped: tuple[int, ...], as_json: bool) -> None:
    """List claims that a newer text of an article left behind, with the place that is proposed.

    Decisions go to a newer text by themselves where their words stand unchanged in the same
    surroundings. What is only like them is listed here; --accept puts the claim on those words and
    --drop takes it off the list. The older text and the decision on it are always kept.
    """
    from store import anchors

    if accepted or dropped:
        with to_write() as library:
            for number in accepted:
                anchors.accept(library, number)
            for number in dropped:
                anchors.dismiss(library, number)
            console.tell(f"{anchors.count(library)} wait")
        return
    with to_read() as library:
        found = anchors.waiting(library, limit=-1)
    if as_json:
        for one in found:
            console.json_line(
                {
                    "number": one.id,
                    "article": one.article_id,
                    "claim": one.record.id,
                    "outcome": one.outcome.value,
                    "was": one.was,
                    "now": one.now,
                    "span": list(one.span) if one.span else None,
                    "likeness": round(one.likeness, 3),
                }
            )
    elif found:
        rows = [(str(o.id), str(o.article_id), o.outcome.value, o.was, o.now) for o in found]
        console.table(("no.", "article", "what", "then", "now"), rows, right=(0, 1))
    else:
        console.tell("nothing waits")


COMMANDS = {"carried": carried}
