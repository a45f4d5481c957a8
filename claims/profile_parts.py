"""What a profile is made of: sides, actors, the entries of its look-ups, and the words around them.

The word lists say which words end the head of a noun phrase, which lead up to a name, and which
bodies every state has; they are this project's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from claims.model import AUTHOR, MEDIA, THIRD_PARTY, UNKNOWN_SIDE, Role
from claims.names import Names
from claims.text import word_set


@dataclass(frozen=True, slots=True)
class Side:
    """One side: `tag` is two letters, `colour` "#rrggbb", `rivals` the ids of opposing sides."""

    id: str
    name: str
    tag: str
    colour: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, body or news outlet that the profile knows; `kind` says which of the three."""

    name: str
    aliases: tuple[str, ...]
    role: Role
    side: str
    kind: str = "body"


class Word(NamedTuple):
    """An entry of the look-up: exactly one of the fields after `kind` matters."""

    kind: str  # actor, side, place, kernel, channel
    side: str = UNKNOWN_SIDE
    name: str = ""
    actor: Actor | None = None
    role: Role = Role.UNKNOWN


COMMON: Mapping[str, Side] = {
    THIRD_PARTY: Side(THIRD_PARTY, "Third party", "3P", "#56b4e9"),
    MEDIA: Side(MEDIA, "Media", "ME", "#cc79a7"),
    AUTHOR: Side(AUTHOR, "Author", "AU", "#999999"),
    UNKNOWN_SIDE: Side(UNKNOWN_SIDE, "Unknown", "??", "#7f7f7f"),
}

PALETTE = ("#e69f00", "#0072b2", "#009e73", "#d55e00", "#f0e442", "#cc79a7", "#56b4e9", "#999999")
"""Okabe and Ito's colours (2008), told apart by colour-blind readers."""

PREPOSITIONS = word_set(
    """of for to from in on at by with against near around inside outside across over under about
    after before during since between among within into towards toward through throughout who
    whom which that whose where when while as identified known named called based captured taken
    held killed wounded speaking stationed serving working living fighting responsible accused
    charged appointed loyal opposed"""
)
"""Words that end the head of a noun phrase: what follows describes it."""

PLACING = word_set("of for from in at to with near based")
"""Of those, the ones after which a name tells whose the head is ("officials in Kyiv")."""

CUT_SEGMENT = frozenset(",;:()")

COMPOUND_OWNER = word_set(
    "backed installed appointed led run controlled aligned allied supported sponsored affiliated "
    "linked friendly based born speaking language trained proxy imposed"
)
COMPOUND_OTHER = word_set(
    "occupied held annexed besieged supplied made built donated bordering invaded seized captured "
    "provided designed era style"
)
AGAINST = word_set("anti counter")

TITLE_WORDS = word_set(
    """the a an president vice prime minister mr mrs ms dr sir general gen lieutenant lt colonel
    col major maj captain admiral adm marshal field brigadier commander chief leader chairman
    secretary spokesman spokeswoman spokesperson governor mayor ambassador king queen prince crown
    sheikh sheik ayatollah senator sen rep representative envoy deputy former acting late his her
    its their then first special adviser advisor aide head counterpart chancellor premier supreme"""
)
PORTFOLIOS = word_set("foreign defense interior health energy economy finance")
SPEAKS_FOR = word_set(
    "spokesman spokeswoman spokesperson statement press service office spokespeople"
)
# What every state has, by the words that name it after the country: (canonical name, role).
KERNELS: Mapping[str, tuple[str, Role]] = {
    "defense ministry": ("Defense Ministry", Role.MINISTRY),
    "ministry of defense": ("Defense Ministry", Role.MINISTRY),
    "mod": ("Defense Ministry", Role.MINISTRY),
    "defense department": ("Defense Ministry", Role.MINISTRY),
    "department of defense": ("Defense Ministry", Role.MINISTRY),
    "foreign ministry": ("Foreign Ministry", Role.MINISTRY),
    "ministry of foreign affairs": ("Foreign Ministry", Role.MINISTRY),
    "foreign affairs ministry": ("Foreign Ministry", Role.MINISTRY),
    "ministry for foreign affairs": ("Foreign Ministry", Role.MINISTRY),
    "mfa": ("Foreign Ministry", Role.MINISTRY),
    "foreign office": ("Foreign Ministry", Role.MINISTRY),
    "interior ministry": ("Interior Ministry", Role.MINISTRY),
    "ministry of interior": ("Interior Ministry", Role.MINISTRY),
    "ministry of the interior": ("Interior Ministry", Role.MINISTRY),
    "ministry of internal affairs": ("Interior Ministry", Role.MINISTRY),
    "health ministry": ("Health Ministry", Role.MINISTRY),
    "ministry of health": ("Health Ministry", Role.MINISTRY),
    "energy ministry": ("Energy Ministry", Role.MINISTRY),
    "ministry of energy": ("Energy Ministry", Role.MINISTRY),
    "emergencies ministry": ("Emergencies Ministry", Role.MINISTRY),
    "ministry of emergency situations": ("Emergencies Ministry", Role.MINISTRY),
    "general staff": ("General Staff", Role.MILITARY),
    "armed forces": ("Armed Forces", Role.MILITARY),
    "military": ("Military", Role.MILITARY),
    "army": ("Army", Role.MILITARY),
    "navy": ("Navy", Role.MILITARY),
    "air force": ("Air Force", Role.MILITARY),
    "military command": ("Military", Role.MILITARY),
    "high command": ("High Command", Role.MILITARY),
    "military intelligence": ("Military Intelligence", Role.MILITARY),
    "security council": ("Security Council", Role.OFFICIAL),
    "parliament": ("Parliament", Role.OFFICIAL),
    "government": ("Government", Role.OFFICIAL),
    "presidency": ("Presidency", Role.OFFICIAL),
    "state television": ("State Television", Role.MEDIA),
    "state tv": ("State Television", Role.MEDIA),
    "state media": ("State Media", Role.MEDIA),
    "embassy": ("Embassy", Role.OFFICIAL),
}

CHANNEL_LEAD = word_set(
    """told tell tells telling to with on via through by for from in over interview channel channels
    quoted cited agency newspaper network broadcaster station website outlet magazine news state
    television radio tv daily weekly the"""
)


class Parts(NamedTuple):
    """The look-ups of a profile: names of all kinds, surnames, channels, places."""

    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    words: Names[Word]
    persons: Mapping[str, Actor]
    channels: Names[Word]
    places: Names[Word]
    adjectives: Mapping[str, str]
    """The adjective of each state or side by its name: Iraq, Iraqi."""
    main: frozenset[str]
    """The ids of the sides that count when a profile is chosen."""
