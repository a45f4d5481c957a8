"""The library on the screen: what is listed and in which order, and the marks on its articles."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on, work

from claims.text import displayed
from store.errors import StoreError
from store.records import ArticleFilter, ArticleSort, ArticleSummary
from tui import messages
from tui.screens.find import NO_LIMIT, choose, menu_keys
from tui.screens.marking import MarkingScreen
from tui.screens.pick import Option, PickScreen
from tui.screens.prompt import PromptScreen, tags_typed
from tui.screens.querying import ask_query
from tui.screens.refusal import Expects
from tui.widgets.paged import PagedList

if TYPE_CHECKING:
    from store.db import Library

_ORDERS = {
    ArticleSort.DATE: ("d", "newest first", "oldest first"),
    ArticleSort.ADDED: ("a", "added last first", "added first first"),
    ArticleSort.TITLE: ("t", "by title", "by title, from Z"),
    ArticleSort.OUTLET: ("o", "by outlet", "by outlet, from Z"),
    ArticleSort.UNDECIDED: ("u", "most undecided first", "least undecided first"),
    ArticleSort.CLAIMS: ("c", "most claims first", "fewest claims first"),
}
"""The key of each order, and its words as it is and turned round."""
_AT_ONCE = 10
"""Articles that are grouped in one go: some 30 ms, for which a key may have to wait."""
_BETWEEN = 0.05
"""Seconds between two parts of the grouping, in which the store does what keys ask."""
_WORTH_SAYING = 500
_SEARCH = "Search the library:"
_ANY = "\n"
"""What a menu gives for no value; no name holds it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the library shows: the articles that fit a query, in an order."""

    query: str = ""
    sort: ArticleSort = ArticleSort.DATE
    turned: bool = False

    @property
    def where(self) -> ArticleFilter:
        """The articles."""
        return ArticleFilter(query=self.query)

    @property
    def order(self) -> str:
        """The order in words."""
        return _ORDERS[self.sort][1 + self.turned]


class ShelfScreen(MarkingScreen):
    """The screen with the list of articles."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.listing = Listing()
        self._before: Listing | None = None
        """What was listed before a group of one story was."""

    async def list_articles(self, wanted: Listing) -> bool:
        """List articles; the first page comes with the count. False when it could not be done."""
        answer = await self.ask_store(
            self.work.run(
                lambda library: (library.articles.count(wanted.where), _page(library, wanted, 0))
            )
        )
        if answer is None:
            return False
        self.listing = wanted
        total, page = answer
        self.library.list_anew(total, wanted.query, wanted.order)
        self.library.supply(0, page)
        return True

    async def list_again(self) -> None:
        """List the same articles with what is known of them now."""
        await self.list_articles(self.listing)

    @on(PagedList.PageWanted, "#library")
    async def _page_wanted(self, message: PagedList.PageWanted) -> None:
        await self._supply(message.offset)

    async def _supply(self, offset: int) -> None:
        """Fetch the page of the list that begins at `offset`."""
        wanted = self.listing
        page = await self.ask_store(self.work.run(lambda library: _page(library, wanted, offset)))
        if page is not None and wanted == self.listing:
            self.library.supply(offset, page)

    async def listed(self, index: int) -> ArticleSummary | None:
        """The article at a place of the list, fetched where it was not looked at yet."""
        if self.library.held(index) is None and 0 <= index < self.library.count:
            await self._supply(index - index % PagedList.PAGE)
        return self.library.held(index)

    async def open_article(
        self, article_id: int, *, claim_id: str | None = None, stay: bool = False
    ) -> bool:
        """Show an article; from wherever it was asked for, the list stands at it too."""
        opened = await super().open_article(article_id, claim_id=claim_id, stay=stay)
        if opened and not stay:
            place = self.library.index_of(article_id)
            if place is None:
                place = await self._place_of(article_id)
            if place is not None and await self.listed(place) is not None:
                self.library.go_to(place, tell=False)
        return opened

    async def _place_of(self, article_id: int) -> int | None:
        """Where an article stands in the list; None where it is not listed."""
        wanted = self.listing
        return await self.ask_store(
            self.work.run(
                lambda library: library.articles.place(
                    article_id, wanted.where, sort=wanted.sort, turned=wanted.turned
                )
            )
        )

    async def ask_for(self, query: str, words: str = "") -> None:
        """List what fits a query, from the top; says how many there are, or `words`."""
        if await self.list_articles(replace(self.listing, query=query)):
            self.library.go_to(0, tell=False)
            self.focus_pane(self.library)
            number = self.library.count
            found = f"{number:,} article{'' if number == 1 else 's'}"
            self.tell(words or (found if query else messages.ALL_ARTICLES))

    def forget_hidden(self) -> None:
        """What was asked for before blind mode began must not go on telling what it hides."""
        from tui.blind import asks_for_hidden

        def kept(one: Listing) -> Listing:
            tells = asks_for_hidden(one.query) or one.sort is ArticleSort.OUTLET
            return Listing() if tells else one

        self.listing = kept(self.listing)
        self._before = self._before and kept(self._before)

    @work(exclusive=True, group="dialog")
    async def action_search_library(self) -> None:
        """Search all articles and notes."""
        typed = await ask_query(self.app, _SEARCH, self.listing.query)
        if typed is not None:
            await self.ask_for(typed)

    async def action_undecided_only(self) -> None:
        """Only articles with undecided claims, or all."""
        from store import asking

        await self.ask_for(asking.toggled(self.listing.query, "is", "undecided"))

    # Order

    @work(exclusive=True, group="dialog")
    async def action_sort_library(self) -> None:
        """Sort the list."""
        now = self.listing
        options = []
        for sort, (key, *words) in _ORDERS.items():
            if self.work.blind and sort is ArticleSort.OUTLET:
                continue
            turned = sort is now.sort and not now.turned
            also = "" if sort is not now.sort else "turns round what is shown"
            options.append(Option(key, words[turned], sort.value, also))
        picked = await self.app.push_screen_wait(
            PickScreen("Sort the library", options, self.palette, now.sort.value)
        )
        if picked is None:
            return
        sort = ArticleSort(picked)
        turned = sort is now.sort and not now.turned
        if await self.list_articles(replace(now, sort=sort, turned=turned)):
            self.library.go_to(0, tell=False)
            self.tell(f"{self.listing.order.capitalize()}.")

    # Filter

    @work(exclusive=True, group="dialog")
    async def action_filter_library(self) -> None:
        """Show only some articles."""
        from store import asking

        query = self.listing.query
        kinds = [
            Option("o", "outlet", "outlet", "who published it"),
            Option("t", "tag", "tag", "your tags of articles"),
            Option("y", "type", "type", "with a claim of this type"),
            Option("i", "side", "side", "with a claim of this side"),
            Option("d", "date", "date", "from one day to another"),
            *(
                Option(key, word, f"is:{word}", _is_on(query, word) or means)
                for key, word, means in (
                    ("s", "starred", "by you"),
                    ("r", "unread", "not opened by you yet"),
                    ("u", "undecided", "with claims that wait"),
                )
            ),
            Option("g", "same story", "story", "in a group of articles on one story"),
            Option("q", "query …", "query", "all of it in words"),
            Option("x", "all articles", "all", "no filter"),
        ]
        kind = await self.app.push_screen_wait(PickScreen("Show only", kinds, self.palette))
        if kind is None:
            return
        if kind == "all":
            await self.ask_for("")
        elif kind == "query":
            typed = await ask_query(self.app, _SEARCH, query)
            if typed is not None:
                await self.ask_for(typed)
        elif kind.startswith("is:"):
            await self.ask_for(asking.toggled(query, "is", kind[3:]))
        elif kind == "story":
            on = asking.values_in(query, "story") == ("*",)
            await self.ask_for(asking.with_values(query, "story", () if on else ("*",)))
        elif kind == "date":
            await self._filter_dates(query)
        else:
            await self._filter_values(query, kind)

    async def _filter_dates(self, query: str) -> None:
        from store import asking
        from store.query import parse

        before = ",".join(asking.values_in(query, "date"))
        typed = await self.app.push_screen_wait(
            PromptScreen(
                "Date:",
                value=before,
                hint="2024 · 2024-08 · 2024-08-01..2024-08-15 · 2024-08.. · empty shows all",
            )
        )
        if typed is None:
            return
        try:
            parse(f"date:{typed.strip()}" if typed.strip() else "")
        except StoreError as problem:
            self.tell(str(problem), error=True)
            return
        values = [one for one in typed.strip().split(",") if one]
        await self.ask_for(asking.with_values(query, "date", values))

    async def _filter_values(self, query: str, field: str) -> None:
        from store import asking

        found = await self.ask_store(self.work.run(lambda library: _known(library, field)))
        if found is None:
            return
        options = [Option(NO_LIMIT, "any", _ANY, "no filter")]
        options += [
            Option(key, displayed(label), value, also)
            for key, (value, label, also) in zip(menu_keys(), found, strict=False)
        ]
        now = asking.values_in(query, field)
        picked = await choose(
            self.app, f"Only with {field}", options, self.palette, now[0] if now else None
        )
        if picked is not None:
            values = () if picked == _ANY else (picked,)
            await self.ask_for(asking.with_values(query, field, values))

    # Marks

    def _pointed(self) -> ArticleSummary | None:
        """The article under the cursor, if the library can be changed."""
        if self.opened is not None and self.opened.readonly:
            self.tell(messages.READ_ONLY, error=True)
            return None
        return self.library.at(self.library.cursor) if self.library.count else None

    async def _keep_mark(self, change: Callable[[Library], ArticleSummary], words: str) -> None:
        summary = await self.ask_store(self.work.run(change))
        if summary is not None:
            self.library.replace(summary)
            several = self.opened is not None and len(self.opened.annotators) > 1
            mine = f" for {self.opened.annotator} alone" if several and self.opened else ""
            self.tell(f"{words}{displayed(mine)}: {displayed(summary.title)}")

    async def action_star(self) -> None:
        """Star the article, or no longer."""
        if article := self._pointed():
            starred = not article.starred
            await self._keep_mark(
                lambda library: library.marks.star(article.id, starred),
                "Starred" if starred else "No longer starred",
            )

    async def action_toggle_read(self) -> None:
        """Call the article unread, or read."""
        if article := self._pointed():
            read = not article.read
            await self._keep_mark(
                lambda library: library.marks.read(article.id, read),
                "Read" if read else "Unread",
            )

    @work(exclusive=True, group="dialog")
    async def action_article_tags(self) -> None:
        """Change the tags of the article."""
        article = self._pointed()
        if article is None:
            readonly = self.opened is not None and self.opened.readonly
            why = messages.READ_ONLY if readonly else messages.NO_ARTICLES
            await self.refuse(why, Expects.LINE, error=readonly)
            return
        known = await self.ask_store(self.work.run(lambda library: library.marks.tags()))
        if known is None:
            return
        typed = await self.app.push_screen_wait(
            PromptScreen(
                "Tags of the article:",
                value=" ".join(article.tags),
                hint="words with spaces or commas between, yours alone · enter keeps · esc cancels",
                suggestions=[tag for tag, _ in known],
            )
        )
        if typed is not None:
            tags = tags_typed(typed)
            words = f"Tagged {' '.join(tags)}" if tags else "No tags"
            await self._keep_mark(lambda library: library.marks.tag(article.id, tags), words)

    async def opened_by_hand(self, article: ArticleSummary) -> None:
        """An article that was called unread is opened: from now on it is read again."""
        readonly = self.opened is None or self.opened.readonly
        if article.read_at is not None and not article.read and not readonly:
            await self.ask_store(
                self.work.run(lambda library: library.marks.read(article.id, None))
            )

    # Stories

    async def action_same_story(self) -> None:
        """Show all articles on the same story; again, what was listed before."""
        article = self.library.at(self.library.cursor) if self.library.count else None
        if self._before is not None:
            await self.leave_story()
        elif article is None or article.story is None:
            self.tell(messages.NO_STORY)
        else:
            before, here = self.listing, article.id
            self._before = before
            await self.ask_for(f"story:{article.story}", messages.ONE_STORY)
            self.library.go_to(self.library.index_of(here) or 0, tell=False)

    async def leave_story(self) -> bool:
        """Back to what was listed before a group was shown; False when none is shown."""
        before, self._before = self._before, None
        if before is None or not self.listing.query.startswith("story:"):
            return False
        here = self.library.at(self.library.cursor)
        await self.list_articles(before)
        self.library.go_to(self.library.index_of(here.id if here else None) or 0, tell=False)
        self.tell("")
        return True

    def find_stories(self) -> None:
        """Group the articles of an older library by story, while keys go on."""
        if self.opened is not None and not self.opened.readonly:
            self.run_worker(self._find_stories(), exclusive=True, group="stories")

    async def _find_stories(self) -> None:
        from store import stories

        left = await self.ask_store(self.work.run(stories.pending))
        total = left or 0
        while left:
            await asyncio.sleep(_BETWEEN)  # keys come first
            done = await self.ask_store(
                self.work.run(lambda library: stories.assign(library, _AT_ONCE))
            )
            if not done:
                return
            left = max(0, left - done)
            if total > _WORTH_SAYING and (left == 0 or left // 1000 < (left + done) // 1000):
                self.tell(f"Grouping articles by story: {total - left:,} of {total:,}")
        if total:
            await self.list_again()

    # Room

    def action_whole_library(self) -> None:
        """The library on the whole screen, or beside the text again."""
        self.toggle_class("-library-whole")
        self.focus_pane(self.library)


def _page(library: Library, wanted: Listing, offset: int) -> list[ArticleSummary]:
    return library.articles.page(
        wanted.where, limit=PagedList.PAGE, offset=offset, sort=wanted.sort, turned=wanted.turned
    )


def _is_on(query: str, word: str) -> str:
    from store import asking

    return "shown now; all again" if word in asking.values_in(query, "is") else ""


def _known(library: Library, field: str) -> list[tuple[str, str, str]]:
    """Values of a field, their words, and how often they are there; most frequent first."""
    if field == "outlet":
        found = sorted(library.articles.outlets(), key=lambda item: (-item[1], item[0]))
        return [(name, name, f"{number:,} articles") for name, number in found]
    if field == "tag":
        return [(name, name, f"{number:,} articles") for name, number in library.marks.tags()]
    return [
        (str(name), str(name), f"{number:,} claim{'' if number == 1 else 's'}")
        for name, number in library.rows(
            f"SELECT {field}, sum(claims) AS number FROM claim_count GROUP BY {field}"
            " HAVING number > 0 ORDER BY number DESC"
        )
    ]
