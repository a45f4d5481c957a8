"""The command palette: every command of the reader by its name, with its keys."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from tui.commands import COMMANDS, Command, Context


class CommandsProvider(Provider):
    """The declared commands; of each palette that is opened, at most one is run."""

    _ran = False

    def _commands(self) -> list[Command]:
        modal = (Context.SPAN, Context.FILTER)
        seen: dict[str, Command] = {}
        for command in COMMANDS:
            if command.context not in modal:
                seen.setdefault(command.action, command)
        return list(seen.values())

    def _title(self, command: Command) -> str:
        return f"{command.label} ({', '.join(command.shown_keys)})"

    async def _run(self, command: Command) -> None:
        # Enter twice in quick succession selects twice.
        if self._ran:
            return
        self._ran = True
        for target in (self.focused, self.screen):
            if target is not None and hasattr(target, f"action_{command.action}"):
                await self.app.run_action(command.action, target)
                return

    async def discover(self) -> Hits:
        """All commands, in the order of the help."""
        for command in self._commands():
            yield DiscoveryHit(
                self._title(command), lambda c=command: self._run(c), help=command.help
            )

    async def search(self, query: str) -> Hits:
        """The commands whose name or sentence fits."""
        matcher = self.matcher(query)
        for command in self._commands():
            title = self._title(command)
            score = max(matcher.match(title), matcher.match(command.help) * 0.8)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(title),
                    lambda c=command: self._run(c),
                    help=command.help,
                )


class Palette(CommandPalette):
    """Textual's palette, which may be told twice to close."""

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Close it, unless it is closed."""
        return super().dismiss() if self.is_current else AwaitComplete()
