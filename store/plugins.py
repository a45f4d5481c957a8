"""Plugins: packages that read other kinds of files, write other formats, or extract otherwise.

A package names itself under the entry point group `warreader`; the object there has functions
marked with `hook`. Only installed packages are taken, never a file that lies about, and a result
carries the plugin's name. `WARREADER_NO_PLUGINS=1` starts without any.

    [project.entry-points.warreader]
    odt = "warreader_odt"

    # warreader_odt.py
    from store.plugins import hook

    @hook
    def warreader_ingest(name, head):
        if name.endswith(".odt"):
            return read_odt          # (name, Given, bytes) -> iterator of Incoming
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from claims.model import Article, Extraction
    from store.exports.model import Exporter
    from store.ingest.model import Given, Incoming

VERSION = 1
"""Of the hooks below: a hook is added, never changed."""
_GROUP = "warreader"

hook = pluggy.HookimplMarker(_GROUP)
"""Marks a plugin's functions."""
_spec = pluggy.HookspecMarker(_GROUP)

if TYPE_CHECKING:
    IngestReader = Callable[[str, Given, bytes], Iterator[Incoming]]
    PluginExtractor = Callable[[Article, str | None], Extraction]


class Hooks:
    """What a plugin may have."""

    @_spec(firstresult=True)
    def warreader_ingest(self, name: str, head: bytes) -> IngestReader | None:
        """A reader for a file, by its name and first bytes; None if it is not for this plugin."""
        raise NotImplementedError

    @_spec
    def warreader_exporters(self) -> Sequence[Exporter]:
        """Export formats (`store.exports.model.Exporter`)."""
        raise NotImplementedError

    @_spec
    def warreader_extractors(self) -> Mapping[str, PluginExtractor]:
        """Extractors by name; `extractor = "NAME"` in `config.toml` chooses one."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that is loaded, or why it is not."""

    name: str
    version: str
    hooks: tuple[str, ...]
    problem: str | None = None


@lru_cache(maxsize=1)
def _manager() -> tuple[pluggy.PluginManager, tuple[Plugin, ...]]:
    from importlib.metadata import entry_points

    manager = pluggy.PluginManager(_GROUP)
    manager.add_hookspecs(Hooks)
    found = []
    if not os.environ.get("WARREADER_NO_PLUGINS"):
        for point in sorted(entry_points(group=_GROUP), key=lambda point: point.name):
            version = point.dist.version if point.dist else ""
            try:
                manager.register(point.load(), name=point.name)
            except Exception as problem:  # a broken plugin must not stop the program
                words = f"{type(problem).__name__}: {problem}"
                found.append(Plugin(point.name, version, (), words))
                continue
            callers = manager.get_hookcallers(manager.get_plugin(point.name)) or []
            found.append(Plugin(point.name, version, tuple(sorted(c.name for c in callers))))
    return manager, tuple(found)


def forget() -> None:
    """Look for plugins anew the next time (for tests)."""
    _manager.cache_clear()


def plugins() -> tuple[Plugin, ...]:
    """The plugins that are installed, loaded or not."""
    return _manager()[1]


def ingest_reader(name: str, head: bytes) -> IngestReader | None:
    """A plugin's reader for a file; None where no plugin wants it."""
    reader: IngestReader | None = _manager()[0].hook.warreader_ingest(name=name, head=head)
    return reader


def exporters() -> dict[str, Exporter]:
    """The formats of plugins, by name."""
    lists: list[Sequence[Exporter]] = _manager()[0].hook.warreader_exporters()
    return {exporter.name: exporter for one in lists for exporter in one}


def extractor(name: str) -> PluginExtractor | None:
    """A plugin's extractor; None when no plugin has one of that name."""
    maps: list[Mapping[str, PluginExtractor]] = _manager()[0].hook.warreader_extractors()
    return next((one[name] for one in maps if name in one), None)
