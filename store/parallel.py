"""Many articles on all cores: extraction in a pool of processes, results in the given order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import TypeVar

from claims.model import Article, Extraction

T = TypeVar("T")
Work = Callable[[Article, str | None], Extraction]
"""What extracts an article under a profile (None: the text decides).

A pool takes only what can be pickled: a function of a module, or a partial of one.
"""
Done = Extraction | Exception | None

ALONE = 100_000
"""Characters that this process extracts before it starts others: a start costs as much."""
_WAITING = 3
"""Articles in hand for each process; more would only take memory."""


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def extracted(
    given: Iterable[tuple[T, Article | None, str | None]],
    work: Work,
    *,
    processes: int | None = None,
    alone: int = ALONE,
) -> Generator[tuple[T, Done], None, None]:
    """What `work` makes of each article, in order, each with what it came with.

    `given` holds anything, its article and its profile; without an article the result is None.
    An error of `work` is a result, not raised. The first `alone` characters are extracted here;
    what comes after them goes to `processes` others (all cores unless told), of which each has a
    few articles in hand at a time. When the caller stops early or is interrupted they are ended.
    """
    count = cores() if processes is None else processes
    rest = iter(given)
    done = 0
    for item, article, profile in rest:
        yield item, _tried(work, article, profile)
        done += len(article.text) if article is not None else 0
        if count > 1 and done >= alone:
            break
    else:
        return
    yield from _in_pool(rest, work, count)


def _in_pool(
    given: Iterator[tuple[T, Article | None, str | None]], work: Work, count: int
) -> Iterator[tuple[T, Done]]:
    waiting: deque[tuple[T, Future[Done] | None]] = deque()
    # Spawned, not forked: a library may be open here, and SQLite does not survive a fork.
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=spawn, initializer=begin)
    finished = False
    try:
        for item, article, profile in given:
            sent = None
            if article is not None:
                with _uninterrupted():
                    sent = pool.submit(_tried, work, article, profile)
            waiting.append((item, sent))
            if len(waiting) >= _WAITING * count:
                first, future = waiting.popleft()
                yield first, future.result() if future is not None else None
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result() if future is not None else None
        finished = True
    finally:
        if not finished:
            for process in multiprocessing.active_children():
                process.terminate()
        pool.shutdown(cancel_futures=True)


def _tried(work: Work, article: Article | None, profile: str | None) -> Done:
    if article is None:
        return None
    try:
        return work(article, profile)
    except Exception as problem:  # the caller knows what each error means
        return problem


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start a process that an interrupt does not reach before `begin` has told it to ignore it.

    What is blocked here is blocked in the process that is started; here it comes a moment later.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin() -> None:
    """Set up a process of the pool: one thread for arithmetic, and the parent decides its end."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Leave when the parent is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


__all__ = ["ALONE", "Done", "Work", "begin", "cores", "extracted"]
