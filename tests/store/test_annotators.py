"""Annotators: known to the library, counted, remembered for each user of the system."""

from __future__ import annotations

import pytest
from store_fakes import Opener, article

from store.annotators import MACHINE
from store.errors import InvalidAnnotator


def test_each_has_their_own_decisions_and_undo(opened: Opener) -> None:
    library = opened()
    number = library.articles.add(article()).article_id
    first, second = (record.id for record in library.claims.of(number)[:2])
    library.decisions.accept(number, first, second)
    library.annotators.switch("bea")
    library.decisions.reject(number, first)
    found = {one.name: one for one in library.annotators.all()}
    assert (found["ann"].accepted, found["ann"].decided, found["ann"].articles) == (2, 2, 1)
    assert (found["bea"].rejected, found["bea"].decided) == (1, 1)
    assert found["bea"].last_at is not None
    assert library.decisions.undo() is not None
    assert library.decisions.undo() is None
    library.annotators.switch("ann")
    assert library.claims.get(number, first).status == "accepted"


def test_who_decided_last_decides_again(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    opened().annotators.switch("bea")
    library = opened(readonly=True, annotator=None)
    assert library.annotator == "bea"
    assert opened(readonly=True, annotator="ann").annotator == "ann"
    monkeypatch.setattr("store.config.user", lambda: "another user")
    assert opened(readonly=True, annotator=None).annotator == "another user"


def test_one_is_known_before_the_first_decision(opened: Opener) -> None:
    library = opened()
    assert library.annotators.add("  Bea   B. ") == "Bea B."
    assert library.annotators.names() == ["Bea B.", "ann"]
    assert [one.decided for one in library.annotators.all()] == [0, 0]


def test_an_old_name_that_no_new_one_could_have_still_decides(opened: Opener) -> None:
    library = opened(annotator="Doe, John")
    number = library.articles.add(article()).article_id
    library.decisions.accept(number, library.claims.of(number)[0].id)
    library.annotators.switch("bea")
    library.annotators.switch("Doe, John")
    assert library.decisions.undo() is not None
    assert library.annotators.deciders() == []


def test_nobody_decides_as_the_machine(opened: Opener) -> None:
    with pytest.raises(InvalidAnnotator, match="not for a person"):
        opened(annotator=MACHINE)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, MACHINE, "a,b"])
def test_a_name_that_cannot_be_is_refused(opened: Opener, name: str) -> None:
    library = opened()
    with pytest.raises(InvalidAnnotator):
        library.annotators.switch(name)
    assert library.annotator == "ann"
    assert library.annotators.names() == ["ann"]
