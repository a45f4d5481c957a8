"""JSON on one line that is safe to print and exact to read back."""

from __future__ import annotations

import json
import re
from typing import Any

from claims.text import displayed

_BEYOND_ASCII = re.compile(r"[^\x20-\x7e]+")


def line(value: Any) -> str:
    """The value as one line of JSON, without the line end.

    Text stays readable (no `\\u2019` for a quotation mark), but every character that a terminal
    or a line reader could act on (control, bidi and zero-width characters, U+2028) is written as
    an escape, which a JSON reader turns back into exactly that character.
    """
    words = json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)
    return printable(words)


def printable(text: str) -> str:
    """Escape what `claims.text.displayed` would have to replace, in text that is already JSON.

    Only strings can hold such characters, so an escape is right wherever one stands.
    """
    return _BEYOND_ASCII.sub(_escaped, text)


def _escaped(run: re.Match[str]) -> str:
    words = run[0]
    shown = displayed(words)
    if shown == words:
        return words
    return "".join(
        was if was == now else json.dumps(was)[1:-1] for was, now in zip(words, shown, strict=True)
    )
