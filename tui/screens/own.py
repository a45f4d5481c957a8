"""What makes the program a person's own: its keys and their help, its colours, its scheme."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from textual import work
from textual.message import Message
from textual.widget import Widget

from tui import messages
from tui.commands import Command, Context
from tui.highlight import Colouring
from tui.keymap import together
from tui.keynames import show_key
from tui.looks import LOOKS
from tui.screens.pick import Option, PickScreen
from tui.screens.refusal import Expects, RefusalScreen
from tui.screens.sheet import SheetScreen, help_sheet, legend_sheet
from tui.screens.views import ViewsScreen

_FILE = re.compile(r"^[^:]*config\.toml, (?=line )")

_ANSWERED = {
    **dict.fromkeys(("relabel", "set-side", "set-stance", "set-certainty"), Expects.KEY),
    **dict.fromkeys(("new-claim", "set-mark", "go-to-mark"), Expects.KEY),
    **dict.fromkeys(("set-speaker", "note", "tags", "new-span-claim", "respan"), Expects.LINE),
}
"""Commands that are answered, with what: where they do nothing, their answers do nothing either."""


class OwnScreen(ViewsScreen):
    """The screen with the help, the legend, the guidelines and the colours."""

    @dataclass
    class TutorialWanted(Message):
        """The library is to be closed, and opened again after the tutorial."""

    @property
    def here(self) -> Context:
        """The context of the pane in use."""
        if self.focused is self.library:
            return Context.LIBRARY
        return Context.CLAIMS if self.focused is self.panel else Context.READER

    def tell_of_settings(self) -> None:
        """Say what is wrong in the configuration, once the library is open."""
        problems = self._config_problems()
        if problems:
            lists = f"{self.keys.key('help')} lists {'them' if problems[1:] else 'it'}"
            faults = f"{len(problems)} fault{'s' if problems[1:] else ''} in config.toml"
            self.tell(f"{faults} ({lists}): {problems[0]}", error=True)

    def _config_problems(self) -> list[str]:
        """What is wrong in the configuration, without the folder, which would fill the line."""
        found: tuple[str, ...] = getattr(self.app, "config_problems", ())
        return [_FILE.sub("", one) for one in found]

    def tell_unbound(self, key: str) -> bool:
        """Say that a key does nothing here, and where it does something.

        Gives whether what is typed behind it is kept from being read as keys.
        """
        here, keys = self.here, self.keys
        if keys.at(key, *together(here)) is not None:
            return False
        words = f"{show_key(key)} does nothing in the {here}."
        for context in (Context.READER, Context.CLAIMS, Context.LIBRARY, Context.ANNOTATE):
            command = keys.at(key, context)
            if command is not None:
                pane = Context.READER if context is Context.ANNOTATE else context
                words += f" In the {pane}: {command.label}."
                break
        self.tell(f"{words} {keys.key('help')} lists the keys.")
        expects = _ANSWERED.get(command.id) if command is not None else None
        if expects is not None:
            self.app.push_screen(RefusalScreen(words, expects))
        return expects is not None

    async def run_command(self, command: Command) -> None:
        """Do what a command does, in the pane where it works."""
        pane: Widget | None = self.focused
        if command.context is Context.LIBRARY:
            pane = self.library
        elif command.context is Context.CLAIMS:
            pane = self.panel
        elif command.context in (Context.READER, Context.ANNOTATE) and pane is self.library:
            pane = self.reader
        if pane is not None and pane is not self.focused:
            self.focus_pane(pane)
        for target in (pane, self):
            if target is not None and hasattr(target, f"action_{command.action}"):
                await self.app.run_action(command.action, target)
                return
        self.tell(f"“{command.label}” works in: {command.context}.")

    @work(exclusive=True, group="dialog")
    async def action_help(self) -> None:
        """List the keys that work here, first those of the pane in use."""
        here = self.here
        contexts = [here]
        if here is not Context.LIBRARY:
            contexts.append(Context.ANNOTATE)
        contexts.append(Context.EVERYWHERE)
        contexts.extend(context for context in Context if context not in contexts)
        await self.app.push_screen_wait(
            SheetScreen(
                f"Keys in the {here}",
                help_sheet(contexts, self.palette, self.keys, problems=self._config_problems()),
            )
        )

    @work(exclusive=True, group="dialog")
    async def action_legend(self) -> None:
        """Explain the letters, colours and signs."""
        await self.app.push_screen_wait(
            SheetScreen("Legend", legend_sheet(self.sides, self.records, self.palette))
        )

    @work(exclusive=True, group="dialog")
    async def action_guidelines(self) -> None:
        """Read what a claim is, and each type."""
        from tui.screens.guidelines import guidelines_sheet

        await self.app.push_screen_wait(SheetScreen("Guidelines", guidelines_sheet(self.palette)))

    def action_palette(self) -> None:
        """Find any command by its name."""
        self.app.action_command_palette()

    async def action_tutorial(self) -> None:
        """Close the library, and open it again after the tutorial."""
        await self.remember_position()
        self.post_message(self.TutorialWanted())

    async def action_blind(self) -> None:
        """Hide outlet, byline, address and sides, or show them again."""
        if self.opened is None:
            return
        await self.remember_position()
        self.work.blind = not self.work.blind
        if self.work.blind:
            self.colouring = Colouring.TYPE
            self.chosen = replace(
                self.chosen,
                side=frozenset(),
                speaker=frozenset(),
                query="",  # may ask for a side
                fitting=frozenset(),
            )
            self.forget_hidden()
        here, claim_id = self.page, self.claim_id
        await self.list_again()
        if here is not None:
            await self.open_article(here.article.id, claim_id=claim_id)
            self.library.go_to(self.library.index_of(here.article.id) or 0, tell=False)
        self.show_title()
        self.tell(messages.BLIND if self.work.blind else messages.NOT_BLIND)

    @work(exclusive=True, group="dialog")
    async def action_theme(self) -> None:
        """Choose the colours."""
        known = [look for look in LOOKS if look.theme in self.app.available_themes]
        ours = {look.theme for look in known}
        options = [
            Option(key, look.name, look.theme, look.words)
            for key, look in zip("dlcbgtw", known, strict=True)
        ]
        others = sorted(name for name in self.app.available_themes if name not in ours)
        keys = (key for key in "aefhijkmnopqrsuvxyz0123456789")
        options += [Option(key, name, name) for key, name in zip(keys, others, strict=False)]
        picked = await self.app.push_screen_wait(
            PickScreen("Colours", options, self.palette, self.app.theme)
        )
        if picked:
            self.app.theme = picked
            self.keep_setting("theme", picked)
