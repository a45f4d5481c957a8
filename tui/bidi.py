"""The order in which a row of mixed scripts is seen, for terminals that do not know it.

Pure: no Textual. The Unicode Bidirectional Algorithm (UAX #9) for one row, without the explicit
embeddings and isolates, which `claims.text.displayed` has made visible: rules P2 to P3, W1 to W7,
N1 to N2, I1 to I2, L1, L2 and L4. Only what is painted is reordered; offsets are those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from rich.cells import split_graphemes
from rich.segment import Segment

_STRONG = re.compile(r"[^\W\d_]")
_HEAD = 1_000
"""Characters of a paragraph that are looked at for its first letter."""
_MIRRORED = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "ES", "ET", "CS", "BN"))


def is_right_to_left_paragraph(text: str, start: int, end: int) -> bool:
    """Whether the first letter of a paragraph is one that is written from right to left."""
    first = _STRONG.search(text, start, min(end, start + _HEAD))
    return first is not None and unicodedata.bidirectional(first[0]) in ("R", "AL")


def seen_order(text: str, *, right_to_left: bool = False) -> list[tuple[int, int, int]]:
    """What is seen as one character each, from left to right: start, end and level.

    A character of an odd level is written from right to left. `right_to_left` is the direction of
    the paragraph that the row belongs to.
    """
    spans = [(start, end) for start, end, _ in split_graphemes(text)[0]]
    base = int(right_to_left)
    types = _resolved([unicodedata.bidirectional(text[start]) or "L" for start, _ in spans], base)
    levels = [_level(kind, base) for kind in types]
    for at in range(len(spans) - 1, -1, -1):
        if not text[spans[at][0]].isspace():
            break
        levels[at] = base
    order = list(range(len(spans)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            if levels[order[at]] < level:
                at += 1
                continue
            last = at
            while last < len(order) and levels[order[last]] >= level:
                last += 1
            order[at:last] = reversed(order[at:last])
            at = last
    return [(*spans[at], levels[at]) for at in order]


def _level(kind: str, base: int) -> int:
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _resolved(types: list[str], base: int) -> list[str]:
    """Every type as L, R, EN or AN: the weak and the neutral rules."""
    around = "R" if base else "L"
    strong = around
    for at, kind in enumerate(types):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "NSM":
            types[at] = types[at - 1] if at else around
        elif kind == "EN" and strong == "AL":
            types[at] = "AN"
    types = ["R" if kind == "AL" else kind for kind in types]
    for at in range(1, len(types) - 1):
        before, behind = types[at - 1], types[at + 1]
        if before == behind and (
            (types[at] == "ES" and before == "EN") or (types[at] == "CS" and before in ("EN", "AN"))
        ):
            types[at] = before
    for at in range(len(types)):
        if types[at] == "ET":
            last = at
            while last < len(types) and types[last] == "ET":
                last += 1
            if (at and types[at - 1] == "EN") or (last < len(types) and types[last] == "EN"):
                types[at:last] = ["EN"] * (last - at)
    strong = around
    for at, kind in enumerate(types):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            types[at] = "L"
    at = 0
    for neutral, group in groupby(list(types), key=_NEUTRAL.__contains__):
        length = len(list(group))
        if neutral:
            before = _direction(types[at - 1]) if at else around
            behind = _direction(types[at + length]) if at + length < len(types) else around
            types[at : at + length] = [before if before == behind else around] * length
        at += length
    return types


def _direction(kind: str) -> str:
    return "L" if kind == "L" else "R"


def in_seen_order(segments: Sequence[Segment], *, right_to_left: bool = False) -> list[Segment]:
    """Segments of a row, each character with its own style, in the order in which they are seen."""
    text = "".join(segment.text for segment in segments)
    styles = [segment.style for segment in segments for _ in segment.text]
    made = []
    for start, end, level in seen_order(text, right_to_left=right_to_left):
        character = text[start:end]
        if level % 2:
            character = _MIRRORED.get(character, character)
        made.append(Segment(character, styles[start]))
    return made
