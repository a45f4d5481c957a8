"""Feeds (RSS, Atom, JSON Feed) and lists of them (OPML).

An item's own text becomes an article; where a feed gives only a summary, that is the text, and the
full page is fetched when the user asks for it. `feedparser` gets bytes in a file object, never a
name: given a string it would open a file or an address of that name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from claims.model import Article
from claims.text import canonical
from store.exports.links import web_address
from store.ingest.dates import read_date
from store.ingest.encoding import decoded
from store.ingest.model import Body, Given, Incoming, InputError
from store.ingest.pages import all_text
from store.ingest.plain import clean

MAX_ITEMS = 5000
MAX_FEEDS = 1000
_SUMMARY = 600
"""Characters below which an item's text is taken for a summary."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed."""

    title: str | None
    url: str | None
    author: str | None
    date: str | None
    text: str
    """Plain; empty where the item has only a title."""
    body: bytes
    """The markup that the text was taken from."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read."""

    title: str | None
    language: str | None
    items: tuple[Item, ...]
    problem: str | None = None
    """What is wrong with it, where items were found all the same."""


def parse_feed(data: bytes, charset: str | None = None) -> Feed:
    """Read a feed of any of the three kinds. Raises `InputError` when it is none."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(data, charset)
    import feedparser

    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    found: Any = feedparser.parse(
        BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.get("version") and not found.entries:
        reason = found.get("bozo_exception")
        raise InputError(f"is no feed that can be read{f': {reason}' if reason else ''}")
    items = tuple(_item(entry) for entry in found.entries[:MAX_ITEMS])
    problem = str(found.bozo_exception) if found.get("bozo") else None
    feed = found.feed
    return Feed(_text(feed.get("title")), feed.get("language") or None, items, problem)


def _item(entry: Any) -> Item:
    contents = [c.get("value", "") for c in entry.get("content", ())]
    markup = max([*contents, entry.get("summary", "") or ""], key=len)
    when = entry.get("published") or entry.get("updated") or entry.get("created")
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return Item(
        title=_text(entry.get("title")),
        url=web_address(entry.get("link") or "") or web_address(entry.get("id") or ""),
        author=_text(entry.get("author")),
        date=_date(when, parsed),
        text=all_text(markup),
        body=markup.encode("utf-8", "replace"),
    )


def _date(words: str | None, parsed: Any) -> str | None:
    try:
        return read_date(words)
    except InputError:
        pass
    if parsed is not None:
        year, month, day, hour, minute, second, *_ = parsed
        return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00"
    return None


def _text(markup: Any) -> str | None:
    words = " ".join(all_text(markup).split()) if isinstance(markup, str) else ""
    return words or None


def _json_feed(data: bytes, charset: str | None) -> Feed:
    try:
        feed = json.loads(decoded(data, charset).text)
    except (ValueError, RecursionError) as problem:
        raise InputError(f"is no JSON feed: {problem}") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise InputError('is no JSON feed: it has no list of "items"')
    items = [_json_item(one) for one in feed["items"][:MAX_ITEMS] if isinstance(one, dict)]
    title, language = feed.get("title"), feed.get("language")
    return Feed(
        title if isinstance(title, str) else None,
        language if isinstance(language, str) else None,
        tuple(items),
    )


def _json_item(one: dict[str, Any]) -> Item:
    def word(name: str) -> str | None:
        value = one.get(name)
        return value if isinstance(value, str) and value.strip() else None

    markup = word("content_html") or ""
    authors = one.get("authors") or [one.get("author")]
    names = [a.get("name") for a in authors if isinstance(a, dict)]
    return Item(
        title=word("title"),
        url=web_address(word("url") or word("external_url") or word("id") or ""),
        author=", ".join(name for name in names if isinstance(name, str)) or None,
        date=_date(word("date_published") or word("date_modified"), None),
        text=all_text(markup) or word("content_text") or word("summary") or "",
        body=(markup or word("content_text") or "").encode("utf-8", "replace"),
    )


def read_feed(name: str, given: Given, data: bytes) -> Iterator[Incoming]:
    """One article an item."""
    try:
        feed = parse_feed(data)
    except InputError as problem:
        yield Incoming(name, refusal=str(problem))
        return
    for number, item in enumerate(feed.items, 1):
        yield item_article(f"{name}, item {number}", given, feed, item)


def item_article(where: str, given: Given, feed: Feed, item: Item) -> Incoming:
    """An item as an article; refused when it has no words at all."""
    text = canonical(item.text or item.title or "")
    if not text.strip():
        return Incoming(where, refusal="has neither text nor title")
    try:
        date = read_date(given.date) or item.date
    except InputError as problem:
        return Incoming(where, refusal=str(problem))
    summary = len(text) < _SUMMARY
    facts = {"reader": "feed", "text": "summary" if summary else "full"}
    if item.date and not given.date:
        facts["date_source"] = "feed"
    if feed.language:
        facts["language"] = feed.language
    article = Article(
        text=text,
        title=canonical(given.title or item.title or text.split("\n", 1)[0][:160]),
        outlet=clean(given.outlet or feed.title),
        byline=clean(given.byline or item.author),
        date=date,
    )
    body = Body("text/html", item.body, facts)
    return Incoming(where, article, given.url or item.url, given.profile, (), body)


def read_opml(name: str, given: Given, data: bytes) -> Iterator[Incoming]:
    """A list of feeds holds no articles: say what to do with it."""
    try:
        number = len(parse_opml(data))
    except InputError as problem:
        yield Incoming(name, refusal=str(problem))
        return
    yield Incoming(
        name, refusal=f"is a list of {number} feeds; subscribe to them with: warreader feeds add"
    )


def parse_opml(data: bytes) -> list[tuple[str, str]]:
    """The addresses and names of the feeds in an OPML list; only `http` and `https`.

    Every other attribute is ignored: lists have carried commands for programs that ran them.
    Raises `InputError`.
    """
    from xml.etree import ElementTree

    if b"<!ENTITY" in data:
        raise InputError("declares entities, which no list of feeds needs; it is not read")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as problem:
        raise InputError(f"is no OPML: {problem}") from None
    found: dict[str, str] = {}
    for outline in root.iter("outline"):
        url = web_address(outline.get("xmlUrl") or "")
        if url and len(found) < MAX_FEEDS:
            found.setdefault(url, outline.get("title") or outline.get("text") or "")
    return list(found.items())
