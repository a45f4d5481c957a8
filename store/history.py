"""The history of a claim in words: who decided, when, and what changed, field by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from claims.agreement.differing import FOLLOWING
from claims.codebook import Codebook
from store.batch import BLIND
from store.records import ClaimRecord, Decision, Link
from store.turning import same
from store.wording import one_line, speaker

if TYPE_CHECKING:
    from store.db import Library

_DONE = {
    "accept": "accepted",
    "reject": "rejected",
    "reset": "set back to the machine's",
    "edit": "changed",
    "add": "made",
    "delete": "deleted",
    "note": "noted",
    "tag": "tagged",
    "untag": "untagged",
    "link": "judged a relation",
    "adopt": "adjudicated",
    "keep": "held over a decision from another library",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on a claim."""

    at: str
    annotator: str
    action: str
    words: str
    """What was done: "accepted, with 11 others", "took back: rejected"."""
    changes: tuple[str, ...]
    """What is otherwise than before, a line for each field; empty where nothing is."""


def steps(library: Library, article_id: int, claim_id: str, codebook: Codebook) -> list[Step]:
    """Every decision of every annotator on a claim, oldest first."""
    with library.snapshot():
        log = library.decisions.log(article_id, claim_id, limit=None)
        texts = library.articles.texts(article_id) if log else {}
        states: dict[tuple[str, str], ClaimRecord | None] = {}
        found = []
        for entry in log:
            place = (entry.annotator, entry.text_sha256)
            before = states.get(place, entry.before)
            if same(before, entry.before):
                before = entry.before
            states[place] = entry.after
            told = (
                ()
                if same(before, entry.after)
                else changes(
                    before,
                    entry.after,
                    texts[entry.text_sha256],
                    codebook,
                    partial(_other, library),
                )
            )
            found.append(
                Step(entry.at, entry.annotator, entry.action, _done(library, entry), tuple(told))
            )
    return found


def _done(library: Library, entry: Decision) -> str:
    words = _DONE.get(entry.action, entry.action)
    if entry.batch.startswith(BLIND):
        words += " blind"
    if entry.action in ("undo", "redo"):
        target = library.rows(
            "SELECT action FROM decision WHERE batch = ? LIMIT 1", (entry.target,)
        )
        what = _DONE.get(target[0][0], str(target[0][0])) if target else "a decision"
        words = f"{'took back' if entry.action == 'undo' else 'did again'}: {what}"
    others = (
        int(library.row("SELECT count(*) FROM decision WHERE batch = ?", (entry.batch,))[0]) - 1
    )
    return f"{words}, with {others:,} other{'' if others == 1 else 's'}" if others else words


def _other(library: Library, link: Link) -> str:
    """The other claim of a verdict: who says it, the beginning of its words, where."""
    found = library.rows(
        "SELECT a.id, v.text FROM text_version v JOIN article a ON a.id = v.article_id"
        " WHERE v.sha256 = ?",
        (link.text_sha256,),
    )
    record = library.claims.find(found[0][0], link.claim_id) if found else None
    if record is None:
        return "a claim that is not here"
    words = " … ".join(span.of(found[0][1]) for span in record.claim.content)
    title = library.articles.summary(found[0][0]).title
    return f"{speaker(record.claim)}, “{_brief(one_line(words))}” ({_brief(one_line(title))})"


def changes(
    before: ClaimRecord | None,
    after: ClaimRecord | None,
    text: str,
    codebook: Codebook,
    named: Callable[[Link], str] = lambda link: "another claim",
) -> list[str]:
    """How a claim of `text` differs before and after a decision, a line for each field.

    `named` says which is the other claim of a verdict.
    """
    if after is None:
        return ["taken away"]
    if before is None:
        return [f"made: {codebook[after.claim.type].label}, {speaker(after.claim)}"]
    old, new = before.claim.to_json(), after.claim.to_json()
    for part in ("source", "cue", "content"):
        for fields in (old, new):
            fields[part] = " … ".join(text[start:end] for start, end in fields[part])
    for fields in (old, new):
        fields["type"] = codebook[fields["type"]].label
        fields["about"] = fields["about"] and codebook[fields["about"]].label
        for kind in codebook.words:
            fields[kind] = codebook.word(kind, fields[kind])
    lines = [
        _line(name, old[name], new[name])
        for name in new
        if old[name] != new[name] and name not in FOLLOWING
    ]
    for name in ("status", "note", "tags"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            lines.append(_line(name, was, now))
    for link in after.links:
        if link not in before.links:
            note = f" ({link.note})" if link.note else ""
            lines.append(f"to {named(link)}: {link.verdict.value}{note}")
    if len(before.links) > len(after.links):
        lines.append("a verdict on a relation was taken back")
    return lines


_SHOWN = 60
_LEAD = 24
"""Characters of what is the same that are shown before the first difference of long words."""


def _line(name: str, was: object, now: object) -> str:
    old, new = _words_of(was), _words_of(now)
    if max(len(old), len(new)) > _SHOWN:  # else both could be cut to the same words
        same_to = next(
            (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
            min(len(old), len(new)),
        )
        start = max(0, same_to - _LEAD)
        if start:
            start = old.find(" ", start, same_to) + 1 or start
            old, new = f"…{old[start:]}", f"…{new[start:]}"
    return f"{name}: {_brief(old)} → {_brief(new)}"


def _words_of(value: object) -> str:
    if isinstance(value, tuple | list):
        value = " ".join(str(item) for item in value)
    return "–" if value in (None, "") else str(value)


def _brief(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
