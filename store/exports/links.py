"""Addresses that an export may turn into links: plain web addresses and nothing else."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_SAFE = "!#$%&'*+,-./:;=?@[]_~"
"""What RFC 3986 allows unescaped, without brackets and quotes that could end a link early."""


def web_address(url: str) -> str | None:
    """The address, percent-encoded, if it is `http` or `https` and names a host; else None.

    Blanks and control characters inside are refused, not repaired: a browser would drop them and
    read another address than the one that stands there.
    """
    if any(char <= " " or 0x7F <= ord(char) < 0xA0 for char in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    try:
        return quote(url, safe=_SAFE)
    except UnicodeEncodeError:
        return None
