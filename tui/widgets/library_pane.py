"""The library: every article with its outlet, date and progress; pages are asked for as needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.style import Style
from textual.message import Message

from claims.model import Span
from claims.text import displayed
from store.records import ArticleSummary
from store.wording import day
from tui.bindings import bindings
from tui.commands import Context
from tui.keymap import keys_of
from tui.layout import wrap
from tui.widgets.lines import LineList, Piece, fit

PAGE = 100
"""Articles that are asked for at once."""


class LibraryPane(LineList):
    """The list of articles, three rows each: the title in two, then where, when and how far."""

    ITEM_HEIGHT = 3
    BINDINGS = bindings(Context.LIBRARY, on_screen=("search-library", "undecided-only"))

    @dataclass
    class PageWanted(Message):
        """The rows from `offset` on came into view and are not here yet."""

        offset: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._pages: dict[int, Sequence[ArticleSummary]] = {}
        self._asked: set[int] = set()
        self.open_article: int | None = None
        self.searching = ""
        self.undecided_only = False

    def begin(self, total: int, searching: str, *, undecided_only: bool) -> None:
        """Show a list of `total` articles; its pages are asked for when they come into view."""
        self._pages.clear()
        self._asked.clear()
        self.searching, self.undecided_only = searching, undecided_only
        self.set_count(total)

    def supply(self, offset: int, articles: Sequence[ArticleSummary]) -> None:
        """The page that begins at `offset`."""
        self._pages[offset // PAGE] = articles
        self._asked.discard(offset // PAGE)
        self.refresh()

    def replace(self, article: ArticleSummary) -> None:
        """The article has changed (progress, read)."""
        for number, page in self._pages.items():
            for place, known in enumerate(page):
                if known.id == article.id:
                    self._pages[number] = [*page[:place], article, *page[place + 1 :]]
                    self.refresh_item(number * PAGE + place)
                    return

    def at(self, index: int) -> ArticleSummary | None:
        """The article at a place of the list; None while its page is being fetched."""
        number, place = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            if number not in self._asked:
                self._asked.add(number)
                self.post_message(self.PageWanted(number * PAGE))
            return None
        return page[place] if place < len(page) else None

    def index_of(self, article_id: int | None) -> int | None:
        """Where an article stands, if its page is here."""
        for number, page in self._pages.items():
            for place, article in enumerate(page):
                if article.id == article_id:
                    return number * PAGE + place
        return None

    def action_open(self) -> None:
        """Read the article under the cursor."""
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Title; outlet, date, decided of all claims."""
        assert self.palette is not None
        palette, article = self.palette, self.at(index)
        if article is None:
            yield (("  …", palette["muted"]),)
            return
        title = displayed(article.title) or "(no title)"
        here = "▸" if article.id == self.open_article else " "
        unread = article.read_at is None
        lines = [title[a:b] for a, b in wrap(title, Span(0, len(title)), max(4, width - 3))]
        if len(lines) > 2:
            lines = [lines[0], fit(lines[1] + "…", width - 3)]
        style = palette["title"] if unread or here == "▸" else palette["text"]
        dot = ("● " if unread else "  ", palette["accent"])
        yield ((here, palette["accent"]), dot, (lines[0] if lines else "", style))
        if len(lines) > 1:
            yield (("   ", Style()), (lines[1], style))
        done = article.claims and article.decided == article.claims
        progress = "✓ all" if done else f"{article.decided}/{article.claims}"
        where = " · ".join(
            part for part in (displayed(article.outlet or ""), displayed(day(article.date))) if part
        )
        room = width - 4 - len(progress)
        yield (
            ("   ", Style()),
            (fit(where, room).ljust(room), palette["muted"]),
            (" " + progress, palette["sign.accepted" if done else "muted"]),
        )

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """Why there is nothing here, and what to do."""
        assert self.palette is not None
        keys = keys_of(self.app)
        if self.searching:
            words = [
                f"Nothing found for “{displayed(self.searching)}”.",
                f"{keys.key('cancel')} shows all articles.",
            ]
        elif self.undecided_only:
            words = ["Every claim is decided.", f"{keys.key('undecided-only')} shows all articles."]
        else:
            words = [
                "The library is empty.",
                f"Quit with {keys.key('quit')}, then:",
                "warreader add FILE",
            ]
        for line in words:
            for start, end in wrap(line, Span(0, len(line)), max(8, width - 2)):
                yield ((" " + line[start:end], self.palette["muted"]),)
