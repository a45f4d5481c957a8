"""A codebook as a TOML file: read with every key and value checked, and written.

A file says only what it changes; the rest is the scheme (`claims.codebook.BASE`). Every error
names the file, the line and what to do. See `docs/codebook.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

from claims.codebook import BASE, UNKNOWN_LETTER, WORDS, Codebook, TagEntry, TypeEntry, Word
from claims.model import TYPE_ID, Group
from claims.profile_file import nearest
from claims.text import displayed
from claims.toml_lines import Document, Key, TomlError, read

_TOP = ("title", "tags_closed", "types", "tags", *WORDS)
_TYPE = (
    "label",
    "letter",
    "key",
    "group",
    "colour",
    "gloss",
    "definition",
    "rather",
    "examples",
    "hidden",
)
_TAG = ("key", "gloss")
_WORD = ("label", "key", "gloss")
_SIGNS = ascii_letters + digits
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST = {"label": 20, "gloss": 160, "title": 100}
_LONGEST_TEXT = 2000
_MENUS = (("stance",), ("certainty", "distance"))
"""The closed lists that share a menu, and so its keys."""


class CodebookError(ValueError):
    """A codebook that cannot be used: the message names the file, the line and what to do.

    Of several faults it tells the first and how many there are; `faults` holds a line for each.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        more = len(faults) - 1
        also = f" (and {more} more: warreader codebook --check tells them)" if more > 0 else ""
        super().__init__(f"{faults[0]}{also}")


def load(path: Path) -> Codebook:
    """The codebook of a file. Raises `CodebookError`."""
    try:
        return from_document(read(path))
    except OSError as problem:
        raise CodebookError(f"{path} cannot be read: {problem.strerror}") from None
    except TomlError as problem:
        raise CodebookError(str(problem)) from None


def from_document(document: Document) -> Codebook:
    """The codebook of a file that was read. Raises `CodebookError`."""
    return _Reader(document).read()


class _Reader:
    """Reads one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._faults: list[tuple[int, str]] = []
        """What is wrong, with the line where it stands."""

    def read(self) -> Codebook:
        found = self._read()
        if self._faults:
            in_order = sorted(self._faults, key=lambda one: one[0])
            raise CodebookError(*dict.fromkeys(words for _, words in in_order))
        return found

    def _read(self) -> Codebook:
        values = self._document.values
        self._known(values, _TOP, ())
        types = dict(BASE.types)
        for name, table in self._tables(values, "types"):
            types[name] = self._type(name, table)
        self._check_signs(types)
        return Codebook(
            title=self._text(values, "title", (), str(self._document.path.name)),
            types=_with_free_letters(types),
            tags=self._tags(values),
            tags_closed=self._flag(values, "tags_closed", ()),
            words=self._words(values),
        )

    def _fault(self, problem: str, *keys: Key) -> None:
        """Note what is wrong; whoever notes it goes on as if it was not there."""
        named = ".".join(_bare(str(key)) for key in keys)
        before = f"{named}: " if named else ""
        words = f"{self._document.where(*keys)}: {before}{problem}"
        self._faults.append((self._document.line(*keys) or 0, words))

    # Types

    def _type(self, name: str, table: Mapping[str, Any]) -> TypeEntry:
        at = ("types", name)
        if not TYPE_ID.fullmatch(name):
            self._fault("a type is named by small letters, digits and hyphens", *at)
        self._known(table, _TYPE, at)
        if name in BASE:
            entry = BASE[name]
        else:
            if "letter" not in table:
                self._fault(f'needs a letter of its own, such as letter = "{_free()[0]}"', *at)
            entry = TypeEntry(name, "", name, Group.NONE, "")
        group = table.get("group", entry.group.value)
        if group not in list(Group):
            known = [group.value for group in Group]
            self._fault(f"{group!r} is no group{nearest(str(group), known)}", *at, "group")
            group = entry.group
        colour = table.get("colour")
        if colour is not None and not (isinstance(colour, str) and _COLOUR.fullmatch(colour)):
            self._fault('a colour is written "#rrggbb"', *at, "colour")
            colour = None
        examples = table.get("examples", [])
        if not isinstance(examples, list) or not all(isinstance(one, str) for one in examples):
            self._fault('must be a list of texts, such as ["one", "two"]', *at, "examples")
            examples = []
        return replace(
            entry,
            letter=self._sign(table, "letter", at, entry.letter),
            label=self._text(table, "label", at, entry.label),
            group=Group(group),
            gloss=self._text(table, "gloss", at, entry.gloss),
            definition=self._text(table, "definition", at, ""),
            rather=self._text(table, "rather", at, ""),
            examples=tuple(_folded(one) for one in examples if one.strip()),
            key=self._sign(table, "key", at, ""),
            colour=colour,
            hidden=self._flag(table, "hidden", at),
        )

    def _check_signs(self, types: Mapping[str, TypeEntry]) -> None:
        told: set[str] = set()
        """Types whose letter is told to clash: as a key it clashes for the same reason."""
        for field in ("letter", "menu_key"):
            taken: dict[str, TypeEntry] = {}
            for entry in types.values():
                sign = getattr(entry, field).lower()
                other = taken.get(sign)
                if entry.hidden or not sign:
                    continue
                if other is None:
                    taken[sign] = entry
                    continue
                word = "letter" if field == "letter" else "key"
                mine = next(
                    one for one in (entry, other) if one.id in self._document.values["types"]
                )
                theirs = other if mine is entry else entry
                if mine.id in told and not mine.key:
                    continue
                told.add(mine.id)
                free = [one for one in _free(types.values()) if one.lower() not in taken]
                self._fault(
                    f"the {word} {sign.upper() if field == 'letter' else sign!r} is that of"
                    f" {theirs.id!r}; free are: {' '.join(free)}",
                    "types",
                    mine.id,
                    "key" if mine.key and field != "letter" else "letter",
                )
        if not any(not entry.hidden for entry in types.values()):
            self._fault("every type is hidden; leave at least one", "types")

    # Tags and words

    def _tags(self, values: Mapping[str, Any]) -> tuple[TagEntry, ...]:
        found: dict[str, TagEntry] = {}
        keys: dict[str, str] = {}
        for name, table in self._tables(values, "tags"):
            at = ("tags", name)
            clean = _folded(name)
            if not clean or len(clean) > 60 or " " in clean or clean.strip("#,") != clean:
                self._fault("a tag is one word, without # and comma", *at)
                continue
            self._known(table, _TAG, at)
            key = self._sign(table, "key", at, "")
            if key and key.lower() in keys:
                self._fault(f"the key {key!r} is that of {keys[key.lower()]!r}", *at, "key")
            keys[key.lower()] = clean
            found[clean] = TagEntry(clean, key, self._text(table, "gloss", at, ""))
        return tuple(found.values())

    def _words(self, values: Mapping[str, Any]) -> Mapping[str, tuple[Word, ...]]:
        words: dict[str, tuple[Word, ...]] = dict(WORDS)
        for kind, base in WORDS.items():
            changed = {word.id: word for word in base}
            for name, table in self._tables(values, kind):
                at = (kind, name)
                if name not in changed:
                    hint = nearest(name, changed)
                    self._fault(f"{name!r} is no {kind}{hint}", *at)
                    continue
                self._known(table, _WORD, at)
                word = changed[name]
                changed[name] = Word(
                    name,
                    self._text(table, "label", at, word.label),
                    self._sign(table, "key", at, word.key),
                    self._text(table, "gloss", at, word.gloss),
                )
            words[kind] = tuple(changed.values())
        for menu in _MENUS:
            taken: dict[str, str] = {}
            for kind in menu:
                for word in words[kind]:
                    other = taken.setdefault(word.key.lower(), word.id)
                    if other != word.id:
                        self._fault(f"the key {word.key!r} is that of {other!r}", kind, word.id)
        return words

    # Values

    def _known(self, table: Mapping[str, Any], keys: Iterable[str], at: tuple[Key, ...]) -> None:
        for key in table:
            if key not in keys:
                self._fault(f"unknown key {key!r}{nearest(key, keys)}", *at, key)

    def _tables(
        self, values: Mapping[str, Any], name: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        tables = values.get(name, {})
        if not isinstance(tables, dict):
            self._fault(f"must be written as tables, [{name}.NAME]", name)
            return
        for key, table in tables.items():
            if not isinstance(table, dict):
                self._fault(f"must be a table, written [{name}.{_bare(key)}]", name, key)
                continue
            yield key, table

    def _text(self, table: Mapping[str, Any], key: str, at: tuple[Key, ...], default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            self._fault("must be text in quotation marks", *at, key)
            return default
        folded = _folded(value)
        if not folded and default:
            self._fault("is empty; take the line out or write something", *at, key)
            return default
        most = _LONGEST.get(key, _LONGEST_TEXT)
        if len(folded) > most:
            self._fault(f"has {len(folded)} characters; at most {most} are shown", *at, key)
        return folded

    def _sign(self, table: Mapping[str, Any], key: str, at: tuple[Key, ...], default: str) -> str:
        value = table.get(key, default)
        if key not in table:
            return default
        if not isinstance(value, str) or len(value) != 1 or value not in _SIGNS:
            self._fault("must be one letter from A to Z or a digit, in quotes", *at, key)
            return default
        return value.upper() if key == "letter" else value

    def _flag(self, table: Mapping[str, Any], key: str, at: tuple[Key, ...]) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self._fault("must be true or false", *at, key)
            return False
        return value


def _folded(text: str) -> str:
    """A text of the file on one line, fit for a terminal."""
    return " ".join(displayed(text).split())


def _with_free_letters(types: Mapping[str, TypeEntry]) -> dict[str, TypeEntry]:
    """A hidden type gives its letter up to a type that menus offer."""
    offered = {entry.letter for entry in types.values() if not entry.hidden}
    return {
        name: replace(entry, letter=UNKNOWN_LETTER)
        if entry.hidden and entry.letter in offered
        else entry
        for name, entry in types.items()
    }


def _free(types: Iterable[TypeEntry] = tuple(BASE.types.values())) -> list[str]:
    taken = {sign.lower() for e in types if not e.hidden for sign in (e.letter, e.menu_key)}
    return [sign for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" if sign.lower() not in taken]


def to_toml(codebook: Codebook) -> str:
    """The codebook as a file that `load` reads back to the same; it says everything."""
    lines = [f"title = {_quoted(codebook.title)}"]
    if codebook.tags_closed:
        lines.append("tags_closed = true")
    for entry in codebook.types.values():
        lines += ["", f"[types.{_bare(entry.id)}]", f"label = {_quoted(entry.label)}"]
        if entry.letter != UNKNOWN_LETTER:
            lines.append(f"letter = {_quoted(entry.letter)}")
        if entry.key:
            lines.append(f"key = {_quoted(entry.key)}")
        lines.append(f"group = {_quoted(entry.group.value)}")
        if entry.colour:
            lines.append(f"colour = {_quoted(entry.colour)}")
        lines += [
            f"{name} = {_quoted(value)}"
            for name in ("gloss", "definition", "rather")
            if (value := getattr(entry, name))
        ]
        if entry.examples:
            lines += ["examples = [", *(f"  {_quoted(one)}," for one in entry.examples), "]"]
        if entry.hidden:
            lines.append("hidden = true")
    for tag in codebook.tags:
        lines += ["", f"[tags.{_bare(tag.name)}]"]
        lines += [f"key = {_quoted(tag.key)}"] if tag.key else []
        lines += [f"gloss = {_quoted(tag.gloss)}"] if tag.gloss else []
    for kind, words in codebook.words.items():
        for word in words:
            lines += ["", f"[{kind}.{word.id}]"]
            lines += [f"{f} = {_quoted(getattr(word, f))}" for f in ("label", "key", "gloss")]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _bare(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(displayed(key))
