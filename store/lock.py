"""One writer for each library: a lock file beside it that says who holds it.

The lock is `flock(2)`: the system frees it when the process ends, however it ends.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from store.errors import LibraryLocked, LibraryUnwritable


def lock_path(library: Path) -> Path:
    """The lock file of a library whose path is resolved."""
    return library.with_name(library.name + ".lock")


class Lock:
    """A held lock; `release` gives it up and removes the file."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, library: Path) -> Lock:
        """Take the lock of the library at this resolved path, without waiting.

        Raises `LibraryLocked` when another process has it, `LibraryUnwritable` when the lock file
        cannot be made.
        """
        path = lock_path(library)
        while True:
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            except OSError as problem:
                raise LibraryUnwritable(
                    library,
                    f"cannot write in {library.parent} ({problem.strerror}): choose another place"
                    " with --db, or open the library with --read-only",
                ) from problem
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as problem:
                try:
                    if problem.errno in (errno.EWOULDBLOCK, errno.EACCES):
                        raise _locked(library, descriptor) from None
                    raise LibraryUnwritable(
                        library,
                        f"{path} cannot be locked ({problem.strerror}): keep the library on a"
                        " local disk, or open it with --read-only",
                    ) from problem
                finally:
                    os.close(descriptor)
            # Between our open and our flock the former holder may have removed the file: then
            # what we hold is a lock on nothing, and another process may lock the new file.
            if _same_file(path, descriptor):
                break
            os.close(descriptor)
        holder = {
            "pid": os.getpid(),
            "host": os.uname().nodename,
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with suppress(OSError):  # a full disk takes the words, not the lock
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, (json.dumps(holder) + "\n").encode(), 0)
        return cls(path, descriptor)

    def release(self) -> None:
        """Give the lock up; a second call does nothing."""
        if self._descriptor is None:
            return
        if _same_file(self.path, self._descriptor):
            with suppress(OSError):
                self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = None


def _same_file(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _locked(library: Path, descriptor: int) -> LibraryLocked:
    try:
        holder = json.loads(os.pread(descriptor, 1000, 0))
        return LibraryLocked(library, int(holder["pid"]), str(holder["host"]), holder["started"])
    except (ValueError, KeyError, TypeError):  # taken a moment ago, not yet written
        return LibraryLocked(library, None, None, None)
