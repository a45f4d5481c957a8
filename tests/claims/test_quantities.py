"""Quantities, dates and tolls: what is a number of something, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.least_toll import minimum
from claims.model import Quantity, Span
from claims.moments import find_dates
from claims.quantities import find_quantities


def found(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text."""
    return find_quantities(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("2,300 tanks", 2300, 2300, "exact"),
        ("1.5 million people", 1.5e6, 1.5e6, "exact"),
        ("forty-two men", 42, 42, "exact"),
        ("three hundred and twelve men", 312, 312, "exact"),
        ("one hundred and twenty thousand men", 120_000, 120_000, "exact"),
        ("two dozen men", 24, 24, "exact"),
        ("half a million people", 5e5, 5e5, "exact"),
        ("dozens of men", 24, None, "at least"),
        ("tens of thousands of people", 20_000, None, "at least"),
        ("several men", 3, None, "at least"),
        ("a number of men", 3, None, "at least"),
        ("up to 270 men", None, 270, "up to"),
        ("as many as 30 men", None, 30, "up to"),
        ("no more than twenty men", None, 20, "up to"),
        ("fewer than 20 men", None, 20, "fewer than"),
        ("at least five men", 5, None, "at least"),
        ("100+ men", 100, None, "at least"),
        ("more than 100 men", 100, None, "more than"),
        ("over 200 people", 200, None, "more than"),
        ("nearly 40 men", 40, 40, "about"),
        ("some 40 men", 40, 40, "about"),
        ("between 5 and 7 men", 5, 7, "between"),
        ("from one to two men", 1, 2, "between"),
        ("five or six men", 5, 6, "between"),
        ("five-six men", 5, 6, "between"),
        ("10–12 men", 10, 12, "between"),
        ("2 to 3 million people", 2e6, 3e6, "between"),
    ],
)
def test_numbers_and_bounds(text: str, low: float, high: float, bound: str) -> None:
    (quantity,) = found(text)
    assert (quantity.low, quantity.high, quantity.bound) == (low, high, bound)
    assert quantity.span == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "a 122-mm gun",
        "the 155 mm shells",
        "a D-30 and a Su-34",
        "at 10:45 on 7 October 2023",
        "at 5 p.m.",
        "in 2014",
        "between 2014 and 2022",
        "Ali, 54, was hurt",
        "a 35-year-old man",
        "a boy of 12 years old",
        "No. 5",
        "Resolution 1701",
        "Channel 12 said so",
        "a three-pronged thrust",
        "a two-day visit",
        "one of the sides",
        "no one came",
        "the 31st brigade",
        "M113 carriers",
        "two days ago",
        "the attacks of 9/11",
        "a soldier stood there",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "unit", "measure", "low"),
    [
        ("about 20km from the border", "km", "distance", 20),
        ("a 40-kilometer convoy", "km", "distance", 40),
        ("800 meters away", "m", "distance", 800),
        ("1,000 square kilometers", "km²", "area", 1000),
        ("12 sq. miles", "mi²", "area", 12),
        ("nearly $7 billion in aid", "USD", "money", 7e9),
        ("2,000 rubles", "RUB", "money", 2000),
        ("5 percent", "%", "share", 5),
        ("5%", "%", "share", 5),
        ("for 18 months", "month", "time", 18),
        ("30 tonnes of grain", "t", None, 30),
    ],
)
def test_units(text: str, unit: str, measure: str | None, low: float) -> None:
    (quantity,) = found(text)
    assert (quantity.unit, quantity.measure, quantity.low) == (unit, measure, low)
    assert quantity.object is None


def test_a_conversion_in_brackets_is_left_out() -> None:
    assert len(found("From one to two kilometers (0.6-1.2 miles) in a day")) == 1
    assert len(found("paid 2,000 rubles (approximately $32) a day")) == 1
    assert len(found("nine villages (two of them towns) fell")) == 2


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("killed three and wounded five", ["killed", "wounded"]),
        ("Three soldiers and two civilians were killed", ["killed", "killed"]),
        ("12 dead and 30 injured", ["killed", "wounded"]),
        ("2,000 Iraqi troops were killed, wounded or captured", ["casualties"]),
        ("the strike killed or wounded 12 people", ["casualties"]),
        ("The strike killed eight or wounded 20 others", ["killed", "wounded"]),
        ("The death toll rose to 45", ["killed"]),
        ("more than 100 servicemen have been captured", ["captured"]),
        ("15 of them were detained", ["captured"]),
        ("evacuated 20,000 people", ["displaced"]),
        ("lost up to 230 servicemen and 37 tanks", ["casualties", "equipment"]),
        ("repelled six attacks around five settlements", ["attacks", "settlements"]),
        ("captured 14 soldiers and three villages", ["captured", "settlements"]),
        ("seized two quarters", [None]),
        ("Five were killed and 17, including two children, were injured",
         ["killed", "wounded", "wounded"]),
        ("six members of the Brown family, four of them women, were killed",
         ["killed", "killed"]),
        ("He has two sons", [None]),
    ],
)  # fmt: skip
def test_measures(text: str, measures: list[str | None]) -> None:
    assert [quantity.measure for quantity in found(text)] == measures


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("270 military personnel were lost", "military personnel"),
        ("13 armored combat vehicles, as well", "armored combat vehicles"),
        ("dozens of other civilians fled", "civilians"),
        ("18 of 22 drones", None),
        ("two U.S. officials said", "U.S. officials"),
        ("20,000 villagers evacuated", "villagers"),
    ],
)
def test_objects(text: str, counted: str | None) -> None:
    assert found(text)[0].object == counted


def test_a_bound_carries_over_a_list_until_another() -> None:
    first, second, third = found("lost up to 270 soldiers, 16 vehicles and at least two guns")
    assert (first.high, second.high, third.high) == (270, 16, None)
    assert (first.low, second.low, third.low) == (None, None, 2)


def test_a_woman_and_two_children_are_three_told_once() -> None:
    text = "A strike killed a woman and two children"
    (whole,) = found(text)
    assert (whole.low, whole.object, whole.measure) == (3, "people", "killed")
    assert whole.span.of(text) == "a woman and two children"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Three suicide bombers killed at least two", [(3, None), (2, "killed")]),
        (
            "Two gunmen killed a policeman and wounded five",
            [(2, None), (1, "killed"), (5, "wounded")],
        ),
        ("Two attackers wounded four people", [(2, None), (4, "wounded")]),
        ("12 people killed 20 wounded", [(12, "killed"), (20, "wounded")]),
        ("Three soldiers killed two days ago", [(3, "killed")]),
        ("30 rebels killed 15 of them in the town", [(30, "killed"), (15, "killed")]),
        ("The strike killed two patients injured eight", [(2, "killed"), (8, "wounded")]),
        ("700 people including 47 wounded left", [(700, None), (47, "wounded")]),
        ("16 people including three children were killed", [(16, "killed"), (3, "killed")]),
    ],
)
def test_a_toll_is_of_those_to_whom_it_was_done(
    text: str, counted: list[tuple[int, str | None]]
) -> None:
    assert [(one.low, one.measure) for one in found(text) if one.unit is None] == counted


def test_one_of_them_counts_where_a_toll_is_told() -> None:
    first, second = found("They destroyed a tank and two trucks")
    assert (first.low, first.object, first.measure) == (1, "tank", "equipment")
    assert second.low == 2


DATES = [
    ("on Aug.6", "Aug.6", "2024-08-06", "2024-08-06"),
    ("on August 11, 2023", "August 11, 2023", "2023-08-11", "2023-08-11"),
    ("on 5-7 August 2024", "5-7 August 2024", "2024-08-05", "2024-08-07"),
    ("Dec. 20", "Dec. 20", "2023-12-20", "2023-12-20"),
    ("told them Wednesday", "Wednesday", "2024-08-14", "2024-08-14"),
    ("last Friday", "last Friday", "2024-08-09", "2024-08-09"),
    ("it will begin on Friday", "Friday", "2024-08-16", "2024-08-16"),
    ("yesterday", "yesterday", "2024-08-13", "2024-08-13"),
    ("in the past day", "in the past day", "2024-08-13", "2024-08-14"),
    ("over the past week", "over the past week", "2024-08-07", "2024-08-14"),
    ("last week", "last week", "2024-08-05", "2024-08-11"),
    ("two days ago", "two days ago", "2024-08-12", "2024-08-12"),
    ("a year ago", "a year ago", "2023-01-01", "2023-12-31"),
    ("this month", "this month", "2024-08-01", "2024-08-31"),
    ("in March 2022", "March 2022", "2022-03-01", "2022-03-31"),
    ("in 2014", "in 2014", "2014-01-01", "2014-12-31"),
    ("08/14/2024", "08/14/2024", "2024-08-14", "2024-08-14"),
    ("10/11/2024", "10/11/2024", None, None),
    ("in recent days", "in recent days", None, None),
    ("2024-02-30", "2024-02-30", None, None),
]


@pytest.mark.parametrize(("text", "words", "start", "end"), DATES)
def test_dates(text: str, words: str, start: str | None, end: str | None) -> None:
    (moment,) = find_dates(text, Span(0, len(text)), "2024-08-14T18:05:00Z")
    assert (moment.span.of(text), moment.start, moment.end) == (words, start, end)


@pytest.mark.parametrize(
    "text", ["on Aug.6", "yesterday", "on Wednesday", "last week", "overnight"]
)
@pytest.mark.parametrize("day", [None, "", "not a day"])
def test_without_the_articles_day_nothing_is_guessed(text: str, day: str | None) -> None:
    (moment,) = find_dates(text, Span(0, len(text)), day)
    assert (moment.start, moment.end) == (None, None)


@pytest.mark.parametrize(
    "text", ["He may 5 times", "they sat down", "the sun rose", "to march 10 km"]
)
def test_words_that_are_no_dates(text: str) -> None:
    assert find_dates(text, Span(0, len(text)), "2024-08-14") == ()


@given(st.dates(), st.sampled_from([text for text, *_ in DATES]))
def test_every_article_day_can_be_reckoned_from(day: object, text: str) -> None:
    for moment in find_dates(text, Span(0, len(text)), str(day)):
        assert (moment.start or "") <= (moment.end or "")


WORDS = st.sampled_from(
    ["killed", "5", "two", "dozens", "of", "a", "woman", "and", ",", "up", "to", "more", "than",
     "$", "2,300", "million", "-", "km", "(", ")", "were", "wounded", "tanks", "Aug.", "2014",
     "including", "hundred", "half", "between", ".", "soldiers", "%", "square", "U.S."]
)  # fmt: skip


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=120))
def test_quantities_lie_in_the_text(text: str) -> None:
    starts = []
    for quantity in found(text):
        assert 0 <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.low is not None or quantity.high is not None
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        starts.append(quantity.span.start)
    assert starts == sorted(starts)


_LONG = st.text("0123456789", min_size=1, max_size=600)
_ROW = st.builds(
    lambda groups, mark: mark.join(groups),
    st.lists(_LONG, min_size=1, max_size=120),
    st.sampled_from([",", ".", "\u00a0", "\u202f", " ", "", "-"]),
)
"""Digits beyond any amount, whole or in groups: numbers of accounts, hashes, noise."""


@given(
    _ROW,
    st.sampled_from(["", "$", "between 5 and ", "up to ", "5-", "dozens of "]),
    st.sampled_from([" tanks", " million", "bn", " trillion trillion men", " km", "%", " or more"]),
)
def test_no_figure_is_beyond_what_can_be_meant(row: str, before: str, after: str) -> None:
    for quantity in found(f"The army lost {before}{row}{after}, it said."):
        assert all(0 <= bound <= 1e15 for bound in (quantity.low, quantity.high) if bound)


def test_what_stands_beside_a_row_of_digits_counts() -> None:
    (only,) = found(f"{'9' * 400} soldiers and 12 tanks")
    assert (only.low, only.object) == (12, "tanks")
    assert [one.low for one in found("1,000,000,000,000,000 dollars")] == [1e15]


@pytest.mark.parametrize(
    "piece",
    [
        "five trillion ",
        "five billion ",
        "9" * 20 + " ",
        "5 ",
        "1",
        "a soldier, ",
        "two ",
        "hundred and ",
        "( ",
        "$",
        "killed 5, ",
        "5-",
        "in ",
    ],
)
def test_hostile_repetition_is_read(piece: str) -> None:
    text = piece * 10_000
    assert len(found(text)) <= 20_000
    assert len(find_dates(text, Span(0, len(text)), "2024-08-14")) <= 10_000


@pytest.mark.parametrize(
    ("text", "killed", "captured"),
    [
        ("Troops killed several insurgents. One of the insurgents killed was a leader.", 3, 0),
        ("They captured a rebel leader and detained two suspects. The leader was detained.", 0, 3),
        ("They detained one man. An additional suspect was detained later.", 0, 2),
        ("They held a man responsible for an attack that killed 40 people. He was silent.", 0, 0),
        ("Four militants were detained, including a commander. The commander was captured.", 0, 4),
        ("They arrested more than 10 suspects.", 0, 11),
        ("Nothing happened.", 0, 0),
    ],
)
def test_the_least_toll_of_a_text(text: str, killed: int, captured: int) -> None:
    toll = minimum(text)
    assert (toll["killed"], toll["captured"]) == (killed, captured)
