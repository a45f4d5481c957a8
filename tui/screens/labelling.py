"""What is to be done to all claims of a list: asked for, shown before it is done, and done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from textual.app import App

from claims.text import displayed
from store.db import Library
from store.outcomes import ManyAction, Outcome
from store.records import ClaimFilter, Status
from tui.screens.find import choose, menu_keys
from tui.screens.pick import Option, PickScreen
from tui.screens.prompt import PromptScreen, tags_typed
from tui.themes import Palette


@dataclass(frozen=True, slots=True)
class BulkLabel:
    """One thing to do to many claims."""

    action: ManyAction
    words: str
    """What is asked before it is done: "Accept"."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    tags: tuple[str, ...] = ()

    def apply(
        self, library: Library, where: ClaimFilter, report: Callable[[int, int], None]
    ) -> Outcome:
        """Do it to every claim that fits, as one step."""
        return library.decisions.many(
            self.action,
            library.claims.places(where),
            changes=self.changes,
            note=self.note,
            tags=self.tags,
            report=report,
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a label would be put on."""

    claims: int
    articles: int
    decided: int

    @classmethod
    def of(cls, library: Library, where: ClaimFilter) -> Preview:
        """Count the claims that fit."""
        places = library.claims.places(where)
        decided = tuple(status.value for status in Status if status.decided)
        return cls(
            len(places),
            len({article_id for article_id, _ in places}),
            library.claims.count(_only(where, decided)),
        )

    def words(self) -> str:
        """How many claims in how many articles, and how many of them are decided."""
        claims = f"{self.claims:,} claim{'' if self.claims == 1 else 's'}"
        articles = f"{self.articles:,} article{'' if self.articles == 1 else 's'}"
        already = f"; {self.decided:,} of them decided already" if self.decided else ""
        return f"{claims} in {articles}{already}"


def _only(where: ClaimFilter, statuses: tuple[str, ...]) -> ClaimFilter:
    return ClaimFilter(query=f"({where.query}) status:{','.join(statuses)}")


async def ask_label(
    app: App[Any], palette: Palette, sides: Mapping[str, str], total: int
) -> BulkLabel | None:
    """Ask what is to be done to that many claims; None when cancelled."""
    options = [
        Option("a", "accept", "accept", "take them as they stand"),
        Option("x", "reject", "reject", "they stay visible as rejected"),
        Option("r", "undecide", "reset", "as the machine had them"),
        Option("t", "type …", "type", "give all of them one type"),
        Option("s", "side …", "side", "give all of them one side"),
        Option("g", "add tags …", "tag", "beside those that they have"),
        Option("u", "take tags away …", "untag", "those that you name"),
        Option("m", "note …", "note", "below a note that is there"),
        Option("d", "delete", "delete", "undo brings them back"),
    ]
    label: BulkLabel | str | tuple[str, ...] | None
    action = await app.push_screen_wait(
        PickScreen(f"{_all(total)} of the list: do what?", options, palette)
    )
    if action == "type":
        types = [
            Option(
                entry.menu_key,
                f"{entry.letter} {entry.label}",
                entry.id,
                entry.gloss,
                entry.style_key,
            )
            for entry in palette.codebook.offered()
        ]
        kind = await app.push_screen_wait(PickScreen("All of them are", types, palette))
        label = kind and BulkLabel("edit", f"Set the type {kind} on", {"type": kind})
    elif action == "side":
        listed = [
            Option(key, side, side, displayed(name))
            for key, (side, name) in zip(menu_keys(), sides.items(), strict=False)
        ]
        side = await choose(app, "All of them are of", listed, palette)
        label = side and BulkLabel("edit", f"Set the side {side} on", {"side": side})
    elif action in ("tag", "untag"):
        typed = await app.push_screen_wait(
            PromptScreen(
                "Tags:", hint="words with spaces or commas between · enter goes on · esc cancels"
            )
        )
        tags = tags_typed(typed or "")
        verb = "Add" if action == "tag" else "Take away"
        words = f"{verb} {' '.join(tags)} {'to' if action == 'tag' else 'from'}"
        label = tags and BulkLabel("tag" if action == "tag" else "untag", words, tags=tags)
    elif action == "note":
        from tui.screens.note import NoteScreen  # late: an editor is much to load

        note = await app.push_screen_wait(NoteScreen(""))
        label = note and note.strip() and BulkLabel("note", "Write the note on", note=note)
    elif action in ("accept", "reject", "reset", "delete"):
        words = {"reset": "Undecide"}.get(action, action.capitalize())
        label = BulkLabel(cast(ManyAction, action), words)
    else:
        return None
    return label if isinstance(label, BulkLabel) else None


def _all(total: int) -> str:
    return "The one claim" if total == 1 else f"All {total:,} claims"


async def confirm(app: App[Any], palette: Palette, label: BulkLabel, preview: Preview) -> bool:
    """Whether a person wants it, having seen how many claims it is about."""
    options = [
        Option("y", "yes", "yes", "one step: undo takes all of it back"),
        Option("n", "no", "no", "change nothing"),
    ]
    question = f"{label.words} {preview.words()}?"
    return await app.push_screen_wait(PickScreen(question, options, palette, "no")) == "yes"
