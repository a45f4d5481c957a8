"""What language a text is in, as far as extraction must know: whether its rules can read it."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import islice
from unicodedata import name

_HEAD = 4_000
"""Characters that are looked at."""
_NOT_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
_BEYOND_ASCII = re.compile(r"[^\x00-\x7F]+")
_LATIN = re.compile(r"[\u00C0-\u024F]")
"""Latin letters beyond ASCII."""
_ENGLISH = re.compile(r"\b(?:the|and|of|to|in|that|said)\b", re.IGNORECASE)


def notes_on(text: str) -> tuple[str, ...]:
    """What the reader should know of a text that the rules do not cover."""
    head = text[:_HEAD]
    # English has few letters beyond ASCII: only those are looked at one by one.
    plain = len(head.encode("ascii", "ignore").translate(None, _NOT_LETTERS))
    others = "".join(_BEYOND_ASCII.findall(head))
    letters = plain + sum(map(str.isalpha, others))
    if not letters:
        return ()
    if plain + len(_LATIN.findall(others)) < letters / 2:
        scripts = Counter(name(c, "other").split()[0] for c in head[:1_000] if c.isalpha())
        script = scripts.most_common(1)[0][0] if scripts else "other"
        return (
            f"written in {_SCRIPTS.get(script, script.capitalize())}: sentences, quotes and"
            " numbers only; attribution is English",
        )
    count = len(head.split())
    if count > 40 and _fewer(_ENGLISH, head, count / 25):
        return (
            "does not look like English: sentences, quotes and numbers, and what rules for English"
            " find",
        )
    return ()


def _fewer(pattern: re.Pattern[str], text: str, least: float) -> bool:
    """Whether a pattern is found fewer than `least` times; stops as soon as it is not."""
    enough = math.ceil(least)
    return sum(1 for _ in islice(pattern.finditer(text), enough)) < enough


_SCRIPTS = {
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "OTHER": "another script",
}
"""Scripts whose first word in Unicode's names of letters would not be understood."""


__all__ = ["notes_on"]
