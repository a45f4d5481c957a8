"""The guide to the library file: every table, view, column and test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

from store.db import Library

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")


def test_every_promise_names_a_test_that_exists() -> None:
    promises = GUIDE.split("## Promises")[1].split("\n## ")[0]
    lines = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(lines) > 15
    for line in lines:
        file = ""
        named = re.findall(r"`(test_\w+\.py)?(?:::(test_\w+))?`", line)
        assert named, line
        for other, function in named:
            file = other or file
            source = (ROOT / "tests" / "store" / file).read_text(encoding="utf-8")
            assert not function or f"def {function}(" in source, (file, function)


def test_every_table_and_view_is_described(library: Library) -> None:
    names = {
        name
        for _, name, kind, *_ in library.rows("PRAGMA table_list")
        if kind in ("table", "view", "virtual") and not name.startswith(("sqlite_", "_sqlite"))
    }
    assert {name for name in names if f"`{name}`" not in GUIDE} == set()


def test_the_columns_of_the_views_are_those_listed(library: Library) -> None:
    for view in ("v_articles", "v_claims"):
        (row,) = (line for line in GUIDE.splitlines() if line.startswith(f"| `{view}` |"))
        listed = row.rsplit("`", 2)[1].split()
        assert listed == [column[1] for column in library.rows(f"PRAGMA table_info({view})")]
