"""Keys that come faster than dialogs open and close: each reaches the screen it was typed for.

A dialog is opened by a worker and closed by a message, which both take a moment. Keys that are
typed quickly, or come together over a slow line, are meanwhile on their way to the screen that
was on top when they came in. Textual would look them up there, or hand a menu that has answered
a second answer, which ends the program.
"""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary, WeakSet

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.worker import Worker

DIALOG = "dialog"
"""The group of the workers that open a dialog."""


class TypeAheadApp(App[None]):
    """An application that answers keys strictly in their order."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed_in: WeakKeyDictionary[events.Key, Screen[object]] = WeakKeyDictionary()
        self._opened: WeakSet[Worker[object]] = WeakSet()
        """Workers whose first dialog has been on the screen, if they had one."""

    async def on_event(self, event: events.Event) -> None:
        """Remember where a key was typed; before a click, all dialogs are open."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._typed_in[event] = self.screen
        elif isinstance(event, events.MouseDown):
            self._opened.update(self.workers)
        await super().on_event(event)

    async def on_key(self, event: events.Key) -> None:
        """Before a key is looked up: wait for the dialog that the one before it asked for.

        A key that was typed in another screen than the one that is then on top is typed again.
        """
        while self._opening():
            await asyncio.sleep(0)
        self._opened.update(self.workers)
        if self._typed_in.pop(event, self.screen) is not self.screen:
            event.prevent_default()
            self.post_message(events.Key(event.key, event.character))

    def _opening(self) -> bool:
        """Whether a dialog is on its way to the screen."""
        if len(self.screen_stack) > 1:
            return not self.screen.is_mounted
        return any(
            one.group == DIALOG and not one.is_finished and one not in self._opened
            for one in self.workers
        )
