"""Keyword in context: every place where the words of a query stand, and the claims that fit one.

Lines are made as they are asked for, a few articles or claims at a time, so that the first ones
are there at once however many there are; `gather` makes more of them for sorting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from claims.text import searchable
from store import filters, fts, query, query_words
from store.machine import quote
from store.records import ArticleFilter, ArticleSort, ClaimFilter, ClaimRecord
from store.wording import speaker

if TYPE_CHECKING:
    from store.db import Library

MOST = 10_000
"""How many lines are gathered to be sorted."""
_ARTICLES, _CLAIMS, _WITHIN = 20, 200, 50
"""How many articles, claims, claims with words are looked at in one go: some 0.01 seconds each."""
_CONTEXT = 120
"""Characters of context on each side of a keyword."""
_START, _END = "\x02", "\x03"
_HIT = re.compile(f"{_START}(.*?){_END}", re.DOTALL)
_WORD = re.compile(r"\w[\w'’-]*|\S+")
_LONGEST_QUOTE = 400


class LineOrder(StrEnum):
    """How the lines are sorted."""

    POSITION = "position"
    """As they stand: for words by article, newest first; for claims by article."""
    LEFT = "left"
    """By the words before the keyword, the nearest first; for claims by who says it."""
    RIGHT = "right"
    """By the keyword's end and the words behind it; for claims by their words."""
    OUTLET = "outlet"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Line:
    """A keyword with what stands before and behind it; or a claim, with who says it before it."""

    article_id: int
    outlet: str | None
    date: str | None
    start: int
    """Where the keyword, or the claim, begins and ends in the text."""
    end: int
    left: str
    word: str
    right: str
    record: ClaimRecord | None = None
    """The claim."""
    profile: str = ""
    """The conflict profile that names its side."""


@dataclass(slots=True)
class Concordance:
    """What was asked for, the lines so far, and where to go on."""

    typed: str = ""
    claims: bool = False
    """Whether the lines are claims and not words in their context."""
    order: LineOrder = LineOrder.POSITION
    lines: list[Line] = field(default_factory=list)
    total: int | None = None
    """How many articles have the words; how many claims fit; None while they are not counted."""
    more: bool = False
    """Whether there are more claims than `total`: so many are not counted to the end."""
    seen: int = 0
    """How many of these were looked at."""
    done: bool = False

    @property
    def of_claims(self) -> bool:
        """Whether every line is a claim that fits, or words of one: then `where` are the lines."""
        return self.claims or query.about_claims(query.parse(self.typed))

    @property
    def where(self) -> ClaimFilter:
        """The claims that fit what was asked for, also where the lines are places in texts."""
        return ClaimFilter(query=self.typed)


def asked(library: Library, typed: str, *, claims: bool | None = None) -> Concordance:
    """A concordance with its first lines, not counted yet: that may take longer (`counted`).

    A query that names a field of claims gives claims, and another the places of its words;
    `claims` says which it is to be. The places for a query that names a field of claims are those
    in the claims that fit, each of which has one at least: where none of the words stand in it,
    that of its cue, or of its first word. Raises `QueryError`.
    """
    node = query.parse(typed)
    if claims is None:
        claims = query.about_claims(node)
    places = query.about_claims(node) or query_words.text_expression(node) is not None
    found = Concordance(typed, claims or not places)
    if node is None:
        found.done = True
        return found
    with library.snapshot():
        more(library, found)
    return found


_COUNTED, _COUNTED_WITH_WORDS = 10_000, 1_000
"""How many claims are counted; where their words are looked into, that takes longer."""


def counted(library: Library, found: Concordance) -> tuple[int, bool]:
    """How many claims fit, or articles have the words; whether there are more than that.

    Of claims so many are counted as take a few hundredths of a second.
    """
    if found.of_claims:
        words = query_words.text_expression(query.parse(found.typed)) is not None
        return library.claims.counted(found.where, _COUNTED_WITH_WORDS if words else _COUNTED)
    number = library.articles.count(ArticleFilter(query=found.typed)) if found.typed else 0
    return number, False


def more(library: Library, found: Concordance) -> Concordance:
    """Add the next lines, if there are any; gives the concordance back."""
    before = len(found.lines)
    while not found.done and len(found.lines) == before:
        if found.claims:
            _more_claims(library, found)
        elif found.of_claims:
            _more_within(library, found)
        else:
            _more_places(library, found)
    return found


def gather(
    library: Library,
    found: Concordance,
    report: Callable[[int], bool] | None = None,
    most: int = MOST,
) -> Concordance:
    """Add lines until there are no more, or `most`; gives the concordance back.

    `report` hears how many there are. When it says no, the lines that are there stay.
    """
    while not found.done and len(found.lines) < most:
        more(library, found)
        if report is not None and not report(len(found.lines)):
            break
    return found


def ordered(lines: Sequence[Line], order: LineOrder) -> list[Line]:
    """The lines in another order; those that are alike stay as they stood."""
    if order is LineOrder.LEFT:
        return sorted(lines, key=_before)
    if order is LineOrder.RIGHT:
        return sorted(lines, key=lambda line: searchable(f"{line.word} {line.right}".strip()))
    if order is LineOrder.OUTLET:
        return sorted(lines, key=lambda line: (not line.outlet, searchable(line.outlet or "")))
    if order is LineOrder.DATE:
        return sorted(lines, key=lambda line: line.date or "", reverse=True)
    return list(lines)


def _before(line: Line) -> list[str]:
    if line.record is not None and not line.word:
        return [searchable(line.left)]
    return list(reversed(searchable(line.left).split()))


# Words


def _more_places(library: Library, found: Concordance) -> None:
    node = query.parse(found.typed)
    expression = query_words.text_expression(node)
    assert expression is not None
    where = ArticleFilter(query=found.typed)
    ids = filters.ids(
        library, where, ArticleSort.DATE, turned=False, limit=_ARTICLES, offset=found.seen
    )
    found.seen += len(ids)
    found.done = len(ids) < _ARTICLES
    marked = _marked(library, expression, ids)
    about = _about(library, ids)
    for article_id in ids:
        if article_id in marked:  # else the words are in a note or in the title
            outlet, date, text, _ = about[article_id]
            found.lines += [
                _line(article_id, outlet, date, text, start, end)
                for start, end in _places(marked[article_id], text)
            ]


def _marked(library: Library, expression: str, ids: Sequence[int]) -> dict[int, str]:
    """The texts of articles with every place of an expression between marks."""
    return dict(
        library.rows(
            f"SELECT rowid, highlight(article_fts, 3, '{_START}', '{_END}') FROM article_fts"
            " WHERE article_fts MATCH ? AND rowid IN (SELECT value FROM json_each(?))",
            (expression, json.dumps(ids)),
        )
    )


def _places(marked: str, text: str) -> list[tuple[int, int]]:
    """Where the marked words stand in the text, which may have invisible characters besides."""
    places = []
    marks = 0
    for hit in _HIT.finditer(marked):
        start = hit.start() - marks
        places.append((start, start + len(hit[1])))
        marks += 2
    if len(fts.visible(text)) == len(text):
        return places
    kept = [at for at, letter in enumerate(text) if ord(letter) not in fts.INVISIBLE]
    return [(kept[start], kept[end - 1] + 1) for start, end in places if end > start]


def _line(
    article_id: int, outlet: str | None, date: str | None, text: str, start: int, end: int
) -> Line:
    left = " ".join(text[max(0, start - _CONTEXT) : start].split())
    right = " ".join(text[end : end + _CONTEXT].split())
    # A blank that stands beside the keyword is a part of how it reads.
    left += " " if start and text[start - 1].isspace() else ""
    right = (" " if text[end : end + 1].isspace() else "") + right
    return Line(
        article_id, outlet, date, start, end, left, " ".join(text[start:end].split()), right
    )


# Claims


def _more_within(library: Library, found: Concordance) -> None:
    """The next places of the words in claims that fit."""
    records = _next_claims(library, found, _WITHIN)
    about = _about(library, sorted({record.article_id for record in records}))
    words = list(query.wanted(query.parse(found.typed)))
    expression = " OR ".join(map(query_words.quoted, words))
    marked = _marked(library, expression, list(about)) if words else {}
    places = {number: _places(marked[number], about[number][2]) for number in marked}
    for record in records:
        outlet, date, text, profile = about[record.article_id]
        content = record.claim.content
        within = [
            (start, end)
            for start, end in places.get(record.article_id, ())
            if any(span.start <= start and end <= span.end for span in content)
        ]
        for start, end in within or [_keyword(text, record)]:
            line = _line(record.article_id, outlet, date, text, start, end)
            found.lines.append(replace(line, record=record, profile=profile))


def _keyword(text: str, record: ClaimRecord) -> tuple[int, int]:
    """The words of a claim by which it is looked at: its cue, or else how it begins."""
    claim = record.claim
    if claim.cue:
        return claim.cue[0].start, claim.cue[0].end
    first = claim.content[0]
    word = _WORD.match(text, first.start, first.end)
    return first.start, word.end() if word else first.end


def _next_claims(library: Library, found: Concordance, most: int) -> list[ClaimRecord]:
    after = found.lines[-1].record if found.lines else None
    records = library.claims.query(found.where, limit=most, after=after)
    found.seen += len(records)
    found.done = len(records) < most
    return records


def _more_claims(library: Library, found: Concordance) -> None:
    records = _next_claims(library, found, _CLAIMS)
    about = _about(library, sorted({record.article_id for record in records}))
    for record in records:
        outlet, date, text, profile = about[record.article_id]
        claim = record.claim
        words = " ".join(quote(text, claim.content)[:_LONGEST_QUOTE].split())
        found.lines.append(
            Line(
                record.article_id,
                outlet,
                date,
                claim.start,
                claim.end,
                speaker(claim),
                "",
                words,
                record,
                profile,
            )
        )


def _about(
    library: Library, ids: Sequence[int]
) -> dict[int, tuple[str | None, str | None, str, str]]:
    """Outlet, date, text and profile of articles."""
    return {
        number: (outlet, date, text, profile)
        for number, outlet, date, text, profile in library.rows(
            "SELECT a.id, a.outlet, a.date, v.text, a.profile FROM article a"
            " JOIN text_version v ON v.id = a.version_id"
            " WHERE a.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    }
