"""Merging libraries: nothing lost, nothing twice, the same from both sides, whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_fakes import TEXT, article, extract

from claims.model import Claim, ClaimType, Span
from store.db import Library
from store.errors import LibraryDamaged, LibraryMissing, StorageFailed, StoreError
from store.merging import Merged, merge, to_json
from store.records import ClaimRecord
from store.state import rebuild_state

Open = Callable[..., Library]


class Clock:
    """A clock that goes on by a second with each look: no two decisions are of one moment."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def now(self, zone: object) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.batch.datetime", Clock(datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.fixture
def open_at(tmp_path: Path) -> Iterator[Open]:
    """Open a library by its name; all are closed at the end."""
    libraries: list[Library] = []

    def open_(name: str, annotator: str = "ann") -> Library:
        path = tmp_path / f"{name}.db"
        library = Library.open(path, annotator=annotator, seed=False, extractor=extract)
        libraries.append(library)
        return library

    yield open_
    for library in libraries:
        library.close()


def merged(library: Library, other: Library, **options: Any) -> Merged:
    """Merge another library as it is on disk."""
    other.close()
    return merge(library, other.path, **options)


Key = tuple[str, str, str]


def seen(library: Library) -> dict[Key, ClaimRecord]:
    """What every annotator sees, by annotator, text and claim, without local numbers."""
    me = library.annotator
    found = {}
    for name in library.annotators.names():
        library.annotator = name
        for summary in library.articles.page():
            sha = library.articles.text_hash(summary.id)
            for record in library.claims.of(summary.id):
                if record.annotator is not None:
                    found[name, sha, record.id] = replace(record, article_id=0)
    library.annotator = me
    return found


def uids(library: Library) -> set[str]:
    return {entry.uid for entry in library.decisions.log(limit=None)}


def everything(library: Library) -> list[str]:
    return [
        repr(library.rows(f"SELECT * FROM {table}"))
        for table in ("article", "text_version", "claim", "decision", "claim_state", "history")
    ]


def test_articles_and_decisions_come_along(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there", "bea")
    for library in (here, there):
        library.articles.add(article(), url="https://example.org/a")
    bridge = there.articles.add(article("Moscow struck a bridge.", title="Bridge", outlet="Wire"))
    claim = there.claims.of(1)[0].id
    there.decisions.accept(1, claim)
    there.decisions.note(bridge.article_id, there.claims.of(bridge.article_id)[0].id, "far")
    here.decisions.reject(1, claim)
    expected = seen(there) | seen(here)
    found = merged(here, there)
    assert (found.added, found.known, found.decisions) == (1, 1, 2)
    assert found.annotators == ("bea",) and found.conflicts == ()
    assert seen(here) == expected
    assert here.articles.page()[-1].outlet in ("Wire", None)
    assert here.search.articles("bridge")
    again = merge(here, there.path)
    assert (again.added, again.known, again.decisions, again.known_decisions) == (0, 2, 0, 2)


def test_the_other_library_is_only_read(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there")
    there.articles.add(article())
    there.close()
    before = there.path.read_bytes()
    merge(here, there.path)
    assert there.path.read_bytes() == before


def test_a_try_changes_nothing_and_says_what_would_be(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there")
    there.articles.add(article())
    there.decisions.accept(1, there.claims.of(1)[0].id)
    before = everything(here)
    tried = merged(here, there, dry_run=True)
    assert everything(here) == before
    assert tried == merge(here, there.path)


def test_the_later_decision_holds_and_is_listed(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there")
    for library in (here, there):
        library.articles.add(article())
    first, second = (record.id for record in here.claims.of(1)[:2])
    here.decisions.accept(1, first)
    there.decisions.reject(1, first)
    there.decisions.edit(1, second, side="russia")
    here.decisions.edit(1, second, side="media")
    found = merged(here, there)
    assert [(one.claim_id, one.ours_holds) for one in found.conflicts] == [
        (first, False),
        (second, True),
    ]
    assert here.claims.get(1, first).status == "rejected"
    assert here.claims.get(1, second).claim.side == "media"
    assert [one["holds"] for one in to_json(found)["conflicts"]] == ["theirs", "ours"]
    assert merge(here, there.path).conflicts == ()


def test_who_knew_our_decision_and_went_on_is_no_conflict(
    open_at: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_at("here"), open_at("there")
    here.articles.add(article())
    claim = here.claims.of(1)[0].id
    here.decisions.accept(1, claim)
    here.close()
    merge(there, here.path)

    with monkeypatch.context() as patch:
        behind = Clock(datetime(2000, 1, 1, tzinfo=UTC))
        patch.setattr("store.batch.datetime", behind)
        there.decisions.reject(1, claim)
    here = open_at("here")
    assert merged(here, there).conflicts == ()
    assert here.claims.get(1, claim).status == "rejected"


def test_a_decision_that_was_taken_back_does_not_win(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there")
    for library in (here, there):
        library.articles.add(article())
    claim = here.claims.of(1)[0].id
    here.decisions.accept(1, claim)
    there.decisions.reject(1, claim)
    there.decisions.undo()
    merged(here, there)
    assert here.claims.get(1, claim).status == "accepted"
    here.close()
    there = open_at("there")
    merge(there, here.path)
    assert there.claims.get(1, claim).status == "accepted"


def test_undo_goes_back_through_what_was_merged(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there")
    for library in (here, there):
        library.articles.add(article())
    claim = here.claims.of(1)[0].id
    here.decisions.edit(1, claim, side="media")
    there.decisions.reject(1, claim)
    untouched = open_at("untouched")
    untouched.articles.add(article())
    merged(here, there)
    assert here.claims.get(1, claim).status == "rejected"
    here.decisions.undo()
    assert here.claims.get(1, claim).claim.side == "media"
    here.decisions.undo()
    assert here.claims.of(1) == untouched.claims.of(1)
    here.decisions.redo()
    assert here.claims.get(1, claim).claim.side == "media"
    here.decisions.redo()
    assert here.claims.get(1, claim).status == "rejected"


def test_undo_of_what_did_not_hold_changes_nothing(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there")
    for library in (here, there):
        library.articles.add(article())
    claim = here.claims.of(1)[0].id
    there.decisions.reject(1, claim)
    here.decisions.accept(1, claim)
    merged(here, there)
    for turn in (here.decisions.undo, here.decisions.redo, here.decisions.undo):
        assert turn() is not None
        assert here.claims.get(1, claim).status == "accepted"
    here.decisions.undo()
    assert here.claims.get(1, claim).status == "proposed"


def test_another_text_at_the_same_address_becomes_a_version(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there", "bea")
    here.articles.add(article(), url="https://example.org/a")
    there.articles.add(article(TEXT + " More."), url="https://example.org/a")
    claim = there.claims.of(1)[0].id
    there.decisions.accept(1, claim)
    found = merged(here, there)
    assert (found.added, found.texts, found.decisions) == (0, 1, 1)
    assert "another text" in found.warnings[0]
    assert here.articles.get(1).text == article().text
    assert len(here.articles.texts(1)) == 2
    here.articles.add(article(TEXT + " More."), url="https://example.org/a")
    here.annotator = "bea"
    assert here.claims.get(1, claim).status == "accepted"


def test_what_cannot_be_merged_is_refused_and_changes_nothing(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there")
    there.articles.add(article())
    there.decisions.accept(1, there.claims.of(1)[0].id)
    before = everything(here)
    with pytest.raises(StoreError, match="itself"):
        merge(here, here.path)
    with pytest.raises(LibraryMissing):
        merge(here, here.path.with_name("none.db"))
    connection = there._open_connection()
    connection.execute("DROP TRIGGER decision_no_update")
    connection.execute(
        "UPDATE decision SET after = json_set(after, '$.claim.content', '[[0,9999]]')"
    )
    (trigger,) = (sql for sql in _triggers() if "decision_no_update" in sql)
    connection.execute(trigger)
    with pytest.raises(LibraryDamaged, match="nothing was merged"):
        merged(here, there)
    assert everything(here) == before


def _triggers() -> tuple[str, ...]:
    from store.schema import TRIGGERS

    return TRIGGERS


def test_a_failure_on_the_way_leaves_nothing(
    open_at: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_at("here"), open_at("there")
    there.articles.add(article())
    there.decisions.accept(1, there.claims.of(1)[0].id)
    before = everything(here)

    def fails(*_: Any) -> None:
        raise StorageFailed(here.path, "no room")

    with monkeypatch.context() as patch:
        patch.setattr("store.joining.tally.count", fails)
        with pytest.raises(StorageFailed):
            merged(here, there)
    assert everything(here) == before
    assert merge(here, there.path).decisions == 1


def test_a_kill_on_the_way_leaves_what_was_there(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there")
    there.articles.add(article())
    there.decisions.accept(1, *(record.id for record in there.claims.of(1)))
    there.close()
    before = everything(here)
    here.close()
    child = os.fork()
    if child == 0:
        library = Library.open(here.path, annotator="ann", seed=False)
        merge(
            library,
            there.path,
            report=lambda what, *_: what == "claims" and os.kill(os.getpid(), signal.SIGKILL),
        )
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    here = open_at("here")
    assert everything(here) == before
    assert merge(here, there.path).decisions == 5
    assert merge(here, there.path).decisions == 0


def test_stars_and_tags_come_along(open_at: Open) -> None:
    here, there = open_at("here"), open_at("there", "bea")
    there.articles.add(article())
    there.marks.star(1, True)
    there.marks.tag(1, ("front",))
    merged(here, there)
    here.annotator = "bea"
    (summary,) = here.articles.page()
    assert summary.starred and here.marks.tags() == [("front", 1)]


# Whatever two people did in two libraries

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bea"]),
        st.sampled_from(
            [
                *("accept", "reject", "reset", "edit", "note", "add", "delete", "every"),
                *("undo", "undo", "redo"),
            ]
        ),
        st.integers(0, 4),
    ),
    max_size=10,
)
_TEXTS = ("Kyiv advanced. Moscow denied it. Kyiv killed 40.", "Moscow struck a port.")


@pytest.fixture(scope="module")
def shared() -> Iterator[Path]:
    """A library that both begin with: two articles, and a decision that both know."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shared.db"
        with Library.open(path, annotator="ann", seed=False, extractor=extract) as library:
            for text in _TEXTS:
                library.articles.add(article(text))
            library.decisions.accept(1, library.claims.of(1)[0].id)
        yield path


def do(path: Path, steps: list[tuple[str, str, int]]) -> Library:
    """A copy of the shared library in which these steps were taken."""
    library = Library.open(path, annotator="ann", seed=False, extractor=extract)
    for name, action, which in steps:
        library.annotator = name
        number = which % 2 + 1
        records = library.claims.of(number)
        decide = library.decisions
        if action in ("undo", "redo"):
            getattr(decide, action)()
        elif action == "add":
            decide.add(number, Claim("x", (Span(which, which + 5),)))
        elif records:
            claim = records[which % len(records)].id
            if action == "every":
                decide.accept(number, *(record.id for record in records))
            elif action == "edit":
                decide.edit(number, claim, type=list(ClaimType)[which].value)
            elif action == "note":
                decide.note(number, claim, f"note {which}")
            else:
                getattr(decide, action)(number, claim)
    return library


@settings(max_examples=15, deadline=None)
@given(mine=STEPS, yours=STEPS)
def test_merging_is_the_same_from_both_sides_and_loses_nothing(
    shared: Path, mine: list[tuple[str, str, int]], yours: list[tuple[str, str, int]]
) -> None:
    check_merging(shared, mine, yours)


def test_a_decision_that_stands_against_an_undo_can_be_undone(shared: Path) -> None:
    check_merging(shared, [("ann", "undo", 0)], [("ann", "reject", 0), ("ann", "undo", 0)])


def check_merging(
    shared: Path, mine: list[tuple[str, str, int]], yours: list[tuple[str, str, int]]
) -> None:
    """Both sides agree, no entry is lost, and undo goes back to the start."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("a.db", "b.db", "a0.db", "b0.db")]
        for path in paths[:2]:
            shutil.copy(shared, path)
        for path, steps in zip(paths, (mine, yours), strict=False):
            do(path, steps).close()
        for path, copy in zip(paths[:2], paths[2:], strict=True):
            shutil.copy(path, copy)
        with (
            Library.open(paths[0], annotator="ann") as one,
            Library.open(paths[1], annotator="ann") as two,
        ):
            both = uids(one) | uids(two)
            first, second = merge(one, paths[3]), merge(two, paths[2])
            assert seen(one) == seen(two)
            for library in (one, two):
                assert both <= uids(library)
                before = everything(library)
                rebuild_state(library)
                assert everything(library) == before
            assert {(c.annotator, c.claim_id, c.ours_holds) for c in first.conflicts} == {
                (c.annotator, c.claim_id, not c.ours_holds) for c in second.conflicts
            }
            before = everything(one)
            assert merge(one, paths[3]).decisions == 0
            assert everything(one) == before
            kept = uids(one)
            for name in ("ann", "bea"):
                one.annotator = name
                while one.decisions.undo() is not None:
                    pass
            assert not any(r.status.decided for r in seen(one).values())
            assert kept <= uids(one)
