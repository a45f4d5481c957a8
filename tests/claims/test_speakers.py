"""Speakers: pronouns, nominals, acronyms and spellings; role, side and channel."""

from __future__ import annotations

import pytest

from claims.extract import extract
from claims.model import Article, Claim, Role
from claims.naming import read


def said(text: str, profile: str = "russia-ukraine") -> list[Claim]:
    """The claims that someone is made to say."""
    return [
        c for c in extract(text, profile, tagger="rules").claims if c.mode.value != "unattributed"
    ]


def names(text: str, profile: str = "russia-ukraine") -> list[str | None]:
    """Who speaks, claim by claim."""
    return [claim.speaker for claim in said(text, profile)]


@pytest.mark.parametrize(
    ("phrase", "name", "role"),
    [
        ("Interior Minister Ostap Bilyk", "Ostap Bilyk", Role.OFFICIAL),
        ("a Velian military commander identified as Ivo Brandt", "Ivo Brandt", Role.MILITARY),
        ("Petro Lysak, head of the district council", "Petro Lysak", Role.LOCAL_AUTHORITY),
        ("The magistrate, Emma Lind", "Emma Lind", Role.UNKNOWN),
        ("Minister of Health Olga Ilunga", "Olga Ilunga", Role.OFFICIAL),
        ("the ministry", "", Role.MINISTRY),
        ("Velian officials", "", Role.OFFICIAL),
        ("two witnesses", "", Role.WITNESS),
        ("a general manager", "", Role.UNKNOWN),
        ("the Harbour Defence Force (HDF)", "Harbour Defence Force", Role.MILITARY),
    ],
)
def test_a_phrase_is_read(phrase: str, name: str, role: Role) -> None:
    naming = read(phrase)
    assert (naming.name, naming.role) == (name, role)


def test_pronouns_and_surnames_are_one_speaker() -> None:
    text = (
        "Colonel Ivo Brandt visited the front on Monday. He said that the line holds. "
        "“We lost no ground,” Brandt added.\n\n"
        "The colonel also said that two bridges were rebuilt."
    )
    assert names(text) == ["Ivo Brandt"] * 3


def test_she_is_not_he() -> None:
    text = (
        "Spokeswoman Anna Reed said the port was open. Spokesman Ivo Brandt said the road was "
        "closed. She said ships were on their way."
    )
    assert names(text) == ["Anna Reed", "Ivo Brandt", "Anna Reed"]


def test_a_ministry_by_all_its_names() -> None:
    text = (
        "The Russian defense ministry (MoD) said it shot down two drones. The ministry added that "
        "nobody was hurt. It said the alarm was over.\n\n“The raid failed,” the MoD said."
    )
    assert set(names(text)) == {"Russian Ministry of Defense"}
    assert {claim.side for claim in said(text)} == {"russia"}


def test_an_acronym_that_no_profile_knows() -> None:
    text = (
        "The Harbour Relief Society (HRS) said food ran out. “Trucks are late,” the HRS said on "
        "Friday."
    )
    assert len(set(names(text, "generic"))) == 1


def test_spellings_of_one_name() -> None:
    text = (
        "President Volodymyr Zelensky said talks go on. Zelenskyy said the front is calm. "
        "Zelenskiy said aid had come. The Ukrainian leader said he was grateful."
    )
    assert set(names(text)) == {"Volodymyr Zelensky"}


def test_side_from_what_the_article_says_of_a_person() -> None:
    text = "The Ukrainian drone pilot Ivo Brandt lives in a cellar. “We sleep little,” Brandt said."
    (claim,) = said(text)
    assert (claim.speaker, claim.side) == ("Ivo Brandt", "ukraine")


def test_two_names_are_one_joint_speaker() -> None:
    (claim,) = said("Iran and Turkey said that the border was closed.", "generic")
    assert claim.speaker == "Iran and Turkey"


def test_a_person_of_a_ministry_is_not_the_ministry() -> None:
    (claim,) = said("Russian foreign ministry spokeswoman Darya Melnik said talks failed.")
    assert (claim.speaker, claim.side) == ("Darya Melnik", "russia")


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("“We hold,” a Ukrainian officer told CNN on Wednesday.", ("CNN",)),
        ("Zelensky wrote on Telegram that the line holds.", ("Telegram",)),
        ("“We hold,” Zelensky announced on social media.", ("social media",)),
        ("The ministry said in a statement that the line holds.", ("statement",)),
        ("TASS reported, citing the Russian defense ministry, that two drones fell.", ("TASS",)),
    ],
)
def test_channel(text: str, channel: tuple[str, ...]) -> None:
    (claim,) = said(text)
    assert claim.channel == channel


def test_the_writer_says_i() -> None:
    result = extract(Article("I believe that the war will be long.", byline="Jo Lind"), "generic")
    (claim,) = result.claims
    assert (claim.speaker, claim.side) == ("Jo Lind", "author")


def test_speakers_are_listed_once() -> None:
    text = "Zelensky said aid came. He said more is due. Putin said nothing would change."
    listed = [speaker.name for speaker in extract(text, "russia-ukraine").speakers]
    assert listed == ["Volodymyr Zelensky", "Vladimir Putin"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mira Lund was home. “It is gone,” Mira said.", "Mira Lund"),
        ("The paper was sent to the housing minister, Ana Reyes. The housing minister said that "
         "it was late.", "Ana Reyes"),
        ("The bank's chief executive, Ana Reyes, said that it was late.", "Ana Reyes"),
        ("Harbour Office chief meteorologist, Ivo Brandt, said that it would rain.", "Ivo Brandt"),
        ("Ana Reyes spoke first. Typically led by others, she said that it was late.", "Ana Reyes"),
    ],
)  # fmt: skip
def test_a_name_given_elsewhere_is_found(text: str, speaker: str) -> None:
    assert names(text, "generic")[-1] == speaker


def test_the_executive_of_a_named_body_keeps_the_name_at_the_end() -> None:
    phrase = "The Executive Secretary, Lake Trade Alliance (LTA), formerly Lake Growers, Ana Reyes,"
    assert read(phrase).name == "Ana Reyes"
