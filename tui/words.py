"""Claims, figures and dates as a person writes them. Pure: no Textual.

Nothing here is made safe for a terminal: callers pass what comes from outside through
`claims.text.displayed`.
"""

from __future__ import annotations

from claims.model import Claim, Mode, Quantity

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def speaker_name(claim: Claim) -> str:
    """Who says it, in words that a list can show."""
    if claim.speaker:
        return claim.speaker
    return "the article" if claim.mode is Mode.UNATTRIBUTED else "unnamed source"


def quantity_words(quantity: Quantity) -> str:
    """A quantity as a person writes it: "up to 2,300 servicemen"."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        number = f"{_number(low)}–{_number(high)}"
    else:
        number = _number(low if low is not None else high)
    bound = "" if quantity.bound in ("exact", "between") else f"{quantity.bound} "
    thing = quantity.unit or quantity.object or ""
    return f"{bound}{number} {thing}".strip()


def _number(value: float | None) -> str:
    if value is None:
        return "?"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def day(date: str | None) -> str:
    """An ISO date as "14 Aug 2024"; anything else as it is."""
    if not date:
        return ""
    parts = date[:10].split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and 1 <= int(parts[1]) <= 12:
        return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return date
