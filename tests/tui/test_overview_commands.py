"""The commands that look over all claims: tables for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from claims.model import Article
from store.db import Library
from tui.cli import main

TEXTS = (
    "Ukrainian officials said that a strike on Kupiansk killed 40 civilians on Monday.",
    "Russian officials said that a strike on Kupiansk killed 300 civilians on Monday.",
)


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A library with an article of each side."""
    monkeypatch.setenv("WARREADER_HOME", str(tmp_path))
    path = tmp_path / "library.db"
    with Library.open(path, annotator="ann", seed=False) as library:
        for number, text in enumerate(TEXTS):
            article = Article(text, title=f"=T{number}", outlet=f"=O{number}", date="2024-08-13")
            library.articles.add(article, profile="russia-ukraine")
    return str(path)


def run(capfd: pytest.CaptureFixture[str], db: str, *words: str) -> tuple[int, str, str]:
    code = main(["--db", db, "--annotator", "ann", *words])
    out, err = capfd.readouterr()
    return code, out, err


def test_disputes_are_compared_when_told_and_listed(
    capfd: pytest.CaptureFixture[str], db: str
) -> None:
    code, out, err = run(capfd, db, "disputes", "--json")
    assert (code, out) == (0, "") and "2 articles were not compared yet" in err
    code, out, err = run(capfd, db, "disputes", "--compare", "--json")
    one = json.loads(out)
    assert one["kind"] == "contradicts" and one["verdict"] is None and "Kupiansk" in one["reason"]
    assert {one["first"]["side"], one["second"]["side"]} == {"ukraine", "russia"}
    code, out, _ = run(capfd, db, "disputes")
    assert code == 0 and out.splitlines()[1].startswith("contradicts")
    assert run(capfd, db, "disputes", "--kind", "repeats", "--json")[1] == ""


def test_the_ledger_is_a_table_json_or_csv(capfd: pytest.CaptureFixture[str], db: str) -> None:
    lines = [json.loads(line) for line in run(capfd, db, "ledger", "--json")[1].splitlines()]
    assert [(line["figure"], line["side"]) for line in lines] == [
        ("40", "ukraine"),
        ("300", "russia"),
    ]
    assert {line["day"] for line in lines} == {"2024-08-12"}
    _, out, _ = run(capfd, db, "ledger", "--side", "russia", "--csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["low"], row["outlet"]) == ("300.0", "'=O1")
    assert "300" in run(capfd, db, "ledger", "--measure", "killed", "--type", "C")[1]
    code, _, err = run(capfd, db, "ledger", "--type", "P")
    assert code == 2 and "--topics" in err
    assert "killed" in run(capfd, db, "ledger", "--topics")[1]


def test_the_matrix_counts_rows_by_columns(capfd: pytest.CaptureFixture[str], db: str) -> None:
    _, out, _ = run(capfd, db, "matrix", "--rows", "side", "--columns", "type", "--json")
    found = {row["side"]: row["by"] for row in map(json.loads, out.splitlines())}
    assert found["ukraine"] == found["russia"] == {"civilians": 1}
    _, out, _ = run(capfd, db, "matrix", "--rows", "outlet", "--csv")
    heads, *rows = csv.reader(io.StringIO(out))
    assert heads[:2] == ["outlet", "total"] and sorted(row[0] for row in rows) == ["'=O0", "'=O1"]
    code, _, err = run(capfd, db, "matrix", "--rows", "side", "--columns", "side")
    assert code == 2 and "must differ" in err


def test_the_rules_say_how_often_they_were_right(
    capfd: pytest.CaptureFixture[str], db: str
) -> None:
    code, out, err = run(capfd, db, "rules")
    assert (code, out) == (0, "") and "nothing is decided yet" in err
    with Library.open(Path(db), annotator="ann") as library:
        library.decisions.accept(1, library.claims.of(1)[0].id)
        library.decisions.reject(2, library.claims.of(2)[0].id)
    lines = [json.loads(line) for line in run(capfd, db, "rules", "--json")[1].splitlines()]
    finds = next(line for line in lines if line["decides"] == "claim")
    assert (finds["decided"], finds["precision"]) == (2, 0.5)
    assert finds["interval"][0] < 0.5 < finds["interval"][1]
    assert "1 of 2" in run(capfd, db, "rules")[1]
