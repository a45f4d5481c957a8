"""Which addresses may be opened in a browser, and how they are shown before that.

Pure: no Textual. An address comes from the news, so it is hostile: only `http` and `https`, a host,
and no character that could end the address, start another argument or fool the reader's eye.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_SCHEMES = ("http", "https")
_ALLOWED = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
"""The characters of a URI (RFC 3986, section 2); anything else is written %XX in a real one."""
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Address:
    """An address that is safe to hand on, and the host that it leads to."""

    url: str
    host: str


def checked(url: str | None) -> Address | str:
    """The address, or why it is not opened."""
    if not url or not url.strip():
        return "This article has no web address."
    url = url.strip()
    if len(url) > _LONGEST:
        return "The address is longer than any real one, and is not opened."
    if not _ALLOWED.fullmatch(url):
        return "The address has characters that no web address has, and is not opened."
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "The address is not well formed, and is not opened."
    if parts.scheme.lower() not in _SCHEMES or not host:
        return "Only addresses that begin with http:// or https:// are opened."
    if "@" in parts.netloc:
        return "The address carries a name before its host, as forged ones do; it is not opened."
    return Address(url, host)


def has_browser(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a browser would open in a window of its own.

    Without a desktop the system would start one in this terminal, over the reader.
    """
    if platform in ("darwin", "win32"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
