"""Codebooks: what a file says is what is shown, and what is wrong in one is named with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.codebook import BASE, WORDS, Codebook, TagEntry, TypeEntry, explained
from claims.codebook_file import CodebookError, from_document, load, to_toml
from claims.guidelines import DEFINITIONS
from claims.model import Claim, ClaimType, Group, OwnType, Span
from claims.toml_lines import TomlError, lines, parse

FILE = Path("siege.toml")

SIEGE = """\
title = "The siege"
tags_closed = true

[types.siege]   # a type of our own
letter = "g"
group = "ground"
colour = "#D55E00"
gloss = "a town is cut off"
examples = [
  "He said [nothing had come in for a week].",
]

[types.strike]
label = "attack from afar"

[types.background]
hidden = true

[tags.verify]
key = "v"

[stance.asserts]
label = "states"
"""


def book(text: str) -> Codebook:
    return from_document(parse(text, FILE))


def test_a_file_adds_renames_hides_and_keeps_the_rest() -> None:
    found = book(SIEGE)
    assert found["siege"].letter == "G" and found["siege"].group is Group.GROUND
    assert found["strike"].label == "attack from afar" and found["strike"].letter == "S"
    assert found["losses"] == BASE["losses"]
    offered = [entry.id for entry in found.offered()]
    assert offered[-1] == "siege" and "background" not in offered and len(offered) == 15
    assert found.tags == (TagEntry("verify", "v", ""),) and found.tags_closed
    assert found.word("stance", "asserts") == "states" and found.word("stance", "plans") == "plans"
    assert list(found.changes()) == ["strike", "siege"]


def test_a_type_is_found_by_its_id_letter_and_label() -> None:
    found = book(SIEGE)
    for words, name in (
        ("siege", "siege"),
        ("G", "siege"),
        ("Attack from afar", "strike"),
        ("L", "losses"),
    ):
        entry = found.find(words)
        assert entry is not None and entry.id == name
    assert found.find("gossip") is None


def test_a_type_that_is_not_in_the_codebook_keeps_its_id() -> None:
    entry = BASE["siege"]
    assert (entry.id, entry.label, entry.letter, entry.known) == ("siege", "siege", "?", False)
    claim = Claim("c1", (Span(0, 1),), type=OwnType("siege"))
    assert Claim.from_json(claim.to_json()) == claim
    with pytest.raises(ValueError, match="type"):
        Claim.from_json({**claim.to_json(), "type": "No Type"})


def test_a_hidden_type_gives_its_letter_up() -> None:
    found = book('[types.fighting]\nhidden = true\n[types.famine]\nletter = "F"\n')
    assert found["famine"].letter == "F" and found["fighting"].letter == "?"


BAD = (
    ("titel = 1", 1, "did you mean 'title'"),
    ("\n[types.siege]\nlabel = 'x'", 2, "needs a letter"),
    ("[types.siege]\nletter = 'S'", 2, "'S' is that of 'strike'; free are: E"),
    ("[types.strike]\n\nletter = 'L'", 3, "that of 'losses'"),
    ("[types.a]\nletter='G'\n[types.b]\nletter='G'", 4, "that of 'a'"),
    ("[types.losses]\nkey = 's'", 2, "the key 's' is that of 'strike'"),
    ("[types.strike]\nhiden = true", 2, "did you mean 'hidden'"),
    ("[types.strike]\nhidden = 1", 2, "true or false"),
    ("[types.strike]\ngroup = 'fyre'", 2, "did you mean 'fire'"),
    ("[types.strike]\ncolour = 'red'", 2, "#rrggbb"),
    ("[types.strike]\nlabel = ' '", 2, "is empty"),
    ("[types.strike]\nlabel = 'a label that is much too long'", 2, "at most 20"),
    ("[types.'No Type']\nletter = 'G'", 1, "small letters"),
    ("types = 1", 1, r"\[types.NAME\]"),
    ("[types]\nstrike = 1", 2, "must be a table"),
    ('[types.strike]\n# "\nexamples = ["""\na""", 1]', 3, "list of texts"),
    ("[tags.'two words']", 1, "one word"),
    ("[tags.a]\nkey = 'x'\n[tags.b]\nkey = 'X'", 4, "is that of 'a'"),
    ("[stance.denys]", 1, "did you mean 'denies'"),
    ("[certainty.firm]\nkey = 'n'", 1, "is that of 'firm'"),
)


@pytest.mark.parametrize(("text", "line", "words"), BAD, ids=[words for _, _, words in BAD])
def test_what_is_wrong_is_named_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(CodebookError, match=words) as caught:
        book(text)
    if "certainty" not in text:  # two keys clash there: either of their lines may be named
        assert str(caught.value).startswith(f"siege.toml, line {line}: ")


def test_all_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    with pytest.raises(CodebookError) as caught:
        book(
            "titel = 1\n[types.siege]\nletter = 'S'\ngroup = 'fyre'\nhiden = true\n"
            "[types.strike]\ncolour = 'red'\n[stance.denys]\n[tags.'a b']\n[tags.c]\nkey = '?'\n"
        )
    told = [fault.partition(": ") for fault in caught.value.faults]
    places = [place.rpartition(" ")[2] for place, _, _ in told]
    assert places == ["1", "3", "4", "5", "7", "8", "9", "11"]
    assert "and 7 more: warreader codebook --check tells them" in str(caught.value)


def test_every_type_hidden_leaves_nothing_to_choose() -> None:
    text = "\n".join(f"[types.{kind}]\nhidden = true" for kind in ClaimType)
    with pytest.raises(CodebookError, match="leave at least one"):
        book(text)


def test_a_file_that_is_none_is_one_clear_error(tmp_path: Path) -> None:
    for name, data in (("a", b"\xff"), ("b", b"= 1"), ("c", b"a = " + b"[" * 5000)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(CodebookError, match="not valid TOML"):
            load(tmp_path / name)
    with pytest.raises(CodebookError, match="cannot be read"):
        load(tmp_path / "nothing")


def test_the_scheme_explains_every_type() -> None:
    assert set(DEFINITIONS) == set(ClaimType)
    for entry in explained(BASE).types.values():
        assert entry.definition and entry.rather and entry.examples
        assert all(one.count("[") == one.count("]") == 1 for one in entry.examples)


SIGNS = list("EGJKQUVWXYZ0123456789")
WORD = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    names = draw(st.lists(st.from_regex(r"x[a-z0-9-]{1,9}", fullmatch=True), unique=True))[:5]
    types = dict(BASE.types)
    for name, letter in zip(names, draw(st.permutations(SIGNS)), strict=False):
        types[name] = TypeEntry(
            name,
            letter,
            draw(WORD),
            draw(st.sampled_from(Group)),
            draw(WORD),
            definition=draw(WORD),
            examples=tuple(draw(st.lists(WORD, max_size=2))),
            colour=draw(st.sampled_from([None, "#0072b2"])),
            hidden=draw(st.booleans()),
        )
    tags = draw(st.lists(WORD.filter(lambda word: word.strip("#,") == word), unique=True))
    words = {**WORDS, "stance": (replace(WORDS["stance"][0], label="states"), *WORDS["stance"][1:])}
    closed = draw(st.booleans())
    return Codebook("Project", types, tuple(TagEntry(tag) for tag in tags), closed, words)


@given(codebooks())
def test_what_is_printed_reads_back_to_the_same(codebook: Codebook) -> None:
    once = book(to_toml(codebook))
    assert book(to_toml(once)) == once
    assert [entry.id for entry in once.types.values()] == list(codebook.types)


KEYS = st.sampled_from(["title", "types", "strike", "siege", "letter", "tags", "x", '"a b"', "'#'"])
VALUES = st.sampled_from(
    (
        *('"x"', "'''\na # b\n'''", '"""\n[x]\n"""', "1", "true", "[1,\n 2]", "{ a = 1 }"),
        *('"G"', "'fire'", '["a", # ]\n "b"]', '"\\u001b[2J"', "[[]]", '"a\\"b"', "9" * 5000),
        "1979-05-27",
    )
)
LINES = st.lists(
    st.one_of(
        st.builds("{} = {}".format, KEYS, VALUES),
        st.builds("{}.{} = {}".format, KEYS, KEYS, VALUES),
        st.builds("[{}.{}]".format, KEYS, KEYS),
        st.builds("[[{}]]".format, KEYS),
        st.builds("[{}]".format, KEYS),
        st.sampled_from(["", "# [x] = '", "\t"]),
        st.text(max_size=12),
    ),
    max_size=9,
)


@given(LINES)
@example(["[[x]]", "a = 1", "[[x]]", "[x.y]", "z = '''", "'''"])
def test_no_file_gives_more_than_one_clear_line(content: list[str]) -> None:
    text = "\n".join(content)
    try:
        document = parse(text, FILE)
    except TomlError as problem:
        assert "\n" not in str(problem)
        return
    count = text.count("\n") + 1
    assert all(1 <= line <= count for line in lines(text).values())
    try:
        from_document(document)
    except CodebookError as problem:
        assert "\n" not in str(problem) and "\x1b" not in str(problem)


@given(st.lists(st.sampled_from(["a", "b", '"c d"']), unique=True), st.data())
def test_the_line_of_a_key_is_the_line_on_which_it_stands(
    names: list[str], data: st.DataObject
) -> None:
    text, expected = "", {}
    for name in names:
        text += data.draw(st.sampled_from(["", "\n", "# = '\n", "\n\n"]))
        expected[name] = text.count("\n") + 1
        value = data.draw(st.sampled_from(["1", "'''\n\n'''", "[\n1,\n]", '"#"']))
        text += f"{name} = {value}\n"
    document = parse(text, FILE)
    for name, line in expected.items():
        assert document.line(name.strip('"')) == line
