"""States of claims by the claim, so that an article with thousands of them stays quick."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def states_of_claims(db: Database) -> None:
    """Without it, what an annotator has of one claim is looked for among all of the article."""
    db.execute("CREATE INDEX claim_state_of ON claim_state (article_id, claim_id, annotator)")
