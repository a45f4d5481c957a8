"""What the user set in `config.toml`: the annotator's name, and what the screen reads.

`docs/configuration.md` lists the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.text import canonical, displayed
from store import paths
from store.errors import ConfigError

if TYPE_CHECKING:
    from claims.toml_lines import Document

KNOWN = (
    *("annotator", "bidi", "codebook", "cursor", "extractor", "tagger", "weights", "theme"),
    *("preset", "keys"),
)
"""The settings of the file's top level."""


@dataclass(frozen=True, slots=True)
class Config:
    """The file's values; `values` holds all of it, for the parts that others read."""

    annotator: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    document: Document | None = None
    """The file with its lines, to name them; None when there is no file."""

    def where(self, *keys: str) -> str:
        """The file and the line of a setting, to begin an error with."""
        return self.document.where(*keys) if self.document else str(paths.config_file())

    def unknown(self) -> list[str]:
        """A line for each setting of the top level that nobody reads; they do no harm."""
        if self.document is None or not set(self.values) - set(KNOWN):
            return []
        from claims.profile_file import nearest

        return [
            f"{self.where(key)}: nothing is called {displayed(key)!r}{nearest(key, KNOWN)}"
            for key in self.values
            if key not in KNOWN
        ]


def load(path: Path | None = None) -> Config:
    """Read the configuration; a missing file is an empty one.

    Raises `ConfigError` that names the file, and the line when something is wrong.
    """
    path = paths.config_file() if path is None else path
    if not path.exists():
        return Config()
    from claims.toml_lines import TomlError, read  # late: most have no configuration file

    try:
        document = read(path)
    except OSError as problem:
        raise ConfigError(f"{path} cannot be read: {problem.strerror}") from problem
    except TomlError as problem:
        raise ConfigError(str(problem)) from None
    values = document.values
    annotator = values.get("annotator")
    if annotator is not None and (not isinstance(annotator, str) or not annotator.strip()):
        raise ConfigError(
            f"{document.where('annotator')}: annotator must be a name in quotes, such as"
            ' annotator = "ann"'
        )
    name = annotator.strip() if annotator else None
    return Config(annotator=name, values=values, document=document)


def beside(name: str) -> Path:
    """A file that the configuration names; one without a folder lies beside it."""
    return paths.config_file().parent / Path(name).expanduser()


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
