"""The quantities of a stretch of text: numbers, their bounds, what they count and measure.

`find_dates` lives in `claims.moments` and is offered here too, since both read numbers.
"""

from __future__ import annotations

from dataclasses import replace

from claims.counted import Found, date_tokens, made, object_after
from claims.measures import PERSON, TOLL, is_people, of_object
from claims.measuring import carry_bounds, measure
from claims.model import Quantity, Span
from claims.moments import find_dates, small_words
from claims.numbers import Number, Word, find_numbers, has_number, words
from claims.remembered import Remembered

__all__ = ["find_dates", "find_quantities"]

_ARTICLES = frozenset(("a", "an"))
"""With a word of a toll, an article counts one: "killing a guard"."""


def find_quantities(text: str, span: Span) -> tuple[Quantity, ...]:
    """The quantities in a stretch of text, in order; one for people told in parts.

    Years, dates, clock times, ages, calibres and names such as "D-30" are no quantities. A bound
    carries over a list until another bound replaces it. "several" counts as at least 3, a plural
    such as "dozens" as at least two of its scale. A conversion in brackets is left out.
    """
    small = small_words(span.of(text))
    if not has_number(text, span, small) and (
        small.isdisjoint(_ARTICLES) or TOLL.keys().isdisjoint(small)
    ):
        return ()
    listed = words(text, span)
    taken = date_tokens(text, span, listed)
    found = [
        item
        for number in find_numbers(listed)
        if (item := made(text, listed, number, taken)) is not None
    ]
    found = _with_singles(listed, found, taken)
    carry_bounds(listed, found)
    measure(listed, found)
    kept = [item for item in found if _worth_keeping(listed, item)]
    out: list[Quantity] = []
    at = 0
    while at < len(kept):
        last = _last_part(listed, kept, at)
        total = _total(text, listed, kept[at : last + 1]) if last > at else None
        out.append(total or _quantity(text, listed, kept[at]))
        at = last + 1 if total else at + 1
    return tuple(out)


def _may_count(word: str) -> bool:
    small = small_words(word)
    return not TOLL.keys().isdisjoint(small) or has_number(word, Span(0, len(word)), small)


FIGURE_WORDS = Remembered(_may_count)
"""Whether a word may be one without which `find_quantities` finds nothing."""


def _quantity(text: str, listed: list[Word], item: Found) -> Quantity:
    number = item.number
    counted = None
    if item.object_end > item.noun:
        counted = text[listed[item.noun].start : listed[item.object_end - 1].end]
    return Quantity(
        span=Span(listed[item.first].start, listed[item.end - 1].end),
        low=number.low,
        high=number.high,
        bound=number.bound,
        unit=item.unit,
        object=counted if item.unit is None else None,
        measure=item.measure,
    )


def _with_singles(listed: list[Word], found: list[Found], taken: set[int]) -> list[Found]:
    """Add "a" and "an" before people and equipment; they stay only where a toll is told."""
    inside = set(taken)
    for item in found:
        inside.update(range(item.first, item.end))
    singles = []
    for at, word in enumerate(listed):
        if word.low not in ("a", "an") or at in inside:
            continue
        noun, end = object_after(listed, at + 1)
        if end == noun or end in inside:
            continue
        head = listed[end - 1].low
        heads = (head, listed[noun].low)
        if any(head in PERSON or of_object(head) == "equipment" for head in heads):
            number = Number(at, at, at + 1, 1.0, 1.0, "exact")
            singles.append(Found(at, end, number, noun, end, single=True))
    return sorted([*found, *singles], key=lambda item: item.first) if singles else found


def _worth_keeping(listed: list[Word], item: Found) -> bool:
    if item.unit:
        return True
    if item.single:
        return item.measure is not None
    low = listed[item.number.own].low
    if low == "one" and item.number.end - item.number.own == 1 and item.number.bound == "exact":
        before = listed[item.first - 1].low if item.first else ""
        return item.measure is not None and before not in ("no", "this", "that")
    if item.number.vague and item.head < 0:
        return item.measure is not None
    if item.head < 0 and item.measure is None and item.first == item.number.own and item.first:
        return not listed[item.first - 1].capital  # "Update 1", "Azov 2"
    return True


def _last_part(listed: list[Word], found: list[Found], at: int) -> int:
    """The last of the quantities that tell the same people in parts, from `at` on."""
    last = at
    while last + 1 < len(found) and _is_part(listed, found[last], found[last + 1]):
        last += 1
    return last


def _total(text: str, listed: list[Word], parts: list[Found]) -> Quantity | None:
    """ "a woman and two children": three people, told in parts."""
    if not any(item.single for item in parts):
        return None
    lows = [item.number.low for item in parts]
    highs = [item.number.high for item in parts]
    if any(value is None for value in lows) or any(value is None for value in highs):
        return None
    span = Span(listed[parts[0].first].start, listed[parts[-1].end - 1].end)
    whole = _quantity(text, listed, parts[0])
    return replace(
        whole,
        span=span,
        low=sum(value or 0.0 for value in lows),
        high=sum(value or 0.0 for value in highs),
        object="people",
    )


_JOINED = {
    ("and",),
    (",",),
    (",", "and"),
    *((link, owner) for link in ("and", "with") for owner in ("his", "her", "their")),
    *(("and", "the"), ("along", "with"), ("together", "with")),
}


def _is_part(listed: list[Word], left: Found, right: Found) -> bool:
    people = all(
        item.head >= 0 and is_people(listed[item.head].low) and item.unit is None
        for item in (left, right)
    )
    joined = [word.low for word in listed[left.end : right.first]]
    return people and left.measure == right.measure and tuple(joined) in _JOINED
