"""The sub-command that measures agreement between annotators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui import console
from tui.subcommands.choices import json_flag
from tui.subcommands.opening import to_read

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
        found = measured(library, who, chosen)
    if as_json:
        console.json_line(to_json(found))
        return
    console.line(summary(found))
    for table in tables(found):
        console.line()
        console.table(table.heads, table.rows, right=tuple(range(1, len(table.heads))))


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


COMMANDS = {"agreement": agreement}
