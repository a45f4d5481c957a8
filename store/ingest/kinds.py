"""What a file is, by looking at it: its first bytes, then its name, then its first words."""

from __future__ import annotations

import codecs
import re
from typing import Literal, get_args

from store.ingest.plain import is_json_article

Kind = Literal[
    "auto",
    "text",
    "markdown",
    "html",
    "feed",
    "opml",
    "jsonl",
    "json",
    "csv",
    "eml",
    "pdf",
    "warc",
    "zip",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
HEAD = 4096
"""Bytes that are looked at."""

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"WARC/1.", "warc"),
    (b"\x1f\x8b", "warc"),
)
_SUFFIXES: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".eml": "eml",
    ".mht": "eml",
    ".mhtml": "eml",
    ".rss": "feed",
    ".atom": "feed",
    ".opml": "opml",
    ".txt": "text",
    ".text": "text",
    ".log": "text",
}
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s+html|<(?:html|head|body|article)[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_HEADER = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To):",
    re.IGNORECASE | re.MULTILINE,
)


def kind_of(name: str, head: bytes) -> Kind:
    """The kind of a file by its name and first bytes; plain text where nothing else is seen."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    lower = name.lower()
    suffix = next((s for s in _SUFFIXES if lower.endswith(s)), None)
    if suffix is not None:
        return _SUFFIXES[suffix]
    start = head.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:1]
    if start == b"<":
        if _OPML.search(head):
            return "opml"
        if _HTML.search(head[:1024]) and not _FEED.search(head[:512]):
            return "html"
        if _FEED.search(head):
            return "feed"
        return "html"
    if start in (b"{", b"["):
        if _JSON_FEED.search(head):
            return "feed"
        if lower.endswith(".json"):
            return "json"
        return "jsonl" if is_json_article(head.split(b"\n", 1)[0]) else "text"
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if len(_HEADER.findall(block)) >= 3 and _HEADER.match(block):
        return "eml"
    return "text"
