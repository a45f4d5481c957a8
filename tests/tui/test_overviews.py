"""The views over all claims on the screen: keys, jumps to a claim and back, what they say."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from driving import Reader, settle, shown, type_line
from textual.widgets import Static

from claims.relations import Relation, RelationKind
from store import comparing, disputes, doubtful, ledger, matrix
from store.db import Library
from store.passages import Place
from store.records import Status, Verdict
from tui import plotting
from tui.app import WarreaderApp
from tui.periods import period
from tui.screens.claim_list import ClaimListScreen
from tui.screens.disputes import DisputesScreen
from tui.screens.doubtful import DoubtfulScreen
from tui.screens.ledger import LedgerScreen
from tui.screens.matrix import MatrixScreen
from tui.widgets.lines import LineList


def words(app: WarreaderApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).render())


def rows(app: WarreaderApp) -> list[str]:
    """The rows of the list of a view, as they are painted."""
    pane = next(pane for pane in app.screen.query(LineList) if pane.region)
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


def disputed(path: Path) -> tuple[Place, Place]:
    """Propose a dispute between claims of two articles, and say that all are compared."""
    with Library.open(path, annotator="tester") as library:
        one, two = [summary.id for summary in library.articles.page(limit=2)]
        ends = tuple(Place(number, library.claims.of(number)[1].id) for number in (one, two))
        found = Relation(
            RelationKind.CONTRADICTS,
            ends[0].claim_id,
            ends[1].claim_id,
            str(one),
            str(two),
            "one says 3, the other 30",
            0.8,
            "figures differ",
        )
        batch = comparing.next_batch(library)
        assert batch is not None
        comparing.save(library, batch, [found])
    return ends[0], ends[1]


def at(app: WarreaderApp) -> Place:
    page = app.main.page
    assert page is not None
    return Place(page.article.id, app.main.claim_id or "")


async def test_a_dispute_is_judged_by_one_key_and_undone(reader: Reader, library: Path) -> None:
    first, second = disputed(library)
    async with reader() as (app, pilot):
        await shown(pilot, "4")
        assert isinstance(app.screen, DisputesScreen)
        assert "one says 3, the other 30" in words(app, "#pair")
        assert "1 of 1" in words(app, "#heading")
        assert words(app, "#heading").startswith("Disputes ")
        await shown(pilot, "o")
        with Library.open(library, readonly=True, annotator="tester") as stored:
            assert disputes.page(stored)[0].verdict is Verdict.COMPATIBLE
        for screen, selector in ((app.screen, "#said"), (app.main, "#status")):
            told = str(screen.query_one(selector, Static).render())
            assert told.startswith("compatible: ") and first.claim_id not in told
        await shown(pilot, "m")
        await type_line(pilot, "other days")
        await shown(pilot, "")
        assert "other days" in words(app, "#pair") and "compatible" in rows(app)[0]
        await shown(pilot, "z z")
        assert "contradicts?" in words(app, "#pair")
        await shown(pilot, "2")
        assert app.screen is app.main and at(app) == second
        await shown(pilot, "4 1")
        assert at(app) == first
        pane = app.main.panel
        assert any("⇄1" in pane.render_line(y).text for y in range(pane.size.height))


async def test_no_disputes_says_what_to_do(reader: Reader, library: Path) -> None:
    disputed(library)
    async with reader((80, 24)) as (app, pilot):
        await shown(pilot, "4 a u")
        assert "Every pair of this relation has your verdict." in " ".join(rows(app))
        await shown(pilot, "u f r")
        assert "No pair of claims: the same words, relayed." in " ".join(rows(app))
        await shown(pilot, "q")
        assert app.screen is app.main


async def test_the_library_is_compared_in_the_background(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        await shown(pilot, "4")
        # It may not have begun yet, be at work in its process, or be done.
        async with asyncio.timeout(60):
            while await app.work.run(comparing.waiting) or app.main.comparing.running:
                await pilot.pause(0.05)
        assert isinstance(app.screen, DisputesScreen)
    with Library.open(library, readonly=True, annotator="tester") as stored:
        assert comparing.waiting(stored) == 0
        assert disputes.count(stored) > 0


async def test_stopping_the_comparison_leaves_the_view_open(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await shown(pilot, "4 escape")
        assert isinstance(app.screen, DisputesScreen) and not app.main.comparing.running
        assert "Stopped comparing" in words(app, "#said")
        await shown(pilot, "escape")
        assert app.screen is app.main


async def test_a_cell_of_the_matrix_opens_its_claims(reader: Reader, library: Path) -> None:
    async with reader((80, 24)) as (app, pilot):
        await shown(pilot, "6")
        assert isinstance(app.screen, MatrixScreen)
        with Library.open(library, readonly=True, annotator="tester") as stored:
            found = matrix.matrix(stored, "speaker", "type")
        assert f"{found.rows[0].total:,}" in rows(app)[0]
        await shown(pilot, "j dollar_sign circumflex_accent l l k")
        column = found.columns[2].key
        count = found.cells.get((found.rows[0].key, column), 0)
        said = f"{count:,} claim{'' if count == 1 else 's'}" if count else "no claims"
        assert f"{column}  {said}" in words(app, "#cell")
        wanted = next(
            number
            for number, one in enumerate(found.columns)
            if found.cells.get((found.rows[0].key, one.key))
        )
        await shown(pilot, "h h" + " l" * wanted + " enter")
        assert isinstance(app.screen, ClaimListScreen)
        await shown(pilot, "enter")
        assert app.screen is app.main
        record = app.main.record
        assert record is not None and record.claim.type == found.columns[wanted].key
        await shown(pilot, "6 r c")
        assert "outlet by side" in words(app, "#heading")


async def test_a_figure_of_the_ledger_leads_to_its_sentence(reader: Reader, library: Path) -> None:
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "5")
        assert isinstance(app.screen, LedgerScreen)
        with Library.open(library, readonly=True, annotator="tester") as stored:
            topic = ledger.first(ledger.topics(stored))
            entry = ledger.page(stored, ledger.Asked(topic.type, topic.measure))[-1]
        assert topic.type == "losses"
        assert any(
            entry.figure in row and (entry.day or "no day") in row
            for row in rows(app)[: topic.figures]
        )
        await shown(pilot, "G enter")
        assert at(app) == entry.place
        await shown(pilot, "5 p")
        await type_line(pilot, "1999")
        await shown(pilot, "")
        assert "No figure fits." in rows(app)[0]
        await shown(pilot, "X")
        assert f"{topic.figures:,} figure" in words(app, "#heading")


async def test_the_queue_takes_the_keys_over_the_whole_library(
    reader: Reader, library: Path
) -> None:
    async with reader((100, 30)) as (app, pilot):
        with Library.open(library, readonly=True, annotator="tester") as stored:
            queue = [one.place for one in doubtful.queue(stored)]
        assert len({place.article_id for place in queue[:4]}) > 1
        await shown(pilot, "7")
        assert isinstance(app.screen, DoubtfulScreen)
        assert "how sure the machine is" in words(app, "#heading")
        assert re.match(r"\s*\d+% sure ", rows(app)[0])
        await shown(pilot, "enter")
        assert at(app) == queue[0]
        await shown(pilot, "a")
        assert at(app) == queue[1]
        await shown(pilot, "U x")
        assert at(app) == queue[3]
        await shown(pilot, "z")
        assert at(app) == queue[2]
        await shown(pilot, "x 7 r")
        assert "2 now" in words(app, "#heading")
        assert any("1 of 1" in row for row in rows(app))
        await shown(pilot, "q escape a")
        assert app.screen is app.main
        with Library.open(library, readonly=True, annotator="tester") as stored:
            assert stored.claims.get(*queue[0]).status is Status.ACCEPTED
            assert stored.claims.get(*queue[2]).status is Status.REJECTED


async def test_from_a_view_the_keys_of_the_others_lead_there(reader: Reader) -> None:
    async with reader((100, 30)) as (app, pilot):
        await shown(pilot, "6")
        while "no claims" in words(app, "#cell"):
            await shown(pilot, "l")
        await shown(pilot, "enter")
        assert isinstance(app.screen, ClaimListScreen)
        await shown(pilot, "5")
        assert isinstance(app.screen, LedgerScreen) and len(app.screen_stack) == 2
        await shown(pilot, "5")
        assert isinstance(app.screen, LedgerScreen) and "You are there" in words(app, "#said")
        await shown(pilot, "7")
        assert isinstance(app.screen, DoubtfulScreen)
        await shown(pilot, "question_mark")
        sheet = str(app.screen.query_one("#sheet", Static).render())
        assert "from here" in sheet and "Figures over time" in sheet
        await shown(pilot, "q L")
        assert "Claim types" in str(app.screen.query_one("#sheet", Static).render())
        await shown(pilot, "q 1")
        assert app.screen is app.main and app.main.focused is app.main.library
        await shown(pilot, "4 1")  # the view's own key
        assert app.screen is app.main or isinstance(app.screen, DisputesScreen)


async def test_the_ledger_tells_totals_from_days(reader: Reader, library: Path) -> None:
    async with reader((120, 30)) as (app, pilot):
        await shown(pilot, "5")
        assert "over" in words(app, "#heads")
        with Library.open(library, readonly=True, annotator="tester") as stored:
            topic = ledger.first(ledger.topics(stored))
            asked = ledger.Asked(topic.type, topic.measure)
            found = dict(ledger.choices(stored, asked, "reach"))
        assert isinstance(app.screen, LedgerScreen)
        (most, number), *_ = found.items()
        await shown(pilot, "d a")
        assert app.screen.state.asked is not None and app.screen.state.asked.reach == most
        assert f"{number:,} figure" in words(app, "#heading")
        await shown(pilot, "d 0")
        assert app.screen.state.asked.reach is None


async def test_a_read_only_library_keeps_no_verdict(reader: Reader, library: Path) -> None:
    disputed(library)
    async with reader(readonly=True) as (app, pilot):
        await settle(pilot)
        await shown(pilot, "4 c")
        assert "Read-only" in words(app, "#said")


def test_a_period_is_typed_in_any_grain() -> None:
    assert period("2024") == ("2024-01-01", "2024-12-31")
    assert period("2024-08") == ("2024-08-01", "2024-08-31")
    assert period("2024-08-03 2024-09") == ("2024-08-03", "2024-09-31")
    assert period("2022..2023-12") == ("2022-01-01", "2023-12-31")
    assert period("2024-08..") == ("2024-08-01", None) and period("..2024") == (None, "2024-12-31")
    assert period("..") == period("2024 .. 2025 2026") == period("a..2024") == (None, None)
    assert period("August") == (None, None) and period("") == (None, None)


def test_a_plot_reads_without_colour() -> None:
    series = [
        plotting.Series("UA of RU", "U", None, [("2024-08-14", 40.0), ("2024-08-16", 60.0)]),
        plotting.Series("RU of UA", "R", None, [("2024-08-15", 2300.0), ("no day", 1.0)]),
    ]
    plot = plotting.plot(series, 60, 12)
    lines = plot.splitlines()
    assert len(lines) == 12 and max(len(line) for line in lines) < 75
    assert plot.count("U") == 2 and plot.count("R") == 1
    assert "14 Aug 2024" in plot
    assert plotting.plot(series, 10, 12) == "" and plotting.plot([], 60, 12) == ""
    assert plotting.markers(["UA", "US", "UAE"]) == {"UA": "U", "US": "S", "UAE": "A"}


async def test_nothing_of_a_spoiled_library_reaches_the_terminal(
    reader: Reader, library: Path
) -> None:
    disputed(library)
    with Library.open(library, annotator="tester") as spoiled, spoiled.transaction() as connection:
        words = "\x1b[31m[/b]\u202e"
        connection.execute("UPDATE proposal SET rule = ?, reason = ?", (words, words))
        connection.execute("UPDATE figure SET counted = ?, bound = ?, day = ?", (words,) * 3)
        connection.execute("UPDATE speaker SET name = name || ?", (words,))
        connection.execute("UPDATE claim SET family = ?", (words,))
        connection.execute("UPDATE article SET outlet = ?, title = ?", (words, words))
    async with reader() as (app, pilot):
        for key in "4567":
            await shown(pilot, key)
            assert app.screen is not app.main
            said = " ".join([*rows(app), words_of(app)])
            assert "[/b]" in said and not {"\x1b", "\u202e"} & set(said), key
            await shown(pilot, "q")


def words_of(app: WarreaderApp) -> str:
    """All that the one-line widgets of a view say."""
    return " ".join(str(pane.render()) for pane in app.screen.query(Static))
