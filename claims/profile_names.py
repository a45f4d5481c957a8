"""What the words around a name make of it: a namesake, a description, a place, a channel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from claims.names import Match, Token, fold, keys
from claims.profile_parts import (
    AGAINST,
    CHANNEL_LEAD,
    COMPOUND_OTHER,
    COMPOUND_OWNER,
    PORTFOLIOS,
    TITLE_WORDS,
    Actor,
    Word,
)
from claims.text import word_set
from claims.words import (
    ADVERBS,
    CONJUNCTIONS,
    DETERMINERS,
    LEADING,
    ORGANISATION_NOUNS,
    PREPOSITIONS,
    SPEAKER_NOUNS,
    TIME_WORDS,
    TITLES,
)

Known = Callable[[Token], bool]

_OFFICES = TITLES | TITLE_WORDS | SPEAKER_NOUNS | ORGANISATION_NOUNS | PORTFOLIOS
_NO_FIRST_NAMES = frozenset(
    fold(word)[0]
    for word in _OFFICES
    | ADVERBS
    | CONJUNCTIONS
    | DETERMINERS
    | LEADING
    | PREPOSITIONS
    | TIME_WORDS
    | word_set("republican democrat conservative comrade")
)
_NAMES_BEFORE = 4
"""First and middle names that are read before a surname."""
_SONS = word_set("jr sr ii iii")


def personal(name: str) -> bool:
    """Whether an alias of a person is a name, no office: its last word is then a surname."""
    return _OFFICES.isdisjoint(name.lower().replace("’", "'").replace("'s", "").split())


def attributive(words: str, listed: Sequence[Token], end: int) -> bool:
    """Whether the name before token `end` only describes: "a Zelensky aide", "Putin allies"."""
    if end >= len(listed) or listed[end].end - listed[end].start < 2:
        return False
    following = listed[end]
    return words[following.start].islower() and (
        following.key in SPEAKER_NOUNS or following.key in ORGANISATION_NOUNS
    )


def namesake(
    words: str, listed: Sequence[Token], at: int, end: int, actor: Actor, known: Known
) -> bool:
    """Whether the name in the tokens from `at` to `end` belongs to another person than `actor`.

    So it does when another first name stands before it ("Martin Heinrich"), when it is the first
    name of another ("Hossein Mousavi") or a son's ("Trump Jr."). `known` tells the words that the
    profile has as a state or a body: those are no first names.
    """
    follows = (
        end < len(listed)
        and not listed[end - 1].possessive
        and _adjacent(words, listed, end - 1, end)
    )
    if follows and listed[end].key in _SONS:
        return True
    if end - at > 1:
        return False
    own = {key for name in (actor.name, *actor.aliases) for key in keys(name)}
    place = at - 1
    others = 0
    while place >= max(0, at - _NAMES_BEFORE) and _part_of_name(words, listed, place, place + 1):
        key = listed[place].key
        if key in own:
            others = 0
            break
        if key in _NO_FIRST_NAMES or known(listed[place]):
            break
        others += len(key) > 1
        place -= 1
    if others:
        return True
    return (
        follows
        and words[listed[end].start].isupper()
        and listed[end].key not in own
        and listed[end].key not in _NO_FIRST_NAMES
        and not known(listed[end])
    )


def _part_of_name(words: str, listed: Sequence[Token], one: int, following: int) -> bool:
    token = listed[one]
    return (
        words[token.start].isupper()
        and not token.possessive
        and _adjacent(words, listed, one, following)
    )


def _adjacent(words: str, listed: Sequence[Token], one: int, following: int) -> bool:
    """Only blanks, a hyphen or the full stop of an initial between two tokens."""
    gap = words[listed[one].end : listed[following].start]
    return len(gap) < 4 and not gap.strip(" \n.-")


def compound(words: str, listed: Sequence[Token], match: Match[Word]) -> str:
    """What a hyphen makes of a name: Russian-backed "owner", US-made "other", anti-Kremlin."""
    first, last = listed[match.first], listed[match.end - 1]
    hyphened = match.first > 0 and words[first.start - 1] == "-"
    if hyphened and listed[match.first - 1].key in AGAINST:
        return "against"
    if words[last.end : last.end + 1] == "-" and match.end < len(listed):
        following = listed[match.end].key
        if following in COMPOUND_OWNER:
            return "owner"
        if following in COMPOUND_OTHER:
            return "other"
    return ""


_SEAT = re.compile(r"(?<![\w-])[\w.]{1,30}-based[ \n]+(?=[\w“\"])")


def without_seat(words: str) -> str:
    """A noun phrase without where someone sits: "the Britain-based Observatory" is not British."""
    return _SEAT.sub("", words) if "-based" in words else words


_PLACE_PREPOSITIONS = word_set(
    "in at near into from to towards toward around outside inside across over on throughout "
    "through within between north south east west off"
)


def after_place_preposition(keyed: Sequence[str], at: int) -> bool:
    """Whether the name at folded word `at` stands where a place would: "in Moscow", "near the"."""
    before = keyed[at - 1] if at else ""
    if before in ("the", "central", "northern", "southern", "eastern", "western"):
        before = keyed[at - 2] if at > 1 else ""
    return before in _PLACE_PREPOSITIONS


def after_channel_lead(keyed: Sequence[str], at: int) -> bool:
    """Whether the name at folded word `at` is the outlet that was told: "told CNN"."""
    return at > 0 and keyed[at - 1] in CHANNEL_LEAD
