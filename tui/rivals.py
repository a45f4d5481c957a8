"""Two claims of rivals side by side, as a text: why they stand there, the verdict, the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.geometry import Size

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


def pair_text(one: Dispute, around: Sequence[Around | None], palette: Palette, size: Size) -> Text:
    """The reason and the verdict; then the pair side by side: who, where, when, the words.

    Of what stands around the claims there is as much as the rows of `size` leave.
    """
    column = (size.width - 3) // 2
    text = Text()
    said = one.verdict.value if one.verdict else displayed(one.kind)
    text.append(displayed(one.kind) + ("? " if one.verdict is None else ": "), palette["title"])
    text.append(_why(displayed(one.reason)), palette["text"])
    text.append(f"  ({displayed(one.rule)}, {one.confidence:.0%})\n", palette["muted"])
    if one.verdict is not None:
        text.append(f"✓ you: {one.verdict.value}", palette["sign.accepted"])
        note = displayed(" ".join(one.note.split()))
        text.append(f"  {note}" if note else "", Style(italic=True))
        text.append("\n")
    text.append("\n")
    rows = size.height - sum(
        -(-cell_len(line) // size.width) or 1 for line in text.plain.split("\n")
    )
    left = _column(one.first, around[0], palette, Size(column, rows))
    right = _column(one.second, around[1], palette, Size(column, rows))
    for number in range(max(len(left), len(right))):
        for lines, gap in (
            (left, f" {SIGNS.get(said, '⇄') if number == 0 else '│'} "),
            (right, ""),
        ):
            row = lines[number] if number < len(lines) else Text()
            text.append_text(row)
            text.append(" " * (column - cell_len(row.plain)))
            text.append(gap, palette["accent"] if number == 0 else palette["muted"])
        text.append("\n")
    return text


def _why(reason: str) -> str:
    """A reason without the words of the two claims, which stand below it."""
    quoted, end, why = reason.rpartition("”; ")
    return why if end and quoted.count("“") > 1 else reason


def _column(end: Passage, around: Around | None, palette: Palette, size: Size) -> list[Text]:
    claim, width = end.claim, size.width
    who = Text()
    who.append(f"▌{end.look.tag} ", palette.of_side(claim.side, end.look.colour))
    who.append(fit(displayed(chain(claim, end.outlet)), width - 4), palette["title"])
    about = " · ".join(x for x in (end.outlet or "", day(end.date), end.look.name) if x)
    rows = [who, Text(fit(displayed(about), width), palette["muted"])]
    said = displayed(f"{palette.codebook[claim.type].letter}  {end.words}")
    before, after = "", ""
    if around is not None:
        own = sum(1 for _ in wrap(said, Span(0, len(said)), width))
        before, after = displayed(around.before), displayed(around.after)
        before = _end_of(before, max(0, (size.height - len(rows) - own) // 2) * width)
    if before and not before.endswith(" "):
        before += " "  # the letter of the type stands between them
    words = f"{before}{said}{after}"
    whole = Text()
    whole.append(before, palette["muted"])
    whole.append(said, palette["text"] + palette[type_key(claim.type)])
    whole.append(after, palette["muted"])
    rows += [whole[low:high] for low, high in wrap(words, Span(0, len(words)), width)]
    return rows


def _end_of(words: str, most: int) -> str:
    """The last of the words, in at most so many characters, from the beginning of one."""
    if len(words) <= most:
        return words
    kept = words[-most:] if most else ""
    return "…" + kept.partition(" ")[2] if " " in kept else ""
