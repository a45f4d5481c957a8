"""How sure a measure is: the jackknife over documents, which needs no chance and no second pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from claims.agreement.measures import Sums, total

_NORMAL = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value of a measure, None where it is not defined, with its 95 % interval."""

    value: float | None
    low: float | None = None
    high: float | None = None
    """None with less than three documents, or where leaving one out leaves no value."""


def estimate(parts: Sequence[Sums], value: Callable[[Sums], float | None]) -> Estimate:
    """The value over all documents, with the interval that leaving out each in turn gives.

    Documents are what was drawn, not claims: claims of one article are alike. B. Efron and
    C. Stein, "The jackknife estimate of variance", Annals of Statistics 9 (1981), 586-596.
    """
    filled = [part for part in parts if part]
    whole = total(filled)
    found = value(whole)
    if found is None or len(filled) < 3:
        return Estimate(found)
    without = []
    for part in filled:
        rest = Sums(whole)
        rest.add(part, -1)
        left = value(rest)
        if left is None:
            return Estimate(found)
        without.append(left)
    mean = sum(without) / len(without)
    share = (len(without) - 1) / len(without)
    error = sqrt(share * sum((left - mean) ** 2 for left in without))
    return Estimate(found, max(-1.0, found - _NORMAL * error), min(1.0, found + _NORMAL * error))
