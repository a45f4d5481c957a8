"""Many articles at once: the commands share the work among processes and keep the order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.parallel import ALONE

START = "import sys; from tui.cli import main; sys.exit(main())"


def warreader(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", START, *arguments],
        env={**os.environ, "WARREADER_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A first article long enough that the others go to other processes; one line is broken."""
    long = "The road is open. " * (ALONE // 18 + 1)
    texts = [long, *(f"The army said it lost {n} tanks near Kyiv." for n in range(2, 12))]
    lines = [json.dumps({"text": text, "title": f"No. {n}"}) for n, text in enumerate(texts, 1)]
    lines.insert(5, '{"text": ')
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_extract_keeps_the_order(tmp_path: Path, many: Path) -> None:
    done = warreader(tmp_path, "extract", "--tagger", "rules", str(many))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["doc"] for one in found] == [f"many:{n}" for n in range(1, 13) if n != 6]
    assert [one["claims"][0]["quantities"][0]["low"] for one in found[1:]] == list(range(2, 12))
    assert done.stderr.startswith(f"{many}, line 6: refused: ")
    assert done.stderr.count("\n") == 1


def test_add_keeps_the_order_and_adds_nothing_twice(tmp_path: Path, many: Path) -> None:
    home = tmp_path / "home"
    first = warreader(home, "add", str(many))
    rows = [line.split("\t") for line in first.stdout.splitlines()]
    assert [row[0] for row in rows] == ["added"] * 11
    assert [row[2] for row in rows] == [f"No. {n}" for n in range(1, 12)]
    again = warreader(home, "add", str(many))
    assert [line.split("\t")[0] for line in again.stdout.splitlines()] == ["unchanged"] * 11
    assert [line.split("\t")[1:] for line in again.stdout.splitlines()] == [row[1:] for row in rows]
