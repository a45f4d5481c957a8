"""Periods as they are typed: a year, a month, a day, or two of them. Pure."""

from __future__ import annotations


def period(words: str) -> tuple[str | None, str | None]:
    """The first and last ISO day of what was typed: a year, a month, a day, or two of them.

    Two stand side by side or with ".." between, where one of them may be left out, as in `date:`.
    """
    parts = words.replace("..", " .. ").split()
    first, last = parts[:1], parts[-1:]
    if ".." in parts:
        at = parts.index("..")
        first, last = parts[:at], parts[at + 1 :]
    elif len(parts) > 2:
        return None, None
    ends = (*first, *last)
    if not ends or max(len(first), len(last)) > 1 or not all(map(_is_time, ends)):
        return None, None
    return _begin(first[0]) if first else None, _end(last[0]) if last else None


def _is_time(part: str) -> bool:
    pieces = part.split("-")
    sizes = [len(piece) for piece in pieces]
    return sizes == [4, 2, 2][: len(sizes)] and all(piece.isdigit() for piece in pieces)


def _begin(part: str) -> str:
    return part + "-01-01"[len(part) - 4 :] if len(part) < 10 else part


def _end(part: str) -> str:
    # Days are compared as text: no month has a day above 31.
    return part + "-12-31"[len(part) - 4 :] if len(part) < 10 else part
