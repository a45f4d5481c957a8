"""The screen, as a person uses it: real keys, the real application, a real library."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from driving import Reader, press, type_line
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from claims.model import Article, ClaimType
from store.db import Library
from store.records import ClaimRecord, Status
from tui.app import WarreaderApp
from tui.screens.exchange import slug
from tui.screens.main import find_all
from tui.screens.pick import PickList
from tui.screens.spanning import SpanScreen
from tui.widgets.foot import Foot

SEED_TITLE = "Kursk incursion"


def text_of(app: WarreaderApp, selector: str) -> str:
    """What a one-line widget shows."""
    return str(app.main.query_one(selector, Static).render())


def pane_text(app: WarreaderApp, name: str) -> list[str]:
    """The rows of a pane as they are painted."""
    pane = app.main.query_one(f"#{name}")
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


def claim(app: WarreaderApp) -> ClaimRecord:
    """The claim that is current on the screen."""
    record = app.main.record
    assert record is not None
    return record


def stored(path: Path, article_id: int, claim_id: str) -> ClaimRecord:
    """A claim as another program finds it in the file."""
    with Library.open(path, readonly=True, annotator="tester") as library:
        return library.claims.get(article_id, claim_id)


async def to_attributed_claim(app: WarreaderApp, pilot: Pilot[None]) -> ClaimRecord:
    """Walk to a claim that has a source."""
    for _ in range(len(app.main.shown)):
        await press(pilot, "l")
        if claim(app).claim.source:
            return claim(app)
    raise AssertionError("the seed article has no attributed claim")


# Opening


async def test_the_first_start_opens_on_the_seed_article(reader: Reader) -> None:
    async with reader() as (app, _):
        assert SEED_TITLE in text_of(app, "#title")
        assert any("Ukrainian officials have touted" in row for row in pane_text(app, "reader"))
        assert len(app.main.records) > 20
        assert app.main.library.count == 5


@pytest.mark.parametrize(
    ("size", "seen"),
    [
        ((50, 20), {"reader"}),
        ((80, 24), {"reader", "claims"}),
        ((120, 36), {"library", "reader", "claims"}),
        ((220, 60), {"library", "reader", "claims"}),
    ],
)
async def test_the_panes_that_fit_are_shown(
    reader: Reader, size: tuple[int, int], seen: set[str]
) -> None:
    async with reader(size) as (app, _):
        shown = {
            name
            for name in ("library", "reader", "claims")
            if app.main.query_one(f"#{name}").region.width > 0
        }
        assert shown == seen


async def test_a_hidden_pane_comes_by_its_number_and_goes_with_escape(reader: Reader) -> None:
    async with reader((60, 20)) as (app, pilot):
        await press(pilot, "1")
        assert app.main.library.has_focus and app.main.library.region.width == 60
        await press(pilot, "escape 3")
        assert app.main.panel.has_focus and app.main.panel.region.width > 50
        await press(pilot, "2")
        assert app.main.reader.has_focus and app.main.reader.region.width == 60


async def test_resizing_keeps_the_current_sentence_in_view(reader: Reader) -> None:
    async with reader((160, 40)) as (app, pilot):
        for _ in range(12):
            await pilot.press("j")
        words = app.main.page.index.span(app.main.sentence).of(app.main.page.text)  # type: ignore[union-attr]
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.pause()
        first = " ".join(words.split()[:3])
        assert first in " ".join(row[5:] for row in pane_text(app, "reader"))


async def test_hard_wrapped_text_is_wrapped_anew(reader: Reader, library: Path) -> None:
    words = "The ministry said that the town was held and the road was open again. " * 12
    wrapped = "\n".join(textwrap.wrap(words, 60)) + "\n\nReuter\n"
    with Library.open(library, annotator="tester") as opened:
        added = opened.articles.add(Article(wrapped, title="Wrapped", date="2030-01-01"))
    async with reader() as (app, _):
        await app.main.open_article(added.article_id)
        assert app.main.page is not None and "\n" not in app.main.page.text
        assert len(app.main.page.text) == len(app.main.page.article.text)
        for row in range(app.main.reader.size.height):
            assert "\n" not in app.main.reader.render_line(row).text


# Moving together


async def test_the_panel_follows_the_sentence(reader: Reader) -> None:
    async with reader() as (app, pilot):
        for _ in range(8):
            await press(pilot, "j")
            here = app.main.in_sentence(app.main.sentence)
            if here:
                assert claim(app).id in {record.id for record in here}
                assert app.main.panel.cursor == app.main.panel.index_of(claim(app).id)


async def test_the_sentence_follows_the_panel(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "3 G")
        last = app.main.shown[-1]
        assert claim(app).id == last.id
        assert app.main.page is not None
        span = app.main.page.index.span(app.main.sentence)
        assert span.start <= last.claim.start < span.end
        marked = [row for row in pane_text(app, "reader") if row.startswith("▶")]
        assert marked


async def test_top_bottom_and_pages(reader: Reader) -> None:
    async with reader((80, 24)) as (app, pilot):
        await press(pilot, "G")
        assert app.main.page is not None
        assert app.main.sentence == len(app.main.page.index) - 1
        await press(pilot, "g")
        assert app.main.sentence == 0
        await press(pilot, "space")
        assert app.main.sentence > 0
        await press(pilot, "b")
        assert app.main.sentence == 0


async def test_a_click_goes_to_the_sentence_and_its_claim(reader: Reader) -> None:
    async with reader() as (app, pilot):
        rows = pane_text(app, "reader")
        row = next(n for n, text in enumerate(rows) if "trying to stop our" in text)
        await pilot.click("#reader", offset=(12, row))
        await pilot.pause()
        assert app.main.page is not None
        assert "trying to stop" in claim(app).claim.content[0].of(app.main.page.text)


async def test_the_detail_names_speaker_side_type_and_rule(reader: Reader) -> None:
    async with reader() as (app, pilot):
        record = await to_attributed_claim(app, pilot)
        shown = text_of(app, "#detail")
        assert str(record.claim.type) in shown and (record.claim.speaker or "") in shown
        assert record.claim.rule.split()[0] in shown
        assert str(record.claim.certainty) in shown


async def test_v_colours_by_side(reader: Reader) -> None:
    async with reader() as (app, pilot):
        record = await to_attributed_claim(app, pilot)
        by_type = app.main.palette[f"type.{record.claim.type}"].color
        by_side = app.main.palette[f"side.{record.claim.side}"].color
        assert by_type in colours_of_claims(app)
        await press(pilot, "v")
        assert by_side in colours_of_claims(app)
        assert "side" in text_of(app, "#status")


def colours_of_claims(app: WarreaderApp) -> set[object]:
    """The foreground colours in the text."""
    pane = app.main.reader
    return {
        segment.style.color
        for y in range(pane.size.height)
        for segment in list(pane.render_line(y))[4:]
        if segment.style is not None
    }


# Deciding


async def test_accept_is_one_key_and_goes_on_to_the_next_undecided(
    reader: Reader, library: Path
) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        await press(pilot, "a")
        assert claim(app).id != first.id and not claim(app).status.decided
        assert stored(library, first.article_id, first.id).status is Status.ACCEPTED
        await app.workers.wait_for_complete([w for w in app.workers if w.group == "progress"])
        await pilot.pause()
        title = text_of(app, "#title")
        assert f"1/{len(app.main.records)} decided" in title
        assert re.search(r"library 1/\d+$", title.rstrip())


async def test_reject_strikes_the_claim_and_removes_its_highlight(
    reader: Reader, library: Path
) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        await press(pilot, "x")
        assert stored(library, first.article_id, first.id).status is Status.REJECTED
        assert any(row.startswith("✗") for row in pane_text(app, "claims"))


async def test_relabel_is_two_keys(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        wanted = "D" if first.claim.type is not ClaimType.DIPLOMACY else "S"
        await press(pilot, f"t {wanted.lower()}")
        again = stored(library, first.article_id, first.id)
        assert again.claim.type.letter == wanted and again.status is Status.EDITED
        assert claim(app).id == first.id


async def test_side_stance_certainty_and_distance(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        keys = ["S d", "f h", "f s"]
        for key in keys:
            await press(pilot, key)
        await press(pilot, "s")
        await press(pilot, "down enter")
        again = stored(library, first.article_id, first.id).claim
        assert (again.stance, again.certainty, again.distance) == ("denies", "hedged", "sceptical")


async def test_a_known_speaker_brings_its_role_and_side(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        other = next(
            r.claim
            for r in app.main.records
            if r.claim.speaker and r.claim.side not in (first.claim.side, "author")
        )
        await press(pilot, "w")
        for _ in range(60):
            await pilot.press("backspace")
        await type_line(pilot, other.speaker or "")
        again = stored(library, first.article_id, first.id).claim
        assert (again.speaker, again.role, again.side) == (other.speaker, other.role, other.side)


async def test_a_new_claim_on_the_sentence_is_two_keys(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        before = len(app.main.records)
        await press(pilot, "j j c l")
        made = claim(app)
        assert len(app.main.records) == before + 1
        assert made.status is Status.ADDED and made.claim.type is ClaimType.LOSSES
        assert app.main.page is not None
        assert made.claim.content == (app.main.page.index.span(app.main.sentence),)
        assert stored(library, made.article_id, made.id).claim == made.claim


async def test_a_new_claim_on_a_part_of_the_sentence(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        assert app.main.page is not None
        sentence = app.main.page.index.span(app.main.sentence)
        await press(pilot, "C 2 h o l enter t")
        made = claim(app)
        content = made.claim.content[0]
        assert sentence.start <= content.start < content.end < sentence.end
        assert made.claim.type is ClaimType.TERRITORY
        await press(pilot, "C 3 S")
        assert claim(app).id != made.id and claim(app).claim.type is ClaimType.STRIKE
        assert stored(library, claim(app).article_id, claim(app).id).claim == claim(app).claim


async def test_keys_typed_fast_mark_a_span_and_a_letter_finds_its_word(reader: Reader) -> None:
    async with reader() as (app, pilot):
        assert app.main.page is not None
        sentence = app.main.page.index.span(app.main.sentence)
        word = sentence.of(app.main.page.text).split()[3]
        for key in f"C o f {word[0].lower()} M".split():
            app.post_message(events.Key(key, key))
        for _ in range(40):
            await pilot.pause()
        made = claim(app).claim
        assert made.type is ClaimType.FORCES and made.rule == "by hand"
        assert made.content[0].of(app.main.page.text)[0].lower() == word[0].lower()


async def test_a_marked_source_proposes_the_speaker(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        record = await to_attributed_claim(app, pilot)
        await press(pilot, "C tab")
        assert isinstance(app.screen, SpanScreen)
        assert app.screen.edit.part == "source" and app.screen.edit.parts["source"]
        await press(pilot, "enter t")
        made = claim(app).claim
        assert made.source and made.speaker and made.type is ClaimType.TERRITORY
        if made.source == record.claim.source:
            assert (made.speaker, made.side) == (record.claim.speaker, record.claim.side)
        assert made.speaker in text_of(app, "#status")


async def test_moving_the_end_of_a_span_by_word_and_character(
    reader: Reader, library: Path
) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        end = first.claim.content[-1].end
        await press(pilot, "e h less_than_sign enter")
        again = stored(library, first.article_id, first.id)
        assert again.claim.content[-1].end < end - 1
        assert again.claim.source == first.claim.source
        await press(pilot, "e h h h escape")
        assert stored(library, first.article_id, first.id).claim == again.claim
        await press(pilot, "e h h u u N")
        assert claim(app).claim.content == again.claim.content
        assert claim(app).claim.type is ClaimType.DENIAL


async def test_note_and_tags(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        await press(pilot, "m")
        await type_line(pilot, "check the date")
        await press(pilot, "number_sign")
        await type_line(pilot, "doubtful kursk")
        again = stored(library, first.article_id, first.id)
        assert again.note == "check the date" and again.tags == ("doubtful", "kursk")
        assert again.status is first.status
        assert "check the date" in text_of(app, "#detail")
        await press(pilot, "m down o r ctrl+n n o t enter")
        again = stored(library, first.article_id, first.id)
        assert again.note == "check the date\nor\nnot"
        await press(pilot, "m x escape m enter")
        assert stored(library, first.article_id, first.id).note == again.note


async def test_delete_and_bring_back(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        first, before = claim(app), len(app.main.records)
        await press(pilot, "D")
        assert len(app.main.records) == before - 1
        await press(pilot, "z")
        assert len(app.main.records) == before and claim(app).id == first.id


async def test_undo_and_redo_across_articles_and_restarts(reader: Reader, library: Path) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        await press(pilot, "a J")
        other = app.main.page
        assert other is not None and other.article.id != first.article_id
        await press(pilot, "x")
        assert text_of(app, "#status").startswith("reject")
    async with reader() as (app, pilot):
        await press(pilot, "z z")
        assert app.main.page is not None and app.main.page.article.id == first.article_id
        assert claim(app).id == first.id and claim(app).status is Status.PROPOSED
        await press(pilot, "z")
        assert "Nothing to undo" in text_of(app, "#status")
        await press(pilot, "Z")
        assert stored(library, first.article_id, first.id).status is Status.ACCEPTED


async def test_read_only_takes_no_decision_and_says_why(reader: Reader, library: Path) -> None:
    async with reader(readonly=True) as (app, pilot):
        first = claim(app)
        await press(pilot, "a")
        assert "Read-only" in text_of(app, "#status")
        assert "READ-ONLY" in text_of(app, "#title")
    assert stored(library, first.article_id, first.id).status is Status.PROPOSED


async def test_the_place_is_kept(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "j j j j j q q")
    async with reader() as (app, _):
        assert app.main.sentence == 5


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_a_place_far_down_is_on_the_screen_again(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with reader(size) as (app, pilot):
        await press(pilot, "3 G 2")
        last = claim(app).id
        await press(pilot, "Q")
    async with reader(size) as (app, pilot):
        await pilot.pause()
        assert any(row.startswith("▶") for row in pane_text(app, "reader"))
        assert any("▶" in row for row in pane_text(app, "claims"))
        assert claim(app).id == last


async def test_a_claim_that_is_gone_gives_way_to_its_neighbour(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "l D")
        neighbour = claim(app).id
        await press(pilot, "z Z")
        assert claim(app).id == neighbour


async def test_the_detail_is_whole_after_an_article_was_chosen_on_a_narrow_screen(
    reader: Reader,
) -> None:
    async with reader((80, 24)) as (app, pilot):
        await press(pilot, "1 j enter")
        await pilot.pause()
        first = text_of(app, "#detail").splitlines()[0]
        assert (claim(app).claim.speaker or "the article")[:20] in first and len(first) > 30


async def test_the_status_line_fits_the_new_width(reader: Reader) -> None:
    async with reader((160, 40)) as (app, pilot):
        for width in (100, 220):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            await pilot.pause()
            assert text_of(app, "#status").endswith("colours: type")
            assert len(text_of(app, "#status")) == width - 2


async def test_a_decision_says_what_it_changed(reader: Reader) -> None:
    async with reader() as (app, pilot):
        old = claim(app).claim.type
        new = ClaimType.DIPLOMACY if old is not ClaimType.DIPLOMACY else ClaimType.STRIKE
        await press(pilot, f"t {new.letter.lower()}")
        assert f"type: {old} → {new}" in text_of(app, "#status")
        await press(pilot, f"t {new.letter.lower()}")
        assert "already" in text_of(app, "#status")


async def test_a_field_that_is_so_already_only_accepts(reader: Reader) -> None:
    async with reader() as (app, pilot):
        undecided, now = claim(app).id, claim(app).claim.type
        letter = app.main.palette.codebook[now].letter.lower()
        await press(pilot, f"t {letter}")
        assert text_of(app, "#status").startswith("accepted 1 claim")
        record = app.main.index.get(undecided)
        assert record is not None and record.status is Status.ACCEPTED
        await press(pilot, "z")
        assert text_of(app, "#status").startswith("undone: accepted 1 claim")


async def test_what_does_not_fit_is_left_out_or_cut_with_an_ellipsis(reader: Reader) -> None:
    async with reader((80, 24)) as (app, pilot):
        for width in (80, 50, 120):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            await pilot.pause()
            keys = list(app.main.query_one(Foot).children)
            assert any("help" in str(key.render()) for key in keys)
            assert all(key.region.right <= width for key in keys)
        assert "export" in str(keys[-1].render())  # with room all of them are there
        await pilot.resize_terminal(50, 24)
        await press(pilot, "E")
        options = app.screen.query_one("#options", PickList)
        lines = [options.render_line(y).text.rstrip() for y in range(options.size.height)]
        assert any(line.endswith("…") for line in lines)


async def test_sides_have_a_letter_where_there_is_no_colour(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reader() as (app, _):
        bars = {row[3] for row in pane_text(app, "reader") if len(row) > 5 and row[3] != " "}
        assert {"u", "r"} <= bars and "▌" not in bars


# Finding


async def test_search_marks_all_matches_and_n_goes_round(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "slash")
        await type_line(pilot, "BUFFER ZONE")
        count = len(app.main.matches)
        assert count >= 3 and app.main.match == 0
        await press(pilot, "n")
        assert app.main.match == 1
        await press(pilot, "N N")
        assert app.main.match == count - 1
        assert f"Match {count} of {count}" in text_of(app, "#status")
        await press(pilot, "escape")
        assert app.main.matches == ()


async def test_a_search_without_a_match_says_so(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "slash")
        await type_line(pilot, "xyzzy")
        assert "Not found: xyzzy" in text_of(app, "#status")


def test_search_sees_through_case_quotes_blanks_and_hidden_characters() -> None:
    text = "Khar␦kiv’s  “buffer\nzone”"
    assert [span.of(text) for span in find_all(text, "kharkiv's")] == ["Khar␦kiv’s"]
    assert [span.of(text) for span in find_all(text, '"Buffer zone"')] == ["“buffer\nzone”"]
    assert find_all(text, "  ") == ()
    assert find_all("a(b", "(") != ()


async def test_filters_narrow_reader_and_panel(reader: Reader) -> None:
    async with reader() as (app, pilot):
        total = len(app.main.records)
        await press(pilot, "F space enter")
        kinds = {record.claim.type for record in app.main.shown}
        assert len(kinds) == 1 and 0 < len(app.main.shown) < total
        assert app.main.panel.count == len(app.main.shown)
        assert str(next(iter(kinds))) in text_of(app, "#status")
        await press(pilot, "X")
        assert len(app.main.shown) == total


async def test_accepting_under_a_filter_by_state_goes_on(reader: Reader) -> None:
    async with reader() as (app, pilot):
        from tui.filtering import Chosen, Facet

        app.main._filter(Chosen().toggle(Facet.STATE, "proposed"))
        await pilot.pause()
        total = len(app.main.shown)
        await press(pilot, "a a a")
        assert len(app.main.shown) == total - 3
        assert claim(app).status is Status.PROPOSED


async def test_a_query_narrows_reader_and_panel_and_follows_decisions(reader: Reader) -> None:
    async with reader() as (app, pilot):
        main = app.main
        total = len(main.records)
        await press(pilot, "F slash")
        await type_line(pilot, "-is:undecided")
        assert app.screen is not main
        await press(pilot, "escape F slash")
        await type_line(pilot, "nonsense:1")
        assert "nonsense" in str(app.screen.query_one("#hint", Static).render())
        await press(pilot, "escape slash")
        await type_line(pilot, "is:undecided confidence:0..1")
        await press(pilot, "enter")
        assert len(main.shown) == total - sum(r.status.decided for r in main.records)
        assert "is:undecided" in text_of(app, "#status")
        before = len(main.shown)
        await press(pilot, "a a")
        assert len(main.shown) == before - 2 and len(main.records) == total
        await press(pilot, "z J K")
        assert len(main.shown) == before - 1
        await press(pilot, "X")
        assert len(main.shown) == total


async def test_library_search_lists_what_fits_and_escape_brings_all_back(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "1 slash")
        await type_line(pilot, "Klymenko")
        assert app.main.library.count == 1
        await press(pilot, "escape")
        assert app.main.library.count == 5


async def test_an_empty_search_of_the_library_says_what_to_do(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "1 slash")
        await type_line(pilot, "xyzzy")
        shown = " ".join(pane_text(app, "library"))
        assert "Nothing found" in shown and "esc" in shown


# Help, legend, palette, export


async def test_help_lists_the_keys_of_the_pane_first(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "question_mark")
        sheet = str(app.screen.query_one("#sheet", Static).render())
        assert sheet.index("Next sentence.") < sheet.index("Accept the claim")
        assert "Undo" not in sheet.split("\n")[0]
        await press(pilot, "question_mark 1 question_mark")
        sheet = str(app.screen.query_one("#sheet", Static).render())
        assert sheet.index("Next article.") < sheet.index("Find any command")
        await press(pilot, "escape")


async def test_the_legend_explains_every_letter_and_side(reader: Reader) -> None:
    async with reader() as (app, pilot):
        await press(pilot, "L")
        sheet = str(app.screen.query_one("#sheet", Static).render())
        for kind in ClaimType:
            assert re.search(rf"^  {kind.letter} {kind.value}\b", sheet, re.MULTILINE)
        assert "Ukraine" in sheet and "Russia" in sheet
        await press(pilot, "escape")


async def test_the_palette_runs_a_command_by_its_name(reader: Reader) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        await press(pilot, "colon")
        for letter in "accept":
            await pilot.press(letter)
        await app.workers.wait_for_complete()
        await pilot.pause()
        await press(pilot, "enter")
        await pilot.pause()
        await pilot.pause()
        now = next(r for r in app.main.records if r.id == first.id)
        assert now.status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("key", "suffix"), [("j", ".jsonl"), ("c", ".csv"), ("m", ".md"), ("h", ".html")]
)
async def test_export_from_the_screen(
    reader: Reader, tmp_path: Path, key: str, suffix: str
) -> None:
    async with reader() as (app, pilot):
        await press(pilot, f"a E {key} t enter")
        await pilot.pause()
        said, total = text_of(app, "#status"), len(app.main.records)
    written = list(tmp_path.rglob(f"kursk*{suffix}"))
    assert len(written) == 1 and str(total) in said
    assert "Zelensky" in written[0].read_text(encoding="utf-8")


async def test_history_shows_what_was_decided(reader: Reader) -> None:
    async with reader() as (app, pilot):
        first = claim(app)
        await press(pilot, "f h x")
        app.main.go_to_claim(first.id)
        await press(pilot, "H")
        sheet = str(app.screen.query_one("#sheet", Static).render())
        assert "certainty: firm → hedged" in sheet or "hedged" in sheet
        assert "reject" in sheet and "tester" in sheet
        await press(pilot, "escape")


def test_a_title_becomes_a_safe_file_name() -> None:
    assert slug("../../.bashrc") == "bashrc"
    assert slug("жжж") == "article"
    assert slug("a/b\0c " * 40).isascii() and len(slug("word " * 40)) <= 60
