"""Dates as people and feeds write them, as ISO 8601."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

from store.ingest.model import InputError

_DATE_FORMS = (
    "%Y/%m/%d",
    "%d %B %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%d-%b-%Y",
    "%d-%b-%Y %H:%M:%S.%f",
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read_date(given: str | None) -> str | None:
    """A date as ISO 8601: an ISO day or instant stays as given, other common forms are turned.

    Raises `InputError` for what is no date, or could be two.
    """
    if not given:
        return None
    given = given.strip()
    with suppress(ValueError):
        datetime.fromisoformat(given)
        return given
    for form in _DATE_FORMS:
        with suppress(ValueError):
            return datetime.strptime(given, form).date().isoformat()
    from email.utils import parsedate_to_datetime  # late: seldom needed

    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(given).isoformat()
    if slashed := _SLASHED.fullmatch(given):
        first, second, year = (int(part) for part in slashed.groups())
        # Two numbers of which only one can be a month have one reading, whatever the country.
        if first > 12 >= second:
            first, second = second, first
        if first <= 12 < second:
            with suppress(ValueError):
                return datetime(year, first, second).date().isoformat()
    raise InputError(f"{given!r} is not a date; write it as 2024-08-14")
