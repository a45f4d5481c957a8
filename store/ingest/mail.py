"""Mail (`.eml`) and pages saved as one file (`.mht`, which is mail too)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from claims.model import Article
from claims.text import canonical
from store.ingest.dates import read_date
from store.ingest.encoding import decoded
from store.ingest.model import Body, Given, Incoming, InputError
from store.ingest.pages import page_article
from store.ingest.plain import clean, title_of


def read_mail(name: str, given: Given, data: bytes) -> Iterator[Incoming]:
    """A message as one article: its text, or its page where it has no text."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        yield _article(name, given, message, data)
    except InputError as problem:
        yield Incoming(name, refusal=str(problem))
    except (ValueError, LookupError, AttributeError, IndexError, AssertionError) as problem:
        # The parser of the standard library raises these for mail that breaks the rules.
        yield Incoming(name, refusal=f"is no mail that can be read: {problem}")


def _article(name: str, given: Given, message: EmailMessage, data: bytes) -> Incoming:
    part = message.get_body(("plain", "html"))
    if part is None:
        raise InputError("is a message without text")
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    sender, address = parseaddr(str(message.get("From", "")))
    told = Given(
        title=given.title or _header(message, "Subject"),
        outlet=given.outlet,
        byline=given.byline or sender or address or None,
        date=given.date or _date(message),
        url=given.url or _header(message, "Snapshot-Content-Location"),
        profile=given.profile,
        whole_page=given.whole_page,
    )
    charset = part.get_content_charset()
    if part.get_content_type() == "text/html":
        found = page_article(name, told, raw, charset=charset)
        facts = dict(found.body.facts) if found.body else {}
        return replace(found, body=Body("message/rfc822", data, facts))
    text = decoded(raw, charset)
    if not text.text.strip():
        raise InputError("is a message without text")
    words = canonical(text.text.replace("\r\n", "\n"))
    article = Article(
        text=words,
        title=canonical(told.title or title_of(words, name)),
        outlet=clean(told.outlet),
        byline=clean(told.byline),
        date=read_date(told.date),
    )
    facts = {"encoding": text.encoding, "date_source": "mail header"}
    if text.guessed:
        facts["encoding_guessed"] = "yes"
    return Incoming(
        name,
        article,
        told.url,
        told.profile,
        (text.warning,) if text.warning else (),
        Body("message/rfc822", data, facts),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) if value else None


def _date(message: EmailMessage) -> str | None:
    with suppress(InputError):
        return read_date(_header(message, "Date"))
    return None
