"""UIMA CAS for INCEpTION: a ZIP with one CAS an article, as CAS JSON 0.4 or as XMI 1.0.

On disk offsets count UTF-16 units, as UIMA has it; cassis converts. The layers are
`warreader.Claim` (content), `warreader.Source`, `warreader.Cue`, `warreader.Article`, and
DKPro's `Sentence` and `Token`, without which INCEpTION shows nothing. A fragment is an annotation
of its own with the claim's id. Needs the extra `uima`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from claims.model import Span
from store.exports.model import Document, Losses, Options
from store.exports.offsets import tokens
from store.exports.standoff import one_line_json, origin, parts, payload, stem, zipped

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

LAYERS = {"content": "warreader.Claim", "source": "warreader.Source", "cue": "warreader.Cue"}
ARTICLE = "warreader.Article"
FIELDS = ("claimType", "status", "side", "speaker", "stance", "certainty", "distance", "mode")
"""String features of the claim layer, named as the claim's fields; a feature called `type` is not
possible in cassis."""
_SEGMENT = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
_ILLEGAL = re.compile("[\ufffe\uffff]")


def write_json(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[bytes]:
    """The archive of CAS JSON, which holds its types. Raises `ImportError` without cassis."""
    return zipped(
        (f"{stem(document)}.json", str(_cas(document).to_json()).encode("utf-8"))
        for document in documents
    )


def write_xmi(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[bytes]:
    """The archive of XMI, with the type system beside. Raises `ImportError` without cassis."""
    return zipped(_xmi(documents, losses))


def _xmi(documents: Iterable[Document], losses: Losses) -> Iterator[tuple[str, bytes]]:
    yield "TypeSystem.xml", str(_types().to_xml()).encode("utf-8")
    for document in documents:
        if _ILLEGAL.search(document.article.text):
            losses.lose(document, "", "article", "XML cannot hold a character of its text")
            continue
        yield f"{stem(document)}.xmi", str(_cas(document).to_xmi()).encode("utf-8")


def _types() -> TypeSystem:
    from cassis import TypeSystem

    types = TypeSystem()
    for layer in (*LAYERS.values(), ARTICLE):
        made = types.create_type(layer, supertypeName="uima.tcas.Annotation")
        features = (
            ["claimId", "json"] if layer != LAYERS["content"] else ["claimId", *FIELDS, "json"]
        )
        for name in features:
            types.create_feature(made, name, rangeType="uima.cas.String")
    for name in ("Sentence", "Token"):
        types.create_type(f"{_SEGMENT}.{name}", supertypeName="uima.tcas.Annotation")
    return types


def _cas(document: Document) -> Cas:
    from cassis import Cas

    types = _types()
    cas: Any = Cas(typesystem=types)
    text = document.article.text
    cas.sofa_string = text
    cas.sofa_mime = "text/plain"

    def add(layer: str, span: Span, features: Mapping[str, str | None] | None = None) -> None:
        begin, end = span
        cas.add(types.get_type(layer)(begin=begin, end=end, **(features or {})))

    for sentence in document.article.sentences:
        add(f"{_SEGMENT}.Sentence", sentence.span)
    for token in tokens(text, []):
        if not text[token.start : token.end].isspace():
            add(f"{_SEGMENT}.Token", token)
    add(ARTICLE, Span(0, len(text)), {"json": one_line_json(origin(document))})
    for record in document.claims:
        for part in parts(record):
            for number, span in enumerate(part.spans):
                features: dict[str, str | None] = {}
                if part.name == "content":
                    features = {name: _field(record, name) for name in FIELDS}
                    if number == 0:
                        features["json"] = one_line_json(payload(document, record))
                add(LAYERS[part.name], span, {**features, "claimId": record.id})
    return cas


def _field(record: Any, name: str) -> str | None:
    holder = record if name == "status" else record.claim
    value = getattr(holder, "type" if name == "claimType" else name)
    return None if value is None else str(value)
