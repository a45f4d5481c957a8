"""The rules for content after its cue: "S said that C", "S accused X of C", ", adding that C"."""

from __future__ import annotations

from claims.cues import DOCUMENTS, SPEECH_NOUNS, VERBS, Verb
from claims.lines import QUOTE, Line
from claims.rules.complements import Complement, complement
from claims.rules.content import (
    Found,
    Range,
    Tagged,
    cited_source,
    cut,
    is_noun_here,
    is_plural,
    relayed,
)
from claims.rules.passive import passive, quoting
from claims.rules.phrases import Group, head, phrase_left, speaks, verb_group
from claims.rules.postposed import _HUMAN
from claims.rules.subjects import Subject, main_subject, subject_before
from claims.text import word_set
from claims.words import AUXILIARIES, DETERMINERS, SUBJECT_PRONOUNS

_PERCEPTION = word_set(
    """show find see hear know feel hold read back learn understand discover remember"""
)
"""Verbs that report only with "that", or when a document is their subject."""


_NEGATED_ATTITUDES = word_set(
    """believe think want expect know accept agree support intend plan recognise recognize
    consider doubt see want need"""
)
"""Verbs whose negation is still a view that someone holds; "did not say" gives no claim."""


_UNSAID = (
    ["comment"],
    ["elaborate"],
    ["respond"],
    ["answer"],
    ["discuss"],
    ["say"],
    ["give"],
    ["provide"],
    ["speak"],
    ["be"],
)
"""What is refused without anything being claimed: "declined to comment"."""


_SHARED = frozenset(
    {",", "and", "but", "or", "then", "by", "after", "before", "while", "in", "without", "when"}
    | {"since", ""}
)
"""Words before a cue that has its subject from the clause before."""
_ANYONE = word_set("those anyone people everyone all anybody")


def preposed(
    line: Line,
    cue: int,
    at: int,
    low: int,
    high: int,
    result: Tagged,
    subject: Range | None,
) -> int | None:
    """ "S said that C" and its kin: the token after the content, None when it is no cue."""
    words = line.words
    verb = VERBS[words[cue]]
    group = verb_group(line, cue, at)
    if group.modal or group.refused:
        return None
    if group.negated and verb.lemma not in _NEGATED_ATTITUDES:
        return None
    if group.passive:
        return passive(line, cue, group, at, high, result)
    before = words[group.start - 1] if group.start > at else ""
    if is_noun_here(line, cue, group, verb, before):
        return None
    if "c" in verb.frames:
        return quoting(line, cue, group, at, high, result)
    after = complement(line, cue + 1, high, verb)
    after = _through_noun(line, after, high)
    if after.kind == "none" and "S" in verb.frames and verb.form in "dsb":
        after = _gap(line, group, after, at, high)
    if after.kind == "none":
        return None
    source = _source(line, cue, group, verb, before, at, low, subject)
    if source is None and not (
        "S" in verb.frames
        and verb.form in "dg"
        and (after.kind == "quote" or (after.kind == "that" and before == ","))
    ):
        return None
    if verb.lemma in ("decline", "refuse", "want") and words[after.start + 1 :][:1] in _UNSAID:
        return None
    if source is not None and not _fits(line, source, verb, group, after, before):
        return None
    cues = [(group.start, max(cue + 1, after.cue_end))]
    name, confidence = _name(verb, after.kind, group)
    if source is None:
        confidence -= 0.35
    if after.kind == "colon":
        result.opening = Found([], source, cues, "said-list", 0.8)
        return high
    start = after.start
    if after.kind == "quote":
        stop = start + 1
        while stop + 1 < high and words[stop] in (",", "and", "or") and words[stop + 1] == QUOTE:
            stop += 2
    else:
        stop = cut(line, start, high)
        if after.kind == "gap":
            stop = next((k for k in range(start, stop) if words[k] == ","), stop)
        elif after.kind == "phrase" and source and words[source[0]] in ("who", "which"):
            # "those who opposed the deal may feel": the relative clause ends before its verb.
            ends = (k for k in range(start + 1, stop) if words[k] in AUXILIARIES)
            stop = next(ends, stop)
    if stop <= start or (stop - start < 2 and words[start] != QUOTE):
        return None
    cited = cited_source(line, cue + 1, start) or cited_source(line, stop, high)
    found = Found([(start, stop)], source, cues, name, confidence)
    result.found.append(relayed(found, cited))
    return max(stop, cited[1]) if cited else stop


def _gap(line: Line, group: Group, after: Complement, at: int, high: int) -> Complement:
    """ "changes, which officials said will take effect": the rest of the relative clause."""
    words = line.words
    if after.start >= high or after.start > group.end + 3:
        return after
    if words[after.start] not in AUXILIARIES:
        return after
    start = phrase_left(line, group.start, at)
    if start is not None and start > at and words[start - 1] in ("which", "who", "that"):
        return after._replace(kind="gap")
    return after


def _name(verb: Verb, kind: str, group: Group) -> tuple[str, float]:
    if kind == "that":
        return ("adding-that" if verb.form == "g" else "said-that"), 0.9
    if kind == "quote":
        return "verb+quote", 0.95
    if kind in ("clause", "gap"):
        return ("adding-clause" if verb.form == "g" else "said-clause"), 0.8
    if kind == "wh":
        return "said-whether", 0.7
    if kind == "to":
        return "plans-to", 0.65
    if kind == "prep":
        return "spoke-about", 0.7
    if kind == "colon":
        return "said-list", 0.8
    return "verb+phrase", 0.6


def _through_noun(line: Line, after: Complement, high: int) -> Complement:
    """Go on to the clause in "announcing it the latest statement that C"."""
    if after.kind != "phrase" and after.kind != "clause":
        return after
    words = line.words
    for k in range(after.start, min(high - 1, after.start + 7)):
        word = words[k]
        if (
            word in ("statement", "statements", "claim", "claims")
            and words[k + 1] == "that"
            and words[after.start] in ("it", "in", "a", "an", "the")
        ):
            return Complement(k + 1, "that", after.cue_end)
        if not (word[0].isalpha()) or word in AUXILIARIES:
            break
    return after


def _source(
    line: Line,
    cue: int,
    group: Group,
    verb: Verb,
    before: str,
    at: int,
    low: int,
    subject: Range | None,
) -> Range | None:
    """The source of a cue that stands before its content."""
    shared = before in _SHARED
    if group.infinitive:
        found = main_subject(line, low, cue)
        return (found.start, found.end) if found else subject
    if verb.form == "g" and not group.progressive:
        if shared:
            if subject is not None:
                return subject
            found = main_subject(line, low, group.start)
            return (found.start, found.end) if found else None
        start = phrase_left(line, group.start, at, short=True)
        if start is None:
            return None
        noun = head(line, start, group.start)
        if noun in DOCUMENTS or noun in SPEECH_NOUNS:
            found = main_subject(line, low, start)
            if found is not None:
                return found.start, found.end
        return start, group.start
    placed = subject_before(line, group.start, at)
    if placed is not None and before == ",":
        if subject is not None and not speaks(line, placed.start, placed.end):
            return subject
        return placed.start, placed.end
    if placed is not None:
        return placed.start, placed.end
    if shared and before:
        if subject is not None:
            return subject
        found = main_subject(line, low, group.start)
        return (found.start, found.end) if found else None
    return None


def _fits(
    line: Line, source: Range, verb: Verb, group: Group, after: Complement, before: str
) -> bool:
    """Whether this subject, this verb and what follows make an attribution together."""
    words = line.words
    first = words[source[0]]
    if first == "you" or (first[0].isdigit() and source[1] - source[0] == 1):
        return False
    noun = head(line, *source)
    able = speaks(line, *source)
    document = noun in DOCUMENTS
    if verb.lemma in _PERCEPTION:
        if after.kind == "that":
            return able or document
        return document and after.kind in ("clause", "phrase", "quote", "wh")
    if first in ("it", "this", "that") and after.kind not in ("that", "quote", "clause", "colon"):
        return first == "it" and after.kind == "phrase" and "S" in verb.frames
    if first == "there":
        return False
    plain = group.start == group.end - 1
    if verb.form == "b" and plain and source[1] == group.start:
        if not is_plural(line, Subject(source[0], source[1], source[0])):
            return False
        if "a" in verb.frames and after.kind in ("phrase", "prep"):
            return first in SUBJECT_PRONOUNS or first == "who"
    if verb.form == "s" and plain and source[1] == group.start:
        if noun.endswith("s") and not line.capital[source[1] - 1] and not noun.endswith("ss"):
            return False
        if "a" in verb.frames and after.kind == "phrase":
            return able and words[after.start] in DETERMINERS
    if verb.form == "g" and not group.progressive and before not in (",", "and", "by", ""):
        # "a group supporting the plan", "checkpoints deciding who passes"
        if not (able or document):
            return False
        return after.kind in ("that", "quote") or (after.kind == "clause" and "S" in verb.frames)
    if after.kind in ("that", "quote", "colon"):
        return able or document or "S" in verb.frames or first not in ("it", "this", "that")
    if verb.lemma in _HUMAN and first not in ("it", "this", "that"):
        return True
    if first == "who" and source[0] and words[source[0] - 1] in _ANYONE:
        return False
    return able or document
