"""Options that several sub-commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from store.db import Library
    from store.extractors import Extractor

_F = TypeVar("_F", bound=Callable[..., Any])

STATUSES = ("proposed", "accepted", "rejected", "edited", "added")


def claim_filters(command: _F) -> _F:
    """Options that limit claims: --type, --side, --status."""
    for option in (
        click.option(
            "--status",
            "statuses",
            type=click.Choice(STATUSES),
            multiple=True,
            help="Only claims in this state; may be repeated.",
        ),
        click.option(
            "--side",
            "sides",
            metavar="SIDE",
            multiple=True,
            help="Only claims of this side, such as ukraine; may be repeated.",
        ),
        click.option(
            "--type",
            "types",
            metavar="TYPE",
            multiple=True,
            help="Only claims of this type, by name or letter; may be repeated.",
        ),
    ):
        command = option(command)
    return command


def chosen_types(library: Library, named: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the types that `--type` names, by the library's codebook.

    A type that the codebook does not know is taken where a claim has it. Raises
    `click.BadParameter`.
    """
    found = []
    for words in named:
        entry = library.codebook.find(words)
        if entry is None and not library.claims.has_type(words):
            raise click.BadParameter(
                f"{words!r} is no claim type; choose {', '.join(library.codebook.types)}",
                param_hint="--type",
            )
        found.append(entry.id if entry else words)
    return tuple(found)


def at_option(command: _F) -> _F:
    """The --at option: the library as it was at a moment."""
    return click.option(
        "--at",
        metavar="TIME",
        help="As it was decided then: 2024-08-14T12:00 (UTC), a day (its end), 2h or 3d ago.",
    )(command)


def json_flag(words: str) -> Callable[[_F], _F]:
    """The --json option with its help."""
    return click.option("--json", "as_json", is_flag=True, help=words)


def description(command: _F) -> _F:
    """Options that describe an article: --outlet, --byline, --date, --profile."""
    for option in (
        click.option(
            "--profile", metavar="NAME", help="The conflict profile; else chosen by the text."
        ),
        click.option("--date", metavar="DATE", help="When it was published, such as 2024-08-14."),
        click.option("--byline", metavar="NAME", help="Who signed it."),
        click.option("--outlet", metavar="NAME", help="Who published it."),
    ):
        command = option(command)
    return command


def tagging(command: _F) -> _F:
    """Options that say what finds the claims: --tagger, --weights."""
    for option in (
        click.option(
            "--weights",
            metavar="FILE",
            type=click.Path(path_type=Path),
            multiple=True,
            help="Other weights, of the tagger or of claim types: the file itself tells. May be"
            " repeated.",
        ),
        click.option(
            "--tagger",
            type=click.Choice(["trained", "rules"]),
            help="What finds sources, cues, contents, types: small models with rules (trained), or"
            " rules alone. Else what the configuration says.",
        ),
    ):
        command = option(command)
    return command


def check_extractor(tagger: str | None, weights: Sequence[Path]) -> Extractor | None:
    """What the options ask for; None where none is given, which leaves it to the configuration.

    Refuses weights that cannot be used, and two of one sort. Raises `click.BadParameter`.
    """
    if tagger is None and not weights:
        return None
    from store.extractors import chosen

    try:
        return chosen(tagger, weights)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--weights") from problem


def check_date(given: str | None) -> str | None:
    """The date as ISO 8601. Raises `click.BadParameter`."""
    from store.ingest import InputError, read_date

    try:
        return read_date(given)
    except InputError as problem:
        raise click.BadParameter(str(problem), param_hint="--date") from None


def check_profile(name: str | None) -> None:
    """Refuse a profile that cannot be used. Raises `click.BadParameter`."""
    if name is None:
        return
    from claims.profile import ProfileError, load
    from store import paths

    try:
        load(name, (paths.profiles_dir(),))
    except ProfileError as problem:
        raise click.BadParameter(str(problem), param_hint="--profile") from None
