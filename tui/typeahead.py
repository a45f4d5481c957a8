"""Keys that come faster than dialogs open and close: each reaches the screen it was typed for.

A dialog is opened by a worker and closed by a message, which both take a moment. Keys that are
typed quickly, or come together over a slow line, are meanwhile on their way to the screen that
was on top when they came in. Textual would look them up there, or hand a menu that has answered
a second answer, which ends the program.
"""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary

from textual import events
from textual.app import App
from textual.screen import ModalScreen, Screen

from tui.widgets.scrolled import ScrolledPane

DIALOG = "dialog"
"""The group of the workers that open a dialog and do what it answers, if that is quick."""
LEAVING = "leaving"
"""The group of the workers that close what lies over the main screen, then do something there."""

_LOOK_AGAIN = 0.002
"""Seconds between looks at whether a dialog is there; none of them is felt."""


class TypeAheadApp(App[None]):
    """An application that answers keys strictly in their order."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed_in: WeakKeyDictionary[events.Key, Screen[object]] = WeakKeyDictionary()

    async def on_event(self, event: events.Event) -> None:
        """Remember where a key was typed."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._typed_in[event] = self.screen
            if self.app_focus and isinstance(self.focused, ScrolledPane):
                # A pane takes no keys but by its bindings, and neither does what it stands in:
                # the way up through all of them would take longer than what most keys do.
                first = self._bindings.key_to_bindings.get(event.key, ())
                urgent = any(binding.priority for binding in first)
                if not (urgent and await self._check_bindings(event.key, priority=True)):
                    self.screen._forward_event(event)
                return
        await super().on_event(event)

    async def on_key(self, event: events.Key) -> None:
        """Before a key is looked up: wait until what the keys before it asked for is there.

        A key that was typed in another screen than the one that is then on top is typed again.
        """
        while self._busy():
            await asyncio.sleep(_LOOK_AGAIN)
        if self._typed_in.pop(event, self.screen) is not self.screen:
            event.prevent_default()
            self.post_message(events.Key(event.key, event.character))

    def _busy(self) -> bool:
        """Whether a dialog is on its way to the screen, or its answer on its way to the store."""
        top = self.screen
        if any(one.group == LEAVING and not one.is_finished for one in self.workers):
            return True
        if not top.is_mounted or getattr(top.focused, "given", False):
            return True
        if getattr(top, "dialog_due", False):  # a view has been asked for one
            return True
        if len(self.screen_stack) > 1 and not isinstance(top, ModalScreen):
            return False  # a view says itself how far it is, and can be stopped
        opening = (one for one in self.workers if one.group == DIALOG and not one.is_finished)
        return any(one.node is top or len(self.screen_stack) == 1 for one in opening)
