"""Keywords in their context, or claims, a line each: the list of the concordance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.style import Style

from claims.text import displayed
from store.concordance import Line
from store.records import Status
from store.sides import side_look
from store.wording import day
from tui import messages
from tui.highlight import side_key, type_key
from tui.widgets.lines import LineList, Piece, fit

_ROOM_FOR_SOURCE = 100
"""Columns from which a line also says where it stands."""
_SOURCE = 32


class KwicList(LineList):
    """The lines, the keywords below one another."""

    def __init__(self) -> None:
        super().__init__(id="kwic")
        self.lines: Sequence[Line] = ()
        self.typed = ""

    def show(self, lines: Sequence[Line], typed: str) -> None:
        """Show these lines; the cursor stays."""
        self.lines, self.typed = lines, typed
        self.set_count(len(lines))

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """What stands before, the keyword, what stands behind; where."""
        assert self.palette is not None
        palette, line = self.palette, self.lines[index]
        here = index == self.cursor
        source = _SOURCE if width >= _ROOM_FOR_SOURCE else 0
        room = width - source - 2
        row: list[Piece] = [("▶ " if here else "  ", palette["accent"])]
        if line.record is None or line.word:
            if line.record is not None:  # words of a claim: how far that is decided
                status = line.record.status
                row.append((f"{status.sign} ", palette[f"sign.{status}"]))
                room -= 2
            before = room * 2 // 5
            left = _tail(displayed(line.left), before)
            word = fit(displayed(line.word), room - before)
            style = palette["match-current" if here else "match"]
            row += [(left, palette["text"]), (word, style)]
            rest = room - before - cell_len(word)
            row.append((_head(displayed(line.right), rest), palette["text"]))
        else:
            row += self._claim(line, room)
        if source:
            where = f"  {displayed(day(line.date)):>11}  {displayed(line.outlet or '')}"
            row.append((_head(where, source), palette["muted"]))
        yield row

    def _claim(self, line: Line, room: int) -> list[Piece]:
        assert self.palette is not None and line.record is not None
        palette, record = self.palette, line.record
        claim = record.claim
        look = side_look(line.profile, claim.side)
        palette.know_side(claim.side, look.colour)
        struck = Style(strike=True, dim=True) if record.status is Status.REJECTED else Style()
        who = max(12, min(28, room // 4))
        tag = fit(displayed(look.tag), 2).ljust(2)
        letter = palette.codebook[claim.type].letter
        extras = ("✉" if record.note else " ") + ("#" if record.tags else " ")
        return [
            (f"{record.status.sign} ", palette[f"sign.{record.status}"]),
            (f"{letter} ", palette.letter(type_key(claim.type))),
            (f"{tag} ", palette.letter(side_key(claim.side))),
            (_head(displayed(line.left), who), palette["title"] + struck),
            (f" {extras} ", palette["accent"]),
            (_head(displayed(line.right), room - who - 11), palette["text"] + struck),
        ]

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """What can be asked for."""
        assert self.palette is not None
        if self.typed:
            yield ((f" Nothing fits “{displayed(self.typed)}”.", self.palette["text"]),)
            yield ()
        below = width < _ROOM_FOR_SOURCE
        for words, meaning in messages.QUERY_EXAMPLES:
            query = (f"  {words:<44}", self.palette["title"])
            if below:
                yield (query,)
                yield (("      " + fit(meaning, width - 6), self.palette["muted"]),)
            else:
                yield (query, (fit(meaning, width - 46), self.palette["muted"]))


def _tail(text: str, width: int) -> str:
    """The end of a text, at the right of so many cells."""
    if cell_len(text) <= width:
        return " " * (width - cell_len(text)) + text
    cut = text[-width:]
    while cell_len(cut) > width - 1:
        cut = cut[1:]
    return " " * (width - 1 - cell_len(cut)) + "…" + cut


def _head(text: str, width: int) -> str:
    """The beginning of a text, in exactly so many cells."""
    return set_cell_size(fit(text, width), max(0, width))
