"""Moments as people write them: a time, a day, or how long ago."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from store.errors import StoreError

_AGO = re.compile(r"(\d{1,5})\s*(m|min|h|d|w)(?: ago)?\Z")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAYS = {"today": 0, "yesterday": 1}

HELP = "a time such as 2024-08-14T12:00 (UTC unless it says otherwise), a day, or 2h, 3d ago"


def read(words: str, *, end: bool = False, now: datetime | None = None) -> datetime:
    """The moment that the words name; a day is its beginning, or its end when `end`.

    Times without a zone are UTC, as the log has them. Raises `StoreError`.
    """
    now = now or datetime.now(UTC)
    words = words.strip()
    if words == "now":
        return now
    ago = _AGO.match(words)
    if ago is not None:
        return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    day = words
    if words in _DAYS:
        day = (now - timedelta(days=_DAYS[words])).date().isoformat()
    try:
        found = datetime.fromisoformat(day)
    except ValueError:
        raise StoreError(f"{words!r} is no time; give {HELP}") from None
    if len(day) <= 10 and end:
        found += timedelta(days=1) - timedelta(microseconds=1)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def logged(at: str) -> datetime:
    """A time as the log has it. Raises `ValueError`."""
    found = datetime.fromisoformat(at)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
