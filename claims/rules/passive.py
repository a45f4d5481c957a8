"""The rules for passive cues: "was quoted as saying", "it was reported that", "is said to"."""

from __future__ import annotations

from claims.cues import IT_PASSIVES, PASSIVE_TO, VERBS
from claims.lines import Line
from claims.rules.complements import complement
from claims.rules.content import Found, Range, Tagged, cut
from claims.rules.phrases import STOPS, Group, is_adverb, phrase_left, phrase_right
from claims.rules.subjects import subject_before
from claims.text import word_set
from claims.words import TIME_WORDS

_CAN = word_set("can cannot can't")


def passive(line: Line, cue: int, group: Group, at: int, high: int, result: Tagged) -> int | None:
    """ "was quoted as saying that C", "it was reported that C", "is believed to hold"."""
    words = line.words
    word = words[cue]
    start = phrase_left(line, group.start, at)
    if start is None or any(words[k] in _CAN for k in range(group.start, cue)):
        return None
    source: Range | None = None
    k = cue + 1
    if k < high and words[k] == "by":
        end = phrase_right(line, k + 1, high, inverted=False)
        if end > k + 1:
            source = (k + 1, end)
            k = end
    if word in ("quoted", "cited", "reported") and k + 1 < high and words[k] == "as":
        verb = VERBS.get(words[k + 1])
        if verb is None or verb.form != "g":
            return None
        after = complement(line, k + 2, high, verb)
        if after.kind == "none":
            return None
        stop = after.start + 1 if after.kind == "quote" else cut(line, after.start, high)
        relays = [source] if source else []
        cues = [(group.start, cue + 1), (k, k + 2)] if source else [(group.start, k + 2)]
        result.found.append(
            Found(
                [(after.start, stop)], (start, group.start), cues, "quoted-as-saying", 0.9, relays
            )
        )
        return stop
    while k < high and (words[k] in TIME_WORDS or is_adverb(words[k])):
        k += 1
    if words[start] == "it" and word in IT_PASSIVES and k < high and words[k] == "that":
        stop = cut(line, k, high)
        result.found.append(
            Found([(k, stop)], source, [(group.start, cue + 1)], "it-was-said", 0.7)
        )
        return stop
    if word == "accused" and k < high and words[k] == "of":
        stop = cut(line, k, high)
        content = [(start, group.start), (k, stop)]
        result.found.append(Found(content, source, [(group.start, cue + 1)], "is-accused-of", 0.65))
        return stop
    if word in PASSIVE_TO and k + 1 < high and words[k] == "to" and words[start] != "it":
        stop = cut(line, k, high)
        content = [(start, group.start), (k, stop)]
        result.found.append(Found(content, source, [(group.start, cue + 1)], "is-said-to", 0.6))
        return stop
    return None


def quoting(line: Line, cue: int, group: Group, at: int, high: int, result: Tagged) -> int | None:
    """ "The agency quoted him as saying that C": his words, passed on by the agency."""
    words = line.words
    for k in range(cue + 2, min(high - 2, cue + 20)):
        if words[k] in STOPS and words[k] != ",":
            return None
        if words[k] != "as":
            continue
        verb = VERBS.get(words[k + 1])
        if verb is None or verb.form != "g":
            continue
        after = complement(line, k + 2, high, verb)
        if after.kind == "none":
            return None
        stop = after.start + 1 if after.kind == "quote" else cut(line, after.start, high)
        found = subject_before(line, group.start, at)
        relays = [(found.start, found.end)] if found else []
        cues = [(group.start, cue + 1), (k, k + 2)]
        result.found.append(
            Found([(after.start, stop)], (cue + 1, k), cues, "quoted-as-saying", 0.9, relays)
        )
        return stop
    return None
