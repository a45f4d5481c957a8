"""Agreement: the measures against published examples and another program, and what is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import krippendorff
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.agreement import measures
from claims.agreement.aligning import Aligned, Mark, Verdict, align
from claims.agreement.comparing import Comparison, Tokens
from claims.agreement.differing import disagreement
from claims.agreement.intervals import estimate
from claims.agreement.measures import ALPHA, COHEN, FLEISS, Sums
from claims.model import Claim, ClaimType, Span


def of(measure: measures.Measure, units: Sequence[measures.Unit]) -> float | None:
    return measure.value(measure.sums(Counter(units)))


def columns(*rows: str) -> list[measures.Unit]:
    """Reliability data as they are printed: a row an observer, a column a unit, "." missing."""
    return [
        tuple(None if value == "." else value for value in unit)
        for unit in zip(*(row.split() for row in rows), strict=True)
    ]


def test_cohens_kappa_of_a_published_table() -> None:
    """R. Artstein and M. Poesio, "Inter-coder agreement for computational linguistics",
    Computational Linguistics 34 (2008), tables 1 and 3: kappa 0.348."""
    units = [("s", "s")] * 20 + [("s", "i")] * 20 + [("i", "s")] * 10 + [("i", "i")] * 50
    assert of(COHEN, units) == pytest.approx(0.348, abs=0.0005)
    assert of(measures.PERCENT, units) == pytest.approx(0.7)


def test_fleiss_kappa_of_a_published_table() -> None:
    """The worked example of https://en.wikipedia.org/wiki/Fleiss%27_kappa: ten subjects, fourteen
    raters, five categories; kappa 0.210."""
    table = """0 0 0 0 14  0 2 6 4 2  0 0 3 5 6  0 3 9 2 0  2 2 8 1 1
               7 7 0 0 0  3 2 6 3 0  2 5 3 2 2  6 5 2 1 0  0 2 2 3 7"""
    numbers = [int(number) for number in table.split()]
    rows = [numbers[at : at + 5] for at in range(0, 50, 5)]
    units = [tuple(value for value in range(5) for _ in range(row[value])) for row in rows]
    assert of(FLEISS, units) == pytest.approx(0.210, abs=0.0005)


def test_alpha_of_the_published_examples() -> None:
    """K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): A binary 0.095,
    B nominal 0.692, C four observers and missing data 0.743."""
    binary = columns("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
    nominal = columns("a a b b d c c c e d d a", "b a b b b c c c e d d d")
    missing = columns(
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    )
    assert of(ALPHA, binary) == pytest.approx(0.095, abs=0.0005)
    assert of(ALPHA, nominal) == pytest.approx(0.692, abs=0.0005)
    assert of(ALPHA, missing) == pytest.approx(0.743, abs=0.0005)


@given(
    st.integers(2, 4).flatmap(
        lambda raters: st.lists(
            st.tuples(*[st.sampled_from([None, 1, 2, 3])] * raters), min_size=1, max_size=12
        )
    )
)
def test_alpha_is_what_another_program_finds(units: list[measures.Unit]) -> None:
    data = numpy.array(
        [[numpy.nan if v is None else v for v in row] for row in zip(*units, strict=True)], float
    )
    pairable = [unit for unit in units if sum(value is not None for value in unit) > 1]
    found = of(ALPHA, units)
    if len({value for unit in pairable for value in unit if value is not None}) < 2:
        assert found is None
    else:
        theirs = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
        assert found == pytest.approx(theirs, abs=1e-9)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_measures_know_no_order_and_no_first_annotator(units: list[measures.Unit]) -> None:
    turned = [(two, one) for one, two in reversed(units)]
    for measure in (COHEN, FLEISS, ALPHA):
        one, two = of(measure, units), of(measure, turned)
        assert (one is None) == (two is None)
        assert one is None or (one == pytest.approx(two) and one <= 1)
    if all(one == two for one, two in units) and len(set(units)) > 1:
        assert of(COHEN, units) == pytest.approx(1)


def test_what_is_not_defined_has_no_value() -> None:
    for measure in (COHEN, FLEISS, ALPHA, measures.PERCENT):
        assert of(measure, []) is None
        assert of(measure, [("a", None)]) is None
    assert of(COHEN, [("a", "a")] * 5) is None
    assert measures.f1(Sums()) is None
    assert measures.f1(measures.found_sums(0, 3, 0, 0)) == 0.0


def test_the_interval_is_that_of_leaving_documents_out() -> None:
    """The jackknife of a mean is its standard error: 1.96 times the deviation over root n."""
    parts = [Sums({"same": value, "pairs": 1}) for value in (0.0, 1.0, 1.0, 0.5)]
    found = estimate(parts, measures.percent)
    mean = 0.625
    error = (sum((v - mean) ** 2 for v in (0.0, 1.0, 1.0, 0.5)) / (4 * 3)) ** 0.5
    assert found.value == pytest.approx(mean)
    assert found.low == pytest.approx(mean - 1.96 * error, abs=1e-4)
    assert found.high == 1.0
    assert estimate(parts[:2], measures.percent).low is None


# What is compared


def kept(claim_id: str, start: int, end: int, kind: str = "losses", **fields: object) -> Mark:
    claim = Claim(claim_id, (Span(start, end),), type=ClaimType(kind), **fields)  # type: ignore[arg-type]
    return Mark(claim, Verdict.KEPT)


def refused(claim_id: str, start: int, end: int) -> Mark:
    return Mark(Claim(claim_id, (Span(start, end),)), Verdict.REJECTED)


def still_open(claim_id: str, start: int, end: int) -> Mark:
    return Mark(Claim(claim_id, (Span(start, end),)), Verdict.OPEN)


def aligned(*annotated: Sequence[Mark]) -> list[Aligned]:
    return align([{mark.claim.id: mark for mark in marks} for marks in annotated])


def names(found: Sequence[Aligned]) -> list[tuple[str | None, ...]]:
    return [tuple(mark and mark.claim.id for mark in one.marks) for one in found]


def test_claims_are_aligned_by_id_then_by_their_words() -> None:
    ann = [kept("c1", 0, 20), kept("h1", 32, 50), kept("h9", 80, 90)]
    bob = [kept("c1", 0, 12), kept("h2", 30, 50), kept("h3", 88, 200)]
    found = names(aligned(ann, bob))
    assert found == [("c1", "c1"), ("h1", "h2"), ("h9", None), (None, "h3")]


def test_a_claim_made_anew_stands_for_the_one_that_was_refused() -> None:
    ann = [refused("c1", 0, 20), kept("h1", 2, 20)]
    bob = [kept("c1", 0, 20)]
    (one,) = aligned(ann, bob)
    assert names([one]) == [("h1", "c1")]
    assert disagreement(one) == ("content",)


def test_two_claims_of_one_annotator_stay_two() -> None:
    ann = [kept("h1", 0, 10), kept("h2", 10, 20)]
    bob = [kept("h3", 0, 20)]
    assert len(aligned(ann, bob)) == 2


def test_who_has_yet_to_decide_does_not_disagree() -> None:
    (one,) = aligned([kept("c1", 0, 20)], [still_open("c1", 0, 20)])
    assert one.open and disagreement(one) == ()
    (two,) = aligned([kept("h1", 0, 20)], [])
    assert disagreement(two) == ("kept",)
    (three,) = aligned([refused("c1", 0, 20)], [refused("c1", 0, 20)])
    assert disagreement(three) == ()


def values(comparison: Comparison) -> dict[tuple[str, str, str], float | None]:
    return {(one.about, one.measure, one.type): one.estimate.value for one in comparison.results()}


TEXT = "Kyiv took it. Moscow lost ten. Kyiv lost two. Nothing else."
SENTENCES = [(0, 13), (14, 30), (31, 45)]


def test_all_measures_of_two_annotators() -> None:
    ann = [kept("c1", 0, 13, "territory"), kept("c2", 14, 30), kept("c3", 31, 45)]
    bob = [kept("c1", 0, 13, "territory"), kept("c2", 14, 26), refused("c3", 31, 45)]
    comparison = Comparison(("ann", "bob"))
    comparison.add(TEXT, aligned(ann, bob))
    found = values(comparison)
    assert (comparison.articles, comparison.claims, comparison.left_out) == (1, 3, 0)
    assert found["status", "percent", ""] == pytest.approx(2 / 3)
    assert found["type", "percent", ""] == 1
    assert found["type", "cohen_kappa", ""] == 1
    assert found["spans", "f1_exact", ""] == pytest.approx(2 / 5)
    assert found["spans", "f1_overlap", ""] == pytest.approx(2 * (2 / 3) / (2 / 3 + 1))
    # 4 + 4 + 4 words and full stops against 4 + 2 ("lost ten." cut to "lost").
    covered = Tokens(TEXT).covered
    one = covered(SENTENCES)
    two = covered([(0, 13), (14, 26)])
    assert found["spans", "f1_token", ""] == pytest.approx(
        2 * len(one & two) / (len(one) + len(two))
    )
    assert found["spans", "f1_exact", "territory"] == 1
    assert found["spans", "f1_exact", "losses"] == 0
    tokens = [
        (
            tuple(sorted(m.claim.type for m in ann if at in covered(m.claim.content))),
            tuple(sorted(m.claim.type for m in bob[:2] if at in covered(m.claim.content))),
        )
        for at in range(len(Tokens(TEXT)))
    ]
    assert found["tokens", "krippendorff_alpha", ""] == pytest.approx(of(ALPHA, tokens))


def test_what_one_has_yet_to_decide_counts_for_nothing() -> None:
    both = [kept("c1", 0, 13, "territory"), kept("c2", 14, 30)]
    comparison, less = Comparison(("ann", "bob")), Comparison(("ann", "bob"))
    comparison.add(TEXT, aligned([*both, kept("c3", 31, 45)], [*both, still_open("c3", 31, 45)]))
    less.add(TEXT[:30], aligned(both, both))
    assert comparison.left_out == 1
    found, expected = values(comparison), values(less)
    assert {key: found[key] for key in expected if key[0] != "tokens"} == {
        key: value for key, value in expected.items() if key[0] != "tokens"
    }
    assert found["tokens", "krippendorff_alpha", ""] == 1


def test_three_annotators_have_no_kappa_of_two() -> None:
    comparison = Comparison(("ann", "bob", "machine"))
    marks = [kept("c1", 0, 13), kept("c2", 14, 30)]
    comparison.add(TEXT, aligned(marks, marks, marks[:1]))
    found = values(comparison)
    assert ("status", "cohen_kappa", "") not in found
    assert found["status", "percent", ""] == pytest.approx(4 / 6)
    assert found["spans", "f1_exact", ""] == pytest.approx(2 * 4 / (6 + 4), abs=0.02)
