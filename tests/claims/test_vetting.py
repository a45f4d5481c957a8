"""Words that are withheld or asked are no claims; a source is who speaks, not what surrounds it."""

from __future__ import annotations

import pytest

from claims.extract import extract
from claims.model import Claim, Mode


def attributed(text: str, tagger: str = "trained") -> list[Claim]:
    """The claims of an invented text that are given to someone."""
    found = extract(text, tagger=tagger).claims
    return [claim for claim in found if claim.mode is not Mode.UNATTRIBUTED]


@pytest.mark.parametrize(
    "sentence",
    [
        "The army did not say whether any soldiers were killed.",
        "The army didn’t immediately say how many soldiers were killed.",
        "The ministry would not confirm that the town had fallen.",
        "The spokesman declined to comment on the strike.",
        "The officials refused to say how many soldiers had died.",
        "The governor gave no details of the attack.",
        "The army declined to provide figures on its losses.",
        "A reporter asked if the town had fallen.",
        "Asked whether the troops had left the town, the general smiled.",
    ],
)
def test_what_is_withheld_or_asked_is_no_claim_of_anyone(sentence: str) -> None:
    assert [claim.type for claim in extract(sentence).claims] == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The mayor did not deny that the town had fallen.", "that the town had fallen"),
        ("Kyiv denied that it had lost the town.", "that it had lost the town"),
        ("The minister would not rule out that troops would be sent.", "that troops would be sent"),
        ("The rebels refused to withdraw from the town.", "to withdraw from the town"),
        ("The general did not fail to mention that the town was lost.", "that the town was lost"),
        ("It goes without saying that the army will win.", "that the army will win"),
        ("The mayor said the army did not say who fired.", "the army did not say who fired"),
    ],
)
def test_denials_refused_acts_and_double_negations_stay(sentence: str, words: str) -> None:
    assert words in [span.of(sentence) for claim in attributed(sentence) for span in claim.content]


def test_nobody_is_no_speaker() -> None:
    assert attributed("No group has claimed responsibility for the attack on the market.") == []


def test_the_writer_claims_what_stands_before_the_words_that_were_withheld() -> None:
    text = "Five people died in the blast, but the army did not say who was behind it."
    (claim,) = extract(text).claims
    assert claim.mode is Mode.UNATTRIBUTED
    assert claim.content[0].of(text) == "Five people died in the blast"


def test_who_withheld_words_is_who_is_spoken_of_next() -> None:
    text = "Anna Reed declined to comment on the strike. She said the town was quiet."
    (claim,) = attributed(text)
    assert claim.speaker == "Anna Reed"


def test_a_dateline_is_no_speaker() -> None:
    text = (
        "WASHINGTON — Defense Secretary Lloyd Austin said the United States would send tanks.\n\n"
        "They said the tanks would arrive soon."
    )
    first, second = attributed(text)
    assert first.source[0].of(text) == "Defense Secretary Lloyd Austin"
    assert (first.speaker, first.side) == ("Lloyd Austin", "united-states")
    assert second.speaker != "WASHINGTON"


@pytest.mark.parametrize(
    ("sentence", "source", "speaker"),
    [
        ("There were claims that the troops had left the town.", "", None),
        ("Seven said that the war was over.", "", None),
        ("The Ministry of Health (MoH) said ten died.", "The Ministry of Health (MoH)", "any"),
        ("Anna Reed, the mayor, said that ten died.", "Anna Reed, the mayor,", "Anna Reed"),
    ],
)
def test_a_source_names_someone(sentence: str, source: str, speaker: str | None) -> None:
    (claim,) = attributed(sentence)
    assert " ".join(span.of(sentence) for span in claim.source) == source
    assert speaker == "any" or claim.speaker == speaker


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("The army did not say whether any soldiers were killed.", False),
        ("The spokesman declined to comment on the strike.", False),
        ("The army has not confirmed the death toll, which rose to 50.", True),
        ("Five people died, and the army did not say who fired.", True),
        ("The town could not be held any longer.", True),
    ],
)
def test_with_the_rules_what_is_withheld_is_no_claim_of_the_writer(
    sentence: str, kept: bool
) -> None:
    assert bool(extract(sentence, tagger="rules").claims) is kept
