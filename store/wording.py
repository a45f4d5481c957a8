"""Claims in words: figures, speakers, channels and days as screens, reports and tables write them.

Only `one_line` makes its text safe for a terminal; callers pass the rest through
`claims.text.displayed`.
"""

from __future__ import annotations

from claims.model import Claim, Mode, Quantity, Span, Stance
from claims.text import displayed

_BEFORE = {
    "about": "about ",
    "at least": "at least ",
    "more than": "more than ",
    "up to": "up to ",
    "fewer than": "fewer than ",
}

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FATES = ("killed", "wounded", "captured", "missing", "displaced")
"""Measures that say what happened to those counted, when who they are is not said."""


def number(value: float) -> str:
    """The number with thousands separated: 2,300; 1.5."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def quantity(item: Quantity) -> str:
    """The quantity in words: "up to 2,300 servicemen", "1 to 2 kilometers"."""
    low, high = item.low, item.high
    if low is not None and high is not None and low != high:
        figure = f"{number(low)} to {number(high)}"
    else:
        only = low if low is not None else high
        figure = "?" if only is None else _BEFORE.get(item.bound, "") + number(only)
    counted = item.object or item.unit or (item.measure if item.measure in _FATES else None)
    return f"{figure} {counted}" if counted else figure


def quote(text: str, spans: tuple[Span, ...], gap: str = " … ") -> str:
    """The words that the spans cover, the fragments joined by `gap`."""
    return gap.join(span.of(text) for span in spans)


def one_line(text: str) -> str:
    """An outside string fit for one line of a report: `displayed`, white space folded."""
    return " ".join(displayed(text).split())


def day_and_time(at: str) -> str:
    """A time of the log (ISO 8601, UTC) to the minute: "2026-01-02 03:04 UTC"."""
    zone = " UTC" if at.endswith(("+00:00", "Z")) else at[-6:]
    return f"{at[:10]} {at[11:16]}{zone}" if len(at) > 16 else at


def speaker(claim: Claim) -> str:
    """Who says it, in words that a list can show."""
    if claim.speaker:
        return claim.speaker
    return "the article" if claim.mode is Mode.UNATTRIBUTED else "unnamed source"


def manner(claim: Claim) -> str:
    """How it is said, without what goes without saying: "mixed, denies, hedged, sceptical"."""
    said = [claim.mode.value]
    if claim.stance is not Stance.ASSERTS:
        said.append(claim.stance.value)
    if claim.certainty.value != "firm":
        said.append(claim.certainty.value)
    if claim.distance.value != "neutral":
        said.append(f"{claim.distance.value} writer")
    return ", ".join(said)


def channel(claim: Claim) -> str:
    """How it reached the article, the outermost last: "social media, via Clash Report"."""
    return ", via ".join(claim.channel)


def chain(claim: Claim, outlet: str | None = None) -> str:
    """Who relays whom, from the source to the article: "MoD → TASS → article".

    The channels of a claim stand in the order in which the words went through them. The article is
    named by its outlet where that is known.
    """
    steps = [speaker(claim), *claim.channel]
    article = outlet or "article"
    if claim.mode is Mode.UNATTRIBUTED:
        return outlet or speaker(claim)
    if steps[-1].casefold() != article.casefold():
        steps.append(article)
    return " → ".join(dict.fromkeys(steps))


def day(date: str | None) -> str:
    """An ISO date as "14 Aug 2024"; anything else as it is."""
    if not date:
        return ""
    parts = date[:10].split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and 1 <= int(parts[1]) <= 12:
        return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return date
