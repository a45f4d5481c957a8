"""Kinds: type, stance, certainty and distance on invented sentences of every type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.kind_rules import RULES, RULES_OF
from claims.kind_words import CLASSES_OF, stem
from claims.kinds import Kind, judge
from claims.model import Certainty, ClaimType, Distance, Span, Stance


def kind(
    content: str, cue: str = "said", *, attributed: bool = True, rules_only: bool = False
) -> Kind:
    """The judgement on a content that is a sentence by itself."""
    span = Span(0, len(content))
    return judge(content, (span,), cue, sentence=span, attributed=attributed, rules_only=rules_only)


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        ("troops captured the village of Oldmill and two hills", "territory"),
        ("our forces advanced up to two kilometers towards the river", "territory"),
        ("the brigade withdrew from the eastern district of the town", "territory"),
        ("rebels were pushed back from their positions", "territory"),
        ("the army freed several villages from the militants", "territory"),
        ("air defenses shot down 14 of 16 drones overnight", "repelled"),
        ("the border guards repelled an attempt to cross the river", "repelled"),
        ("the battalion prevented enemy units from making further advances", "repelled"),
        ("fierce fighting continues around the station", "fighting"),
        ("the patrol exchanged fire with gunmen near the bridge", "fighting"),
        ("missiles struck the airfield and a fuel depot overnight", "strike"),
        ("an airstrike hit the harbour", "strike"),
        ("the enemy lost up to 270 soldiers and 16 armored vehicles", "losses"),
        ("nine servicemen were killed and four wounded", "losses"),
        ("drones destroyed two tanks and a howitzer", "losses"),
        ("a woman and two children were killed in the village", "civilians"),
        ("shells damaged a school and a hospital", "civilians"),
        ("more than 100 servicemen have been captured", "prisoners"),
        ("police detained three suspects", "prisoners"),
        ("the two sides exchanged 90 prisoners each", "prisoners"),
        ("the army redeployed two brigades and called up reserves", "forces"),
        ("allies will deliver tanks and ammunition in spring", "forces"),
        ("troops found a cache of rockets and rifles", "forces"),
        ("20,000 residents were evacuated to safer towns", "humanitarian"),
        ("a convoy brought food, water and medicine to the city", "humanitarian"),
        ("the government plans to impose martial law", "policy"),
        ("the president ordered a buffer zone", "policy"),
        ("ministers signed a ceasefire agreement after talks", "diplomacy"),
        ("the summit agreed on new sanctions", "diplomacy"),
        ("the occupiers committed war crimes and torture", "accusation"),
        ("the report is fake and baseless", "denial"),
        ("the decision was a mistake and will likely weaken morale", "assessment"),
    ],
)
@pytest.mark.parametrize("rules_only", [False, True])
def test_types(content: str, type_: str, rules_only: bool) -> None:
    found = kind(content, rules_only=rules_only)
    assert found.type == type_, found.rule
    assert found.rule.startswith(f"type:{type_}.")
    assert 0 < found.score <= 1


def test_what_is_seized_decides() -> None:
    assert kind("they captured two commanders in the hills").type is ClaimType.PRISONERS
    assert kind("they captured the hills").type is ClaimType.TERRITORY
    assert kind("they captured a tank").type is ClaimType.FORCES


def test_the_main_clause_goes_before_what_hangs_on_it() -> None:
    found = kind("troops seized the village, which led to talks and a ceasefire")
    assert found.type is ClaimType.TERRITORY
    found = kind("troops, supported by drone strikes, had prevented the enemy from advancing")
    assert found.type is ClaimType.REPELLED


def test_a_denial_keeps_what_is_denied() -> None:
    found = kind("that its missiles struck the school", "denied")
    assert (found.type, found.stance) == (ClaimType.DENIAL, Stance.DENIES)
    assert found.about in (ClaimType.STRIKE, ClaimType.CIVILIANS)


def test_an_accusation_keeps_what_it_complains_of() -> None:
    found = kind("the other side of killing nine villagers", "accused")
    assert (found.type, found.stance) == (ClaimType.ACCUSATION, Stance.ACCUSES)
    assert found.about is ClaimType.CIVILIANS


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", Stance.ASSERTS),
        ("denied", Stance.DENIES),
        ("did not deny", Stance.ASSERTS),
        ("blamed", Stance.ACCUSES),
        ("vowed", Stance.PLANS),
        ("is seeking", Stance.PLANS),
        ("believes", Stance.ASSESSES),
    ],
)
def test_stance_of_the_cue(cue: str, stance: Stance) -> None:
    assert kind("troops crossed the river", cue).stance is stance


@pytest.mark.parametrize(
    ("cue", "distance"),
    [
        ("said", Distance.NEUTRAL),
        ("according to", Distance.NEUTRAL),
        ("claimed", Distance.SCEPTICAL),
        ("has touted", Distance.SCEPTICAL),
        ("alleges", Distance.SCEPTICAL),
        ("confirmed", Distance.ENDORSING),
        ("acknowledged", Distance.ENDORSING),
        ("revealed", Distance.ENDORSING),
    ],
)
def test_distance(cue: str, distance: Distance) -> None:
    assert kind("troops crossed the river", cue).distance is distance


@pytest.mark.parametrize(
    ("content", "certainty"),
    [
        ("troops crossed the river", Certainty.FIRM),
        ("up to 270 soldiers were lost", Certainty.FIRM),
        ("in May troops crossed the river", Certainty.FIRM),
        ("they felt the might of the army", Certainty.FIRM),
        ("troops reportedly crossed the river", Certainty.HEDGED),
        ("troops may have crossed the river", Certainty.HEDGED),
        ("troops appear to have crossed the river", Certainty.HEDGED),
        ("an alleged strike hit the bridge", Certainty.HEDGED),
        ("the attack could not be verified", Certainty.HEDGED),
        ("the bridge was probably hit", Certainty.HEDGED),
    ],
)
def test_certainty(content: str, certainty: Certainty) -> None:
    assert kind(content).certainty is certainty


def test_a_hedge_beside_the_content_governs_it() -> None:
    text = "It seems the drive is costly, per local sources."
    content = Span(9, 28)
    found = judge(text, (content,), "per", sentence=Span(0, len(text)), attributed=True)
    assert found.certainty is Certainty.HEDGED
    assert found.rule.endswith("hedge:seems")
    assert kind("about martial law", "is reportedly talking").certainty is Certainty.HEDGED


def test_a_writers_will_is_a_forecast_and_a_speakers_a_plan() -> None:
    words = "the column will stay there for weeks"
    assert kind(words, "said", rules_only=True).type is ClaimType.POLICY
    assert kind(words, "", attributed=False, rules_only=True).type is ClaimType.ASSESSMENT


def test_context_is_background_when_nobody_says_it() -> None:
    found = kind("the town lies beside a lake", "", attributed=False)
    assert (found.type, found.stance) == (ClaimType.BACKGROUND, Stance.ASSERTS)


def test_contents_of_two_spans_are_read_as_one() -> None:
    text = "“Troops seized,” he said, “the village of Oldmill.”"
    found = judge(
        text, (Span(0, 16), Span(26, len(text))), "said", sentence=Span(0, 51), attributed=True
    )
    assert found.type is ClaimType.TERRITORY


def test_every_rule_names_a_class_and_every_class_has_words() -> None:
    classes = {name for names in CLASSES_OF.values() for name in names}
    assert set(RULES_OF) == classes
    for rule in RULES:
        assert rule.first in classes
        assert not rule.second or rule.second in classes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("capture", "captured"),
        ("shell", "shelling"),
        ("deny", "denies"),
        ("withdraw", "withdrew"),
        ("village", "villages"),
        ("child", "children"),
        ("hit", "hitting"),
        ("strike", "struck"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(st.text(max_size=300), st.text(max_size=30), st.booleans())
def test_any_text_gets_a_judgement(text: str, cue: str, attributed: bool) -> None:
    found = kind(text or " ", cue, attributed=attributed)
    assert found.rule.startswith(f"type:{found.type}.")
    assert 0 < found.score <= 1


@pytest.mark.parametrize("piece", ["killed soldiers ", "a ", "(", ", supported by ", "may "])
def test_hostile_repetition_is_judged(piece: str) -> None:
    assert kind(piece * 20_000).score > 0
