"""The colours: Textual themes for the frame, and one palette that turns style keys into styles.

Colour is never the only sign: every key has a letter, a tag or an attribute beside it, so that
the same screen reads in 24-bit colour, 256, 16 and none. `tui.looks` has the colours of claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color, ColorSystem
from rich.style import Style
from textual.theme import Theme

from claims.codebook import BASE, Codebook
from claims.model import UNKNOWN_SIDE, Group
from tui.looks import LOOKS, Look

if TYPE_CHECKING:
    from claims.profile import Side

THEMES: tuple[Theme, ...] = (
    Theme(
        name="warreader-dark",
        primary="#7FA7C9",
        secondary="#9C8FB8",
        accent="#E69F00",
        warning="#E69F00",
        error="#F0743E",
        success="#2EC49A",
        foreground="#D8D8D2",
        background="#15171A",
        surface="#15171A",
        panel="#202429",
        dark=True,
        variables={"footer-key-foreground": "#E69F00", "block-cursor-text-style": "none"},
    ),
    Theme(
        name="warreader-light",
        primary="#1F5F93",
        secondary="#6A5A8C",
        accent="#A85B00",
        warning="#A85B00",
        error="#B33A00",
        success="#00704F",
        foreground="#22242A",
        background="#FBFAF6",
        surface="#FBFAF6",
        panel="#EEECE4",
        dark=False,
        variables={"footer-key-foreground": "#A85B00", "block-cursor-text-style": "none"},
    ),
    Theme(
        name="warreader-contrast",
        primary="#9FD8FF",
        secondary="#D8C8FF",
        accent="#FFD84A",
        warning="#FFD84A",
        error="#FF8A66",
        success="#4DF0B4",
        foreground="#FFFFFF",
        background="#000000",
        surface="#000000",
        panel="#1C1C1C",
        dark=True,
        variables={"footer-key-foreground": "#FFD84A", "block-cursor-text-style": "none"},
    ),
)
THEMES += (
    replace(THEMES[0], name="warreader-safe-dark"),
    replace(THEMES[1], name="warreader-safe-light"),
)
DEFAULT_THEME = "warreader-dark"
PLAIN_THEME = "ansi-dark"
"""The theme that leaves every colour to the terminal; used where colour is switched off."""


class Depth(StrEnum):
    """How many colours the terminal shows."""

    NONE = "none"
    SIXTEEN = "16"
    MANY = "many"
    TRUE = "true"


_SIXTEEN: Mapping[Group, Style] = {
    Group.GROUND: Style(color="cyan"),
    Group.FIRE: Style(color="red"),
    Group.TOLL: Style(color="magenta"),
    Group.FORCES: Style(color="yellow"),
    Group.AID: Style(color="green"),
    Group.POLITICS: Style(color="blue"),
    Group.DISPUTE: Style(color="red", underline=True),
    Group.VIEW: Style(color="magenta", underline=True),
}
_LEAST = 4.5
"""The least contrast ratio of words on their ground (WCAG 2.2, success criterion 1.4.3)."""
_TINT = 0.13
"""How much of a highlight's colour goes into its ground, where the terminal can show it."""


class Palette:
    """Styles by key for one theme, one colour depth, one codebook and one conflict profile.

    Keys: `type.ID`, `group.GROUP`, `side.ID`, `text`, `muted`, `title`, `current`, `cursor`,
    `match`, `match-current`, `source`, `cue`, `content`, `odd`, `sign.STATUS`.
    """

    def __init__(
        self,
        *,
        dark: bool,
        depth: Depth,
        foreground: str,
        background: str,
        accent: str,
        sides: Iterable[Side] = (),
        codebook: Codebook = BASE,
        look: Look | None = None,
    ) -> None:
        self.look = look or LOOKS[0 if dark else 1]
        self.codebook = codebook
        self.depth = depth
        self._ground = background or "#15171A"
        self._accent = accent or "#E69F00"
        self._styles: dict[str, Style] = {}
        self._fill(foreground, accent)
        sides = tuple(sides)
        for side in sides:
            self._styles[f"side.{side.id}"] = self._own(self.look.side_colour(side, sides))

    def __getitem__(self, key: str) -> Style:
        return self._styles.get(key, _PLAIN)

    def know_side(self, side: str, colour: str) -> None:
        """Give a side that the article's own profile does not have the colour of another's."""
        if f"side.{side}" not in self._styles:
            self._styles[f"side.{side}"] = self._own(colour)

    def letter(self, key: str) -> Style:
        """The style of the sign that goes with a highlight: the same colour, no ground."""
        style = self[key]
        return Style(color=style.color, bold=True, underline=style.underline)

    def of_side(self, side: str, colour: str) -> Style:
        """The style of a side that may be of another profile, by its colour (#RRGGBB)."""
        key = f"look.{side}.{colour}"
        if key not in self._styles:
            self._styles[key] = self._own(colour)
        return self.letter(key)

    def heat(self, share: float) -> Style:
        """The ground of a cell by its share of the largest one, 0 to 1; plain without colours."""
        if self.depth not in (Depth.MANY, Depth.TRUE):
            return Style(bold=share > 0.5)
        return self._on(_blend(self._ground, self._accent, 0.08 + 0.62 * share))

    def _on(self, ground: str) -> Style:
        """Words on a ground of colour: black or white, of which one always reads (4.5 to 1)."""
        words = max("#000000", "#FFFFFF", key=lambda one: contrast(one, ground))
        return Style(bgcolor=ground, color=words)

    def colour(self, key: str) -> tuple[int, int, int] | None:
        """The colour of a style as red, green and blue; None where the terminal decides."""
        colour = self[key].color
        if colour is None or self.depth not in (Depth.MANY, Depth.TRUE):
            return None
        return _rgb(colour.name)

    def _fill(self, foreground: str, accent: str) -> None:
        styles = self._styles
        rich = self.depth in (Depth.MANY, Depth.TRUE)
        for group, colour in self.look.groups.items():
            if rich:
                styles[f"group.{group}"] = self._highlight(colour)
            elif self.depth is Depth.SIXTEEN:
                styles[f"group.{group}"] = _SIXTEEN[group]
            else:
                styles[f"group.{group}"] = _PLAIN
        styles[f"group.{Group.NONE}"] = _PLAIN
        for entry in self.codebook.types.values():
            own = entry.colour
            styles[entry.style_key] = self._own(own) if own else styles[f"group.{entry.group}"]
        if rich:
            styles["text"] = Style(color=foreground)
            muted = _blend(foreground, self._ground, self.look.muted)
            styles["muted"] = Style(color=_readable(muted, self._ground, _LEAST))
            styles["title"] = Style(color=foreground, bold=True)
            styles["current"] = Style(bgcolor=_blend(self._ground, foreground, 0.1))
            styles["cursor"] = Style(bgcolor=_blend(self._ground, foreground, 0.14))
            styles["accent"] = Style(color=accent, bold=True)
            styles["match"] = self._on(_blend(accent, self._ground, 0.4))
            styles["match-current"] = self._on(accent) + Style(bold=True)
            styles["odd"] = Style(color=accent, bold=True)
        else:
            styles["text"] = _PLAIN
            styles["muted"] = Style(dim=True)
            styles["title"] = Style(bold=True)
            styles["current"] = Style(bold=True)
            styles["cursor"] = Style(reverse=True)
            styles["accent"] = Style(bold=True)
            styles["match"] = Style(reverse=True)
            styles["match-current"] = Style(reverse=True, bold=True)
            styles["odd"] = Style(bold=True, reverse=True)
        styles["source"] = Style(bold=True)
        styles["cue"] = Style(italic=True)
        styles["content"] = Style(underline=True)
        green, red = self.look.groups[Group.AID], self.look.groups[Group.FIRE]
        if rich:
            styles["sign.accepted"] = Style(color=green, bold=True)
            styles["sign.rejected"] = Style(color=red, bold=True)
            styles["sign.edited"] = styles["sign.added"] = Style(color=accent, bold=True)
        else:
            for status in ("accepted", "rejected", "edited", "added"):
                styles[f"sign.{status}"] = Style(bold=True)
        styles["sign.proposed"] = styles[f"side.{UNKNOWN_SIDE}"] = styles["muted"]

    def _highlight(self, colour: str) -> Style:
        colour = _readable(colour, self._ground, self.look.contrast)
        tint = _blend(self._ground, colour, _TINT) if self.depth is Depth.TRUE else None
        return Style(color=colour, bgcolor=tint)

    def _own(self, colour: str) -> Style:
        """A colour that a profile or a codebook names, made to read on the ground."""
        if self.depth is Depth.NONE:
            return _PLAIN
        if self.depth is Depth.SIXTEEN:
            return Style.from_color(Color.parse(colour).downgrade(ColorSystem.STANDARD))
        return self._highlight(colour)


_PLAIN = Style()
SELECTED = Style(reverse=True)
"""Words that the mouse has selected: seen in any colours and in none."""


def blank(style: Style) -> Style:
    """A style with the ground of another."""
    return Style(bgcolor=style.bgcolor)


def _rgb(colour: str) -> tuple[int, int, int]:
    triplet = Color.parse(colour).get_truecolor()
    return triplet.red, triplet.green, triplet.blue


@lru_cache(512)
def _blend(one: str, other: str, share: float) -> str:
    """`one` with a share of `other`, as #RRGGBB."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return "#" + "".join(f"{value:02X}" for value in mixed)


def _luminance(colour: str) -> float:
    """Relative luminance, after the Web Content Accessibility Guidelines 2.2."""

    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (Web Content Accessibility Guidelines 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(512)
def _readable(colour: str, ground: str, ratio: float) -> str:
    """The colour moved towards white or black until it reads on the ground."""
    target = "#FFFFFF" if _luminance(ground) < 0.4 else "#000000"
    for step in range(11):
        candidate = _blend(colour, target, step / 10)
        if contrast(candidate, ground) >= ratio:
            return candidate
    return target
