"""The rules for content before its cue: "C, S said", "'Q,' said S", "C1, S said, C2"."""

from __future__ import annotations

from claims.cues import VERBS, Verb
from claims.lines import DASHES, QUOTE, Line
from claims.rules.complements import complement, only_adjuncts
from claims.rules.content import (
    Found,
    Range,
    Tagged,
    cited_source,
    cut,
    has_own_cue,
    has_verb,
    is_noun_here,
    is_plural,
    relayed,
    tail_of,
    without_hedge,
)
from claims.rules.phrases import is_adverb, phrase_right, speaks, verb_group
from claims.rules.subjects import Subject, subject_before
from claims.text import word_set
from claims.words import (
    AUXILIARIES,
    FINITE,
    LEADING,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    TIME_WORDS,
    WH,
)

_HUMAN = word_set(
    """say tell claim argue believe think insist hope fear want contend predict vow pledge"""
)
"""Verbs whose subject speaks, whatever its noun."""


_AFTER_QUOTE = word_set("so and but because which or though although yet who if")


def postposed(line: Line, cue: int, low: int, high: int, result: Tagged) -> int | None:
    """ "C, S said", "'Q,' said S", "C1, S said, C2": the token at which the rest begins."""
    words = line.words
    verb = VERBS[words[cue]]
    if not ("q" in verb.frames or "S" in verb.frames) or verb.form in "gn":
        return None
    group = verb_group(line, cue, low)
    if group.infinitive or group.refused or group.passive or (group.modal and not group.negated):
        return None
    start = low
    while start < cue and (words[start] in LEADING or words[start] in (",", ")")):
        start += 1
    if group.start == cue > start and (words[cue - 1] in (QUOTE, ",") or line.inside[cue - 1]):
        placed = _inverted(line, cue, start, high, verb)
        if placed is not None:
            source, tail = placed
            stop = cue - 1 if words[cue - 1] == "," and not line.inside[cue - 1] else cue
            return _place(line, start, stop, source, [(cue, cue + 1)], tail, high, result)
    before = words[group.start - 1] if group.start > low else ""
    if is_noun_here(line, cue, group, verb, before):
        return None
    found = subject_before(line, group.start, low)
    if found is None or (verb.form == "b" and not is_plural(line, found)):
        return None
    if words[found.start] in ("who", "which", "whose"):
        return None
    found = _after_quote(line, found, start)
    start = _quoted_start(line, start, found.outer)
    if found.outer <= start and not (found.outer == start > low and words[start - 1] == ","):
        return None
    mark = words[found.outer - 1]
    after = complement(line, cue + 1, high, verb)
    as_clause = mark == "as"
    if as_clause:
        edge = found.outer - 1
        if edge == start and after.kind == "none":
            tail = tail_of(line, after.start, high)
            if tail < high - 2 and words[tail] == ",":
                stop = cut(line, tail + 1, high)
                cues = [(edge, edge + 1), (group.start, cue + 1)]
                source = (found.start, found.end)
                result.found.append(Found([(tail + 1, stop)], source, cues, "as-said", 0.85))
                return stop
            return None
        if edge - 1 >= start and words[edge - 1] in (",", QUOTE) and after.kind == "none":
            stop = edge if words[edge - 1] == QUOTE else edge - 1
            tail = tail_of(line, after.start, high)
            cues = [(edge, edge + 1), (group.start, cue + 1)]
            source = (found.start, found.end)
            return _place(line, start, stop, source, cues, tail, high, result, rule="as-said")
        return None
    if mark == QUOTE:
        if after.kind == "quote" and _full_stop(line, found.outer - 1):
            return None  # "'Q1.' Earlier he said: 'Q2'"
        if after.kind == "that" or (
            after.kind == "clause" and after.start == cue + 1 and found.outer - 1 > start + 2
        ):
            return None
        stop = found.outer
    elif verb.frames.strip("aqwt") == "" and verb.lemma not in ("tell", "ask"):
        return None  # "laughed", "continued": cues only beside a quotation
    elif (mark == "," or mark in DASHES) and after.kind in ("none", "colon"):
        stop = found.outer - 1
        if not speaks(line, found.start, found.end) and verb.lemma not in _HUMAN:
            return None
        tail = tail_of(line, after.start, high)
        middle = (
            tail < high - 2
            and words[tail] == mark
            and _goes_on(line, tail + 1, high, quoted=False)
            and not (words[start] in WH or words[start] == "as")
        )
        if stop <= start and middle:
            source = (found.start, found.end)
            content = [(tail + 1, cut(line, tail + 1, high))]
            cues = [(group.start, cue + 1)]
            result.found.append(Found(content, source, cues, "clause+verb", 0.8))
            return content[0][1]
        if not middle:
            if stop - start < 3 or not (stop - start > 6 or has_verb(line, start, stop)):
                return None
            if words[start] in PREPOSITIONS and not has_verb(line, start, stop):
                return None
    else:
        return None
    tail = cue + 1 if after.kind == "quote" else tail_of(line, after.start, high)
    cues = [(group.start, max(cue + 1, min(after.cue_end, tail)))]
    return _place(line, start, stop, (found.start, found.end), cues, tail, high, result)


def _full_stop(line: Line, quote: int) -> bool:
    """Whether a quotation ends in a full stop, so that a new sentence begins behind it."""
    end = line.ends[quote]
    return line.text[max(0, end - 3) : end].rstrip("\"'”’»")[-1:] == "."


def _after_quote(line: Line, subject: Subject, low: int) -> Subject:
    """ "'Q,' the heads of A, B and C said": all from the quotation on, if no verb comes between."""
    words = line.words
    if words[subject.start] in SUBJECT_PRONOUNS:
        return subject
    for k in range(subject.outer - 1, max(low, subject.outer - 40) - 1, -1):
        if words[k] == QUOTE:
            if k + 1 < subject.outer:
                return Subject(k + 1, subject.end, k + 1)
            return subject
        if words[k] in VERBS or words[k] in AUXILIARIES or words[k] in FINITE:
            return subject
        if words[k] in (";", ":", "who") or words[k] in SUBJECT_PRONOUNS:
            return subject
    return subject


def _quoted_start(line: Line, start: int, outer: int) -> int:
    """ "His father said: 'Q,' he added": the content is the quotation alone."""
    words = line.words
    k = outer - 1
    if k > start and words[k] == QUOTE and words[k - 1] == ":":
        return k
    return start


def _inverted(line: Line, cue: int, low: int, high: int, verb: Verb) -> tuple[Range, int] | None:
    """ "said Andriy Yermak, head of the office,": the source after its verb and where it ends."""
    words = line.words
    if cue + 1 >= high or line.inside[cue + 1]:
        return None
    first = words[cue + 1]
    if (
        "t" in verb.frames
        or first in PREPOSITIONS
        or first in TIME_WORDS
        or first in ("that", QUOTE, ",", ":")
    ):
        return None
    end = phrase_right(line, cue + 1, high, inverted=True)
    if end <= cue + 1 or not speaks(line, cue + 1, end):
        return None
    if not only_adjuncts(line, end, high):
        return None
    if words[cue - 1] == ",":
        if cue - 1 - low < 4 or not has_verb(line, low, cue - 1):
            return None
        if complement(line, cue + 1, high, verb).kind in ("that", "quote"):
            return None
        interrupted = subject_before(line, cue, low)
        if interrupted is not None and (
            interrupted.outer == low or words[interrupted.outer - 1] == QUOTE
        ):
            return None
    return (cue + 1, end), tail_of(line, end, high)


def _place(
    line: Line,
    start: int,
    stop: int,
    source: Range,
    cues: list[Range],
    tail: int,
    high: int,
    result: Tagged,
    *,
    rule: str | None = None,
) -> int:
    """Record a content that stands before its cue, with what follows the cue if it goes on."""
    words = line.words
    start = without_hedge(line, start, stop)
    content = [(start, stop)]
    quoted = words[stop - 1] == QUOTE
    rest = tail
    if tail < high:
        following = tail + 1 if words[tail] in (",", ":") or words[tail] in DASHES else tail
        word = words[following] if following < high else ""
        if word == QUOTE or (
            word in ("and", "but") and words[following + 1 : following + 2] == [QUOTE]
        ):
            at = following
            while at < high and words[at] != QUOTE:
                at += 1
            content.append((at if word == QUOTE else following, at + 1))
            rest = at + 1
        elif (
            words[tail] == ","
            and word
            and _goes_on(line, following, high, quoted=quoted)
            and not (not quoted and word in ("and", "but", "so") and has_verb(line, start, stop))
        ):
            end = cut(line, following, high)
            content.append((following, end))
            rest = end
    name = rule or ("quote+verb" if quoted else "clause+verb")
    confidence = 0.95 if quoted else 0.85
    cited = cited_source(line, tail, high) if rest == tail else None
    result.found.append(relayed(Found(content, source, cues, name, confidence), cited))
    return max(rest, cited[1]) if cited else rest


def _goes_on(line: Line, at: int, high: int, *, quoted: bool) -> bool:
    """Whether the content goes on after ", she said,"."""
    words = line.words
    word = words[at]
    verb = VERBS.get(word)
    if verb is not None and verb.form == "g":
        return False
    if word in ("as", "while", "when", "after", "before", "during", "since", "citing", "amid"):
        return False
    if quoted:
        if line.inside[at]:
            return True
        if word not in _AFTER_QUOTE or word == "who":
            return False
        return not has_own_cue(line, at, high)
    if word in ("who", "whose", "which") or (is_adverb(word) and at + 1 >= high):
        return False
    if word in ("and", "but") and has_own_cue(line, at, high):
        return False
    return not (word.endswith("ing") and not line.capital[at]) and high - at > 1
