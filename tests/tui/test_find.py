"""Menus of many things: what is typed narrows them."""

from __future__ import annotations

from pathlib import Path

from driving import press, settle, shown
from libraries import ANNOTATOR, plain_library

from store.db import Library
from tui.app import WarreaderApp
from tui.screens.find import FindScreen, narrowed
from tui.screens.pick import Option


def test_every_typed_word_must_fit_and_beginnings_come_first() -> None:
    options = [
        Option(" ", "afghanistan", "a", "Islamic Republic"),
        Option(" ", "iran", "b", "Islamic Republic of Iran"),
        Option(" ", "ivory coast", "c", "Côte d’Ivoire"),
    ]
    assert [one.value for one in narrowed(options, "")] == ["a", "b", "c"]
    assert [one.value for one in narrowed(options, "i republic")] == ["b", "a"]
    assert [one.value for one in narrowed(options, "COAST")] == ["c"]
    assert narrowed(options, "xyzzy") == []


async def test_a_side_is_found_by_typing_where_a_profile_has_many(
    tmp_path: Path,
) -> None:
    path = tmp_path / "library.db"
    number = plain_library(path, 3)
    app = WarreaderApp(path, annotator=ANNOTATOR)
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await press(pilot, "l s")
            assert isinstance(app.screen, FindScreen)
            await press(pilot, "x y z z y enter")
            assert isinstance(app.screen, FindScreen)  # nothing fits: nothing is taken
            await press(pilot, *["backspace " * 5 + "f r a n"])
            await press(pilot, "enter")
            await shown(pilot, "")
            assert app.screen is app.main
            claim_id = app.main.claim_id or ""
    finally:
        app.work.close()
    with Library.open(path, annotator=ANNOTATOR, readonly=True) as library:
        assert library.claims.get(number, claim_id).claim.side == "france"
