"""Noun phrases and verb groups without a parser: where the subject of a cue begins and ends.

Every function works on the tokens of one `Line` between two bounds and walks in one direction, so
the cost is linear in the tokens looked at; walks are capped at `REACH`.
"""

from __future__ import annotations

from typing import NamedTuple

from claims.cues import CHAIN, HEARSAY, REFUSALS, VERBS
from claims.lines import DASHES, QUOTE, Line
from claims.text import word_set
from claims.words import (
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    LEADING,
    MODALS,
    NEGATIONS,
    OBJECT_PRONOUNS,
    OTHER_PRONOUNS,
    PREPOSITIONS,
    SPEAKER_NOUNS,
    SUBJECT_PRONOUNS,
    TIME_WORDS,
    TITLES,
)

REACH = 60
"""Tokens that a subject or an interruption may take at most."""
STOPS = frozenset({",", ";", ":", "!", "?", "…", QUOTE, *DASHES})
_NOT_LY = word_set("family italy july ally assembly reply supply apply only early daily")
_APPOSITION = DETERMINERS | TITLES | SPEAKER_NOUNS
_LEGATION = NOUN_LINKS = word_set("of for in at from to on with against by near inside")


class Group(NamedTuple):
    """A cue verb with its auxiliaries, adverbs and the verbs that it hangs on."""

    start: int
    end: int
    passive: bool = False
    negated: bool = False
    modal: bool = False
    perfect: bool = False
    infinitive: bool = False
    refused: bool = False
    hearsay: bool = False
    progressive: bool = False


class Subject(NamedTuple):
    """The tokens of a source: `start` to `end`, and where what belongs to it begins at all."""

    start: int
    end: int
    outer: int


def is_adverb(word: str) -> bool:
    """Whether a word may stand inside a verb group."""
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in _NOT_LY)


def verb_group(line: Line, verb: int, low: int) -> Group:
    """The verb group whose last word is the cue at `verb`."""
    words = line.words
    start = verb
    passive = negated = modal = perfect = infinitive = refused = hearsay = progressive = False
    steps = 0
    while start > low and steps < 12:
        steps += 1
        word = words[start - 1]
        if line.inside[start - 1]:
            break
        if word in AUXILIARIES or word == "not":
            passive = passive or (word in BE and VERBS[words[verb]].form in "dn")
            progressive = progressive or word in BE
            negated = negated or word in NEGATIONS
            modal = modal or word in MODALS
            perfect = perfect or word in ("has", "have", "had", "having", "'ve")
            start -= 1
        elif word in HEARSAY:
            hearsay = True
            start -= 1
        elif word == "to" and start - 2 >= low:
            before = words[start - 2]
            if before in CHAIN:
                start -= 2
            elif before == "on" and start - 3 >= low and words[start - 3] in CHAIN:
                start -= 3
            elif before in REFUSALS:
                refused = True
                start -= 2
            else:
                infinitive = True
                break
        elif is_adverb(word) and not (word in DETERMINERS or word.endswith("self")):
            negated = negated or word in NEGATIONS
            start -= 1
        else:
            break
    while start < verb and (words[start] in LEADING and words[start] not in ("also", "then")):
        start += 1
    return Group(
        start,
        verb + 1,
        passive,
        negated,
        modal,
        perfect,
        infinitive,
        refused,
        hearsay,
        progressive,
    )


def nounish(line: Line, index: int) -> bool:
    """Whether a token may end a noun phrase."""
    word = line.words[index]
    if not (word[0].isalnum() or word[0] in "@#"):
        return word in (")", "'", "%")
    if line.capital[index] and index > 0:
        return word not in CONJUNCTIONS
    return not (
        word in PREPOSITIONS
        or word in CONJUNCTIONS
        or word in AUXILIARIES
        or word in ARTICLES
        or word in OBJECT_PRONOUNS
        or (word in ADVERBS and word not in TIME_WORDS)
    )


def _verbish(line: Line, index: int) -> bool:
    word = line.words[index]
    if word in AUXILIARIES or word in FINITE:
        return True
    verb = VERBS.get(word)
    if verb is None or (index and line.words[index - 1] in DETERMINERS):
        return False
    return "a" not in verb.frames and verb.form in "bs" and not line.capital[index]


def phrase_left(line: Line, end: int, low: int, *, short: bool = False) -> int | None:
    """Where the noun phrase that ends before token `end` begins; None when there is none.

    `short` stops at the first article, for what a participle after it describes.
    """
    words = line.words
    if end <= low:
        return None
    last = words[end - 1]
    if last in SUBJECT_PRONOUNS or last in OTHER_PRONOUNS:
        before = words[end - 2] if end - 2 >= low else ""
        if last in ("all", "both") and before in ("they", "we", "you"):
            return end - 2
        return end - 1
    if last.endswith("self") and end - 2 >= low:
        end -= 1
    if not nounish(line, end - 1):
        return None
    at = end - 1 if last[0].isalnum() else end
    verb_at: int | None = None
    floor = max(low, end - REACH)
    while at > floor:
        k = at - 1
        word = words[k]
        if word == ")":
            opening = _opening(line, k, floor)
            if opening is None:
                break
            at = opening
            continue
        if word in STOPS:
            break
        if word == ".":
            if k - 1 >= floor and (len(words[k - 1]) == 1 or words[k - 1] in TITLES):
                at = k
                continue
            break
        if word in ("who", "which", "that", "whose"):
            if verb_at is None or k - 1 < floor or not nounish(line, k - 1):
                break
            verb_at = None
            at = k
            continue
        if word in ("and", "or", "&"):
            if k - 1 < floor or not nounish(line, k - 1) or verb_at is not None:
                break
            if words[k + 1] in SUBJECT_PRONOUNS:
                break
            at = k
            continue
        if word in CONJUNCTIONS and word != "as":
            break
        if word == "as" and not (k - 1 >= floor and words[k - 1].endswith("ed")):
            break
        if word in SUBJECT_PRONOUNS:
            break
        if _verbish(line, k):
            if verb_at is None:
                verb_at = k
            at = k
            continue
        if (
            word in ARTICLES
            and k - 1 >= floor
            and nounish(line, k - 1)
            and verb_at is None
            and not words[k - 1].endswith(("ed", "ing"))
            and words[k - 1] not in TITLES
            and not _verbish(line, k - 1)
        ):
            at = k
            break
        at = k
        if short and word in ARTICLES:
            break
    if verb_at is not None:
        at = verb_at + 1
    return _trim_left(line, at, end)


def _opening(line: Line, closing: int, low: int) -> int | None:
    for k in range(closing - 1, max(low - 1, closing - 24), -1):
        if line.words[k] == "(":
            return k
    return None


def _trim_left(line: Line, start: int, end: int) -> int | None:
    """Leave out adverbials that stand before the phrase without a comma."""
    words = line.words
    while start < end:
        word = words[start]
        following = words[start + 1] if start + 1 < end else ""
        if (
            word in LEADING
            or word in ("while", "as", "&", ")", "and", "or")
            or (word in TIME_WORDS and not word.endswith("'s") and following != "'" and following)
            or (is_adverb(word) and word not in DETERMINERS and following)
        ):
            start += 1
        elif (
            start > 0
            and word.endswith(("ing", "ed"))
            and not line.capital[start]
            and words[start - 1] not in DETERMINERS
            and following
        ):
            found = next((k for k in range(start + 1, end) if words[k] in ARTICLES), None)
            if found is None or words[found - 1] in ("of", "for"):
                return None
            start = found
        elif word == "with" and following:
            start += 1  # "with the ministry announcing"
        elif word in PREPOSITIONS:
            found: int | None = None
            for k in range(end - 1, start + 1, -1):
                if words[k] in ARTICLES and words[k - 1] not in PREPOSITIONS:
                    found = k
                    break
            if found is None:
                k = end
                while k - 1 > start + 1 and (
                    line.capital[k - 1] or words[k - 1] in TITLES or words[k - 1] == "."
                ):
                    k -= 1
                if start + 1 < k < end and words[k - 1] in TIME_WORDS:
                    found = k
                elif words[end - 1] in SPEAKER_NOUNS and end - 2 > start:
                    found = end - 2 if words[end - 2] not in PREPOSITIONS else end - 1
                elif start + 1 < end and words[start + 1] in TIME_WORDS:
                    found = start + 2
            if found is None:
                # "In Moscow Putin said": the last name is the subject.
                found = end - 1 if end - 2 > start else None
            if found is None:
                return None
            start = found
            if words[start] in PREPOSITIONS:
                return None
        else:
            return start
    return None


def head(line: Line, start: int, end: int) -> str:
    """The head noun of a phrase: its last word before a preposition, a comma or a bracket."""
    words = line.words
    last = words[start] if start < end else ""
    for k in range(start, end):
        word = words[k]
        if k > start and (word in PREPOSITIONS or word in STOPS or word in ("(", "who", "which")):
            break
        if word[0].isalnum():
            last = word
    return last.removesuffix("'s")


def speaks(line: Line, start: int, end: int) -> bool:
    """Whether a phrase names someone, or a body, or a thing that can say something."""
    if line.words[start] in SUBJECT_PRONOUNS or line.words[start] in ("who", "others", "some"):
        return True
    noun = head(line, start, end)
    return noun in SPEAKER_NOUNS or any(
        line.words[k] in SPEAKER_NOUNS or line.capital[k] and line.words[k] not in TIME_WORDS
        for k in range(start, end)
        if k > start or line.words[k] not in DETERMINERS
    )


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
    inner_start: int | None = None
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
            inner_start = k + 1
            if first in ("and", "or", "but", "because", "if", "that", "so") or k + 1 >= right:
                k -= 1
                continue
            start = phrase_left(line, k, low)
            if start is not None and k - start <= 24 and not _holds_verb(line, k + 1, comma):
                plain = start == low or words[start - 1] in STOPS or start > 0
                named = speaks(line, start, k)
                relation = (
                    first in _APPOSITION
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
                        first in _APPOSITION
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


def phrase_right(line: Line, start: int, high: int, *, inverted: bool = False) -> int:
    """Where the noun phrase that begins at `start` ends; `start` itself when there is none.

    `inverted` is for a subject after its verb, which takes in an apposition in commas.
    """
    words = line.words
    at = start
    limit = min(high, start + REACH)
    while at < limit:
        word = words[at]
        if word == "(":
            closing = next((k for k in range(at + 1, min(limit, at + 12)) if words[k] == ")"), None)
            if closing is None or at == start:
                break
            at = closing + 1
            continue
        if word == ".":
            if at > start and (len(words[at - 1]) == 1 or words[at - 1] in TITLES):
                at += 1
                continue
            break
        if word in STOPS or word in (")", "who"):
            break
        if word in SUBJECT_PRONOUNS:
            if at == start:
                return at + 1
            break
        if word in ("and", "&"):
            following = at + 1
            if (
                at > start
                and following < limit
                and words[following] not in SUBJECT_PRONOUNS
                and (line.capital[following] or words[following] in SPEAKER_NOUNS)
                and not _verbish(line, following)
            ):
                at += 1
                continue
            break
        if word in CONJUNCTIONS or word in AUXILIARIES:
            break
        if (
            at > start
            and word.endswith("ed")
            and not line.capital[at]
            and not (at + 1 < limit and words[at + 1] in PREPOSITIONS)
            and words[at - 1] not in PREPOSITIONS
            and words[at - 1] not in DETERMINERS
        ):
            break
        if at > start and word in PREPOSITIONS:
            following = words[at + 1] if at + 1 < limit else ""
            if word not in NOUN_LINKS or following in TIME_WORDS or not following:
                break
            if inverted and word in ("on", "in", "at", "to", "by"):
                if not (line.capital[at + 1] or following == "the") or word == "on":
                    break
            if not inverted and word in ("on", "to", "by", "with", "against", "in", "at"):
                if word in ("on", "to", "by", "with") or following in TIME_WORDS:
                    break
        elif (
            (at > start and (_verbish(line, at) or (word in TIME_WORDS and line.capital[at])))
            or (at > start and (is_adverb(word) and word != "also" and not line.capital[at]))
            or (
                at > start
                and (word in VERBS and VERBS[word].form in "dg" and not line.capital[at])
                and not (at + 1 < limit and words[at + 1] in ("by", "as", "in", "to"))
            )
            or (at > start and word in ARTICLES and words[at - 1] not in PREPOSITIONS)
        ):
            break
        at += 1
    while at > start and (words[at - 1] in PREPOSITIONS or words[at - 1] in ARTICLES):
        at -= 1
    if inverted and at > start:
        at = _apposition(line, at, high)
    return at


def _apposition(line: Line, at: int, high: int) -> int:
    """Take in ", head of the presidential office," after a name."""
    words = line.words
    if at + 1 >= high or words[at] != ",":
        return at
    first = words[at + 1]
    if not (
        first in _APPOSITION
        or first[0].isdigit()
        or (line.capital[at + 1] and first not in TIME_WORDS)
    ):
        return at
    if first in SUBJECT_PRONOUNS or first in ("that", "this"):
        return at
    k = at + 1
    limit = min(high, at + 30)
    while k < limit and words[k] not in STOPS and words[k] != ".":
        if _verbish(line, k) and words[k - 1] not in ("who", "which", "that"):
            return at
        k += 1
    if k < limit and words[k] not in (",", ".") and words[k] not in DASHES:
        return at
    return k


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
    if end <= at or not speaks(line, at, end):
        return None
    return Subject(at, end, at)
