"""Pages, feeds, tables, mail, PDF, WARC and ZIP: what is read, what is refused, and the limits."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_fakes import article

from store import bodies
from store.db import Library
from store.ingest import Given, Incoming, InputError, kinds, read, read_files
from store.ingest.child import Child, ChildError
from store.ingest.feeds import parse_feed, parse_opml
from store.ingest.pages import FALLBACK, all_text, page_article

NOTHING = Given()
PARAGRAPHS = [
    f"The ministry said on day {n} that seven drones were shot down over the river near the town,"
    " while the mayor told reporters that two houses were hit and nobody was hurt."
    for n in range(6)
]
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Drones over town</title>'
    '<meta property="article:published_time" content="2024-08-14T09:00:00Z">'
    '<meta name="author" content="Anna Writer"><meta property="og:site_name" content="Lantern">'
    '<link rel="canonical" href="https://lantern.example/drones"></head><body>'
    "<nav><a href='/'>Home</a><a href='/war'>War</a></nav><article><h1>Drones over town</h1>"
    + "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    + "</article><footer>All rights reserved</footer><script>alert(1)</script></body></html>"
)
HEADS = [b"<rss", b"<html><p>", b"{", b"PK\x05\x06", b"WARC/1.0\r\n", b"\x1f\x8b"]
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<item><title>One</title><link>https://wire.example/1</link>
<pubDate>Wed, 14 Aug 2024 09:00:00 GMT</pubDate>
<description>&lt;p&gt;Kyiv said that it rained.&lt;/p&gt;</description></item>
<item><title>Two</title><link>javascript:alert(1)</link></item></channel></rss>"""


def take(data: bytes | str, name: str) -> list[Incoming]:
    return list(
        read(name, "auto", NOTHING, io.BytesIO(data.encode() if isinstance(data, str) else data))
    )


def only(data: bytes | str, name: str = "x") -> Incoming:
    (found,) = take(data, name)
    return found


class TestLooking:
    @pytest.mark.parametrize(
        ("name", "head", "kind"),
        [
            ("x", b"%PDF-1.7", "pdf"),
            ("x.txt", b"PK\x03\x04", "zip"),
            ("x", b"WARC/1.0\r\n", "warc"),
            ("x.warc.gz", b"\x1f\x8b\x08", "warc"),
            ("x", PAGE.encode()[:300], "html"),
            ("x", b"\xef\xbb\xbf  <html>", "html"),
            ("x.xml", RSS.encode()[:300], "feed"),
            ("x", b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
            ("x", b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
            ("x", b"<opml version='2.0'>", "opml"),
            ("x", b'{"text": "a"}\n{"text"', "jsonl"),
            ("x.json", b'[{"text": "a"}]', "json"),
            ("x.csv", b"text,title\n", "csv"),
            ("x.md", b"# T", "markdown"),
            ("x", b"From: a@b\r\nDate: x\r\nSubject: y\r\n\r\nHi", "eml"),
            ("x", b"From: the front, a report\n\nText", "text"),
            ("x", b"3 < 4", "text"),
            ("x.txt", b"<html>", "text"),
        ],
    )  # fmt: skip
    def test_the_kind_of_a_file(self, name: str, head: bytes, kind: str) -> None:
        assert kinds.kind_of(name, head) == kind

    @settings(max_examples=150, deadline=None)
    @given(
        data=st.one_of(
            st.binary(max_size=300),
            st.tuples(st.sampled_from(HEADS), st.binary(max_size=80)).map(b"".join),
        ),
        name=st.sampled_from(["x", "x.csv", "x.eml", "x.md", "x.json", "x.opml", "x.rss", "x.zip"]),
    )  # fmt: skip
    def test_any_bytes_are_read_or_refused(self, data: bytes, name: str) -> None:
        for incoming in take(data, name):
            assert (incoming.article is None) == (incoming.refusal is not None)


class TestPages:
    def test_the_article_and_what_the_page_says_of_it(self) -> None:
        found = only(PAGE, "saved.html")
        assert found.article is not None and found.body is not None
        assert all(words in found.article.text for words in PARAGRAPHS)
        assert "alert" not in found.article.text and "rights reserved" not in found.article.text
        assert found.article.title == "Drones over town"
        assert (found.article.outlet, found.article.byline) == ("Lantern", "Anna Writer")
        assert (found.article.date, found.url) == ("2024-08-14", "https://lantern.example/drones")
        assert found.body.data == PAGE.encode()
        assert found.body.facts["reader"].startswith("trafilatura")
        assert found.body.facts["date_source"] == "page"

    def test_all_of_the_page_on_request(self) -> None:
        found = page_article("x", Given(whole_page=True), PAGE.encode())
        assert found.article is not None and found.body is not None
        assert "All rights reserved" in found.article.text and "Home" in found.article.text
        assert "alert" not in found.article.text
        assert found.body.facts["reader"] == FALLBACK

    def test_a_page_without_an_article_gives_all_its_text_and_says_so(self) -> None:
        found = only("<html><body><p>Short.</p></body></html>", "x.html")
        assert found.article is not None
        assert found.article.text == "Short."
        assert found.warnings == () or "all its text was taken" in found.warnings[0]

    @pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-16"])
    def test_the_server_or_the_page_says_the_encoding(self, charset: str) -> None:
        page = (
            f"<html><head><meta charset='{charset}'></head><body><p>Киев сообщил.</p></body></html>"
        )
        said = charset if charset == "utf-16" else None
        found = page_article("x", Given(whole_page=True), page.encode(charset), charset=said)
        assert found.article is not None and found.article.text == "Киев сообщил."

    def test_a_guess_is_told(self) -> None:
        words = "Министерство обороны сообщило о потерях противника в районе города. " * 5
        found = only(words.encode("cp1251"), "a.txt")
        assert found.article is not None and "Министерство" in found.article.text
        assert found.body is not None and found.body.facts["encoding_guessed"] == "yes"
        assert "not UTF-8" in found.warnings[0]

    def test_hidden_parts_are_not_text(self) -> None:
        assert all_text("<p>a</p><script>b</script><style>c</style><p>d<br>e</p>") == "a\n\nd\n\ne"


class TestChild:
    def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read(self) -> None:
        child = Child()
        try:
            links = b"<html><body>" + b"<a href='/x'>y</a> " * 100_000 + b"</body></html>"
            with pytest.raises(ChildError, match="took more than"):
                child.ask("page", links, wall=0.5)
            assert PARAGRAPHS[0] in child.ask("page", PAGE.encode())["text"]
        finally:
            child.close()

    def test_a_child_that_dies_is_told(self) -> None:
        child = Child()
        try:
            child.ask("page", PAGE.encode())
            assert child._process is not None
            child._process.kill()
            child._process.wait()
            assert PARAGRAPHS[0] in child.ask("page", PAGE.encode())["text"]
            with pytest.raises(ChildError, match="KeyError"):
                child.ask("nonsense", b"")
        finally:
            child.close()


class TestFeeds:
    def test_items_are_articles(self) -> None:
        first, second = take(RSS, "wire.xml")
        assert first.article is not None and first.body is not None
        assert first.article.text == "Kyiv said that it rained."
        assert (first.article.title, first.article.outlet) == ("One", "Wire")
        assert first.article.date is not None and first.article.date.startswith("2024-08-14T09:00")
        assert first.url == "https://wire.example/1"
        assert first.body.facts["text"] == "summary"
        assert second.article is not None and second.article.text == "Two"
        assert second.url is None  # no link but to the web

    def test_json_feed(self) -> None:
        item = {"id": "1", "url": "https://e.org/1", "content_html": "<p>Moscow denied it.</p>"}
        data = {"version": "https://jsonfeed.org/version/1", "title": "J", "items": [item, 3]}
        (found,) = take(json.dumps(data), "f.json")
        assert found.article is not None and found.article.text == "Moscow denied it."

    def test_a_name_of_a_file_is_not_opened(self) -> None:
        with pytest.raises(InputError, match="no feed"):
            parse_feed(str(Path(__file__)).encode())

    def test_opml_takes_web_addresses_and_nothing_else(self) -> None:
        opml = (
            b'<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/rss"/>'
            b'<outline text="B"><outline xmlUrl="exec:touch /tmp/x" title="B"/></outline>'
            b'<outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="|touch /tmp/x"/></body></opml>'
        )
        assert parse_opml(opml) == [("https://a.example/rss", "A")]
        with pytest.raises(InputError, match="entities"):
            parse_opml(b'<!DOCTYPE a [<!ENTITY x "y">]><opml/>')
        assert "feeds add" in str(only(opml, "subs.opml").refusal)


class TestTables:
    def test_columns_are_known_by_their_names(self) -> None:
        table = (
            'Headline;Body;Source;Date\n"One";"Kyiv said ""no"".\nMore.";Lantern;2024-08-14\n;;;\n'
        )
        (found,) = take(table, "a.csv")
        assert found.article is not None
        assert found.article.text == 'Kyiv said "no".\nMore.'
        assert (found.article.title, found.article.outlet) == ("One", "Lantern")
        assert found.where == "a.csv, line 2"

    def test_a_table_without_texts_says_what_it_has(self) -> None:
        assert "it has: a, b" in str(only("a,b\n1,2\n", "a.csv").refusal)


class TestMail:
    def test_a_message(self) -> None:
        mail = (
            b"From: Press Office <press@e.example>\r\nSubject: =?utf-8?q?Ru=C3=9F?=\r\n"
            b"Date: Wed, 14 Aug 2024 09:00:00 +0300\r\nMIME-Version: 1.0\r\n"
            b"Content-Type: text/plain; charset=windows-1251\r\n\r\n"
        ) + "Киев сообщил.".encode("cp1251")
        found = only(mail, "m.eml")
        assert found.article is not None
        assert (found.article.text, found.article.title) == ("Киев сообщил.", "Ruß")
        assert (found.article.byline, found.article.date) == (
            "Press Office",
            "2024-08-14T09:00:00+03:00",
        )

    def test_a_page_in_a_message(self) -> None:
        mail = b"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()
        found = only(mail, "m.mht")
        assert found.article is not None and PARAGRAPHS[0] in found.article.text


class TestArchives:
    def test_every_member_is_read_as_outside(self) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("a/one.txt", "Kyiv said it.")
            archive.writestr("two.html", PAGE)
            archive.writestr("../../evil.txt", "Moscow said it.")
            archive.writestr("__MACOSX/x", "no")
            archive.writestr("in.zip", "PK")
        found = take(data.getvalue(), "all.zip")
        assert [one.refusal for one in found] == [
            None,
            None,
            "has a name that leads out of the archive",
            "is an archive in an archive; unpack it first",
        ]

    def test_a_bomb_is_not_unpacked(self) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("zeros.txt", b"0" * 20 * 2**20)
        assert "bomb" in str(only(data.getvalue(), "b.zip").refusal)

    def test_a_folder_with_what_a_browser_saved(self, tmp_path: Path) -> None:
        (tmp_path / "page.html").write_text(PAGE)
        (tmp_path / "page_files").mkdir()
        (tmp_path / "page_files" / "style.txt").write_text("body {}")
        (tmp_path / ".hidden.txt").write_text("no")
        (tmp_path / "link.txt").symlink_to("/etc/hostname")
        found = list(read_files([str(tmp_path)], "auto", NOTHING, io.BytesIO()))
        assert [Path(one.where).name for one in found] == ["page.html"]

    def test_warc(self) -> None:
        pytest.importorskip("warcio")
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        out = io.BytesIO()
        writer = WARCWriter(out, gzip=True)
        for status, url in (
            ("200 OK", "https://e.example/a"),
            ("404 Not Found", "https://e.example/b"),
        ):
            headers = StatusAndHeaders(
                status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0"
            )
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(PAGE.encode()), http_headers=headers
                )
            )
        (found,) = take(out.getvalue(), "a.warc.gz")
        assert found.article is not None and found.url == "https://e.example/a"
        assert "no WARC" in str(take(gzip.compress(b"hello\n" * 50), "x.gz")[-1].refusal)

    def test_pdf(self) -> None:
        pypdf = pytest.importorskip("pypdf")
        out = io.BytesIO()
        writer = pypdf.PdfWriter()
        writer.add_blank_page(100, 100)
        writer.write(out)
        assert "may be a scan" in str(only(out.getvalue(), "a.pdf").refusal)

    def test_a_page_without_a_title_is_called_as_its_file_is(self) -> None:
        body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
        found = only(f"<html><body>{body}</body></html>", "/home/ann/saved/drones-0814.html")
        assert found.article is not None and found.article.title == "drones-0814"


class TestKept:
    def test_the_body_is_kept_with_the_text_and_how_it_was_read(self, library: Library) -> None:
        found = only(PAGE, "saved.html")
        assert found.article is not None
        added = library.articles.add(found.article, url=found.url, body=found.body)
        record = library.articles.get(added.article_id)
        assert record.facts["date_source"] == "page"
        assert bodies.body_of(library, record.text_version_id) == found.body
        assert record.notes == ()
        whole = bodies.read_again(library, added.article_id, Given(whole_page=True))
        assert whole.article is not None and "rights reserved" in whole.article.text
        plain = library.articles.add(article("Nothing more.")).article_id
        assert "nothing is kept" in str(bodies.read_again(library, plain, NOTHING).refusal)
        guessed = only("Министерство сообщило о потерях. ".encode("cp1251") * 9, "a.txt")
        assert guessed.article is not None
        other = library.articles.add(guessed.article, body=guessed.body).article_id
        assert "guessed (cp1251)" in library.articles.get(other).notes[0]
        again = library.articles.add(found.article, url=found.url, body=found.body)
        assert again.outcome == "unchanged"
