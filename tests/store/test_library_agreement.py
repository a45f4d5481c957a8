"""Agreement in a real library: who is compared over what, and where they disagree."""

from __future__ import annotations

import json

import pytest
from store_fakes import Opener, article

from claims.model import Claim, Span
from store.agreement import agreement, articles_of, disagreements, names
from store.agreement_words import in_what, summary, tables, to_json
from store.db import Library
from store.errors import StoreError


def worked_on(opened: Opener) -> Library:
    """Two articles: on the first ann and bea decided everything, on the second only ann."""
    library = opened()
    one = library.articles.add(article()).article_id
    two = library.articles.add(article("Moscow struck a bridge.", title="Bridge")).article_id
    ids = [record.id for record in library.claims.of(one)]
    library.decisions.accept(one, *ids[:4])
    library.decisions.delete(one, ids[4])
    library.decisions.accept(two, library.claims.of(two)[0].id)
    library.annotators.switch("bea")
    library.decisions.accept(one, ids[0], ids[4])
    library.decisions.reject(one, ids[1])
    library.decisions.edit(one, ids[2], type="strike", side="russia")
    return library


def test_where_annotators_disagree(opened: Opener) -> None:
    library = worked_on(opened)
    assert articles_of(library, ("ann", "bea")) == [1]
    found = list(disagreements(library, ("ann", "bea")))
    assert [one.about for one in found] == [("kept",), ("side", "type"), ("kept",)]
    told = [in_what(one, ("ann", "bea")) for one in found]
    assert told == [
        "ann keeps it; bea does not",
        "side: ann ukraine, bea russia; type: ann losses, bea strike",
        "ann does not; bea keeps it",
    ]
    assert found[1].quote.startswith("Kyiv killed 40")
    measured = agreement(library, ("ann", "bea"))
    assert (measured.articles, measured.claims, measured.left_out) == (1, 4, 1)
    values = {(m.about, m.measure, m.type): m.estimate.value for m in measured.results}
    assert values["status", "percent", ""] == 0.5
    assert values["type", "percent", ""] == 0.5


def test_a_claim_that_someone_made_is_found_in_anothers(opened: Opener) -> None:
    library = worked_on(opened)
    for name, end in (("ann", 60), ("bea", 58)):
        library.annotators.switch(name)
        library.decisions.add(1, Claim("", (Span(30, end),), side="russia"))
    (one,) = (d for d in disagreements(library, ("ann", "bea")) if "content" in d.about)
    assert len(one.aligned.claim_ids) == 2


def test_the_machine_is_an_annotator(opened: Opener) -> None:
    library = worked_on(opened)
    assert articles_of(library, ("ann", "machine")) == [1, 2]
    assert articles_of(library, ("ann", "machine"), [2]) == [2]
    (one,) = disagreements(library, ("ann", "machine"))
    assert in_what(one, ("ann", "machine")) == "ann does not; machine keeps it"


def test_three_are_compared_together_and_in_pairs(opened: Opener) -> None:
    library = worked_on(opened)
    measured = agreement(library, ("ann", "bea", "machine"))
    assert set(measured.pairs) == {("ann", "bea"), ("ann", "machine"), ("bea", "machine")}
    assert measured.pairs["ann", "machine"].articles == 2
    assert json.loads(json.dumps(to_json(measured)))["pairs"][0]["annotators"] == ["ann", "bea"]
    assert summary(measured).startswith("ann, bea, machine: 4 claims of 1 article, 1 left out")
    heads = [table.heads[0] for table in tables(measured)]
    assert heads == ["", "words of the claims", "type", "two of them"]


def test_who_can_be_compared(opened: Opener) -> None:
    library = opened()
    with pytest.raises(StoreError, match="needs two annotators"):
        names(library)
    library.close()
    library = worked_on(opened)
    assert names(library) == ("ann", "bea")
    assert names(library, ("bea", " machine ")) == ("bea", "machine")
    with pytest.raises(StoreError, match="'zed' decided nothing"):
        names(library, ("ann", "zed"))
    with pytest.raises(StoreError, match="ann,machine"):
        names(library, ("ann",))
