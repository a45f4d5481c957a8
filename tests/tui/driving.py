"""Driving the real application with keys, and reading what it shows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from textual.pilot import Pilot

from tui.app import WarreaderApp

Reader = Callable[..., AbstractAsyncContextManager[tuple[WarreaderApp, Pilot[None]]]]
"""The fixture `reader`: opens the application on the test's library."""


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the library is open and everything asked for has been shown."""
    await pilot.pause()
    opening = [w for w in pilot.app.workers if w.group == "open"]
    if opening:
        await pilot.app.workers.wait_for_complete(opening)
    await pilot.pause()


async def press(pilot: Pilot[None], keys: str) -> None:
    """Press keys one after the other; words between blanks are Textual's names of keys."""
    for key in keys.split():
        await pilot.press(key)
    await pilot.pause()


async def shown(pilot: Pilot[None], keys: str) -> None:
    """Press keys, and wait until what they asked for is shown."""
    await press(pilot, keys)
    for _ in range(4):
        await pilot.pause()


async def type_line(pilot: Pilot[None], words: str) -> None:
    """Type a line into a prompt and keep it."""
    for letter in words:
        await pilot.press("space" if letter == " " else letter)
    await pilot.press("enter")
    await pilot.pause()
