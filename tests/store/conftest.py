"""A small extractor and libraries on real files, for the tests of the store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_fakes import Opener, extract

from store.db import Library


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the program's own, so that no test reads or writes the user's files."""
    path = tmp_path / "home"
    monkeypatch.setenv("WARREADER_HOME", str(path))
    return path


@pytest.fixture
def path(home: Path) -> Path:
    """Where the test's library is."""
    return home / "library.db"


@pytest.fixture
def opened(path: Path) -> Iterator[Opener]:
    """Open the test's library; whatever a test opens is closed after it."""
    libraries: list[Library] = []

    def open_(**options: object) -> Library:
        options = {"annotator": "ann", "seed": False, "extractor": extract, **options}
        library = Library.open(path, **options)  # type: ignore[arg-type]
        libraries.append(library)
        return library

    yield open_
    for library in libraries:
        library.close()


@pytest.fixture
def library(opened: Opener) -> Library:
    """An open, empty library of the annotator "ann"."""
    return opened()


@pytest.fixture(scope="session")
def child_environment() -> dict[str, str]:
    """For child processes: they find the program and the tests' helpers as we do."""
    root = Path(__file__).resolve().parents[2]
    places = [str(root), str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in places if place)}
