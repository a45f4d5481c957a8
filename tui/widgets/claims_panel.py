"""The claims panel: every claim of the article with its type, speaker, side, state and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from rich.style import Style

from claims.model import Claim, Mode, Span
from claims.text import displayed
from store.records import ClaimRecord, Status
from store.wording import speaker
from tui.bindings import bindings
from tui.commands import Context
from tui.highlight import side_key, type_key
from tui.keymap import keys_of
from tui.layout import wrap
from tui.widgets.lines import LineList, Piece, fit

_EXCERPT_ROWS = 2


class ClaimsPanel(LineList):
    """The claims of one article, three rows each: who, and what in two rows."""

    ITEM_HEIGHT = 1 + _EXCERPT_ROWS
    BINDINGS = bindings(Context.CLAIMS)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.records: Sequence[ClaimRecord] = ()
        self.tags: Mapping[str, str] = {}
        self.filtered = False
        self._text = ""
        self._places: dict[str, int] = {}

    def show(
        self,
        records: Sequence[ClaimRecord],
        text: str,
        tags: Mapping[str, str],
        *,
        filtered: bool,
    ) -> None:
        """Show these claims of `text` (already displayable); `tags` are the sides' two letters."""
        self.records, self._text, self.tags, self.filtered = records, text, tags, filtered
        self._places = {record.id: place for place, record in enumerate(records)}
        self.set_count(len(records))

    def index_of(self, claim_id: str | None) -> int | None:
        """Where a claim stands in the list."""
        return None if claim_id is None else self._places.get(claim_id)

    def claim_changed(self, claim_id: str) -> None:
        """A claim has changed in the list that was given, and stands where it stood."""
        place = self.index_of(claim_id)
        if place is not None:
            self.refresh_item(place)

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Sign, letter, speaker, side; then the words."""
        assert self.palette is not None
        record, palette = self.records[index], self.palette
        claim = record.claim
        rejected = record.status is Status.REJECTED
        tag = self.tags.get(claim.side, "??")
        who = speaker(claim)
        flags = ("~" if claim.certainty == "hedged" else "") + (
            "?" if claim.distance == "sceptical" else ""
        )
        extras = flags + ("✉" if record.note else "") + ("#" if record.tags else "")
        right = f"{extras} {tag}".strip()
        room = width - 5 - cell_len(right) - 1
        name = fit(displayed(who), room)
        struck = Style(strike=True, dim=True) if rejected else Style()
        yield (
            (f"{record.status.sign} ", palette[f"sign.{record.status}"]),
            (
                f"{palette.codebook[claim.type].letter} ",
                palette.letter(type_key(claim.type)) + struck,
            ),
            (name, palette["title" if claim.mode is not Mode.UNATTRIBUTED else "muted"] + struck),
            (" " * (room - cell_len(name) + 1), Style()),
            (right, palette.letter(side_key(claim.side))),
        )
        bar = ("▌ ", palette.letter(side_key(claim.side)))
        for line in excerpt(claim, self._text, width - 5):
            yield (("  ", Style()), bar, (line, palette["text"] + struck))

    def empty_rows(self, width: int) -> Iterable[Iterable[Piece]]:
        """Why there is nothing here, and what to press."""
        assert self.palette is not None
        keys = keys_of(self.app)
        words = (
            ("No claim passes the filter.", f"{keys.key('clear-filters')} shows all claims again.")
            if self.filtered
            else (
                "No claims in this article.",
                f"{keys.key('new-claim')} makes one on the sentence.",
            )
        )
        for line in words:
            for start, end in wrap(line, Span(0, len(line)), max(8, width - 2)):
                yield ((" " + line[start:end], self.palette["muted"]),)


def excerpt(claim: Claim, text: str, width: int) -> list[str]:
    """The first words of a claim, wrapped to the panel's rows."""
    if width < 4:
        return []
    limit = width * (_EXCERPT_ROWS + 1)
    words = " … ".join(
        text[span.start : min(span.end, span.start + limit)] for span in claim.content
    )
    words = " ".join(words[: limit + 1].split())
    words = words.removeprefix("that ")
    if claim.channel:
        words += " · " + displayed(" → ".join(claim.channel))
    rows = [words[start:end] for start, end in wrap(words, Span(0, len(words)), width)]
    if len(rows) > _EXCERPT_ROWS:
        rows = rows[:_EXCERPT_ROWS]
        rows[-1] = (
            fit(rows[-1] + " …", width) if cell_len(rows[-1]) + 2 > width else rows[-1] + " …"
        )
    return rows
