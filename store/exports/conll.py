"""CoNLL: a token and its tag on a line (BIO), a blank line after a sentence.

One tag a token: where claims overlap, the longer one is kept and the other is told to the losses,
as is all that a tag cannot say. Source and cue stand in a second and a third column of tags.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from claims.model import Span
from store.exports.model import Document, Losses, Options
from store.exports.offsets import tokens
from store.records import ClaimRecord, Status

PARTS = ("content", "source", "cue")
"""The columns of tags, in their order."""


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """Every article after a `-DOCSTART-` line."""
    for document in documents:
        yield "-DOCSTART-\tO\tO\tO\n\n"
        yield from _sentences(document, losses)


def _sentences(document: Document, losses: Losses) -> Iterator[str]:
    text = document.article.text
    records = [record for record in document.claims if record.status is not Status.REJECTED]
    for record in document.claims:
        if record.status is Status.REJECTED:
            losses.lose(document, record.id, "claim", "a rejected claim has no tag")
        else:
            losses.lose(
                document, record.id, "fields", "a tag holds the type and no other field of it"
            )
    spans = [span for record in records for _, span in record.claim.spans()]
    cut = [token for token in tokens(text, spans) if not text[token.start : token.end].isspace()]
    columns = [_tags(document, records, part, cut, losses) for part in PARTS]
    starts = [sentence.span.start for sentence in document.article.sentences]
    sentence = -1
    lines: list[str] = []
    for number, token in enumerate(cut):
        here = bisect_right(starts, token.start)
        if here != sentence and lines:
            yield "\n".join(lines) + "\n\n"
            lines.clear()
        sentence = here
        words = text[token.start : token.end]
        lines.append("\t".join([words, *(column[number] for column in columns)]))
    if lines:
        yield "\n".join(lines) + "\n\n"


def _tags(
    document: Document,
    records: Sequence[ClaimRecord],
    part: str,
    cut: Sequence[Span],
    losses: Losses,
) -> list[str]:
    starts, ends = [token.start for token in cut], [token.end for token in cut]
    tags = ["O"] * len(cut)
    spans = [(span, record) for record in records for span in getattr(record.claim, part)]
    for span, record in sorted(spans, key=lambda s: (s[0].start - s[0].end, s[0].start, s[1].id)):
        at, stop = bisect_left(starts, span.start), bisect_right(ends, span.end)
        if at >= stop:
            losses.lose(document, record.id, part, "it is nothing but blanks")
        elif any(tag != "O" for tag in tags[at:stop]):
            losses.lose(document, record.id, part, "it overlaps a longer one")
        else:
            kind = str(record.claim.type) if part == "content" else part
            kind = "-".join(kind.split())
            tags[at:stop] = [f"B-{kind}"] + [f"I-{kind}"] * (stop - at - 1)
    return tags
