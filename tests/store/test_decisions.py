"""Each decision, what it changes, what it refuses and what the log keeps of it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any

import pytest
from store_fakes import TEXT, Opener, article

from claims.model import Certainty, Claim, ClaimType, Quantity, Span, Stance
from store.db import Library
from store.errors import ArticleNotFound, ClaimNotFound, InvalidClaim
from store.records import ClaimRecord, Status


@pytest.fixture
def number(library: Library) -> int:
    """An article of five undecided claims."""
    return library.articles.add(article(), url="https://example.org/a").article_id


def statuses(library: Library, number: int) -> list[str]:
    return [record.status.value for record in library.claims.of(number)]


def test_accepting_and_rejecting(library: Library, number: int) -> None:
    first, second, *_ = library.claims.of(number)
    outcome = library.decisions.accept(number, first.id)
    assert outcome.words == "accepted 1 claim"
    assert outcome.batch
    (record,) = outcome.records
    assert (record.status, record.annotator) == (Status.ACCEPTED, "ann")
    assert record.decided_at is not None
    assert record.machine == first.claim
    assert library.decisions.reject(number, second.id).records[0].status is Status.REJECTED
    assert statuses(library, number) == ["accepted", "rejected", *["proposed"] * 3]
    summary = library.articles.summary(number)
    assert (summary.claims, summary.decided) == (5, 2)
    progress = library.progress()
    assert (progress.articles, progress.claims, progress.decided) == (1, 5, 2)
    assert progress.by_status == {
        "proposed": 3,
        "accepted": 1,
        "rejected": 1,
        "edited": 0,
        "added": 0,
    }


def test_several_claims_are_one_batch(library: Library, number: int) -> None:
    ids = [record.id for record in library.claims.of(number)]
    outcome = library.decisions.reject(number, *ids[:3], ids[0])
    assert outcome.claim_ids == tuple(ids[:3])
    assert outcome.words == "rejected 3 claims"
    assert {d.batch for d in library.decisions.log()} == {outcome.batch}
    undone = library.decisions.undo()
    assert undone is not None
    assert undone.words == "undone: rejected 3 claims"
    assert set(statuses(library, number)) == {"proposed"}
    assert library.decisions.undo() is None


def test_one_unknown_claim_stops_the_batch(library: Library, number: int) -> None:
    first = library.claims.of(number)[0]
    with pytest.raises(ClaimNotFound, match="no claim 'cnone'"):
        library.decisions.accept(number, first.id, "cnone")
    with pytest.raises(ClaimNotFound, match="no claim was named"):
        library.decisions.accept(number)
    with pytest.raises(ArticleNotFound):
        library.decisions.accept(99, first.id)
    assert library.decisions.log() == []
    assert library.decisions.undo() is None


def test_what_changes_nothing_is_not_logged(library: Library, number: int) -> None:
    first = library.claims.of(number)[0]
    library.decisions.accept(number, first.id)
    library.decisions.undo()
    again = library.decisions.reset(number, first.id)
    assert (again.batch, again.words) == ("", "nothing to change: set back 1 claim")
    assert library.decisions.note(number, first.id, " ").batch == ""
    assert library.decisions.redo() is not None  # what changed nothing left redo alone
    assert library.decisions.accept(number, first.id).batch == ""
    assert len(library.decisions.log()) == 3


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"type": "strike"}, {"type": ClaimType.STRIKE}),
        ({"type": ClaimType.STRIKE}, {"type": ClaimType.STRIKE}),
        (
            {"side": "third-party", "speaker": " The  UN "},
            {"side": "third-party", "speaker": "The UN"},
        ),
        ({"speaker": None, "source": (), "cue": []}, {"speaker": None, "source": (), "cue": ()}),
        (
            {"stance": "denies", "certainty": "hedged"},
            {"stance": Stance.DENIES, "certainty": Certainty.HEDGED},
        ),
        ({"content": (Span(0, 4), Span(6, 9))}, {"content": (Span(0, 4), Span(6, 9))}),
        ({"content": [[0, len(TEXT)]]}, {"content": (Span(0, len(TEXT)),)}),
        (
            {"quantities": (Quantity(Span(14, 17), 2, 2),)},
            {"quantities": (Quantity(Span(14, 17), 2, 2),)},
        ),
        ({"about": "losses"}, {"about": ClaimType.LOSSES}),
        ({"channel": ("Telegram", "state TV")}, {"channel": ("Telegram", "state TV")}),
    ],
)
def test_editing_changes_the_fields_and_accepts(
    library: Library, number: int, changes: dict[str, Any], expected: dict[str, Any]
) -> None:
    first = library.claims.of(number)[0]
    (record,) = library.decisions.edit(number, first.id, **changes).records
    assert record.status is Status.EDITED
    assert record.claim == replace(first.claim, **expected)
    assert record.machine == first.claim
    assert library.claims.get(number, first.id) == record


def test_another_type_drops_what_a_denial_was_about(library: Library, number: int) -> None:
    first = library.claims.of(number)[0].id
    library.decisions.edit(number, first, type="denial", about="policy")
    assert library.claims.get(number, first).claim.about is ClaimType.POLICY
    library.decisions.edit(number, first, type="accusation")
    assert library.claims.get(number, first).claim.about is ClaimType.POLICY
    library.decisions.edit(number, first, type="losses")
    assert library.claims.get(number, first).claim.about is None
    library.decisions.undo()
    assert library.claims.get(number, first).claim.about is ClaimType.POLICY


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": "gossip"}, "'type'"),
        ({"side": "  "}, "'side'"),
        ({"side": "x" * 201}, "'side'"),
        ({"speaker": 7}, "'speaker'"),
        ({"content": ()}, "content"),
        ({"content": [[5, 5]]}, "'content'"),
        ({"content": [[9, 12], [0, 4]]}, "'content'"),
        ({"content": [[0, len(TEXT) + 1]]}, "is not in the text"),
        ({"source": [[-1, 3]]}, "'source'"),
        ({"cue": [[0, 10_000]]}, "is not in the text"),
        ({"quantities": (Quantity(Span(0, 10_000), 1, 1),)}, "is not in the text"),
        ({"confidence": 2.0}, "'confidence'"),
        ({"id": "c1"}, "'id' cannot be edited"),
        ({"colour": "red"}, "'colour' cannot be edited"),
    ],
)
def test_an_edit_that_the_scheme_or_the_text_forbids_is_refused(
    library: Library, number: int, changes: dict[str, Any], words: str
) -> None:
    first = library.claims.of(number)[0]
    with pytest.raises(InvalidClaim, match=words):
        library.decisions.edit(number, first.id, **changes)
    assert library.claims.get(number, first.id) == first
    assert library.decisions.log() == []


def test_an_edit_back_to_the_machines_words_is_an_acceptance(library: Library, number: int) -> None:
    first = library.claims.of(number)[0]
    library.decisions.edit(number, first.id, side="third-party")
    library.decisions.edit(number, first.id, side=first.claim.side)
    assert library.claims.get(number, first.id).status is Status.ACCEPTED


def test_edits_stay_through_rejection_until_reset(library: Library, number: int) -> None:
    first = library.claims.of(number)[0]
    library.decisions.edit(number, first.id, side="third-party")
    (rejected,) = library.decisions.reject(number, first.id).records
    assert (rejected.status, rejected.claim.side) == (Status.REJECTED, "third-party")
    assert library.decisions.accept(number, first.id).records[0].status is Status.EDITED
    library.decisions.note(number, first.id, "keep this")
    (back,) = library.decisions.reset(number, first.id).records
    assert (back.status, back.claim, back.note) == (Status.PROPOSED, first.claim, "keep this")
    assert [d.action for d in library.decisions.log()] == [
        "edit",
        "reject",
        "accept",
        "note",
        "reset",
    ]


def test_a_persons_claim(library: Library, number: int) -> None:
    given = Claim(id="x", content=(Span(5, 13),), speaker="Kyiv", side="ukraine")
    outcome = library.decisions.add(number, given)
    (claim_id,) = outcome.claim_ids
    assert claim_id.startswith("h")
    assert len(claim_id) == 17
    (record,) = outcome.records
    assert record.claim == replace(given, id=claim_id)
    assert (record.status, record.machine) == (Status.ADDED, None)
    assert library.articles.summary(number).claims == 6
    assert library.progress().by_status["added"] == 1
    assert library.decisions.accept(number, claim_id).batch == ""
    assert library.decisions.edit(number, claim_id, type="denial").records[0].status is Status.ADDED
    assert library.decisions.reject(number, claim_id).records[0].status is Status.REJECTED
    assert library.decisions.reset(number, claim_id).records[0].status is Status.ADDED
    assert library.decisions.delete(number, claim_id).records == ()
    assert library.articles.summary(number).claims == 5
    while library.decisions.undo():
        pass
    with pytest.raises(ClaimNotFound):
        library.claims.get(number, claim_id)
    while library.decisions.redo():
        pass
    with pytest.raises(ClaimNotFound):
        library.claims.get(number, claim_id)
    library.decisions.undo()
    assert library.claims.get(number, claim_id).claim.type is ClaimType.DENIAL


def test_a_persons_claim_must_fit_the_text(library: Library, number: int) -> None:
    with pytest.raises(InvalidClaim, match="is not in the text"):
        library.decisions.add(number, Claim(id="x", content=(Span(0, len(TEXT) + 1),)))
    with pytest.raises(InvalidClaim):
        library.decisions.add(number, Claim(id="x", content=()))
    with pytest.raises(ArticleNotFound):
        library.decisions.add(77, Claim(id="x", content=(Span(0, 1),)))


def test_a_deleted_claim_is_hidden_and_comes_back(library: Library, number: int) -> None:
    first, second, *_ = library.claims.of(number)
    library.decisions.note(number, first.id, "gone soon")
    outcome = library.decisions.delete(number, first.id, second.id)
    assert outcome.records == ()
    assert first.id not in {record.id for record in library.claims.of(number)}
    with pytest.raises(ClaimNotFound):
        library.decisions.accept(number, first.id)
    assert not library.search.articles("gone soon")
    assert library.articles.summary(number).claims == 3
    assert library.progress().claims == 3
    library.articles.extract_again(number)  # the machine does not bring it back
    assert first.id not in {record.id for record in library.claims.of(number)}
    library.decisions.undo()
    assert library.claims.get(number, first.id).note == "gone soon"
    assert library.articles.summary(number).claims == 5


def test_notes_and_tags_are_no_verdict(library: Library, number: int) -> None:
    first = library.claims.of(number)[0]
    library.decisions.note(number, first.id, "  ask the\x1b author\n")
    library.decisions.tag(number, first.id, ("figures", " two  words ", "figures", ""))
    record = library.claims.get(number, first.id)
    assert record.note == "ask the\u241b author"
    assert record.tags == ("figures", "two words")
    assert (record.status, record.decided_at) == (Status.PROPOSED, None)
    assert library.articles.summary(number).decided == 0
    library.decisions.accept(number, first.id)
    library.decisions.note(number, first.id, "")
    assert library.claims.get(number, first.id).status is Status.ACCEPTED
    with pytest.raises(InvalidClaim):
        library.decisions.note(number, first.id, "x" * 20_001)
    with pytest.raises(InvalidClaim):
        library.decisions.tag(number, first.id, ("x" * 201,))


def test_undo_and_redo_across_articles_and_sessions(opened: Opener) -> None:
    library = opened()
    one = library.articles.add(article()).article_id
    two = library.articles.add(article("Moscow struck a port. Kyiv denied it.", "Port")).article_id
    before = library.claims.of(one), library.claims.of(two)
    library.decisions.accept(one, before[0][0].id)
    library.decisions.edit(two, before[1][0].id, type="losses")
    library.decisions.reject(one, before[0][1].id)
    after = library.claims.of(one), library.claims.of(two)
    for _ in range(2):
        library.close()
        library = opened()
        touched = []
        while outcome := library.decisions.undo():
            touched.append(outcome.article_id)
        assert touched == [one, two, one]
        assert (library.claims.of(one), library.claims.of(two)) == before
        library.close()
        library = opened()
        while library.decisions.redo():
            pass
        assert (library.claims.of(one), library.claims.of(two)) == after
    assert len(library.decisions.log()) == 3 + 4 * 3


def test_a_new_decision_empties_redo(library: Library, number: int) -> None:
    first, second, *_ = library.claims.of(number)
    library.decisions.accept(number, first.id)
    library.decisions.undo()
    library.decisions.accept(number, second.id)
    assert library.decisions.redo() is None
    assert library.decisions.undo() is not None
    assert library.decisions.undo() is None


def test_each_annotator_has_their_own_state_and_history(opened: Opener) -> None:
    ann = opened()
    number = ann.articles.add(article()).article_id
    first = ann.claims.of(number)[0]
    ann.decisions.accept(number, first.id)
    ann.decisions.note(number, first.id, "mine")
    ann.close()
    bea = opened(annotator="bea")
    assert bea.claims.get(number, first.id) == first
    assert bea.decisions.undo() is None
    assert bea.progress().decided == 0
    assert not bea.search.articles("mine")
    bea.decisions.reject(number, first.id)
    assert {d.annotator for d in bea.decisions.log(number)} == {"ann", "bea"}
    bea.close()
    ann = opened()
    assert ann.claims.get(number, first.id).status is Status.ACCEPTED
    assert ann.decisions.undo() is not None
    assert ann.claims.get(number, first.id).note == ""


def test_the_log_keeps_the_whole_claim_before_and_after(library: Library, number: int) -> None:
    first = library.claims.of(number)[0]
    outcome = library.decisions.edit(number, first.id, side="third-party")
    library.decisions.undo()
    edit, undo = library.decisions.log(number, first.id)
    assert (edit.action, edit.annotator, edit.batch) == ("edit", "ann", outcome.batch)
    assert edit.before == first
    assert edit.after == outcome.records[0]
    assert (undo.action, undo.target) == ("undo", outcome.batch)
    assert (undo.before, undo.after) == (edit.after, edit.before)
    assert library.decisions.log(after=edit.id) == [undo]
    assert library.decisions.log(limit=1) == [edit]
    assert len({entry.uid for entry in (edit, undo)}) == 2
    stored = json.loads(library.row("SELECT after FROM decision WHERE id = ?", (edit.id,))[0])
    assert stored["claim"] == replace(first.claim, side="third-party").to_json()


@pytest.mark.parametrize("table", ["decision", "text_version"])
def test_the_database_itself_refuses_to_change_the_past(
    library: Library, number: int, table: str
) -> None:
    library.decisions.accept(number, library.claims.of(number)[0].id)
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1"):
        with (
            pytest.raises(sqlite3.IntegrityError, match="never changed or removed"),
            library.transaction() as connection,
        ):
            connection.execute(change)
    assert library.row(f"SELECT count(*) FROM {table}")[0] == 1


def test_undo_reaches_an_older_text(library: Library, number: int) -> None:
    first: ClaimRecord = library.claims.of(number)[0]
    library.decisions.accept(number, first.id)
    library.articles.add(article("Moscow struck."), url="https://example.org/a")
    outcome = library.decisions.undo()
    assert outcome is not None
    assert outcome.records == ()  # the claim is not in the current text
    library.articles.add(article(), url="https://example.org/a")
    assert library.claims.get(number, first.id) == first
