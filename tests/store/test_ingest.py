"""Reading articles: encodings, limits, titles, dates, and a clear reason for each refusal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text import canonical
from store import ingest
from store.ingest import (
    Given,
    Incoming,
    InputError,
    Kind,
    decode,
    plain,
    read,
    read_date,
    reading,
    title_of,
)

NOTHING = Given()
WORDS = "“Moscow” said – Київ 😀.\r\nMore.\n"


def from_bytes(
    data: bytes, name: str = "a.txt", kind: Kind = "auto", given: Given = NOTHING
) -> list[Incoming]:
    return list(read(name, kind, given, io.BytesIO(data)))


def only(found: list[Incoming]) -> Incoming:
    (one,) = found
    return one


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    incoming = only(from_bytes(mark + WORDS.encode(encoding)))
    assert incoming.article is not None
    assert (incoming.article.text, incoming.warnings) == (WORDS, ())


def test_other_bytes_are_read_as_windows_1252_with_a_warning() -> None:
    incoming = only(from_bytes("He said “no” – twice.".encode("cp1252")))
    assert incoming.article is not None
    assert incoming.article.text == "He said “no” – twice."
    assert incoming.warnings == ("not UTF-8 (byte 8); read as Windows-1252",)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for incoming in from_bytes(data, "a.txt") + from_bytes(data, "a.jsonl") + from_bytes(data, "-"):
        assert (incoming.article is None) == (incoming.refusal is not None)


@given(st.text(min_size=1))
def test_a_text_comes_in_as_it_is_but_for_control_characters(text: str) -> None:
    data = text.encode("utf-8", "replace")
    text = data.decode()
    incoming = only(from_bytes(data, kind="text"))
    if incoming.article is None:
        assert "\0" in text or not text.removeprefix("\ufeff").strip() or text.startswith("%PDF-")
    else:
        assert incoming.article.text == canonical(text.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "holds no text"),
        (b" \n\t", "holds no text"),
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04\x00\x00", "no ZIP"),
        (b"a\0b", "not a text file"),
        (b"\xff\xfea", "begins like utf-16-le"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, words: str) -> None:
    incoming = only(from_bytes(data))
    assert incoming.refusal is not None and words in incoming.refusal


def test_the_size_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (plain, reading):
        monkeypatch.setattr(module, "MAX_TEXT", 2**20)
    long = b"a" * (2**20 + 1)
    refusal = only(from_bytes(long)).refusal
    assert refusal is not None and "larger than 1 MiB" in refusal
    lines = b'{"text": "one"}\n{"text": "' + long + long + b'"}\n{"text": "three"}\n'
    found = from_bytes(lines, "a.jsonl")
    assert [incoming.refusal is None for incoming in found] == [True, False, True]


def test_json_lines() -> None:
    lines = [
        {"text": "One.", "title": "T", "date": "2024-08-14", "outlet": "O", "byline": "B"},
        {"text": "Two.", "source": "S", "author": "A", "url": "https://e/", "date": None},
        {"title": "no text"},
        {"text": 5},
        {"text": "Three.", "title": 5},
        {"text": "Four.", "date": "someday"},
        {"text": "x", "format": "warreader-article"},
        [],
    ]
    data = "\n".join(map(json.dumps, lines)) + "\n\n{\n" + "[" * 100_000
    found = from_bytes(data.encode(), "in.jsonl")
    first, second = found[0].article, found[1].article
    assert first is not None and second is not None
    assert (first.title, first.date, first.outlet, first.byline) == ("T", "2024-08-14", "O", "B")
    assert (second.outlet, second.byline, found[1].url, second.title) == (
        "S",
        "A",
        "https://e/",
        "Two.",
    )
    undated = found.pop(5)
    assert undated.article is not None and undated.article.date is None
    assert "'someday' is not a date" in undated.warnings[0]
    reasons = [incoming.refusal or "" for incoming in found[2:]]
    for reason, words in zip(
        reasons,
        (
            'not an object with a "text"',
            'not an object with a "text"',
            '"title" must be text',
            "warreader import",
            'not an object with a "text"',
            "is not JSON",
            "is not JSON",
        ),
        strict=True,
    ):
        assert words in reason
    assert found[-2].where == "in.jsonl, line 10"


def test_standard_input_tells_by_its_first_line() -> None:
    found = from_bytes(b'{"text": "One."}\n{"text": "Two."}\n', "-")
    assert [incoming.article and incoming.article.text for incoming in found] == ["One.", "Two."]
    incoming = only(from_bytes(b"{curly} words\nand more.\n", "-"))
    assert incoming.article is not None and incoming.article.text == "{curly} words\nand more.\n"


def test_what_the_user_says_wins() -> None:
    given_ = Given("T", "O", "B", "14 August 2024", "https://e/", "generic")
    incoming = only(
        from_bytes(b'{"text": "x", "title": "no", "date": "2020-01-01"}', "a.jsonl", given=given_)
    )
    assert incoming.article is not None
    assert (incoming.article.title, incoming.article.date) == ("T", "2024-08-14")
    assert (incoming.url, incoming.profile) == ("https://e/", "generic")


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("# Flag over town\n\nText.", "a.txt", "Flag over town"),
        ("Flag over town\nText.", "a.txt", "Flag over town"),
        ("A sentence ends here.\nText.", "dir/name.txt", "name"),
        ("One line only", "name.txt", "name"),
        ("A sentence ends here.\nText.", "-", "A sentence ends here."),
        ("word " * 60, "-", ("word " * 16).strip() + " …"),
        ("A sentence.", "in.jsonl, line 3", "in"),
    ],
)
def test_titles(text: str, name: str, title: str) -> None:
    assert title_of(text, name) == title


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("2024-08-14", "2024-08-14"),
        ("2024-08-14T14:05Z", "2024-08-14T14:05Z"),
        ("2024/08/14", "2024-08-14"),
        ("14 August 2024", "2024-08-14"),
        ("Aug 14, 2024", "2024-08-14"),
        ("31-MAR-1987 11:12:16.40", "1987-03-31"),
        ("08/14/2024", "2024-08-14"),
        ("14/8/2024", "2024-08-14"),
        ("Wed, 14 Aug 2024 14:05:00 GMT", "2024-08-14T14:05:00+00:00"),
        ("", None),
        (None, None),
    ],
)
def test_dates(date: str | None, iso: str | None) -> None:
    assert read_date(date) == iso


@pytest.mark.parametrize(
    "date", ["08/07/2024", "31/31/2024", "yesterday", "2024-13-01", "14.08.24"]
)
def test_a_date_that_could_be_two_or_none_is_refused(date: str) -> None:
    with pytest.raises(InputError, match="write it as 2024-08-14"):
        read_date(date)


def test_files_that_are_not_there_do_not_stop_the_others(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("Text.")
    names = [str(tmp_path / "none.txt"), str(tmp_path), str(good)]
    found = list(ingest.read_files(names, "auto", NOTHING, io.BytesIO()))
    assert [incoming.refusal for incoming in found] == ["no such file or directory", None, None]


def test_decode_reports_the_place() -> None:
    assert decode("é".encode()) == ("é", None)
    with pytest.raises(InputError, match="at byte 0"):
        decode(b"\xef\xbb\xbf\xff")
