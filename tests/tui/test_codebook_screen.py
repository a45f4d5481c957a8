"""The codebook on the screen and in the exports: own letters, keys and labels everywhere."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import pytest
from driving import Reader, press
from terminal import WARREADER, environment
from textual.widgets import Static

from claims.codebook_file import from_document
from claims.model import ClaimType, OwnType
from claims.toml_lines import parse
from store.db import Library
from store.errors import InvalidClaim
from store.exports import export
from store.imports import read_file
from store.records import ClaimFilter
from tui.screens.pick import PickScreen

SIEGE = """
tags_closed = true
[types.siege]
letter = "G"
label = "siege of a town"
group = "ground"
[types.losses]
letter = "W"
label = "casualties"
[types.background]
hidden = true
[tags.verify]
key = "v"
"""


@pytest.fixture
def siege(tmp_path: Path) -> Path:
    path = tmp_path / "siege.toml"
    path.write_text(SIEGE, encoding="utf-8")
    return path


async def test_a_projects_letter_relabels_with_two_keys_and_is_never_lost(
    reader: Reader, siege: Path, library: Path
) -> None:
    async with reader(codebook=str(siege)) as (app, pilot):
        first = app.main.record
        assert first is not None
        await press(pilot, "t")
        menu = app.screen
        assert isinstance(menu, PickScreen)
        keys = [option.key for option in menu._options]
        assert "G" in keys and "W" in keys and "B" not in keys
        await press(pilot, "g")
        made = app.main.record
        assert made is not None and made.claim.type == "siege"
        assert "siege of a town" in str(app.main.query_one("#detail", Static).render())
        await press(pilot, "number_sign v")
        assert app.main.record is not None and app.main.record.tags == ("verify",)
        await press(pilot, "c w")
        assert app.main.record is not None
        assert app.main.record.claim.type is ClaimType.LOSSES
    siege.write_text("[types.siege]\nletter = 'Q'\n", encoding="utf-8")
    async with reader() as (app, pilot):
        found = {record.id: record.claim.type for record in app.main.records}
        assert found[first.id] == "siege" and app.main.palette.codebook["siege"].letter == "Q"
    siege.unlink()
    with Library.open(library, annotator="tester") as opened:
        assert opened.codebook["siege"].letter == "Q"
        opened.use_codebook(None)
    async with reader() as (app, pilot):
        assert app.main.palette.codebook["siege"].known is False
        app.main.go_to_claim(first.id)
        await pilot.pause()
        assert "? siege" in str(app.main.query_one("#detail", Static).render())
        await press(pilot, "L")
        assert "not in the codebook" in str(app.screen.query_one("#sheet", Static).render())


async def test_the_legend_has_room_for_the_longest_label(
    reader: Reader, library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "long.toml"
    file.write_text('[types.losses]\nlabel = "losses of men and"\n')
    async with reader(codebook=str(file)) as (app, pilot):
        await press(pilot, "L")
        sheet = str(app.screen.query_one("#sheet", Static).render()).split("\n")
        at = {
            row.index(gloss)
            for gloss in ("soldiers killed or wounded", "a missile, drone, air")
            for row in sheet
            if gloss in row
        }
        assert any("losses of men and" in row for row in sheet) and len(at) == 1, sheet


def exported(library: Library, kind: str) -> str:
    return b"".join(export(library, kind)).decode()


def test_exports_carry_the_codebook_and_read_it_back(
    library: Path, siege: Path, tmp_path: Path
) -> None:
    with Library.open(library, annotator="tester") as opened:
        opened.use_codebook(siege)
        claim = opened.claims.query(ClaimFilter())[0]
        opened.decisions.edit(claim.article_id, claim.id, type="siege")
        with pytest.raises(InvalidClaim, match="in no codebook"):
            opened.decisions.edit(claim.article_id, claim.id, type="gossip")
        lines = exported(opened, "jsonl").splitlines()
        rows = list(csv.DictReader(exported(opened, "csv").splitlines()))
        page, report = (exported(opened, kind) for kind in ("html", "markdown"))
    row = next(row for row in rows if row["claim_id"] == claim.id)
    assert (row["type"], row["type_label"]) == ("siege", "siege of a town")
    assert "siege of a town" in page and "siege of a town" in report
    types = json.loads(lines[0])["codebook"]["types"]
    assert types["siege"]["letter"] == "G" and types["losses"]["label"] == "casualties"
    path = tmp_path / "out.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with Library.open(tmp_path / "other.db", annotator="tester", seed=False) as other:
        assert [one.refusal for one in read_file(other, str(path)) if one.refusal] == []
        (found,) = [r for r in other.claims.query(ClaimFilter()) if r.claim.type == "siege"]
        assert isinstance(found.claim.type, OwnType)
        # What the library does not know is still exported, and named in the line.
        again = [json.loads(line) for line in exported(other, "jsonl").splitlines()]
        assert [one["codebook"]["types"] for one in again if "codebook" in one] == [
            {"siege": {"label": "siege"}}
        ]
    record = next(one for one in map(json.loads, lines) if one["decisions"])
    del record["codebook"]
    (tmp_path / "bare.jsonl").write_text(json.dumps(record), encoding="utf-8")
    with Library.open(tmp_path / "third.db", annotator="tester", seed=False) as third:
        (refused,) = read_file(third, str(tmp_path / "bare.jsonl"))
        assert refused.refusal and "'siege'" in refused.refusal.replace("“", "'").replace("”", "'")


def test_the_command_prints_checks_and_refuses(library: Path, siege: Path, tmp_path: Path) -> None:
    home = environment(tmp_path, WARREADER_HOME=str(library.parent))

    def run(*arguments: object) -> tuple[int, str, str]:
        words = [*WARREADER, *map(str, arguments)]
        done = subprocess.run(words, capture_output=True, env=home, check=False, text=True)
        return done.returncode, done.stdout, done.stderr

    code, out, _ = run("codebook", "--check", siege)
    assert code == 0 and "losses, siege" in out
    code, out, _ = run("--codebook", siege, "codebook")
    assert code == 0 and from_document(parse(out, siege))["siege"].label == "siege of a town"
    siege.write_text("[types.siege]\nletter = 'S'\n", encoding="utf-8")
    for arguments in (("codebook", "--check", siege), ("--codebook", siege, "list")):
        code, out, err = run(*arguments)
        assert code and not out and f"{siege}, line 2: types.siege.letter" in err
        assert len(err.splitlines()) == 1
