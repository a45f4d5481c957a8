"""The rules for the head of a line: "Zelensky: C" and "Said Ann Reed, 'Q'"."""

from __future__ import annotations

from claims.cues import VERBS
from claims.lines import QUOTE, Line
from claims.rules.content import Found, Tagged
from claims.rules.phrases import phrase_right, speaks
from claims.text import word_set
from claims.words import PREPOSITIONS, SPEAKER_NOUNS, TIME_WORDS, TITLES

_LABELS = word_set(
    """update breaking watch photo photos video videos note read source sources exclusive
    analysis opinion live by fact facts related image caption credit file see also editor's
    more question answer q a correction topics tags share contact email phone date time
    location published subject re here summary example background key contributing"""
)
"""Words before a colon that name no speaker."""


def headline(line: Line, low: int, high: int, result: Tagged) -> bool:
    """ "Zelensky: The offensive goes on" at the start of a line."""
    words = line.words
    colon = next((k for k in range(low, min(high, low + 8)) if words[k] == ":"), None)
    if colon is None or colon == low or colon + 2 >= high or line.inside[low]:
        return False
    if words[low] in PREPOSITIONS or words[low].endswith("ed"):
        return False
    if not line.capital[low] or words[low] in _LABELS or words[colon - 1] in _LABELS:
        return False
    if any(words[k] in VERBS and not line.capital[k] for k in range(low, colon)):
        return False
    if not (line.capital[colon + 1] or words[colon + 1] == QUOTE or line.inside[colon + 1]):
        return False
    named = all(
        line.capital[k]
        or words[k] in TITLES
        or words[k] in SPEAKER_NOUNS
        or words[k] in ("of", "the", "and", ".")
        for k in range(low, colon)
    )
    if (
        not named
        or len(words[low]) < 2
        or all(words[k] in TIME_WORDS or words[k][0].isdigit() for k in range(low, colon))
    ):
        return False
    quoted = words[colon + 1] == QUOTE
    result.found.append(
        Found(
            [(colon + 1, high)],
            (low, colon),
            [(colon, colon + 1)],
            "headline-colon",
            0.8 if quoted else 0.6,
        )
    )
    return True


def opening_verb(line: Line, low: int, high: int, result: Tagged) -> int | None:
    """ "Said Ann Reed, who grew up there, 'Q'": an inverted cue at the head of a line."""
    words = line.words
    verb = VERBS.get(words[low])
    if verb is None or verb.form not in "ds" or "S" not in verb.frames or QUOTE not in words:
        return None
    quoted = words.index(QUOTE)
    end = phrase_right(line, low + 1, quoted, inverted=True)
    if end <= low + 1 or quoted - end > 20 or not speaks(line, low + 1, end):
        return None
    result.found.append(
        Found([(quoted, quoted + 1)], (low + 1, end), [(low, low + 1)], "verb+quote", 0.85)
    )
    return quoted + 1
