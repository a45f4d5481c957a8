"""The sub-command that says what changed between two times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui import console
from tui.subcommands.choices import json_flag
from tui.subcommands.opening import to_read

if TYPE_CHECKING:
    from store.between import Changed


@click.command()
@click.option("--from", "since", metavar="TIME", required=True, help="The first time.")
@click.option("--to", "until", metavar="TIME", default="now", help="The second one; else now.")
@click.option("--by", "names", metavar="NAME", multiple=True, help="Only what NAME decided.")
@click.option(
    "--article",
    "articles",
    metavar="ARTICLE",
    multiple=True,
    help="Only this article, by number or words of its title; may be repeated.",
)
@json_flag("One JSON object a line, with the claim before and after.")
def diff(
    since: str, until: str, names: tuple[str, ...], articles: tuple[str, ...], as_json: bool
) -> None:
    """Say how claims are decided otherwise at one time than at another, from the log.

    A TIME is 2024-08-14T12:00 (UTC unless it says otherwise), a day (from its beginning, to its
    end), today, yesterday, or 2h, 3d, 1w ago. What was changed and changed back is left out.
    """
    from store.between import changed
    from store.history import changes
    from store.moments import read

    first, second = read(since), read(until, end=True)
    if second < first:
        raise click.UsageError("--to is before --from")
    with to_read() as library:
        chosen = tuple(dict.fromkeys(library.articles.find(words) for words in articles))
        codebook = library.codebook
        texts: dict[str, str] = {}
        last = 0
        for one in changed(library, first, second, annotators=names, article_ids=chosen):
            if one.article_id != last:
                texts = library.articles.texts(one.article_id)
            told = changes(one.before, one.after, texts[one.text_sha256], codebook)
            if as_json:
                console.json_line(_json(one, told))
            else:
                if one.article_id != last:
                    console.line(f"{one.article_id}  {one.title}")
                _tell(one, texts[one.text_sha256], told)
            last = one.article_id
    if not last:
        console.tell("nothing changed")


def _tell(one: Changed, text: str, told: list[str]) -> None:
    from store.wording import day_and_time, one_line, quote

    record = one.after or one.before
    words = one_line(quote(text, record.claim.content)) if record is not None else ""
    steps = f", {one.steps} steps" if one.steps > 1 else ""
    console.line(f"  {one.annotator}, {day_and_time(one.at)}{steps}: {one.claim_id} {words[:70]}")
    for line in told:
        console.line(f"    {line}")


def _json(one: Changed, told: list[str]) -> dict[str, Any]:
    import json

    from store.snapshot import pack

    before, after = pack(one.before), pack(one.after)
    return {
        "article": one.article_id,
        "title": one.title,
        "annotator": one.annotator,
        "text_sha256": one.text_sha256,
        "claim": one.claim_id,
        "at": one.at,
        "steps": one.steps,
        "changes": told,
        "before": json.loads(before) if before else None,
        "after": json.loads(after) if after else None,
    }


COMMANDS = {"diff": diff}
