"""Where the library, the configuration and the exports live."""

from __future__ import annotations

import os
from pathlib import Path

HOME = "WARREADER_HOME"
"""The environment variable that puts everything into one directory."""


def library() -> Path:
    """The library that is opened when no path is given."""
    return _data() / "library.db"


def config_file() -> Path:
    """The configuration file; it need not exist."""
    return _config() / "config.toml"


def profiles_dir() -> Path:
    """Where a user's own conflict profiles are looked for."""
    return _config() / "profiles"


def exports_dir() -> Path:
    """Where the screen writes exports when no path is given."""
    return _data() / "exports"


def _home() -> Path | None:
    given = os.environ.get(HOME)
    return Path(given).expanduser() if given else None


def _data() -> Path:
    home = _home()
    if home is not None:
        return home
    from platformdirs import user_data_path  # only when asked: start-up time

    return user_data_path("warreader", appauthor=False)


def _config() -> Path:
    home = _home()
    if home is not None:
        return home
    from platformdirs import user_config_path

    return user_config_path("warreader", appauthor=False)
