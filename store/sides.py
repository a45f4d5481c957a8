"""The sides of a conflict as reports show them: name, two-letter tag, colour."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claims.profile_file import GENERIC

if TYPE_CHECKING:
    from claims.profile import Profile


class SideLook(NamedTuple):
    """How a side is shown; `colour` is #RRGGBB."""

    name: str
    tag: str
    colour: str


def side_look(profile: str, side: str) -> SideLook:
    """The look of a side in a profile; a side that the profile does not know keeps its own name.

    A profile that is not there any more does not stop an export: then the generic one speaks.
    """
    known = _profile(profile).side(side)
    return SideLook(known.name, known.tag, known.colour)


def side_name(profile: str, side: str) -> str:
    """The name of a side for a reader."""
    return side_look(profile, side).name


def side_tag(profile: str, side: str) -> str:
    """The two letters of a side."""
    return side_look(profile, side).tag


@lru_cache(maxsize=32)
def _profile(name: str) -> Profile:
    from claims.profile import ProfileError, load
    from store import paths

    try:
        return load(name, (paths.profiles_dir(),))
    except ProfileError:
        return load(GENERIC)
