"""What the attribution rules share: the record they make, where a content ends, who is cited."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.cues import VERBS, Verb
from claims.lines import DASHES, QUOTE, Line
from claims.model import SentenceKind
from claims.rules.complements import complement
from claims.rules.phrases import Group, head, is_adverb, phrase_right, speaks
from claims.rules.subjects import Subject
from claims.text import word_set
from claims.words import ARTICLES, AUXILIARIES, DETERMINERS, FINITE, GROUP_NOUNS, PREPOSITIONS

Range = tuple[int, int]


@dataclass(slots=True)
class Found:
    """An attribution as ranges of tokens of its line."""

    content: list[Range]
    source: Range | None
    cue: list[Range]
    rule: str
    confidence: float
    relays: list[Range] = field(default_factory=list)


@dataclass(slots=True)
class Tagged:
    """What a line gives: its attributions, and a cue at its end that waits for the next line."""

    found: list[Found] = field(default_factory=list)
    opening: Found | None = None


_PLAIN = word_set("say add warn insist")
"""Verbs that open a new content after "and" even without "that"."""
_COMMENTS = word_set(
    """also comes came follows followed marks marked coincides coincided prompted sparked raises
    raised"""
)
"""Verbs after ", which" with which a writer goes on about what was said."""


def cut(line: Line, start: int, high: int) -> int:
    """Where a content that begins at `start` ends: before the next clause with a cue of its own."""
    words = line.words
    for k in range(start + 1, high - 1):
        word = words[k]
        if line.inside[k]:
            if (
                words[k + 1] in DASHES
                and not line.inside[k + 1]
                and not any(words[m] in DASHES for m in range(k + 2, min(high, k + 40)))
            ):
                return k + 1  # the writer's aside after a quotation
            continue
        following = words[k + 1]
        if word == "," or word == ";" or word in DASHES:
            verb = VERBS.get(following)
            says = verb is not None and verb.form == "d" and "S" in verb.frames
            told = ("that", "quote", "clause")
            if verb and says and complement(line, k + 2, high, verb).kind in told and word == ",":
                return k  # "who opposes it, said that"
            adding = verb is not None and verb.form == "g" and "S" in verb.frames
            if verb and adding and complement(line, k + 2, high, verb).kind != "none":
                return k
            if following in ("citing", "quoting"):
                return k
            if following in ("according", "per"):
                return k
            if following == "which" and words[k + 2 : k + 3] and words[k + 2] in _COMMENTS:
                return k
            if following in ("and", "but", "while", "whereas", "although", "though") or (
                word == ";"
            ):
                at = k + 1 if word == ";" else k + 2
                if at < high and _clause_with_cue(line, at, high):
                    return k
        elif word == "according" and following == "to":
            return k
        elif word == "and" and k + 2 < high:
            if following in DETERMINERS and _clause_with_cue(line, k + 1, high):
                return k
            at = k + 1
            while at + 1 < high and is_adverb(words[at]):
                at += 1
            verb = VERBS.get(words[at])
            said = verb is not None and "S" in verb.frames and verb.form == "d"
            if verb and said:
                kinds = ("that", "quote", "clause") if verb.lemma in _PLAIN else ("that", "quote")
                if complement(line, at + 1, high, verb).kind in kinds:
                    return k
    return high


def _clause_with_cue(line: Line, at: int, high: int) -> bool:
    """Whether a clause begins here whose own verb is a cue: "but Kyiv said that"."""
    words = line.words
    limit = min(high, at + 9)
    for k in range(at, limit):
        word = words[k]
        if word in (",", ";", ":", QUOTE) or word == "that" or line.inside[k]:
            return False
        if word in AUXILIARIES and word not in ("has", "have", "had", "is", "are"):
            return False
        verb = VERBS.get(word)
        if verb is None or verb.form not in "dsb" or k == at:
            if k > at and word in FINITE:
                return False
            continue
        if verb.form in "bs" and "S" not in verb.frames:
            continue
        if "S" in verb.frames or "s" in verb.frames:
            after = complement(line, k + 1, high, verb).kind
            return after in ("that", "quote", "clause")
        return False
    return False


def has_own_cue(line: Line, at: int, high: int) -> bool:
    """Whether a clause has a reporting cue of its own."""
    for k in range(at, min(high, at + 12)):
        verb = VERBS.get(line.words[k])
        if verb is not None and not line.inside[k] and "S" in verb.frames and verb.form in "ds":
            return complement(line, k + 1, high, verb).kind != "none"
    return False


def has_verb(line: Line, start: int, stop: int) -> bool:
    """Whether there is a finite verb among these tokens, as far as words alone tell."""
    words = line.words
    for k in range(start, stop):
        word = words[k]
        if word in AUXILIARIES or word in FINITE or word == QUOTE:
            return True
        if word.endswith("ed") and k > start:
            return True
        verb = VERBS.get(word)
        if verb is not None and verb.form in "sd":
            return True
    return False


def is_plural(line: Line, subject: Subject) -> bool:
    words = line.words
    first = words[subject.start]
    if first in ("they", "we", "i", "you", "who", "some", "many", "others", "both"):
        return True
    noun = head(line, subject.start, subject.end)
    if any(words[k] in GROUP_NOUNS for k in range(subject.start, subject.end)):
        return True
    return (
        (noun.endswith("s") and not noun.endswith("ss"))
        or noun in ("people", "police", "men", "women", "media")
        or "and" in words[subject.start : subject.end]
    )


def without_hedge(line: Line, start: int, stop: int) -> int:
    """Leave "It seems that" out of a content."""
    words = line.words
    if (
        stop - start > 4
        and words[start] == "it"
        and words[start + 1] in ("seems", "appears", "seemed", "appeared")
    ):
        return start + 3 if words[start + 2] == "that" else start + 2
    return start


def tail_of(line: Line, at: int, high: int) -> int:
    """The comma, quotation or end that closes the clause of a cue."""
    words = line.words
    while at < high and words[at] not in (",", ";", QUOTE, ":") and words[at] not in DASHES:
        at += 1
    return at


def cited_source(line: Line, start: int, stop: int) -> Range | None:
    """The source after "citing", before a content or right after it."""
    words = line.words
    for k in range(start, min(stop - 1, start + 12)):
        if words[k] in ("citing", "quoting") and (k == 0 or words[k - 1] in (",", ";")):
            end = phrase_right(line, k + 1, stop)
            return (k + 1, end) if end > k + 1 and speaks(line, k + 1, end) else None
        if words[k] != "," and words[start] in (",", ";"):
            return None
    return None


def relayed(found: Found, cited: Range | None) -> Found:
    """Turn "TASS reported, citing the ministry" into the ministry's words, passed on by TASS."""
    if cited is None:
        return found
    if found.source is not None:
        found.relays.append(found.source)
    found.source = cited
    found.rule += "+citing"
    return found


def is_noun_here(line: Line, cue: int, group: Group, verb: Verb, before: str) -> bool:
    """Whether the word is a noun or an adjective in this place: "the claims", "a said sum"."""
    words = line.words
    if line.capital[cue] and group.start > 0 and not _title_case(line):
        return True  # "the United States"
    if verb.form in "bs":
        alone = group.start == cue
        if alone and "a" in verb.frames and line.words[cue - 1 : cue] and _national(line, cue - 1):
            return True
        if alone and (
            before in DETERMINERS
            or before in PREPOSITIONS
            or before.endswith("'s")
            or before in ("'", "and", "or", "")
        ):
            return not (before in ("and", "or") and verb.form == "s" and "a" not in verb.frames)
        return alone and line.capital[cue] and verb.form == "b" and before != "to"
    if verb.form == "g":
        return before in DETERMINERS and not group.progressive
    if group.start == cue and verb.form in "dn":
        if before in ARTICLES or before in PREPOSITIONS or before.endswith("'s"):
            return True
        following = words[cue + 1] if cue + 1 < len(words) else ""
        if "n" in verb.frames and (following == "by" or (following == "as" and line.capital[cue])):
            return True
        return verb.form == "n"
    return False


def _title_case(line: Line) -> bool:
    """Whether a line is written with capitals throughout, as headlines are."""
    if line.kind is SentenceKind.HEADING:
        return True
    return sum(line.capital) * 2 > sum(word[0].isalpha() for word in line.words)


def _national(line: Line, index: int) -> bool:
    """Whether a word is an adjective of nationality: "despite Russian claims"."""
    word = line.words[index]
    return line.capital[index] and word.endswith(
        ("ian", "ish", "ese", "eli", "raqi", "ench", "can", "stani", "utch", "meni", "udi")
    )
