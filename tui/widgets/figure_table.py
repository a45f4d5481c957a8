"""Figures by day, a line each: the table of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style

from claims.text import displayed
from store.ledger import REACHES, Entry
from tui.widgets.lines import Piece, fit
from tui.widgets.paged import PagedList

if TYPE_CHECKING:
    from store.sides import SideLook

_DAY, _FIGURE, _OVER, _WHOSE, _SAYS = 11, 17, 8, 6, 5


class FigureTable(PagedList[Entry]):
    """Figures, a line each, by day."""

    why_empty: Sequence[str] = ("Looking …",)

    def rows_of(self, one: Entry, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Day, figure with its bound, of what, over what time, whose loss, who says it."""
        assert self.palette is not None
        palette = self.palette
        stated = one.dated == "stated"
        whose = one.whose
        counted = fit(displayed(one.counted), counted_width(width))
        who = displayed(one.speaker or one.outlet or "the article")
        where = f", {displayed(one.outlet)}" if one.outlet and one.outlet != one.speaker else ""
        figure = fit(displayed(one.figure), _FIGURE)
        room = width - 1 - _DAY - _FIGURE - 2 - counted_width(width) - _OVER - _WHOSE - _SAYS
        who = fit(who, room)
        yield (
            (" " if stated else "~", palette["muted"]),
            (
                f"{displayed(one.day or 'no day')[:_DAY]:<{_DAY}}",
                palette["text"] if stated else palette["muted"],
            ),
            (f"{figure:>{_FIGURE}} ", palette["title"]),
            (counted + " " * (counted_width(width) - cell_len(counted)), palette["text"]),
            (f" {REACHES.get(one.reach, ''):<{_OVER}}", palette["muted"]),
            (f"{whose.tag if whose else '??':<{_WHOSE}}", _side(self, one.victims, whose)),
            (f"{one.look.tag:<{_SAYS}}", palette.of_side(one.side, one.look.colour)),
            (who, palette["text"]),
            (fit(where, room - cell_len(who)), palette["muted"]),
        )


def heads(width: int) -> str:
    """The heads of the columns, for a table so many cells wide."""
    return (
        f" {'day':<{_DAY}}{'figure':>{_FIGURE}} {'of what':<{counted_width(width)}}"
        f" {'over':<{_OVER}}{'whose':<{_WHOSE}}{'says':<{_SAYS}}who"
    )


def figures(count: int) -> str:
    """A number of figures in words."""
    return f"{count:,} figure{'' if count == 1 else 's'}"


def counted_width(width: int) -> int:
    """How wide the column of what is counted is."""
    return 8 if width < 64 else min(32, width // 5)


def _side(table: FigureTable, side: str | None, look: SideLook | None) -> Style:
    assert table.palette is not None
    if side is None or look is None:
        return table.palette["muted"]
    return table.palette.of_side(side, look.colour)
