"""Moving the ends of a claim's spans by word and character: the state behind the span keys.

Pure: no Textual. Spans never leave the text, never become empty and never overlap another
fragment of the same part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from claims.model import Claim, Span, Spans

PARTS = ("content", "source", "cue")
_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class SpanEdit:
    """The spans of a claim while a person moves them; every step gives a new value.

    `home` is the sentence where an empty part starts from.
    """

    text: str
    home: Span
    parts: Mapping[str, Spans]
    part: str = "content"
    fragment: int = 0
    at_end: bool = True
    """Whether the end (or the start) of the fragment is the one that moves."""
    note: str = field(default="", compare=False)
    """Why the last step did nothing, for the status line."""

    @classmethod
    def of(cls, text: str, claim: Claim, home: Span) -> SpanEdit:
        """Begin to edit a claim; `home` is its sentence."""
        return cls(text, home, {part: getattr(claim, part) for part in PARTS})

    @classmethod
    def fresh(cls, text: str, home: Span) -> SpanEdit:
        """Begin a new claim whose content is the whole of `home`."""
        return cls(text, home, {"content": (home,), "source": (), "cue": ()}, at_end=False)

    @property
    def current(self) -> Span | None:
        """The fragment whose end moves; None where the part has no span yet."""
        spans = self.parts[self.part]
        return spans[self.fragment] if self.fragment < len(spans) else None

    def other_end(self) -> SpanEdit:
        """Move the other end from now on."""
        return replace(self, at_end=not self.at_end, note="")

    def next_part(self) -> SpanEdit:
        """Go on to the next of content, source and cue."""
        part = PARTS[(PARTS.index(self.part) + 1) % len(PARTS)]
        note = "" if self.parts[part] else f"no {part} yet: → starts one at the sentence"
        return replace(self, part=part, fragment=0, at_end=True, note=note)

    def next_fragment(self) -> SpanEdit:
        """Go on to the next fragment of this part."""
        count = len(self.parts[self.part])
        if count < 2:
            return replace(self, note=f"the {self.part} has one fragment")
        return replace(self, fragment=(self.fragment + 1) % count, note="")

    def drop(self) -> SpanEdit:
        """Remove this fragment; the last one of the content stays."""
        spans = self.parts[self.part]
        if self.current is None:
            return replace(self, note=f"there is no {self.part}")
        if self.part == "content" and len(spans) == 1:
            return replace(self, note="a claim needs content")
        kept = spans[: self.fragment] + spans[self.fragment + 1 :]
        return replace(
            self, parts={**self.parts, self.part: kept}, fragment=max(0, self.fragment - 1), note=""
        )

    def word(self, step: int) -> SpanEdit:
        """Move the end by one word on (+1) or back (-1)."""
        span = self.current
        if span is None:
            return self._begin()
        edge = span.end if self.at_end else span.start
        return self._move(self._word_edge(edge, step))

    def character(self, step: int) -> SpanEdit:
        """Move the end by one character on (+1) or back (-1)."""
        span = self.current
        if span is None:
            return self._begin()
        return self._move((span.end if self.at_end else span.start) + step)

    def changes(self, claim: Claim) -> dict[str, Spans]:
        """The parts that differ from the claim's."""
        return {
            part: self.parts[part] for part in PARTS if self.parts[part] != getattr(claim, part)
        }

    def _begin(self) -> SpanEdit:
        word = _WORD.search(self.text, self.home.start, self.home.end)
        if word is None:
            return replace(self, note="the sentence has no words")
        span = Span(word.start(), word.end())
        return replace(self, parts={**self.parts, self.part: (span,)}, fragment=0, note="")

    def _word_edge(self, edge: int, step: int) -> int:
        """The next word end (for the end) or word start (for the start) in the direction."""
        if step > 0:
            for word in _WORD.finditer(self.text, edge):
                target = word.end() if self.at_end else word.start()
                if target > edge:
                    return target
            return len(self.text)
        window = max(0, edge - 400)
        best = 0
        for word in _WORD.finditer(self.text, window, edge):
            target = word.end() if self.at_end else word.start()
            if target < edge:
                best = target
        return best

    def _move(self, edge: int) -> SpanEdit:
        span = self.current
        assert span is not None
        spans = self.parts[self.part]
        low = spans[self.fragment - 1].end if self.fragment else 0
        following = self.fragment + 1
        high = spans[following].start if following < len(spans) else len(self.text)
        edge = min(max(edge, low), high)
        moved = Span(span.start, edge) if self.at_end else Span(edge, span.end)
        if moved.start >= moved.end:
            return replace(self, note="a span cannot be empty")
        if moved == span:
            return replace(self, note="no further")
        changed = (*spans[: self.fragment], moved, *spans[self.fragment + 1 :])
        return replace(self, parts={**self.parts, self.part: changed}, note="")
