"""The text pane: wide and right-to-left characters, the mouse, resizing, the hardware cursor."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import Reader, press
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import split_graphemes
from textual.geometry import Offset
from textual.pilot import Pilot

from claims.model import Article, Span
from store.db import Library
from tui.app import WarreaderApp
from tui.layout import whole_characters, wrap
from tui.screens.sheet import legend_sheet
from tui.widgets.reader import GUTTER, ReaderView

WIDE = "漢字とかな、そして「引用」。" * 6
EMOJI = "Two 👩‍👩‍👧 families and 🇺🇦 flags, e\u0301tude, "
HEBREW = "דובר הצבא אמר כי 12 טנקים הושמדו ליד הגבול."
ARABIC = "قال المتحدث إن القوات تقدمت كيلومترين نحو المدينة."
TEXT = (
    f"First line of the page.\n\n{WIDE}\n\n{EMOJI * 3}\n\n{HEBREW}\n\n{ARABIC}\n\n"
    + "\n\n".join(
        f"Paragraph {n} says that the front did not move and that nobody knows why it did not."
        for n in range(60)
    )
)


@pytest.fixture
def wide(library: Path) -> int:
    """An article of many scripts; gives its id."""
    with Library.open(library, annotator="tester") as stored:
        return stored.articles.add(Article(TEXT, title="Scripts")).article_id


async def drag(pilot: Pilot[None], reader: ReaderView, start: tuple[int, int], end: int) -> None:
    """Select with the mouse from a cell of a row to another cell of it."""
    await pilot.mouse_down(reader, offset=start)
    await pilot.hover(reader, offset=(end, start[1]))
    await pilot.mouse_up(reader, offset=(end, start[1]))
    await pilot.pause()


def row_with(app: WarreaderApp, words: str) -> int:
    """The row of the pane that begins with some words."""
    reader = app.main.reader
    for y in range(reader.size.height):
        if words in reader.render_line(y).text:
            return y
    raise AssertionError(words)


async def test_the_mouse_selects_the_characters_that_it_goes_over(
    reader: Reader, wide: int
) -> None:
    async with reader((100, 40)) as (app, pilot):
        await app.main.open_article(wide)
        await pilot.pause()
        pane = app.main.reader
        for words, first, last, expected in (
            ("漢字", 4, 12, "とかな、"),
            ("Two", 4, 15, "👩‍👩‍👧 families"),
            ("דובר", 5, 9, "הצבא"),
            ("قال", 4, 11, "المتحدث"),
        ):
            y = row_with(app, words)
            await drag(pilot, pane, (GUTTER + first, y), GUTTER + last)
            picked = app.screen.get_selected_text()
            assert picked is not None and expected.startswith(picked[:1]), words
            assert picked in TEXT and picked.strip()[:2] == expected[:2], (picked, expected)
            app.screen.clear_selection()


async def test_a_selection_over_rows_is_the_text_without_its_wrapping(
    reader: Reader, wide: int
) -> None:
    async with reader((70, 40)) as (app, pilot):
        await app.main.open_article(wide)
        await pilot.pause()
        pane = app.main.reader
        y = row_with(app, "Two")
        await pilot.mouse_down(pane, offset=(GUTTER, y))
        await pilot.hover(pane, offset=(GUTTER + 10, y + 2))
        await pilot.mouse_up(pane, offset=(GUTTER + 10, y + 2))
        await pilot.pause()
        picked = app.screen.get_selected_text()
        assert picked is not None and "\n" not in picked
        assert len(picked) > 70 and picked in TEXT


@given(st.text(alphabet="ab 漢👩‍👧\u0301e🇺🇦ש", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_span_is_never_cut_inside_a_character(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    whole = whole_characters(text, Span(start, end))
    assert whole.start <= start and end <= whole.end
    edges = {0, *(last for _, last, _ in split_graphemes(text)[0])}
    assert whole.start in edges and whole.end in edges


def test_an_emoji_of_several_parts_and_a_marked_letter_stay_whole_at_the_end_of_a_row() -> None:
    text = "👩‍👩‍👧" * 9 + "e\u0301" * 9
    rows = [text[a:b] for a, b in wrap(text, Span(0, len(text)), 5)]
    assert all(not row.startswith(("\u200d", "\u0301")) for row in rows)
    assert "".join(rows) == text


def test_ideographs_fill_the_row_and_no_row_begins_with_a_comma() -> None:
    text = "abc " + "漢字。" * 8
    rows = [text[a:b] for a, b in wrap(text, Span(0, len(text)), 12)]
    assert rows[0].startswith("abc 漢字。")
    assert all(row[0] not in "、。」" for row in rows)


@pytest.mark.parametrize("scrolled", [False, True])
async def test_what_is_looked_at_keeps_its_place_when_the_terminal_is_resized(
    reader: Reader, wide: int, scrolled: bool
) -> None:
    async with reader((140, 40)) as (app, pilot):
        await app.main.open_article(wide)
        await press(pilot, "g space")
        pane = app.main.reader
        if scrolled:
            pane.scroll_to(y=pane.max_scroll_y // 2, animate=False, immediate=True)
            await pilot.pause()
        assert app.main.page is not None
        current = app.main.page.index.span(app.main.sentence)

        def looked_at() -> str:
            if not scrolled:
                return current.of(TEXT)[:12]
            return next(t for y in range(9) if (t := pane.render_line(y).text[GUTTER:20].strip()))

        words = looked_at()
        for size in ((84, 24), (140, 20), (70, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            shown = [pane.render_line(y).text for y in range(pane.size.height)]
            assert any(words in row for row in (shown[:3] if scrolled else shown)), size


async def test_the_hardware_cursor_follows_the_current_sentence(reader: Reader) -> None:
    async with reader() as (app, pilot):
        pane = app.main.reader
        for keys in ("g", "j j j", "space", "l", "G"):
            await press(pilot, keys)
            cursor = app.cursor_position - pane.content_region.offset
            assert cursor.x == GUTTER
            assert "▶" in pane.render_line(cursor.y).text
            if cursor.y:
                assert "▶" not in pane.render_line(cursor.y - 1).text
        assert isinstance(app.cursor_position, Offset)


async def test_y_copies_the_sentence_with_source_outlet_and_address(
    reader: Reader, library: Path
) -> None:
    with Library.open(library, annotator="tester") as stored:
        text = "Kyiv said that it took a hill. It added that the hill is high."
        article = Article(text, title="Hill", outlet="Wire")
        number = stored.articles.add(article, url="https://example.org/1").article_id
    async with reader() as (app, pilot):
        await app.main.open_article(number)
        await press(pilot, "y")
        where = "(Hill, Wire, https://example.org/1)"
        assert app.clipboard == f"Kyiv said that it took a hill. {where}"
        await press(pilot, "l y")
        said = "It added that the hill is high."
        assert app.clipboard in (f"{said} {where}", f"Kyiv: {said} {where}")
        # What the mouse has selected goes before, and is seen to be selected.
        y = row_with(app, "Kyiv said")
        await drag(pilot, app.main.reader, (GUTTER, y), GUTTER + 9)
        row = app.main.reader.render_line(y)
        chosen = "".join(one.text for one in row if one.style and one.style.reverse)
        assert chosen.startswith("Kyiv said")
        assert "copies what is selected" in str(app.main.query_one("#status").render())
        await press(pilot, "y")
        assert app.clipboard == f"{chosen} {where}"


async def test_right_to_left_letters_of_one_pane_end_before_the_next(
    reader: Reader, wide: int
) -> None:
    async with reader() as (app, pilot):
        await app.main.open_article(wide)
        await pilot.pause()
        mixed = 0
        for pane in (app.main.reader, app.main.panel):
            for y in range(pane.size.height):
                row = pane.render_line(y)
                if any("\u0590" <= letter <= "\u06ff" for letter in row.text):
                    mixed += 1
                    assert row.text.count("\u200e") == 2
                    assert row.cell_length in (pane.size.width, pane.size.width - 1)
        assert mixed > 2


async def test_the_reader_can_order_the_letters_itself(reader: Reader, wide: int) -> None:
    async with reader((100, 40)) as (app, pilot):
        pane = app.main.reader
        pane.orders_letters = app.main.panel.orders_letters = True
        await app.main.open_article(wide)
        await pilot.pause()
        y = row_with(app, HEBREW.split()[0][::-1])
        painted = pane.render_line(y).text
        assert painted.rstrip().endswith(HEBREW.split()[0][::-1]) and "12" in painted
        first = painted.index(HEBREW.split()[1][::-1])
        await drag(pilot, pane, (first + 3, y), first)
        picked = app.screen.get_selected_text()
        assert picked is not None and len(picked) >= 3 and HEBREW.split()[1].startswith(picked)
        app.screen.clear_selection()
        await pilot.click(pane, offset=(first, y))
        await pilot.pause()
        assert app.main.page is not None
        assert app.main.page.index.span(app.main.sentence).of(TEXT) == HEBREW
        assert row_with(app, "First line")


async def test_every_sign_beside_the_text_and_the_claims_has_its_words_in_the_legend(
    reader: Reader,
) -> None:
    async with reader((120, 40)) as (app, pilot):
        await press(pilot, "a x l l t s m n o enter g")
        signs: set[str] = set()
        for pane, cells in ((app.main.reader, GUTTER), (app.main.panel, 4)):
            for y in range(pane.size.height):
                signs.update(pane.render_line(y).text[:cells])
        signs = {sign for sign in signs if not sign.isalnum() and not sign.isspace()}
        legend = legend_sheet(app.main.sides, app.main.records, app.main.palette).plain
        assert {"▶", "▌", "✓", "✗", "✎", "·"} <= signs
        assert {sign for sign in signs if sign not in legend} <= {"\u200e", "“"}
