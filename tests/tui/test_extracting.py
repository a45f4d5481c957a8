"""What finds the claims, from the command line: profiles, taggers and weights of the user."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from terminal import ROOT

from store.db import Library
from tui.cli import main

TEXT = (
    "Southern troops have landed, a Northern spokesman said on Monday. Northern boats fled,"
    " according to the Southern command. Northern officials denied it."
)
"""Words of which only the guide's own profile of islands makes two sides."""
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command for a user whose folder is `tmp_path` / "home"."""
    (tmp_path / "home").mkdir()
    (tmp_path / "a.txt").write_text(TEXT)
    monkeypatch.setenv("WARREADER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def run_(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        capsys.readouterr()
        code = main(words)
        return subprocess.CompletedProcess(words, code, *capsys.readouterr())

    return run_


@pytest.fixture
def islands(tmp_path: Path, run: Run) -> Path:
    """The example of the guide, as the user's own profile."""
    guide = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    path = tmp_path / "home" / "profiles" / "islands.toml"
    path.parent.mkdir()
    path.write_text(guide.split("```toml\n")[1].split("```")[0].replace('"Chile"', '"South"'))
    text = path.read_text().replace("states =", 'words = ["Southern"]\nstates =')
    path.write_text(text, encoding="utf-8")
    return path


def extracted(result: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert (result.returncode, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestProfiles:
    def test_a_users_profile_is_named_and_chosen_without_a_library(
        self, run: Run, islands: Path
    ) -> None:
        for options in ((), ("--profile", "islands")):
            (found,) = extracted(run("extract", *options, "a.txt"))
            assert found["profile"] == "islands"
            assert {"north", "south"} <= {claim["side"] for claim in found["claims"]}

    def test_the_other_processes_know_it(self, run: Run, islands: Path, tmp_path: Path) -> None:
        lines = [json.dumps({"text": f"{TEXT} Day {n}. " + "It rained. " * 2000}) for n in range(8)]
        (tmp_path / "in.jsonl").write_text("\n".join(lines))
        found = extracted(run("extract", "--tagger", "rules", "in.jsonl"))
        assert [one["profile"] for one in found] == ["islands"] * 8

    @pytest.mark.parametrize(
        ("content", "said"), [("title = ", "not valid TOML"), ("", "names no side")]
    )
    def test_a_wrong_one_is_told_by_both_commands(
        self, run: Run, islands: Path, content: str, said: str
    ) -> None:
        islands.write_text(content)
        for command in ("extract", "add"):
            result = run(command, "a.txt")
            assert (result.returncode != 0, result.stdout) == (True, "")
            assert f"{islands}: {said}" in result.stderr


WEIGHTS = ROOT / "claims" / "weights"
OWN, KINDS = (
    hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest()[:12]
    for name in ("attribution.bin", "types.bin")
)


class TestTaggerAndWeights:
    """Which files are read shows in what the extraction says of itself."""

    @pytest.fixture
    def config(self, tmp_path: Path, run: Run) -> Path:
        shutil.copy(WEIGHTS / "attribution.bin", tmp_path / "home" / "own.bin")
        shutil.copy(WEIGHTS / "types.bin", tmp_path / "home" / "kinds.bin")
        return tmp_path / "home" / "config.toml"

    @staticmethod
    def used(run: Run, config: Path, *options: object) -> str:
        """What found the claims of an article that is added, told by the library."""
        added = run("add", *options, "a.txt")
        assert (added.returncode, added.stdout.split("\t")[0]) == (0, "added"), added.stderr
        with Library.open(config.with_name("library.db"), readonly=True) as library:
            return library.articles.get(1).extractor.partition("+")[2]

    @pytest.mark.parametrize(
        ("settings", "name"),
        [
            ('tagger = "rules"', "rules"),
            ('tagger = "trained"\nweights = "own.bin"', f"trained:{OWN}"),
            ('weights = ["kinds.bin", "own.bin"]', f"trained:{OWN}+types:{KINDS}"),
        ],
    )
    def test_the_configuration_says_what_reads_and_options_what_reads_now(
        self, run: Run, config: Path, settings: str, name: str
    ) -> None:
        config.write_text(settings)
        (found,) = extracted(run("extract", "a.txt"))
        assert found["extractor"].partition("+")[2] == name
        assert self.used(run, config) == name

    def test_options_of_add(self, run: Run, config: Path) -> None:
        config.write_text('tagger = "rules"')
        own = config.with_name("kinds.bin")
        assert self.used(run, config, "--weights", own) == f"trained+types:{KINDS}"
        assert "+trained" in run("extract", "--tagger", "trained", "a.txt").stdout

    @pytest.mark.parametrize(
        ("settings", "said"),
        [
            ('tagger = "crf"', 'line 1: tagger must be "trained" or "rules", not \'crf\''),
            ('theme = "dark"\nweights = "none.bin"', "line 2: weights: "),
            ("weights = 3", 'line 1: weights: must be a file in quotes, or a list of two: ["one'),
            ('weights = "config.toml"', "config.toml: holds no weights of the tagger"),
            ('tagger = "rules"\nweights = "own.bin"', "line 2: weights: the tagger 'rules' uses"),
        ],
    )
    def test_a_wrong_setting_is_named(
        self, run: Run, config: Path, settings: str, said: str
    ) -> None:
        config.write_text(settings)
        result = run("add", "a.txt")
        assert (result.returncode, result.stdout) == (1, "")
        assert f"{config}, " in result.stderr and said in result.stderr

    @pytest.mark.parametrize(
        ("command", "options", "said"),
        [
            ("extract a.txt", "--weights home/none.bin", "none.bin: cannot be read"),
            ("add a.txt", "--tagger rules --weights home/own.bin", "'rules' uses no weights"),
            ("fetch 1", "--weights home/own.bin --weights home/own.bin", "are for the same"),
            ("feeds refresh", "--weights a.txt", "a.txt: holds no weights"),
        ],
    )
    def test_wrong_options_are_refused_before_anything_is_read(
        self, run: Run, config: Path, command: str, options: str, said: str
    ) -> None:
        result = run(*command.split(), *options.split())
        assert (result.returncode, result.stdout) == (2, "")
        assert said in result.stderr and "--weights" in result.stderr
        assert not config.with_name("library.db").exists()


class TestFigures:
    def test_a_row_of_digits_is_no_figure_anywhere(self, run: Run, tmp_path: Path) -> None:
        digits = "1" + "0" * 320
        (tmp_path / "b.txt").write_text(
            f"Kyiv said on Friday that {digits} soldiers were killed and 12 tanks lost."
        )

        def finite(text: str) -> list[float]:
            claims = [claim for one in map(_strict, text.splitlines()) for claim in one["claims"]]
            return [figure["low"] for claim in claims for figure in claim["quantities"]]

        assert finite(run("extract", "b.txt").stdout) == [12]
        assert run("add", "b.txt").returncode == 0
        ledger = run("ledger", "--json")
        assert (ledger.returncode, ledger.stderr) == (0, "")
        assert finite(run("export", "--format", "jsonl", "--article", "1").stdout) == [12]


def _strict(line: str) -> dict[str, Any]:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    found: dict[str, Any] = json.loads(line, parse_constant=refuse)
    return found
