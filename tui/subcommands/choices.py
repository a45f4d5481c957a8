"""Options that several sub-commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from store.db import Library

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
