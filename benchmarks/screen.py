"""How quick the screen is, in a real pseudo-terminal, beside the least that Textual can do.

    python -m benchmarks.screen [--starts N] [--keys N] [--library FILE] [--json]

The reader runs on a library of 10,000 articles that this makes; `benchmarks.screen_floor` shows
the same text in a bare `ScrollView`. Both are open at the same time and get their keys in turn,
so that what else the machine does hits both. For each of them the table shows

- start: from the start of the process to its first frame, and to the text of the article;
- a key: from the write of the key to the end of the first frame that differs (paint) and of the
  last frame that it causes (rest), as median / 95th percentile, and the CPU time of the process;
- commit: `a` in the reader is on disk before it is painted. The floor's `a` writes one row to
  SQLite as durably; what a commit alone costs here is printed too;
- idle: CPU time in five seconds without a key.

Milliseconds everywhere. Ratios are the reader's by the floor's; the bars are 1.4 for the first
frame and 1.5 for the 95th percentile of a key to its paint.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import select
import signal
import sqlite3
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks import screen_library
from benchmarks.screen_library import ANNOTATOR

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests" / "tui"))

from terminal import FRAME_BEGINS, FRAME_ENDS, Terminal, environment  # noqa: E402 - the tests' terminal

SIZE = (120, 36)
READY = "There is no save key"
FLOOR = (sys.executable, "-m", "benchmarks.screen_floor")
SIZES = (1_000, 1_000_000)
QUIET = 0.08
"""Seconds without output after which a key has had its effect."""
BARS = {"first frame": 1.4, "key": 1.5}


class Timed(Terminal):
    """A terminal that notes when what it was sent arrived, and reads it afterwards."""

    def read_now(self) -> bytes:
        """What is there; empty when the program has ended."""
        assert self._master is not None
        try:
            return os.read(self._master, 1 << 20)
        except OSError:
            return b""

    def gather(self, quiet: float = QUIET, patience: float = 20.0) -> list[tuple[float, bytes]]:
        """Read until something came, within `patience`, and then nothing for `quiet` seconds."""
        found: list[tuple[float, bytes]] = []
        until = time.perf_counter() + 60.0
        patience += time.perf_counter()
        while time.perf_counter() < until:
            ready, _, _ = select.select([self._master], [], [], quiet)
            if ready:
                found.append((time.perf_counter(), self.read_now()))
            elif (found and not _in_frame(found)) or (not found and time.perf_counter() > patience):
                break
        return found

    def effect(self, act: Callable[[], None]) -> tuple[float, float]:
        """Seconds from doing something to the first frame that differs, and to the last one."""
        before = self.screen.lines
        began = time.perf_counter()
        act()
        paint = rest = None
        while paint is None or rest is None:
            found = self.gather()
            if not found:
                raise SystemExit(f"a key did nothing; the screen:\n{self.screen}")
            for at, data in found:
                self._take(self._decode(data))
                if self.screen.lines != before:
                    before = self.screen.lines
                    paint, rest = paint or at, at
        return paint - began, rest - began

    def type(self, keys: str) -> None:
        """Press keys one after the other, whatever they do."""
        for key in keys:
            self.press(key)
            self.rest()

    def rest(self) -> None:
        """Read until nothing comes any more."""
        for _, data in self.gather(quiet=0.3, patience=1.0):
            self._take(self._decode(data))

    def cpu(self) -> float:
        """Seconds of processor time that the program's threads have had."""
        total = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def memory(self) -> float:
        """The most memory that the program has had, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1000

    def resize(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        assert self._master is not None
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)
        self.process.send_signal(signal.SIGWINCH)


def _in_frame(found: list[tuple[float, bytes]]) -> bool:
    """Whether what came ends within a frame: a busy machine may pause there."""
    data = b"".join(some for _, some in found)
    return data.rfind(FRAME_BEGINS.encode()) > data.rfind(FRAME_ENDS.encode())


def started(
    command: tuple[str, ...], arguments: tuple[str, ...], home: Path, shown: str, ready: str
) -> tuple[float, float, float]:
    """Seconds to the first frame, CPU time until then, and seconds until `ready` is there."""
    surroundings = environment(home)
    began = time.perf_counter()
    with Timed(*arguments, environment=surroundings, size=SIZE, command=command) as terminal:
        terminal.wait_text(shown)
        first, cpu = time.perf_counter() - began, terminal.cpu()
        terminal.wait_text(ready)
        usable = time.perf_counter() - began
        terminal.process.kill()
    return first, cpu, usable


def middle(values: list[float]) -> float:
    """The median."""
    return statistics.median(values)


def late(values: list[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


class Table:
    """The measurements, printed as they come."""

    def __init__(self, as_json: bool) -> None:
        self.rows: list[dict[str, Any]] = []
        self._as_json = as_json
        if not as_json:
            print(f"{'':34}{'reader':>22}{'floor':>22}{'ratio':>8}{'bar':>6}")

    def add(
        self, name: str, reader: list[float], floor: list[float], bar: float | None = None
    ) -> None:
        """A row: seconds of both; the ratio is that of the late ones where there are many."""
        of = late if "key" in name else middle
        ratio = of(reader) / of(floor) if floor and of(floor) else None
        row = {
            "name": name,
            "reader": [middle(reader) * 1000, late(reader) * 1000, min(reader) * 1000],
            "floor": [f(floor) * 1000 for f in (middle, late, min)] if floor else None,
            "ratio": ratio,
            "bar": bar,
        }
        self.rows.append(row)
        if not self._as_json:
            cells = [
                f"{middle(v) * 1000:8.1f} /{late(v) * 1000:8.1f}" if v else ""
                for v in (reader, floor)
            ]
            said = f"{ratio:8.2f}" if ratio is not None else " " * 8
            miss = "" if bar is None or ratio is None or ratio <= bar else "  over"
            print(f"{name:34}{cells[0]:>22}{cells[1]:>22}{said}{bar or '':>6}{miss}", flush=True)

    def finish(self) -> None:
        """Print all of it as JSON, where that was asked for."""
        if self._as_json:
            print(json.dumps(self.rows, indent=1))


@contextmanager
def both(library: Path, text: Path, home: Path) -> Iterator[tuple[Timed, Timed]]:
    """The reader and the floor, open side by side and at rest."""
    with ExitStack() as stack:
        reader = stack.enter_context(
            Timed(
                "--db",
                library,
                "--annotator",
                ANNOTATOR,
                environment=environment(home / "reader"),
                size=SIZE,
            )
        )
        floor = stack.enter_context(
            Timed(
                text,
                home / "floor.db",
                environment=environment(home / "floor"),
                size=SIZE,
                command=FLOOR,
            )
        )
        reader.wait_text(READY)
        floor.wait_text(text.read_text(encoding="utf-8")[:30])
        for one in (reader, floor):
            one.rest()
        yield reader, floor


def measure_keys(table: Table, name: str, reader: Timed, floor: Timed, keys: int) -> None:
    """Each key in turn in both; opening and closing a dialog and resizing a few times."""
    for deed, key, back, times, after in (
        ("sentence", "j", "g", 20, ""),
        ("claim", "l", "g", 12, ""),
        ("accept", "a", "z" * 12, 12, ""),
        ("page down", " ", "g", 3, ""),
        ("dialog", "t", "g", 20, "\x1b"),
    ):
        taken: dict[str, tuple[list[float], ...]] = {"reader": ([], [], []), "floor": ([], [], [])}
        for number in range(keys if times > 3 and not after else max(6, keys // 4)):
            for who, terminal in (("reader", reader), ("floor", floor)):
                if number % times == 0:
                    terminal.type(back)
                shown, before = terminal.screen.lines, terminal.cpu()
                paint, rest = terminal.effect(lambda t=terminal, k=key: t.press(k))
                spent = terminal.cpu() - before
                for values, value in zip(taken[who], (paint, rest, spent), strict=True):
                    values.append(value)
                if after:
                    terminal.press(after)
                    terminal.wait_for(lambda t=terminal, s=shown: t.screen.lines == s)
        bar = BARS["key"] if deed in ("sentence", "claim", "accept") else None
        mine, its = taken["reader"], taken["floor"]
        table.add(f"{name} {deed}: key to paint", mine[0], its[0], bar)
        table.add(f"{name} {deed}: key to rest", mine[1], its[1])
        table.add(f"{name} {deed}: CPU", mine[2], its[2])
    resized: dict[str, tuple[list[float], ...]] = {"reader": ([], []), "floor": ([], [])}
    for number in range(6):
        for who, terminal in (("reader", reader), ("floor", floor)):
            before = terminal.cpu()
            width = SIZE[0] - 10 * (number % 2 == 0)
            _, rest = terminal.effect(lambda t=terminal, w=width: t.resize(w, SIZE[1]))
            resized[who][0].append(rest)
            resized[who][1].append(terminal.cpu() - before)
    table.add(f"{name} resize: to rest", resized["reader"][0], resized["floor"][0])
    table.add(f"{name} resize: CPU", resized["reader"][1], resized["floor"][1])


def measure_idle(table: Table, name: str, reader: Timed, floor: Timed) -> None:
    """The CPU time of five seconds in which nothing is asked for."""
    before = [one.cpu() for one in (reader, floor)]
    time.sleep(5)
    spent = [one.cpu() - b for one, b in zip((reader, floor), before, strict=True)]
    table.add(f"{name} idle for 5 s: CPU", [spent[0]], [spent[1]])


def commits(path: Path, times: int = 50) -> list[float]:
    """Seconds that one durable commit of a kilobyte takes here, without anything around it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE one (row TEXT)")
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        connection.execute("INSERT INTO one VALUES (?)", ("decision " * 100,))
        taken.append(time.perf_counter() - began)
    connection.close()
    return taken


def main() -> None:
    """Make the library, start and drive both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--starts", type=int, default=12, help="how often each is started")
    parser.add_argument("--keys", type=int, default=60, help="how often each key is pressed")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, nargs="+", default=SIZES, choices=SIZES)
    parser.add_argument("--library", type=Path, help="keep the library here, or use the one there")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="screen-") as place:
        folder = Path(place)
        library: Path = args.library or folder / "library.db"
        library.parent.mkdir(parents=True, exist_ok=True)
        ids = screen_library.made(library, args.articles, SIZES)
        texts = {size: folder / f"{size}.txt" for size in SIZES}
        for size, path in texts.items():
            path.write_text(screen_library.words(size, size), encoding="utf-8")
        table = Table(args.json)
        table.add("one commit", commits(folder / "commit.db"), [])
        for size in args.words:
            name = f"{size:,} words"
            text = texts[size]
            screen_library.open_at(library, ids[size])
            mine: list[tuple[float, ...]] = []
            its: list[tuple[float, ...]] = []
            first_words = text.read_text(encoding="utf-8")[:30]
            for _ in range(args.starts if size == SIZES[0] else max(1, args.starts // 3)):
                options = ("--db", str(library), "--annotator", ANNOTATOR)
                reader = (sys.executable, "-m", "tui.cli")
                mine.append(started(reader, options, folder / "reader", "warreader", READY))
                its.append(started(FLOOR, (str(text),), folder / "floor", first_words, first_words))
            for number, what in enumerate(("first frame", "first frame: CPU", "text is there")):
                bar = BARS["first frame"] if number == 0 and size == SIZES[0] else None
                values = [[one[number] for one in some] for some in (mine, its)]
                table.add(f"{name} {what}", *values, bar)
            with both(library, text, folder) as (one, other):
                measure_keys(table, name, one, other, args.keys)
                measure_idle(table, name, one, other)
                table.add(f"{name} memory, kB", [one.memory()], [other.memory()])
        table.finish()


if __name__ == "__main__":
    main()
