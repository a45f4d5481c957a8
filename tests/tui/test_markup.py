"""Outside words are never markup: a rule over the source, and hostile words in every place."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import press, settle
from libraries import ANNOTATOR, raw_library
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, Static

from claims.model import Article
from claims.text import displayed
from tui.app import WarreaderApp
from tui.commands import COMMANDS
from tui.screens.filters import ChoiceList

TUI = Path(__file__).resolve().parents[2] / "tui"

# The rule

PARSES = {"Static", "Label", "Button", "Checkbox", "OptionList", "SelectionList", "RichLog"}
"""Textual's widgets that take `markup=False`: what they are given, now or by `update`, is markup
without it."""
PLAIN = {"Footer", "FooterKey", "Input", "TextArea"}
"""Widgets that show what they are given as it is."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(TUI.rglob("*.py")):
        yield path.relative_to(TUI.parent).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name; "" for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def has_keyword(call: ast.Call, name: str, value: object) -> bool:
    return any(
        keyword.arg == name
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is value
        for keyword in call.keywords
    )


def markup_widgets() -> set[str]:
    """The widgets that parse markup, and our own that are made of them and do not forbid it."""
    found, before = set(PARSES), 0
    while len(found) > before:
        before = len(found)
        for _, tree in trees():
            for node in ast.walk(tree):
                if not isinstance(node, ast.ClassDef) or forbids(node):
                    continue
                if found & {name_of(b) for b in node.bases}:
                    found.add(node.name)
    return found


def forbids(widget: ast.ClassDef) -> bool:
    """Whether all of a class is made with `markup=False`."""
    return any(
        isinstance(node, ast.Call)
        and ast.unparse(node.func) == "super().__init__"
        and has_keyword(node, "markup", False)
        for node in ast.walk(widget)
    )


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node.func):
                yield f"{path}:{node.lineno}", name_of(node.func), node


def test_only_widgets_of_which_it_is_known_are_used() -> None:
    used = {
        (alias.name, path)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual.widgets")
        for alias in node.names
    }
    assert [one for one in sorted(used) if one[0] not in PARSES | PLAIN] == []


def test_every_widget_is_told_that_words_are_no_markup() -> None:
    widgets = markup_widgets()
    assert "LessonPane" in widgets and "Words" not in widgets
    open_ = [
        f"{where} {name}"
        for where, name, call in calls()
        if name in widgets | {"notify", "Console"} and not has_keyword(call, "markup", False)
    ]
    assert open_ == []


def test_nothing_is_read_as_markup_or_made_clickable() -> None:
    """Titles of borders and tooltips are markup in Textual unless they come as `Content`.

    So are links and actions in Rich.
    """
    forbidden = {"from_markup", "render_markup", "to_content", "escape_markup", "Markdown"}
    assert [f"{where} {name}" for where, name, _ in calls() if name in forbidden] == []
    titles = {"border_title", "border_subtitle", "tooltip"}
    found = []
    for path, tree in trees():
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.AnnAssign | ast.AugAssign):
                targets = [node.target]
            value = getattr(node, "value", None)
            if isinstance(value, ast.Call) and name_of(value.func) == "Content":
                continue
            found += [f"{path}:{node.lineno}" for one in targets if name_of(one) in titles]
            if isinstance(node, ast.keyword) and node.arg in ("link", "meta"):
                if ast.unparse(node) == "link=address.url":  # what `tui.addresses` has checked
                    continue
                found.append(f"{path}:{node.value.lineno} {node.arg}=")
            if isinstance(node, ast.keyword) and node.arg == "tooltip":
                ours = ast.unparse(node.value) == "command.help"
                found += [] if ours else [f"{path}:{node.value.lineno} tooltip="]
    assert found == []


def test_our_own_words_that_become_tooltips_and_palette_lines_hold_no_markup() -> None:
    for command in COMMANDS:
        assert "[" not in command.label + command.help + "".join(command.shown_keys), command.id


# The words in every place

WORST = "[/] [@click=app.quit]x[/"
"""As markup it would end what was not begun, and begin what quits the program."""
HOSTILE = (
    WORST,
    "[/",
    "[Reuters] x",
    "[@click=app.quit]x[/]",
    "tail\\",
    "قال الجيش إن 40 جنديا قتلوا",
    "俄罗斯国防部说",
    "👩‍👩‍👧‍👦 🇺🇦 ✊🏽",
    "Za" + "\u0301" * 190,
    "7 \u202eerom\u202c \u200bkilled",
)


def rows(widget: Widget) -> str:
    """What a widget that paints row by row shows; every row is exactly as wide as it is."""
    strips = [widget.render_line(y) for y in range(widget.size.height)]
    assert {strip.cell_length for strip in strips} == {widget.size.width}
    return "\n".join(strip.text for strip in strips)


def line(app: WarreaderApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).render())


@asynccontextmanager
async def opened(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[WarreaderApp, Pilot[None]]]:
    """The reader on a library of one article for each of the hostile strings."""
    monkeypatch.setenv("WARREADER_HOME", str(home))
    monkeypatch.delenv("NO_COLOR", raising=False)
    for number, words in enumerate(HOSTILE):
        text = f"{words} one {number}.\n\n{words} two.\n\n{words} three."
        # The date puts them in the order of the list, newest first.
        article = Article(text, words, words, words, date=f"2024-01-{28 - number}")
        raw_library(home / "library.db", (words, "Other"), article, url=f"http://e.org/{number}")
    app = WarreaderApp(home / "library.db", annotator=ANNOTATOR)
    try:
        async with app.run_test(size=(150, 40)) as pilot:
            await settle(pilot)
            yield app, pilot
            assert app.is_running and app.return_code is None
    finally:
        app.work.close()


async def test_hostile_words_are_shown_as_they_are_in_the_panes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, monkeypatch) as (app, pilot):
        for number, words in enumerate(HOSTILE):
            shown = displayed(words)[:12]
            if number:
                await press(pilot, "J")
            assert line(app, "#title").startswith(shown)
            assert shown in rows(app.main.library)
            assert f"{displayed(words)[-12:]} one {number}." in rows(app.main.reader)
            assert rows(app.main.reader).count(shown) >= 5
            assert shown in rows(app.main.panel)
            assert line(app, "#detail").count(shown) >= 3
            assert await pilot.click("#title", offset=(3, 0))
            assert await pilot.click("#detail", offset=(30, 1))
            assert len(app.screen_stack) == 1


async def test_hostile_words_are_shown_as_they_are_in_the_dialogs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, monkeypatch) as (app, pilot):
        for words in HOSTILE[-3:]:
            shown = displayed(words)
            await app.main.open_article(1 + HOSTILE.index(words))
            await press(pilot, "w home")
            field = app.screen.query_one(Input)
            assert field.value == shown and shown[:12] in field.render_line(0).text
            await press(pilot, "escape H")
            assert shown[:12] in line(app, "#sheet")
            await press(pilot, "q")


async def test_words_of_a_markup_do_nothing_where_they_are_typed_or_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = WORST
    async with opened(tmp_path, monkeypatch) as (app, pilot):
        await press(pilot, "slash")
        app.screen.query_one(Input).value = words
        await press(pilot, "enter")
        assert line(app, "#status").startswith("Match 1 of ")
        await press(pilot, "slash")
        app.screen.query_one(Input).value = f"no{words}"
        await press(pilot, "enter")
        assert line(app, "#status").startswith(f"Not found: no{words}")
        await press(pilot, "H")
        assert words in line(app, "#sheet")
        await press(pilot, "q w")
        app.screen.query_one(Input).value = words[:1]
        await pilot.pause()
        assert words in app.screen.query_one(Input).render_line(0).text
        await press(pilot, "escape E c")
        assert words in rows(app.screen.query_one("#options"))
        await press(pilot, "escape colon")
        app.screen.query_one(Input).value = words
        await press(pilot, "escape F")
        choices = app.screen.query_one(ChoiceList)
        choices.go_to([one.value for one in choices.choices].index(words, len(choices.choices) - 2))
        await press(pilot, "space")
        assert f"[x] {words}" in rows(choices)
        await press(pilot, "enter")
        assert f"filter: {words}" in line(app, "#status")
        await press(pilot, "1 slash")
        app.screen.query_one(Input).value = words
        await press(pilot, "enter")
        assert words in rows(app.main.library)
