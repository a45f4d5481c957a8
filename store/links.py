"""Verdicts on relations as rows of `link`, which follow from the states they stand in."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.records import Link

if TYPE_CHECKING:
    from store.state import Place


def write(
    connection: sqlite3.Connection, place: Place, decision_id: int, links: Sequence[Link]
) -> None:
    """Write the links of a state that has just been written."""
    connection.executemany(
        "INSERT INTO link (decision_id, annotator, claim_id, text_sha256, other_claim,"
        " other_sha256, verdict, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                decision_id,
                place.annotator,
                place.claim_id,
                place.text_sha256,
                link.claim_id,
                link.text_sha256,
                link.verdict.value,
                link.note,
            )
            for link in links
        ],
    )
