"""Articles from web addresses: a page, a feed, or any file that is served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from store.ingest.addresses import FetchError
from store.ingest.feeds import item_article, parse_feed
from store.ingest.fetching import Fetched, Limits, fetch
from store.ingest.kinds import HEAD, kind_of
from store.ingest.model import Given, Incoming, InputError
from store.ingest.pages import page_article
from store.ingest.reading import read


def is_address(name: str) -> bool:
    """Whether a name that was given for a file is a web address."""
    return name.lower().startswith(("http://", "https://"))


def read_address(url: str, given: Given, limits: Limits | None = None) -> Iterator[Incoming]:
    """The articles at an address; never raises for a bad one."""
    try:
        answer = fetch(url, limits)
        yield from articles_of(url, given, answer)
    except (FetchError, InputError) as problem:
        yield Incoming(url, refusal=str(problem))


def articles_of(url: str, given: Given, answer: Fetched) -> Iterator[Incoming]:
    """The articles in what a server gave. Raises `InputError`."""
    kind = kind_of("", answer.data[:HEAD])
    if kind == "feed":
        feed = parse_feed(answer.data, answer.charset)
        for number, item in enumerate(feed.items, 1):
            yield dated(item_article(f"{url}, item {number}", given, feed, item), answer)
    elif kind == "html" or (kind == "text" and "html" in answer.media):
        yield dated(
            page_article(url, given, answer.data, charset=answer.charset, url=answer.url), answer
        )
    else:
        told = replace(given, url=given.url or url)
        for incoming in read(url, kind, told, BytesIO(answer.data)):
            yield dated(incoming, answer)


def dated(incoming: Incoming, answer: Fetched) -> Incoming:
    """The same, with when it was fetched and from where."""
    if incoming.body is None:
        return incoming
    facts = {
        **incoming.body.facts,
        "fetched_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "final_url": answer.url,
    }
    return replace(incoming, body=replace(incoming.body, facts=facts))
