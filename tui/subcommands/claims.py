"""The sub-command that lists claims of one article or of the whole library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from tui import console
from tui.subcommands.choices import at_option, chosen_types, claim_filters, json_flag
from tui.subcommands.opening import as_it_was, to_read

if TYPE_CHECKING:
    from claims.codebook import Codebook
    from store.db import Library
    from store.exports.model import Document
    from store.records import ClaimFilter, ClaimRecord

_PAGE = 1000


@click.command()
@click.argument("article", required=False)
@claim_filters
@click.option("--speaker", metavar="NAME", help="Only claims of speakers with this in their name.")
@click.option("--text", metavar="WORDS", default="", help="Only claims with these words.")
@at_option
@click.option(
    "--query",
    metavar="QUERY",
    default="",
    help="Only claims that fit, such as 'speaker:Zelensky type:losses is:undecided'.",
)
@json_flag("One JSON object a line, with spans, quotes and decisions.")
def claims(
    article: str | None,
    types: tuple[str, ...],
    sides: tuple[str, ...],
    statuses: tuple[str, ...],
    speaker: str | None,
    text: str,
    at: str | None,
    query: str,
    as_json: bool,
) -> None:
    """List the claims of an ARTICLE (its number, or words of its title), or of all articles."""
    from store.records import ClaimFilter

    with to_read() as library, as_it_was(library, at), library.snapshot():
        chosen = (library.articles.find(article),) if article else ()
        types = chosen_types(library, types)
        where = ClaimFilter(chosen, types, sides, speaker, statuses, text, query)
        if as_json:
            from store.exports.jsonl import claim as claim_json

            for document, record in _found(library, where):
                title = document.article.summary.title
                console.json_line(
                    {"article": record.article_id, "title": title, **claim_json(document, record)}
                )
            return
        codebook = library.codebook
        rows = [_row(document, record, codebook) for document, record in _found(library, where)]
    heads = ("no.", "claim", "state", "type", "side", "speaker", "words")
    if rows:
        console.table(heads, rows, right=(0,))
    else:
        console.tell("no claims fit")


def _found(library: Library, where: ClaimFilter) -> Iterator[tuple[Document, ClaimRecord]]:
    """The claims that fit, by article, each with its article."""
    from store.exports.model import Document

    document: Document | None = None
    offset = 0
    while True:
        records = library.claims.query(where, limit=_PAGE, offset=offset)
        for record in records:
            if document is None or document.article.id != record.article_id:
                document = Document(library.articles.get(record.article_id), ())
            yield document, record
        if len(records) < _PAGE:
            return
        offset += _PAGE


def _row(document: Document, record: ClaimRecord, codebook: Codebook) -> tuple[str, ...]:
    from store.sides import side_tag
    from store.wording import quote, speaker

    claim = record.claim
    return (
        str(record.article_id),
        claim.id,
        f"{record.status.sign} {record.status.value}",
        f"{codebook[claim.type].letter} {codebook[claim.type].label}",
        side_tag(document.article.summary.profile, claim.side),
        speaker(claim),
        quote(document.article.text, claim.content),
    )


COMMANDS = {"claims": claims}
