"""Sub-commands that bring articles in: add, fetch, feeds."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui import console
from tui.invocation import FAILED, OK, PARTLY
from tui.subcommands.choices import (
    check_date,
    check_extractor,
    check_profile,
    description,
    json_flag,
    tagging,
)
from tui.subcommands.opening import to_read, to_write

if TYPE_CHECKING:
    from claims.model import Article
    from store.db import Library
    from store.ingest import Given, Incoming, Kind
    from store.ingest.fetching import Limits
    from store.parallel import Done

KINDS = (
    *("auto", "text", "markdown", "html", "feed", "opml", "jsonl", "json", "csv", "eml", "pdf"),
    *("warc", "zip"),
)
"""The names in `store.ingest.KINDS`, here so that `--help` need not import them."""
OUTCOMES = ("added", "updated", "unchanged", "refused")

_private = click.option(
    "--allow-private", is_flag=True, help="Also ask addresses of this machine and its network."
)
_offline = click.option("--offline", is_flag=True, help="Ask no address; refuse them.")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER|URL...")
@click.option(
    "--as",
    "kind",
    type=click.Choice(KINDS),
    default="auto",
    help="What the files are; by default found by looking at them.",
)
@click.option("--title", metavar="TEXT", help="The title; else what the file says of itself.")
@description
@click.option("--url", metavar="URL", help="Where it was published.")
@click.option("--full-page", is_flag=True, help="html: all text of the page, not the article.")
@tagging
@_private
@_offline
def add(
    files: tuple[str, ...],
    kind: Kind,
    title: str | None,
    outlet: str | None,
    byline: str | None,
    date: str | None,
    profile: str | None,
    url: str | None,
    full_page: bool,
    tagger: str | None,
    weights: tuple[Path, ...],
    allow_private: bool,
    offline: bool,
) -> int:
    """Add articles to the library: files, folders, web addresses; "-" is standard input.

    Plain text, Markdown, saved web pages, feeds (RSS, Atom, JSON), JSONL and JSON, CSV with a
    column "text", mail, PDF, WARC, and ZIP of these. A record has "text" and, where known,
    "title", "outlet" (or "source"), "byline", "date", "url". An article that is there already is
    left alone; another text at the same URL becomes its new version, and the old version and the
    decisions on it are kept. Stopped with ctrl+c, it goes on where it was when it is run again.

    One line for each article goes to standard output: what became of it, its number, its title.
    """
    from store.ingest import Given

    if len(files) > 1 and (title or url):
        raise click.UsageError("--title and --url are for one article; give one file")
    check_profile(profile)
    given = Given(title, outlet, byline, check_date(date), url, profile, full_page)
    with to_write(check_extractor(tagger, weights)) as library:
        return _take(library, _read(files, kind, given, _limits(allow_private), offline=offline))


def _limits(allow_private: bool) -> Limits:
    from store.ingest.fetching import Limits

    return Limits(allow_private=allow_private)


def _read(
    names: Iterable[str], kind: Kind, given: Given, limits: Limits, *, offline: bool
) -> Iterator[Incoming]:
    from store.ingest import Incoming, read_files
    from store.ingest.online import is_address, read_address

    for name in names:
        if not is_address(name):
            yield from read_files([name], kind, given, sys.stdin.buffer)
        elif offline:
            yield Incoming(name, refusal="is a web address, and --offline was given")
        else:
            yield from read_address(name, given, limits)


def _take(library: Library, found: Iterable[Incoming]) -> int:
    """Store what was read, tell how it went, and return the exit code."""
    counts = add_all(library, found)
    console.tell(_words(counts))
    if not counts["refused"]:
        return OK
    return PARTLY if sum(counts.values()) > counts["refused"] else FAILED


def add_all(library: Library, found: Iterable[Incoming]) -> dict[str, int]:
    """Store articles in their order, extracted on all cores; how many came to which outcome.

    Each is stored as a whole before the next, so that after an interrupt the same command goes on
    where it was.
    """
    from store.parallel import extracted

    counts = dict.fromkeys(OUTCOMES, 0)
    bar = console.Progress()
    every = ((one, _pending(library, one), one.profile) for one in found)
    try:
        for incoming, extraction in extracted(every, library.extractor):
            bar.clear()
            counts[_add(library, incoming, extraction)] += 1
            bar.show(f"{sum(counts.values()):,} read: {_words(counts)} · ctrl+c stops")
    except KeyboardInterrupt:
        bar.clear()
        console.tell(f"stopped: {_words(counts)}; the same command goes on from here")
        raise
    finally:
        bar.clear()
    return counts


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {outcome}" for outcome, number in counts.items())


def _pending(library: Library, incoming: Incoming) -> Article | None:
    """What is to be extracted of an article: nothing where it is there or cannot be stored."""
    from store.errors import InvalidArticle

    if incoming.article is None:
        return None
    try:
        return library.articles.pending(incoming.article, incoming.url)
    except InvalidArticle:
        return None  # adding it will say why


def _add(library: Library, incoming: Incoming, extraction: Done) -> str:
    """Add one article, say what became of it, and return that.

    After an error of the extractor it runs once more, here, where the store tells what it means.
    """
    from claims.profile import ProfileError
    from store.errors import ExtractionFailed, InvalidArticle

    refusal = incoming.refusal
    if incoming.article is not None:
        try:
            added = library.articles.add(
                incoming.article,
                url=incoming.url,
                profile=incoming.profile,
                origin=incoming.where,
                extraction=None if isinstance(extraction, Exception) else extraction,
                body=incoming.body,
            )
        except (InvalidArticle, ExtractionFailed, ProfileError) as problem:
            refusal = str(problem)
        else:
            for warning in incoming.warnings:
                console.tell(f"{incoming.where}: {warning}")
            console.fields(added.outcome, added.article_id, incoming.article.title or "")
            return added.outcome
    console.tell(f"{incoming.where}: refused: {refusal}")
    return "refused"


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--full-page", is_flag=True, help="All text of the page, not only the article.")
@click.option("--kept", is_flag=True, help="Read the kept page once more; ask no address.")
@tagging
@_private
def fetch(
    articles: tuple[str, ...],
    full_page: bool,
    kept: bool,
    tagger: str | None,
    weights: tuple[Path, ...],
    allow_private: bool,
) -> int:
    """Fetch the full text of ARTICLEs from their addresses, for those that a feed only summed up.

    The text becomes a new version of the article; the old one and the decisions on it are kept.
    With --kept the page that the text was once taken from is read again, by today's reader.
    """
    from store.bodies import read_again
    from store.ingest import Given, Incoming
    from store.ingest.online import read_address

    limits = _limits(allow_private)
    with to_write(check_extractor(tagger, weights)) as library:
        chosen = [library.articles.find(words) for words in articles]

        def found() -> Iterator[Incoming]:
            for article_id in dict.fromkeys(chosen):
                known = library.articles.summary(article_id)
                if not known.url:
                    yield Incoming(f"article {article_id}", refusal="has no address")
                    continue
                given = Given(
                    outlet=known.outlet,
                    date=known.date,
                    url=known.url,
                    profile=known.profile or None,
                    whole_page=full_page,
                )
                if kept:
                    yield read_again(library, article_id, given)
                else:
                    yield from read_address(known.url, given, limits)

        return _take(library, found())


@click.group()
def feeds() -> None:
    """Follow feeds: they are asked only when you say `warreader feeds refresh`."""


@feeds.command("list")
@json_flag("One JSON object a line instead of a table.")
def list_feeds(as_json: bool) -> None:
    """List the feeds that are followed."""
    from dataclasses import asdict

    from store.subscriptions import subscriptions

    with to_read() as library:
        known = subscriptions(library)
    if as_json:
        for one in known:
            console.json_line(asdict(one))
    elif known:
        rows = [(str(o.id), o.title, (o.checked_at or "never")[:16], o.said, o.url) for o in known]
        console.table(("no.", "title", "asked", "said", "address"), rows, right=(0,))
    else:
        console.tell("no feeds yet; follow one with: warreader feeds add URL")


@feeds.command("add")
@click.argument("addresses", nargs=-1, required=True, metavar="URL|OPML...")
@click.option("--title", default="", help="What to call it; else what the feed says.")
def add_feeds(addresses: tuple[str, ...], title: str) -> int:
    """Follow feeds, by address or from an OPML list that another reader wrote."""
    from store.ingest import InputError
    from store.ingest.feeds import parse_opml
    from store.ingest.online import is_address
    from store.subscriptions import subscribe

    found: list[tuple[str, str]] = []
    refused: list[str] = []
    for name in addresses:
        if is_address(name):
            found.append((name, title))
            continue
        try:
            found += parse_opml(Path(name).read_bytes())
        except InputError as problem:
            refused.append(f"{name}: {problem}")
        except OSError as problem:
            refused.append(f"{name}: {(problem.strerror or str(problem)).lower()}")
    with to_write() as library:
        new, bad = subscribe(library, found)
    for words in (refused := [*refused, *bad]):
        console.tell(f"refused: {words}")
    console.tell(
        f"{new} new, {len(found) - len(bad) - new} known; warreader feeds refresh asks them"
    )
    if not refused:
        return OK
    return PARTLY if found else FAILED


@feeds.command("remove")
@click.argument("feed")
def remove_feed(feed: str) -> None:
    """Follow a FEED (its number, address or words of its title) no longer; its articles stay."""
    from store.subscriptions import unsubscribe

    with to_write() as library:
        found = unsubscribe(library, feed)
    console.tell(f"no longer followed: {found.title or found.url}")


@feeds.command("refresh")
@click.argument("chosen", nargs=-1, metavar="[FEED...]")
@tagging
@_private
def refresh(
    chosen: tuple[str, ...],
    tagger: str | None,
    weights: tuple[Path, ...],
    allow_private: bool,
) -> int:
    """Ask the feeds (or only those named) and add their new items."""
    from store.subscriptions import ask, find, remember, subscriptions, wanted

    limits = _limits(allow_private)
    failed = done = 0
    with to_write(check_extractor(tagger, weights)) as library:
        asked = [find(library, name) for name in chosen] or subscriptions(library)
        if not asked:
            console.tell("no feeds yet; follow one with: warreader feeds add URL")
            return OK
        for one in asked:
            found, answer = ask(one, limits)
            name = one.title or one.url
            if found.problem:
                failed += 1
                said = found.problem
            elif found.unchanged:
                said = "nothing new"
            else:
                counts = add_all(library, wanted(library, found.items))
                said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
                said = said or "nothing new"
            done += not found.problem
            remember(library, found, answer, said)
            console.tell(f"{name}: {said}")
    if not failed:
        return OK
    return PARTLY if done else FAILED


COMMANDS = {"add": add, "fetch": fetch, "feeds": feeds}
