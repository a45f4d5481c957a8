"""Fetching from a server that redirects, drips, lies and bombs; and which addresses are asked."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import ClassVar

import pytest

from store.db import Library
from store.ingest import Given
from store.ingest.addresses import FetchError, checked, public, resolved
from store.ingest.fetching import Limits, fetch
from store.ingest.online import read_address
from store.subscriptions import ask, find, remember, subscribe, subscriptions, unsubscribe, wanted

FEED = b"""<rss version="2.0"><channel><title>Wire</title>
<item><title>One</title><link>https://wire.example/1</link>
<description>Kyiv said it.</description></item></channel></rss>"""
HERE = Limits(deadline=5, most=2**20, allow_private=True)


class Handler(BaseHTTPRequestHandler):
    """Answers by the path."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]] = []

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        Handler.asked.append(self.path)
        name = self.path.partition("?")[0].strip("/")
        getattr(self, f"on_{name}", self.on_nothing)()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def on_nothing(self) -> None:
        self.answer(b"", 404)

    def on_page(self) -> None:
        page = "<html><body><p>Київ сказав.</p></body></html>"
        self.answer(page.encode("cp1251"), Content_Type="text/html; charset=windows-1251")

    def on_liar(self) -> None:
        page = '<html><head><meta charset="koi8-r"></head><body><p>Киев сказал.</p></body></html>'
        self.answer(page.encode("koi8-r"), Content_Type="text/plain; charset=utf-8")

    def on_away(self) -> None:
        self.answer(b"", 302, Location="/page")

    def on_round(self) -> None:
        self.answer(b"", 302, Location="/round")

    def on_file(self) -> None:
        self.answer(b"", 302, Location="file:///etc/passwd")

    def on_inside(self) -> None:
        self.answer(b"", 302, Location="http://169.254.169.254/latest/meta-data")

    def on_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def on_heads(self) -> None:
        try:
            for letter in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000:
                self.wfile.write(bytes([letter]))
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def on_large(self) -> None:
        self.answer(b"x", Content_Length=str(2**30))

    def on_bomb(self) -> None:
        self.answer(gzip.compress(b"0" * 2**25), Content_Encoding="gzip", Content_Type="text/html")

    def on_short(self) -> None:
        self.answer(b"half", Content_Length="100", Connection="close")
        self.close_connection = True

    def on_feed(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.answer(b"", 304)
        else:
            self.answer(FEED, ETag='"v1"', Content_Type="text/plain")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
            *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "ff02::1"),
            *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "::"),
        ],
    )
    def test_no_address_of_ones_own_network(self, address: str) -> None:
        assert not public(ip_address(address))

    @pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
    def test_public_ones(self, address: str) -> None:
        assert public(ip_address(address))

    @pytest.mark.parametrize(
        "host",
        ["127.1", "0x7f000001", "2130706433", "0177.0.0.1", "localhost", "localhost.", "::1"],
    )
    def test_other_spellings_of_this_machine(self, host: str) -> None:
        with pytest.raises(FetchError, match=r"not of the public internet|not known|resolution"):
            resolved(host, 80, allow_private=False)

    @pytest.mark.parametrize(
        "url",
        [
            *("file:///etc/passwd", "javascript:alert(1)", "--renderer-cmd-prefix=x", "//e", ""),
            *(
                "http://",
                "http://a b/",
                "http://e\n/",
                "ftp://e/",
                "http://u:p@e/",
                "http://e:99999",
            ),
        ],
    )
    def test_what_is_no_web_address(self, url: str) -> None:
        with pytest.raises(FetchError):
            checked(url)


class TestServer:
    def test_a_page_in_its_encoding_after_a_redirect(self, server: str) -> None:
        (found,) = read_address(f"{server}/away", Given(whole_page=True), HERE)
        assert found.article is not None and found.body is not None
        assert found.article.text == "Київ сказав."
        assert found.body.facts["final_url"] == f"{server}/page"

    def test_a_wrong_encoding_and_type_are_seen_through(self, server: str) -> None:
        (found,) = read_address(f"{server}/liar", Given(whole_page=True), HERE)
        assert found.article is not None and found.article.text == "Киев сказал."

    def test_nothing_of_this_machine_is_asked_unless_allowed(self, server: str) -> None:
        Handler.asked.clear()
        with pytest.raises(FetchError, match="--allow-private"):
            fetch(f"{server}/page", Limits())
        assert Handler.asked == []

    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ("round", "redirects"),
            ("file", "no web address"),
            ("large", "larger than 1 MiB"),
            ("bomb", "larger than 1 MiB when unpacked"),
            ("short", r"ended|IncompleteRead|incomplete|broken"),
            ("gone", "404"),
        ],
    )
    def test_what_goes_wrong_is_told(self, server: str, path: str, words: str) -> None:
        with pytest.raises(FetchError, match=words):
            fetch(f"{server}/{path}", HERE)

    def test_a_redirect_inside_is_checked_like_the_first(
        self, server: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The first hop is let through, as a public address would be.
        from store.ingest import fetching

        def once(host: str, port: int, *, allow_private: bool) -> str:
            return resolved(host, port, allow_private=host == "127.0.0.1")

        monkeypatch.setattr(fetching, "resolved", once)
        with pytest.raises(FetchError, match="not of the public internet"):
            fetch(f"{server}/inside", Limits())

    @pytest.mark.parametrize("path", ["drip", "heads"])
    def test_a_server_that_drips_is_left_at_the_deadline(self, server: str, path: str) -> None:
        began = time.monotonic()
        with pytest.raises(FetchError, match="within 1 s"):
            fetch(f"{server}/{path}", Limits(deadline=1, allow_private=True))
        # It would go on for ten seconds and more.
        assert time.monotonic() - began < 8


class TestSubscriptions:
    def test_a_feed_is_asked_with_what_it_said_last(self, server: str, library: Library) -> None:
        url = f"{server}/feed"
        assert subscribe(library, [(url, ""), ("file:///x", "")])[0] == 1
        (one,) = subscriptions(library)
        found, answer = ask(one, HERE)
        (item,) = wanted(library, found.items)
        assert item.article is not None
        library.articles.add(item.article, url=item.url, body=item.body)
        remember(library, found, answer, "1 added")
        (one,) = subscriptions(library)
        assert (one.etag, one.said) == ('"v1"', "1 added")
        again, _ = ask(one, HERE)
        assert again.unchanged

    def test_a_summary_does_not_take_the_place_of_the_full_text(
        self, server: str, library: Library
    ) -> None:
        subscribe(library, [(f"{server}/feed", "Wire")])
        found, _ = ask(find(library, "wire"), HERE)
        (item,) = found.items
        assert item.article is not None
        library.articles.add(item.article, url=item.url)
        assert list(wanted(library, found.items)) == []
        unsubscribe(library, "1")
        assert subscriptions(library) == []

    def test_a_bad_feed_is_told(self, server: str, library: Library) -> None:
        subscribe(library, [(f"{server}/page", "")])
        found, answer = ask(find(library, "1"), HERE)
        assert answer is None and found.problem is not None and "no feed" in found.problem
