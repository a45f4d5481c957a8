"""Reading a profile's TOML: every key and value checked, every error says what to do."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.model import COMMON_SIDES, Role

FOLDER = Path(__file__).parent / "profiles"
WORLD = FOLDER / "_world.toml"
GENERIC = "generic"

MAX_BYTES = 4_000_000
"""A profile larger than this is a mistake, not a profile."""


class ProfileError(ValueError):
    """A profile that cannot be used: the message names the file, the place and what to do."""


@dataclass(frozen=True, slots=True)
class RawSide:
    """A `[[sides]]` table."""

    id: str
    name: str
    tag: str
    colour: str
    rivals: tuple[str, ...]
    states: tuple[str, ...]
    words: tuple[str, ...]
    main: bool


@dataclass(frozen=True, slots=True)
class RawState:
    """A state or an armed group of the world file: `names` begin with the name, the adjective."""

    id: str
    code: str
    name: str
    names: tuple[str, ...]
    group: bool


@dataclass(frozen=True, slots=True)
class RawActor:
    """One name of a `people`, `bodies` or `outlets` table; `owner` is a side, state or group."""

    name: str
    aliases: tuple[str, ...]
    role: Role
    owner: str
    kind: str


Named = tuple[str, tuple[str, ...]]
"""A name and its other spellings."""


@dataclass(frozen=True, slots=True)
class RawProfile:
    """A profile as its file says it, checked."""

    path: Path
    name: str
    title: str
    every_state: bool
    sides: tuple[RawSide, ...]
    states: tuple[RawState, ...]
    actors: tuple[RawActor, ...]
    places: Mapping[str, tuple[Named, ...]]
    channels: tuple[Named, ...]

    def fail(self, problem: str, word: str, known: Iterable[str]) -> ProfileError:
        """The error for a word that should be one of `known`."""
        return ProfileError(f"{self.path}: {problem}{nearest(word, known)}")


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of an error message: which known word may have been meant."""
    listed = list(known)
    near = difflib.get_close_matches(word, listed, 1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; known are: {', '.join(listed)}" if len(listed) <= 20 else ""


_TOP = (
    "title",
    "every_state_is_a_side",
    "sides",
    "states",
    "groups",
    "people",
    "bodies",
    "outlets",
    "places",
    "channels",
)
_SIDE = ("id", "name", "tag", "colour", "rivals", "states", "words", "main")
_KINDS = {"people": "person", "bodies": "body"}
_ID = re.compile(r"[a-z][a-z0-9-]*")
_TAG = re.compile(r"[A-Z]{2}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def profile_files(extra_dirs: Iterable[Path]) -> dict[str, Path]:
    """The profiles by name; later directories win over earlier ones."""
    found = dict(_shipped())
    for folder in extra_dirs:
        found |= _files(folder)
    return found


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Path]:
    """The profiles of the package, which no one changes while it runs."""
    return _files(FOLDER)


def _files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    return {path.stem: path for path in sorted(folder.glob("*.toml")) if path.name[0] != "_"}


def read_profile(path: Path) -> RawProfile:
    """Read and check one file; its name without `.toml` is the profile's name."""
    return _Reader(path).read()


class _Reader:
    """Reads one file; `fail` puts the file's name before every message."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, problem: str) -> ProfileError:
        return ProfileError(f"{self.path}: {problem}")

    def read(self) -> RawProfile:
        data = self._toml()
        self._known(data, _TOP, "the file")
        if not isinstance(data.get("title", ""), str):
            raise self.fail("'title' must be text in quotation marks")
        every = data.get("every_state_is_a_side", False)
        if not isinstance(every, bool):
            raise self.fail("'every_state_is_a_side' must be true or false")
        sides = self._sides(data.get("sides", []))
        found = RawProfile(
            path=self.path,
            name=self.path.stem,
            title=data.get("title") or self.path.stem,
            every_state=every,
            sides=sides,
            states=(*self._states(data, "states"), *self._states(data, "groups")),
            actors=tuple(self._actors(data)),
            places={
                owner: self._named(names, f"places.{owner}")
                for owner, names in self._table(data, "places").items()
            },
            channels=self._named(data.get("channels", []), "channels"),
        )
        if not sides and not every and self.path != WORLD:
            raise self.fail(
                "names no side; add one or more [[sides]] tables with 'id', 'tag' and 'colour'"
            )
        return found

    def _toml(self) -> dict[str, Any]:
        try:
            if self.path.stat().st_size > MAX_BYTES:
                raise self.fail(f"larger than {MAX_BYTES} bytes: is this a profile?")
            raw = self.path.read_bytes()
            return tomllib.loads(raw.decode("utf-8-sig"))
        except OSError as problem:
            raise self.fail(f"cannot be read: {problem.strerror}") from None
        except UnicodeDecodeError as problem:
            line = raw[: problem.start].count(b"\n") + 1
            raise self.fail(f"line {line} is not UTF-8; save the file as UTF-8") from None
        except tomllib.TOMLDecodeError as problem:
            raise self.fail(f"not valid TOML: {problem}") from None

    def _known(self, table: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
        for key in table:
            if key not in keys:
                raise self.fail(f"{where}: unknown key {key!r}{nearest(key, keys)}")

    def _table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        table = data.get(key, {})
        if not isinstance(table, dict):
            raise self.fail(f"'{key}' must be a table, written [{key}]")
        return table

    def _texts(self, value: Any, where: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(f'{where} must be a list of texts, such as ["one", "two"]')
        if not all(item.strip() for item in value):
            raise self.fail(f"{where} holds an empty text; take it out")
        return tuple(item.strip() for item in value)

    def _named(self, value: Any, where: str) -> tuple[Named, ...]:
        return tuple(self._name(item, where) for item in self._texts(value, where))

    def _name(self, item: str, where: str) -> Named:
        """ "Name = spelling, spelling"."""
        name, _, others = item.partition("=")
        aliases = tuple(alias.strip() for alias in others.split(",") if alias.strip())
        if not name.strip():
            raise self.fail(f"{where}: {item!r} has no name before the '='")
        return name.strip(), aliases

    def _sides(self, value: Any) -> tuple[RawSide, ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fail("sides must be written as [[sides]] tables")
        sides = tuple(self._side(item, number) for number, item in enumerate(value, 1))
        ids = [side.id for side in sides]
        for side in sides:
            if ids.count(side.id) > 1:
                raise self.fail(f"two sides have the id {side.id!r}; give one another id")
            for rival in side.rivals:
                if rival not in ids:
                    hint = nearest(rival, ids)
                    raise self.fail(f"side {side.id!r}: rival {rival!r} is no side{hint}")
        return sides

    def _side(self, table: Mapping[str, Any], number: int) -> RawSide:
        where = f"side {number}"
        side_id = table.get("id")
        if not isinstance(side_id, str) or not _ID.fullmatch(side_id):
            raise self.fail(f"{where}: 'id' must be small letters, digits and hyphens")
        where = f"side {number} ({side_id!r})"
        self._known(table, _SIDE, where)
        if side_id in COMMON_SIDES:
            raise self.fail(f"{where}: every profile has this side already; choose another id")
        name, tag = table.get("name", side_id), table.get("tag")
        if not isinstance(name, str) or not name.strip():
            raise self.fail(f"{where}: 'name' must be text")
        if not isinstance(tag, str) or not _TAG.fullmatch(tag):
            raise self.fail(f"{where}: 'tag' must be two capital letters, such as \"UA\"")
        colour = table.get("colour")
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            raise self.fail(f"{where}: 'colour' must be written \"#rrggbb\"")
        main = table.get("main", True)
        if not isinstance(main, bool):
            raise self.fail(f"{where}: 'main' must be true or false")
        lists = {key: self._texts(table.get(key, []), f"{where}: '{key}'") for key in _SIDE[4:7]}
        return RawSide(side_id, name.strip(), tag, colour, main=main, **lists)

    def _states(self, data: Mapping[str, Any], key: str) -> Iterable[RawState]:
        for code, value in self._table(data, key).items():
            where = f"{key}.{code}"
            if not _TAG.fullmatch(code):
                raise self.fail(f"{where}: the key must be two capital letters")
            if not isinstance(value, str):
                raise self.fail(f'{where} must be text, such as "Name = Adjective, other names"')
            name, others = self._name(value, where)
            if key == "states" and not others:
                raise self.fail(f"{where}: after the '=', give the adjective first")
            state_id = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            yield RawState(state_id, code, name, (name, *others), key == "groups")

    def _actors(self, data: Mapping[str, Any]) -> Iterable[RawActor]:
        for key, kind in _KINDS.items():
            for owner, roles in self._table(data, key).items():
                if not isinstance(roles, dict):
                    raise self.fail(f"{key}.{owner} must be a table of roles")
                for role, names in roles.items():
                    where = f"{key}.{owner}.{role}"
                    for name, aliases in self._named(names, where):
                        yield RawActor(name, aliases, self._role(role, where), owner, kind)
        for owner, names in self._table(data, "outlets").items():
            for name, aliases in self._named(names, f"outlets.{owner}"):
                yield RawActor(name, aliases, Role.MEDIA, owner, "outlet")

    def _role(self, role: str, where: str) -> Role:
        try:
            return Role(role)
        except ValueError:
            hint = nearest(role, [role.value for role in Role])
            raise self.fail(f"{where}: {role!r} is no role{hint}") from None
