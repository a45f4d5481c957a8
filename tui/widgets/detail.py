"""The detail of the current claim: who, for which side, how firmly, what figures, and why."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.style import Style

from claims.codebook import Codebook
from claims.model import HAVE_ABOUT, Claim, Mode, Moment
from claims.text import displayed
from store.records import ClaimRecord
from store.wording import chain, quantity, speaker
from tui.highlight import side_key, type_key
from tui.themes import Palette
from tui.widgets.lines import Piece, cut
from tui.widgets.words import Words


class Detail(Words):
    """A few lines about one claim."""

    DEFAULT_CSS = "Detail { height: 3; padding: 0 1; }"
    ALLOW_SELECT = True
    _shown: tuple[ClaimRecord | None, Palette, Mapping[str, str], Mapping[str, str], str] | None = (
        None
    )

    def show_claim(
        self,
        record: ClaimRecord | None,
        palette: Palette,
        sides: Mapping[str, str],
        tags: Mapping[str, str],
        *,
        empty: str = "",
    ) -> None:
        """Show a claim; `sides` are the names and `tags` the two letters of the sides."""
        shown = (record, palette, sides, tags, empty)
        if shown != self._shown:
            self._shown = shown
            self._draw()

    def on_resize(self) -> None:
        """What is cut to the width is cut anew."""
        self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        record, palette, sides, tags, empty = self._shown
        if record is None:
            self.show([[(empty, palette["muted"])]])
        else:
            self.show(describe(record, palette, sides, tags, max(20, self.size.width)))


def describe(
    record: ClaimRecord,
    palette: Palette,
    sides: Mapping[str, str],
    tags: Mapping[str, str],
    width: int,
) -> list[list[Piece]]:
    """The detail's rows, each at most `width` cells: what cannot fit is cut with an ellipsis."""
    claim, muted, codebook = record.claim, palette["muted"], palette.codebook
    kind, side = codebook[claim.type], sides.get(claim.side, claim.side)
    about = claim.about if claim.type in HAVE_ABOUT else None
    first = [
        (f"{record.status.sign} {record.status}  ", palette[f"sign.{record.status}"]),
        (f"{kind.letter} {kind.label}", palette.letter(type_key(claim.type))),
        (f" (about: {codebook[about].label})" if about else "", muted),
        (f"  {displayed(speaker(claim))}", palette["title"]),
        (f", {claim.role}" if claim.role != "unknown" else "", muted),
        (
            f"  ▌{tags.get(claim.side, '??')} {displayed(side)}",
            palette.letter(side_key(claim.side)),
        ),
    ]
    second: list[Piece] = []
    for label, value, style in _facts(claim, sides, codebook):
        gap = "  " if second else ""
        taken = sum(cell_len(words) for words, _ in second)
        if second and taken + cell_len(f"{gap}{label} {value}") > width:
            continue  # whole or not at all
        second += [(f"{gap}{label} ", muted), (value, palette[style])]
    third: list[Piece] = []
    if record.note:
        note = displayed(record.note.replace("\n", " "))
        third += [("note ", muted), (f"{note}  ", Style(italic=True))]
    if record.tags:
        third.append((" ".join("#" + displayed(tag) for tag in record.tags), palette["accent"]))
        third.append(("  ", muted))
    sure = ""
    if claim.confidence and claim.rule != "by hand":
        sure = f", {claim.confidence:.0%} sure"
    third.append((f"why {displayed(claim.rule) or 'by hand'}{sure}", muted))
    return [cut(row, width) for row in (first, second, third) if row]


def _facts(
    claim: Claim, sides: Mapping[str, str], codebook: Codebook
) -> list[tuple[str, str, str]]:
    """Label, value and style key of what is known, the most telling first."""
    facts = []
    figures = "; ".join(quantity(item) for item in claim.quantities)
    if figures:
        facts.append(("figures", displayed(figures), "title"))
    if claim.victims is not None:
        facts.append(("victims", displayed(sides.get(claim.victims, claim.victims)), "text"))
    if claim.channel:
        facts.append(("via", displayed(chain(claim)), "text"))
    hedged = " ~" if claim.certainty == "hedged" else ""
    facts.append(("certainty", f"{codebook.word('certainty', claim.certainty)}{hedged}", "text"))
    if claim.distance != "neutral":
        sign = " ?" if claim.distance == "sceptical" else ""
        facts.append(("writer", f"{codebook.word('distance', claim.distance)}{sign}", "text"))
    if claim.mode is not Mode.UNATTRIBUTED or claim.stance != "asserts":
        facts.append(("stance", codebook.word("stance", claim.stance), "text"))
    facts.append(("mode", str(claim.mode), "text"))
    days = ", ".join(dict.fromkeys(_days(moment) for moment in claim.dates if moment.start))
    if days:
        facts.append(("when", displayed(days), "text"))
    places = ", ".join(dict.fromkeys(place.name for place in claim.places))
    if places:
        facts.append(("places", displayed(places), "text"))
    return facts


def _days(moment: Moment) -> str:
    if moment.end in (None, moment.start):
        return moment.start or ""
    return f"{moment.start}…{moment.end}"
