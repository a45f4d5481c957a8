"""schema.org: a `Claim` for each claim, and a `ClaimReview` where a person gave a verdict.

A verdict is a tag `verdict:WORD` on a claim that a person decided on (`verdict:false`,
`verdict:unproven`); schema.org wants the address of the published review with it, so reviews are
written only with `--review-url`. (https://schema.org/ClaimReview)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from store.exports.links import web_address
from store.exports.model import Document, Losses, Options
from store.exports.standoff import one_line_json
from store.exports.w3c import name
from store.records import ClaimRecord, Status
from store.wording import one_line, quote

VERDICT = "verdict:"


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """One JSON-LD graph, one claim or review a line."""
    yield '{"@context": "https://schema.org", "@graph": ['
    between = "\n"
    for document in documents:
        for record in document.claims:
            if record.status is Status.REJECTED:
                losses.lose(document, record.id, "claim", "a rejected claim is not published")
                continue
            losses.lose(document, record.id, "fields", "schema.org has no spans, cue, side or type")
            yield between + one_line_json(_review(document, record, options, losses))
            between = ",\n"
    yield "\n]}\n"


def _review(
    document: Document, record: ClaimRecord, options: Options, losses: Losses
) -> dict[str, Any]:
    claim = _claim(document, record)
    verdicts = [tag.removeprefix(VERDICT) for tag in record.tags if tag.startswith(VERDICT)]
    if not verdicts or not record.status.decided:
        return claim
    if not options.review_url:
        losses.lose(document, record.id, "verdict", "a ClaimReview needs --review-url")
        return claim
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "url": f"{options.review_url}#{record.id}",
        "claimReviewed": claim["text"],
        "itemReviewed": claim,
        "reviewRating": {"@type": "Rating", "alternateName": ", ".join(verdicts)},
    }
    if record.annotator:
        review["author"] = {"@type": "Person", "name": record.annotator}
    if record.decided_at:
        review["datePublished"] = record.decided_at[:10]
    if record.note:
        review["reviewBody"] = record.note
    return review


def _claim(document: Document, record: ClaimRecord) -> dict[str, Any]:
    summary = document.article.summary
    claim: dict[str, Any] = {
        "@type": "Claim",
        "@id": name(document, record),
        "text": one_line(quote(document.article.text, record.claim.content)),
    }
    if record.claim.speaker:
        claim["author"] = {"@type": _kind(record), "name": record.claim.speaker}
    appearance: dict[str, Any] = {"@type": "NewsArticle", "headline": summary.title}
    if summary.outlet:
        appearance["publisher"] = {"@type": "Organization", "name": summary.outlet}
    if summary.date:
        appearance["datePublished"] = summary.date
        claim["datePublished"] = summary.date
    if url := web_address(summary.url or ""):
        appearance["url"] = url
    claim["appearance"] = appearance
    return claim


_BODIES = ("ministry", "military", "local authority", "armed group", "organisation", "media")


def _kind(record: ClaimRecord) -> str:
    return "Organization" if record.claim.role in _BODIES else "Person"
