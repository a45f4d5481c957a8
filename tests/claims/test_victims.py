"""Whose people were harmed: subjects, objects, places, and the rivals of who did it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.model import Span
from claims.profile import load
from claims.victims import victims_side


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


def test_only_the_span_is_read() -> None:
    text = "Six Israelis were killed. Two Palestinians were killed."
    assert victims_side(text, Span(26, len(text)), load("israel-palestine")) == "palestine"


@given(st.lists(st.sampled_from(["Israelis", "killed", "by", "Gaza", ",", ".", "were", "x"])))
def test_any_words_give_a_side_of_the_profile_or_none(words: list[str]) -> None:
    text = " ".join(words)
    assert side(text) in ("israel", "palestine", None)
    if "killed" not in words:
        assert side(text) is None
