"""Attributions in, claims out: what each one says, who says it, how it is given and how firmly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from claims import kind_model, kinds
from claims.attribution import Attribution, Page, mode_of
from claims.firmness import HEDGE_WORDS
from claims.furniture import is_furniture
from claims.model import (
    AUTHOR,
    MEDIA,
    UNKNOWN_SIDE,
    Article,
    Claim,
    Mode,
    Moment,
    Place,
    Quantity,
    Role,
    Sentence,
    SentenceKind,
    Span,
    Spans,
    Speaker,
    claim_id,
)
from claims.moments import DATE_WORDS, find_dates
from claims.naming import read
from claims.profile import Profile
from claims.quantities import FIGURE_WORDS, find_quantities
from claims.speakers import PRONOUNS, Entity, Speakers
from claims.text import word_set
from claims.vetting import Vetted, opens_withheld
from claims.victims import harm_words, victims_of
from claims.wording import cut, marks

_WIRES = word_set(
    """reuters ap afp upi tass itar-tass xinhua interfax ukrinform unian sana irna dpa efe ansa
    kuna wafa anadolu bloomberg interfax-ukraine"""
) | {"associated press", "ria novosti", "agence france-presse", "anadolu agency", "united press"}
_DATELINE = re.compile(
    r"\s*[A-Z][A-Za-z.'’/ -]{2,40}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})? ?\("
    r"(?:Reuters|AP|AFP|UPI|TASS|Xinhua|Interfax|SANA|IRNA|Ukrinform|dpa)\)"
)
_MIN_WORDS = 3
"""A sentence of the writer with fewer words says nothing that could be claimed."""
_WRITTEN, _ASKED = 0.8, 0.3
"""How sure it is that a sentence of the writer claims something; a question seldom does."""
_QUOTES = "\"'”’»“)"
_CLAUSE = 5
"""Words from which what stands before a conjunction is read as a clause."""
_NEAR = 40
"""Characters behind a figure in which its script is looked for."""
_JOIN = 14
"""Characters before a clause in which a conjunction is looked for."""
_AROUND = 1_000
"""Characters of a sentence around an attribution that are read for channel and certainty."""


class _Waiting(NamedTuple):
    """All that is known of a claim but its kind."""

    one: Attribution
    cue: str
    sentence: Span
    speaker: Speaker | None
    mode: Mode
    channel: tuple[str, ...] = ()
    clear: Span | None = None


class Maker:
    """Turns the attributions of one article into claims."""

    def __init__(
        self,
        article: Article,
        page: Page,
        profile: Profile,
        sha256: str,
        types: kind_model.Weights | None,
        *,
        foreign: bool = False,
    ) -> None:
        self.article = article
        self.page = page
        self.profile = profile
        self.sha256 = sha256
        self._types = types
        self._foreign = foreign
        found = marks(
            page.text,
            (profile.place_words, profile.channel_words, harm_words),
            (FIGURE_WORDS.__getitem__, DATE_WORDS.__getitem__, HEDGE_WORDS.__getitem__),
        )
        self._places, self._channels, self._harm, self._figures, self._dates, self._hedges = found
        self._writer = _writer(article, page.text)
        self.speakers = Speakers(page.text, page.sentences, page.quotes, profile, self._writer)
        self._starts = [sentence.span.start for sentence in page.sentences]
        self._quoted = sorted(
            part for quote in page.quotes if quote.depth == 0 for part in quote.spans
        )
        self._quoted_starts = [part.start for part in self._quoted]

    def claims(self, vetted: Vetted) -> list[Claim]:
        """The claims that are given to someone, then those of the writer alone."""
        return [*map(self._made, chain(self._attributed(vetted), self._written(vetted)))]

    def _attributed(self, vetted: Vetted) -> Iterator[_Waiting]:
        found = vetted.found
        taken = sorted(span for one in found for span in (*one.source, *one.cue, *one.content))
        account: Entity | None = None
        for number, one in enumerate(found):
            entity: Entity | None = None
            if one.source:
                if one.rule == "post-signature":
                    entity = account = self.speakers.account(one.source[0].of(self.page.text))
                else:
                    entity = self.speakers.resolve(one.source[0], within=account)
                if one.rule in ("headline-colon", "transcript"):
                    account = entity
            if number not in vetted.unclaimed:
                yield self._said(one, entity, taken)

    def _written(self, vetted: Vetted) -> Iterator[_Waiting]:
        """Sentences that no attribution touches.

        Of one that tells in the end that words were withheld ("…, but the army did not say who"),
        the writer claims what stands before.
        """
        touched = bytearray(len(self._starts))
        for number, one in enumerate(vetted.found):
            if number in vetted.unclaimed:
                continue
            for span in (*one.source, *one.cue, *one.content):
                first = max(0, bisect_right(self._starts, span.start) - 1)
                last = bisect_left(self._starts, span.end)
                touched[first:last] = b"\1" * (last - first)
        held: dict[int, int] = {}
        for span in vetted.withheld:
            index = max(0, bisect_right(self._starts, span.start) - 1)
            held[index] = min(span.start, held.get(index, span.start))
        for index, sentence in enumerate(self.page.sentences):
            if touched[index] or sentence.kind not in (SentenceKind.PROSE, SentenceKind.BULLET):
                continue
            content = _body(self.page.text, sentence)
            if content is not None and index in held:
                content = _before(self.page.text, content, held[index])
            if content is None:
                continue
            words = content.of(self.page.text)
            if is_furniture(words) or opens_withheld(words):
                continue
            asks = words.rstrip(_QUOTES)[-1:] == "?"
            one = Attribution((content,), (), (), "writer", _ASKED if asks else _WRITTEN)
            yield _Waiting(one, "", sentence.span, self._writer, Mode.UNATTRIBUTED)

    def _said(self, one: Attribution, entity: Entity | None, taken: Sequence[Span]) -> _Waiting:
        text = self.page.text
        sentence = self._sentence(one)
        return _Waiting(
            one,
            " ".join(span.of(text) for span in one.cue),
            sentence,
            entity.speaker() if entity else None,
            mode_of(text, one.content, self._quotes_in(one.content)),
            self._channel(one, sentence, taken),
            _clear(one, sentence, taken) if self._harmed(one, sentence) else None,
        )

    def _made(self, waiting: _Waiting) -> Claim:
        text = self.page.text
        one, cue, sentence, speaker, mode, channel, clear = waiting
        attributed = mode is not Mode.UNATTRIBUTED
        kind = (
            kinds.UNREAD
            if self._foreign
            else kinds.judge(
                text,
                one.content,
                cue,
                sentence=sentence,
                attributed=attributed,
                rules_only=self._types is None,
                weights=self._types,
            )
        )
        quantities: tuple[Quantity, ...] = ()
        places: tuple[Place, ...] = ()
        dates: tuple[Moment, ...] = ()
        for part in one.content:
            inside = cut(text, part)
            if inside or self._figures.begin_in(part):
                quantities += find_quantities(text, part)
            if inside or self._places.begin_in(part):
                places += self.profile.places_in(text, part)
            if inside or self._dates.begin_in(part):
                dates += find_dates(text, part, self.article.date)
        if self._foreign:
            quantities = tuple(_unmeasured(text, one) for one in quantities)
        return Claim(
            id=claim_id(self.sha256, one.content, attributed=attributed),
            content=one.content,
            source=one.source,
            cue=one.cue,
            speaker=speaker.name if speaker and speaker.name else None,
            role=speaker.role if speaker else Role.UNKNOWN,
            side=speaker.side if speaker else UNKNOWN_SIDE,
            channel=channel,
            mode=mode,
            type=kind.type,
            stance=kind.stance,
            certainty=kind.certainty,
            distance=kind.distance,
            quantities=quantities,
            places=places,
            dates=dates,
            about=kind.about,
            # A figure of the claim's own counts those of its own words, not of a clause beside it.
            victims=self._victims(one, sentence, None if quantities else clear),
            confidence=round(one.confidence, 3),
            rule=f"{one.rule}; {kind.rule}" if kind.rule else one.rule,
        )

    def _victims(self, one: Attribution, sentence: Span, clear: Span | None) -> str | None:
        if self._foreign or not any(map(self._harm.may_be_in, (*one.content, sentence))):
            return None
        return victims_of(
            self.page.text,
            one.content,
            self.profile,
            source=one.source,
            cue=one.cue,
            sentence=sentence,
            clear=clear,
        )

    def _harmed(self, one: Attribution, sentence: Span) -> bool:
        """False where surely nobody is harmed in a claim and beside it."""
        return self._harm.may_be_in(sentence) or any(map(self._harm.may_be_in, one.content))

    def _sentence(self, one: Attribution) -> Span:
        """The sentences from the first to the last word of source, cue and the content there."""
        sentences = self.page.sentences
        anchor = (one.cue or one.content)[0]
        parts = [
            span
            for span in (*one.source, *one.cue, one.content[0])
            if abs(span.start - anchor.start) < 4_000
        ]
        start, end = min(parts).start, max([part.end for part in parts])
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end) - 1
        low, high = sentences[first].span.start, sentences[max(first, last)].span.end
        return Span(max(low, start - _AROUND), min(high, end + _AROUND))

    def _quotes_in(self, content: Spans) -> list[Span]:
        parts: list[Span] = []
        for span in content:
            index = max(0, bisect_right(self._quoted_starts, span.start) - 1)
            while index < len(self._quoted) and self._quoted[index].start < span.end:
                if self._quoted[index].end > span.start:
                    parts.append(self._quoted[index])
                index += 1
        return parts

    def _channel(self, one: Attribution, sentence: Span, taken: Sequence[Span]) -> tuple[str, ...]:
        """The channels named in the cue's own clause, then who passed it on, outermost last."""
        text = self.page.text
        names: list[str] = []
        if (
            one.cue
            and one.rule not in ("headline-colon", "quote-in-quote")
            and self._channels.may_be_in(sentence)
        ):
            own = {*one.source, *one.cue, *one.content}
            low, high = sentence
            cue = one.cue[-1]
            first = bisect_left(taken, Span(low, 0))
            for start, end in taken[first : bisect_left(taken, Span(high, 0))]:
                if (start, end) in own:
                    continue
                if end <= one.cue[0].start:
                    low = max(low, end)
                elif start >= cue.end:
                    high = min(high, start)
                    break
            for gap in _gaps(Span(low, high), sorted(own - set(one.cue))):
                if not self._channels.may_be_in(gap):
                    continue
                for _, name in self.profile.channel_in(text, gap):
                    if name not in names:
                        names.append(name)
        for relay in one.relays:
            phrase = " ".join(relay.of(text).split())
            if phrase.lower() in PRONOUNS:
                continue
            actor = self.profile.actor(phrase)
            naming = read(phrase)
            name = actor.name if actor else naming.name or naming.plain
            if name not in names:
                names.append(name)
        return (*names, *(name for name in one.channel if name not in names))


_CYRILLIC = re.compile(r"[Ѐ-ӿ]")


def _unmeasured(text: str, one: Quantity) -> Quantity:
    """A figure in another language; English words tell nothing there: "die" in German is "the"."""
    told = one.unit or _CYRILLIC.search(text, one.span.start, one.span.end + _NEAR)
    return one if told else replace(one, measure=None)


def _clear(one: Attribution, sentence: Span, taken: Sequence[Span]) -> Span:
    """How far the sentence around an attribution belongs to no other; `taken` are all parts."""
    parts = (*one.source, *one.cue, *one.content)
    start, end = min(parts).start, max([part.end for part in parts])
    before = bisect_left(taken, Span(start, 0))
    after = bisect_left(taken, Span(end, 0))
    low = max(sentence.start, taken[before - 1].end) if before else sentence.start
    high = min(sentence.end, taken[after].start) if after < len(taken) else sentence.end
    return Span(min(low, start), max(high, end))


def _gaps(area: Span, holes: Sequence[Span]) -> list[Span]:
    """What is left of an area between the holes."""
    gaps: list[Span] = []
    at = area.start
    for hole in holes:
        if hole.end <= at or hole.start >= area.end:
            continue
        if hole.start > at:
            gaps.append(Span(at, hole.start))
        at = max(at, hole.end)
    if at < area.end:
        gaps.append(Span(at, area.end))
    return gaps


def _body(text: str, sentence: Sentence) -> Span | None:
    """A sentence without its bullet and its full stop; None when it has too few words."""
    start, end = sentence.span
    while start < end and (text[start].isspace() or text[start] in "•*·-–—>"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    words = text[start:end].split(None, 12)
    if len(words) < _MIN_WORDS or not any(word.isalpha() and len(word) > 1 for word in words):
        return None
    return Span(start, end)


_JOINS = re.compile(
    r"[\s,]*(?:;|\b(?:but|and|though|although|while|whereas))[\s,]*\Z", re.IGNORECASE
)


def _before(text: str, body: Span, end: int) -> Span | None:
    """The clause of a sentence before the conjunction that `end` follows; None without one."""
    joined = _JOINS.search(text, max(body.start, end - _JOIN), max(body.start, end))
    if joined is None or len(text[body.start : joined.start()].split(None, _CLAUSE)) < _CLAUSE:
        return None
    return Span(body.start, joined.start())


def _writer(article: Article, text: str) -> Speaker:
    """Who speaks in the sentences without a source."""
    outlet = (article.outlet or "").strip()
    if outlet.lower().removeprefix("the ") in _WIRES or _DATELINE.match(text[:120]):
        return Speaker(outlet, Role.MEDIA, MEDIA)
    return Speaker((article.byline or outlet).strip(), Role.AUTHOR, AUTHOR)


__all__ = ["Maker"]
