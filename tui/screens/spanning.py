"""Marking the spans of a claim: keys at the foot, the reader above shows every step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from claims.text import displayed
from tui.bindings import bindings
from tui.commands import Context
from tui.keymap import keys_of
from tui.screens.sheet import SheetScreen, help_sheet
from tui.widgets.foot import Foot
from tui.widgets.lines import fit

if TYPE_CHECKING:
    from claims.likely import Likely
    from tui.spans import SpanEdit
    from tui.themes import Palette

_COLUMN = 36
"""Cells that an offered span needs at least, to be told from the others."""
_KEPT = 500
"""Steps that can be taken back."""


class Marked(NamedTuple):
    """The spans as they were left, and the letter of the type if one was given."""

    edit: SpanEdit
    letter: str = ""


class LetterScreen(ModalScreen[str | None]):
    """Takes one key: a letter or digit that words begin with."""

    DEFAULT_CSS = """
    LetterScreen { align: left bottom; background: $background 0%; }
    LetterScreen > Static { height: 1; width: 1fr; background: $panel; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        """What is asked."""
        yield Static("To the next word that begins with: (a letter · esc cancels)", markup=False)

    def on_key(self, event: events.Key) -> None:
        """The first key is the answer; what is typed behind it is for the screen below."""
        if self.is_current:
            event.stop()
            event.prevent_default()
            character = event.character or ""
            self.dismiss(character if character.isprintable() and character.strip() else None)


class SpanScreen(ModalScreen[Marked | None]):
    """Gives the spans as they were left, or None when cancelled.

    A letter in capitals gives the type and ends it; `letters` are those that a type has.
    """

    DEFAULT_CSS = """
    SpanScreen { align: left bottom; background: $background 0%; }
    SpanScreen > Vertical { height: auto; background: $panel; border-top: solid $accent; }
    SpanScreen #span { height: 2; padding: 0 1; }
    SpanScreen #offers { height: auto; padding: 0 1; }
    SpanScreen Footer { dock: none; }
    """
    BINDINGS = bindings(Context.SPAN)

    def __init__(
        self,
        edit: SpanEdit,
        preview: Callable[[SpanEdit], None],
        palette: Palette,
        letters: Collection[str],
    ) -> None:
        super().__init__()
        self.edit = edit
        self._preview = preview
        self._palette = palette
        self._letters = {letter.upper() for letter in letters}
        self._before: list[SpanEdit] = []

    def compose(self) -> ComposeResult:
        """What moves, what is offered, and the keys."""
        with Vertical():
            yield Static(id="span", markup=False)
            yield Static(id="offers", markup=False)
            yield Foot()

    def on_resize(self) -> None:
        """Say what moves."""
        self._show()

    def _take(self, edit: SpanEdit) -> None:
        if edit != self.edit:
            self._before.append(self.edit)
            del self._before[:-_KEPT]
        self.edit = edit
        self._show()
        self._preview(edit)

    def _show(self) -> None:
        edit, span = self.edit, self.edit.current
        palette = self._palette
        width = max(20, self.size.width - 2)
        line = Text()
        line.append(f"{edit.part} ", palette[edit.part])
        line.append(f"{'end' if edit.at_end else 'start'} moves")
        for part in ("source", "cue"):
            if part != edit.part and edit.parts[part]:
                line.append(f"  {part}: ", palette["muted"])
                line.append(self._words(edit.parts[part][0].of(edit.text)), palette[part])
        line.append(f"   {keys_of(self.app).fill(edit.note)}", palette["accent"])
        line.truncate(width, overflow="ellipsis")
        line.append("\n")
        if span is not None:
            words = self._words(span.of(edit.text))
            if cell_len(words) > width:
                half = width // 2 - 1
                words = f"{fit(words, half)} {_last(words, half)}"
            line.append(words, "underline")
        self.query_one("#span", Static).update(line, layout=False)
        offers = self.query_one("#offers", Static)
        offers.update(offers_in_columns(edit, edit.offers(), palette, width, self._rows(width)))

    def _rows(self, width: int) -> int:
        """How many rows the offers may take: the text above must stay in view."""
        return max(2, min(9, (self.size.height - 12) // 2))

    @staticmethod
    def _words(words: str) -> str:
        return displayed(" ".join(words.split()))

    # Moving an end

    def action_word_right(self) -> None:
        """A word on."""
        self._take(self.edit.word(1))

    def action_word_left(self) -> None:
        """A word back."""
        self._take(self.edit.word(-1))

    def action_char_right(self) -> None:
        """A character on."""
        self._take(self.edit.character(1))

    def action_char_left(self) -> None:
        """A character back."""
        self._take(self.edit.character(-1))

    def action_clause_right(self) -> None:
        """To the end of the next clause."""
        self._take(self.edit.clause(1))

    def action_clause_left(self) -> None:
        """To the end of the previous clause."""
        self._take(self.edit.clause(-1))

    def action_name_right(self) -> None:
        """To the next name or figure."""
        self._take(self.edit.name(1))

    def action_name_left(self) -> None:
        """To the previous name or figure."""
        self._take(self.edit.name(-1))

    def action_span_rest(self) -> None:
        """To the end of the sentence."""
        self._take(self.edit.rest())

    def action_span_find(self) -> None:
        """To the next word that begins with a letter."""

        def found(letter: str | None) -> None:
            if letter:
                self._take(self.edit.find(letter))

        self.app.push_screen(LetterScreen(), found)

    def action_other_end(self) -> None:
        """The other end moves."""
        self._take(self.edit.other_end())

    # Both ends

    def action_grow(self) -> None:
        """The next larger unit."""
        self._take(self.edit.grow())

    def action_shrink(self) -> None:
        """The next smaller unit."""
        self._take(self.edit.shrink())

    def action_quotation_inside(self) -> None:
        """The words inside quotation marks."""
        self._take(self.edit.quotation(inside=True))

    def action_quotation_whole(self) -> None:
        """The words with their quotation marks."""
        self._take(self.edit.quotation(inside=False))

    def action_offer(self, key: str) -> None:
        """Take what is offered under a digit."""
        self._take(self.edit.offer(int(key)))

    # Parts and fragments

    def action_next_part(self) -> None:
        """Source, cue or content."""
        self._take(self.edit.next_part())

    def action_next_fragment(self) -> None:
        """The next fragment."""
        self._take(self.edit.next_fragment())

    def action_add_fragment(self) -> None:
        """One more fragment."""
        self._take(self.edit.add_fragment())

    def action_cut_out(self) -> None:
        """Without the words in the middle that say whose it is."""
        self._take(self.edit.cut())

    def action_drop_part(self) -> None:
        """Remove the fragment."""
        self._take(self.edit.drop())

    # Ending

    def action_step_back(self) -> None:
        """Take the last step back."""
        if self._before:
            self.edit = self._before.pop()
            self._show()
            self._preview(self.edit)

    def action_span_type(self, letter: str) -> None:
        """Keep the spans with this type."""
        if letter not in self._letters:
            self._take(replace(self.edit, note=f"no type has the letter {letter}"))
        elif self.is_current:
            self.dismiss(Marked(self.edit, letter))

    def action_save_span(self) -> None:
        """Keep the spans."""
        if self.is_current:
            self.dismiss(Marked(self.edit))

    def action_cancel_span(self) -> None:
        """Leave them as they were."""
        if self.is_current:
            self.dismiss(None)

    def action_span_help(self) -> None:
        """List the keys that work here."""
        self.app.push_screen(
            SheetScreen(
                f"Keys while {Context.SPAN}",
                help_sheet((Context.SPAN,), self._palette, keys_of(self.app)),
            )
        )


def offers_in_columns(
    edit: SpanEdit, offered: Sequence[Likely], palette: Palette, width: int, rows: int
) -> Text:
    """What the digits choose, in as many columns as fit, the first down the first column."""
    columns = max(1, min(3, width // _COLUMN))
    rows = min(rows, -(-len(offered) // columns)) or 0
    cell = width // columns
    sheet = Text()
    for row in range(rows):
        if row:
            sheet.append("\n")
        for column in range(columns):
            number = column * rows + row
            if number >= len(offered):
                break
            one = offered[number]
            words = displayed(" ".join(" … ".join(s.of(edit.text) for s in one.spans).split()))
            chosen = one.spans == edit.parts[edit.part]
            room = cell - 4
            if cell_len(words) > room:
                tail = room // 2
                words = f"{fit(words, room - tail - 1)} {_last(words, tail)}"
            sheet.append(f"{number + 1} ", palette["accent"])
            sheet.append(words, palette["title"] if chosen else palette["text"])
            sheet.append(" " * max(1, cell - 2 - cell_len(words)))
    return sheet


def _last(words: str, width: int) -> str:
    """The last words that fit into a width."""
    kept = words[-width:]
    while kept and cell_len(kept) > width:
        kept = kept[1:]
    return kept.partition(" ")[2] or kept
