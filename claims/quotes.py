"""Finds what stands in quotation marks: nesting, quotes over sentences and over paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.model import Sentence, Span, Spans

_MARK = re.compile("[\"“”„«»‘’'](?:(?<=')''?)?")
"""One mark, or two or three straight single ones that stand for a double one."""
_MAX_DEPTH = 6
"""Marks nested deeper than this are typing, not quotation."""
_MAX_SINGLE = 2_000
"""A single mark that is not closed within so many characters was an apostrophe."""
_MAX_GAP = 5_000
"""How far on a quote may close that is not reopened at each of its paragraphs."""
_DOUBLE, _SINGLE, _ANGLE = '"', "'", "«"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks, marks included.

    `spans` has one part per paragraph: a quote over several paragraphs repeats the opening mark at
    each and closes only the last. `depth` is 0 for a quote that stands in no other. `closed` is
    False where the closing mark is missing.
    """

    spans: Spans
    depth: int = 0
    closed: bool = True

    @property
    def start(self) -> int:
        """Where the first opening mark stands."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Just after the last closing mark."""
        return self.spans[-1].end

    def holds(self, position: int) -> bool:
        """Whether a character at `position` stands between the marks."""
        return any(part.start <= position < part.end for part in self.spans)


class _Open:
    """A quotation mark that waits for its partner."""

    __slots__ = ("family", "paragraph", "parts", "start")

    def __init__(self, family: str, start: int, paragraph: int) -> None:
        self.family = family
        self.start = start
        self.paragraph = paragraph
        self.parts: list[Span] = []


def find(text: str, sentences: Sequence[Sentence]) -> tuple[Quote, ...]:
    """Every quote in `text`, ordered by where it starts, an outer one before those inside it.

    An opening mark that is never closed runs to the end of its paragraph when it stands at its
    start with no other quote behind it, and else to the end of its sentence.
    Cost is linear in the length of `text`: each mark is looked at once.
    """
    bounds = _paragraphs(sentences) or [Span(0, len(text))]
    ends = [sentence.span.end for sentence in sentences]
    found: list[Quote] = []
    stack: list[_Open] = []
    for number, paragraph in enumerate(bounds):
        first = _first_mark(text, paragraph)
        if stack:
            outer = stack[0]
            if first is None and _closes_later(text, paragraph.start, outer.family):
                outer.parts.append(Span(outer.start, bounds[outer.paragraph].end))
                outer.start, outer.paragraph = paragraph.start, number
                del stack[1:]
            elif first is not None and _family(text[first]) == outer.family:
                # The mark repeated at the head of a paragraph goes on with the open quote.
                outer.parts.append(Span(outer.start, bounds[outer.paragraph].end))
                outer.start, outer.paragraph = first, number
                del stack[1:]
            else:
                _unclosed(text, stack, bounds, ends, found)
                stack = []
                first = None
        else:
            first = None
        _scan(text, paragraph, number, stack, found, skip=first)
        if stack:
            following = bounds[number + 1] if number + 1 < len(bounds) else None
            mark = _first_mark(text, following) if following else None
            again = (
                mark is not None
                and following is not None
                and (_family(text[mark]) == stack[0].family)
            )
            goes_on = again or (
                mark is None
                and following is not None
                and _closes_later(text, following.start, stack[0].family)
            )
            if not goes_on or stack[0].family == _SINGLE:
                _unclosed(text, stack, bounds, ends, found)
                stack = []
    _unclosed(text, stack, bounds, ends, found)
    found.sort(key=lambda quote: (quote.start, -quote.end))
    return tuple(found)


def _paragraphs(sentences: Sequence[Sentence]) -> list[Span]:
    bounds: list[Span] = []
    last = None
    for sentence in sentences:
        if bounds and sentence.paragraph == last:
            bounds[-1] = Span(bounds[-1].start, sentence.span.end)
        else:
            bounds.append(sentence.span)
        last = sentence.paragraph
    return bounds


def _closes_later(text: str, start: int, family: str) -> bool:
    """Whether the next double mark of this family, not too far on, is a closing one."""
    if family == _SINGLE:
        return False
    for match in _MARK.finditer(text, start, min(len(text), start + _MAX_GAP)):
        if _family(match.group()[0]) != family or match.group() in ("'", "‘", "’"):
            continue
        at, after = match.span()
        if match.group() in ("”", "»"):
            return True
        if match.group() in ("“", "„", "«"):
            return False
        behind = text[after] if after < len(text) else " "
        return at > start and not text[at - 1].isspace() and not behind.isalnum()
    return False


def _first_mark(text: str, paragraph: Span) -> int | None:
    start = paragraph.start
    while start < paragraph.end and text[start] in " \t\xa0":
        start += 1
    if start < paragraph.end and text[start] in "\"“„«'":
        if text[start] == "'" and not text.startswith("''", start):
            return None
        return start
    return None


def _family(mark: str) -> str:
    if mark in "«»":
        return _ANGLE
    return _DOUBLE if mark in "\"“”„'" else _SINGLE


def _scan(
    text: str,
    paragraph: Span,
    number: int,
    stack: list[_Open],
    found: list[Quote],
    *,
    skip: int | None,
) -> None:
    """Pair the marks of one paragraph; what stays open is left on `stack`."""
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at, mark = match.start(), match.group()
        if at == skip:
            continue
        after = match.end()
        before = text[at - 1] if at > paragraph.start else " "
        behind = text[after] if after < paragraph.end else " "
        family = _ANGLE if mark in "«»" else _SINGLE if mark in "‘’'" else _DOUBLE
        what = _direction(mark, before, behind, family, stack, at)
        if what > 0 and len(stack) < _MAX_DEPTH:
            stack.append(_Open(family, at, number))
        elif what < 0:
            depth = next(
                (i for i in range(len(stack) - 1, -1, -1) if stack[i].family == family), None
            )
            if depth is None:
                continue
            if depth < len(stack) - 1 and family == _SINGLE:
                continue
            # Marks opened inside and never closed were apostrophes or slips.
            del stack[depth + 1 :]
            opened = stack.pop()
            found.append(Quote((*opened.parts, Span(opened.start, after)), depth))


def _direction(
    mark: str, before: str, behind: str, family: str, stack: list[_Open], at: int
) -> int:
    """Whether a mark opens (1), closes (-1) or is none (0), by its shape and its neighbours."""
    is_open = any(one.family == family for one in stack)
    after_word = before.isalnum() or before in ".,!?…;:)]%’'"
    before_word = behind.isalnum() or behind in "([$€£“\"‘'…#@<"
    if family == _ANGLE:
        return 1 if mark == "«" else -1
    if family == _SINGLE:
        if is_open and any(one.family == _SINGLE and at - one.start > _MAX_SINGLE for one in stack):
            stack[:] = [one for one in stack if one.family != _SINGLE]
            is_open = False
        if mark == "‘":
            return 1 if not before.isalnum() and behind.isalpha() else 0
        if before.isalnum() and behind.isalnum():
            return 0
        if is_open and not behind.isalnum() and not before.isspace():
            return -1
        # A straight mark between space and letter opens; before a digit it is an omission ('90s).
        return 1 if mark == "'" and not after_word and behind.isalpha() else 0
    if mark == "„":
        return 1
    if mark == "“":
        wrong_way = is_open and after_word and not behind.isalnum()
        return -1 if wrong_way else 1
    if mark == "”":
        # Some writers open with a closing mark.
        return 1 if not is_open and not after_word and behind.isalnum() else -1
    if not is_open:
        if before.isdigit() and not behind.isalnum():
            return 0  # inches
        return 1 if before_word or not after_word else 0
    if before_word and before in " \t\xa0([—–-“":
        return 1 if mark == '"' and len(stack) < 2 and behind.isupper() else -1
    return -1


def _unclosed(
    text: str, stack: list[_Open], bounds: list[Span], ends: list[int], found: list[Quote]
) -> None:
    """Settle the marks that nothing closes; quotes behind them are then no longer inside them."""
    depth = 0
    for opened in stack:
        if opened.family == _SINGLE:
            continue
        paragraph = bounds[opened.paragraph]
        end = paragraph.end
        behind = len(found)
        while behind > 0 and found[behind - 1].start > opened.start:
            behind -= 1
        index = bisect_right(ends, opened.start)
        alone = behind == len(found) and not text[paragraph.start : opened.start].strip()
        if not alone and index < len(ends) and depth == 0:
            end = min(end, ends[index])
        while end > opened.start and text[end - 1].isspace():
            end -= 1
        for k in range(behind, len(found)):
            if found[k].start >= end and found[k].depth > depth:
                found[k] = replace(found[k], depth=found[k].depth - 1)
        if end - opened.start > 1:
            parts = (*opened.parts, Span(opened.start, end))
            found.append(Quote(parts, depth, closed=False))
            depth += 1
