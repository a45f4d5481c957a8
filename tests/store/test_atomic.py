"""Atomic files: complete or absent, whatever stands at the target and whatever goes wrong."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import atomic


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_file_is_private_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    atomic.write(target, ["а".encode(), b"b\r\n"])
    assert target.read_bytes() == "аb\r\n".encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert names(tmp_path) == ["out.txt"]


def test_a_link_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    victim, link = tmp_path / "victim", tmp_path / "out"
    victim.write_text("precious")
    link.symlink_to(victim)
    atomic.write(link, [b"new"])
    assert victim.read_text() == "precious"
    assert not link.is_symlink() and link.read_text() == "new"


@pytest.mark.parametrize("before", [None, "old"])
def test_an_error_on_the_way_leaves_what_was_there(tmp_path: Path, before: str | None) -> None:
    target = tmp_path / "out"
    if before is not None:
        target.write_text(before)

    def pieces() -> Iterator[bytes]:
        yield b"half" * 100_000
        raise ValueError("broken record")

    with pytest.raises(ValueError, match="broken record"):
        atomic.write(target, pieces())
    assert names(tmp_path) == ([] if before is None else ["out"])
    if before is not None:
        assert target.read_text() == before


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_a_full_disk_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    target = tmp_path / "out"

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        real = os.open
        # The buffered file stands on a descriptor that takes no byte, as a full disk does.
        monkeypatch.setattr(
            os,
            "open",
            lambda path, flags, *mode: (
                os.close(real(path, flags, *mode)) or real("/dev/full", os.O_WRONLY)
            ),
        )
    with pytest.raises(OSError, match="No space left"):
        atomic.write(target, [b"x" * 10])
    assert names(tmp_path) == []
