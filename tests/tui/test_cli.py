"""The command line: real child processes, real pipes, real terminals, and what they exit with."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from terminal import ROOT, WARREADER, Terminal, environment

from claims.model import Article, Claim, ClaimType, Span, text_hash
from claims.text import displayed
from store.db import Library
from store.exports import FORMATS
from store.lock import Lock
from tui.commands import COMMANDS
from tui.subcommands import exchange

SEED = ROOT / "seeds" / "000_1815c7a1cc2acd52.txt"
HOSTILE_TEXT = (
    "A\x1b]52;c;ZWNobyBoaQ==\x1b\\B \x1b]0;x\x07 \x1b[2J \x9b2J \x1bP+q544e\x1b\\ "
    "\x1b]8;;http://e\x1b\\L [@click=app.quit]x[/] [/ [Reuters] x 7 \u202eerom dna\u202c killed. "
    "Moscow said that Khar\u200bkiv fell.\r\nKyiv denied it \x1b]"
)
"""The payloads S1 to S4 of a reader's threats: sequences, markup, bidi, zero width."""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(library: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has the sample articles."""
    return environment(tmp_path, WARREADER_HOME=str(library.parent))


@pytest.fixture
def run(home: dict[str, str], tmp_path: Path) -> Run:
    """Run warreader in a pipe."""

    def run_(*arguments: object, stdin: bytes = b"", **more: str) -> Any:
        result = subprocess.run(
            [*WARREADER, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env={**home, **more},
            cwd=tmp_path,
            check=False,
        )
        out, err = result.stdout.decode(), result.stderr.decode()
        assert "Traceback" not in err
        return subprocess.CompletedProcess(result.args, result.returncode, out, err)

    return run_


def ok(result: subprocess.CompletedProcess[str]) -> str:
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


class TestHelp:
    def test_every_command_and_exit_code_is_in_it(self, run: Run) -> None:
        text = ok(run("--help"))
        for word in (
            *("add", "list", "show", "claims", "search", "extract", "export", "import"),
            *("stats", "keys", "paths", "--db", "--read-only", "--annotator", "--theme"),
            "Exit codes: 0 done; 1 failed; 2 wrong usage",
        ):
            assert word in text
        for line in text.split("Commands:")[1].split("\n\n")[0].split("\n")[1:]:
            name, _, summary = line.strip().partition(" ")
            assert summary.strip().endswith("."), name

    @pytest.mark.parametrize(
        "command",
        ["add", "list", "show", "claims", "search", "extract", "export", "import", "stats", "keys"],
    )
    def test_each_command_explains_itself(self, run: Run, command: str) -> None:
        text = ok(run(command, "--help"))
        assert text.startswith(f"Usage: warreader {command}")

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["nonsense"], "No such command 'nonsense' (see warreader --help)"),
            (["show"], "Missing argument 'ARTICLE' (see warreader show --help)"),
            (["list", "--nope"], "No such option"),
            (["claims", "--type", "nonsense"], "'nonsense' is no claim type; choose territory"),
            (["extract", "x", "--date", "08/07/2024"], "is not a date"),
            (["extract", "x", "--profile", "atlantis"], "no profile is called 'atlantis'"),
            (["add", "a", "b", "--title", "x"], "for one article"),
            (["--read-only", "add", "a"], "leave out --read-only"),
            (["show", "99"], "no article has the id"),
            (["show", "levshinka"], "fits several articles"),
            (["export", "--format", "docx"], "is not one of"),
            (["export", "--format", "csv", "-o", "."], "is a directory"),
        ],
    )
    def test_wrong_usage_is_one_line_and_code_2(
        self, run: Run, arguments: list[str], words: str
    ) -> None:
        result = run(*arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith("warreader: ") and words in result.stderr
        assert result.stderr.count("\n") == 1

    def test_the_reader_needs_a_terminal(self, run: Run) -> None:
        result = run()
        assert (result.returncode, result.stdout) == (2, "")
        assert "needs a terminal" in result.stderr


TEXTS = [name for name, exporter in FORMATS.items() if not exporter.binary]
BUILT_IN = [name for name, exporter in FORMATS.items() if exporter.needs is None]

IMPORTS = """
import sys
from tui.cli import main
code = main(sys.argv[2:])
sys.stdout.flush()
for name in sys.argv[1].split(","):
    assert name not in sys.modules, name
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("forbidden", "arguments"),
    [
        ("textual,rich,sqlite_utils,sqlite3,json", ["--help"]),
        ("textual,rich,sqlite_utils,sqlite3", ["paths"]),
        ("textual,sqlite_utils", ["keys"]),
        ("textual,rich,sqlite_utils", ["extract", str(SEED)]),
        ("textual,sqlite_utils", ["extract", "--format", "table", str(SEED)]),
        ("textual", ["list"]),
        ("textual", ["show", "1"]),
        ("textual", ["show", "1", "--color", "always"]),
        ("textual", ["claims"]),
        ("textual", ["search", "Kursk"]),
        ("textual", ["stats"]),
        ("textual", ["add", str(SEED)]),
        *(("textual,rich", ["export", "--format", name, "-o", "/dev/null"]) for name in BUILT_IN),
    ],
)
def test_a_command_imports_no_more_than_it_needs(
    home: dict[str, str], forbidden: str, arguments: list[str]
) -> None:
    result = subprocess.run(
        [sys.executable, "-c", IMPORTS, forbidden, *arguments],
        env=home,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr


def _has_article(home: dict[str, str], title: str) -> bool:
    path = Path(home["WARREADER_HOME"]) / "library.db"
    with Library.open(path, readonly=True) as library:
        return any(summary.title == title for summary in library.articles.page())


class TestAdd:
    def test_text_and_its_description(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "flag.txt").write_text("Rain over town\n\nKyiv said that it rained.\n")
        result = run("add", "flag.txt", "--outlet", "Lantern", "--date", "14 August 2024")
        assert result.returncode == 0
        assert result.stdout == "added\t6\tRain over town\n"
        assert result.stderr == "1 added, 0 updated, 0 unchanged, 0 refused\n"
        (listed,) = objects(ok(run("list", "--search", "rain over", "--json")))
        assert (listed["outlet"], listed["date"]) == ("Lantern", "2024-08-14")
        again = run("add", "flag.txt")
        assert again.stdout == "unchanged\t6\tRain over town\n"

    def test_a_changed_text_at_the_same_address_is_an_update(self, run: Run) -> None:
        for text, outcome in ((b"One.", "added"), (b"Two.", "updated"), (b"Two.", "unchanged")):
            result = run("add", "-", "--url", "https://example.org/a", stdin=text)
            assert result.stdout.startswith(outcome)

    def test_a_terminal_shows_how_far_it_is_and_a_pipe_does_not(
        self, home: dict[str, str], run: Run, tmp_path: Path
    ) -> None:
        lines = [f'{{"text": "Kyiv said that it rained on day {day}."}}' for day in range(30)]
        (tmp_path / "many.jsonl").write_text("\n".join(lines))
        with Terminal("add", str(tmp_path / "many.jsonl"), environment=home) as terminal:
            assert terminal.finish() == 0
        assert "read: 1 added" in terminal.text and "ctrl+c stops" in terminal.text
        piped = run("add", "many.jsonl")
        assert piped.stderr == "0 added, 0 updated, 30 unchanged, 0 refused\n"

    def test_an_interrupt_says_how_far_it_was_and_the_command_goes_on_from_there(
        self, home: dict[str, str], run: Run, tmp_path: Path
    ) -> None:
        (tmp_path / "a.txt").write_text("Kyiv said that it rained.")
        with subprocess.Popen(
            [*WARREADER, "add", "a.txt", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=home,
            cwd=tmp_path,
        ) as process:
            assert process.stdin and process.stdout and process.stderr
            # A reader of many articles hands an article on when the next is asked for.
            while not _has_article(home, "a"):
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            told = process.stderr.read().decode()
            process.stdin.close()
            assert process.wait() == 130
        assert "stopped: 1 added" in told and "goes on from here" in told
        assert run("add", "a.txt").stdout.startswith("unchanged")

    def test_refusals_are_named_and_the_rest_goes_in(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").write_text('{"text": "One."}\n{"text": 5}\n')
        (tmp_path / "old.txt").write_bytes("“Süß”, he said.".encode("cp1252"))
        result = run("add", "in.jsonl", "none.txt", "old.txt")
        assert result.returncode == 3
        assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ["added", "added"]
        assert "in.jsonl, line 2: refused: is not an object" in result.stderr
        assert "none.txt: refused: no such file" in result.stderr
        assert "old.txt: not UTF-8 (byte 0); read as Windows-1252" in result.stderr
        assert run("add", "none.txt").returncode == 1

    def test_a_library_of_that_name_is_made_without_samples(self, run: Run) -> None:
        run("--db", "new.db", "add", "-", stdin=b"Kyiv said that it rained.")
        assert len(objects(ok(run("--db", "new.db", "list", "--json")))) == 1

    def test_reading_makes_no_library_at_a_mistyped_name(self, run: Run, tmp_path: Path) -> None:
        result = run("--db", "typo.db", "list")
        assert result.returncode == 1 and "typo.db" in result.stderr
        assert not (tmp_path / "typo.db").exists()


class TestRead:
    def test_list_is_aligned_and_whole_in_a_pipe(self, run: Run) -> None:
        head, *rows = ok(run("list")).splitlines()
        assert head.split() == ["no.", "date", "outlet", "decided", "title"]
        assert len(rows) == 5
        at = head.index("title")
        assert all(row[at - 2 : at] == "  " and row[at] != " " for row in rows)
        assert "…" not in "".join(rows)

    def test_a_first_run_makes_and_fills_the_library(self, run: Run, tmp_path: Path) -> None:
        fresh = str(tmp_path / "fresh")
        assert len(objects(ok(run("list", "--json", WARREADER_HOME=fresh)))) == 5

    def test_reading_goes_on_while_another_process_writes(self, run: Run, library: Path) -> None:
        lock = Lock.acquire(library.resolve())
        try:
            assert len(ok(run("list")).splitlines()) == 6
            result = run("add", "-", stdin=b"x")
            assert result.returncode == 1
            assert f"process {os.getpid()}" in result.stderr
        finally:
            lock.release()

    def test_show_has_every_claim_in_the_text_and_below(self, run: Run) -> None:
        text = ok(run("show", "kursk incursion"))
        claims = objects(ok(run("claims", "kursk incursion", "--json")))
        body, _, listed = text.partition("\nClaims\n")
        for number, claim in enumerate(claims, 1):
            letter = ClaimType(claim["type"]).letter
            assert f"[{number} {letter} " in body
            assert f"\n{number} {letter} " in "\n" + listed
        assert "\x1b" not in text
        spoken = ok(run("show", "kursk incursion", "--plain"))
        assert spoken.count("\nClaim ") == len(claims)

    def test_colour_only_when_asked_for(self, run: Run) -> None:
        assert "\x1b[" in ok(run("show", "1", "--color", "always"))
        assert "\x1b[" in ok(run("show", "1", "--color", "always", NO_COLOR="1"))
        assert "\x1b[" not in ok(run("show", "1", "--color", "never"))

    def test_claims_can_be_filtered(self, run: Run) -> None:
        for found in objects(ok(run("claims", "--type", "L", "--side", "russia", "--json"))):
            assert (found["type"], found["side"]) == ("losses", "russia")
        zelensky = objects(ok(run("claims", "1", "--speaker", "zelensk", "--json")))
        assert zelensky and {claim["speaker"] for claim in zelensky} == {"Volodymyr Zelensky"}
        text = SEED.read_bytes().decode()
        for claim in zelensky:
            for (start, end), words in zip(
                claim["content"], claim["quotes"]["content"], strict=True
            ):
                assert text[start:end] == words
        nothing = run("claims", "--status", "rejected")
        assert (nothing.returncode, nothing.stdout) == (0, "")

    def test_search_marks_the_words(self, run: Run) -> None:
        assert "*Levshinka*" in ok(run("search", "levshinka"))
        hits = objects(ok(run("search", "levshinka", "--json")))
        assert len(hits) == 3
        for hit in hits:
            for start, end in hit["matches"]:
                assert hit["snippet"][start:end].lower() == "levshinka"
        assert run("search", "zzzznothing").returncode == 1

    def test_one_language_asks_for_articles_claims_and_words(self, run: Run) -> None:
        query = "speaker:Zelensky type:territory"
        assert ok(run("list", query)).splitlines()[1].split()[0] == "1"
        claims = objects(ok(run("claims", "--query", query, "--json")))
        assert claims and all("Zelensky" in one["speaker"] for one in claims)
        lines = ok(run("search", "--kwic", "zelensky", "outlet:zerohedge")).splitlines()
        assert len(lines) == 6 and len({line.index("*Zelensky*") for line in lines}) == 1
        query = "side:ukraine status:undecided"
        fitting = {one["id"] for one in objects(ok(run("claims", "--query", query, "--json")))}
        assert fitting
        places = objects(ok(run("search", "--kwic", "--json", "--limit", "999", query)))
        assert {one["claim"] for one in places} == fitting
        assert run("claims", "--query", "status:decided").stdout == ""
        for arguments in (
            ("list", "speeker:x"),
            ("claims", "--query", "type:loses"),
            ("search", "(a"),
        ):
            refused = run(*arguments)
            assert refused.returncode == 1
            assert refused.stderr.count("\n") == 1 and "at character" in refused.stderr

    def test_stats(self, run: Run) -> None:
        counted = json.loads(ok(run("stats", "--json")))
        listed = objects(ok(run("list", "--json")))
        assert counted["articles"] == len(listed) == 5
        assert counted["claims"] == sum(article["claims"] for article in listed)
        assert sum(counted["by_type"].values()) == counted["claims"]
        assert f"{counted['claims']} claims" in ok(run("stats"))

    def test_keys_are_those_of_the_reader(self, run: Run) -> None:
        listed = objects(ok(run("keys", "--json")))
        assert [command["id"] for command in listed] == [command.id for command in COMMANDS]
        text = ok(run("keys"))
        for command in COMMANDS:
            assert command.help in text

    def test_paths(self, run: Run, library: Path) -> None:
        rows = dict(line.split("\t") for line in ok(run("paths")).splitlines())
        assert rows["library"] == str(library)
        assert set(rows) == {"library", "config", "profiles", "exports"}

    def test_each_annotator_sees_their_own(self, run: Run, library: Path) -> None:
        with Library.open(library, annotator="ann") as opened:
            opened.decisions.accept(1, opened.claims.of(1)[0].id)
        ann = json.loads(ok(run("--annotator", "ann", "stats", "--json")))
        bob = json.loads(ok(run("--annotator", "bob", "stats", "--json")))
        assert (ann["decided"], bob["decided"]) == (1, 0)


class TestExtract:
    def test_the_public_format(self, run: Run, tmp_path: Path) -> None:
        (found,) = objects(ok(run("extract", SEED)))
        text = SEED.read_bytes().decode()
        assert found["doc"] == SEED.stem and found["text_sha256"] == text_hash(text)
        for start, end in found["sentences"]:
            assert text[start:end].strip() == text[start:end]
        for data in found["claims"]:
            claim = Claim.from_json(data)
            assert all(0 <= s.start < s.end <= len(text) for _, s in claim.spans())
        assert not list(tmp_path.glob("**/*.lock"))

    def test_line_ends_count(self, run: Run) -> None:
        text = "One.\r\n\r\nMoscow said that it rained.\r\n"
        (found,) = objects(ok(run("extract", "-", stdin=text.encode())))
        assert found["doc"] == "stdin" and found["text_sha256"] == text_hash(text)
        assert Span(*found["sentences"][1]).of(text) == "Moscow said that it rained."

    def test_several_files_and_a_table(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Moscow said that it rained.")
        (tmp_path / "in.jsonl").write_text('{"text": "Kyiv said that it rained."}\n{}\n')
        result = run("extract", "a.txt", "in.jsonl")
        assert result.returncode == 3
        assert [found["doc"] for found in objects(result.stdout)] == ["a", "in:1"]
        assert "in.jsonl, line 2: refused" in result.stderr
        assert "Moscow" in ok(run("extract", "a.txt", "--format", "table"))


class TestExportAndImport:
    @pytest.mark.parametrize("name", TEXTS)
    def test_a_file_holds_what_the_pipe_gives(self, run: Run, tmp_path: Path, name: str) -> None:
        out = tmp_path / "out"
        piped = run("export", "--format", name)
        result = run("export", "--format", name, "-o", out)
        assert (piped.returncode, result.returncode, result.stdout) == (0, 0, "")
        assert out.read_bytes() == piped.stdout.encode()
        for place in ("-", "/dev/stdout"):
            again = run("export", "--format", name, "-o", place)
            assert (again.stdout, again.stderr) == (piped.stdout, piped.stderr)
        lossy = (tmp_path / "out.loss.json").exists()
        assert lossy == ("not carried" in piped.stderr)

    def test_the_names_of_the_formats(self) -> None:
        assert tuple(FORMATS) == exchange.FORMATS
        assert tuple(name for name in FORMATS if FORMATS[name].binary) == exchange.BINARY

    def test_bytes_go_to_a_pipe_and_not_to_a_terminal(
        self, home: dict[str, str], tmp_path: Path
    ) -> None:
        out = tmp_path / "out.zip"
        command = [sys.executable, "-m", "tui.cli", "export", "--format", "brat"]
        with out.open("wb") as stream:
            subprocess.run(command, env=home, stdout=stream, check=True)
        assert zipfile.is_zipfile(out)
        with Terminal("export", "--format", "brat", environment=home) as terminal:
            assert terminal.finish() == 2
        assert "name a file with --output" in " ".join(terminal.text.split())

    def test_losses_are_listed_beside_the_file_and_strict_refuses_them(
        self, run: Run, tmp_path: Path
    ) -> None:
        result = run("export", "--format", "conll", "-o", "claims.conll")
        assert result.returncode == 0
        assert "not carried by conll" in result.stderr
        report = json.loads((tmp_path / "claims.conll.loss.json").read_text("utf-8"))
        assert {"article", "claim", "what", "why"} == set(report["losses"][0])
        unheld = run("export", "--format", "conll", "--verify", "-o", "unheld.conll")
        assert unheld.returncode == 2 and not (tmp_path / "unheld.conll").exists()
        strict = run("export", "--format", "conll", "--strict", "-o", "strict.conll")
        assert strict.returncode == 1
        assert "cannot carry everything" in strict.stderr
        assert not (tmp_path / "strict.conll").exists()
        assert run("export", "--format", "w3c", "--strict", "-o", "a.jsonld").returncode == 0
        assert not (tmp_path / "a.jsonld.loss.json").exists()

    def test_filters(self, run: Run, library: Path) -> None:
        with Library.open(library, annotator="ann") as opened:
            claim = opened.claims.of(1)[0]
            opened.decisions.accept(1, claim.id)
        text = ok(run("--annotator", "ann", "export", "--format", "csv", "--status", "accepted"))
        (row,) = csv.DictReader(io.StringIO(text, newline=""))
        assert row["claim_id"] == claim.id
        only = objects(ok(run("export", "--format", "jsonl", "--article", "flag", "--no-text")))
        assert [record["article"]["outlet"] for record in only] == ["Dnipro Lantern"]
        assert "text" not in only[0]

    def test_import_gives_it_back_and_twice_changes_nothing(
        self, run: Run, library: Path, tmp_path: Path
    ) -> None:
        with Library.open(library, annotator="ann") as opened:
            opened.decisions.reject(1, opened.claims.of(1)[2].id)
            opened.decisions.note(2, opened.claims.of(2)[0].id, "=1+1\n😀")
        lines = ok(run("--annotator", "ann", "export", "--format", "jsonl"))
        (tmp_path / "all.jsonl").write_bytes(lines.encode())
        ours = ("--db", "new.db", "--annotator", "ann")
        first = run(*ours, "import", "all.jsonl")
        assert first.returncode == 0
        assert [line.split("\t")[:3:2] for line in first.stdout.splitlines()].count(
            ["added", "1"]
        ) == 2
        assert ok(run(*ours, "export", "--format", "jsonl")) == lines
        again = run(*ours, "import", "-", stdin=lines.encode())
        assert {tuple(line.split("\t")[:3:2]) for line in again.stdout.splitlines()} == {
            ("known", "0")
        }
        broken = run(*ours, "import", "all.jsonl", "-", stdin=lines[:5000].encode())
        assert broken.returncode == 3
        assert "-, line 1: refused: is not JSON" in broken.stderr

    def test_a_full_disk_leaves_no_file_and_says_so(self, run: Run) -> None:
        result = run("export", "--format", "csv", "-o", "/dev/full")
        assert (result.returncode, result.stderr.count("\n")) == (1, 1)
        assert "No space left on device" in result.stderr

    def test_a_full_disk_behind_standard_output(self, home: dict[str, str], tmp_path: Path) -> None:
        for arguments in (["export", "--format", "html"], ["list"], ["--help"]):
            with Path("/dev/full").open("wb") as full:
                result = subprocess.run(
                    [*WARREADER, *arguments],
                    stdout=full,
                    stderr=subprocess.PIPE,
                    env=home,
                    cwd=tmp_path,
                    check=False,
                )
            assert (result.returncode, result.stderr) == (
                1,
                b"warreader: No space left on device\n",
            )

    def test_an_export_into_a_directory_that_is_not_there(self, run: Run) -> None:
        result = run("export", "--format", "csv", "-o", "none/out.csv")
        assert result.returncode == 1 and "none" in result.stderr


def test_a_closed_pipe_ends_quietly(home: dict[str, str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [*WARREADER, "export", "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=home,
        cwd=tmp_path,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        # All of the samples is more than a pipe holds, so it still writes when nobody reads.
        assert process.stdout.read(10) == b'{"format":'[:10]
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_an_interrupt_is_quiet_too(home: dict[str, str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [*WARREADER, "extract", "a.txt", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=home,
        cwd=tmp_path,
    ) as process:
        assert process.stdin is not None and process.stderr is not None
        first = process.stderr.readline()  # it has begun, and waits for standard input
        assert first.startswith(b"a.txt: refused")
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        process.stdin.close()
        assert process.wait() == 130
        assert b"Traceback" not in rest


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["show", "6"],
        ["show", "6", "--plain"],
        ["show", "6", "--color", "always"],
        ["claims", "6"],
        ["claims", "6", "--json"],
        ["search", "killed"],
        ["list", "--json"],
        ["stats"],
        *(["export", "--format", name, "--article", "6"] for name in TEXTS),
        ["show", "\x1b]0;x\x07"],
        ["extract", "hostile.txt", "--format", "table"],
    ],
    ids=lambda arguments: " ".join(arguments).replace("\x1b", "ESC").replace("\x07", "BEL"),
)
def test_no_outside_string_acts_on_a_terminal(
    home: dict[str, str], tmp_path: Path, arguments: list[str]
) -> None:
    with Library.open(Path(home["WARREADER_HOME"]) / "library.db", annotator="ann") as opened:
        added = opened.articles.add(
            Article(HOSTILE_TEXT, title=HOSTILE_TEXT, outlet=HOSTILE_TEXT), url="https://e/\x1b[2J"
        )
        assert added.article_id == 6
    (tmp_path / "hostile.txt").write_bytes(HOSTILE_TEXT.encode())
    with Terminal(*arguments, environment=home) as terminal:
        terminal.finish()
    styles = {piece.text for piece in terminal.pieces if piece.kind == "csi"}
    assert all(style.endswith("m") for style in styles)
    assert {piece.kind for piece in terminal.pieces} <= {"text", "control", "csi"}
    words = terminal.text.replace("\r\n", "\n").replace("\r", "")
    assert displayed(words) == words
    if arguments[:2] == ["show", "6"]:
        assert "[@click=app.quit]x[/] [/ [Reuters] x 7" in " ".join(words.split())


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_no_color_is_heeded(home: dict[str, str], no_color: str, coloured: bool) -> None:
    with Terminal("show", "1", environment={**home, "NO_COLOR": no_color}) as terminal:
        assert terminal.finish() == 0
    assert any(piece.kind == "csi" for piece in terminal.pieces) == coloured


@pytest.mark.parametrize("columns", [80, 160])
def test_a_table_fits_the_terminal(home: dict[str, str], columns: int) -> None:
    with Terminal("claims", environment=home, size=(columns, 24)) as terminal:
        assert terminal.finish() == 0
    lines = terminal.text.replace("\r", "").splitlines()
    assert len(lines) > 50
    assert max(map(len, lines)) <= columns
    assert any(line.endswith("…") for line in lines)
