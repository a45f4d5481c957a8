"""What the reader should do, as a plain model: articles, claims, decisions, undo and redo.

It knows neither the store nor the screen. `ReaderModel.press` says what one step of keys does;
`test_model` presses the same keys in the real application and compares.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

NEW = "new"
"""Stands for the id of a claim that a person made, until the library has given it one."""
FACETS = ("type", "side", "status", "speaker")
PANES = ("library", "reader", "claims")
ORDERS = ("order", "speaker", "type", "side", "doubt")
"""The orders of the claims panel, as `O` goes through them."""
UNDECIDED = ("query", "is:undecided")
"""The one query that filters the claims here, among the lines that a filter has ticked."""
NOBODY = "the article"
"""Who says what nobody is said to say."""
OF_A_CLAIM = ("t", "m", "number_sign", "s", "w", "e")
"""Keys that ask for something, and only where there is a claim."""
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Seen:
    """One claim as a person sees it; `machine` is `said` as extracted, None for one's own."""

    id: str
    start: int
    end: int
    type: str
    side: str
    speaker: str
    role: str
    machine: tuple[object, ...] | None
    figures: bool = False
    """Whether the machine's claim has its figures from words that a person marked."""
    status: str = "proposed"
    note: str = ""
    tags: tuple[str, ...] = ()

    def accepted(self) -> Seen:
        """After a person has agreed to it as it stands."""
        if self.machine is None:
            return replace(self, status="added")
        changed = self.said != self.machine or self.figures
        return replace(self, status="edited" if changed else "accepted")

    @property
    def said(self) -> tuple[object, ...]:
        """What the machine proposed, or a person made of it."""
        return (self.start, self.end, self.type, self.side, self.speaker, self.role)


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
    texts: dict[int, str]
    sentences: dict[int, list[tuple[int, int]]]
    """Where the sentences of an article begin and end."""
    letters: dict[str, str]
    """The type that a letter stands for."""
    sides: dict[str, str]
    """The side that a letter stands for."""
    article: int = 0
    sentence: int = 0
    claim: str | None = None
    left: dict[int, int] = field(default_factory=dict)
    """The sentence at which an article was left."""
    undo: list[Step] = field(default_factory=list)
    redo: list[Step] = field(default_factory=list)
    filter: frozenset[tuple[str, str]] = frozenset()
    pane: str = "reader"
    row: int = 0
    """Where the cursor of the library is."""
    panel_order: str = ORDERS[0]
    folded: set[str] = field(default_factory=set)
    line: int = 0
    """Where the cursor of the claims panel is."""

    # What is seen

    @property
    def shown(self) -> list[Seen]:
        """The claims of the article that pass the filter."""
        return [one for one in self.claims[self.article] if self._passes(one)]

    def _passes(self, one: Seen) -> bool:
        if UNDECIDED in self.filter and one.status != "proposed":
            return False
        for facet in FACETS:
            wanted = {value for name, value in self.filter if name == facet}
            if wanted and getattr(one, facet) not in wanted:
                return False
        return True

    @property
    def ranked(self) -> list[Seen]:
        """The claims that are shown, in the order of the panel: groups with most claims first."""
        shown = self.shown
        if self.panel_order == "doubt":
            return sorted(shown, key=lambda one: one.status != "proposed")
        if self.panel_order == "order":
            return shown
        return [one for _, claims in self._groups() for one in claims]

    def _groups(self) -> list[tuple[str, list[Seen]]]:
        groups: dict[str, list[Seen]] = {}
        for one in self.shown:
            groups.setdefault(getattr(one, self.panel_order), []).append(one)
        return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The lines of the panel: heads of groups, and claims by their ids."""
        if self.panel_order in ("order", "doubt"):
            return [("claim", one.id) for one in self.ranked]
        found = []
        for name, claims in self._groups():
            found.append(("head", name))
            if name not in self.folded:
                found += [("claim", one.id) for one in claims]
        return found

    def _index(self) -> int | None:
        return next((n for n, one in enumerate(self.ranked) if one.id == self.claim), None)

    def _current(self) -> Seen | None:
        return next((one for one in self.shown if one.id == self.claim), None)

    # Moving

    def follow(self) -> None:
        """Bring the panel to the current claim, or to the first one from the sentence on."""
        lines = self.lines
        self.line = max(0, min(self.line, len(lines) - 1))
        if self._current() is None:
            self.claim = None
        start = self.sentences[self.article][self.sentence][0]
        nearest = next((one for one in self.shown if one.start >= start), None)
        wanted = self._current() or nearest
        if wanted is None:
            return
        if ("claim", wanted.id) in lines:
            self.line = lines.index(("claim", wanted.id))
        else:
            self.line = lines.index(("head", getattr(wanted, self.panel_order)))

    def sentence_of(self, one: Seen) -> int:
        """The sentence in which a claim begins."""
        return sum(start <= one.start for start, _ in self.sentences[self.article]) - 1

    def to_sentence(self, number: int) -> None:
        """To a sentence, and to its first claim unless one of its claims is the current one."""
        sentences = self.sentences[self.article]
        self.sentence = max(0, min(number, len(sentences) - 1))
        start, end = sentences[self.sentence]
        here = [one for one in self.shown if one.start < end and one.end > start]
        if self.claim not in [one.id for one in here]:
            begun = [one for one in here if start <= one.start]
            self.claim = next((one.id for one in begun or here), None)
        self.follow()

    def to_claim(self, claim: str | None) -> bool:
        """To a claim and its sentence; nowhere when it is not shown."""
        one = next((one for one in self.shown if one.id == claim), None)
        if one is not None:
            self.claim, self.sentence = one.id, self.sentence_of(one)
            self.follow()
        return one is not None

    def step_claim(self, step: int, wanted: Callable[[Seen], bool] = lambda one: True) -> None:
        """To the next claim in a direction, around the end."""
        ranked = self.ranked
        place = self._index()
        if place is None:
            start = self.sentences[self.article][self.sentence][0]
            nearest = next((one for one in self.shown if one.start >= start), None)
            place = (len(ranked) if nearest is None else ranked.index(nearest)) - (step > 0)
        for distance in range(1, len(ranked) + 1):
            one = ranked[(place + step * distance) % len(ranked)]
            if wanted(one):
                self.to_claim(one.id)
                return

    def to_line(self, number: int) -> None:
        """To a line of the panel; a head is no claim."""
        lines = self.lines
        before, self.line = self.line, max(0, min(number, len(lines) - 1))
        if lines and self.line != before and lines[self.line][0] == "claim":
            self.to_claim(lines[self.line][1])

    def fold(self, fold: bool | None) -> None:
        """Fold or unfold the group of the line, or turn the group of a head; to its head."""
        lines = self.lines
        if not lines or self.panel_order in ("order", "doubt"):
            return
        kind, name = lines[self.line]
        if kind == "claim":
            if fold is None:
                return
            one = next(one for one in self.shown if one.id == name)
            name = getattr(one, self.panel_order)
        if fold is None:
            fold = name not in self.folded
        (self.folded.add if fold else self.folded.discard)(name)
        self.line = self.lines.index(("head", name))

    def open(self, article: int, claim: str | None = None) -> None:
        """Another article, where it was left or at a claim."""
        self.left[self.article] = self.sentence
        self.article, self.sentence, self.claim = article, 0, None
        self.row = self.order.index(article)  # the list stands at what is read
        self.folded.clear()
        self.line = max(0, min(self.line, len(self.lines) - 1))
        if claim is None:
            self.to_sentence(self.left.get(article, 0))
        else:
            self.to_claim(claim)
            self.follow()

    def restart(self) -> None:
        """Quit and open the library again."""
        self.left[self.article] = self.sentence
        self.filter, self.claim, self.pane = frozenset(), None, "reader"
        self.folded, self.line = set(), 0
        self.row = self.order.index(self.article)
        self.to_sentence(self.sentence)

    # Deciding

    def decide(self, change: Callable[[Seen], Seen | None], *, go_on: bool = False) -> None:
        """A decision on the current claim; `go_on` to the next that is undecided."""
        one = self._current()
        if one is None:
            return
        following = None
        if go_on:
            ranked, place = self.ranked, self._index() or 0
            order = [*ranked[place + 1 :], *ranked[:place]]
            following = next((other.id for other in order if other.status == "proposed"), None)
        after = change(one)
        if after != one:
            self._take(Step(self.article, one, after))
        else:
            self.follow()
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
            kept = sorted([*kept, now], key=lambda one: (one.start, one.id))
        self.claims[article] = kept
        if article == self.article:
            self.follow()
            ranked = self.ranked
            if self.claim is None and place is not None and ranked:
                self.to_claim(ranked[min(place, len(ranked) - 1)].id)

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
        self.follow()
        if self.claim is None and self.shown:
            self.to_sentence(self.sentence)

    # The fields of a claim

    def _says(self, one: Seen, name: str) -> Seen:
        """Another speaker; one that the article knows brings role and side."""
        known = {other.speaker: other for other in self.claims[self.article]}
        like = known.get(name, one)
        return replace(one, speaker=name, role=like.role, side=like.side)

    def _marked(self, one: Seen, keys: Sequence[str]) -> Seen:
        """After the ends of its words were moved, a word each time."""
        words = [word.span() for word in _WORD.finditer(self.texts[self.article])]
        start, end, at_end = one.start, one.end, True
        for key in keys:
            if key == "o":
                at_end = not at_end
                continue
            edge = end if at_end else start
            edges = [word[at_end] for word in words]
            if key == "l":
                last = len(self.texts[self.article])
                target = next((place for place in edges if place > edge), last)
            else:
                target = max((place for place in edges if place < edge), default=0)
            moved = (start, target) if at_end else (target, end)
            if moved[0] < moved[1]:  # a claim has at least a word
                start, end = moved
        if (start, end) == (one.start, one.end):
            return one
        return replace(one, start=start, end=end, figures=one.machine is not None).accepted()

    def press(self, keys: str, new: str = NEW) -> None:
        """One step: a key, or a key with what its dialog is answered; `new` is a new claim's id."""
        key, *answer = keys.split()
        if key in ("1", "2", "3"):
            self.pane = PANES[int(key) - 1]
        elif key in ("tab", "shift+tab"):
            step = 1 if key == "tab" else -1
            self.pane = PANES[(PANES.index(self.pane) + step) % len(PANES)]
        elif key in ("J", "K"):
            place = self.order.index(self.article) + (1 if key == "J" else -1)
            if 0 <= place < len(self.order):
                self.row = place
                self.open(self.order[place])
        elif key == "O":
            times = 1 + len(answer)
            self.panel_order = ORDERS[(ORDERS.index(self.panel_order) + times) % len(ORDERS)]
            self.folded.clear()
            self.follow()
        elif key == "z":
            self.turn(self.undo, self.redo, back=True)
        elif key == "Z":
            self.turn(self.redo, self.undo, back=False)
        elif key == "F" and "slash" in answer:
            self._filter(self.filter | {UNDECIDED})
        elif key == "F":
            lines = self.choices()
            if lines:
                line = lines[min(answer.count("j"), len(lines) - 1)]
                self._filter(self.filter ^ {line})
            else:
                self._filter(self.filter)
        elif key == "X":
            self._filter(frozenset())
        elif self.pane == "library":
            self._in_library(key)
        elif key in ("j", "k", "g", "G", "minus", "plus", "enter"):
            (self._in_panel if self.pane == "claims" else self._in_reader)(key)
        elif key in ("l", "h"):
            self.step_claim(1 if key == "l" else -1)
        elif key == "U":
            self.step_claim(1, lambda one: one.status == "proposed")
        elif key == "c":
            kind = self.letters[answer[0]]
            start, end = self.sentences[self.article][self.sentence]
            made = Seen(*(new, start, end, kind, "author", NOBODY, "unknown", None), status="added")
            self._take(Step(self.article, None, made))
            self.to_claim(new)
        else:
            self._decide(key, answer)

    def _in_library(self, key: str) -> None:
        last = len(self.order) - 1
        if key in ("enter", "l"):
            self.open(self.order[self.row])
            self.pane = "reader"
        elif key in ("j", "k", "g", "G"):
            row = {"j": self.row + 1, "k": self.row - 1, "g": 0, "G": last}[key]
            self.row = max(0, min(row, last))

    def _in_reader(self, key: str) -> None:
        if key in ("j", "k"):
            self.to_sentence(self.sentence + (1 if key == "j" else -1))
        elif key in ("g", "G"):
            self.to_sentence(0 if key == "g" else len(self.sentences[self.article]) - 1)

    def _in_panel(self, key: str) -> None:
        if key in ("minus", "plus", "enter"):
            self.fold({"minus": True, "plus": False, "enter": None}[key])
        else:
            to = {"j": self.line + 1, "k": self.line - 1, "g": 0, "G": len(self.lines) - 1}
            self.to_line(to[key])

    def _decide(self, key: str, answer: Sequence[str]) -> None:
        """A key that changes the current claim."""
        if key == "a":
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
        elif key == "s":
            side = self.sides[answer[0]]
            self.decide(lambda one: replace(one, side=side).accepted())
        elif key == "w":
            name = "".join(answer[1:-1])
            self.decide(lambda one: self._says(one, name).accepted())
        elif key == "e":
            self.decide(lambda one: self._marked(one, answer[:-1]))
        elif key == "m":
            one = self._current()
            if one is not None and one.note == answer[1]:
                return  # nothing was written: the cursor stays where it is
            self.decide(lambda one: replace(one, note=answer[1]))
        elif key == "number_sign":
            self.decide(lambda one: replace(one, tags=(answer[1],)))

    @staticmethod
    def _undecided(one: Seen) -> Seen:
        if one.machine is None:
            return one.accepted()
        start, end, kind, side, speaker, role = one.machine
        return replace(
            one,
            start=int(str(start)),
            end=int(str(end)),
            type=str(kind),
            side=str(side),
            speaker=str(speaker),
            role=str(role),
            figures=False,
            status="proposed",
        )
