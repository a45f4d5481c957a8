"""Keyword in context: every place of the words, the claims that fit, orders."""

from __future__ import annotations

import re

from store_fakes import article

from store import concordance
from store.concordance import LineOrder
from store.db import Library
from store.records import ClaimFilter

TEXTS = (
    ("Kyiv killed 40 men. Moscow denied it and Kyiv\nkilled more.", "Beta", "2024-08-13"),
    ("The kil\u00adled were in Khar\u200bkiv. Nobody was hurt.", "Alpha", "2024-09-01"),
    ("Moscow struck a depot. The weather was fine.", "Alpha", "2024-01-01"),
)


def _fill(library: Library) -> None:
    for number, (text, outlet, date) in enumerate(TEXTS):
        library.articles.add(article(text, f"Killed, no. {number}", outlet=outlet, date=date))


def test_every_place_of_the_words_stands_where_it_says(library: Library) -> None:
    _fill(library)
    found = concordance.asked(library, "killed")
    assert (found.claims, found.done) == (False, True)
    assert concordance.counted(library, found) == (3, False)  # one in the title only
    assert [line.article_id for line in found.lines] == [2, 1, 1]
    for line in found.lines:
        text = library.articles.get(line.article_id).text
        word = re.sub("[\u00ad\u200b]", "", text[line.start : line.end])
        assert word.casefold() == "killed"
        assert text[: line.start].split()[-1:] == line.left.split()[-1:]
    assert found.lines[1].left == "Kyiv "
    assert found.lines[2].left.endswith("Kyiv ") and found.lines[2].right.startswith(" more")
    (line,) = concordance.asked(library, "kharkiv -depot outlet:alpha").lines
    assert library.articles.get(2).text[line.start : line.end] == "Khar\u200bkiv"
    assert concordance.asked(library, '"kyiv killed"').lines[1].word == "Kyiv killed"
    assert concordance.asked(library, "").lines == []


def test_lines_come_in_parts_and_can_be_stopped(library: Library) -> None:
    for number in range(45):
        library.articles.add(article(f"Kyiv advanced {number}.", f"n{number}"))
    found = concordance.asked(library, "kyiv")
    assert (len(found.lines), found.done) == (20, False)
    assert concordance.counted(library, found) == (45, False)
    concordance.gather(library, found, lambda number: False)
    assert len(found.lines) == 40
    concordance.gather(library, found)
    assert (len(found.lines), found.done) == (45, True)
    claims = concordance.asked(library, "speaker:Kyiv")
    assert claims.claims and claims.done and len(claims.lines) == 45
    assert concordance.counted(library, claims) == (45, False)
    assert {(line.left, line.right) for line in claims.lines} >= {("Kyiv", "Kyiv advanced 3.")}
    several = concordance.asked(library, "kyiv", claims=True)
    assert [line.record for line in several.lines] == library.claims.query(ClaimFilter())


def test_lines_are_sorted_by_what_stands_beside_the_word(library: Library) -> None:
    _fill(library)
    lines = concordance.asked(library, "moscow OR kyiv").lines
    left = [line.left.split()[-1:] for line in concordance.ordered(lines, LineOrder.LEFT)]
    assert left == [[], [], ["and"], ["men."]]
    right = [line.word + line.right for line in concordance.ordered(lines, LineOrder.RIGHT)]
    assert [words[:12] for words in right] == [
        *("Kyiv killed ", "Kyiv killed ", "Moscow denie", "Moscow struc"),
    ]
    assert [x.outlet for x in concordance.ordered(lines, LineOrder.OUTLET)][:1] == ["Alpha"]
    dates = [line.date for line in concordance.ordered(lines, LineOrder.DATE)]
    assert dates == sorted(dates, reverse=True)
    assert concordance.ordered(lines, LineOrder.POSITION) == lines


def test_with_fields_of_claims_the_places_are_those_in_the_claims(library: Library) -> None:
    _fill(library)
    library.articles.add(article("Kyiv moved. Moscow said Kyiv killed nobody in Kyiv.", "Others"))
    every = concordance.asked(library, "kyiv")
    whose = concordance.asked(library, "kyiv speaker:Moscow", claims=False)
    assert whose.of_claims and not whose.claims and whose.done
    assert 0 < len(whose.lines) < len(every.lines)
    fitting = library.claims.query(whose.where)
    # Each claim that fits has a line, and every line stands in the claim that it is of.
    assert {line.record.id for line in whose.lines if line.record} == {r.id for r in fitting}
    for line in whose.lines:
        assert line.record is not None and "Moscow" in (line.record.claim.speaker or "")
        assert any(s.start <= line.start and line.end <= s.end for s in line.record.claim.content)
        assert line.word == "Kyiv"
    assert concordance.counted(library, whose) == (len(fitting), False)
    alone = concordance.asked(library, "speaker:Moscow", claims=False)
    assert {line.record.id for line in alone.lines if line.record} == {
        record.id for record in library.claims.query(ClaimFilter(speaker="Moscow"))
    }
    assert all(line.word for line in alone.lines)


def test_lines_in_claims_come_in_parts_without_gaps(library: Library) -> None:
    for number in range(70):
        library.articles.add(article(f"Kyiv advanced {number} and Kyiv held.", f"n{number}"))
    found = concordance.asked(library, "kyiv speaker:Kyiv", claims=False)
    assert len(found.lines) == 100 and not found.done
    concordance.gather(library, found)
    assert found.done and len({(x.article_id, x.start) for x in found.lines}) == 140
