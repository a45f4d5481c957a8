"""The past of a library: its state at a moment, and what changed between two."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_fakes import Opener, article

from claims.model import Claim, ClaimType, Span
from store.between import changed
from store.db import Library
from store.errors import StoreError
from store.exports import export
from store.moments import read
from store.past import as_of
from store.records import ClaimFilter, ClaimRecord

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that goes on by a minute a decision."""

    def __init__(self) -> None:
        self.time = START

    def now(self, zone: object) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("store.batch.datetime", clock)
    monkeypatch.setattr("store.articles._now", lambda: START.isoformat(timespec="seconds"))
    return clock


State = tuple[list[ClaimRecord], list[object], int, dict[str, int]]


def state(library: Library) -> State:
    claims = [record for number in (1, 2) for record in library.claims.of(number)]
    assert library.claims.query(ClaimFilter()) == claims
    summaries = [replace(one, read_at=None) for one in library.articles.page()]
    decided = ClaimFilter(statuses=("accepted", "rejected", "edited", "added"))
    return claims, list(summaries), library.claims.count(decided), dict(library.claims.speakers())


def step(library: Library, chance: random.Random) -> None:
    number = chance.choice((1, 2))
    claim = chance.choice(library.claims.of(number)).id
    decide = library.decisions
    which = chance.randrange(9)
    if which < 2:
        decide.accept(number, claim)
    elif which == 2:
        decide.reject(number, claim)
    elif which == 3:
        decide.edit(number, claim, type=chance.choice(list(ClaimType)).value, speaker="Moscow")
    elif which == 4:
        decide.note(number, claim, f"note {chance.randrange(3)}")
    elif which == 5 and len(library.claims.of(number)) > 2:
        decide.delete(number, claim)
    elif which == 6:
        decide.add(number, Claim("", (Span(0, 4 + chance.randrange(9)),), speaker="Kyiv"))
    elif which == 7:
        decide.reset(number, claim)
    else:
        decide.undo()


@pytest.mark.parametrize("seed", range(2))
def test_every_moment_can_be_seen_again(opened: Opener, clock: Clock, seed: int) -> None:
    chance = random.Random(seed)
    library = opened()
    library.articles.add(article())
    library.articles.add(article("Moscow struck a port. Kyiv denied it. The weather was fine."))
    states = {}
    for number in range(30):
        library.annotator = "bea" if number % 5 == 4 else "ann"
        step(library, chance)
        library.annotator = "ann"
        states[clock.time] = state(library)
    log = library.decisions.log(limit=None)
    library.close()
    library = opened(readonly=True)
    now = state(library)
    for moment, expected in states.items():
        with as_of(library, moment):
            assert state(library) == expected
            assert [one.id for one in library.decisions.log(limit=None)] == [
                one.id for one in log if one.at <= moment.isoformat(timespec="milliseconds")
            ]
        assert state(library) == now
    with as_of(library, START - timedelta(days=1)):
        assert library.articles.page() == [] == library.claims.query(ClaimFilter())
        assert library.claims.count(ClaimFilter()) == 0


def test_an_export_of_the_past_is_that_of_then(opened: Opener, clock: Clock) -> None:
    library = opened()
    library.articles.add(article())
    first, second = (record.id for record in library.claims.of(1)[:2])
    library.decisions.accept(1, first)
    then, moment = b"".join(export(library, "jsonl")), clock.time
    library.decisions.reject(1, first)
    library.decisions.note(1, second, "later")
    library.close()
    library = opened(readonly=True)
    with as_of(library, moment):
        assert b"".join(export(library, "jsonl")) == then


def test_what_changed_between_two_moments(opened: Opener, clock: Clock) -> None:
    library = opened()
    library.articles.add(article())
    first, second, third, fourth, fifth = (record.id for record in library.claims.of(1))
    library.decisions.accept(1, first, fourth)
    since = clock.time
    library.decisions.edit(1, first, side="media")
    library.decisions.edit(1, first, side="russia")
    library.decisions.accept(1, second)
    library.decisions.undo()
    library.decisions.delete(1, third)
    (added,) = library.decisions.add(1, Claim("", (Span(0, 4),))).claim_ids
    library.annotators.switch("bea")
    library.decisions.reject(1, fourth)
    until = clock.time
    library.decisions.reject(1, fifth)
    found = list(changed(library, since, until))
    assert [(one.annotator, one.claim_id, one.steps) for one in found] == [
        ("ann", first, 2),
        ("ann", third, 1),
        ("ann", added, 1),
        ("bea", fourth, 1),
    ]
    one = found[0]
    assert one.before is not None and one.after is not None
    assert (one.before.claim.side, one.after.claim.side) == ("ukraine", "russia")
    assert found[1].after is None and found[2].before is None
    assert [one.claim_id for one in changed(library, since, until, annotators=["bea"])] == [fourth]
    assert list(changed(library, until, until)) == []
    assert [one.claim_id for one in changed(library, until, clock.time)] == [fifth]


def test_moments_as_people_write_them(tmp_path: Path) -> None:
    now = datetime(2026, 3, 5, 10, 30, tzinfo=UTC)
    assert read("2026-03-01T12:00") == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert read("2026-03-01T12:00+02:00") == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert read("2026-03-01") == datetime(2026, 3, 1, tzinfo=UTC)
    assert read("2026-03-01", end=True) < datetime(2026, 3, 2, tzinfo=UTC) < read("2026-03-02T01")
    assert read("2h", now=now) == now - timedelta(hours=2)
    assert read("3d ago", now=now) == now - timedelta(days=3)
    assert read("yesterday", now=now) == datetime(2026, 3, 4, tzinfo=UTC)
    assert read("now", now=now) == now
    for words in ("", "soon", "2026-13-01", "9999999d"):
        with pytest.raises(StoreError, match="is no time"):
            read(words)
