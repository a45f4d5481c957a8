"""The memory that `claims.extract.extract` takes for one long text, in a process of its own.

Printed by `python -m benchmarks.extraction FILE... --memory WORDS`, in MB:

peak     the most memory of the process while it reads the text, over what it had after a first
         text of 10,000 words, which loads what is loaded once
text     the text itself
result   what `extract` gives back: sentences, claims and speakers, every object counted once
working  the rest of the peak: what extraction needs beside what it is given and what it gives

Linux only: the peak is read from /proc.
"""

from __future__ import annotations

import gc
import multiprocessing
import re
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from claims import extract
from claims.text import canonical

_FIRST = 10_000
"""Words of the text that a process reads before it is measured, and of the shortest measured."""
_MB = 2**20


class Taken(NamedTuple):
    """What one text took, in bytes."""

    claims: int
    peak: int
    text: int
    result: int


def joined(texts: Sequence[str], words: int) -> str:
    """Texts one after another, from the first again when they are too few, up to so many words."""
    parts: list[str] = []
    while words > 0:
        for text in texts:
            parts.append(text)
            words -= len(text.split())
            if words <= 0:
                break
    return "\n\n".join(parts)


def size_of(root: object) -> int:
    """The bytes of an object and of all that it holds, in steps of the allocator's 16."""
    seen: set[int] = set()
    total = 0
    todo = [root]
    while todo:
        one = todo.pop()
        if one is None or id(one) in seen or isinstance(one, type):
            continue
        seen.add(id(one))
        total += -(-sys.getsizeof(one) // 16) * 16
        if isinstance(one, tuple | list):
            todo.extend(one)
        else:
            names = getattr(type(one), "__slots__", ())
            todo.extend(getattr(one, name, None) for name in names)
    return total


def _status(field: str) -> int:
    found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 if found else 0


def taken(path: Path, tagger: str) -> Taken:
    """What the text of a file takes, measured in this process."""
    with path.open(encoding="utf-8", newline="") as file:
        extract.extract(file.read(7 * _FIRST), tagger=tagger)
        gc.collect()
        before = _status("VmRSS")
        file.seek(0)
        text = file.read()
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    result = extract.extract(text, tagger=tagger)
    peak = _status("VmHWM") - before
    return Taken(len(result.claims), peak, sys.getsizeof(text), size_of(result))


def table(texts: Sequence[str], tagger: str, most: int) -> None:
    """Print what texts of 10,000, 100,000, … words take."""
    print(f"{'one text, tagger ' + tagger:>28}{'claims':>9}{'peak':>8}{'text':>8}", end="")
    print(f"{'result':>8}{'working':>9}")
    size = _FIRST
    while size <= most:
        text = canonical(joined(texts, size))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "text"
            path.write_text(text, encoding="utf-8", newline="")
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, context) as pool:
                one = pool.submit(taken, path, tagger).result()
        working = one.peak - one.text - one.result
        print(f"{len(text.split()):>22,} words{one.claims:9,}", end="")
        print("".join(f"{part / _MB:8.1f}" for part in (one.peak, one.text, one.result)), end="")
        print(f"{working / _MB:9.1f}", flush=True)
        size *= 10
