"""What a newer text left behind: decided claims side by side with the place that is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from claims.model import Span
from claims.text import displayed
from store import anchors
from store.anchors import Waiting
from store.passages import Place
from store.wording import speaker
from tui import messages
from tui.bindings import bindings
from tui.commands import Context
from tui.highlight import type_key
from tui.layout import wrap
from tui.screens.deciding import DecidingScreen
from tui.screens.overview import OverviewScreen
from tui.themes import Palette
from tui.widgets.lines import LineList, Piece, fit


class CarriedList(LineList):
    """Claims that wait, a line each."""

    items: Sequence[Waiting] = ()

    @property
    def current(self) -> Waiting | None:
        """The claim under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def show(self, items: Sequence[Waiting]) -> None:
        """Show these."""
        self.items = items
        self.set_count(len(items))

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Type, who, in which article, and how like the place is."""
        assert self.palette is not None
        palette, one = self.palette, self.items[index]
        claim = one.record.claim
        how = f"{one.likeness:.0%} alike" if one.span else "gone"
        who = fit(displayed(speaker(claim)), max(8, width // 3))
        room = max(4, width - 5 - cell_len(who) - 2 - cell_len(how) - 2)
        title = fit(displayed(one.title), room)
        yield (
            (f" {palette.codebook[claim.type].letter} ", palette.letter(type_key(claim.type))),
            (who + "  ", palette["title"]),
            (title + " " * (room - cell_len(title)), palette["muted"]),
            (f"  {how}", palette["accent" if one.span else "sign.rejected"]),
        )

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """Nothing waits, and what this is for."""
        assert self.palette is not None
        words = (
            "Nothing waits. When the text of an article changes, decisions go with it where their"
            " words stand unchanged; the others are asked about here."
        )
        for start, end in wrap(words, Span(0, len(words)), max(8, width - 2)):
            yield ((" " + words[start:end], self.palette["muted"]),)


class CarriedScreen(OverviewScreen):
    """The queue of claims that were not carried to a newer text by themselves."""

    DEFAULT_CSS = """
    CarriedScreen CarriedList { height: 2fr; min-height: 4; }
    CarriedScreen #both { height: 3fr; padding: 0 1; border-top: solid $foreground 30%; }
    CarriedScreen #both { overflow-y: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.CARRIED)
    CONTEXT = Context.CARRIED
    HINT = "{view-open} reads the article"

    def __init__(self, home: DecidingScreen) -> None:
        super().__init__(home)
        self._changed: set[int] = set()

    def body(self) -> Iterable[Widget]:
        """The queue, and the current claim before and now."""
        yield CarriedList(id="carried")
        yield Static(id="both", markup=False)

    @property
    def queue(self) -> CarriedList:
        """The queue."""
        return self.query_one(CarriedList)

    def heading(self) -> tuple[str, str]:
        """What this is, and how many wait."""
        number = len(self.queue.items)
        return "Claims of older texts", f"{number:,} wait" if number else "nothing waits"

    async def fetch(self) -> None:
        """The queue from the store."""
        place = self.queue.cursor
        found = await self.ask(anchors.waiting)
        if found is None or not self.is_attached:
            return
        self.queue.show(found)
        if found:
            self.queue.go_to(min(place, len(found) - 1), tell=False)
        self._show()

    def _show(self) -> None:
        one, pane = self.queue.current, self.query_one("#both", Static)
        width = max(30, self.size.width - 3)
        pane.display = one is not None
        pane.update(Text() if one is None else _both(one, self.palette, width), layout=False)
        self.show_heading()

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Another claim is current."""
        self._show()

    def on_resize(self) -> None:
        """The words take the new width."""
        super().on_resize()
        self.call_after_refresh(self._show)

    def action_view_open(self) -> None:
        """Read the article of the claim."""
        if one := self.queue.current:
            self.go_to(Place(one.article_id, one.record.id))

    async def action_carry_here(self) -> None:
        """Put the claim on the place that is proposed."""
        one = self._writable()
        if one is None:
            return
        if one.span is None:
            self.tell("Its words are gone from the text; {carry-drop} takes it off the list.")
            return
        if await self.ask(lambda library: anchors.accept(library, one.id)) is not None:
            await self.fetch()
            self.tell("The claim stands there now. Undo in the reader takes it away again.")

    async def action_carry_drop(self) -> None:
        """Take the claim off the list; the old text keeps it."""
        one = self._writable()
        if one is None:
            return
        if await self.ask(lambda library: anchors.dismiss(library, one.id)) is not None:
            await self.fetch()
            self.tell("Off the list. The older text and the decision on it are kept.")

    def _writable(self) -> Waiting | None:
        if self.home.opened is not None and self.home.opened.readonly:
            self.tell(messages.READ_ONLY, error=True)
            return None
        return self.queue.current


def _both(one: Waiting, palette: Palette, width: int) -> Text:
    """The words then and now, one above the other, so that a changed figure is seen."""
    text = Text()
    for head, words in (("then", one.was), ("now", one.now)):
        text.append(f"{head:<5}", palette["muted"])
        shown = displayed(" ".join(words.split())) or "(the words are gone)"
        rows = list(wrap(shown, Span(0, len(shown)), max(10, width - 5)))
        for number, (start, end) in enumerate(rows):
            text.append("" if number == 0 else " " * 5)
            text.append(shown[start:end] + "\n", palette["text" if words else "muted"])
        text.append("\n")
    if one.record.note:
        text.append("note ", palette["muted"])
        text.append(displayed(" ".join(one.record.note.split())), palette["text"])
    return text
