"""Bodies that watch or help stand on no side; short forms and long sources name who speaks."""

from __future__ import annotations

import pytest

from claims.extract import extract
from claims.model import Mode


def speakers(text: str) -> list[tuple[str | None, str]]:
    """Speaker and side of each claim of an invented text that is given to someone."""
    found = extract(text, "generic").claims
    return [(claim.speaker, claim.side) for claim in found if claim.mode is not Mode.UNATTRIBUTED]


def test_the_observatory_is_one_speaker_on_no_side() -> None:
    text = (
        "The Britain-based Syrian Observatory for Human Rights said 12 rebels were killed in "
        "Aleppo. The Observatory said the toll could rise. The Britain-based Observatory said the "
        "army had left. The Observatory a British-based war monitor said five more had died."
    )
    assert set(speakers(text)) == {("Syrian Observatory for Human Rights", "third-party")}


@pytest.mark.parametrize(
    ("source", "side"),
    [
        ("The Syrian Human Rights Committee", "third-party"),
        ("The Iraqi Red Crescent", "third-party"),
        ("A UK-based monitoring group", "third-party"),
        ("The Turkey-based Syrian Revolution Monitor", "third-party"),
        ("A Kyiv-based analyst", "unknown"),
        ("The Palestinian Red Crescent", "palestine"),
        ("The Ukrainian ombudsman for human rights", "ukraine"),
        ("The Syrian army", "syria"),
    ],
)
def test_a_states_adjective_makes_no_watcher_a_side(source: str, side: str) -> None:
    assert [found for _, found in speakers(f"{source} said ten people died.")] == [side]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        (
            "Two officials who spoke with the daily last week on the matter of the war",
            "Two officials",
        ),
        ("Rami Salem head of the Office of Relief", "Rami Salem"),
        ("Lina Haddad a 28-year-old teacher", "Lina Haddad"),
        ("The head of the Office of the President", "head of the Office of the President"),
    ],
)
def test_a_long_source_is_named_by_its_head(source: str, speaker: str) -> None:
    assert [name for name, _ in speakers(f"{source} said that ten people died.")] == [speaker]


def test_names_in_a_relative_clause_are_others() -> None:
    text = (
        "Foreign Minister Prince Saud al-Faisal said the town was lost. Prince Saud whose country "
        "has helped the rebels fighting to topple Assad said it was urgent."
    )
    assert [name for name, _ in speakers(text)] == ["Saud al-Faisal", "Saud al-Faisal"]


def test_a_war_monitor_in_small_letters_is_no_blogger() -> None:
    assert speakers("A war monitor said ten people died.") == [("war monitor", "third-party")]


def test_who_speaks_for_an_observatory_is_not_the_observatory() -> None:
    text = (
        "The Syrian Observatory for Human Rights said ten died. Observatory head Rami Salem said "
        "the toll could rise. The observatory said the town was quiet."
    )
    assert speakers(text) == [
        ("Syrian Observatory for Human Rights", "third-party"),
        ("Rami Salem", "third-party"),
        ("Syrian Observatory for Human Rights", "third-party"),
    ]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Lina Haddad, a professor of law and history,", "Lina Haddad"),
        ("Lina Haddad and Rami Salem", "Lina Haddad and Rami Salem"),
        ("Lina Haddad and Rami Salem, two teachers from the town,", "Lina Haddad and Rami Salem"),
    ],
)
def test_an_apposition_joins_no_one(source: str, speaker: str) -> None:
    assert [name for name, _ in speakers(f"{source} said that ten people died.")] == [speaker]


@pytest.mark.parametrize(
    ("source", "side"),
    [
        ("Shiraz Salem, the director of an institute,", "unknown"),
        ("Shiraz Salem, a Syrian official,", "syria"),
        ("Ukrainian commander Paris Hale", "ukraine"),
    ],
)
def test_a_name_that_is_also_a_place_gives_no_side(source: str, side: str) -> None:
    assert [found for _, found in speakers(f"{source} said that ten people died.")] == [side]
