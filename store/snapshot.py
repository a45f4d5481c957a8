"""A claim record as the JSON that the log keeps: complete, so that any state can be restored."""

from __future__ import annotations

import json
from typing import Any

from claims.model import Claim
from store.records import ClaimRecord, Link, Status, Verdict


def dumps(value: Any) -> str:
    """JSON in one line, with letters as they are. Raises `ValueError` for a number without end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def pack(record: ClaimRecord | None) -> str | None:
    """The record as JSON text; None stays None.

    `machine` is `true` where the machine proposed exactly this claim, null where it proposed none.
    """
    if record is None:
        return None
    machine: Any = None
    if record.machine is not None:
        machine = True if record.machine == record.claim else record.machine.to_json()
    packed = {
        "claim": record.claim.to_json(),
        "status": record.status.value,
        "note": record.note,
        "tags": record.tags,
        "annotator": record.annotator,
        "decided_at": record.decided_at,
        "machine": machine,
    }
    if record.links:
        packed["links"] = links_to_json(record.links)
    return dumps(packed)


def links_to_json(links: tuple[Link, ...]) -> list[dict[str, str]]:
    """Verdicts on relations as plain JSON values."""
    return [
        {
            "text_sha256": link.text_sha256,
            "claim_id": link.claim_id,
            "verdict": link.verdict.value,
            "note": link.note,
        }
        for link in links
    ]


def _link(data: dict[str, Any]) -> Link:
    fields = (data["text_sha256"], data["claim_id"], data.get("note", ""))
    if not all(isinstance(value, str) for value in fields):
        raise ValueError("the fields of a link must be text")
    return Link(fields[0], fields[1], Verdict(data["verdict"]), fields[2])


def unpack(text: str | None, article_id: int) -> ClaimRecord | None:
    """Read what `pack` wrote. Raises `ValueError` when it is not that."""
    if text is None:
        return None
    data = json.loads(text)
    claim = Claim.from_json(data["claim"])
    machine = data["machine"]
    return ClaimRecord(
        article_id=article_id,
        claim=claim,
        status=Status(data["status"]),
        note=data["note"],
        tags=tuple(data["tags"]),
        annotator=data["annotator"],
        decided_at=data["decided_at"],
        machine=claim if machine is True else machine and Claim.from_json(machine),
        links=tuple(_link(item) for item in data.get("links", ())),
    )
