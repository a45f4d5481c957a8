"""Whether a surname in a phrase is the person whom a profile knows, or somebody else's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.names import Token, fold, keys
from claims.profile_parts import PORTFOLIOS, TITLE_WORDS, Actor
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
    while place >= 0 and _part_of_name(words, listed, place, place + 1):
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
