"""HTML: one self-contained page with the marked articles and their claims.

No script, no remote resource, and a content security policy that allows only the page's own
style sheet, by its hash. Every outside string is escaped; only web addresses become links.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from claims.codebook import Codebook, TypeEntry
from claims.model import HAVE_ABOUT, Claim, Role
from claims.text import displayed, paragraphs
from store.exports.links import web_address
from store.exports.marks import Segment, marked, shown
from store.exports.model import Document, Losses, Options
from store.exports.style import style
from store.records import ArticleSummary, ClaimRecord, Status
from store.sides import SideLook, side_look
from store.wording import channel, day_and_time, manner, one_line, quantity, quote, speaker

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""
_FOOT = "</main>\n<footer>Made with warreader.</footer>\n</body>\n</html>\n"
_STATUS_WORDS = {
    Status.PROPOSED: "by the machine, not yet decided",
    Status.ACCEPTED: "accepted by a person",
    Status.REJECTED: "rejected by a person; listed, not marked",
    Status.EDITED: "accepted with a change",
    Status.ADDED: "made by a person",
}


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """The page, piece by piece; all documents are held while it is written."""
    chosen = list(documents)
    sides = sorted({_look(record.claim, d) for d in chosen for record in d.claims})
    sheet = style(sides)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    title = one_line(chosen[0].article.summary.title) if len(chosen) == 1 else "Claims"
    yield _HEAD.format(digest=digest, title=_e(f"{title} – warreader"), style=sheet)
    yield _contents(chosen) if len(chosen) > 1 else ""
    yield "<main>\n"
    if not chosen:
        yield "<p>No articles.</p>\n"
    classes = {look: f"side{number}" for number, look in enumerate(sides)}
    for number, document in enumerate(chosen, 1):
        yield from _article(_Page(f"a{number}", document, options.codebook, classes))
    if chosen:
        yield _legend(chosen, sides, options.codebook)
    yield _FOOT


@dataclass(frozen=True, slots=True)
class _Page:
    """One article on the page: the prefix of its anchors, and the classes of the sides."""

    name: str
    document: Document
    codebook: Codebook
    classes: Mapping[SideLook, str]
    signed: set[int] = field(default_factory=set)
    """The claims whose sign stands in the text: one whose content is blank has none."""

    @property
    def text(self) -> str:
        return self.document.article.text

    @property
    def summary(self) -> ArticleSummary:
        return self.document.article.summary

    def anchor(self, position: int) -> str:
        return f"{self.name}c{position + 1}"

    def kind(self, claim: Claim) -> TypeEntry:
        return self.codebook[claim.type]

    def side(self, claim: Claim) -> tuple[str, SideLook]:
        look = _look(claim, self.document)
        return self.classes[look], look


def _look(claim: Claim, document: Document) -> SideLook:
    return side_look(document.article.summary.profile, claim.side)


def _e(text: str) -> str:
    """An outside string as HTML text or attribute: made visible, folded to a line, escaped."""
    return escape(one_line(text), quote=True)


def _words(text: str) -> str:
    """A stretch of the article: made visible and escaped, its blanks kept."""
    return escape(displayed(text), quote=True)


def _contents(documents: Sequence[Document]) -> str:
    rows = "".join(
        f'<li><a href="#a{number}"><bdi>{_e(document.article.summary.title)}</bdi></a> '
        f'<span class="facts">{_facts(document.article.summary)}'
        f" · {len(document.claims)} claims</span></li>\n"
        for number, document in enumerate(documents, 1)
    )
    return f'<nav aria-label="Articles"><ol>\n{rows}</ol></nav>\n'


def _facts(summary: ArticleSummary) -> str:
    given = (summary.outlet, summary.byline, summary.date)
    return " · ".join(f"<bdi>{_e(fact)}</bdi>" for fact in given if fact)


def _article(page: _Page) -> Iterator[str]:
    article, summary = page.document.article, page.summary
    claims = page.document.claims
    yield f'<article id="{page.name}">\n<header>\n<h1><bdi>{_e(summary.title)}</bdi></h1>\n'
    facts = _facts(summary)
    if facts:
        yield f'<p class="facts">{facts}</p>\n'
    if summary.url:
        yield f'<p class="facts">{_link(summary.url)}</p>\n'
    decided = sum(record.status.decided for record in claims)
    yield (
        f'<p class="facts">{len(claims)} claims, {decided} decided · '
        f"profile {_e(summary.profile)} · extractor {_e(article.extractor)}</p>\n"
    )
    for note in article.notes:
        yield f'<p class="facts">{_e(note)}</p>\n'
    yield "</header>\n"
    yield f'<section class="text" aria-label="Text" data-sha256="{_e(article.text_sha256)}">\n'
    for _, segments in marked(claims, paragraphs(article.text)):
        yield f'<p dir="auto">{"".join(_segment(page, s) for s in segments)}</p>\n'
    yield "</section>\n"
    yield from _table(page)
    yield "</article>\n"


def _link(url: str) -> str:
    address = web_address(url)
    shown = f"<bdi>{_e(url)}</bdi>"
    return f'<a href="{_e(address)}" rel="noreferrer">{shown}</a>' if address else shown


def _segment(page: _Page, segment: Segment) -> str:
    labels = "".join(_label(page, position) for position in segment.begins)
    words = _words(segment.span.of(page.text))
    if segment.cue:
        words = f"<i>{words}</i>"
    if segment.source:
        words = f"<b>{words}</b>"
    if segment.top is not None:
        group = page.kind(page.document.claims[segment.top].claim).group
        nested = " nested" if len(segment.contents) > 1 else ""
        words = f'<mark class="{group}{nested}">{words}</mark>'
    return labels + words


def _label(page: _Page, position: int) -> str:
    """The sign before a claim: type letter, side tag, number; a link to its row."""
    claim = page.document.claims[position].claim
    side, look = page.side(claim)
    kind = page.kind(claim)
    says = _e(f"claim {position + 1}, {kind.label}, {speaker(claim)}, {look.name}")
    anchor = page.anchor(position)
    page.signed.add(position)
    return (
        f'<a class="sign {kind.group}" id="{anchor}t" href="#{anchor}" title="{says}" '
        f'aria-label="{says}">{_e(kind.letter)}'
        f'<small class="{side}">{_e(look.tag)}</small><sup>{position + 1}</sup></a>'
    )


def _table(page: _Page) -> Iterator[str]:
    if not page.document.claims:
        yield "<p>No claims.</p>\n"
        return
    heads = "".join(
        f'<th scope="col">{word}</th>' for word in ("No.", "Type", "Who", "Claim", "How", "State")
    )
    yield f'<div class="wide"><table>\n<caption>Claims</caption>\n<thead><tr>{heads}</tr></thead>\n'
    yield "<tbody>\n"
    for position, record in enumerate(page.document.claims):
        cells = "".join(
            f"<td>{cell}</td>"
            for cell in (
                _number(page, position, record),
                _type(page, record.claim),
                _who(page, record.claim),
                _said(page, record),
                _how(record.claim),
                _state(record),
            )
        )
        yield f'<tr id="{page.anchor(position)}" class="{record.status.value}">{cells}</tr>\n'
    yield "</tbody>\n</table></div>\n"


def _number(page: _Page, position: int, record: ClaimRecord) -> str:
    if not shown(record) or position not in page.signed:
        return str(position + 1)
    return f'<a href="#{page.anchor(position)}t">{position + 1}</a>'


def _type(page: _Page, claim: Claim) -> str:
    kind = page.kind(claim)
    told = claim.about if claim.type in HAVE_ABOUT else None
    about = f"<div>(about: {_e(page.codebook[told].label)})</div>" if told else ""
    return f"{_sign(kind)} {_e(kind.label)}{about}"


def _sign(kind: TypeEntry) -> str:
    return f'<span class="sign {kind.group}">{_e(kind.letter)}</span>'


def _who(page: _Page, claim: Claim) -> str:
    side, look = page.side(claim)
    role = f"<div>{claim.role.value}</div>" if claim.role is not Role.UNKNOWN else ""
    return (
        f"<bdi>{_e(speaker(claim))}</bdi>{role}"
        f'<div><span class="side {side}">{_e(look.tag)}</span> {_e(look.name)}</div>'
    )


def _said(page: _Page, record: ClaimRecord) -> str:
    claim = record.claim
    words = f"<bdi>{_e(quote(page.text, claim.content))}</bdi>"
    lines = [words if shown(record) else f"<del>{words}</del>"]
    given = " ".join(
        f"<{tag}><bdi>{_e(quote(page.text, spans))}</bdi></{tag}>"
        for tag, spans in (("b", claim.source), ("i", claim.cue))
        if spans
    )
    if given:
        lines.append(f"<div>{given}</div>")
    if claim.quantities:
        lines.append(f"<div>{_e('; '.join(map(quantity, claim.quantities)))}</div>")
    if claim.victims is not None:
        look = side_look(page.summary.profile, claim.victims)
        lines.append(f"<div>victims: {_e(look.name)}</div>")
    return "".join(lines)


def _how(claim: Claim) -> str:
    lines = [_e(manner(claim))]
    if claim.channel:
        lines.append(f"<div>{_e(channel(claim))}</div>")
    if claim.rule:
        lines.append(f'<div class="rule">{_e(claim.rule)} {claim.confidence:.2f}</div>')
    return "".join(lines)


def _state(record: ClaimRecord) -> str:
    lines = [f"{record.status.sign}&nbsp;{record.status.value}"]
    if record.decided_at:
        who = f" by <bdi>{_e(record.annotator)}</bdi>" if record.annotator else ""
        at = _e(record.decided_at)
        lines.append(f'<div title="{at}">{_e(day_and_time(record.decided_at))}{who}</div>')
    if record.tags:
        tags = " ".join(f"<code>{_e(tag)}</code>" for tag in record.tags)
        lines.append(f"<div>{tags}</div>")
    if record.note:
        lines.append(f"<div>“<bdi>{_e(record.note)}</bdi>”</div>")
    return "".join(lines)


def _legend(documents: Sequence[Document], sides: Sequence[SideLook], codebook: Codebook) -> str:
    records = [record for document in documents for record in document.claims]
    found = {record.claim.type.value for record in records}
    known = [name for name in codebook.types if name in found]
    kinds = [codebook[name] for name in (*known, *sorted(found - set(known)))]
    statuses = {record.status for record in records}
    lists = (
        (
            f"{_sign(kind)} {_e(kind.label)}" + (f": {_e(kind.gloss)}" if kind.gloss else "")
            for kind in kinds
        ),
        (
            f'<span class="side side{number}">{_e(look.tag)}</span> {_e(look.name)}'
            for number, look in enumerate(sides)
        ),
        (
            f"{status.sign} {status.value}: {_STATUS_WORDS[status]}"
            for status in Status
            if status in statuses
        ),
        ("<b>bold</b>: who says it", "<i>italic</i>: the words that say that it is said"),
    )
    body = "".join(f"<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>\n" for rows in lists)
    return f'<section class="legend" aria-label="Legend">\n<h2>Legend</h2>\n{body}</section>\n'
