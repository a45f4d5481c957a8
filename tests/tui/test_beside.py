"""What other programs get: Datasette's metadata, completion, a manual page; and plugins."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context, Group
from terminal import environment

from store.db import Library
from tui.cli import program

PLUGIN = """
from claims.model import Article
from store.exports.model import Exporter
from store.ingest import Incoming
from store.plugins import hook

@hook
def warreader_ingest(name, head):
    return read if head.startswith(b"ODD") else None

def read(name, given, data):
    yield Incoming(name, Article(data[3:].decode(), title="Odd"))

@hook
def warreader_exporters():
    return [Exporter("titles", ".titles", "the titles", write)]

def write(documents, options, losses):
    for document in documents:
        yield document.article.summary.title + "\\n"
"""


@pytest.fixture
def home(library: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has the sample articles."""
    return environment(tmp_path, WARREADER_HOME=str(library.parent))


@pytest.fixture
def plugged(tmp_path: Path, home: dict[str, str]) -> dict[str, str]:
    """An environment in which two plugins are installed; one is broken."""
    site = tmp_path / "site"
    for name, code in (("odd", PLUGIN), ("broken", "import not_there")):
        info = site / f"warreader_{name}-1.2.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: warreader-{name}\nVersion: 1.2\n"
        )
        (info / "entry_points.txt").write_text(f"[warreader]\n{name} = warreader_{name}\n")
        (site / f"warreader_{name}.py").write_text(code)
    return {**home, "PYTHONPATH": f"{site}:{home.get('PYTHONPATH', '')}"}


def run(given: dict[str, str], *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui.cli", *arguments],
        env=given, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


class TestPlugins:
    def test_plugins_read_and_write_and_a_broken_one_is_named(
        self, plugged: dict[str, str], tmp_path: Path
    ) -> None:
        listed = run(plugged, "plugins", "--json", folder=tmp_path)
        broken, odd = map(json.loads, listed.stdout.splitlines())
        assert (odd["name"], odd["version"], odd["problem"]) == ("odd", "1.2", None)
        assert odd["hooks"] == ["warreader_exporters", "warreader_ingest"]
        assert "not_there" in broken["problem"]
        (tmp_path / "a.odd").write_text("ODDKyiv said that it rained.")
        added = run(plugged, "add", "a.odd", folder=tmp_path)
        assert (added.returncode, added.stdout.split("\t")[0]) == (0, "added")
        exported = run(plugged, "export", "--format", "titles", folder=tmp_path)
        assert "Odd" in exported.stdout.splitlines()
        unknown = run(plugged, "export", "--format", "nonsense", folder=tmp_path)
        assert unknown.returncode == 2 and "titles" in unknown.stderr

    def test_none_are_loaded_when_told_so(self, plugged: dict[str, str], tmp_path: Path) -> None:
        result = run({**plugged, "WARREADER_NO_PLUGINS": "1"}, "plugins", folder=tmp_path)
        assert "no plugins" in result.stderr

    def test_an_extractor_that_nobody_has_is_named(
        self, home: dict[str, str], tmp_path: Path
    ) -> None:
        config = Path(home["WARREADER_HOME"]) / "config.toml"
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text('extractor = "mine"\n')
        (tmp_path / "a.txt").write_text("Kyiv said that it rained.")
        result = run(home, "add", "a.txt", folder=tmp_path)
        assert result.returncode == 1
        assert "config.toml, line 1" in result.stderr and "'mine'" in result.stderr


class TestDatasette:
    def test_its_queries_run_and_its_tables_are_there(
        self, home: dict[str, str], tmp_path: Path
    ) -> None:
        result = run(home, "datasette-metadata", folder=tmp_path)
        (database,) = json.loads(result.stdout)["databases"].values()
        path = tmp_path / "a.db"
        with Library.open(path) as library:
            assert library.progress().claims
        connection = sqlite3.connect(path)
        for query in database["queries"].values():
            assert connection.execute(query["sql"], {"speaker": "Zel"}).description
        for table, about in database["tables"].items():
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            assert columns
            assert set(about.get("facets", ())) | set(about.get("sortable_columns", ())) <= columns
        connection.close()


class TestShell:
    def test_commands_are_completed(self, home: dict[str, str], tmp_path: Path) -> None:
        asked = {
            "_WARREADER_COMPLETE": "bash_complete",
            "COMP_CWORD": "1",
            "COMP_WORDS": "warreader ex",
        }
        result = run({**home, **asked}, folder=tmp_path)
        assert result.stdout.split() == ["plain,extract", "plain,export"]
        source = run(home, "completion", "bash", folder=tmp_path).stdout
        assert "complete" in source and "_WARREADER_COMPLETE" in source

    def test_the_manual_names_every_command_and_option(
        self, home: dict[str, str], tmp_path: Path
    ) -> None:
        page = run(home, "man", folder=tmp_path).stdout
        assert page.startswith(".TH WARREADER 1")
        assert not re.search(r"^'", page, re.MULTILINE)
        plain = page.replace("\\-", "-").replace("\\&", "").replace("\\e", "\\")
        assert isinstance(program, Group)
        context = Context(program)
        for name in program.list_commands(context):
            assert f".SS warreader {name}" in plain
        for option in ("--db FILE", "--strict", "--allow-private", "--offsets"):
            assert option in plain
