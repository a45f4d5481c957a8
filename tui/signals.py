"""What signals do: the program leaves soon and cleanly, and comes back to its terminal.

Textual handles neither SIGTERM nor SIGHUP, and waits without limit for a terminal that is gone
or takes no more output (a connection that stalls). And it takes the terminal again at every
SIGCONT, whether or not it had left it: then two threads read the keys and the program does not
end. The kernel sends that signal with each hang-up.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from types import FrameType, TracebackType
from typing import Any, Self

_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
"""The signals that end the program, with its exit code: 128 and the number, as shells count."""

_PATIENCE = 0.8
"""Seconds for leaving cleanly; ours alone takes a third of that."""
_CLOSING = 5.0
"""Seconds for the store to finish what it is at; SQLite waits as long for another writer."""

_RESET = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Undoes, in its order, what Textual's `LinuxDriver.start_application_mode` asks for."""

_Handler = Callable[[int, FrameType | None], Any] | int | None


class Signals:
    """Catches the signals while in its `with` block; entered by the main thread.

    `close` closes the library; it is called from another thread, and may be called twice.
    """

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close
        self._leave: Callable[[int], None] | None = None
        self._retake: Callable[[], None] | None = None
        self._loop: AbstractEventLoop | None = None
        self._code: int | None = None
        self._lock = Lock()
        self._stopped = False
        self._former: dict[int, _Handler] = {}
        self._terminal: list[Any] | None = None

    def __enter__(self) -> Self:
        with suppress(termios.error, OSError):
            self._terminal = termios.tcgetattr(sys.__stdin__)  # type: ignore[arg-type]
        # A handler may interrupt anything, so it only writes to a pipe; a thread that waits
        # there does the rest, also when the main thread waits for the terminal.
        self._reader, self._writer = os.pipe()
        Thread(target=self._watch, name="signals", daemon=True).start()
        for number in _CODES:
            self._former[number] = signal.signal(number, self._caught)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._former.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        os.close(self._writer)

    def begin(
        self,
        loop: AbstractEventLoop,
        *,
        leave: Callable[[int], None],
        retake: Callable[[], None],
    ) -> None:
        """The application runs: from now on its loop is told what a signal asks for.

        `leave` ends it with an exit code; `retake` gives the terminal up and takes it again.
        """
        with self._lock:
            self._loop, self._leave, self._retake = loop, leave, retake
            code = self._code
        for number, ours in ((signal.SIGTSTP, self._stop), (signal.SIGCONT, self._continue)):
            self._former[number] = signal.signal(number, ours)
        if code is not None:
            leave(code)

    def _caught(self, number: int, frame: FrameType | None) -> None:
        if self._code is None:
            self._code = _CODES[signal.Signals(number)]
            os.write(self._writer, b"!")

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopped = True
        self._textual(number, frame)

    def _continue(self, number: int, frame: FrameType | None) -> None:
        if self._stopped:
            self._stopped = False
            self._textual(number, frame)
        elif self._code is None and self._loop is not None and self._retake is not None:
            # Stopped without warning (SIGSTOP), or not at all.
            self._loop.call_soon_threadsafe(self._retake)

    def _textual(self, number: int, frame: FrameType | None) -> None:
        handler = self._former.get(number)
        if callable(handler):
            handler(number, frame)

    def _watch(self) -> None:
        asked = os.read(self._reader, 1)
        os.close(self._reader)
        if not asked:
            return
        with self._lock:
            code, loop, leave = self._code, self._loop, self._leave
        assert code is not None
        if loop is not None and leave is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                loop.call_soon_threadsafe(leave, code)
        time.sleep(_PATIENCE)
        closing = Thread(target=self._close, daemon=True)
        closing.start()
        closing.join(_CLOSING)
        self._give_back_terminal()
        os._exit(code)

    def _give_back_terminal(self) -> None:
        """Leave the terminal as it was found, if it still takes anything."""
        with suppress(OSError, ValueError, termios.error):
            output = sys.__stderr__.fileno() if sys.__stderr__ else -1
            if select.select([], [output], [], 0)[1]:
                os.write(output, _RESET.encode())
            if self._terminal is not None:
                termios.tcsetattr(sys.__stdin__, termios.TCSANOW, self._terminal)  # type: ignore[arg-type]
