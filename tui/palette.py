"""The command palette: every command by its name, with its keys; what works here comes first."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from tui.commands import Command, Context
from tui.keymap import keys_of, together
from tui.screens.own import OwnScreen

_RECENT = 5
"""How many commands that were run before stand above the others."""
_ELSEWHERE = 0.8
"""What a match is worth when its command works in another pane."""
_PANES = (Context.LIBRARY, Context.READER, Context.CLAIMS, Context.ANNOTATE, Context.EVERYWHERE)
"""Where a command can be run from the palette; the others have a screen of their own."""


class CommandsProvider(Provider):
    """The declared commands; of each palette that is opened, at most one is run."""

    _ran = False

    @property
    def _here(self) -> tuple[Context, ...]:
        screen = self.screen
        return together(screen.here) if isinstance(screen, OwnScreen) else ()

    @property
    def _recent(self) -> list[str]:
        """The commands run last, by their binding ids; the application keeps them."""
        found: list[str] = getattr(self.app, "recent", [])
        return found

    def _commands(self) -> list[Command]:
        """Those run last, those of this pane, those of other panes, those of other screens."""
        here, recent = self._here, self._recent

        def rank(command: Command) -> tuple[int, int]:
            if command.binding_id in recent:
                return 0, recent.index(command.binding_id)
            if command.context in here:
                return (2 if command.context is Context.EVERYWHERE else 1), 0
            return (3 if command.context in _PANES else 4), 0

        found: dict[str, Command] = {}
        for command in sorted(keys_of(self.app).commands, key=rank):
            found.setdefault(command.action, command)
        return list(found.values())

    def _title(self, command: Command) -> str:
        where = "" if command.context in self._here else f"  · {command.context}"
        return f"{command.label} ({', '.join(command.shown_keys)}){where}"

    async def _run(self, command: Command) -> None:
        # Enter twice in quick succession selects twice.
        if self._ran:
            return
        self._ran = True
        recent = self._recent
        others = [one for one in recent if one != command.binding_id]
        recent[:] = [command.binding_id, *others][:_RECENT]
        if isinstance(self.screen, OwnScreen):
            await self.screen.run_command(command)

    async def discover(self) -> Hits:
        """All commands."""
        for command in self._commands():
            yield DiscoveryHit(
                self._title(command), lambda c=command: self._run(c), help=command.help
            )

    async def search(self, query: str) -> Hits:
        """The commands whose name, sentence or id fits."""
        matcher = self.matcher(query)
        here = self._here
        for command in self._commands():
            title = self._title(command)
            score = max(
                matcher.match(title),
                matcher.match(command.help) * 0.8,
                matcher.match(command.id) * 0.7,
            )
            if score > 0:
                yield Hit(
                    score if command.context in here else score * _ELSEWHERE,
                    matcher.highlight(title),
                    lambda c=command: self._run(c),
                    help=command.help,
                )


class Palette(CommandPalette):
    """Textual's palette, which may be told twice to close."""

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Close it, unless it is closed."""
        return super().dismiss() if self.is_current else AwaitComplete()
