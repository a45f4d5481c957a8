"""Label Studio: a JSON list of tasks, and the labelling configuration that fits them.

What a person decided stands as an annotation, what only the machine proposes as a prediction, so
that Label Studio shows it for review. Offsets count code points, as Label Studio's own exports do
(its `charsToCodePoints`). The claim whole stands in the `meta` of its content's region.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from claims.codebook import Codebook
from claims.model import Certainty, Distance, Stance
from store.exports.model import Document, Losses, Options
from store.exports.standoff import KEY, one_line_json, origin, parts, payload
from store.records import ClaimRecord, Status

CHOICES: dict[str, tuple[str, ...]] = {
    "stance": tuple(Stance),
    "certainty": tuple(Certainty),
    "distance": tuple(Distance),
    "status": tuple(Status),
}
"""Per-region choices, each named as the claim's field."""
_COLOURS = {
    "ground": "#0072B2",
    "fire": "#D55E00",
    "toll": "#CC79A7",
    "forces": "#009E73",
    "aid": "#56B4E9",
    "politics": "#E69F00",
    "dispute": "#F0E442",
    "view": "#999999",
    "none": "#BBBBBB",
}
"""Okabe and Ito's palette, by group (https://jfly.uni-koeln.de/color/)."""


def write(documents: Iterable[Document], options: Options, losses: Losses) -> Iterator[str]:
    """A JSON list with one task a line."""
    yield "["
    between = "\n"
    for document in documents:
        yield between + one_line_json(_task(document))
        between = ",\n"
    yield "\n]\n"


def beside(codebook: Codebook) -> Mapping[str, str]:
    """The labelling configuration, for the project's settings in Label Studio."""
    labels = [
        f"    <Label value={quoteattr(entry.id)}"
        f' background="{entry.colour or _COLOURS[entry.group]}"/>'
        for entry in codebook.types.values()
    ]
    labels += [f'    <Label value="{name}" background="#666666"/>' for name in ("source", "cue")]
    choices = [
        f'  <Choices name="{name}" toName="text" perRegion="true" showInline="true">\n'
        + "".join(f"    <Choice value={quoteattr(value)}/>\n" for value in among)
        + "  </Choices>"
        for name, among in CHOICES.items()
    ]
    relations = "".join(f'    <Relation value="{name} of"/>\n' for name in ("source", "cue"))
    lines = [
        "<View>",
        '  <Labels name="claim" toName="text">',
        *labels,
        "  </Labels>",
        *choices,
        "  <Relations>",
        relations + "  </Relations>",
        '  <Text name="text" value="$text" granularity="word"/>',
        "</View>",
        "",
    ]
    return {".config.xml": "\n".join(lines)}


def _task(document: Document) -> dict[str, Any]:
    decided = [record for record in document.claims if _touched(record)]
    proposed = [record for record in document.claims if not _touched(record)]
    task: dict[str, Any] = {
        "data": {"text": document.article.text, KEY: origin(document)},
        "annotations": [],
        "predictions": [],
    }
    if decided:
        task["annotations"] = [
            {"was_cancelled": False, "ground_truth": False, "result": _result(document, decided)}
        ]
    if proposed:
        sure = sum(record.claim.confidence for record in proposed) / len(proposed)
        task["predictions"] = [
            {
                "model_version": document.article.extractor,
                "score": round(sure, 3),
                "result": _result(document, proposed),
            }
        ]
    return task


def _touched(record: ClaimRecord) -> bool:
    """Whether a person did anything with it."""
    return record.status.decided or bool(record.note or record.tags)


def _result(document: Document, records: Sequence[ClaimRecord]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for record in records:
        for part in parts(record):
            label = str(record.claim.type) if part.name == "content" else part.name
            for number, (start, end) in enumerate(part.spans):
                value = {"start": start, "end": end, "text": document.article.text[start:end]}
                region: dict[str, Any] = {
                    "id": region_id(record, part.name, number),
                    "from_name": "claim",
                    "to_name": "text",
                    "type": "labels",
                    "value": {**value, "labels": [label]},
                }
                first = part.name == "content" and number == 0
                if first:
                    region["meta"] = {KEY: payload(document, record)}
                    if record.note:
                        region["meta"]["text"] = [record.note]
                found.append(region)
                if first:
                    found += _choices(record, value)
                else:
                    found.append(_relation(record, part.name, number))
    return found


def region_id(record: ClaimRecord, part: str, number: int) -> str:
    """The id of a region: the claim's for the beginning of its content, else with its part."""
    return record.id if part == "content" and number == 0 else f"{record.id}-{part}-{number}"


def _choices(record: ClaimRecord, value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in CHOICES:
        holder = record if name == "status" else record.claim
        yield {
            "id": record.id,
            "from_name": name,
            "to_name": "text",
            "type": "choices",
            "value": {**value, "choices": [str(getattr(holder, name))]},
        }


def _relation(record: ClaimRecord, part: str, number: int) -> dict[str, Any]:
    relation: dict[str, Any] = {
        "type": "relation",
        "from_id": region_id(record, part, number),
        "to_id": record.id,
        "direction": "right",
    }
    if part != "content":
        relation["labels"] = [f"{part} of"]
    return relation
