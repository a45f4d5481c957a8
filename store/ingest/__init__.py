"""Everything that comes in: one module a kind of input, and one function that knows them all."""

from __future__ import annotations

from store.ingest.dates import read_date
from store.ingest.encoding import decode
from store.ingest.kinds import KINDS, Kind
from store.ingest.model import MAX_TEXT, Body, Given, Incoming, InputError
from store.ingest.plain import read_text, title_of
from store.ingest.reading import read, read_files

__all__ = [
    "KINDS",
    "MAX_TEXT",
    "Body",
    "Given",
    "Incoming",
    "InputError",
    "Kind",
    "decode",
    "read",
    "read_date",
    "read_files",
    "read_text",
    "title_of",
]
