"""Dates and times that a text names, resolved against the day of its article, never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from claims.model import Moment, Span
from claims.remembered import Remembered
from claims.text import word_set

_MONTH_STARTS = {
    start: at
    for at, start in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAY_STARTS = {
    start: at for at, start in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "few": 3,
    "several": 3,
}

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"

_DATE = re.compile(
    rf"""\b(?=[\da-fijl-pr-uwy])(?:
      (?P<iso>\d{{4}}-\d\d-\d\d(?!\d))
    | (?P<numeric>(?<![\d/.])\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)(?![\d/]))
    | (?P<mdy>{_MONTH}\b\.?\s?\d{{1,2}}{_ORDINAL}(?![\d,.:%]\d)(?:\s?[-–]\s?\d{{1,2}}{_ORDINAL})?
        (?:,?\s\d{{4}}\b)?)
    | (?P<dmy>(?<![\d.,])\d{{1,2}}{_ORDINAL}(?:\s?[-–]\s?\d{{1,2}}{_ORDINAL})?(?:\sof)?\s
        {_MONTH}\b(?:,?\s\d{{4}}\b)?)
    | (?P<my>{_MONTH}\b\.?,?\s(?:of\s)?\d{{4}}\b)
    | (?P<weekday>(?:(?:last|next|this|the\spast)\s)?{_DAY}\b(?:\s(?:morning|afternoon|evening
        |night))?)
    | (?P<past>(?:(?:in|over|during|for|within|throughout)\s)?(?:the\s)?(?:past|last|previous)\s
        (?:(?:{_COUNT}|few|several|couple\sof)\s)?(?:hours?|days?|nights?|weeks?|months?|years?)\b)
    | (?P<ago>(?:{_COUNT}|an?|(?:a\s)?few|several|a\scouple\sof)\s
        (?:hours?|days?|weeks?|months?|years?)\s(?:ago|earlier)\b)
    | (?P<this>(?:earlier\s|later\s)?(?:this|next)\s(?:week|weekend|month|year)\b)
    | (?P<named>(?:since\sthe\sbeginning\sof\sthe\sday|the\sday\sbefore\syesterday|yesterday|today
        |tonight|tomorrow|last\snight|overnight
        |(?:earlier|later)\s(?:in\s)?the\sday|this\s(?:morning|afternoon|evening)
        |over\sthe\sweekend|(?:in\s)?recent\s(?:days|weeks|months|hours)
        |(?:the\s)?same\sday)\b)
    | (?P<year>(?:in|since|by|until|during|from|of|early|late|mid)[\s-](?:19|20)\d\d\b(?!-?\w))
    )""",
    re.VERBOSE,
)
"""Reads small letters: a pattern that ignores case takes several times as long.

The look-ahead holds the first characters of all the kinds: most words are passed over by it.
"""

_WORD = re.compile(r"[a-z]+|\d{4}|/")
_TRIGGERS = word_set(
    """yesterday today tonight tomorrow night overnight day days week weeks weekend month months
        year years hour hours morning afternoon evening nights / monday tuesday wednesday thursday
        friday saturday sunday tue tues thu thur thurs fri january february march april may june
        july august september october november december jan feb mar apr jun jul aug sep sept oct
        nov dec"""
) | {str(year) for year in range(1900, 2100)}
"""One of these is in every date; most sentences hold none."""
_UPCOMING = word_set("will would shall due scheduled planned set expected going")
_FUTURE_REACH = 60
"""Characters before a bare weekday in which "will" and the like make it the coming one."""

_Days = tuple[date | None, date | None]
_NOTHING: _Days = (None, None)


def find_dates(text: str, span: Span, article_date: str | None) -> tuple[Moment, ...]:
    """The dates in a stretch of text, in order, each with its first and last ISO day.

    `article_date` is an ISO day or instant. Without it only full dates are resolved; what cannot
    be known stays None, as do "recent days" and dates that could be day-month or month-day.
    """
    words = span.of(text)
    base = _iso_day(article_date) if article_date else None
    out = []
    for first, last, kind in _raw(words):
        before = words[max(0, first - _FUTURE_REACH) : first]
        try:
            start, end = _READERS[kind](words[first:last].lower(), base, before)
        except (OverflowError, ValueError):  # before the year 1 or after the year 9999
            start, end = _NOTHING
        place = Span(span.start + first, span.start + last)
        out.append(Moment(place, _iso(start), _iso(end)))
    return tuple(out)


def date_spans(text: str, span: Span) -> list[Span]:
    """Where the dates stand, without reckoning them."""
    return [Span(span.start + first, span.start + last) for first, last, _ in _raw(span.of(text))]


@lru_cache(maxsize=64)
def small_words(words: str) -> frozenset[str]:
    """The runs of small letters in a text that is lowered, the years and the slashes.

    Cached: that no word of a date or of a number stands there settles most stretches of text, and
    dates and quantities both ask.
    """
    return frozenset(_WORD.findall(_lowered(words)))


def _may_date(word: str) -> bool:
    small = small_words(word)
    return not _TRIGGERS.isdisjoint(small) or any(map(str.isdecimal, word))


DATE_WORDS = Remembered(_may_date)
"""Whether a word may be one without which `find_dates` finds nothing."""


@lru_cache(maxsize=64)
def _raw(words: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and kind of each date; cached, since quantities and dates both ask."""
    if _TRIGGERS.isdisjoint(small_words(words)):
        return ()
    out = []
    for found in _DATE.finditer(_lowered(words)):
        kind = found.lastgroup or ""
        first, last = found.span()
        if kind not in _CAPITALISED or _capitalised(words[first:last], kind):
            out.append((first, last, kind))
    return tuple(out)


_CAPITALISED = frozenset(("mdy", "dmy", "my", "weekday"))
_ALIKE = str.maketrans("İıſ", "iis")
"""Letters beyond ASCII that a pattern which ignores case takes for i and s."""


def _lowered(words: str) -> str:
    """A text in small letters, every character in its place."""
    return (words if words.isascii() else words.translate(_ALIKE)).lower()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _capitalised(words: str, kind: str) -> bool:
    """Months and weekdays have capitals: "may 5" and "sat" are other words."""
    starts = _DAY_STARTS if kind == "weekday" else _MONTH_STARTS
    name = next((w for w in re.findall(r"[A-Za-z]+", words) if w[:3].lower() in starts), "")
    if kind == "weekday" and name.lower() in ("sun", "sat", "mon", "wed"):
        return False
    return name[:1].isupper()


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_iso(words: str, _base: date | None, _before: str) -> _Days:
    day = _iso_day(words)
    return day, day


def _read_numeric(words: str, _base: date | None, _before: str) -> _Days:
    one, two, year = (int(part) for part in words.split("/"))
    if year < 100:
        year += 2000 if year < 70 else 1900
    if one > 12:
        day = _made(year, two, one)
    elif two > 12 or one == two:
        day = _made(year, one, two)
    else:
        return _NOTHING
    return day, day


def _read_calendar(words: str, base: date | None, _before: str) -> _Days:
    """ "August 11, 2024", "11 August", "Aug.6", "6-8 August 2024"."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    month = _month_in(words)
    year = numbers.pop() if numbers[-1] > 31 else None
    if not numbers:
        return _NOTHING
    first, last = numbers[0], numbers[-1]
    if year is None:
        if base is None:
            return _NOTHING
        year = _likely_year(month, first, base)
    start, end = _made(year, month, first), _made(year, month, last)
    return (start, end) if start and end and start <= end else _NOTHING


def _month_in(words: str) -> int:
    return next(
        _MONTH_STARTS[w[:3]] for w in re.findall(r"[a-z]+", words) if w[:3] in _MONTH_STARTS
    )


def _likely_year(month: int, day: int, base: date) -> int:
    """The year that puts a day without one before the article, or at most 60 days after it."""
    for year in (base.year + 1, base.year, base.year - 1):
        made = _made(year, month, day)
        if made and made - base <= timedelta(days=60):
            return year
    return base.year


def _read_month(words: str, _base: date | None, _before: str) -> _Days:
    found = re.search(r"\d{4}", words)
    month = _month_in(words)
    year = int(found[0]) if found else 0
    if not 1 <= year <= 9999:
        return _NOTHING
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _read_weekday(words: str, base: date | None, before: str) -> _Days:
    if base is None:
        return _NOTHING
    name = next(w for w in words.split() if w[:3] in _DAY_STARTS)
    ahead = (_DAY_STARTS[name[:3]] - base.weekday()) % 7
    coming = words.startswith("next") or (
        words.startswith(name) and any(w in _UPCOMING for w in before.lower().split()[-6:])
    )
    if coming:
        day = base + timedelta(days=ahead or 7)
    elif words.startswith("last"):
        day = base - timedelta(days=(7 - ahead) % 7 or 7)
    else:
        day = base - timedelta(days=(7 - ahead) % 7)
    return day, day


_UNIT_DAYS = {"hour": 1, "day": 1, "night": 1, "week": 7, "month": 30, "year": 365}


def _read_past(words: str, base: date | None, _before: str) -> _Days:
    """ "in the past day", "over the last three weeks"; "last week" is the week before."""
    if base is None:
        return _NOTHING
    parts = words.split()
    unit = parts[-1].rstrip("s")
    if parts[:1] in (["last"], ["previous"]) and len(parts) == 2:
        return _unit_before(unit, base)
    count = _count(parts)
    days = max(1, (count + 23) // 24) if unit == "hour" else count * _UNIT_DAYS[unit]
    return _back(base, days), base


def _unit_before(unit: str, base: date) -> _Days:
    if unit == "week":
        monday = base - timedelta(days=base.weekday() + 7)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        end = base.replace(day=1) - timedelta(days=1)
        return end.replace(day=1), end
    if unit == "year":
        return _made(base.year - 1, 1, 1), _made(base.year - 1, 12, 31)
    return _back(base, 1), base


def _back(base: date, days: int) -> date | None:
    try:
        return base - timedelta(days=days)
    except OverflowError:
        return None


def _count(parts: list[str]) -> int:
    for part in parts:
        if part.isdigit():
            return int(part)
        if part in _NUMBERS:
            return _NUMBERS[part]
    return 2 if "couple" in parts else 1


def _read_ago(words: str, base: date | None, _before: str) -> _Days:
    parts = words.split()
    if base is None or "few" in parts or "several" in parts or "couple" in parts:
        return _NOTHING
    unit = parts[-2].rstrip("s")
    count = _count(parts)
    if unit == "hour":
        return (base, base) if count < 12 else (_back(base, 1), base)
    if unit in ("month", "year"):
        return _around(base, count, unit)
    day = _back(base, count * _UNIT_DAYS[unit])
    return day, day


def _around(base: date, count: int, unit: str) -> _Days:
    """The whole month or year: "two months ago" names no day."""
    if unit == "year":
        year = base.year - count
        return (_made(year, 1, 1), _made(year, 12, 31)) if year > 0 else _NOTHING
    months = base.year * 12 + base.month - 1 - count
    year, month = divmod(months, 12)
    if year < 1:
        return _NOTHING
    return _made(year, month + 1, 1), _made(year, month + 1, monthrange(year, month + 1)[1])


def _read_this(words: str, base: date | None, _before: str) -> _Days:
    if base is None:
        return _NOTHING
    following = "next" in words
    unit = words.split()[-1]
    if unit == "month":
        months = base.year * 12 + base.month - 1 + following
        year, month = divmod(months, 12)
        return _made(year, month + 1, 1), _made(year, month + 1, monthrange(year, month + 1)[1])
    if unit == "year":
        year = base.year + following
        return _made(year, 1, 1), _made(year, 12, 31)
    monday = base - timedelta(days=base.weekday()) + timedelta(days=7 * following)
    first = monday + timedelta(days=5) if unit == "weekend" else monday
    return first, monday + timedelta(days=6)


def _read_named(words: str, base: date | None, _before: str) -> _Days:
    if base is None or "recent" in words or "same day" in words:
        return _NOTHING
    if words.startswith(("earlier", "later")):
        return _NOTHING  # of whichever day was named before
    if "day before yesterday" in words:
        return _back(base, 2), _back(base, 2)
    if "yesterday" in words or words == "last night":
        return _back(base, 1), _back(base, 1)
    if words == "overnight":
        return _back(base, 1), base
    if words == "tomorrow":
        return base + timedelta(days=1), base + timedelta(days=1)
    if "weekend" in words:
        saturday = base - timedelta(days=(base.weekday() - 5) % 7)
        return saturday, saturday + timedelta(days=1)
    return base, base


def _read_year(words: str, _base: date | None, _before: str) -> _Days:
    year = int(words[-4:])
    return date(year, 1, 1), date(year, 12, 31)


_READERS: Mapping[str, Callable[[str, date | None, str], _Days]] = {
    "iso": _read_iso,
    "numeric": _read_numeric,
    "mdy": _read_calendar,
    "dmy": _read_calendar,
    "my": _read_month,
    "weekday": _read_weekday,
    "past": _read_past,
    "ago": _read_ago,
    "this": _read_this,
    "named": _read_named,
    "year": _read_year,
}
