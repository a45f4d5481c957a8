"""What the head of a long source tells: who speaks, and whether that body stands on a side."""

from __future__ import annotations

import re

from claims.naming import Naming
from claims.text import word_set
from claims.words import (
    CONJUNCTIONS,
    DETERMINERS,
    GROUP_NOUNS,
    ORGANISATION_NOUNS,
    PREPOSITIONS,
    SPEAKER_NOUNS,
)

_CUT = re.compile(r",| [–—-] | \(|\b(?:who|which|of|for|in|at|from|by|with)\b")
_WATCHES = re.compile(
    r"\b(?:observator(?:y|ies)|monitors?|monitoring (?:group|organi[sz]ation|network)s?|watchdogs?"
    r"|red (?:crescent|cross)|charit(?:y|ies)|ngos?|(?:aid|relief|rights|humanitarian) "
    r"(?:groups?|agenc(?:y|ies)|organi[sz]ations?|charit(?:y|ies)|monitors?|networks?|watch))\b",
    re.IGNORECASE,
)
_RIGHTS = word_set(
    """network committee centre center union society association league federation foundation group
    organisation organization forum house initiative"""
)
"""Heads of bodies "for human rights" that no state runs, unlike commissioners and councils."""


def independent(naming: Naming) -> bool:
    """Whether a body watches or helps and stands on no side, whatever state its name has.

    Observatories, monitors, rights and aid groups, the Red Cross and the Red Crescent: "the Syrian
    Network for Human Rights". A person is none, nor is a body that a name beside it belongs to.
    """
    front = _CUT.split(naming.plain, maxsplit=1)[0]
    watch = _WATCHES.search(front)
    if watch is not None:
        return front[watch.end() :].strip() == "" or naming.kind != "person"
    return naming.head in _RIGHTS and "human rights" in naming.plain[:120].lower()


def of_independent(naming: Naming) -> bool:
    """Whether a person speaks for such a body: "Observatory director Ana Reyes"."""
    return naming.kind == "person" and _WATCHES.search(naming.plain[:_TITLE]) is not None


_TITLE = 160
"""Characters of a phrase in which a title is looked for."""
_LONG = 9
"""Words after which a phrase is more than who speaks; an article is one of them."""
_ASIDE = re.compile(r" [–—-]+ |— ?")
_APPOSED = re.compile(r"(?<=[\w’'] )(?:the|an?) ")
_RELATIVE = re.compile(r",? (?:who|which|whose|where|that) ")
_LEADS = PREPOSITIONS | DETERMINERS
_PLACING = word_set("in at from on near during after before with by among between since until")
_TRAILING = CONJUNCTIONS | PREPOSITIONS | word_set("as well some both be")


def without_aside(phrase: str) -> str:
    """A phrase before a dash or an apposition without its comma: "The Observatory a monitor"."""
    aside = _ASIDE.search(phrase, 1)
    short = phrase[: aside.start()] if aside is not None else phrase
    for apposed in _APPOSED.finditer(short, 5):
        before = short[: apposed.start()].rsplit(None, 1)[-1]
        if before[:1].isupper() and before.lower() not in _LEADS:
            return short[: apposed.start()].rstrip()
    return short


_WHO = re.compile(r",? (?:who|whose|whom|which) ")


def before_relative(phrase: str) -> str:
    """A phrase without its relative clause; names in it are those of others."""
    if " who" not in phrase and " which " not in phrase:
        return phrase
    found = _WHO.search(phrase, 1)
    return phrase[: found.start()] if found is not None else phrase


def clause_of(phrase: str) -> str:
    """A phrase `without_aside`, and if it is long without its relative clause and its participle.

    "Witnesses who saw him in the town after the end of the fighting" are witnesses.
    """
    short = without_aside(phrase)
    if len(short.split()) > _LONG:
        short = _RELATIVE.split(short, maxsplit=1)[0]
    words = short.split()
    if len(words) > _LONG:
        for at in range(1, len(words)):
            participle = words[at].endswith(("ing", "ed")) and words[at].islower()
            if participle and _names_speaker(words[at - 1]):
                words = words[:at]
                break
    return _ended(words) or phrase


def head_phrase(phrase: str) -> str:
    """Who speaks in a phrase that names no one, in nine words or less where prepositions allow."""
    words = clause_of(phrase).split()
    while len(words) > _LONG:
        at = max((k for k in range(1, len(words)) if words[k] in _PLACING), default=0)
        if not at:
            break
        words = words[:at]
    return _ended(words) or phrase


def _ended(words: list[str]) -> str:
    while len(words) > 1 and words[-1].lower() in _TRAILING:
        words = words[:-1]
    return " ".join(words).rstrip(" ,;:–—-")


def _names_speaker(word: str) -> bool:
    low = word.lower().rstrip(",")
    return (
        word[:1].isupper()
        or low in SPEAKER_NOUNS
        or low in ORGANISATION_NOUNS
        or low in GROUP_NOUNS
        or (low.endswith("s") and low not in DETERMINERS)
    )
