"""Places: paragraphs, marks, back and forward through where one was, and the web address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from string import digits

from textual import work

from claims.text import displayed
from store.bookmarks import LETTERS, marks_of, set_mark
from tui import messages
from tui.addresses import has_browser
from tui.screens.address import AddressScreen
from tui.screens.moving import MovingScreen
from tui.screens.pick import HINT, Option, PickScreen
from tui.screens.refusal import Expects
from tui.trail import Place, Trail
from tui.work import Work


class PlacingScreen(MovingScreen):
    """The screen with what remembers places."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.trail = Trail()
        self._walking: bool | None = None
        self._retracing = False

    # Where one was

    def go_to_sentence(self, number: int) -> None:
        """Make a sentence current, and remember that one was there."""
        super().go_to_sentence(number)
        self._visit()

    def go_to_claim(self, claim_id: str | None) -> None:
        """Make a claim current, and remember that one was there."""
        super().go_to_claim(claim_id)
        self._visit()

    def _by_rows(self, share: float) -> None:
        with self._moved(walking=True):
            super()._by_rows(share)

    def action_top(self) -> None:
        """Beginning of the article."""
        with self._moved(walking=False):
            super().action_top()

    def action_bottom(self) -> None:
        """End of the article."""
        with self._moved(walking=False):
            super().action_bottom()

    @contextmanager
    def _moved(self, *, walking: bool) -> Iterator[None]:
        """What is done meanwhile is a walk, or a jump however near."""
        self._walking = walking
        try:
            yield
        finally:
            self._walking = None

    def _visit(self) -> None:
        if self.page is not None and not self._retracing:
            offset = self.page.index.span(self.sentence).start
            place = Place(self.page.article.id, self.sentence, offset)
            self.trail.visit(place, walking=self._walking)

    async def action_trail_back(self) -> None:
        """Back to where one was before."""
        await self._retrace(-1, "There is no place further back.")

    async def action_trail_forward(self) -> None:
        """Forward again after going back."""
        await self._retrace(1, "There is no place further forward.")

    async def _retrace(self, step: int, end: str) -> None:
        place = self.trail.step(step)
        if place is None:
            self.tell(end)
            return
        self._retracing = True
        try:
            elsewhere = self.page is None or self.page.article.id != place.article_id
            if elsewhere and not await self.open_article(place.article_id):
                self.trail.forget()
                return
            if self.page is not None:
                self.go_to_sentence(self.page.index.at(place.offset))
        finally:
            self._retracing = False

    # Paragraphs

    def action_next_paragraph(self) -> None:
        """Next paragraph."""
        self._to_paragraph(1)

    def action_previous_paragraph(self) -> None:
        """Beginning of this paragraph, then the previous one."""
        self._to_paragraph(-1)

    def _to_paragraph(self, step: int) -> None:
        if self.page is None or not len(self.page.index):
            return
        sentences = self.page.index.sentences
        here = sentences[self.sentence].paragraph
        number = self.sentence
        if step > 0:
            while number < len(sentences) and sentences[number].paragraph == here:
                number += 1
            if number == len(sentences):
                number -= 1
        else:
            number = max(0, number - 1)
            here = sentences[number].paragraph
            while number and sentences[number - 1].paragraph == here:
                number -= 1
        with self._moved(walking=True):
            self.go_to_sentence(number)

    # Marks

    @work(exclusive=True, group="dialog")
    async def action_set_mark(self) -> None:
        """Mark this place under a letter."""
        if self.page is None or self.opened is None:
            await self.refuse(messages.NO_ARTICLE, Expects.KEY)
            return
        if self.opened.readonly:
            await self.refuse(messages.READ_ONLY, Expects.KEY, error=True)
            return
        article_id = self.page.article.id
        start = self.page.index.span(self.sentence).start
        letter = await self._ask_mark(
            "Mark this place: a letter from a to z",
            also=LETTERS,
            hint="press a letter · esc cancels",
        )
        if letter is None:
            return
        bookmark = await self.ask_store(
            self.work.run(lambda library: set_mark(library, article_id, letter, start))
        )
        if bookmark is not None:
            self.tell(
                messages.WithKeys(f"Marked {letter}. {{go-to-mark}} and {letter} come back here.")
            )

    @work(exclusive=True, group="dialog")
    async def action_go_to_mark(self) -> None:
        """Go to a mark by its letter."""
        if self.page is None:
            await self.refuse(messages.NO_ARTICLE, Expects.KEY)
            return
        # Any letter answers: one that marks nothing must not be read as a key.
        letter = await self._ask_mark("Go to which mark?", also=LETTERS + LETTERS.upper() + digits)
        if letter is None or self.page is None:
            return
        article_id = self.page.article.id
        marks = await self.ask_store(self.work.run(lambda library: marks_of(library, article_id)))
        found = next((mark for mark in marks or () if mark.letter == letter), None)
        if found is not None:
            with self._moved(walking=False):
                self.go_to_sentence(self.page.index.at(found.start))
            self.tell(messages.WithKeys(f"Mark {letter}. {{trail-back}} goes back."))
        elif marks is not None:
            there = " ".join(mark.letter for mark in marks)
            have = f"this article has {there}." if marks else "this article has no marks yet."
            sets = f" {{set-mark}} {letter} sets it." if letter in LETTERS else ""
            self.tell(messages.WithKeys(f"There is no mark {letter}: {have}{sets}"))

    async def _ask_mark(self, question: str, *, also: str = "", hint: str = "") -> str | None:
        assert self.page is not None
        article_id = self.page.article.id
        marks = await self.ask_store(self.work.run(lambda library: marks_of(library, article_id)))
        if marks is None:
            return None
        options = [
            Option(mark.letter, displayed(" ".join(mark.words.split())), mark.letter)
            for mark in marks
        ]
        if not options and not hint:
            question, hint = self.say(messages.NO_MARKS), "press a letter · esc cancels"
        return await self.app.push_screen_wait(
            PickScreen(question, options, self.palette, also=also, hint=hint or HINT)
        )

    # The web address

    @work(exclusive=True, group="dialog")
    async def action_open_url(self) -> None:
        """Show the article's address whole; open it when asked."""
        if self.page is None:
            await self.refuse(messages.NO_ARTICLE, Expects.KEY)
            return
        url = self.page.article.summary.url
        if not url:
            await self.refuse("This article has no web address.", Expects.KEY)
            return
        can_open = self.app.is_web or has_browser()
        answer = await self.app.push_screen_wait(AddressScreen(url, can_open=can_open))
        if answer == "open":
            self.app.open_url(url.strip())
            self.tell("The browser was asked to open it.")
        elif answer == "copy":
            self.app.copy_to_clipboard(displayed(url))
            self.tell("Sent to the clipboard.")
