"""The tutorial's screen: the reader itself, with a lesson above the status line that looks on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from store.outcomes import Outcome
from tui.screens.deciding import Change
from tui.screens.main import MainScreen
from tui.tutorial import LESSONS, STEP, Lesson
from tui.work import Opened

_SKIP = "f2"


class LessonPane(Static):
    """What to try now."""

    DEFAULT_CSS = """
    LessonPane {
        height: auto; max-height: 6; padding: 0 1; background: $panel;
        border-top: solid $accent; color: $foreground;
    }
    """


class TutorialScreen(MainScreen):
    """The reader with a lesson; a lesson is done when what it asks for was really done."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(_SKIP, "skip_lesson", "skip", show=False)]

    @dataclass
    class Finished(Message):
        """The last lesson was reached."""

    step = 0
    _begun_at: str | None = None

    def on_mount(self) -> None:
        """Put the lesson above the status line."""
        self.did: set[str] = set()
        self.mount(LessonPane(id="lesson", markup=False), before="#status")

    @property
    def lesson(self) -> Lesson:
        """The lesson at hand."""
        return LESSONS[self.step]

    async def take_library(self, opened: Opened) -> None:
        """Go on with the lesson that was left."""
        await super().take_library(opened)
        kept = await self.work.run(lambda library: library.setting(STEP, "0"))
        done = int(kept) if kept and kept.isdigit() else 0
        self._begin(min(done, len(LESSONS) - 1))

    def _begin(self, step: int) -> None:
        self.step = step
        self.did.clear()
        self._begun_at = self.claim_id
        words = Text(no_wrap=False)
        words.append(f"Tutorial {step + 1} of {len(LESSONS)} · {self.lesson.title}\n", "bold")
        words.append(self.keys.fill(self.lesson.words))
        if step < len(LESSONS) - 1:
            words.append(
                self.keys.fill(f"   {_SKIP} skips · {{quit}} leaves, to go on another time")
            )
        self.query_one(LessonPane).update(words)
        self.keep_setting(STEP, str(step))
        if step == len(LESSONS) - 1:
            self.post_message(self.Finished())

    def on_idle(self) -> None:
        """Look whether the lesson is done, whenever there is nothing else to do."""
        if self.opened is None or not self.is_mounted or not self.query(LessonPane):
            return
        if self.step < len(LESSONS) - 1 and self._is_done():
            title = self.lesson.title
            self._begin(self.step + 1)
            self.tell(f"✓ {title}")

    def _is_done(self) -> bool:
        looks: dict[str, Callable[[], bool]] = {
            "read": lambda: self.sentence >= 4,
            "claim": lambda: self.claim_id is not None and self.claim_id != self._begun_at,
            "accept": lambda: "accept" in self.did,
            "reject": lambda: "reject" in self.did,
            "relabel": lambda: "edit" in self.did,
            "undo": lambda: "undo" in self.did,
            "new": lambda: "add" in self.did,
            "span": lambda: "part" in self.did,
            "filter": lambda: bool(self.chosen),
            "all": lambda: not self.chosen,
            "search": lambda: bool(self.matches),
            "export": lambda: "export" in self.did,
        }
        return looks[self.lesson.id]()

    def action_skip_lesson(self) -> None:
        """Go on without having done it."""
        if self.step < len(LESSONS) - 1:
            self._begin(self.step + 1)

    # What was done

    async def decide(
        self, change: Change, *, nothing: str = "", onward: str | None = None
    ) -> Outcome | None:
        """Take the decision, and remember for the lesson what it was."""
        outcome = await super().decide(change, nothing=nothing, onward=onward)
        if outcome is not None and outcome.batch:
            self.did.add(outcome.action)
            if outcome.action == "add" and self.page is not None:
                sentences = {sentence.span for sentence in self.page.article.sentences}
                made = [span for record in outcome.records for span in record.claim.content]
                if any(span not in sentences for span in made):
                    self.did.add("part")
        return outcome

    def exported(self) -> None:
        """An export was written."""
        self.did.add("export")
