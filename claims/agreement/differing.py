"""In what two annotators' versions of one claim differ, field by field."""

from __future__ import annotations

from dataclasses import fields

from claims.agreement.aligning import Aligned, Verdict
from claims.model import Claim

FOLLOWING = ("quantities", "places", "dates", "victims", "confidence", "rule")
"""Fields that follow from others, and what the machine says of its own work: telling of them too
would hide what a person changed."""

FIELDS = tuple(
    sorted(
        (field.name for field in fields(Claim) if field.name not in ("id", *FOLLOWING)),
        key=lambda name: name not in ("content", "source", "cue"),
    )
)
"""What annotators decide: the words first, then the labels."""

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
