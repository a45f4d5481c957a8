"""Fetching pages and feeds, only when the user asks.

Addresses are checked at every hop, time and size are limited, and nothing is said about the person
who reads: no cookies, no referrer, no scripts, no pictures. A proxy is not used: through it the
address that is reached could not be checked.
"""

from __future__ import annotations

import re
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import SplitResult, urljoin

from store.ingest.addresses import FetchError, checked, resolved

DEADLINE = 30.0
"""Seconds for all of it, redirects included."""
MAX_BYTES = 16 * 2**20
"""Bytes after decompression."""
MAX_HOPS = 5
_AGENT = "warreader (a reader for researchers; fetches only what a person asks for)"
_CHUNK = 2**16


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave."""

    url: str
    """The address after redirects."""
    data: bytes
    media: str = ""
    """The media type, without parameters."""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    """Whether the server says that nothing changed since `etag` or `modified`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much; and whether addresses of one's own network are allowed."""

    deadline: float = DEADLINE
    most: int = MAX_BYTES
    allow_private: bool = False


def fetch(
    url: str, limits: Limits | None = None, *, etag: str | None = None, modified: str | None = None
) -> Fetched:
    """Ask for a web address, with the conditions of an earlier answer. Raises `FetchError`."""
    limits = limits or Limits()
    until = time.monotonic() + limits.deadline
    headers = {
        "User-Agent": _AGENT,
        "Accept": "text/html,application/xhtml+xml,application/xml,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    if etag:
        headers["If-None-Match"] = _header(etag)
    if modified:
        headers["If-Modified-Since"] = _header(modified)
    for _ in range(MAX_HOPS + 1):
        parts = checked(url)
        answer = _ask(parts, headers, limits, until)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise FetchError(f"{url}: more than {MAX_HOPS} redirects")


def _header(value: str) -> str:
    return re.sub(r"[^\x20-\x7e]", "", value)


def _ask(
    parts: SplitResult, headers: dict[str, str], limits: Limits, until: float
) -> Fetched | str:
    """The answer, or where it says to go instead."""
    from urllib3.exceptions import HTTPError

    host = parts.hostname
    assert host is not None
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = resolved(host, port, allow_private=limits.allow_private)
    connection = _connection(parts.scheme, host, address, port, until)
    # Timeouts of sockets are for one read; a server that drips would never meet one.
    alarm = threading.Timer(max(0.0, until - time.monotonic()), _hang_up, [connection])
    alarm.daemon = True
    alarm.start()
    try:
        target = parts.path or "/"
        if parts.query:
            target += "?" + parts.query
        shown = f"[{host}]" if ":" in host else host
        name = shown if port in (80, 443) else f"{shown}:{port}"
        connection.request("GET", target, headers={"Host": name, **headers}, preload_content=False)
        response = connection.getresponse()
        if time.monotonic() >= until:
            raise TimeoutError
        return _answer(parts.geturl(), response, limits, until)
    except (HTTPError, OSError, ValueError, AttributeError) as problem:
        # AttributeError: the library, when the alarm took the connection away under it.
        if time.monotonic() >= until:
            raise FetchError(f"{host}: no whole answer within {limits.deadline:g} s") from None
        reason = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
        raise FetchError(f"{host}: {' '.join(str(reason).split())[:200]}") from None
    finally:
        alarm.cancel()
        connection.close()


def _connection(scheme: str, host: str, address: str, port: int, until: float) -> Any:
    from urllib3.connection import HTTPConnection, HTTPSConnection

    left = max(0.1, until - time.monotonic())
    if scheme == "http":
        return HTTPConnection(address, port, timeout=left)
    return HTTPSConnection(
        address,
        port,
        timeout=left,
        ssl_context=ssl.create_default_context(),
        server_hostname=host,
        assert_hostname=host,
    )


def _hang_up(connection: Any) -> None:
    import socket

    sock = connection.sock
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
    with suppress(Exception):
        connection.close()


def _answer(url: str, response: Any, limits: Limits, until: float) -> Fetched | str:
    status = response.status
    found = response.headers
    if status in (301, 302, 303, 307, 308) and found.get("Location"):
        return str(found["Location"])
    if status == 304:
        return Fetched(url, b"", unchanged=True)
    if status != 200:
        raise FetchError(f"{url}: the server says {status} {response.reason or ''}".rstrip())
    length = found.get("Content-Length", "")
    if length.isdigit() and int(length) > limits.most:
        raise FetchError(f"{url}: is larger than {limits.most // 2**20} MiB")
    pieces, size = [], 0
    while piece := response.read1(_CHUNK, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > limits.most:
            raise FetchError(f"{url}: is larger than {limits.most // 2**20} MiB when unpacked")
    # A connection that was hung up on reads like one that has ended.
    if time.monotonic() >= until:
        raise FetchError(f"{url}: no whole answer within {limits.deadline:g} s")
    data = b"".join(pieces)
    encoded = found.get("Content-Encoding")
    if length.isdigit() and not encoded and size < int(length):
        raise FetchError(f"{url}: the answer ended after {size} of {length} bytes")
    said = Message()
    said["Content-Type"] = _header(found.get("Content-Type", ""))
    return Fetched(
        url,
        data,
        said.get_content_type(),
        said.get_content_charset(),
        found.get("ETag"),
        found.get("Last-Modified"),
    )
