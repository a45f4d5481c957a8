"""Numbers in running English: digits, number words, ranges and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from claims.model import Bound, Span
from claims.remembered import Remembered


class Word(NamedTuple):
    """A token: its text in small letters (curly apostrophes straight), its number, its place."""

    low: str
    value: float | None
    capital: bool
    start: int
    end: int


_new = tuple.__new__
"""Makes a named tuple without the call in between: tokens are most of what is made here."""


class Number(NamedTuple):
    """A number: tokens `first` (with its bound) to `end`; the number itself begins at `own`."""

    first: int
    own: int
    end: int
    low: float | None
    high: float | None
    bound: Bound
    vague: bool = False
    digits: bool = False


_TOKEN = re.compile(
    r"[A-Za-z]++(?![\w'’.])"
    r"|(?:[A-Z]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*|_+"
    r"|\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3}){1,4}(?=\s[а-яіїєґё])|\d+,\d{1,2}(?=\s[а-яіїєґё])"
    r"|\d+(?:\.\d+)?"
    r"|[^\w\s]"
)
"""A word, a number or a mark; its first character tells which.

The first line is there for speed alone. Before a Cyrillic word a blank may stand between thousands
and a comma before decimals: "1 500 раненых", "1,5 тысячи".
"""


def _numbered(listed: str, step: int) -> dict[str, float]:
    return {word: float(at * step) for at, word in enumerate(listed.split())}


_UNITS = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
    1,
)
_TENS = _numbered("_ _ twenty thirty forty fifty sixty seventy eighty ninety", 10)
_TENS.pop("_")
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "mln": 1e6,
    "bn": 1e9,
    "tn": 1e12,
    "dozen": 12.0,
    **dict.fromkeys(("тысяча", "тысячи", "тысяч", "тыс", "тисяча", "тисячі", "тисяч", "тис"), 1e3),
    **dict.fromkeys(("миллион", "миллиона", "миллионов", "мільйон", "мільйони", "мільйонів"), 1e6),
    **dict.fromkeys(("млн", "мільйона"), 1e6),
    **dict.fromkeys(("миллиард", "миллиарда", "миллиардов", "мільярд", "мільярдів", "млрд"), 1e9),
}
_SUFFIXES = {"k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9, "mn": 1e6}
"""After digits without a space, beside a currency: "$60m"."""

# The least that a plural of unknown size means. "Several", "multiple" and "a number of" count
# as 3, "numerous" as 4, as the coders of ISAF's press releases took them; a plural of a scale is
# at least two of it.
_VAGUE_PLURALS = {
    "dozens": 24.0,
    "scores": 40.0,
    "tens": 20.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "millions": 2e6,
    "billions": 2e9,
}
_VAGUE = {
    "several": 3.0,
    "numerous": 4.0,
    "multiple": 3.0,
    "couple": 2.0,
    "pair": 2.0,
    "few": 3.0,
    "number": 3.0,
}

_BOUNDS: Sequence[tuple[tuple[str, ...], Bound]] = (
    (("up", "to"), "up to"),
    (("as", "many", "as"), "up to"),
    (("as", "much", "as"), "up to"),
    (("at", "most"), "up to"),
    (("no", "more", "than"), "up to"),
    (("not", "more", "than"), "up to"),
    (("a", "maximum", "of"), "up to"),
    (("fewer", "than"), "fewer than"),
    (("less", "than"), "fewer than"),
    (("below",), "fewer than"),
    (("under",), "fewer than"),
    (("at", "least"), "at least"),
    (("no", "fewer", "than"), "at least"),
    (("no", "less", "than"), "at least"),
    (("not", "less", "than"), "at least"),
    (("a", "minimum", "of"), "at least"),
    (("a", "total", "of"), "exact"),
    (("more", "than"), "more than"),
    (("over",), "more than"),
    (("above",), "more than"),
    (("exceeding",), "more than"),
    (("exceeded",), "more than"),
    (("upwards", "of"), "more than"),
    (("in", "excess", "of"), "more than"),
    (("well", "over"), "more than"),
    (("about",), "about"),
    (("around",), "about"),
    (("approximately",), "about"),
    (("roughly",), "about"),
    (("some",), "about"),
    (("an", "estimated"), "about"),
    (("estimated",), "about"),
    (("nearly",), "about"),
    (("almost",), "about"),
    (("close", "to"), "about"),
    (("circa",), "about"),
    (("~",), "about"),
    (("≈",), "about"),
    (("до",), "up to"),
    *(((word,), "more than") for word in ("более", "больше", "свыше", "понад", "більше", "більш")),
    *(((word, "чем"), "more than") for word in ("более", "больше")),
    *((("не", word), "at least") for word in ("менее", "меньше", "менше", "менш")),
    *(((word,), "at least") for word in ("минимум", "мінімум", "щонайменше", "принаймні")),
    *(((word,), "about") for word in ("около", "примерно", "близько", "приблизно")),
    ((">",), "more than"),
    (("<",), "fewer than"),
)
_BY_LAST: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
for _words, _bound in sorted(_BOUNDS, key=lambda entry: -len(entry[0])):
    _BY_LAST.setdefault(_words[-1], []).append((_words, _bound))

NUMBER_WORDS = frozenset((*_UNITS, *_TENS, *_SCALES, *_VAGUE, *_VAGUE_PLURALS))
_BEGINNINGS = frozenset((*_UNITS, *_TENS, *_VAGUE, *_VAGUE_PLURALS, "a", "an", "half"))
"""Words that a number may begin with, but for digits."""
_DIGIT = re.compile(r"\d")


def has_number(text: str, span: Span, letters: Iterable[str]) -> bool:
    """Whether a stretch of text holds a digit or, among its lower-case words, a number word."""
    return _DIGIT.search(text, span.start, span.end) is not None or not NUMBER_WORDS.isdisjoint(
        letters
    )


CURRENCY_SIGNS = frozenset("$€£¥₴₽₪")
_DASHES = frozenset("-–—")


def words(text: str, span: Span) -> list[Word]:
    """The tokens of a stretch of text: numbers, words and single marks."""
    read = _READ
    return [
        _new(Word, read[found[0]] + found.span())
        for found in _TOKEN.finditer(text, span.start, span.end)
    ]


def _read(token: str) -> tuple[str, float | None, bool]:
    """A token in small letters, its number, whether it begins with a capital."""
    first = token[0]
    if first.isdecimal():
        return token, _digits(token), False
    if first.isalnum():
        return token.lower().replace("’", "'"), None, first.isupper()
    return token, None, False


_READ = Remembered(_read)


_SEPARATORS = re.compile(r"[, \u00a0\u202f\u2009]")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")


LARGEST = 1e15
"""No figure of news is larger: the world's yearly product is 1e14 dollars. Longer rows of digits
are numbers of accounts and cards, hashes and noise."""
_LONGEST = 300
"""Characters of digits that are turned into a number at all."""


def _digits(token: str) -> float | None:
    if token.isdecimal():
        plain = token
    elif _DECIMAL_COMMA.fullmatch(token):
        plain = token.replace(",", ".")
    else:
        plain = _SEPARATORS.sub("", token)
    value = float(plain) if len(plain) < _LONGEST else LARGEST + 1
    return value if value <= LARGEST else None


def find_numbers(listed: list[Word]) -> Iterator[Number]:
    """Every number among the tokens up to `LARGEST`, with its bound; ranges are one number."""
    at = 0
    floor = 0
    while at < len(listed):
        word = listed[at]
        begins = word.value is not None or word.low in _BEGINNINGS
        number = _simple(listed, at) if begins else None
        if number is None:
            at += 1
            continue
        number = _ranged(listed, number)
        number = _bounded(listed, number, floor)
        if max(number.low or 0.0, number.high or 0.0) <= LARGEST:
            yield number
        at = floor = number.end


def _simple(listed: list[Word], at: int) -> Number | None:
    """A number without range or bound that begins at a token."""
    word = listed[at]
    if word.value is not None:
        return _scaled(listed, at, at + 1, word.value, digits=True)
    low = word.low
    if low in _UNITS or low in _TENS:
        value = _UNITS.get(low, _TENS.get(low, 0.0))
        end = at + 1
        if low in _TENS:
            end, value = _compound_tens(listed, end, value)
        return _scaled(listed, at, end, value, digits=False)
    if low in _VAGUE_PLURALS and _is(listed, at + 1, "of"):
        return _vague_plural(listed, at)
    if low in ("a", "an", "half") or low in _VAGUE:
        return _after_article(listed, at)
    return None


def _compound_tens(listed: list[Word], end: int, value: float) -> tuple[int, float]:
    """ "forty-two", "forty two"."""
    step = end + 1 if end < len(listed) and listed[end].low in _DASHES else end
    unit = _UNITS.get(listed[step].low, 99.0) if step < len(listed) else 99.0
    if 1 <= unit < 10 and (step > end or listed[step].start - listed[end - 1].end == 1):
        return step + 1, value + unit
    return end, value


def _scaled(listed: list[Word], first: int, end: int, value: float, *, digits: bool) -> Number:
    """Take in the scale words that follow: "2.5 million", "three hundred and twelve"."""
    total = 0.0
    while end < len(listed):
        low = listed[end].low
        attached = listed[end].start == listed[end - 1].end
        if low in _SCALES and (not attached or low in ("bn", "tn", "mln")):
            if low in ("thousand", "million", "billion") and not digits:
                total, value = total + value * _SCALES[low], 0.0
            else:
                value *= _SCALES[low]
            end += 1
        elif digits and attached and low in _SUFFIXES and _money_before(listed, first):
            value *= _SUFFIXES[low]
            end += 1
        elif not digits and total + value >= 100:
            part = _small(listed, end + 1 if low == "and" else end)
            if part is None or (value % 100 and value):
                break
            end, value = part[0], value + part[1]
        else:
            break
    if [word.low for word in listed[end : end + 3]] == ["and", "a", "half"]:
        value, end = value + 0.5, end + 3
    number = total + value
    return Number(first, first, end, number, number, "exact", digits=digits)


def _small(listed: list[Word], at: int) -> tuple[int, float] | None:
    if at >= len(listed):
        return None
    low = listed[at].low
    if low in _TENS:
        return _compound_tens(listed, at + 1, _TENS[low])
    if low in _UNITS:
        return at + 1, _UNITS[low]
    return None


def _money_before(listed: list[Word], at: int) -> bool:
    return at > 0 and listed[at - 1].low in CURRENCY_SIGNS


def _vague_plural(listed: list[Word], at: int) -> Number:
    """ "dozens of", "tens of thousands of", "hundreds of"."""
    value = _VAGUE_PLURALS[listed[at].low]
    end = at + 2
    if end < len(listed) and listed[end].low in _VAGUE_PLURALS:
        value = value * _VAGUE_PLURALS[listed[end].low] / 2
        end += 2 if _is(listed, end + 1, "of") else 1
    return Number(at, at, end, value, None, "at least", vague=True)


def _after_article(listed: list[Word], at: int) -> Number | None:
    """ "a dozen", "a hundred", "half a million", "several hundred", "a couple of", "a few"."""
    low = listed[at].low
    base, vague, step = 1.0, False, at
    if low == "half":
        if _is(listed, at + 1, "a"):
            scale = listed[at + 2].low if at + 2 < len(listed) else ""
            if scale in _SCALES:
                value = _SCALES[scale] / 2
                return Number(at, at, at + 3, value, value, "exact")
        return None
    if low in ("a", "an"):
        step += 1
        if step >= len(listed):
            return None
        low = listed[step].low
    if low in _VAGUE:
        if low in ("couple", "pair", "number") and (step == at or not _is(listed, step + 1, "of")):
            return None
        if low == "few" and step == at:
            return None  # "few soldiers" says how little, not how many
        base, vague, step = _VAGUE[low], True, step + 1
        if low in ("couple", "pair", "number"):
            step += 1
        low = listed[step].low if step < len(listed) else ""
    if low in _SCALES and low not in ("mln", "bn", "tn"):
        value = base * _SCALES[low]
        end = step + 1
        if end < len(listed) and listed[end].low in ("thousand", "million", "billion"):
            value *= _SCALES[listed[end].low]
            end += 1
        if not vague:
            return Number(at, at, end, value, value, "exact")
        return Number(at, at, end, value, None, "at least", vague=True)
    if vague:
        return Number(at, at, step, base, None, "at least", vague=True)
    return None


def _ranged(listed: list[Word], number: Number) -> Number:
    """ "between 5 and 7", "from one to two", "3-5", "five or six"."""
    at = number.end
    if number.vague or at >= len(listed) or number.low is None:
        return number
    link = listed[at].low
    first = number.first
    if first and listed[first - 1].low in CURRENCY_SIGNS:
        first -= 1
    before = listed[first - 1].low if first else ""
    if link == "and":
        if before != "between":
            return number
    elif link in _DASHES:
        if listed[at].start != listed[at - 1].end and link == "-":
            return number
    elif link not in ("to", "or"):
        return number
    step = at + 1
    if step < len(listed) and listed[step].low in CURRENCY_SIGNS:
        step += 1
    other = _simple(listed, step) if step < len(listed) else None
    if other is None or other.vague or other.low is None or listed[step].low in ("a", "an"):
        return number
    low, high = number.low, other.low
    if number.digits and other.digits and high >= 1e5 and low < 1000 and _scale_of(listed, other):
        low *= _scale_of(listed, other)  # "2 to 3 million"
    if not low < high or (link == "or" and high > low + 10):
        return number
    if before in ("between", "from"):
        first -= 1
    return Number(first, number.own, other.end, low, high, "between", digits=number.digits)


def _scale_of(listed: list[Word], number: Number) -> float:
    last = listed[number.end - 1].low
    return _SCALES.get(last, 0.0)


def _bounded(listed: list[Word], number: Number, floor: int) -> Number:
    """Take in the words before that bound the number, and "or more", "+" after it."""
    first, bound = number.first, number.bound
    if first > floor and listed[first - 1].low in CURRENCY_SIGNS:
        first -= 1
    while first > floor:
        entry = _bound_before(listed, first, floor)
        if entry is None:
            break
        length, found = entry
        first -= length
        if found != "exact" and (number.vague or bound in ("exact", "about")):
            bound = found
    end = number.end
    after = tuple(word.low for word in listed[end : end + 2])
    if after[:1] == ("+",) and bound == "exact":
        bound, end = "at least", end + 1
    elif after in (("or", "more"), ("and", "more")) and bound == "exact":
        bound, end = "at least", end + 2
    elif after == ("or", "so") and bound == "exact":
        bound, end = "about", end + 2
    low, high = number.low, number.high
    if bound in ("at least", "more than"):
        high = None
    elif bound in ("up to", "fewer than"):
        low, high = None, high if high is not None else low
    elif bound == "about" and number.vague:
        bound = "at least"
    return number._replace(first=first, end=end, low=low, high=high, bound=bound)


def _bound_before(listed: list[Word], at: int, floor: int) -> tuple[int, Bound] | None:
    for phrase, bound in _BY_LAST.get(listed[at - 1].low, ()):
        start = at - len(phrase)
        if start >= floor and all(listed[start + k].low == word for k, word in enumerate(phrase)):
            return len(phrase), bound
    return None


def _is(listed: list[Word], at: int, word: str) -> bool:
    return at < len(listed) and listed[at].low == word
