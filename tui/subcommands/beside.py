"""Sub-commands for other programs: Datasette, the shell, the manual, plugins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from tui import console
from tui.subcommands.choices import json_flag

if TYPE_CHECKING:
    from click.shell_completion import ShellComplete

SHELLS = ("bash", "zsh", "fish")


@click.command("datasette-metadata")
def datasette_metadata() -> None:
    """Print a metadata file for Datasette, to read the library in a browser.

    \b
    warreader datasette-metadata > metadata.json
    datasette library.db --metadata metadata.json
    """
    console.data(_json(_metadata()))


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _metadata() -> dict[str, Any]:
    def query(title: str, sql: str) -> dict[str, str]:
        return {"title": title, "sql": sql}

    claims = "FROM v_claims WHERE status <> 'rejected'"
    return {
        "title": "warreader",
        "description": "News of war: who claims what, for which side, and how firmly",
        "databases": {
            "library": {
                "tables": {
                    "v_articles": {
                        "description": "One row an article",
                        "facets": ["outlet", "profile"],
                        "sortable_columns": ["date", "title", "outlet", "claims", "words"],
                    },
                    "v_claims": {
                        "description": "Claims as the machine proposes them, and as people left"
                        " them; offsets count code points of v_articles.text",
                        "facets": ["type", "side", "status", "annotator"],
                        "sortable_columns": ["type", "side", "speaker", "status", "decided_at"],
                    },
                    "decision": {"description": "The log of decisions; only ever added to"},
                },
                "queries": {
                    "by_side_and_type": query(
                        "Claims by side and type",
                        f"SELECT side, type, count(*) AS claims {claims}"
                        " GROUP BY side, type ORDER BY claims DESC",
                    ),
                    "speakers": query(
                        "Who claims most",
                        f"SELECT speaker, side, count(*) AS claims {claims}"
                        " AND speaker IS NOT NULL GROUP BY speaker, side ORDER BY claims DESC",
                    ),
                    "claims_of_a_speaker": query(
                        "Claims of a speaker",
                        "SELECT a.date, a.outlet, c.type, c.side, c.quote, a.url FROM v_claims c"
                        " JOIN v_articles a ON a.id = c.article_id WHERE c.speaker LIKE"
                        " '%' || :speaker || '%' ORDER BY a.date DESC",
                    ),
                    "progress": query(
                        "Decisions by day and annotator",
                        "SELECT substr(at, 1, 10) AS day, annotator, action, count(*) AS decisions"
                        " FROM decision GROUP BY day, annotator, action ORDER BY day DESC",
                    ),
                },
            }
        },
    }


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print what makes a SHELL complete commands and options of warreader.

    \b
    bash   warreader completion bash > ~/.local/share/bash-completion/completions/warreader
    zsh    warreader completion zsh > "${fpath[1]}/_warreader"
    fish   warreader completion fish > ~/.config/fish/completions/warreader.fish
    """
    from click.shell_completion import get_completion_class

    from tui.cli import program

    made: type[ShellComplete] | None = get_completion_class(shell)
    assert made is not None
    console.data(made(program, {}, "warreader", "_WARREADER_COMPLETE").source() + "\n")


@click.command()
def man() -> None:
    """Print the manual page, made from the help of the commands.

    \b
    warreader man > ~/.local/share/man/man1/warreader.1
    """
    from tui.cli import program

    console.data("".join(_manual(program)))


def _manual(program: click.Group) -> Iterator[str]:
    context = click.Context(program, info_name="warreader")
    yield '.TH WARREADER 1 "" "warreader" "User Commands"\n.SH NAME\n'
    yield "warreader \\- a terminal reader for news of war\n"
    yield ".SH SYNOPSIS\n.B warreader\n[OPTIONS] [COMMAND] [ARGS]\n.SH DESCRIPTION\n"
    yield _roff(program.help or "")
    yield ".SH OPTIONS\n"
    yield from _options(program, context)
    yield ".SH COMMANDS\n"
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        yield from _command(command, context, f"warreader {name}")
    yield '.SH "EXIT CODES"\n'
    yield _roff("0 done; 1 failed; 2 wrong usage or input that is not there; 3 done, but some items"
                " were refused.")  # fmt: skip
    yield '.SH FILES\nSee\n.BR "warreader paths" .\n'


def _command(command: click.Command, parent: click.Context, title: str) -> Iterator[str]:
    context = click.Context(command, parent=parent, info_name=title.split()[-1])
    usage = " ".join(command.collect_usage_pieces(context))
    yield f".SS {_escaped(title)} {_escaped(usage)}\n"
    yield _roff(command.help or "")
    yield from _options(command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from _command(child, context, f"{title} {name}")


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            yield f".TP\n.B {_escaped(record[0])}\n{_escaped(record[1]) or '.'}\n"


def _roff(text: str) -> str:
    """Help as paragraphs; what stands behind a \\b is kept line by line."""
    found = []
    for paragraph in text.split("\n\n"):
        lines = [line.strip() for line in paragraph.strip().splitlines()]
        if lines and lines[0] == "\b":
            found.append(".nf\n" + "\n".join(map(_escaped, lines[1:])) + "\n.fi\n")
        elif lines:
            found.append(_escaped(" ".join(lines)) + "\n")
    return ".PP\n".join(found)


def _escaped(text: str) -> str:
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text


@click.command()
@json_flag("One JSON object a line instead of a table.")
def plugins(as_json: bool) -> None:
    """List the plugins that are installed, and what each adds.

    A plugin is a package with an entry point in the group "warreader"; see docs/plugins.md.
    WARREADER_NO_PLUGINS=1 starts without them.
    """
    from dataclasses import asdict

    from store.plugins import plugins as found

    known = found()
    if as_json:
        for one in known:
            console.json_line(asdict(one))
    elif known:
        rows = []
        for one in known:
            adds = ", ".join(name.removeprefix("warreader_") for name in one.hooks)
            rows.append((one.name, one.version, adds, one.problem or ""))
        console.table(("name", "version", "adds", "problem"), rows)
    else:
        console.tell("no plugins are installed")


COMMANDS = {
    "datasette-metadata": datasette_metadata,
    "completion": completion,
    "man": man,
    "plugins": plugins,
}
