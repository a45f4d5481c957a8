"""Web pages: the article's text by trafilatura in a child process, and a fallback of our own.

A reader that is too clever may drop a paragraph with a figure in it; `whole_page` takes all the
text of the page instead, as does the fallback where the page cannot be read otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.metadata import version
from typing import Any

from claims.model import Article
from claims.text import canonical, word_set
from store.ingest import child
from store.ingest.dates import read_date
from store.ingest.encoding import decoded
from store.ingest.model import Body, Given, Incoming, InputError
from store.ingest.plain import clean, title_of

MAX_PAGE = 8 * 2**20
"""Bytes of a page that the reader is given; larger ones are read by the fallback."""
FALLBACK = "all text"
_BLOCKS = word_set(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr li main nav ol p pre section table td th title tr ul"
)
_UNSEEN = word_set("script style template noscript svg math iframe object head")


def read_page(name: str, given: Given, data: bytes) -> Iterator[Incoming]:
    """A saved page as one article."""
    yield page_article(name, given, data)


def page_article(
    name: str, given: Given, data: bytes, *, charset: str | None = None, url: str | None = None
) -> Incoming:
    """A page as an article; `charset` and `url` are what the server said.

    Refused with the reason when the page has no text, whichever way it is read.
    """
    try:
        page = decoded(data, charset, markup=True)
        found, reader, warning = _read(page.text, given, url or given.url)
        text = canonical(found["text"] or "")
        if not text.strip():
            raise InputError("holds no text; it may be made by a script in the browser")
        date = read_date(given.date)
    except InputError as problem:
        return Incoming(name, refusal=str(problem))
    facts = {"encoding": page.encoding, "reader": reader}
    if page.guessed:
        facts["encoding_guessed"] = "yes"
    if date is None and found.get("date"):
        date, facts["date_source"] = found["date"], "page"
    if found.get("language"):
        facts["language"] = found["language"]
    article = Article(
        text=text,
        title=canonical(given.title or found.get("title") or _untitled(text, name)),
        outlet=clean(given.outlet or found.get("sitename") or found.get("hostname")),
        byline=clean(given.byline or found.get("author")),
        date=date,
    )
    warnings = tuple(words for words in (page.warning, warning) if words)
    address = given.url or found.get("url") or url
    return Incoming(name, article, address, given.profile, warnings, Body("text/html", data, facts))


def _untitled(text: str, name: str) -> str:
    """A title for a page without one: its address, or as for any text from a file."""
    return name if "://" in name else title_of(text, name)


def _read(page: str, given: Given, url: str | None) -> tuple[dict[str, Any], str, str | None]:
    """What was found, by what, and a warning where it was not the reader that was wanted."""
    reason = None
    if len(page) > MAX_PAGE:
        reason = f"the page is larger than {MAX_PAGE // 2**20} MiB"
    else:
        try:
            found: dict[str, Any] = child.shared().ask(
                "page", page.encode("utf-8", "surrogatepass"), url=url
            )
            if given.whole_page:
                return {**found, "text": all_text(page)}, FALLBACK, None
            if (found["text"] or "").strip():
                return found, f"trafilatura {version('trafilatura')}", None
            reason = "no article was found in the page"
        except child.ChildError as problem:
            found, reason = {}, f"the page could not be read as an article: {problem}"
            return {"text": all_text(page)}, FALLBACK, f"{reason}; all its text was taken"
    return {"text": all_text(page)}, FALLBACK, f"{reason}; all its text was taken"


def extract(data: bytes, url: str | None = None) -> dict[str, Any]:
    """In the child: the article's text and what the page says about it."""
    from trafilatura import bare_extraction

    page = data.decode("utf-8", "surrogatepass")
    found: Any = bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, include_tables=True
    )
    names = ("text", "title", "author", "sitename", "hostname", "date", "language", "url")
    if found is None:
        return dict.fromkeys(names)
    return {name: getattr(found, name, None) for name in names}


def all_text(page: str) -> str:
    """Every word of a page that a reader would see, one block a paragraph; linear in its length."""
    seen = _AllText()
    seen.feed(page)
    seen.close()
    return seen.text()


class _AllText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self._pieces.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self._pieces.append("\n")
        if tag == "body":
            self._hidden = 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._pieces.append(data)

    def text(self) -> str:
        """The paragraphs, with an empty line between two."""
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split("\n"))
        return re.sub(r"\n{2,}", "\n\n", "\n\n".join(line for line in lines if line))
