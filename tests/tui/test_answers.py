"""A key that asks for more takes its answer, also where there is nothing to answer.

What is typed behind such a key is never read as keys.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import Reader, press, shown, type_line
from textual.widgets import Static

from claims.relations import Relation, RelationKind
from store import comparing, disputes
from store.db import Library
from store.disputes import Dispute
from store.records import Status, Verdict
from store.wording import speaker
from tui.app import WarreaderApp
from tui.screens.disputes import DisputesScreen
from tui.screens.ledger import LedgerScreen
from tui.screens.note import NoteScreen
from tui.screens.pick import PickScreen
from tui.screens.refusal import RefusalScreen


def words(app: WarreaderApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).render())


def decided(path: Path) -> int:
    with Library.open(path, readonly=True, annotator="tester") as stored:
        return stored.progress().decided


def judged(path: Path) -> dict[Verdict | None, str]:
    """The verdicts with their notes."""
    with Library.open(path, readonly=True, annotator="tester") as stored:
        return {one.verdict: one.note for one in disputes.page(stored)}


def two_disputes(path: Path) -> list[Dispute]:
    """Propose two disputes between two articles, and say that all are compared."""
    with Library.open(path, annotator="tester") as library:
        one, two = [summary.id for summary in library.articles.page(limit=2)]
        pairs = zip(library.claims.of(one)[:2], library.claims.of(two)[:2], strict=True)
        found = [
            Relation(
                RelationKind.CONTRADICTS,
                first.id,
                second.id,
                str(one),
                str(two),
                f"figures differ {number}",
                0.8 - number / 10,
                "figures differ",
            )
            for number, (first, second) in enumerate(pairs)
        ]
        batch = comparing.next_batch(library)
        assert batch is not None
        comparing.save(library, batch, found)
        return disputes.page(library)


async def test_a_note_goes_with_the_verdict_just_given(reader: Reader, library: Path) -> None:
    first, _ = two_disputes(library)
    async with reader() as (app, pilot):
        await shown(pilot, "4 c")
        assert isinstance(app.screen, DisputesScreen) and app.screen.pairs.cursor == 1
        await shown(pilot, "m")
        assert isinstance(app.screen, NoteScreen)
        assert "verdict just given, contradicts: " in words(app, "#label")
        await type_line(pilot, "place differs")
        await shown(pilot, "")
        assert isinstance(app.screen, DisputesScreen) and app.screen.pairs.cursor == 1
        # The history of the claim says which the other one is.
        await shown(pilot, "k 1 H")
        sheet = " ".join(words(app, "#sheet").split())
        assert f"to {speaker(first.second.claim)}, “{first.second.words[:20]}" in sheet
        assert "contradicts (place differs)" in sheet
    assert judged(library) == {Verdict.CONTRADICTS: "place differs", None: ""}


async def test_a_note_asks_for_the_verdict_that_is_missing(reader: Reader, library: Path) -> None:
    two_disputes(library)
    async with reader((80, 24)) as (app, pilot):
        # Having moved, the verdict before is no longer the one that is meant.
        await shown(pilot, "4 o k j m")
        assert isinstance(app.screen, PickScreen)
        await shown(pilot, "x")
        assert "Note on the verdict unrelated:" in words(app, "#label")
        await type_line(pilot, "a note")
        await shown(pilot, "")
    assert judged(library) == {Verdict.COMPATIBLE: "", Verdict.UNRELATED: "a note"}


async def test_a_pair_that_left_the_list_gets_its_note(reader: Reader, library: Path) -> None:
    two_disputes(library)
    async with reader() as (app, pilot):
        await shown(pilot, "4 u a a m")
        await type_line(pilot, "a note on this")
        await shown(pilot, "z")
        assert "a note on this" not in judged(library).values()
        # The pair is back in the list with the verdict that stood before the note.
        await shown(pilot, "u m")
        await press(pilot, "escape")
        assert isinstance(app.screen, DisputesScreen)
    assert list(judged(library)) == [Verdict.CONTRADICTS]


@pytest.mark.parametrize("keys", ["mx", "cm"])
async def test_a_note_typed_at_once_is_a_note(reader: Reader, library: Path, keys: str) -> None:
    two_disputes(library)
    async with reader() as (app, pilot):
        await shown(pilot, "4")
        for key in (*keys, *"placediffers", "enter"):
            app.simulate_key(key)
        for _ in range(8):
            await shown(pilot, "")
        assert isinstance(app.screen, DisputesScreen)
    verdict = Verdict.UNRELATED if "x" in keys else Verdict.CONTRADICTS
    assert judged(library) == {verdict: "placediffers", None: ""}


async def test_a_note_without_any_pair_runs_no_keys(reader: Reader, library: Path) -> None:
    with Library.open(library, annotator="tester") as stored:
        batch = comparing.next_batch(stored)
        assert batch is not None
        comparing.save(stored, batch, [])
    async with reader() as (app, pilot):
        await shown(pilot, "4 m")
        assert isinstance(app.screen, RefusalScreen)
        await type_line(pilot, "place quoted")
        assert isinstance(app.screen, DisputesScreen)


async def test_a_letter_that_marks_nothing_is_no_key(reader: Reader, library: Path) -> None:
    before = decided(library)
    async with reader() as (app, pilot):
        await press(pilot, "2 apostrophe a")
        assert app.screen is app.main
        assert "There is no mark a: this article has no marks yet." in words(app, "#status")
        await press(pilot, "M b apostrophe a")
        assert "There is no mark a: this article has b." in words(app, "#status")
        await press(pilot, "apostrophe X")
        assert "There is no mark X" in words(app, "#status")
    assert decided(library) == before


async def test_where_there_is_no_claim_answers_are_no_keys(reader: Reader, library: Path) -> None:
    before = decided(library)
    async with reader() as (app, pilot):
        page = app.main.page
        assert page is not None
        for number in range(len(page.index)):
            app.main.go_to_sentence(number)
            if app.main.claim_id is None:
                break
        assert app.main.claim_id is None
        here = app.main.sentence
        for key, answer in (("t", "a"), ("s", "x"), ("S", "a"), ("f", "a")):
            await press(pilot, f"{key} {answer}")
            assert app.screen is app.main and app.main.sentence == here, key
            assert "No claim here." in words(app, "#status"), key
        for key in ("m", "w", "number_sign"):
            await press(pilot, key)
            assert isinstance(app.screen, RefusalScreen), key
            await type_line(pilot, "a note lxa")
            assert app.screen is app.main and app.main.sentence == here, key
    assert decided(library) == before


async def test_keys_that_are_for_the_text_leave_no_answer_in_the_library(
    reader: Reader, library: Path
) -> None:
    before = decided(library)
    async with reader() as (app, pilot):
        await press(pilot, "1 g")
        order = app.main.listing.order
        await press(pilot, "t")
        assert "t does nothing in the library. In the reader: type." in words(app, "#why")
        await press(pilot, "o")
        assert app.screen is app.main and app.main.listing.order == order
        await press(pilot, "m")
        await type_line(pilot, "note of towns")
        assert app.screen is app.main and app.main.listing.order == order
        assert app.main.library.cursor == 0
    assert decided(library) == before


async def test_a_ledger_without_figures_takes_its_answers(reader: Reader, library: Path) -> None:
    with Library.open(library, annotator="tester") as stored:
        with stored.transaction() as connection:
            connection.execute("DELETE FROM figure")
        before = stored.progress().decided
    async with reader() as (app, pilot):
        await shown(pilot, "5 t q")
        assert isinstance(app.screen, LedgerScreen)
        await shown(pilot, "p")
        await type_line(pilot, "quit")
        assert isinstance(app.screen, LedgerScreen)
    assert decided(library) == before


async def test_what_blind_mode_hides_takes_its_answer(reader: Reader, library: Path) -> None:
    before = decided(library)
    async with reader() as (app, pilot):
        await press(pilot, "2 B g l")
        record = app.main.record
        assert record is not None and record.status is Status.PROPOSED
        for key in ("s", "4", "9"):
            await press(pilot, f"{key} a")
            assert app.screen is app.main and app.main.record is not None
            assert app.main.record.id == record.id
    assert decided(library) == before
