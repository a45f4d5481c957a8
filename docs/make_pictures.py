"""Makes the pictures of the guides from the sample articles: `python docs/make_pictures.py`.

Each picture is the real application on a fresh library, driven by real keys, written as SVG
without links to fonts elsewhere, so that a reader's browser fetches nothing.

    python docs/make_pictures.py [NAME …]                the pictures of the guides
    python docs/make_pictures.py --every DIR [NAME …]    every screen in every size and colouring

The second form is for looking at: it writes some hundred pictures into a folder of yours.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
os.environ.pop("NO_COLOR", None)

from textual import events

from store.db import Library
from store.records import ClaimRecord
from tui.app import TutorialApp, WarreaderApp
from tui.tutorial import prepare


class Picture(NamedTuple):
    """A name, a terminal size, a theme, and the keys that lead there."""

    name: str
    size: tuple[int, int]
    theme: str
    keys: str
    """Names of keys; `PASTE` stands for a text that is pasted."""
    start: str = "seeds"
    """What is opened: "seeds", "empty" or "tutorial"."""


PASTE = "<paste>"
PASTED = """Two drones hit a depot near Lakeport overnight, the regional governor said on Monday.

"Nobody was hurt," Governor Ilan Ort told reporters. The northern army denied it."""

PICTURES = (
    Picture("reader-dark", (150, 42), "dark", "a a a x l l l"),
    Picture("reader-light", (120, 36), "light", "v l l"),
    Picture("narrow", (80, 24), "dark", "l l l"),
    Picture("legend", (100, 44), "dark", "L"),
    Picture("relabel", (100, 30), "dark", "l l t"),
    Picture("filters", (100, 30), "dark", "F space"),
    Picture("span", (100, 30), "dark", "l e h h"),
    Picture("new-span", (100, 30), "dark", "j j C"),
    Picture("export", (100, 30), "dark", "E"),
    Picture("tutorial", (100, 30), "dark", "", "tutorial"),
    Picture("library", (120, 30), "dark", "1 w"),
    Picture("disputes", (120, 30), "dark", "4"),
    Picture("ledger", (120, 36), "dark", "5 t c i v i l i a n s space k i l l e d enter"),
    Picture("matrix", (120, 30), "light", "6"),
    Picture("doubtful", (120, 30), "dark", "7"),
    Picture("concordance", (120, 30), "dark", "8 r u s s i a n enter"),
    Picture(
        "claims", (120, 30), "light", "8 t y p e colon l o s s e s comma c i v i l i a n s enter"
    ),
    Picture("agreement", (120, 36), "dark", "9"),
    Picture("adjudication", (120, 30), "dark", "0"),
)

SIZES = ((80, 24), (120, 36), (200, 60))
THEMES = ("dark", "light", "terminal")
"""The last one draws with the sixteen colours of the terminal."""
SCREENS = {
    **{picture.name: picture.keys for picture in PICTURES if picture.name != "narrow"},
    "library-pane": "1",
    "panel": "3 j j",
    "panel-order": "3 O",
    "search": "slash R u s s i a enter",
    "help": "question_mark",
    "palette": "colon",
    "guidelines": "I",
    "themes": "ctrl+t",
    "note": "m",
    "speaker": "w",
    "annotators": "A",
    "history": "a k H",
    "since": "W",
    "blind": "B",
    "library-filter": "1 f",
    "library-sort": "1 o",
    "library-search": "1 slash t y p e colon l o s s e s enter",
    "set-side": "l s",
    "firmness": "l f",
    "new-claim": "j j c",
    "span-help": "l e question_mark",
    "export-preview": "E j p",
    "matrix-cell": "6 l enter",
    "rules": "7 r",
    "label-all": "8 t y p e colon l o s s e s enter a",
    "claims-kwic": "8 s i d e colon r u s s i a enter",
    "carried": "R",
    "view-help": "5 question_mark",
    "ledger-topic": "5 t",
    "filter-query": "F slash",
    "address": "o",
    "fold": "3 O O minus j minus",
    "tags": "number_sign",
    "side-many": PASTE + " enter l s",
    "paste": PASTE,
    "empty": "",
}


@cache
def library() -> Path:
    """A library of the sample articles, on which two others have decided before."""
    home = Path(tempfile.mkdtemp(prefix="pictures-"))
    os.environ["WARREADER_HOME"] = str(home)
    path = home / "library.db"
    for name in ("mira", "olek"):
        with Library.open(path, annotator=name) as made:
            for article in (one.id for one in made.articles.page(limit=10)):
                for number, record in enumerate(made.claims.of(article)):
                    _decide(made, article, record, number, careful=name == "mira")
    return path


def _decide(
    made: Library, article: int, record: ClaimRecord, number: int, *, careful: bool
) -> None:
    """What one of the two made of a claim; in most they agree."""
    if number % 5 == 0 and (careful or number % 15):
        made.decisions.reject(article, record.id)
    elif number % 7 == 3 and (careful or number % 2):
        made.decisions.edit(article, record.id, type="policy")
    elif number % 13 == 4 and not careful:
        made.decisions.edit(article, record.id, side="third-party")
    elif number % 11 == 6 and careful:
        made.decisions.edit(article, record.id, certainty="hedged")
    elif number % 17 == 9 and not careful:
        made.decisions.reject(article, record.id)
    else:
        made.decisions.accept(article, record.id)


async def draw(picture: Picture) -> str:
    """The picture as SVG."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "library.db"
        if picture.start == "seeds":
            shutil.copy(library(), path)
        elif picture.start == "empty":
            Library.open(path, annotator="you", seed=False).close()
        os.environ["WARREADER_HOME"] = home
        if picture.start == "tutorial":
            prepare("you")
        kind = TutorialApp if picture.start == "tutorial" else WarreaderApp
        app = kind(path, annotator="you", theme=picture.theme)
        try:
            async with app.run_test(size=picture.size) as pilot:
                await pilot.pause()
                opening = [worker for worker in app.workers if worker.group == "open"]
                await app.workers.wait_for_complete(opening)
                for key in picture.keys.split():
                    if key == PASTE:
                        app.screen.post_message(events.Paste(PASTED))
                    else:
                        await pilot.press(key)
                    await pilot.pause()
                    await app.work.run(lambda library: None)
                await pilot.pause(0.5)
                if "comparing" in vars(app.main) and (task := app.main.comparing._task):
                    await task
                    await pilot.pause(0.2)
                svg = app.export_screenshot(title="warreader", simplify=True)
        finally:
            app.work.close()
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return re.sub(r"font-family: ?Fira Code", "font-family: ui-monospace, Menlo, Consolas", svg)


def every() -> Iterator[Picture]:
    """Every screen in every size and colouring."""
    for name, keys in SCREENS.items():
        for size in SIZES:
            for theme in THEMES:
                start = name if name in ("empty", "tutorial") else "seeds"
                yield Picture(f"{name}-{size[0]}-{theme}", size, theme, keys, start)


def main() -> int:
    """Write every picture, or those whose names begin with what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--every", type=Path, metavar="DIR")
    args = parser.parse_args()
    folder = args.every or Path(__file__).parent / "pictures"
    folder.mkdir(exist_ok=True)
    try:
        for picture in every() if args.every else PICTURES:
            if args.names and not picture.name.startswith(tuple(args.names)):
                continue
            target = folder / f"{picture.name}.svg"
            target.write_text(asyncio.run(draw(picture)), encoding="utf-8")
            print(target, flush=True)
    finally:
        shutil.rmtree(library().parent)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
