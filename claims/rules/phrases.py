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
APPOSITION = DETERMINERS | TITLES | SPEAKER_NOUNS
"""How what stands after a name in commas may begin."""
NOUN_LINKS = word_set("of for in at from to on with against by near inside")


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
        if word == "time" and k - 1 >= floor and words[k - 1] in ("first", "last", "second"):
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
            article = next((k for k in range(start + 1, end) if words[k] in ARTICLES), None)
            if article is None or words[article - 1] in ("of", "for"):
                return None
            start = article
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
        if k > start and word in VERBS and word.endswith("ed") and not line.capital[k]:
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
        line.words[k] in SPEAKER_NOUNS or (line.capital[k] and line.words[k] not in TIME_WORDS)
        for k in range(start, end)
        if k > start or line.words[k] not in DETERMINERS
    )


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
        if word in OBJECT_PRONOUNS and word != "her":
            break
        if word in ("and", "&"):
            following = at + 1
            if (
                at > start
                and following < limit
                and words[following] not in SUBJECT_PRONOUNS
                and (
                    line.capital[following]
                    or words[following] in SPEAKER_NOUNS
                    or _shares_head(line, following, limit)
                )
                and not _verbish(line, following)
            ):
                at += 1
                continue
            break
        if word in CONJUNCTIONS or word in AUXILIARIES:
            break
        if at > start and _ends_phrase(line, at, limit, inverted=inverted):
            break
        at += 1
    while at > start and (words[at - 1] in PREPOSITIONS or words[at - 1] in ARTICLES):
        at -= 1
    if inverted and at > start:
        at = _apposition(line, at, high)
    return at


def _shares_head(line: Line, at: int, limit: int) -> bool:
    """Whether "regional and foreign intelligence officers" goes on after "and"."""
    words = line.words
    for k in range(at, min(limit, at + 4)):
        if words[k] in SPEAKER_NOUNS:
            return True
        if not nounish(line, k) or words[k] in PREPOSITIONS or _verbish(line, k):
            return False
    return False


def _ends_phrase(line: Line, at: int, limit: int, *, inverted: bool) -> bool:
    """Whether a word inside a noun phrase, read from the left, begins something else."""
    words = line.words
    word, before = words[at], words[at - 1]
    following = words[at + 1] if at + 1 < limit else ""
    if word in PREPOSITIONS:
        if word not in NOUN_LINKS or following in TIME_WORDS or not following:
            return True
        if inverted:
            place = word in ("in", "at", "to", "by")
            return word == "on" or (place and not (line.capital[at + 1] or following == "the"))
        made = word == "by" and before.endswith("ed")
        return word in ("on", "to", "by", "with") and not made
    if line.capital[at]:
        return word in TIME_WORDS or _verbish(line, at)
    if word in ARTICLES:
        return before not in PREPOSITIONS
    if is_adverb(word):
        return word != "also"
    if word.endswith("ed") and following not in PREPOSITIONS:
        return before not in PREPOSITIONS and before not in DETERMINERS
    if word in VERBS and VERBS[word].form in "dg":
        return following not in ("by", "as", "in", "to")
    return _verbish(line, at)


def _apposition(line: Line, at: int, high: int) -> int:
    """Take in ", head of the presidential office," after a name."""
    words = line.words
    if at + 1 >= high or words[at] != ",":
        return at
    first = words[at + 1]
    if not (
        first in APPOSITION
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
