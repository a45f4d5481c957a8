"""Figures of claims as lines of a ledger: what was counted, how much, for which day, of whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from claims.model import Claim, ClaimType, Moment, Quantity, Span
from claims.names import tokens
from claims.profile import Profile

Dated = Literal["stated", "article"]
"""Whether the claim names the day or it is that of the article."""


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


def lines(claim: Claim, date: str | None) -> Iterator[LedgerLine]:
    """The figures of a claim, in the order of the text; `date` is the article's.

    A figure belongs to the day that the claim names nearest to it; a time of several days counts
    by its last, since a sum is complete only then. Without any, it is the article's day.
    """
    told = [moment for moment in claim.dates if moment.start or moment.end]
    for number, quantity in enumerate(claim.quantities):
        if quantity.low is None and quantity.high is None:
            continue
        nearest = min(told, key=lambda m: _gap(m.span, quantity.span), default=None)
        day = _last_day(nearest) if nearest is not None else None
        counted = quantity.object or quantity.unit or ""
        yield LedgerLine(
            number,
            quantity,
            quantity.measure or "",
            " ".join(counted.lower().split()),
            day or (date[:10] if date else None),
            "stated" if day else "article",
        )


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
