"""The rule tagger: who says what by which words, one construction at a time."""

from __future__ import annotations

import pytest

from claims.attribution import Attribution, Page, by_rules, mode_of
from claims.model import Mode, Span
from claims.quotes import find
from claims.sentences import split


def tagged(text: str) -> list[Attribution]:
    """The attributions of a text in the order of their content."""
    sentences = split(text)
    page = Page(text, sentences, find(text, sentences))
    return sorted(by_rules(page), key=lambda one: one.start)


def words(text: str, spans: tuple[Span, ...]) -> str:
    """The words of a part; its fragments joined by a bar."""
    return " | ".join(span.of(text) for span in spans)


def triples(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of every attribution, as words."""
    return [
        (words(text, one.source), words(text, one.cue), words(text, one.content))
        for one in tagged(text)
    ]


ONE = [
    # S said (that) C
    ("The army said that it took Orvel.", ("The army", "said", "that it took Orvel")),
    ("The army said it took Orvel.", ("The army", "said", "it took Orvel")),
    (
        "President Marek, however, has continued to maintain that his troops advance.",
        ("President Marek", "has continued to maintain", "that his troops advance"),
    ),
    (
        "Anna Reed, the head of the relief office, said the bridge was gone.",
        ("Anna Reed, the head of the relief office", "said", "the bridge was gone"),
    ),
    (
        "The ministry further explained on Telegram that two ships sank.",
        ("The ministry", "further explained", "that two ships sank"),
    ),
    (
        "Sources close to the palace say the king is ill.",
        ("Sources close to the palace", "say", "the king is ill"),
    ),
    (
        "It mentioned that it defended two villages.",
        ("It", "mentioned", "that it defended two villages"),
    ),
    # C, S said
    (
        "Five people died in the blast, the mayor said on Monday.",
        ("the mayor", "said", "Five people died in the blast"),
    ),
    (
        "The attack, officials said, was the largest this year.",
        ("officials", "said", "The attack | was the largest this year"),
    ),
    ("“We hold Orvel,” the general said.", ("the general", "said", "“We hold Orvel,”")),
    (
        "“We hold Orvel,” a commander identified as Ivo Brandt told Channel 5 Wednesday.",
        ("a commander identified as Ivo Brandt", "told", "“We hold Orvel,”"),
    ),
    (
        "“We hold Orvel,” said Petro Lysak, head of the district council, on Telegram.",
        ("Petro Lysak, head of the district council", "said", "“We hold Orvel,”"),
    ),
    (
        "“Will they come back?” the doctor asked.",
        ("the doctor", "asked", "“Will they come back?”"),
    ),
    # a quote cut by its cue
    (
        "“We hold Orvel,” she said, “and we hold the bridge.”",
        ("she", "said", "“We hold Orvel,” | “and we hold the bridge.”"),
    ),
    (
        "“We hold Orvel,” she said. “We hold the bridge.”",
        ("she", "said", "“We hold Orvel,” | “We hold the bridge.”"),
    ),
    (
        "“There are villagers here,” she said, so the army would “bring them food”.",
        ("she", "said", "“There are villagers here,” | so the army would “bring them food”"),
    ),
    # according to, per, as S said
    (
        "According to the governor, two homes burned.",
        ("the governor", "According to", "two homes burned"),
    ),
    (
        "Two homes burned, according to the governor.",
        ("the governor", "according to", "Two homes burned"),
    ),
    (
        "It seems the raid failed, per Velian sources:",
        ("Velian sources", "per", "the raid failed"),
    ),
    (
        "As the general noted, the front is calm.",
        ("the general", "As | noted", "the front is calm"),
    ),
    # other frames
    (
        "The ministry accused Velia of shelling a school.",
        ("The ministry", "accused", "Velia of shelling a school"),
    ),
    ("Velia denied the attack.", ("Velia", "denied", "the attack")),
    (
        "The council called on both sides to stop.",
        ("The council", "called on", "both sides to stop"),
    ),
    (
        "The minister spoke the same day about opening a corridor.",
        ("The minister", "spoke", "about opening a corridor"),
    ),
    (
        "Marek is even reportedly talking about martial law.",
        ("Marek", "is even reportedly talking", "about martial law"),
    ),
    ("The rebels vowed to fight on.", ("The rebels", "vowed", "to fight on")),
    (
        "There were claims, with the Velian navy announcing it the latest statement that its "
        "ships “sank two boats” – a week after the raid.",
        ("the Velian navy", "announcing", "that its ships “sank two boats”"),
    ),
    (
        "Peskin was quoted by Interpress as saying that talks would begin.",
        ("Peskin", "was quoted | as saying", "that talks would begin"),
    ),
    (
        "It was reported by the mayor that two people died.",
        ("the mayor", "was reported", "that two people died"),
    ),
    ("Velia's claim that it won is old.", ("Velia's", "claim", "that it won is old")),
    (
        "Marek: The war will end this year.",
        ("Marek", ":", "The war will end this year"),
    ),
    (
        "The changes, which officials said will begin in May, are small.",
        ("officials", "said", "will begin in May"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), ONE, ids=[text[:40] for text, _ in ONE])
def test_one_attribution(text: str, expected: tuple[str, str, str]) -> None:
    assert triples(text) == [expected]


def test_adding_that_is_a_claim_of_the_same_source() -> None:
    text = "“We lost two tanks,” the army said, adding that six attacks were stopped."
    assert triples(text) == [
        ("the army", "said", "“We lost two tanks,”"),
        ("the army", "adding", "that six attacks were stopped"),
    ]


def test_a_rival_clause_has_its_own_source() -> None:
    text = "The army said it shot down 12 drones, while Velia's navy said nine got through."
    assert triples(text) == [
        ("The army", "said", "it shot down 12 drones"),
        ("Velia's navy", "said", "nine got through"),
    ]


def test_who_is_cited_speaks_and_who_cites_passes_it_on() -> None:
    text = "Interpress reported, citing the defence ministry, that ten drones fell."
    (one,) = tagged(text)
    assert words(text, one.source) == "the defence ministry"
    assert words(text, one.relays) == "Interpress"
    assert words(text, one.content) == "that ten drones fell"


def test_one_claim_for_a_quote_over_paragraphs() -> None:
    text = "“We hold the ridge.\n\n“They fled at dawn.\n\n“The road is ours,” the general said."
    assert triples(text) == [
        (
            "the general",
            "said",
            "“We hold the ridge. | “They fled at dawn. | “The road is ours,”",
        )
    ]


def test_bullets_under_a_source() -> None:
    text = "The general said:\n\n• The town is ours.\n\n• The enemy is gone."
    assert triples(text) == [
        ("The general", "said", "The town is ours"),
        ("The general", "said", "The enemy is gone"),
    ]


def test_a_quote_alone_goes_to_who_spoke_before() -> None:
    text = "“We hold the ridge,” the general said.\n\n“They fled at dawn.”"
    assert triples(text)[1] == ("the general", "", "“They fled at dawn.”")


def test_a_transcript_belongs_to_its_speaker() -> None:
    text = (
        "Jan Marek: Good evening, my friends.\n\nWe have had a hard week.\n\n"
        "I thank you all for your strength.\n\nThe bridge is open again.\n\nWe will rebuild."
    )
    found = triples(text)
    assert len(found) == 5
    assert {source for source, _, _ in found} == {"Jan Marek"}


@pytest.mark.parametrize(
    "text",
    [
        "The claims and counterclaims of both sides are many.",
        "The report was long.",
        "A spokesman declined to comment.",
        "The ministry did not say how many died.",
        "They fired on the said bridge.",
        "He could say anything.",
        "The group supporting the plan is small.",
        "Reports arrived late.",
        "He lives in the United States.",
        "What is said in the “green room” stays there.",
    ],
)
def test_no_attribution(text: str) -> None:
    assert triples(text) == []


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("“We hold Orvel,” the general said.", Mode.DIRECT),
        ("The general said they “hold Orvel” now.", Mode.MIXED),
        ("The general said they hold Orvel.", Mode.INDIRECT),
    ],
)
def test_mode(text: str, mode: Mode) -> None:
    (one,) = tagged(text)
    marked = [part for quote in find(text, split(text)) for part in quote.spans]
    assert mode_of(text, one.content, marked) is mode
