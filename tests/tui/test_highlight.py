"""Highlights: runs never overlap, the shortest claim is on top, filters and states show."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.model import Claim, ClaimType, Mode, Span
from store.records import ClaimRecord, Status
from tui.filtering import Chosen, Facet, choices
from tui.highlight import Colouring, Highlights, Run, clip, flatten, marks, runs

RUNS = st.lists(
    st.builds(
        lambda start, length, key: Run(start, start + length, key),
        st.integers(0, 60),
        st.integers(1, 30),
        st.sampled_from("abc"),
    ),
    max_size=12,
)


def record(
    start: int,
    end: int,
    kind: ClaimType = ClaimType.LOSSES,
    side: str = "russia",
    status: Status = Status.PROPOSED,
    speaker: str | None = "MoD",
) -> ClaimRecord:
    claim = Claim(
        f"c{start}-{end}",
        (Span(start, end),),
        type=kind,
        side=side,
        speaker=speaker,
        mode=Mode.INDIRECT,
    )
    return ClaimRecord(1, claim, status)


@given(RUNS)
def test_flat_runs_are_in_order_and_show_the_shortest_run_at_every_character(
    layers: list[Run],
) -> None:
    flat = flatten(layers)
    assert all(one.end <= two.start for one, two in pairwise(flat))
    shown = {offset: run.key for run in flat for offset in range(run.start, run.end)}
    for offset in range(100):
        over = [run for run in layers if run.start <= offset < run.end]
        if not over:
            assert offset not in shown
        else:
            shortest = min(run.end - run.start for run in over)
            assert shown[offset] in {r.key for r in over if r.end - r.start == shortest}


@given(RUNS, st.integers(0, 80), st.integers(1, 20))
def test_a_row_is_given_just_its_part_of_the_runs(
    layers: list[Run], start: int, length: int
) -> None:
    flat, end = flatten(layers), start + length
    expected = {
        offset: run.key
        for run in flat
        for offset in range(max(run.start, start), min(run.end, end))
    }
    cut = list(clip(flat, start, end))
    assert {o: run.key for run in cut for o in range(run.start, run.end)} == expected


def test_a_rejected_claim_loses_its_highlight_and_keeps_its_letter() -> None:
    rejected = record(0, 10, status=Status.REJECTED)
    assert runs([rejected], Colouring.TYPE) == []
    assert [(mark.kind, mark.rejected) for mark in marks([rejected])] == [("losses", True)]


def test_background_is_not_coloured_by_type_but_by_side() -> None:
    background = record(0, 10, ClaimType.BACKGROUND, "author")
    assert runs([background], Colouring.TYPE) == []
    assert runs([background], Colouring.SIDE) == [Run(0, 10, "side.author")]


def test_the_side_bar_follows_the_rows() -> None:
    highlights = Highlights.of([record(5, 10), record(20, 30, side="ukraine")], Colouring.TYPE)
    sides = [highlights.side_in(a, a + 10) for a in (0, 10, 20)]
    assert sides == ["side.russia", None, "side.ukraine"]


def test_a_filter_shows_what_has_one_of_the_chosen_values_of_every_facet() -> None:
    losses, strike = record(0, 5), record(6, 9, ClaimType.STRIKE, "ukraine", speaker="Kyiv")
    by_type = Chosen().toggle(Facet.TYPE, "losses")
    assert [by_type.passes(r) for r in (losses, strike)] == [True, False]
    both = by_type.toggle(Facet.TYPE, "strike")
    assert [both.passes(r) for r in (losses, strike)] == [True, True]
    narrower = both.toggle(Facet.SIDE, "ukraine")
    assert [narrower.passes(r) for r in (losses, strike)] == [False, True]
    assert not both.toggle(Facet.TYPE, "losses").toggle(Facet.TYPE, "strike")


def test_the_choices_count_every_value_of_the_claims() -> None:
    found = choices([record(0, 5), record(6, 9), record(10, 12, ClaimType.STRIKE)])
    types = [(c.value, c.count) for c in found if c.facet is Facet.TYPE]
    assert types == [("losses", 2), ("strike", 1)]
    assert [(c.value, c.count) for c in found if c.facet is Facet.SPEAKER] == [("MoD", 3)]
