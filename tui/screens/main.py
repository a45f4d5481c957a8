"""The screen of warreader: the library, searches and filters around the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from claims.model import Span
from claims.text import displayed
from tui import messages
from tui.arranging import Order
from tui.bindings import bindings
from tui.commands import Context, in_context
from tui.filtering import Chosen
from tui.highlight import Colouring
from tui.screens.exchange import ExchangeScreen
from tui.screens.filters import FilterScreen
from tui.screens.prompt import PromptScreen
from tui.screens.refusal import Expects
from tui.screens.shelf import Listing
from tui.work import Opened, fitting

_ANNOTATING = {command.action for command in in_context(Context.ANNOTATE)}
_HIDDEN = "[\u2426\u200c\u200d]*"
"""Characters without a width that may stand between the letters of a word that is searched."""


class MainScreen(ExchangeScreen):
    """Everything that is one key away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Context.ANNOTATE),
        *bindings(Context.EVERYWHERE),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that decide on a claim do nothing in the library, where no claim is seen."""
        return not (action in _ANNOTATING and self.focused is self.library)

    # The library

    async def take_library(self, opened: Opened) -> None:
        """The library is open: list its articles and open the one that was read last."""
        self.opened, self.progress = opened, opened.progress
        if opened.settings.get("colouring") in list(Colouring):
            self.colouring = Colouring(opened.settings["colouring"])
        if opened.settings.get("panel_order") in list(Order):
            self.panel.order = Order(opened.settings["panel_order"])
        await self.list_articles(self.listing)
        self.reader.blank_words = (
            ("No article is open.", "Enter in the library opens one.")
            if self.library.count
            else ("No article is open.", self.say(messages.NEWCOMER))
        )
        first = opened.last_article
        if first is None and (article := self.library.at(0)) is not None:
            first = article.id
        # Before the article is there: from now on the cursor is the user's.
        self.library.go_to(self.library.index_of(first) or 0, tell=False)
        if first is None or not await self.open_article(first, stay=True):
            self.focus_pane(self.library)
        self.tell(messages.READ_ONLY if opened.readonly else messages.WELCOME)
        self.tell_of_settings()
        self.find_stories()

    async def _step_article(self, step: int) -> None:
        place = self.library.index_of(self.page.article.id if self.page else None)
        target = self.library.cursor if place is None else place + step
        if not 0 <= target < self.library.count:
            self.tell("No further article." if step > 0 else "This is the first article.")
            return
        article = await self.listed(target)
        if article is not None:
            self.library.go_to(target, tell=False)
            await self.opened_by_hand(article)
            await self.open_article(article.id)

    async def action_next_article(self) -> None:
        """Read the next article of the library."""
        await self._step_article(1)

    async def action_previous_article(self) -> None:
        """Read the previous article."""
        await self._step_article(-1)

    def opened_from_library(self) -> None:
        """The words that the library was searched for are marked in the article."""
        from store import query

        words = [leaf.typed for leaf in query.wanted(query.parse(self.listing.query))]
        if words and self.page is not None:
            found = {span for word in words for span in find_all(self.page.text, displayed(word))}
            self.matches = flat(found)
            if self.matches:
                self._go_to_match(0)

    # Search in the article

    @work(exclusive=True, group="dialog")
    async def action_search_text(self) -> None:
        """Search in this article."""
        if self.page is None:
            await self.refuse(messages.NO_ARTICLE, Expects.LINE)
            return
        words = await self.app.push_screen_wait(
            PromptScreen("/", hint=self.say(messages.SEARCHING))
        )
        if words:
            self.search_text(words)

    def search_text(self, words: str) -> None:
        """Mark every match of `words` and go to the first one at or after this sentence."""
        if self.page is None:
            return
        self.matches = find_all(self.page.text, displayed(words))
        self.match = None
        if not self.matches:
            self._follow()
            self.tell(f"Not found: {words}", error=True)
            return
        start = self.page.index.span(self.sentence).start
        following = (n for n, span in enumerate(self.matches) if span.start >= start)
        self._go_to_match(next(following, 0))

    def _go_to_match(self, number: int) -> None:
        if self.page is None or not self.matches:
            self.tell(messages.NOTHING_SEARCHED)
            return
        self.match = number % len(self.matches)
        span = self.matches[self.match]
        self.go_to_sentence(self.page.index.at(span.start))
        self.reader.reveal(span)
        self.tell(f"Match {self.match + 1} of {len(self.matches)}")

    def action_next_match(self) -> None:
        """Next match."""
        self._go_to_match(0 if self.match is None else self.match + 1)

    def action_previous_match(self) -> None:
        """Previous match."""
        self._go_to_match(-1 if self.match is None else self.match - 1)

    # Filters

    @work(exclusive=True, group="dialog")
    async def action_filters(self) -> None:
        """Show only claims of a type, side, speaker or state."""
        names = {side.id: f"{side.tag} {side.name}" for side in self.sides}
        chosen = await self.app.push_screen_wait(
            FilterScreen(self.records, self.chosen, self.palette, names, self._fitting)
        )
        if chosen is not None:
            self._filter(chosen)

    async def _fitting(self, query: str) -> frozenset[str] | None:
        """The claims of the article that fit a query."""
        page = self.page
        if page is None:
            return frozenset()
        number = page.article.id
        return await self.ask_store(self.work.run(lambda library: fitting(library, number, query)))

    def action_clear_filters(self) -> None:
        """Show all claims."""
        self._filter(Chosen())

    def _filter(self, chosen: Chosen) -> None:
        self.chosen = chosen
        self.claims_changed()
        if self.record is None and self.shown:
            self.go_to_sentence(self.sentence)
        self.tell(f"{len(self.shown)} of {len(self.records)} claims shown.")

    # Back, quit

    async def action_cancel(self) -> None:
        """Drop the marks of a search; close a pane that lies over another."""
        if self.focused is self.library and await self.leave_story():
            return
        if self.focused is self.library and self.listing.query:
            await self.list_articles(Listing(sort=self.listing.sort, turned=self.listing.turned))
            here = self.library.index_of(self.page.article.id if self.page else None)
            if here is not None:
                self.library.go_to(here, tell=False)
            self.tell(messages.ALL_ARTICLES)
        elif self.focused is self.library and self.has_class("-library-whole"):
            self.action_whole_library()
        elif self.focused is not self.reader and not self.reader.region:
            self.focus_pane(self.reader)
        elif self.matches:
            self.matches, self.match = (), None
            self._follow()
            self.tell("")
        elif self.focused is self.reader and self.end_asking():
            return
        elif self.focused is not self.library:
            self.focus_pane(self.reader)

    async def action_back(self) -> None:
        """From the claims to the text, from the text to the library, from the library out."""
        if self.focused is self.panel:
            self.focus_pane(self.reader)
        elif self.focused is self.library:
            await self.action_quit()
        else:
            self.focus_pane(self.library)

    async def action_quit(self) -> None:
        """Quit."""
        await self.remember_position()
        self.app.exit()


def find_all(text: str, words: str) -> tuple[Span, ...]:
    """Every place where `words` stands, ignoring case and the shape of quotes; linear."""
    words = " ".join(words.split())
    if not words:
        return ()
    folded, sought = text.translate(_QUOTES), words.translate(_QUOTES)
    letters = ("\\s+" if letter == " " else re.escape(letter) for letter in sought)
    pattern = re.compile(_HIDDEN.join(letters), re.IGNORECASE)
    return tuple(Span(*match.span()) for match in pattern.finditer(folded))


def flat(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in the order of the text, without those that overlap one before them."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
