"""brat standoff: a ZIP of `X.txt` and `X.ann` for each article, with brat's configuration.

The claim's content, source and cue are text-bound annotations, held together by `Source` and `Cue`
relations; its fields are attributes, and the note of its content carries the claim whole. Offsets
count code points. A fragment ends at a line end, since brat's marks stand on one line.
(brat's manual, "brat standoff format", https://brat.nlplab.org/standoff.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claims.model import Certainty, Distance, Mode, Role, Stance
from store.exports.model import Document, Losses, Options
from store.exports.standoff import one_line_json, origin, parts, payload, pieces, stem, zipped
from store.records import ClaimRecord, Status

ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "Status": tuple(Status),
    "Stance": tuple(Stance),
    "Certainty": tuple(Certainty),
    "Distance": tuple(Distance),
    "Mode": tuple(Mode),
    "Role": tuple(Role),
}
"""The attributes that a person can change in brat, each named as the claim's field."""


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[bytes]:
    """The archive; configuration last, since it lists the types and sides that were met."""
    return zipped(_files(documents, options, losses))


def label(kind: str) -> str:
    """A type or a value as brat can spell it: letters, digits, `-` and `_`."""
    return re.sub(r"[^0-9A-Za-z_-]", "_", kind) or "_"


def _files(
    documents: Iterable[Document], options: Options, losses: Losses
) -> Iterator[tuple[str, bytes]]:
    kinds = dict.fromkeys(options.codebook.types)
    sides: dict[str, None] = {}
    for document in documents:
        yield f"{stem(document)}.txt", document.article.text.encode("utf-8")
        lines = list(_lines(document, losses))
        yield f"{stem(document)}.ann", "".join(one + "\n" for one in lines).encode("utf-8")
        kinds |= {str(record.claim.type): None for record in document.claims}
        sides |= {label(record.claim.side): None for record in document.claims}
    yield "annotation.conf", _configuration(kinds, sides).encode("utf-8")


def _lines(document: Document, losses: Losses) -> Iterator[str]:
    text = document.article.text
    marks = relations = attributes = notes = 0
    held = [r.id for r in document.claims if pieces(text, r.claim.content)]
    article = {**origin(document), "claims": held}
    for record in document.claims:
        ids: dict[str, str] = {}
        for part in parts(record):
            fragments = pieces(text, part.spans)
            if not fragments:
                losses.lose(document, record.id, part.name, "it is nothing but line ends")
                continue
            marks += 1
            ids[part.name] = f"T{marks}"
            kind = label(str(record.claim.type)) if part.name == "content" else part.name.title()
            where = ";".join(f"{start} {end}" for start, end in fragments)
            words = " ".join(span.of(text) for span in fragments)
            yield f"T{marks}\t{kind} {where}\t{words}"
        content = ids.get("content")
        if content is None:
            continue
        for part_name in ("source", "cue"):
            if part_name in ids:
                relations += 1
                yield f"R{relations}\t{part_name.title()}_of Arg1:{ids[part_name]} Arg2:{content}"
        for name, value in _attributes(record):
            attributes += 1
            yield f"A{attributes}\t{name} {content} {label(value)}"
        notes += 1
        whole = one_line_json({"claim": payload(document, record), "article": article})
        yield f"#{notes}\tAnnotatorNotes {content}\t{whole}"


def _attributes(record: ClaimRecord) -> Iterator[tuple[str, str]]:
    for name in ATTRIBUTES:
        holder = record if name == "Status" else record.claim
        yield name, str(getattr(holder, name.lower()))
    yield "Side", record.claim.side


def _configuration(kinds: Iterable[str], sides: Iterable[str]) -> str:
    marks = [*map(label, kinds), "Source", "Cue"]
    claims = "|".join(map(label, kinds))
    values = {name: "|".join(map(label, among)) for name, among in ATTRIBUTES.items()}
    values["Side"] = "|".join(sides) or "unknown"
    return "\n".join(
        [
            "[entities]",
            *marks,
            "[relations]",
            f"Source_of\tArg1:Source, Arg2:{claims}",
            f"Cue_of\tArg1:Cue, Arg2:{claims}",
            "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
            "[events]",
            "[attributes]",
            *(f"{name}\tArg:<ENTITY>, Value:{among}" for name, among in values.items()),
            "",
        ]
    )
