"""The style sheet of the HTML export: `page.css`, with the colours of the sides on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

from store.sides import SideLook

_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")


def style(sides: Iterable[SideLook]) -> str:
    """The sheet with one class a side, `side0` on; a colour that is not #RRGGBB is left out."""
    sheet = files("store.exports").joinpath("page.css").read_text(encoding="utf-8")
    rules = (
        f".side{number} {{ --side: {look.colour} }}\n"
        for number, look in enumerate(sides)
        if _HEX.match(look.colour)
    )
    return sheet + "".join(rules)
