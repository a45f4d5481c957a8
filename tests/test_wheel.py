"""The package as users get it: built as a wheel, installed in a clean environment, run there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claims.model import text_hash

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "seeds" / "000_1815c7a1cc2acd52.txt"

# One process for all of them: the environment is built once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="module")
def warreader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `warreader` command of an environment that holds nothing but the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--quiet", "--no-deps", "-w", folder, ROOT], check=True)
    (wheel,) = folder.glob("warreader-*.whl")
    subprocess.run([sys.executable, "-m", "venv", folder / "clean"], check=True)
    clean = folder / "clean" / "bin"
    install = [clean / "pip", "--disable-pip-version-check", "install", "--quiet", "--no-compile"]
    subprocess.run([*install, wheel], check=True)
    return clean / "warreader"


def run(command: Path, folder: Path, *arguments: object) -> str:
    """Run it outside the checkout, with a home of its own."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }
    result = subprocess.run(
        [command, *map(str, arguments)],
        cwd=folder,
        env={**environment, "WARREADER_HOME": str(folder / "home")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def test_extract_finds_claims_with_the_profiles_that_travel_along(
    warreader: Path, tmp_path: Path
) -> None:
    found = json.loads(run(warreader, tmp_path, "extract", SEED))
    text = SEED.read_bytes().decode()
    assert found["doc"] == SEED.stem
    assert found["profile"] == "russia-ukraine"
    assert found["text_sha256"] == text_hash(text)
    assert found["claims"]
    assert not (tmp_path / "home").exists()


def test_a_first_run_fills_the_library_from_the_seeds(warreader: Path, tmp_path: Path) -> None:
    listed = [json.loads(line) for line in run(warreader, tmp_path, "list", "--json").splitlines()]
    assert len(listed) == 5
    assert all(article["claims"] for article in listed)
    page = run(warreader, tmp_path, "export", "--format", "html")
    assert page.startswith("<!DOCTYPE html>") and "prefers-color-scheme: dark" in page


def test_the_version_is_that_of_the_package(warreader: Path, tmp_path: Path) -> None:
    assert run(warreader, tmp_path, "--version") == "warreader 0.1.0\n"
