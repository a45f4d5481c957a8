"""A library of its own for every test of the screen, filled from the seeds."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import Reader, settle
from textual.pilot import Pilot

from store.db import Library
from tui.app import WarreaderApp
from tui.keymap import DEFAULT, Keymap


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library that was made and filled once; tests take copies of it."""
    home = tmp_path_factory.mktemp("seeded")
    path = home / "library.db"
    Library.open(path, annotator="tester").close()
    yield path


@pytest.fixture
def library(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of this test's own library."""
    monkeypatch.setenv("WARREADER_HOME", str(tmp_path))
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    path = tmp_path / "library.db"
    shutil.copy(seeded, path)
    return path


@pytest.fixture
def reader(library: Path) -> Reader:
    """Opens the real application on the test's library, without a terminal."""

    @asynccontextmanager
    async def open_reader(
        size: tuple[int, int] = (120, 36),
        *,
        readonly: bool = False,
        codebook: str | None = None,
        keys: Keymap = DEFAULT,
    ) -> AsyncIterator[tuple[WarreaderApp, Pilot[None]]]:
        app = WarreaderApp(
            library, readonly=readonly, annotator="tester", codebook=codebook, keys=keys
        )
        try:
            async with app.run_test(size=size) as pilot:
                await settle(pilot)
                yield app, pilot
        finally:
            app.work.close()

    return open_reader
