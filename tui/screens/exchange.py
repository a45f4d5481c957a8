"""What goes out and comes in on the screen: exports with a preview, and text that is pasted."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, work

from claims.text import displayed
from store.records import ClaimFilter
from tui import messages
from tui.screens.own import OwnScreen
from tui.screens.pick import Option, PickScreen, free_key
from tui.screens.prompt import PromptScreen
from tui.screens.sheet import SheetScreen
from tui.work import Preview, exported, paste, preview, write_export

if TYPE_CHECKING:
    from store.db import Library

_LEAST_PASTED = 40
"""Characters below which a paste is a slip of the hand and no article."""


class ExchangeScreen(OwnScreen):
    """The screen with what crosses its border."""

    # Export

    @work(exclusive=True, group="dialog")
    async def action_export(self) -> None:
        """Write the annotations to a file."""
        from store import paths
        from store.exports import FORMATS

        taken: set[str] = set()
        shapes = [
            Option(free_key(name + ascii_lowercase, taken), name, name, exporter.help)
            for name, exporter in FORMATS.items()
        ]
        kind = await self.app.push_screen_wait(
            PickScreen("Export: in which format?", shapes, self.palette)
        )
        if kind is None:
            return
        what = await self._ask_scope(kind)
        if what is None:
            return
        article = self.page.article if what == "article" and self.page is not None else None
        name = slug(article.summary.title) if article else "warreader-library"
        where = ClaimFilter(article_ids=(article.id,) if article else ())
        suggested = paths.exports_dir() / f"{name}{FORMATS[kind].suffix}"
        if self.app.is_web:  # the one who reads has no files here: the browser saves it
            self._write(kind, Path(suggested.name), where)
            return
        answer = await self.app.push_screen_wait(
            PromptScreen(
                "Write to:",
                value=str(suggested),
                hint=messages.BLIND_EXPORT
                if self.work.blind
                else "a file that exists is replaced · enter writes · esc cancels",
            )
        )
        if not answer or not answer.strip():
            return
        target = Path(answer.strip()).expanduser()
        self._write(kind, target, where)

    @work(group="export")
    async def _write(self, kind: str, target: Path, where: ClaimFilter) -> None:
        # Not in the group of the dialogs: keys go on meanwhile, and the next dialog ends those.
        if self.app.is_web:
            data = await self.ask_store(
                self.work.run(lambda library: exported(library, kind, where))
            )
            if data is not None:
                self.app.deliver_binary(BytesIO(data), save_filename=target.name)
                self.tell(f"The browser was given {target.name}.")
            return
        written = await self.ask_store(
            self.work.run(lambda library: write_export(library, kind, target, where))
        )
        if written is not None:
            self.tell(f"Wrote {written} claims to {target}")
            self.exported()

    def exported(self) -> None:
        """An export was written."""

    async def _ask_scope(self, kind: str) -> str | None:
        """What is to be exported; the preview comes back to the question."""
        scope = [
            Option("l", "library", "library", "all articles"),
            Option("p", "preview", "preview", "how it begins, and what it cannot carry"),
        ]
        if self.page is not None:
            title = displayed(self.page.article.summary.title)
            scope.insert(0, Option("t", "this article", "article", title))
        first = self.page.article.id if self.page is not None else None

        def look(library: Library) -> Preview:
            return preview(library, kind, first)

        while True:
            what = await self.app.push_screen_wait(
                PickScreen(f"Export as {kind}: what?", scope, self.palette)
            )
            if what != "preview":
                return what
            found = await self.ask_store(self.work.run(look))
            if found is not None:
                sheet = SheetScreen(f"{kind}: how it begins", self._preview_sheet(found))
                await self.app.push_screen_wait(sheet)

    def _preview_sheet(self, found: Preview) -> Text:
        sheet = Text()
        if found.losses:
            sheet.append("Cannot carry:\n", self.palette["accent"])
            for words, number in found.losses:
                sheet.append(f"  {displayed(words)} ({number:,} claims)\n", self.palette["text"])
        else:
            sheet.append("Carries everything that is in these claims.\n", self.palette["accent"])
        sheet.append("\n")
        sheet.append(found.words, self.palette["muted"])
        return sheet

    # Pasting

    def on_paste(self, event: events.Paste) -> None:
        """Text that is pasted into the reader may become an article."""
        if self.is_current and len(event.text.strip()) >= _LEAST_PASTED:
            event.stop()
            self._take_paste(event.text)

    @work(exclusive=True, group="dialog")
    async def _take_paste(self, text: str) -> None:
        from claims.model import Article
        from store.ingest import title_of

        if self.opened is None or self.opened.readonly:
            self.tell(messages.READ_ONLY, error=True)
            return
        words = len(text.split())
        title = await self.app.push_screen_wait(
            PromptScreen(
                f"Add the pasted text ({words:,} words) as an article. Title:",
                value=title_of(text, "-"),
                hint="enter adds it · esc drops it",
            )
        )
        if title is None:
            return
        self.tell("Reading the pasted text …")
        article = Article(text, title.strip() or None)
        added = await self.ask_store(self.work.run(lambda library: paste(library, article)))
        if added is None:
            return
        await self.list_again()
        await self.open_article(added.article_id)
        self.refresh_progress()
        known = added.outcome == "unchanged"
        self.tell("That text is in the library already." if known else f"Added: {title}")


def slug(title: str) -> str:
    """A title as the name of a file: letters, digits and dashes, at most 60, never empty."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-").lower()[:60].rstrip("-")
    return plain or "article"
