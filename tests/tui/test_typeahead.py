"""Keys that come faster than dialogs open and close: each does what it does when typed slowly.

`simulate_key` puts a key behind the others without waiting, as a slow line or a quick hand does.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from driving import press, settle
from libraries import ANNOTATOR, plain_library
from textual.pilot import Pilot

from store.db import Library
from tui.app import WarreaderApp


async def press_at_once(pilot: Pilot[None], keys: str) -> None:
    """Press keys without waiting between them, then wait until nothing changes any more."""
    for key in keys.split():
        pilot.app.simulate_key(key)
    await quiet(pilot)


async def quiet(pilot: Pilot[None]) -> None:
    """Wait until screens, claims and workers are the same for some turns of all queues."""
    app = pilot.app
    assert isinstance(app, WarreaderApp)
    before: object = None
    same = 0
    while same < 5:
        await pilot.pause()
        dialogs = [one for one in app.workers if one.group == "dialog" and not one.is_finished]
        now = (tuple(app.screen_stack), app.main.sentence, tuple(app.main.records), len(dialogs))
        same = same + 1 if now == before else 0
        before = now


GROUPS = (
    "t c a t l j",
    "m s e e n enter enter",
    "c l x z",
    "question_mark q F enter a",
    "F slash i s : u n d e c i d e d enter enter a X",
    # Textual's palette takes every Enter for a choice; a command must run once all the same.
    "colon a c c enter enter enter",
    # From one view to another and on, from a view to the text.
    "5 2 6 j q",
    "6 2 5 4 q j",
    "9 2 0 q",
    "W 2 0 2 6 q a",
)


async def outcomes(path: Path, groups: Iterable[str], *, at_once: bool) -> list[object]:
    """After each group of keys: the screen, and every claim as the library has it."""
    plain_library(path, 12)
    app = WarreaderApp(path, annotator=ANNOTATOR)
    found: list[object] = []
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            for keys in groups:
                if at_once:
                    await press_at_once(pilot, keys)
                else:
                    await press(pilot, keys)
                    await quiet(pilot)
                with Library.open(path, readonly=True, annotator=ANNOTATOR) as library:
                    claims = [
                        (one.claim.content, one.claim.type, one.status, one.note, one.tags)
                        for one in library.claims.of(1)
                    ]
                found.append((keys, type(app.screen).__name__, app.main.sentence, claims))
            assert app.return_code is None
    finally:
        app.work.close()
    return found


async def test_keys_pressed_at_once_do_what_they_do_one_by_one(tmp_path: Path) -> None:
    slowly = await outcomes(tmp_path / "slowly.db", GROUPS, at_once=False)
    at_once = await outcomes(tmp_path / "at-once.db", GROUPS, at_once=True)
    for one_by_one, together in zip(slowly, at_once, strict=True):
        assert together == one_by_one


async def test_keys_for_the_library_wait_for_its_list(library: Path) -> None:
    with Library.open(library, annotator="tester", readonly=True) as stored:
        wanted = [one.id for one in stored.articles.page(limit=2)]
    app = WarreaderApp(library, annotator="tester")
    try:
        async with app.run_test(size=(120, 30)) as pilot:
            for key in ("1", "j", "g", "j", "s"):
                app.simulate_key(key)
            await settle(pilot)
            await quiet(pilot)
            assert app.main.focused is app.main.library and app.main.library.cursor == 1
            starred = await app.work.run(lambda stored: stored.articles.summary(wanted[1]).starred)
            assert starred
    finally:
        app.work.close()
