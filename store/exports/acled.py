"""ACLED: a CSV of events in ACLED's columns, made from claims, to be completed by a coder.

A row is what one source claims, not an established event: `notes` says who claims it, and two
claims of one event are two rows. Only claims of events go in. What a claim does not tell stays
empty: identifiers, actors beyond the victims' side, coordinates. Fatalities are the lowest figure
of the dead that the claim gives. (ACLED Codebook, 2023 edition: columns, event types, time
precision; https://acleddata.com)
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping

from claims.model import Claim, ClaimType
from store.exports.csvtable import Lines, guarded
from store.exports.model import Document, Losses, Options
from store.records import ClaimRecord, Status
from store.sides import side_name
from store.wording import one_line, quantity, quote, speaker

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2"),
    *("interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2"),
    *("admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale"),
    *("notes", "fatalities", "tags", "timestamp"),
)
EVENTS: Mapping[str, tuple[str, str, str]] = {
    ClaimType.TERRITORY: ("Political violence", "Battles", ""),
    ClaimType.REPELLED: ("Political violence", "Battles", "Armed clash"),
    ClaimType.FIGHTING: ("Political violence", "Battles", "Armed clash"),
    ClaimType.STRIKE: ("Political violence", "Explosions/Remote violence", ""),
    ClaimType.LOSSES: ("Political violence", "Battles", ""),
    ClaimType.CIVILIANS: ("Political violence", "Violence against civilians", ""),
    ClaimType.PRISONERS: ("Strategic developments", "Strategic developments", ""),
    ClaimType.FORCES: ("Strategic developments", "Strategic developments", "Other"),
    ClaimType.DIPLOMACY: ("Strategic developments", "Strategic developments", "Agreement"),
}
"""Disorder type, event type and, where the claim's type settles it, sub-event type."""


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """A header, then one row a claim of an event."""
    lines = Lines()
    writer = csv.DictWriter(lines, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for document in documents:
        for record in document.claims:
            if record.status is Status.REJECTED:
                losses.lose(document, record.id, "claim", "a rejected claim is no event")
            elif record.claim.type not in EVENTS:
                losses.lose(document, record.id, "claim", f"{record.claim.type} is no event")
            else:
                losses.lose(document, record.id, "fields", "ACLED has no spans, cue or certainty")
                row = _row(document, record)
                writer.writerow(row if options.raw else {k: guarded(v) for k, v in row.items()})
        yield "".join(lines)
        lines.clear()
    yield "".join(lines)


def _row(document: Document, record: ClaimRecord) -> dict[str, str]:
    claim, summary = record.claim, document.article.summary
    disorder, event, sub_event = EVENTS[claim.type]
    date, precision = _date(claim, summary.date)
    side = side_name(summary.profile, claim.side)
    figures = "; ".join(map(quantity, claim.quantities))
    words = one_line(quote(document.article.text, claim.content))
    return {
        "event_date": date,
        "year": date[:4],
        "time_precision": precision,
        "disorder_type": disorder,
        "event_type": event,
        "sub_event_type": sub_event,
        "civilian_targeting": "Civilian targeting" if claim.type is ClaimType.CIVILIANS else "",
        "location": one_line(claim.places[0].name) if claim.places else "",
        "source": one_line(summary.outlet or ""),
        "notes": f"Claimed by {one_line(speaker(claim))} ({side}): {words}"
        + (f" [figures: {figures}]" if figures else ""),
        "fatalities": _dead(claim),
        "tags": "; ".join(
            [
                f"claim={record.id}",
                f"side={claim.side}",
                f"certainty={claim.certainty}",
                *record.tags,
            ]
        ),
        "timestamp": record.decided_at or "",
    }


def _date(claim: Claim, published: str | None) -> tuple[str, str]:
    """The day and ACLED's precision: 1 the day is known, 2 within a week, 3 within a month."""
    for moment in claim.dates:
        if moment.start:
            return moment.start[:10], "1" if moment.end in (None, moment.start) else "2"
    return (published or "")[:10], "2" if published else ""


def _dead(claim: Claim) -> str:
    killed = [q for q in claim.quantities if q.measure == "killed"]
    figures = [q.low if q.low is not None else q.high for q in killed]
    known = [f for f in figures if f is not None]
    return f"{min(known):g}" if known else ""
