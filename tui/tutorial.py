"""The tutorial's lessons, its text, and the folder of its own in which it runs.

Everything happens in a library that is thrown away when the last lesson is done. It lies in a
folder of its own, which is `WARREADER_HOME` meanwhile: the user's library is never opened, and
exports go there too. What was done so far is kept, so that the tutorial goes on where it was left.
Nothing here imports Textual.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from claims.model import Article
from store import paths

STEP = "tutorial_step"
"""The setting that says how many lessons are done."""

TITLE = "Both sides claim the bridge at Lakeport"
_TEXT = """\
The northern army said on Tuesday that its troops had taken the bridge at Lakeport. A spokesman \
for the southern army denied it: "The bridge is in our hands and will stay there."

According to the northern army, up to 60 southern soldiers were killed in the fighting and 14 \
were captured. The southern army put its own losses at nine.

Mayor Ida Venn said that a shell had hit the market and that four people were in hospital. \
"Nobody here has slept since Sunday," she said.

The bridge was built in 1931. It carries the only road to the ferry.

Talks will resume on Friday, both delegations said.
"""
_PROFILE = """\
title = "The lakes"

[[sides]]
id = "north"
name = "Northern Lakes"
tag = "NO"
colour = "#0072b2"
rivals = ["south"]
words = ["Northern", "Northerners"]

[[sides]]
id = "south"
name = "Southern Lakes"
tag = "SO"
colour = "#d55e00"
rivals = ["north"]
words = ["Southern", "Southerners"]

[bodies.north]
military = ["Northern Army"]

[bodies.south]
military = ["Southern Army"]

[people.south]
"local authority" = ["Ida Venn"]
"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing to try; `words` name commands as "{command-id}"."""

    id: str
    title: str
    words: str


LESSONS = (
    Lesson(
        "read",
        "Reading",
        "The text is in the middle. {next-sentence} goes to the next sentence, {previous-sentence}"
        " back. Go down to the fifth sentence.",
    ),
    Lesson(
        "claim",
        "Claims",
        "A letter beside the text marks a claim; the current one is explained below: who says it,"
        " for which side. {next-claim} and {previous-claim} go from claim to claim. Go to another.",
    ),
    Lesson(
        "accept",
        "Accepting",
        "The machine proposes, you decide. {accept} accepts the claim and goes on to the next that"
        " waits. Accept one.",
    ),
    Lesson("reject", "Rejecting", "{reject} rejects what is no claim, or a wrong one. Reject one."),
    Lesson(
        "relabel",
        "Changing the type",
        "{relabel} and then the letter of a type: try {relabel} and another letter. The menu shows"
        " the letters; esc leaves it.",
    ),
    Lesson(
        "undo",
        "Taking back",
        "{undo} takes the last decision back, as often as you like and in any article; {redo} does"
        " it again. Take the change back.",
    ),
    Lesson(
        "new",
        "A claim that was missed",
        "{new-claim} and a letter make a claim of the current sentence. Go to a sentence such as"
        " “It carries the only road” and make one.",
    ),
    Lesson(
        "span",
        "Part of a sentence",
        "{new-span-claim} makes a claim of some words: move its ends with {word-right},"
        " {word-left} and {other-end}, take an offered span with its digit, and keep it with a"
        " type's capital letter, or {save-span} and the letter.",
    ),
    Lesson(
        "filter",
        "Looking at some claims only",
        "{filters} lists types, sides and speakers: {filter-toggle} chooses a line, {filter-apply}"
        " shows only what is chosen. Choose something.",
    ),
    Lesson("all", "All claims again", "{clear-filters} shows all claims again."),
    Lesson("search", "Searching", "{search-text} searches in the text: try it with bridge, enter."),
    Lesson(
        "export",
        "Taking the results along",
        "{export} writes a file: m for a report, t for this article, then enter. It goes to the"
        " tutorial's own folder.",
    ),
    Lesson(
        "end",
        "That was all",
        "{help} lists the keys, {palette} finds any command by its name, {guidelines} says what a"
        " claim is. {quit} ends the tutorial and throws this library away.",
    ),
)


def folder() -> Path:
    """Where the tutorial keeps its library until it is done."""
    return paths.library().parent / "tutorial"


def prepare(annotator: str) -> None:
    """Make the library, where it is not there yet. Raises `StoreError`, `OSError`."""
    from store.db import Library

    home = paths.library().parent
    profiles = paths.profiles_dir()
    profiles.mkdir(parents=True, exist_ok=True)
    (profiles / "lakes.toml").write_text(_PROFILE, encoding="utf-8")
    paths.exports_dir().mkdir(exist_ok=True)
    with Library.open(home / "library.db", annotator=annotator, seed=False) as library:
        article = Article(
            _TEXT, title=TITLE, outlet="The Lakes Courier", byline="A. Example", date="2026-03-03"
        )
        library.articles.add(article, url="https://example.org/lakeport", profile="lakes")


@contextmanager
def own_home(again: bool) -> Iterator[Path]:
    """The tutorial's folder as `WARREADER_HOME`; `again` begins with an empty one."""
    home = folder()
    if again and home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    before = os.environ.get(paths.HOME)
    os.environ[paths.HOME] = str(home)
    try:
        yield home
    finally:
        if before is None:
            del os.environ[paths.HOME]
        else:
            os.environ[paths.HOME] = before


def throw_away(home: Path) -> None:
    """Remove the tutorial's folder."""
    shutil.rmtree(home, ignore_errors=True)
