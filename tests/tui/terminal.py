"""A real pseudo-terminal for tests: runs a command in it, presses keys, reads every byte.

Nothing here sleeps: every wait reads until a condition on what was read holds, and fails after a
deadline with the screen as it then was. The terminal answers one query: that it shows whole
frames ("synchronized output", mode 2026), so that no test looks at half of one.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from rich.cells import cell_len

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 30.0
"""Seconds after which a wait has failed. Nothing takes long; a busy machine may be slow."""

WARREADER = (sys.executable, "-m", "tui.cli")

_OWN_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    " os.execv(sys.argv[1], sys.argv[1:])"
)
"""Makes the terminal the controlling one of the session, so that closing it hangs up, and goes
on as the command. A fork in the test's own process would not be safe beside its threads."""


class Piece(NamedTuple):
    """One thing that a terminal was sent: `kind` is text, csi, osc, string, escape, control or
    broken."""

    kind: str
    text: str


_PIECE = re.compile(
    r"(?P<csi>\x1b\[[0-?]*[ -/]*[@-~])"
    r"|(?P<osc>\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))"
    r"|(?P<string>\x1b[PX^_][^\x1b]*\x1b\\)"
    r"|(?P<escape>\x1b[ -/]*[0-OQ-WYZ\\`-~])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f-\x9f])"
)
"""The control functions of ECMA-48 as xterm reads them ("XTerm Control Sequences")."""


def pieces_of(text: str) -> tuple[list[Piece], str]:
    """The pieces of a text, and what is left: the beginning of a sequence that goes on."""
    found, start = [], 0
    while match := _PIECE.match(text, start):
        found.append(Piece(str(match.lastgroup), match[0]))
        start = match.end()
    return found, text[start:]


FRAME_BEGINS, FRAME_ENDS = "\x1b[?2026h", "\x1b[?2026l"
_FRAMES_QUERY, _FRAMES_ANSWER = "\x1b[?2026$p", "\x1b[?2026;2$y"


class Screen:
    """What a terminal would show: a grid of cells, for the few sequences that Textual writes."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._cells = [[" "] * columns for _ in range(rows)]
        self._x = self._y = 0
        self._held: list[str] | None = None

    def __str__(self) -> str:
        return "\n".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """The rows, without the blanks at their ends; during a frame as they were before it."""
        return self._held or ["".join(row).rstrip() for row in self._cells]

    def take(self, piece: Piece) -> None:
        """Do what the terminal would do."""
        if piece.kind == "text":
            for char in piece.text:
                self._put(char)
        elif piece.text == "\r":
            self._x = 0
        elif piece.text == "\n":
            self._line_feed()
        elif piece.kind == "csi" and piece.text.endswith("H"):
            row, _, column = piece.text[2:-1].partition(";")
            self._y = min(max(int(row or 1), 1), self.rows) - 1
            self._x = min(max(int(column or 1), 1), self.columns) - 1
        elif piece.text == FRAME_BEGINS:
            self._held = self.lines
        elif piece.text == FRAME_ENDS:
            self._held = None
        elif piece.text in ("\x1b[?1049h", "\x1b[?1049l"):
            self.__init__(self.columns, self.rows)  # type: ignore[misc]

    def _put(self, char: str) -> None:
        width = cell_len(char)
        if width == 0:
            self._cells[self._y][max(0, self._x - 1)] += char
            return
        for offset, cell in enumerate((char, "")[:width]):
            if self._x + offset < self.columns:
                self._cells[self._y][self._x + offset] = cell
        self._x = min(self._x + width, self.columns - 1)

    def _line_feed(self) -> None:
        if self._y + 1 < self.rows:
            self._y += 1
        else:
            self._cells = [*self._cells[1:], [" "] * self.columns]


class Terminal:
    """A command on a terminal of its own; use it in a `with` block, which ends it."""

    def __init__(
        self,
        *arguments: str | Path,
        environment: dict[str, str],
        size: tuple[int, int] = (120, 36),
        command: Sequence[str] = WARREADER,
    ) -> None:
        self.output = b""
        self.pieces: list[Piece] = []
        self.screen = Screen(*size)
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._rest = ""
        self._ended = False
        master, slave = pty.openpty()
        self._master: int | None = master
        try:
            columns, rows = size
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            self.process = subprocess.Popen(
                [sys.executable, "-S", "-E", "-c", _OWN_TERMINAL, *command, *map(str, arguments)],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=environment,
                cwd=environment["HOME"],
                start_new_session=True,
            )
            self._slave_name = os.ttyname(slave)
        finally:
            os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.close()

    @property
    def text(self) -> str:
        """All words that were written, without the sequences between them."""
        return "".join(piece.text for piece in self.pieces if piece.kind in ("text", "control"))

    def press(self, keys: str) -> None:
        """Type; a lone escape must not have keys right behind it."""
        assert self._master is not None
        os.write(self._master, keys.encode())

    def wait_for(self, condition: Callable[[], bool], *, deadline: float = DEADLINE) -> None:
        """Read until the condition holds; fails at the deadline, or when the command has ended."""
        until = time.monotonic() + deadline
        while not condition():
            if not self._read(until):
                state = "the command ended" if self._ended else "time is up"
                raise AssertionError(f"{state}; the screen:\n{self.screen}\n{self.text[-2000:]}")

    def wait_text(self, *words: str) -> None:
        """Read until all of these words are on the screen."""
        self.wait_for(lambda: all(word in str(self.screen) for word in words))

    def wait_gone(self, words: str) -> None:
        """Read until these words are no more on the screen."""
        self.wait_for(lambda: words not in str(self.screen))

    def finish(self, *, deadline: float = DEADLINE) -> int:
        """Read until the command has ended; its exit code, negative for a signal."""
        until = time.monotonic() + deadline
        while self._read(until):
            pass
        assert self._ended or self._master is None, f"it does not end; the screen:\n{self.screen}"
        return self.process.wait(timeout=max(0.1, until - time.monotonic()))

    def stall(self) -> None:
        """Take no more output, as when the connection hangs: whoever writes waits."""
        slave = os.open(self._slave_name, os.O_RDWR | os.O_NOCTTY)
        try:
            termios.tcflow(slave, termios.TCOOFF)
        finally:
            os.close(slave)

    def signal(self, number: signal.Signals) -> None:
        """Send the command a signal."""
        self.process.send_signal(number)

    def close(self) -> None:
        """Close the terminal's window: the command is hung up and reads and writes fail."""
        if self._master is not None:
            os.close(self._master)
            self._master = None

    def _read(self, until: float) -> bool:
        """Read what there is, waiting for it; False at the end of the output or of the time."""
        if self._master is None or self._ended:
            return False
        ready, _, _ = select.select([self._master], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return False
        data = b""
        with suppress(OSError):  # EIO: nobody has the other end open any more
            data = os.read(self._master, 65536)
        self._ended = not data
        self.output += data
        self._take(self._decode(data, final=self._ended))
        return not self._ended

    def _take(self, text: str) -> None:
        found, self._rest = pieces_of(self._rest + text)
        if self._ended and self._rest:
            found.append(Piece("broken", self._rest))
        for piece in found:
            self.screen.take(piece)
            if piece.text == _FRAMES_QUERY and self._master is not None:
                os.write(self._master, _FRAMES_ANSWER.encode())
        self.pieces += found


def environment(home: Path, **more: str) -> dict[str, str]:
    """A child's environment: a home of its own, a colour terminal, nothing of the tester's."""
    mine = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEXTUAL", "WARREADER", "XDG_", "LC_"))
        and name not in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES")
    }
    home.mkdir(parents=True, exist_ok=True)
    return {
        **mine,
        "HOME": str(home),
        "WARREADER_HOME": str(home / "warreader"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        **more,
    }


def colours(pieces: Iterable[Piece]) -> set[str]:
    """Which kinds of colour codes were sent: "true", "256", "16" and "default" (39 and 49)."""
    found = set()
    for piece in pieces:
        if piece.kind == "csi" and piece.text.endswith("m"):  # SGR, "select graphic rendition"
            codes = piece.text[2:-1].split(";")
            at = 0
            while at < len(codes):
                code = int(codes[at] or 0)
                if code in (38, 48):
                    true = codes[at + 1] == "2"
                    found.add("true" if true else "256")
                    at += 4 if true else 2
                elif code in (39, 49):
                    found.add("default")
                elif code in (*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)):
                    found.add("16")
                at += 1
    return found
