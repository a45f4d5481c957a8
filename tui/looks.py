"""The looks that ship: which colours the groups of claims and the sides have, and their words.

The colours of the groups are after Okabe and Ito, "Color Universal Design" (2008), lightened for
dark grounds and darkened for light ones. Those of the colour-blind looks are the same hues moved
until every two stay apart for protanopes, deuteranopes and tritanopes as well (a test computes
it); there the sides take the same colours, whatever the profile says. Nothing imports Textual.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.model import AUTHOR, MEDIA, THIRD_PARTY, UNKNOWN_SIDE, Group

if TYPE_CHECKING:
    from claims.profile import Side

_GROUPS = (
    Group.GROUND,
    Group.FIRE,
    Group.TOLL,
    Group.FORCES,
    Group.AID,
    Group.POLITICS,
    Group.DISPUTE,
    Group.VIEW,
)


def _groups(colours: str) -> Mapping[Group, str]:
    return dict(zip(_GROUPS, colours.split(), strict=True))


_DARK = _groups("#5FB7EF #FF7F50 #F08CC0 #E8DC4A #35CFA2 #8FA8FF #F0A828 #BFB0E6")
_LIGHT = _groups("#005F99 #B83A00 #A02C74 #6E6000 #00704F #2C3FBF #945200 #5F4B8B")
_SAFE_DARK = _groups("#51BBF5 #E2561B #C773A1 #FFF033 #009E70 #5D79FF #E3AF60 #E8E8F0")
_SAFE_LIGHT = _groups("#0476C9 #CB4800 #A64F87 #4A3D00 #00704F #0D2FA0 #351000 #3A3A44")


@dataclass(frozen=True, slots=True)
class Look:
    """A set of colours."""

    theme: str
    """The name of the theme of the frame."""
    name: str
    """What `--theme` takes."""
    words: str
    groups: Mapping[Group, str]
    contrast: float = 5.0
    """The least contrast ratio of a colour on the ground (WCAG 2.2)."""
    muted: float = 0.52
    """How much of the ground is mixed into words of less weight."""
    own_sides: bool = True
    """Whether the sides have the colours of their profile."""

    def side_colour(self, side: Side, sides: Iterable[Side]) -> str:
        """The colour of a side among all of its profile."""
        if self.own_sides:
            return side.colour
        common = {
            THIRD_PARTY: self.groups[Group.GROUND],
            MEDIA: self.groups[Group.TOLL],
            AUTHOR: self.groups[Group.VIEW],
            UNKNOWN_SIDE: self.groups[Group.DISPUTE],
        }
        if side.id in common:
            return common[side.id]
        kept = (Group.POLITICS, Group.FIRE, Group.FORCES, Group.AID)
        others = [one.id for one in sides if one.id not in common]
        place = others.index(side.id) if side.id in others else len(kept)
        return self.groups[kept[place]] if place < len(kept) else side.colour


LOOKS = (
    Look("warreader-dark", "dark", "on a dark ground", _DARK),
    Look("warreader-light", "light", "on a light ground", _LIGHT),
    Look("warreader-contrast", "contrast", "high contrast, on black", _DARK, 7.0, 0.3),
    Look(
        "warreader-safe-dark",
        "colour-blind",
        "for colour-blind eyes, on a dark ground",
        _SAFE_DARK,
        contrast=4.5,
        own_sides=False,
    ),
    Look(
        "warreader-safe-light",
        "colour-blind-light",
        "for colour-blind eyes, on a light ground",
        _SAFE_LIGHT,
        contrast=4.5,
        own_sides=False,
    ),
    Look("ansi-dark", "terminal", "the terminal's own colours, dark", _DARK),
    Look("ansi-light", "terminal-light", "the terminal's own colours, light", _LIGHT),
)
"""The looks in the order of the menu."""


def look(theme: str, *, dark: bool) -> Look:
    """The look of a theme; one of Textual's own has the colours of our dark or light one."""
    found = next((one for one in LOOKS if one.theme == theme), None)
    return found or LOOKS[0 if dark else 1]


def theme_of(name: str | None) -> str | None:
    """The theme that a look's name stands for; other names are themes themselves."""
    return next((one.theme for one in LOOKS if one.name == name), name)
