"""Documents for the tests of the exports: hostile strings, and a strategy for whole documents."""

from __future__ import annotations

from hypothesis import strategies as st

from claims.model import (
    Certainty,
    Claim,
    ClaimType,
    Mode,
    Quantity,
    Role,
    Sentence,
    Span,
    Stance,
    text_hash,
)
from claims.text import canonical
from store.exports.model import Document
from store.records import ArticleRecord, ArticleSummary, ClaimRecord, Status

HOSTILE = (
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' style='x",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[Reuters] x",
    "![i](http://e/i.png)",
    "`code` *b* _u_ ~~s~~ # h | c",
    "1. one",
    "- item",
    "---",
    "&lt;b&gt; &amp;",
    "<!-- --> <![CDATA[ ]]>",
    '=HYPERLINK("http://e","x")',
    "+1",
    "-7 killed",
    "@SUM(A1)",
    "\t=1",
    "  =1",
    "7 \u202eerom dna\u202c killed",
    "Khar\u200bkiv",
    "😀 👩\u200d👩\u200d👧 é ﷽",
    "مرحبا (שלום)",
    "a\r\nb\rc\nd",
    "a\u2028b\u2029c\x85d",
    "A\x1b]52;c;ZWNobyBoaQ==\x1b\\B",
    "\x9b2J",
    "$x$ \\ back\\",
    'a,b;c"d"',
)

TEXT_PIECES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cc", "Cf", "Mn", "Zs", "So"]), max_size=6),
)
LINES = TEXT_PIECES.map(lambda s: canonical(" ".join(s.split())) or "x")


@st.composite
def spans(draw: st.DrawFn, length: int, most: int = 2) -> tuple[Span, ...]:
    """Up to `most` spans in order, not overlapping, inside a text of that length."""
    number = draw(st.integers(1, most)) * 2
    cuts = draw(
        st.lists(st.integers(0, length), min_size=number, max_size=number, unique=True)
        if length >= number
        else st.just([0, length])
    )
    cuts = sorted(cuts)
    return tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True))


@st.composite
def claims(draw: st.DrawFn, text: str, number: int) -> Claim:
    """A claim anywhere in the text, with hostile names."""
    said = draw(st.booleans())
    return Claim(
        id=f"c{number:016x}",
        content=draw(spans(len(text))),
        source=draw(spans(len(text), 1)) if said else (),
        cue=draw(spans(len(text), 1)) if said else (),
        speaker=draw(LINES) if said else None,
        role=draw(st.sampled_from(list(Role))),
        side=draw(st.sampled_from(["ukraine", "russia", "media", "<b>", "=x"])),
        channel=tuple(draw(st.lists(LINES, max_size=2))),
        mode=draw(st.sampled_from(list(Mode))),
        type=draw(st.sampled_from(list(ClaimType))),
        stance=draw(st.sampled_from(list(Stance))),
        certainty=draw(st.sampled_from(list(Certainty))),
        quantities=tuple(
            draw(
                st.lists(
                    st.builds(
                        Quantity,
                        span=st.just(Span(0, 1)),
                        low=st.one_of(st.none(), st.integers(-9, 10**6).map(float)),
                        high=st.one_of(st.none(), st.just(1.5)),
                        object=st.one_of(st.none(), LINES),
                    ),
                    max_size=2,
                )
            )
        ),
        victims=draw(st.sampled_from([None, "ukraine", "russia", "<b>", "=x"])),
        confidence=draw(st.sampled_from([0.0, 0.5, 1.0])),
        rule="test",
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """An article with claims anywhere in a hostile text."""
    text = canonical("".join(draw(st.lists(TEXT_PIECES, min_size=1, max_size=8))))
    if not text.strip():
        text = "x" + text
    found = [draw(claims(text, number)) for number in range(draw(st.integers(0, 4)))]
    found.sort(key=lambda claim: (claim.start, claim.end, claim.id))
    records = tuple(
        ClaimRecord(
            article_id=1,
            claim=claim,
            status=draw(st.sampled_from(list(Status))),
            note=canonical(draw(TEXT_PIECES)),
            tags=tuple(draw(st.lists(LINES, max_size=2, unique=True))),
            annotator=draw(LINES),
            decided_at="2026-01-02T03:04:05.678+00:00",
        )
        for claim in found
    )
    summary = ArticleSummary(
        id=1,
        title=draw(LINES),
        outlet=draw(st.one_of(st.none(), LINES)),
        byline=draw(st.one_of(st.none(), LINES)),
        date="2024-08-14",
        url=draw(st.one_of(st.none(), LINES, st.just("https://example.org/a?b=1&c=%20"))),
        profile="russia-ukraine",
        words=1,
        claims=len(records),
        decided=0,
        read_at=None,
    )
    article = ArticleRecord(
        summary=summary,
        text=text,
        text_sha256=text_hash(text),
        text_version_id=1,
        sentences=(Sentence(Span(0, len(text)), 0),),
        extractor="test-1",
        notes=(draw(LINES),),
        position=0,
    )
    return Document(article, records, (), {}, "ann")


def document(
    text: str = "Kyiv 😀 said Russia lost 3 tanks. Moscow denies it.\n",
    *,
    title: str = "Tanks",
    url: str | None = None,
    note: str = "",
    speaker: str = "Kyiv",
    status: Status = Status.ACCEPTED,
) -> Document:
    """One small article with the claim "Russia lost 3 tanks" (code points 12 to 31)."""
    start = text.find("Russia lost 3 tanks")
    content = Span(start, start + 19) if start >= 0 else Span(0, len(text))
    claim = Claim(
        id="c0000000000000001",
        content=(content,),
        source=(Span(0, 4),),
        cue=(Span(7, 11),),
        speaker=speaker,
        side="ukraine",
        mode=Mode.INDIRECT,
        type=ClaimType.LOSSES,
        quantities=(Quantity(Span(content.start + 12, content.start + 13), 3, 3, object="tanks"),),
        confidence=0.8,
        rule="r1",
    )
    record = ClaimRecord(1, claim, status, note, ("t",), "ann", "2026-01-02T03:04:05+00:00")
    summary = ArticleSummary(
        id=1,
        title=title,
        outlet="Lantern",
        byline=None,
        date="2024-08-14",
        url=url,
        profile="russia-ukraine",
        words=9,
        claims=1,
        decided=1,
        read_at=None,
    )
    split = text.find(". ") + 1
    sentences = (Sentence(Span(0, split), 0), Sentence(Span(split + 1, len(text.rstrip())), 0))
    article = ArticleRecord(summary, text, text_hash(text), 1, sentences, "test-1", (), 0)
    return Document(article, (record,), (), {}, "ann")
