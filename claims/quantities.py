"""The quantities of a stretch of text: numbers, their bounds, what they count and measure.

`find_dates` lives in `claims.moments` and is offered here too, since both read numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from claims.measures import (
    CALIBRES,
    CURRENCIES,
    OF_THINGS_TOO,
    PERSON,
    SQUARE,
    TOLL,
    UNITS,
    is_people,
    of_object,
)
from claims.model import Quantity, Span
from claims.moments import date_spans, find_dates
from claims.numbers import NUMBER_WORDS, Number, Word, find_numbers, has_number, words
from claims.text import word_set

__all__ = ["find_dates", "find_quantities"]

_STOPS = word_set(
    """
        the a an this that these those and or nor but of in on at by for from to with without
        about against into onto over under after before during between among around near off out
        up down through across along behind beyond inside outside within since until till as
        than per via amid is are was were be been being am has have had having do does did will
        would can could may might must shall should not who whom whose which what when where
        while why how if because although though so then there here it its he she they them him
        her his their our my your we i you us also only just even still already yet too very
        more most less least including included such each every any all both either neither no
        some reportedly allegedly killed wounded died fell fled left said says say told hit took
        take taken came come went go gone made make got get gave give held hold lost won broke
        began begin became become saw seen found find kept stood sent set put ran run shot
        struck struck wept were lay lie rose rise dead missing destroyed damaged injured ago old
        later earlier today yesterday tomorrow apart away long wide deep high tall north south
        east west northeast northwest southeast southwest respectively alone total times monday
        tuesday wednesday thursday friday saturday sunday january february march april june july
        august september october november december
        """
)
_ADJECTIVAL = word_set(
    """armored armoured unmanned guided displaced self-propelled wounded injured captured armed
        masked suspected uniformed unarmed retired mechanized mechanised motorized motorised
        towed tracked wheeled fighting operating landing launching training remaining surviving
        leading building dwelling occupied liberated affected so-called unidentified hooded
        related trained married kidnapped detained convicted sponsored backed red united missing
        dead wounded injured"""
)
_LINKS = word_set("and or plus also including well as") | frozenset(",;–—-")
_AUXILIARIES = word_set(
    """was were is are be been being has have had reportedly also later allegedly confirmed reported
    believed feared said to thought then so far already still more others other of them whom who
    went gone all presumed officially got get yet found"""
)
_TRANSPARENT = word_set(
    """the of to at by reportedly about another other others a an total as and its their his
        some additional more further in for nearly only up including that another with or least
        toll rose risen rises reached reaching reaches stood stands totaled totalled exceeded
        exceeds was were is amounted amounting also least many approximately"""
) | frozenset(",:“\"‘'(")
_ASIDE = 34
"""Tokens that a description of the counted people may take."""
_ASIDES = word_set("including among most many all mostly mainly some aged none")
_PAUSES = frozenset(",–—(-")
_OF_WHOM = word_set("of from in at near with belonging inside")
_PASSIVE = word_set("was were been being is are be")
_BREAKS = frozenset(";.!?") | word_set(
    "while whereas when after before but although though because"
)
_ID_NOUNS = word_set(
    """no nos number article resolution highway route chapter page flight channel room hill
    phase category level type model version section decree law bill appendix block covid
    leopard apollo boeing airbus agenda point points gate pier line lane clause paragraph
    protocol order unit issue volume figure table grade building house apartment studio
    wing camp checkpoint fc version web gen mark"""
)
_CLOCK = word_set("am pm gmt utc est edt cet o'clock hrs hours local")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|s)\Z")
_TOLLS = frozenset(TOLL.values())
_LETTERS = re.compile(r"[a-z]+")
_MAX_OBJECT = 9
_CONTEXT = 14
"""Tokens on either side in which the words of a toll may stand."""


@dataclass(slots=True)
class _Found:
    """A number on its way to being a quantity; tokens `first` to `end`, the object from `noun`."""

    first: int
    end: int
    number: Number
    noun: int
    object_end: int
    unit: str | None = None
    measure: str | None = None
    single: bool = False

    @property
    def head(self) -> int:
        """The token of the counted noun; -1 without one."""
        return self.object_end - 1 if self.object_end > self.noun else -1


class _Unit(NamedTuple):
    unit: str
    measure: str | None
    end: int


def find_quantities(text: str, span: Span) -> tuple[Quantity, ...]:
    """The quantities in a stretch of text, in order; a total stands before its parts.

    Years, dates, clock times, ages, calibres and names such as "D-30" are no quantities. A bound
    carries over a list until another bound replaces it. "several" counts as at least 3, a plural
    such as "dozens" as at least two of its scale. A conversion in brackets is left out.
    """
    if not has_number(text, span) and TOLL.keys().isdisjoint(
        _LETTERS.findall(span.of(text).lower())
    ):
        return ()
    listed = words(text, span)
    taken = _date_tokens(text, span, listed)
    found = [
        made
        for number in find_numbers(listed)
        if (made := _made(text, listed, number, taken)) is not None
    ]
    found = _with_singles(listed, found, taken)
    _carry_bounds(listed, found)
    _measure(listed, found)
    kept = [item for item in found if _worth_keeping(listed, item)]
    out: list[Quantity] = []
    for at, item in enumerate(kept):
        total = _total(text, listed, kept, at)
        if total:
            out.append(total)
        out.append(_quantity(text, listed, item))
    return tuple(out)


def _quantity(text: str, listed: list[Word], item: _Found) -> Quantity:
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


# What is not a quantity -------------------------------------------------------------------------


def _date_tokens(text: str, span: Span, listed: list[Word]) -> set[int]:
    """The tokens that belong to dates."""
    if not any(word.value is not None or word.low in UNITS for word in listed):
        return set()
    spans = date_spans(text, span)
    taken: set[int] = set()
    at = 0
    for date in spans:
        while at < len(listed) and listed[at].end <= date.start:
            at += 1
        while at < len(listed) and listed[at].start < date.end:
            taken.add(at)
            at += 1
    return taken


def _made(text: str, listed: list[Word], number: Number, taken: set[int]) -> _Found | None:
    own = number.own
    if own in taken or (number.digits and _is_name(text, listed, number)):
        return None
    first, end = number.first, number.end
    unit = _unit(text, listed, number)
    if unit is None and not number.vague and _is_compound(text, listed, number):
        return None
    if _is_age(listed, number) or _is_year(listed, number):
        return None
    if number.first == own and own and listed[own - 1].low in ("number", "no", "chapter", "phase"):
        return None
    if unit:
        if unit.unit == "calibre" or _is_conversion(listed, number, unit):
            return None
        return _Found(first, unit.end, number, unit.end, unit.end, unit.unit, unit.measure)
    end = _without_of(listed, end)
    noun, object_end = _object(listed, end)
    return _Found(first, max(end, object_end), number, noun, object_end)


def _without_of(listed: list[Word], end: int) -> int:
    """ "dozens of", "33 of 250": the "of" belongs to what follows."""
    return end - 1 if listed[end - 1].low == "of" else end


def _is_name(text: str, listed: list[Word], number: Number) -> bool:
    """Digits inside a name, a clock time, a fraction: "D-30", "M113", "10:45", "9/11"."""
    own, end = number.own, number.end
    word = listed[own]
    before = listed[own - 1] if own else None
    if before and before.end == word.start:
        if before.low.isalpha() or before.low in "#@№:/.":
            return True
        if before.low in "-–" and own > 1 and listed[own - 2].end == before.start:
            return True
    after = listed[end] if end < len(listed) else None
    if after:
        attached = after.start == listed[end - 1].end
        if attached and after.low in ":/" and text[after.end : after.end + 1].isdigit():
            return True
        if (
            attached
            and after.low.isalpha()
            and after.low not in UNITS
            and after.low not in CALIBRES
        ):
            return True
        if after.low in _CLOCK and (after.low != "hours" or len(word.low) == 4):
            return after.low != "local"
        if after.low in ("a", "p") and text[after.end : after.end + 2] == ".m":
            return True
        if own == 0 and after.low in ".)" and end + 1 < len(listed):
            return True
        if after.low == "°":
            return True
    if before and before.low.rstrip(".") in _ID_NOUNS and not number.first < own:
        return True
    return bool(
        own > 1 and before and before.low == "." and listed[own - 2].low in ("no", "nos", "art")
    )


def _is_compound(text: str, listed: list[Word], number: Number) -> bool:
    """ "a 14-point plan", "the 155-mm gun": the number is part of an adjective."""
    end = number.end
    if end + 1 >= len(listed) or listed[end].low not in "-–":
        return False
    joined = listed[end].start == listed[end - 1].end and listed[end + 1].start == listed[end].end
    return joined and listed[end + 1].low.isalpha()


def _is_age(listed: list[Word], number: Number) -> bool:
    end = number.end
    after = [word.low for word in listed[end : end + 4]]
    if after[:1] == ["-"]:
        after = after[1:]
    if after[:2] in (["years", "old"], ["year", "old"], ["months", "old"], ["month", "old"]):
        return True
    if after[:1] in (["year"], ["month"], ["years"]) and after[1:3] in (
        ["-", "old"],
        ["-", "olds"],
    ):
        return True
    if after[:3] == ["years", "of", "age"]:
        return True
    before = listed[number.first - 1].low if number.first else ""
    if before in ("aged", "age", "ages"):
        return True
    if not (number.digits and before == "," and number.first > 1 and number.bound == "exact"):
        return False
    named = listed[number.first - 2].capital
    closes = not after or after[0] in (",", ".", ")", "and", "who")
    return named and closes and number.low is not None and 1 <= number.low < 110


def _is_year(listed: list[Word], number: Number) -> bool:
    word = listed[number.own]
    if not (number.digits and len(word.low) == 4 and word.value and 1900 <= word.value < 2100):
        return False
    if number.bound == "between" and number.high is not None:
        return number.high < 2100
    if number.end - number.own > 1 or number.first < number.own:
        return False
    after = listed[number.end].low if number.end < len(listed) else ""
    counted = is_people(after) or of_object(after) is not None or after in UNITS
    before = listed[number.own - 1].low if number.own else ""
    return not counted or before in ("in", "since", "of", "by", "until", "from", "early", "late")


def _is_conversion(listed: list[Word], number: Number, unit: _Unit) -> bool:
    """ "20 km (12 miles)": the same length, said again."""
    at = number.first - 1
    if at < 1 or listed[at].low != "(":
        return False
    closed = unit.end < len(listed) and listed[unit.end].low == ")"
    return closed and (listed[at - 1].low in UNITS or listed[at - 1].low == "²")


# What is counted --------------------------------------------------------------------------------


def _unit(text: str, listed: list[Word], number: Number) -> _Unit | None:
    if number.own and listed[number.own - 1].low in CURRENCIES:
        return _Unit(CURRENCIES[listed[number.own - 1].low], "money", number.end)
    at = number.end
    if at >= len(listed):
        return None
    hyphened = listed[at].low in "-–" and listed[at].start == listed[at - 1].end
    if hyphened:
        at += 1
        if at >= len(listed) or listed[at].start != listed[at - 1].end:
            return None
    low = listed[at].low
    if low in CALIBRES:
        return _Unit("calibre", None, at + 1)
    if low in ("square", "sq", "nautical", "cubic"):
        return _squared(listed, at)
    if low == "per" and at + 1 < len(listed) and listed[at + 1].low == "cent":
        return _Unit("%", "share", at + 2)
    if low in ("us", "u") and at + 1 < len(listed) and listed[at + 1].low in ("dollars", "dollar"):
        return _Unit("USD", "money", at + 2)
    if low == "m" and listed[at].start == listed[at - 1].end:
        return _Unit("m", "distance", at + 1)
    entry = UNITS.get(low)
    if entry is None:
        return None
    unit, measure = entry
    if hyphened and measure not in ("distance", "area", "money"):
        return None
    if low == "second" or (low in ("feet", "foot") and number.low == 1):
        return None
    end = at + 1
    if end < len(listed) and listed[end].low in ("²", "2") and listed[end].start == listed[at].end:
        return _Unit(*SQUARE.get(unit, (unit, measure)), end + 1)
    if text[listed[at].end : listed[at].end + 2] == "/h":
        return _Unit("km/h", None, min(len(listed), end + 2))
    return _Unit(unit, measure, end)


def _squared(listed: list[Word], at: int) -> _Unit | None:
    kind = listed[at].low
    step = at + 1
    if step < len(listed) and listed[step].low in ".-":
        step += 1
    entry = UNITS.get(listed[step].low) if step < len(listed) else None
    if entry is None:
        return None
    if kind == "nautical":
        return _Unit("nmi", "distance", step + 1)
    if kind == "cubic":
        return _Unit(f"{entry[0]}³", None, step + 1)
    return _Unit(*SQUARE.get(entry[0], entry), step + 1)


def _object(listed: list[Word], at: int) -> tuple[int, int]:
    """The tokens of the counted noun phrase after a number; both ends at `at` without one."""
    number_end = at
    if (
        at + 1 < len(listed)
        and listed[at].low == "of"
        and listed[at + 1].low not in ("which", "whom")
    ):
        at += 1
        if listed[at].low in ("the", "its", "their", "his", "our", "these", "those", "them"):
            at += 1
    while at < len(listed) and listed[at].low in ("other", "more", "additional", "further"):
        at += 1
    start = at
    nouns = 0
    while at < len(listed) and at - start < _MAX_OBJECT:
        word = listed[at]
        low = word.low
        if low in "-–" and at > start and _joins(listed, at):
            at += 1
            continue
        if not low[0].isalpha() or (low in _STOPS and low not in _ADJECTIVAL):
            break
        if low in _ADJECTIVAL and (nouns or not _noun_follows(listed, at)):
            break
        if nouns and _verbal(low) and not _joined_before(listed, at):
            break
        if low.endswith("ly") and not is_people(low):
            break
        nouns += 1
        at += 1
        if (
            low.endswith("'s") is False
            and (is_people(low) and low.endswith("s"))
            and _ends(listed, at)
        ):
            break
    return (start, at) if nouns else (number_end, number_end)


def _joins(listed: list[Word], at: int) -> bool:
    return (
        listed[at].start == listed[at - 1].end
        and at + 1 < len(listed)
        and listed[at + 1].start == listed[at].end
    )


def _joined_before(listed: list[Word], at: int) -> bool:
    return listed[at - 1].low in "-–"


def _noun_follows(listed: list[Word], at: int) -> bool:
    if at + 1 >= len(listed):
        return False
    low = listed[at + 1].low
    return low[0].isalpha() and low not in _STOPS


def _ends(listed: list[Word], at: int) -> bool:
    """After a plural of people a capitalised or small word is rarely more of the noun phrase."""
    return at < len(listed) and not listed[at].capital


def _verbal(low: str) -> bool:
    return low.endswith(("ed", "ing")) and low not in _ADJECTIVAL and len(low) > 4


# One of them: "a soldier", "an armored personnel carrier" ---------------------------------------


def _with_singles(listed: list[Word], found: list[_Found], taken: set[int]) -> list[_Found]:
    """Add "a" and "an" before people and equipment; they stay only where a toll is told."""
    inside = set(taken)
    for item in found:
        inside.update(range(item.first, item.end))
    singles = []
    for at, word in enumerate(listed):
        if word.low not in ("a", "an") or at in inside:
            continue
        noun, end = _object(listed, at + 1)
        if end == noun or end in inside:
            continue
        head = listed[end - 1].low
        heads = (head, listed[noun].low)
        if any(head in PERSON or of_object(head) == "equipment" for head in heads):
            number = Number(at, at, at + 1, 1.0, 1.0, "exact")
            singles.append(_Found(at, end, number, noun, end, single=True))
    return sorted([*found, *singles], key=lambda item: item.first) if singles else found


def _worth_keeping(listed: list[Word], item: _Found) -> bool:
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


# Bounds over lists ------------------------------------------------------------------------------


def _next_to(listed: list[Word], left: _Found, right: _Found) -> bool:
    """Whether only commas, "and", "as well as" and the like stand between two quantities."""
    between = listed[left.end : right.first]
    return len(between) <= 4 and all(word.low in _LINKS for word in between)


def _carry_bounds(listed: list[Word], found: list[_Found]) -> None:
    for left, right in pairwise(found):
        bound = left.number.bound
        if bound in ("exact", "between") or right.number.bound != "exact" or right.single:
            continue
        if left.number.vague or left.unit or right.unit or not _next_to(listed, left, right):
            continue
        between = {word.low for word in listed[left.end : right.first]}
        if "including" in between or left.head < 0 or right.head < 0:
            continue
        value = right.number.low
        low = None if bound in ("up to", "fewer than") else value
        high = None if bound in ("at least", "more than") else value
        right.number = right.number._replace(low=low, high=high, bound=bound)


# What the number measures -----------------------------------------------------------------------


def _measure(listed: list[Word], found: list[_Found]) -> None:
    for at, item in enumerate(found):
        if item.unit:
            continue
        head = listed[item.head].low if item.head >= 0 else ""
        item.measure = of_object(head)
        if item.measure is None or (item.single and item.measure == "equipment"):
            people = not head or is_people(head) or listed[item.head].capital
            near = _toll_after(listed, item, found, at) or _toll_before(listed, item, people)
            item.measure = (item.measure if near else None) if item.measure else near
    _spread(listed, found)
    for item in found:
        if item.measure is None and item.unit is None and not item.single:
            head = listed[item.head].low if item.head >= 0 else ""
            if is_people(head) or (item.head >= 0 and listed[item.head].capital):
                item.measure = _toll_near(listed, item)


def _toll_after(listed: list[Word], item: _Found, found: list[_Found], at: int) -> str | None:
    """ "(three soldiers) were reportedly killed", "12 dead", "five wounded"."""
    place = item.end
    limit = min(len(listed), item.end + 8)
    stop = found[at + 1].first if at + 1 < len(found) else len(listed)
    while place < min(limit, stop):
        low = listed[place].low
        if low in TOLL and TOLL[low] != "casualties":
            return TOLL[low]
        if low in ("casualties", "casualty", "losses", "victims") and place == item.end:
            return "casualties"
        if low not in _AUXILIARIES:
            past = _past_aside(listed, place) if place == item.end else 0
            if not past:
                break
            place, limit, stop = past, past + 5, len(listed)
            continue
        place += 1
    inner = [listed[k].low for k in range(item.noun, item.object_end)]
    for low in inner:
        if low in TOLL and low not in ("lives",):
            return TOLL[low]
    if "lives" in inner:
        return "killed"
    return None


def _past_aside(listed: list[Word], at: int) -> int:
    """Where "were" stands in "six members of the X family, four of them women, were killed".

    0 when what follows the quantity is no description of it.
    """
    if listed[at].low not in _OF_WHOM:
        following = listed[at + 1] if at + 1 < len(listed) else listed[at]
        described = following.low in _ASIDES or following.value is not None
        if listed[at].low not in _PAUSES or not (described or following.low in NUMBER_WORDS):
            return 0
    for place in range(at + 1, min(at + _ASIDE, len(listed))):
        low = listed[place].low
        if low in ("was", "were", "have", "had"):
            return 0 if listed[place - 1].low in ("who", "which", "that") else place
        if low in TOLL or low in _BREAKS or (low == "and" and listed[place - 1].low == ","):
            return 0
    return 0


def _toll_before(listed: list[Word], item: _Found, people: bool) -> str | None:
    """ "killing five", "the death toll rose to 45", "the arrest of two men", "losses: 270"."""
    place = item.first - 1
    limit = max(-1, item.first - 9)
    steps = 0
    while place > limit:
        low = listed[place].low
        if low in TOLL:
            if place and listed[place - 1].low == "to" and TOLL[low] != "casualties":
                return None  # "an operation to arrest a commander"
            if place and listed[place - 1].low in _PASSIVE:
                return None  # "five were killed and 17": killed is said of the five
            return TOLL[low] if people or low not in OF_THINGS_TOO else None
        if item.single and low in ("was", "were", "is", "are"):
            return None  # "the man killed was a leader"
        if low not in _TRANSPARENT and not (low.endswith("ly") or low == "toll"):
            steps += 1
            if steps > 1 or low in _BREAKS or low in ".!?)":
                return None
        place -= 1
    return None


def _spread(listed: list[Word], found: list[_Found]) -> None:
    """Give a measure along a list: first from left to right, then back."""
    pairs = [pair for pair in pairwise(found) if _next_to(listed, *pair)]
    for left, right in pairs:
        if right.measure is None and right.unit is None:
            if left.measure in _TOLLS and _counts_people(listed, right):
                right.measure = left.measure
            elif left.measure == "equipment" and right.single:
                right.measure = of_object(listed[right.head].low)
    for left, right in reversed(pairs):
        if left.measure is None and left.unit is None:
            if right.measure in _TOLLS and _counts_people(listed, left):
                left.measure = right.measure
            elif right.measure == "equipment" and left.single:
                left.measure = of_object(listed[left.head].low)


def _counts_people(listed: list[Word], item: _Found) -> bool:
    if item.head < 0:
        return True
    word = listed[item.head]
    return is_people(word.low) or word.capital


def _toll_near(listed: list[Word], item: _Found) -> str | None:
    """The nearest word of a toll in the same clause."""
    for distance in range(1, _CONTEXT):
        for place in (item.end - 1 + distance, item.first - distance):
            if 0 <= place < len(listed) and listed[place].low in TOLL:
                low, high = min(place, item.first), max(place, item.end)
                between = {word.low for word in listed[low:high]}
                if not between & _BREAKS and listed[place].low != "lives":
                    return TOLL[listed[place].low]
    return None


def _total(text: str, listed: list[Word], found: list[_Found], at: int) -> Quantity | None:
    """ "a woman and two children": three people, told in parts."""
    if at and _is_part(listed, found[at - 1], found[at]):
        return None
    last = at
    while last + 1 < len(found) and _is_part(listed, found[last], found[last + 1]):
        last += 1
    if last == at or not any(item.single for item in found[at : last + 1]):
        return None
    parts = found[at : last + 1]
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


def _is_part(listed: list[Word], left: _Found, right: _Found) -> bool:
    people = all(
        item.head >= 0 and is_people(listed[item.head].low) and item.unit is None
        for item in (left, right)
    )
    joined = [word.low for word in listed[left.end : right.first]]
    return people and left.measure == right.measure and tuple(joined) in _JOINED
