"""Reading pages and PDFs in a child process, with limits on time, memory and size.

Parsers of hostile files may hang, eat all memory or crash. They run in a child that is told its
limits (`RLIMIT_CPU`, `RLIMIT_AS`, `RLIMIT_FSIZE`, `RLIMIT_NOFILE`), gets bytes over a pipe and
answers with JSON; when it breaks a limit it is ended, and the next page gets a new one. One child
serves many pages, since starting it costs more than most pages.

Run as `python -m store.ingest.child` it is that child.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import struct
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any, BinaryIO

CPU_SECONDS = 15
WALL_SECONDS = 20
MEMORY = 2 * 2**30
"""Bytes of address space: several times what the largest page needs, all libraries included."""
_FILES = 64
_LENGTHS = struct.Struct("!II")


class ChildError(Exception):
    """The child could not read it: too slow, too large, or it crashed; the message says which."""


class Child:
    """A child process that reads one page at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: str, data: bytes, wall: float = WALL_SECONDS, **options: Any) -> Any:
        """What the child makes of the data. Raises `ChildError`; the next call has a new child."""
        process = self._started()
        head = json.dumps({"task": task, **options}).encode()
        try:
            assert process.stdin is not None
            process.stdin.write(_LENGTHS.pack(len(head), len(data)) + head)
            process.stdin.write(data)
            process.stdin.flush()
            answer = json.loads(_Pipe(process.stdout, time.monotonic() + wall).message())
        except (OSError, EOFError, ValueError, TimeoutError) as problem:
            code = self.close()
            if isinstance(problem, TimeoutError):
                raise ChildError(f"took more than {wall:g} s") from None
            if code == -24:  # SIGXCPU
                raise ChildError(f"took more than {CPU_SECONDS} s of processor time") from None
            raise ChildError(f"the reader ended with {code}") from None
        if "error" in answer:
            if answer["error"].startswith("MemoryError"):
                self.close()
            raise ChildError(answer["error"])
        return answer["result"]

    def close(self) -> int | None:
        """End the child; how it ended."""
        process, self._process = self._process, None
        if process is None:
            return None
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
        if process.returncode is None:
            process.kill()
        return process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            # -P and no site of the working directory: nothing that lies there is imported.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "store.ingest.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            )
        return self._process


class _Pipe:
    """Reads a message from a pipe until a deadline."""

    def __init__(self, stream: Any, deadline: float) -> None:
        self._descriptor: int = stream.fileno()
        self._deadline = deadline

    def message(self) -> bytes:
        """Raises `TimeoutError`, `EOFError`."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._descriptor, selectors.EVENT_READ)
            self._selector = selector
            (length,) = struct.unpack("!I", self._exactly(4))
            return self._exactly(length)

    def _exactly(self, number: int) -> bytes:
        pieces, missing = [], number
        while missing:
            left = self._deadline - time.monotonic()
            if left <= 0 or not self._selector.select(left):
                raise TimeoutError
            piece = os.read(self._descriptor, min(missing, 2**20))
            if not piece:
                raise EOFError
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)


_shared: Child | None = None


def shared() -> Child:
    """The child of this process; ended with it."""
    global _shared
    if _shared is None:
        _shared = Child()
        atexit.register(_shared.close)
    return _shared


# The child's side


def _serve(given: BinaryIO, answers: BinaryIO) -> None:
    _limit()
    while head := given.read(_LENGTHS.size):
        lengths = _LENGTHS.unpack(head)
        options = json.loads(given.read(lengths[0]))
        data = given.read(lengths[1])
        _limit_time()
        try:
            answer = {"result": _tasks()[options.pop("task")](data, **options)}
        except Exception as problem:
            answer = {"error": f"{type(problem).__name__}: {problem}"[:500]}
        packed = json.dumps(answer).encode()
        answers.write(struct.pack("!I", len(packed)) + packed)
        answers.flush()


def _tasks() -> dict[str, Any]:
    from store.ingest import pages, pdf

    return {"page": pages.extract, "pdf": pdf.extract}


def _limit() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):  # a system may allow less, and macOS ignores some
            resource.setrlimit(what, (most, most))


def _limit_time() -> None:
    """From here on `CPU_SECONDS` more; the limit counts from the start of the process."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
