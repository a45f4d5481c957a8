"""Decisions on many claims of many articles: one step, on disk as a whole, undone as a whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_fakes import Opener, article

from store.db import Library
from store.errors import ClaimNotFound, InvalidClaim
from store.records import ClaimFilter, ClaimRecord

TEXTS = (
    "Kyiv advanced. Moscow denied it. Kyiv killed 40 soldiers.",
    "Moscow struck a depot. The weather was fine.",
    "Moscow killed 12 men. Kyiv denied it.",
)


@pytest.fixture
def filled(library: Library) -> Library:
    """Three articles with seven claims."""
    for number, text in enumerate(TEXTS):
        library.articles.add(article(text, f"No. {number}"))
    return library


def _all(library: Library) -> list[ClaimRecord]:
    return library.claims.query(ClaimFilter())


def _places(records: list[ClaimRecord]) -> list[tuple[int, str]]:
    return [(record.article_id, record.id) for record in records]


def test_one_step_over_several_articles(filled: Library, opened: Opener) -> None:
    before = _all(filled)
    denials = [record for record in before if record.claim.type == "denial"]
    outcome = filled.decisions.many("accept", _places(denials))
    assert (outcome.count, outcome.article_ids) == (2, (1, 3))
    assert outcome.words == "accepted 2 claims in 2 articles"
    assert {decision.batch for decision in filled.decisions.log()} == {outcome.batch}
    assert filled.claims.count(ClaimFilter(statuses=("accepted",))) == 2
    assert [filled.articles.summary(number).decided for number in (1, 2, 3)] == [1, 0, 1]
    filled.close()
    again = opened()  # undo reaches back over a restart
    undone = again.decisions.undo()
    assert undone is not None
    assert (undone.words, undone.article_ids) == (
        "undone: accepted 2 claims in 2 articles",
        (1, 3),
    )
    assert undone.claim_ids == outcome.claim_ids
    assert _all(again) == before
    assert again.decisions.undo() is None
    redone = again.decisions.redo()
    assert redone is not None
    assert (redone.article_ids, redone.count) == ((1, 3), 2)
    assert {r.id for r in again.claims.query(ClaimFilter(statuses=("accepted",)))} == {
        record.id for record in denials
    }


def test_what_can_be_done_to_many(filled: Library) -> None:
    places = _places(_all(filled))
    filled.decisions.note(*places[0], "mine")
    filled.decisions.many("note", places, note="seen")
    filled.decisions.many("note", places, note="seen")  # is there already
    assert [r.note for r in _all(filled)] == ["mine\nseen"] + ["seen"] * 6
    filled.decisions.many("tag", places, tags=("a", "b"))
    filled.decisions.many("untag", places[:2], tags=("a",))
    assert [r.tags for r in _all(filled)] == [("b",)] * 2 + [("a", "b")] * 5
    filled.decisions.many("edit", places[2:4], changes={"side": "third-party"})
    assert [r.claim.side for r in _all(filled)][2:4] == ["third-party"] * 2
    filled.decisions.many("reject", places[5:])
    assert [r.status.value for r in _all(filled)] == (
        ["proposed"] * 2 + ["edited"] * 2 + ["proposed"] + ["rejected"] * 2
    )
    filled.decisions.many("reset", places)
    assert {r.status.value for r in _all(filled)} == {"proposed"}
    filled.decisions.many("delete", places[:6])
    assert _places(_all(filled)) == places[6:]
    steps = 0
    while filled.decisions.undo():
        steps += 1
    assert steps == 8
    assert [(r.note, r.tags, r.status.value) for r in _all(filled)] == [("", (), "proposed")] * 7


@pytest.mark.parametrize(
    ("action", "more", "error"),
    [
        ("edit", {"changes": {"type": "nothing"}}, InvalidClaim),
        ("edit", {"changes": {"colour": "red"}}, InvalidClaim),
        ("tag", {"tags": ("x" * 300,)}, InvalidClaim),
        ("accept", {}, ClaimNotFound),
    ],
)
def test_what_cannot_be_done_to_one_is_done_to_none(
    filled: Library, action: Any, more: dict[str, Any], error: type[Exception]
) -> None:
    places = _places(_all(filled))
    if action == "accept":
        places.insert(4, (2, "gone"))
    with pytest.raises(error):
        filled.decisions.many(action, places, **more)
    assert filled.decisions.log() == []


def test_it_can_be_stopped_and_nothing_was_done(library: Library) -> None:
    for number in range(30):
        library.articles.add(article(f"Kyiv advanced {number} km. " * 5))
    places = _places(_all(library))
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.decisions.many("reject", places, report=stop)
    assert told == [(100, 150)]
    assert library.decisions.log() == []
    assert library.progress().decided == 0
    library.decisions.many("reject", places)
    with pytest.raises(KeyboardInterrupt):
        library.decisions.undo(stop)
    assert library.progress().decided == 150


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["accept", "reject", "reset", "delete", "tag", "undo", "redo"]),
            st.sets(st.integers(0, 6), min_size=1),
        ),
        max_size=8,
    )
)
def test_undoing_everything_gives_the_untouched_library(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, set[int]]]
) -> None:
    from store_fakes import extract

    path = tmp_path_factory.mktemp("bulk") / "library.db"
    with Library.open(path, annotator="ann", seed=False, extractor=extract) as library:
        for number, text in enumerate(TEXTS):
            library.articles.add(article(text, f"No. {number}"))
        first = _all(library)
        for action, chosen in steps:
            if action in ("undo", "redo"):
                getattr(library.decisions, action)()
                continue
            shown = set(_places(_all(library)))
            places = [place for n, place in enumerate(_places(first)) if n in chosen]
            places = [place for place in places if place in shown]
            if places:
                before = _all(library)
                outcome = library.decisions.many(action, places, tags=("t",))
                if outcome.batch:
                    after = _all(library)
                    library.decisions.undo()
                    assert _all(library) == before
                    library.decisions.redo()
                    assert _all(library) == after
        while library.decisions.undo():
            pass
        assert _all(library) == first
        assert library.progress().decided == 0
