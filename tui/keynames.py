"""Names of keys: as a person writes them, as Textual calls them, as they are shown.

Textual names a punctuation mark by its Unicode name ("question_mark"); a person writes the mark.
Nothing here imports Textual.
"""

from __future__ import annotations

import unicodedata
from string import punctuation

_TEXTUAL = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where Textual's name is not the Unicode name (`textual.keys.KEY_NAME_REPLACEMENTS`)."""


def _name(mark: str) -> str:
    name = unicodedata.name(mark).lower().replace("-", "_").replace(" ", "_")
    return _TEXTUAL.get(name, name)


_MARKS = {_name(mark): mark for mark in punctuation}
_SHOWN = {
    **_MARKS,
    "escape": "esc",
    "pagedown": "page down",
    "pageup": "page up",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_NAMED = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "enter"),
        *("escape", "space", "backspace", "delete", "insert"),
        *(f"f{number}" for number in range(1, 25)),
    )
)
_OTHER_WORDS = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "page up": "pageup",
    "page down": "pagedown",
    "blank": "space",
    **{_SHOWN[name]: name for name in ("up", "down", "left", "right")},
}
_MODIFIERS = ("ctrl", "alt", "shift")
SAME_IN_A_TERMINAL = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
"""What a terminal sends for one key and the other alike."""


def show_key(key: str) -> str:
    """How a key of Textual's is written for a person ("question_mark" is "?")."""
    before, plus, last = key.rpartition("+")
    return f"{before}{plus}{_SHOWN.get(last, last)}"


def read_key(written: str) -> str | None:
    """Textual's name of a key that a person wrote ("?", "esc", "ctrl+t"); None if there is none."""
    words = written.strip()
    if len(words) == 1:
        if words.isalnum():
            return words
        try:
            return _name(words) if words.isprintable() else None
        except ValueError:
            return None
    *before, last = words.split("+") if not words.endswith("++") else [*words[:-2].split("+"), "+"]
    modifiers = [word.strip().lower() for word in before]
    if any(word not in _MODIFIERS for word in modifiers) or len(set(modifiers)) < len(modifiers):
        return None
    name = last.strip() if len(last.strip()) == 1 else last.strip().lower()
    if not name:
        return None
    if len(name) == 1:
        if "shift" in modifiers and name.isalpha():  # a terminal sends the capital letter
            modifiers.remove("shift")
            name = name.upper()
        if "ctrl" in modifiers:
            name = name.lower()
        if not name.isalnum():
            name = _name(name) if name in punctuation else ""
    else:
        name = _OTHER_WORDS.get(name, name)
        if name not in _NAMED and name not in _MARKS:
            return None
    if not name:
        return None
    return "+".join([*(word for word in _MODIFIERS if word in modifiers), name])
