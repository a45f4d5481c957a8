"""The claims panel: every claim of the article with its type, speaker, side, state and words.

It can be in the order of the text, by speaker, type or side in groups that fold, or by doubt.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.content import Content

from claims.model import Claim, Mode, Span
from claims.text import displayed
from store.records import ClaimRecord, Status
from store.wording import chain, speaker
from tui.arranging import Arrangement, Head, Order, group_of
from tui.bindings import bindings
from tui.commands import Context
from tui.highlight import side_key, type_key
from tui.keymap import keys_of
from tui.layout import wrap
from tui.widgets.lines import LineList, Piece, fit

_EXCERPT_ROWS = 2


class ClaimsPanel(LineList):
    """The claims of one article: who, what in two rows, and who relays it where someone does."""

    ITEM_HEIGHT = 1 + _EXCERPT_ROWS
    BINDINGS = bindings(Context.CLAIMS)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.records: Sequence[ClaimRecord] = ()
        self.tags: Mapping[str, str] = {}
        self.filtered = False
        self.order = Order.TEXT
        self.folded: set[str] = set()
        """The groups that are folded, by what their claims share."""
        self.disputes: Mapping[str, int] = {}
        """How many rivals a claim has."""
        self.outlet: str | None = None
        self._text = ""
        self._places: dict[str, int] = {}
        self._arranged = Arrangement((), Order.TEXT)

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
        self.rearrange()

    def rearrange(self) -> None:
        """Put the claims into the order in force, with the groups that are folded."""
        self._arranged = Arrangement(self.records, self.order, self.folded, self._height)
        self.border_title = Content(f"{len(self.records)} claims {self.order.words}")
        self.set_count(len(self._arranged.lines))

    def _height(self, record: ClaimRecord) -> int:
        return self.ITEM_HEIGHT + bool(record.claim.channel)

    def top_of(self, index: int) -> int:
        """The first row of an item: heads are one row, claims that are relayed one more."""
        tops = self._arranged.tops
        return tops[max(0, min(index, len(tops) - 1))]

    def item_at(self, row: int) -> tuple[int, int]:
        """The item that a row belongs to, and which row of the item it is."""
        index = bisect_right(self._arranged.tops, row) - 1
        return index, row - self.top_of(index)

    def rank_of(self, claim_id: str | None) -> int | None:
        """Which one a claim is in the order of the panel, from 0."""
        place = None if claim_id is None else self._places.get(claim_id)
        return None if place is None else self._arranged.rank_of(place)

    def ranked(self, rank: int) -> ClaimRecord:
        """The claim that is the `rank`-th in the order of the panel."""
        return self.records[self._arranged.ranked[rank]]

    def index_of(self, claim_id: str | None) -> int | None:
        """The line that shows a claim, or the head that it is folded under."""
        place = None if claim_id is None else self._places.get(claim_id)
        return None if place is None else self._arranged.line_of(place)

    def record_at(self, index: int) -> ClaimRecord | None:
        """The claim of a line; None for a head, whose claims can be folded."""
        lines = self._arranged.lines
        line = lines[index] if 0 <= index < len(lines) else None
        return self.records[line] if isinstance(line, int) else None

    def claim_changed(self, claim_id: str) -> None:
        """A claim has changed in the list that was given, and stands where it stood."""
        line = self.index_of(claim_id)
        if line is None:
            return
        record = self.record_at(line)
        rows = self.top_of(line + 1) - self.top_of(line)
        if self.order is Order.TEXT and record is not None and self._height(record) == rows:
            self.refresh_item(line)
        else:
            self.rearrange()

    # Folding

    def group_at(self, index: int) -> str | None:
        """The group that a line belongs to."""
        if not 0 <= index < len(self._arranged.lines):
            return None
        line = self._arranged.lines[index]
        return line.key if isinstance(line, Head) else group_of(self.records[line], self.order)

    def fold(self, index: int, *, fold: bool | None = None) -> None:
        """Fold or unfold the group of a line, or turn it; the cursor goes to its head."""
        group = self.group_at(index)
        if group is None:
            return
        if fold is None:
            fold = group not in self.folded
        (self.folded.add if fold else self.folded.discard)(group)
        self.rearrange()
        heads = enumerate(self._arranged.lines)
        self.go_to(next(at for at, one in heads if isinstance(one, Head) and one.key == group))

    def action_fold(self) -> None:
        """Hide the claims of the group."""
        self.fold(self.cursor, fold=True)

    def action_unfold(self) -> None:
        """Show the claims of the group."""
        self.fold(self.cursor, fold=False)

    def action_turn_fold(self) -> None:
        """On the head of a group: fold or unfold it."""
        if self.record_at(self.cursor) is None:
            self.fold(self.cursor)

    def _head_rows(self, head: Head, width: int) -> Iterable[Iterable[Piece]]:
        assert self.palette is not None
        palette = self.palette
        sign = "▸" if head.folded else "▾"
        name, style = head.key, palette["title"]
        if self.order is Order.TYPE:
            entry = palette.codebook[head.key]
            name, style = f"{entry.letter} {entry.label}", palette.letter(type_key(head.key))
        elif self.order is Order.SIDE:
            style = palette.letter(side_key(head.key))
            name = f"{self.tags.get(head.key, '??')} {head.key}"
        count = f" {head.claims}"
        name = fit(displayed(name), width - 3 - len(count))
        room = width - 3 - cell_len(name) - len(count)
        yield (
            (f"{sign} ", palette["accent"]),
            (name, style),
            (" " * max(0, room), Style()),
            (count, palette["accent"]),
        )

    def item_rows(self, index: int, width: int) -> Iterable[Iterable[Piece]]:
        """Sign, letter, speaker, rivals, side; the words; who relays it. Or a head."""
        assert self.palette is not None
        line, palette = self._arranged.lines[index], self.palette
        if isinstance(line, Head):
            yield from self._head_rows(line, width)
            return
        record = self.records[line]
        claim = record.claim
        rejected = record.status is Status.REJECTED
        tag = self.tags.get(claim.side, "??")
        who = speaker(claim)
        flags = ("~" if claim.certainty == "hedged" else "") + (
            "?" if claim.distance == "sceptical" else ""
        )
        extras = flags + ("✉" if record.note else "") + ("#" if record.tags else "")
        rivals = self.disputes.get(record.id, 0)
        extras = f"⇄{rivals} {extras}".strip() if rivals else extras
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
        rows = excerpt(claim, self._text, width - 5)
        for words in rows:
            yield (("  ", Style()), bar, (words, palette["text"] + struck))
        if claim.channel:
            relayed = fit(displayed(chain(claim)), width - 5)
            yield (("  ", Style()), bar, (relayed, palette["muted"]))

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
    rows = [words[start:end] for start, end in wrap(words, Span(0, len(words)), width)]
    if len(rows) > _EXCERPT_ROWS:
        rows = rows[:_EXCERPT_ROWS]
        rows[-1] = (
            fit(rows[-1] + " …", width) if cell_len(rows[-1]) + 2 > width else rows[-1] + " …"
        )
    return rows
