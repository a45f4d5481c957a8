"""Comparing the claims of the library, article by article, in a process of its own.

`claims.compare` reads all claims that it compares at once; here it is given a batch of articles
that were not compared yet, with those published about the same days beside them, and what is
proposed with an end in the batch is kept. So the memory is bounded, each batch is a step that can
be stopped after, an article that was added or changed costs one small batch, and which articles
were compared is remembered (`compared`). Pairs that are far apart in time and were never in one
batch are not proposed.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import redirect_stderr
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING

from claims.profile import Profile, ProfileError
from claims.relations import ComparedClaim, Relation
from store.parallel import begin
from store.state import read_claim

if TYPE_CHECKING:
    from store.db import Library

BATCH = 400
"""Articles that are compared at a time."""
BESIDE = 200
"""Articles of the same days that are read beside them."""
_DAYS = 4
"""Days before and after an article in which others are read beside it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles to compare, each with a mark of its claims, and those to read beside them."""

    articles: Mapping[int, int]
    beside: tuple[int, ...]


def waiting(library: Library) -> int:
    """How many articles were not compared since their claims were found."""
    return int(
        library.row(
            "SELECT count(*) FROM article a WHERE NOT EXISTS"
            " (SELECT 1 FROM compared d WHERE d.article_id = a.id)"
        )[0]
    )


def next_batch(library: Library, *, size: int = BATCH, beside: int = BESIDE) -> Batch | None:
    """The newest articles that wait to be compared; None when none do."""
    with library.snapshot():
        rows = library.rows(
            "SELECT a.id, a.date, (SELECT coalesce(max(c.rowid), 0) FROM claim c"
            " WHERE c.article_id = a.id) FROM article a WHERE NOT EXISTS"
            " (SELECT 1 FROM compared d WHERE d.article_id = a.id)"
            " ORDER BY a.date DESC, a.id LIMIT ?",
            (size,),
        )
        if not rows:
            return None
        found = {int(number): int(mark) for number, _, mark in rows}
        near = _near(library, sorted({day[:10] for _, day, _ in rows if day}), found, beside)
    return Batch(found, near)


def _near(
    library: Library, days: Sequence[str], batch: Mapping[int, int], most: int
) -> tuple[int, ...]:
    """Other articles of about the same days; without a day, others without one."""
    found: dict[int, None] = {}
    each = max(10, most // len(days)) if days else most
    for low, high in _ranges(days):
        rows = library.rows(
            "SELECT id FROM article WHERE date >= ? AND date < ? ORDER BY date DESC, id LIMIT ?",
            (low, high, each + len(batch)),
        )
        found.update(dict.fromkeys([row[0] for row in rows if row[0] not in batch][:each]))
        if len(found) >= most:
            break
    if not days:
        rows = library.rows(
            "SELECT id FROM article WHERE date IS NULL ORDER BY id DESC LIMIT ?",
            (most + len(batch),),
        )
        found.update(dict.fromkeys(row[0] for row in rows if row[0] not in batch))
    return tuple(found)[:most]


def _ranges(days: Sequence[str]) -> Iterator[tuple[str, str]]:
    reach = timedelta(days=_DAYS)
    for day in days:
        try:
            middle = date.fromisoformat(day)
            yield (middle - reach).isoformat(), (middle + reach + timedelta(days=1)).isoformat()
        except (ValueError, OverflowError):
            continue


def compare_batch(path: Path, batch: Batch) -> list[Relation]:
    """What the machine proposes with an end in the batch; run in another process.

    Raises a child of `StoreError`.
    """
    from claims.compare import compare
    from store.db import Library

    with Library.open(path, readonly=True, annotator="comparison") as library:
        items = list(_claims(library, [*batch.articles, *batch.beside]))
    return [
        one
        for one in compare(items)
        if int(one.first_article) in batch.articles or int(one.second_article) in batch.articles
    ]


def _claims(library: Library, articles: Sequence[int]) -> Iterator[ComparedClaim]:
    profiles: dict[str, Profile] = {}
    for article_id in sorted(articles):
        rows = library.rows(
            "SELECT v.text, a.date, a.outlet, a.profile FROM article a"
            " JOIN text_version v ON v.id = a.version_id WHERE a.id = ?",
            (article_id,),
        )
        if not rows:
            continue
        text, day, outlet, name = rows[0]
        if name not in profiles:
            profiles[name] = _profile(name)
        for (body,) in library.rows(
            "SELECT body FROM claim WHERE article_id = ? ORDER BY start", (article_id,)
        ):
            claim = read_claim(body)
            yield ComparedClaim(str(article_id), claim, text, day, outlet, profiles[name])


def _profile(name: str) -> Profile:
    from claims.profile import load
    from store import paths

    try:
        return load(name, (paths.profiles_dir(),))
    except ProfileError:
        return load("generic")


def save(library: Library, batch: Batch, relations: Sequence[Relation]) -> int:
    """Keep what was proposed and that the articles are compared; how many proposals are new.

    An article whose claims were found anew meanwhile is left to be compared again.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with library.transaction() as connection:
        valid = {
            article_id
            for article_id, mark in batch.articles.items()
            if connection.execute(
                "SELECT coalesce(max(rowid), 0) FROM claim WHERE article_id = ?", (article_id,)
            ).fetchone()[0]
            == mark
        }
        before = connection.total_changes
        connection.executemany(
            "INSERT OR IGNORE INTO proposal (kind, rule, confidence, first_article, first_claim,"
            " second_article, second_claim, reason) SELECT ?, ?, ?, ?, ?, ?, ?, ?"
            " WHERE EXISTS (SELECT 1 FROM claim WHERE article_id = ?4 AND id = ?5)"
            " AND EXISTS (SELECT 1 FROM claim WHERE article_id = ?6 AND id = ?7)"
            " AND NOT EXISTS (SELECT 1 FROM proposal WHERE first_article = ?6"
            " AND first_claim = ?7 AND second_article = ?4 AND second_claim = ?5)",
            [
                (
                    one.kind.value,
                    one.rule,
                    one.confidence,
                    int(one.first_article),
                    one.first,
                    int(one.second_article),
                    one.second,
                    one.reason,
                )
                for one in relations
            ],
        )
        added = connection.total_changes - before
        connection.executemany(
            "INSERT OR REPLACE INTO compared (article_id, at) VALUES (?, ?)",
            [(article_id, now) for article_id in sorted(valid)],
        )
    return added


def forget(library: Library) -> None:
    """Take all proposals back, so that everything is compared anew; verdicts stay."""
    with library.transaction() as connection:
        connection.execute("DELETE FROM proposal")
        connection.execute("DELETE FROM compared")


class Comparer:
    """Another process that compares batches of one library; `stop` ends it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Spawned, not forked: a library is open here, and SQLite does not survive a fork.
        spawn = multiprocessing.get_context("spawn")
        # A screen may have put something without a file in the place of standard error, which
        # multiprocessing hands to the process that it begins first.
        with redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()
        self._pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=begin)

    def compare(self, batch: Batch) -> Future[list[Relation]]:
        """Have a batch compared; the future raises what `compare_batch` raises."""
        return self._pool.submit(compare_batch, self._path, batch)

    def stop(self) -> None:
        """End the process, whatever it does; may be called twice."""
        for process in list((self._pool._processes or {}).values()):
            process.terminate()
        self._pool.shutdown(wait=False, cancel_futures=True)


def compare_all(library: Library) -> Iterator[tuple[int, int]]:
    """Compare all that waits, here; yields how many articles are done and proposals are new."""
    done = added = 0
    while (batch := next_batch(library)) is not None:
        added += save(library, batch, compare_batch(library.path, batch))
        done += len(batch.articles)
        yield done, added
