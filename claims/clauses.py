"""The attribution rules inside one line: who says what by which cue, on tokens.

`tag` finds what a cue verb, noun, adverb or preposition in the line gives to someone. The outer
clause wins over an inner one: what stands inside a content is not looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.complements import Complement, complement, only_adjuncts
from claims.cues import (
    DOCUMENTS,
    HEARSAY,
    IT_PASSIVES,
    PASSIVE_TO,
    SPEECH_NOUNS,
    VERBS,
    Verb,
)
from claims.lines import DASHES, QUOTE, Line
from claims.phrases import (
    STOPS,
    Group,
    Subject,
    head,
    is_adverb,
    main_subject,
    nounish,
    phrase_left,
    phrase_right,
    speaks,
    subject_before,
    verb_group,
)
from claims.text import word_set
from claims.words import (
    ARTICLES,
    AUXILIARIES,
    BE,
    DETERMINERS,
    FINITE,
    GROUP_NOUNS,
    LEADING,
    PREPOSITIONS,
    SPEAKER_NOUNS,
    SUBJECT_PRONOUNS,
    TIME_WORDS,
    TITLES,
    WH,
)

Range = tuple[int, int]

_PERCEPTION = word_set(
    """show find see hear know feel hold read back learn understand discover remember"""
)
"""Verbs that report only with "that", or when a document is their subject."""
_CAN = word_set("can cannot can't")
_ANYONE = word_set("those anyone people everyone all anybody")
_HUMAN = word_set(
    """say tell claim argue believe think insist hope fear want contend predict vow pledge"""
)
"""Verbs whose subject speaks, whatever its noun."""
_NEGATED_ATTITUDES = word_set(
    """believe think want expect know accept agree support intend plan recognise recognize
    consider doubt see want need"""
)
"""Verbs whose negation is still a view that someone holds; "did not say" gives no claim."""
_AFTER_QUOTE = word_set("so and but because which or though although yet who if")
_COMMENTS = word_set(
    """also comes came follows followed marks marked coincides coincided prompted sparked raises
    raised"""
)
"""Verbs after ", which" with which a writer goes on about what was said."""
_LABELS = word_set(
    """update breaking watch photo photos video videos note read source sources exclusive
    analysis opinion live by fact facts related image caption credit file see also editor's
    more question answer q a correction topics tags share contact email phone date time
    location published subject re here summary example background key contributing"""
)
"""Words before a colon that name no speaker."""
_SOURCELESS_NOUNS = word_set(
    """claims claim reports report allegations allegation rumours rumors rumour rumor speculation
    accusations accusation suggestions fears concerns"""
)


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
    if not _headline(line, low, high, result) and not _opening_verb(line, low, high, result):
        _segment(line, low, high, result, None, 0)
    return result


def _segment(
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
            rest = _according(line, cue, low, high, result, subject)
        elif words[cue] in VERBS:
            rest = _postposed(line, cue, low, high, result)
        else:
            continue
        if rest is not None:
            source = result.found[-1].source or subject
            _segment(line, rest, high, result, source, depth + 1)
            return
    at = low
    for cue in cues:
        if cue < at:
            continue
        word = words[cue]
        done: int | None = None
        if word in VERBS:
            done = _preposed(line, cue, at, low, high, result, subject)
        if done is None and word in SPEECH_NOUNS:
            done = _nominal(line, cue, at, high, result)
        if done is None and word in HEARSAY:
            done = _hearsay(line, cue, at, high, result)
        if done is not None:
            at = done
            if result.found and result.found[-1].source:
                subject = result.found[-1].source


# --- "C, S said" -----------------------------------------------------------------------------


def _postposed(line: Line, cue: int, low: int, high: int, result: Tagged) -> int | None:
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
    if _is_noun_here(line, cue, group, verb, before):
        return None
    found = subject_before(line, group.start, low)
    if found is None or (verb.form == "b" and not _plural(line, found)):
        return None
    if found.outer <= start and not (found.outer == start > low and words[start - 1] == ","):
        return None
    mark = words[found.outer - 1]
    after = complement(line, cue + 1, high, verb)
    as_clause = mark == "as"
    if as_clause:
        edge = found.outer - 1
        if edge == start and after.kind == "none":
            tail = _tail(line, after.start, high)
            if tail < high - 2 and words[tail] == ",":
                stop = _cut(line, tail + 1, high)
                cues = [(edge, edge + 1), (group.start, cue + 1)]
                source = (found.start, found.end)
                result.found.append(Found([(tail + 1, stop)], source, cues, "as-said", 0.85))
                return stop
            return None
        if edge - 1 >= start and words[edge - 1] in (",", QUOTE) and after.kind == "none":
            stop = edge if words[edge - 1] == QUOTE else edge - 1
            tail = _tail(line, after.start, high)
            cues = [(edge, edge + 1), (group.start, cue + 1)]
            source = (found.start, found.end)
            return _place(line, start, stop, source, cues, tail, high, result, rule="as-said")
        return None
    if mark == QUOTE:
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
        tail = _tail(line, after.start, high)
        middle = (
            tail < high - 2
            and words[tail] == mark
            and _goes_on(line, tail + 1, high, quoted=False)
            and not (words[start] in WH or words[start] == "as")
        )
        if stop <= start and middle:
            source = (found.start, found.end)
            content = [(tail + 1, _cut(line, tail + 1, high))]
            cues = [(group.start, cue + 1)]
            result.found.append(Found(content, source, cues, "clause+verb", 0.8))
            return content[0][1]
        if not middle:
            if stop - start < 3 or not (stop - start > 6 or _clause(line, start, stop)):
                return None
            if words[start] in PREPOSITIONS and not _clause(line, start, stop):
                return None
    else:
        return None
    tail = cue + 1 if after.kind == "quote" else _tail(line, after.start, high)
    cues = [(group.start, max(cue + 1, min(after.cue_end, tail)))]
    return _place(line, start, stop, (found.start, found.end), cues, tail, high, result)


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
        if cue - 1 - low < 4 or not _clause(line, low, cue - 1):
            return None
        if complement(line, cue + 1, high, verb).kind in ("that", "quote"):
            return None
        interrupted = subject_before(line, cue, low)
        if interrupted is not None and (
            interrupted.outer == low or words[interrupted.outer - 1] == QUOTE
        ):
            return None
    return (cue + 1, end), _tail(line, end, high)


def _tail(line: Line, at: int, high: int) -> int:
    """The comma, quotation or end that closes the clause of a cue."""
    words = line.words
    while at < high and words[at] not in (",", ";", QUOTE, ":") and words[at] not in DASHES:
        at += 1
    return at


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
    start = _without_hedge(line, start, stop)
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
        elif words[tail] == "," and word and _goes_on(line, following, high, quoted=quoted):
            end = _cut(line, following, high)
            content.append((following, end))
            rest = end
    name = rule or ("quote+verb" if quoted else "clause+verb")
    confidence = 0.95 if quoted else 0.85
    cited = _cited(line, tail, high) if rest == tail else None
    result.found.append(_relayed(Found(content, source, cues, name, confidence), cited))
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
        return not _has_own_cue(line, at, high)
    if word in ("who", "whose", "which") or is_adverb(word) and at + 1 >= high:
        return False
    if word in ("and", "but") and _has_own_cue(line, at, high):
        return False
    return not (word.endswith("ing") and not line.capital[at]) and high - at > 1


def _has_own_cue(line: Line, at: int, high: int) -> bool:
    """Whether a clause has a reporting cue of its own."""
    for k in range(at, min(high, at + 12)):
        verb = VERBS.get(line.words[k])
        if verb is not None and not line.inside[k] and "S" in verb.frames and verb.form in "ds":
            return complement(line, k + 1, high, verb).kind != "none"
    return False


def _without_hedge(line: Line, start: int, stop: int) -> int:
    """Leave "It seems that" out of a content."""
    words = line.words
    if (
        stop - start > 4
        and words[start] == "it"
        and words[start + 1] in ("seems", "appears", "seemed", "appeared")
    ):
        return start + 3 if words[start + 2] == "that" else start + 2
    return start


def _clause(line: Line, start: int, stop: int) -> bool:
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


def _plural(line: Line, subject: Subject) -> bool:
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


# --- "according to S" ------------------------------------------------------------------------


def _according(
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
        stop = _cut(line, at, high)
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
    start = _without_hedge(line, start, stop)
    content = [(start, stop)]
    rest = end
    if end < high and words[end] == "," and end + 1 < high:
        following = words[end + 1]
        if (
            following not in ("while", "as", "but", "and", "after", "when", "who", "which")
            and not _has_own_cue(line, end + 1, high)
            and not following.endswith("ing")
            and not _clause(line, start, stop)
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
        if _preposed(line, k, low, low, high, inner, subject) is not None and inner.found:
            return inner.found[0]
    return None


# --- "S said that C" -------------------------------------------------------------------------


def _preposed(
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
        return _passive(line, cue, group, at, high, result)
    before = words[group.start - 1] if group.start > at else ""
    if _is_noun_here(line, cue, group, verb, before):
        return None
    if "c" in verb.frames:
        return _quoting(line, cue, group, at, high, result)
    after = complement(line, cue + 1, high, verb)
    after = _through_noun(line, after, high)
    if after.kind == "none" and "S" in verb.frames and verb.form in "dsb":
        after = _gap(line, group, after, at, high)
    if after.kind == "none":
        return None
    source = _source(line, cue, group, verb, before, at, low, subject)
    if source is None and not (after.kind in ("that", "quote") and "S" in verb.frames):
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
        stop = _cut(line, start, high)
    if stop <= start or (stop - start < 2 and words[start] != QUOTE):
        return None
    cited = _cited(line, cue + 1, start) or _cited(line, stop, high)
    found = Found([(start, stop)], source, cues, name, confidence)
    result.found.append(_relayed(found, cited))
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
        return after._replace(kind="clause")
    return after


def _name(verb: Verb, kind: str, group: Group) -> tuple[str, float]:
    if kind == "that":
        return ("adding-that" if verb.form == "g" else "said-that"), 0.9
    if kind == "quote":
        return "verb+quote", 0.95
    if kind == "clause":
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
    """ "announcing it the latest statement that C", "made the claim that C": go on to the clause."""
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


def _is_noun_here(line: Line, cue: int, group: Group, verb: Verb, before: str) -> bool:
    """Whether the word is a noun or an adjective in this place: "the claims", "a said sum"."""
    words = line.words
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
        if alone and verb.form == "b" and before == "to":
            return False
        if alone and line.capital[cue] and verb.form == "b":
            return True
        return False
    if verb.form == "g":
        return before in DETERMINERS and not group.progressive
    if group.start == cue and verb.form in "dn":
        if before in ARTICLES or before in PREPOSITIONS or before.endswith("'s"):
            return True
        following = words[cue + 1] if cue + 1 < len(words) else ""
        if following in ("by", "as") and "n" in verb.frames:
            return True
        return verb.form == "n"
    return False


def _national(line: Line, index: int) -> bool:
    """Whether a word is an adjective of nationality: "despite Russian claims"."""
    word = line.words[index]
    return line.capital[index] and word.endswith(
        ("ian", "ish", "ese", "eli", "raqi", "ench", "can", "stani", "utch", "meni", "udi")
    )


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
    words = line.words
    shared = before in (
        ",",
        "and",
        "but",
        "or",
        "then",
        "by",
        "after",
        "before",
        "while",
        "in",
        "without",
        "when",
        "since",
        "",
    )
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
    if first == "you":
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
        if not _plural(line, Subject(source[0], source[1], source[0])):
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


def _cited(line: Line, start: int, stop: int) -> Range | None:
    """The source after "citing", before a content or right after it."""
    words = line.words
    for k in range(start, min(stop - 1, start + 12)):
        if words[k] in ("citing", "quoting") and (k == 0 or words[k - 1] in (",", ";")):
            end = phrase_right(line, k + 1, stop)
            return (k + 1, end) if end > k + 1 and speaks(line, k + 1, end) else None
        if words[k] != "," and words[start] in (",", ";"):
            return None
    return None


def _relayed(found: Found, cited: Range | None) -> Found:
    """Turn "TASS reported, citing the ministry" into the ministry's words, passed on by TASS."""
    if cited is None:
        return found
    if found.source is not None:
        found.relays.append(found.source)
    found.source = cited
    found.rule += "+citing"
    return found


def _quoting(line: Line, cue: int, group: Group, at: int, high: int, result: Tagged) -> int | None:
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
        stop = after.start + 1 if after.kind == "quote" else _cut(line, after.start, high)
        found = subject_before(line, group.start, at)
        relays = [(found.start, found.end)] if found else []
        cues = [(group.start, cue + 1), (k, k + 2)]
        result.found.append(
            Found([(after.start, stop)], (cue + 1, k), cues, "quoted-as-saying", 0.9, relays)
        )
        return stop
    return None


def _passive(line: Line, cue: int, group: Group, at: int, high: int, result: Tagged) -> int | None:
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
        stop = after.start + 1 if after.kind == "quote" else _cut(line, after.start, high)
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
        stop = _cut(line, k, high)
        result.found.append(
            Found([(k, stop)], source, [(group.start, cue + 1)], "it-was-said", 0.7)
        )
        return stop
    if word == "accused" and k < high and words[k] == "of":
        stop = _cut(line, k, high)
        content = [(start, group.start), (k, stop)]
        result.found.append(Found(content, source, [(group.start, cue + 1)], "is-accused-of", 0.65))
        return stop
    if word in PASSIVE_TO and k + 1 < high and words[k] == "to" and words[start] != "it":
        stop = _cut(line, k, high)
        content = [(start, group.start), (k, stop)]
        result.found.append(Found(content, source, [(group.start, cue + 1)], "is-said-to", 0.6))
        return stop
    return None


# --- nouns and adverbs -----------------------------------------------------------------------


def _nominal(line: Line, cue: int, at: int, high: int, result: Tagged) -> int | None:
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
    stop = _cut(line, k, high)
    confidence = 0.75 if source else 0.5
    result.found.append(Found([(k, stop)], source, [(cue, cue + 1)], "claim-that", confidence))
    return stop


def _owner(line: Line, noun: int, at: int) -> Range | None:
    """Whose claim: "Russia's latest claim", "his claim", "Russian claims"."""
    words = line.words
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


def _hearsay(line: Line, cue: int, at: int, high: int, result: Tagged) -> int | None:
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
    stop = _cut(line, cue + 1, high)
    content = [piece for piece in ((start, cue), (cue + 1, stop)) if piece[1] > piece[0]]
    if not content or stop - cue < 2:
        return None
    result.found.append(Found(content, None, [(cue, cue + 1)], "reportedly", 0.6))
    return stop


def _opening_verb(line: Line, low: int, high: int, result: Tagged) -> bool:
    """ "Said Ann Reed, who grew up there, 'Q'": an inverted cue at the head of a line."""
    words = line.words
    verb = VERBS.get(words[low])
    if verb is None or verb.form not in "ds" or "S" not in verb.frames or QUOTE not in words:
        return False
    quoted = words.index(QUOTE)
    end = phrase_right(line, low + 1, quoted, inverted=True)
    if end <= low + 1 or quoted - end > 20 or not speaks(line, low + 1, end):
        return False
    result.found.append(
        Found([(quoted, quoted + 1)], (low + 1, end), [(low, low + 1)], "verb+quote", 0.85)
    )
    _segment(line, quoted + 1, high, result, (low + 1, end), 1)
    return True


# --- "S: C" ----------------------------------------------------------------------------------


def _headline(line: Line, low: int, high: int, result: Tagged) -> bool:
    """ "Zelensky: The offensive goes on" at the start of a line."""
    words = line.words
    colon = next((k for k in range(low, min(high, low + 8)) if words[k] == ":"), None)
    if colon is None or colon == low or colon + 2 >= high or line.inside[low]:
        return False
    if not line.capital[low] or words[low] in _LABELS or words[colon - 1] in _LABELS:
        return False
    if any(words[k] in VERBS and not line.capital[k] for k in range(low, colon)):
        return False
    if not (line.capital[colon + 1] or words[colon + 1] == QUOTE or line.inside[colon + 1]):
        return False
    named = all(
        line.capital[k]
        or words[k] in TITLES
        or words[k] in SPEAKER_NOUNS
        or words[k] in ("of", "the", "and", ".")
        for k in range(low, colon)
    )
    if not named or len(words[low]) < 2 or any(words[k] in TIME_WORDS for k in range(low, colon)):
        return False
    quoted = words[colon + 1] == QUOTE
    result.found.append(
        Found(
            [(colon + 1, high)],
            (low, colon),
            [(colon, colon + 1)],
            "headline-colon",
            0.8 if quoted else 0.6,
        )
    )
    return True


# --- where a content ends --------------------------------------------------------------------


def _cut(line: Line, start: int, high: int) -> int:
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
            if verb is not None and verb.form == "g" and "S" in verb.frames:
                if complement(line, k + 2, high, verb).kind != "none":
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
            at = k + 1
            while at + 1 < high and is_adverb(words[at]):
                at += 1
            verb = VERBS.get(words[at])
            if verb is not None and "S" in verb.frames and verb.form in "d":
                if complement(line, at + 1, high, verb).kind in ("that", "quote"):
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
