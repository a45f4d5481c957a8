"""PDF: its text by pypdf in the child process. Needs the extra `pdf`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from claims.model import Article
from claims.text import canonical
from store.ingest import child
from store.ingest.dates import read_date
from store.ingest.model import MAX_TEXT, Body, Given, Incoming, InputError
from store.ingest.plain import clean, title_of

_BROKEN = re.compile(r"(\w)-\n(\w)")
_LINE = re.compile(r"(?<=[^\n.!?:])\n(?=[^\n])")
_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def read_pdf(name: str, given: Given, data: bytes) -> Iterator[Incoming]:
    """A PDF as one article; its offsets hold for the reader that is named in its facts."""
    try:
        if find_spec("pypdf") is None:
            raise InputError("PDF needs pypdf; install it with: pip install 'warreader[pdf]'")
        try:
            found: dict[str, Any] = child.shared().ask("pdf", data)
        except child.ChildError as problem:
            raise InputError(f"cannot be read as PDF: {problem}") from None
        text = canonical(found["text"])
        if not text.strip():
            raise InputError("holds no text; it may be a scan")
        if len(text) > MAX_TEXT:
            raise InputError(f"has more than {MAX_TEXT // 2**20} MiB of text; split it")
        date = read_date(given.date)
    except InputError as problem:
        yield Incoming(name, refusal=str(problem))
        return
    facts = {"reader": found["reader"]}
    if date is None and found.get("date"):
        date, facts["date_source"] = found["date"], "PDF"
    article = Article(
        text=text,
        title=canonical(given.title or found.get("title") or title_of(text, name)),
        outlet=clean(given.outlet),
        byline=clean(given.byline or found.get("author")),
        date=date,
    )
    body = Body("application/pdf", data, facts)
    yield Incoming(name, article, given.url, given.profile, (), body)


def extract(data: bytes) -> dict[str, Any]:
    """In the child: the text of the pages, and what the file says about itself."""
    from io import BytesIO

    import pypdf

    reader = pypdf.PdfReader(BytesIO(data))
    pages = [page.extract_text() or "" for page in reader.pages]
    about: Any = reader.metadata or {}
    day = _DAY.match(str(about.get("/CreationDate", "")))
    return {
        "text": "\n\n".join(flowing(page) for page in pages if page.strip()),
        "title": str(about.get("/Title") or "") or None,
        "author": str(about.get("/Author") or "") or None,
        "date": "-".join(day.groups()) if day else None,
        "reader": f"pypdf {pypdf.__version__}",
    }


def flowing(page: str) -> str:
    """A page's lines joined to paragraphs: words broken at a line end are mended, and a line that
    does not end a sentence goes on in the next."""
    text = "\n".join(line.strip() for line in page.replace("\r\n", "\n").split("\n"))
    text = _BROKEN.sub(r"\1\2", text)
    return _LINE.sub(" ", text)
