"""What a person decides about claims: an append-only log, with undo and redo without a limit."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from claims.model import Claim
from claims.text import canonical
from store import machine, state, tally
from store.errors import ClaimNotFound, InvalidClaim, readable
from store.records import ClaimRecord, Decision, Link, Status, Verdict
from store.snapshot import pack, unpack

if TYPE_CHECKING:
    from store.db import Library

_EDITABLE = tuple(f.name for f in fields(Claim) if f.name != "id")
_LONGEST_NOTE = 20_000
_LONGEST_NAME = 200

_PAST = {
    "accept": "accepted",
    "reject": "rejected",
    "reset": "set back",
    "edit": "edited",
    "add": "added",
    "delete": "deleted",
    "note": "noted",
    "tag": "tagged",
    "link": "judged the relation of",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision did; it is on disk."""

    batch: str
    """Empty when nothing changed: then nothing was logged."""
    action: str
    article_id: int
    claim_ids: tuple[str, ...]
    records: tuple[ClaimRecord, ...]
    """The claims as they are now; one that is gone is left out."""
    words: str
    """For the status line."""


@dataclass(frozen=True, slots=True)
class _Change:
    article_id: int
    text_sha256: str
    claim_id: str
    before: ClaimRecord | None
    after: ClaimRecord | None


class Decisions:
    """The decisions of the library's annotator."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._texts: dict[str, str] = {}
        """The text decided on last, by its hash: reading a long one takes longer than deciding."""

    def accept(self, article_id: int, *claim_ids: str) -> Outcome:
        """Take the claims as they stand. Raises `ClaimNotFound`."""
        return self._each(article_id, claim_ids, "accept", lambda r: _judged(r, "accept"))

    def reject(self, article_id: int, *claim_ids: str) -> Outcome:
        """Refuse the claims; they stay visible as rejected. Raises `ClaimNotFound`."""
        return self._each(article_id, claim_ids, "reject", lambda r: _judged(r, "reject"))

    def reset(self, article_id: int, *claim_ids: str) -> Outcome:
        """Back to what the machine proposes, notes and tags kept. Raises `ClaimNotFound`.

        A person's own claim is no longer rejected. A claim that no machine proposes any more is
        gone, unless it has a note or a tag.
        """

        def back(record: ClaimRecord) -> ClaimRecord:
            if record.machine is None:
                return _judged(record, "accept")
            found = self._library.claims.proposed(article_id, record.id)
            claim = record.machine if found is None else found.claim
            return replace(record, claim=claim, machine=claim, status=Status.PROPOSED)

        return self._each(article_id, claim_ids, "reset", back)

    def edit(self, article_id: int, claim_id: str, **changes: Any) -> Outcome:
        """Change fields of a claim, which also accepts it.

        Values are those of `Claim`, or their plain JSON forms. Raises `ClaimNotFound`, and
        `InvalidClaim` that names the field when a value is not allowed or a span is not in the
        text.
        """
        for name in changes:
            if name not in _EDITABLE:
                raise InvalidClaim(
                    f"a claim's {name!r} cannot be edited; the fields are {', '.join(_EDITABLE)}"
                )

        def edited(record: ClaimRecord) -> ClaimRecord:
            data = {**record.claim.to_json(), **{n: _plain(v) for n, v in changes.items()}}
            return _judged(replace(record, claim=self._checked(article_id, data)), "accept")

        return self._each(article_id, (claim_id,), "edit", edited)

    def add(self, article_id: int, claim: Claim) -> Outcome:
        """Add a person's claim; its id is given here and stands in `Outcome.claim_ids`.

        Raises `InvalidClaim`, `ArticleNotFound`.
        """
        data = {**claim.to_json(), "id": "h" + secrets.token_hex(8)}

        def change() -> list[_Change]:
            made = self._checked(article_id, data)
            record = ClaimRecord(article_id, made, Status.ADDED)
            return [_Change(article_id, self._sha(article_id), made.id, None, record)]

        return self._take("add", article_id, change)

    def delete(self, article_id: int, *claim_ids: str) -> Outcome:
        """Hide the claims; the log keeps them and undo brings them back."""
        return self._each(article_id, claim_ids, "delete", lambda record: None)

    def note(self, article_id: int, claim_id: str, text: str) -> Outcome:
        """Put a note on a claim, or remove it with an empty text; no verdict."""
        text = canonical(text).strip()
        if len(text) > _LONGEST_NOTE:
            raise InvalidClaim(f"a note has at most {_LONGEST_NOTE} characters")
        return self._each(article_id, (claim_id,), "note", lambda r: replace(r, note=text))

    def tag(self, article_id: int, claim_id: str, tags: tuple[str, ...]) -> Outcome:
        """Give a claim these tags in the place of its others; no verdict."""
        clean = tuple(dict.fromkeys(_line("tag", tag) for tag in tags if tag.strip()))
        return self._each(article_id, (claim_id,), "tag", lambda r: replace(r, tags=clean))

    def link(
        self,
        article_id: int,
        claim_id: str,
        other: tuple[int, str],
        verdict: Verdict | None,
        note: str = "",
    ) -> Outcome:
        """Say how a claim stands to the claim `other` (article, id); None takes that back.

        A pair has one verdict; it stands on the claim that it was first given from. No verdict on
        either claim. Raises `ClaimNotFound`, `InvalidClaim`.
        """
        note = canonical(note).strip()
        if len(note) > _LONGEST_NOTE:
            raise InvalidClaim(f"a note has at most {_LONGEST_NOTE} characters")
        if other == (article_id, claim_id):
            raise InvalidClaim("a claim has no relation to itself")
        here = (claim_id, self._sha(article_id))
        links = self._library.claims.get(*other).links
        if any((link.claim_id, link.text_sha256) == here for link in links):
            (article_id, claim_id), other = other, (article_id, claim_id)
        sha = self._sha(other[0])

        def linked(record: ClaimRecord) -> ClaimRecord:
            kept = tuple(
                one for one in record.links if (one.claim_id, one.text_sha256) != (other[1], sha)
            )
            added = () if verdict is None else (Link(sha, other[1], verdict, note),)
            return replace(record, links=(*kept, *added))

        return self._each(article_id, (claim_id,), "link", linked)

    def undo(self) -> Outcome | None:
        """Take the annotator's last batch back, in whatever article; None when there is none."""
        return self._turn("undo", "done", "DESC")

    def redo(self) -> Outcome | None:
        """Do again what was undone last; None when there is nothing, or something new was done."""
        return self._turn("redo", "undone", "ASC")

    def log(
        self,
        article_id: int | None = None,
        claim_id: str | None = None,
        *,
        limit: int | None = 1000,
        after: int = 0,
    ) -> list[Decision]:
        """The decisions of all annotators with an id above `after`, oldest first.

        `limit` None gives all. Decisions on older texts of an article are among them.
        """
        sql = f"SELECT {_COLUMNS} FROM decision WHERE id > ?"
        values: list[Any] = [after]
        if article_id is not None:
            sql += " AND article_id = ?"
            values.append(article_id)
        if claim_id is not None:
            sql += " AND claim_id = ?"
            values.append(claim_id)
        rows = self._library.rows(
            f"{sql} ORDER BY id LIMIT ?", (*values, -1 if limit is None else limit)
        )
        return [self._read(row) for row in rows]

    def _read(self, row: Sequence[Any]) -> Decision:
        with readable(self._library.path, f"decision {row[0]}"):
            return _decision(row)

    def _each(
        self,
        article_id: int,
        claim_ids: Sequence[str],
        action: str,
        change: Callable[[ClaimRecord], ClaimRecord | None],
    ) -> Outcome:
        wanted = tuple(dict.fromkeys(claim_ids))
        if not wanted:
            raise ClaimNotFound(f"no claim was named to {action}")

        def changes() -> list[_Change]:
            sha = self._sha(article_id)
            found = []
            for claim_id in wanted:
                before = self._library.claims.get(article_id, claim_id)
                found.append(_Change(article_id, sha, claim_id, before, change(before)))
            return found

        return self._take(action, article_id, changes, wanted)

    def _take(
        self,
        action: str,
        article_id: int,
        changes: Callable[[], list[_Change]],
        wanted: tuple[str, ...] = (),
    ) -> Outcome:
        """Log what changes as one batch; what a claim is before is read within the transaction."""
        batch, now = secrets.token_hex(8), _now()
        with self._library.transaction() as connection:
            real = [
                replace(change, after=self._signed(change.after, now))
                for change in changes()
                if not _same(change.before, change.after)
            ]
            if real:
                self._append(connection, batch, now, action, None, real)
        ids = tuple(change.claim_id for change in real) or wanted
        number = len(ids)
        words = f"{_PAST[action]} {number} claim{'' if number == 1 else 's'}"
        if not real:
            return Outcome(
                "",
                action,
                article_id,
                ids,
                self._now(article_id, ids),
                f"nothing to change: {words}",
            )
        return Outcome(batch, action, article_id, ids, self._now(article_id, ids), words)

    def _turn(self, action: str, found: str, order: str) -> Outcome | None:
        batch, now = secrets.token_hex(8), _now()
        me = self._library.annotator
        with self._library.transaction() as connection:
            row = connection.execute(
                "SELECT batch FROM history WHERE annotator = ? AND state = ?"
                f" ORDER BY first_id {order} LIMIT 1",
                (me, found),
            ).fetchone()
            if row is None:
                return None
            target = str(row[0])
            logged = [
                self._read(line)
                for line in connection.execute(
                    f"SELECT {_COLUMNS} FROM decision WHERE batch = ? ORDER BY id", (target,)
                )
            ]
            back = action == "undo"
            changes = [
                _Change(
                    d.article_id,
                    d.text_sha256,
                    d.claim_id,
                    d.after if back else d.before,
                    d.before if back else d.after,
                )
                for d in (reversed(logged) if back else logged)
            ]
            self._append(connection, batch, now, action, target, changes)
        article_id = logged[0].article_id
        ids = tuple(d.claim_id for d in logged)
        what = f"{_PAST.get(logged[0].action, logged[0].action)} {len(ids)}"
        words = f"{'undone' if back else 'redone'}: {what} claim{'' if len(ids) == 1 else 's'}"
        return Outcome(batch, action, article_id, ids, self._now(article_id, ids), words)

    def _append(
        self,
        connection: sqlite3.Connection,
        batch: str,
        now: str,
        action: str,
        target: str | None,
        changes: Sequence[_Change],
    ) -> None:
        me = self._library.annotator
        first_id = 0
        counted: dict[int, tuple[list[tally.Seen | None], list[tally.Seen | None]]] = {}
        for change in changes:
            cursor = connection.execute(
                "INSERT INTO decision (uid, batch, at, annotator, action, article_id, text_sha256,"
                " claim_id, before, after, target) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    secrets.token_hex(16),
                    batch,
                    now,
                    me,
                    action,
                    change.article_id,
                    change.text_sha256,
                    change.claim_id,
                    pack(change.before),
                    pack(change.after),
                    target,
                ),
            )
            assert cursor.lastrowid is not None
            first_id = first_id or cursor.lastrowid
            place = state.Place(me, change.article_id, change.text_sha256, change.claim_id)
            if place.text_sha256 not in self._texts:
                self._texts = {place.text_sha256: state.read_text(connection, place)}
            before, after = counted.setdefault(change.article_id, ([], []))
            before.append(tally.seen(connection, me, change.article_id, change.claim_id))
            state.write(
                connection, place, cursor.lastrowid, change.before, change.after, self._texts
            )
            after.append(tally.seen(connection, me, change.article_id, change.claim_id))
        state.remember_batch(connection, me, batch, first_id, action, target)
        for article_id, (before, after) in counted.items():
            tally.change(connection, me, article_id, before, after)

    def _signed(self, record: ClaimRecord | None, now: str) -> ClaimRecord | None:
        if record is None:
            return None
        return replace(
            record,
            annotator=self._library.annotator,
            decided_at=now if record.status.decided else None,
        )

    def _now(self, article_id: int, claim_ids: Sequence[str]) -> tuple[ClaimRecord, ...]:
        found = (self._library.claims.find(article_id, claim_id) for claim_id in claim_ids)
        return tuple(record for record in found if record is not None)

    def _sha(self, article_id: int) -> str:
        return self._library.articles.text_hash(article_id)

    def _checked(self, article_id: int, data: dict[str, Any]) -> Claim:
        try:
            claim = Claim.from_json(data)
        except ValueError as problem:
            raise InvalidClaim(str(problem)) from None
        end = self._library.articles.length(article_id)
        wrong = machine.claim_problem(claim, end)
        if wrong:
            raise InvalidClaim(f"claim {claim.id}: {wrong}")
        if not 0 <= claim.confidence <= 1:
            raise InvalidClaim(f"claim field 'confidence': {claim.confidence} is not in 0-1")
        return replace(
            claim,
            side=_line("side", claim.side),
            speaker=None if claim.speaker is None else _line("speaker", claim.speaker),
            channel=tuple(_line("channel", channel) for channel in claim.channel),
            rule=canonical(claim.rule),
        )


def _judged(record: ClaimRecord, verdict: str) -> ClaimRecord:
    if verdict == "reject":
        status = Status.REJECTED
    elif record.machine is None:
        status = Status.ADDED
    elif record.claim != record.machine:
        status = Status.EDITED
    else:
        status = Status.ACCEPTED
    return replace(record, status=status)


def _same(before: ClaimRecord | None, after: ClaimRecord | None) -> bool:
    """Whether nothing but who and when would differ."""
    if before is None or after is None:
        return before is after
    return replace(after, annotator=before.annotator, decided_at=before.decided_at) == before


def _line(field: str, value: str) -> str:
    value = canonical(" ".join(value.split()))
    if not value or len(value) > _LONGEST_NAME:
        raise InvalidClaim(f"claim field {field!r}: needs 1 to {_LONGEST_NAME} characters")
    return value


def _plain(value: Any) -> Any:
    """The JSON form of a field's value, whether it came as the model's object or as JSON."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


_COLUMNS = (
    "id, uid, batch, at, annotator, action, article_id, text_sha256, claim_id,"
    " before, after, target"
)


def _decision(row: Sequence[Any]) -> Decision:
    number, uid, batch, at, annotator, action, article_id, sha, claim_id, before, after, target = (
        row
    )
    return Decision(
        id=number,
        uid=uid,
        batch=batch,
        at=at,
        annotator=annotator,
        action=action,
        article_id=article_id,
        text_sha256=sha,
        claim_id=claim_id,
        before=unpack(before, article_id),
        after=unpack(after, article_id),
        target=target,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
