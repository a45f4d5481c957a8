"""The loss report: every claim and field that a format could not carry, as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from store.exports.jsontext import line
from store.exports.model import Losses


def report(format: str, losses: Losses) -> Iterator[bytes]:  # noqa: A002
    """One loss a line within one JSON object."""
    yield f'{{"format": {line(format)}, "losses": ['.encode()
    between = "\n"
    for loss in losses:
        entry = {"article": loss.article, "claim": loss.claim, "what": loss.what, "why": loss.why}
        yield (between + line(entry)).encode()
        between = ",\n"
    yield b"\n]}\n"
