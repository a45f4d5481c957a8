"""A sheet of words over the screen: the help, the legend, the history of a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from claims.model import Span
from claims.text import displayed
from store.records import ClaimRecord, Status
from store.wording import day_and_time
from tui.command import COPIES
from tui.highlight import side_key, type_key
from tui.layout import wrap

if TYPE_CHECKING:
    from claims.profile import Side
    from store.history import Step
    from tui.commands import Command, Context
    from tui.keymap import Keymap
    from tui.themes import Palette


_WIDEST = 92
"""Columns of a sheet, as its style says."""
_FRAME = 5
"""Columns of its border, its padding and its scrollbar."""
_HANGING = 30
"""Columns up to which the second column of a line may begin for what is wrapped to stand there."""
_SECOND = re.compile(r"\s*\S.*?\s{2,}(?=\S)")


def hung(sheet: Text, width: int) -> Text:
    """The sheet with its long lines wrapped: what goes on stands below the second column."""
    lines = []
    for line in sheet.split("\n", allow_blank=True):
        if cell_len(line.plain) <= width:
            lines.append(line)
            continue
        found = _SECOND.match(line.plain)
        indent = len(found[0]) if found is not None and len(found[0]) <= _HANGING else 0
        rest = line.plain[indent:]
        for number, part in enumerate(wrap(rest, Span(0, len(rest)), max(10, width - indent))):
            start, end = (edge + indent for edge in part)
            head = line[:indent] if number == 0 else Text(" " * indent)
            lines.append(head.append_text(line[start:end]))
    return Text("\n").join(lines)


class SheetScreen(ModalScreen[None]):
    """Shows a text that may be longer than the screen; any of the closing keys closes it."""

    DEFAULT_CSS = """
    SheetScreen { align: center middle; background: $background 60%; }
    SheetScreen > Vertical {
        width: 100%; max-width: 92; height: auto; max-height: 100%;
        background: $panel; border: round $primary; padding: 0 1;
    }
    SheetScreen #heading { text-style: bold; height: 1; }
    SheetScreen VerticalScroll {
        height: auto; scrollbar-size-vertical: 1;
        scrollbar-background: $panel; scrollbar-color: $primary 40%;
    }
    SheetScreen #sheet { height: auto; }
    SheetScreen #hint { color: $text-muted; height: 1; dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,I,L,H,enter,f1", "close", "close"),
        Binding("j,down", "scroll(1)", "down", show=False),
        Binding("k,up", "scroll(-1)", "up", show=False),
        Binding("space,pagedown,d", "page(1)", "page down", show=False),
        Binding("b,pageup,u", "page(-1)", "page up", show=False),
        Binding("g,home", "end(-1)", "top", show=False),
        Binding("G,end", "end(1)", "bottom", show=False),
    ]

    def __init__(self, heading: str, sheet: Text) -> None:
        super().__init__()
        self._heading, self._sheet = heading, sheet
        self._width = 0

    def compose(self) -> ComposeResult:
        """Heading, sheet, hint."""
        with Vertical():
            yield Static(self._heading, id="heading", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(self._sheet, id="sheet", markup=False)
            yield Static("j k and space scroll · q closes", id="hint", markup=False)

    def on_resize(self) -> None:
        """The sheet takes what the heading, the hint and the border leave."""
        self.query_one(VerticalScroll).styles.max_height = max(1, self.size.height - 4)
        width = min(_WIDEST, self.size.width) - _FRAME
        if width != self._width:
            self._width = width
            self.query_one("#sheet", Static).update(hung(self._sheet, width))

    def action_close(self) -> None:
        """Close the sheet."""
        self.dismiss(None)

    def action_scroll(self, step: int) -> None:
        """A line on or back."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def action_page(self, step: int) -> None:
        """A page on or back."""
        pane = self.query_one(VerticalScroll)
        pane.scroll_relative(y=step * max(1, pane.size.height - 2), animate=False)

    def action_end(self, step: int) -> None:
        """The top or the bottom."""
        pane = self.query_one(VerticalScroll)
        if step < 0:
            pane.scroll_home(animate=False)
        else:
            pane.scroll_end(animate=False)


def help_sheet(
    contexts: Iterable[Context],
    palette: Palette,
    keymap: Keymap,
    more: Mapping[str, Sequence[Command]] = MappingProxyType({}),
    problems: Sequence[str] = (),
) -> Text:
    """Every key of the given contexts, with what it does; then `more` commands under a heading.

    The first context has no heading: that of the sheet says it. What is wrong in the configuration
    comes before all of it.
    """
    sheet = Text()
    if problems:
        sheet.append("Wrong in config.toml (warreader keys lists it too)\n", palette["accent"])
    for problem in problems:
        sheet.append(f"  ✗  {displayed(problem)}\n", palette["sign.rejected"])
    listed = {str(context): tuple(keymap.in_context(context)) for context in contexts}
    for heading, commands in (listed | dict(more)).items():
        if not commands:
            continue
        if sheet:
            sheet.append(f"\n{heading}\n", palette["accent"])
        for command in commands:
            keys = ", ".join(command.shown_keys)
            sheet.append(f"  {keys:<18}", palette["title" if command.keys else "muted"])
            sheet.append(f" {command.help}\n")
    sheet.append("\nThe mouse works too: click a sentence, a claim, an article or a key below.\n")
    sheet.append(f"{COPIES[0]}: {COPIES[1]}\n")
    sheet.append("Shift and drag selects as the terminal does.\n", palette["muted"])
    sheet.rstrip()
    return sheet


def legend_sheet(sides: Sequence[Side], records: Sequence[ClaimRecord], palette: Palette) -> Text:
    """The letters, colours and signs, with how often each occurs in the article."""
    types: Mapping[str, int] = _count(str(record.claim.type) for record in records)
    spoken: Mapping[str, int] = _count(record.claim.side for record in records)
    sheet = Text()
    sheet.append("Claim types: a letter beside the text, a colour by group\n", palette["accent"])
    codebook = palette.codebook
    listed = [
        entry.id for entry in codebook.types.values() if not entry.hidden or entry.id in types
    ]
    listed += [name for name in types if name not in codebook]
    labels = max([12, *(cell_len(codebook[name].label) for name in listed)])
    for name in listed:
        entry, key = codebook[name], type_key(name)
        sheet.append(f"  {entry.letter} ", palette.letter(key))
        sheet.append(entry.label + " " * (labels - cell_len(entry.label)), palette[key])
        sheet.append(f" {types.get(name, 0):>4}  ", palette["muted"])
        sheet.append(f"{entry.gloss}\n")
    if sides:
        sheet.append(
            "\nSides of the source: a bar beside the text, or its letter\n",
            palette["accent"],
        )
    for side in sides:
        sheet.append("  ▌", palette.letter(side_key(side.id)))
        sheet.append(f"{displayed(side.tag):<3}", palette.letter(side_key(side.id)))
        sheet.append(f"{displayed(side.id):<12}", palette[side_key(side.id)])
        sheet.append(f"{spoken.get(side.id, 0):>4}  ", palette["muted"])
        sheet.append(f"{displayed(side.name)}\n")
    sheet.append("\nState of a claim\n", palette["accent"])
    words = {
        Status.PROPOSED: "the machine's, not decided yet",
        Status.ACCEPTED: "accepted by you",
        Status.REJECTED: "rejected by you (struck through)",
        Status.EDITED: "changed by you, and so accepted",
        Status.ADDED: "made by you",
    }
    for status, meaning in words.items():
        sheet.append(f"  {status.sign} ", palette[f"sign.{status}"])
        sheet.append(f"{status:<12}      {meaning}\n")
    sheet.append("\nThe current claim in the text\n", palette["accent"])
    for part, words_ in (
        ("source", "who says it"),
        ("cue", "that it is said"),
        ("content", "what is said"),
    ):
        sheet.append("  ")
        sheet.append(f"{part:<10}", palette[part])
        sheet.append(f"        {words_}\n")
    sheet.append("\nOther signs\n", palette["accent"])
    for sign, meaning in (
        ("▶", "the current sentence"),
        ("~", "hedged: reportedly, may, alleged"),
        ("?", "the writer keeps a distance: claimed, touted"),
        ("+", "beside the text: more claims than letters fit"),
        ("1…9", "while a span is marked: the digit takes what begins there"),
        ("● ★", "in the library: not read yet, starred by you"),
        ("uurr OT", "in the library: how many claims of each side, of each type"),
        ("= #", "in the library: others are on the same story, has tags"),
        ("✉ #", "the claim has a note, has tags"),
        ("␦ ␛ �", "a character that a terminal must not see, made visible"),
    ):
        sheet.append(f"  {sign:<7}", palette["title"])
        sheet.append(f"{meaning}\n")
    sheet.rstrip()
    return sheet


def history_sheet(steps: Sequence[Step], palette: Palette) -> Text:
    """What was decided on one claim, oldest first, and what each decision changed."""
    if not steps:
        return Text("Nothing was decided on this claim yet.", palette["muted"])
    sheet = Text()
    for step in steps:
        sheet.append(f"{displayed(day_and_time(step.at))}  ", palette["muted"])
        sheet.append(displayed(step.annotator), palette["accent"])
        sheet.append(f"  {displayed(step.words)}", palette["title"])
        sheet.append("\n")
        for line in step.changes:
            sheet.append(f"    {displayed(line)}\n")
    sheet.rstrip()
    return sheet


def _count(values: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found
