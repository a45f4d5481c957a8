"""A view whose content takes long to count: says how far it is, and stops when it is left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event
from typing import ClassVar, TypeVar

from store.db import Library
from store.errors import StoreError
from tui.screens.deciding import DecidingScreen
from tui.screens.overview import OverviewScreen

T = TypeVar("T")
Report = Callable[[int, int], None]


class StoppedError(StoreError):
    """Whoever asked does not wait for the answer any more."""

    def __init__(self) -> None:
        super().__init__("stopped")


class CountingScreen(OverviewScreen):
    """A view that counts over many articles, or over other things."""

    COUNTED: ClassVar[str] = "articles"
    """What it counts over."""

    def __init__(self, home: DecidingScreen) -> None:
        super().__init__(home)
        self._stop = Event()

    async def count(self, task: Callable[[Library, Report], T]) -> T | None:
        """Have the store count; its steps are told, and leaving the view ends it."""
        loop, stop = asyncio.get_running_loop(), self._stop

        def report(done: int, every: int) -> None:
            if stop.is_set():
                raise StoppedError
            loop.call_soon_threadsafe(self._tell_step, done, every)

        return await self.ask(lambda library: task(library, report))

    def _tell_step(self, done: int, every: int) -> None:
        if self.is_current and not self._stop.is_set():
            words = f"{done:,} of {every:,} {self.COUNTED}, esc stops" if done < every else ""
            self.tell(words)

    def on_unmount(self) -> None:
        """What is still counted is not needed."""
        self._stop.set()
