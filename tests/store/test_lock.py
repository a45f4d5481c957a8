"""One writer at a time, readers beside it, and a kill that frees the lock."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from store_fakes import Opener, article

from store.db import Library
from store.errors import (
    LibraryBusy,
    LibraryClosed,
    LibraryLocked,
    LibraryReadOnly,
)
from store.lock import Lock, lock_path

_HOLDER = """
import sys
from pathlib import Path
from store.db import Library
library = Library.open(Path(sys.argv[1]), annotator="holder", seed=False)
print("open", flush=True)
sys.stdin.read()
library.close()
"""


@pytest.fixture
def holder(path: Path, child_environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the library open."""
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)],
        env=child_environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    yield child
    child.kill()
    child.wait()


def test_a_second_writer_is_told_who_has_the_library(
    holder: subprocess.Popen[str], opened: Opener, path: Path
) -> None:
    with pytest.raises(LibraryLocked) as caught:
        opened()
    assert (caught.value.pid, caught.value.host) == (holder.pid, socket.gethostname())
    assert f"process {holder.pid} on {socket.gethostname()}" in str(caught.value)
    assert "--read-only" in str(caught.value)
    link = path.with_name("link.db")
    link.symlink_to(path)  # the lock is that of the file, whatever it is called
    with pytest.raises(LibraryLocked):
        Library.open(link, annotator="ann", seed=False)


def test_a_kill_frees_the_lock(holder: subprocess.Popen[str], opened: Opener, path: Path) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert lock_path(path).exists()
    library = opened()
    library.set_setting("mine", "now")
    library.close()
    assert not lock_path(path).exists()


def test_a_reader_beside_a_writer_sees_what_it_commits(opened: Opener, path: Path) -> None:
    writer = opened()
    number = writer.articles.add(article()).article_id
    reader = opened(readonly=True)
    first = reader.claims.of(number)[0]
    writer.decisions.accept(number, first.id)
    assert reader.claims.get(number, first.id).status == "accepted"
    with reader.snapshot():
        reader.progress()
        writer.decisions.undo()
        assert reader.progress().decided == 1  # one state until the block ends
    assert reader.progress().decided == 0
    writer.close()
    assert reader.articles.count() == 1
    reader.close()
    assert [entry.name for entry in path.parent.iterdir()] == ["library.db"]


def test_a_reader_in_another_process_while_a_writer_is_at_work(
    holder: subprocess.Popen[str], opened: Opener
) -> None:
    assert opened(readonly=True).articles.count() == 0


def test_reading_leaves_nothing_behind(opened: Opener, path: Path) -> None:
    opened().close()
    before = path.read_bytes(), path.stat().st_mtime_ns
    reader = opened(readonly=True)
    reader.progress()
    reader.search.articles("anything")
    reader.close()
    assert [entry.name for entry in path.parent.iterdir()] == ["library.db"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_reader_refuses_every_change(opened: Opener) -> None:
    writer = opened()
    number = writer.articles.add(article()).article_id
    claim = writer.claims.of(number)[0]
    writer.decisions.accept(number, claim.id)
    writer.close()
    reader = opened(readonly=True)
    assert reader.readonly
    decisions = reader.decisions
    for change in (
        lambda: reader.articles.add(article("Other text.")),
        lambda: reader.articles.extract_again(number),
        lambda: reader.articles.remember(number, 1),
        lambda: reader.set_setting("a", "b"),
        lambda: decisions.accept(number, claim.id),
        lambda: decisions.edit(number, claim.id, side="russia"),
        lambda: decisions.add(number, claim.claim),
        lambda: decisions.note(number, claim.id, "x"),
        decisions.undo,
        decisions.redo,
    ):
        with pytest.raises(LibraryReadOnly, match="--read-only"):
            change()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader._connection.execute("DELETE FROM claim")  # type: ignore[union-attr]


def test_another_program_that_writes_is_waited_for_and_then_named(
    opened: Opener, path: Path
) -> None:
    library = opened()
    number = library.articles.add(article()).article_id
    claim = library.claims.of(number)[0]
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    library.rows("PRAGMA busy_timeout=20")
    with pytest.raises(LibraryBusy, match="nothing was changed; try again"):
        library.decisions.accept(number, claim.id)
    assert library.claims.get(number, claim.id) == claim
    other.execute("COMMIT")
    other.close()
    assert library.decisions.accept(number, claim.id).records[0].status == "accepted"


def test_the_lock_file_is_taken_anew_when_its_holder_removes_it(path: Path) -> None:
    path.parent.mkdir(parents=True)
    held = Lock.acquire(path)
    with pytest.raises(LibraryLocked) as caught:
        Lock.acquire(path)
    assert caught.value.pid == os.getpid()
    held.release()
    held.release()
    # A holder that has not yet written who it is, or wrote nonsense, is still a holder.
    again = Lock.acquire(path)
    lock_path(path).write_text("?")
    with pytest.raises(LibraryLocked, match="another process") as caught:
        Lock.acquire(path)
    assert caught.value.pid is None
    again.release()


def test_many_takers_and_one_holder(path: Path) -> None:
    path.parent.mkdir(parents=True)
    holders: list[int] = []
    most: list[int] = []
    wins = []
    guard = threading.Lock()

    def take(number: int) -> None:
        for _ in range(200):
            try:
                lock = Lock.acquire(path)
            except LibraryLocked:
                continue
            with guard:
                holders.append(number)
                most.append(len(holders))
                wins.append(number)
            with guard:
                holders.remove(number)
            lock.release()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(4)))
    assert wins
    assert max(most) == 1


def test_another_thread_may_do_the_work(library: Library) -> None:
    with ThreadPoolExecutor(1) as pool:
        number = pool.submit(library.articles.add, article()).result().article_id
        claim = pool.submit(library.claims.of, number).result()[0]
        outcome = pool.submit(library.decisions.accept, number, claim.id).result()
    assert outcome.records[0].status == "accepted"


def test_a_closed_library_says_so(opened: Opener) -> None:
    library = opened()
    library.close()
    library.close()
    for use in (library.progress, library.decisions.undo, lambda: library.articles.page()):
        with pytest.raises(LibraryClosed, match="was closed"):
            use()
