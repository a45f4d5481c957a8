"""Annotating by keyboard: the fields of a claim, new claims, and where their spans end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual import work

from claims.model import (
    AnyType,
    Certainty,
    Claim,
    Distance,
    Mode,
    Span,
    Spans,
    Stance,
    any_type,
)
from claims.quantities import find_dates, find_quantities
from claims.text import displayed
from claims.victims import victims_of
from store.records import ClaimRecord
from store.wording import day, speaker
from tui import messages
from tui.highlight import side_key, type_key
from tui.screens.deciding import DecidingScreen
from tui.screens.pick import Option, PickScreen
from tui.screens.prompt import PromptScreen
from tui.screens.sheet import SheetScreen, history_sheet
from tui.screens.spanning import SpanScreen
from tui.spans import SpanEdit


class AnnotatingScreen(DecidingScreen):
    """The screen with the decisions that ask for something first."""

    # Fields

    @work(exclusive=True, group="dialog")
    async def action_relabel(self) -> None:
        """Change the type."""
        if record := self.current_claim():
            kind = await self._ask_type("Type of the claim", record.claim.type)
            if kind is not None:
                await self.edit(record, type=kind)

    async def _ask_type(self, question: str, current: AnyType | None) -> AnyType | None:
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
        if record := self.current_claim():
            taken: set[str] = set()
            options = []
            for side in self.sides:
                key = _free_key(side.tag + side.id + "123456789", taken)
                options.append(Option(key, side.id, side.id, side.name, side_key(side.id)))
            picked = await self.app.push_screen_wait(
                PickScreen("Side of the source", options, self.palette, record.claim.side)
            )
            if picked:
                await self.edit(record, side=picked)

    @work(exclusive=True, group="dialog")
    async def action_set_stance(self) -> None:
        """Change what the speaker does with the claim."""
        if record := self.current_claim():
            options = self._worded("stance")
            picked = await self.app.push_screen_wait(
                PickScreen("What the speaker does", options, self.palette, record.claim.stance)
            )
            if picked:
                await self.edit(record, stance=Stance(picked))

    @work(exclusive=True, group="dialog")
    async def action_set_certainty(self) -> None:
        """Change how firmly it is put, or the writer's distance from it."""
        if record := self.current_claim():
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
        if record := self.current_claim():
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
            like = known.get(name)
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
        if record := self.current_claim():
            words = await self.app.push_screen_wait(
                PromptScreen(
                    "Note:", value=record.note, hint="empty removes it · enter keeps · esc cancels"
                )
            )
            if words is not None and words != record.note:
                ids = (record.article_id, record.id)
                await self.decide(lambda library: library.decisions.note(*ids, words))

    @work(exclusive=True, group="dialog")
    async def action_tags(self) -> None:
        """Change the tags of the claim."""
        if record := self.current_claim():
            if self.palette.codebook.tags_closed:
                await self._tag_from_list(record)
                return
            words = await self.app.push_screen_wait(
                PromptScreen(
                    "Tags:",
                    value=" ".join(record.tags),
                    hint="words with blanks between them · enter keeps · esc cancels",
                    suggestions=self._known_tags(),
                )
            )
            if words is not None:
                tags = tuple(
                    dict.fromkeys(word.strip("#,") for word in words.split() if word.strip("#,"))
                )
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
            key = tag.key or _free_key(tag.name + "123456789", taken)
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

    # New claims and spans

    @work(exclusive=True, group="dialog")
    async def action_new_claim(self) -> None:
        """New claim on the current sentence."""
        if self.page is None:
            self.tell(messages.NO_ARTICLE)
            return
        span = self.page.index.span(self.sentence)
        if span.start < span.end:
            await self._add((span,), "New claim on the sentence: its type")

    @work(exclusive=True, group="dialog")
    async def action_new_span_claim(self) -> None:
        """New claim on a part of the current sentence."""
        if self.page is None:
            self.tell(messages.NO_ARTICLE)
            return
        home = self.page.index.span(self.sentence)
        if home.start >= home.end:
            return
        edit = await self._move_spans(
            SpanEdit.fresh(self.page.article.text, home), Claim("", (home,))
        )
        if edit is not None:
            await self._add(
                edit.parts["content"],
                "New claim: its type",
                source=edit.parts["source"],
                cue=edit.parts["cue"],
            )

    async def _add(
        self, content: Spans, question: str, *, source: Spans = (), cue: Spans = ()
    ) -> None:
        kind = await self._ask_type(question, None)
        if kind is None or self.page is None:
            return
        article = self.page.article
        claim = Claim(
            id="",
            content=content,
            source=source,
            cue=cue,
            type=kind,
            side="author" if not source else "unknown",
            mode=Mode.INDIRECT if source else Mode.UNATTRIBUTED,
            confidence=1.0,
            rule="by hand",
            **self._following(content, source, cue),
        )
        outcome = await self.decide(lambda library: library.decisions.add(article.id, claim))
        if outcome is not None and outcome.claim_ids:
            self.go_to_claim(outcome.claim_ids[0])

    def _following(self, content: Spans, source: Spans, cue: Spans) -> dict[str, Any]:
        """What follows from new spans: quantities, places, dates, and whose people were harmed."""
        assert self.page is not None and self.profile is not None
        profile = self.profile
        text, date = self.page.article.text, self.page.article.summary.date
        return {
            "quantities": tuple(q for span in content for q in find_quantities(text, span)),
            "places": tuple(p for span in content for p in profile.places_in(text, span)),
            "dates": tuple(m for span in content for m in find_dates(text, span, date)),
            "victims": victims_of(text, content, profile, source=source, cue=cue),
        }

    @work(exclusive=True, group="dialog")
    async def action_respan(self) -> None:
        """Move the ends of source, cue and content."""
        record = self.current_claim()
        if record is None or self.page is None:
            return
        home = self.page.index.span(self.page.index.at(record.claim.start))
        start = SpanEdit.of(self.page.article.text, record.claim, home)
        edit = await self._move_spans(start, record.claim)
        if edit is None:
            return
        changes: dict[str, Any] = dict(edit.changes(record.claim))
        if changes:
            following = self._following(
                *(edit.parts[part] for part in ("content", "source", "cue"))
            )
            # Only whose people were harmed is read from source and cue too.
            changes |= following if "content" in changes else {"victims": following["victims"]}
        if changes:
            await self.edit(record, **changes)

    async def _move_spans(self, edit: SpanEdit, claim: Claim) -> SpanEdit | None:
        """Let a person move the spans, with the reader showing every step."""

        def preview(now: SpanEdit) -> None:
            self.editing = replace(
                claim,
                content=now.parts["content"],
                source=now.parts["source"],
                cue=now.parts["cue"],
            )
            span = now.current
            self.edge = None if span is None else (span.end - 1 if now.at_end else span.start)
            self._follow()
            if self.edge is not None:
                self.reader.reveal(Span(self.edge, self.edge + 1), context=1)

        preview(edit)
        try:
            return await self.app.push_screen_wait(SpanScreen(edit, preview))
        finally:
            self.editing, self.edge = None, None
            if self.is_running:
                self._follow()

    # Looking and copying

    @work(exclusive=True, group="dialog")
    async def action_history(self) -> None:
        """What was decided on the claim."""
        if record := self.current_claim():
            claim_id, article_id = record.id, record.article_id
            text = self.page.article.text if self.page else ""
            log = await self.ask_store(
                self.work.run(lambda library: library.decisions.log(article_id, claim_id))
            )
            if log is not None:
                await self.app.push_screen_wait(
                    SheetScreen("History", history_sheet(log, self.palette, text))
                )

    def action_copy(self) -> None:
        """Copy the claim, or the sentence where there is none, with where it comes from."""
        if self.page is None:
            self.tell(messages.NO_ARTICLE)
            return
        article, record = self.page.article, self.record
        spans: Spans = record.claim.content if record else (self.page.index.span(self.sentence),)
        words = displayed(" … ".join(span.of(article.text) for span in spans))
        who = displayed(speaker(record.claim)) + ": " if record else ""
        summary = article.summary
        where = ", ".join(
            displayed(part)
            for part in (summary.title, summary.outlet, day(summary.date), summary.url)
            if part
        )
        self.app.copy_to_clipboard(f"{who}{words} ({where})".replace("\n", " "))
        self.tell("Sent to the clipboard.")


def _free_key(wanted: str, taken: set[str]) -> str:
    """The first letter or digit that no other option has."""
    for key in wanted.casefold():
        if key.isalnum() and key not in taken:
            taken.add(key)
            return key
    return " "
