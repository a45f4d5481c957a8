"""Figures that can be set against each other: a range, what it counts, in which event."""

from __future__ import annotations

from dataclasses import dataclass

from claims.comparison.likeness import Casing, Days, Lexicon, Mention, names_of, stems_of
from claims.measures import singular
from claims.model import Claim, Quantity
from claims.text import word_set

COMPARED = word_set("killed wounded captured casualties missing displaced equipment attacks")
"""Measures whose figures two counters give; distances and money have too many meanings."""

_CLASS = {
    **dict.fromkeys(word_set("child kid boy girl infant baby minor children"), "children"),
    **dict.fromkeys(word_set("woman women"), "women"),
    **dict.fromkeys(
        word_set(
            """person people civilian citizen resident body life martyr victim other casualty
            individual fatality death dead inhabitant syrian wounded soul villager"""
        ),
        "people",
    ),
    **dict.fromkeys(word_set("man men"), "men"),
    **dict.fromkeys(
        word_set(
            """rebel militant terrorist jihadist insurgent extremist gunman gunmen takfiri mercenary
            opposition isil isis is daesh nusra"""
        ),
        "insurgents",
    ),
    **dict.fromkeys(
        word_set(
            """soldier serviceman servicemen troop personnel army officer regime military conscript
            loyalist guard"""
        ),
        "soldiers",
    ),
    **dict.fromkeys(word_set("fighter combatant member"), "fighters"),
}
_ALIKE = (
    frozenset(("insurgents", "fighters")),
    frozenset(("soldiers", "fighters")),
    frozenset(("people", "")),
)
_CAUSES = {
    "air": word_set(
        """airstrike airstrikes air warplane warplanes raid raids jet jets barrel helicopter
        helicopters aerial airplane aircraft planes coalition bombing"""
    ),
    "shells": word_set(
        """shell shells shelling mortar mortars artillery rocket rockets missile missiles sniper"""
    ),
    "blast": word_set("car suicide bomber bomber's explosion blast explosive ied blew mine mines"),
    "gas": word_set("chemical gas sarin chlorine toxic poison poisonous nerve"),
    "hand": word_set(
        "clashes clash fighting battle battles executed beheaded ambush massacre drowned"
    ),
}
_WHOLE = word_set("since total overall altogether far cumulative war conflict uprising revolution")
_MONTHS = word_set(
    """january february march april may june july august september october november december month
    months year years"""
)
"""Without a day these make a figure a sum: "in May more than 60 were killed"."""
_LEAST = 2
"""Least number: "a bomber", "one of the largest" are told, not counted."""
_VAGUE = word_set("number several dozens scores hundreds thousands many few tens couple some")
"""Number words too loose to agree or differ."""
_PART = word_set("including among whom them between")
_WINDOW_END = frozenset(".;!?")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a claim: `low` to `high`, of `counted` people or things, by `measure`.

    `sides` are the sides named by the words counted; `causes` the ways of harm named beside it;
    `stems` the words of its sentence; `whole` is set for a sum over a longer time; `part` for a
    share of another figure ("among them three children").
    """

    measure: str
    counted: str
    low: float | None
    high: float | None
    bound: str
    shown: str
    sides: str | None
    causes: frozenset[str]
    stems: frozenset[str]
    names: frozenset[str]
    whole: bool
    part: bool

    @property
    def value(self) -> float:
        """The number as told, whatever its bound."""
        return self.low if self.low is not None else self.high or 0.0

    def same_thing(self, other: Figure) -> bool:
        """Whether both count the same kind of people or things, harmed in the same way."""
        if self.measure != other.measure or self.whole != other.whole:
            return False
        if self.counted != other.counted and frozenset((self.counted, other.counted)) not in _ALIKE:
            return False
        if self.sides and other.sides and self.sides != other.sides:
            return False
        return not (self.causes and other.causes and not self.causes & other.causes)

    def agrees(self, other: Figure) -> bool:
        """Whether one number can be meant: ranges that overlap, and values at most a tenth apart.

        A bound alone agrees with anything above it; that would join "at least 3" with 300.
        """
        one, two = self.value, other.value
        close = abs(one - two) <= 0.1 * max(one, two) and (
            one == two or "about" in (self.bound, other.bound) or self._limited(other)
        )
        return close and self.overlaps(other)

    def _limited(self, other: Figure) -> bool:
        return self.bound not in ("exact",) or other.bound not in ("exact",)

    def overlaps(self, other: Figure) -> bool:
        """Whether some number fits both."""
        low = max(self.low or 0, other.low or 0)
        high = min(_top(self), _top(other))
        slack = 0.1 * low if "about" in (self.bound, other.bound) else 0
        return low <= high + slack


def _top(figure: Figure) -> float:
    return figure.high if figure.high is not None else float("inf")


def figures_of(
    claim: Claim,
    words: list[Mention],
    days: Days | None,
    casing: Casing,
    lexicon: Lexicon,
) -> tuple[Figure, ...]:
    """The figures of a claim that can be compared."""
    out = []
    for quantity in claim.quantities:
        if quantity.measure not in COMPARED or (quantity.low is None and quantity.high is None):
            continue
        if quantity.unit is not None or (quantity.low or quantity.high or 0) < _LEAST:
            continue
        at = _at(words, quantity.span.start)
        if at is not None and not {word.low for word in words[at : at + 3]} & _VAGUE:
            out.append(_figure(quantity, words, at, days, casing, lexicon))
    return tuple(out)


def _told(days: Days | None) -> bool:
    return days is not None and days.told


def _at(words: list[Mention], start: int) -> int | None:
    for at, word in enumerate(words):
        if word.start >= start and word.low != ";":
            return at
    return None


def _figure(
    quantity: Quantity,
    words: list[Mention],
    at: int,
    days: Days | None,
    casing: Casing,
    lexicon: Lexicon,
) -> Figure:
    low, high = at, at
    while low > 0 and words[low - 1].low not in _WINDOW_END and at - low < 40:
        low -= 1
    while high < len(words) and words[high].low not in _WINDOW_END and high - at < 40:
        high += 1
    window = words[low:high]
    lows = {word.low for word in window}
    counted = " ".join((quantity.object or "").split())
    return Figure(
        measure=str(quantity.measure),
        counted=_class(counted, str(quantity.measure)),
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        shown=shown(quantity),
        sides=lexicon.side_of(counted) if counted else None,
        causes=frozenset(cause for cause, listed in _CAUSES.items() if lows & listed),
        stems=stems_of(window),
        names=names_of(window, casing, lexicon),
        whole=bool((days and days.whole) or lows & _WHOLE or (lows & _MONTHS and not _told(days))),
        part=any(word.low in _PART for word in words[max(0, at - 4) : at]),
    )


def _class(counted: str, measure: str) -> str:
    heads = [singular(word) for word in counted.lower().split()]
    for head in reversed(heads):
        if head in _CLASS:
            return _CLASS[head]
    return heads[-1] if heads else ""


def shown(quantity: Quantity) -> str:
    """A quantity in words: "at least 58 people", "between 3 and 5"."""
    low, high = _plain(quantity.low), _plain(quantity.high)
    if quantity.bound == "between":
        number = f"{low} to {high}"
    elif quantity.bound == "exact":
        number = low or high
    else:
        number = f"{quantity.bound} {low or high}"
    return f"{number} {' '.join(quantity.object.split())}" if quantity.object else number


def _plain(number: float | None) -> str:
    return (
        "" if number is None else f"{number:,.0f}" if float(number).is_integer() else f"{number:g}"
    )
