"""Keys that come faster than dialogs open and close: each does what it does when typed slowly.

`simulate_key` puts a key behind the others without waiting, as a slow line or a quick hand does.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import press, settle
from libraries import ANNOTATOR, plain_library
from textual.pilot import Pilot

from store.db import Library
from tui.app import WarreaderApp


async def press_at_once(pilot: Pilot[None], keys: str) -> None:
    """Press keys without waiting between them, then wait until all of them have been answered."""
    app = pilot.app
    for key in keys.split():
        app.simulate_key(key)
    await pilot.pause()
    answering = [one for one in app.workers if one.group == "dialog"]
    if len(app.screen_stack) == 1 and answering:
        await app.workers.wait_for_complete(answering)
    await pilot.pause()


async def outcome(path: Path, keys: str, *, at_once: bool) -> list[object]:
    """What is on the screen and in the library when the keys have been pressed."""
    plain_library(path, 4)
    app = WarreaderApp(path, annotator=ANNOTATOR)
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            await (press_at_once if at_once else press)(pilot, keys)
            shown = [type(app.screen).__name__, app.main.sentence]
            assert app.return_code is None
    finally:
        app.work.close()
    with Library.open(path, readonly=True, annotator=ANNOTATOR) as library:
        records = library.claims.of(1)
        actions = [decision.action for decision in library.decisions.log()]
    return [*shown, actions, [(r.claim.type, r.status, r.note, r.tags) for r in records]]


@pytest.mark.parametrize(
    "keys",
    [
        "t l j",
        "t c a t l",
        "t enter enter enter x",
        "m s e e n enter enter",
        "number_sign o n e enter",
        "c l x",
        "C enter l a",
        "question_mark q F enter a",
    ],
)
async def test_keys_pressed_at_once_do_what_they_do_one_by_one(keys: str, tmp_path: Path) -> None:
    slowly = await outcome(tmp_path / "slowly.db", keys, at_once=False)
    assert await outcome(tmp_path / "at-once.db", keys, at_once=True) == slowly


async def test_a_command_of_the_palette_runs_once(tmp_path: Path) -> None:
    slowly = await outcome(tmp_path / "slowly.db", "colon a c c enter", at_once=False)
    keys = "colon a c c enter enter enter"
    assert await outcome(tmp_path / "at-once.db", keys, at_once=True) == slowly
