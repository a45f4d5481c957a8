"""What a number counts: its unit or noun phrase, and the numbers that count nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from claims.measures import CALIBRES, CURRENCIES, SQUARE, UNITS, is_people, of_object
from claims.model import Span
from claims.moments import date_spans
from claims.numbers import Number, Word
from claims.text import word_set

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
_ID_NOUNS = word_set(
    """no nos number article resolution highway route chapter page flight channel room hill
    phase category level type model version section decree law bill appendix block covid
    leopard apollo boeing airbus agenda point points gate pier line lane clause paragraph
    protocol order unit issue volume figure table grade building house apartment studio
    wing camp checkpoint fc version web gen mark"""
)
_CLOCK = word_set("am pm gmt utc est edt cet o'clock hrs hours local")
_YEARS = ("год", "рок", "рік")
_MAX_OBJECT = 9


@dataclass(slots=True)
class Found:
    """A number on its way to being a quantity; tokens `first` to `end`, the object from `noun`."""

    first: int
    end: int
    number: Number
    noun: int
    object_end: int
    unit: str | None = None
    measure: str | None = None
    single: bool = False
    agent: bool = False
    """People who do what is told: "three bombers" killed two."""

    @property
    def head(self) -> int:
        """The token of the counted noun; -1 without one."""
        return self.object_end - 1 if self.object_end > self.noun else -1


class _Unit(NamedTuple):
    unit: str
    measure: str | None
    end: int


def date_tokens(text: str, span: Span, listed: list[Word]) -> set[int]:
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


def made(text: str, listed: list[Word], number: Number, taken: set[int]) -> Found | None:
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
        return Found(first, unit.end, number, unit.end, unit.end, unit.unit, unit.measure)
    end = _without_of(listed, end)
    noun, object_end = object_after(listed, end)
    return Found(first, max(end, object_end), number, noun, object_end)


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
    if number.end < len(listed) and listed[number.end].low.startswith(_YEARS):
        return True  # "до 2022 года"
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


def object_after(listed: list[Word], at: int) -> tuple[int, int]:
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
