"""What is read in another language: sentences, quotations and numbers, and nothing of English."""

from __future__ import annotations

import pytest

from claims.extract import extract
from claims.language import notes_on
from claims.model import ClaimType, Span
from claims.quantities import find_quantities
from claims.sentences import split


@pytest.mark.parametrize(
    "text",
    [
        "Die Armee tötete 20 Soldaten in der Stadt.",
        "Die Armee meldet 20 Tote und 30 Verletzte bei einem Angriff.",
        "L'armée a annoncé la mort de 20 soldats dans une attaque contre la ville.",
        "El ejército informó que 20 soldados murieron en un ataque.",
        "L'esercito ha detto che 20 soldati sono morti nella città.",
        "Het leger zegt dat 20 soldaten werden gedood bij een aanval.",
    ],
)
def test_a_few_words_of_another_language_are_told_and_not_read_as_english(text: str) -> None:
    result = extract(text)
    assert "does not look like English" in result.notes[0]
    assert {claim.type for claim in result.claims} == {ClaimType.BACKGROUND}
    assert all(one.measure is None for claim in result.claims for one in claim.quantities)


@pytest.mark.parametrize(
    "text",
    [
        "Troops killed in fighting near Kyiv",
        "Oscar de la Hoya wins fight",
        "UN chief meets Le Drian in Paris",
        "Zoë Café owner shot dead",
        "Two die in Las Cruces",
        "20 killed",
        "",
    ],
)
def test_short_english_stays_english(text: str) -> None:
    assert notes_on(text) == ()


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("1 500 раненых", [(1500, 1500, "wounded")]),
        ("1,5 тысячи солдат", [(1500, 1500, None)]),
        ("до 270 танков", [(None, 270, None)]),
        ("более 300 погибли", [(300, None, "killed")]),
        ("не менее 20 убитых", [(20, None, "killed")]),
        ("до 2022 года", []),
        ("2,5 млн гривень", [(2.5e6, 2.5e6, None)]),
        ("lost 1,500 men", [(1500, 1500, "casualties")]),
        ("killed 12 500 days ago", [(12, 12, "killed")]),
    ],
)
def test_figures_before_cyrillic_words(
    text: str, counted: list[tuple[float | None, float | None, str | None]]
) -> None:
    found = find_quantities(text, Span(0, len(text)))
    assert [(one.low, one.high, one.measure) for one in found if one.unit is None] == counted


def test_a_low_quotation_mark_that_closes_high_ends_a_sentence() -> None:
    text = "„Wir haben die Stadt verloren.“ Der Minister trat zurück."
    assert [one.span.of(text) for one in split(text)] == [
        "„Wir haben die Stadt verloren.“",
        "Der Minister trat zurück.",
    ]
    assert len(split("He said: “It is lost.” “We left.” They went.")) == 3


def test_a_sentence_is_no_speaker() -> None:
    text = (
        "Вчера вечером войска нанесли удар по городу и разрушили несколько домов на окраине: "
        "«Мы потеряли все, что у нас было», заявил мэр."
    )
    assert [claim.speaker for claim in extract(text).claims if claim.source] == []
    named = "Зеленский: «Мы не отдадим этот город никому»."
    assert [claim.speaker for claim in extract(named).claims if claim.source] == ["Зеленский"]
    said = "Мудрость деда проста и глубока: «Мы не отдадим этот город никому»."
    assert [claim.speaker for claim in extract(said).claims if claim.source] == []
