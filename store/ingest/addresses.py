"""Which addresses may be asked for: public ones, unless the user allows their own network.

A page or feed can point anywhere; a request to an address of this machine or its network could
reach what was never meant to be read (server-side request forgery). Every address that a name
stands for is looked at, and the connection goes to one that was looked at.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from store.errors import StoreError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_CARRIERS = (
    # Networks in which an IPv4 address is carried inside an IPv6 one; `is_global` says yes to them.
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64, RFC 6052
    ipaddress.ip_network("64:ff9b:1::/48"),  # NAT64, RFC 8215
    ipaddress.ip_network("2002::/16"),  # 6to4, RFC 3056
    ipaddress.ip_network("2001::/32"),  # Teredo, RFC 4380
    ipaddress.ip_network("::/96"),  # IPv4-compatible, RFC 4291
)


class FetchError(StoreError):
    """Something could not be fetched; the message is one line that says why."""


def public(address: Address) -> bool:
    """Whether an address is one of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return public(address.ipv4_mapped)
        if any(address in network for network in _CARRIERS):
            return False
    return address.is_global and not address.is_multicast


def checked(url: str) -> SplitResult:
    """The parts of a web address. Raises `FetchError` for what is none."""
    if any(char <= " " or char == "\x7f" for char in url):
        raise FetchError(f"{url!r} is no web address: it has blanks or control characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise FetchError(f"{url} is no web address: {problem}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise FetchError(f"{url} is no web address; it must begin with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{parts.hostname}: an address with a name and password is not fetched")
    return parts


def resolved(host: str, port: int, *, allow_private: bool) -> str:
    """An address of a host, when all of its addresses may be asked for. Raises `FetchError`."""
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise FetchError(f"{host}: {reason.lower()}") from None
    addresses = [str(entry[4][0]).split("%", 1)[0] for entry in found]
    for address in addresses:
        if not allow_private and not public(ipaddress.ip_address(address)):
            raise FetchError(
                f"{host} stands for {address}, which is not of the public internet;"
                " --allow-private fetches it all the same"
            )
    return addresses[0]
