"""Groups of articles on the same story from several outlets; nothing in them is merged.

An article joins the group of those that `claims.sketch` finds alike, of another outlet and of the
same days. That is done as it is added, and for older libraries some at a time (`assign`).
"""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from claims import sketch
from claims.sketch import same_story, title_words

if TYPE_CHECKING:
    from store.db import Library

WINDOW = 3
"""Days between two articles on one story, at most."""
_MOST = 60
"""How many of the articles that share most bands are compared."""


def place(connection: sqlite3.Connection, article_id: int) -> int | None:
    """Sketch the article's current text and put the article into its group, which it gives.

    Works within the caller's transaction. An article that is alone has no group.
    """
    leave(connection, article_id)
    title, outlet, day, text = connection.execute(
        "SELECT a.title, a.outlet, a.date, v.text FROM article a"
        " JOIN text_version v ON v.id = a.version_id WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    made, on = sketch.sketch(text, title), _day(day)
    others = _alike(connection, made, title, outlet, on)
    connection.execute(
        "INSERT INTO sketch (article_id, day, signature) VALUES (?, ?, ?)",
        (article_id, on, made.bins),
    )
    connection.executemany(
        "INSERT INTO sketch_band (band, day, article_id) VALUES (?, ?, ?)",
        [(band, on, article_id) for band in set(made.bands)],
    )
    story = _join(connection, article_id, others)
    connection.execute("UPDATE article SET sketched = ? WHERE id = ?", (sketch.VERSION, article_id))
    return story


def leave(connection: sqlite3.Connection, article_id: int) -> None:
    """Take the article out of its group, before its text, title, outlet or date is another."""
    found = connection.execute(
        "SELECT k.day, k.signature, a.story, a.title, v.text FROM sketch k"
        " JOIN article a ON a.id = k.article_id JOIN text_version v ON v.id = a.version_id"
        " WHERE k.article_id = ?",
        (article_id,),
    ).fetchone()
    if found is None:
        return
    _, _, story, title, text = found
    connection.executemany(
        "DELETE FROM sketch_band WHERE band = ? AND day = ? AND article_id = ?",
        [(band, found[0], article_id) for band in sketch.sketch(text, title).bands],
    )
    connection.execute("DELETE FROM sketch WHERE article_id = ?", (article_id,))
    connection.execute(
        "UPDATE article SET story = NULL, sketched = NULL WHERE id = ?", (article_id,)
    )
    if story is not None:
        connection.execute(
            "UPDATE article SET story = NULL WHERE story = ?1"
            " AND (SELECT count(*) FROM article WHERE story = ?1) = 1",
            (story,),
        )


def _alike(
    connection: sqlite3.Connection, made: sketch.Sketch, title: str, outlet: str | None, on: int
) -> list[tuple[int, int | None]]:
    """The articles of other outlets and the same days that tell the story, with their groups."""
    first, last = (on - WINDOW, on + WINDOW) if on else (0, 0)
    found = connection.execute(
        "SELECT a.id, a.story, a.title, k.signature FROM ("
        "  SELECT b.article_id AS id, count(*) AS shared FROM json_each(?) j"
        "  CROSS JOIN sketch_band b ON b.band = j.value AND b.day BETWEEN ? AND ?"
        "  GROUP BY b.article_id ORDER BY shared DESC, id LIMIT ?"
        ") near JOIN article a ON a.id = near.id JOIN sketch k ON k.article_id = near.id"
        " WHERE a.outlet IS NULL OR ?5 IS NULL OR a.outlet <> ?5",
        (json.dumps(sorted(set(made.bands))), first, last, _MOST, outlet),
    ).fetchall()
    words = title_words(title)
    return [
        (int(number), story)
        for number, story, other_title, bins in found
        if same_story(made.bins, bins, words, title_words(other_title))
    ]


def _join(
    connection: sqlite3.Connection, article_id: int, others: list[tuple[int, int | None]]
) -> int | None:
    if not others:
        return None
    groups = {story for _, story in others if story is not None}
    story = min(groups) if groups else min(number for number, _ in others)
    if len(groups) > 1:
        connection.execute(
            "UPDATE article SET story = ? WHERE story IN (SELECT value FROM json_each(?))",
            (story, json.dumps(sorted(groups))),
        )
    connection.execute(
        "UPDATE article SET story = ? WHERE id IN (SELECT value FROM json_each(?))",
        (story, json.dumps([article_id, *(number for number, _ in others)])),
    )
    return story


def _day(day: str | None) -> int:
    """The day as a number; 0 where there is none."""
    try:
        return date.fromisoformat((day or "")[:10]).toordinal()
    except ValueError:
        return 0


def pending(library: Library) -> int:
    """How many articles were not yet looked at."""
    return int(library.row("SELECT count(*) FROM article WHERE sketched IS NULL")[0])


def assign(library: Library, limit: int = 50) -> int:
    """Look at the next articles that were not yet; how many that were. One transaction."""
    with library.transaction() as connection:
        found = connection.execute(
            "SELECT id FROM article WHERE sketched IS NULL ORDER BY id LIMIT ?", (limit,)
        ).fetchall()
        for (article_id,) in found:
            place(connection, article_id)
    return len(found)
