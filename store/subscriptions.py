"""Feeds that the user follows: kept here, asked only when the user says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.ingest.addresses import FetchError, checked
from store.ingest.feeds import item_article, parse_feed
from store.ingest.fetching import Fetched, Limits, fetch
from store.ingest.model import Given, Incoming, InputError
from store.ingest.online import dated

if TYPE_CHECKING:
    from store.db import Library


class UnknownFeedError(StoreError):
    """There is no such subscription."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that is followed."""

    id: int
    url: str
    title: str
    etag: str | None
    modified: str | None
    checked_at: str | None
    said: str
    """What the last check found, in words."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a feed gave."""

    subscription: Subscription
    items: tuple[Incoming, ...] = ()
    unchanged: bool = False
    problem: str | None = None


_COLUMNS = "id, url, title, etag, modified, checked_at, said"


def subscriptions(library: Library) -> list[Subscription]:
    """All feeds, in the order in which they were added."""
    return [
        Subscription(*row)
        for row in library.rows(f"SELECT {_COLUMNS} FROM subscription ORDER BY id")
    ]


def subscribe(library: Library, feeds: Iterable[tuple[str, str]]) -> tuple[int, list[str]]:
    """Follow feeds, given by address and name: how many are new, and what was refused and why."""
    new, refused = 0, []
    with library.transaction() as connection:
        for url, title in feeds:
            try:
                checked(url)
            except FetchError as problem:
                refused.append(str(problem))
                continue
            cursor = connection.execute(
                "INSERT INTO subscription (url, title, added_at) VALUES (?, ?, ?)"
                " ON CONFLICT (url) DO NOTHING",
                (url, title, _now()),
            )
            new += cursor.rowcount
    return new, refused


def unsubscribe(library: Library, name: str) -> Subscription:
    """Follow a feed no longer; its articles stay. Raises `UnknownFeedError`."""
    found = find(library, name)
    with library.transaction() as connection:
        connection.execute("DELETE FROM subscription WHERE id = ?", (found.id,))
    return found


def find(library: Library, name: str) -> Subscription:
    """A feed by its number, its address, or words of its title. Raises `UnknownFeedError`."""
    known = subscriptions(library)
    exact = [one for one in known if name in (str(one.id), one.url)]
    found = exact or [one for one in known if name.casefold() in one.title.casefold()]
    if len(found) != 1:
        several = "several feeds fit" if found else "no feed fits"
        raise UnknownFeedError(f"{several} {name!r}; see: warreader feeds list")
    return found[0]


def ask(subscription: Subscription, limits: Limits) -> tuple[Refreshed, Fetched | None]:
    """Ask one feed, with what it said last time; touches no library. Never raises for a bad one."""
    try:
        answer = fetch(
            subscription.url, limits, etag=subscription.etag, modified=subscription.modified
        )
        if answer.unchanged:
            return Refreshed(subscription, unchanged=True), answer
        feed = parse_feed(answer.data, answer.charset)
    except (FetchError, InputError) as problem:
        return Refreshed(subscription, problem=str(problem)), None
    given = Given(outlet=subscription.title or None)
    items = tuple(
        dated(item_article(f"{subscription.url}, item {number}", given, feed, item), answer)
        for number, item in enumerate(feed.items, 1)
    )
    return Refreshed(subscription, items), answer


def remember(library: Library, refreshed: Refreshed, answer: Fetched | None, said: str) -> None:
    """Keep when a feed was asked and what it said, for the next time.

    Called when its items are in the library: an interruption before that asks for all again.
    """
    with library.transaction() as connection:
        if answer is not None and not answer.unchanged:
            connection.execute(
                "UPDATE subscription SET etag = ?, modified = ? WHERE id = ?",
                (answer.etag, answer.modified, refreshed.subscription.id),
            )
        connection.execute(
            "UPDATE subscription SET checked_at = ?, said = ? WHERE id = ?",
            (_now(), said, refreshed.subscription.id),
        )


def wanted(library: Library, items: Iterable[Incoming]) -> Iterator[Incoming]:
    """The items that are to be added: not a summary of an article whose full text is here."""
    for item in items:
        summary = item.body is not None and item.body.facts.get("text") == "summary"
        if summary and item.url and library.articles.by_url(item.url) is not None:
            continue
        yield item


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
