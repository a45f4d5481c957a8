"""Writing what the extractor found: sentences, claims and their counts, replaced as a whole."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

from claims.doubt import doubt, family
from claims.model import Claim, Extraction, Spans
from claims.text import searchable
from store import figures
from store.errors import ExtractionFailed
from store.snapshot import dumps
from store.steps.analysis import MEASURED
from store.steps.facets import COUNTED, keep
from store.steps.shelf import FIELDS


def quote(text: str, content: Spans) -> str:
    """The words of a claim, its fragments joined by an ellipsis."""
    return " … ".join(span.of(text) for span in content)


def body(claim: Claim) -> str:
    """The claim as it is kept."""
    return dumps(claim.to_json())


COLUMNS = (*FIELDS, *MEASURED, *COUNTED)
"""Columns that repeat fields of a claim's body or follow from them."""


def fields(claim: Claim) -> tuple[str | float, ...]:
    """The values of `COLUMNS`, in their order."""
    return (
        claim.certainty.value,
        claim.stance.value,
        dumps(claim.channel),
        claim.rule,
        family(claim.rule),
        doubt(claim.confidence, claim.rule),
        claim.confidence,
    )


def check(extraction: Extraction, text: str) -> None:
    """Refuse spans that are not in the text and claims that share an id.

    Raises `ExtractionFailed`.
    """
    end = len(text)
    for claim in extraction.claims:
        problem = claim_problem(claim, end)
        if problem:
            raise ExtractionFailed(f"the extractor gave claim {claim.id}: {problem}")
    spans = [sentence.span for sentence in extraction.sentences]
    if any(not 0 <= span.start < span.end <= end for span in spans):
        raise ExtractionFailed("the extractor gave a sentence that is not in the text")
    if len({claim.id for claim in extraction.claims}) < len(extraction.claims):
        raise ExtractionFailed("the extractor gave two claims one id")


def claim_problem(claim: Claim, end: int) -> str | None:
    """Why the claim does not fit a text of that many characters; None when it does."""
    if not claim.content:
        return "it has no content"
    parts = [span for _, span in claim.spans()]
    for group in (claim.quantities, claim.places, claim.dates):
        parts += [part.span for part in group]
    for span in parts:
        if not 0 <= span.start < span.end <= end:
            return f"the span {span.start}-{span.end} is not in the text (0-{end})"
    numbers = [claim.confidence]
    for item in claim.quantities:
        numbers += [bound for bound in (item.low, item.high) if bound is not None]
    if not all(map(math.isfinite, numbers)):
        return "a figure or the confidence is no finite number"
    return None


def save(
    connection: sqlite3.Connection,
    article_id: int,
    version_id: int,
    text: str,
    extraction: Extraction,
) -> None:
    """Write the extraction of a text that has none, within the caller's transaction."""
    connection.executemany(
        'INSERT INTO sentence (version_id, number, start, "end", paragraph, kind)'
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            (version_id, number, s.span.start, s.span.end, s.paragraph, s.kind.value)
            for number, s in enumerate(extraction.sentences)
        ),
    )
    claims = sorted(extraction.claims, key=lambda claim: (claim.start, claim.end, claim.id))
    speakers = speaker_ids(connection, (claim.speaker for claim in claims))
    connection.executemany(
        'INSERT INTO claim (article_id, id, start, "end", type, side, speaker_id, quote, body,'
        f" {', '.join(COLUMNS)})"
        f" VALUES ({', '.join('?' * (9 + len(COLUMNS)))})",
        (
            (
                article_id,
                claim.id,
                claim.start,
                claim.end,
                claim.type.value,
                claim.side,
                None if claim.speaker is None else speakers[claim.speaker],
                quote(text, claim.content),
                body(claim),
                *fields(claim),
            )
            for claim in claims
        ),
    )
    keep(connection, article_id, 1)
    (date,) = connection.execute("SELECT date FROM article WHERE id = ?", (article_id,)).fetchone()
    figures.save(connection, article_id, text, extraction.profile, date, claims, speakers)
    _count(connection, Counter((claim.type.value, claim.side) for claim in claims))
    _count_speakers(
        connection, Counter(speakers[c.speaker] for c in claims if c.speaker is not None)
    )
    types = Counter(claim.type.value for claim in claims)
    sides = Counter(claim.side for claim in claims)
    connection.execute(
        "UPDATE article SET claims = ?, types = ?, sides = ?, profile = ?, extractor = ?,"
        " notes = ? WHERE id = ?",
        (
            len(claims),
            dumps(types),
            dumps(sides),
            extraction.profile,
            extraction.version,
            dumps(extraction.notes),
            article_id,
        ),
    )


def clear(connection: sqlite3.Connection, article_id: int, version_id: int) -> None:
    """Remove the article's machine claims and the sentences of one text, counts included."""
    connection.execute("DELETE FROM sentence WHERE version_id = ?", (version_id,))
    gone = connection.execute(
        "SELECT type, side, -count(*) FROM claim WHERE article_id = ? GROUP BY type, side",
        (article_id,),
    ).fetchall()
    _count(connection, {(kind, side): number for kind, side, number in gone})
    gone = connection.execute(
        "SELECT speaker_id, -count(*) FROM claim WHERE article_id = ? AND speaker_id IS NOT NULL"
        " GROUP BY speaker_id",
        (article_id,),
    ).fetchall()
    _count_speakers(connection, dict(gone))
    keep(connection, article_id, -1)
    connection.execute("DELETE FROM claim WHERE article_id = ?", (article_id,))
    figures.clear(connection, article_id)
    # What was compared has changed: its proposals go, and it is to be compared again.
    connection.execute(
        "DELETE FROM proposal WHERE first_article = ? OR second_article = ?",
        (article_id, article_id),
    )
    connection.execute("DELETE FROM compared WHERE article_id = ?", (article_id,))


def _count(connection: sqlite3.Connection, numbers: Mapping[tuple[str, str], int]) -> None:
    connection.executemany(
        "INSERT INTO claim_count (type, side, claims) VALUES (?, ?, ?)"
        " ON CONFLICT (type, side) DO UPDATE SET claims = claims + excluded.claims",
        [(kind, side, number) for (kind, side), number in numbers.items()],
    )


def _count_speakers(connection: sqlite3.Connection, numbers: Mapping[int, int]) -> None:
    connection.executemany(
        "UPDATE speaker SET claims = claims + ? WHERE id = ?",
        [(number, speaker) for speaker, number in numbers.items()],
    )


def speaker_ids(connection: sqlite3.Connection, names: Iterable[str | None]) -> dict[str, int]:
    """The ids of the speakers, made where they are new."""
    wanted = sorted({name for name in names if name is not None})
    connection.executemany(
        "INSERT INTO speaker (name, folded) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        [(name, searchable(name)) for name in wanted],
    )
    return dict(
        connection.execute(
            "SELECT name, id FROM speaker WHERE name IN (SELECT value FROM json_each(?))",
            (dumps(wanted),),
        ).fetchall()
    )
