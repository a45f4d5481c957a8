"""A few rows of words that change at every key: painted row by row, and only those that differ."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Region
from textual.selection import Selection
from textual.strip import Strip
from textual.widgets import Static

from tui.themes import SELECTED
from tui.widgets.lines import Piece, strip
from tui.widgets.scrolled import Rows


class Words(Static):
    """Rows of words in colours; its height is fixed by the style sheet.

    Textual would lay the words out anew and paint all rows of them whenever one has changed.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self._rows: Sequence[Sequence[Piece]] = ()
        self._base = Style()
        self._styles_cache = Rows()

    def show(self, rows: Sequence[Sequence[Piece]]) -> None:
        """Show other rows; what is longer than the pane is cut."""
        before, self._rows = self._rows, rows
        for y in range(max(len(before), len(rows))):
            if before[y : y + 1] != rows[y : y + 1]:
                self.refresh(Region(0, y, self.size.width, 1))

    def render(self) -> Text:
        """All words, for whoever asks for them."""
        return Text("\n").join(Text.assemble(*row) for row in self._rows)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some rows, in colours that are looked up once for all of them."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row."""
        row = self._rows[y] if y < len(self._rows) else ()
        painted = strip(row, self.size.width, self._base).apply_offsets(0, y)
        selected = self.text_selection.get_span(y) if self.text_selection else None
        if selected is None:
            return painted
        start, end = selected
        words = "".join(text for text, _ in row)
        first = cell_len(words[:start])
        last = painted.cell_length if end == -1 else cell_len(words[:end])
        marked = Strip(Segment.apply_style(painted.crop(first, last), post_style=SELECTED))
        return Strip.join([painted.crop(0, first), marked, painted.crop(last)])

    def selection_updated(self, selection: Selection | None) -> None:
        """Repaint with the new selection."""
        self.refresh()
