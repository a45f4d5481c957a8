"""A text as the network reads it: tokens in passages of whole sentences, with quotation states.

The tokens and sentences are the network's own, not those of `claims.lines`: the weights were
trained on exactly these. Every step is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.model import Span
from claims.tagger.lexicon import Lexicon, Row
from claims.text import word_set

TOKEN = re.compile(r"\w+|[^\w\s]")
"""A run of letters and digits, or a single mark."""
OUTSIDE, OPENING, INSIDE, CLOSING, STRAY = range(5)
"""States of a token: outside a quotation, its opening mark, inside, its closing mark, a closing
mark that nothing opened."""
MAX_QUOTATION = 150
"""Tokens after which an opening mark without its partner no longer counts."""
PASSAGE = 150
"""Sentences are put together up to this many tokens: a long paragraph of the training news."""
MAX_PASSAGE = 400
"""A sentence longer than this is cut, so that hostile input stays linear."""

_ABBREVIATIONS = word_set(
    """mr mrs ms dr prof gen lt col sgt capt maj adm gov sen rep sens reps st jr sr vs etc no inc co
    corp ltd jan feb mar apr jun jul aug sept sep oct nov dec"""
)
_STOPS = frozenset(".!?…")
_AFTER_STOP = frozenset(")]’'")
_OPENERS = frozenset("“\"‘'([")


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one paragraph; parallel lists, one entry a token.

    `starts` and `ends` are offsets into the text; `sentence` numbers the sentences of the
    paragraph; `quote` is the state (`OUTSIDE` to `STRAY`); `rows` are the network's input.
    """

    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    sentence: Sequence[int]
    quote: Sequence[int]
    rows: Sequence[Row]


def passages(text: str, paragraphs: Iterable[Span], lexicon: Lexicon) -> Iterator[Passage]:
    """The paragraphs of a text cut into passages, in order."""
    carried = False
    for paragraph in paragraphs:
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for match in TOKEN.finditer(text, paragraph.start, paragraph.end):
            words.append(match.group())
            starts.append(match.start())
            ends.append(match.end())
        if not words:
            continue
        quote = quotation_states(words, starts, ends)
        sentence = sentence_numbers(words, starts, ends, quote)
        for low, high in cuts(sentence):
            here, states, numbers = words[low:high], quote[low:high], sentence[low:high]
            yield Passage(
                here,
                starts[low:high],
                ends[low:high],
                numbers,
                states,
                lexicon.rows(here, states, numbers, carried=carried),
            )
            carried = states[-1] in (OPENING, INSIDE)


def quotation_states(words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """The state of each token of a paragraph.

    A straight mark opens or closes by the spaces around it, and by turns where these do not tell.
    """
    states: list[int] = []
    inside, since = False, 0
    for index, word in enumerate(words):
        if word == "“":
            kind = OPENING
        elif word == "”":
            kind = CLOSING
        elif word == '"':
            before = index == 0 or starts[index] > ends[index - 1]
            after = index + 1 == len(words) or starts[index + 1] > ends[index]
            opens = before if before != after else not inside
            kind = OPENING if opens else CLOSING
        else:
            since += 1
            if since > MAX_QUOTATION:
                inside = False
            states.append(INSIDE if inside else OUTSIDE)
            continue
        if kind == OPENING:
            inside, since = True, 0
            states.append(OPENING)
        else:
            states.append(CLOSING if inside else STRAY)
            inside = False
    return states


def sentence_numbers(
    words: Sequence[str], starts: Sequence[int], ends: Sequence[int], quote: Sequence[int]
) -> list[int]:
    """The number of each token's sentence within its paragraph; none ends inside a quotation."""
    numbers: list[int] = []
    number, ended = 0, False
    for index, word in enumerate(words):
        if ended and quote[index] not in (CLOSING, STRAY) and word not in _AFTER_STOP:
            spaced = starts[index] > ends[index - 1]
            begins = word[0].isupper() or word[0].isdigit() or word in _OPENERS
            if spaced and begins and quote[index - 1] != INSIDE:
                number += 1
            ended = False
        if word in _STOPS:
            ended = True
            if word == "." and index and ends[index - 1] == starts[index]:
                previous = words[index - 1]
                initial = len(previous) == 1 and previous.isupper()
                ended = not initial and previous.lower() not in _ABBREVIATIONS
        numbers.append(number)
    return numbers


def cuts(sentence: Sequence[int]) -> list[tuple[int, int]]:
    """Token ranges of a paragraph's passages: whole sentences, together up to `PASSAGE` tokens."""
    found: list[tuple[int, int]] = []
    begin = last = 0
    for index in range(1, len(sentence) + 1):
        if index == len(sentence) or sentence[index] != sentence[index - 1]:
            if index - begin > PASSAGE and last > begin:
                found.append((begin, last))
                begin = last
            last = index
    found.append((begin, len(sentence)))
    return [
        (low, min(low + MAX_PASSAGE, end))
        for start, end in found
        for low in range(start, end, MAX_PASSAGE)
    ]
