"""The `warreader` command: opens the reader, or runs a sub-command without a screen.

Sub-commands are imported when they run, so that `--help` is quick; none of them imports Textual.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from tui import console
from tui.invocation import FAILED, INTERRUPTED, OK, PIPE_CLOSED, USAGE, Settings

_EPILOG = """\b
Exit codes: 0 done; 1 failed; 2 wrong usage or input that is not there;
3 done, but some items were refused (each is named on standard error).
Standard output is data, standard error is everything else.
"""


class _Sub(NamedTuple):
    module: str
    help: str


_SUBCOMMANDS = {
    "add": _Sub("adding", "Add articles: files, folders, web addresses, feeds."),
    "fetch": _Sub("adding", "Fetch the full text of articles from their addresses."),
    "feeds": _Sub("adding", "Follow feeds, and ask them for new articles."),
    "carried": _Sub("carrying", "Claims that a newer text of an article left behind."),
    "list": _Sub("articles", "List the articles of the library."),
    "show": _Sub("articles", "Print an article with its claims marked."),
    "search": _Sub("articles", "Find words in articles and notes."),
    "claims": _Sub("claims", "List claims: who says what, for which side."),
    "extract": _Sub("extract", "Find the claims of texts, without a library."),
    "export": _Sub("exchange", "Write articles, claims and decisions to a file."),
    "merge": _Sub("merge", "Take the articles and decisions of another library."),
    "import": _Sub("exchange", "Take decisions back from exports and other tools."),
    "annotators": _Sub("people", "List who decides here, and what each has decided."),
    "adjudicate": _Sub("agreement", "Take over what annotators agree on; count what is left."),
    "diff": _Sub("audit", "Say what changed between two times, by whom."),
    "agreement": _Sub("agreement", "Measure how far annotators agree, and list where not."),
    "disputes": _Sub("views", "List claims of rivals side by side."),
    "ledger": _Sub("views", "List figures by day: what each side says was lost."),
    "matrix": _Sub("views", "Count claims by source and type, or side and channel."),
    "rules": _Sub("views", "Say how often each rule was right."),
    "stats": _Sub("about", "Count articles, claims and decisions."),
    "codebook": _Sub("codebook", "Print or check the codebook: types, tags, labels."),
    "tutorial": _Sub("tutorial", "Learn the reader in five minutes, by doing."),
    "keys": _Sub("about", "List the keys of the reader."),
    "paths": _Sub("about", "Say where files are kept."),
    "plugins": _Sub("beside", "List the plugins that are installed."),
    "datasette-metadata": _Sub("beside", "Print a metadata file for Datasette."),
    "completion": _Sub("beside", "Print what makes a shell complete commands."),
    "man": _Sub("beside", "Print the manual page."),
}


class _Program(click.Group):
    """A group that imports a sub-command when it is asked for, and not for its line of help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = _SUBCOMMANDS.get(cmd_name)
        if found is None:
            return None
        module = import_module(f"tui.subcommands.{found.module}")
        command: click.Command = module.COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, sub.help) for name, sub in _SUBCOMMANDS.items()])


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        console.line(f"warreader {version('warreader')}")
        ctx.exit()


@click.group(
    cls=_Program,
    invoke_without_command=True,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The library file; else the user's own (see `warreader paths`).",
)
@click.option("--read-only", is_flag=True, help="Change nothing; also while another one writes.")
@click.option("--annotator", metavar="NAME", help="Whose decisions to show and to take.")
@click.option(
    "--codebook",
    metavar="FILE",
    help="Types, letters and tags of a project; remembered. 'scheme' goes back to none.",
)
@click.option(
    "--theme",
    metavar="NAME",
    help="Colours: dark, light, contrast, colour-blind, colour-blind-light, terminal, …",
)
@click.option("--blind", is_flag=True, help="Hide outlets, bylines and sides while deciding.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
@click.pass_context
def program(
    ctx: click.Context,
    db: Path | None,
    read_only: bool,
    annotator: str | None,
    codebook: str | None,
    theme: str | None,
    blind: bool,
) -> int | None:
    """Read news of war: who claims what, for which side, and how firmly.

    Without a command the reader opens on the library, which is made and filled with sample
    articles when it is not there yet.
    """
    ctx.obj = Settings(db, read_only, annotator, codebook)
    if ctx.invoked_subcommand is not None:
        return None
    return _open_reader(ctx.obj, theme, blind=blind)


def _open_reader(given: Settings, theme: str | None, *, blind: bool) -> int:
    # Textual draws on standard error. A stream that was closed is None.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    served = bool(os.environ.get("TEXTUAL_DRIVER"))  # in a browser, by `textual serve`
    if not served and not all(stream is not None and stream.isatty() for stream in streams):
        raise console.CommandError(
            "the reader needs a terminal; in a pipe use a command (see warreader --help)", USAGE
        )
    # Nothing of what is imported is garbage; the application looks for some after its first frame.
    gc.disable()
    # Textual reads it when it is imported. A key is painted at the next tick: twice as many of
    # them halve the wait.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from tui.app import run

    return run(
        given.db,
        readonly=given.readonly,
        annotator=given.annotator,
        codebook=given.codebook,
        theme=theme,
        blind=blind,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; whatever happens, no traceback."""
    try:
        code = program.main(arguments, prog_name="warreader", standalone_mode=False)
        console.finish()
        return code if isinstance(code, int) else OK
    except click.exceptions.Abort:
        return INTERRUPTED
    except KeyboardInterrupt:
        return INTERRUPTED
    except console.OutputClosedError:
        console.abandon()
        return PIPE_CLOSED
    except click.UsageError as problem:
        where = problem.ctx.command_path if problem.ctx else "warreader"
        console.tell(f"warreader: {_one_line(problem.format_message())} (see {where} --help)")
        return USAGE
    except click.ClickException as problem:
        console.tell(f"warreader: {_one_line(problem.format_message())}")
        return problem.exit_code
    except console.CommandError as problem:
        console.tell(f"warreader: {_one_line(str(problem))}")
        return problem.code
    except Exception as problem:
        console.abandon()
        return _failed(problem)


def _failed(problem: Exception) -> int:
    """Say in one line what went wrong; the exit code."""
    from claims.codebook_file import CodebookError
    from claims.profile import ProfileError
    from store.errors import AmbiguousArticle, ArticleNotFound, StoreError

    if isinstance(problem, StoreError | ProfileError | CodebookError):
        console.tell(f"warreader: {_one_line(str(problem))}")
        wrong = (ArticleNotFound, AmbiguousArticle, ProfileError, CodebookError)
        return USAGE if isinstance(problem, wrong) else FAILED
    if isinstance(problem, OSError):
        named = f"{problem.filename}: " if problem.filename else ""
        console.tell(f"warreader: {named}{problem.strerror or problem}")
        return FAILED
    if os.environ.get("WARREADER_DEBUG"):
        raise problem
    console.tell(
        f"warreader: this should not have happened: {type(problem).__name__}:"
        f" {_one_line(str(problem))}; set WARREADER_DEBUG=1 to see where"
    )
    return FAILED


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
