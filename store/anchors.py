"""Decisions carried from a text to its newer version: by themselves, by a person, or listed.

When an article's text changes, each claim that somebody decided on is looked for in the new text
(`claims.anchoring`). Found word for word in its surroundings, the decision is logged anew on the
new text. What is only like waits in a queue, with the place that is proposed; what is gone is
listed there too. The old text and the decisions on it stay as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.anchoring import Anchor, Outcome, anchor
from claims.model import Claim, Mode, Span, Spans
from store import state
from store.batch import Batch, Change
from store.errors import StoreError
from store.records import ClaimRecord, Status
from store.snapshot import pack, unpack
from store.verdicts import accepted

if TYPE_CHECKING:
    from store.db import Library

ACTION = "carry"


class UnknownAnchorError(StoreError):
    """There is nothing of that number in the queue."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim in the queue."""

    id: int
    article_id: int
    title: str
    annotator: str
    record: ClaimRecord
    """As it was decided, with spans of the old text."""
    was: str
    """The words that it stood on."""
    outcome: Outcome
    span: Span | None
    """The place in the current text that is proposed; None for an orphan."""
    now: str
    """The words there."""
    likeness: float


@dataclass(frozen=True, slots=True)
class _Old:
    annotator: str
    claim_id: str
    text_sha256: str
    record: ClaimRecord
    hidden: bool


def carry(connection: sqlite3.Connection, article_id: int, new_sha: str, new: str) -> None:
    """Carry every annotator's decisions to the article's new text, within the transaction that
    made it current. What waited already is looked for again."""
    olds = [*_decided(connection, article_id, new_sha), *_waiting(connection, article_id, new_sha)]
    texts: dict[str, str] = {}
    connection.execute("DELETE FROM anchor WHERE article_id = ?", (article_id,))
    by_annotator: dict[str, list[_Old]] = {}
    for old in olds:
        by_annotator.setdefault(old.annotator, []).append(old)
    for annotator, items in by_annotator.items():
        batch = Batch(connection, annotator, ACTION)
        for old in items:
            if old.text_sha256 not in texts:
                place = state.Place(annotator, article_id, old.text_sha256, old.claim_id)
                texts[old.text_sha256] = state.read_text(connection, place)
            hull = _hull(old.record.claim)
            found = anchor(texts[old.text_sha256], hull, new)
            change = None
            if found.outcome is Outcome.MOVED and found.span is not None:
                by = found.span.start - hull.start
                change = _change(connection, article_id, new_sha, old, by)
            elif _matters(old):
                _queue(connection, article_id, old, found)
            if change is not None and change.real and not _there(connection, annotator, change):
                batch.add(replace(change, after=batch.signed(change.after)))
        batch.finish()


def _there(connection: sqlite3.Connection, annotator: str, change: Change) -> bool:
    """Whether the annotator has decided on the claim in this very text, before it came back."""
    found = connection.execute(
        "SELECT 1 FROM claim_state WHERE annotator = ? AND article_id = ? AND text_sha256 = ?"
        " AND claim_id = ?",
        (annotator, change.article_id, change.text_sha256, change.claim_id),
    ).fetchone()
    return found is not None


def _decided(connection: sqlite3.Connection, article_id: int, new_sha: str) -> list[_Old]:
    """The states of the text that was current; they are no longer marked so when this is asked."""
    rows = connection.execute(
        "SELECT annotator, claim_id, text_sha256, record, hidden FROM claim_state WHERE"
        " article_id = ? AND current AND text_sha256 <> ? ORDER BY annotator, start, claim_id",
        (article_id, new_sha),
    ).fetchall()
    return [
        _Old(annotator, claim_id, sha, _read(record, article_id), bool(hidden))
        for annotator, claim_id, sha, record, hidden in rows
    ]


def _waiting(connection: sqlite3.Connection, article_id: int, new_sha: str) -> list[_Old]:
    """What waits; not what was decided on the very text that is current again."""
    rows = connection.execute(
        "SELECT annotator, claim_id, text_sha256, record FROM anchor WHERE article_id = ?"
        " AND text_sha256 <> ? ORDER BY id",
        (article_id, new_sha),
    ).fetchall()
    return [
        _Old(annotator, claim_id, sha, _read(record, article_id), hidden=False)
        for annotator, claim_id, sha, record in rows
    ]


def _read(packed: str, article_id: int) -> ClaimRecord:
    record = unpack(packed, article_id)
    assert record is not None
    return record


def _hull(claim: Claim) -> Span:
    spans = [span for _, span in claim.spans()]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def shifted(claim: Claim, by: int) -> Claim:
    """The claim with all its spans moved."""

    def move(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    def all_of(spans: Spans) -> Spans:
        return tuple(map(move, spans))

    return replace(
        claim,
        content=all_of(claim.content),
        source=all_of(claim.source),
        cue=all_of(claim.cue),
        quantities=tuple(replace(q, span=move(q.span)) for q in claim.quantities),
        places=tuple(replace(p, span=move(p.span)) for p in claim.places),
        dates=tuple(replace(d, span=move(d.span)) for d in claim.dates),
    )


def _change(
    connection: sqlite3.Connection, article_id: int, sha: str, old: _Old, by: int
) -> Change | None:
    """The decision on the new text; None where there is nothing to decide on any more."""
    claim = shifted(old.record.claim, by)
    proposed = None
    if old.record.machine is not None:
        proposed = _proposed(connection, article_id, shifted(old.record.machine, by))
    if proposed is not None:
        before = ClaimRecord(article_id, proposed, machine=proposed)
        if old.hidden:
            return Change(article_id, sha, proposed.id, before, None)
        claim = replace(claim, id=proposed.id, confidence=proposed.confidence, rule=proposed.rule)
        if old.record.claim == old.record.machine or not old.record.status.decided:
            # It was the machine's claim as it stood; so it is now.
            claim = proposed
        after = replace(old.record, claim=claim, machine=proposed)
        if after.status not in (Status.REJECTED, Status.PROPOSED):
            after = accepted(after)
        return Change(article_id, sha, proposed.id, before, after)
    if not _matters(old):
        return None
    # The id stays, so that the claim is known again if the older text comes back.
    after = replace(old.record, claim=claim, machine=None)
    return Change(article_id, sha, old.claim_id, None, accepted(after))


def _matters(old: _Old) -> bool:
    """Whether it would be missed: a claim that was refused or deleted needs no place."""
    return not old.hidden and old.record.status is not Status.REJECTED


def _proposed(connection: sqlite3.Connection, article_id: int, claim: Claim) -> Claim | None:
    """The machine's claim on the same words, said by somebody or by nobody alike."""
    rows = connection.execute(
        'SELECT body FROM claim WHERE article_id = ? AND start = ? AND "end" = ?',
        (article_id, claim.start, claim.end),
    ).fetchall()
    said = claim.mode is not Mode.UNATTRIBUTED
    for (body,) in rows:
        found = state.read_claim(body)
        if found.content == claim.content and (found.mode is not Mode.UNATTRIBUTED) == said:
            return found
    return None


def _queue(connection: sqlite3.Connection, article_id: int, old: _Old, found: Anchor) -> None:
    span = found.span if found.outcome is Outcome.REVIEW else None
    connection.execute(
        "INSERT INTO anchor (article_id, annotator, claim_id, text_sha256, outcome, start,"
        ' "end", likeness, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        (
            article_id,
            old.annotator,
            old.claim_id,
            old.text_sha256,
            found.outcome.value if span is not None else Outcome.ORPHAN.value,
            None if span is None else span.start,
            None if span is None else span.end,
            found.likeness,
            pack(old.record),
        ),
    )


_QUEUE = (
    'SELECT q.id, q.article_id, a.title, q.annotator, q.outcome, q.start, q."end", q.likeness,'
    " q.record, o.text, v.text FROM anchor q JOIN article a ON a.id = q.article_id"
    " JOIN text_version o ON o.article_id = q.article_id AND o.sha256 = q.text_sha256"
    " JOIN text_version v ON v.id = a.version_id"
)


def waiting(library: Library, limit: int = 500) -> list[Waiting]:
    """The annotator's queue: what is to be looked at, the likeliest first, then the orphans."""
    rows = library.rows(
        f"{_QUEUE} WHERE q.annotator = ? ORDER BY q.outcome DESC, q.likeness DESC, q.id LIMIT ?",
        (library.annotator, limit),
    )
    return [_of(row) for row in rows]


def count(library: Library) -> int:
    """How many claims wait for the annotator."""
    (number,) = library.row("SELECT count(*) FROM anchor WHERE annotator = ?", (library.annotator,))
    return int(number)


def _of(row: Iterable[object]) -> Waiting:
    number, article_id, title, annotator, outcome, start, end, likeness, packed, old, new = row
    assert isinstance(number, int) and isinstance(article_id, int)
    record = _read(str(packed), article_id)
    span = Span(start, end) if isinstance(start, int) and isinstance(end, int) else None
    return Waiting(
        id=number,
        article_id=article_id,
        title=str(title),
        annotator=str(annotator),
        record=record,
        was=" … ".join(part.of(str(old)) for part in record.claim.content),
        outcome=Outcome(str(outcome)),
        span=span,
        now=span.of(str(new)) if span else "",
        likeness=float(str(likeness)),
    )


def accept(library: Library, number: int) -> Waiting:
    """Put the claim where it is proposed, as a decision that can be undone.

    Its content is the proposed place; source and cue are kept where they are found again. Raises
    `UnknownAnchorError`, also for an orphan, which has no place.
    """
    with library.transaction() as connection:
        found = _one(library, number)
        if found.span is None:
            raise UnknownAnchorError(f"claim {number} of the queue has no place in the text")
        sha = library.articles.text_hash(found.article_id)
        (old_sha,) = connection.execute(
            "SELECT text_sha256 FROM anchor WHERE id = ?", (number,)
        ).fetchone()
        old = library.articles.texts(found.article_id)[old_sha]
        new = library.articles.texts(found.article_id)[sha]
        claim = replace(
            found.record.claim,
            content=(found.span,),
            source=_again(old, found.record.claim.source, new),
            cue=_again(old, found.record.claim.cue, new),
            # Figures of other words than these are not the claim's any more.
            quantities=(),
            places=(),
            dates=(),
        )
        after = replace(found.record, claim=claim, machine=None, status=Status.ADDED)
        batch = Batch(connection, library.annotator, ACTION)
        change = Change(found.article_id, sha, claim.id, None, after)
        batch.add(replace(change, after=batch.signed(after)))
        batch.finish()
        connection.execute("DELETE FROM anchor WHERE id = ?", (number,))
    return found


def _again(old: str, spans: Spans, new: str) -> Spans:
    found = [anchor(old, span, new) for span in spans]
    return tuple(
        sorted(one.span for one in found if one.outcome is Outcome.MOVED and one.span is not None)
    )


def dismiss(library: Library, number: int) -> Waiting:
    """Take a claim out of the queue; the old text and the decision on it stay.

    Raises `UnknownAnchorError`.
    """
    with library.transaction() as connection:
        found = _one(library, number)
        connection.execute("DELETE FROM anchor WHERE id = ?", (number,))
    return found


def _one(library: Library, number: int) -> Waiting:
    rows = library.rows(f"{_QUEUE} WHERE q.annotator = ? AND q.id = ?", (library.annotator, number))
    if not rows:
        raise UnknownAnchorError(f"there is no claim {number} in the queue; see: warreader anchors")
    return _of(rows[0])
