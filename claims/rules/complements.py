"""What follows a cue: addressee, channel and time are stepped over, then the content begins."""

from __future__ import annotations

from typing import NamedTuple

from claims.cues import PLATFORMS, SPEECH_NOUNS, VERBS, Verb
from claims.lines import DASHES, QUOTE, Line
from claims.rules.phrases import STOPS, is_adverb
from claims.text import word_set
from claims.words import (
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    SPEAKER_NOUNS,
    SUBJECT_PRONOUNS,
    TIME_WORDS,
    WH,
)

_LOOK = 28
CHANNEL_NOUNS = word_set(
    """statement statements interview interviews briefing briefings conference speech address
    letter post posts tweet tweets message video televised broadcast report reports article
    remarks comments television tv radio media channel account page website site newspaper
    press telegram twitter facebook x interview podcast call meeting session hearing release
    summary update communique email editorial column online"""
)
_AS_FALSE = word_set("baseless false untrue nonsense absurd lies propaganda unfounded fake")
"""After "denied as", before what is denied."""
_ADDRESSEES = word_set(
    """reporters journalists parliament lawmakers investors congress senators colleagues
    supporters viewers mediapersons newsmen correspondents media police investigators
    officials fans delegates voters crowds crowd audience world"""
)
_WEAK_START = word_set("of for on about against with at to over")
_THEN = frozenset(["that", "when", "as"])


class Complement(NamedTuple):
    """Where content begins and what it is: that, clause, quote, phrase, to, wh, prep, or none.

    For none, `start` is where the words that belong to the cue end.
    """

    start: int
    kind: str
    cue_end: int
    """Where the cue ends, when a preposition belongs to it ("called for")."""


def complement(line: Line, after: int, high: int, verb: Verb) -> Complement:
    """What follows the cue whose last token stands before `after`."""
    words = line.words
    frames = verb.frames
    at = after
    cue_end = after
    tell = "t" in frames
    addressed = False
    if at < high and words[at] in _PARTICLES.get(verb.lemma, ()):
        at += 1
        cue_end = at
    stop = min(high, after + _LOOK)
    for _ in range(8):
        if at >= high:
            return Complement(at, "none", cue_end)
        word = words[at]
        if word == QUOTE:
            return Complement(at, "quote", cue_end)
        if word == ":":
            if at + 1 >= high:
                return Complement(at, "colon", cue_end)
            return Complement(at + 1, "quote" if words[at + 1] == QUOTE else "clause", cue_end)
        if word == ",":
            jump = _after_comma(line, at, stop)
            return jump._replace(cue_end=cue_end) if jump else Complement(at, "none", cue_end)
        if line.inside[at]:
            return Complement(
                at, "clause" if at == after or not tell or addressed else "phrase", cue_end
            )
        if word == "that" and _is_that(line, at, high, frames):
            return Complement(at, "that", cue_end)
        if word == "as" and "n" in frames and at + 2 < high and words[at + 1] in _AS_FALSE:
            at += 2
            continue
        if word in verb.preps and not _channel_follows(line, at, high) and at + 1 < high:
            if word == "to" and verb.lemma in ("admit", "confess", "testify", "agree"):
                return Complement(at, "to", cue_end)
            if words[at + 1] in TIME_WORDS and word == "on":
                at = _past_time(line, at + 1, high)
                continue
            if words[at + 1 : at + 3] == ["the", "condition"] or words[at + 1] == "condition":
                return Complement(at, "none", cue_end)
            content = at if word == "about" else at + 1
            return Complement(content, "prep", at + 1 if word != "about" else cue_end)
        if word == "to" and ("i" in frames) and at + 1 < high and not line.capital[at + 1]:
            return Complement(at, "to", cue_end)
        if word in WH and "w" in frames and word != "which":
            scene = word in ("when", "where") and "n" not in frames and verb.lemma != "ask"
            if not scene:
                return Complement(at, "wh", cue_end)
        if tell and not addressed and word not in PREPOSITIONS:
            step = _past_addressee(line, at, high)
            if step > at:
                at = step
                addressed = True
                continue
        if word in TIME_WORDS and word not in ("this", "next", "last", "same", "once", "since"):
            at = _past_time(line, at, high)
            continue
        if word in ("the", "this", "last", "next", "late", "early") and (
            at + 1 < high and words[at + 1] in TIME_WORDS
        ):
            at = _past_time(line, at + 1, high)
            continue
        if (is_adverb(word) and word not in DETERMINERS) or word == "himself":
            at += 1
            continue
        if word in PREPOSITIONS:
            past = _past_adjunct(line, at, high, stop, strong="S" in frames or "s" in frames)
            if past is not None:
                at = past
                continue
        break
    if at >= high:
        return Complement(at, "none", cue_end)
    return _bare(line, at, high, verb, tell=tell, addressed=addressed, cue_end=cue_end)


_PARTICLES = {
    "point": ("out",),
    "speak": ("out",),
    "hit": ("back",),
    "write": ("back",),
    "shoot": ("back",),
    "brush": ("off",),
    "laugh": ("off",),
    "go": ("on",),
    "lay": ("out",),
    "call": ("out",),
    "cry": ("out",),
    "push": ("back",),
}


def _is_that(line: Line, at: int, high: int, frames: str) -> bool:
    """Whether "that" opens a clause and is not "that day"."""
    if at + 1 >= high:
        return False
    following = line.words[at + 1]
    if following in TIME_WORDS or following in AUXILIARIES:
        return False
    return "s" in frames or "S" in frames or "t" in frames or "q" in frames or "n" in frames


def _after_comma(line: Line, comma: int, stop: int) -> Complement | None:
    """ "said, however, that" and "said, 'Q'"; None when the comma ends the cue's clause."""
    words = line.words
    if comma + 1 < stop and words[comma + 1] == QUOTE:
        return Complement(comma + 1, "quote", comma)
    if comma + 1 < stop and line.inside[comma + 1]:
        return Complement(comma + 1, "clause", comma)
    for k in range(comma + 1, stop - 1):
        if words[k] in (";", QUOTE) or words[k] in DASHES:
            return None
        if words[k] == "," and k > comma + 1:
            if words[k + 1] == "that":
                return Complement(k + 1, "that", comma)
            if words[k + 1] == QUOTE and k - comma < 9:
                return Complement(k + 1, "quote", comma)
    return None


def _past_time(line: Line, at: int, high: int) -> int:
    words = line.words
    while at < high and (
        words[at] in TIME_WORDS
        or (words[at][0].isdigit() and words[at - 1] in TIME_WORDS)
        or (
            words[at] in ("in", "of", "the", "on", "at")
            and at + 1 < high
            and words[at + 1] in TIME_WORDS
        )
    ):
        at += 1
    return at


def _channel_follows(line: Line, at: int, high: int) -> bool:
    """Whether a preposition opens "on Telegram", "in a statement"."""
    words = line.words
    for k in range(at + 1, min(high, at + 6)):
        word = words[k]
        if word in CHANNEL_NOUNS or word in PLATFORMS:
            return words[at] in ("on", "in", "via", "to", "at", "through", "during", "by")
        if word in STOPS or word in PREPOSITIONS or word in SUBJECT_PRONOUNS or word == "that":
            return False
    return False


def _past_addressee(line: Line, at: int, high: int) -> int:
    """ "told CNN", "told reporters", "warned the council": the token after the addressee."""
    words = line.words
    word = words[at]
    if word in OBJECT_PRONOUNS and not (
        word in ("her", "it", "you") and at + 1 < high and words[at + 1] in AUXILIARIES
    ):
        return at + 1
    if word in SUBJECT_PRONOUNS or word in AUXILIARIES or word in WH:
        return at
    limit = min(high, at + 18)
    for k in range(at, limit):
        here = words[k]
        if (
            here in ("that", QUOTE, ":", ",")
            or here in DASHES
            or (k > at and (here in ("to", "about", "of", "whether", "if", "how", "why", "what")))
        ):
            if here in ("that",) and not _is_that(line, k, high, "s"):
                continue
            return k
        if k > at and (here in SUBJECT_PRONOUNS or here in ("there", "this", "these")):
            return k
        if here in AUXILIARIES or here in FINITE or line.inside[k]:
            break
    else:
        if limit == high:
            return _named_end(line, at, high)
    return _named_end(line, at, high)


def _named_end(line: Line, at: int, high: int) -> int:
    words = line.words
    k = at
    if words[k] in DETERMINERS:
        k += 1
    if k < high and line.capital[k]:
        while k < high and (line.capital[k] or words[k] in ("of", "and", "'", "news", "agency")):
            if words[k] in TIME_WORDS or words[k] == "i":
                break
            k += 1
        while k > at and words[k - 1] in ("of", "and"):
            k -= 1
        if k < high and (words[k] in AUXILIARIES or words[k] in FINITE) and k - at > 1:
            k -= 1  # the last name is the subject of what is told
        if k < high and words[k] in CHANNEL_NOUNS | SPEAKER_NOUNS:
            k += 1
        return k
    while k < min(high, at + 6):
        if words[k] in _ADDRESSEES or words[k] in SPEAKER_NOUNS or words[k] in CHANNEL_NOUNS:
            return k + 1
        if words[k] in PREPOSITIONS or words[k] in STOPS or words[k] in ARTICLES:
            break
        k += 1
    return at


def _past_adjunct(line: Line, at: int, high: int, stop: int, *, strong: bool) -> int | None:
    """Step over "in a statement on Monday", "on Telegram", "at a rally in Kyiv" before "that"."""
    words = line.words
    if at + 1 >= high:
        return at + 1
    if words[at + 1] in TIME_WORDS or (
        words[at + 1] in ("the", "a") and at + 2 < high and words[at + 2] in TIME_WORDS
    ):
        return _past_time(line, at + 1 if words[at + 1] in TIME_WORDS else at + 2, high)
    infinitive = words[at] == "to" and words[at + 1] in VERBS
    for k in range(at + 1, at + 1 if infinitive else stop):
        word = words[k]
        if word == "that" and _is_that(line, k, high, "s") and words[k - 1] not in SPEECH_NOUNS:
            return k
        if word in (QUOTE, ":"):
            return k
        if word in (",", ";") or word in DASHES or word in AUXILIARIES or word in FINITE:
            if word == "," and k + 1 < high and words[k + 1] in ("that", QUOTE):
                return k + 1
            break
        if line.inside[k] and not line.inside[k - 1] and line.capital[k]:
            title = words[k - 1] in PREPOSITIONS or words[k - 1].endswith("'s")
            if k > at + 1 and not title and words[k - 1] not in DETERMINERS:
                return k
    if _channel_follows(line, at, high):
        for k in range(at + 1, min(high, at + 6)):
            if words[k] in CHANNEL_NOUNS or words[k] in PLATFORMS:
                while k + 1 < high and words[k + 1] in CHANNEL_NOUNS:
                    k += 1
                return k + 1
    if words[at] == "to" and words[at + 1] in VERBS and not line.capital[at + 1]:
        return None
    if words[at] == "to" and strong:
        step = _named_end(line, at + 1, high)
        if step > at + 1:
            return step
    return None


def _bare(
    line: Line, at: int, high: int, verb: Verb, *, tell: bool, addressed: bool, cue_end: int
) -> Complement:
    """Content without "that": a clause, or the noun phrase that a verb takes as its object."""
    words = line.words
    frames = verb.frames
    word = words[at]
    if word == "that" and at + 1 < high:
        kind = "that" if _is_that(line, at, high, frames) else "phrase"
        kind = "clause" if kind == "phrase" and "S" in frames else kind
        return Complement(at, kind, cue_end)
    if word in STOPS or word in (")", ".") or word in AUXILIARIES:
        return Complement(at, "none", cue_end)
    if word in CONJUNCTIONS and not (word == "if" and "S" in frames) and word not in WH:
        return Complement(at, "none", cue_end)
    if word in WH:
        if "w" in frames and (addressed or not tell):
            return Complement(at, "wh", cue_end)
        return Complement(at, "none", cue_end)
    if tell and not addressed and "S" not in frames and "n" not in frames:
        return Complement(at, "none", cue_end)
    if "o" in frames and not addressed:
        near = range(at + 1, min(high, at + 16))
        to = next(
            (k for k in near if words[k] == "to" or words[k] in STOPS or words[k] in AUXILIARIES),
            None,
        )
        if to is not None and words[to] == "to" and not line.inside[to]:
            return Complement(at, "to", cue_end)
    if "i" in frames and word == "to":
        return Complement(at, "to", cue_end)
    if "g" in frames and word.endswith("ing") and not line.capital[at]:
        return Complement(at, "phrase", cue_end)
    if word in PREPOSITIONS and word not in ("over", "under", "about", "up"):
        if "S" in frames and _has_clause(line, at, high) and word not in _WEAK_START:
            return Complement(at, "clause", cue_end)
        return Complement(at, "none", cue_end)
    opener = VERBS.get(word)
    if (
        opener is not None
        and not line.capital[at]
        and (
            (opener.form == "s" and "a" not in opener.frames and at > cue_end) or opener.form == "d"
        )
    ):
        return Complement(at, "none", cue_end)
    if word in ("this", "so", "it") and (
        at + 1 >= high or words[at + 1] in PREPOSITIONS or words[at + 1] in STOPS
    ):
        return Complement(at, "none", cue_end)
    if word in SUBJECT_PRONOUNS or word == "there":
        if frames.strip("aq") or word != "it":
            return Complement(at, "clause", cue_end)
        return Complement(at, "none", cue_end)
    if "S" in frames and (verb.lemma != "add" or _has_clause(line, at, high)):
        return Complement(at, "clause", cue_end)
    if "n" in frames:
        return Complement(at, "phrase", cue_end)
    if ("s" in frames or (tell and addressed)) and _has_clause(line, at, high):
        return Complement(at, "clause", cue_end)
    return Complement(at, "none", cue_end)


def _has_clause(line: Line, at: int, high: int) -> bool:
    """Whether a finite verb follows soon: what stands here is a clause."""
    words = line.words
    for k in range(at, min(high, at + 14)):
        word = words[k]
        if word in AUXILIARIES or word in FINITE:
            return True
        if word.endswith("ed") and k > at + 1:
            return True
        if word in (";", ":"):
            return False
    return False


def only_adjuncts(line: Line, at: int, high: int) -> bool:
    """Whether nothing but time, place and manner follows a cue up to the next comma or the end."""
    words = line.words
    if at >= high:
        return True
    word = words[at]
    return (
        word in (",", ";", ".", "—", "–", ")", "…")
        or word in PREPOSITIONS
        or word in TIME_WORDS
        or word in ADVERBS
        or word in CONJUNCTIONS
        or word in WH
        or is_adverb(word)
    )
