"""Writing one batch of decisions: the log, the states, the counts and the place in the history.

A batch is what one key press did, be it to one claim or to ten thousand of many articles; it is
undone and redone as a whole. Claims are written as they come, so that a large batch needs no more
memory than a small one; what makes it whole is the caller's transaction.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from store import state, tally
from store.records import ClaimRecord
from store.snapshot import pack

Report = Callable[[int, int], None]
"""Hears how many claims of how many are done; what it raises ends the batch, of which nothing
stays."""

_REPORT_EVERY = 100


@dataclass(frozen=True, slots=True)
class Change:
    """A claim before and after; None where it is not there."""

    article_id: int
    text_sha256: str
    claim_id: str
    before: ClaimRecord | None
    after: ClaimRecord | None

    @property
    def real(self) -> bool:
        """Whether more than who and when would differ."""
        if self.before is None or self.after is None:
            return self.before is not self.after
        signed = replace(
            self.after, annotator=self.before.annotator, decided_at=self.before.decided_at
        )
        return signed != self.before


BLIND = "blind-"
"""Begins the name of a batch that was decided blind."""


class Batch:
    """One batch of one annotator, within the caller's transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        annotator: str,
        action: str,
        target: str | None = None,
        texts: dict[str, str] | None = None,
        *,
        blind: bool = False,
    ) -> None:
        """`target` is the batch that an undo or redo is about; `texts` are texts at hand.

        `blind` says that outlet, byline and sides were hidden: the batch's name tells it.
        """
        self.name = (BLIND if blind else "") + secrets.token_hex(8)
        self.at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.places: list[tuple[int, str]] = []
        """The claims that were changed, by article and id, in the order in which they came."""
        self.texts = texts or {}
        """The text that was written last, by its hash."""
        self._connection, self._annotator = connection, annotator
        self._action, self._target = action, target
        self._first_line = 0
        self._article: int | None = None
        self._before: list[tally.Seen | None] = []
        self._after: list[tally.Seen | None] = []

    def add(self, change: Change) -> None:
        """Log a change and make the state what it left, signed with who and when."""
        if change.article_id != self._article:
            self._count()
            self._article = change.article_id
        self.places.append((change.article_id, change.claim_id))
        line = self._log(change)
        place = state.Place(self._annotator, change.article_id, change.text_sha256, change.claim_id)
        if place.text_sha256 not in self.texts:
            self.texts = {place.text_sha256: state.read_text(self._connection, place)}
        here = (self._connection, self._annotator, change.article_id, change.claim_id)
        self._before.append(tally.seen(*here))
        state.write(self._connection, place, line, change.before, change.after, self.texts)
        self._after.append(tally.seen(*here))

    def signed(self, record: ClaimRecord | None) -> ClaimRecord | None:
        """The record with who decided, and when."""
        if record is None:
            return None
        return replace(
            record,
            annotator=self._annotator,
            decided_at=self.at if record.status.decided else None,
        )

    def finish(self) -> None:
        """Count the last article and take the batch into the history; nothing if it is empty."""
        self._count()
        if self.places:
            state.remember_batch(
                self._connection,
                self._annotator,
                self.name,
                self._first_line,
                self._action,
                self._target,
            )

    def _log(self, change: Change) -> int:
        cursor = self._connection.execute(
            "INSERT INTO decision (uid, batch, at, annotator, action, article_id, text_sha256,"
            " claim_id, before, after, target) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                secrets.token_hex(16),
                self.name,
                self.at,
                self._annotator,
                self._action,
                change.article_id,
                change.text_sha256,
                change.claim_id,
                pack(change.before),
                pack(change.after),
                self._target,
            ),
        )
        assert cursor.lastrowid is not None
        self._first_line = self._first_line or cursor.lastrowid
        return cursor.lastrowid

    def _count(self) -> None:
        if self._article is not None:
            tally.change(
                self._connection, self._annotator, self._article, self._before, self._after
            )
        self._before, self._after = [], []


def reporting(report: Report | None, total: int) -> Callable[[int], None]:
    """Calls `report` now and then, with the total, as the numbers come in."""

    def tell(done: int) -> None:
        if report is not None and (done % _REPORT_EVERY == 0 or done == total):
            report(done, total)

    return tell
