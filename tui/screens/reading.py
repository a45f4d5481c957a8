"""The three panes: what they show, and how one current sentence and claim binds them."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from claims.codebook import BASE
from claims.model import Claim, Span
from claims.text import displayed
from store.wording import day
from tui import messages
from tui.claim_index import ClaimIndex, in_text_order
from tui.compositor import ChangesCompositor
from tui.highlight import Colouring, Highlights, looks_the_same, side_key
from tui.looks import look
from tui.screens.telling import TellingScreen
from tui.themes import Depth, Palette
from tui.widgets.claims_panel import ClaimsPanel
from tui.widgets.detail import Detail
from tui.widgets.foot import Foot
from tui.widgets.library_pane import LibraryPane
from tui.widgets.lines import LineList
from tui.widgets.painting import Emphasis
from tui.widgets.reader import Page, ReaderView
from tui.widgets.words import Words

if TYPE_CHECKING:
    from claims.profile import Profile, Side
    from store.db import Library
    from store.records import ArticleSummary, ClaimRecord
    from tui.work import Loaded, Work

T = TypeVar("T")
_MANY = 2000
"""Claims that make an article a long one."""


class ReadingScreen(TellingScreen):
    """Library, reader and claims panel; one current sentence and one current claim for all."""

    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it without ClassVar
        (0, "-tiny"),
        (64, "-narrow"),
        (104, "-wide"),
        (150, "-vast"),
    ]

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._compositor = ChangesCompositor()
        self.profile: Profile | None = None
        self.shown_index = ClaimIndex()
        """The claims that pass the filter."""
        self.sentence = 0
        self.claim_id: str | None = None
        self.matches: Sequence[Span] = ()
        self.match: int | None = None
        self.editing: Claim | None = None
        """The claim as it would be, while its spans are moved."""
        self.edge: int | None = None
        self._frozen = False
        self.ghosts: Mapping[int, str] = {}
        """The digits before the spans that are offered, while spans are moved."""

    # What is on the screen

    def compose(self) -> ComposeResult:
        """Title, panes, detail, status, keys."""
        yield Words(id="title")
        with Horizontal(id="panes"):
            yield LibraryPane(id="library")
            with Vertical(id="right"):
                with Horizontal(id="reading"):
                    yield ReaderView(id="reader")
                    yield ClaimsPanel(id="claims")
                yield Detail(id="detail")
        yield Words(id="status")
        yield Foot()

    @property
    def library(self) -> LibraryPane:
        """The list of articles."""
        return self.query_one(LibraryPane)

    @property
    def reader(self) -> ReaderView:
        """The text."""
        return self.query_one(ReaderView)

    @property
    def panel(self) -> ClaimsPanel:
        """The list of claims."""
        return self.query_one(ClaimsPanel)

    @property
    def records(self) -> list[ClaimRecord]:
        """All claims of the article, in the order of the text; whoever changes them sets it."""
        return self.index.records

    @records.setter
    def records(self, records: Sequence[ClaimRecord]) -> None:
        self.index = ClaimIndex(sorted(records, key=in_text_order))

    @property
    def shown(self) -> list[ClaimRecord]:
        """The claims that pass the filter, in the order of the text."""
        return self.shown_index.records

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides of the conflict that the article is about."""
        return self.profile.sides if self.profile and not self.work.blind else ()

    def on_mount(self) -> None:
        """Take the colours; the library is opened by the application after the first frame."""
        self.take_colours()
        self.reader.blank_words = (messages.OPENING,)
        orders = bool(getattr(self.app, "orders_letters", False))
        for one in (self.reader, self.library, self.panel):
            one.orders_letters = orders
        self.reader.focus()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.take_colours())

    def take_colours(self) -> None:
        """Make the palette from the theme, the terminal's colours and the article's sides."""
        variables = self.app.theme_variables
        theme = self.app.current_theme
        depth = self._depth()
        self.palette = Palette(
            dark=theme.dark,
            depth=depth,
            foreground=variables.get("foreground", "#D8D8D2"),
            background=variables.get("background", "#15171A"),
            accent=variables.get("accent", "#E69F00"),
            sides=self.sides,
            codebook=self.opened.codebook if self.opened else BASE,
            look=look(theme.name, dark=theme.dark),
        )
        for pane in (self.library, self.panel):
            pane.palette = self.palette
            pane.refresh()
        plain = depth is Depth.NONE
        self.reader.side_signs = (
            {side_key(side.id): side.tag[:1].lower() for side in self.sides} if plain else {}
        )
        self.reader.set_palette(self.palette)
        self._show_detail()
        self.show_title()

    def _depth(self) -> Depth:
        if self.app.no_color:
            return Depth.NONE
        system = self.app.console.color_system
        if self.app.current_theme.ansi or system == "standard":
            return Depth.SIXTEEN
        return Depth.TRUE if system == "truecolor" else Depth.MANY

    # An article

    async def open_article(
        self, article_id: int, *, claim_id: str | None = None, stay: bool = False
    ) -> bool:
        """Show an article where it was left; False when the store could not give it.

        `stay`: whoever looks at the library goes on looking at it.
        """
        await self.remember_position()
        loaded = await self.ask_store(self.work.load(article_id, self.chosen.query))
        if loaded is None:
            return False
        self._take_article(loaded, stay=stay)
        if claim_id is not None:
            self.go_to_claim(claim_id)
        else:
            self.go_to_sentence(loaded.article.position)
        # How far the panes can scroll is known once they are laid out: only then is the place
        # that was left far down in the article to be reached.
        self.call_after_refresh(self._reveal_place)
        if not self.app.is_headless and (not self._frozen or len(self.records) > _MANY):
            # What is there now stays: looking through it for garbage again and again would stop
            # the keys for a while, most of all with the claims of a long article.
            self._frozen = True
            self.call_after_refresh(gc.freeze)
        return True

    def _take_article(self, loaded: Loaded, *, stay: bool) -> None:
        article = loaded.article
        summary = article.summary
        byline = f"by {summary.byline}" if summary.byline else ""
        about = " · ".join(x for x in (summary.outlet or "", day(summary.date), byline) if x)
        head = [(displayed(summary.title), "title"), (displayed(about), "muted")]
        head.extend((displayed(note), "odd") for note in article.notes)
        self.profile = loaded.profile
        self.page = Page.of(article, [line for line in head if line[0]])
        self.records = list(loaded.claims)
        self.panel.disputes, self.panel.outlet = loaded.disputes, summary.outlet
        self.panel.folded.clear()
        self.matches, self.match = (), None
        self.editing, self.edge, self.ghosts = None, None, {}
        self.sentence, self.claim_id = 0, None
        self.take_colours()
        self.chosen = replace(self.chosen, fitting=loaded.fitting)
        self._choose_shown()
        self.reader.show(self.page, Highlights(self.shown_index, self.colouring))
        self._show_claims()
        self.library.open_article = article.id
        self.library.refresh()
        self.add_class("-article")
        if not (stay and self.focused is self.library):
            self.remove_class("-library-open", "-library-whole")
        self.show_title()
        for note in article.notes:
            self.tell(note)

    async def remember_position(self) -> None:
        """Keep the place in the article that is being left."""
        page, opened = self.page, self.opened
        if page is None or opened is None or opened.readonly:
            return
        article_id, sentence = page.article.id, self.sentence

        def left(library: Library) -> ArticleSummary:
            library.articles.remember(article_id, sentence)
            return library.articles.summary(article_id)

        summary = await self.ask_store(self.work.run(left))
        if summary is not None:
            self.library.replace(summary)

    # Claims

    def _choose_shown(self) -> None:
        passing = self.records
        if self.chosen:
            passing = [record for record in passing if self.chosen.passes(record)]
        self.shown_index = ClaimIndex(list(passing))

    def _show_claims(self) -> None:
        tags = {side.id: side.tag for side in self.sides}
        text = self.page.text if self.page else ""
        self.panel.show(self.shown, text, tags, filtered=bool(self.chosen))

    def claims_changed(self) -> None:
        """The records, the filter or the colouring have changed: show them anew."""
        self._choose_shown()
        self.reader.set_highlights(Highlights(self.shown_index, self.colouring))
        self._show_claims()
        self._follow()
        self.show_title()

    def claim_changed(self, record: ClaimRecord) -> bool:
        """Show one claim as it is now; False when it is no more where it was, or was not there."""
        old = self.index.get(record.id)
        if old is None or self.chosen.passes(old) != self.chosen.passes(record):
            return False
        if not self.index.replace(record):
            return False
        if self.shown_index.replace(record):
            if not looks_the_same(old, record):
                self.reader.claim_changed(Span(record.claim.start, record.claim.end))
            self.panel.claim_changed(record.id)
        return True

    @property
    def record(self) -> ClaimRecord | None:
        """The current claim."""
        return self.shown_index.get(self.claim_id)

    def in_sentence(self, number: int) -> list[ClaimRecord]:
        """The shown claims whose content is, at least in part, in a sentence."""
        if self.page is None:
            return []
        return self.shown_index.overlapping(self.page.index.span(number))

    # Moving: one place for the three panes

    def go_to_sentence(self, number: int) -> None:
        """Make a sentence current, and its first claim with it."""
        if self.page is None:
            return
        self.sentence = max(0, min(number, len(self.page.index) - 1))
        here = self.in_sentence(self.sentence)
        begun = [r for r in here if self._begins_in(r, self.sentence)]
        if self.claim_id not in {record.id for record in here}:
            first = next(iter(begun or here), None)
            self.claim_id = first.id if first else None
        self._follow()

    def _begins_in(self, record: ClaimRecord, number: int) -> bool:
        assert self.page is not None
        span = self.page.index.span(number)
        return span.start <= record.claim.start < span.end

    def go_to_claim(self, claim_id: str | None) -> None:
        """Make a claim current, and its sentence with it."""
        record = self.shown_index.get(claim_id)
        if record is None or self.page is None:
            return
        self.claim_id = record.id
        self.sentence = self.page.index.at(record.claim.start)
        self._follow()

    def _follow(self, *, reveal: bool = True) -> None:
        """Bring the three panes and the detail to the current sentence and claim."""
        if self.page is None:
            return
        record = self.record
        if record is None:
            self.claim_id = None
        claim = self.editing or (record.claim if record else None)
        self.reader.set_emphasis(
            Emphasis(
                parts=tuple(claim.spans()) if claim else (),
                matches=self.matches,
                match=self.match,
                edge=self.edge,
                ghosts=self.ghosts,
                current=self.page.index.span(self.sentence),
            )
        )
        if reveal:
            self.reader.reveal(self._in_view())
        nearest = self._nearest() if self.record is None else None
        claim_id = self.claim_id if nearest is None else self.shown[nearest].id
        place = self.panel.index_of(claim_id)
        if place is not None:
            self.panel.go_to(place, tell=False)
        self._show_detail()

    def _reveal_place(self) -> None:
        """Scroll to where one is, wherever a key that came meanwhile has led."""
        if self.page is not None:
            self.reader.reveal(self._in_view())
            self.panel.go_to(self.panel.cursor, tell=False)

    def _in_view(self) -> Span:
        """What should be seen: the sentence, with the whole of a claim that begins in it."""
        assert self.page is not None
        span = self.page.index.span(self.sentence)
        record = self.record
        if record is not None and span.start <= record.claim.start < span.end:
            return Span(span.start, max(span.end, record.claim.end))
        return span

    def _nearest(self) -> int | None:
        """The first claim at or after the current sentence, where the panel should stand."""
        assert self.page is not None
        return self.shown_index.place_at(self.page.index.span(self.sentence).start)

    def _show_detail(self) -> None:
        names = {side.id: side.name for side in self.sides}
        tags = {side.id: side.tag for side in self.sides}
        self.query_one(Detail).show_claim(
            self.record,
            self.palette,
            names,
            tags,
            empty=self.say(messages.NO_CLAIM) if self.page else "",
        )

    def on_resize(self) -> None:
        """What is cut to the width is cut anew, and the place stays in view."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.show_title()
        self._show_said()
        # The text keeps what is looked at in its place itself.
        self._follow(reveal=False)

    @on(ReaderView.Clicked)
    def _text_clicked(self, message: ReaderView.Clicked) -> None:
        if self.page is None:
            return
        here = self.shown_index.overlapping(Span(message.offset, message.offset + 1))
        self.claim_id = min(here, key=lambda r: r.claim.end - r.claim.start).id if here else None
        self.go_to_sentence(self.page.index.at(message.offset))

    @on(LineList.Moved, "#claims")
    def _panel_moved(self, message: LineList.Moved) -> None:
        if record := self.panel.record_at(message.index):
            self.go_to_claim(record.id)

    @on(LineList.Chosen, "#claims")
    def _panel_chosen(self, message: LineList.Chosen) -> None:
        if record := self.panel.record_at(message.index):
            self.go_to_claim(record.id)
        else:
            self.panel.fold(message.index)

    @on(LineList.Chosen, "#library")
    async def _library_chosen(self, message: LineList.Chosen) -> None:
        article = self.library.at(message.index)
        if article is None:
            return
        await self.opened_by_hand(article)
        if await self.open_article(article.id):
            self.reader.focus()
            self.opened_from_library()

    async def opened_by_hand(self, article: ArticleSummary) -> None:
        """A person opens an article: the screen with the library keeps that."""

    def opened_from_library(self) -> None:
        """An article was chosen in the library and is open."""

    # What is kept

    def action_colouring(self) -> None:
        """Colour by claim type, or by the side of the source."""
        by_type = self.colouring is Colouring.TYPE
        self.colouring = Colouring.SIDE if by_type else Colouring.TYPE
        self.reader.set_highlights(Highlights(self.shown_index, self.colouring))
        self.tell(f"Colours show the {'side of the source' if by_type else 'type of the claim'}.")
        self.keep_setting("colouring", self.colouring)

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a choice for the next time; a library that is read-only keeps none."""
        if self.opened is not None and not self.opened.readonly:
            self.run_worker(
                self.ask_store(self.work.run(lambda library: library.set_setting(name, value))),
                exit_on_error=False,
            )
