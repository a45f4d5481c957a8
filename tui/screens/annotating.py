"""Annotating by keyboard: the fields of a claim, notes, tags, history."""

from __future__ import annotations

from collections import Counter
from typing import Any

from textual import work

from claims.model import (
    AnyType,
    Certainty,
    Distance,
    Mode,
    Span,
    Stance,
    any_type,
)
from claims.text import displayed
from store.records import ClaimRecord
from store.wording import day, speaker
from tui import messages
from tui.highlight import side_key, type_key
from tui.screens.deciding import DecidingScreen
from tui.screens.find import choose
from tui.screens.pick import Option, PickScreen, free_key
from tui.screens.prompt import PromptScreen, tags_typed
from tui.screens.refusal import Expects
from tui.screens.sheet import SheetScreen, history_sheet


class AnnotatingScreen(DecidingScreen):
    """The screen with the decisions that ask for something first."""

    # Fields

    @work(exclusive=True, group="dialog")
    async def action_relabel(self) -> None:
        """Change the type."""
        if record := await self.claim_for(Expects.KEY):
            kind = await self.ask_type("Type of the claim", record.claim.type)
            if kind is not None:
                await self.edit(record, type=kind)

    async def ask_type(self, question: str, current: AnyType | None) -> AnyType | None:
        """Let a person choose a type by its letter."""
        options = [
            Option(entry.menu_key.upper(), entry.label, entry.id, entry.gloss, type_key(entry.id))
            for entry in self.palette.codebook.offered()
        ]
        picked = await self.app.push_screen_wait(
            PickScreen(question, options, self.palette, current.value if current else None)
        )
        return any_type(picked) if picked else None

    def _worded(self, kind: str) -> list[Option]:
        """The values of a closed list as the codebook words and keys them."""
        return [
            Option(word.key, word.label, word.id, word.gloss)
            for word in self.palette.codebook.words[kind]
        ]

    @work(exclusive=True, group="dialog")
    async def action_set_side(self) -> None:
        """Change the side of the source."""
        if record := await self.claim_for(Expects.KEY):
            taken: set[str] = set()
            options = []
            spoken = Counter(one.claim.side for one in self.records)
            # Where a profile has every state, those of the article come first.
            for side in sorted(self.sides, key=lambda one: one.id not in spoken):
                key = free_key(side.tag + side.id + "123456789", taken)
                options.append(Option(key, side.id, side.id, side.name, side_key(side.id)))
            picked = await choose(
                self.app, "Side of the source", options, self.palette, record.claim.side
            )
            if picked:
                await self.edit(record, side=picked)

    @work(exclusive=True, group="dialog")
    async def action_set_stance(self) -> None:
        """Change what the speaker does with the claim."""
        if record := await self.claim_for(Expects.KEY):
            options = self._worded("stance")
            picked = await self.app.push_screen_wait(
                PickScreen("What the speaker does", options, self.palette, record.claim.stance)
            )
            if picked:
                await self.edit(record, stance=Stance(picked))

    @work(exclusive=True, group="dialog")
    async def action_set_certainty(self) -> None:
        """Change how firmly it is put, or the writer's distance from it."""
        if record := await self.claim_for(Expects.KEY):
            options = self._worded("certainty") + self._worded("distance")
            picked = await self.app.push_screen_wait(
                PickScreen("Certainty and distance", options, self.palette, record.claim.certainty)
            )
            if picked in list(Certainty):
                await self.edit(record, certainty=Certainty(picked))
            elif picked:
                await self.edit(record, distance=Distance(picked))

    @work(exclusive=True, group="dialog")
    async def action_set_speaker(self) -> None:
        """Change who says it; a known speaker brings its role and side."""
        if record := await self.claim_for(Expects.LINE):
            known = {r.claim.speaker: r.claim for r in self.records if r.claim.speaker}
            name = await self.app.push_screen_wait(
                PromptScreen(
                    "Who says it:",
                    value=record.claim.speaker or "",
                    hint="→ takes the suggestion · empty: the article · enter keeps · esc cancels",
                    suggestions=sorted(name for name in known if name),
                    replace=True,
                )
            )
            if name is None:
                return
            name = name.strip()
            changes: dict[str, Any] = {"speaker": name or None}
            like = await self.as_stored(known.get(name))
            if like is not None:
                changes.update(role=like.role, side=like.side)
            elif name and self.profile and (actor := self.profile.actor(name)) is not None:
                changes.update(role=actor.role, side=actor.side)
            if name and record.claim.mode is Mode.UNATTRIBUTED:
                changes["mode"] = Mode.INDIRECT
            await self.edit(record, **changes)

    @work(exclusive=True, group="dialog")
    async def action_note(self) -> None:
        """Write a note on the claim."""
        if record := await self.claim_for(Expects.LINE):
            from tui.screens.note import NoteScreen  # late: an editor is much to load at the start

            words = await self.app.push_screen_wait(NoteScreen(record.note))
            if words is not None and words != record.note:
                ids = (record.article_id, record.id)
                await self.decide(lambda library: library.decisions.note(*ids, words))

    @work(exclusive=True, group="dialog")
    async def action_tags(self) -> None:
        """Change the tags of the claim."""
        closed = self.palette.codebook.tags_closed
        if record := await self.claim_for(Expects.KEY if closed else Expects.LINE):
            if closed:
                await self._tag_from_list(record)
                return
            words = await self.app.push_screen_wait(
                PromptScreen(
                    "Tags:",
                    value=" ".join(record.tags),
                    hint="words with blanks or commas between · enter keeps · esc cancels",
                    suggestions=self._known_tags(),
                )
            )
            if words is not None:
                tags = tags_typed(words)
                ids = (record.article_id, record.id)
                await self.decide(lambda library: library.decisions.tag(*ids, tags))

    def _known_tags(self) -> list[str]:
        """The codebook's tags, then those that this article has."""
        named = [tag.name for tag in self.palette.codebook.tags]
        return named + sorted({tag for r in self.records for tag in r.tags} - set(named))

    async def _tag_from_list(self, record: ClaimRecord) -> None:
        """Give or take one of the tags that a closed list allows."""
        options = []
        taken = {tag.key.lower() for tag in self.palette.codebook.tags}
        for tag in self.palette.codebook.tags:
            key = tag.key or free_key(tag.name + "123456789", taken)
            sign = "✓" if tag.name in record.tags else " "
            options.append(Option(key, f"{sign} {tag.name}", tag.name, tag.gloss))
        others = [tag for tag in record.tags if self.palette.codebook.tag(tag) is None]
        options += [Option(" ", f"✓ {tag}", tag, "not in the codebook") for tag in others]
        picked = await self.app.push_screen_wait(
            PickScreen("Tags: a key gives or takes one", options, self.palette)
        )
        if picked is not None:
            kept = tuple(tag for tag in record.tags if tag != picked)
            tags = kept if picked in record.tags else (*kept, picked)
            ids = (record.article_id, record.id)
            await self.decide(lambda library: library.decisions.tag(*ids, tags))

    # Looking and copying

    @work(exclusive=True, group="dialog")
    async def action_history(self) -> None:
        """What was decided on the claim."""
        if record := self.current_claim():
            from store.history import steps

            claim_id, article_id = record.id, record.article_id
            codebook = self.palette.codebook
            found = await self.ask_store(
                self.work.run(lambda library: steps(library, article_id, claim_id, codebook))
            )
            if found is not None:
                await self.app.push_screen_wait(
                    SheetScreen("History of the claim", history_sheet(found, self.palette))
                )

    def on_text_selected(self) -> None:
        """Say what can be done with what the mouse has selected."""
        if self.get_selected_text():
            self.tell(messages.SELECTED)

    def action_copy(self) -> None:
        """Copy the sentence, or what the mouse has selected, with where it comes from."""
        if self.page is None:
            self.tell(messages.NO_ARTICLE)
            return
        summary = self.page.article.summary
        where = ", ".join(
            displayed(part)
            for part in (summary.title, summary.outlet, day(summary.date), summary.url)
            if part
        )
        words = self.get_selected_text() or self._sentence_to_copy()
        self.app.copy_to_clipboard(f"{displayed(words)} ({where})".replace("\n", " "))
        self.tell("Sent to the clipboard.")

    def _sentence_to_copy(self) -> str:
        """The sentences of the claim, or the current one; who says it, where they do not tell."""
        assert self.page is not None
        index, text, record = self.page.index, self.page.article.text, self.record
        if record is None:
            return index.span(self.sentence).of(text)
        first = index.span(index.at(record.claim.start))
        last = index.span(index.at(record.claim.end - 1))
        words = Span(first.start, max(first.end, last.end)).of(text)
        who = speaker(record.claim)
        return words if who.casefold() in words.casefold() else f"{who}: {words}"
