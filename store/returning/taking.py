"""Taking what came back: spans held against the text, differences taken as one batch of decisions.

Nothing is repaired silently: a mark whose words are not in the text at its place is refused, a
unit of offsets other than the format's own is told, and what is as the library has it changes
nothing, so that reading a file again is without effect. The whole file is one step, which one undo
takes back.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from claims.model import Claim, ClaimType, Mode, Span, text_hash
from store.batch import Batch, Change
from store.errors import ArticleNotFound, InvalidClaim, StoreError
from store.exports.model import Unit
from store.exports.offsets import Offsets, fitting
from store.records import ClaimRecord, Status
from store.returning.model import PARTS, Mark, ReturnedArticle, ReturnedClaim
from store.verdicts import accepted, checked_claim, clean_note, clean_tags, rejected

if TYPE_CHECKING:
    from store.db import Library

ACTION = "import"


@dataclass(slots=True)
class Taken:
    """What became of the articles of a file."""

    articles: int = 0
    changed: int = 0
    """Claims that were decided on, added or changed."""
    same: int = 0
    """Claims that are as the library has them."""
    removed: int = 0
    """Claims that were removed in the tool, now rejected."""
    refused: list[str] = field(default_factory=list)
    """Where and why, a line each."""
    warnings: list[str] = field(default_factory=list)
    batch: str = ""
    """The step in the log; empty when nothing changed."""


def take(library: Library, articles: Sequence[ReturnedArticle], *, removed: bool = True) -> Taken:
    """Take what differs, as the library's annotator, in one transaction and one step.

    With `removed`, claims that were removed in the tool are rejected. An article or a claim that
    cannot be taken is refused with the reason, and the rest is taken. Raises what
    `Library.transaction` raises; nothing is then changed.
    """
    done = Taken()
    with library.transaction() as connection:
        batch = Batch(connection, library.annotator, ACTION)
        for article in articles:
            done.warnings += article.warnings
            try:
                taking = _Article(library, article, done)
            except StoreError as problem:
                done.refused.append(f"{article.where}: {problem}")
                continue
            done.articles += 1
            for change in taking.changes(removed=removed):
                batch.add(replace(change, after=batch.signed(change.after)))
        batch.finish()
    done.batch = batch.name if batch.places else ""
    return done


class _Article:
    """One article of the file beside the library's."""

    def __init__(self, library: Library, article: ReturnedArticle, done: Taken) -> None:
        self._library, self._article, self._done = library, article, done
        self.id = _find(library, article)
        self._sha = library.articles.text_hash(self.id)
        self._text = library.articles.get(self.id).text
        if article.text is not None and article.text != self._text:
            raise InvalidClaim(
                f"its text is not that of article {self.id} in the library; marks are taken only"
                " on the very same text"
            )
        self._offsets = Offsets(self._text, self._fitting_unit())

    def _fitting_unit(self) -> Unit:
        """The unit in which all marks that say their words fit; told if it is not the format's."""
        given = [
            (mark.start, mark.end, mark.words)
            for claim in self._article.claims
            for marks in claim.marks.values()
            for mark in marks
            if mark.words is not None
        ]
        found = fitting(self._text, given, self._article.unit)
        if found is None or found[0] == self._article.unit:
            return self._article.unit
        self._done.warnings.append(
            f"{self._article.where}: offsets count {found[0]} units, by the words of the marks"
        )
        return found[0]

    def changes(self, *, removed: bool) -> Iterator[Change]:
        """What is to be written, claim by claim."""
        here: set[str] = set()
        for claim in self._article.claims:
            name = str((claim.whole or {}).get("id", ""))
            here.add(name)
            try:
                change = self._change(claim, name)
            except (StoreError, ValueError) as problem:
                self._done.refused.append(f"{claim.where}: {problem}")
                continue
            if change is None or not change.real:
                self._done.same += 1
            else:
                self._done.changed += 1
                yield change
        for name in self._article.sent or () if removed else ():
            before = self._library.claims.find(self.id, name)
            if name in here or before is None or before.status is Status.REJECTED:
                continue
            self._done.removed += 1
            yield Change(self.id, self._sha, name, before, rejected(before))

    def _change(self, claim: ReturnedClaim, name: str) -> Change | None:
        data = self._data(claim)
        before = self._library.claims.find(self.id, name) if name else None
        if before is None and not name:
            if self._known(data):
                return None
            name = "h" + secrets.token_hex(8)
        made = self._checked({**data, "id": name})
        record = before or ClaimRecord(self.id, made, Status.ADDED)
        note, tags = data.get("note", record.note), data.get("tags", record.tags)
        if not isinstance(note, str) or not isinstance(tags, list | tuple):
            raise InvalidClaim("note and tags must be text")
        after = replace(record, claim=made, note=clean_note(note), tags=clean_tags(map(str, tags)))
        status = data.get("status")
        if status == Status.REJECTED:
            after = rejected(after)
        elif before is None or made != record.claim or _decides(status, before):
            after = accepted(after)
        return Change(self.id, self._sha, name, before, after)

    def _data(self, claim: ReturnedClaim) -> dict[str, Any]:
        """The claim as it is to be: as it was exported, with what was changed in the tool."""
        changed = {k: v for k, v in claim.seen.items() if v != claim.shown.get(k)}
        data: dict[str, Any] = {**(claim.whole or {}), **changed}
        if claim.whole is not None and claim.written is None:
            self._hold_quotes(claim.whole)
        for part, marks in claim.marks.items():
            spans = [self._span(mark) for mark in marks]
            if claim.whole is not None and self._as_written(claim, part, spans):
                continue
            data[part] = [list(span) for span in spans]
        if claim.whole is None:
            source = bool(data.get("source"))
            data.setdefault("side", "unknown" if source else "author")
            data.setdefault("mode", Mode.INDIRECT if source else Mode.UNATTRIBUTED)
            data.setdefault("confidence", 1.0)
            data.setdefault("rule", "imported")
        return data

    def _as_written(self, claim: ReturnedClaim, part: str, spans: list[Span]) -> bool:
        whole = claim.whole or {}
        if claim.written is not None:
            before = [(mark.start, mark.end) for mark in claim.written(self._text, part)]
        else:
            before = [tuple(span) for span in whole.get(part, ())]
        return before == [tuple(span) for span in spans]

    def _hold_quotes(self, whole: Mapping[str, Any]) -> None:
        quotes = whole.get("quotes")
        if not isinstance(quotes, Mapping):
            return
        for part in PARTS:
            spans = [Span(*span) for span in whole.get(part, ())]
            if [span.of(self._text) for span in spans] != list(quotes.get(part, ())):
                raise InvalidClaim(
                    f"the exported {part} does not hold the words that were exported"
                )

    def _span(self, mark: Mark) -> Span:
        start, end = self._offsets.back(mark.start), self._offsets.back(mark.end)
        if start is None or end is None or start >= end:
            raise InvalidClaim(f"{mark.start}-{mark.end} is no span of the text")
        words = self._text[start:end]
        if mark.words is not None and words != mark.words:
            raise InvalidClaim(
                f"{mark.start}-{mark.end} is “{words[:40]}” in the text, but the file says"
                f" “{mark.words[:40]}”"
            )
        return Span(start, end)

    def _known(self, data: Mapping[str, Any]) -> bool:
        """Whether a claim of these spans and this type stands already."""
        wanted = [[list(span) for span in data.get(part, ())] for part in PARTS]
        for record in self._library.claims.of(self.id):
            spans = [[list(span) for span in getattr(record.claim, part)] for part in PARTS]
            if spans == wanted and str(record.claim.type) == data.get("type"):
                return True
        return False

    def _checked(self, data: dict[str, Any]) -> Claim:
        kind = data.get("type")
        known = (*self._library.codebook.types, *ClaimType)
        if kind not in known:
            types = ", ".join(dict.fromkeys(known))
            raise InvalidClaim(f"{kind!r} is no type of the codebook in force; it has {types}")
        return checked_claim(data, len(self._text))


def _decides(status: Any, before: ClaimRecord) -> bool:
    decided = (Status.ACCEPTED, Status.EDITED, Status.ADDED)
    return status in decided and before.status not in decided


def _find(library: Library, article: ReturnedArticle) -> int:
    """The library's article: by its text, else by its address."""
    shas = [article.text_sha256] if article.text_sha256 else []
    if article.text is not None:
        shas.insert(0, text_hash(article.text))
    for sha in shas:
        found = library.articles.by_text(sha)
        if found is not None:
            return found
    if article.url and not shas:
        found = library.articles.by_url(article.url)
        if found is not None:
            return found
    raise ArticleNotFound("the library has no article with this text; add it first")
