"""Hostile text: whatever is repeated in it, the work grows with its length and no faster.

Steps of the interpreter do not show what a regular expression or a copy costs, so the processor's
time is compared: eight times the text may take up to sixteen times as long, where the square would
take sixty-four times. A text counts only when it was too slow three times in a row, and a search
that never ends is ended with the child that made it.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNITS = [
    # marks that open and are never closed, or close what nothing opened
    *("“", '"', "'", "‘a ", "« ", "'' ", "(a ", "((a) ", ")", "[", "<a@"),
    # stops, digits, commas, dashes, white space, what has no width
    *("a, ", ".", "? ", "1,", "5.", "5-", "1/1/", "-----", " ", "\n\n", " \n", "\u200b", "a\u0301"),
    # a word without an end, capitals, scripts
    *("a", "Aa", "Aa ", "A. ", "Aa-", "я", "Київ. ", "сказав, що «", "قال ", "中文。", "İ", "🙂"),
    # words that rules begin at
    *("said ", "said said said, ", "he said that ", "Anna said Bo left, and ", "according to "),
    *("killed 5, ", "two hundred and ", "in Kyiv, ", "told CNN ", "the Russian ", "May 5, "),
    *("(AA) ", "Lt. Gen. ", "President Aa Bb ", "who ", "Q: We go. ", "Aa: ", "http://a.b/ "),
    # what reaches over sentences and paragraphs
    *("“x,” he said, ", ", “a b c d,” ", "“A.” “B.” ", "he said:\n• a\n", "“a b c.\n\n"),
    *("“A b,” he said.\n\n“", "“A,\n\n“B,” Aa said.\n\n", "Aa said.\n\n“b\n\n"),
    "a pic.twitter.com/x\n— Aa (@a) May 5, 2024\n\n",
]
CHILD = """
import gc, json, sys, time
from claims.extract import extract

SMALL, LARGE = 5_000, 40_000

def seconds(unit, size):
    text = (unit * (size // len(unit) + 1))[:size]
    gc.collect()
    began = time.process_time()
    extract(text, "russia-ukraine", tagger=sys.argv[1])
    return time.process_time() - began

def too_slow(unit):
    small = min(seconds(unit, SMALL) for _ in range(3))
    return seconds(unit, LARGE) > 2 * LARGE / SMALL * small + 0.03

extract("The army said that it left Kyiv.", "russia-ukraine", tagger=sys.argv[1])
units = json.load(sys.stdin)
print(json.dumps([unit for unit in units if all(too_slow(unit) for _ in range(3))]))
"""


def mixed(count: int, seed: int) -> list[str]:
    """Units put together, the same each time."""
    chosen = random.Random(seed)
    return ["".join(chosen.sample(UNITS, chosen.randint(2, 5))) for _ in range(count)]


@pytest.mark.parametrize(
    ("tagger", "units"),
    [("rules", UNITS), ("rules", mixed(12, 3)), ("trained", mixed(4, 4))],
    ids=["rules", "mixed", "trained"],
)
def test_work_grows_with_length_only(tagger: str, units: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, tagger],
        input=json.dumps(units),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
    )
    assert done.stdout.strip() == "[]"
