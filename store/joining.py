"""Two logs become one: the entries that this library lacks, and what holds where both decided.

Two libraries of one annotator may have decided on the same claim. The later decision holds, by
its time; one that was taken back entirely does not count. Where that is the one of this library,
an entry with the action `keep` says so in the log, so that the log read in its order still ends at
what is shown. A batch that one of the two undid stands again where its claim does: there the entry
names the batch, which is done from then on, so that undo can take it back. Nothing is taken out of
either log.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from store import state, tally
from store.imported_line import Entry, RefusedError
from store.records import ClaimRecord
from store.snapshot import unpack
from store.turning import same

_REPORT_EVERY = 200


@dataclass(frozen=True, slots=True)
class Conflict:
    """One annotator decided on one claim in both libraries, differently."""

    article_id: int
    annotator: str
    claim_id: str
    ours: Entry
    theirs: Entry
    ours_holds: bool
    """Whether the decision of this library is the later one."""


class Joining:
    """Takes the entries of another log, in their order, within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.new = 0
        """How many entries this library lacked."""
        self.known = 0
        """How many it had."""
        self._connection = connection
        self._shared: set[str] = set()
        self._batches: dict[str, bool] = {}
        self._texts: dict[int, set[str]] = {}
        self._ours: dict[state.Place, Entry | None] = {}
        self._theirs: dict[state.Place, tuple[int, Entry]] = {}

    def take(self, article_id: int, entry: Entry) -> None:
        """Log an entry that is not in the log yet.

        Raises `RefusedError` when its uid is in the log with something else, or when it is about
        a text that the article does not have.
        """
        if self._logged(article_id, entry):
            self.known += 1
            self._shared.add(entry.uid)
            return
        self._check_text(article_id, entry)
        place = state.Place(entry.annotator, article_id, entry.text_sha256, entry.claim_id)
        if place not in self._ours:
            self._ours[place] = self._last(place)
        fresh = self._is_fresh(entry.batch)
        number = _insert(self._connection, article_id, entry)
        if fresh:
            self._batches[entry.batch] = False
            state.remember_batch(
                self._connection, entry.annotator, entry.batch, number, entry.action, entry.target
            )
        self._theirs[place] = (number, entry)
        self.new += 1

    def finish(self, report: Callable[[int, int], None] | None = None) -> list[Conflict]:
        """Bring states and counts in line with the log; the claims on which both had decided.

        `report` is told how many claims of how many are done.

        One of the two decisions followed on the other where the other library knew ours: that is
        no conflict, whatever the clocks say.
        """
        conflicts = []
        text_of: dict[str, str] = {}
        places = sorted(self._theirs.items(), key=lambda item: (item[0].article_id, item[1][0]))
        for done, (place, (number, theirs)) in enumerate(places, 1):
            if place.text_sha256 not in text_of:
                text_of = {place.text_sha256: state.read_text(self._connection, place)}
            before, after = _records(theirs, place.article_id)
            ours = self._ours[place]
            standing, other = theirs, None
            if ours is not None and ours.uid not in self._shared:
                other = ours
                mine = _records(ours, place.article_id)[1]
                holds = _weight(ours, mine) > _weight(theirs, after)
                if not same(mine, after):
                    conflicts.append(
                        Conflict(
                            place.article_id, place.annotator, place.claim_id, ours, theirs, holds
                        )
                    )
                if holds and ours.after != theirs.after:
                    standing, other = ours, theirs
                    before, after = after, mine
            made_by, done_batch = self._maker(place, standing, after)
            if standing is ours or not done_batch:
                number = self._keep(place, standing, other, made_by)
            state.write(self._connection, place, number, before, after, text_of)
            if report is not None and (done % _REPORT_EVERY == 0 or done == len(places)):
                report(done, len(places))
        for annotator, article_id in {(p.annotator, p.article_id) for p in self._theirs}:
            tally.count(self._connection, annotator, article_id)
        return conflicts

    def _maker(
        self, place: state.Place, standing: Entry, after: ClaimRecord | None
    ) -> tuple[str, bool]:
        """The batch that undo must take back for the claim to be otherwise, and whether it is done.

        A decision made its own batch. Where an undo or a redo stands, it gave back what an earlier
        batch had made, and the other log may have undone that one.
        """
        if standing.action not in ("undo", "redo", "keep") or not _weight(standing, after)[0]:
            return standing.batch, True
        found = None
        for batch, packed, is_done in self._connection.execute(
            "SELECT d.batch, d.after, h.state = 'done' FROM decision d"
            " JOIN history h ON h.batch = d.batch WHERE d.annotator = ? AND d.article_id = ?"
            " AND d.text_sha256 = ? AND d.claim_id = ? ORDER BY h.state = 'done' DESC, d.id DESC",
            place,
        ):
            if same(unpack(packed, place.article_id), after):
                found = str(batch), bool(is_done)
                break
        return found or (standing.batch, True)

    def _keep(self, place: state.Place, standing: Entry, other: Entry | None, made_by: str) -> int:
        """Log that one entry holds over the other, and which batch it speaks for."""
        key = f"keep|{standing.uid}|{other.uid if other is not None else ''}"
        if made_by != standing.batch:
            key += f"|{made_by}"
        key = hashlib.sha256(key.encode()).hexdigest()[:32]
        kept = Entry(
            uid=key,
            batch=key[:16],
            at=standing.at,
            annotator=standing.annotator,
            action="keep",
            # The batch that it speaks for: a `keep` is no step of its own for undo.
            target=made_by,
            text_sha256=standing.text_sha256,
            claim_id=standing.claim_id,
            before=standing.before
            if other is None or other.after == standing.after
            else other.after,
            after=standing.after,
        )
        number = _insert(self._connection, place.article_id, kept)
        state.remember_batch(
            self._connection, kept.annotator, kept.batch, number, kept.action, kept.target
        )
        return number

    def _is_fresh(self, batch: str) -> bool:
        if batch not in self._batches:
            row = self._connection.execute(
                "SELECT 1 FROM decision WHERE batch = ? LIMIT 1", (batch,)
            ).fetchone()
            self._batches[batch] = row is None
        return self._batches[batch]

    def _check_text(self, article_id: int, entry: Entry) -> None:
        if article_id not in self._texts:
            self._texts[article_id] = {
                row[0]
                for row in self._connection.execute(
                    "SELECT sha256 FROM text_version WHERE article_id = ?", (article_id,)
                )
            }
        if entry.text_sha256 not in self._texts[article_id]:
            raise RefusedError(
                f"claim {entry.claim_id}: decision {entry.uid} is about a text that is neither in"
                " the file nor in the library; export the article with its text"
            )

    def _logged(self, article_id: int, entry: Entry) -> bool:
        row = self._connection.execute(
            f"SELECT {COLUMNS} FROM decision WHERE uid = ?", (entry.uid,)
        ).fetchone()
        if row is None:
            return False
        found = Entry(*row)
        if found == entry:
            return True
        if found._replace(before=None, after=None) != entry._replace(
            before=None, after=None
        ) or _records(found, article_id) != _records(entry, article_id):
            raise RefusedError(
                f"claim {entry.claim_id}: decision {entry.uid} is in the library with other"
                " content; the file was changed"
            )
        return True

    def _last(self, place: state.Place) -> Entry | None:
        row = self._connection.execute(
            f"SELECT {COLUMNS} FROM decision WHERE annotator = ? AND article_id = ?"
            " AND text_sha256 = ? AND claim_id = ? ORDER BY id DESC LIMIT 1",
            place,
        ).fetchone()
        return None if row is None else Entry(*row)


COLUMNS = "uid, batch, at, annotator, action, target, text_sha256, claim_id, before, after"
"""The columns of `decision` that make an `Entry`, in its order."""


def _insert(connection: sqlite3.Connection, article_id: int, entry: Entry) -> int:
    cursor = connection.execute(
        f"INSERT INTO decision (article_id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article_id, *entry),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _records(entry: Entry, article_id: int) -> tuple[ClaimRecord | None, ClaimRecord | None]:
    return unpack(entry.before, article_id), unpack(entry.after, article_id)


def _weight(entry: Entry, after: ClaimRecord | None) -> tuple[bool, datetime, str]:
    """Which of two entries holds: who took everything back decides nothing, then the time."""
    untouched = after is None or not (
        after.status.decided or after.note or after.tags or after.links
    )
    return (entry.action != "undo" or not untouched, *_time(entry))


def _time(entry: Entry) -> tuple[datetime, str]:
    """When it was decided; two at the same moment are ordered the same way everywhere."""
    at = datetime.fromisoformat(entry.at)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)), entry.uid
