"""The keys in force: as declared, then a preset, then the user's `[keys]`, all of it checked.

A wrong entry is left out and named with its file and line; nothing is dropped without a word.
Nothing here imports Textual.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from claims.text import displayed
from tui.command import COPIES
from tui.commands import COMMANDS, NO_KEY, Command, Context
from tui.keynames import SAME_IN_A_TERMINAL, read_key, show_key
from tui.presets import PRESETS

if TYPE_CHECKING:
    from store.config import Config

_MAIN = (Context.ANNOTATE, Context.EVERYWHERE)
_OVERVIEWS = (
    Context.DISPUTES,
    Context.LEDGER,
    Context.MATRIX,
    Context.DOUBTFUL,
    Context.AGREEMENT,
    Context.SINCE,
    Context.CONCORDANCE,
    Context.CARRIED,
)
_TOGETHER: Mapping[Context, tuple[Context, ...]] = {
    Context.LIBRARY: (Context.LIBRARY, Context.EVERYWHERE),
    Context.READER: (Context.READER, *_MAIN),
    Context.CLAIMS: (Context.CLAIMS, *_MAIN),
    Context.ANNOTATE: (Context.READER, Context.CLAIMS, *_MAIN),
    Context.EVERYWHERE: (Context.LIBRARY, Context.READER, Context.CLAIMS, *_MAIN),
    **{one: (one, Context.VIEW) for one in _OVERVIEWS},
    Context.VIEW: (Context.VIEW, *_OVERVIEWS),
}
"""Which contexts hear the same key; any other context is alone on its screen."""

WAY_OUT = "ctrl+q"
"""Quits whatever else a configuration says."""
NONE = "none-"
"""Begins what stands for the keys of a command that has none: Textual cannot be told that."""
_KEPT = {WAY_OUT: "always quits", COPIES[0]: "copies what the mouse has selected"}
_FOLLOWERS = {
    "undo": ("undo-here", "dispute-undo", "adjudicate-undo"),
    "redo": ("redo-here", "dispute-redo", "adjudicate-redo"),
}
"""Commands of views that have the keys of another one, unless they are named themselves."""
_PLACE = re.compile(r"\{([a-z-]+)\}")


def together(context: Context) -> tuple[Context, ...]:
    """The contexts whose keys are heard where those of `context` are."""
    return _TOGETHER.get(context, (context,))


@dataclass(frozen=True, slots=True)
class Keymap:
    """Every command with the keys that it now has."""

    commands: tuple[Command, ...] = COMMANDS
    problems: tuple[str, ...] = ()
    """What is wrong in the configuration: a line each, with file, line and what was meant."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """For Textual: the binding ids whose keys differ from the declared ones, with these keys."""

    def in_context(self, *contexts: Context) -> Iterator[Command]:
        """The commands of the given contexts, in the order of declaration."""
        return (command for command in self.commands if command.context in contexts)

    def key(self, command_id: str) -> str:
        """The first key of a command as it is shown; `NO_KEY` where it has none."""
        for command in self.commands:
            if command.id == command_id:
                return command.shown_keys[0]
        return NO_KEY

    def fill(self, words: str) -> str:
        """Our own words with each "{command-id}" replaced by the key that the command has."""
        return _PLACE.sub(lambda found: self.key(found[1]), words)

    def at(self, key: str, *contexts: Context) -> Command | None:
        """The command that a key stands for in these contexts."""
        return next((one for one in self.in_context(*contexts) if key in one.keys), None)


DEFAULT = Keymap()


def keys_of(app: object) -> Keymap:
    """The keys of an application; the declared ones where it has none of its own."""
    keys = getattr(app, "keys", None)
    return keys if isinstance(keys, Keymap) else DEFAULT


def keymap(config: Config) -> Keymap:
    """The keys that the configuration asks for."""
    if not {"preset", "keys"} & set(config.values):
        return DEFAULT
    return _Reader(config).read()


class _Reader:
    """Reads the settings `preset` and `[keys]`; collects what is wrong."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._problems: list[str] = []
        self._keys: dict[tuple[Context, str], tuple[str, ...]] = {
            (command.context, command.id): command.keys for command in COMMANDS
        }
        self._set: dict[tuple[Context, str], tuple[str, ...]] = {}
        """What the user asked for, with where it stands."""

    def read(self) -> Keymap:
        if "preset" in self._config.values:
            self._preset(self._config.values["preset"])
        table = self._config.values.get("keys", {})
        if isinstance(table, Mapping):
            self._table(table, ("keys",), None)
        else:
            self._wrong("must be a table, written [keys]", "keys")
        self._follow()
        self._settle()
        commands = tuple(
            replace(command, keys=self._keys[command.context, command.id]) for command in COMMANDS
        )
        changed = {
            now.binding_id: ",".join(now.keys) or NONE + now.binding_id
            for declared, now in zip(COMMANDS, commands, strict=True)
            if declared.keys != now.keys
        }
        return Keymap(commands, tuple(self._problems), changed)

    def _wrong(self, problem: str, *at: str) -> None:
        self._problems.append(f"{self._config.where(*at)}: {displayed(problem)}")

    def _preset(self, name: Any) -> None:
        if name not in list(PRESETS):
            self._wrong(f"there is no preset {name!r}{_nearest(str(name), PRESETS)}", "preset")
            return
        for command_id, keys in PRESETS[name].items():
            for place in self._places(command_id):
                self._keys[place] = keys

    def _places(self, name: str, only: Context | None = None) -> list[tuple[Context, str]]:
        """Every context in which a command of that name works; "context.name" is one of them."""
        context, dot, command_id = name.rpartition(".")
        return [
            place
            for place in self._keys
            if place[1] == command_id
            and (not dot or place[0].name.lower() == context)
            and only in (None, place[0])
        ]

    def _table(self, table: Mapping[str, Any], at: tuple[str, ...], only: Context | None) -> None:
        contexts = {context.name.lower(): context for context in Context}
        for name, value in table.items():
            here = (*at, name)
            if isinstance(value, Mapping) and only is None:
                if name in contexts:
                    self._table(value, here, contexts[name])
                else:
                    hint = _nearest(name, contexts)
                    self._wrong(f"[keys.{name}]: there is no such place{hint}", *here)
                continue
            places = self._places(name, only)
            if not places:
                known = {
                    command_id for context, command_id in self._keys if only in (None, context)
                }
                hint = _nearest(name, known)
                self._wrong(f"{name!r} is no command{hint}", *here)
                continue
            keys = self._read_keys(name, value, here)
            fixed = [command for command in COMMANDS if command.with_key]
            if keys is not None and any(one.id == name for one in fixed):
                self._wrong(f"{name}: its keys are fixed", *here)
                continue
            for one in fixed:
                for key in keys or ():
                    if key in one.keys and any(one.context in together(c) for c, _ in places):
                        self._wrong(f"{name}: {show_key(key)} is kept for {one.id}", *here)
                        keys = None
            if keys is not None:
                for place in places:
                    self._set[place] = here
                    self._keys[place] = keys

    def _read_keys(self, name: str, value: Any, at: tuple[str, ...]) -> tuple[str, ...] | None:
        if isinstance(value, str):
            value = [value] if value.strip() in (",", "") else value.split(",")
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._wrong(f'{name} must be keys in quotes, such as {name} = "j,down"', *at)
            return None
        keys = []
        for written in value:
            if not written.strip() and len(value) == 1 and written != " ":
                continue  # an empty text takes the keys away
            key = read_key(written)
            if key is None:
                hint = "keys are a letter, ?, esc, f1, ctrl+t, page down, comma …"
                self._wrong(f"{name}: there is no key {written.strip()!r}; {hint}", *at)
            elif key in SAME_IN_A_TERMINAL:
                same = show_key(SAME_IN_A_TERMINAL[key])
                self._wrong(f"{name}: a terminal cannot tell {show_key(key)} from {same}", *at)
            elif key in _KEPT and not (key == WAY_OUT and name == "quit"):
                self._wrong(f"{name}: {show_key(key)} {_KEPT[key]}; choose another key", *at)
            elif key not in keys:
                keys.append(key)
        if not keys and any(written.strip() for written in value):
            return None  # every one of them was wrong: the command keeps what it has
        return tuple(keys)

    def _follow(self) -> None:
        """What takes back and takes again in a view has the keys that do so in the reader."""
        for leader, followers in _FOLLOWERS.items():
            leading = (Context.EVERYWHERE, leader)
            declared = next(one.keys for one in COMMANDS if one.id == leader)
            if not self._keys[leading] or self._keys[leading] == declared:
                continue
            for place in (place for one in followers for place in self._places(one)):
                if place not in self._set:
                    self._keys[place] = self._keys[leading]
                    if leading in self._set:
                        self._set[place] = self._set[leading]

    def _settle(self) -> None:
        """Of two commands with one key in one place, the one that the user named keeps it."""
        quit_at = (Context.EVERYWHERE, "quit")
        if WAY_OUT not in self._keys[quit_at]:
            self._keys[quit_at] = (*self._keys[quit_at], WAY_OUT)
        order = [*self._set, *(place for place in self._keys if place not in self._set)]
        for number, place in enumerate(order):
            for key in self._keys[place]:
                for other in order[number + 1 :]:
                    if key in self._keys[other] and other[0] in together(place[0]):
                        self._take(key, other, place)

    def _take(self, key: str, loser: tuple[Context, str], winner: tuple[Context, str]) -> None:
        self._keys[loser] = tuple(one for one in self._keys[loser] if one != key)
        at = self._set.get(loser) or self._set.get(winner) or ("preset",)
        left = ", ".join(map(show_key, self._keys[loser]))
        now = f"which keeps {left}" if left else "which has no key now"
        where = "" if loser[0] is winner[0] else f" ({loser[0].name.lower()})"
        self._wrong(f"{show_key(key)} is {winner[1]}, no longer {loser[1]}{where}, {now}", *at)


def _nearest(word: str, known: object) -> str:
    from claims.profile_file import nearest

    return nearest(word, sorted(known))  # type: ignore[call-overload]


def clashes(commands: tuple[Command, ...]) -> list[str]:
    """Keys that mean two things in one place: none, whatever was configured (tests hold it)."""
    found = []
    for context in Context:
        heard = [one for one in commands if one.context in together(context)]
        if context in (Context.ANNOTATE, Context.EVERYWHERE, Context.VIEW):
            continue  # each of their places is looked at with the pane that hears them
        counted = Counter(key for one in heard for key in one.keys)
        found += [f"{context}: {key}" for key, count in counted.items() if count > 1]
    return found
