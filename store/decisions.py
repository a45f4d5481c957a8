"""What a person decides about claims: an append-only log, with undo and redo without a limit."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from claims.model import HAVE_ABOUT, AnyType, Claim, OwnType
from store import turning
from store.batch import Batch, Change, Report, reporting
from store.entries import COLUMNS, entry
from store.errors import ClaimNotFound, InvalidClaim, readable
from store.outcomes import PAST, ManyAction, Outcome, Version, some_claims, told
from store.records import ClaimRecord, Decision, Link, Status, Verdict
from store.verdicts import (
    Changing,
    accepted,
    checked_claim,
    clean_note,
    clean_tags,
    noting,
    plain,
    rejected,
    tagging,
)

if TYPE_CHECKING:
    from store.db import Library

_EDITABLE = tuple(f.name for f in fields(Claim) if f.name != "id")


class Decisions:
    """The decisions of the library's annotator."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.blind = False
        """Whether outlet, byline and sides are hidden from who decides; the log says so."""
        self._texts: dict[str, str] = {}
        """The text decided on last, by its hash: reading a long one takes longer than deciding."""

    def accept(self, article_id: int, *claim_ids: str) -> Outcome:
        """Take the claims as they stand. Raises `ClaimNotFound`."""
        return self._each(_places(article_id, claim_ids), "accept", accepted)

    def reject(self, article_id: int, *claim_ids: str) -> Outcome:
        """Refuse the claims; they stay visible as rejected. Raises `ClaimNotFound`."""
        return self._each(_places(article_id, claim_ids), "reject", rejected)

    def reset(self, article_id: int, *claim_ids: str) -> Outcome:
        """Back to what the machine proposes, notes and tags kept. Raises `ClaimNotFound`.

        A person's own claim is no longer rejected. A claim that no machine proposes any more is
        gone, unless it has a note or a tag.
        """

        return self._each(_places(article_id, claim_ids), "reset", self._back)

    def edit(self, article_id: int, claim_id: str, **changes: Any) -> Outcome:
        """Change fields of a claim, which also accepts it.

        Where every field has its value already, the claim is only accepted, and the log says so.
        Values are those of `Claim`, or their plain JSON forms. Raises `ClaimNotFound`, and
        `InvalidClaim` that names the field when a value is not allowed or a span is not in the
        text.
        """
        change = self._editing(changes)
        before = self._library.claims.get(article_id, claim_id)
        after = change(before)
        same = after is not None and after.claim == before.claim
        action = "accept" if same else "edit"
        return self._each(((article_id, claim_id),), action, change)

    def add(self, article_id: int, claim: Claim) -> Outcome:
        """Add a person's claim; its id is given here and stands in `Outcome.claim_ids`.

        Raises `InvalidClaim`, `ArticleNotFound`.
        """
        data = {**claim.to_json(), "id": "h" + secrets.token_hex(8)}

        def change() -> Iterable[Change]:
            made = self._checked(article_id, data)
            self._check_type(made.type)
            record = ClaimRecord(article_id, made, Status.ADDED)
            yield Change(article_id, self._sha(article_id), made.id, None, record)

        return self._take("add", article_id, change)

    def adopt(self, versions: Sequence[Version], report: Report | None = None) -> Outcome:
        """Take claims over as others have them, or refuse them, as one batch.

        A claim keeps the id that it has for them, so that it stays the same claim for all; notes
        and tags of one's own stay. Raises `ClaimNotFound` without versions, `InvalidClaim`.
        """
        if not versions:
            raise ClaimNotFound("no claim was named to adjudicate")
        tell = reporting(report, len(versions))

        def changes() -> Iterator[Change]:
            for number, (article_id, given, keep) in enumerate(versions, 1):
                claim = self._checked(article_id, given.to_json())
                before = self._library.claims.find(article_id, claim.id)
                base = before or self._library.claims.proposed(article_id, claim.id)
                base = base or ClaimRecord(article_id, claim)
                after = accepted(replace(base, claim=claim)) if keep else rejected(base)
                yield Change(article_id, self._sha(article_id), claim.id, before, after)
                tell(number)

        places = tuple((version.article_id, version.claim.id) for version in versions)
        return self._take("adopt", places[0][0], changes, places)

    def delete(self, article_id: int, *claim_ids: str) -> Outcome:
        """Hide the claims; the log keeps them and undo brings them back."""
        return self._each(_places(article_id, claim_ids), "delete", lambda record: None)

    def note(self, article_id: int, claim_id: str, text: str) -> Outcome:
        """Put a note on a claim, or remove it with an empty text; no verdict."""
        text = clean_note(text)
        return self._each(
            ((article_id, claim_id),), "note", lambda record: replace(record, note=text)
        )

    def tag(self, article_id: int, claim_id: str, tags: tuple[str, ...]) -> Outcome:
        """Give a claim these tags in the place of its others; no verdict."""
        clean = clean_tags(tags)
        return self._each(
            ((article_id, claim_id),), "tag", lambda record: replace(record, tags=clean)
        )

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
        note = clean_note(note)
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

        return self._each(((article_id, claim_id),), "link", linked)

    def many(
        self,
        action: ManyAction,
        claims: Iterable[tuple[int, str]],
        *,
        changes: Mapping[str, Any] | None = None,
        note: str = "",
        tags: tuple[str, ...] = (),
        report: Report | None = None,
    ) -> Outcome:
        """Do one thing to many claims, given by article and id, of any number of articles.

        All of it is one batch in the log: it is on disk as a whole or not at all, and one undo
        takes it back. `edit` makes the `changes` of `edit`; `note` writes a note, below one that
        is there; `tag` adds the tags to those of each claim and `untag` takes them away. What
        `report` raises stops it, and nothing was done. Raises what the single actions raise.
        """
        places = tuple(claims)
        if action == "edit":
            change = self._editing(changes or {})
        elif action == "note":
            change = noting(clean_note(note))
        elif action in ("tag", "untag"):
            change = tagging(clean_tags(tags), add=action == "tag")
        else:
            change = {
                "accept": accepted,
                "reject": rejected,
                "reset": self._back,
                "delete": lambda record: None,
            }[action]
        return self._each(places, action, change, report)

    def undo(self, report: Report | None = None) -> Outcome | None:
        """Take the annotator's last batch back, in whatever articles; None when there is none."""
        return self._turn("undo", "done", "DESC", report)

    def redo(self, report: Report | None = None) -> Outcome | None:
        """Do again what was undone last; None when there is nothing, or something new was done."""
        return self._turn("redo", "undone", "ASC", report)

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
        sql = f"SELECT {COLUMNS} FROM decision WHERE id > ?"
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
            return entry(row)

    def _each(
        self,
        places: Sequence[tuple[int, str]],
        action: str,
        change: Changing,
        report: Report | None = None,
    ) -> Outcome:
        wanted = tuple(dict.fromkeys(places))
        if not wanted:
            raise ClaimNotFound(f"no claim was named to {action}")
        tell = reporting(report, len(wanted))

        def changes() -> Iterator[Change]:
            sha, last = "", None
            for number, (article_id, claim_id) in enumerate(wanted, 1):
                if article_id != last:
                    sha, last = self._sha(article_id), article_id
                before = self._library.claims.get(article_id, claim_id)
                yield Change(article_id, sha, claim_id, before, change(before))
                tell(number)

        return self._take(action, wanted[0][0], changes, wanted)

    def _take(
        self,
        action: str,
        article_id: int,
        changes: Callable[[], Iterable[Change]],
        wanted: Sequence[tuple[int, str]] = (),
    ) -> Outcome:
        """Log what changes as one batch; what a claim is before is read within the transaction."""
        with self._library.transaction() as connection:
            batch = Batch(
                connection,
                self._library.annotator,
                action,
                texts=self._texts,
                blind=self.blind,
            )
            for change in changes():
                if change.real:
                    batch.add(replace(change, after=batch.signed(change.after)))
            batch.finish()
        self._texts = batch.texts
        if batch.places:
            return self._outcome(batch, action, batch.places, told(action, batch.places))
        ids = tuple(claim_id for number, claim_id in wanted if number == article_id)
        words = f"nothing to change: {PAST[action]} {some_claims(len(wanted))}"
        return Outcome("", action, article_id, ids, self._now(article_id, ids), words)

    def _outcome(
        self, batch: Batch, action: str, places: Sequence[tuple[int, str]], words: str
    ) -> Outcome:
        articles = tuple(dict.fromkeys(article_id for article_id, _ in places))
        ids = tuple(claim_id for article_id, claim_id in places if article_id == articles[0])
        now = self._now(articles[0], ids)
        return Outcome(batch.name, action, articles[0], ids, now, words, articles, len(places))

    def _turn(self, action: str, found: str, order: str, report: Report | None) -> Outcome | None:
        back = action == "undo"
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
            lines = connection.execute(
                "SELECT id FROM decision WHERE batch = ? ORDER BY id", (target,)
            ).fetchall()
            batch = Batch(connection, me, action, target, texts=self._texts)
            tell = reporting(report, len(lines))
            for number, line in enumerate(reversed(lines) if back else lines, 1):
                was = self._read(
                    connection.execute(
                        f"SELECT {COLUMNS} FROM decision WHERE id = ?", line
                    ).fetchone()
                )
                turn = turning.undone if back else turning.redone
                with readable(self._library.path, f"decision {line[0]}"):
                    batch.add(turn(was, turning.course(connection, was, self._read)))
                tell(number)
            batch.finish()
        self._texts = batch.texts
        places = batch.places[::-1] if back else batch.places
        words = f"{'undone' if back else 'redone'}: {told(was.action, places)}"
        return self._outcome(batch, action, places, words)

    def _back(self, record: ClaimRecord) -> ClaimRecord:
        """The claim as the machine proposes it."""
        if record.machine is None:
            return accepted(record)
        found = self._library.claims.proposed(record.article_id, record.id)
        claim = record.machine if found is None else found.claim
        return replace(record, claim=claim, machine=claim, status=Status.PROPOSED)

    def _editing(self, changes: Mapping[str, Any]) -> Changing:
        for name in changes:
            if name not in _EDITABLE:
                raise InvalidClaim(
                    f"a claim's {name!r} cannot be edited; the fields are {', '.join(_EDITABLE)}"
                )
        simple = {name: plain(value) for name, value in changes.items()}

        def edited(record: ClaimRecord) -> ClaimRecord:
            data = {**record.claim.to_json(), **simple}
            if "type" in simple and "about" not in simple and data["type"] not in HAVE_ABOUT:
                data["about"] = None
            claim = self._checked(record.article_id, data)
            if claim.type != record.claim.type:
                self._check_type(claim.type)
            return accepted(replace(record, claim=claim))

        return edited

    def _now(self, article_id: int, claim_ids: Sequence[str]) -> tuple[ClaimRecord, ...]:
        found = (self._library.claims.find(article_id, claim_id) for claim_id in claim_ids)
        return tuple(record for record in found if record is not None)

    def _sha(self, article_id: int) -> str:
        return self._library.articles.text_hash(article_id)

    def _check_type(self, given: AnyType) -> None:
        """A type that is given now is one of the scheme or of the codebook."""
        codebook = self._library.codebook if isinstance(given, OwnType) else None
        if codebook is not None and given not in codebook:
            raise InvalidClaim(
                f"claim field 'type': {given.value!r} is in no codebook of this library; its types"
                f" are {', '.join(codebook.types)}"
            )

    def _checked(self, article_id: int, data: dict[str, Any]) -> Claim:
        return checked_claim(data, self._library.articles.length(article_id))


def _places(article_id: int, claim_ids: Iterable[str]) -> tuple[tuple[int, str], ...]:
    return tuple((article_id, claim_id) for claim_id in claim_ids)
