"""The matrix: how many claims fall together, as a heat table; a cell opens its claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from claims.text import displayed
from store.matrix import COLUMNS, NAMES_OF_NONE, ROWS, Matrix, cell, matrix
from tui.bindings import bindings
from tui.commands import Context
from tui.highlight import side_key, type_key
from tui.screens.claim_list import ClaimListScreen
from tui.screens.deciding import DecidingScreen
from tui.screens.overview import OverviewScreen
from tui.themes import Palette
from tui.widgets.lines import LineList, Piece, fit

_CELL, _WIDEST = 8, 14
"""Columns of a number with its head, where there is little room and where there is enough."""
_TOTAL = 8
_SHADES = " ░▒▓█"
"""How hot a cell is, where there is no colour; after the blocks of IBM's code page 437."""


@dataclass
class MatrixState:
    """What is counted, and where the cursor is."""

    rows: str = "speaker"
    columns: str = "type"
    row: int = 0
    column: int | None = None
    """None: where the first row has most."""


class HeatTable(LineList):
    """The rows of a matrix; the heads stay when it scrolls."""

    column: reactive[int] = reactive(0, repaint=False)

    def __init__(self) -> None:
        super().__init__(id="heat")
        self.matrix: Matrix | None = None
        self.first_column = 0
        """The column that is shown first, beside the names of the rows."""

    def show(self, found: Matrix) -> None:
        """Show a matrix from its first column."""
        self.matrix, self.first_column = found, 0
        self.column = max(0, min(self.column, len(found.columns) - 1))
        self.set_count(len(found.rows))

    def cell(self, width: int) -> int:
        """How wide a column of numbers is: wider, where all of them fit."""
        columns = len(self.matrix.columns) if self.matrix is not None else 0
        return max(_CELL, min(_WIDEST, (width - name_width(width) - _TOTAL) // max(1, columns)))

    def columns_that_fit(self, width: int) -> int:
        """How many columns of numbers there is room for."""
        return max(1, (width - name_width(width) - _TOTAL) // self.cell(width))

    def go_to_column(self, column: int) -> None:
        """Put the cursor on a column, and show it."""
        if self.matrix is None or not self.matrix.columns:
            return
        self.column = max(0, min(column, len(self.matrix.columns) - 1))
        room = self.columns_that_fit(self.scrollable_content_region.width)
        self.first_column = max(self.column - room + 1, min(self.first_column, self.column))
        self.refresh()

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Name, total, cells."""
        assert self.palette is not None and self.matrix is not None
        found, palette = self.matrix, self.palette
        row = found.rows[index]
        name = displayed(row.key or NAMES_OF_NONE.get(found.rows_by, "-"))
        room = name_width(width)
        name = fit(name, room - 2)
        pieces: list[Piece] = [
            (" ", Style()),
            (name + " " * (room - 1 - cell_len(name)), name_style(palette, found.rows_by, row.key)),
            (f"{row.total:>{_TOTAL - 1},} ", palette["muted"]),
        ]
        size = self.cell(width)
        last = self.first_column + self.columns_that_fit(width)
        for number in range(self.first_column, min(last, len(found.columns))):
            count = found.cells.get((row.key, found.columns[number].key), 0)
            here = index == self.cursor and number == self.column
            pieces.extend(heat_cell(palette, count, found.largest, size, here=here))
        yield pieces

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """What to do when there are no claims."""
        assert self.palette is not None
        for line in ("No claims to count.", "warreader add FILE puts articles into the library."):
            yield ((" " + line, self.palette["muted"]),)


def hottest(found: Matrix) -> int:
    """The column in which the first row has most claims."""
    if not found.rows:
        return 0
    counts = [found.cells.get((found.rows[0].key, one.key), 0) for one in found.columns]
    return max(range(len(counts)), key=counts.__getitem__, default=0)


def name_width(width: int) -> int:
    """How wide the names of the rows are."""
    return max(14, min(32, width // 4))


def name_style(palette: Palette, dimension: str, key: str) -> Style:
    """The style of a row's or column's name: that of the side or type."""
    if dimension == "side":
        return palette.letter(side_key(key))
    if dimension == "type":
        return palette.letter(type_key(key))
    return palette["title"] if key else palette["muted"]


def heat_cell(palette: Palette, count: int, largest: int, size: int, *, here: bool) -> list[Piece]:
    """A number on a ground as hot as its share of the largest, with a block that says the same.

    The share is by square root: counts are uneven, and most cells would otherwise look empty.
    """
    share = (count / largest) ** 0.5 if largest else 0.0
    shade = _SHADES[min(4, int(share * 4 + 0.999))]
    words = f"{count:,}" if count else "·"
    style = palette.heat(share) if count else palette["muted"]
    if here:
        mark = palette["accent"]
        return [("[", mark), (f"{words:>{size - 3}}", style), (f"{shade}]", mark)]
    return [(" ", Style()), (f"{words:>{size - 3}}{shade}", style), (" ", Style())]


class MatrixScreen(OverviewScreen):
    """Source by type, side by channel, side by type."""

    DEFAULT_CSS = """
    MatrixScreen #columns { height: 1; }
    MatrixScreen HeatTable { height: 1fr; }
    MatrixScreen #cell { height: 2; padding: 0 1; border-top: solid $foreground 30%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.MATRIX)
    CONTEXT = Context.MATRIX
    HINT = "{column-left} {column-right} columns · {view-open} lists the claims of the cell"

    def __init__(self, home: DecidingScreen, state: MatrixState) -> None:
        super().__init__(home)
        self.state = state

    def body(self) -> Iterable[Widget]:
        """The heads of the columns, the rows, the current cell in words."""
        yield Static(id="columns", markup=False)
        yield HeatTable()
        yield Static(id="cell", markup=False)

    @property
    def table(self) -> HeatTable:
        """The rows."""
        return self.query_one(HeatTable)

    def heading(self) -> tuple[str, str]:
        """What is counted, and how many claims there are."""
        left = f"Matrix: {self.state.rows} by {self.state.columns}"
        found = self.table.matrix
        if found is None:
            return left, "counting …"
        more = f", {found.more_rows:,} smaller rows left off" if found.more_rows else ""
        return left, f"{found.total:,} claims{more}"

    async def fetch(self) -> None:
        """Count, and show it where the cursor was."""
        rows, columns = self.state.rows, self.state.columns
        found = await self.ask(lambda library: matrix(library, rows, columns))
        if found is None:
            return
        self.table.show(found)
        self.table.go_to(self.state.row, tell=False)
        column = self.state.column
        if column is None:
            column = hottest(found)
        self.table.go_to_column(column)
        self.state.column = self.table.column
        self.show_heading()
        self._show_place()

    def on_resize(self) -> None:
        """Other columns fit; the cell stays in sight."""
        super().on_resize()
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        self.table.go_to_column(self.table.column)
        self._show_place()

    def _show_place(self) -> None:
        table, found = self.table, self.table.matrix
        if found is None or not found.rows:
            self.query_one("#columns", Static).update("")
            self.query_one("#cell", Static).update("")
            return
        width = table.scrollable_content_region.width or self.size.width
        last = table.first_column + table.columns_that_fit(width)
        line = Text(" " * name_width(width))
        line.append(f"{'total':>{_TOTAL - 1}} ", self.palette["muted"])
        size = table.cell(width)
        shown = list(enumerate(found.columns))[table.first_column : last]
        for number, one in shown:
            name = fit(self._named(one.key, "columns"), size - 1)
            style = name_style(self.palette, self.state.columns, one.key)
            mark = Style(reverse=True) if number == table.column else Style()
            line.append(" " * (size - 1 - cell_len(name)))
            line.append(name, style + mark)
            line.append(" ")
        beyond = len(found.columns) - last
        if beyond > 0:
            line.append(f"→{beyond}", self.palette["muted"])
        if table.first_column:
            line.append(f" ←{table.first_column}", self.palette["muted"])
        self.query_one("#columns", Static).update(line, layout=False)
        row, column = found.rows[table.cursor], found.columns[table.column]
        count = found.cells.get((row.key, column.key), 0)
        words = Text()
        words.append(self._named(row.key, "rows"), name_style(self.palette, found.rows_by, row.key))
        words.append("  ×  ", self.palette["muted"])
        words.append(
            self._named(column.key, "columns"),
            name_style(self.palette, found.columns_by, column.key),
        )
        said = f"{count:,} claim{'' if count == 1 else 's'}" if count else "no claims"
        words.append(f"  {said}", self.palette["text"])
        self.query_one("#cell", Static).update(words, layout=False)

    def _named(self, key: str, which: str) -> str:
        dimension = self.state.rows if which == "rows" else self.state.columns
        if dimension == "type" and key:
            return self.palette.codebook[key].label
        return displayed(key or NAMES_OF_NONE.get(dimension, "-"))

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Another row: its cell is told."""
        self.state.row = message.index
        self._show_place()

    def _column(self, column: int) -> None:
        self.table.go_to_column(column)
        self.state.column = self.table.column
        self._show_place()

    def action_column_left(self) -> None:
        """Previous column."""
        self._column(self.table.column - 1)

    def action_column_right(self) -> None:
        """Next column."""
        self._column(self.table.column + 1)

    def action_column_first(self) -> None:
        """First column."""
        self._column(0)

    def action_column_last(self) -> None:
        """Last column."""
        self._column(10_000_000)

    async def _turn(self, rows: str, columns: str) -> None:
        self.state.rows, self.state.columns = rows, columns
        self.state.row, self.state.column = 0, None
        self.table.cursor = 0
        await self.fetch()

    async def action_rows_by(self) -> None:
        """Rows by the next of speaker, outlet, side."""
        state = self.state
        rows = ROWS[(ROWS.index(state.rows) + 1) % len(ROWS)]
        await self._turn(rows, "type" if rows == state.columns else state.columns)

    async def action_columns_by(self) -> None:
        """Columns by the next of type, side, channel."""
        state = self.state
        left = [name for name in COLUMNS if name != state.rows]
        here = left.index(state.columns) if state.columns in left else -1
        await self._turn(state.rows, left[(here + 1) % len(left)])

    @work(exclusive=True, group="dialog")
    async def action_view_open(self) -> None:
        """List the claims of the cell."""
        found = self.table.matrix
        if found is None or not found.rows:
            return
        row, column = found.rows[self.table.cursor].key, found.columns[self.table.column].key
        count = found.cells.get((row, column), 0)
        if not count:
            self.tell("No claims here.")
            return
        by, other = found.rows_by, found.columns_by
        title = f"{self._named(row, 'rows')} × {self._named(column, 'columns')}"
        place = await self.app.push_screen_wait(
            ClaimListScreen(
                self.home,
                title,
                count,
                lambda library, limit, offset: cell(
                    library, by, row, other, column, limit=limit, offset=offset
                ),
            )
        )
        if place is not None:
            self.go_to(place)
