"""What was acknowledged is on disk: kill -9, a full disk, an interrupted first run."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_fakes import Opener, article, extract

from claims.model import Article, Extraction
from store import index
from store.db import Library
from store.errors import DiskFull, ExtractionFailed, StoreError
from store.state import rebuild_state

_DECIDER = """
import random, sys
from pathlib import Path
from store.db import Library
from store_fakes import article, extract
library = Library.open(Path(sys.argv[1]), annotator="ann", seed=False, extractor=extract)
chance = random.Random(int(sys.argv[2]))
number = library.articles.add(article()).article_id
ids = [record.id for record in library.claims.of(number)]
verdicts = [library.decisions.accept, library.decisions.reject, library.decisions.reset]
print("ready", flush=True)
while True:
    kind = chance.randrange(6)
    if kind < 3:
        outcome = verdicts[kind](number, *chance.sample(ids, chance.randint(1, 3)))
    elif kind == 3:
        outcome = library.decisions.note(number, chance.choice(ids), f"note {chance.random()}")
    elif kind == 4:
        outcome = library.decisions.undo()
    else:
        text = f"Kyiv advanced {chance.random()} km."
        print("article", library.articles.add(article(text, "new")).article_id, flush=True)
        continue
    if outcome and outcome.batch:
        print("batch", outcome.batch, flush=True)
"""


@pytest.mark.parametrize("seed", range(6))
def test_what_was_acknowledged_survives_a_kill(
    opened: Opener, path: Path, child_environment: dict[str, str], seed: int
) -> None:
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    articles: set[int] = set()
    for run in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", _DECIDER, str(path), str(seed * 10 + run)],
            env=child_environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        lines = [child.stdout.readline() for _ in range(chance.randint(0, 60))]
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()  # what it had said until it died
        child.wait()
        for line in lines:
            kind, _, value = line.strip().partition(" ")
            if not line.endswith("\n"):
                continue  # cut by the kill: not acknowledged
            if kind == "batch":
                acknowledged.add(value)
            else:
                articles.add(int(value))
    library = opened()
    logged = {decision.batch for decision in library.decisions.log(limit=None)}
    assert acknowledged <= logged
    assert len(logged) <= len(acknowledged) + 3  # at most the one at hand at each kill
    assert all(library.claims.of(number) for number in articles)
    _assert_whole(library)


def _assert_whole(library: Library) -> None:
    assert library.rows("PRAGMA integrity_check") == [("ok",)]
    assert library.rows("PRAGMA foreign_key_check") == []
    with library.transaction() as connection:
        index.check(connection)
    queries = ("SELECT * FROM claim_state ORDER BY decision_id", "SELECT * FROM history")
    kept = [library.rows(sql) for sql in queries]
    rebuild_state(library)
    assert [library.rows(sql) for sql in queries] == kept
    counted = library.rows(
        "SELECT type, side, count(*) FROM claim GROUP BY type, side ORDER BY type, side"
    )
    assert counted == library.rows(
        "SELECT type, side, claims FROM claim_count WHERE claims <> 0 ORDER BY type, side"
    )


def test_a_decision_without_room_is_not_taken_and_can_be_retried(
    opened: Opener, path: Path
) -> None:
    library = opened()
    number = library.articles.add(article()).article_id
    claim = library.claims.of(number)[0]
    pages = library.row("PRAGMA page_count")[0]
    library.rows(f"PRAGMA max_page_count={pages}")
    taken = 0
    with pytest.raises(DiskFull, match=r"no room to write .*: nothing was changed") as caught:
        while True:
            library.decisions.note(number, claim.id, f"{taken} " + "long note " * 500)
            taken += 1
    assert "\n" not in str(caught.value)
    assert len(library.decisions.log(limit=None)) == taken
    if taken:
        assert library.claims.get(number, claim.id).note.startswith(f"{taken - 1} ")
    with pytest.raises(DiskFull):
        library.articles.add(article("Moscow struck. " * 3000, "Long"))
    assert library.articles.count() == 1
    library.rows("PRAGMA max_page_count=1000000")
    library.decisions.note(number, claim.id, f"{taken} " + "long note " * 500)
    assert library.claims.get(number, claim.id).note.startswith(f"{taken} ")
    _assert_whole(library)
    library.close()
    assert len(opened().decisions.log(limit=None)) == taken + 1


def test_whatever_statement_fails_nothing_of_the_change_stays(opened: Opener) -> None:
    """The n-th statement of each change is made to fail, for n = 1, 2, 3 and so on."""
    library = opened()
    number = library.articles.add(article(), url="https://example.org/a").article_id
    other = library.articles.add(article("Moscow denied it. Kyiv struck.")).article_id
    (first, second, *_), (third, *_) = library.claims.of(number), library.claims.of(other)
    library.decisions.accept(number, first.id)
    library.decisions.note(number, second.id, "kept")
    connection = library._connection
    assert connection is not None
    changes = (
        lambda: library.decisions.reject(number, first.id, second.id),
        lambda: library.decisions.many("accept", [(number, second.id), (other, third.id)]),
        lambda: library.decisions.undo(),
        lambda: library.decisions.add(number, first.claim),
        lambda: library.articles.add(article("Kyiv struck a bridge."), url="https://example.org/a"),
        lambda: library.articles.add(article("Moscow advanced.", "New")),
        lambda: library.articles.extract_again(number),
    )
    before = list(connection.iterdump())
    for change in changes:
        for step in range(1, 200):
            left = step

            def interrupt(*args: object) -> int:
                nonlocal left
                if args[0] in _WRITES:
                    left -= 1
                    return sqlite3.SQLITE_DENY if left == 0 else sqlite3.SQLITE_OK
                return sqlite3.SQLITE_OK

            connection.set_authorizer(interrupt)
            try:
                change()
                done = True
            except sqlite3.DatabaseError:
                done = False
            finally:
                connection.set_authorizer(None)
            if done:
                break
            assert list(connection.iterdump()) == before, step
        assert done
        assert step > 3
        before = list(connection.iterdump())
    _assert_whole(library)


_WRITES = {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}


def test_an_interrupted_first_run_is_gone_on_with(home: Path, path: Path) -> None:
    left = 2

    def dies(given_: Article, profile: str | None) -> Extraction:
        nonlocal left
        left -= 1
        if left == 0:
            raise RuntimeError("cut")
        return extract(given_, profile)

    with pytest.raises(ExtractionFailed):
        Library.open(annotator="ann", extractor=dies)
    with Library.open(annotator="ann", seed=False, extractor=extract) as library:
        assert library.articles.count() == 1
    with Library.open(annotator="ann", extractor=extract) as library:
        whole = library.articles.count()
        assert whole > 1
        first = library.setting("first_article")
        assert first is not None
        library.articles.get(int(first))
    with Library.open(annotator="ann", extractor=extract) as library:
        assert library.articles.count() == whole
    assert sorted(entry.name for entry in home.iterdir()) == ["library.db"]


_MAKER = """
import os, signal, sys
from pathlib import Path
from store import opening
from store.db import Library
real = opening._name
def killed(*args):
    if sys.argv[2] == "after": real(*args)
    os.kill(os.getpid(), signal.SIGKILL)
opening._name = killed
Library.open(Path(sys.argv[1]), annotator="ann", seed=False)
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_while_the_library_is_made_leaves_none_or_a_whole_one(
    opened: Opener, path: Path, child_environment: dict[str, str], moment: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MAKER, str(path), moment], env=child_environment, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    assert path.exists() == (moment == "after")
    library = opened()
    library.articles.add(article())
    library.close()
    left = {entry.name for entry in path.parent.iterdir()}
    assert left <= {"library.db", ".library.db.new"}
    if moment == "before":
        assert left == {"library.db"}


def test_reading_any_bytes_as_a_library_is_a_refusal(opened: Opener, path: Path) -> None:
    """Whatever happens to the bytes, opening and reading either works or is a clear error."""
    library = opened()
    number = library.articles.add(article()).article_id
    library.decisions.accept(number, library.claims.of(number)[0].id)
    library.close()
    good = path.read_bytes()

    wounds = st.tuples(st.integers(100, len(good) - 1), st.binary(min_size=1, max_size=64))

    @given(st.lists(wounds, min_size=1, max_size=6), st.none() | st.integers(1, len(good)))
    @settings(max_examples=120, deadline=None)
    def check(wounds: list[tuple[int, bytes]], length: int | None) -> None:
        bad = bytearray(good)
        for place, what in wounds:
            bad[place : place + len(what)] = what
        path.write_bytes(bad[:length])
        try:
            with Library.open(path, annotator="ann", seed=False, extractor=extract) as broken:
                for row in broken.articles.page():
                    broken.articles.get(row.id)
                    broken.claims.of(row.id)
                broken.search.articles("river")
                broken.decisions.undo()
                broken.articles.add(article("Kyiv advanced."))
        except StoreError as problem:
            assert "\n" not in str(problem)
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)

    check()
