"""Sub-commands about articles: list, show, search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui import console
from tui.invocation import FAILED, OK
from tui.subcommands.choices import json_flag
from tui.subcommands.opening import to_read

if TYPE_CHECKING:
    from store.db import Library
    from store.records import ArticleFilter, ArticleSort, ArticleSummary

_KWIC = 48
"""Characters of context on each side of a word."""


@click.command("list")
@click.argument("query", nargs=-1)
@click.option(
    "--sort",
    type=click.Choice(["date", "added", "title", "outlet", "undecided", "claims"]),
    default="date",
    show_default=True,
    help="In which order.",
)
@click.option("--reverse", is_flag=True, help="Turn the order round.")
@click.option("--search", metavar="WORDS", default="", help="Only articles with these words.")
@click.option("--undecided", is_flag=True, help="Only articles with claims to decide on.")
@json_flag("One JSON object a line instead of a table.")
def list_(
    query: tuple[str, ...], sort: str, reverse: bool, search: str, undecided: bool, as_json: bool
) -> None:
    """List the articles of the library, newest first; with a QUERY those that fit it.

    A query has words and fields, such as outlet:Reuters is:starred type:losses date:2024-08..
    (warreader search --help lists them). Put what begins with - behind --.
    """
    from store.records import ArticleFilter, ArticleSort

    where = ArticleFilter(text=search, undecided=undecided, query=" ".join(query))
    order = ArticleSort(sort)
    with to_read() as library:
        if as_json:
            for summary in _all(library, where, order, reverse):
                console.json_line(_summary_json(summary))
            return
        rows = [
            (
                str(summary.id),
                (summary.date or "")[:10],
                summary.outlet or "",
                f"{summary.decided}/{summary.claims}",
                summary.title,
            )
            for summary in _all(library, where, order, reverse)
        ]
    if rows:
        console.table(("no.", "date", "outlet", "decided", "title"), rows, right=(0, 3))
    else:
        console.tell("no articles" if where == ArticleFilter() else "no articles fit")


def _all(
    library: Library, where: ArticleFilter, order: ArticleSort, reverse: bool
) -> list[ArticleSummary]:
    return library.articles.page(where, limit=-1, sort=order, turned=reverse)


def _summary_json(summary: ArticleSummary) -> dict[str, object]:
    return {
        "id": summary.id,
        "title": summary.title,
        "outlet": summary.outlet,
        "byline": summary.byline,
        "date": summary.date,
        "url": summary.url,
        "profile": summary.profile,
        "words": summary.words,
        "claims": summary.claims,
        "decided": summary.decided,
        "read_at": summary.read_at,
        "read": summary.read,
        "starred": summary.starred,
        "tags": list(summary.tags),
        "story": summary.story,
        "types": dict(summary.types),
        "sides": dict(summary.sides),
    }


@click.command()
@click.argument("article")
@click.option("--plain", is_flag=True, help="Sentence by sentence in words, for a screen reader.")
@click.option(
    "--by",
    type=click.Choice(["type", "side"]),
    default="type",
    help="Whether colour tells the type of a claim or the side of its source.",
)
@click.option(
    "--color",
    "--colour",
    "color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="When to use colour; by default on a terminal, unless NO_COLOR is set.",
)
def show(article: str, plain: bool, by: str, color: console.When) -> None:
    """Print an ARTICLE (its number, or words of its title) with its claims marked.

    Each claim stands in brackets behind its number, the letter of its type and the two letters
    of its side, "[4 T UA: …]"; the list below gives the rest.
    """
    from tui import plain as printing

    with to_read() as library:
        article_id = library.articles.find(article)
        with library.snapshot():
            record = library.articles.get(article_id)
            claims = library.claims.of(article_id)
            codebook = library.codebook
    if plain:
        for row in printing.sentence_by_sentence(record, claims, codebook):
            console.line(row)
        return
    lines = printing.page(record, claims, codebook, by_side=by == "side")
    colour = console.coloured(color)
    if colour or console.on_terminal():
        console.styled(map(printing.rich_text, lines), colour=colour)
    else:
        for parts in lines:
            console.line("".join(part.words for part in parts))


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option(
    "--kwic",
    is_flag=True,
    help="Every place of the words in its context, or in the claims that fit, aligned.",
)
@json_flag("One JSON object a line; `matches` are [start, end] in `snippet`.")
def search(query: tuple[str, ...], limit: int, kwic: bool, as_json: bool) -> int:
    """Find articles that fit QUERY, by their texts or your notes; best first.

    Words must all occur; "a phrase", begin*, -not and OR do what they say; put what begins with -
    behind --. Fields: speaker: type: side: status: certainty: stance: channel: rule: confidence:
    note: tag: outlet: title: byline: url: date:2024-08.. article: story: and is:starred, read,
    unread, undecided, decided. Several values stand between commas.

    A match is marked *so*. The exit code is 1 when nothing is found.
    """
    typed = " ".join(query)
    if kwic:
        return _kwic(typed, limit, as_json)
    with to_read() as library:
        hits = library.search.articles(typed, limit=limit)
    for hit in hits:
        snippet, matches = _matches(" ".join(hit.snippet.split()))
        if as_json:
            console.json_line(
                {**_summary_json(hit.article), "snippet": snippet, "matches": matches}
            )
            continue
        summary = hit.article
        facts = " · ".join(fact for fact in (summary.outlet, (summary.date or "")[:10]) if fact)
        console.line(f"{summary.id}  {summary.title}" + (f"  ({facts})" if facts else ""))
        if snippet:
            console.line(f"    {_starred(snippet, matches)}")
    return OK if hits else FAILED


def _kwic(typed: str, limit: int, as_json: bool) -> int:
    from store import concordance

    with to_read() as library:
        found = concordance.asked(library, typed, claims=False)
        if not found.claims:
            concordance.gather(library, found, most=limit)
    if found.claims:
        raise click.UsageError(
            "--kwic is for words and for fields of claims, such as speaker:; warreader list lists"
            " articles"
        )
    for line in found.lines[:limit]:
        if as_json:
            console.json_line(
                {
                    "article": line.article_id,
                    "outlet": line.outlet,
                    "date": line.date,
                    "start": line.start,
                    "end": line.end,
                    "left": line.left,
                    "word": line.word,
                    "right": line.right,
                    **({} if line.record is None else {"claim": line.record.id}),
                }
            )
        else:
            where = " · ".join(x for x in (line.outlet or "", (line.date or "")[:10]) if x)
            left, right = line.left[-_KWIC:], line.right[:_KWIC]
            console.line(
                f"{left:>{_KWIC}}*{line.word}*{right:<{_KWIC}}  {line.article_id}  {where}"
            )
    if len(found.lines) > limit or not found.done:
        console.tell(f"the first {limit}; --limit gives more")
    return OK if found.lines else FAILED


def _matches(snippet: str) -> tuple[str, list[list[int]]]:
    """The snippet without its match marks, and where the matches are."""
    words: list[str] = []
    length = 0
    matches: list[list[int]] = []
    for at, piece in enumerate(snippet.replace("\x03", "\x02").split("\x02")):
        if at % 2:
            matches.append([length, length + len(piece)])
        words.append(piece)
        length += len(piece)
    return "".join(words), matches


def _starred(snippet: str, matches: list[list[int]]) -> str:
    for start, end in reversed(matches):
        snippet = f"{snippet[:start]}*{snippet[start:end]}*{snippet[end:]}"
    return snippet


COMMANDS = {"list": list_, "show": show, "search": search}
