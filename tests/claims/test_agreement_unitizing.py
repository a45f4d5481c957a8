"""Alpha for unitizing: the published example, the formula as it is printed, and what must hold."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.agreement.aligning import Mark, Verdict, align
from claims.agreement.comparing import Comparison
from claims.agreement.measures import Sums, total
from claims.agreement.unitizing import Unit, alpha_u, expected, joined, observed, unitized
from claims.model import Claim, ClaimType, Span

LENGTH = 40
UNITS = st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)), max_size=6).map(joined)
MARKED = st.lists(UNITS, min_size=2, max_size=3)


def test_the_published_example() -> None:
    """K. Krippendorff, "Measuring the reliability of qualitative text analysis data", Quality &
    Quantity 38 (2004): a continuum of 300 that begins at 150, two observers, categories c and k."""
    c = [
        [(start - 150, start - 150 + size) for start, size in units]
        for units in (((225, 70), (370, 30)), ((220, 80), (355, 20), (400, 20)))
    ]
    k = [[(30, 90), (150, 200)]] * 2
    assert observed(c, 300) == pytest.approx(0.0144, abs=0.00005)
    assert expected(c, 300) == pytest.approx(0.0532, abs=0.00005)
    assert alpha_u(unitized(c, 300)) == pytest.approx(0.7286, abs=0.00005)
    assert (observed(k, 300), expected(k, 300)) == (0, pytest.approx(0.0490, abs=0.00005))
    assert alpha_u(unitized(k, 300)) == 1
    both = alpha_u(total([unitized(c, 300), unitized(k, 300)]))
    assert both == pytest.approx(1 - 0.0144 / (0.0532 + 0.0490), abs=0.0005)


Section = tuple[int, int, bool]
"""Where it begins, how long it is, and whether it is a unit."""


def sections(units: Sequence[Unit]) -> list[Section]:
    found: list[Section] = []
    edge = 0
    for start, end in units:
        if start > edge:
            found.append((edge, start - edge, False))
        found.append((start, end - start, True))
        edge = end
    return found + ([(edge, LENGTH - edge, False)] if edge < LENGTH else [])


def apart(one: Section, two: Section) -> int:
    """d² as it is printed (2004, equation 2)."""
    (b, size, unit), (other, length, also) = one, two
    if unit and also and -size < b - other < length:
        return (b - other) ** 2 + (b + size - other - length) ** 2
    if unit and not also and length - size >= b - other >= 0:
        return size**2
    if also and not unit and size - length >= other - b >= 0:
        return length**2
    return 0


def literally(marked: Sequence[Sequence[Unit]]) -> tuple[float, float]:
    """D_oc and D_ec as they are printed (2004, equations 3 and 4)."""
    many, cut = len(marked), [sections(units) for units in marked]
    found = sum(
        apart(g, h)
        for i in range(many)
        for j in range(many)
        if i != j
        for g in cut[i]
        for h in cut[j]
    )
    every = [section for one in cut for section in one]
    number = sum(unit for _, _, unit in every)
    chance = 0.0
    for _, size, unit in every:
        if unit:
            chance += (number - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
            chance += size**2 * sum(
                length - size + 1 for _, length, also in every if not also and length >= size
            )
    ways = many * LENGTH * (many * LENGTH - 1) - sum(
        size * (size - 1) for _, size, unit in every if unit
    )
    return found / (many * (many - 1) * LENGTH**2), 2 / LENGTH * chance / ways


@given(marked=MARKED)
def test_it_is_the_formula_as_it_is_printed(marked: list[list[Unit]]) -> None:
    one, two = literally(marked)
    assert observed(marked, LENGTH) == pytest.approx(one)
    assert expected(marked, LENGTH) == pytest.approx(two)


@given(marked=MARKED, shift=st.integers(-5, 5))
def test_it_knows_no_first_annotator_no_direction_and_no_words(
    marked: list[list[Unit]], shift: int
) -> None:
    found = alpha_u(unitized(marked, LENGTH))
    back = [[(LENGTH - end, LENGTH - start) for start, end in reversed(one)] for one in marked]
    for other in (marked[::-1], back):
        assert alpha_u(unitized(other, LENGTH)) == pytest.approx(found)
    # What is observed does not change when all units move together.
    moved = [[(start + shift, end + shift) for start, end in one] for one in marked]
    inside = all(start >= 0 and end <= LENGTH for one in moved for start, end in one)
    if inside:
        assert observed(moved, LENGTH) == pytest.approx(observed(marked, LENGTH))


@given(units=UNITS)
def test_the_same_pieces_are_perfect_agreement(units: list[Unit]) -> None:
    assert alpha_u(unitized([units, units], LENGTH)) == (1 if units else None)
    if units:
        assert (alpha_u(unitized([units, []], LENGTH)) or 0) < 1


def test_overlapping_spans_are_one_unit_and_touching_ones_two() -> None:
    assert joined([(5, 9), (0, 3), (3, 5), (7, 12), (4, 4)]) == [(0, 3), (3, 5), (5, 12)]
    assert joined([]) == []


def _mark(name: str, kind: ClaimType, *content: Span) -> dict[str, Mark]:
    return {name: Mark(Claim(name, content, type=kind), Verdict.KEPT)}


def test_one_claim_and_two_of_the_same_words_are_told_apart() -> None:
    text = "alpha bravo charlie delta echo foxtrot golf hotel india juliett"
    one = _mark("a", ClaimType.LOSSES, Span(0, 24))
    two = _mark("b", ClaimType.LOSSES, Span(0, 11)) | _mark("c", ClaimType.LOSSES, Span(12, 24))
    compared = Comparison(("ann", "bea"))
    compared.add(text, align([one, two]))
    found = {
        (row.about, row.measure, row.type): (row.estimate.value, row.units)
        for row in compared.results()
    }
    sums = Sums(unitized([[(0, 24)], [(0, 11), (12, 24)]], len(text)))
    for kind in ("", "losses"):
        assert found["units", "krippendorff_alpha_u", kind] == (pytest.approx(alpha_u(sums)), 3)
    assert found["tokens", "krippendorff_alpha", ""][0] == 1
    three = Comparison(("ann", "bea", "cec"))
    three.add(text, align([one, two, one]))
    assert "units" not in {row.about for row in three.results()}
