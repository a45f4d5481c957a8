"""The Textual application: opens the library after the first frame, and leaves cleanly."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual import events, work
from textual.actions import ActionParseResult
from textual.app import SuspendNotSupported, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen

from claims.text import displayed
from store import config
from store.config import Config
from store.errors import ConfigError, LibraryLocked
from tui import messages
from tui.commands import NO_KEY, Context
from tui.compositor import paint
from tui.keymap import DEFAULT, NONE, Keymap, keymap
from tui.keynames import show_key
from tui.looks import LOOKS, theme_of
from tui.palette import CommandsProvider, Palette
from tui.screens.main import MainScreen
from tui.screens.pick import Option, PickScreen
from tui.signals import Signals
from tui.themes import DEFAULT_THEME, PLAIN_THEME, THEMES
from tui.typeahead import TypeAheadApp
from tui.work import Opened, Work

_EXIT_OK, _EXIT_FAILED = 0, 1
_LEAVE = ("quit", "back", "cancel")
"""Commands that do not wait until the library is open."""
_CHOICES = {"bidi": ("terminal", "reader"), "cursor": ("hidden", "shown")}
"""Settings with two values; the first holds where none is set."""
_SHOW_CURSOR = "\x1b[?25h"
_TEXTUALS_OWN = ("ctrl+c",)
"""Keys that Textual itself answers."""


class WarreaderApp(TypeAheadApp):
    """The reader."""

    TITLE = "warreader"
    CSS_PATH = "warreader.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = {CommandsProvider}
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        path: Path | None = None,
        *,
        readonly: bool = False,
        annotator: str | None = None,
        codebook: str | None = None,
        theme: str | None = None,
        usual_theme: str | None = None,
        keys: Keymap = DEFAULT,
        problems: Sequence[str] = (),
        blind: bool = False,
    ) -> None:
        # An empty NO_COLOR means that colour is wanted (no-color.org); Textual looks only at
        # whether the variable is there.
        plain = bool(os.environ.get("NO_COLOR"))
        if not plain:
            os.environ.pop("NO_COLOR", None)
        super().__init__(ansi_color=True if plain else None)
        for one in THEMES:
            self.register_theme(one)
        self._plain = plain
        self._theme_asked = theme
        chosen = self._known(theme) or self._known(usual_theme) or DEFAULT_THEME
        self.theme = PLAIN_THEME if plain else chosen
        self.work = Work(path, annotator=annotator, codebook=codebook)
        self.work.blind = blind
        self.signals = Signals(self.work.close)
        self.problem: Exception | None = None
        """Why the library could not be opened; the program has ended because of it."""
        self._readonly = readonly
        self.keys = keys
        self.tutorial_wanted = False
        """Whether the tutorial comes next, and then this library again."""
        self.config_problems = (*problems, *keys.problems)
        """What is wrong in the configuration, a line each."""
        self.orders_letters = False
        """Whether right-to-left letters are put in their order here and not by the terminal."""
        self._early: list[events.Key] | None = []
        """Keys for the list of articles that came before it; None once it is there."""
        self.shows_cursor = False
        """Whether the terminal's own cursor is seen where it stands: on the current sentence."""
        self.recent: list[str] = []
        """The commands that were run from the palette, the latest first, by their binding ids."""

    def _known(self, theme: str | None) -> str | None:
        name = theme_of(theme)
        return name if name in self.available_themes else None

    def check_theme(self, theme: str | None) -> None:
        """Refuse a theme that there is not. Raises `ConfigError`."""
        if theme is not None and self._known(theme) is None:
            names = [look.name for look in LOOKS]
            known = [*names, *(name for name in self.available_themes if name not in names)]
            from difflib import get_close_matches

            near = get_close_matches(theme, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"choose {', '.join(names)}"
            raise ConfigError(f"there is no theme {displayed(theme)!r}; {hint}")

    def get_default_screen(self) -> Screen[None]:
        """The three panes."""
        return MainScreen(self.work)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """None of Textual's own: every command is declared in `tui.commands`."""
        return ()

    @property
    def main(self) -> MainScreen:
        """The screen of the three panes."""
        screen = self.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    def on_mount(self) -> None:
        """Take the user's keys; open the library once a frame is out."""
        if self.keys.changed:
            self.set_keymap(dict(self.keys.changed))
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        gc.enable()
        # Only now: an application that is told to end before its first frame fails.
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            self.signals.begin(loop, leave=self._leave, retake=self._retake_terminal)
            self._show_cursor()
            self.app_resume_signal.subscribe(self, lambda _app: self._show_cursor())
        if self.return_code is None:
            self.open_library()

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer shows it."""
        if binding.key.startswith(NONE):
            return NO_KEY
        return binding.key_display or show_key(binding.key)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action, unless blind mode hides what it is about."""
        if self.work.blind and isinstance(action, str):
            from tui.blind import ONE_KEY, SHOWS_SIDES

            name = action.rpartition(".")[2].partition("(")[0]
            if name in SHOWS_SIDES:
                self.main.tell(messages.NOT_NOW)
                if name in SHOWS_SIDES - ONE_KEY:
                    from tui.screens.refusal import Expects, RefusalScreen

                    words = self.keys.fill(messages.NOT_NOW)
                    self.push_screen(RefusalScreen(words, Expects.KEY))
                return True
        done = await super().run_action(action, default_namespace, namespaces)
        if self.screen is self.screen_stack[0]:
            paint(self.main)
        return done

    async def on_key(self, event: events.Key) -> None:
        """A key that means nothing says so; one that comes before the list of articles waits."""
        if self._early is not None and self._is_early(event.key, self._early):
            self._early.append(event)
            event.prevent_default()
        elif (
            self.screen is self.screen_stack[0]
            and event.key not in _TEXTUALS_OWN
            and self.main.tell_unbound(event.key)
        ):
            event.prevent_default()  # else the key would be the answer to what it opened

    def _is_early(self, key: str, before: Sequence[events.Key]) -> bool:
        """Whether a key is for the list that is not there yet, or comes behind one that is."""
        main = self.screen_stack[0]
        leaves = self.keys.at(key, Context.EVERYWHERE)
        if self.screen is not main or (leaves is not None and leaves.id in _LEAVE):
            return False
        of_list = self.keys.at(key, Context.LIBRARY) is not None
        return bool(before) or (of_list and main.focused is self.main.library)

    def copy_to_clipboard(self, text: str) -> None:
        """Send words to the clipboard; a browser takes none, and shows them in a tab instead."""
        if not self.is_web:
            super().copy_to_clipboard(text)
            return
        from io import StringIO

        self.deliver_text(
            StringIO(text),
            save_filename="copied.txt",
            open_method="browser",
            mime_type="text/plain",
        )
        self.call_after_refresh(self.main.tell, messages.IN_A_TAB)

    def action_command_palette(self) -> None:
        """Find a command by its name."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def on_own_screen_tutorial_wanted(self) -> None:
        """End, for the tutorial to begin."""
        self.tutorial_wanted = True
        self.exit()

    def _leave(self, code: int) -> None:
        self.exit(return_code=code)

    def _retake_terminal(self) -> None:
        with suppress(SuspendNotSupported), self.suspend():
            pass

    def _show_cursor(self) -> None:
        if self.shows_cursor and self._driver is not None:
            self._driver.write(_SHOW_CURSOR)
            self._driver.flush()

    @work(exclusive=True, group="open", exit_on_error=True)
    async def open_library(self) -> None:
        """Open the library; one that another process holds is offered for reading."""
        try:
            opened = await self._open()
        except Exception as problem:
            self.problem = problem
            self.exit(return_code=_EXIT_FAILED)
            return
        if opened is None:
            self.exit(return_code=_EXIT_FAILED)
            return
        theme = self._known(opened.settings.get("theme"))
        if theme is not None and self._theme_asked is None and not self._plain:
            self.theme = theme
        await self.main.take_library(opened)
        early, self._early = self._early, None
        for key in early or ():
            self.post_message(events.Key(key.key, key.character))

    async def _open(self) -> Opened | None:
        try:
            return await self.work.open(readonly=self._readonly)
        except LibraryLocked as held:
            options = [
                Option("r", "read only", "read", "look, search and export; decide nothing"),
                Option("q", "quit", "quit", "and close the other one first"),
            ]
            answer = await self.push_screen_wait(
                PickScreen(displayed(str(held)), options, self.main.palette, "read")
            )
            return await self.work.open(readonly=True) if answer == "read" else None


def run(
    path: Path | None = None,
    *,
    readonly: bool = False,
    annotator: str | None = None,
    codebook: str | None = None,
    theme: str | None = None,
    blind: bool = False,
) -> int:
    """Open the reader on a library and return the exit code when it is closed.

    Raises what kept the library from being opened: `StoreError`, `ProfileError`,
    `CodebookError`, `ConfigError`, `OSError`.
    """
    while True:
        app = _made(
            WarreaderApp,
            config.load(),
            path,
            readonly=readonly,
            annotator=annotator,
            codebook=codebook,
            theme=theme,
            blind=blind,
        )
        code = _run(app)
        if not app.tutorial_wanted:
            return code
        run_tutorial(annotator=annotator, again=False)


def run_tutorial(*, annotator: str | None, again: bool) -> int:
    """Open the tutorial on its own library, which goes when the last lesson is reached.

    Raises what `run` raises.
    """
    from tui import tutorial

    settings, name = config.load(), config.annotator(annotator)
    with tutorial.own_home(again) as home:
        tutorial.prepare(name)
        app = _made(TutorialApp, settings, annotator=name)
        code = _run(app)
        if app.done:
            tutorial.throw_away(home)
    return code


class TutorialApp(WarreaderApp):
    """The reader with lessons."""

    done = False
    """Whether the last lesson was reached."""

    def get_default_screen(self) -> Screen[None]:
        """The three panes, and a lesson."""
        from tui.screens.lessons import TutorialScreen

        return TutorialScreen(self.work)

    def on_tutorial_screen_finished(self) -> None:
        """Nothing is left to learn: the library goes at the end."""
        self.done = True


A = TypeVar("A", bound=WarreaderApp)


def _made(kind: type[A], settings: Config, path: Path | None = None, **options: Any) -> A:
    """An application with what the configuration says. Raises `ConfigError` for a wrong theme."""
    usual = settings.values.get("theme")
    app = kind(
        path,
        usual_theme=usual if isinstance(usual, str) else None,
        keys=keymap(settings),
        problems=settings.unknown(),
        **options,
    )
    app.orders_letters = settings.values.get("bidi") == "reader"
    app.shows_cursor = settings.values.get("cursor") == "shown"
    for name, (usually, else_) in _CHOICES.items():
        if settings.values.get(name, usually) not in (usually, else_):
            problem = f'{settings.where(name)}: {name} is "{usually}" or "{else_}"'
            app.config_problems = (problem, *app.config_problems)
    app.check_theme(options.get("theme"))
    try:
        app.check_theme(None if usual is None else str(usual))
    except ConfigError as problem:
        app.config_problems = (f"{settings.where('theme')}: {problem}", *app.config_problems)
    return app


def _run(app: WarreaderApp) -> int:
    with app.signals:
        try:
            app.run()
        finally:
            app.work.close()
    if app.problem is not None:
        raise app.problem
    return app.return_code or _EXIT_OK
