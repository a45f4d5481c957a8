"""The claims panel in its orders: groups that fold, what comes next, rivals and relays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from driving import Reader, press
from hypothesis import given
from hypothesis import strategies as st

from claims.model import Claim, ClaimType, Mode, Span
from store.db import Library
from store.records import ClaimRecord
from store.wording import chain
from tui.app import WarreaderApp
from tui.arranging import Arrangement, Head, Order, group_of


def panel(app: WarreaderApp) -> list[str]:
    pane = app.main.panel
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


def record(number: int, speaker: str | None, kind: ClaimType, sure: float) -> ClaimRecord:
    mode = Mode.INDIRECT if speaker else Mode.UNATTRIBUTED
    content = (Span(number * 10, number * 10 + 5),)
    claim = Claim(f"c{number}", content, speaker=speaker, type=kind, mode=mode)
    return ClaimRecord(1, replace(claim, confidence=sure, rule="said-that"))


records = st.lists(
    st.tuples(
        st.sampled_from([None, "Kyiv", "Moscow"]), st.sampled_from(ClaimType), st.floats(0, 1)
    ),
    max_size=12,
).map(lambda made: [record(number, *one) for number, one in enumerate(made)])


@given(records, st.sampled_from(Order), st.data())
def test_every_claim_has_one_rank_and_one_line(
    given_: list[ClaimRecord], order: Order, data: st.DataObject
) -> None:
    groups = sorted({group_of(one, order) or "" for one in given_})
    folded = data.draw(st.sets(st.sampled_from(groups))) if groups else set()
    found = Arrangement(given_, order, folded, lambda one: 3)
    assert sorted(found.ranked) == list(range(len(given_)))
    assert [found.rank_of(place) for place in found.ranked] == list(range(len(given_)))
    heads = [line for line in found.lines if isinstance(line, Head)]
    assert sum(head.claims for head in heads) == (len(given_) if heads else 0)
    assert found.tops[-1] == len(heads) + 3 * (len(found.lines) - len(heads))
    for place, one in enumerate(given_):
        line = found.lines[found.line_of(place)]
        if group_of(one, order) in folded:
            assert isinstance(line, Head) and line.key == group_of(one, order) and line.folded
        else:
            assert line == place


async def test_the_panel_goes_through_its_orders(reader: Reader, library: Path) -> None:
    async with reader((120, 40)) as (app, pilot):
        await press(pilot, "3")
        count = len(app.main.records)
        assert app.main.panel.border_title == f"{count} claims in their order"
        await press(pilot, "O")
        assert app.main.panel.border_title == f"{count} claims by speaker"
        await press(pilot, "g")
        head = panel(app)[0]
        assert head.startswith("▾ ")
        await press(pilot, "g minus")
        assert panel(app)[0] == head.replace("▾", "▸") and panel(app)[1].startswith("▾ ")
        await press(pilot, "enter")
        assert panel(app)[0] == head and not panel(app)[1].startswith("▾ ")
        await press(pilot, "O O O")
        assert app.main.panel.order is Order.DOUBT
        order = [app.main.panel.ranked(rank).id for rank in range(count)]
        app.main.go_to_claim(order[0])
        await press(pilot, "a")
        assert app.main.claim_id == order[1]
        assert [app.main.panel.ranked(rank).id for rank in range(count)][-1] == order[0]
    async with reader((120, 40)) as (app, pilot):
        assert app.main.panel.order is Order.DOUBT


async def test_who_relays_whom_is_drawn(reader: Reader, library: Path) -> None:
    async with reader((120, 40)) as (app, pilot):
        article = app.main.records[0].article_id
        ids = (article, next(one.id for one in app.main.records if one.claim.source))
        await app.main.decide(
            lambda library: library.decisions.edit(*ids, speaker="MoD", channel=("TASS",))
        )
        app.main.go_to_claim(ids[1])
        await press(pilot, "3")
        assert any("MoD → TASS → article" in row for row in panel(app))
    with Library.open(library, readonly=True, annotator="tester") as stored:
        claim = stored.claims.get(*ids).claim
    assert chain(claim, "Wire") == "MoD → TASS → Wire"
    assert chain(replace(claim, channel=("Wire",)), "Wire") == "MoD → Wire"
    assert chain(replace(claim, mode=Mode.UNATTRIBUTED), "Wire") == "Wire"
