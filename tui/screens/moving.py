"""Moving through an article and between the panes."""

from __future__ import annotations

from collections.abc import Callable

from textual import work
from textual.widget import Widget

from store.records import ClaimRecord
from tui import messages
from tui.screens.reading import ReadingScreen
from tui.typeahead import DIALOG, LEAVING


class MovingScreen(ReadingScreen):
    """The reading screen with every command that moves."""

    # Motion in the text

    def action_next_sentence(self) -> None:
        """Next sentence."""
        self.go_to_sentence(self.sentence + 1)

    def action_previous_sentence(self) -> None:
        """Previous sentence."""
        self.go_to_sentence(self.sentence - 1)

    def _by_rows(self, share: float) -> None:
        """Scroll by a share of the pane and take the current sentence along."""
        if self.page is None:
            return
        reader = self.reader
        height = max(1, reader.scrollable_content_region.height)
        before = reader.scroll_offset.y
        target = before + round(share * height)
        reader.scroll_to(y=target, animate=False, immediate=True)
        if reader.scroll_offset.y == before:
            self.go_to_sentence(len(self.page.index) - 1 if share > 0 else 0)
            return
        offset = reader.offset_in_view(0.25 if share > 0 else 0.5)
        if offset is not None:
            self.go_to_sentence(self.page.index.at(offset))

    def action_page_down(self) -> None:
        """One page down."""
        self._by_rows(0.9)

    def action_page_up(self) -> None:
        """One page up."""
        self._by_rows(-0.9)

    def action_half_down(self) -> None:
        """Half a page down."""
        self._by_rows(0.5)

    def action_half_up(self) -> None:
        """Half a page up."""
        self._by_rows(-0.5)

    def action_top(self) -> None:
        """Beginning of the article."""
        self.go_to_sentence(0)

    def action_bottom(self) -> None:
        """End of the article."""
        if self.page is not None:
            self.go_to_sentence(len(self.page.index) - 1)

    def _step_claim(self, step: int, wanted: Callable[[ClaimRecord], bool] | None = None) -> bool:
        """Go to the next claim in a direction that is wanted, around the end; False if none."""
        if not self.shown:
            return False
        place = self.panel.rank_of(self.claim_id)
        if place is None:
            nearest = self._nearest()
            place = len(self.shown)
            if nearest is not None:
                place = self.panel.rank_of(self.shown[nearest].id) or 0
            place -= step > 0
        count = len(self.shown)
        for distance in range(1, count + 1):
            index = (place + step * distance) % count
            record = self.panel.ranked(index)
            if wanted is None or wanted(record):
                self.go_to_claim(record.id)
                return True
        return False

    def action_next_claim(self) -> None:
        """Next claim."""
        if not self._step_claim(1):
            self.tell(messages.NO_CLAIM)

    def action_previous_claim(self) -> None:
        """Previous claim."""
        if not self._step_claim(-1):
            self.tell(messages.NO_CLAIM)

    def next_undecided(self) -> None:
        """Go to the next claim of the article that waits for a decision."""
        if not self._step_claim(1, lambda record: not record.status.decided):
            self.tell(messages.ALL_DECIDED)

    # Panes

    def focus_pane(self, pane: Widget) -> None:
        """Go to a pane; one that is hidden for lack of room is laid over the others."""
        self.set_class(pane is self.library, "-library-open")
        self.set_class(pane is self.panel, "-claims-open")
        if pane is not self.library:
            self.remove_class("-library-whole")
        # At once: a key typed right behind is meant for this pane.
        self.set_focus(pane)

    def action_show_library(self) -> None:
        """Go to the library."""
        self.focus_pane(self.library)

    def action_show_reader(self) -> None:
        """Go to the text."""
        self.focus_pane(self.reader)

    def action_show_claims(self) -> None:
        """Go to the claims."""
        self.focus_pane(self.panel)

    def _cycle(self, step: int) -> None:
        panes: list[Widget] = [self.library, self.reader, self.panel]
        focused = self.focused if self.focused in panes else self.reader
        self.focus_pane(panes[(panes.index(focused) + step) % len(panes)])

    def action_focus_next(self) -> None:
        """Next pane."""
        self._cycle(1)

    def action_focus_previous(self) -> None:
        """Previous pane."""
        self._cycle(-1)

    @work(group=LEAVING)
    async def go_over(self, command_id: str) -> None:
        """Close the views that lie over this screen, then do what one of its commands does."""
        from tui.screens.overview import OverviewScreen

        while isinstance(view := self.app.screen, OverviewScreen):
            view.dismiss(None)
        # What opened the view shows what was decided there before anything else is opened.
        opened = [one for one in self.app.workers if one.group == DIALOG]
        if opened:
            await self.app.workers.wait_for_complete(opened)
        await self.app.run_action(command_id.replace("-", "_"), self)
