"""What the user set in `config.toml`: the annotator's name, and tables that the screen reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims.text import canonical
from store import paths
from store.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Config:
    """The file's values; `values` holds all of it, for the parts that others read."""

    annotator: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def load(path: Path | None = None) -> Config:
    """Read the configuration; a missing file is an empty one.

    Raises `ConfigError` that names the file, and the place when the TOML is wrong.
    """
    path = paths.config_file() if path is None else path
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as problem:
        raise ConfigError(f"{path} cannot be read: {problem.strerror}") from problem
    import tomllib  # late: most have no configuration file

    try:
        values = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{path} is not valid TOML: {problem}; correct it or remove it") from None
    annotator = values.get("annotator")
    if annotator is not None and (not isinstance(annotator, str) or not annotator.strip()):
        raise ConfigError(f'{path}: annotator must be a name in quotes, such as annotator = "ann"')
    return Config(annotator=annotator.strip() if annotator else None, values=values)


def annotator(given: str | None = None) -> str:
    """Who decides: the given name, else the configured one, else the system's user."""
    name = (given or "").strip() or load().annotator
    return canonical(" ".join(name.split())) if name else user()


def user() -> str:
    """The name under which the system knows who runs the program."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return "annotator"
