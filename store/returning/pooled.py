"""Claims from formats whose marks are a pool beside the text: doccano and Prodigy.

The claims travel whole beside the marks. A claim whose marks all came back is as it was, but for a
label that was changed; one whose content came back in no form was removed; marks that no exported
claim accounts for make new claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.model import Span
from store.exports.model import Unit
from store.exports.offsets import Offsets
from store.returning.model import PARTS, Mark, ReturnedClaim


@dataclass(slots=True)
class Pooled:
    """One mark of the pool; `head` names the mark that it belongs to, with how."""

    name: str
    start: int
    end: int
    label: str
    head: str | None = None
    relation: str = ""
    taken: bool = False


def claims(
    text: str,
    wholes: Sequence[Mapping[str, Any]],
    pool: Sequence[Pooled],
    unit: Unit,
    where: str,
) -> Iterator[ReturnedClaim]:
    """The claims of one text; `unit` is what the pool's offsets count."""
    offsets = Offsets(text, unit)
    places: dict[tuple[int, int], list[Pooled]] = {}
    for mark in pool:
        places.setdefault((mark.start, mark.end), []).append(mark)

    def take(span: Span, label: str | None) -> Pooled | None:
        here = places.get(offsets.span(span), ())
        found = next((m for m in here if not m.taken and (label is None or m.label == label)), None)
        if found is not None:
            found.taken = True
        return found

    changed: list[tuple[Mapping[str, Any], dict[str, list[Pooled | None]]]] = []
    # First what is as it was, so that a changed mark cannot take another claim's.
    for whole in wholes:
        kind = str(whole.get("type"))
        got = {
            part: [
                take(Span(*span), kind if part == "content" else part)
                for span in whole.get(part, ())
            ]
            for part in PARTS
        }
        changed.append((whole, got))
    for whole, got in changed:
        for part in PARTS:
            for at, span in enumerate(whole.get(part, ())):
                if got[part][at] is None and part == "content":
                    got[part][at] = take(Span(*span), None)
        content = [mark for mark in got["content"] if mark is not None]
        if not content:
            continue
        kept = {part: [m for m in got[part] if m is not None] for part in PARTS}
        yield ReturnedClaim(
            where=f"{where}, claim {whole.get('id')}",
            marks={part: [Mark(m.start, m.end) for m in kept[part]] for part in PARTS},
            whole=whole,
            seen={"type": content[0].label},
            shown={"type": whole.get("type")},
        )
    yield from _new(pool, where)


def _new(pool: Sequence[Pooled], where: str) -> Iterator[ReturnedClaim]:
    """Claims of the marks that are left."""
    left = [mark for mark in pool if not mark.taken]
    heads = [m for m in left if m.label not in ("source", "cue") and m.relation != "continues"]
    for head in heads:
        tied = [m for m in left if m.head == head.name]
        marks = {part: [Mark(m.start, m.end) for m in tied if m.label == part] for part in PARTS}
        content = [head, *(m for m in tied if m.relation == "continues")]
        marks["content"] = sorted(Mark(m.start, m.end) for m in content)
        yield ReturnedClaim(
            where=f"{where}, mark {head.start}-{head.end}",
            marks=marks,
            seen={"type": head.label},
        )
