"""Keys of one's own: what is set works and is shown; what is wrong is named with its line."""

from __future__ import annotations

from pathlib import Path
from string import ascii_letters, punctuation
from typing import Any

import pytest
from driving import Reader, press, type_line
from hypothesis import example, given
from hypothesis import strategies as st
from textual import keys as textual_keys
from textual.widgets import OptionList, Static
from textual.widgets._footer import FooterKey

from claims.toml_lines import TomlError, parse
from store.config import Config
from store.db import Library
from tui.app import WarreaderApp
from tui.commands import COMMANDS, NO_KEY, Context
from tui.keymap import DEFAULT, Keymap, clashes, keymap
from tui.keynames import read_key, show_key
from tui.presets import PRESETS

FILE = Path("config.toml")


def keys_of(text: str) -> Keymap:
    document = parse(text, FILE)
    return keymap(Config(values=document.values, document=document))


def declared(found: Keymap, name: str) -> tuple[str, ...]:
    return next(one.keys for one in found.commands if one.binding_id == name)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_names_commands_and_has_no_clash(preset: str) -> None:
    found = keys_of(f"preset = {preset!r}")
    assert found.problems == () and clashes(found.commands) == []
    assert set(PRESETS[preset]) <= {command.id for command in COMMANDS}
    assert found.changed


def test_no_configuration_is_the_declared_keys() -> None:
    assert keymap(Config()) == DEFAULT and clashes(COMMANDS) == []


def test_keys_are_set_for_a_command_everywhere_or_in_one_place() -> None:
    found = keys_of('[keys]\naccept = "y, ctrl+y"\ncopy = "Y"\n[keys.library]\nfirst = "ctrl+g"')
    assert declared(found, "annotate.accept") == ("y", "ctrl+y")
    assert declared(found, "library.first") == ("ctrl+g",)
    assert declared(found, "claims.first") == ("g", "home")
    assert found.problems == ()
    assert found.key("accept") == "y" and found.fill("{copy} copies") == "Y copies"


def test_a_key_taken_from_a_command_is_shown_as_none() -> None:
    found = keys_of('[keys]\nreject = ""')
    assert found.key("reject") == NO_KEY and found.problems == ()


WRONG = (
    ('[keys]\nacept = "y"', "config.toml, line 2: 'acept' is no command; did you mean 'accept'?"),
    ("keys = 1", "config.toml, line 1: must be a table, written [keys]"),
    ("\npreset = 'newsbot'", "line 2: there is no preset 'newsbot'; did you mean 'newsboat'?"),
    ('[keys]\nhelp = "hlp"', "line 2: help: there is no key 'hlp'"),
    ('[keys]\nhelp = "ctrl+i"', "line 2: help: a terminal cannot tell ctrl+i from tab"),
    ('[keys]\nundo = "ctrl+q"', "line 2: undo: ctrl+q always quits"),
    ("[keys]\nundo = 3", "line 2: undo must be keys in quotes"),
    ('[keys.readr]\ntop = "0"', "line 1: [keys.readr]: there is no such place; did you mean 'r"),
    ('[keys.span]\naccept = "0"', "line 2: 'accept' is no command"),
    ('[keys]\naccept = "x"', "line 2: x is accept, no longer reject"),
    ('[keys]\nredo = "j"', "line 2: j is redo, no longer cursor-down"),
    (
        '[keys]\naccept = "x"\nreject = "x"',
        "line 3: x is accept, no longer reject, which has no key now",
    ),
)


@pytest.mark.parametrize(("text", "words"), WRONG, ids=[text for text, _ in WRONG])
def test_what_is_wrong_is_named_with_its_line(text: str, words: str) -> None:
    found = keys_of(text)
    assert any(words in problem for problem in found.problems), found.problems
    assert clashes(found.commands) == []


def test_keys_are_called_as_textual_calls_them() -> None:
    for mark in punctuation + ascii_letters + "é«":
        assert read_key(mark) == textual_keys._character_to_key(mark)
        assert show_key(str(read_key(mark))) in (mark, read_key(mark))
    for written, name in (
        ("shift+a", "A"),
        ("ctrl+T", "ctrl+t"),
        ("Esc", "escape"),
        ("page down", "pagedown"),
        ("ctrl++", "ctrl+plus"),
        ("comma", "comma"),
        ("hyper+x", None),
        ("", None),
        ("ab", None),
    ):
        assert read_key(written) == name


IDS = st.sampled_from([*dict.fromkeys(command.id for command in COMMANDS), "acept", "a.b"])
KEYS = st.sampled_from([*"jkhlax?,+ ", "ctrl+q", "ctrl+i", "esc", "f1", "nope", "\x1b[2J", ""])
VALUES = st.one_of(
    st.lists(KEYS, max_size=3).map(",".join),
    st.lists(KEYS, max_size=3),
    st.integers(),
    st.text(max_size=5),
)
TABLES = st.dictionaries(IDS, VALUES, max_size=4)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "preset": st.one_of(st.sampled_from([*PRESETS, "x"]), st.lists(st.integers())),
            "keys": st.one_of(
                TABLES,
                st.dictionaries(
                    st.sampled_from([*(one.name.lower() for one in Context), "x"]), TABLES
                ),
                VALUES,
            ),
        },
    )
)
@example({"keys": {"quit": "", "help": "Q"}})
def test_whatever_is_configured_no_key_is_ambiguous_and_there_is_a_way_out(
    values: dict[str, Any],
) -> None:
    found = keymap(Config(values=values))
    assert clashes(found.commands) == []
    assert "ctrl+q" in declared(found, "everywhere.quit")
    assert all("\n" not in one and "\x1b" not in one for one in found.problems)
    assert [one.id for one in found.commands] == [one.id for one in COMMANDS]


@given(st.text(max_size=60))
def test_hostile_toml_gives_lines_not_tracebacks(text: str) -> None:
    try:
        found = keys_of(f"[keys]\n{text}")
    except TomlError as problem:
        assert "\n" not in str(problem)
    else:
        assert all(problem.startswith("config.toml") for problem in found.problems)


OWN = """
[keys]
accept = "y"
copy = ""
help = "?, h"
next-claim = "l, full_stop"
"""


async def test_own_keys_work_are_shown_and_others_say_so(reader: Reader) -> None:
    found = keys_of(OWN)
    assert len(found.problems) == 1  # h was "previous claim" before it was "help"
    async with reader((120, 40), keys=found) as (app, pilot):
        status = app.main.query_one("#status", Static)
        told = "1 fault in config.toml (? lists it): line 5: h is help"
        assert told in str(status.render())
        first = app.main.record
        assert first is not None
        await press(pilot, "a")
        assert "a does nothing in the reader. ? lists the keys." in str(status.render())
        await press(pilot, "y")
        now = {record.id: record.status for record in app.main.records}
        assert now[first.id].value == "accepted"
        shown = {
            binding.binding.action: app.get_key_display(binding.binding)
            for key, binding in app.screen.active_bindings.items()
        }
        assert shown["accept"] == "y" and shown["copy"] == NO_KEY
        await press(pilot, "h")
        sheet = str(app.screen.query_one("#sheet", Static).render())
        assert "y                  Accept the claim" in sheet and "no key" in sheet
        await press(pilot, "q 1 u")
        assert "does nothing" not in str(status.render())
        await press(pilot, "t")
        assert "t does nothing in the library. In the reader: type." in str(status.render())


FAULTS = """
[keys]
acept = "y"
rejekt = "n"
copy = "hyper+q"
accept = "ctrl+i"
"""


async def test_faults_are_counted_on_a_narrow_screen_and_listed_in_the_help(
    reader: Reader,
) -> None:
    found = keys_of(FAULTS)
    assert len(found.problems) == 4
    async with reader((80, 24), keys=found) as (app, pilot):
        status = str(app.main.query_one("#status", Static).render())
        assert status.startswith("4 faults in config.toml (? lists them): line 3: 'acept'")
        await press(pilot, "question_mark")
        sheet = " ".join(str(app.screen.query_one("#sheet", Static).render()).split())
        assert sheet.startswith("Wrong in config.toml")
        for problem in found.problems:
            assert problem.removeprefix("config.toml, ") in sheet
        assert "ctrl+c: Copy what the mouse has selected." in sheet


def footer(app: WarreaderApp) -> list[str]:
    return [one.description for one in app.screen.query(FooterKey)]


@pytest.mark.parametrize("config", ['preset = "vim"', '[keys]\nundo = "ctrl+z"'])
async def test_the_footer_keeps_its_order_with_other_keys(reader: Reader, config: str) -> None:
    async with reader((80, 24)) as (app, _):
        usual = footer(app)
    async with reader((80, 24), keys=keys_of(config)) as (app, _):
        assert "undo" in usual and usual[: len(footer(app)) - 1] == footer(app)[:-1]
        assert "undo" in footer(app)


def test_undo_in_a_view_has_the_key_of_undo_unless_it_is_named() -> None:
    found = keys_of('[keys]\nundo = "ctrl+z"\ndispute-undo = "y"')
    assert found.problems == ()
    assert declared(found, "concordance.undo-here") == ("ctrl+z",)
    assert declared(found, "adjudication.adjudicate-undo") == ("ctrl+z",)
    assert declared(found, "disputes.dispute-undo") == ("y",)
    assert declared(found, "concordance.redo-here") == ("Z",)
    for view in ("concordance.undo-here", "disputes.dispute-undo", "adjudication.adjudicate-undo"):
        assert declared(keys_of('preset = "vim"'), view) == ("u",)


async def test_undo_by_an_own_key_works_in_a_view(reader: Reader, library: Path) -> None:
    async with reader(keys=keys_of('preset = "vim"')) as (app, pilot):
        await press(pilot, "8")
        await type_line(pilot, "speaker:Zelensky")
        await press(pilot, "a a y")
        said = str(app.screen.query_one("#said", Static).render())
        assert "u takes it back." in said
        await press(pilot, "u")
    with Library.open(library, readonly=True, annotator="tester") as stored:
        assert stored.progress().decided == 0


async def test_the_way_out_is_always_there(reader: Reader) -> None:
    async with reader(keys=keys_of('[keys]\nquit = ""\nback = ""')) as (app, pilot):
        await press(pilot, "q")
        assert app._exit is False
        await press(pilot, "ctrl+q")
        assert app._exit is True


async def test_the_palette_begins_with_what_was_used_and_what_works_here(reader: Reader) -> None:
    async with reader() as (app, pilot):

        async def offered(keys: str) -> list[str]:
            await press(pilot, "colon")
            for letter in keys:
                await pilot.press(letter)
            await app.workers.wait_for_complete()
            await pilot.pause()
            options = app.screen.query_one(OptionList)
            return [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]

        found = await offered("")
        assert found[0].startswith("next sentence (j, ↓)")
        later = " ".join(found)
        assert "star (s)  · library" in later and "word → (l, →)  · marking a span" in later
        await press(pilot, "escape")
        assert (await offered("star (s"))[0].startswith("star (s)  · library")
        await press(pilot, "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.focused is app.main.library  # it works there, so that is where it was done
        assert (await offered(""))[0].startswith("star (s)")
