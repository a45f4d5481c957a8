"""The sides of a conflict as reports show them: name, two-letter tag, colour."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from claims.model import AUTHOR, MEDIA, THIRD_PARTY, UNKNOWN_SIDE


class SideLook(NamedTuple):
    """How a side is shown; `colour` is #RRGGBB."""

    name: str
    tag: str
    colour: str


_GREY = "#8A8A8A"
_COMMON = {
    THIRD_PARTY: SideLook("third party", "3P", "#7B7F52"),
    MEDIA: SideLook("media", "ME", "#6F7F8F"),
    AUTHOR: SideLook("author", "AU", _GREY),
    UNKNOWN_SIDE: SideLook("unknown", "??", _GREY),
}


def side_look(profile: str, side: str) -> SideLook:
    """The look of a side in a profile; a side that the profile does not know keeps its own name."""
    known = _sides(profile).get(side)
    return known or SideLook(side, side[:2].upper() or "??", _GREY)


def side_name(profile: str, side: str) -> str:
    """The name of a side for a reader."""
    return side_look(profile, side).name


def side_tag(profile: str, side: str) -> str:
    """The two letters of a side."""
    return side_look(profile, side).tag


@lru_cache(maxsize=32)
def _sides(profile: str) -> dict[str, SideLook]:
    from claims.profile import ProfileError, load

    try:
        sides = load(profile).sides
    except ProfileError:
        return dict(_COMMON)
    return _COMMON | {side.id: SideLook(side.name, side.tag, side.colour) for side in sides}
