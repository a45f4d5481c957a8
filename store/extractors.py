"""Who finds the claims of articles: a plugin that is configured, or the program as it is set.

`chosen` is the one place that turns a tagger and weights, from wherever they are named, into
what a library and `store.parallel` run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from claims.model import Article, Extraction
from store import config, paths
from store.errors import ConfigError

Extractor = Callable[[Article, str | None], Extraction]
"""An article and a profile's name, None to let the text decide, to what is found in it."""

TAGGERS = ("trained", "rules")
"""What finds sources, cues, contents and types: small models with rules, or rules alone."""


def configured() -> Extractor:
    """What `config.toml` names: a plugin's extractor, a tagger, weights; else the program's own.

    Raises `ConfigError`, which names the file and the setting.
    """
    found = config.load()
    name = found.values.get("extractor")
    if name is not None:
        from store import plugins  # late: most have none

        extractor = plugins.extractor(name) if isinstance(name, str) else None
        if extractor is None:
            raise ConfigError(
                f"{found.where('extractor')}: no plugin has an extractor {name!r};"
                " see: warreader plugins"
            )
        return extractor
    tagger = found.values.get("tagger")
    if tagger is not None and tagger not in TAGGERS:
        raise ConfigError(
            f'{found.where("tagger")}: tagger must be "trained" or "rules", not {tagger!r}'
        )
    weights = found.values.get("weights")
    if weights is None and tagger is None:
        return extract
    try:
        return chosen(tagger, _paths(weights))
    except ValueError as problem:
        raise ConfigError(f"{found.where('weights')}: weights: {problem}") from problem


def _paths(value: Any) -> list[Path]:
    """The files that the setting `weights` names. Raises `ValueError`."""
    listed = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(listed, list) or not all(isinstance(one, str) and one for one in listed):
        raise ValueError('must be a file in quotes, or a list of two: ["one.bin", "two.bin"]')
    return [config.beside(one) for one in listed]


def chosen(tagger: str | None, weights: Sequence[Path] = ()) -> Extractor:
    """The program's own extractor with one of `TAGGERS` and with weights in place of its own.

    `weights` has at most one file for sources, cues and contents and one for claim types; each
    file itself tells which it is. They are read here, so that what is wrong is known before any
    article is. Raises `ValueError`, `claims.tagger.errors.WeightsError` among them.
    """
    tagger = tagger or TAGGERS[0]
    if weights and tagger != "trained":
        raise ValueError(f"the tagger {tagger!r} uses no weights; leave them out")
    from claims import kind_model

    of_tagger: Path | None = None
    of_types: Path | None = None
    for path in weights:
        if kind_model.is_file_of_types(path):
            again, of_types = of_types, path
            kind_model.load(path)
        else:
            from claims.tagger.model import load  # late: it brings NumPy

            again, of_tagger = of_tagger, path
            load(path)
        if again is not None:
            raise ValueError(f"{again} and {path} are for the same; give one")
    return partial(extract, tagger=tagger, weights=of_tagger, type_weights=of_types)


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
