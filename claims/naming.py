"""Reads a source's noun phrase: the proper name in it, its head, its office, its sex and number."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from claims.model import Role
from claims.text import word_set
from claims.words import (
    DETERMINERS,
    GROUP_NOUNS,
    ORGANISATION_NOUNS,
    PREPOSITIONS,
    SPEAKER_NOUNS,
    TIME_WORDS,
    TITLES,
)

_WORD = re.compile(r"(?:[A-Z]\.)+|@?\w+(?:[-’'.]\w+)*\.?|[^\w\s]")
_CUTS = word_set(", ( – — ; : who which whose")
_INTRODUCES = word_set("named called identified known")
_NATIONAL = (
    "ian",
    "ish",
    "ese",
    "ench",
    "eli",
    "aqi",
    "ani",
    "can",
    "man",
    "ean",
    "yan",
    "ban",
    "wiss",
    "reek",
    "utch",
)
_STATE_HEADS = word_set("president king queen premier emir sultan leader minister ambassador mayor")

_GENERAL = (["manager"], ["director"], ["secretary"], ["counsel"], ["public"])
"""Words before which "general" is no rank."""
_PORTFOLIOS = word_set(
    """health defense defence affairs interior finance energy justice economy education trade
    agriculture transport culture labour labor state information development security territories
    intelligence infrastructure reintegration emergencies situations resources"""
)
"""What an office is for: the last word of a title before a name."""
_OFFICERS = word_set("executive meteorologist manager lecturer campaigner scientist coach boss")
_ROLES: dict[str, Role] = {}
for _role, _nouns in {
    Role.MINISTRY: "ministry department pentagon mod mfa",
    Role.MILITARY: """army military commander commanders general colonel major captain lieutenant
        sergeant admiral marshal soldier soldiers troops force forces navy brigade corps officer
        officers
        staff servicemen gen col lt maj sgt capt adm airmen pilots pilot battalion""",
    Role.HEAD_OF_STATE: "president king emir sultan ex-president",
    Role.OFFICIAL: """official officials minister secretary government spokesman spokeswoman
        spokesperson ambassador diplomat diplomats envoy premier chancellor senator senators
        congressman lawmaker lawmakers mp parliament kremlin administration adviser aide advisor
        cabinet prosecutor prosecutors prosecutor-general authorities leader leaders congress
        embassy commissioner court police negotiator negotiators delegation senate agency service
        intelligence deputy""",
    Role.LOCAL_AUTHORITY: "governor mayor oblast municipality council governors mayors",
    Role.ARMED_GROUP: "rebels rebel militants militant fighters fighter insurgents militia",
    Role.ORGANISATION: """group organisation organization union foundation committee charity company
        bank watch observatory federation alliance ngo association coalition movement party""",
    Role.MEDIA: """newspaper media reporter reporters journalist journalists correspondent
        correspondents channel television tv radio magazine website broadcaster outlet daily
        milblogger milbloggers blogger bloggers news editor tabloid""",
    Role.ANALYST: """analyst analysts expert experts professor researcher researchers historian
        observers economist economists institute scholar scholars scientist scientists academic
        strategist critics""",
    Role.WITNESS: "witness witnesses resident residents survivor survivors villager villagers",
    Role.CIVILIAN: """civilian civilians mother father teacher student doctor worker refugee
        refugees farmer woman man driver shopkeeper family relatives""",
}.items():
    for _noun in _nouns.split():
        _ROLES.setdefault(_noun, _role)


class Naming(NamedTuple):
    """What a noun phrase says of who it names.

    `name` is the proper name with titles stripped, or "" for a phrase without one. `head` is the
    head noun in lower case. `kind` is person, body, group or "" when the words do not tell.
    """

    name: str
    head: str
    kind: str
    role: Role
    plain: str
    """The phrase without a leading article."""
    female: bool | None
    acronym: str


_BODIES = word_set("news tv radio front brigades crescent")
"""Words of bodies' names beside the nouns for bodies."""


def role_of(words: list[str]) -> Role:
    """The office that the words before and after a name tell; the last telling word wins."""
    low = [word.lower().rstrip(".") for word in words]
    best = Role.UNKNOWN
    for index, word in enumerate(low):
        role = _ROLES.get(word)
        if role is None:
            continue
        if word == "general" and low[index + 1 : index + 2] in _GENERAL:
            continue
        if (
            word == "general"
            and index
            and low[index - 1] in ("secretary", "prosecutor", "attorney")
        ):
            role = Role.OFFICIAL
        if word in ("minister", "secretary"):
            return Role.OFFICIAL
        if role is Role.HEAD_OF_STATE and index and low[index - 1] in ("vice", "deputy", "former"):
            role = Role.OFFICIAL
        if word in ("spokesman", "spokeswoman", "spokesperson") and best is not Role.UNKNOWN:
            continue
        best = role if best is Role.UNKNOWN or best is Role.OFFICIAL else best
    return best


@lru_cache(maxsize=2048)
def read(phrase: str) -> Naming:
    """Read a noun phrase such as "Andriy Yermak, head of the presidential office"."""
    plain = " ".join(phrase.split())
    words = _WORD.findall(plain)
    first = words[0].lower() if words else ""
    if first in ("the", "a", "an") and len(words) > 1:
        plain = plain[len(words[0]) :].lstrip()
    name, head = "", ""
    for segment in _segments(words):
        found = _name(segment)
        if found and not name:
            name = found
        if not head:
            head = _head(segment)
    segments = _segments(words)
    front = segments[0] if segments else []
    last = segments[-1] if segments else []
    if len(segments) > 1 and _is_office(front) and _is_full_name(last):
        name = " ".join(last)  # "The executive secretary of the Alliance, Ana Reyes"
    cut = next((k for k, word in enumerate(front) if k and word in PREPOSITIONS), len(front))
    role = role_of(front[:cut])
    if role is Role.UNKNOWN:
        role = role_of(words)
    lowered = {word.lower().rstrip(".") for word in words}
    female = None
    if lowered & {
        "mrs",
        "ms",
        "miss",
        "spokeswoman",
        "chairwoman",
        "queen",
        "woman",
        "mother",
        "congresswoman",
        "her",
        "princess",
        "lady",
    }:
        female = True
    elif lowered & {
        "mr",
        "king",
        "spokesman",
        "chairman",
        "father",
        "man",
        "prince",
        "his",
        "sir",
        "congressman",
    }:
        female = False
    acronym = ""
    if "(" in words:
        at = words.index("(")
        if at + 2 < len(words) and words[at + 2] == ")" and words[at + 1][:1].isupper():
            acronym = words[at + 1]
    return Naming(name, head, _kind(words, name, head), role, plain, female, acronym)


_ARTICLED = re.compile(r"(?:al|el|ad|an|ar|as|at|az|ash|ul)-[A-Z]")


def _capital(word: str) -> bool:
    """Whether a word may be part of a name: it has a capital, behind an Arabic article too."""
    return word[:1].isupper() or _ARTICLED.match(word) is not None


def _segments(words: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word in _CUTS or word == ")":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _is_office(segment: list[str]) -> bool:
    head = _head(segment)
    return (head in SPEAKER_NOUNS or head in TITLES or head in _OFFICERS) and not _is_full_name(
        segment
    )


def _is_full_name(segment: list[str]) -> bool:
    return len(segment) in (2, 3) and all(
        _capital(word)
        and word[-1].isalpha()
        and not _is_title(word)
        and word.lower() not in ORGANISATION_NOUNS
        and word.lower() not in SPEAKER_NOUNS
        for word in segment
    )


def _is_title(word: str) -> bool:
    low = word.lower()
    return low in TITLES or low.rstrip(".") in TITLES


def _name(words: list[str]) -> str:
    """The proper name at the end of the phrase, before a preposition, without titles."""
    for index, word in enumerate(words):
        office = word in TITLES or word in SPEAKER_NOUNS or word in ("a", "an", "the")
        of = words[index + 1 : index + 2]
        if index in (2, 3, 4) and office and (of == ["of"] or len(word) < 4):
            front = [part for part in words[:index] if not part.endswith(("-", "’s", "'s"))]
            if _is_full_name(front[-3:]) and _is_full_name(front[:2]):
                return " ".join(front)  # "Ana Reyes head of the office": no comma between
        if word.lower() in _INTRODUCES:
            rest = words[index + 1 :]
            if rest[:1] == ["as"]:
                rest = rest[1:]
            return _run(rest) if rest else ""
    head = words
    for index, word in enumerate(words):
        if index and word in PREPOSITIONS:
            states = any(word.lower() in _STATE_HEADS for word in words[:index])
            after = _run_after_office(words[index:], heads_state=states)
            if after:
                return after
            head = words[:index]
            break
    run: list[str] = []
    for word in head:
        if (
            (_capital(word) and word.lower() not in TIME_WORDS)
            or (
                run
                and word.lower()
                in ("al", "de", "van", "von", "bin", "el", "der", "of", "du", "ben")
            )
            or (word in ("'", "’", "&") and run)
        ):
            run.append(word)
        elif word.endswith("self"):
            continue
        else:
            run = []
    return _strip(run)


def _run(words: list[str]) -> str:
    run: list[str] = []
    for word in words:
        if not _capital(word):
            break
        run.append(word)
    return _strip(run)


def _run_after_office(words: list[str], *, heads_state: bool) -> str:
    """ "Minister for Reintegration of Occupied Territories Iryna Vereshchuk": the last two names.

    Only when the phrase ends in capitals and what stands there is no part of the office.
    """
    run: list[str] = []
    for word in reversed(words):
        if _capital(word) and not _is_title(word) and word.lower() not in _PORTFOLIOS:
            run.insert(0, word)
        else:
            break
    if len(run) == 2 and len(words) > 2 and words[-3].lower() in _PORTFOLIOS:
        return " ".join(run)
    if len(run) == 3 and heads_state and not any(w.lower() in ORGANISATION_NOUNS for w in run):
        return " ".join(run[-2:])
    if len(run) >= 4 or (len(run) == 3 and run[0].endswith(_NATIONAL)):
        return " ".join(run[-2:])
    if len(run) in (2, 3) and len(words) > len(run) + 1:
        before = words[-len(run) - 1].lower()
        if before not in PREPOSITIONS and before not in DETERMINERS and before != "and":
            return " ".join(run[-2:] if len(run) == 3 else run)
    return ""


def _strip(run: list[str]) -> str:
    while run and (_is_title(run[0]) or run[0].lower() in DETERMINERS) and len(run) > 1:
        run = run[1:]
    while (
        len(run) > 1
        and run[0].endswith(_NATIONAL)
        and run[0].lower() not in TITLES
        and (_is_title(run[1]))
    ):
        run = run[1:]
        while len(run) > 1 and _is_title(run[0]):
            run = run[1:]
    last_title = max((k for k in range(len(run) - 2) if _is_title(run[k])), default=-1)
    after = run[last_title + 1 :]
    plain = not any(word.lower() in ORGANISATION_NOUNS | SPEAKER_NOUNS for word in after)
    if last_title >= 0 and len(after) in (2, 3) and plain:
        run = after  # "Security Council Secretary Ivo Brandt": the name follows the title
    if len(run) == 1 and (_is_title(run[0]) or run[0].lower() in SPEAKER_NOUNS):
        return ""
    while run and run[-1] in ("'", "’", "of", "&"):
        run = run[:-1]
    text = " ".join(run)
    for ending in ("'s", "’s"):
        text = text.removesuffix(ending)
    return text


def _head(words: list[str]) -> str:
    last = ""
    for index, word in enumerate(words):
        if index and word.lower() in PREPOSITIONS:
            break
        if word[:1].isalnum():
            last = word
    for ending in ("'s", "’s"):
        last = last.removesuffix(ending)
    return last.lower().rstrip(".")


def _kind(words: list[str], name: str, head: str) -> str:
    low = [word.lower().rstrip(".") for word in words]
    if head in GROUP_NOUNS or (head.endswith("s") and head[:-1] in SPEAKER_NOUNS):
        return "group"
    if head in ORGANISATION_NOUNS:
        return "body"
    if name:
        parts = name.split()
        low_parts = {part.lower() for part in parts}
        if not low_parts.isdisjoint(ORGANISATION_NOUNS | _BODIES) or name.isupper():
            return "body"
        if any(word in TITLES and word not in ("the",) for word in low) or len(parts) in (2, 3):
            return "person"
        return ""
    if head in SPEAKER_NOUNS or head in TITLES:
        return "person"
    return ""
