"""Bytes to text: what says the encoding is believed, and a guess is told."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from store.ingest.model import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_HEAD = 4096
"""Bytes in which a page says its encoding; the HTML standard asks for 1024, pages take more."""
_SAMPLE = 64 * 1024
"""Bytes that a guess looks at."""
_LATIN = ("cp1252", "latin_1", "iso8859_15", "ascii", "cp1250", "cp1254", "cp1257", "mac_roman")
"""Guesses that a detector cannot tell apart in a few words; Windows-1252 is the usual one."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes were read."""

    text: str
    encoding: str
    guessed: bool = False
    warning: str | None = None


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of some bytes, and a warning when the encoding had to be guessed.

    A byte-order mark decides; else UTF-8; else a guess: the detector's where it finds a script of
    its own, such as Windows-1251 for Russian, and else Windows-1252.
    Raises `InputError` for data that is no text.
    """
    found = decoded(data)
    return found.text, found.warning


def decoded(data: bytes, said: str | None = None, *, markup: bool = False) -> Decoded:
    """The text of some bytes: byte-order mark, then what was `said` (a header), then what the
    markup says of itself, then UTF-8, then a guess. Raises `InputError` for data that is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as problem:
                raise InputError(
                    f"begins like {encoding} but is not at byte {problem.start}; save it as UTF-8"
                ) from None
    if data.startswith(b"%PDF-"):
        raise InputError("is not a text file; give plain text or JSON lines")
    wide = said is not None and said.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    if b"\0" in data and not wide:
        raise InputError("is not a text file; give plain text or JSON lines")
    for name in (said, _of_itself(data) if markup else None):
        found = _as_said(data, name)
        if found is not None:
            return found
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as problem:
        name = _guess(data)
        shown = "Windows-1252" if name == "cp1252" else name
        return Decoded(
            data.decode(name, errors="replace"),
            name,
            guessed=True,
            warning=f"not UTF-8 (byte {problem.start}); read as {shown}",
        )


def _of_itself(data: bytes) -> str | None:
    head = data[:_HEAD]
    found = _XML.search(head) or _META.search(head)
    return found[1].decode("ascii") if found else None


def _as_said(data: bytes, name: str | None) -> Decoded | None:
    """None where the bytes are not what was said, or nobody knows the name."""
    if name is None:
        return None
    try:
        known = codecs.lookup(name).name
        # The web reads Latin-1 as Windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels).
        known = "cp1252" if known in ("iso8859-1", "ascii") else known
        return Decoded(data.decode(known), known)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or best.encoding in _LATIN:
        return "cp1252"
    return best.encoding
