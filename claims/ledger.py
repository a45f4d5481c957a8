"""Figures of claims as lines of a ledger: what was counted, how much, for which day, of whom."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from claims.model import Claim, ClaimType, Moment, Quantity, Span
from claims.names import tokens
from claims.profile import Profile

Dated = Literal["stated", "article"]
"""Whether the claim names the day or it is that of the article."""
Reach = Literal["day", "longer", "total", ""]
"""What time a figure is summed over: a day or night, a longer time that ends, all of it so far
(a running total); empty where the claim does not say."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One figure of a claim; `number` is its place among the claim's quantities."""

    number: int
    quantity: Quantity
    measure: str
    """What the number measures; empty when nothing but an object is known."""
    counted: str
    """The object or unit, in small letters: "tanks", "km"."""
    day: str | None
    dated: Dated
    reach: Reach


def lines(claim: Claim, date: str | None, text: str) -> Iterator[LedgerLine]:
    """The figures of a claim, in the order of the text; `date` is the article's.

    A figure belongs to the day that the claim names nearest to it; a time of several days counts
    by its last, since a sum is complete only then. Without any, it is the article's day.
    """
    told = [moment for moment in claim.dates if moment.start or moment.end]
    reaches: list[tuple[Span, Reach]] | None = None
    for number, quantity in enumerate(claim.quantities):
        if quantity.low is None and quantity.high is None:
            continue
        nearest = min(told, key=lambda m: _gap(m.span, quantity.span), default=None)
        day = _last_day(nearest) if nearest is not None else None
        counted = quantity.object or quantity.unit or ""
        if reaches is None:
            reaches = _reaches(claim, text)
        over = min(reaches, key=lambda one: _gap(one[0], quantity.span), default=None)
        yield LedgerLine(
            number,
            quantity,
            quantity.measure or "",
            " ".join(counted.lower().split()),
            day or (date[:10] if date else None),
            "stated" if day else "article",
            "" if over is None else over[1],
        )


_TOTAL = re.compile(
    r"""(?<!time\s)\bsince\s(?!(?:the\s)?(?:start|beginning)\sof\s(?:the|this)\s(?:day|week|month)\b)
        (?:[\w’'-]+\s){0,6}?(?:start|beginning|outset|outbreak|launch|invasion|war|incursion
        |operation|offensive|conflict|mobilization|mobilisation|attack|fighting|ceasefire)\b
    | (?<!time\s)\bsince\s(?:(?:early|late|mid)[\s-])?
        (?:(?:19|20)\d\d|then|(?:\d{1,2}(?:st|nd|rd|th)?\s)?
        (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{2,})?)\b
    | \b(?:so\sfar|to\sdate|thus\sfar|up\sto\snow|until\snow|all\stold|in\sall)\b
    | \btotal\s(?:\w+\s){0,2}?(?:losses|casualties|toll|number)\b
    | \btoll\s(?:ha[sd]\s)?(?:rise[sn]?|rose|climb(?:s|ed)|reach(?:es|ed)|stands|stood|now)\b
    | \b(?:bring(?:s|ing)?|brought)\s(?:the|its|their)\s(?:\w+\s)?(?:total|toll|number|overall)\b
    | \b(?:began|begun|started|erupted|broke\sout|launched)\s(?:in|on)\s(?=\d|[A-Z])
    | \b(?:cumulative|altogether|during\sthe\s(?:entire|whole)\s(?:war|operation|conflict))\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of running totals, such as those of daily reports of losses."""
_DAY = re.compile(
    r"""\b(?:daily|nightly|(?:a|per|each|every|one|single|past|last)\sday|(?:past|last)\s24\shours
        |(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|afternoon|evening|night))?
        |yesterday|overnight|last\snight)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of what happened in a day or is counted by the day, also where the article has no date."""
_SHORT = 2
"""Days from the first to the last, both counted, that are still "a day": a night, 24 hours."""


def _reaches(claim: Claim, text: str) -> list[tuple[Span, Reach]]:
    """The words of a claim that tell over what time its figures are summed, and over which."""
    found: list[tuple[Span, Reach]] = []
    for span in claim.content:
        words = span.of(text)
        for pattern, reach in _WORDS:
            for match in pattern.finditer(words):
                place = Span(span.start + match.start(), span.start + match.end())
                found.append((place, "longer" if _since(text, place) else reach))
    sums = [place for place, reach in found if reach == "total"]
    for moment in claim.dates:
        days = _days(moment)
        # The day in "since 24 February" and in "began on Monday" is where a total begins.
        if days and not any(_gap(place, moment.span) <= 1 for place in sums):
            short = days <= _SHORT and not _since(text, moment.span)
            found.append((moment.span, "day" if short else "longer"))
    return found


def _since(text: str, place: Span) -> bool:
    return text[max(0, place.start - 6) : place.start].lower() == "since "


_WORDS: tuple[tuple[re.Pattern[str], Reach], ...] = ((_TOTAL, "total"), (_DAY, "day"))


def _days(moment: Moment) -> int:
    """How many days a moment has; 0 where its beginning or end is not known."""
    if not moment.start or not moment.end:
        return 0
    first, last = (datetime.date.fromisoformat(day[:10]) for day in (moment.start, moment.end))
    return (last - first).days + 1


def _gap(one: Span, two: Span) -> int:
    return max(0, two.start - one.end, one.start - two.end)


def _last_day(moment: Moment) -> str | None:
    day = moment.end or moment.start
    return day[:10] if day else None


def shown(quantity: Quantity) -> float:
    """The number that a plot shows: the bound where there is only one, else the middle."""
    low, high = quantity.low, quantity.high
    if low is None or high is None:
        return float(low if low is not None else high or 0.0)
    return (low + high) / 2


_HARM = frozenset(("killed", "wounded", "captured", "casualties", "missing", "equipment"))
_LOSE = frozenset(("lost", "lose", "loses", "losing", "suffered", "surrendered"))
_TOLL = (ClaimType.LOSSES, ClaimType.CIVILIANS, ClaimType.PRISONERS)


def whose(claim: Claim, line: LedgerLine, text: str, profile: Profile) -> str | None:
    """Whose people or equipment the figure counts as lost: a side of the profile, or None.

    The claim's own word (`Claim.victims`) holds; where it has none, the side that "lost"; else the
    only side that the content names, unless that is the speaker's own, which may be the doer.
    """
    if claim.victims is not None:
        return claim.victims
    if claim.type not in _TOLL and line.measure not in _HARM:
        return None
    words = Span(claim.start, claim.end).of(text)
    listed = tokens(words)
    rivals = {side.id for side in profile.sides if side.rivals}
    found = [name for name in profile.sides_in(words, listed) if name[2] in rivals]
    loses = next((at for at, token in enumerate(listed) if token.key in _LOSE), None)
    if loses is not None:
        before = [side for _, end, side in found if end <= loses]
        if before:
            return before[-1]
    named = {side for _, _, side in found}
    return named.pop() if len(named) == 1 and claim.side not in named else None
