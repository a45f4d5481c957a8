"""Makes the pictures of the guides from the sample articles: `python docs/make_pictures.py`.

Each picture is the real application on a fresh library, driven by real keys, written as SVG
without links to fonts elsewhere, so that a reader's browser fetches nothing.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
os.environ.pop("NO_COLOR", None)

from tui.app import WarreaderApp


class Picture(NamedTuple):
    """A name, a terminal size, a theme, and the keys that lead there."""

    name: str
    size: tuple[int, int]
    theme: str
    keys: str


PICTURES = (
    Picture("reader-dark", (150, 42), "dark", "a a a x l l l"),
    Picture("reader-light", (120, 36), "light", "v l l"),
    Picture("narrow", (80, 24), "dark", "l l l"),
    Picture("legend", (100, 44), "dark", "L"),
    Picture("relabel", (100, 30), "dark", "l l t"),
    Picture("filters", (100, 30), "dark", "F space"),
    Picture("span", (100, 30), "dark", "l e h h"),
)


async def draw(picture: Picture) -> str:
    """The picture as SVG."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["WARREADER_HOME"] = home
        app = WarreaderApp(annotator="you", theme=picture.theme)
        try:
            async with app.run_test(size=picture.size) as pilot:
                await pilot.pause()
                opening = [worker for worker in app.workers if worker.group == "open"]
                await app.workers.wait_for_complete(opening)
                for key in picture.keys.split():
                    await pilot.press(key)
                    await pilot.pause()
                svg = app.export_screenshot(title="warreader", simplify=True)
        finally:
            app.work.close()
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return re.sub(r"font-family: ?Fira Code", "font-family: ui-monospace, Menlo, Consolas", svg)


def main() -> int:
    """Write every picture, or those that are named on the command line."""
    folder = Path(__file__).parent / "pictures"
    folder.mkdir(exist_ok=True)
    for picture in PICTURES:
        if len(sys.argv) > 1 and picture.name not in sys.argv[1:]:
            continue
        target = folder / f"{picture.name}.svg"
        target.write_text(asyncio.run(draw(picture)), encoding="utf-8")
        print(target)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
