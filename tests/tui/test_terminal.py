"""What only a real terminal shows: every byte that reaches it, signals, kills, two at a time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shlex
import shutil
import signal
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from libraries import ANNOTATOR, plain_library, raw_library
from terminal import WARREADER, Terminal, colours, environment, pieces_of

from claims.model import Article
from claims.text import displayed
from store.db import Library

READY = "There is no save key"
FOOT = "x reject  t type  c new claim"
"""The end of the keys in the last row, which every menu and prompt covers."""
COUNT = 27
RESET = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?1006l", "\x1b[?2004l")
"""Leave the alternate screen, show the cursor, mouse off (three modes), bracketed paste off."""


@pytest.fixture(scope="session")
def hills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one article of `COUNT` undecided claims."""
    path = tmp_path_factory.mktemp("hills") / "library.db"
    plain_library(path, COUNT)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's home, whose library is still to be made."""
    (tmp_path / "home" / "warreader").mkdir(parents=True)
    return tmp_path / "home"


@pytest.fixture
def library(hills: Path, home: Path) -> Path:
    """The path of the user's library, a copy of `hills`."""
    return Path(shutil.copy(hills, library_of(home)))


def library_of(home: Path) -> Path:
    return home / "warreader" / "library.db"


def reader(home: Path, *, size: tuple[int, int] = (120, 36), **more: str) -> Terminal:
    """The reader on the user's library."""
    return Terminal("--annotator", ANNOTATOR, environment=environment(home, **more), size=size)


def decided_in(path: Path) -> int:
    """How many decisions another process finds in the library, which it may also lock."""
    with Library.open(path, annotator=ANNOTATOR, seed=False) as library:
        return library.progress().decided


def decided_shown(terminal: Terminal) -> int:
    """The count in the title line; -1 while there is none."""
    found = re.search(r"(\d+)/\d+ decided", terminal.screen.lines[0])
    return int(found[1]) if found else -1


# Hostile text

RAW = (
    "[Reuters] x",
    "A\x1b]52;c;ZWNobyBoaQ==\x1b\\B",
    "T\x1b]0;pwned\x07T",
    "J\x1b[2JJ\x1b[99;98H",
    "C\x9b2JC\x9d0;pwned\x9c",
    "D\x1bP+q544e\x1b\\D\x1b_Gi=1\x1b\\",
    "L\x1b]8;;http://e/pwned\x1b\\L\x1b]8;;\x1b\\",
    "S\x1b[8;35mS",
    "R\x1bcR\x1b#8\x1b(0",
    "B\x08B\x0b\x0c\x7f\x85B",
    "7 \u202eerom dna\u202c killed \u2067\u2066x\u2069",
    "Khar\u200bkiv \ufeff\u00ad\u2060\u3164\U000e0041",
    "Za" + "\u0301" * 60,
    "[@click=app.quit]x[/]",
    "[/",
    "[/bold] [link=http://e]x[/link] tail\\",
    "E\x1b]",
)
"""Words that would write the clipboard, set the title, clear, query, draw, link, hide, reset,
overwrite, turn around, split or stack letters, or speak a markup language; the last one opens a
sequence that only what comes next could end."""

SENT_BY_TEXTUAL = {
    *("\r", "\n", "\x1b[m", "\x1b[H", "\x1b]22;default\x07", "\x1b[>25u", "\x1b[<u"),
    *(f"\x1b[?{mode}{end}" for mode in (7, 25, 1000, 1003, 1004, 1006) for end in "hl"),
    *(f"\x1b[?{mode}{end}" for mode in (1015, 1049, 2004, 2026) for end in "hl"),
    *("\x1b[?2026$p", "\x1b[?2048$p"),
}
"""All that Textual itself sends here: colours, places, a pointer's shape, modes, two queries. A
terminal that is sent anything else acts on somebody's words."""
SENT_BY_COMMANDS = {"\r", "\n", "\t", "\x1b[m"}
OF_PAYLOADS = {
    piece.text for words in RAW for piece in pieces_of(words)[0] if piece.kind != "text"
} - {"\r", "\n"}


def assert_harmless(terminal: Terminal, allowed: set[str]) -> None:
    """Only the allowed sequences, none of the payloads', no character that should be a sign."""
    sent = {piece.text for piece in terminal.pieces if piece.kind != "text"}
    assert {re.sub(r"^\x1b\[[0-9;]*([mH])$", "\x1b[\\1", one) for one in sent} <= allowed
    assert sent & OF_PAYLOADS == set()
    texts = [piece.text for piece in terminal.pieces if piece.kind == "text"]
    assert [text for text in texts if displayed(text) != text] == []


def hostile_article() -> Article:
    text = "\n\n".join(f"{words} and more." for words in RAW)
    return Article(text, title=" ".join(RAW), outlet=RAW[1], byline=RAW[2])


@pytest.fixture
def raw(home: Path) -> Path:
    """A library that holds the hostile strings as they are, in every place that has words."""
    raw_library(library_of(home), RAW, hostile_article())
    return library_of(home)


def wait_closed(terminal: Terminal) -> None:
    """Read until no dialog covers the foot; a key right behind an escape would be another key."""
    terminal.wait_for(lambda: FOOT in terminal.screen.lines[-1])


def walk(terminal: Terminal) -> None:
    """Go everywhere that shows words of the article or of its claims."""

    def dialog(keys: str, *seen: str, then: str = "", close: str = "q") -> None:
        terminal.press(keys)
        terminal.wait_text(*seen)
        terminal.press(then + close)
        wait_closed(terminal)

    terminal.wait_text(READY)
    for _ in RAW:
        terminal.press("l")
    terminal.press("gjjkv")
    terminal.wait_text("Colours show the side")
    dialog("?", "Keys in the reader", then=" ")
    dialog("L", "Claim types", then=" ")
    dialog("H", "History")
    dialog("F", "Show only claims of", then="jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj")
    terminal.press("F")
    terminal.wait_text("Show only claims of")
    terminal.press("G" + "k" * 3 + " \r")
    terminal.wait_text("claims shown")
    terminal.press("X")
    terminal.wait_text(f"{len(RAW)} of {len(RAW)} claims shown")
    for keys, seen in (("w", "Who says it:"), ("m", "Note:"), ("#", "Tags:")):
        dialog(keys, seen, close="\x1b")
    dialog("s", "Side of the source", close="\x1b")
    dialog("C", "content end moves", then="hlop", close="q")
    terminal.press(":")
    terminal.wait_text("Search for commands")
    terminal.press("acc")
    terminal.wait_text("accept (a)")
    terminal.press("\x1b")
    terminal.wait_gone("accept (a)")
    terminal.press("E")
    terminal.wait_text("Export: in which format?")
    terminal.press("c")
    terminal.wait_text("Export as csv: what?")
    terminal.press("t")
    dialog("", "Write to:", close="\x1b")
    terminal.press("1")
    terminal.wait_text("enter read")
    terminal.press("/")
    terminal.wait_text("Search the library:")
    terminal.press("\x1b")
    terminal.wait_text("enter read")


def test_words_in_a_library_cannot_act_on_the_terminal(raw: Path, home: Path) -> None:
    with reader(home) as terminal:
        walk(terminal)
        terminal.press("Q")
        assert terminal.finish() == 0
        shown = terminal.text
    assert_harmless(terminal, SENT_BY_TEXTUAL)
    for seen in ("[Reuters] x", "[@click=app.quit]x[/]", "A␛]52;c;", "7 ␦erom dna␦ killed"):
        assert seen in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("show", "1", "--color=always"),
        ("show", "1", "--plain"),
        ("claims",),
        ("claims", "--json"),
        ("search", "Khar"),
        ("export", "--format", "markdown"),
    ],
    ids=" ".join,
)
def test_commands_write_nothing_that_a_terminal_acts_on(
    raw: Path, home: Path, arguments: tuple[str, ...]
) -> None:
    with Terminal("--annotator", ANNOTATOR, *arguments, environment=environment(home)) as terminal:
        assert terminal.finish() == 0
    assert_harmless(terminal, SENT_BY_COMMANDS)
    assert len(terminal.text) > 100


def test_an_article_that_was_added_is_shown_as_it_is_written(home: Path) -> None:
    article = hostile_article()
    source = home / "in\x1b]0;pwned\x07.jsonl"
    line = {"text": article.text, "title": article.title, "outlet": article.outlet}
    source.write_text(json.dumps(line) + "\n{\x1b]0;pwned\x07}\n", encoding="utf-8")
    with Terminal("add", source, environment=environment(home)) as terminal:
        assert terminal.finish() == 3
    assert_harmless(terminal, SENT_BY_COMMANDS)
    assert "1 added, 0 updated, 0 unchanged, 1 refused" in terminal.text
    with Library.open(library_of(home), annotator=ANNOTATOR, seed=False) as library:
        assert library.articles.page()[0].title.startswith("[Reuters] x A␛]52;c;")
    with reader(home) as terminal:
        terminal.wait_text(READY, "[Reuters] x A␛]52;c;ZWNobyBoaQ==␛\\B")
        terminal.press("jjjlljG1jkl")
        terminal.press("Q")
        assert terminal.finish() == 0
    assert_harmless(terminal, SENT_BY_TEXTUAL)


def test_the_clipboard_gets_one_line_of_visible_words(raw: Path, home: Path) -> None:
    with reader(home) as terminal:
        terminal.wait_text(READY)
        terminal.press("ly")
        terminal.wait_text("Sent to the clipboard.")
    sent = [piece.text for piece in terminal.pieces if piece.kind == "osc" and "]52;" in piece.text]
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sent[0])
    assert len(sent) == 1 and found
    copied = base64.b64decode(found[1]).decode()
    assert copied == displayed(copied) and "\n" not in copied
    assert "A␛]52;c;ZWNobyBoaQ==␛\\B and more." in copied


@pytest.mark.parametrize("value", ["", 'cursor = "shown"\n'])
def test_the_cursor_of_the_terminal_is_seen_when_asked_for(home: Path, value: str) -> None:
    config = Path(environment(home)["WARREADER_HOME"]) / "config.toml"
    config.parent.mkdir(exist_ok=True)
    config.write_text(value, encoding="utf-8")
    with reader(home) as terminal:
        terminal.wait_text(READY)
        terminal.press("j")
        terminal.press("j")
        terminal.wait_text("▶")
        turned = [
            piece.text for piece in terminal.pieces if piece.text in ("\x1b[?25l", "\x1b[?25h")
        ]
        assert turned[-1] == ("\x1b[?25h" if value else "\x1b[?25l")


# Signals and terminals that go away


def assert_whole(path: Path, decided: int) -> None:
    """The library was closed: nothing beside it, nobody's lock on it, every decision in it."""
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]
    assert decided_in(path) == decided


def accept_one(terminal: Terminal) -> None:
    terminal.wait_text(READY)
    terminal.press("a")
    terminal.wait_for(lambda: decided_shown(terminal) == 1)


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
    ids=["TERM", "HUP", "INT"],
)
def test_a_signal_ends_it_and_gives_the_terminal_back(
    library: Path, home: Path, number: signal.Signals, code: int
) -> None:
    with reader(home) as terminal:
        accept_one(terminal)
        terminal.press("t")
        terminal.wait_text("Type of the claim")
        terminal.signal(number)
        assert terminal.finish() == code
    assert_given_back(terminal)
    assert_whole(library, 1)


def assert_given_back(terminal: Terminal) -> None:
    """The terminal is as it was, and nothing was written on it after that."""
    end = "".join(piece.text for piece in terminal.pieces if piece.kind != "text")
    for sequence in RESET:
        opposite = sequence[:-1] + ("l" if sequence.endswith("h") else "h")
        assert end.rfind(sequence) > end.rfind(opposite), sequence
    left = max(n for n, piece in enumerate(terminal.pieces) if piece.text == RESET[0])
    assert [piece for piece in terminal.pieces[left:] if piece.kind == "text"] == []


def test_a_signal_at_the_start_leaves_no_trace(library: Path, home: Path) -> None:
    with reader(home) as terminal:
        terminal.wait_for(lambda: b"\x1b[?1049h" in terminal.output)
        terminal.signal(signal.SIGTERM)
        assert terminal.finish() == 143
    assert_given_back(terminal)
    assert_whole(library, 0)


@pytest.mark.parametrize("doing", ["t", "jl" * 100], ids=["dialog", "busy"])
def test_a_terminal_that_is_closed_ends_it(library: Path, home: Path, doing: str) -> None:
    with reader(home) as terminal:
        accept_one(terminal)
        before = len(terminal.output)
        terminal.press(doing)
        terminal.wait_for(lambda: len(terminal.output) > before)
        terminal.close()
        assert terminal.finish() == 129
    assert_whole(library, 1)


def test_a_terminal_that_takes_no_more_output_does_not_keep_it(library: Path, home: Path) -> None:
    with reader(home) as terminal:
        accept_one(terminal)
        terminal.stall()
        terminal.press("vlvlvl")
        terminal.signal(signal.SIGTERM)
        assert terminal.finish() == 143
    assert_whole(library, 1)


def test_it_can_be_continued_without_having_been_stopped(library: Path, home: Path) -> None:
    with reader(home) as terminal:
        terminal.wait_text(READY)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(lambda: terminal.output.count(b"\x1b[?1049h") == 2)
        accept_one(terminal)
        terminal.press("Q")
        assert terminal.finish() == 0
    assert_given_back(terminal)
    assert_whole(library, 1)


def test_a_decision_that_was_shown_survives_a_kill(library: Path, home: Path) -> None:
    shown = 0
    for moment in (1, 9, 20):
        with reader(home) as terminal:
            terminal.wait_text(READY)
            assert decided_shown(terminal) >= shown
            terminal.press("a" * COUNT)
            terminal.wait_for(lambda moment=moment: decided_shown(terminal) >= moment)  # type: ignore[misc]
            terminal.process.kill()
            assert terminal.finish() == -signal.SIGKILL
            shown = decided_shown(terminal)
        with Library.open(library, readonly=True, annotator=ANNOTATOR) as kept:
            assert shown <= kept.progress().decided <= COUNT
        assert shown >= moment


# Two at a time, and libraries that cannot be opened


def test_a_second_one_says_who_holds_the_library_and_reads_it(hills: Path, tmp_path: Path) -> None:
    home = tmp_path / "o\x1b]0;pwned\x07[\u202e"
    library_of(home).parent.mkdir(parents=True)
    library = Path(shutil.copy(hills, library_of(home)))
    with reader(home) as first:
        accept_one(first)
        held = f"is open in process {first.process.pid}"
        with reader(home) as second:
            second.wait_for(lambda: held in unwrapped(second))
            second.press("r")
            second.wait_text("READ-ONLY", "1/27 decided")
            second.press("a")
            second.wait_text("Read-only: decisions are not taken.")
            second.press("Q")
            assert second.finish() == 0
        with reader(home) as third:
            third.wait_for(lambda: held in unwrapped(third))
            third.press("q")
            assert third.finish() == 1
        first.press("Q")
        assert first.finish() == 0
    assert_whole(library, 1)
    for terminal in (first, second, third):
        assert_harmless(terminal, {*SENT_BY_TEXTUAL, "\x07"})


def unwrapped(terminal: Terminal) -> str:
    """The screen as one line, without the frames of its boxes."""
    return re.sub(r"[\s│]+", " ", str(terminal.screen))


def overwrite(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.write(b"\x1b]0;pwned\x07 12345")


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def half(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "words"),
    [(overwrite, ""), (half, "cut short"), (newer, "newer warreader"), (empty, "empty")],
    ids=["overwritten", "half", "newer", "empty"],
)
def test_a_library_that_cannot_be_opened_is_named_and_left_alone(
    library: Path, home: Path, harm: Callable[[Path], None], words: str
) -> None:
    harm(library)
    before = hashlib.sha256(library.read_bytes()).digest()
    with reader(home) as terminal:
        assert terminal.finish() == 1
    said = terminal.output.decode().rpartition("\x1b[?1006l")[2]
    assert re.fullmatch(r"warreader: [^\r\n\x1b]+\r\n", said)
    assert str(library) in said and words in said
    assert hashlib.sha256(library.read_bytes()).digest() == before
    assert sorted(one.name for one in library.parent.iterdir()) == [library.name]


@pytest.mark.parametrize("redirect", ["</dev/null", ">out.txt", "2>out.txt"])
def test_without_a_terminal_the_reader_says_what_to_do(home: Path, redirect: str) -> None:
    shell = ("/bin/sh", "-c", f"{shlex.join(WARREADER)} {redirect}")
    with Terminal(environment=environment(home), command=shell) as terminal:
        assert terminal.finish() == 2
    said = (home / "out.txt").read_text() if redirect.startswith("2") else terminal.text
    assert re.fullmatch(r"warreader: the reader needs a terminal[^\r\n]+\r?\n", said)
    assert not library_of(home).exists()


# Colours


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"NO_COLOR": "1"}, {"default"}),
        ({"NO_COLOR": ""}, {"true"}),
        ({"COLORTERM": ""}, {"256"}),
        ({"COLORTERM": "", "TERM": "xterm"}, {"16"}),
    ],
    ids=["none", "empty", "256", "16"],
)
def test_only_the_colours_that_are_wanted_are_sent(
    library: Path, home: Path, variables: dict[str, str], expected: set[str]
) -> None:
    with reader(home, **variables) as terminal:
        terminal.wait_text(READY, "took the hill 1.")
        terminal.press("lav")
        terminal.wait_text("Colours show the side")
        terminal.press("t")
        terminal.wait_text("Type of the claim")
        terminal.press("\x1b")
        wait_closed(terminal)
        terminal.press("L")
        terminal.wait_text("Claim types")
        terminal.press("q")
        terminal.press("Q")
        assert terminal.finish() == 0
    assert colours(terminal.pieces) - {"default"} == expected - {"default"}
    words = [
        (tuple(int(code or 0) for code in style.text[2:-1].split(";")), piece.text)
        for style, piece in pairwise(terminal.pieces)
        if style.text.endswith("m") and style.kind == "csi" and re.search(r"\w", piece.text)
    ]
    assert [one for one in words if not is_readable(one[0])] == []
    assert any(is_painted(style) for style, _ in words) == (expected != {"default"})
    assert any(BOLD in style for style, _ in words)
    assert any(UNDERLINED in style for style, _ in words)


BOLD, UNDERLINED, TRUE = 1, 4, 2


def is_painted(style: tuple[int, ...]) -> bool:
    """Whether a style has a colour that is no grey."""
    if 38 not in style:
        return any(code in style for code in (*range(31, 37), *range(91, 97)))
    kind, *parts = style[style.index(38) + 1 :]
    if kind == TRUE:
        return max(parts[:3]) - min(parts[:3]) > 60
    return 16 <= parts[0] < 232


def is_readable(style: tuple[int, ...]) -> bool:
    """Whether words and ground differ, where both are of the sixteen colours."""
    if 38 in style or 48 in style:
        return True
    words = {code % 30 for code in style if code in range(30, 38)}
    words |= {code - 82 for code in style if code in range(90, 98)}
    ground = {code % 40 for code in style if code in range(40, 48)}
    ground |= {code - 92 for code in style if code in range(100, 108)}
    return not words & ground
