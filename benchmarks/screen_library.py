"""A library for the benchmark of the screen: 10,000 articles, made of our own sentences.

The claims come from a stand-in for the extractor, one for every other sentence: what is measured
is the screen, and reading a million words for claims would take minutes.
"""

from __future__ import annotations

import random
import re
from itertools import cycle
from pathlib import Path

from claims.model import (
    Article,
    Claim,
    ClaimType,
    Extraction,
    Mode,
    Role,
    Sentence,
    Span,
    claim_id,
    text_hash,
)
from store.db import Library
from tui.work import LAST_ARTICLE

ANNOTATOR = "bench"
_SPEAKERS = ("The ministry", "A spokesman", "The governor", "Residents", "The general staff")
_VERBS = ("said", "claimed", "reported", "denied", "confirmed")
_WHAT = (
    "that the column had turned back before the bridge",
    "that eleven drones were shot down over the district during the night",
    "that two villages south of the river had changed hands again",
    "that the power station would be out of work for at least a week",
    "that no shell had fallen on the market and that nobody had been hurt there",
    "that the exchange of prisoners was put off until Friday",
)
_WHEN = ("on Monday", "late in the evening", "in a short statement", "to reporters", "by phone")
_SENTENCE = re.compile(r"[^\n.]+\.")
_SIDES = ("russia", "ukraine", "author", "unknown")


def words(count: int, seed: int) -> str:
    """An article of about that many words, in paragraphs of five sentences."""
    chance = random.Random(seed)
    paragraphs, sentences, made = [], [], 0
    while made < count:
        parts = (chance.choice(some) for some in (_SPEAKERS, _VERBS, _WHEN, _WHAT))
        sentence = " ".join(parts) + "."
        made += sentence.count(" ") + 1
        sentences.append(sentence)
        if len(sentences) == 5:
            paragraphs.append(" ".join(sentences))
            sentences = []
    if sentences:
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


def extract(article: Article, profile: str | None = None) -> Extraction:
    """One claim for every other sentence: its first words are the source, the rest is said."""
    sha, kinds, sides = text_hash(article.text), cycle(ClaimType), cycle(_SIDES)
    sentences, claims, paragraph, before = [], [], 0, 0
    for number, found in enumerate(_SENTENCE.finditer(article.text)):
        start = found.start() + (article.text[found.start()] == " ")
        paragraph += article.text.count("\n\n", before, start)
        before, span = start, Span(start, found.end())
        sentences.append(Sentence(span, paragraph))
        if number % 2:
            continue
        said = article.text.find("that ", start)
        source = article.text.find(" ", start + 4)
        content = (Span(said, span.end),)
        claims.append(
            Claim(
                id=claim_id(sha, list(content), attributed=True),
                content=content,
                source=(Span(start, source),),
                cue=(Span(source + 1, article.text.find(" ", source + 1)),),
                speaker=article.text[start:source],
                role=Role.MINISTRY,
                side=next(sides),
                mode=Mode.INDIRECT,
                type=next(kinds),
                confidence=0.7,
                rule="benchmark",
            )
        )
    return Extraction(sha, tuple(sentences), tuple(claims), (), profile or "generic", "bench", ())


def made(path: Path, articles: int, sizes: tuple[int, ...]) -> dict[int, int]:
    """Make the library, unless it is there; the id of the article of each of `sizes` (words)."""
    wanted = {f"http://example.org/words/{size}": size for size in sizes}
    with Library.open(path, annotator=ANNOTATOR, seed=False, extractor=extract) as library:
        if library.articles.count() < articles:
            with library.transaction():
                _fill(library, articles - len(sizes))
                for url, size in wanted.items():
                    article = Article(words(size, size), title=f"{size:,} words", outlet="Wire")
                    library.articles.add(article, url=url)
        rows = library.rows("SELECT url, id FROM article WHERE url LIKE ?", ("%/words/%",))
        return {wanted[url]: number for url, number in rows}


def _fill(library: Library, articles: int) -> None:
    for number in range(articles):
        article = Article(
            words(150, number),
            title=f"Report {number} from the district",
            outlet=("Wire", "Dnipro Lantern", "River Post")[number % 3],
            date=f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
        )
        library.articles.add(article, url=f"http://example.org/{number}")


def open_at(path: Path, article_id: int) -> None:
    """Have the reader open with an article, at its beginning."""
    with Library.open(path, annotator=ANNOTATOR, seed=False) as library:
        library.set_setting(LAST_ARTICLE, str(article_id))
        library.articles.remember(article_id, 0)
