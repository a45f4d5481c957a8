"""Characters: what may be stored, what a terminal may see, how words are folded for search.

`canonical` and `displayed` keep the number of code points, so that every offset into a text stays
true before and after. The tables follow Unicode 15's general categories and the "default
ignorable" property; the visible stand-ins are the Control Pictures block (U+2400 to U+2426).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from sys import intern

from claims.model import Span


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is written as running text, for the lexicons of this package."""
    return frozenset(map(intern, listed.split()))


_BETWEEN_SPACE = re.compile(r"\S+")


def words_in(text: str) -> int:
    """How many words a text has, as `str.split` parts them; a long one is not held twice."""
    return sum(1 for _ in _BETWEEN_SPACE.finditer(text))


_SPACE = re.compile(r"\s")
_STRETCH = 1 << 16
"""Characters of a long text that are folded at a time."""


def stretches(text: str) -> Iterator[Span]:
    """A text in stretches of bounded size, cut before white space: words stay whole.

    What makes a folded or tokenised copy of a long text takes it so, and holds a part at a time.
    """
    start = 0
    while start < len(text):
        space = _SPACE.search(text, start + _STRETCH)
        end = space.start() if space else len(text)
        yield Span(start, end)
        start = end


MAX_MARKS = 4
"""Combining marks shown on one base; no living script stacks more in running text."""

_SYMBOL_FOR_NEWLINE = 0x2424
_SYMBOL_FOR_DELETE = 0x2421
_SYMBOL_FOR_SUBSTITUTE = 0x2426
_REPLACEMENT = 0xFFFD


def _canonical_table() -> dict[int, int]:
    table = {c: 0x2400 + c for c in range(0x20) if chr(c) not in "\t\n\r"}
    table |= dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT)
    table |= dict.fromkeys((0x85, 0x2028, 0x2029), _SYMBOL_FOR_NEWLINE)
    table |= dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT)
    table[0x7F] = _SYMBOL_FOR_DELETE
    return table


_INVISIBLE: tuple[int, ...] = (
    *range(0x202A, 0x202F),  # bidi embeddings and overrides
    *range(0x2066, 0x206A),  # bidi isolates
    0x061C,  # Arabic letter mark
    0x200B,  # zero width space
    *range(0x2060, 0x2066),  # word joiner, invisible operators
    *range(0x206A, 0x2070),  # deprecated format characters
    0xFEFF,  # byte order mark
    0x00AD,  # soft hyphen
    0x180E,  # Mongolian vowel separator
    0x115F,  # Hangul fillers
    0x1160,
    0x3164,
    0xFFA0,
    *range(0xFFF9, 0xFFFC),  # interlinear annotation
    *range(0x1D173, 0x1D17B),  # musical format characters
    *range(0xE0000, 0xE0080),  # tag characters
)
_JOINERS = "\u200c\u200d\u200e\u200f"
"""Kept: Persian, emoji, Arabic and Hebrew text need them."""

_CANONICAL = _canonical_table()
_DISPLAYED = (
    _CANONICAL
    | dict.fromkeys(_INVISIBLE, _SYMBOL_FOR_SUBSTITUTE)
    | {ord("\t"): ord(" "), ord("\r"): 0x240D}
)


def _ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    ordered = sorted(codes)
    start = ordered[0]
    for code, following in pairwise([*ordered, -1]):
        if following != code + 1:
            yield start, code
            start = following


def _class(codes: Iterable[int]) -> str:
    return "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in _ranges(codes))


_NOT_CANONICAL = re.compile(f"[{_class(_CANONICAL)}]+")
_NOT_DISPLAYED = re.compile(f"[{_class(_DISPLAYED)}]+")
_ZERO_WIDTH = re.compile(f"[{_class((*_INVISIBLE, *map(ord, _JOINERS)))}]+")


def canonical(text: str) -> str:
    """Make a text fit to be stored and extracted from, one code point for one.

    C0 controls except tab and line ends become their control pictures, DEL U+2421, C1 controls
    U+FFFD, the line separators NEL, U+2028 and U+2029 U+2424, lone surrogates U+FFFD. SQLite's
    string functions stop at a NUL, and a lone surrogate cannot be encoded at all.
    """
    return _NOT_CANONICAL.sub(lambda found: found[0].translate(_CANONICAL), text)


def displayed(text: str) -> str:
    """Make any outside string safe for a terminal, one code point for one.

    Beyond `canonical`: bidi controls, zero-width, filler and tag characters become U+2426, and so
    do combining marks beyond `MAX_MARKS` on one base. A tab becomes a space, `\\n` stays, the
    `\\r` of a `\\r\\n` becomes a space and any other `\\r` a visible U+240D. ZWJ, ZWNJ, LRM and
    RLM stay.
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n")
    text = _NOT_DISPLAYED.sub(lambda found: found[0].translate(_DISPLAYED), text)
    if text.isascii():
        return text
    marks = "".join(sorted(c for c in set(text) if unicodedata.category(c) in ("Mn", "Me")))
    return _mark_runs(marks).sub(_capped, text) if marks else text


@lru_cache(maxsize=64)
def _mark_runs(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{_class(map(ord, marks + _JOINERS))}]{{{MAX_MARKS + 1},}}")


def _capped(run: re.Match[str]) -> str:
    kept = 0
    out = []
    for char in run[0]:
        if char not in _JOINERS:
            kept += 1
            if kept > MAX_MARKS:
                char = chr(_SYMBOL_FOR_SUBSTITUTE)
        out.append(char)
    return "".join(out)


_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´‹›", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)


def searchable(text: str) -> str:
    """Fold a text for search: compatibility forms, case, zero-width characters, quotes, dashes.

    Not one code point for one: for look-ups, never for offsets.
    """
    text = _ZERO_WIDTH.sub("", text)
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKC", text.translate(_STRAIGHT)).casefold()
    return unicodedata.normalize("NFKC", folded)


_LINE = re.compile(r"[^\r\n]+")
_WRAP_MIN, _WRAP_MAX = 40, 100
"""Widths, in characters, between which a text may be hard-wrapped (e-mail, teletype, old wires)."""
_WRAP_SURE = 55
"""A width that lists and verse seldom reach."""
_INDENT = 8
"""Characters of indentation that count as part of a line's width."""


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs in order, without the white space around them.

    A line is a paragraph, except in hard-wrapped text, where lines that were broken to fit a
    width belong together up to the next blank or indented line.
    """
    lines = _lines(text)
    wraps = _wraps(text, lines)
    out: list[Span] = []
    for at, line in enumerate(lines):
        if at in wraps:
            out[-1] = Span(out[-1].start, line.end)
        else:
            out.append(line)
    return tuple(out)


def _lines(text: str) -> list[Span]:
    lines = []
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if words:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            lines.append(Span(start, start + len(words)))
    return lines


def _wraps(text: str, lines: list[Span]) -> set[int]:
    """Which lines go on with the one above: in wrapped text, those whose first word did not fit."""
    joined = [at for at in range(1, len(lines)) if _one_line_break(text, lines[at - 1], lines[at])]
    if not joined:
        return set()
    width = max(_length(text, line) for at in joined for line in lines[at - 1 : at + 1])
    if not _WRAP_MIN <= width <= _WRAP_MAX:
        return set()
    full = {at for at in joined if _no_room(text, lines[at - 1], lines[at], width)}
    inside = sum(_unended(text, lines[at - 1]) and text[lines[at].start].islower() for at in full)
    # Two thirds full and a third broken inside a sentence: lists and headlines are neither.
    filled = 3 * len(full) >= 2 * len(joined) and 3 * inside >= len(full)
    if not filled and not _broken_off(text, lines, joined, width):
        return set()
    # Wires indent each paragraph, and often the second line of the first one too.
    head = text[lines[0].start : lines[0].end]
    if (
        _unended(text, lines[0])
        and not head.isupper()
        and text[lines[0].end : lines[1].start].count("\n") == 1
    ):
        full.add(1)
    # A wire breaks some lines early; in wrapped text a line that stops in mid-sentence goes on.
    full.update(
        at
        for at in joined
        if _unended(text, lines[at - 1])
        and not lines[at - 1].of(text).isupper()
        and (text[lines[at].start].islower() or 5 * _length(text, lines[at - 1]) >= 3 * width)
    )
    return full


def _broken_off(text: str, lines: list[Span], joined: list[int], width: int) -> bool:
    """Whether lines stop in mid-sentence and the blocks that they make end with a full stop."""
    goes_on = set(joined)
    inner = [lines[at - 1] for at in joined]
    final = [lines[at] for at in joined if at + 1 not in goes_on]
    return (
        width >= _WRAP_SURE
        and 3 * sum(_unended(text, line) for line in inner) >= 2 * len(inner)
        and 3 * sum(text[lines[at].start].islower() for at in joined) >= len(joined)
        and 2 * sum(5 * _length(text, line) >= 3 * width for line in inner) > len(inner)
        and 3 * sum(not _unended(text, line) for line in final) >= 2 * len(final)
    )


def _unended(text: str, line: Span) -> bool:
    return text[line.end - 1] not in '.?!:;"”)'


def _length(text: str, line: Span) -> int:
    """The width of a line with its indentation, up to eight characters of it."""
    start = line.start
    while start and line.start - start < _INDENT and text[start - 1] in " \t":
        start -= 1
    return line.end - start


def _one_line_break(text: str, above: Span, below: Span) -> bool:
    gap = text[above.end : below.start]
    return gap.count("\n") + gap.count("\r") - gap.count("\r\n") == 1 and gap[-1] in "\r\n"


def _no_room(text: str, above: Span, below: Span, width: int) -> bool:
    space = text.find(" ", below.start, below.end)
    first_word = (space if space >= 0 else below.end) - below.start
    return _length(text, above) + 1 + first_word > width - 4
