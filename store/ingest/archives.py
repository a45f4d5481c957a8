"""ZIP archives: every file in them, read as it would be outside.

Members are read through `zipfile` with a counter and never written to a disk, so that no name in
an archive can reach a file of the machine, and a small archive cannot become a large one.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator

from store.ingest.model import Given, Incoming

MAX_MEMBERS = 50_000
MAX_MEMBER = 64 * 2**20
MAX_TOTAL = 4 * 2**30
"""Bytes, unpacked."""
MAX_RATIO = 200
"""Unpacked bytes for a packed one, beyond which a large member is a bomb; text stays below 20."""
_SMALL = 2**20


def read_zip(name: str, given: Given, data: bytes) -> Iterator[Incoming]:
    """The articles of all members; an archive in an archive is refused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        yield Incoming(name, refusal=f"is no ZIP that can be read: {problem}")
        return
    if len(members) > MAX_MEMBERS:
        yield Incoming(name, refusal=f"has more than {MAX_MEMBERS} files; split it")
        return
    if sum(info.file_size for info in members) > MAX_TOTAL:
        yield Incoming(name, refusal=f"unpacks to more than {MAX_TOTAL // 2**30} GiB; split it")
        return
    with archive:
        for info in members:
            where = f"{name}, {info.filename}"
            folders = info.filename.split("/")
            hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in folders)
            if hidden or stat.S_ISLNK(info.external_attr >> 16):
                continue
            refusal = _refusal(info)
            if refusal is not None:
                yield Incoming(where, refusal=refusal)
                continue
            yield from _member(where, given, archive, info)


def _refusal(info: zipfile.ZipInfo) -> str | None:
    if ".." in info.filename.split("/") or info.filename.startswith("/"):
        return "has a name that leads out of the archive"
    if info.flag_bits & 1:
        return "is encrypted; unpack it first"
    if info.file_size > MAX_MEMBER:
        return f"is larger than {MAX_MEMBER // 2**20} MiB"
    if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
        return "unpacks to far more than its size; it is a bomb"
    if info.filename.lower().endswith(".zip"):
        return "is an archive in an archive; unpack it first"
    return None


def _member(
    where: str, given: Given, archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Iterator[Incoming]:
    from store.ingest.reading import read

    try:
        with archive.open(info) as member:
            # What the directory says of a size need not be true: the counter is.
            content = member.read(MAX_MEMBER + 1)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as problem:
        yield Incoming(where, refusal=f"cannot be unpacked: {problem}")
        return
    if len(content) > MAX_MEMBER:
        yield Incoming(where, refusal=f"is larger than {MAX_MEMBER // 2**20} MiB")
        return
    yield from read(where, "auto", given, io.BytesIO(content))
