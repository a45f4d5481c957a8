"""The library: every article with its outlet, date and progress; pages are asked for as needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from textual.content import Content

from claims.model import Span
from claims.text import displayed
from store.wording import day
from tui import messages
from tui.bindings import bindings
from tui.commands import Context
from tui.keymap import keys_of
from tui.layout import wrap
from tui.shelf import GAP, SIGNS, cells, columns, side_bar, type_bar
from tui.widgets.lines import Piece, fit
from tui.widgets.paged import PagedList

if TYPE_CHECKING:
    from store.records import ArticleSummary

_ROWS = 4
"""Rows of an article where there is no room for a table."""
_ROOM_FOR_TABLE = 72
"""Columns from which the list is a table."""
_HEADS = ("title", "outlet", "date", "sides", "claims by type", "  decided", "story")


class LibraryPane(PagedList["ArticleSummary"]):
    """The list of articles.

    In a narrow pane four rows each: the title in two, then where, when and how far, then what is
    in it. With room for columns a table, a row each.
    """

    ITEM_HEIGHT = _ROWS
    BINDINGS = bindings(
        Context.LIBRARY,
        on_screen=(
            *("search-library", "undecided-only", "star", "toggle-read", "article-tags"),
            *("sort-library", "filter-library", "same-story", "whole-library"),
        ),
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.open_article: int | None = None
        self.searching = ""
        self.order = ""
        self._listed = False

    @property
    def is_table(self) -> bool:
        """Whether there is a row for each article."""
        return self.ITEM_HEIGHT == 1

    def list_anew(self, total: int, searching: str, order: str) -> None:
        """Show a list of `total` articles; its pages are asked for when they come into view.

        `searching` is the query that they fit and `order` how they are sorted, in words.
        """
        self._listed = True
        self.searching, self.order = searching, order
        self.begin(total)
        self._head()

    def _head(self) -> None:
        """The line above the list, and in a table the one below it: what is listed, and how."""
        asked = displayed(f"{self.count:,} · {self.searching}") if self.searching else ""
        room = max(8, self.size.width - 6)
        self.set_class(self.is_table and bool(asked), "-asked")
        if not self.is_table:
            words = " · ".join(part for part in (asked, self.order) if part)
            self.border_title = Content(f" {fit(words, room)} ")
            return
        width = self.scrollable_content_region.width or self.size.width
        heads = "".join(
            fit(name, size).ljust(size + GAP)
            for name, size in zip(_HEADS, columns(width), strict=True)
            if size
        )
        # The border begins two cells before its title does.
        self.border_title = Content(" " * (SIGNS - 1) + heads.rstrip())
        self.border_subtitle = Content(f" {fit(f'{asked} · {self.order}', room)} ")

    def watch_show_vertical_scrollbar(self) -> None:
        """Beside a scrollbar the columns are elsewhere, and so are their heads."""
        self.call_after_refresh(self._head)

    def on_mount(self) -> None:
        """Until there is a list, say why there is none."""
        self.set_count(0)

    def on_resize(self) -> None:
        """A table where the columns fit."""
        height = 1 if self.size.width >= _ROOM_FOR_TABLE else _ROWS
        if height != self.ITEM_HEIGHT:
            self.ITEM_HEIGHT = height  # type: ignore[misc]
            self.set_class(self.is_table, "-table")
            self.set_count(self.count)
        self._head()
        super().on_resize()

    def replace(self, article: ArticleSummary) -> None:
        """The article has changed (progress, read)."""
        for number, page in self._pages.items():
            for place, known in enumerate(page):
                if known.id == article.id:
                    self._pages[number] = [*page[:place], article, *page[place + 1 :]]
                    self.refresh_item(number * self.PAGE + place)
                    return

    def index_of(self, article_id: int | None) -> int | None:
        """Where an article stands, if its page is here."""
        for number, page in self._pages.items():
            for place, article in enumerate(page):
                if article.id == article_id:
                    return number * self.PAGE + place
        return None

    def action_open(self) -> None:
        """Read the article under the cursor."""
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))

    def rows_of(self, one: ArticleSummary, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """The article as a row of the table, or as four rows."""
        if self.is_table:
            return [self._table_row(one, index, width)]
        return self._list_rows(one, width)

    def _signs(self, article: ArticleSummary) -> list[Piece]:
        """Whether it is open, unread, starred: three cells."""
        assert self.palette is not None
        here = "▸" if article.id == self.open_article else " "
        signs = ("●" if not article.read else " ") + ("★" if article.starred else " ")
        return [(here, self.palette["accent"]), (signs, self.palette["accent"])]

    def _title_style(self, article: ArticleSummary) -> Style:
        assert self.palette is not None
        bold = not article.read or article.id == self.open_article
        return self.palette["title" if bold else "text"]

    def _progress(self, article: ArticleSummary) -> Piece:
        assert self.palette is not None
        done = article.claims and article.decided == article.claims
        words = "✓ all" if done else f"{article.decided}/{article.claims}"
        return words, self.palette["sign.accepted" if done else "muted"]

    def _list_rows(self, article: ArticleSummary, width: int) -> Iterable[Iterable[Piece]]:
        assert self.palette is not None
        palette = self.palette
        title = displayed(article.title) or "(no title)"
        lines = [title[a:b] for a, b in wrap(title, Span(0, len(title)), max(4, width - 3))]
        if len(lines) > 2:
            lines = [lines[0], fit(lines[1] + "…", width - 3)]
        style = self._title_style(article)
        yield (*self._signs(article), (lines[0] if lines else "", style))
        for line in lines[1:]:
            yield (("   ", Style()), (line, style))
        progress, progress_style = self._progress(article)
        where = " · ".join(
            part for part in (displayed(article.outlet or ""), displayed(day(article.date))) if part
        )
        room = width - 4 - len(progress)
        yield (
            ("   ", Style()),
            (fit(where, room) + " " * (room - cell_len(fit(where, room))), palette["muted"]),
            (" " + progress, progress_style),
        )
        also = ("=" if article.story else "") + ("#" if article.tags else "")
        room = max(0, width - 4 - 3)
        sides = room // 3
        yield (
            ("   ", Style()),
            *cells(side_bar(article, sides, palette), sides),
            (" ", Style()),
            *cells(type_bar(article, room - sides - 1, palette), room - sides - 1),
            (also.rjust(3), palette["accent"]),
        )

    def _table_row(self, article: ArticleSummary, index: int, width: int) -> list[Piece]:
        assert self.palette is not None
        palette, sizes = self.palette, columns(width)
        gap = (" " * GAP, Style())
        signs = self._signs(article)
        if index == self.cursor:
            signs[0] = ("▶", palette["accent"])
        title = displayed(article.title) or "(no title)"
        progress, progress_style = self._progress(article)
        row: list[Piece] = [*signs, (" ", Style())]

        def add(words: str, size: int, style: Style) -> None:
            words = fit(words, size)
            row.extend(((words + " " * (size - cell_len(words)), style), gap))

        tags = "".join(f"  #{displayed(tag)}" for tag in article.tags)
        tags = fit(tags, sizes.title // 2)
        free = sizes.title - cell_len(tags)
        title = fit(title, free)
        row.append((title, self._title_style(article)))
        row.append((tags + " " * (free - cell_len(title)), palette["accent"]))
        row.append(gap)
        add(displayed(article.outlet or ""), sizes.outlet, palette["muted"])
        add(displayed(day(article.date)), sizes.date, palette["muted"])
        row.extend((*cells(side_bar(article, sizes.sides, palette), sizes.sides), gap))
        if sizes.types:
            row.extend((*cells(type_bar(article, sizes.types, palette), sizes.types), gap))
        add(progress.rjust(sizes.progress), sizes.progress, progress_style)
        if sizes.story:
            add("=" if article.story else "", sizes.story, palette["accent"])
        return row

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """Why there is nothing here, and what to do."""
        assert self.palette is not None
        keys = keys_of(self.app)
        if not self._listed:
            words = [messages.OPENING]
        elif self.searching:
            words = [
                f"Nothing found for “{displayed(self.searching)}”.",
                f"{keys.key('cancel')} shows all articles.",
            ]
        else:
            words = [keys.fill(line) for line in messages.EMPTY_LIBRARY]
        for line in words:
            for start, end in wrap(line, Span(0, len(line)), max(8, width - 2)):
                yield ((" " + line[start:end], self.palette["muted"]),)
