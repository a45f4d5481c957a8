"""Whose people were harmed: subjects, objects, places, and the rivals of who did it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extract import extract
from claims.model import Claim, Span
from claims.profile import load
from claims.victims import victims_of, victims_side


def side(text: str, profile: str = "israel-palestine") -> str | None:
    """The victims' side of a whole text."""
    return victims_side(text, Span(0, len(text)), load(profile))


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Six Israelis were killed at dawn.", "israel"),
        ("The shelling killed more than 1,200 people in Gaza.", "palestine"),
        ("The raid by Hamas killed two people.", "israel"),
        ("An Israeli airstrike killed a family of five.", "palestine"),
        ("Palestinian militants raided a village in southern Israel, killing dozens.", "israel"),
        ("The Israeli army said that three of its officers had died.", "israel"),
        ("Hamas denied it, and the deaths of four Israelis were mourned.", "israel"),
        ("A woman was wounded in Khan Younis.", "palestine"),
        ("The death toll in Gaza has passed 900.", "palestine"),
        ("Two people were wounded.", None),
        ("Israel and Hamas met in Cairo.", None),
    ],
)
def test_victims(text: str, victims: str | None) -> None:
    assert side(text) == victims


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Russian shelling killed two residents of Kherson.", "ukraine"),
        ("Ukrainian forces destroyed a bridge and killed 40 Russian soldiers.", "russia"),
        ("Two civilians were killed by a Ukrainian drone in Belgorod.", "russia"),
    ],
)
def test_victims_in_another_conflict(text: str, victims: str) -> None:
    assert side(text, "russia-ukraine") == victims


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("The attack killed over 1,300 Israelis.", "israel"),
        ("Hamas inflicted heavy losses on the Israeli army.", "israel"),
        ("Israeli forces advanced towards Khan Younis and suffered heavy losses.", "israel"),
        ("Israel shot down a drone of Hamas.", None),
        ("The Israeli army lost up to 20 soldiers in a day.", "israel"),
        ("The Israeli minister lost his seat.", None),
    ],
)
def test_verbs_that_turn_the_sentence_round(text: str, victims: str | None) -> None:
    assert side(text) == victims


def of_claims(text: str) -> list[str | None]:
    """The victims of each claim that is found in a text."""
    return [claim.victims for claim in extract(text, "israel-palestine", tagger="rules").claims]


def test_a_claim_tells_whose_people_were_harmed() -> None:
    assert of_claims("Hamas said that two Palestinians were killed.") == ["palestine"]
    assert of_claims("The health ministry in Gaza said that 20 people were killed.") == [
        "palestine"
    ]
    assert of_claims("Hamas said that talks will go on.") == [None]
    assert of_claims("An Israeli shell hit a school, Hamas said, killing two.") == ["palestine"]
    assert of_claims("Hamas said that Israel remains a party to the talks.") == [None]


def test_another_claim_does_not_tell_of_these_victims() -> None:
    text = "Israel said six Israelis were killed, and Hamas said two Palestinians were killed."
    assert of_claims(text) == ["israel", "palestine"]


def test_the_rest_of_the_sentence_is_read_where_the_claim_tells_no_side() -> None:
    text = "In Gaza, he said, twenty people were killed."
    content = (Span(18, len(text) - 1),)
    profile = load("israel-palestine")
    assert victims_of(text, content, profile) is None
    whole = Span(0, len(text))
    assert victims_of(text, content, profile, sentence=whole) == "palestine"


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Hamas denounced the raid on the clinic, which killed two Palestinians.", "palestine"),
        (
            "Reed called it a turning point, hours after an explosion killed two in Gaza.",
            "palestine",
        ),
        (
            "After the shelling killed two Palestinians, Hamas said that talks were over.",
            "palestine",
        ),
        # a clause that does not hang on the claim; a claim with a figure of its own, and without
        ("Six Israelis were killed, and Hamas said that talks were over.", None),
        ("“We fired 30 rockets,” Hamas said, after a raid killed two Palestinians.", None),
        ("“We fired,” Hamas said, after a raid killed two Palestinians.", "palestine"),
    ],
)
def test_a_clause_that_hangs_on_the_claim_is_read_with_it(text: str, victims: str | None) -> None:
    said = [claim for claim in extract(text, "israel-palestine").claims if claim.source]
    assert victims == said[0].victims


def test_the_field_is_kept_and_its_absence_read() -> None:
    (claim,) = extract("Hamas said that two Palestinians were killed.", "israel-palestine").claims
    told = claim.to_json()
    assert told["victims"] == "palestine"
    assert Claim.from_json(told) == claim
    del told["victims"]
    assert Claim.from_json(told).victims is None
    with pytest.raises(ValueError, match="'victims'"):
        Claim.from_json({**told, "victims": 3})


def test_only_the_span_is_read() -> None:
    text = "Six Israelis were killed. Two Palestinians were killed."
    assert victims_side(text, Span(26, len(text)), load("israel-palestine")) == "palestine"


@given(st.lists(st.sampled_from(["Israelis", "killed", "by", "Gaza", ",", ".", "were", "x"])))
def test_any_words_give_a_side_of_the_profile_or_none(words: list[str]) -> None:
    text = " ".join(words)
    assert side(text) in ("israel", "palestine", None)
    if "killed" not in words:
        assert side(text) is None
