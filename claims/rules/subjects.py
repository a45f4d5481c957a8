"""Finds the subject of a cue: right before it, before an interruption, or the sentence's own."""

from __future__ import annotations

from typing import NamedTuple

from claims.cues import DOCUMENTS
from claims.lines import DASHES, QUOTE, Line
from claims.rules.phrases import (
    APPOSITION,
    REACH,
    STOPS,
    head,
    is_adverb,
    nounish,
    phrase_left,
    phrase_right,
    speaks,
)
from claims.text import word_set
from claims.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    LEADING,
    PREPOSITIONS,
    SPEAKER_NOUNS,
    TIME_WORDS,
    TITLES,
)


class Subject(NamedTuple):
    """The tokens of a source: `start` to `end`, and where what belongs to it begins at all."""

    start: int
    end: int
    outer: int


def subject_before(line: Line, group_start: int, low: int) -> Subject | None:
    """The subject of a verb group: right before it, or before what stands between commas."""
    words = line.words
    at = group_start - 1
    if at < low:
        return None
    if words[at] == "," or (words[at] in DASHES and at > low):
        return _interrupted(line, at, low)
    if words[at] == QUOTE:
        return None
    end = _without_time(line, group_start, low)
    start = phrase_left(line, end, low)
    if start is None:
        return None
    return Subject(start, end, start)


def _without_time(line: Line, end: int, low: int) -> int:
    """Step back over "this week" and "on Monday" between a subject and its verb."""
    words = line.words
    at = end
    while at - 1 > low and words[at - 1] in TIME_WORDS and words[at - 1] not in ("may", "now"):
        at -= 1
    if at == end or at - 1 <= low:
        return end
    if words[at - 1] in ("on", "in", "at") and at - 2 > low:
        at -= 1
    return at if nounish(line, at - 1) else end


_INTERRUPTS = word_set(
    """however too meanwhile though when while asked speaking citing quoting who which whose once
    also then for in on at during after before as with without like such"""
)


def _interrupted(line: Line, comma: int, low: int) -> Subject | None:
    """ "Tom Reed, the head of the office, said": the subject stands before the first comma."""
    words = line.words
    mark = words[comma]
    right = comma
    floor = max(low, comma - REACH)
    k = comma - 1
    commas = 0
    while k >= floor and commas < 5:
        word = words[k]
        if word == QUOTE or word in (";", ":"):
            return None
        if word == mark or (mark != "," and word in DASHES):
            commas += 1
            first = words[k + 1]
            joins = first in ("and", "or") and mark == ","
            if joins or first in ("but", "because", "if", "that", "so") or k + 1 >= right:
                k -= 1
                continue
            start = phrase_left(line, k, low)
            if start is not None and k - start <= 24 and not _holds_verb(line, k + 1, comma):
                plain = start == low or words[start - 1] in STOPS or start > 0
                named = (
                    speaks(line, start, k)
                    or head(line, start, k) in DOCUMENTS
                    or line.capital[k + 1]
                )
                relation = (
                    first in APPOSITION
                    or first in _INTERRUPTS
                    or first[0].isdigit()
                    or first.endswith(("ing", "ed", "ly"))
                    or first in PREPOSITIONS
                    or (line.capital[k + 1] and words[start] in DETERMINERS)
                    or (line.capital[k + 1] and first.removesuffix("'s") != first)
                    or head(line, k + 1, comma) in SPEAKER_NOUNS
                    or head(line, k + 1, comma) in TITLES
                )
                if plain and named and relation and not _list_item(line, start, k):
                    whole = (
                        first in APPOSITION
                        or first[0].isdigit()
                        or line.capital[k + 1]
                        or head(line, k + 1, comma) in SPEAKER_NOUNS
                    ) and first not in _INTERRUPTS
                    return Subject(start, comma if whole else k, start)
        k -= 1
    return None


def _holds_verb(line: Line, start: int, end: int) -> bool:
    """Whether what stands between two commas is a clause of its own."""
    words = line.words
    if words[start] in CONJUNCTIONS or words[start] in ("who", "asked", "speaking"):
        return False
    relative = False
    for k in range(start, end):
        if words[k] in ("who", "which", "that", "whose", ","):
            relative = True
        if words[k] in AUXILIARIES and words[k] != "'s" and not relative:
            return True
    return False


def _list_item(line: Line, start: int, end: int) -> bool:
    """Whether a phrase is only an age or a bare number between commas."""
    return end - start == 1 and line.words[start][0].isdigit()


def main_subject(line: Line, low: int, verb: int) -> Subject | None:
    """The subject of the clause that begins at `low`: for ", adding that" and "and said"."""
    words = line.words
    at = low
    for _ in range(4):
        while at < verb and (
            words[at] in LEADING
            or words[at] in (",", ")", "(")
            or (is_adverb(words[at]) and words[at] not in DETERMINERS)
        ):
            at += 1
        if at >= verb:
            return None
        word = words[at]
        if word == QUOTE:
            at += 1
            continue
        adverbial = (
            (word in PREPOSITIONS and word not in ("like",))
            or (word in CONJUNCTIONS and word not in ("that",))
            or word == "to"
            or (word.endswith(("ing", "ed")) and not line.capital[at])
            or (word.endswith("ing") and at == low)
            or (word in TIME_WORDS and at == low)
        )
        if not adverbial:
            break
        following = next((k for k in range(at, min(verb, at + REACH)) if words[k] == ","), None)
        if following is None:
            break
        at = following + 1
    if at >= verb:
        return None
    end = phrase_right(line, at, verb)
    if end <= at:
        return None
    able = speaks(line, at, end) or head(line, at, end) in DOCUMENTS
    if not able and (words[at] not in DETERMINERS or words[at] in ("this", "that")):
        return None
    return Subject(at, end, at)
