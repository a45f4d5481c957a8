"""How an article introduces those who speak: short forms, full names, what is said of a name.

Every look-up reads a bounded stretch of text, or the text once for each name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from claims.model import Role, Sentence, SentenceKind
from claims.naming import read
from claims.profile import Actor, Profile
from claims.text import word_set
from claims.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    GROUP_NOUNS,
    LEADING,
    ORGANISATION_NOUNS,
    PREPOSITIONS,
    SPEAKER_NOUNS,
    TIME_WORDS,
    TITLES,
)

NEAR = 6_000
"""Characters before a mention in which what it refers to is looked for."""
_TRIES = 6
"""Places of a surname that are looked at for its first name."""
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]{1,8})\)")
OPENERS = (
    word_set(
        """he she it they mr mrs ms dr president minister general colonel according said says mister
        i we you"""
    )
    | CONJUNCTIONS
    | PREPOSITIONS
    | ADVERBS
    | TIME_WORDS
    | DETERMINERS
    | LEADING
    | AUXILIARIES
)
"""Words that have a capital because a sentence begins, or that are no first name."""

_OFFICES = (TITLES | SPEAKER_NOUNS) - word_set("mr mrs ms miss dr sir dame lord lady mr. mrs. ms.")
_NO_LAST_NAMES = OPENERS | TITLES | SPEAKER_NOUNS | ORGANISATION_NOUNS | GROUP_NOUNS
_LAST_NAME = re.compile(r" ((?:(?:al|el|ad|an|ar|as|at|az|ash)-)?[A-Z][a-z][\w-]{1,20})(?![\w'’])")
_REST = r"(?<!\w.)\w*(?:[-’'](?!s\b)\w+)*"
_SMALL_WORD = re.compile(r"[a-z]" + _REST)
_OTHER_WORD = re.compile(r"[^\W\d_a-z]" + _REST)
"""Most names begin with a capital, so most words need not be read for them."""
_NAME_BEFORE = re.compile(r"(?<![\w-])(?:(?:(?:[A-Z]\.){2,}|[A-Z][\w’'-]*) ){1,4}\Z")
_NAME_BEHIND = re.compile(r" (?:for|of|on)(?: the)?(?: (?:and )?[A-Z][\w’'-]*){1,4}")
NAMED = 60
"""Characters before the head of a body's name that are read for the rest of it."""
_BODIES = ORGANISATION_NOUNS - word_set(
    """ministry government army military force police authority party opposition regime
    administration parliament court country state congress senate house navy kremlin pentagon
    union nation"""
)
"""Bodies of which an article seldom names more than one, other than ministries and armies."""
_RUN = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,6}")
_TITLE_BEFORE = re.compile(r"(?<![\w'’])[a-z][\w-]+(?: [\w-]+){0,3},? \Z")
_TITLE_BEHIND = re.compile(r", (?:the |an? )?((?:[\w'-]{1,30} ){0,3}[\w'-]{1,30})(?=[,.])")


class Introductions:
    """What one article says of the names in it."""

    def __init__(self, text: str, sentences: Sequence[Sentence], profile: Profile) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.span.start for sentence in sentences]
        self._profile = profile
        self._words: dict[re.Pattern[str], dict[str, list[int]]] = {}
        self._full_names: dict[str, str | None] = {}
        self._holders: dict[str, list[tuple[int, frozenset[str], str]]] | None = None
        self.acronyms = self._find_acronyms()
        """What each short form in brackets stands for: MoD, the Russian Ministry of Defense."""

    def sentence_at(self, position: int) -> int | None:
        """The number of the sentence that holds a position; None before the first."""
        index = bisect_right(self._starts, position) - 1
        return index if index >= 0 else None

    def full_name(self, surname: str) -> str | None:
        """The fuller name under which the article introduces a surname; None if it does not."""
        if surname not in self._full_names:
            self._full_names[surname] = self._find_full_name(surname) or self._find_last_name(
                surname
            )
        return self._full_names[surname]

    def holder(self, office: Sequence[str], at: int) -> tuple[str, int] | None:
        """Who holds an office ("justice secretary") by the words beside a name, and where.

        The latest one named before `at`, else the first one after it.
        """
        if self._holders is None:
            self._holders = self._find_holders()
        wanted = {word for word in office if self._profile.side_of(word) is None}
        best: tuple[str, int] | None = None
        for position, words, name in self._holders.get(office[-1], ()):
            if wanted <= words:
                if position > at and best is not None:
                    break
                best = (name, position)
                if position > at:
                    break
        return best

    def body(self, plain: str, at: int) -> Actor | None:
        """The body named in full before: "the Ukrainian General Staff" for "the General Staff"."""
        text = self._text
        place = max(0, at - NEAR) - 1
        for _ in range(4):
            place = text.find(plain, place + 1, at)
            if place < 0:
                return None
            word = text[max(0, place - 30) : place].split(" ")[-2:-1]
            if word and word[0][:1].isupper() and word[0].removesuffix("'s").isalpha():
                actor = self._profile.actor(f"{word[0]} {plain}")
                if actor is not None and actor.kind != "person":
                    return actor
        return None

    def long_form(self, short: str, at: int) -> str | None:
        """The body that the text named in full before `at` and now by its head: "the Observatory".

        The latest of its first few places with a capitalised word before it; None without one.
        """
        if " " in short or short.lower() not in _BODIES:
            return None
        for place in reversed(self._places(short)):
            if place + len(short) >= at or self._in_heading(place):
                continue
            before = _NAME_BEFORE.search(self._text, max(0, place - NAMED), place)
            words = before[0].split() if before else []
            while words and (words[0].lower() in OPENERS or words[0].endswith("-based")):
                words = words[1:]
            if words:
                behind = _NAME_BEHIND.match(self._text, place + len(short))
                return f"{' '.join(words)} {short}{behind[0] if behind else ''}"
        return None

    def _in_heading(self, position: int) -> bool:
        sentence = self.sentence_at(position)
        return sentence is not None and self._sentences[sentence].kind is SentenceKind.HEADING

    def described(self, name: str) -> tuple[str | None, Role]:
        """The side and the office that the words around the first mention of a name tell."""
        text = self._text
        place = text.find(name)
        sentence = self.sentence_at(place) if place >= 0 else None
        role = Role.UNKNOWN
        if sentence is None:
            return None, role
        span = self._sentences[sentence].span
        before = text[max(span.start, place - 90) : place].rsplit(",", 1)[-1]
        end = place + len(name)
        behind = text[end : min(span.end, end + 120)]
        apposition = behind[1:].split(",", 1)[0] if behind.startswith(",") else ""
        for words in (apposition.strip(), last_phrase(before).strip()):
            if not words:
                continue
            if role is Role.UNKNOWN:
                role = read(words).role
            side = self._profile.side_of(words)
            if side is not None:
                return side, role
        return None, role

    def _find_full_name(self, surname: str) -> str | None:
        for at in self._places(surname):
            if not at or self._text[at - 1] != " ":
                continue
            sentence = self.sentence_at(at)
            heading = (
                sentence is not None and self._sentences[sentence].kind is SentenceKind.HEADING
            )
            first = None if heading else self._first_names(at - 1)
            if first:
                return f"{first} {surname}"
        return None

    def _places(self, word: str) -> Sequence[int]:
        """Where a name of one word stands, the first few places; one pass for all such names."""
        kind = _SMALL_WORD if word[:1].islower() and word[:1].isascii() else _OTHER_WORD
        if kind not in self._words:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for match in kind.finditer(self._text):
                listed = found[match[0]]
                if len(listed) < _TRIES:
                    listed.append(match.start())
            self._words[kind] = dict(found)
        return self._words[kind].get(word, ())

    def _find_last_name(self, first: str) -> str | None:
        """The name of which `first` is the first name: "Ceiba" of "Ceiba Phillips"."""
        text = self._text
        if first.isupper() or self._profile.side_of(first) is not None:
            return None
        for at in self._places(first):
            before = text[max(0, at - 30) : at].split(" ")[-2:-1]
            sentence = self.sentence_at(at)
            follows = _LAST_NAME.match(text, at + len(first))
            if (
                follows
                and not (before and _first_of_name(before[0]))
                and sentence is not None
                and self._sentences[sentence].kind is not SentenceKind.HEADING
                and follows[1].lower() not in _NO_LAST_NAMES
                and self._profile.side_of(follows[1]) is None
            ):
                return f"{first} {follows[1]}"
        return None

    def _find_holders(self) -> dict[str, list[tuple[int, frozenset[str], str]]]:
        """The offices that stand beside names in the text, by their last word; one pass."""
        found: dict[str, list[tuple[int, frozenset[str], str]]] = {}
        text = self._text
        for run in _RUN.finditer(text):
            left = text[max(0, run.start() - 60) : run.start()]
            title = _TITLE_BEFORE.search(left)
            words = run[0].split()
            offices = [k for k, word in enumerate(words) if word.lower() in _OFFICES]
            name = " ".join(words[offices[-1] + 1 :]) if offices else run[0]
            if len(name.split()) not in (2, 3) or name.split(" ", 1)[0].lower() in OPENERS:
                continue
            before = (title[0] if title else "").replace(",", " ").split()
            office = [*before, *(words[: offices[-1] + 1] if offices else ())]
            if not office or office[-1].lower() not in _OFFICES:
                behind = _TITLE_BEHIND.match(text, run.end())
                office = behind[1].split() if behind else []
            if office and office[-1].lower() in _OFFICES:
                held = frozenset(word.lower().removesuffix("'s") for word in office)
                found.setdefault(office[-1].lower(), []).append((run.start(), held, name))
        return found

    def _first_names(self, at: int) -> str:
        """The capitalised words right before a position, when they can be first names."""
        left = self._text[max(0, at - 40) : at]
        words = left.split(" ")
        run: list[str] = []
        for word in reversed(words[1:] if len(left) == 40 else words):
            bare = word.strip("“‘\"'")
            letters = bare.replace("-", "").replace("’", "")
            if not (bare[:1].isupper() and letters.isalpha()) or read(bare + " X").name == "X":
                break
            run.insert(0, bare)
            if bare != word:
                break
        run = run[-2:]
        if not run or run[0].lower() in OPENERS or run[0].endswith(("’s", "'s")):
            return ""
        return "" if self._profile.side_of(run[0]) is not None else " ".join(run)

    def _find_acronyms(self) -> dict[str, str]:
        found: dict[str, str] = {}
        text = self._text
        for match in _ACRONYM.finditer(text):
            short = match.group(1)
            if sum(letter.isupper() for letter in short) < 2 or short in found:
                continue
            words = text[max(0, match.start() - 90) : match.start()].split()
            size = _long_form(words, [letter.lower() for letter in short if letter.isupper()])
            if not size:
                continue
            extra = words[-size - 1] if len(words) > size else ""
            if extra[:1].isupper() and self._profile.side_of(extra):
                size += 1
            found[short] = " ".join(words[-size:]).strip("“\"'(,")
        return found


def _first_of_name(word: str) -> bool:
    """Whether a word before a name belongs to the name; a title does not: "Prince Saud"."""
    return word[:1].isupper() and word.isalpha() and word.lower() not in TITLES


def _long_form(words: Sequence[str], letters: Sequence[str]) -> int:
    """How many of the last words a short form with these letters stands for; 0 for none."""
    for count in range(max(1, len(letters) - 1), min(len(words), len(letters) + 4) + 1):
        if words[-count][:1].lower() == letters[0]:
            return count
    size = 0
    for count, word in enumerate(reversed(words), start=1):
        if word[:1].isupper():
            size = count
        elif word not in ("of", "for", "and", "the", "defense", "defence", "ministry", "foreign"):
            break
    return size


def last_phrase(words: str) -> str:
    """The last noun phrase of a few words: from the last article or stop on."""
    parts = words.split()
    for index in range(len(parts) - 1, -1, -1):
        low = parts[index].lower()
        if low in ("the", "a", "an"):
            return " ".join(parts[index:])
        if parts[index].endswith((",", ".", ";", ":")):
            return " ".join(parts[index + 1 :])
    return " ".join(parts[-6:])
