"""The concordance on the screen: words in context, claims, what is done to all of them."""

from __future__ import annotations

from pathlib import Path

from driving import Reader, press, type_line

from store.db import Library
from store.records import ClaimFilter
from tui.app import WarreaderApp
from tui.screens.concordance import ConcordanceScreen

RIVALS = "side:russia OR speaker:Zelensky"


def view(app: WarreaderApp) -> ConcordanceScreen:
    """The view that is open."""
    assert isinstance(app.screen, ConcordanceScreen)
    return app.screen


def rows(app: WarreaderApp) -> list[str]:
    """What the view lists."""
    pane = view(app).list_in_use()
    return [pane.render_line(y).text.rstrip() for y in range(min(pane.count, 20))]


def heading(app: WarreaderApp) -> str:
    """The line at the top."""
    return str(view(app).query_one("#heading").render())


def said(app: WarreaderApp) -> str:
    """The line above the keys."""
    return str(view(app).query_one("#said").render())


async def test_words_stand_below_one_another_and_enter_reads_them(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "8")
        await type_line(pilot, "speeker:x")
        hint = str(app.screen.query_one("#hint").render())
        assert "did you mean speaker:" in hint and hint.endswith("esc cancels")
        await press(pilot, "ctrl+u")
        await type_line(pilot, "Zelensky")
        assert "6 places in 1 article" in heading(app)
        assert len({row.index("Zelensky") for row in rows(app)}) == 1
        before = rows(app)
        await press(pilot, "o l")
        assert "by left" in heading(app)
        assert sorted(rows(app)) != rows(app)
        assert {row[2:] for row in rows(app)} == {row[2:] for row in before}
        await press(pilot, "o p j j enter")
        assert app.screen is app.main
        assert app.main.page is not None
        (match,) = app.main.matches
        assert app.main.page.text[match.start : match.end] == "Zelensky"
        assert app.main.page.index.at(match.start) == app.main.sentence
        await press(pilot, "8")  # as it was left
        assert view(app).list_in_use().cursor == 2
        await press(pilot, "v")
        assert heading(app).strip().startswith("Claims: Zelensky")
        await press(pilot, "q")
        assert app.screen is app.main


async def test_all_claims_of_the_list_are_labelled_as_one_step(
    reader: Reader, library: Path
) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "8")
        await type_line(pilot, RIVALS)
        total = view(app).state.found.total
        assert total is not None and total > 20 and f"{total} claims" in heading(app)
        await press(pilot, "a x")
        question = str(app.screen.query_one("#question").render())
        assert question.startswith(f"Reject {total} claims in 3 articles?")
        await press(pilot, "n")
        assert said(app) == "Nothing was changed."
        await press(pilot, "a x y")
        assert f"Rejected {total} claims in 3 articles. z takes it back." in said(app)
        assert all(row[2] == "✗" for row in rows(app))
        await press(pilot, "a g")
        await type_line(pilot, "to-check later")
        await press(pilot, "y")
        with Library.open(library, annotator="tester", readonly=True) as other:
            everything = other.claims.query(ClaimFilter(query=RIVALS))
            assert {(r.status.value, r.tags) for r in everything} == {
                ("rejected", ("to-check", "later"))
            }
            assert len({decision.batch for decision in other.decisions.log()}) == 2
        await press(pilot, "z")
        assert "undone: tagged" in said(app).casefold()
        await press(pilot, "q")
        rejected = [r for r in app.main.records if r.status == "rejected"]
        assert rejected  # the article that is open shows what was done
        assert app.main.progress is not None and app.main.progress.decided == total
    async with reader() as (app, pilot):  # and one key takes it back after a restart
        await press(pilot, "z")
        assert not any(record.status.decided for record in app.main.records)
        with Library.open(library, annotator="tester", readonly=True) as other:
            assert other.progress().decided == 0


async def test_read_only_labels_nothing(reader: Reader) -> None:
    async with reader(readonly=True) as (app, pilot):
        await press(pilot, "8")
        await type_line(pilot, "type:losses")
        await press(pilot, "a x")
        assert "Read-only" in said(app)
        await press(pilot, "z")
        assert "Read-only" in said(app)


async def test_places_with_fields_are_those_of_the_claims_and_what_is_labelled(
    reader: Reader, library: Path
) -> None:
    query = "the speaker:Zelensky status:undecided"
    with Library.open(library, annotator="tester", readonly=True) as stored:
        whose = stored.claims.query(ClaimFilter(query=query))
    assert whose
    async with reader((80, 24)) as (app, pilot):
        await press(pilot, "8")
        await type_line(pilot, query)
        await press(pilot, "v")
        found = view(app).state.found
        assert {line.record.id for line in found.lines if line.record} == {r.id for r in whose}
        assert f"{len(found.lines)} places in {len(whose)} claim" in heading(app)
        assert {line.word.casefold() for line in found.lines} == {"the"}
        await press(pilot, "a a y")
        assert f"ccepted {len(whose)} claim" in said(app)
    with Library.open(library, annotator="tester", readonly=True) as stored:
        assert stored.progress().decided == len(whose)


async def test_places_in_texts_become_claims_before_they_are_labelled(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "8")
        await type_line(pilot, "Zelensky")
        assert "places in" in heading(app)
        await press(pilot, "a escape")
        assert heading(app).strip().startswith("Claims: Zelensky")
