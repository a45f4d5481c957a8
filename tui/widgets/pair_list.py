"""Pairs of claims, a line each: the list of the disputes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from claims.text import displayed
from store.disputes import Dispute
from store.wording import day, speaker
from tui.rivals import SIGNS
from tui.widgets.lines import Piece, fit
from tui.widgets.paged import PagedList

if TYPE_CHECKING:
    from store.passages import Passage

_DAY = 13
"""Columns of a day in words, with the blank before it."""


class PairList(PagedList[Dispute]):
    """Pairs of claims, a line each."""

    PAGE = 50
    why_empty: Sequence[str] = ("Looking …",)

    def rows_of(self, one: Dispute, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Relation or verdict, who against whom, when."""
        assert self.palette is not None
        palette = self.palette
        said = one.verdict.value if one.verdict else displayed(one.kind)
        mark = "✓" if one.verdict else "·"
        when = day(one.second.date or one.first.date)
        room = max(8, (width - 20 - _DAY) // 2)
        ends = [self._end(end, room) for end in (one.first, one.second)]
        style = palette["sign.accepted" if one.verdict else "sign.proposed"]
        yield (
            (f" {mark} ", style),
            (f"{said:<13}", palette["title"] if one.verdict else palette["text"]),
            *ends[0],
            (f" {SIGNS.get(said, '⇄')} ", palette["accent"]),
            *ends[1],
            (f" {when:>{_DAY - 1}}", palette["muted"]),
        )

    def _end(self, end: Passage, room: int) -> list[Piece]:
        assert self.palette is not None
        who = fit(displayed(speaker(end.claim)), room - 3)
        return [
            (f"{end.look.tag:<3}", self.palette.of_side(end.claim.side, end.look.colour)),
            (who + " " * (room - 3 - cell_len(who)), self.palette["text"]),
        ]
