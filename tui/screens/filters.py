"""Choosing which claims are shown: by type, side, state and speaker, or by a query."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from claims.text import displayed
from tui.bindings import bindings
from tui.commands import Context
from tui.filtering import Choice, Chosen, Facet, choices
from tui.highlight import side_key, type_key
from tui.keymap import keys_of
from tui.screens.querying import ask_query
from tui.widgets.foot import Foot
from tui.widgets.lines import LineList, Piece, fit

if TYPE_CHECKING:
    from store.records import ClaimRecord
    from tui.themes import Palette


_HINT = (
    'speaker: type: side: certainty: stance: channel: note: tag: -is:decided "words" · empty: any'
)
Fitting = Callable[[str], Awaitable[frozenset[str] | None]]
"""Gives the ids of the claims of the article that fit a query; None when that went wrong."""


class ChoiceList(LineList):
    """A line for each value, ticked when it is chosen."""

    def __init__(self, lines: Sequence[Choice], palette: Palette, sides: Mapping[str, str]) -> None:
        super().__init__(id="choices")
        self.choices, self.palette, self._sides = lines, palette, sides
        self.chosen = Chosen()

    def on_mount(self) -> None:
        """Show the lines."""
        self.set_count(len(self.choices))

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Facet (at its first line), tick, value, count."""
        assert self.palette is not None
        line, palette = self.choices[index], self.palette
        first = index == 0 or self.choices[index - 1].facet is not line.facet
        ticked = line.value in self.chosen.values(line.facet)
        label = line.value
        key = "title"
        if line.facet is Facet.TYPE:
            kind = palette.codebook[line.value]
            label, key = f"{kind.letter} {kind.label}", type_key(line.value)
        elif line.facet is Facet.SIDE:
            label, key = self._sides.get(line.value, line.value), side_key(line.value)
        count = str(line.count)
        room = max(4, width - 9 - 5 - len(count) - 2)
        label = fit(displayed(label), room)
        yield (
            (f"{line.facet if first else '':<9}", palette["muted"]),
            ("[x] " if ticked else "[ ] ", palette["accent"] if ticked else palette["muted"]),
            (label, palette.letter(key) if ticked else palette["text"]),
            (" " * max(1, width - 14 - len(label) - len(count)), Style()),
            (count, palette["muted"]),
        )

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """An article without claims has nothing to filter."""
        assert self.palette is not None
        yield (("This article has no claims.", self.palette["muted"]),)


class FilterScreen(ModalScreen[Chosen | None]):
    """Gives what is to be shown, or None when cancelled."""

    DEFAULT_CSS = """
    FilterScreen { align: center middle; background: $background 50%; }
    FilterScreen > Vertical {
        width: 100%; max-width: 68; height: auto; max-height: 100%;
        background: $panel; border: round $primary; padding: 0 1;
    }
    FilterScreen #heading { text-style: bold; color: $accent; height: 1; }
    FilterScreen #query { height: 1; }
    FilterScreen #choices { background: $panel; }
    FilterScreen Footer { dock: none; }
    """
    BINDINGS = bindings(Context.FILTER)

    def __init__(
        self,
        records: Sequence[ClaimRecord],
        chosen: Chosen,
        palette: Palette,
        sides: Mapping[str, str],
        fitting: Fitting,
    ) -> None:
        super().__init__()
        self._list = ChoiceList(choices(records), palette, sides)
        self._list.chosen = chosen
        self._fitting = fitting

    def compose(self) -> ComposeResult:
        """Heading, lines, the query, keys."""
        with Vertical():
            yield Static("Show only claims of", id="heading", markup=False)
            self.on_resize()
            yield self._list
            yield Static(id="query", markup=False)
            yield Foot()

    def on_mount(self) -> None:
        """Ready to choose."""
        self._list.focus()
        self._show_query()

    def on_resize(self) -> None:
        """The list takes what the heading, the query, the keys and the border leave."""
        room = max(1, self.app.size.height - 5)
        self._list.styles.height = max(1, min(len(self._list.choices), room))

    def _show_query(self) -> None:
        palette, query = self._list.palette, self._list.chosen.query
        assert palette is not None
        key = keys_of(self.app).key("filter-query")
        line = Text()
        line.append(f"{'query':<9}", palette["muted"])
        line.append("[x] " if query else "[ ] ", palette["accent" if query else "muted"])
        if query:
            line.append(displayed(query), palette["title"])
        else:
            line.append(f"{key} asks: speaker:Zelensky certainty:hedged", palette["muted"])
        self.query_one("#query", Static).update(line, layout=False)

    @work(exclusive=True, group="dialog")
    async def action_filter_query(self) -> None:
        """Write a query that the claims must fit."""
        chosen = self._list.chosen
        typed = await ask_query(self.app, "Claims that fit:", chosen.query, hint=_HINT)
        if typed is None:
            return
        found = await self._fitting(typed) if typed else frozenset()
        if found is not None:
            self._list.chosen = replace(self._list.chosen, query=typed, fitting=found)
            self._show_query()

    def action_filter_down(self) -> None:
        """Next line."""
        self._list.action_cursor_down()

    def action_filter_up(self) -> None:
        """Previous line."""
        self._list.action_cursor_up()

    def action_filter_toggle(self) -> None:
        """Choose or drop the value."""
        if self._list.choices:
            line = self._list.choices[self._list.cursor]
            self._list.chosen = self._list.chosen.toggle(line.facet, line.value)
            self._list.refresh()

    def action_filter_clear(self) -> None:
        """Choose nothing."""
        self._list.chosen = Chosen()
        self._list.refresh()
        self._show_query()

    def action_filter_apply(self) -> None:
        """Show what is chosen."""
        self.dismiss(self._list.chosen)

    def action_filter_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A click chooses or drops."""
        self.action_filter_toggle()
