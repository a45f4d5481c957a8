"""The comparison of the library in the background of the screen: begun, watched, stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from store import comparing
from store.errors import StoreError

if TYPE_CHECKING:
    from claims.relations import Relation
    from tui.work import Work

Stepped = Callable[[], Awaitable[None]]


class Comparing:
    """Compares what waits, batch by batch in another process; a batch that is done is kept."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._task: asyncio.Task[None] | None = None
        self._told: Stepped | None = None
        self.done = 0
        self.waiting = 0
        """Articles that are not compared yet."""
        self.problem = ""

    @property
    def running(self) -> bool:
        """Whether it is at work."""
        return self._task is not None and not self._task.done()

    def words(self) -> str:
        """How far it is, in words; empty when there is nothing to tell."""
        if self.running:
            every = self.done + self.waiting
            return f"comparing {self.done:,} of {every:,} articles, esc stops"
        return f"{self.waiting:,} articles not compared" if self.waiting else ""

    def begin(self, told: Stepped) -> None:
        """Go on with what waits; `told` is called after each step and at the end."""
        self._told = told
        if not self.running:
            self.done, self.problem = 0, ""
            self._task = asyncio.create_task(self._run())

    async def anew(self, told: Stepped) -> None:
        """Forget what was proposed and compare everything again; what waits is compared first."""
        if self.running:
            return
        try:
            if await self._work.run(comparing.waiting) == 0:
                await self._work.run(comparing.forget)
        except StoreError as problem:
            self.problem = str(problem)
        self.begin(told)

    def stop(self) -> None:
        """Stop at once; batches that are done are kept."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self) -> None:
        comparer: comparing.Comparer | None = None
        try:
            self.waiting = await self._work.run(comparing.waiting)
            if not self.waiting or await self._work.run(lambda library: library.readonly):
                return
            path = await self._work.run(lambda library: library.path)
            comparer = comparing.Comparer(path)
            while (batch := await self._work.run(comparing.next_batch)) is not None:
                found = await asyncio.wrap_future(comparer.compare(batch))
                if not await self._keep(batch, found):
                    break
                await self._tell()
        except StoreError as problem:
            self.problem = str(problem)
        except BrokenProcessPool:
            self.problem = "The comparison ended before it was done; {compare-again} begins again."
        finally:
            if comparer is not None:
                comparer.stop()
            if self._task is asyncio.current_task():
                self._task = None
                await self._tell()

    async def _keep(self, batch: comparing.Batch, found: Sequence[Relation]) -> bool:
        """Keep a batch; whether it brought the work on."""
        before = self.waiting
        await self._work.run(lambda library: comparing.save(library, batch, found))
        self.waiting = await self._work.run(comparing.waiting)
        self.done += max(0, before - self.waiting)
        return self.waiting < before

    async def _tell(self) -> None:
        if self._told is not None:
            await self._told()
