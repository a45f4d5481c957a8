"""Figures over time as a plot of characters, drawn by plotext.

Each side that speaks has a letter of its own, so that the plot reads without colour. plotext is
imported when the first plot is drawn; it keeps one figure for the whole process, so that only one
thread may draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log10
from statistics import median
from types import ModuleType

from store.wording import day as in_words

Colour = tuple[int, int, int] | None
_WIDE = 30
"""How many times the median the largest figure may be on a scale of equal steps."""
_TICKS = 14
"""Columns that a day on the axis needs."""


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one kind: what they are called, their letter, their colour."""

    label: str
    marker: str
    colour: Colour
    points: Sequence[tuple[str, float]]
    """ISO days and values."""


def load() -> ModuleType:
    """Import plotext; that takes a moment, so callers do it in a thread."""
    import plotext

    module: ModuleType = plotext
    return module


def markers(tags: Sequence[str]) -> Mapping[str, str]:
    """A letter for each tag: its first, or another of it, or a digit where those are taken."""
    taken: dict[str, str] = {}
    for tag in tags:
        letters = [one for one in f"{tag}abcdefghijklmnopqrstuvwxyz0123456789" if one.isalnum()]
        free = next((one for one in letters if one not in taken.values()), "*")
        taken[tag] = free
    return taken


def plot(series: Sequence[Series], width: int, height: int) -> str:
    """The plot as lines with ANSI colours, `width` by `height` cells; empty without a day."""
    placed = [
        (one, [(_ordinal(day), value) for day, value in one.points if _ordinal(day)])
        for one in series
    ]
    days = sorted({at for _, points in placed for at, _ in points})
    if not days or width < 30 or height < 5:
        return ""
    wide = is_wide([value for _, points in placed for _, value in points])
    draw = load()
    draw.clear_figure()
    draw.limit_size(False, False)
    draw.theme("clear")
    draw.plotsize(width, height)
    for one, points in placed:
        if points:
            colour = {"color": one.colour} if one.colour is not None else {}
            draw.scatter(
                [at for at, _ in points],
                [log10(max(1.0, value)) if wide else value for _, value in points],
                marker=one.marker,
                **colour,
            )
    first, last = days[0], days[-1]
    if first == last:
        draw.xlim(first - 1, last + 1)
    ticks = _ticks(first, last, max(1, width // _TICKS))
    draw.xticks(ticks, [in_words(date.fromordinal(at).isoformat()) for at in ticks])
    top = max(value for _, points in placed for _, value in points)
    if wide:
        levels = list(range(int(log10(top)) + 2))
        draw.ylim(0, levels[-1])
        draw.yticks(levels, [_level(10.0**level) for level in levels])
    else:
        heights = _even(top, 5 if height > 7 else 2)
        draw.ylim(0, max(top * 1.05, heights[-1]) if top else 1)
        draw.yticks(heights, [_level(value) for value in heights])
    text: str = draw.build()
    draw.clear_figure()
    return text.rstrip("\n")


def is_wide(values: Sequence[float]) -> bool:
    """Whether a few figures are so large that only a logarithmic scale tells the others apart."""
    return len(values) > 2 and max(values) > _WIDE * max(1.0, median(values))


def _even(top: float, most: int) -> list[float]:
    """Round levels from 0 up to `top`, at most so many steps of 1, 2 or 5 times a power of ten."""
    if top <= 0:
        return [0, 1]
    power = 10.0 ** int(log10(top / most) - (top < most))
    step = next(power * one for one in (1, 2, 5, 10, 20, 50) if power * one * most >= top)
    step = max(step, 1.0) if top >= 1 else step  # what is counted is seldom halved
    return [step * at for at in range(int(top / step) + 1)]


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 0


def _ticks(first: int, last: int, most: int) -> list[int]:
    if last == first:
        return [first]
    number = max(2, min(most, last - first + 1))
    return sorted({first + round((last - first) * at / (number - 1)) for at in range(number)})


def _level(value: float) -> str:
    for unit, word in ((1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if value >= unit:
            scale = 1e3 if word == "k" else unit
            return f"{value / scale:.3g}{word}"
    return f"{value:,.0f}" if value >= 10 or value == 0 else f"{value:.2g}"
