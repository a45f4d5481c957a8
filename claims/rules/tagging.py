"""The attribution rules over one line: which rule is tried where.

The outer clause wins over an inner one: what stands inside a content is not looked at again.
"""

from __future__ import annotations

from claims.cues import HEARSAY, SPEECH_NOUNS, VERBS
from claims.lines import Line
from claims.rules.according import according
from claims.rules.colon import headline, opening_verb
from claims.rules.content import Range, Tagged
from claims.rules.nominal import hearsay, nominal
from claims.rules.postposed import postposed
from claims.rules.preposed import preposed

WINDOW = 400
"""Tokens that are read as one sentence; a longer one is no sentence and is read in pieces."""


def tag(line: Line) -> Tagged:
    """The attributions of one line, in the order in which they were found."""
    result = Tagged()
    high = len(line)
    while high > 0 and line.words[high - 1] == "." and not line.inside[high - 1]:
        high -= 1
    low = 0
    while low < high and line.words[low] in ("*", "•", "-", "–", "—", "·", ">"):
        low += 1
    if high - low < 2:
        return result
    if headline(line, low, high, result):
        return result
    subject: Range | None = None
    opened = opening_verb(line, low, high, result)
    if opened is not None:
        low, subject = opened, result.found[-1].source
    for start in range(low, high, WINDOW):
        segment(line, start, min(high, start + WINDOW), result, subject, 0)
    return result


def segment(
    line: Line, low: int, high: int, result: Tagged, subject: Range | None, depth: int
) -> None:
    """Tag the tokens from `low` to `high`; `subject` is the source of what went before."""
    words = line.words
    if depth > 8 or high - low < 2:
        return
    cues = [
        k
        for k in range(low, high)
        if not line.inside[k]
        and (
            words[k] in VERBS
            or words[k] in SPEECH_NOUNS
            or words[k] in HEARSAY
            or words[k] in ("according", "per")
        )
    ]
    if not cues:
        return
    for cue in cues:
        if words[cue] in ("according", "per"):
            rest = according(line, cue, low, high, result, subject)
        elif words[cue] in VERBS:
            rest = postposed(line, cue, low, high, result)
        else:
            continue
        if rest is not None:
            source = result.found[-1].source or subject
            segment(line, rest, high, result, source, depth + 1)
            return
    at = low
    for cue in cues:
        if cue < at:
            continue
        word = words[cue]
        done: int | None = None
        if word in VERBS:
            done = preposed(line, cue, at, low, high, result, subject)
        if done is None and word in SPEECH_NOUNS:
            done = nominal(line, cue, at, high, result)
        if done is None and word in HEARSAY:
            done = hearsay(line, cue, at, high, result)
        if done is not None:
            at = done
            if result.found and result.found[-1].source:
                subject = result.found[-1].source
