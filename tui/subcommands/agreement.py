"""Sub-commands that measure agreement between annotators, and adjudicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui import console
from tui.subcommands.choices import json_flag
from tui.subcommands.opening import to_read, to_write

if TYPE_CHECKING:
    from store.db import Library


@click.command()
@click.option(
    "--annotators",
    "listed",
    metavar="A,B,...",
    default="",
    help="Whom to compare, parted by commas; by default everyone who decided. The machine's"
    " proposals are those of: machine.",
)
@click.option(
    "--article",
    "articles",
    metavar="ARTICLE",
    multiple=True,
    help="Only this article, by number or words of its title; may be repeated.",
)
@click.option("--list", "listing", is_flag=True, help="List the claims on which they disagree.")
@json_flag("One JSON object; with --list, one a line for each disagreement.")
def agreement(listed: str, articles: tuple[str, ...], listing: bool, as_json: bool) -> None:
    """Measure how far annotators agree: kappas, Krippendorff's alpha, F1 of the claims' words.

    Articles count in which all of them decided, and claims on which none has yet to decide.
    Intervals come from leaving out one article after the other, from three articles on. What each
    measure is stands in docs/agreement.md.
    """
    from store.agreement import agreement as measured
    from store.agreement import names
    from store.agreement_words import summary, tables, to_json

    with to_read() as library:
        who = names(library, listed.split(","))
        chosen = tuple(dict.fromkeys(library.articles.find(words) for words in articles))
        if listing:
            _list(library, who, chosen, as_json)
            return
        try:
            found = measured(library, who, chosen, report=_report)
        finally:
            console.progress("")
        codebook = library.codebook
    if as_json:
        console.json_line(to_json(found))
        return
    console.line(summary(found))
    for table in tables(found, codebook):
        console.line()
        console.table(table.heads, table.rows, right=tuple(range(1, len(table.heads))))


def _report(done: int, every: int) -> None:
    console.progress(f"{done:,} of {every:,}")


def _list(library: Library, who: tuple[str, ...], chosen: tuple[int, ...], as_json: bool) -> None:
    from store.agreement import disagreements
    from store.agreement_words import disagreement_json, in_what

    if as_json:
        text, last = "", 0
        for one in disagreements(library, who, chosen):
            if one.article_id != last:
                text, last = library.articles.get(one.article_id).text, one.article_id
            console.json_line(disagreement_json(one, who, text))
        return
    rows = [
        (str(one.article_id), one.aligned.claim_ids[0], in_what(one, who), one.quote)
        for one in disagreements(library, who, chosen)
    ]
    if rows:
        console.table(("no.", "claim", "about", "words"), rows, right=(0,))
    else:
        console.tell("they do not disagree")


@click.command()
@click.option(
    "--annotators",
    "listed",
    metavar="A,B,...",
    default="",
    help="Between whom, parted by commas; by default the two others who decided most.",
)
@click.option(
    "--article",
    "articles",
    metavar="ARTICLE",
    multiple=True,
    help="Only this article, by number or words of its title; may be repeated.",
)
@click.option(
    "--auto",
    type=click.Choice(["agreed"]),
    help="agreed: take over what all of them keep, or refuse, alike, as one step.",
)
@click.option("--dry-run", is_flag=True, help="Only count.")
@json_flag("One JSON object.")
def adjudicate(
    listed: str, articles: tuple[str, ...], auto: str | None, dry_run: bool, as_json: bool
) -> None:
    """Count what annotators agree on and what is to be adjudicated; --auto takes over the first.

    The decisions are those of whoever runs it (--annotator before the command), who must be none
    of them; a claim that they have decided on is left as it is. One undo in the reader takes all
    of it back. The disagreements are decided in the reader: 0.
    """
    from store.adjudication import agreed
    from store.adjudication import annotators as between
    from store.agreement_words import counted

    taking = auto is not None and not dry_run
    with to_write() if taking else to_read() as library:
        who = between(library, listed.split(",") if listed else ())
        chosen = tuple(dict.fromkeys(library.articles.find(words) for words in articles))
        try:
            found = agreed(library, who, chosen, report=_report)
            if taking and found.versions:
                library.decisions.adopt(found.versions, report=_report)
        finally:
            console.progress("")
        me = library.annotator
    if as_json:
        console.json_line(
            {
                "annotators": list(who),
                "adjudicator": me,
                "agreed": len(found.versions),
                "taken": taking,
                "settled": found.settled,
                "disagreed": found.disagreed,
                "left_out": found.left_out,
            }
        )
        return
    console.line(f"{', '.join(who)}, adjudicated by {me}")
    console.fields("agreed", len(found.versions))
    console.fields("decided already", found.settled)
    console.fields("not agreed", found.disagreed)
    console.fields("not decided by all", found.left_out)
    if taking:
        console.tell(f"taken over: {counted(len(found.versions), 'claim')}; z in the reader undoes")


COMMANDS = {"agreement": agreement, "adjudicate": adjudicate}
