"""Several people on one screen: who decides, and what each of them sees."""

from __future__ import annotations

from pathlib import Path

from driving import Reader, press, type_line
from textual.widgets import Static

from store.db import Library
from tui.app import WarreaderApp


def title_of(app: WarreaderApp) -> str:
    return str(app.main.query_one("#title", Static).render())


async def test_another_annotator_sees_their_own_decisions_and_undoes_only_them(
    reader: Reader, library: Path
) -> None:
    async with reader((140, 36)) as (app, pilot):
        assert "tester" not in title_of(app)
        await press(pilot, "a a")
        decided = [r.id for r in app.main.records if r.status.decided]
        assert len(decided) == 2
        place = app.main.claim_id
        await press(pilot, "A n")
        await type_line(pilot, "bea")
        assert " bea " in title_of(app)
        assert not any(record.status.decided for record in app.main.records)
        assert app.main.claim_id == place
        await press(pilot, "z")
        assert "Nothing to undo" in str(app.main.query_one("#status", Static).render())
        await press(pilot, "A 1")
        assert [r.id for r in app.main.records if r.status.decided] == decided
    with Library.open(library, readonly=True) as kept:
        assert kept.annotator == "tester"
        assert kept.annotators.names() == ["bea", "tester"]


async def test_a_name_that_cannot_be_changes_nothing(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "A n")
        await type_line(pilot, "machine")
        assert "machine" in str(app.main.query_one("#status", Static).render())
        assert app.main.opened is not None and app.main.opened.annotator == "tester"
