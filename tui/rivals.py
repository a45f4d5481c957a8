"""Two claims of rivals side by side, as a text: why they stand there, the verdict, the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from claims.model import Span
from claims.text import displayed
from store.wording import chain, day
from tui.highlight import type_key
from tui.layout import wrap
from tui.widgets.lines import fit

if TYPE_CHECKING:
    from store.disputes import Dispute
    from store.passages import Context as Around
    from store.passages import Passage
    from tui.themes import Palette

SIGNS = {
    "contradicts": "⇄",
    "denies": "⇄",
    "corroborates": "=",
    "compatible": "=",
    "updates": "→",
    "repeats": "»",
    "unrelated": "∅",
}
"""The sign between two claims, by how they stand; beside it always stands the word."""


def pair_text(one: Dispute, around: Sequence[Around | None], palette: Palette, width: int) -> Text:
    """The reason and the verdict; then the pair side by side: who, where, when, the words."""
    column = (width - 3) // 2
    left = _column(one.first, around[0], palette, column)
    right = _column(one.second, around[1], palette, column)
    text = Text()
    said = one.verdict.value if one.verdict else displayed(one.kind)
    text.append(displayed(one.kind) + ("? " if one.verdict is None else ": "), palette["title"])
    text.append(displayed(one.reason), palette["text"])
    text.append(f"  ({displayed(one.rule)}, {one.confidence:.0%})\n", palette["muted"])
    if one.verdict is not None:
        text.append(f"✓ you: {one.verdict.value}", palette["sign.accepted"])
        text.append(f"  {displayed(one.note)}" if one.note else "", Style(italic=True))
        text.append("\n")
    for number in range(max(len(left), len(right))):
        for rows, gap in ((left, f" {SIGNS.get(said, '⇄') if number == 0 else '│'} "), (right, "")):
            row = rows[number] if number < len(rows) else Text()
            text.append_text(row)
            text.append(" " * (column - cell_len(row.plain)))
            text.append(gap, palette["accent"] if number == 0 else palette["muted"])
        text.append("\n")
    return text


def _column(end: Passage, around: Around | None, palette: Palette, width: int) -> list[Text]:
    claim = end.claim
    who = Text()
    who.append(f"▌{end.look.tag} ", palette.of_side(claim.side, end.look.colour))
    who.append(fit(displayed(chain(claim, end.outlet)), width - 4), palette["title"])
    about = " · ".join(x for x in (end.outlet or "", day(end.date), end.look.name) if x)
    rows = [who, Text(fit(displayed(about), width), palette["muted"])]
    said = displayed(f"{palette.codebook[claim.type].letter}  {end.words}")
    before, after = "", ""
    if around is not None:
        before, after = displayed(around.before), displayed(around.after)
    if before and not before.endswith(" "):
        before += " "  # the letter of the type stands between them
    words = f"{before}{said}{after}"
    start = len(before)
    whole = Text(words, palette["muted"])
    whole.stylize(palette["text"] + palette[type_key(claim.type)], start, start + len(said))
    rows += [whole[low:high] for low, high in wrap(words, Span(0, len(words)), width)]
    return rows
