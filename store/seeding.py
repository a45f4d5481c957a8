"""Fills a new library with the sample articles that come with the program."""

from __future__ import annotations

import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from claims.model import Article
from store.errors import SeedError

if TYPE_CHECKING:
    from store.db import Library

FIRST = "first_article"
"""The setting that names the article to read first."""


def fill(library: Library, folder: Traversable | None = None) -> list[int]:
    """Add the articles of `seeds/index.toml` and return their ids.

    Doing it again adds nothing. Raises `SeedError` that names the entry that is wrong.
    """
    folder = resources.files("seeds") if folder is None else folder
    index = folder / "index.toml"
    try:
        entries = tomllib.loads(index.read_text(encoding="utf-8")).get("article", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SeedError(f"the list of sample articles cannot be read: {problem}") from problem
    ids = []
    for entry in entries:
        article_id = _add(library, folder, entry)
        ids.append(article_id)
        if entry.get("first") is True:
            library.set_setting(FIRST, str(article_id))
    return ids


def _add(library: Library, folder: Traversable, entry: dict[str, Any]) -> int:
    name = str(entry.get("file", ""))
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise SeedError(f"the sample article {name!r} cannot be read: {problem}") from problem
    given = {
        key: str(entry[key])
        for key in ("title", "outlet", "byline", "date", "url", "profile")
        if entry.get(key) is not None
    }
    url, profile = given.pop("url", None), given.pop("profile", None)
    added = library.articles.add(
        Article(text=text, **given), url=url, profile=profile, origin=f"seeds/{name}"
    )
    return added.article_id
