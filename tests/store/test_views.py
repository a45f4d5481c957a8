"""The views over all claims: disputes, ledger, matrix, what to ask first, precision of rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_fakes import Opener, article

from claims.doubt import doubt, family, type_chance, type_rule
from claims.extract import extract as real
from claims.model import Article, Extraction
from claims.profile import load
from claims.relations import Relation, RelationKind
from store import comparing, disputes, doubtful, ledger, matrix
from store.db import Library
from store.passages import Place, context, passage
from store.records import Status, Verdict
from store.state import rebuild_state

KYIV = "Kyiv advanced far near the river. Kyiv killed 40 soldiers."
MOSCOW = "Moscow denied it near the river. Moscow killed 300 soldiers."


def real_rules(given: Article, profile: str | None) -> Extraction:
    """The program's own extractor under one profile."""
    return real(given, load(profile or "russia-ukraine"))


def two(library: Library) -> tuple[list[Place], list[Place]]:
    """An article of each side; the places of their claims."""
    found = []
    for text, outlet, day in ((KYIV, "Wire", "2024-08-14"), (MOSCOW, "Post", "2024-08-15")):
        number = library.articles.add(article(text, outlet, outlet=outlet, date=day)).article_id
        found.append([Place(number, record.id) for record in library.claims.of(number)])
    return found[0], found[1]


def propose(library: Library, one: Place, other: Place, kind: RelationKind) -> None:
    """What the machine would propose for a pair of claims."""
    batch = comparing.next_batch(library)
    found = Relation(kind, one[1], other[1], str(one[0]), str(other[0]), "as told", 0.7, "figures")
    comparing.save(library, batch or comparing.Batch({}, ()), [found])


# Disputes


def test_a_rejected_claim_disputes_nothing(library: Library) -> None:
    ours, theirs = two(library)
    propose(library, ours[1], theirs[1], RelationKind.CONTRADICTS)
    (one,) = disputes.page(library, kinds=disputes.RIVALS)
    assert one.places == (ours[1], theirs[1]) and one.verdict is None
    assert disputes.of_article(library, ours[0].article_id) == {ours[1].claim_id: 1}
    library.decisions.reject(*theirs[1])
    assert disputes.page(library) == [] and disputes.count(library) == 0
    assert disputes.of_article(library, ours[0].article_id) == {}
    library.decisions.undo()
    assert disputes.count(library) == 1


def test_a_verdict_settles_a_dispute_and_survives_another_comparison(library: Library) -> None:
    ours, theirs = two(library)
    propose(library, ours[1], theirs[1], RelationKind.CONTRADICTS)
    library.decisions.link(*theirs[1], ours[1], Verdict.COMPATIBLE, "other days")
    (one,) = disputes.page(library)
    assert (one.verdict, one.note) == (Verdict.COMPATIBLE, "other days")
    assert disputes.of_article(library, ours[0].article_id) == {}
    assert disputes.count(library, undecided=True) == 0
    comparing.forget(library)
    (one,) = disputes.page(library)
    assert (one.verdict, one.rule) == (Verdict.COMPATIBLE, disputes.HELD)
    propose(library, ours[1], theirs[1], RelationKind.CONTRADICTS)
    assert [one.verdict for one in disputes.page(library)] == [Verdict.COMPATIBLE]


def test_what_was_compared_is_remembered_until_it_changes(opened: Opener) -> None:
    library = opened(extractor=real_rules)
    for outlet, toll in (("Wire", 40), ("Post", 300)):
        side = "Ukrainian" if outlet == "Wire" else "Russian"
        text = f"{side} officials said that a strike on Kupiansk killed {toll} civilians on Monday."
        library.articles.add(
            Article(text, title=outlet, outlet=outlet, date="2024-08-13"), url=f"http://{outlet}"
        )
    assert comparing.waiting(library) == 2
    assert list(comparing.compare_all(library))[-1][0] == 2
    assert comparing.waiting(library) == 0 and comparing.next_batch(library) is None
    (one,) = disputes.page(library, kinds=disputes.RIVALS)
    assert one.kind == "contradicts" and "Kupiansk" in one.reason
    changed = Article("Nothing new.", title="Wire", outlet="Wire", date="2024-08-13")
    library.articles.add(changed, url="http://Wire")
    assert disputes.count(library) == 0 and comparing.waiting(library) == 1


def test_an_article_that_changed_while_it_was_compared_waits_again(library: Library) -> None:
    ours, _ = two(library)
    batch = comparing.next_batch(library)
    assert batch is not None
    library.articles.extract_again(ours[0].article_id)
    comparing.save(library, batch, [])
    assert comparing.waiting(library) == 1


# Matrix


def test_a_matrix_counts_what_the_annotator_sees(library: Library) -> None:
    ours, theirs = two(library)
    found = matrix.matrix(library, "speaker", "type")
    assert found.cells["Kyiv", "losses"] == 1 and found.total == 4
    library.decisions.edit(*ours[1], type="strike", speaker="Lviv")
    library.decisions.reject(*theirs[0])
    found = matrix.matrix(library, "speaker", "type")
    assert found.cells[("Lviv", "strike")] == 1 and ("Kyiv", "losses") not in found.cells
    assert found.total == 3
    (one,) = matrix.cell(library, "speaker", "Lviv", "type", "strike", limit=9)
    assert one.place == ours[1] and one.status is Status.EDITED


@pytest.mark.parametrize(
    ("rows", "columns"),
    [("outlet", "type"), ("outlet", "side"), ("side", "type"), ("side", "channel")],
)
def test_every_cell_opens_as_many_claims_as_it_says(
    library: Library, rows: str, columns: str
) -> None:
    ours, _ = two(library)
    library.decisions.edit(*ours[0], channel=("Telegram", "Reuters"))
    library.decisions.edit(*ours[1], channel=('a "b" %_',))
    found = matrix.matrix(library, rows, columns)
    assert found.cells
    for (row, column), number in found.cells.items():
        cell = matrix.cell(library, rows, row, columns, column, limit=99)
        assert len(cell) == number, (row, column)


# Ledger


def test_a_ledger_leaves_out_what_was_rejected(library: Library) -> None:
    ours, theirs = two(library)
    (topic,) = ledger.topics(library)
    assert (topic.type, topic.figures) == ("losses", 2)
    asked = ledger.Asked(topic.type, topic.measure)
    first, second = ledger.page(library, asked)
    assert (first.day, first.figure, first.dated) == ("2024-08-14", "40", "article")
    assert second.place == theirs[1] and second.outlet == "Post"
    assert ledger.page(library, ledger.Asked("losses", "", side="russia")) == [second]
    assert ledger.page(library, ledger.Asked("losses", "", until="2024-08-14")) == [first]
    assert [point.value for point in ledger.points(library, asked)] == [40, 300]
    library.decisions.reject(*ours[1])
    assert ledger.page(library, asked) == [second] and ledger.count(library, asked) == 1
    library.decisions.edit(*theirs[1], side="ukraine")
    assert ledger.choices(library, asked, "side") == [("ukraine", 1)]


def test_a_ledger_opens_on_losses_and_keeps_the_letters_of_the_article(opened: Opener) -> None:
    text = (
        "The minister said that 12 reasons and 15 reasons speak for talks. "
        "The minister said that 9 Iraqi soldiers were killed. "
        "The minister said that 7 villages were captured."
    )
    with opened(extractor=real_rules) as library:
        library.articles.add(article(text, "Wire", date="2024-08-14"))
        topics = ledger.topics(library)
        assert topics[0].words == "losses: killed"
        (entry,) = ledger.page(library, ledger.Asked("losses", "killed", counted="iraqi"))
        assert entry.counted == "Iraqi soldiers"
    ranks = [
        ("losses", "equipment"),
        ("losses", "captured"),
        ("civilians", "killed"),
        ("territory", "settlements"),
        ("forces", "killed"),
        ("assessment", ""),
    ]
    mixed = [ledger.Topic(*pair, 99 - at) for at, pair in enumerate(reversed(ranks))]
    assert [(one.type, one.measure) for one in sorted(mixed, key=ledger.rank)] == ranks


def test_a_figure_says_over_what_time_it_is_summed(opened: Opener) -> None:
    said = {
        "total": "Russia has lost 640,000 soldiers since the start of the full-scale invasion",
        "day": "Russia lost 1,200 soldiers over the past day",
        "longer": "Russia lost 9,000 soldiers in the past week",
        "": "Russia lost 77 soldiers near the river",
    }
    both = "Ukraine lost 340 soldiers in the past 24 hours and 4,400 soldiers since the beginning"
    with opened(extractor=real_rules) as library:
        sentences = [f"The ministry said that {words}." for words in (*said.values(), both)]
        library.articles.add(article("\n\n".join(sentences), "Wire", date="2024-08-14"))
        asked = [ledger.Asked(*topic[:2]) for topic in ledger.topics(library)]
        found = {e.figure: e.reach for one in asked for e in ledger.page(library, one)}
        figures = ("640,000", "1,200", "9,000", "77", "340", "4,400")
        assert [found[figure] for figure in figures] == [*said, "day", "total"]
        only = [e.figure for one in asked for e in ledger.page(library, replace(one, reach="day"))]
        assert sorted(only) == ["1,200", "340"]


def test_the_ledger_has_the_figures_of_a_claim_as_it_was_changed(opened: Opener) -> None:
    text = "The ministry said that 9 soldiers were killed and 12 tanks were lost."
    with opened(extractor=real_rules) as library:
        number = library.articles.add(article(text, "Wire", date="2024-08-14")).article_id
        every = [ledger.Asked(*topic[:2]) for topic in ledger.topics(library)]

        def figures() -> list[str]:
            return sorted(e.figure for one in every for e in ledger.page(library, one))

        (record,) = library.claims.of(number)
        assert figures() == ["12", "9"]
        nine = tuple(q for q in record.claim.quantities if q.low == 9)
        library.decisions.edit(number, record.id, quantities=nine)
        assert figures() == ["9"]
        rebuild_state(library)
        assert figures() == ["9"]
        made = replace(record.claim, id="", quantities=(replace(nine[0], low=8, high=8),))
        library.decisions.add(number, made)
        assert figures() == ["8", "9"]
        library.decisions.undo()
        library.decisions.undo()
        assert figures() == ["12", "9"]


# Doubtful first


def test_the_queue_asks_for_nothing_twice(library: Library) -> None:
    ours, theirs = two(library)
    every = doubtful.queue(library)
    assert sorted(one.place for one in every) == sorted([*ours, *theirs])
    library.decisions.accept(*every[0].place)
    library.decisions.note(*every[1].place, "a note decides nothing")
    left = [one.place for one in doubtful.queue(library)]
    assert every[0].place not in left and every[1].place in left
    assert every[1].place not in [one.place for one in doubtful.queue(library, skip=left[:3])]


def test_the_queue_is_not_the_same_thing_over_and_over(library: Library) -> None:
    for number in range(30):
        library.articles.add(article(f"Kyiv struck depot {number}.", f"S{number}"))
    library.articles.add(article("Moscow denied it.", "D"))
    types = [one.type for one in doubtful.queue(library, limit=2)]
    assert len(set(types)) == 2


def test_the_precision_of_a_rule_is_counted_from_decisions(library: Library) -> None:
    ours, theirs = two(library)
    library.decisions.accept(*ours[0])
    library.decisions.edit(*ours[1], side="russia")
    library.decisions.reject(*theirs[0])
    library.decisions.delete(*theirs[1])
    (line,) = doubtful.rules(library)
    assert (line.rule, line.accepted, line.corrected, line.wrong, line.claims) == (
        "test",
        1,
        1,
        2,
        4,
    )
    assert line.precision.share == 0.5 and line.precision.low < 0.2 < 0.8 < line.precision.high


@given(st.integers(0, 400), st.integers(0, 400))
def test_an_interval_holds_the_share(right: int, wrong: int) -> None:
    share, low, high = doubtful.wilson(right, right + wrong)
    assert 0 <= low <= share <= high <= 1 or right + wrong == 0
    assert right + wrong == 0 or low < high


def test_doubt_is_entropy_of_claim_and_type() -> None:
    rule = "trained+said-that; type:civilians.model+kill+civilian 0.50; hedge:may"
    assert (family(rule), type_rule(rule)) == ("trained+said-that", "civilians.model")
    assert type_chance(rule) == 0.5
    assert doubt(0.5, rule) == pytest.approx(1 + 0.5)
    assert doubt(0.5, "said-that") == pytest.approx(1.0)
    assert doubt(0.99, rule) > doubt(0.99, rule.replace("0.50", "0.90"))
    assert doubt(1.0, "by hand") == 0


# Passages


def test_a_passage_stands_in_its_context(library: Library) -> None:
    ours, _ = two(library)
    one = passage(library, ours[1])
    assert one is not None
    before, words, after = context(library, one)
    assert before.endswith("near the river. ") and words == "Kyiv killed 40 soldiers." and not after
    first = passage(library, ours[0])
    assert first is not None
    assert "".join(context(library, first)) == KYIV
    library.decisions.delete(*ours[1])
    assert passage(library, ours[1]) is None
    assert Counter(place.article_id for place in ours) == {ours[0].article_id: 2}
