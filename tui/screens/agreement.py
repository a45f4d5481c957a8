"""Agreement: how far annotators agree, and each claim on which they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from claims.agreement.aligning import Verdict
from claims.text import displayed
from store import agreement
from store.agreement import Agreement, Disagreement
from store.agreement_words import Table, in_what, summary, tables
from store.annotators import MACHINE
from store.db import Library
from store.passages import Place
from tui.bindings import bindings
from tui.commands import Context
from tui.screens.counting import CountingScreen, Report
from tui.screens.deciding import DecidingScreen
from tui.screens.prompt import PromptScreen, names_typed
from tui.themes import Palette
from tui.widgets.lines import LineList, Piece, fit, words_in_place


@dataclass
class AgreementState:
    """Who is compared, which table is shown, and where the cursor is."""

    names: tuple[str, ...] = ()
    """Those whom a person chose; empty for those who decided."""
    article_id: int | None = None
    """The one article that is looked at; None for all."""
    table: int = 0
    cursor: int = 0


@dataclass
class _Found:
    names: tuple[str, ...] = ()
    whole: Agreement | None = None
    apart: list[Disagreement] = field(default_factory=list)


class DisagreementList(LineList):
    """Claims on which annotators disagree, two rows each: in what, and the words."""

    ITEM_HEIGHT = 2

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.names: tuple[str, ...] = ()
        self.items: Sequence[Disagreement] = ()
        self.why_empty: Sequence[str] = ("Counting …",)

    def show(self, names: tuple[str, ...], items: Sequence[Disagreement]) -> None:
        """List these."""
        self.names, self.items = names, items
        self.set_count(len(items))

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Who says what; the words and where they stand."""
        assert self.palette is not None
        one, palette = self.items[index], self.palette
        yield (
            ("  ", palette["text"]),
            (fit(displayed(in_what(one, self.names)), width - 3), palette["title"]),
        )
        yield words_in_place(one.quote, one.title, width, palette)


class AgreementScreen(CountingScreen):
    """The measures as a table, the disagreements below it."""

    DEFAULT_CSS = """
    AgreementScreen #measures { height: auto; max-height: 60%; padding: 0 1; }
    AgreementScreen DisagreementList { height: 1fr; border-top: solid $foreground 30%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.AGREEMENT)
    CONTEXT = Context.AGREEMENT

    def __init__(self, home: DecidingScreen, state: AgreementState) -> None:
        super().__init__(home)
        self.state = state
        self._found = _Found()

    def body(self) -> Iterable[Widget]:
        """The measures and the disagreements."""
        yield Static(id="measures", markup=False)
        yield DisagreementList(id="apart")

    @property
    def apart(self) -> DisagreementList:
        """The disagreements."""
        return self.query_one(DisagreementList)

    def heading(self) -> tuple[str, str]:
        """Who is compared, and how often they disagree."""
        found = self._found
        if found.whole is None:
            return "Agreement", ""
        number = len(found.apart)
        words = f"{number:,} disagreement{'' if number == 1 else 's'}"
        return f"Agreement of {summary(found.whole)}", words

    async def fetch(self) -> None:
        """Count, and list."""
        wanted, only = self.state.names, self.state.article_id
        found = await self.count(lambda library, report: _counted(library, wanted, only, report))
        if not self.is_attached:
            return
        if found is None:
            self.apart.why_empty = (
                "Two who decided are needed; the machine can be one of them.",
                self.home.keys.fill("{annotator} on the main screen makes another annotator;"),
                self.home.keys.fill("{compared-people} here names whom to compare."),
            )
            self.apart.show((), ())
            return
        self._found = found
        self.apart.why_empty = ("They do not disagree on any claim that all of them decided on.",)
        self.apart.show(found.names, found.apart)
        self.apart.go_to(self.state.cursor, tell=False)
        self._show_measures()
        self.show_heading()

    def on_resize(self) -> None:
        """As many tables as there is room for."""
        super().on_resize()
        self.call_after_refresh(self._show_measures)

    def _show_measures(self) -> None:
        found = self._found.whole
        if found is None:
            return
        made = tables(found, self.palette.codebook)
        if not made:
            self.query_one("#measures", Static).update("There is nothing to compare yet.")
            return
        self.state.table %= len(made)
        turned = [*made[self.state.table :], *made[: self.state.table]]
        room = max(6, self.size.height * 6 // 10 - 2)
        text = Text()
        for number, table in enumerate(turned):
            rows = len(table.rows) + 1 + (number > 0)
            if number and rows > room:
                break
            if number:
                text.append("\n\n")
            text.append_text(table_text(table, self.palette, self.size.width - 2))
            room -= rows
        self.query_one("#measures", Static).update(text)

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Where to come back to."""
        self.state.cursor = message.index

    def action_view_open(self) -> None:
        """Read the claim."""
        if self.apart.items:
            one = self.apart.items[self.apart.cursor]
            self.go_to(Place(one.article_id, _to_read(one, self.apart.names, self._me)))

    @property
    def _me(self) -> str:
        return self.home.opened.annotator if self.home.opened else ""

    def action_next_table(self) -> None:
        """The next table first: labels, words, types, pairs."""
        self.state.table += 1
        self._show_measures()

    @work(exclusive=True, group="fetch")
    async def action_compared_article(self) -> None:
        """Only the article of the disagreement under the cursor, or all."""
        if self.state.article_id is not None:
            self.state.article_id = None
        elif self.apart.items:
            self.state.article_id = self.apart.items[self.apart.cursor].article_id
        self.state.cursor = 0
        await self.fetch()

    @work(exclusive=True, group="dialog")
    async def action_compared_people(self) -> None:
        """Choose whom to compare."""
        known = await self.ask(lambda library: library.annotators.names())
        if known is None:
            return
        words = await self.app.push_screen_wait(
            PromptScreen(
                "Whom to compare:",
                value=", ".join(self._found.names),
                hint=displayed(f"names with commas between: {', '.join((*known, MACHINE))}"),
                replace=True,
            )
        )
        if words is None:
            return
        names = names_typed(words)
        checked = await self.ask(lambda library: agreement.names(library, names))
        if checked is not None:
            self.state.names, self.state.cursor = checked, 0
            await self.fetch()


def _counted(
    library: Library, wanted: Sequence[str], article_id: int | None, report: Report
) -> _Found:
    names = agreement.names(library, wanted)
    chosen = () if article_id is None else (article_id,)
    apart: list[Disagreement] = []
    whole = agreement.agreement(library, names, chosen, report=report, apart=apart)
    return _Found(names, whole, apart)


def _to_read(one: Disagreement, names: Sequence[str], me: str) -> str:
    """The claim's id, as the one who reads has it where they are among those compared."""
    marks = dict(zip(names, one.aligned.marks, strict=True))
    own = marks.get(me)
    kept = [m for m in marks.values() if m is not None and m.verdict is Verdict.KEPT]
    return (own or kept[0]).claim.id


def table_text(table: Table, palette: Palette, width: int) -> Text:
    """A table of words in columns; the first column gives way where there is no room."""
    rows = [[displayed(cell) for cell in row] for row in (table.heads, *table.rows)]
    widths = [max(cell_len(row[at]) for row in rows) for at in range(len(table.heads))]
    spare = width - sum(widths) - 2 * (len(widths) - 1)
    widths[0] = max(6, widths[0] + min(0, spare))
    text = Text()
    for number, row in enumerate(rows):
        style = palette["muted"] if number == 0 else palette["text"]
        first = fit(row[0], widths[0])
        text.append(first, palette["accent" if number == 0 else "title"])
        text.append(" " * (widths[0] - cell_len(first)))
        for at, cell in enumerate(row[1:], 1):
            text.append(f"  {' ' * (widths[at] - cell_len(cell))}{cell}", style)
        if number < len(rows) - 1:
            text.append("\n")
    return text
