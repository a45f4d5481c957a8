"""The spans of a claim while a person marks them: every key is one step from value to value.

Pure: no Textual. Spans never leave the text, never become empty and never overlap another
fragment of the same part. Where the ends stop is said by `claims.edges`, what is offered under the
digits by `claims.likely`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from claims.edges import WORD, Edges, edges
from claims.likely import Likely, cues, interrupted, sources
from claims.model import Claim, Span, Spans
from claims.text import word_set

PARTS = ("content", "source", "cue")
_CLAUSE_STARTS = word_set(
    """begin begin+quote cue cue+that cue+wh cue+to cue+quote cue+prep according colon that wh
    noun+that noun+prep quote comma and because to"""
)
_CLAUSE_ENDS = word_set("end point said comma dash quote quote+said and because")
"""The kinds of edges at which the keys for clauses stop; phrases end at the others too."""


@dataclass(frozen=True, slots=True)
class SpanEdit:
    """The spans of a claim while a person moves them; every step gives a new value.

    `home` is the sentence where an empty part starts from; `sentences` are those of the article,
    for motions that go on into the next one; `contents` are what is offered as content.
    """

    text: str
    home: Span
    parts: Mapping[str, Spans]
    part: str = "content"
    fragment: int = 0
    at_end: bool = True
    """Whether the end (or the start) of the fragment is the one that moves."""
    sentences: Sequence[Span] = field(default=(), compare=False)
    contents: Sequence[Likely] = field(default=(), compare=False)
    note: str = field(default="", compare=False)
    """Why the last step did nothing; "{command-id}" stands for the command's key."""
    grown: Spans = field(default=(), compare=False)
    """What the span was before it was grown, for shrinking it again."""

    @classmethod
    def of(cls, text: str, claim: Claim, home: Span, *, sentences: Sequence[Span] = ()) -> SpanEdit:
        """Begin to edit a claim; `home` is its sentence."""
        parts = {part: getattr(claim, part) for part in PARTS}
        return cls(text, home, parts, sentences=sentences or (home,))

    @classmethod
    def fresh(
        cls,
        text: str,
        home: Span,
        *,
        sentences: Sequence[Span] = (),
        contents: Sequence[Likely] = (),
    ) -> SpanEdit:
        """Begin a new claim on the likeliest content, or else on the whole of `home`."""
        parts: dict[str, Spans] = {"content": (home,), "source": (), "cue": ()}
        edit = cls(
            text, home, parts, at_end=False, sentences=sentences or (home,), contents=contents
        )
        return edit.offer(1) if contents else edit

    @property
    def current(self) -> Span | None:
        """The fragment whose end moves; None where the part has no span yet."""
        spans = self.parts[self.part]
        return spans[self.fragment] if self.fragment < len(spans) else None

    def changes(self, claim: Claim) -> dict[str, Spans]:
        """The parts that differ from the claim's."""
        return {
            part: self.parts[part] for part in PARTS if self.parts[part] != getattr(claim, part)
        }

    # What is offered

    def offers(self) -> Sequence[Likely]:
        """What the digits choose for this part."""
        if self.part == "content":
            return self.contents
        content = self.parts["content"]
        if self.part == "source":
            return sources(self._home(), content, ruled=self.contents)
        return cues(self._home(), content, self.parts["source"])

    def offer(self, number: int) -> SpanEdit:
        """Take what is offered under a digit, counted from 1.

        A rule's content brings its source and cue; the next content takes them away again.
        """
        offered = self.offers()
        if not 1 <= number <= len(offered):
            return replace(self, note=f"nothing is offered under {number}")
        one = offered[number - 1]
        parts = {**self.parts, self.part: one.spans}
        if self.part == "content":
            for part, spans in (("source", one.source), ("cue", one.cue)):
                if spans or self._was_offered(part):
                    parts[part] = spans
        return replace(self, parts=parts, fragment=0, at_end=True, note="", grown=())

    def _was_offered(self, part: str) -> bool:
        """Whether a source or cue came with a content that was offered, and not by hand."""
        return any(self.parts[part] == getattr(one, part) for one in self.contents)

    # Which part, which fragment, which end

    def other_end(self) -> SpanEdit:
        """Move the other end from now on."""
        return replace(self, at_end=not self.at_end, note="")

    def next_part(self) -> SpanEdit:
        """Go on to source, cue or content; an empty one begins with what is likeliest."""
        part = PARTS[(PARTS.index(self.part) + 1) % len(PARTS)]
        moved = replace(self, part=part, fragment=0, at_end=True, note="", grown=())
        if moved.parts[part]:
            return moved
        if moved.offers():
            return replace(moved.offer(1), note="likeliest; {drop-part} takes it away")
        return replace(moved, note=f"no {part} yet: {{word-right}} starts one at the sentence")

    def next_fragment(self) -> SpanEdit:
        """Go on to the next fragment of this part."""
        count = len(self.parts[self.part])
        if count < 2:
            return replace(
                self, note=f"the {self.part} has one fragment; {{add-fragment}} adds one"
            )
        return replace(self, fragment=(self.fragment + 1) % count, note="", grown=())

    def add_fragment(self) -> SpanEdit:
        """Begin another fragment at the next word that no fragment of this part has."""
        spans = self.parts[self.part]
        if not spans:
            return self._begin()
        last = spans[-1].end
        word = WORD.search(self.text, last, self._end_of_next(last))
        while word is not None and not word[0][0].isalnum():
            word = WORD.search(self.text, word.end(), self._end_of_next(last))
        if word is None:
            return replace(self, note="there are no words behind it")
        added = (*spans, Span(word.start(), word.end()))
        return replace(
            self,
            parts={**self.parts, self.part: added},
            fragment=len(spans),
            at_end=True,
            note="",
            grown=(),
        )

    def cut(self) -> SpanEdit:
        """Leave out of the content the words in its middle that say whose it is; again: others."""
        if self.part != "content":
            return replace(self, note="only a content is cut in two")
        now = self.parts["content"]
        found = {
            one.spans: one for one in interrupted(self._home(), Span(now[0].start, now[-1].end))
        }
        if not found:
            return replace(self, note="no words for a source in its middle")
        ways = list(found)
        one = found[ways[(ways.index(now) + 1) % len(ways) if now in found else 0]]
        parts = {**self.parts, "content": one.spans, "source": one.source, "cue": one.cue}
        return replace(self, parts=parts, fragment=0, at_end=True, note="", grown=())

    def drop(self) -> SpanEdit:
        """Remove this fragment; the last one of the content stays."""
        spans = self.parts[self.part]
        if self.current is None:
            return replace(self, note=f"there is no {self.part}")
        if self.part == "content" and len(spans) == 1:
            return replace(self, note="a claim needs content")
        kept = spans[: self.fragment] + spans[self.fragment + 1 :]
        parts = {**self.parts, self.part: kept}
        fragment = max(0, self.fragment - 1)
        return replace(self, parts=parts, fragment=fragment, note="", grown=())

    # Moving an end

    def word(self, step: int) -> SpanEdit:
        """Move the end by one word on (+1) or back (-1)."""
        edge = self._edge
        return self._begin() if edge is None else self._move(self._word_edge(edge, step))

    def character(self, step: int) -> SpanEdit:
        """Move the end by one character on (+1) or back (-1)."""
        edge = self._edge
        return self._begin() if edge is None else self._move(edge + step)

    def clause(self, step: int) -> SpanEdit:
        """Move the end to where the next or the previous clause ends (or begins)."""
        kinds = _CLAUSE_ENDS if self.at_end else _CLAUSE_STARTS
        return self._to_place(step, lambda cut: [place for place, kind in self._side(cut, kinds)])

    def name(self, step: int) -> SpanEdit:
        """Move the end to that of the next or the previous name or figure."""
        side = int(self.at_end)
        return self._to_place(step, lambda cut: [one[side] for one in cut.names_and_figures()])

    def rest(self) -> SpanEdit:
        """Move the end to that of the sentence: first before its full stop, then behind it."""
        edge = self._edge
        if edge is None:
            return self._begin()
        if not self.at_end:
            return self._move(self._sentence_at(edge).start)
        cut = edges(self.text, self._sentence_at(edge - 1))
        places = [place for place in (cut.body.end, cut.sentence.end) if place > edge]
        return self._move(places[0] if places else self._end_of_next(edge))

    def find(self, letter: str) -> SpanEdit:
        """Move the end to the next word that begins with a letter, round the sentence."""
        span = self.current
        edge = self._edge
        if span is None or edge is None:
            return self._begin()
        sentence = self._sentence_at(edge - self.at_end)
        side = int(self.at_end)
        places = [
            word.span()[side]
            for word in WORD.finditer(self.text, *sentence)
            if word[0].lstrip("$£€@#")[:1].casefold() == letter.casefold()
            and (word.end() > span.start if self.at_end else word.start() < span.end)
        ]
        further = [place for place in places if place > edge] or places
        if not further:
            return replace(self, note=f"no word begins with {letter}")
        return self._move(further[0])

    # Both ends at once

    def quotation(self, *, inside: bool) -> SpanEdit:
        """Take the words in the next pair of quotation marks, without or with the marks."""
        sentence = self._home()
        pairs = [
            (Span(quoted.start, quoted.end), self._unmarked(quoted))
            for quoted in sentence.quotations
        ]
        if not pairs:
            return replace(self, note="no quotation marks in this sentence")
        now = self.current
        place = next((n for n, pair in enumerate(pairs) if now in pair), None)
        if place is None:
            at = now.start if now is not None else sentence.sentence.start
            place = next((n for n, pair in enumerate(pairs) if pair[0].end > at), 0)
        elif now == pairs[place][inside]:
            place = (place + 1) % len(pairs)
        return self._take(pairs[place][inside])

    def _unmarked(self, quoted: Span) -> Span:
        words = list(WORD.finditer(self.text, *quoted))
        inner = words[1:]
        if inner and inner[-1].end() == quoted.end and not inner[-1][0][0].isalnum():
            inner = inner[:-1]
        return Span(inner[0].start(), inner[-1].end()) if inner else quoted

    def grow(self) -> SpanEdit:
        """Take the next larger unit: word, name, phrase, quotation, clause, sentence."""
        now = self.current
        if now is None:
            return self._begin()
        larger = [unit for unit in self._units() if unit.covers(now) and unit != now]
        if not larger:
            return replace(self, note="this is the whole sentence")
        taken = self._take(min(larger, key=lambda unit: (unit.end - unit.start, unit)))
        return taken if taken.note else replace(taken, grown=(*self.grown, now))

    def shrink(self) -> SpanEdit:
        """Take what it was before it grew, or else the largest unit inside."""
        now = self.current
        if now is None:
            return self._begin()
        if self.grown:
            return replace(self._take(self.grown[-1]), grown=self.grown[:-1])
        smaller = [unit for unit in self._units() if now.covers(unit) and unit != now]
        if not smaller:
            return replace(self, note="this is one word")
        return self._take(max(smaller, key=lambda unit: (unit.end - unit.start, -unit.start)))

    def _units(self) -> Iterator[Span]:
        """What the current sentence is made of."""
        now = self.current
        cut = self._home() if now is None else edges(self.text, self._sentence_at(now.start))
        yield from (token.span for token in cut.tokens if token.low[0].isalnum())
        yield from cut.names_and_figures()
        yield from cut.quotations
        yield from (self._unmarked(quoted) for quoted in cut.quotations)
        yield cut.body
        yield cut.sentence
        for places in ((None, None), (_CLAUSE_STARTS, _CLAUSE_ENDS)):
            starts = [p for p, kind in cut.starts() if places[0] is None or kind in places[0]]
            ends = [p for p, kind in cut.ends() if places[1] is None or kind in places[1]]
            for start in starts:
                following = bisect_right(ends, start)
                if following < len(ends):
                    yield Span(start, ends[following])
            yield from (Span(start, cut.body.end) for start in starts if start < cut.body.end)

    # How it is done

    @property
    def _edge(self) -> int | None:
        span = self.current
        if span is None:
            return None
        return span.end if self.at_end else span.start

    def _home(self) -> Edges:
        return edges(self.text, self.home)

    def _sentence_at(self, offset: int) -> Span:
        """The sentence that holds an offset, or the last one before it."""
        place = bisect_right(self.sentences, offset, key=lambda span: span.start) - 1
        return self.sentences[place] if place >= 0 else self.home

    def _end_of_next(self, offset: int) -> int:
        """Where the first sentence that ends behind an offset ends."""
        return next((span.end for span in self.sentences if span.end > offset), len(self.text))

    def _side(self, cut: Edges, kinds: frozenset[str]) -> list[tuple[int, str]]:
        places = cut.ends() if self.at_end else cut.starts()
        return [(place, kind) for place, kind in places if kind in kinds]

    def _to_place(self, step: int, places: Callable[[Edges], list[int]]) -> SpanEdit:
        """Move the end to the next place in a direction, into the next sentence if need be."""
        edge = self._edge
        if edge is None:
            return self._begin()
        here = bisect_right(self.sentences, edge - self.at_end, key=lambda span: span.start) - 1
        for number in range(max(0, here), max(0, here) + 3 * step, step):
            if not 0 <= number < len(self.sentences):
                break
            found = places(edges(self.text, self.sentences[number]))
            further = [place for place in found if (place - edge) * step > 0]
            if further:
                return self._move(min(further) if step > 0 else max(further))
        return replace(self, note="no further")

    def _begin(self) -> SpanEdit:
        word = WORD.search(self.text, *self.home)
        if word is None:
            return replace(self, note="the sentence has no words")
        span = Span(word.start(), word.end())
        return replace(self, parts={**self.parts, self.part: (span,)}, fragment=0, note="")

    def _word_edge(self, edge: int, step: int) -> int:
        """The next word end (for the end) or word start (for the start) in the direction."""
        if step > 0:
            for word in WORD.finditer(self.text, edge):
                target = word.end() if self.at_end else word.start()
                if target > edge:
                    return target
            return len(self.text)
        best = 0
        for word in WORD.finditer(self.text, self._sentence_at(max(0, edge - 400)).start, edge):
            target = word.end() if self.at_end else word.start()
            if target < edge:
                best = target
        return best

    def _move(self, edge: int) -> SpanEdit:
        span = self.current
        assert span is not None
        moved = Span(span.start, edge) if self.at_end else Span(edge, span.end)
        if moved.start >= moved.end:
            return replace(self, note="a span cannot be empty")
        return self._take(moved)

    def _take(self, span: Span) -> SpanEdit:
        """Make a span the current fragment, as far as its neighbours and the text let it."""
        spans = self.parts[self.part]
        following = self.fragment + 1
        low = spans[self.fragment - 1].end if self.fragment else 0
        high = spans[following].start if following < len(spans) else len(self.text)
        span = Span(max(low, min(span.start, high)), min(high, max(span.end, low)))
        if span.start >= span.end:
            return replace(self, note="another fragment is there")
        if span == self.current:
            return replace(self, note="no further")
        changed = (*spans[: self.fragment], span, *spans[following:])
        return replace(self, parts={**self.parts, self.part: changed}, note="", grown=())
