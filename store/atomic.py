"""Writing files so that they are complete or absent, never half.

The pattern is the usual one for POSIX systems: a new file beside the target, opened with
`O_EXCL | O_NOFOLLOW` so that no prepared link is followed, flushed to the disk, renamed over the
target, and the directory flushed so that the rename itself survives a power cut.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_BUFFER = 1 << 16


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `target` when the block ends without an error.

    The file is readable by its owner only. A target that is a symbolic link is replaced, not
    followed. Raises `OSError`; whatever goes wrong, the target is what it was before and nothing
    is left beside it (after a kill, at most a hidden file whose name ends in `.tmp`).
    """
    directory = target.parent
    temporary = directory / f".{target.name[:100]}.{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        stream = os.fdopen(descriptor, "wb", _BUFFER)
        try:
            yield stream
            stream.flush()
            os.fsync(descriptor)
        except BaseException:
            # close() flushes once more, and fails once more when the disk is full.
            with suppress(OSError):
                stream.close()
            raise
        stream.close()
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_directory(directory)


def write(target: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces to `target`, all of them or none (see `replacing`)."""
    with replacing(target) as stream:
        for piece in pieces:
            stream.write(piece)


def _sync_directory(directory: Path) -> None:
    # Some file systems refuse to open or flush a directory; the rename has happened all the same.
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
