"""All measures for a set of annotators, taken up article by article.

Claims that one of them has yet to decide are left out, and so are the words that only such claims
cover: someone who has read half of an article does not disagree about the other half.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from claims.agreement import measures, unitizing
from claims.agreement.aligning import Aligned, Verdict
from claims.agreement.intervals import Estimate, estimate
from claims.agreement.measures import Measure, Sums, Units
from claims.agreement.unitizing import ALPHA_U
from claims.model import Claim

LABELS: Mapping[str, Callable[[Claim], str]] = {
    "type": lambda claim: claim.type.value,
    "side": lambda claim: claim.side,
    "certainty": lambda claim: claim.certainty.value,
    "stance": lambda claim: claim.stance.value,
}
"""The fields that are labels, asked of the claims that are kept."""

STATUS = "status"
"""Whether a claim is kept, asked of every claim."""

SPANS = ("exact", "overlap", "token")
"""How contents are held against each other: all of the same ends, a word in common, by words."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MANY = (measures.PERCENT, measures.FLEISS, measures.ALPHA)
_TWO = (measures.PERCENT, measures.COHEN, measures.FLEISS, measures.ALPHA)


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure, what it is about, and its value."""

    about: str
    """A field, "spans", "tokens", or "units": the pieces that contents cut out of the text."""
    measure: str
    estimate: Estimate
    units: int
    """How many claims, tokens or pieces were compared."""
    type: str = ""
    """Only of claims of this type; empty for all."""


@dataclass(slots=True)
class _Part:
    """What one article adds."""

    sums: dict[tuple[str, str, str], Sums] = field(default_factory=dict)
    """By what it is about, the measure and the type."""
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By what it is about and the type."""


class Comparison:
    """The agreement of a set of annotators; articles are added one by one."""

    def __init__(self, annotators: Sequence[str]) -> None:
        if len(annotators) < 2:
            raise ValueError("agreement needs at least two annotators")
        self.annotators = tuple(annotators)
        self.articles = 0
        self.claims = 0
        """Claims that were compared."""
        self.left_out = 0
        """Claims that one of the annotators has yet to decide."""
        self._parts: list[_Part] = []
        self._measures = _TWO if len(annotators) == 2 else _MANY

    def add(self, text: str, aligned: Sequence[Aligned]) -> None:
        """Take up an article: its text, and its claims aligned over the annotators."""
        settled = [one for one in aligned if not one.open]
        self.articles += 1
        self.claims += len(settled)
        self.left_out += len(aligned) - len(settled)
        part = _Part()
        self._labels(part, STATUS, "", Counter(one.kept for one in settled))
        kept = [one for one in settled if sum(one.kept) > 1]  # type: ignore[arg-type]
        for name, read in LABELS.items():
            self._labels(part, name, "", Counter(_values(one, read) for one in kept))
        marked = [_kept_by(settled, at) for at in range(len(self.annotators))]
        types = sorted({claim.type.value for claims in marked for claim in claims})
        for kind in types:
            units = Counter(_is_type(_values(one, LABELS["type"]), kind) for one in kept)
            part.units["type", kind] = sum(times for unit, times in units.items() if True in unit)
            if part.units["type", kind]:
                self._sums(part, "type", kind, units, (measures.ALPHA,))
        tokens = Tokens(text)
        self._spans(part, tokens, marked, "")
        for kind in types:
            only = [[claim for claim in claims if claim.type == kind] for claims in marked]
            if any(only):
                self._spans(part, tokens, only, kind)
                if len(only) == 2:
                    self._pieces(part, len(text), only, kind)
        left_out = [mark.claim for one in aligned if one.open for mark in one.marks if mark]
        self._tokens(part, tokens, marked, left_out)
        self._parts.append(part)

    def _labels(self, part: _Part, about: str, kind: str, units: Units) -> None:
        part.units[about, kind] = sum(
            times for unit, times in units.items() if sum(v is not None for v in unit) > 1
        )
        self._sums(part, about, kind, units, self._measures)

    def _sums(
        self, part: _Part, about: str, kind: str, units: Units, which: Sequence[Measure]
    ) -> None:
        for measure in which:
            part.sums[about, measure.name, kind] = measure.sums(units)

    def _spans(
        self, part: _Part, tokens: Tokens, marked: Sequence[Sequence[Claim]], kind: str
    ) -> None:
        """F1 of the contents, added up over the pairs of annotators."""
        covers = [[tokens.covered(claim.content) for claim in claims] for claims in marked]
        for one, two in combinations(range(len(marked)), 2):
            exact = _exact(marked[one], marked[two])
            overlap = _overlap(covers[one], covers[two])
            words = _words(covers[one], covers[two])
            for how, sums in zip(SPANS, (exact, overlap, words), strict=True):
                key = ("spans", f"f1_{how}", kind)
                part.sums.setdefault(key, Sums()).add(sums)
        part.units["spans", kind] = sum(len(claims) for claims in marked)

    def _pieces(
        self, part: _Part, length: int, marked: Sequence[Sequence[Claim]], kind: str
    ) -> None:
        """Alpha for unitizing: the contents of a type are units on the continuum of characters."""
        units = [
            unitizing.joined(s for claim in claims for s in claim.content) for claims in marked
        ]
        sums = unitizing.unitized(units, length)
        for of in (kind, ""):
            part.sums.setdefault(("units", ALPHA_U, of), Sums()).add(sums)
            part.units["units", of] += sum(map(len, units))

    def _tokens(
        self,
        part: _Part,
        tokens: Tokens,
        marked: Sequence[Sequence[Claim]],
        left_out: Sequence[Claim],
    ) -> None:
        """Alpha over the tokens of the text: each is labelled with the types that cover it."""
        values: dict[int, list[frozenset[str]]] = {}
        nothing = [frozenset[str]()] * len(marked)
        for at, claims in enumerate(marked):
            for claim in claims:
                for token in tokens.covered(claim.content):
                    row = values.setdefault(token, nothing.copy())
                    row[at] |= {claim.type.value}
        unknown = {token for claim in left_out for token in tokens.covered(claim.content)}
        units: Counter[measures.Unit] = Counter(tuple(row) for row in values.values())
        outside = len(tokens) - len(values) - len(unknown - set(values))
        if outside:
            units[tuple(nothing)] += outside
        part.units["tokens", ""] = units.total()
        self._sums(part, "tokens", "", units, (measures.ALPHA,))

    def results(self) -> list[Compared]:
        """Every measure with its value, in the order in which they are shown."""
        values = {measure.name: measure.value for measure in (*_TWO, measures.ALPHA)}
        values[ALPHA_U] = unitizing.alpha_u
        keys = dict.fromkeys(key for part in self._parts for key in part.sums)
        found = []
        for about, name, kind in sorted(keys, key=_order):
            value = values.get(name, measures.f1)
            parts = [part.sums.get((about, name, kind), Sums()) for part in self._parts]
            found.append(
                Compared(
                    about,
                    name,
                    estimate(parts, value),
                    sum(part.units[about, kind] for part in self._parts),
                    kind,
                )
            )
        return found


class Tokens:
    """The words and signs of a text; a span covers those that it has a character of."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def __len__(self) -> int:
        return len(self._starts)

    def covered(self, content: Sequence[tuple[int, int]]) -> frozenset[int]:
        """The numbers of the tokens in a content."""
        return frozenset(
            token
            for start, end in content
            for token in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )


_ABOUT = (STATUS, *LABELS, "spans", "tokens", "units")


def _order(key: tuple[str, str, str]) -> tuple[int, int, str]:
    about, _, kind = key
    return bool(kind), _ABOUT.index(about), kind


def _values(one: Aligned, read: Callable[[Claim], str]) -> measures.Unit:
    return tuple(
        read(mark.claim) if mark is not None and mark.verdict is Verdict.KEPT else None
        for mark in one.marks
    )


def _is_type(unit: measures.Unit, kind: str) -> measures.Unit:
    return tuple(None if value is None else value == kind for value in unit)


def _kept_by(aligned: Sequence[Aligned], at: int) -> list[Claim]:
    marks = (one.marks[at] for one in aligned)
    return [mark.claim for mark in marks if mark is not None and mark.verdict is Verdict.KEPT]


def _exact(one: Sequence[Claim], two: Sequence[Claim]) -> Sums:
    first = Counter(claim.content for claim in one)
    second = Counter(claim.content for claim in two)
    both = (first & second).total()
    return measures.found_sums(both, len(one), both, len(two))


def _overlap(one: Sequence[frozenset[int]], two: Sequence[frozenset[int]]) -> Sums:
    first = frozenset[int]().union(*one)
    second = frozenset[int]().union(*two)
    return measures.found_sums(
        sum(bool(cover & second) for cover in one),
        len(one),
        sum(bool(cover & first) for cover in two),
        len(two),
    )


def _words(one: Sequence[frozenset[int]], two: Sequence[frozenset[int]]) -> Sums:
    first = frozenset[int]().union(*one)
    second = frozenset[int]().union(*two)
    both = len(first & second)
    return measures.found_sums(both, len(first), both, len(second))
