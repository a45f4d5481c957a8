"""Sub-commands that look over all claims: disputes, ledger, matrix, rules."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from tui import console
from tui.subcommands.choices import check_date, chosen_types, json_flag
from tui.subcommands.opening import to_read, to_write

if TYPE_CHECKING:
    from store.db import Library
    from store.disputes import Dispute
    from store.ledger import Asked, Topic
    from store.passages import Passage

_PAGE = 500
_KINDS = ("contradicts", "denies", "corroborates", "updates", "repeats")


def _csv_flag(command: Any) -> Any:
    return click.option("--csv", "as_csv", is_flag=True, help="CSV, safe for a spreadsheet.")(
        command
    )


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from store.exports.csvtable import guarded

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    console.data(out.getvalue())


@click.command()
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([*_KINDS, "all"]),
    help="Which relations; by default those that are disputes: contradicts, denies.",
)
@click.option("--undecided", is_flag=True, help="Only pairs without your verdict.")
@click.option(
    "--compare", "comparing", is_flag=True, help="First compare the articles that wait for it."
)
@json_flag("One JSON object a line, with both claims, the reason and the verdict.")
def disputes(kinds: tuple[str, ...], undecided: bool, comparing: bool, as_json: bool) -> None:
    """List claims of rivals side by side: what contradicts or denies what.

    The machine proposes, by comparing the articles of the same days; a person decides, in the
    reader (key 4). Without --compare nothing is changed and only what was compared is listed.
    """
    from store import comparing as work
    from store.disputes import RIVALS, page

    if comparing:
        with to_write() as library:
            every = work.waiting(library)
            for done, added in work.compare_all(library):
                console.tell(f"compared {done} of {every} articles, {added} new proposals")
    wanted = () if "all" in kinds else kinds or RIVALS
    found = False
    with to_read() as library, library.snapshot():
        waiting = work.waiting(library)
        rows: list[tuple[str, ...]] = []
        offset = 0
        while part := page(library, kinds=wanted, undecided=undecided, limit=_PAGE, offset=offset):
            offset += _PAGE
            found = True
            for one in part:
                if as_json:
                    console.json_line(_dispute(one))
                else:
                    rows += _dispute_rows(one)
    if rows:
        console.table(("relation", "no.", "who", "words"), rows, right=(1,))
    if waiting:
        console.tell(f"{waiting} articles were not compared yet: warreader disputes --compare")
    elif not found:
        console.tell("no pair of claims fits")


def _dispute(one: Dispute) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "rule": one.rule,
        "reason": one.reason,
        "confidence": one.confidence,
        "verdict": one.verdict.value if one.verdict else None,
        "note": one.note,
        "first": _passage(one.first),
        "second": _passage(one.second),
    }


def _passage(one: Passage) -> dict[str, Any]:
    claim = one.claim
    return {
        "article": one.article_id,
        "title": one.title,
        "outlet": one.outlet,
        "date": one.date,
        "claim": claim.id,
        "status": one.status.value,
        "speaker": claim.speaker,
        "side": claim.side,
        "type": claim.type.value,
        "words": one.words,
    }


def _dispute_rows(one: Dispute) -> list[tuple[str, ...]]:
    from store.wording import day, speaker

    said = f"{one.verdict.value} (you)" if one.verdict else one.kind
    rows: list[tuple[str, ...]] = []
    for label, end in ((said, one.first), (f"  {one.rule}", one.second)):
        who = ", ".join(x for x in (speaker(end.claim), end.outlet or "", day(end.date)) if x)
        rows.append((label, str(end.article_id), who, end.words))
    return rows


@click.command()
@click.option("--type", "kind", metavar="TYPE", help="The type of claim, by name or letter.")
@click.option("--measure", metavar="NAME", help="What the figures measure: killed, settlements, …")
@click.option("--topics", is_flag=True, help="List what there are figures of.")
@click.option("--side", metavar="SIDE", help="Only what this side says.")
@click.option("--victims", metavar="SIDE", help="Only losses of this side.")
@click.option("--speaker", metavar="NAME", help="Only speakers with this in their name.")
@click.option("--of", "counted", metavar="WORDS", help="Only what is counted so: tanks.")
@click.option("--since", metavar="DATE", help="Only figures for this day or later.")
@click.option("--until", metavar="DATE", help="Only figures for this day or earlier.")
@click.option(
    "--over",
    type=click.Choice(["day", "longer", "total"]),
    help="Only figures of a day, of a longer time, or running totals.",
)
@json_flag("One JSON object a line.")
@_csv_flag
def ledger(
    kind: str | None,
    measure: str | None,
    topics: bool,
    side: str | None,
    victims: str | None,
    speaker: str | None,
    counted: str | None,
    since: str | None,
    until: str | None,
    over: str | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List figures by day: what each side says was lost, taken, shot down.

    Without --type and --measure it is about losses, when there are some figures of them;
    --topics lists what there is. A day with ~ before it is that of the article, since the claim
    names none.
    """
    from store import ledger as store
    from store.wording import one_line

    with to_read() as library, library.snapshot():
        every = store.topics(library)
        if topics or not every:
            _topics(every, as_json=as_json, as_csv=as_csv)
            return
        wanted = chosen_types(library, (kind,))[0] if kind else None
        topic = _topic(every, wanted, measure)
        asked = store.Asked(
            topic.type,
            topic.measure,
            side,
            victims,
            speaker,
            counted,
            check_date(since),
            check_date(until),
            over,
        )
        lines = list(_lines(library, asked))
    if as_json:
        for line in lines:
            console.json_line(line)
        return
    if as_csv:
        _csv(tuple(lines[0]) if lines else ("day",), [tuple(line.values()) for line in lines])
        return
    console.tell(f"{topic.words}, {len(lines)} figures")
    rows = [
        (
            ("" if line["dated"] == "stated" else "~") + (line["day"] or "no day"),
            line["figure"],
            line["counted"],
            store.REACHES[line["over"]],
            line["side"],
            line["victims"] or "?",
            one_line(line["speaker"] or line["outlet"] or ""),
            str(line["article"]),
            line["claim"],
        )
        for line in lines
    ]
    if rows:
        heads = ("day", "figure", "of", "over", "says", "whose", "speaker", "no.", "claim")
        console.table(heads, rows, right=(1, 7))


def _topics(every: Sequence[Topic], *, as_json: bool, as_csv: bool) -> None:
    rows = [(topic.type, topic.measure, topic.figures) for topic in every]
    if as_csv:
        _csv(("type", "measure", "figures"), rows)
    elif as_json:
        for topic in every:
            console.json_line(topic._asdict())
    elif rows:
        console.table(
            ("type", "measure", "figures"),
            [(kind, measure or "-", str(number)) for kind, measure, number in rows],
            right=(2,),
        )
    else:
        console.tell("no claim has a figure")


def _topic(every: Sequence[Topic], kind: str | None, measure: str | None) -> Topic:
    from store.ledger import first

    wanted = "" if measure == "-" else measure
    if kind is None and wanted is None:
        return first(every)
    for topic in every:
        if kind in (None, topic.type) and wanted in (None, topic.measure):
            return topic
    raise click.UsageError("there are no such figures; --topics lists what there is")


def _lines(library: Library, asked: Asked) -> Iterable[dict[str, Any]]:
    from store.ledger import page

    offset = 0
    while part := page(library, asked, limit=_PAGE, offset=offset):
        offset += _PAGE
        for entry in part:
            yield {
                "day": entry.day,
                "dated": entry.dated,
                "figure": entry.figure,
                "low": entry.low,
                "high": entry.high,
                "bound": entry.bound,
                "counted": entry.counted,
                "over": entry.reach,
                "side": entry.side,
                "victims": entry.victims,
                "speaker": entry.speaker,
                "outlet": entry.outlet,
                "article": entry.place.article_id,
                "claim": entry.place.claim_id,
            }


@click.command()
@click.option(
    "--rows",
    type=click.Choice(["speaker", "outlet", "side"]),
    default="speaker",
    show_default=True,
    help="What the rows are.",
)
@click.option(
    "--columns",
    type=click.Choice(["type", "side", "channel"]),
    default="type",
    show_default=True,
    help="What the columns are.",
)
@click.option("--top", type=click.IntRange(1), default=30, show_default=True, help="How many rows.")
@json_flag("One JSON object a line for each row.")
@_csv_flag
def matrix(rows: str, columns: str, top: int, as_json: bool, as_csv: bool) -> None:
    """Count claims by source and type, by side and channel, by side and type."""
    from store.matrix import NAMES_OF_NONE
    from store.matrix import matrix as counted

    if rows == columns:
        raise click.UsageError("--rows and --columns must differ")
    with to_read() as library:
        found = counted(library, rows, columns, most=top)
    if not found.rows:
        console.tell("no claims to count")
        return
    named = [column.key or NAMES_OF_NONE.get(columns, "-") for column in found.columns]
    if as_json:
        for row in found.rows:
            cells = {
                name: found.cells[row.key, column.key]
                for name, column in zip(named, found.columns, strict=True)
                if (row.key, column.key) in found.cells
            }
            console.json_line({rows: row.key or None, "total": row.total, "by": cells})
        return
    lines = [
        [
            row.key or NAMES_OF_NONE.get(rows, "-"),
            row.total,
            *(found.cells.get((row.key, column.key), 0) for column in found.columns),
        ]
        for row in found.rows
    ]
    heads = (rows, "total", *named)
    if as_csv:
        _csv(heads, lines)
        return
    shown = [[str(cell) if cell else "·" for cell in line] for line in lines]
    console.table(heads, shown, right=tuple(range(1, len(heads))))
    if found.more_rows:
        console.tell(f"{found.more_rows} more rows: --top")


@click.command()
@json_flag("One JSON object a line for each rule.")
def rules(as_json: bool) -> None:
    """Say how often each rule was right, by what you accepted and rejected.

    A rule that finds claims was right where the claim was accepted, as it was or with a change; one
    that gives the type, where the type was kept. The interval holds the true share 95 times in 100.
    """
    from store.doubtful import rules as found

    with to_read() as library:
        lines = found(library)
    if as_json:
        for line in lines:
            share, low, high = line.precision
            console.json_line(
                {
                    "rule": line.rule,
                    "decides": line.decides,
                    "accepted": line.accepted,
                    "corrected": line.corrected,
                    "wrong": line.wrong,
                    "decided": line.decided,
                    "precision": round(share, 4),
                    "interval": [round(low, 4), round(high, 4)],
                    "claims": line.claims,
                }
            )
        return
    if not lines:
        console.tell("nothing is decided yet; key 7 of the reader asks for what teaches most")
        return
    console.table(
        ("rule", "decides", "right", "corrected", "share", "95 of 100"),
        [
            (
                line.rule,
                line.decides,
                f"{line.right} of {line.decided}",
                str(line.corrected),
                f"{line.precision.share:.0%}",
                f"{line.precision.low:.0%} to {line.precision.high:.0%}",
            )
            for line in lines
        ],
        right=(2, 3, 4),
    )


COMMANDS = {"disputes": disputes, "ledger": ledger, "matrix": matrix, "rules": rules}
