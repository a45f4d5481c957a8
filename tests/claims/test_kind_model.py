"""The weights of claim types: the file, the sums in lanes, and the judgement with and without."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import kind_model, kinds
from claims.extract import extract
from claims.kind_model import MAGIC, STEPS, Reading, decode, encode, features
from claims.kind_words import stem
from claims.model import ClaimType, Span
from claims.tagger.errors import WeightsError

TYPES = tuple(ClaimType)
SENTENCE = "Troops captured the village of Oldmill after two days of fighting"


def reading(text: str, cue: str = "said", *, attributed: bool = True) -> Reading:
    """What the rules hand over for a content that is a sentence by itself."""
    span = Span(0, len(text))
    return kinds.read(text, (span,), cue, sentence=span, attributed=attributed)[1]


def rows_of(values: dict[str, list[int]]) -> bytes:
    """A weights file of these rows, in steps of a tenth and a fifth."""
    return encode(TYPES, list(values), list(values.values()), word_scale=0.1, rest_scale=0.2)


def test_a_pair_of_words_is_one_feature() -> None:
    words, rest = features(reading(SENTENCE))
    assert f"{stem('village')}\tof" in words
    assert "h:troop" in words
    assert "c:say" in words
    assert ("=said", STEPS) in rest
    assert any(name.startswith("r:territory.") for name, _ in rest)


def test_who_says_it_and_the_words_do_not_share_a_name() -> None:
    words, rest = features(reading("at un said number bias n", "at", attributed=False))
    assert not set(words) & {name for name, _ in rest}


weights = st.lists(st.integers(-127, 127), min_size=len(TYPES), max_size=len(TYPES))


@given(weights, weights, weights, weights)
def test_lanes_add_up_to_the_plain_sum(
    one: list[int], two: list[int], three: list[int], four: list[int]
) -> None:
    names = {"troop": one, "captur\tthe": two, "=bias": three, "st:asserts": four}
    given_ = reading(SENTENCE)
    words, _ = features(given_)
    assert {"troop", "captur\tthe"} <= set(words)
    told = decode(rows_of(names)).probabilities(given_)
    share = 0.1 / math.sqrt(2)
    logits = [
        (a + b) * share + (c + d) * 0.2 for a, b, c, d in zip(one, two, three, four, strict=True)
    ]
    top = max(logits)
    odds = [math.exp(logit - top) for logit in logits]
    assert sum(told) == pytest.approx(1)
    assert told == pytest.approx([odd / sum(odds) for odd in odds])


def test_without_a_known_feature_every_type_is_as_likely() -> None:
    told = decode(rows_of({"unseen": [3] * len(TYPES)})).probabilities(reading(SENTENCE))
    assert told == pytest.approx([1 / len(TYPES)] * len(TYPES))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "does not begin"),
        (b"something else\n{}\n", "does not begin"),
        (MAGIC + b"no json\n", "Expecting value"),
        (MAGIC + b'{"types": ["weather"], "features": 0}\n', "weather"),
        (rows_of({"troop": [1] * len(TYPES)})[:-1], "cut short"),
        (rows_of({"troop": [1] * len(TYPES)}) + b"x", "after its end"),
        (MAGIC, "not enough values"),
    ],
)
def test_a_wrong_file_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match="weights of claim types") as refused:
        decode(data)
    assert reason in str(refused.value)


def test_weights_come_with_the_package_and_decide() -> None:
    shipped = kind_model.shipped()
    assert shipped is not None
    assert set(shipped.types) == set(ClaimType)
    told = shipped.probabilities(reading(SENTENCE))
    span = Span(0, len(SENTENCE))
    found = kinds.judge(SENTENCE, (span,), "said", sentence=span, attributed=True)
    assert found.type is shipped.types[told.index(max(told))] is ClaimType.TERRITORY
    assert found.score == pytest.approx(max(told), abs=0.001)
    assert found.rule.startswith("type:territory.model+captured+place ")


def test_without_the_file_the_rules_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    span = Span(0, len(SENTENCE))
    alone = kinds.judge(SENTENCE, (span,), "said", sentence=span, attributed=True, rules_only=True)
    monkeypatch.setattr(kind_model, "shipped", lambda: None)
    missing = kinds.judge(SENTENCE, (span,), "said", sentence=span, attributed=True)
    assert alone == missing
    assert alone.rule == "type:territory.captured+place"


def test_extraction_takes_other_weights_and_says_so(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(
        rows_of({"=bias": [127 if kind is ClaimType.POLICY else 0 for kind in TYPES]})
    )
    result = extract(SENTENCE, "generic", type_weights=other)
    assert {claim.type for claim in result.claims} == {ClaimType.POLICY}
    assert "+types:" in result.version
    assert "+types:" not in extract(SENTENCE, "generic").version
    missing = tmp_path / "none.bin"
    with pytest.raises(WeightsError, match=r"none\.bin: cannot be read"):
        extract(SENTENCE, "generic", type_weights=missing)
    with pytest.raises(ValueError, match="'rules' has no weights"):
        extract(SENTENCE, "generic", tagger="rules", type_weights=other)


def test_the_rules_alone_use_nothing_that_was_trained() -> None:
    assert "model+" in extract(SENTENCE, "generic").claims[0].rule
    assert "model+" not in extract(SENTENCE, "generic", tagger="rules").claims[0].rule


def test_damaged_weights_of_the_package_leave_the_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "types.bin"
    broken.write_bytes(kind_model.SHIPPED.read_bytes()[:-1])
    monkeypatch.setattr(kind_model, "shipped", lambda: kind_model.load(broken))
    result = extract(SENTENCE, "generic")
    assert "claim types are by the rules alone" in result.notes[0]
    assert not any("model+" in claim.rule for claim in result.claims)
