"""Who finds the claims of a library's articles: a plugin that is configured, or the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from claims.model import Article, Extraction
from store import config, paths
from store.errors import ConfigError

Extractor = Callable[[Article, str | None], Extraction]
"""An article and a profile's name, None to let the text decide, to what is found in it."""


def configured() -> Extractor | None:
    """The plugin's extractor that `config.toml` names; None when it names none."""
    found = config.load()
    name = found.values.get("extractor")
    if name is None:
        return None
    from store import plugins  # late: most have none

    extractor = plugins.extractor(name) if isinstance(name, str) else None
    if extractor is None:
        raise ConfigError(
            f"{found.where('extractor')}: no plugin has an extractor {name!r};"
            " see: warreader plugins"
        )
    return extractor


def extract(
    article: Article,
    profile: str | None,
    *,
    tagger: str = "trained",
    weights: Path | None = None,
    type_weights: Path | None = None,
) -> Extraction:
    """The program's own, which knows the user's profiles beside those that ship.

    Options and errors are those of `claims.extract.extract`.
    """
    from claims.extract import extract as find  # late: readers of a library do not need it

    return find(
        article,
        profile,
        profile_dirs=(paths.profiles_dir(),),
        tagger=tagger,
        weights=weights,
        type_weights=type_weights,
    )
