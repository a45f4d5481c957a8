"""Krippendorff's alpha for unitizing: whether annotators cut the same pieces out of a text.

Words as units cannot tell one long claim from two short ones side by side, and a boundary that is
a word off counts there as one word of many. Here the pieces themselves are held against each
other: by how far apart their ends are.

This is uα as it was first published: K. Krippendorff, "On the reliability of unitizing continuous
data", Sociological Methodology 25 (1995), 47-76; with the worked example that the tests hold it
against, "Measuring the reliability of qualitative text analysis data", Quality & Quantity 38
(2004), 787-800. For more than two annotators it does not behave as it should, as its author found
(K. Krippendorff, Y. Mathet, S. Bouvry and A. Widlöcher, "On the reliability of unitizing textual
continua: further developments", Quality & Quantity 50 (2016), 2347-2364): it is asked of two.

A text of L characters is a continuum, which the marks of one category c cut into units and the
gaps between them. Of m annotators,

    D_oc = sum over pairs i ≠ j, and their sections g and h, of d² / (m (m - 1) L²)

where d² is (difference of the beginnings)² + (difference of the ends)² for two units that
overlap, the unit's length² for a unit that lies in a gap, and else 0. With N_c units in all,

    D_ec = (2 / L) · sum over units of ((N_c - 1) / 3 · (2 l³ - 3 l² + l)
                      + l² · sum over gaps of at least l of (gap - l + 1))
           / (m L (m L - 1) - sum over units of l (l - 1))

is what is to be expected of the same units at any places. Alpha is 1 - D_o / D_e, each summed
over the categories.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, combinations

from claims.agreement.measures import Sums

Unit = tuple[int, int]
"""Where a unit begins, and where it ends (exclusive)."""

ALPHA_U = "krippendorff_alpha_u"
"""The name of the measure."""

_LEAST = 1e-12
"""Below this a sum is zero but for rounding."""


def joined(spans: Iterable[Sequence[int]]) -> list[Unit]:
    """The units of one annotator and one category, in the order of the text.

    A continuum has no place for two units at once, so spans that overlap are one unit; spans that
    only touch are two.
    """
    found: list[Unit] = []
    for start, end in sorted((span[0], span[1]) for span in spans):
        if start >= end:
            continue
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def observed(marked: Sequence[Sequence[Unit]], length: int) -> float:
    """D_oc of the units of one category, by annotator, in a text of `length` characters."""
    many = len(marked)
    apart = sum(_apart(one, two) for one, two in combinations(marked, 2))
    return 2 * apart / (many * (many - 1) * length**2)


def _apart(one: Sequence[Unit], two: Sequence[Unit]) -> int:
    """The sum of d² over the sections of two annotators.

    A unit that overlaps no unit of the other lies in one of their gaps.
    """
    found = 0
    alone = set(range(len(two)))
    first = 0
    for start, end in one:
        while first < len(two) and two[first][1] <= start:
            first += 1
        at = first
        while at < len(two) and two[at][0] < end:
            found += (start - two[at][0]) ** 2 + (end - two[at][1]) ** 2
            alone.discard(at)
            at += 1
        if at == first:
            found += (end - start) ** 2
    return found + sum((two[at][1] - two[at][0]) ** 2 for at in alone)


def expected(marked: Sequence[Sequence[Unit]], length: int) -> float:
    """D_ec of the units of one category, by annotator, in a text of `length` characters."""
    lengths = [end - start for units in marked for start, end in units]
    gaps = sorted(gap for units in marked for gap in _gaps(units, length))
    longer = [0, *accumulate(reversed(gaps))]
    total = 0.0
    for one in lengths:
        among = (len(lengths) - 1) / 3 * (2 * one**3 - 3 * one**2 + one)
        number = len(gaps) - bisect_left(gaps, one)  # of the gaps that have room for it
        total += among + one**2 * (longer[number] - number * (one - 1))
    places = len(marked) * length
    ways = places * (places - 1) - sum(one * (one - 1) for one in lengths)
    return 2 / length * total / ways if ways else 0.0


def _gaps(units: Sequence[Unit], length: int) -> Iterable[int]:
    edge = 0
    for start, end in units:
        if start > edge:
            yield start - edge
        edge = end
    if length > edge:
        yield length - edge


def unitized(marked: Sequence[Sequence[Unit]], length: int) -> Sums:
    """The sums of one text and one category; the longer the text, the more they count.

    What is to be expected is asked within each text: claims do not wander from one to another.
    """
    if not length or not any(marked):
        return Sums()
    return Sums(
        {
            "observed": length * observed(marked, length),
            "expected": length * expected(marked, length),
        }
    )


def alpha_u(sums: Sums) -> float | None:
    """Krippendorff's alpha for unitizing; None where nothing was marked."""
    if sums["expected"] <= _LEAST:
        return None
    return 1 - sums["observed"] / sums["expected"]
