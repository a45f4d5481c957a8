"""Verdicts on how two claims stand to each other: decisions like any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_fakes import Opener, article

from store.db import Library
from store.errors import InvalidClaim
from store.exports import save
from store.imports import read_file
from store.records import ClaimFilter, Verdict
from store.state import rebuild_state


def pair(library: Library) -> tuple[tuple[int, str], tuple[int, str]]:
    """Two claims of two articles."""
    one = library.articles.add(article("Kyiv advanced far.", "One")).article_id
    two = library.articles.add(article("Moscow denied it.", "Two")).article_id
    return (one, library.claims.of(one)[0].id), (two, library.claims.of(two)[0].id)


def verdicts(library: Library) -> list[tuple[object, ...]]:
    return library.rows("SELECT claim_id, other_claim, verdict, note FROM link ORDER BY 1, 2")


def test_a_verdict_stands_on_one_claim_and_decides_neither(library: Library) -> None:
    one, two = pair(library)
    library.decisions.link(*one, two, Verdict.CONTRADICTS, " as told ")
    record = library.claims.get(*one)
    assert [(link.claim_id, link.verdict, link.note) for link in record.links] == [
        (two[1], Verdict.CONTRADICTS, "as told")
    ]
    assert not record.status.decided and library.progress().decided == 0
    library.decisions.link(*two, one, Verdict.UNRELATED)  # from the other end: the same verdict
    assert verdicts(library) == [(one[1], two[1], "unrelated", "")]


def test_a_verdict_is_undone_and_redone_and_rebuilt(library: Library) -> None:
    one, two = pair(library)
    library.decisions.link(*one, two, Verdict.DENIES)
    library.decisions.accept(*one)
    kept = verdicts(library)
    assert kept and library.claims.get(*one).links
    rebuild_state(library)
    assert verdicts(library) == kept
    library.decisions.undo()
    assert verdicts(library) == kept
    library.decisions.undo()
    assert verdicts(library) == [] and not library.claims.get(*one).links
    library.decisions.redo()
    assert verdicts(library) == kept
    library.decisions.link(*one, two, None)
    assert verdicts(library) == []


def test_a_claim_has_no_relation_to_itself(library: Library) -> None:
    one, _ = pair(library)
    with pytest.raises(InvalidClaim):
        library.decisions.link(*one, one, Verdict.REPEATS)


def test_an_export_carries_verdicts_to_another_library(
    opened: Opener, tmp_path: Path, library: Library
) -> None:
    one, two = pair(library)
    library.decisions.link(*one, two, Verdict.UPDATES, "two days later")
    target = tmp_path / "all.jsonl"
    save(library, "jsonl", target, where=ClaimFilter())
    log = len(library.decisions.log())
    with Library.open(tmp_path / "other.db", annotator="ann", seed=False) as other:
        assert [line.refusal for line in read_file(other, str(target))] == [None, None]
        assert verdicts(other) == [(one[1], two[1], "updates", "two days later")]
        assert len(other.decisions.log()) == log
        assert [line.decisions for line in read_file(other, str(target))] == [0, 0]


def test_a_broken_verdict_in_a_file_is_refused(library: Library, tmp_path: Path) -> None:
    one, two = pair(library)
    library.decisions.link(*one, two, Verdict.UPDATES)
    target = tmp_path / "all.jsonl"
    save(library, "jsonl", target, where=ClaimFilter())
    broken = target.read_text().replace('"verdict": "updates"', '"verdict": "surely"')
    assert broken != target.read_text()
    target.write_text(broken)
    with Library.open(tmp_path / "other.db", annotator="ann", seed=False) as other:
        refusals = [line.refusal for line in read_file(other, str(target))]
        assert any(refusal and "surely" in refusal for refusal in refusals)
        assert verdicts(other) == []
