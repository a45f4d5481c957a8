"""The claims compared as a whole: how rare their words are, whose rivals fight, their blocks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from claims.comparison.likeness import Days, Rarity
from claims.comparison.reading import NO_SIDE, Reading
from claims.model import ClaimType, Stance
from claims.profile import Profile, load
from claims.relations import Relation, RelationKind

BROAD = 0.12
"""A name in more than this share of the articles is a setting, not a place of an event."""
EVERYWHERE = 0.75
"""A name in more than this share of the articles is the country or the war itself."""
FRONT = 3
"""Places of outcomes in an article that still tells of one fight."""
FEW = 25
"""Below this many articles shares mean nothing; no name counts as broad."""
HOSTILITIES = 3
"""Claims of each of two sides against the other that make them rivals without a profile."""
_HOSTILE = frozenset((ClaimType.REPELLED, ClaimType.LOSSES, ClaimType.STRIKE, ClaimType.ACCUSATION))

T = TypeVar("T")


class Collection:
    """Readings with what only all of them together tell."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings
        self.rarity = Rarity()
        self.articles: dict[str, list[Reading]] = defaultdict(list)
        for one in readings:
            self.rarity.learn(one.stems)
            self.articles[one.item.article].append(one)
        self.naming = Rarity()
        for members in self.articles.values():
            self.naming.learn({name for one in members for name in one.names})

    def broad(self, name: str) -> bool:
        """Whether a name is only the setting of many articles."""
        return self.naming.total >= FEW and self.naming.share(name) > BROAD

    def telling(self, names: Iterable[str]) -> frozenset[str]:
        """The names that tell one event from another."""
        return frozenset(name for name in names if not self.broad(name))

    def everywhere(self, name: str) -> bool:
        """Whether a name stands in so many articles that it places nothing, not even a front."""
        return self.naming.total >= FEW and self.naming.share(name) > EVERYWHERE

    def one_front(self, one: Reading) -> bool:
        """Whether the article tells of one fight: the places of its outcomes are few."""
        members = self.articles[one.item.article]
        places = {place for other in members for way in other.outcomes for place in way.places}
        return len(places) <= FRONT

    @cached_property
    def hostile(self) -> Mapping[tuple[str, str], int]:
        """How many claims each side makes against each other side."""
        counts: Counter[tuple[str, str]] = Counter()
        for one in self.readings:
            claim = one.item.claim
            if one.voice.side in NO_SIDE:
                continue
            if claim.type in _HOSTILE or claim.stance is Stance.ACCUSES:
                for side in one.sides - NO_SIDE - {one.voice.side}:
                    counts[one.voice.side, side] += 1
        return counts

    def rivals(self, one: str, two: str, profile: Profile | str) -> bool:
        """Whether two sides fight each other: by the profile, or as the claims themselves show."""
        if one == two or one in NO_SIDE or two in NO_SIDE:
            return False
        known = (load(profile) if isinstance(profile, str) else profile).side(one).rivals
        if known:
            return two in known
        return min(self.hostile[one, two], self.hostile[two, one]) >= HOSTILITIES


def blocks(
    entries: Iterable[tuple[Hashable, T]], cap: int, order: Callable[[T], int]
) -> Iterator[tuple[T, T]]:
    """The pairs within each block of entries that share a key; each pair once.

    A block larger than `cap` gives its first `cap` entries in the order of `order`.
    """
    index: dict[Hashable, list[T]] = defaultdict(list)
    for key, entry in entries:
        index[key].append(entry)
    seen: set[tuple[int, int]] = set()
    for members in index.values():
        if len(members) < 2:
            continue
        for one, two in combinations(members[:cap], 2):
            pair = (order(one), order(two))
            if pair[0] != pair[1] and pair not in seen:
                seen.add(pair)
                yield one, two


def day_keys(days: Days) -> range:
    """The days under which a claim is looked up; a long time is looked up by its last days."""
    return range(max(days.first, days.last - 4), days.last + 1)


def in_time(one: Reading, two: Reading) -> tuple[Reading, Reading]:
    """The two in the order of publication, then of reading."""
    key_one = (one.published or 0, one.order)
    key_two = (two.published or 0, two.order)
    return (one, two) if key_one <= key_two else (two, one)


def relation(
    kind: RelationKind, first: Reading, second: Reading, reason: str, confidence: float, rule: str
) -> Relation:
    """A relation between two readings."""
    return Relation(
        kind,
        first.item.claim.id,
        second.item.claim.id,
        first.item.article,
        second.item.article,
        reason,
        round(min(0.95, confidence), 2),
        rule,
    )


def who(one: Reading) -> str:
    """Who speaks, for a reason in words: "Syrian Observatory (in ahram)"."""
    outlet = one.item.outlet
    if outlet and outlet.lower() != one.voice.name.lower():
        return f"{one.voice.name} (in {outlet})"
    return one.voice.name


def when(one: Reading) -> str:
    """The day of the article, for a reason in words."""
    return (one.item.date or "no date")[:10]


def quoted(words: str, limit: int = 70) -> str:
    """Words of a claim, cut at a word to fit a reason."""
    words = " ".join(words.split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"
