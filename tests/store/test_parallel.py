"""Extraction in several processes: same results, same order, errors told, nothing left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.extract import extract
from claims.model import Article, Extraction
from store.parallel import extracted

TEXTS = [f"The army said it lost {n} tanks near Kyiv. The road is open." for n in range(12)]


def rules(article: Article, profile: str | None) -> Extraction:
    """What each process does here; "none" is a profile that nobody has."""
    return extract(article, profile, tagger="rules")


def given() -> Iterator[tuple[int, Article | None, str | None]]:
    """Articles, one of them missing and one with an unknown profile."""
    for number, text in enumerate(TEXTS):
        yield number, None if number == 7 else Article(text), "none" if number == 9 else "generic"


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_order_whatever_the_processes(processes: int) -> None:
    found = list(extracted(given(), rules, processes=processes, alone=200))
    assert [number for number, _ in found] == list(range(len(TEXTS)))
    for number, result in found:
        if number == 7:
            assert result is None
        elif number == 9:
            assert isinstance(result, ValueError)
            assert "no profile is called 'none'" in str(result)
        else:
            assert result == rules(Article(TEXTS[number]), "generic")
    assert not multiprocessing.active_children()


def test_few_articles_start_no_process() -> None:
    for _ in extracted(given(), rules, processes=2):
        assert not multiprocessing.active_children()


def test_no_more_articles_are_read_than_are_in_hand() -> None:
    read = 0

    def counted() -> Iterator[tuple[int, Article | None, str | None]]:
        nonlocal read
        for read in range(1, 1000):
            yield read, Article("The road is open."), "generic"

    results = extracted(counted(), rules, processes=2, alone=0)
    next(results)
    for _ in range(5):
        next(results)
        assert read <= 20
    assert multiprocessing.active_children()
    results.close()
    assert not multiprocessing.active_children()


INTERRUPTED = """
import multiprocessing, sys
sys.path[:0] = {paths!r}
from claims.model import Article
from store.parallel import extracted
from test_parallel import rules

if __name__ == "__main__":
    endless = ((n, Article("The road is open."), "generic") for n in range(10**9))
    try:
        results = extracted(endless, rules, processes=2, alone=0)
        for number, _ in results:
            if number == 20:
                print("running", flush=True)
    except KeyboardInterrupt:
        results.close()
        print("interrupted", multiprocessing.active_children(), flush=True)
        sys.exit(130)
"""


def test_an_interrupt_ends_every_process(tmp_path: Path) -> None:
    here = Path(__file__)
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED.format(paths=[str(here.parent), str(here.parents[2])]))
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "running\n"
        os.killpg(child.pid, signal.SIGINT)
        out, errors = child.communicate(timeout=60)
    assert (out, errors, child.returncode) == ("interrupted []\n", "", 130)
