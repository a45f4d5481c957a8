"""A few rows of words that change at every key: painted row by row, and only those that differ."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Region
from textual.selection import Selection
from textual.strip import Strip
from textual.widgets import Static

from tui.widgets.scrolled import Rows


class Words(Static):
    """Rows of words in colours, one row a line; its height is fixed by the style sheet.

    Textual would lay the words out anew and paint all rows of them whenever one has changed.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self._words = Text()
        self._rows: list[Text] = []
        self._base = Style()
        self._styles_cache = Rows()

    def show(self, words: Text) -> None:
        """Show other words; what is longer than the pane is cut."""
        before, self._words = self._rows, words
        self._rows = list(words.split("\n", allow_blank=True))
        for y in range(max(len(before), len(self._rows))):
            if _look(before, y) != _look(self._rows, y):
                self.refresh(Region(0, y, self.size.width, 1))

    def render(self) -> Text:
        """The words, for what asks for all of them."""
        return self._words

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some rows, in colours that are looked up once for all of them."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row."""
        base, width = self._base, self.size.width
        if y >= len(self._rows):
            return Strip.blank(width, base)
        row = self._rows[y]
        strip = Strip(row.render(self.app.console)).apply_style(base)
        strip = strip.adjust_cell_length(width, base).apply_offsets(0, y)
        selected = self.text_selection.get_span(y) if self.text_selection else None
        if selected is None:
            return strip
        start, end = selected
        first = cell_len(row.plain[:start])
        last = width if end == -1 else cell_len(row.plain[:end])
        style = self.screen.get_component_rich_style("screen--selection")
        marked = Strip(Segment.apply_style(strip.crop(first, last), post_style=style))
        return Strip.join([strip.crop(0, first), marked, strip.crop(last)])

    def selection_updated(self, selection: Selection | None) -> None:
        """Repaint with the new selection."""
        self.refresh()


def _look(rows: list[Text], y: int) -> object:
    """What a row looks like; rich's own comparison leaves the style of the whole out."""
    return (rows[y].plain, rows[y].style, rows[y].spans) if y < len(rows) else None
