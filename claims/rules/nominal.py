"""The rules for cues that are no verbs: nouns ("S's claim that") and adverbs ("reportedly")."""

from __future__ import annotations

from claims.cues import VERBS
from claims.lines import Line
from claims.rules.complements import complement
from claims.rules.content import Found, Range, Tagged, cut
from claims.rules.phrases import is_adverb, nounish, phrase_left, phrase_right, speaks
from claims.text import word_set
from claims.words import AUXILIARIES, BE, DETERMINERS, FINITE, LEADING, TIME_WORDS

_SOURCELESS_NOUNS = word_set(
    """claims claim reports report allegations allegation rumours rumors rumour rumor speculation
    accusations accusation suggestions fears concerns"""
)


def nominal(line: Line, cue: int, at: int, high: int, result: Tagged) -> int | None:
    """ "S's claim that C", "a claim by S that C", "reports that C"."""
    words = line.words
    k = cue + 1
    source: Range | None = None
    if k < high and words[k] in ("by", "from", "of"):
        end = phrase_right(line, k + 1, high)
        if end > k + 1 and speaks(line, k + 1, end):
            source = (k + 1, end)
            k = end
    if k >= high or words[k] not in ("that",) or k + 2 >= high:
        return None
    if words[k + 1] in AUXILIARIES or words[k + 1] in TIME_WORDS:
        return None
    if words[k + 1] in VERBS or words[k + 1] in FINITE or words[k + 1].endswith("ed"):
        return None  # "reports that appeared": a relative clause
    if source is None:
        source = _owner(line, cue, at)
    if source is None and words[cue] not in _SOURCELESS_NOUNS:
        return None
    stop = cut(line, k, high)
    confidence = 0.75 if source else 0.5
    result.found.append(Found([(k, stop)], source, [(cue, cue + 1)], "claim-that", confidence))
    return stop


def _owner(line: Line, noun: int, at: int) -> Range | None:
    """Whose claim: "Russia's latest claim", "his claim", "Russian claims"."""
    words = line.words
    if words[noun - 1] == ")":
        start = phrase_left(line, noun, at)
        return (start, noun) if start is not None else None
    low = max(at, noun - 8)
    for k in range(noun - 1, low - 1, -1):
        word = words[k]
        if word in ("his", "her", "their", "its", "our", "my"):
            return k, k + 1
        if word.endswith("'s") or (word == "'" and k > low):
            start = phrase_left(line, k + 1, at)
            return (start, k + 1) if start is not None else (k, k + 1)
        if not nounish(line, k):
            break
    k = noun
    while k > low and nounish(line, k - 1) and words[k - 1] not in DETERMINERS:
        k -= 1
    if k < noun and line.capital[k] and k > 0:
        return k, noun
    return None


def hearsay(line: Line, cue: int, at: int, high: int, result: Tagged) -> int | None:
    """ "reportedly": the clause is someone's, left unnamed."""
    words = line.words
    for k in range(cue + 1, min(high, cue + 4)):
        verb = VERBS.get(words[k])
        if verb is not None and complement(line, k + 1, high, verb).kind not in ("none", "phrase"):
            return None
        if not (words[k] in AUXILIARIES or is_adverb(words[k]) or words[k] in BE):
            break
    start = at
    while start < cue and (words[start] in LEADING or words[start] == ","):
        start += 1
    stop = cut(line, cue + 1, high)
    content = [piece for piece in ((start, cue), (cue + 1, stop)) if piece[1] > piece[0]]
    if not content or stop - cue < 2:
        return None
    result.found.append(Found(content, None, [(cue, cue + 1)], "reportedly", 0.6))
    return stop
