"""Measures of agreement, each as sums over documents from which the value follows.

Sums can be added and taken away, so that the value without one document costs no second pass
(see `intervals`). A value is None where it is not defined: nothing was compared, or only one
value was ever given, so that agreement by chance would be complete.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

Value = Hashable
Unit = tuple[Value | None, ...]
"""One thing that was labelled: a value for each annotator, None where one gave none."""

Units = Mapping[Unit, int]
"""Units with how often each combination of values occurs."""


class Sums(dict[Any, float]):
    """Numbers by key, zero where there is none; they can be added and taken away."""

    def __missing__(self, key: Any) -> float:
        return 0.0

    def add(self, other: Sums, times: int = 1) -> None:
        """Add other sums, or take them away with -1."""
        for key, number in other.items():
            self[key] += times * number


class Measure(NamedTuple):
    """How a measure is made: the sums of a document's units, and the value of sums."""

    name: str
    sums: Callable[[Units], Sums]
    value: Callable[[Sums], float | None]


def pairs(units: Units) -> Sums:
    """How often two annotators gave each pair of values; units that one left out are skipped."""
    found = Sums()
    for unit, times in units.items():
        one, two = unit
        if one is not None and two is not None:
            found[one, two] += times
    return found


def cohen(sums: Sums) -> float | None:
    """Cohen's kappa of two annotators from their pairs of values.

    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960), 37-46.
    """
    total = sum(sums.values())
    if not total:
        return None
    first = Sums()
    second = Sums()
    same = 0.0
    for (one, two), times in sums.items():
        first[one] += times
        second[two] += times
        same += times if one == two else 0.0
    expected = sum(times * second[value] for value, times in first.items())
    if _close(expected, total * total):
        return None
    return float((same * total - expected) / (total * total - expected))


_UNITS, _AGREED = ("units",), ("agreed",)


def complete(units: Units) -> Sums:
    """The sums of Fleiss' kappa; units to which an annotator gave no value are skipped."""
    found = Sums()
    for unit, times in units.items():
        raters = len(unit)
        if raters < 2 or None in unit:
            continue
        counts = Counter(unit)
        found[_UNITS] += times
        agreeing = sum(number * (number - 1) for number in counts.values())
        found[_AGREED] += times * agreeing / (raters * (raters - 1))
        for value, number in counts.items():
            found["value", value] += times * number
    return found


def fleiss(sums: Sums) -> float | None:
    """Fleiss' kappa of any number of annotators.

    J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76
    (1971), 378-382.
    """
    units = sums[_UNITS]
    values = [number for key, number in sums.items() if key[0] == "value"]
    given = sum(values)
    if units <= 0 or not given:
        return None
    expected = sum((number / given) ** 2 for number in values)
    return _above_chance(sums[_AGREED] / units, expected)


def coincidences(units: Units) -> Sums:
    """The coincidence matrix of Krippendorff's alpha: pairs of values given to the same unit.

    Values that are missing are no values: units with less than two pair nothing.
    """
    found = Sums()
    for unit, times in units.items():
        counts = Counter(value for value in unit if value is not None)
        given = counts.total()
        if given < 2:
            continue
        for one, number in counts.items():
            for two, other in counts.items():
                pairable = number * (other - (one == two))
                if pairable:
                    found[one, two] += times * pairable / (given - 1)
    return found


def alpha(sums: Sums) -> float | None:
    """Krippendorff's alpha for nominal data from a coincidence matrix.

    K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), sections B and C,
    https://repository.upenn.edu/asc_papers/43.
    """
    margin = Sums()
    same = 0.0
    for (one, two), number in sums.items():
        margin[one] += number
        same += number if one == two else 0.0
    total = sum(margin.values())
    if total <= 1:
        return None
    expected = sum(number * (number - 1) for number in margin.values()) / (total - 1)
    return None if _close(expected, total) else float((same - expected) / (total - expected))


def same_pairs(units: Units) -> Sums:
    """The sums of the share of pairs of values that are equal."""
    found = Sums()
    for unit, times in units.items():
        given = [value for value in unit if value is not None]
        for at, one in enumerate(given):
            for two in given[at + 1 :]:
                found["same"] += times * (one == two)
                found["pairs"] += times
    return found


def percent(sums: Sums) -> float | None:
    """The share of pairs of values that are equal, chance included."""
    return sums["same"] / sums["pairs"] if sums["pairs"] > 0 else None


def found_sums(hits_one: float, one: float, hits_two: float, two: float) -> Sums:
    """The sums of `f1`: of the things each of two marked, how many the other marked as well."""
    return Sums({"hits one": hits_one, "one": one, "hits two": hits_two, "two": two})


def f1(sums: Sums) -> float | None:
    """The harmonic mean of how much of each annotator's marks the other has as well.

    As a measure of agreement where what nobody marked cannot be counted: G. Hripcsak and A. S.
    Rothschild, "Agreement, the F-measure, and reliability in information retrieval", JAMIA 12
    (2005), 296-298.
    """
    if sums["one"] <= 0 and sums["two"] <= 0:
        return None
    first = sums["hits one"] / sums["one"] if sums["one"] > 0 else 0.0
    second = sums["hits two"] / sums["two"] if sums["two"] > 0 else 0.0
    return float(2 * first * second / (first + second)) if first + second else 0.0


def total(parts: Sequence[Sums]) -> Sums:
    """The sums of all documents."""
    found = Sums()
    for part in parts:
        found.add(part)
    return found


def _above_chance(observed: float, expected: float) -> float | None:
    return None if _close(expected, 1) else float((observed - expected) / (1 - expected))


def _close(one: float, two: float) -> bool:
    """Equal but for the rounding of sums."""
    return abs(one - two) <= 1e-9 * max(1.0, abs(two))


COHEN = Measure("cohen_kappa", pairs, cohen)
FLEISS = Measure("fleiss_kappa", complete, fleiss)
ALPHA = Measure("krippendorff_alpha", coincidences, alpha)
PERCENT = Measure("percent", same_pairs, percent)
