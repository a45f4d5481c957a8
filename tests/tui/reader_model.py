"""What the reader should do, as a plain model: articles, claims, decisions, undo and redo.

It knows neither the store nor the screen. `ReaderModel.press` says what one step of keys does;
`test_model` presses the same keys in the real application and compares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

NEW = "new"
"""Stands for the id of a claim that a person made, until the library has given it one."""
FACETS = ("type", "side", "status", "speaker")


@dataclass(frozen=True)
class Seen:
    """One claim as a person sees it; `machine` is its type as extracted, None for one's own."""

    id: str
    sentence: int
    type: str
    side: str
    speaker: str
    machine: str | None
    status: str = "proposed"
    note: str = ""
    tags: tuple[str, ...] = ()

    def accepted(self) -> Seen:
        """After a person has agreed to it as it stands."""
        if self.machine is None:
            return replace(self, status="added")
        changed = self.type != self.machine
        return replace(self, status="edited" if changed else "accepted")


@dataclass
class Step:
    """One decision: in which article, and the claim before and after it."""

    article: int
    before: Seen | None
    after: Seen | None

    @property
    def claim(self) -> str:
        """The id of the claim."""
        one = self.after or self.before
        assert one is not None
        return one.id


@dataclass
class ReaderModel:
    """The library and the place of the reader in it."""

    order: Sequence[int]
    """The ids of the articles, as the library lists them."""
    claims: dict[int, list[Seen]]
    sentences: dict[int, int]
    """How many sentences an article has."""
    letters: dict[str, str]
    """The type that a letter stands for."""
    article: int = 0
    sentence: int = 0
    claim: str | None = None
    left: dict[int, int] = field(default_factory=dict)
    """The sentence at which an article was left."""
    undo: list[Step] = field(default_factory=list)
    redo: list[Step] = field(default_factory=list)
    filter: frozenset[tuple[str, str]] = frozenset()

    # What is seen

    @property
    def shown(self) -> list[Seen]:
        """The claims of the article that pass the filter."""
        return [one for one in self.claims[self.article] if self._passes(one)]

    def _passes(self, one: Seen) -> bool:
        for facet in FACETS:
            wanted = {value for name, value in self.filter if name == facet}
            if wanted and getattr(one, facet) not in wanted:
                return False
        return True

    def _index(self) -> int | None:
        return next((n for n, one in enumerate(self.shown) if one.id == self.claim), None)

    def _current(self) -> Seen | None:
        return next((one for one in self.shown if one.id == self.claim), None)

    # Moving

    def to_sentence(self, number: int) -> None:
        """To a sentence, and to its first claim unless one of its claims is the current one."""
        self.sentence = max(0, min(number, self.sentences[self.article] - 1))
        here = [one.id for one in self.shown if one.sentence == self.sentence]
        if self.claim not in here:
            self.claim = here[0] if here else None

    def to_claim(self, claim: str | None) -> bool:
        """To a claim and its sentence; nowhere when it is not shown."""
        one = next((one for one in self.shown if one.id == claim), None)
        if one is not None:
            self.claim, self.sentence = one.id, one.sentence
        return one is not None

    def step_claim(self, step: int, wanted: Callable[[Seen], bool] = lambda one: True) -> None:
        """To the next claim in a direction, around the end."""
        shown = self.shown
        place = self._index()
        if place is None:
            later = (n for n, one in enumerate(shown) if one.sentence >= self.sentence)
            place = next(later, len(shown)) - (step > 0)
        for distance in range(1, len(shown) + 1):
            one = shown[(place + step * distance) % len(shown)]
            if wanted(one):
                self.to_claim(one.id)
                return

    def open(self, article: int, claim: str | None = None) -> None:
        """Another article, where it was left or at a claim."""
        self.left[self.article] = self.sentence
        self.article, self.sentence, self.claim = article, 0, None
        if claim is None:
            self.to_sentence(self.left.get(article, 0))
        else:
            self.to_claim(claim)

    def restart(self) -> None:
        """Quit and open the library again."""
        self.left[self.article] = self.sentence
        self.filter, self.claim = frozenset(), None
        self.to_sentence(self.sentence)

    # Deciding

    def decide(self, change: Callable[[Seen], Seen | None], *, go_on: bool = False) -> None:
        """A decision on the current claim; `go_on` to the next that is undecided."""
        one = self._current()
        if one is None:
            return
        following = None
        if go_on:
            shown, place = self.shown, self._index() or 0
            order = [*shown[place + 1 :], *shown[:place]]
            following = next((other.id for other in order if other.status == "proposed"), None)
        after = change(one)
        if after != one:
            self._take(Step(self.article, one, after))
        if following is not None:
            self.to_claim(following)

    def _take(self, step: Step) -> None:
        self.undo.append(step)
        self.redo.clear()
        self._put(step.article, step.claim, step.after)

    def _put(self, article: int, claim: str, now: Seen | None) -> None:
        place = self._index() if article == self.article else None
        kept = [one for one in self.claims[article] if one.id != claim]
        if now is not None:
            kept = sorted([*kept, now], key=lambda one: (one.sentence, one.id))
        self.claims[article] = kept
        if article == self.article and self._current() is None:
            self.claim = None
            shown = self.shown
            if place is not None and shown:
                self.to_claim(shown[min(place, len(shown) - 1)].id)

    def turn(self, source: list[Step], target: list[Step], *, back: bool) -> None:
        """Undo or redo, wherever it was, and go there."""
        if not source:
            return
        step = source.pop()
        target.append(step)
        self._put(step.article, step.claim, step.before if back else step.after)
        if step.article == self.article:
            self.to_claim(step.claim)
        else:
            self.open(step.article, step.claim)

    def choices(self) -> list[tuple[str, str]]:
        """The lines of the filter."""
        found: list[tuple[str, str]] = []
        for facet in FACETS:
            counts = Counter(getattr(one, facet) for one in self.claims[self.article])
            values = sorted(counts, key=lambda value: (-counts[value], value))
            found.extend((facet, value) for value in values)
        return found

    def _filter(self, wanted: frozenset[tuple[str, str]]) -> None:
        self.filter = wanted
        if self._current() is None:
            self.claim = None
            if self.shown:
                self.to_sentence(self.sentence)

    def press(self, keys: str, new: str = NEW) -> None:
        """One step: a key, or a key with what its dialog is answered; `new` is a new claim's id."""
        key, *answer = keys.split()
        place = self.order.index(self.article)
        if key in "jk":
            self.to_sentence(self.sentence + (1 if key == "j" else -1))
        elif key in "gG":
            self.to_sentence(0 if key == "g" else self.sentences[self.article] - 1)
        elif key in "lh":
            self.step_claim(1 if key == "l" else -1)
        elif key == "U":
            self.step_claim(1, lambda one: one.status == "proposed")
        elif key in "JK":
            place += 1 if key == "J" else -1
            if 0 <= place < len(self.order):
                self.open(self.order[place])
        elif key == "a":
            self.decide(Seen.accepted, go_on=True)
        elif key == "x":
            self.decide(lambda one: replace(one, status="rejected"), go_on=True)
        elif key == "r":
            self.decide(self._undecided)
        elif key == "D":
            self.decide(lambda one: None)
        elif key == "t":
            kind = self.letters[answer[0]]
            self.decide(lambda one: replace(one, type=kind).accepted())
        elif key == "m":
            self.decide(lambda one: replace(one, note=answer[1]))
        elif key == "number_sign":
            self.decide(lambda one: replace(one, tags=(answer[1],)))
        elif key == "c":
            kind = self.letters[answer[0]]
            made = Seen(new, self.sentence, kind, "author", "the article", None, "added")
            self._take(Step(self.article, None, made))
            self.to_claim(new)
        elif key == "z":
            self.turn(self.undo, self.redo, back=True)
        elif key == "Z":
            self.turn(self.redo, self.undo, back=False)
        elif key == "F":
            lines = self.choices()
            if lines:
                line = lines[min(answer.count("j"), len(lines) - 1)]
                self._filter(self.filter ^ {line})
            else:
                self._filter(self.filter)
        elif key == "X":
            self._filter(frozenset())

    @staticmethod
    def _undecided(one: Seen) -> Seen:
        if one.machine is None:
            return one.accepted()
        return replace(one, type=one.machine, status="proposed")
