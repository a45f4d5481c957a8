"""In what two annotators' versions of one claim differ, field by field."""

from __future__ import annotations

from claims.agreement.aligning import Aligned, Verdict
from claims.model import Claim

FIELDS = (
    "content",
    "source",
    "cue",
    "speaker",
    "role",
    "side",
    "channel",
    "mode",
    "type",
    "stance",
    "certainty",
    "distance",
    "about",
)
"""What annotators decide. Quantities, places and dates follow from the content."""

KEPT = "kept"
"""The difference between one who keeps a claim and one who does not."""


def differences(one: Claim, two: Claim) -> tuple[str, ...]:
    """The fields in which two versions of a claim differ, in the order of `FIELDS`."""
    return tuple(name for name in FIELDS if getattr(one, name) != getattr(two, name))


def disagreement(aligned: Aligned) -> tuple[str, ...]:
    """In what annotators disagree about a claim; empty when they do not.

    Who has yet to decide does not disagree, and of those who do not keep a claim nothing else is
    asked.
    """
    kept = {value for value in aligned.kept if value is not None}
    if len(kept) == 2:
        return (KEPT,)
    versions = [
        mark.claim for mark in aligned.marks if mark is not None and mark.verdict is Verdict.KEPT
    ]
    found = {name for one in versions[1:] for name in differences(versions[0], one)}
    return tuple(name for name in FIELDS if name in found)
