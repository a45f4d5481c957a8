"""The commands about several people, run as the program runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from libraries import extractor

from claims.model import Article
from store.db import Library
from tui.cli import main

SENTENCES = ("Kyiv took the hill.", "Moscow denied it.", "Kyiv lost ten.")


def work(path: Path, annotator: str, *verdicts: str) -> None:
    """A library of one article on which an annotator decided, claim by claim."""
    with Library.open(path, annotator=annotator, seed=False, extractor=extractor()) as library:
        number = library.articles.add(Article("\n\n".join(SENTENCES), title="Hill")).article_id
        for record, verdict in zip(library.claims.of(number), verdicts, strict=False):
            getattr(library.decisions, verdict)(number, record.id)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARREADER_HOME", str(tmp_path / "home"))
    path = tmp_path / "here.db"
    work(path, "ann", "accept", "accept", "reject")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_two_libraries_become_one_and_are_compared(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "there.db"
    work(there, "bea", "accept", "reject", "reject")
    with Library.open(there, annotator="ann", seed=False) as library:
        library.decisions.reject(1, library.claims.of(1)[0].id)
    code, out, _ = run(capsys, "--db", here, "merge", there, "--dry-run")
    assert code == 0 and "4 of ann, bea would be added" in out and "later holds" in out
    code, out, _ = run(capsys, "--db", here, "merge", there, "--json")
    found = json.loads(out)
    assert (found["decisions_added"], len(found["conflicts"])) == (4, 1)
    code, out, _ = run(capsys, "--db", here, "merge", there)
    assert code == 0 and "decisions: 0 added, 4 were here" in out
    code, out, _ = run(capsys, "--db", here, "annotators", "--json")
    people = [json.loads(line) for line in out.splitlines()]
    assert {one["name"]: one["decided"] for one in people if one["decided"]} == {"ann": 3, "bea": 3}
    code, out, _ = run(capsys, "--db", here, "agreement")
    assert code == 0 and out.startswith("ann, bea: 3 claims of 1 article")
    code, out, _ = run(capsys, "--db", here, "agreement", "--list", "--json")
    assert [json.loads(line)["about"] for line in out.splitlines()] == [["kept"], ["kept"]]
    judge = ("--db", here, "--annotator", "chris", "adjudicate")
    assert run(capsys, *judge)[1].splitlines()[0] == "ann, bea, adjudicated by chris"
    for agreed in (1, 0):
        code, out, _ = run(capsys, *judge, "--auto", "agreed", "--json")
        assert code == 0 and json.loads(out)["agreed"] == agreed


def test_the_past_and_what_changed_since(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    me = ("--db", here, "--annotator", "ann")
    code, out, _ = run(capsys, *me, "diff", "--from", "1d", "--json")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [one["changes"] for one in found] == [
        ["status: proposed → accepted"],
        ["status: proposed → accepted"],
        ["status: proposed → rejected"],
    ]
    assert run(capsys, *me, "diff", "--from", "1h", "--by", "bea")[2] == "nothing changed\n"
    assert "1  Hill\n  ann, 20" in run(capsys, *me, "diff", "--from", "1h")[1]
    code, out, _ = run(capsys, *me, "claims", "--at", "now", "--status", "accepted", "--json")
    assert code == 0 and len(out.splitlines()) == 2
    code, out, err = run(capsys, *me, "claims", "--at", "2001-01-01")
    assert (code, out, err) == (0, "", "no claims fit\n")
    code, out, _ = run(capsys, *me, "export", "--format", "csv", "--at", "now")
    assert code == 0 and out.count("accepted") == 2


def test_what_cannot_be_is_said_in_one_line(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ("merge", here),
        ("merge", tmp_path / "none.db"),
        ("agreement",),
        ("agreement", "--annotators", "ann,zed"),
        ("annotators", "--use", "machine"),
        ("diff", "--from", "soon"),
        ("claims", "--at", "soon"),
    ):
        code, out, err = run(capsys, "--db", here, "--annotator", "ann", *arguments)
        if arguments == ("agreement",):  # one person is compared with the machine
            assert code == 0
            continue
        assert code == 1 and out == "" and err.count("\n") == 1, arguments
