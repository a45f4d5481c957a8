"""Opening the library for a sub-command: to read without a lock, or to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.invocation import Settings

if TYPE_CHECKING:
    from store.db import Library
    from store.extractors import Extractor


def settings() -> Settings:
    """The options before the sub-command."""
    found = click.get_current_context().find_object(Settings)
    return found or Settings()


def to_read() -> Library:
    """The library, open for reading; another process may write to it meanwhile.

    The user's own library is made, with the sample articles, when it is not there yet; one that
    was named with `--db` is not, since a mistyped name would then look like an empty library.
    Raises `StoreError`.
    """
    from store import paths
    from store.db import Library
    from store.errors import LibraryMissing, LibraryOlder
    from store.opening import SEEDS

    given = settings()
    path = given.db or paths.library()
    try:
        library = Library.open(path, readonly=True, annotator=given.annotator)
        if given.readonly or library.setting(SEEDS) != "wanted":
            return _with_codebook(library)
        library.close()  # the first run was interrupted before all sample articles were in
    except LibraryMissing:
        if given.db is not None or given.readonly:
            raise
    except LibraryOlder:
        if given.readonly:
            raise
    return _with_codebook(Library.open(path, annotator=given.annotator))


@contextmanager
def as_it_was(library: Library, at: str | None) -> Iterator[None]:
    """Within the block the library reads as it was at the moment that --at names.

    Raises `StoreError` for words that name none.
    """
    if at is None:
        yield
        return
    from store.moments import read
    from store.past import as_of

    with as_of(library, read(at, end=True)):
        yield


def to_write(extractor: Extractor | None = None) -> Library:
    """The library, open for writing; a new one gets no sample articles. Raises `StoreError`.

    `extractor` finds the claims of what is added, in place of what the configuration names.
    """
    from store.db import Library

    given = settings()
    if given.readonly:
        raise click.UsageError("this command changes the library; leave out --read-only")
    library = Library.open(given.db, annotator=given.annotator, seed=False, extractor=extractor)
    return _with_codebook(library)


def _with_codebook(library: Library) -> Library:
    """The library with the codebook that was named on the command line, if one was."""
    given = settings().codebook
    if given is not None:
        from store.codebooks import named

        try:
            library.use_codebook(named(given))
        except BaseException:
            library.close()
            raise
    return library
