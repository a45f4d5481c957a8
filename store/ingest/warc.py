"""WARC archives: every page of the responses in them. Needs the extra `warc`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from store.ingest.model import Given, Incoming
from store.ingest.pages import MAX_PAGE, page_article

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def read_warc(name: str, given: Given, stream: Any) -> Iterator[Incoming]:
    """One article a page that was answered with 200; other records are passed over."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        words = "WARC needs warcio; install it with: pip install 'warreader[warc]'"
        yield Incoming(name, refusal=words)
        return
    number = 0
    try:
        for record in ArchiveIterator(stream):
            number += 1
            if record.rec_type != "response" or record.http_headers is None:
                continue
            media = record.http_headers.get_header("Content-Type") or ""
            if "html" not in media.lower() or record.http_headers.get_statuscode() != "200":
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            where = f"{name}, record {number}"
            data = record.content_stream().read(MAX_PAGE + 1)
            if len(data) > MAX_PAGE:
                words = f"is larger than {MAX_PAGE // 2**20} MiB"
                yield Incoming(where, refusal=words)
                continue
            charset = _CHARSET.search(media)
            told = Given(**{**_fields(given), "url": url})
            yield page_article(where, told, data, charset=charset[1] if charset else None, url=url)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as problem:
        yield Incoming(
            f"{name}, record {number + 1}", refusal=f"is no WARC from here on: {problem}"
        )


def _fields(given: Given) -> dict[str, Any]:
    return {name: getattr(given, name) for name in given.__slots__}
