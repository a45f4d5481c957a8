"""The tutorial: each lesson asks for a thing and sees that it was done; nothing else is touched."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from driving import press, settle, type_line
from textual.pilot import Pilot
from textual.widgets import Static

from store import paths
from tui import tutorial
from tui.app import TutorialApp, WarreaderApp
from tui.commands import COMMANDS
from tui.keymap import Keymap
from tui.screens.lessons import TutorialScreen
from tui.tutorial import LESSONS


@asynccontextmanager
async def lessons() -> AsyncIterator[tuple[TutorialScreen, Pilot[None]]]:
    app = TutorialApp(annotator="tester")
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            screen = app.main
            assert isinstance(screen, TutorialScreen)
            yield screen, pilot
    finally:
        app.work.close()


async def test_every_lesson_is_done_by_doing_it_and_goes_on_where_it_was_left(
    library: Path,
) -> None:
    before = hashlib.sha256(library.read_bytes()).hexdigest()
    with tutorial.own_home(again=False) as home:
        assert home != library.parent and paths.library().parent == home
        tutorial.prepare("tester")
        async with lessons() as (screen, pilot):

            async def lesson(keys: str, name: str) -> None:
                assert screen.lesson.id == name
                await press(pilot, "v")  # another key does not do it
                assert screen.lesson.id == name
                await press(pilot, keys)
                assert screen.lesson.id != name, keys

            await lesson("j j j j", "read")
            await lesson("l", "claim")
            await lesson("a", "accept")
            await lesson("x", "reject")
            await lesson("t s", "relabel")
            assert "✓ Changing the type" in str(screen.query_one("#status", Static).render())
            await lesson("z", "undo")
            await lesson("c b", "new")
        async with lessons() as (screen, pilot):
            assert screen.lesson.id == "span"
            await press(pilot, "f2")
            await press(pilot, "F space enter")
            assert screen.lesson.id == "all"
            await press(pilot, "X")
            assert screen.lesson.id == "search"
            await press(pilot, "slash")
            await type_line(pilot, "bridge")
            assert screen.lesson.id == "export"
            await press(pilot, "E m t enter")
            await screen.app.workers.wait_for_complete()
            await pilot.pause()
            assert screen.lesson.id == "end"
            assert isinstance(screen.app, TutorialApp) and screen.app.done
            assert list((home / "exports").glob("*.md"))
    assert paths.library() == library
    assert hashlib.sha256(library.read_bytes()).hexdigest() == before
    tutorial.throw_away(home)
    assert not home.exists()


def test_the_lessons_name_commands_that_there_are() -> None:
    ids = {command.id for command in COMMANDS}
    for lesson in LESSONS:
        filled = Keymap().fill(lesson.words)
        assert "{" not in filled and "no key" not in filled, lesson.id
    assert "tutorial" in ids


async def test_the_reader_ends_for_the_tutorial_when_it_is_asked_for(library: Path) -> None:
    app = WarreaderApp(library, annotator="tester")
    try:
        async with app.run_test() as pilot:
            await settle(pilot)
            await press(pilot, "colon")
            for letter in "tutorial":
                await pilot.press(letter)
            await pilot.pause(0.5)
            await press(pilot, "enter")
            assert app.tutorial_wanted
    finally:
        app.work.close()
