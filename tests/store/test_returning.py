"""Round trips through other tools' formats, and what a person changed there."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from export_fakes import claims as some_claim
from export_fakes import documents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_fakes import extract

from claims.model import Article
from store.db import Library
from store.exports import FORMATS, save
from store.records import ClaimFilter, ClaimRecord, Status
from store.returning.formats import READERS, detect, reader
from store.returning.model import ReturnError
from store.returning.taking import Taken, take

TEXT = "Kyiv 😀 said 3 tanks were killed.\r\nMoscow denied it.\nKyiv said that it will go on."
_numbers = count()
relaxed = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def formats() -> list[str]:
    """Those whose library is here."""
    return [name for name in READERS if name != "cas" or _has_cassis()]


def _has_cassis() -> bool:
    try:
        import cassis  # noqa: F401
    except ImportError:
        return False
    return True


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Library, Library]]:
    """Two libraries of one person."""
    with (
        Library.open(tmp_path / "1.db", annotator="ann", seed=False, extractor=extract) as one,
        Library.open(tmp_path / "2.db", annotator="ann", seed=False, extractor=extract) as two,
    ):
        yield one, two


def add(text: str, *libraries: Library) -> int:
    """The same article in each; its number, which is the same in all."""
    (number,) = {
        library.articles.add(Article(text, title="Tanks", date="2024-08-14")).article_id
        for library in libraries
    }
    return number


def written(library: Library, name: str, article: int, folder: Path) -> Path:
    target = folder / f"out{FORMATS[name].suffix}"
    save(library, name, target, where=ClaimFilter(article_ids=(article,)))
    return target


def back(library: Library, name: str, path: Path, *, removed: bool = True) -> Taken:
    assert detect(path) == name
    return take(library, list(reader(name)(path)), removed=removed)


def state(library: Library, article: int) -> list[tuple[Any, ...]]:
    """All that a person sees of the claims, without who, when and the ids of own claims."""

    def facts(record: ClaimRecord) -> tuple[Any, ...]:
        claim = {k: v for k, v in record.claim.to_json().items() if k != "id" or record.machine}
        return json.dumps(claim), record.status, record.note, record.tags

    return sorted(facts(record) for record in library.claims.of(article))


@pytest.mark.parametrize("name", formats())
@relaxed
@given(data=st.data())
def test_what_went_out_comes_back_in_another_library(
    pair: tuple[Library, Library], tmp_path: Path, name: str, data: st.DataObject
) -> None:
    one, two = pair
    found = data.draw(documents())
    # Another text for each example: the libraries keep those of the examples before.
    text = f"{found.article.text}{TEXT}\n{next(_numbers)}"
    article = add(text, one, two)
    for record in one.claims.of(article):
        what = data.draw(st.sampled_from(["accept", "reject", "edit", "note", "nothing"]))
        if what == "accept":
            one.decisions.accept(article, record.id)
        elif what == "reject":
            one.decisions.reject(article, record.id)
        elif what == "edit":
            one.decisions.edit(article, record.id, type="denial", side="media", speaker="x y")
        elif what == "note":
            one.decisions.note(article, record.id, "seen\n=1 <b>\t'“")
            one.decisions.tag(article, record.id, ("a b", "#c"))
    for number in range(data.draw(st.integers(0, 2))):
        one.decisions.add(article, data.draw(some_claim(text, number)))
    path = written(one, name, article, tmp_path)
    taken = back(two, name, path)
    assert taken.refused == []
    assert state(two, article) == state(one, article)
    again = back(two, name, path)
    assert (again.changed, again.removed, again.batch) == (0, 0, "")
    if taken.batch:
        before = state(two, article)
        two.decisions.undo()
        two.decisions.redo()
        assert state(two, article) == before


NEW = "Moscow denied"
START = TEXT.index(NEW)
END = START + len(NEW)
RELABEL = {
    "brat": r"(?m)^(T\d+\t)losses( )",
    "w3c": r'("classifying", "value": ")losses(")',
    "label-studio": r'("labels": \[")losses(")',
    "doccano": r'("label": ")losses(")',
    "prodigy": r'("label": ")losses(")',
}
"""The type of a mark in the files, between what stands around it."""


def _make_w3c(page: Any) -> None:
    items = page["first"]["items"]
    place = {"type": "TextPositionSelector", "start": START, "end": END}
    selectors = [{"type": "TextQuoteSelector", "exact": NEW}, place]
    target = {"source": items[0]["target"][0]["source"], "selector": selectors}
    body = {"purpose": "tagging", "value": "denial"}
    items.append({"type": "Annotation", "id": "urn:x", "body": body, "target": target})


def _make_label_studio(tasks: Any) -> None:
    value = {"start": START, "end": END, "text": NEW, "labels": ["denial"]}
    region = {"id": "n", "type": "labels", "value": value}
    tasks[0]["annotations"].append({"result": [region]})


def _make_doccano(example: Any) -> None:
    span = {"start_offset": START + 1, "end_offset": END + 1}  # one emoji before, in UTF-16
    example["entities"].append({"id": 900, "label": "denial", **span})


def _make_prodigy(task: Any) -> None:
    span = {"start": START, "end": END, "token_start": 0, "token_end": 1}
    task["spans"].append({**span, "label": "denial"})


MAKE = {
    "w3c": _make_w3c,
    "label-studio": _make_label_studio,
    "doccano": _make_doccano,
    "prodigy": _make_prodigy,
}


class TestChangesInTheTool:
    """A person relabels, moves, adds and removes marks in the tool."""

    def record(self, library: Library, article: int) -> ClaimRecord:
        return next(r for r in library.claims.of(article) if r.claim.type == "losses")

    @pytest.mark.parametrize("name", sorted(RELABEL))
    def test_a_type_that_was_changed(
        self, pair: tuple[Library, Library], tmp_path: Path, name: str
    ) -> None:
        one, _ = pair
        article = add(TEXT, one)
        claim = self.record(one, article)
        one.decisions.accept(article, claim.id)
        path = written(one, name, article, tmp_path)
        change(path, lambda words: re.sub(RELABEL[name], r"\1civilians\2", words))
        taken = back(one, name, path)
        assert (taken.refused, taken.removed) == ([], 0)
        after = one.claims.get(article, claim.id)
        assert (str(after.claim.type), after.status) == ("civilians", Status.EDITED)
        assert after.claim.content == claim.claim.content

    @pytest.mark.parametrize("name", sorted(RELABEL))
    def test_a_mark_that_was_made_there_is_a_new_claim_once(
        self, pair: tuple[Library, Library], tmp_path: Path, name: str
    ) -> None:
        one, _ = pair
        article = add(TEXT, one)
        path = written(one, name, article, tmp_path)
        if name == "brat":
            change(path, lambda words: f"{words}T900\tdenial {START} {END}\t{NEW}\n")
        else:
            change_json(path, MAKE[name])
        taken = back(one, name, path)
        assert (taken.refused, taken.changed) == ([], 1)
        (made,) = [r for r in one.claims.of(article) if r.status is Status.ADDED]
        assert made.claim.content[0].of(TEXT) == NEW
        assert str(made.claim.type) == "denial"
        assert back(one, name, path).changed == 0

    @pytest.mark.parametrize("name", ["doccano", "prodigy"])
    def test_a_mark_that_was_removed_is_rejected_unless_told_otherwise(
        self, pair: tuple[Library, Library], tmp_path: Path, name: str
    ) -> None:
        one, _ = pair
        article = add(TEXT, one)
        claim = self.record(one, article)
        path = written(one, name, article, tmp_path)
        key = "entities" if name == "doccano" else "spans"
        gone = ("losses", "source", "cue")
        change_json(
            path, lambda task: task.update({key: [m for m in task[key] if m["label"] not in gone]})
        )
        assert back(one, name, path, removed=False).removed == 0
        assert one.claims.get(article, claim.id).status is Status.PROPOSED
        assert back(one, name, path).removed >= 1
        assert one.claims.get(article, claim.id).status is Status.REJECTED
        one.decisions.undo()
        assert one.claims.get(article, claim.id).status is Status.PROPOSED


class TestRefusals:
    def test_a_text_that_is_not_here(self, pair: tuple[Library, Library], tmp_path: Path) -> None:
        one, two = pair
        path = written(one, "brat", add(TEXT, one), tmp_path)
        taken = back(two, "brat", path)
        assert "add it first" in taken.refused[0]

    def test_words_that_are_not_at_their_place(
        self, pair: tuple[Library, Library], tmp_path: Path
    ) -> None:
        one, _ = pair
        article = add(TEXT, one)
        path = written(one, "brat", article, tmp_path)
        change(path, lambda text: text.replace("\tKyiv 😀", "\tKyiv 😁"))
        before = state(one, article)
        taken = back(one, "brat", path)
        assert any("in the text, but the file says" in words for words in taken.refused)
        assert state(one, article) == before

    def test_another_unit_is_used_and_told(
        self, pair: tuple[Library, Library], tmp_path: Path
    ) -> None:
        one, two = pair
        article = add(TEXT, one, two)
        for record in one.claims.of(article):
            one.decisions.accept(article, record.id)
        path = written(one, "w3c", article, tmp_path)

        def shift(page: Any) -> None:
            for item in page["first"]["items"]:
                for target in item["target"]:
                    position = target["selector"][1]
                    for end in ("start", "end"):
                        position[end] += position[end] > TEXT.index("😀")

        change_json(path, shift)
        taken = back(two, "w3c", path)
        assert taken.refused == []
        assert any("utf16" in words for words in taken.warnings)
        assert state(one, article) == state(two, article)

    @pytest.mark.parametrize("words", ["", "{", "[1]", '{"a": 1}', "plain"])
    def test_a_file_of_no_known_format(self, tmp_path: Path, words: str) -> None:
        path = tmp_path / "x"
        path.write_text(words)
        with pytest.raises(ReturnError, match="say which with --format"):
            detect(path)

    @relaxed
    @given(
        words=st.text(max_size=60),
        name=st.sampled_from(["brat", "w3c", "label-studio", "doccano", "prodigy"]),
    )
    def test_any_file_is_read_or_refused(self, tmp_path: Path, words: str, name: str) -> None:
        path = tmp_path / "x.ann"
        path.write_text(words, "utf-8")
        path.with_suffix(".txt").write_text(words, "utf-8")
        try:
            list(reader(name)(path))
        except ReturnError as problem:
            assert str(path) in str(problem)


def change(path: Path, how: Any) -> None:
    """Edit a file as text; of a ZIP, its `.ann`."""
    if not zipfile.is_zipfile(path):
        path.write_bytes(how(path.read_bytes().decode()).encode())
        return
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, how(data.decode()) if name.endswith(".ann") else data)


def change_json(path: Path, how: Any) -> None:
    """Edit a file of one JSON value."""
    value = json.loads(path.read_text("utf-8"))
    how(value)
    path.write_text(json.dumps(value), "utf-8")
