"""Comparison through the real extractor: invented articles in, relations out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.compare import ComparedClaim, Relation, RelationKind, compare, compared
from claims.comparison.collection import blocks
from claims.comparison.likeness import Rarity, days_of, skeleton
from claims.extract import extract
from claims.model import Article, Claim, Moment, Span

SEEDS = Path(__file__).parents[2] / "seeds"


def claims(
    article_id: str, text: str, date: str, outlet: str = "Gazette", profile: str | None = None
) -> list[ComparedClaim]:
    article = Article(text, None, outlet, None, date)
    return list(compared(article_id, article, extract(article, profile)))


def told(relations: list[Relation], items: list[ComparedClaim]) -> list[tuple[str, str, str]]:
    """Each relation as its kind and the words of its two claims."""
    by_id = {(item.article, item.claim.id): item for item in items}
    return [
        (
            one.kind.value,
            by_id[one.first_article, one.first].words,
            by_id[one.second_article, one.second].words,
        )
        for one in relations
    ]


def found(
    relations: list[Relation], items: list[ComparedClaim], kind: str, one: str, two: str
) -> bool:
    """Whether a relation of that kind joins claims that hold the two phrases, either way."""
    return any(
        kind == have and ((one in a and two in b) or (one in b and two in a))
        for have, a, b in told(relations, items)
    )


KYIV = (
    "Ukrainian forces moved deeper into the Kursk region on Tuesday. The Ukrainian General Staff "
    "said that Ukrainian troops captured the village of Snagost on Tuesday. "
    "The General Staff said that 40 Ukrainian soldiers were killed near Snagost on Tuesday."
)
MOSCOW = (
    "The Russian Defense Ministry said that Russian troops repelled a Ukrainian attack on Snagost "
    "on Tuesday. The ministry said that 270 Ukrainian soldiers were killed near Snagost on Tuesday."
)


@pytest.fixture(scope="module")
def two_sides() -> list[ComparedClaim]:
    return [
        *claims("kyiv", KYIV, "2024-08-13", "Lantern", "russia-ukraine"),
        *claims("moscow", MOSCOW, "2024-08-13", "Press", "russia-ukraine"),
    ]


def test_rival_outcomes_of_one_attack_contradict(two_sides: list[ComparedClaim]) -> None:
    relations = compare(two_sides)
    assert found(relations, two_sides, "contradicts", "captured the village", "repelled")
    reason = next(one.reason for one in relations if one.rule == "outcomes of one attack")
    quoted = re.findall(r"“(.+?)(?: …)?”", reason)
    texts = " ".join(" ".join(one.text.split()) for one in two_sides)
    assert len(quoted) == 2 and all(words in texts for words in quoted), reason


def test_two_counters_of_one_event_contradict_and_the_reason_names_both(
    two_sides: list[ComparedClaim],
) -> None:
    relations = compare(two_sides)
    assert found(relations, two_sides, "contradicts", "40 Ukrainian", "270 Ukrainian")
    reason = next(one.reason for one in relations if one.rule == "figures differ")
    assert "270" in reason and "40" in reason and "Snagost" in reason
    assert "Ministry of Defense" in reason and "General Staff" in reason


def test_another_day_or_another_place_is_another_event() -> None:
    later = MOSCOW.replace("Tuesday", "Saturday")
    elsewhere = MOSCOW.replace("Snagost", "Korenevo")
    for text, day in ((later, "2024-08-24"), (elsewhere, "2024-08-13")):
        items = [
            *claims("kyiv", KYIV, "2024-08-13", "Lantern", "russia-ukraine"),
            *claims("moscow", text, day, "Press", "russia-ukraine"),
        ]
        assert not [one for one in compare(items) if one.kind is RelationKind.CONTRADICTS]


def test_a_plan_to_capture_is_no_capture() -> None:
    plan = "The Ukrainian General Staff said that its troops want to capture Snagost on Tuesday."
    items = [
        *claims("kyiv", plan, "2024-08-13", "Lantern", "russia-ukraine"),
        *claims("moscow", MOSCOW, "2024-08-13", "Press", "russia-ukraine"),
    ]
    assert not [one for one in compare(items) if one.rule == "outcomes of one attack"]


def test_equal_figures_of_two_outlets_corroborate() -> None:
    one = "An air strike killed 23 civilians at the market of Tel Marud on Monday, doctors said."
    two = (
        "On Monday 23 civilians were killed when warplanes struck Tel Marud. The air strike "
        "hit the market at noon."
    )
    items = [*claims("a", one, "2016-06-06", "Herald"), *claims("b", two, "2016-06-07", "Times")]
    relations = compare(items)
    assert found(relations, items, "corroborates", "killed 23 civilians", "23 civilians were")


def test_a_newer_higher_toll_of_the_same_voice_updates_the_older_one() -> None:
    first = "The Red Crescent said that an air strike on Tel Marud killed 31 people on Monday."
    second = (
        "The Red Crescent said that the toll of the air strike on Tel Marud on Monday rose to 44 "
        "people killed."
    )
    items = [
        *claims("a", first, "2016-06-06", "Herald"),
        *claims("b", second, "2016-06-07", "Times"),
    ]
    updates = [one for one in compare(items) if one.kind is RelationKind.UPDATES]
    assert [(one.first_article, one.second_article) for one in updates] == [("b", "a")]
    assert "44" in updates[0].reason and "31" in updates[0].reason


def test_copied_words_are_a_repetition_and_no_second_witness() -> None:
    text = (
        "Fighters who had held the bridge at Tel Marud since spring left it at dawn with twelve "
        "trucks and drove north along the river."
    )
    items = [
        *claims("a", text, "2016-06-06", "Herald"),
        *claims("b", text.replace("drove north", "drove off"), "2016-06-07", "Times"),
    ]
    kinds = {(one.kind, one.first_article, one.second_article) for one in compare(items)}
    assert kinds == {(RelationKind.REPEATS, "b", "a")}


def test_a_formula_that_many_articles_hold_is_not_a_repetition() -> None:
    formula = "The fighting in the border districts of the north went on through the whole day."
    items = [
        item
        for number in range(20)
        for item in claims(f"a{number:02}", formula, f"2016-06-{number + 1:02}", "Herald")
    ]
    assert compare(items) == []


def test_a_denial_is_joined_to_the_accusation_before_it() -> None:
    text = (
        "The United States accused Syria of dropping barrel bombs on the market of Tel Marud. "
        "Damascus denied dropping barrel bombs on the market."
    )
    items = claims("a", text, "2016-06-06", "Herald", "generic")
    relations = compare(items)
    assert found(relations, items, "denies", "dropping barrel bombs on the market", "Tel Marud")


def test_the_seed_article_holds_the_ministry_against_the_president() -> None:
    text = (SEEDS / "000_1815c7a1cc2acd52.txt").read_bytes().decode()
    items = claims("seed", text, "2024-08-14T14:05", "ZeroHedge", "russia-ukraine")
    relations = compare(items)
    assert found(relations, items, "contradicts", "further advances", "moving further")


def test_every_relation_says_who_why_and_how_surely(two_sides: list[ComparedClaim]) -> None:
    known = {(item.article, item.claim.id) for item in two_sides}
    relations = compare(two_sides)
    assert relations
    for one in relations:
        assert (one.first_article, one.first) in known
        assert (one.second_article, one.second) in known
        assert 0 < one.confidence < 1
        assert one.reason and one.rule
        assert set(one.to_json()) == set(Relation.__dataclass_fields__)
        json.dumps(one.to_json())


def test_the_order_of_the_articles_does_not_matter(two_sides: list[ComparedClaim]) -> None:
    turned = sorted(two_sides, key=lambda item: item.article, reverse=True)

    def pairs(relations: list[Relation]) -> set[tuple[str, frozenset[str]]]:
        return {(one.kind.value, frozenset((one.first, one.second))) for one in relations}

    assert pairs(compare(two_sides)) == pairs(compare(turned))


def test_nothing_and_claims_without_a_date_are_no_trouble() -> None:
    assert compare([]) == []
    text = "Iran said its troops captured Tel Marud. Iraq said it repelled an attack."
    article = Article(text)
    assert isinstance(compare(compared("a", article, extract(article))), list)


def test_blocks_pair_within_a_key_once_and_stop_at_the_cap() -> None:
    entries = [("x", 1), ("y", 1), ("x", 2), ("y", 2), ("z", 3)]
    assert list(blocks(entries, 10, lambda entry: entry)) == [(1, 2)]
    many = [("x", number) for number in range(100)]
    assert len(list(blocks(many, 5, lambda entry: entry))) == 10


def test_spellings_of_one_name_have_one_skeleton() -> None:
    assert len({skeleton(name) for name in ("raqqa", "raqa", "raqqah")}) == 1
    assert len({skeleton(name) for name in ("kharkiv", "kharkov")}) == 1
    assert len({skeleton(name) for name in ("sheikhoun", "sheikhun", "shaykhun")}) == 1
    assert skeleton("raqqa") != skeleton("iraq")


def test_a_dateline_is_not_the_day_of_the_event() -> None:
    text = "5 April 2017 A strike"
    line = Moment(Span(0, 12), "2017-04-05", "2017-04-05")
    days = days_of(text, [line], "2017-04-05")
    assert days is not None and not days.told
    day = Moment(Span(13, 21), "2017-04-03", "2017-04-03")
    days = days_of(text, [line, day], "2017-04-05")
    assert days is not None and days.told and days.first == days.last


keys = st.frozensets(st.sampled_from("abcdefgh"), max_size=8)


@given(st.lists(keys, max_size=6), keys, keys)
def test_likeness_is_symmetric_and_between_0_and_1(
    seen: list[frozenset[str]], one: frozenset[str], two: frozenset[str]
) -> None:
    rarity = Rarity()
    for each in seen:
        rarity.learn(each)
    assert rarity.likeness(one, two) == pytest.approx(rarity.likeness(two, one))
    assert -1e-9 <= rarity.likeness(one, two) <= 1 + 1e-9
    if one and rarity.weight(one) > 0:
        assert rarity.likeness(one, one) == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_compared_without_trouble(one: str, two: str) -> None:
    items = []
    for name, text in (("a", one), ("b", two)):
        if text.strip():
            claim = Claim(f"c{name}", (Span(0, len(text)),))
            items.append(ComparedClaim(name, claim, text, "2024-08-14", "Gazette"))
    for relation in compare(items):
        assert relation.first != relation.second
