"""What language a text is in, as far as extraction must know: whether its rules can read it."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import islice
from unicodedata import name

from claims.text import word_set

_HEAD = 4_000
"""Characters that are looked at."""
_NOT_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
_BEYOND_ASCII = re.compile(r"[^\x00-\x7F]+")
_LATIN = re.compile(r"[\u00C0-\u024F]")
"""Latin letters beyond ASCII."""
_ENGLISH = re.compile(r"\b(?:the|and|of|to|in|that|said)\b", re.IGNORECASE)


_SHORT = 40
"""Words up to which a text is judged by the function words that it has, not by those it lacks."""
_TWO = 2
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_ENGLISH = word_set(
    "the and of said that with from were they this his her has have had been its their it is"
)
_FUNCTION_WORDS = (
    word_set(
        """der die das dem ein eine einen einem einer und ist sind nicht mit auf für im am zu zum
        zur sich wurde wurden haben bei nach über durch gegen aus um als auch wird"""
    ),
    word_set(
        """le les des du un une et est dans pour par sur avec que qui ont été aux au ce cette ces
        pas sont leur selon contre il elle"""
    ),
    word_set("el los las y en que un una por con para se han fue fueron su sus al lo según como"),
    word_set("il gli che una con per nel nella della delle dei sono ha hanno stato stati alla non"),
    word_set("os em um uma com para por não foram foi dos nas ao pelo pela que mais"),
    word_set("het een en niet zijn op met voor aan werd werden bij ook naar dat deze"),
    word_set("na nie jest się że przez oraz dla po od ale są był zostało"),
    word_set("ve bir bu için ile da olarak çok daha olan dedi"),
)
"""Words that German, French, Spanish, Italian, Portuguese, Dutch, Polish and Turkish cannot do
without; parts of names ("de", "van") are not among them."""


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
    if _fewer(_ENGLISH, head, count / 25) if count > _SHORT else _foreign(head):
        return (
            "does not look like English: sentences, quotes and numbers, and what rules for English"
            " find",
        )
    return ()


def _foreign(text: str) -> bool:
    """Whether a few words are of another language: two of its function words, none of English.

    A small word with a letter beyond ASCII ("tötete") counts as one of them.
    """
    words = _WORD.findall(text)
    # "UN" and "Le Pen" are English; the word that opens the text may be any.
    lows = {word for word in words if word.islower()} | {word.lower() for word in words[:1]}
    if not lows.isdisjoint(_PLAIN_ENGLISH):
        return False
    marked = any(word.islower() and not word.isascii() for word in words)
    return any(len(lows & listed) + marked >= _TWO for listed in _FUNCTION_WORDS)


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
