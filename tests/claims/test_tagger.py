"""The trained tagger and the rules beside it: what they find, and what holds for any text."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims import hybrid, kind_model
from claims.attribution import Attribution, Page
from claims.extract import extract
from claims.model import Claim, Mode, Span
from claims.quotes import find
from claims.sentences import split
from claims.tagger import model, weights
from claims.tagger.errors import WeightsError
from claims.tagger.linking import CONTENT, CUE, SOURCE, link
from claims.tagger.passages import MAX_PASSAGE, TOKEN, cuts, passages
from claims.weights_list import LIST

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = (
    "The army said on Monday that its troops had taken the village of Orvel.\n\n"
    "“We hold the ridge and the road,” Colonel Ivo Brandt told reporters. “Nobody has left.”\n\n"
    "Two civilians were killed in the shelling, according to the regional governor.\n\n"
    "The road was open at noon."
)


def page_of(text: str) -> Page:
    sentences = split(text)
    return Page(text, sentences, find(text, sentences))


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " | ".join(span.of(text) for span in spans)


def triples(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of what the network and the rules find, as words."""
    found = sorted(hybrid.by_trained(page_of(text)), key=lambda one: one.start)
    return [
        (words(text, one.source), words(text, one.cue), words(text, one.content)) for one in found
    ]


def test_said_that_a_quote_and_according_to() -> None:
    said, quoted, cited = triples(ARTICLE)
    assert said == ("The army", "said", "that its troops had taken the village of Orvel")
    assert quoted[0] == "Colonel Ivo Brandt"
    assert quoted[2].startswith("“We hold the ridge and the road,”")
    assert cited[0] == "the regional governor"
    assert cited[2] == "Two civilians were killed in the shelling"


def test_the_claims_say_what_decided_and_how_sure() -> None:
    claims = [c for c in extract(ARTICLE, "generic").claims if c.mode is not Mode.UNATTRIBUTED]
    assert claims[0].rule.startswith("trained+said-that")
    assert all(0.5 < claim.confidence < 1 for claim in claims)
    by_rules = extract(ARTICLE, "generic", tagger="rules")
    assert all("trained" not in claim.rule for claim in by_rules.claims)
    assert by_rules.version.endswith("+rules")


def test_agreement_makes_sure_and_standing_alone_makes_doubtful() -> None:
    both = hybrid.confidence(0.8, 0.9)
    assert both > hybrid.confidence(0.8, None) > hybrid.confidence(0.2, None)
    assert hybrid.confidence(None, 0.9) < both


@pytest.mark.parametrize(
    ("text", "rule", "content"),
    [
        ("Marek: The war will end this year.", "headline-colon", "The war will end this year"),
        (
            "TASS reported, citing the defence ministry, that two drones fell.",
            "said-that+citing",
            "that two drones fell",
        ),
        (
            "“We hold the ridge.\n\n“They fled at dawn.\n\n“The road is ours,” the general said.",
            "quote+verb",
            "“We hold the ridge. | “They fled at dawn. | “The road is ours,”",
        ),
    ],
)
def test_rules_stay_where_they_are_right(text: str, rule: str, content: str) -> None:
    found = [one for one in hybrid.by_trained(page_of(text)) if one.rule == rule]
    assert [words(text, one.content) for one in found] == [content]
    rest = [one for one in hybrid.by_trained(page_of(text)) if one.rule != rule]
    kept = found[0].content
    assert not any(a.overlaps(b) for one in rest for a in one.content for b in kept)


def test_a_post_is_left_to_its_account() -> None:
    text = (
        "The ridge fell quiet.\n\nThe army says that Orvel fell. pic.twitter.com/abcDEF123\n"
        "— Front Watch (@frontwatch) August 11, 2024\n\nThe road is open."
    )
    page = page_of(text)
    read = hybrid.paragraphs(page)
    assert [span.of(text) for span in read] == ["The ridge fell quiet.", "The road is open."]
    claims = [c for c in extract(text, "generic").claims if c.mode is not Mode.UNATTRIBUTED]
    assert claims
    assert all(claim.channel[-1] == "X" for claim in claims)


def test_a_rule_adds_what_the_network_does_not_see() -> None:
    page = page_of("The army said that it took Orvel.")
    one = Attribution((Span(14, 32),), (Span(0, 8),), (Span(9, 13),), "said-that", 0.9)
    (alone,) = hybrid.combined(page, [one], [])
    assert (alone.rule, alone.content) == ("said-that", one.content)
    assert alone.confidence < one.confidence
    mark = model.Marked((), (Span(9, 13),), (Span(19, 32),), 0.8)
    (agreed,) = hybrid.combined(page, [one], [mark])
    assert agreed.rule == "trained+said-that"
    assert agreed.content == mark.content
    assert agreed.source == one.source


def test_other_languages_are_read_by_the_rules() -> None:
    text = "Міністерство оборони повідомило, що ворог утратив 300 солдатів. «Ми тримаємось»."
    trained, ruled = extract(text), extract(text, tagger="rules")
    assert trained.claims == ruled.claims
    assert trained.version.endswith("+rules")


# ------------------------------------------------------------------ linking and passages
def test_a_source_serves_the_nearest_cue() -> None:
    labels = [SOURCE, CUE, CONTENT, CONTENT + 1, 0, SOURCE, SOURCE + 1, CUE, CONTENT]
    first, second = link(labels, [0] * len(labels))
    assert first.source is not None and first.cue is not None
    assert (first.source.start, first.cue.start) == (0, 1)
    assert [(part.start, part.end) for part in first.content] == [(2, 4)]
    assert second.source is not None
    assert (second.source.start, second.source.end) == (5, 7)


def test_a_source_in_another_sentence_is_not_taken() -> None:
    (one,) = link([SOURCE, 0, CUE, CONTENT], [0, 0, 1, 1])
    assert one.source is None


@given(st.lists(st.booleans(), min_size=1, max_size=1500))
def test_passages_cover_a_paragraph_once(ends: list[bool]) -> None:
    number, sentence = 0, []
    for end in ends:
        sentence.append(number)
        number += end
    ranges = cuts(sentence)
    assert ranges[0][0] == 0 and ranges[-1][1] == len(sentence)
    assert all(a[1] == b[0] for a, b in pairwise(ranges))
    assert all(0 < high - low <= MAX_PASSAGE for low, high in ranges)


# ------------------------------------------------------------------ any text
PIECES = st.sampled_from(
    [*"“”\"'’()[]:,.!?…—\n\x00", "\n\n", " ", "said", "The army", "that", "İ", "ﬁ", "told", "👩‍🚒"]
)


@given(st.lists(PIECES, max_size=60).map(" ".join))
@example("")
@example("\n\n\n")
@example("“" * 50)
@settings(deadline=None, max_examples=60)
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    page = page_of(text)
    for one in hybrid.by_trained(page):
        assert one.content
        assert one.rule
        assert 0 <= one.confidence <= 1
        for part in (one.source, one.cue, one.content):
            assert all(0 <= span.start < span.end <= len(text) for span in part)
            assert all(a.end <= b.start for a, b in pairwise(part))
            assert all(span.of(text).strip() for span in part)


@pytest.mark.parametrize("piece", ["a ", "said ", "(", '"', "“a ", "x", "a.\n\n"])
def test_hostile_text_is_read_in_bounded_passages(piece: str) -> None:
    text = piece * 5_000
    spans = hybrid.paragraphs(page_of(text))
    found = list(passages(text, spans, model.load().lexicon))
    assert all(len(one.words) <= MAX_PASSAGE for one in found)
    read = sum(len(one.words) for one in found)
    assert read == sum(len(TOKEN.findall(span.of(text))) for span in spans)
    model.load().attributions(text, spans)


def test_the_same_text_gives_the_same_claims_whatever_was_read_before() -> None:
    first = extract(ARTICLE, "generic")
    extract("“No,” the mayor said. " * 300, "generic")
    assert extract(ARTICLE, "generic") == first
    code = "import sys; from claims.extract import extract; print(repr(extract(sys.stdin.read())))"
    fresh = subprocess.run(
        [sys.executable, "-c", code],
        input=ARTICLE,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    assert fresh.stdout.strip() == repr(extract(ARTICLE))


def test_paragraphs_far_apart_do_not_change_each_other() -> None:
    (alone, *_) = triples("The army said that it took Orvel.")
    filler = "The road was open at noon.\n\n" * 40
    assert alone in triples(f"The army said that it took Orvel.\n\n{filler}The ministry denied it.")


# ------------------------------------------------------------------ weights
def test_weights_are_small_and_kept() -> None:
    assert weights.SHIPPED.stat().st_size <= 6_000_000
    assert model.load() is model.load()


@pytest.mark.parametrize("shipped", [weights.SHIPPED, kind_model.SHIPPED])
def test_the_model_card_is_about_the_file_that_ships(shipped: Path) -> None:
    card = (shipped.parent / "README.md").read_text(encoding="utf-8")
    digest = hashlib.sha256(shipped.read_bytes()).hexdigest()
    assert digest in card
    assert f"{digest}  {shipped.name}" in (shipped.parent / LIST).read_text().splitlines()


@pytest.mark.parametrize("shipped", [weights.SHIPPED, kind_model.SHIPPED])
def test_changed_bytes_are_noticed_where_a_list_names_the_file(
    tmp_path: Path, shipped: Path
) -> None:
    data = bytearray(shipped.read_bytes())
    for at in range(len(data) - 30_000, len(data), 150):  # 200 numbers, all of them still numbers
        data[at] ^= 1
    path = tmp_path / shipped.name
    path.write_bytes(data)
    name = "weights" if shipped == weights.SHIPPED else "type_weights"
    options: dict[str, Any] = {name: path}
    assert extract(ARTICLE, "generic", **options).claims  # nobody said what it should hold
    shutil.copy(shipped.parent / LIST, tmp_path)
    kind_model.load.cache_clear()
    model.load.cache_clear()
    with pytest.raises(WeightsError, match=f"{shipped.name}: damaged, or not the file that"):
        extract(ARTICLE, "generic", **options)


def test_written_weights_are_read_back(tmp_path: Path) -> None:
    shipped = weights.read(weights.SHIPPED)
    copy = tmp_path / "copy.bin"
    header = {name: value for name, value in shipped.header.items() if name != "arrays"}
    weights.write(copy, header, shipped.arrays)
    assert copy.read_bytes() == weights.SHIPPED.read_bytes()
    result = extract(ARTICLE, "generic", weights=copy)
    assert result.claims == extract(ARTICLE, "generic").claims
    assert result.version.endswith(f"+trained:{shipped.digest}")


def _shortened(data: bytes) -> bytes:
    return data[:-1000]


def _foreign(data: bytes) -> bytes:
    return b"PK\x03\x04" + data[4:]


def _garbled(data: bytes) -> bytes:
    return data[:200] + bytes(100) + data[300:]


@pytest.mark.parametrize("change", [_shortened, _foreign, _garbled])
def test_wrong_weights_are_refused_by_name(tmp_path: Path, change: object) -> None:
    path = tmp_path / "wrong.bin"
    assert callable(change)
    path.write_bytes(change(weights.SHIPPED.read_bytes()))
    with pytest.raises(WeightsError, match=r"wrong\.bin: .*(damaged|no weights)"):
        extract(ARTICLE, "generic", weights=path)


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    shipped = weights.read(weights.SHIPPED)
    header = {name: value for name, value in shipped.header.items() if name != "arrays"}
    arrays = {**shipped.arrays, "out": shipped.arrays["out"][:-1]}
    path = tmp_path / "other.bin"
    weights.write(path, header, arrays)
    with pytest.raises(WeightsError, match=r"other\.bin: weights of another tagger"):
        model.load(path)


def test_missing_weights_are_an_error_when_asked_for(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"none\.bin: cannot be read"):
        extract(ARTICLE, "generic", weights=tmp_path / "none.bin")
    with pytest.raises(ValueError, match="'rules' has no weights"):
        extract(ARTICLE, "generic", tagger="rules", weights=tmp_path / "none.bin")


def test_without_its_own_weights_it_says_that_the_rules_read_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "SHIPPED", tmp_path / "gone.bin")
    result = extract(ARTICLE, "generic")
    ruled = extract(ARTICLE, "generic", tagger="rules")
    assert [list(one.spans()) for one in result.claims] == [
        list(one.spans()) for one in ruled.claims
    ]
    assert result.version.endswith("+rules+types")
    assert any("gone.bin" in note and "rules alone" in note for note in result.notes)


def test_the_command_takes_other_weights(tmp_path: Path) -> None:
    text = tmp_path / "article.txt"
    text.write_text(ARTICLE, encoding="utf-8")

    def run(*options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui.cli", "extract", str(text), *map(str, options)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "WARREADER_HOME": str(tmp_path / "home")},
        )

    shipped = run()
    assert shipped.returncode == 0
    own = run("--weights", weights.SHIPPED, "--weights", kind_model.SHIPPED)
    assert json.loads(own.stdout)["claims"] == json.loads(shipped.stdout)["claims"]
    assert all(Claim.from_json(one).rule for one in json.loads(own.stdout)["claims"])
    broken = tmp_path / "broken.bin"
    broken.write_bytes(kind_model.SHIPPED.read_bytes()[:-1])
    for options in (
        ("--weights", text),
        ("--weights", broken),
        ("--weights", kind_model.SHIPPED, "--weights", kind_model.SHIPPED),
        ("--tagger", "rules", "--weights", text),
    ):
        refused = run(*options)
        assert refused.returncode == 2
        assert not refused.stdout
        assert "weights" in refused.stderr
