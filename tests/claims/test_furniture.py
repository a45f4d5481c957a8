"""What belongs to the page is no claim of the writer; a question is hardly one."""

from __future__ import annotations

import pytest

from claims.extract import extract
from claims.furniture import is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "You may opt out at anytime.",
        "Rasha Salem/ Lina Said",
        "Manar al-Farid/Mona / Hazem Said",
        "Follow us on Instagram",
        "Share this on https://example.org/x?y=1",
        "https://example.org/news/2024/05/05",
        "(Reporting by Anna Reed; Editing by Ivo Brandt)",
        "Click here to see the map of the war.",
        "© 2024 The Daily Example. All rights reserved.",
    ],
)
def test_furniture_gives_no_claim(line: str) -> None:
    assert is_furniture(line)
    text = (
        f"The army took the town on Monday after a long fight.\n\n{line}\n\nTen people died there."
    )
    assert line.strip(".") not in [
        span.of(text).strip(".") for claim in extract(text).claims for span in claim.content
    ]


@pytest.mark.parametrize(
    "line",
    [
        "The army will share intelligence with its allies.",
        "Reporting by the monitors shows that ten people died.",
        "Brigades of the north/south groups left the town.",
        "They follow orders from the capital.",
        "Photographs of the town show burnt houses.",
        "Ten people died, according to https://example.org/report from the town.",
    ],
)
def test_news_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_question_of_the_writer_is_doubtful() -> None:
    text = "Why has the army left the town? The army has left the town."
    asked, told = extract(text).claims
    assert asked.confidence < 0.5 < told.confidence
