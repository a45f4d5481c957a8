"""Two annotators' versions of one claim side by side, as a text.

What differs has a sign beside it, so that it is seen without colour: ≠ before a field, and ⟦ ⟧
around the words of the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from claims.agreement.aligning import Mark, Verdict
from claims.agreement.differing import FIELDS
from claims.codebook import Codebook
from claims.model import Claim, Span, Spans
from claims.text import displayed
from store.adjudication import Case
from store.wording import channel, speaker
from tui.highlight import type_key
from tui.layout import wrap
from tui.themes import Palette
from tui.widgets.lines import fit

_ALWAYS = ("type", "speaker", "side")
"""Fields that are shown also where they are alike."""
_AROUND = 60
"""Characters of the text that are shown around each end of what either has."""
_LABEL = 13
_GAP = " … "
_OPEN, _CLOSE = "⟦", "⟧"


def sides_text(case: Case, pair: Sequence[str], text: str, palette: Palette, width: int) -> Text:
    """Both versions in two columns, then the words of each in their place."""
    column = max(12, (width - _LABEL - 4) // 2)
    found = Text()
    kept = [_kept(mark) for mark in (case.one, case.two)]
    heads = [f"{letter} {name}" for letter, name in zip("AB", pair, strict=True)]
    _row(found, "", heads, column, [palette["accent"]] * 2, "")
    _row(
        found,
        "verdict",
        [_verdict(mark) for mark in (case.one, case.two)],
        column,
        [palette["sign.accepted" if one else "sign.rejected"] for one in kept],
        "≠" if kept[0] != kept[1] else " ",
    )
    marks = [mark.claim if mark is not None else None for mark in (case.one, case.two)]
    for name in FIELDS:
        if name in ("content", "source", "cue"):
            continue
        values = [
            None if claim is None else _value(claim, name, palette.codebook) for claim in marks
        ]
        differs = None not in values and values[0] != values[1]
        if not differs and name not in _ALWAYS:
            continue
        coloured = name == "type"
        styles = [
            palette[type_key(claim.type)] if coloured and claim is not None else palette["text"]
            for claim in marks
        ]
        _row(found, name, [one or "–" for one in values], column, styles, "≠" if differs else " ")
    found.append("\n")
    _words(found, marks, text, palette, width)
    return found


def _row(
    found: Text,
    label: str,
    cells: Sequence[str],
    column: int,
    styles: Sequence[Style],
    sign: str,
) -> None:
    found.append(f"{sign or ' '} {label:<{_LABEL - 2}}", Style(bold=sign == "≠"))
    for cell, style in zip(cells, styles, strict=True):
        shown = fit(displayed(" ".join(cell.split())), column)
        found.append(shown, style + Style(bold=True) if sign == "≠" else style)
        found.append(" " * (column - cell_len(shown) + 2))
    found.append("\n")


def _kept(mark: Mark | None) -> bool:
    return mark is not None and mark.verdict is Verdict.KEPT


def _verdict(mark: Mark | None) -> str:
    if mark is None:
        return "has no such claim"
    return {Verdict.KEPT: "keeps it", Verdict.REJECTED: "refuses it"}.get(mark.verdict, "undecided")


def _value(claim: Claim, name: str, codebook: Codebook) -> str:
    special: dict[str, Callable[[], str]] = {
        "type": lambda: f"{codebook[claim.type].letter} {codebook[claim.type].label}",
        "about": lambda: codebook[claim.about].label if claim.about else "–",
        "speaker": lambda: speaker(claim),
        "channel": lambda: channel(claim) or "–",
    }
    if name in special:
        return special[name]()
    return str(getattr(claim, name))


def _words(
    found: Text, claims: Sequence[Claim | None], text: str, palette: Palette, width: int
) -> None:
    """The words of each within the text around both; once where they are the same."""
    spans = [span for claim in claims if claim is not None for span in claim.content]
    ends = {at for span in spans for at in span}
    present = [(letter, claim) for letter, claim in zip("AB", claims, strict=True) if claim]
    parts = ("content", "source", "cue")
    alike = len(present) == 2 and all(
        getattr(present[0][1], part) == getattr(present[1][1], part) for part in parts
    )
    if alike:
        present = [("A B", present[0][1])]
    for letter, claim in present:
        sign = " " if alike or len(present) < 2 else "≠"
        found.append(f"{sign} {letter:<4}", palette["accent"])
        _passage(found, claim, text, _shown(text, ends), palette, width - 6)
        found.append("\n")
        for part in parts[1:]:
            if len(present) == 2 and getattr(present[0][1], part) != getattr(present[1][1], part):
                said = _quoted(text, getattr(claim, part))
                found.append(f"  {'':<4}{part}: ", palette["muted"])
                found.append(fit(said, max(8, width - 16)) + "\n", palette[part])


def _quoted(text: str, spans: Spans) -> str:
    return displayed(" … ".join(" ".join(span.of(text).split()) for span in spans)) or "–"


def _shown(text: str, ends: Collection[int]) -> list[Span]:
    """The stretches of the text around the ends, whole words; what lies far from all is left out.

    So that it is the ends that are seen, where the words of two claims differ, and not what they
    share.
    """
    found: list[Span] = []
    for at in sorted(ends):
        start, end = max(0, at - _AROUND), min(len(text), at + _AROUND)
        if start:
            start = min(at, text.find(" ", start, at) + 1 or at)
        if end < len(text):
            end = max(at, text.rfind(" ", at, end))
        if found and start <= found[-1].end + len(_GAP):
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    return found


def _passage(
    found: Text, claim: Claim, text: str, shown: Sequence[Span], palette: Palette, width: int
) -> None:
    """Stretches of the text, the words of a claim in brackets, wrapped beside the letter."""
    opens, closes = ({span[at] for span in claim.content} for at in (0, 1))
    letters: list[str] = []
    inside: list[bool] = []

    def add(words: str, within: bool) -> None:
        letters.extend(words)
        inside.extend([within] * len(words))

    for number, stretch in enumerate(shown):
        if number or stretch.start:
            at = stretch.start
            add(_GAP if number else "… ", _within(claim, at))
        for at in range(stretch.start, stretch.end + 1):
            if at in closes:
                add(_CLOSE, True)
            if at in opens:
                add(_OPEN, True)
            if at < stretch.end:
                add(" " if text[at].isspace() else text[at], _within(claim, at))
    if shown and shown[-1].end < len(text):
        add(" …", _within(claim, shown[-1].end))
    row = displayed("".join(letters))
    style = palette[type_key(claim.type)]
    for number, (start, end) in enumerate(wrap(row, Span(0, len(row)), max(16, width))):
        if number:
            found.append("\n" + " " * 6)
        at = start
        while at < end:
            to = at
            while to < end and inside[to] == inside[at]:
                to += 1
            found.append(row[at:to], style if inside[at] else palette["muted"])
            at = to


def _within(claim: Claim, at: int) -> bool:
    return any(span.start <= at < span.end for span in claim.content)
