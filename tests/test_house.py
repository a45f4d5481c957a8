"""House rules: who may import whom, that every module says what it is for, what the README runs."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("claims", "store", "tui", "seeds")
SUBCOMMANDS = tuple(
    f"tui.{name}" for name in ("cli", "invocation", "console", "plain", "commands", "subcommands")
)

_PROBE = """
import importlib, json, os, sys
ready, *names = sys.argv[1:]
ready = set(ready.split()) | sys.stdlib_module_names

def forked(task):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            answer = task()
        except BaseException as problem:
            answer = repr(problem)
        with os.fdopen(writer, "w") as stream:
            stream.write(json.dumps(answer))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        found = json.load(stream)
    os.waitpid(child, 0)
    return found

def scout():
    for name in names:
        try:
            importlib.import_module(name)
        except BaseException:
            pass
    return [name for name in sys.modules if name.partition(".")[0] in ready]

for name in forked(scout):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
before = set(sys.modules)

def brought(name):
    importlib.import_module(name)
    return sorted(set(sys.modules) - before)

for name in names:
    print(json.dumps([name, forked(lambda: brought(name))]))
"""
"""Imports each module in a process of its own and says which modules that brought in. The process
is forked from an interpreter that holds what everybody may import: the standard library, and the
packages of the first argument. Importing those anew for each module takes minutes."""


def modules() -> list[str]:
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


@lru_cache(maxsize=1)
def imported() -> dict[str, list[str] | str]:
    """For each module of ours, the modules that importing it brings in, or the error."""
    screen = {name for name in modules() if on_screen(name)}
    found = {}
    for ready, names in (("", set(modules()) - screen), ("textual rich", screen)):
        result = subprocess.run(
            [sys.executable, "-c", _PROBE, ready, *sorted(names)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        found.update(json.loads(line) for line in result.stdout.splitlines())
    return found


def on_screen(module: str) -> bool:
    """Whether a module may import Textual and Rich."""
    return module.startswith("tui.") and not module.startswith(SUBCOMMANDS)


def tops(module: str) -> set[str]:
    brought = imported()[module]
    assert isinstance(brought, list), f"{module} cannot be imported: {brought}"
    return {name.partition(".")[0] for name in brought}


@pytest.mark.xdist_group("imports")  # one process: they are made once
@pytest.mark.parametrize("module", modules())
def test_a_module_imports_only_what_its_room_may(module: str) -> None:
    brought = tops(module)
    assert module.startswith("claims.tagger.") or "numpy" not in brought, "NumPy is for tagging"
    room = module.partition(".")[0]
    if room in ("claims", "seeds"):
        assert brought <= sys.stdlib_module_names | {room, "numpy"}
    elif room == "store":
        assert not brought & {"tui", "textual", "rich", "click"}
    elif module.startswith(SUBCOMMANDS):
        assert not brought & {"textual", "sqlite_utils", "rich"}
    if module.startswith("tui.widgets"):
        brought_in = imported()[module]
        assert "store.db" not in brought_in and "sqlite_utils" not in brought_in


@pytest.mark.xdist_group("imports")
def test_the_first_frame_waits_for_no_library_and_no_rules() -> None:
    brought = imported()["tui.app"]
    late = {"store.db", "store.query", "store.exports", "claims.profile", "claims.attribution"}
    assert not late & set(brought), "import it where it is used: the reader opens with a frame"


@pytest.mark.parametrize(
    "path",
    [
        path
        for folder in (*ROOMS, "tests", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert words, "no docstring"
    first = words.splitlines()[0]
    assert len(first.split()) >= 4 and first.endswith((".", ":")), first


def test_ci_runs_what_the_readme_says() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    install = "-e '.[dev]'"
    tests = ".venv/bin/python -m pytest"
    assert (
        f"python3 -m venv .venv && .venv/bin/pip install {install} && .venv/bin/warreader" in readme
    )
    assert f"\n{tests}\n" in readme and ci.endswith(f"\n{tests}\n")
    assert install in ci


def test_the_seeds_say_where_they_come_from() -> None:
    import tomllib

    index = tomllib.loads((ROOT / "seeds" / "index.toml").read_text(encoding="utf-8"))
    entries = index["article"]
    readme = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in (ROOT / "seeds").glob("*.txt")}
    assert {entry["file"] for entry in entries} == files
    assert [entry["first"] for entry in entries].count(True) == 1
    for entry in entries:
        assert f"`{entry['file']}`" in readme
        text = (ROOT / "seeds" / entry["file"]).read_text(encoding="utf-8")
        invented = "(A sample article, written for warreader." in text
        assert invented == entry["note"].startswith("Written for warreader.")
