"""Text in, claims out: runs every step of extraction over one article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from unicodedata import name

from claims import kind_model, kinds, posts, quotes
from claims.attribution import Attribution, Page, by_rules, mode_of
from claims.hybrid import TAGGERS, by_trained
from claims.model import (
    AUTHOR,
    MEDIA,
    UNKNOWN_SIDE,
    Article,
    Claim,
    Extraction,
    Mode,
    Role,
    Sentence,
    SentenceKind,
    Span,
    Spans,
    Speaker,
    claim_id,
    text_hash,
)
from claims.naming import read
from claims.profile import Profile, choose, load
from claims.quantities import find_dates, find_quantities
from claims.sentences import split
from claims.speakers import PRONOUNS, Entity, Speakers
from claims.tagger.errors import WeightsError
from claims.text import canonical, word_set
from claims.victims import harm_marks, victims_of
from claims.wording import Wording

EXTRACTOR_VERSION = "0.4.0"
"""Changes whenever the same text may give other claims."""

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
_AROUND = 1_000
"""Characters of a sentence around an attribution that are read for channel and certainty."""
_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F]")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|in|that|said)\b", re.IGNORECASE)


def extract(
    article: Article | str,
    profile: Profile | str | None = None,
    *,
    tagger: str = "trained",
    weights: Path | str | None = None,
    type_weights: Path | str | None = None,
) -> Extraction:
    """Find every claim of an article: who says what, for which side, how firmly.

    `article` may be a bare text. `profile` is a conflict profile, its name or its path; without
    one the text decides. `tagger` names an entry of `claims.hybrid.TAGGERS`; with "rules" nothing
    that was trained is used, for claim types neither. `weights` (of sources, cues and contents) and
    `type_weights` (of claim types) are files in place of those that come with warreader. Offsets
    are into the canonical text (`claims.text.canonical`), which keeps every code point's place.

    A text that does not look like English is read by the rules, and each quotation in it is a claim
    of someone unnamed. So is every text when the weights
    that come with warreader cannot be read; `notes` says so.

    A sentence that nobody in the article is made to say is a claim of the writer: side "media"
    when the article is a wire report (its outlet is a news agency, or its dateline names one),
    else side "author". Headings, bylines, date lines and posts give no such claim.

    Raises `ValueError` for an unknown tagger, `claims.tagger.errors.WeightsError` (a `ValueError`)
    for a file of weights that cannot be used, and `claims.profile.ProfileError` for a profile that
    cannot be read.
    """
    if isinstance(article, str):
        article = Article(article)
    if tagger not in TAGGERS:
        raise ValueError(f"tagger {tagger!r} is none of {', '.join(sorted(TAGGERS))}")
    if (weights or type_weights) is not None and tagger != "trained":
        raise ValueError(f"tagger {tagger!r} has no weights; leave them out, or use 'trained'")
    text = canonical(article.text)
    known = (
        profile
        if isinstance(profile, Profile)
        else load(profile)
        if profile
        else choose(f"{article.title or ''}\n{text}")
    )
    sentences = split(text)
    page = Page(text, sentences, quotes.find(text, sentences))
    notes = _notes(text)
    tagged, used, problem = _tagged(page, tagger, weights, foreign=bool(notes))
    found = _ordered([*posts.attributions(page), *tagged])
    types, kinds_used, missing = _type_weights(
        type_weights, rules_only=tagger == "rules" or bool(notes)
    )
    if used == "rules" and types is not None:
        kinds_used = kinds_used or "+types"
    maker = _Maker(article, page, known, text_hash(text), types)
    claims = maker.attributed(found)
    claims.extend(maker.written(claims))
    claims.sort(key=lambda claim: (claim.start, claim.end, claim.mode is Mode.UNATTRIBUTED))
    return Extraction(
        text_sha256=maker.sha256,
        sentences=sentences,
        claims=tuple(claims),
        speakers=maker.speakers.all(),
        profile=known.name,
        version=f"{EXTRACTOR_VERSION}+{used}{kinds_used}",
        notes=(*notes, *problem, *missing),
    )


def _tagged(
    page: Page, tagger: str, weights: Path | str | None, *, foreign: bool
) -> tuple[Iterable[Attribution], str, tuple[str, ...]]:
    """The attributions of a page, what found them, and a note when that is not what was asked."""
    digest = None
    if weights is not None:
        from claims.tagger.model import load

        digest = load(Path(weights)).digest
    if foreign:
        ruled = list(by_rules(page))
        return [*ruled, *_quotations(page, ruled)], "rules", ()
    if tagger != "trained":
        return TAGGERS[tagger](page), tagger, ()
    if weights is not None:
        return by_trained(page, Path(weights)), f"trained:{digest}", ()
    try:
        return by_trained(page), tagger, ()
    except (ImportError, ValueError) as problem:
        if isinstance(problem, ValueError) and not isinstance(problem, WeightsError):
            raise
        note = f"the trained tagger could not be used ({problem}); read by the rules alone"
        return by_rules(page), "rules", (note,)


def _type_weights(
    path: Path | str | None, *, rules_only: bool
) -> tuple[kind_model.Weights | None, str, tuple[str, ...]]:
    """The weights of claim types, none for the rules alone; their name when not ours; a note."""
    given = None if path is None else kind_model.load(Path(path))
    if rules_only:
        return None, "", ()
    if given is not None:
        return given, f"+types:{given.digest}", ()
    try:
        return kind_model.shipped(), "", ()
    except WeightsError as problem:
        return None, "", (f"claim types are by the rules alone ({problem})",)


def _ordered(found: Iterable[Attribution]) -> list[Attribution]:
    """The attributions in the order of the text, one for each content; the surest one stays."""
    best: dict[Spans, Attribution] = {}
    for one in found:
        have = best.get(one.content)
        if have is None or one.confidence > have.confidence:
            best[one.content] = one
    return sorted(best.values(), key=_anchor)


def _anchor(one: Attribution) -> int:
    """Where an attribution is read: at its source, else at its cue, else at its content."""
    return (one.source or one.cue or one.content)[0].start


class _Maker:
    """Turns the attributions of one article into claims."""

    def __init__(
        self,
        article: Article,
        page: Page,
        profile: Profile,
        sha256: str,
        types: kind_model.Weights | None,
    ) -> None:
        self.article = article
        self.page = page
        self.profile = profile
        self.sha256 = sha256
        self._types = types
        wording = Wording(page.text)
        self._places = profile.place_marks(wording)
        self._channels = profile.channel_marks(wording)
        self._harm = harm_marks(wording)
        self._writer = _writer(article, page.text)
        self.speakers = Speakers(page.text, page.sentences, page.quotes, profile, self._writer)
        self._starts = [sentence.span.start for sentence in page.sentences]
        self._quoted = sorted(
            part for quote in page.quotes if quote.depth == 0 for part in quote.spans
        )
        self._quoted_starts = [part.start for part in self._quoted]

    def attributed(self, found: Sequence[Attribution]) -> list[Claim]:
        """The claims that are given to someone."""
        taken = sorted(
            (span.start, span.end)
            for one in found
            for span in (*one.source, *one.cue, *one.content)
        )
        claims: list[Claim] = []
        account: Entity | None = None
        for one in found:
            entity: Entity | None = None
            if one.source:
                if one.rule == "post-signature":
                    entity = account = self.speakers.account(one.source[0].of(self.page.text))
                else:
                    entity = self.speakers.resolve(one.source[0], within=account)
                if one.rule in ("headline-colon", "transcript"):
                    account = entity
            claims.append(self._claim(one, entity, taken))
        return claims

    def written(self, attributed: Sequence[Claim]) -> list[Claim]:
        """The claims of the writer alone: sentences that no attribution touches."""
        touched: set[int] = set()
        for claim in attributed:
            for _, span in claim.spans():
                first = bisect_right(self._starts, span.start) - 1
                touched.update(range(first, bisect_left(self._starts, span.end)))
        writer = self._writer
        claims: list[Claim] = []
        for index, sentence in enumerate(self.page.sentences):
            if index in touched or sentence.kind not in (SentenceKind.PROSE, SentenceKind.BULLET):
                continue
            content = _body(self.page.text, sentence)
            if content is None:
                continue
            one = Attribution((content,), (), (), "writer", 0.8)
            claims.append(self._record(one, sentence.span, writer, Mode.UNATTRIBUTED, ()))
        return claims

    def _claim(
        self, one: Attribution, entity: Entity | None, taken: Sequence[tuple[int, int]]
    ) -> Claim:
        sentence = self._sentence(one)
        speaker = entity.speaker() if entity else None
        mode = mode_of(self.page.text, one.content, self._quotes_in(one.content))
        return self._record(one, sentence, speaker, mode, self._channel(one, sentence, taken))

    def _record(
        self,
        one: Attribution,
        sentence: Span,
        speaker: Speaker | None,
        mode: Mode,
        channel: tuple[str, ...],
    ) -> Claim:
        text = self.page.text
        cue = " ".join(span.of(text) for span in one.cue)
        attributed = mode is not Mode.UNATTRIBUTED
        kind = kinds.judge(
            text,
            one.content,
            cue,
            sentence=sentence,
            attributed=attributed,
            rules_only=self._types is None,
            weights=self._types,
        )
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
            quantities=tuple(q for part in one.content for q in find_quantities(text, part)),
            places=tuple(
                place
                for part in one.content
                if self._places.may_be_in(part)
                for place in self.profile.places_in(text, part)
            ),
            dates=tuple(
                d for part in one.content for d in find_dates(text, part, self.article.date)
            ),
            about=kind.about,
            victims=self._victims(one, sentence),
            confidence=round(one.confidence, 3),
            rule=f"{one.rule}; {kind.rule}" if kind.rule else one.rule,
        )

    def _victims(self, one: Attribution, sentence: Span) -> str | None:
        if not any(map(self._harm.may_be_in, (*one.content, sentence))):
            return None
        return victims_of(
            self.page.text,
            one.content,
            self.profile,
            source=one.source,
            cue=one.cue,
            sentence=sentence,
        )

    def _sentence(self, one: Attribution) -> Span:
        """The sentences from the first to the last word of source, cue and the content there."""
        sentences = self.page.sentences
        anchor = (one.cue or one.content)[0]
        parts = [
            span
            for span in (*one.source, *one.cue, one.content[0])
            if abs(span.start - anchor.start) < 4_000
        ]
        first = bisect_right(self._starts, min(part.start for part in parts)) - 1
        last = bisect_left(self._starts, max(part.end for part in parts)) - 1
        first = max(0, first)
        low, high = sentences[first].span.start, sentences[max(first, last)].span.end
        return Span(
            max(low, min(part.start for part in parts) - _AROUND),
            min(high, max(part.end for part in parts) + _AROUND),
        )

    def _quotes_in(self, content: Spans) -> list[Span]:
        parts: list[Span] = []
        for span in content:
            index = max(0, bisect_right(self._quoted_starts, span.start) - 1)
            while index < len(self._quoted) and self._quoted[index].start < span.end:
                if self._quoted[index].end > span.start:
                    parts.append(self._quoted[index])
                index += 1
        return parts

    def _channel(
        self, one: Attribution, sentence: Span, taken: Sequence[tuple[int, int]]
    ) -> tuple[str, ...]:
        """The channels named in the cue's own clause, then who passed it on, outermost last."""
        text = self.page.text
        names: list[str] = []
        if one.cue and one.rule not in ("headline-colon", "quote-in-quote"):
            own = {*one.source, *one.cue, *one.content}
            low, high = sentence
            cue = one.cue[-1]
            first = bisect_left(taken, (low, 0))
            for start, end in taken[first : bisect_left(taken, (high, 0))]:
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


def _writer(article: Article, text: str) -> Speaker:
    """Who speaks in the sentences without a source."""
    outlet = (article.outlet or "").strip()
    if outlet.lower().removeprefix("the ") in _WIRES or _DATELINE.match(text[:120]):
        return Speaker(outlet, Role.MEDIA, MEDIA)
    return Speaker((article.byline or outlet).strip(), Role.AUTHOR, AUTHOR)


def _notes(text: str) -> tuple[str, ...]:
    """What the reader should know of a text that the rules do not cover."""
    head = text[:4_000]
    letters = sum(map(str.isalpha, head))
    if not letters:
        return ()
    if len(_LATIN.findall(head)) < letters / 2:
        scripts = Counter(name(c, "other").split()[0] for c in head[:1_000] if c.isalpha())
        script = scripts.most_common(1)[0][0] if scripts else "other"
        return (
            f"written in {_SCRIPTS.get(script, script.capitalize())}: sentences, quotes and"
            " numbers only; attribution is English",
        )
    words = head.split()
    if len(words) > 40 and len(_ENGLISH.findall(head)) * 25 < len(words):
        return (
            "does not look like English: sentences, quotes and numbers, and what rules for English"
            " find",
        )
    return ()


_SCRIPTS = {
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "OTHER": "another script",
}
"""Scripts whose first word in Unicode's names of letters would not be understood."""
_QUOTED_WORDS = 3
"""Quotations of fewer words name or mock a thing more often than they say one."""
_UNSPACED = re.compile(r"[\u0E00-\u0EFF\u3040-\u9FFF]{8}")
"""As much in a script that sets no blanks between words."""


def _quotations(page: Page, found: Sequence[Attribution]) -> Iterable[Attribution]:
    """The quotations of a text whose cues no rule can read: said by someone, not told by whom."""
    taken = sorted(span for one in found for span in one.content)
    for quote in page.quotes:
        words = " ".join(span.of(page.text) for span in quote.spans)
        long = sum(any(map(str.isalnum, word)) for word in words.split()) >= _QUOTED_WORDS
        after = bisect_left(taken, (quote.end, 0))
        if (
            quote.depth == 0
            and quote.closed
            and (long or _UNSPACED.search(words))
            and not (after and taken[after - 1].end > quote.start)
        ):
            yield Attribution(quote.spans, (), (), "quote-alone", 0.5)


__all__ = ["EXTRACTOR_VERSION", "extract"]
