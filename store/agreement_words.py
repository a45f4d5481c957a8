"""Agreement as tables of words, for the command line and the screen, and as plain JSON values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claims.agreement.comparing import LABELS, SPANS, STATUS, Compared
from claims.agreement.differing import KEPT
from claims.agreement.intervals import Estimate
from claims.agreement.unitizing import ALPHA_U
from claims.codebook import BASE, Codebook
from store.agreement import Agreement, Disagreement
from store.wording import quote

if TYPE_CHECKING:
    from store.adjudication import Case

NONE = "–"
"""Stands where a measure is not defined: nothing to compare, or only one value ever given."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words; all columns but the first are numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(found: Agreement, codebook: Codebook = BASE) -> list[Table]:
    """Labels, spans, types, and pairs of annotators where there are more than two."""
    made = [_labels(found), _spans(found), _types(found, codebook)]
    if found.pairs:
        made.append(_pairs(found))
    return [table for table in made if table.rows]


def summary(found: Agreement) -> str:
    """Who was compared over how much, on one line."""
    claims = f"{counted(found.claims, 'claim')} of {counted(found.articles, 'article')}"
    left = f", {found.left_out:,} left out (not decided by all)" if found.left_out else ""
    return f"{', '.join(found.annotators)}: {claims}{left}"


def counted(number: int, thing: str) -> str:
    """So many things: "1 claim", "2,300 claims"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _labels(found: Agreement) -> Table:
    two = len(found.annotators) == 2
    measures = ["percent", *(["cohen_kappa"] if two else []), "fleiss_kappa", "krippendorff_alpha"]
    rows = []
    for about in (STATUS, *LABELS, "tokens"):
        values = [_of(found, about, measure) for measure in measures]
        last = values[-1]
        if last is None or not last.units:
            continue
        rows.append(
            (
                "kept or not" if about == STATUS else about,
                *(_share(value) if n == 0 else _value(value) for n, value in enumerate(values)),
                interval(last.estimate),
                f"{last.units:,}",
            )
        )
    pieces = _of(found, "units", ALPHA_U)
    if pieces is not None:
        cells = (NONE,) * (len(measures) - 1)
        alpha = (_value(pieces), interval(pieces.estimate), f"{pieces.units:,}")
        rows.append(("pieces uα", *cells, *alpha))
    heads = ("", "same", *(["Cohen κ"] if two else []), "Fleiss κ", "Kripp. α", "95 % of α", "n")
    return Table(heads, tuple(rows))


def _spans(found: Agreement) -> Table:
    rows = []
    for how in SPANS:
        value = _of(found, "spans", f"f1_{how}")
        if value is not None and value.estimate.value is not None:
            rows.append((_HOW[how], _value(value), interval(value.estimate), f"{value.units:,}"))
    return Table(("words of the claims", "F1", "95 % of F1", "n"), tuple(rows))


_HOW = {"exact": "same ends", "overlap": "a word in common", "token": "word by word"}


def _types(found: Agreement, codebook: Codebook) -> Table:
    rows: list[tuple[str, ...]] = []
    present = {one.type for one in found.results if one.type}
    known = [kind for kind in codebook.types if kind in present]
    for kind in [*known, *sorted(present - set(known))]:
        alpha = _of(found, "type", "krippendorff_alpha", kind)
        spans = [_of(found, "spans", f"f1_{how}", kind) for how in SPANS]
        if spans[0] is not None:
            units = alpha.units if alpha is not None else 0
            label = f"{codebook[kind].letter} {codebook[kind].label}"
            pieces = _value(_of(found, "units", ALPHA_U, kind))
            rows.append((label, _value(alpha), pieces, *map(_value, spans), f"{units:,}"))
    heads: tuple[str, ...] = (
        *("type", "Kripp. α", "pieces uα"),
        *("F1 ends", "F1 common", "F1 words", "n"),
    )
    if len(found.annotators) != 2:  # uα is asked of two
        heads, rows = (*heads[:2], *heads[3:]), [(*row[:2], *row[3:]) for row in rows]
    return Table(heads, tuple(rows))


def _pairs(found: Agreement) -> Table:
    rows = []
    for (one, two), pair in found.pairs.items():
        rows.append(
            (
                f"{one}, {two}",
                _value(_of(pair, STATUS, "cohen_kappa")),
                _value(_of(pair, "type", "cohen_kappa")),
                _value(_of(pair, "side", "cohen_kappa")),
                _value(_of(pair, "units", ALPHA_U)),
                _value(_of(pair, "spans", "f1_token")),
                f"{pair.claims:,}",
            )
        )
    heads = ("two of them", "κ kept", "κ type", "κ side", "uα", "F1 words", "n")
    return Table(heads, tuple(rows))


def _of(found: Agreement, about: str, measure: str, kind: str = "") -> Compared | None:
    for one in found.results:
        if (one.about, one.measure, one.type) == (about, measure, kind):
            return one
    return None


def _share(value: Compared | None) -> str:
    if value is None or value.estimate.value is None:
        return NONE
    return f"{100 * value.estimate.value:.0f} %"


def _value(value: Compared | None) -> str:
    return NONE if value is None else number(value.estimate.value)


def number(value: float | None) -> str:
    """A measure to two places, with a real minus sign."""
    return NONE if value is None else f"{value:.2f}".replace("-", "−")


def interval(found: Estimate) -> str:
    """The interval in words: "0.41 to 0.73"."""
    if found.low is None:
        return ""
    return f"{number(found.low)} to {number(found.high)}"


def in_what(one: Disagreement | Case, annotators: Sequence[str]) -> str:
    """In what annotators disagree, with what each has: "type: ann losses, bea strike"."""
    if one.about == (KEPT,):
        return "; ".join(
            f"{name} {_kept(kept)}"
            for name, kept in zip(annotators, one.aligned.kept, strict=True)
            if kept is not None
        )
    told = []
    for about in one.about:
        if about in ("content", "source", "cue"):
            told.append(f"other words of the {about}" if about != "content" else "other words")
            continue
        values = [
            f"{name} {_plain(getattr(mark.claim, about))}"
            for name, mark in zip(annotators, one.aligned.marks, strict=True)
            if mark is not None and mark.verdict.value == "kept"
        ]
        told.append(f"{about}: {', '.join(values)}")
    return "; ".join(told)


def _kept(kept: bool) -> str:
    return "keeps it" if kept else "does not"


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return " → ".join(map(str, value)) or NONE
    return str(value) if value is not None else NONE


def to_json(found: Agreement) -> dict[str, Any]:
    """The agreement as plain values; `null` where a measure is not defined."""
    return {
        "annotators": list(found.annotators),
        "articles": found.articles,
        "claims": found.claims,
        "left_out": found.left_out,
        "measures": [
            {
                "about": one.about,
                "type": one.type or None,
                "measure": one.measure,
                "value": one.estimate.value,
                "low": one.estimate.low,
                "high": one.estimate.high,
                "units": one.units,
            }
            for one in found.results
        ],
        "pairs": [to_json(pair) for pair in found.pairs.values()],
    }


def disagreement_json(one: Disagreement, annotators: Sequence[str], text: str) -> dict[str, Any]:
    """A disagreement as plain values: what each annotator has, by name."""
    return {
        "article": one.article_id,
        "title": one.title,
        "about": list(one.about),
        "claims": {
            name: None
            if mark is None
            else {
                **mark.claim.to_json(),
                "verdict": mark.verdict.value,
                "quote": quote(text, mark.claim.content),
            }
            for name, mark in zip(annotators, one.aligned.marks, strict=True)
        },
    }
