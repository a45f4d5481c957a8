"""What all tests share: hypothesis without deadlines, because the machines of a CI are uneven."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("warreader", deadline=None, print_blob=True)
settings.load_profile("warreader")
