"""Text in, claims out: runs every step of extraction over one article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter
from pathlib import Path

from claims import kind_model, posts, quotes
from claims.attribution import Attribution, Page, by_rules
from claims.hybrid import TAGGERS, by_trained
from claims.language import notes_on
from claims.making import Maker
from claims.model import (
    Article,
    Extraction,
    Spans,
    text_hash,
)
from claims.profile import CHOICE_READS, Profile, choose, load
from claims.sentences import split
from claims.tagger.errors import WeightsError
from claims.text import canonical
from claims.vetting import vetted

EXTRACTOR_VERSION = "0.4.7"
"""Changes whenever the same text may give other claims."""


def extract(
    article: Article | str,
    profile: Profile | str | None = None,
    *,
    profile_dirs: Iterable[Path] = (),
    tagger: str = "trained",
    weights: Path | str | None = None,
    type_weights: Path | str | None = None,
) -> Extraction:
    """Find every claim of an article: who says what, for which side, how firmly.

    `article` may be a bare text. `profile` is a conflict profile, its name or its path; without
    one the text decides. `profile_dirs` hold profiles beside those that ship. `tagger` names an
    entry of `claims.hybrid.TAGGERS`; with "rules" nothing that was trained is used, for claim
    types neither. `weights` (of sources, cues and contents) and `type_weights` (of claim types) are
    files in place of those that come with warreader. Offsets are into the canonical text
    (`claims.text.canonical`), which keeps every code point's place.

    A text that does not look like English is read by the rules, and each quotation in it is a claim
    of someone unnamed; what its claims are about is not told. So is every text when the weights
    that come with warreader cannot be read; `notes` says so.

    A sentence that nobody in the article is made to say is a claim of the writer: side "media"
    when the article is a wire report (its outlet is a news agency, or its dateline names one),
    else side "author". Headings, bylines, date lines and posts give no such claim, nor do words
    that someone is told to have withheld ("declined to say whether").

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
        else load(profile, profile_dirs)
        if profile
        else choose(f"{article.title or ''}\n{text[:CHOICE_READS]}", profile_dirs)
    )
    sentences = split(text)
    page = Page(text, sentences, quotes.find(text, sentences))
    notes = notes_on(text)
    tagged, used, problem = _tagged(page, tagger, weights, foreign=bool(notes))
    found = _ordered([*posts.attributions(page), *tagged])
    types, kinds_used, missing = _type_weights(
        type_weights, rules_only=tagger == "rules" or bool(notes)
    )
    if used == "rules" and types is not None:
        kinds_used = kinds_used or "+types"
    maker = Maker(article, page, known, text_hash(text), types, foreign=bool(notes))
    claims = maker.claims(vetted(text, found, foreign=bool(notes)))
    # By start, then end, what is said before what is written: stable, and no key is made for it.
    claims.sort(key=attrgetter("end"))
    claims.sort(key=attrgetter("start"))
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
