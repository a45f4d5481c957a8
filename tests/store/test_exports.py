"""Exports: what each format holds, and that hostile text stays text in every one of them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from export_fakes import HOSTILE, document, documents
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from store_fakes import article

from claims.model import Span
from claims.text import displayed
from store.db import Library
from store.errors import StoreError
from store.exports import FORMATS, csvtable, export, markdown
from store.exports.links import web_address
from store.exports.marks import marked
from store.exports.model import Document, Losses, Options
from store.records import ClaimFilter, Status
from store.wording import one_line

HTML = "html"
relaxed = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


class Page(HTMLParser):
    """What a browser would see: the tags with their attributes, the text, the links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def parsed(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    assert page.open == []
    return page


TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "nav", "ol", "ul", "li", "article"),
    *("header", "h1", "h2", "p", "section", "a", "b", "i", "mark", "small", "sup", "span", "div"),
    *("bdi", "del", "code", "table", "caption", "thead", "tbody", "tr", "th", "td", "footer"),
}


def check_page(text: str) -> Page:
    """Nothing in the page runs, loads or is styled from outside, and nothing points elsewhere."""
    page = parsed(text)
    for tag, attributes in page.tags:
        assert tag in TAGS
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in ("style", "src", "action", "srcdoc")
            if name == "href":
                assert value is not None and re.match(r"#a\d+|https?://[^\s]+\Z", value)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes.get("href", "") or "" for _, attributes in page.tags}
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)
    return page


def whole(exporter: str, *found: Document, **options: bool) -> str:
    return "".join(map(str, FORMATS[exporter].write(found, Options(**options), Losses())))


def harmed() -> Document:
    """A document whose claim tells of Ukrainian victims."""
    found = document()
    (record,) = found.claims
    told = replace(record, claim=replace(record.claim, victims="ukraine"))
    return replace(found, claims=(told,))


def test_reports_name_the_side_of_the_victims() -> None:
    assert "- victims: Ukraine" in whole("markdown", harmed())
    assert "victims: Ukraine" in "".join(parsed(whole(HTML, harmed())).words)
    assert json.loads(whole("jsonl", harmed()))["claims"][0]["victims"] == "ukraine"


class TestCsv:
    def test_a_row_holds_the_claim(self) -> None:
        (row,) = rows(whole("csv", document(note="seen")))
        assert row["quote"] == "Russia lost 3 tanks"
        assert (row["start_cp"], row["end_cp"], row["content_spans"]) == ("12", "31", "12..31")
        assert (row["figure_low"], row["unit"], row["figures"]) == ("3", "tanks", "3 tanks")
        assert (row["status"], row["annotator"], row["note"]) == ("accepted", "ann", "seen")
        assert (row["sentence_no"], row["source"], row["cue"]) == ("1", "Kyiv", "said")

    def test_whose_people_were_harmed_has_a_column(self) -> None:
        assert [row["victims"] for row in rows(whole("csv", document()))] == [""]
        (row,) = rows(whole("csv", harmed()))
        assert row["victims"] == "ukraine"

    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-7 killed", "@SUM(A1)", "\t=1", "\r=1", " =1"])
    def test_a_formula_becomes_text(self, cell: str) -> None:
        assert csvtable.guarded(cell) == "'" + cell
        (row,) = rows(whole("csv", document(note=cell)))
        assert row["note"] == "'" + cell
        (row,) = rows(whole("csv", document(note=cell), raw=True))
        assert row["note"] == cell

    def test_numbers_stand_bare_and_lines_end_as_the_rfc_says(self) -> None:
        text = whole("csv", document())
        assert text.endswith("\r\n")
        assert ',12,31,"12..31",' in text

    def test_hidden_characters_are_counted_and_left_alone(self) -> None:
        found = document("Kyiv 😀 said 7 \u202eerom dna\u202c killed.", note="")
        (row,) = rows(whole("csv", found))
        assert row["hidden_characters"] == "2"
        assert "\u202e" in row["quote"]

    def test_a_byte_order_mark_only_when_asked(self) -> None:
        assert whole("csv", document(), bom=True).startswith("\ufeff")
        assert not whole("csv", document()).startswith("\ufeff")

    @relaxed
    @given(documents())
    def test_the_csv_module_reads_what_was_meant(self, found: Document) -> None:
        for raw in (False, True):
            read = rows(whole("csv", found, raw=raw))
            assert len(read) == len(found.claims)
            for row, record in zip(read, found.claims, strict=True):
                quote = " … ".join(span.of(found.article.text) for span in record.claim.content)
                for name, value in (
                    ("quote", quote),
                    ("note", record.note),
                    ("title", found.article.summary.title),
                    ("side", record.claim.side),
                    ("claimant", record.claim.speaker or ""),
                ):
                    assert row[name] == (value if raw else csvtable.guarded(value))
                if not raw:
                    for name, cell in row.items():
                        number = re.fullmatch(r"-?[\d.]+(e[-+]\d+)?", cell)
                        assert number or not cell.lstrip(" ").startswith(("=", "+", "-", "@")), name


class TestHtml:
    def test_the_page_shows_the_marked_text_and_the_claims(self) -> None:
        page = check_page(whole("html", document(url="https://example.org/a", note="seen")))
        words = "".join(page.words)
        assert "Tanks" in words and "Russia lost 3 tanks" in words and "“seen”" in words
        marks = [attributes for tag, attributes in page.tags if tag == "mark"]
        assert marks == [{"class": "toll"}]
        assert any(attributes.get("href") == "https://example.org/a" for _, attributes in page.tags)

    def test_nothing_but_its_own_style_is_allowed(self) -> None:
        text = whole("html", document())
        policy = next(
            attributes["content"]
            for tag, attributes in parsed(text).tags
            if attributes.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy is not None
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_hostile_strings_stay_text(self, hostile: str) -> None:
        found = document(
            "Kyiv 😀 said Russia lost 3 tanks. " + hostile,
            title=hostile,
            url=hostile,
            note=hostile,
            speaker=hostile,
        )
        page = check_page(whole("html", found))
        assert one_line(hostile) in " ".join("".join(page.words).split())

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//e", "http://"]
    )
    def test_only_web_addresses_become_links(self, url: str) -> None:
        page = check_page(whole("html", document(url=url)))
        assert url in "".join(page.words)

    def test_a_rejected_claim_is_listed_and_not_marked(self) -> None:
        page = check_page(whole("html", document(status=Status.REJECTED)))
        tags = [tag for tag, _ in page.tags]
        assert "mark" not in tags and "del" in tags

    @relaxed
    @given(documents())
    def test_any_document_gives_a_harmless_page(self, found: Document) -> None:
        text = whole("html", found)
        page = check_page(text)
        assert displayed(text) == text
        assert text == whole("html", found)
        words = " ".join("".join(page.words).split())
        assert one_line(found.article.summary.title) in words


class TestMarkdown:
    def test_the_report_reads(self) -> None:
        text = whole("markdown", document(note="seen"))
        assert text.startswith("# Tanks\n\nLantern · 2024-08-14\n")
        assert "### 1. L losses: Kyiv (Ukraine), accepted ✓" in text
        assert "> Russia lost 3 tanks" in text
        assert "- note: seen" in text
        assert "said **1L** Russia lost 3 tanks. Moscow denies it." in text

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_hostile_strings_stay_text(self, hostile: str) -> None:
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        (token,) = (
            token
            for token in parser.parse(f"> {markdown.escaped(hostile, first=True)}")
            if token.type == "inline"
        )
        children = token.children or []
        assert {child.type for child in children} <= {"text", "text_special"}
        assert "".join(child.content for child in children) == one_line(hostile)

    @relaxed
    @given(documents())
    def test_any_document_gives_no_link_image_or_markup_of_its_own(self, found: Document) -> None:
        text = whole("markdown", found)
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
        inner = [child for token in tokens for child in token.children or []]
        kinds = {token.type for token in tokens} | {child.type for child in inner}
        assert not kinds & {"html_block", "html_inline", "image", "table_open", "s_open", "fence"}
        for child in inner:
            if child.type == "link_open":
                assert child.attrs["href"] == web_address(found.article.summary.url or "")
        assert [t.content for t in tokens if t.type == "code_block"] == []
        headings = sum(token.type == "heading_open" for token in tokens)
        assert headings == 3 + len(found.claims)


class TestJsonl:
    def test_the_line_holds_spans_with_their_words(self) -> None:
        (line,) = whole("jsonl", document()).splitlines()
        record = json.loads(line)
        (claim,) = record["claims"]
        assert record["format"] == "warreader-article"
        assert claim["content"] == [[12, 31]]
        assert claim["quotes"] == {
            "source": ["Kyiv"],
            "cue": ["said"],
            "content": ["Russia lost 3 tanks"],
        }
        assert (claim["status"], claim["annotator"], claim["tags"]) == ("accepted", "ann", ["t"])
        assert "text" not in json.loads(whole("jsonl", document(), text=False))

    @relaxed
    @given(documents())
    def test_one_line_that_no_terminal_acts_on_and_that_is_exact(self, found: Document) -> None:
        text = whole("jsonl", found)
        assert len(text.splitlines()) == 1
        assert displayed(text) == text
        record = json.loads(text)
        assert record["text"] == found.article.text
        for claim, kept in zip(record["claims"], found.claims, strict=True):
            assert claim["note"] == kept.note
            for part in ("source", "cue", "content"):
                for (start, end), words in zip(claim[part], claim["quotes"][part], strict=True):
                    assert record["text"][start:end] == words


class TestMarks:
    @relaxed
    @given(documents())
    def test_segments_tile_the_paragraphs_and_every_shown_claim_begins_and_ends_once(
        self, found: Document
    ) -> None:
        text = found.article.text
        paragraphs = [Span(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", text)]
        begun: list[int] = []
        ended: list[int] = []
        for paragraph, segments in marked(found.claims, paragraphs):
            assert "".join(s.span.of(text) for s in segments) == paragraph.of(text)
            for segment in segments:
                begun += segment.begins
                ended += segment.ends
                for position in segment.contents:
                    content = found.claims[position].claim.content
                    assert any(span.covers(segment.span) for span in content)
        assert sorted(begun) == sorted(ended)
        assert len(set(begun)) == len(begun)
        for position, record in enumerate(found.claims):
            inside = any(p.overlaps(span) for span in record.claim.content for p in paragraphs)
            assert (position in begun) == (inside and record.status is not Status.REJECTED)


class TestLibrary:
    @pytest.mark.parametrize("name", list(FORMATS))
    def test_every_format_gives_the_same_bytes_twice(self, library: Library, name: str) -> None:
        if FORMATS[name].needs:
            needed = {"uima": "cassis", "parquet": "pyarrow", "spacy": "spacy"}
            pytest.importorskip(needed[str(FORMATS[name].needs)])
        first = library.articles.add(article()).article_id
        library.articles.add(article("Moscow struck a bridge.", title="Bridge"))
        library.decisions.accept(first, library.claims.of(first)[0].id)
        once, again = (b"".join(export(library, name)) for _ in range(2))
        assert once == again and once

    def test_a_filter_limits_claims_articles_and_log(self, library: Library) -> None:
        first = library.articles.add(article()).article_id
        library.articles.add(article("The weather was fine.", title="Weather"))
        claims = library.claims.of(first)
        library.decisions.accept(first, claims[0].id)
        library.decisions.reject(first, claims[1].id)
        where = ClaimFilter(statuses=("accepted",))
        (line,) = b"".join(export(library, "jsonl", where=where)).splitlines()
        record = json.loads(line)
        assert [claim["id"] for claim in record["claims"]] == [claims[0].id]
        assert {entry["claim_id"] for entry in record["decisions"]} == {claims[0].id}
        everything = b"".join(export(library, "jsonl")).splitlines()
        assert len(everything) == 2

    def test_an_unknown_format_is_refused_at_once(self, library: Library) -> None:
        with pytest.raises(StoreError, match="choose jsonl, csv, markdown, html"):
            export(library, "docx")


def test_addresses() -> None:
    assert web_address("https://example.org/a b") is None
    assert web_address("https://example.org/é?q=<") == "https://example.org/%C3%A9?q=%3C"
    assert web_address("http://[::1") is None
    assert web_address("ja\tvascript:alert(1)") is None
