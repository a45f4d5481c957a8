"""An index by type and side together, for lists and counts of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def type_and_side(db: Database) -> None:
    """What is asked for most: claims of some types and some sides, in their order."""
    db.execute("CREATE INDEX claim_type_side ON claim (type, side, article_id, start)")
