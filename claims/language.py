"""What language a text is in, as far as extraction must know: whether its rules can read it."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import name

_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F]")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|in|that|said)\b", re.IGNORECASE)


def notes_on(text: str) -> tuple[str, ...]:
    """What the reader should know of a text that the rules do not cover."""
    head = text[:4_000]
    letters = sum(map(str.isalpha, head))
    if not letters:
        return ()
    if len(_LATIN.findall(head)) < letters / 2:
        scripts = Counter(name(c, "other").split()[0] for c in head[:1_000] if c.isalpha())
        script = scripts.most_common(1)[0][0] if scripts else "other"
        return (
            f"written in {_SCRIPTS.get(script, script.capitalize())}: sentences, quotes and"
            " numbers only; attribution is English",
        )
    words = head.split()
    if len(words) > 40 and len(_ENGLISH.findall(head)) * 25 < len(words):
        return (
            "does not look like English: sentences, quotes and numbers, and what rules for English"
            " find",
        )
    return ()


_SCRIPTS = {
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "OTHER": "another script",
}
"""Scripts whose first word in Unicode's names of letters would not be understood."""


__all__ = ["notes_on"]
