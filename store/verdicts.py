"""What becomes of a claim by each kind of decision, and what a person may write into one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from claims.model import Claim
from claims.text import canonical
from store import machine
from store.errors import InvalidClaim
from store.records import ClaimRecord, Status

_LONGEST_NOTE = 20_000
_LONGEST_NAME = 200

Changing = Callable[[ClaimRecord], ClaimRecord | None]
"""A claim to what becomes of it; None takes it away."""


def accepted(record: ClaimRecord) -> ClaimRecord:
    """Taken as it stands: as the machine has it, as it was changed, or as a person made it."""
    if record.machine is None:
        status = Status.ADDED
    elif record.claim != record.machine:
        status = Status.EDITED
    else:
        status = Status.ACCEPTED
    return replace(record, status=status)


def rejected(record: ClaimRecord) -> ClaimRecord:
    """Refused; it stays visible."""
    return replace(record, status=Status.REJECTED)


def noting(text: str) -> Changing:
    """Writes a note, below one that is there; a line that is there already is not repeated."""

    def noted(record: ClaimRecord) -> ClaimRecord:
        lines = record.note.split("\n") if record.note else []
        return (
            record if text in lines else replace(record, note=clean_note("\n".join([*lines, text])))
        )

    return noted


def tagging(tags: tuple[str, ...], *, add: bool) -> Changing:
    """Adds tags to those of a claim, or takes them away."""

    def tagged(record: ClaimRecord) -> ClaimRecord:
        kept = tuple(tag for tag in record.tags if add or tag not in tags)
        return replace(record, tags=tuple(dict.fromkeys((*kept, *(tags if add else ())))))

    return tagged


def clean_note(text: str) -> str:
    """The note as it is kept. Raises `InvalidClaim` when it is too long."""
    text = canonical(text).strip()
    if len(text) > _LONGEST_NOTE:
        raise InvalidClaim(f"a note has at most {_LONGEST_NOTE} characters")
    return text


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags as they are kept, each once. Raises `InvalidClaim`."""
    return tuple(dict.fromkeys(clean_line("tag", tag) for tag in tags if tag.strip()))


def clean_line(field: str, value: str) -> str:
    """A name as it is kept, on one line. Raises `InvalidClaim`, naming the field."""
    value = canonical(" ".join(value.split()))
    if not value or len(value) > _LONGEST_NAME:
        raise InvalidClaim(f"claim field {field!r}: needs 1 to {_LONGEST_NAME} characters")
    return value


def checked_claim(data: dict[str, Any], length: int) -> Claim:
    """A person's claim as it is kept, of a text of `length` characters.

    Raises `InvalidClaim`, naming the field or the span that cannot be.
    """
    try:
        claim = Claim.from_json(data)
    except ValueError as problem:
        raise InvalidClaim(str(problem)) from None
    wrong = machine.claim_problem(claim, length)
    if wrong:
        raise InvalidClaim(f"claim {claim.id}: {wrong}")
    if not 0 <= claim.confidence <= 1:
        raise InvalidClaim(f"claim field 'confidence': {claim.confidence} is not in 0-1")
    return replace(
        claim,
        side=clean_line("side", claim.side),
        speaker=None if claim.speaker is None else clean_line("speaker", claim.speaker),
        channel=tuple(clean_line("channel", channel) for channel in claim.channel),
        rule=canonical(claim.rule),
    )


def plain(value: Any) -> Any:
    """The JSON form of a field's value, whether it came as the model's object or as JSON."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return value
