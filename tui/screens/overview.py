"""The frame of a view over all claims: a heading, a list, what it says, the keys.

A view is pushed over the main screen. It gives the place of a claim that is to be read, or None
when it is left; what must be there when it is opened again (filters, the cursor) its maker keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar
from weakref import WeakSet

from rich.cells import cell_len
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker

from claims.text import displayed
from store.errors import StoreError
from store.passages import Place
from tui import messages
from tui.bindings import bindings
from tui.commands import ABOVE, ELSEWHERE, Context
from tui.screens.refusal import Expects, refuse
from tui.screens.sheet import SheetScreen, help_sheet, legend_sheet
from tui.typeahead import DIALOG
from tui.widgets.foot import Foot
from tui.widgets.lines import LineList, fit

if TYPE_CHECKING:
    from store.db import Library
    from tui.screens.deciding import DecidingScreen
    from tui.themes import Palette

T = TypeVar("T")


class OverviewScreen(Screen[Place | None]):
    """A view over all claims; children say what stands between heading and keys."""

    DEFAULT_CSS = """
    OverviewScreen { background: $background; overflow: hidden; }
    OverviewScreen .heading { height: 1; padding: 0 1; background: $panel; }
    OverviewScreen .said { height: 1; padding: 0 1; background: $panel; }
    OverviewScreen LineList { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.VIEW)
    CONTEXT: ClassVar[Context] = Context.VIEW
    """The context of the view's own keys."""
    HINT: ClassVar[str] = "{view-open} reads it in its article"
    """How the lines are read."""

    def __init__(self, home: DecidingScreen) -> None:
        super().__init__()
        self.home = home
        self._said = ("", False)
        self._opened: WeakSet[Worker[object]] = WeakSet()
        """The workers whose dialog has come."""
        self._clicked: int | None = None
        # The keys as the user has them, without a place of their own: a view's own keys go first.
        for command in home.keys.in_context(Context.EVERYWHERE):
            above = command.id in ABOVE
            for key in command.keys if above or command.id in ELSEWHERE else ():
                if key not in self._bindings.key_to_bindings:
                    action = f"{'above' if above else 'elsewhere'}('{command.id}')"
                    self._bindings.bind(key, action, show=False)

    @property
    def palette(self) -> Palette:
        """The colours of the main screen."""
        return self.home.palette

    def hint(self) -> str:
        """What the line above the keys says as long as there is nothing else to say."""
        return self.HINT

    def body(self) -> Iterable[Widget]:
        """What stands between the heading and the line of words."""
        raise NotImplementedError

    def list_in_use(self) -> LineList:
        """The list that the keys move in."""
        return self.query_one(LineList)

    def list_takes(self, items: int) -> None:
        """Give the list the rows of its items, at most two fifths of the screen and at least 3."""
        pane = self.list_in_use()
        rows = max(3, min(items * pane.ITEM_HEIGHT, self.size.height * 2 // 5))
        pane.styles.height = rows

    def heading(self) -> tuple[str, str]:
        """The words at the top, on the left and on the right."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Heading, body, words, keys."""
        yield Static(id="heading", classes="heading", markup=False)
        yield from self.body()
        yield Static(id="said", classes="said", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """Take the colours and fetch what is to be shown."""
        for pane in self.query(LineList):
            pane.palette = self.palette
        self.list_in_use().focus()
        self.show_heading()
        self._show_said()
        self._fetch_all()

    @work(exclusive=True, group="fetch", exit_on_error=False)
    async def _fetch_all(self) -> None:
        await self.fetch()

    async def fetch(self) -> None:
        """Ask the store for what is shown, and show it."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """What is cut to the width is cut anew."""
        self.call_after_refresh(self.show_heading)
        self.call_after_refresh(self._show_said)

    def show_heading(self) -> None:
        """Write the line at the top."""
        width = max(20, self.size.width - 2)
        left, right = (displayed(words) for words in self.heading())
        right = fit(right, max(0, width - 12))
        left = fit(left, width - cell_len(right) - 2)
        line = Text(left, style="bold")
        line.append(" " * (width - cell_len(left) - cell_len(right)))
        line.append(right, self.palette["muted"])
        self.query_one("#heading", Static).update(line, layout=False)

    def tell(self, words: str, *, error: bool = False) -> None:
        """Say something in the line above the keys."""
        self._said = (words, error)
        self._show_said()

    async def refuse(self, words: str, expects: Expects, *, error: bool = False) -> None:
        """Say why a key cannot be answered, and take the answer that is typed behind it."""
        self.tell(words, error=error)
        await refuse(self.app, self.home.keys.fill(words), expects)

    def _show_said(self) -> None:
        words, error = self.home.keys.fill(self._said[0] or self.hint()), self._said[1]
        style = self.palette["text" if self._said[0] else "muted"]
        if error:
            style = self.palette["sign.rejected"]
        said = fit(displayed(words.replace("\n", " ")), max(10, self.size.width - 2))
        self.query_one("#said", Static).update(Text(said, style), layout=False)

    async def ask(self, task: Callable[[Library], T]) -> T | None:
        """What the store says; what goes wrong there is told."""
        try:
            return await self.home.work.run(task)
        except StoreError as problem:
            self.tell(str(problem), error=True)
            return None

    @property
    def dialog_due(self) -> bool:
        """Whether a dialog was asked for that is not there yet: keys behind are meant for it."""
        return any(one not in self._opened for one in self._asking())

    def _asking(self) -> list[Worker[object]]:
        return [
            one
            for one in self.workers
            if one.node is self and one.group == DIALOG and not one.is_finished
        ]

    def on_screen_suspend(self) -> None:
        """A dialog lies over the view: what asked for it may take its time from now on."""
        self._opened.update(self._asking())

    # Keys that every view has

    def action_view_down(self) -> None:
        """Next line."""
        self.list_in_use().action_cursor_down()

    def action_view_up(self) -> None:
        """Previous line."""
        self.list_in_use().action_cursor_up()

    def action_view_page_down(self) -> None:
        """One page down."""
        self.list_in_use().action_page_down()

    def action_view_page_up(self) -> None:
        """One page up."""
        self.list_in_use().action_page_up()

    def action_view_first(self) -> None:
        """First line."""
        self.list_in_use().action_first()

    def action_view_last(self) -> None:
        """Last line."""
        self.list_in_use().action_last()

    def action_view_open(self) -> object:
        """Read what is under the cursor."""
        raise NotImplementedError

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A second click reads what is under the cursor."""
        message.stop()
        if message.index == self._clicked:
            self.action_view_open()
        self._clicked = message.index

    def action_view_leave(self) -> None:
        """Back to where you were."""
        self.go_to(None)

    def go_to(self, place: Place | None) -> None:
        """Close the view and read that claim; None only closes it."""
        if self.is_current:
            self.dismiss(place)

    def action_elsewhere(self, command_id: str) -> None:
        """Close the view, and go to a pane or another view."""
        if command_id == self.CONTEXT.name.lower():
            self.tell(messages.HERE_ALREADY)
        elif self.is_current:
            self.home.go_over(command_id)

    def action_above(self, command_id: str) -> None:
        """Show the legend or the guidelines over the view."""
        if command_id == "legend":
            sheet = legend_sheet(self.home.sides, self.home.records, self.palette)
        else:
            from tui.screens.guidelines import guidelines_sheet

            sheet = guidelines_sheet(self.palette)
        self.app.push_screen(SheetScreen(command_id.capitalize(), sheet))

    def action_view_help(self) -> None:
        """List the keys that work here."""
        contexts = list(dict.fromkeys((self.CONTEXT, Context.VIEW)))
        if self.CONTEXT is Context.ADJUDICATION:
            contexts = [self.CONTEXT]  # has the keys of every view in its own
        taken = {key for one in self.home.keys.in_context(*contexts) for key in one.keys}
        others = [
            one
            for one in self.home.keys.in_context(Context.EVERYWHERE)
            if one.id in (*ABOVE, *ELSEWHERE) and set(one.keys) - taken
        ]
        sheet = help_sheet(contexts, self.palette, self.home.keys, {"from here": others})
        self.app.push_screen(SheetScreen(f"Keys in the {self.CONTEXT}", sheet))
