"""Colours: readable on their ground, apart for colour-blind eyes, remembered, and never needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import pytest
from driving import Reader, press
from numpy.typing import NDArray

from claims.model import Group
from claims.profile import load
from store.errors import ConfigError
from tui.app import WarreaderApp
from tui.looks import LOOKS, Look
from tui.themes import THEMES, Depth, Palette, contrast

APART = 12.0
"""The least difference (CIEDE2000) of two colours for every kind of eyes. Okabe and Ito's own eight
colours come to 10.9 by the same computation, the look "dark" to 2.5."""

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation
# of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009),
# table 1 at severity 1.0; the matrices apply to linear RGB.
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_XYZ = (  # of linear sRGB, IEC 61966-2-1
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)  # D65
Lab = NDArray[np.float64]


def lab(colour: str, eyes: str) -> Lab:
    """CIELAB of a colour as those eyes see it."""
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(EYES[eyes]) @ linear, 0, 1)
    part = np.array(_XYZ) @ seen / np.array(_WHITE)
    f = np.where(part > 216 / 24389, np.cbrt(part), (24389 / 27 * part + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: Lab, two: Lab) -> float:
    """CIEDE2000, after Sharma, Wu and Dalal (Color Research & Application 30, 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 1.5 - 0.5 * np.sqrt(mean**7 / (mean**7 + 25**7))
    c1, c2 = np.hypot(a1 * g, b1), np.hypot(a2 * g, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1 * g)) % 360, np.degrees(np.arctan2(b2, a2 * g)) % 360
    dh = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = h1 + h2 if not c1 * c2 else (h1 + dh / 2) % 360
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * np.cos(np.radians(hue - 30)) + 0.24 * np.cos(np.radians(2 * hue))
    t += 0.32 * np.cos(np.radians(3 * hue + 6)) - 0.2 * np.cos(np.radians(4 * hue - 63))
    sl = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    turn = 60 * np.exp(-(((hue - 275) / 25) ** 2))
    rt = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7)) * np.sin(np.radians(turn))
    dl, dc = (l2 - l1) / sl, (c2 - c1) / sc
    dhue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh) / 2) / sh
    return float(np.sqrt(dl**2 + dc**2 + dhue**2 + rt * dc * dhue))


def test_the_difference_is_that_of_the_published_examples() -> None:
    # Pairs 1, 17 and 25 of the table in Sharma, Wu and Dalal (2005).
    for one, two, wanted in (
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ):
        assert difference(np.array(one), np.array(two)) == pytest.approx(wanted, abs=1e-4)


def closest(colours: Sequence[str]) -> float:
    return min(
        difference(lab(one, eyes), lab(two, eyes))
        for eyes in EYES
        for one, two in combinations(colours, 2)
    )


def palette(look: Look, profile: str = "generic", depth: Depth = Depth.TRUE) -> Palette:
    theme = next(theme for theme in THEMES if theme.name == look.theme)
    assert theme.background and theme.foreground and theme.accent
    return Palette(
        dark=theme.dark,
        depth=depth,
        foreground=theme.foreground,
        background=theme.background,
        accent=theme.accent,
        sides=load(profile).sides,
        look=look,
    )


def shown(found: Palette, keys: Iterable[str]) -> list[str]:
    colours = [found[key].color for key in keys]
    assert all(colours)
    return [colour.get_truecolor().hex.upper() for colour in colours if colour]


OURS = [look for look in LOOKS if look.theme.startswith("warreader")]
SAFE = [look for look in OURS if not look.own_sides]
GROUPS = [f"group.{group}" for group in Group if group is not Group.NONE]


@pytest.mark.parametrize("look", OURS, ids=lambda look: look.name)
def test_every_colour_reads_on_its_ground(look: Look) -> None:
    theme = next(theme for theme in THEMES if theme.name == look.theme)
    found = palette(look, "russia-ukraine")
    sides = [f"side.{side.id}" for side in load("russia-ukraine").sides]
    for colour in shown(found, [*GROUPS, *sides, "text"]):
        assert contrast(colour, str(theme.background)) >= look.contrast
    for colour in shown(found, ["accent", "muted", "sign.accepted", "sign.rejected"]):
        assert contrast(colour, str(theme.background)) >= 4.5
    filled = [found["match"], found["match-current"], *(found.heat(at / 50) for at in range(51))]
    for style in filled:
        assert style.color and style.bgcolor
        assert contrast(style.color.name, style.bgcolor.name) >= 4.5


@pytest.mark.parametrize("look", SAFE, ids=lambda look: look.name)
def test_groups_and_sides_stay_apart_for_colour_blind_eyes(look: Look) -> None:
    assert closest(shown(palette(look), GROUPS)) >= APART
    for name in ("russia-ukraine", "israel-palestine"):
        sides = [f"side.{side.id}" for side in load(name).sides]
        assert closest(shown(palette(look, name), sides)) >= APART


def test_without_many_colours_nothing_is_lost() -> None:
    for look in OURS:
        sixteen = palette(look, depth=Depth.SIXTEEN)
        assert len({str(sixteen[key]) for key in GROUPS}) == 8
        assert all(palette(look, depth=Depth.NONE)[key].color is None for key in GROUPS)


async def test_a_look_is_chosen_and_remembered(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "ctrl+t c")
        assert app.theme == "warreader-contrast" and app.main.palette.look.name == "contrast"
        await app.workers.wait_for_complete()
    async with reader() as (app, pilot):
        assert app.theme == "warreader-contrast"
        await press(pilot, "ctrl+t b")
        assert app.main.palette.look.name == "colour-blind"


def test_a_look_that_there_is_not_is_refused_by_name() -> None:
    app = WarreaderApp()
    app.work.close()
    for look in LOOKS:
        app.check_theme(look.name)
    with pytest.raises(ConfigError, match="did you mean 'contrast'"):
        app.check_theme("contrst")
