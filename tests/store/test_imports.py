"""Import: an export read back gives the same annotations, once, and nothing is half taken."""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from export_fakes import HOSTILE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_fakes import TEXT, article, extract

from claims.model import Claim, Span
from claims.text import canonical
from store import imports, joining
from store.db import Library
from store.errors import StorageFailed
from store.exports import export
from store.records import ClaimFilter, ClaimRecord
from store.state import rebuild_state

Other = Callable[..., Library]
_numbers = count()


@contextmanager
def opened_at(path: Path, annotator: str = "ann") -> Iterator[Library]:
    with Library.open(path, annotator=annotator, seed=False, extractor=extract) as library:
        yield library


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """A library on another machine, empty."""
    with opened_at(tmp_path / "other" / "library.db") as library:
        yield library


def exported(library: Library, **options: Any) -> str:
    return b"".join(export(library, "jsonl", **options)).decode("utf-8")


def taken(library: Library, lines: str) -> list[imports.Imported]:
    """Read the lines as a file."""
    path = library.path.with_name(f"in{next(_numbers)}.jsonl")
    path.write_text(lines, encoding="utf-8")
    return list(imports.read_file(library, str(path)))


def refused(library: Library, record: dict[str, Any]) -> str:
    before = dump(library)
    (result,) = taken(library, json.dumps(record))
    assert result.refusal is not None
    assert result.where.endswith(".jsonl, line 1")
    assert dump(library) == before
    return result.refusal


def dump(library: Library) -> list[str]:
    """Everything in the library that an import could touch."""
    return [
        repr(library.rows(f"SELECT * FROM {table}"))
        for table in ("article", "text_version", "claim", "decision", "claim_state", "history")
    ]


def annotated(library: Library) -> int:
    """An article on which everything that a person can do was done."""
    number = library.articles.add(
        article(date="2024-08-14", outlet="Lantern", byline="A. B."), url="https://example.org/a"
    ).article_id
    ids = [record.id for record in library.claims.of(number)]
    decide = library.decisions
    decide.accept(number, ids[0])
    decide.reject(number, ids[1])
    decide.edit(number, ids[2], type="strike", content=[[45, 50], [52, 60]])
    decide.note(number, ids[2], "a note\r\nwith lines 😀")
    decide.tag(number, ids[0], ("one", "two"))
    decide.delete(number, ids[3])
    decide.add(number, Claim(id="x", content=(Span(0, 4),), side="russia", speaker="Моск"))
    decide.accept(number, ids[4])
    decide.undo()
    return number


def seen(library: Library) -> list[tuple[str, list[ClaimRecord]]]:
    """The articles with their claims as the annotator sees them, without local numbers."""
    return [
        (
            library.articles.get(summary.id).text,
            [replace(record, article_id=0) for record in library.claims.of(summary.id)],
        )
        for summary in library.articles.page()
    ]


def test_the_same_annotations_and_twice_changes_nothing(library: Library, other: Library) -> None:
    annotated(library)
    library.articles.add(article("Moscow struck a bridge.", title="Bridge"))
    text = exported(library)
    assert [(r.outcome, r.decisions) for r in taken(other, text)] == [("added", 9), ("added", 0)]
    assert seen(other) == seen(library)
    assert exported(other) == text
    first = other.articles.page()[0]
    assert (first.outlet, first.byline, first.date, first.url) == (
        "Lantern",
        "A. B.",
        "2024-08-14",
        "https://example.org/a",
    )
    before = dump(other)
    assert [(r.outcome, r.decisions) for r in taken(other, text)] == [("known", 0), ("known", 0)]
    assert dump(other) == before


def test_stars_and_tags_come_along_and_what_is_here_stays(library: Library, other: Library) -> None:
    number = library.articles.add(article(TEXT)).article_id
    library.marks.star(number, True)
    library.marks.tag(number, ["check", "toll"])
    lines = exported(library)
    for _ in range(2):
        (result,) = taken(other, lines)
        summary = other.articles.summary(result.article_id)
        assert summary.starred and summary.tags == ("check", "toll")
    library.marks.tag(number, ["mine"])
    library.marks.star(number, False)
    taken(library, lines)
    summary = library.articles.summary(number)
    assert summary.starred and set(summary.tags) == {"check", "toll", "mine"}
    record = json.loads(lines)
    assert "tags" in refused(other, {**record, "marks": {"tags": "check"}})
    assert "tags of the article" in refused(other, {**record, "marks": {"tags": ["x" * 999]}})
    assert "annotator" in refused(other, {**record, "annotator": 7})


def test_the_state_is_what_the_log_says(library: Library, other: Library) -> None:
    annotated(library)
    taken(other, exported(library))
    before = dump(other), seen(other)
    rebuild_state(other)
    assert (dump(other), seen(other)) == before


def test_undo_goes_on_where_it_was(library: Library, other: Library) -> None:
    number = annotated(library)
    taken(other, exported(library))
    for one in (library, other):
        outcome = one.decisions.redo()
        assert outcome is not None and outcome.action == "redo"
        while one.decisions.undo() is not None:
            pass
    assert seen(other) == seen(library)
    assert not any(record.status.decided for record in library.claims.of(number))


def test_another_annotator_keeps_their_own(library: Library, other: Library) -> None:
    annotated(library)
    path = other.path
    other.close()
    with opened_at(path, "bob") as bobs:
        taken(bobs, exported(library))
        assert not any(r.status.decided for r in bobs.claims.of(1))
    with opened_at(path, "ann") as anns:
        assert seen(anns) == seen(library)


def test_the_later_decision_holds_on_both_sides(library: Library, other: Library) -> None:
    for one in (library, other):
        one.articles.add(article())
    claim = library.claims.of(1)[0].id
    other.decisions.accept(1, claim)
    time.sleep(0.002)  # the log has milliseconds
    library.decisions.reject(1, claim)
    earlier, later = exported(other), exported(library)
    (warned,) = taken(library, earlier)
    assert warned.warnings == (
        "claims decided otherwise here by the same person: 1; the later decision holds, 1 of this"
        " library and 0 of the file",
    )
    taken(other, later)
    assert library.claims.get(1, claim).status == "rejected"
    assert other.claims.get(1, claim).status == "rejected"
    taken(library, exported(other))
    taken(other, exported(library))
    for one in (library, other):
        before = seen(one)
        rebuild_state(one)
        assert seen(one) == before
        assert one.claims.get(1, claim).status == "rejected"
        (result,) = taken(one, earlier)
        assert result.decisions == 0


def test_a_part_of_the_claims_comes_with_its_own_history(library: Library, other: Library) -> None:
    annotated(library)
    taken(other, exported(library, where=ClaimFilter(statuses=("accepted",))))
    decided = [r for r in other.claims.of(1) if r.status.decided]
    assert [r.status.value for r in decided] == ["accepted"]
    taken(other, exported(library))
    assert seen(other) == seen(library)


def test_without_text_the_article_must_be_there(library: Library, other: Library) -> None:
    from store.exports.model import Options

    annotated(library)
    text = exported(library, options=Options(text=False))
    (result,) = taken(other, text)
    assert result.refusal is not None and "add the article first" in result.refusal
    other.articles.add(article())
    (result,) = taken(other, text)
    assert (result.outcome, result.decisions) == ("known", 9)


def test_decisions_on_an_older_text_come_with_it(library: Library, other: Library) -> None:
    annotated(library)
    library.articles.add(article(TEXT + " More."), url="https://example.org/a")
    taken(other, exported(library))
    assert seen(other) == seen(library)
    assert set(other.articles.texts(1)) == set(library.articles.texts(1))
    other.articles.add(article(), url="https://example.org/a")
    library.articles.add(article(), url="https://example.org/a")
    assert seen(other) == seen(library)
    assert any(record.status.decided for record in other.claims.of(1))


def test_another_text_at_the_same_address_is_not_replaced(library: Library, other: Library) -> None:
    annotated(library)
    other.articles.add(article("Kyiv advanced."), url="https://example.org/a")
    (result,) = taken(other, exported(library))
    assert result.outcome == "added" and "same address" in result.warnings[0]
    assert other.articles.get(1).text == "Kyiv advanced."
    assert other.articles.get(2).text == library.articles.get(1).text
    assert taken(other, exported(library))[0].outcome == "known"


def record_of(library: Library) -> dict[str, Any]:
    annotated(library)
    loaded: dict[str, Any] = json.loads(exported(library))
    return loaded


def test_a_span_that_does_not_fit_is_named_and_nothing_is_stored(
    library: Library, other: Library
) -> None:
    record = record_of(library)
    claim = record["claims"][1]
    claim["content"][0][0] += 1
    message = refused(other, record)
    assert claim["id"] in message and "but the file says" in message


def test_a_span_of_a_decision_is_checked_too(library: Library, other: Library) -> None:
    record = record_of(library)
    entry = record["decisions"][2]
    entry["after"]["quotes"]["content"][0] = "other"
    message = refused(other, record)
    assert entry["claim_id"] in message and entry["uid"] in message


def test_utf16_offsets_are_recognised_and_refused(library: Library, other: Library) -> None:
    library.articles.add(article("😀 Kyiv advanced. Moscow denied it."))
    record = json.loads(exported(library))
    claim = record["claims"][1]
    claim["content"] = [[start + 1, end + 1] for start, end in claim["content"]]
    claim["source"] = [[start + 1, end + 1] for start, end in claim["source"]]
    record["text"] += "  "
    record["text_sha256"] = hashlib.sha256(record["text"].encode()).hexdigest()
    assert "the offsets fit in UTF-16 units" in refused(other, record)


def changed(record: dict[str, Any], *path: Any, value: Any) -> dict[str, Any]:
    record = json.loads(json.dumps(record))
    inner = record
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return record


BAD: list[tuple[tuple[Any, ...], Any, str]] = [
    (("format",), "x", "not from a warreader export"),
    (("version",), 2, "newer warreader"),
    (("version",), True, "version"),
    (("text_sha256",), "x", "text_sha256"),
    (("text",), "another text", "was changed"),
    (("text",), 1, "no text"),
    (("article",), None, "article"),
    (("article", "title"), 1, '"title" must be text'),
    (("article", "title"), "a\x1b[2J", "holds characters"),
    (("claims",), {}, '"claims" must be a list'),
    (("claims", 0, "type"), "nonsense", "type"),
    (("claims", 0, "content"), [[0, 10**9]], "not in the text"),
    (("claims", 0, "content"), [[5, 1]], "content"),
    (("claims", 0, "quotes"), None, "quotes"),
    (("claims", 0, "quotes", "content"), [], "one quote for each"),
    (("decisions",), [1], '"decisions" must be a list'),
    (("decisions", 0, "uid"), "", "plain names"),
    (("decisions", 0, "uid"), ["x"], "plain names"),
    (("decisions", 0, "at"), "yesterday", "ISO time"),
    (("decisions", 0, "action"), "DROP TABLE", "action"),
    (("decisions", 0, "annotator"), " ", "annotator"),
    (("decisions", 0, "target"), 5, "target"),
    (("decisions", 0, "text_sha256"), "0" * 64, "neither in the file nor"),
    (("decisions", 0, "claim_id"), "c1", "another claim"),
    (("decisions", 0, "after"), None, "changes nothing"),
    (("decisions", 0, "after", "note"), 1, "note and tags"),
    (("decisions", 0, "after", "status"), "maybe", "maybe"),
    (("decisions", 0, "after", "claim"), {}, "after"),
    (("decisions", 0, "after", "machine"), 7, "after"),
]


@pytest.mark.parametrize(("place", "value", "words"), BAD, ids=lambda item: str(item)[:40])
def test_what_is_no_export_is_refused_with_the_place(
    library: Library, other: Library, place: tuple[Any, ...], value: Any, words: str
) -> None:
    record = changed(record_of(library), *place, value=value)
    if place == ("decisions", 0, "after"):
        record["decisions"][0]["before"] = None
    assert words in refused(other, record)


def test_a_uid_with_other_content_is_refused(library: Library, other: Library) -> None:
    record = record_of(library)
    taken(other, json.dumps(record))
    record["decisions"][0]["after"]["note"] = "forged"
    assert "with other content" in refused(other, record)


def test_one_bad_line_does_not_stop_the_others(library: Library, other: Library) -> None:
    annotated(library)
    library.articles.add(article("Moscow struck a bridge.", title="Bridge"))
    one, two = exported(library).splitlines()
    results = taken(other, "\n".join([one, "{", "", two[:-20], two]))
    assert [r.refusal is None for r in results] == [True, False, False, True]
    assert [r.where.rsplit(" ", 1)[1] for r in results] == ["1", "2", "4", "5"]
    assert seen(other) == seen(library)


def test_a_failure_on_the_way_leaves_nothing_of_the_line(
    library: Library, other: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotated(library)
    text = exported(library)
    before = dump(other)

    def fails(*_: Any) -> None:
        raise StorageFailed(other.path, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(joining.tally, "count", fails)
        with pytest.raises(StorageFailed):
            taken(other, text)
    assert dump(other) == before
    assert taken(other, text)[0].decisions == 9


def test_a_missing_file_and_a_directory_are_refused(other: Library, tmp_path: Path) -> None:
    for name in (str(tmp_path / "none"), str(tmp_path)):
        (result,) = imports.read_file(other, name)
        assert result.where == name and result.refusal


def test_standard_input(library: Library, other: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    annotated(library)

    class Input:
        buffer = io.BytesIO(exported(library).encode())

    monkeypatch.setattr(imports.sys, "stdin", Input)
    (result,) = imports.read_file(other, "-")
    assert (result.where, result.outcome) == ("-, line 1", "added")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "reset", "note", "tag", "add", "delete", "undo"]),
        st.integers(0, 9),
        st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)),
    ),
    max_size=12,
)


def step(library: Library, number: int, action: str, which: int, words: str) -> None:
    records = library.claims.of(number)
    decide = library.decisions
    if action == "undo":
        decide.undo()
    elif action == "add":
        end = len(library.articles.get(number).text)
        decide.add(number, Claim(id="x", content=(Span(which % end, end),)))
    elif records:
        claim = records[which % len(records)].id
        if action == "note":
            decide.note(number, claim, words)
        elif action == "tag":
            tags = tuple(" ".join(canonical(part).split()) for part in (words, "t"))
            decide.tag(number, claim, tags)
        else:
            {"accept": decide.accept, "reject": decide.reject, "reset": decide.reset}.get(
                action, decide.delete
            )(number, claim)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    texts=st.lists(
        st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)), min_size=1).map(
            lambda parts: "Kyiv killed 3. " + ". ".join(parts) + "."
        ),
        min_size=1,
        max_size=2,
    ),
    title=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=10)),
    steps=STEPS,
)
def test_export_and_import_are_the_identity(
    tmp_path: Path, texts: list[str], title: str, steps: list[tuple[str, int, str]]
) -> None:
    folder = tmp_path / f"p{next(_numbers)}"
    with opened_at(folder / "one.db") as one, opened_at(folder / "two.db") as two:
        for text in texts:
            one.articles.add(article(text, title=title))
        ids = [summary.id for summary in one.articles.page()]
        for action, which, words in steps:
            step(one, ids[which % len(ids)], action, which, words)
        lines = exported(one)
        assert all(result.refusal is None for result in taken(two, lines))
        assert seen(two) == seen(one)
        assert exported(two) == lines
        before = dump(two)
        taken(two, lines)
        assert dump(two) == before
