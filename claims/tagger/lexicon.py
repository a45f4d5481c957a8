"""What the network knows of a word by itself: its vector, affixes, outline and likely tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = tuple[int, ...]
"""The nine ids of a token in the order of the network's tables: vector, frequent word, suffix,
prefix, outline, part of speech, quotation state, cue share, place in the sentence."""

_MARKS = ",.;:!?()[]-–—'’‘\"“”/$%&@#*…"
_OTHER_MARK = 9 + len(_MARKS)
OUTLINES = _OTHER_MARK + 1
"""How many outlines there are."""
_CACHED_WORDS = 16_384
"""Words remembered at once, so that memory stays flat over any amount of text."""
_CACHED_LENGTH = 40


def outline(word: str) -> int:
    """Lower, title, upper or mixed case; digits by their number; a mark by itself; else other."""
    if word.isalpha():
        return 0 if word.islower() else 1 if word.istitle() else 2 if word.isupper() else 3
    if word.isdigit():
        return 3 + min(len(word), 4)
    if len(word) == 1:
        at = _MARKS.find(word)
        return 9 + at if at >= 0 else _OTHER_MARK
    return 8


class Lexicon:
    """The word lists that come with the weights, as look-ups.

    `header` holds the lists "vocabulary", "frequent", "suffix", "prefix" and "tags", and the
    mappings "cue" (how often a word is a cue, in tenths), "pos" and "suffix_pos".
    """

    def __init__(self, header: Mapping[str, Any]) -> None:
        """Raises KeyError or TypeError when the header is not of that form."""
        self._vocabulary = _index(header["vocabulary"])
        self._frequent = _index(header["frequent"])
        self._suffix, self._prefix = _index(header["suffix"]), _index(header["prefix"])
        tags = _index(header["tags"])
        self._cue: dict[str, int] = dict(header["cue"])
        self._tag = {word: tags[tag] for word, tag in header["pos"].items()}
        self._suffix_tag = {suffix: tags[tag] for suffix, tag in header["suffix_pos"].items()}
        self._name, self._number = tags["NNP"], tags["CD"]
        self._adverb, self._noun = tags["RB"], tags["NN"]
        self._closed = frozenset(number for tag, number in tags.items() if tag[0] in "PDI")
        self._cache: dict[str, Row] = {}

    def rows(
        self, words: Sequence[str], quote: Sequence[int], sentence: Sequence[int], *, carried: bool
    ) -> list[Row]:
        """The network's input, one row a token; `carried`: a quotation was open before."""
        quoted = {number for state, number in zip(quote, sentence, strict=True) if state}
        shift = 5 if carried else 0
        rows: list[Row] = []
        cache, last = self._cache, -1
        for word, state, number in zip(words, quote, sentence, strict=True):
            known = cache.get(word) or self._word(word)
            first = number != last
            last = number
            place = first + 2 * (number in quoted) + 4 * (number == sentence[0])
            rows.append((*known[:5], known[5 if first else 6], state + shift, known[7], place))
        return rows

    def _word(self, word: str) -> Row:
        """Vector, frequent word, suffix, prefix, outline, tag that opens a sentence, tag within
        one, cue share."""
        low = word.lower()
        unknown = 1 if word.isdigit() else 0
        opening, within = self._tags(word, low)
        row = (
            self._vocabulary.get(low, unknown),
            self._frequent.get(low, unknown),
            self._suffix.get(low[-3:], 0),
            self._prefix.get(low[:3], 0),
            outline(word),
            opening,
            within,
            self._cue.get(low, 0),
        )
        if len(word) <= _CACHED_LENGTH:
            if len(self._cache) >= _CACHED_WORDS:
                self._cache.clear()
            self._cache[word] = row
        return row

    def _tags(self, word: str, low: str) -> tuple[int, int]:
        """The likely part of speech as the first word of a sentence, and elsewhere."""
        tag = self._tag.get(low)
        capital = word[0].isupper()
        if tag is not None:
            return tag, self._name if capital and tag not in self._closed else tag
        if word[0].isdigit():
            tag = self._number
        elif capital:
            tag = self._name
        elif low.endswith("ly"):
            tag = self._adverb
        else:
            tag = self._suffix_tag.get(low[-3:], self._noun)
        return tag, self._name if capital else tag


def _index(words: Sequence[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(words)}
