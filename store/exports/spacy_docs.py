"""spaCy: a DocBin with the claims in `doc.spans["sc"]`, which keeps overlaps.

Sources and cues stand in `doc.spans["source"]` and `doc.spans["cue"]`; the id of a span is its
claim's, and the claims whole stand in `doc.user_data["warreader"]`. The tokens tile the text and
are cut at the edges of the spans, so that none is moved. Needs the extra `spacy`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from claims.model import Span
from store.exports.model import Document, Losses, Options
from store.exports.offsets import tokens
from store.exports.standoff import KEY, one_line_json, origin, parts, payload

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEYS = {"content": "sc", "source": "source", "cue": "cue"}
"""Where the spans of each part stand in `doc.spans`."""


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[bytes]:
    """The bytes of one DocBin. Raises `ImportError` without spaCy."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    bin_ = DocBin(attrs=["ORTH"], store_user_data=True)
    for document in documents:
        bin_.add(_doc(vocab, document))
    yield bin_.to_bytes()


def _doc(vocab: Any, document: Document) -> Doc:
    from spacy.tokens import Doc

    text = document.article.text
    cut = tokens(text, [span for record in document.claims for _, span in record.claim.spans()])
    words = [text[token.start : token.end] for token in cut]
    spaces = [
        text[token.end : token.end + 1] == " " and not _starts(cut, number + 1, token.end)
        for number, token in enumerate(cut)
    ]
    doc = Doc(vocab, words=words, spaces=spaces)
    assert doc.text == text
    for part, key in KEYS.items():
        found = []
        for record in document.claims:
            for span in next((p.spans for p in parts(record) if p.name == part), ()):
                label = str(record.claim.type) if part == "content" else part
                made = doc.char_span(span.start, span.end, label=label, span_id=record.id)
                assert made is not None, "tokens are cut at the spans"
                found.append(made)
        doc.spans[key] = found
    doc.user_data[KEY] = one_line_json(
        {**origin(document), "claims": [payload(document, record) for record in document.claims]}
    )
    return doc


def _starts(cut: Sequence[Span], number: int, at: int) -> bool:
    return number < len(cut) and cut[number].start == at
