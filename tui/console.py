"""Standard output and standard error of the `warreader` sub-commands.

Data goes to standard output, words about the work to standard error. Every outside string that
is meant for people passes `claims.text.displayed` here, on a terminal and in a pipe alike; JSON
keeps text exact and escapes what a terminal could act on.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, TextIO

from claims.text import displayed

if TYPE_CHECKING:
    from rich.text import Text

When = Literal["auto", "always", "never"]


class OutputClosedError(Exception):
    """Nobody reads our output any more; the command ends without a word."""


class CommandError(Exception):
    """The command cannot go on; the message is one line for the user."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def on_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def coloured(when: When) -> bool:
    """Whether to use colour; `NO_COLOR` (https://no-color.org) holds unless told "always"."""
    if when == "auto":
        return on_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return when == "always"


def width() -> int | None:
    """The columns of the terminal; None in a pipe, where lines are not cut."""
    return max(40, shutil.get_terminal_size().columns) if on_terminal() else None


def line(text: str = "") -> None:
    """Write one line for people."""
    _write(sys.stdout, displayed(text) + "\n")


def fields(*cells: object) -> None:
    """Write one line of cells with tabs between them, for `cut` and spreadsheets."""
    _write(sys.stdout, "\t".join(_cell(str(cell)) for cell in cells) + "\n")


def styled(lines: Iterable[Text], *, colour: bool) -> None:
    """Write rich texts, wrapped to the terminal; the texts have passed `displayed`."""
    from rich.console import Console

    console = Console(
        color_system="auto" if colour else None,  # None: no escape sequence at all
        no_color=not colour,
        force_terminal=colour or None,
        width=width() or 1_000_000,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for text in lines:
        with console.capture() as capture:
            console.print(text, soft_wrap=not on_terminal())
        _write(sys.stdout, capture.get())


def json_line(value: Any) -> None:
    """Write one JSON value on one line, in UTF-8 whatever the terminal's encoding."""
    from store.exports.jsontext import line as json_text

    data(json_text(value) + "\n")


def data(text: str) -> None:
    """Write text as UTF-8, byte for byte; to a terminal only what it may see."""
    if on_terminal():
        _write(sys.stdout, displayed(text))
        return
    raw(text.encode("utf-8"))


def raw(data: bytes) -> None:
    """Write bytes that are no text; the caller has seen that nobody looks at them."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    except BrokenPipeError:
        raise OutputClosedError from None


def tell(text: str) -> None:
    """Write one line about the work to standard error, where it helps; never fails for it."""
    try:
        _write(sys.stderr, displayed(text) + "\n")
        sys.stderr.flush()
    except (OSError, OutputClosedError):
        return


def progress(words: str) -> None:
    """Say how far the work is, on one line that the next call overwrites; only to a person."""
    try:
        if sys.stderr.isatty():
            _write(sys.stderr, f"\r\x1b[K{displayed(words)}")
            sys.stderr.flush()
    except (OSError, OutputClosedError):
        return


class Progress:
    """One line on standard error that says how far the work is; only where a person looks.

    It is drawn over again at most ten times a second, and cleared before anything else is written.
    """

    _EVERY = 0.1

    def __init__(self) -> None:
        self._seen = sys.stderr is not None and sys.stderr.isatty()
        self._drawn = 0
        """Characters of the line that stands there."""
        self._last = 0.0

    def show(self, words: str) -> None:
        """Draw the line, unless that was done a moment ago."""
        now = time.monotonic()
        if not self._seen or now - self._last < self._EVERY:
            return
        self._last = now
        columns = shutil.get_terminal_size().columns
        line = displayed(words)[: max(1, columns - 1)]
        self._write("\r" + line.ljust(self._drawn))
        self._drawn = len(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            self._write("\r" + " " * self._drawn + "\r")
            self._drawn = 0

    @staticmethod
    def _write(text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def finish() -> None:
    """Push out what is still buffered. Raises `OutputClosedError`, or `OSError` (a full disk)."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise OutputClosedError from None


def abandon() -> None:
    """Point standard output at nothing, so that the interpreter's last flush cannot fail."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        return


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
) -> None:
    """Write rows in aligned columns; the last column takes the room that is left.

    On a terminal cells are cut with an ellipsis so that a row is one line; in a pipe nothing is
    cut. `right` names the columns that are aligned to the right.
    """
    from rich.cells import cell_len, set_cell_size

    cells = [[_cell(cell) for cell in row] for row in rows]
    heading = list(heads)
    room = width()
    widths = [max(cell_len(row[at]) for row in [heading, *cells]) for at in range(len(heading))]
    if room is not None:
        widths = _fitted(widths, room, [cell_len(head) for head in heading])

    def fit(text: str, at: int) -> str:
        length, most = cell_len(text), widths[at]
        if length > most:
            return set_cell_size(text, most - 1) + "…"
        if at in right:
            return " " * (most - length) + text
        return text + " " * (most - length)

    for row in [heading, *cells]:
        line("  ".join(fit(cell, at) for at, cell in enumerate(row)).rstrip())


_NARROWEST = 6


def _fitted(widths: list[int], room: int, least: list[int]) -> list[int]:
    """Widths that fit the room: the widest column gives way, down to a few characters."""
    widths = list(widths)
    excess = sum(widths) + 2 * (len(widths) - 1) - room
    while excess > 0:
        at = max(range(len(widths)), key=widths.__getitem__)
        others = [width for i, width in enumerate(widths) if i != at]
        floor = max([_NARROWEST, least[at], *[w for w in others if w < widths[at]][-1:]])
        step = min(excess, max(1, widths[at] - floor))
        if widths[at] - step < max(_NARROWEST, 1):
            break
        widths[at] -= step
        excess -= step
    return widths


def _cell(text: str) -> str:
    return " ".join(displayed(text).split())


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except BrokenPipeError:
        raise OutputClosedError from None
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))
