"""Where the words of an older text stand in a newer one: moved, to be looked at, or gone.

A span is known by its words and by what stands around them, as in the Web Annotation
Recommendation's TextQuoteSelector and the 32 characters of Hypothesis. Only words that are the same
letter for letter, in the same surroundings, are found by themselves: a changed figure or a missing
"not" makes another claim of nearly the same words. What is merely like is for a person to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice

from claims.model import Span

AROUND = 32
"""Characters of context on each side; what Hypothesis keeps."""
SURE_ALONE = 0.6
"""Likeness of the surroundings that is enough where the words stand once."""
SURE_AMONG = 0.9
LEAD = 0.2
"""Likeness, and its lead over the next place, that are needed where they stand several times. Of
one side alone, this likeness is also enough where they stand once: a text grows at its ends."""
MOST_EDITS = 0.2
"""Share of the words that may differ in what a person is asked about."""
_MOST_PLACES = 20
"""Places of the same words that are looked at; words that stand more often are nobody's claim."""
_CANDIDATES = 4
_SEED = 3
"""Words in a row by which a place is found where the words may be looked for."""
_WORD = re.compile(r"\w+")
_STOPS = frozenset(".!?…”\"'»)\n")


class Outcome(StrEnum):
    """What becomes of a span."""

    MOVED = "moved"
    """The same words in the same surroundings."""
    REVIEW = "review"
    """Something like it, for a person to judge."""
    ORPHAN = "orphan"
    """Nothing like it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a span stands now."""

    outcome: Outcome
    span: Span | None = None
    """None for an orphan."""
    likeness: float = 0.0
    """From 0 to 1: of the surroundings where the words are the same, else of the words."""


def anchor(old: str, span: Span, new: str) -> Anchor:
    """Find the words of `span` in `old` again in `new`.

    The cost is linear in the new text, but for a handful of places that are looked at closely.
    """
    words = span.of(old)
    exact = islice(_exact(words, new), _MOST_PLACES)
    places = [(*_surroundings(old, span, new, place), place) for place in exact]
    places.sort(key=lambda found: (-found[0], found[2]))
    if places:
        best, side, place = places[0]
        alone = len(places) == 1 and (best >= SURE_ALONE or side >= SURE_AMONG)
        first = len(places) > 1 and best >= SURE_AMONG and best - places[1][0] >= LEAD
        if (alone or first) and _same_sentence(old, span, new, place):
            return Anchor(Outcome.MOVED, place, best)
        return Anchor(Outcome.REVIEW, place, best)
    likeness, like = max(
        ((_alike(words, candidate.of(new)), candidate) for candidate in _alike_places(words, new)),
        default=(0.0, None),
        key=lambda found: found[0],
    )
    if like is not None and likeness >= 1 - MOST_EDITS:
        return Anchor(Outcome.REVIEW, like, likeness)
    return Anchor(Outcome.ORPHAN)


def _exact(words: str, text: str) -> Iterator[Span]:
    """Every place of the words that does not begin or end inside a word."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        cut = (at > 0 and _inside(text, at)) or (end < len(text) and _inside(text, end))
        if not cut:
            yield Span(at, end)
        at = text.find(words, at + 1)


def _inside(text: str, at: int) -> bool:
    return text[at - 1].isalnum() and text[at].isalnum()


def _surroundings(old: str, span: Span, new: str, place: Span) -> tuple[float, float]:
    """How like the characters before and after are, from 0 to 1: both sides, and the liker one."""
    before = (
        old[max(0, span.start - AROUND) : span.start],
        new[max(0, place.start - AROUND) : place.start],
    )
    after = (old[span.end : span.end + AROUND], new[place.end : place.end + AROUND])
    sides = [_alike(*pair) for pair in (before, after) if pair[0] or pair[1]]
    return (sum(sides) / len(sides), max(sides)) if sides else (1.0, 1.0)


def _alike(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def _same_sentence(old: str, span: Span, new: str, place: Span) -> bool:
    """Whether the rest of the sentence is the same: an added "not" makes another claim."""
    if _tail(old, span.end) != _tail(new, place.end):
        return False
    return _head(old, span.start) == _head(new, place.start)


def _tail(text: str, end: int) -> str:
    """What follows to the end of the sentence, at most `AROUND` characters."""
    found: list[str] = []
    for at in range(end, min(len(text), end + AROUND)):
        letter = text[at]
        if letter == "\n" or (letter in _STOPS and _ends(text, at)):
            break
        if not found and text[end - 1] in _STOPS and (letter.isupper() or not letter.isalnum()):
            if letter.isspace():
                continue
            break
        found.append(letter)
    return "".join(found).strip()


def _head(text: str, start: int) -> str:
    """What stands before since the beginning of the sentence, at most `AROUND` characters."""
    found: list[str] = []
    for at in range(start - 1, max(-1, start - 1 - AROUND), -1):
        letter = text[at]
        if letter == "\n" or (letter in _STOPS and _ends(text, at)):
            break
        found.append(letter)
    return "".join(reversed(found)).strip()


def _ends(text: str, at: int) -> bool:
    """Whether a mark ends a sentence: a blank or nothing comes after it."""
    return at + 1 >= len(text) or text[at + 1].isspace()


def _alike_places(words: str, text: str) -> Iterator[Span]:
    """Stretches of the text that share some of the words in a row, the likeliest first."""
    sought = list(_WORD.finditer(words))
    keys: dict[tuple[str, ...], list[int]] = {}
    if not sought:
        return
    # Of a short sentence with a changed figure no three words in a row may be left.
    size = min(_SEED, max(1, len(sought) // 2))
    for number in range(len(sought) - size + 1):
        key = tuple(match[0] for match in sought[number : number + size])
        keys.setdefault(key, []).append(sought[number].start())
    votes: dict[int, int] = {}
    there = list(_WORD.finditer(text))
    for number in range(len(there) - size + 1):
        key = tuple(match[0] for match in there[number : number + size])
        for offset in keys.get(key, ()):
            # Places within a few words of each other are one.
            begin = max(0, there[number].start() - offset) // AROUND
            votes[begin] = votes.get(begin, 0) + 1
    for begin, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_CANDIDATES]:
        yield from _stretch(words, text, begin * AROUND)


def _stretch(words: str, text: str, near: int) -> Iterator[Span]:
    """The stretch near a place that is most like the words, from word to word."""
    room = AROUND * 2
    low, high = max(0, near - room), min(len(text), near + len(words) + room * 2)
    window = text[low:high]
    blocks = SequenceMatcher(None, words, window, autojunk=False).get_matching_blocks()
    kept = [block for block in blocks if block.size >= 3]
    if not kept:
        return
    start = max(0, kept[0].b - min(kept[0].a, AROUND))
    end = min(
        len(window),
        kept[-1].b + kept[-1].size + min(len(words) - kept[-1].a - kept[-1].size, AROUND),
    )
    while 0 < start < len(window) and _inside(window, start):
        start -= 1
    while end < len(window) and _inside(window, end):
        end += 1
    found = window[start:end]
    lead = len(found) - len(found.lstrip())
    start, end = start + lead, start + lead + len(found.strip())
    if start < end:
        yield Span(low + start, low + end)
