"""Random decisions, undo, redo, reopening and re-extraction, compared with a plain model."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from store_fakes import article, extract, kept_counts_hold

from claims.model import Article, Claim, ClaimType, Extraction, Span
from store import index
from store.db import Library
from store.records import ClaimFilter, ClaimRecord, Status
from store.state import rebuild_state

TEXTS = {
    "river": "Kyiv advanced near the river. Moscow denied it. Kyiv killed 40.",
    "port": "Moscow struck a port. The weather was fine.",
}
SIDES = ("ukraine", "russia", "third-party")
STATE = (
    "SELECT * FROM claim_state ORDER BY decision_id",
    "SELECT * FROM tally ORDER BY annotator, article_id",
    "SELECT * FROM history ORDER BY batch",
    "SELECT rowid, * FROM note_fts ORDER BY rowid",
)

Key = tuple[str, str]
"""An article's name and a claim's id."""


class Model:
    """What one annotator should see: the machine's claims and a state for each touched claim.

    A state is (status, claim, note, tags, machine), or None for a claim that was deleted or is
    gone; a key without a state shows the machine's claim, if there is one.
    """

    def __init__(self) -> None:
        self.states: dict[Key, ClaimRecord | None] = {}
        self.done: list[dict[Key, tuple[object, object]]] = []
        self.undone: list[dict[Key, tuple[object, object]]] = []


_UNTOUCHED = "untouched"


class Decide(RuleBasedStateMachine):
    """Two annotators take turns on two articles in one library."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "library.db"
        self.cut = 0
        self.me = "ann"
        self.models = {"ann": Model(), "bea": Model()}
        self.library = self._open()
        self.ids = {
            name: self.library.articles.add(article(text, name)).article_id
            for name, text in TEXTS.items()
        }

    def _open(self) -> Library:
        return Library.open(self.path, annotator=self.me, seed=False, extractor=self._extract)

    def _extract(self, given: Article, profile: str | None) -> Extraction:
        """Leaves out the first `cut` claims, and gives the others another confidence."""
        found = extract(given, profile)
        kept = found.claims[self.cut :]
        return replace(
            found, claims=tuple(replace(claim, confidence=1 / (1 + self.cut)) for claim in kept)
        )

    def teardown(self) -> None:
        kept_counts_hold(self.library)
        self.library.close()
        self.folder.cleanup()

    # The model's view.

    @property
    def model(self) -> Model:
        return self.models[self.me]

    def machine(self, name: str) -> dict[str, Claim]:
        return {c.id: c for c in self._extract(article(TEXTS[name]), None).claims}

    def seen(self, name: str) -> dict[str, ClaimRecord]:
        """What the annotator should see of an article."""
        proposed = self.machine(name)
        number = self.ids[name]
        out = {
            claim_id: ClaimRecord(number, claim, machine=claim)
            for claim_id, claim in proposed.items()
        }
        for (where, claim_id), state in self.model.states.items():
            if where != name:
                continue
            if state is None:
                out.pop(claim_id, None)
            elif state.status is Status.PROPOSED and claim_id in proposed:
                claim = proposed[claim_id]
                out[claim_id] = replace(state, claim=claim, machine=claim)
            else:
                out[claim_id] = state
        return out

    def commit(self, name: str, after: dict[str, ClaimRecord | None]) -> None:
        """Note a new batch in the model."""
        before = self.seen(name)
        batch: dict[Key, tuple[object, object]] = {}
        for claim_id, record in after.items():
            if record != before.get(claim_id):
                batch[name, claim_id] = (before.get(claim_id, None), record)
        if batch:
            self._apply({key: there for key, (_, there) in batch.items()})
            self.model.done.append(batch)
            self.model.undone.clear()

    def _apply(self, states: dict[Key, object]) -> None:
        for key, state in states.items():
            self.model.states.pop(key, None)
            if state is None:
                if not key[1].startswith("h"):
                    self.model.states[key] = None
                continue
            assert isinstance(state, ClaimRecord)
            if state.status is not Status.PROPOSED or state.note or state.tags:
                self.model.states[key] = state

    def pick(self, data: st.DataObject, most: int = 1) -> tuple[str, list[ClaimRecord]]:
        name = data.draw(st.sampled_from(sorted(TEXTS)))
        seen = sorted(self.seen(name).values(), key=lambda r: (r.claim.start, r.id))
        if not seen:
            return name, []
        chosen = data.draw(
            st.lists(st.sampled_from(seen), min_size=1, max_size=most, unique_by=lambda r: r.id)
        )
        return name, chosen

    # Rules.

    @initialize()
    def untouched(self) -> None:
        self.start = {name: self.library.claims.of(number) for name, number in self.ids.items()}

    @rule(data=st.data(), verdict=st.sampled_from(["accept", "reject"]))
    def judge(self, data: st.DataObject, verdict: str) -> None:
        name, chosen = self.pick(data, 3)
        if not chosen:
            return
        outcome = getattr(self.library.decisions, verdict)(
            self.ids[name], *(record.id for record in chosen)
        )
        after: dict[str, ClaimRecord | None] = {}
        for record in chosen:
            if verdict == "reject":
                status = Status.REJECTED
            elif record.machine is None:
                status = Status.ADDED
            else:
                same = record.claim == record.machine
                status = Status.ACCEPTED if same else Status.EDITED
            after[record.id] = replace(record, status=status)
        changed = {record.id for record in chosen if after[record.id] != record}
        self.commit(name, after)
        assert bool(outcome.batch) == bool(changed)
        assert {r.id for r in outcome.records} == (changed or {r.id for r in chosen})

    @rule(data=st.data(), side=st.sampled_from(SIDES), kind=st.sampled_from(ClaimType))
    def edit(self, data: st.DataObject, side: str, kind: ClaimType) -> None:
        name, chosen = self.pick(data)
        for record in chosen:
            end = data.draw(st.integers(1, len(TEXTS[name])))
            start = data.draw(st.integers(0, end - 1))
            changes = {"side": side, "type": kind, "content": (Span(start, end),)}
            self.library.decisions.edit(self.ids[name], record.id, **changes)
            claim = replace(record.claim, **changes)  # type: ignore[arg-type]
            if record.machine is None:
                status = Status.ADDED
            else:
                status = Status.ACCEPTED if claim == record.machine else Status.EDITED
            self.commit(name, {record.id: replace(record, claim=claim, status=status)})

    @rule(data=st.data())
    def reset(self, data: st.DataObject) -> None:
        name, chosen = self.pick(data, 2)
        if not chosen:
            return
        self.library.decisions.reset(self.ids[name], *(record.id for record in chosen))
        proposed = self.machine(name)
        after: dict[str, ClaimRecord | None] = {}
        for record in chosen:
            if record.machine is None:
                after[record.id] = replace(record, status=Status.ADDED)
            else:
                claim = proposed.get(record.id, record.machine)
                after[record.id] = replace(
                    record, claim=claim, machine=claim, status=Status.PROPOSED
                )
        self.commit(name, after)

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name, chosen = self.pick(data, 2)
        if chosen:
            self.library.decisions.delete(self.ids[name], *(record.id for record in chosen))
            self.commit(name, {record.id: None for record in chosen})

    @rule(data=st.data())
    def add(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(TEXTS)))
        end = data.draw(st.integers(1, len(TEXTS[name])))
        claim = Claim(id="new", content=(Span(0, end),), speaker="Kyiv", side="ukraine")
        (claim_id,) = self.library.decisions.add(self.ids[name], claim).claim_ids
        record = ClaimRecord(self.ids[name], replace(claim, id=claim_id), Status.ADDED)
        self.commit(name, {claim_id: record})

    @rule(data=st.data(), note=st.sampled_from(["", "see the map", "doubtful \u201cfigure\u201d"]))
    def note(self, data: st.DataObject, note: str) -> None:
        name, chosen = self.pick(data)
        for record in chosen:
            self.library.decisions.note(self.ids[name], record.id, note)
            self.commit(name, {record.id: replace(record, note=note)})

    @rule(data=st.data(), tags=st.sets(st.sampled_from(["figures", "map"])).map(sorted))
    def tag(self, data: st.DataObject, tags: list[str]) -> None:
        name, chosen = self.pick(data)
        for record in chosen:
            self.library.decisions.tag(self.ids[name], record.id, tuple(tags))
            self.commit(name, {record.id: replace(record, tags=tuple(tags))})

    @rule()
    def undo(self) -> None:
        outcome = self.library.decisions.undo()
        assert (outcome is None) == (not self.model.done)
        if self.model.done:
            batch = self.model.done.pop()
            self._apply({key: before for key, (before, _) in batch.items()})
            self.model.undone.append(batch)

    @rule()
    def redo(self) -> None:
        outcome = self.library.decisions.redo()
        assert (outcome is None) == (not self.model.undone)
        if self.model.undone:
            batch = self.model.undone.pop()
            self._apply({key: after for key, (_, after) in batch.items()})
            self.model.done.append(batch)

    @rule(other=st.booleans())
    def reopen(self, other: bool) -> None:
        self.library.close()
        if other:
            self.me = "bea" if self.me == "ann" else "ann"
        self.library = self._open()

    @rule(cut=st.integers(0, 2))
    def extract_again(self, cut: int) -> None:
        """The model has one rule for both articles, so both are read again."""
        self.cut = cut
        for number in self.ids.values():
            self.library.articles.extract_again(number)

    @rule()
    def rebuild(self) -> None:
        kept = [self.library.rows(sql) for sql in STATE]
        rebuild_state(self.library)
        assert [self.library.rows(sql) for sql in STATE] == kept

    @precondition(lambda self: self.model.done)
    @rule()
    def undo_everything(self) -> None:
        while self.library.decisions.undo() is not None:
            batch = self.model.done.pop()
            self._apply({key: before for key, (before, _) in batch.items()})
            self.model.undone.append(batch)
        if self.cut == 0:
            now = {name: self.library.claims.of(number) for name, number in self.ids.items()}
            assert now == self.start

    # Invariants.

    @invariant()
    def the_claims_are_the_models(self) -> None:
        for name, number in self.ids.items():
            plain = [_plain(record) for record in self.library.claims.of(number)]
            assert plain == sorted(
                (_plain(record) for record in self.seen(name).values()),
                key=lambda record: (record.claim.start, record.id),
            )

    @invariant()
    def the_counts_are_the_claims(self) -> None:
        library = self.library
        everything = []
        for number in self.ids.values():
            records = library.claims.of(number)
            everything += records
            summary = library.articles.summary(number)
            assert summary.claims == len(records)
            assert summary.decided == sum(record.status.decided for record in records)
            for counts, field in ((summary.types, "type"), (summary.sides, "side")):
                assert counts == {
                    value: sum(getattr(r.claim, field) == value for r in records)
                    for value in {getattr(r.claim, field) for r in records}
                }
        progress = library.progress()
        assert progress.claims == len(everything)
        for status in Status:
            same = [record for record in everything if record.status is status]
            assert progress.by_status[status] == len(same)
            assert library.claims.count(ClaimFilter(statuses=(status,))) == len(same)
        for side in SIDES:
            where = ClaimFilter(sides=(side,), types=("territory", "denial"))
            fits = [
                r
                for r in everything
                if r.claim.side == side and r.claim.type in ("territory", "denial")
            ]
            assert library.claims.count(where) == len(fits)
            assert library.claims.query(where) == fits
        speakers = [record.claim.speaker for record in everything if record.claim.speaker]
        assert dict(library.claims.speakers()) == {
            name: speakers.count(name) for name in set(speakers)
        }

    @invariant()
    def the_file_is_whole(self) -> None:
        library = self.library
        with library.transaction() as connection:
            index.check(connection)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for text, start, end, quote, content in library.rows(
            'SELECT v.text, s.start, s."end", s.quote,'
            " json_extract(s.body, '$.content')"
            " FROM claim_state s JOIN text_version v ON v.sha256 = s.text_sha256"
            ' UNION ALL SELECT v.text, c.start, c."end", c.quote,'
            " json_extract(c.body, '$.content')"
            " FROM claim c JOIN article a ON a.id = c.article_id"
            " JOIN text_version v ON v.id = a.version_id"
        ):
            assert content == f"[[{start},{end}]]"
            assert text[start:end] == quote


def _plain(record: ClaimRecord) -> ClaimRecord:
    """Without who and when, which the model does not know."""
    return replace(record, annotator=None, decided_at=None)


TestDecide = Decide.TestCase
TestDecide.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
