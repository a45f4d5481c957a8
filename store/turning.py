"""What undo and redo make of one claim, in a log into which other logs were merged.

In the log of one person who decides in one library, undo gives back what was before, and redo
what was after. Merged entries may stand between: then undo gives back what the claim was here
before the entry came, and leaves a claim alone that another decision has taken over since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from store.batch import Change
from store.entries import COLUMNS, NEWEST
from store.records import ClaimRecord, Decision


@dataclass(frozen=True, slots=True)
class Course:
    """One annotator's entries about one claim."""

    last: Decision
    """The entry that stands."""
    before: Callable[[int], Decision | None]
    """The last entry with an id below a number."""
    is_undone: Callable[[str], bool]
    """Whether a batch is undone as things stand."""

    def taken_back(self, entry: Decision) -> bool:
        """Whether the entry's batch, or the one that it did again, is undone."""
        if entry.action == "undo":
            return False
        batch = entry.target if entry.action == "redo" else entry.batch
        return batch is not None and self.is_undone(batch)


def course(
    connection: sqlite3.Connection, was: Decision, read: Callable[[Sequence[Any]], Decision]
) -> Course:
    """The entries of the annotator of `was` about its claim; `read` reads a line of the log."""

    def before(number: int) -> Decision | None:
        row = connection.execute(
            f"SELECT {COLUMNS} FROM decision WHERE article_id = ? AND claim_id = ?"
            " AND text_sha256 = ? AND annotator = ? AND id < ? ORDER BY id DESC LIMIT 1",
            (was.article_id, was.claim_id, was.text_sha256, was.annotator, number),
        ).fetchone()
        return None if row is None else read(row)

    def is_undone(batch: str) -> bool:
        row = connection.execute(
            "SELECT 1 FROM history WHERE batch = ? AND state <> 'done'", (batch,)
        ).fetchone()
        return row is not None

    last = before(NEWEST)
    return Course(was if last is None else last, before, is_undone)


def undone(was: Decision, course: Course) -> Change:
    """What undoing `was` does.

    Where the claim is no longer what `was` made of it, the entry that stands is stated again.
    """
    if not same(course.last.after, was.after):
        return _again(course)
    return _change(was, was.after, _before(was, course))


def redone(was: Decision, course: Course) -> Change:
    """What redoing `was` does: the opposite of what undoing it did."""
    taking: Decision | None = course.last
    while taking is not None and not (taking.action == "undo" and taking.target == was.batch):
        taking = course.before(taking.id)
    earlier = None if taking is None else course.before(taking.id)
    if (
        taking is None
        or earlier is None
        or same(earlier.after, taking.after)  # it took nothing back
        or not same(course.last.after, taking.after)  # another decision has the claim since
    ):
        return _again(course)
    return _change(was, course.last.after, was.after)


def same(one: ClaimRecord | None, two: ClaimRecord | None) -> bool:
    """Whether two states of a claim are the same but for who and when.

    While nobody has decided on a claim it is the machine's, whatever that proposes by now.
    """
    if one is None or two is None:
        return one is two
    two = replace(two, annotator=one.annotator, decided_at=one.decided_at)
    if not (one.status.decided or two.status.decided):
        two = replace(two, claim=one.claim, machine=one.machine)
    return one == two


def _before(was: Decision, course: Course) -> ClaimRecord | None:
    """The claim as it was here before an entry came, without what was taken back since."""
    found, earlier = was.before, course.before(was.id)
    while earlier is not None and course.taken_back(earlier):
        found, earlier = earlier.before, course.before(earlier.id)
    if earlier is None or same(earlier.after, found):
        return found
    return earlier.after


def _again(course: Course) -> Change:
    return _change(course.last, course.last.before, course.last.after)


def _change(of: Decision, before: ClaimRecord | None, after: ClaimRecord | None) -> Change:
    return Change(of.article_id, of.text_sha256, of.claim_id, before, after)
