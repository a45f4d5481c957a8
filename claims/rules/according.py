"""The rules for "according to S" and "per S", before, after and inside the content."""

from __future__ import annotations

from claims.cues import VERBS
from claims.lines import DASHES, QUOTE, Line
from claims.rules.content import Found, Range, Tagged, cut, has_own_cue, has_verb, without_hedge
from claims.rules.phrases import head, phrase_right
from claims.rules.preposed import preposed
from claims.words import AUXILIARIES, FINITE, LEADING, SPEAKER_NOUNS, TITLES


def according(
    line: Line, cue: int, low: int, high: int, result: Tagged, subject: Range | None
) -> int | None:
    """ "According to S, C" and "C, per S": the token at which the rest begins."""
    words = line.words
    if words[cue] == "according":
        if cue + 2 >= high or words[cue + 1] != "to":
            return None
        first = cue + 2
    else:
        first = cue + 1
        if first >= high or not (
            line.capital[first]
            or words[first] in SPEAKER_NOUNS
            or (words[first] == "the" and words[cue - 1 : cue] == [","])
        ):
            return None
    if line.words[first] == QUOTE:
        return None
    end = phrase_right(line, first, high)
    if end <= first:
        return None
    end = _office(line, end, high)
    source = (first, end)
    cues = [(cue, first)]
    opening = all(words[k] in LEADING or words[k] == "," for k in range(low, cue))
    if opening:
        tail = end
        while tail < high and words[tail] not in (",", ":", QUOTE):
            tail += 1
        if tail >= high - 1:
            tail = end - 1
        if tail + 1 < high and words[tail] == "," and words[tail + 1] in ("who", "which", "whose"):
            tail = next((k for k in range(tail + 1, high) if words[k] in (",", QUOTE)), tail)
        at = tail if words[tail] == QUOTE else tail + 1
        if at >= high:
            if words[tail:] == [":"]:
                result.opening = Found([], source, cues, "according-to", 0.9)
            return None
        stop = cut(line, at, high)
        result.found.append(Found([(at, stop)], source, cues, "according-to", 0.9))
        return stop
    stop = cue - 1 if words[cue - 1] in (",", "(") or words[cue - 1] in DASHES else cue
    start = low
    while start < stop and (words[start] in LEADING or words[start] in (",", ")")):
        start += 1
    if stop - start < 2:
        return None
    inner = _first_preposed(line, start, stop, subject)
    if inner is not None:
        inner.relays.append(source)
        result.found.append(inner)
        return end
    start = without_hedge(line, start, stop)
    content = [(start, stop)]
    rest = end
    if end < high and words[end] == "," and end + 1 < high:
        following = words[end + 1]
        if (
            following not in ("while", "as", "but", "and", "after", "when", "who", "which")
            and not has_own_cue(line, end + 1, high)
            and not following.endswith("ing")
            and not has_verb(line, start, stop)
        ):
            content.append((end + 1, high))
            rest = high
    result.found.append(Found(content, source, cues, "according-to", 0.9))
    return rest


def _office(line: Line, at: int, high: int) -> int:
    """Take in "Jan Novak, head of the centre," when commas close it on both sides."""
    words = line.words
    if at + 1 >= high or words[at] != ",":
        return at
    k = at + 1
    while k < min(high, at + 16) and words[k] != ",":
        if words[k] in AUXILIARIES or words[k] in FINITE or words[k] == QUOTE:
            return at
        k += 1
    if k >= high or words[k] != ",":
        return at
    noun = head(line, at + 1, k)
    return k if noun in SPEAKER_NOUNS or noun in TITLES else at


def _first_preposed(line: Line, low: int, high: int, subject: Range | None) -> Found | None:
    """The first attribution of a clause that another source passes on."""
    for k in range(low, high):
        verb = VERBS.get(line.words[k])
        if verb is None or line.inside[k] or "S" not in verb.frames:
            continue
        inner = Tagged()
        if preposed(line, k, low, low, high, inner, subject) is not None and inner.found:
            return inner.found[0]
    return None
