"""Lines of the log as decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from store.records import Decision
from store.snapshot import unpack

COLUMNS = (
    "id, uid, batch, at, annotator, action, article_id, text_sha256, claim_id,"
    " before, after, target"
)
"""The columns of `decision` that `entry` reads, in its order."""

NEWEST = 2**62
"""Above every id of the log."""


def entry(row: Sequence[Any]) -> Decision:
    """A line of the log. Raises `ValueError` and its like when it does not hold what it should."""
    number, uid, batch, at, annotator, action, article_id, sha, claim_id, before, after, target = (
        row
    )
    return Decision(
        id=number,
        uid=uid,
        batch=batch,
        at=at,
        annotator=annotator,
        action=action,
        article_id=article_id,
        text_sha256=sha,
        claim_id=claim_id,
        before=unpack(before, article_id),
        after=unpack(after, article_id),
        target=target,
    )
