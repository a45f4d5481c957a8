"""Marking by keyboard: new claims on a sentence or a part of it, and where the spans of one end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import work

from claims.model import AnyType, Claim, Mode, Role, Span, Spans, Speaker, any_type
from claims.text import displayed
from tui import messages
from tui.screens.annotating import AnnotatingScreen
from tui.screens.refusal import Expects

if TYPE_CHECKING:
    from tui.screens.spanning import Marked
    from tui.spans import SpanEdit

_COVERED = 5
"""Rows of the text that the panel of the span keys may cover."""
_AROUND = 60
"""Sentences on either side into which the ends of a span can be moved by clause."""


class MarkingScreen(AnnotatingScreen):
    """The screen with what makes claims and moves their spans."""

    @work(exclusive=True, group="dialog")
    async def action_new_claim(self) -> None:
        """New claim on the current sentence."""
        if self.page is None:
            await self.refuse(messages.NO_ARTICLE, Expects.KEY)
            return
        span = self.page.index.span(self.sentence)
        if span.start < span.end:
            kind = await self.ask_type("New claim on the sentence: its type", None)
            if kind is not None:
                await self._add(kind, (span,))
        else:
            await self.refuse(messages.NO_WORDS, Expects.KEY)

    @work(exclusive=True, group="dialog")
    async def action_new_span_claim(self) -> None:
        """New claim on a part of the current sentence."""
        if self.page is None:
            await self.refuse(messages.NO_ARTICLE, Expects.LINE)
            return
        home = self.page.index.span(self.sentence)
        if home.start >= home.end:
            await self.refuse(messages.NO_WORDS, Expects.LINE)
            return
        # Here and not above: the rules that offer spans need not be there when reading begins.
        from claims.likely import contents
        from tui.spans import SpanEdit

        text = self.page.article.text
        known = {record.claim.content for record in self.records}
        edit = SpanEdit.fresh(
            text,
            home,
            sentences=self._sentences_around(self.sentence),
            contents=contents(text, self.page.index.sentences, self.sentence, known),
        )
        marked = await self._mark(edit, Claim("", (home,)))
        if marked is None:
            return
        kind = self._type_of(marked.letter) or await self.ask_type("New claim: its type", None)
        if kind is not None:
            await self._add(kind, **marked.edit.parts)

    def _sentences_around(self, number: int) -> tuple[Span, ...]:
        assert self.page is not None
        low = max(0, number - _AROUND)
        around = self.page.index.sentences[low : number + _AROUND + 1]
        return tuple(sentence.span for sentence in around)

    async def _add(
        self, kind: AnyType, content: Spans, source: Spans = (), cue: Spans = ()
    ) -> None:
        """Make a claim of marked spans; a source proposes the speaker."""
        if self.page is None:
            return
        from claims.marked import mode_marked

        article = self.page.article
        who = await self._speaker_of(source)
        claim = Claim(
            id="",
            content=content,
            source=source,
            cue=cue,
            speaker=who.name or None,
            role=who.role,
            side=who.side if source else "author",
            mode=mode_marked(article.text, article.sentences, content, source),
            type=kind,
            confidence=1.0,
            rule="by hand",
            **self._following(content, source, cue),
        )
        outcome = await self.decide(lambda library: library.decisions.add(article.id, claim))
        if outcome is not None and outcome.claim_ids:
            self.go_to_claim(outcome.claim_ids[0])
            if claim.speaker:
                said = self.say(messages.CHANGE_SPEAKER)
                self.tell(f"{outcome.words}  Speaker: {displayed(claim.speaker)}. {said}")

    async def _speaker_of(self, source: Spans) -> Speaker:
        """Who a marked source proposes as speaker; nobody where nothing tells."""
        if self.page is None or self.profile is None or not source:
            return Speaker("")
        from claims.marked import speaker_of

        article, profile = self.page.article, self.profile
        number = article.id
        records, summary = await self.work.run_unmasked(
            lambda library: (library.claims.of(number), library.articles.summary(number))
        )
        claims = [record.claim for record in records]
        writer = Speaker(summary.byline or summary.outlet or "", Role.AUTHOR, "author")

        def find() -> Speaker | None:
            return speaker_of(
                article.text, article.sentences, profile, claims, source, writer=writer
            )

        return await asyncio.to_thread(find) or Speaker("")

    def _following(self, content: Spans, source: Spans, cue: Spans) -> dict[str, Any]:
        """What follows from new spans: quantities, places, dates, and whose people were harmed."""
        assert self.page is not None and self.profile is not None
        from claims.quantities import find_dates, find_quantities
        from claims.victims import victims_of

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
        record = await self.claim_for(Expects.LINE)
        if record is None or self.page is None:
            return
        from claims.likely import contents
        from tui.spans import SpanEdit

        text, claim = self.page.article.text, record.claim
        number = self.page.index.at(claim.start)
        edit = replace(
            SpanEdit.of(
                text,
                claim,
                self.page.index.span(number),
                sentences=self._sentences_around(number),
            ),
            contents=contents(text, self.page.index.sentences, number),
        )
        marked = await self._mark(edit, claim)
        if marked is None:
            return
        parts = marked.edit.parts
        changes: dict[str, Any] = dict(marked.edit.changes(claim))
        if changes:
            following = self._following(parts["content"], parts["source"], parts["cue"])
            # Only whose people were harmed is read from source and cue too.
            changes |= following if "content" in changes else {"victims": following["victims"]}
        who = Speaker("")
        if "source" in changes:
            who = await self._speaker_of(parts["source"])
            if who.name and who.name != claim.speaker:
                changes |= {"speaker": who.name, "role": who.role, "side": who.side}
            if claim.mode is Mode.UNATTRIBUTED and parts["source"]:
                from claims.marked import mode_marked

                sentences = self.page.article.sentences
                changes["mode"] = mode_marked(text, sentences, parts["content"], parts["source"])
        kind = self._type_of(marked.letter)
        if kind is not None and kind is not claim.type:
            changes["type"] = kind
        if changes:
            await self.edit(record, **changes)

    async def _mark(self, edit: SpanEdit, claim: Claim) -> Marked | None:
        """Let a person mark the spans, with the reader showing every step."""
        from tui.screens.spanning import SpanScreen

        def preview(now: SpanEdit) -> None:
            self.editing = replace(
                claim,
                content=now.parts["content"],
                source=now.parts["source"],
                cue=now.parts["cue"],
            )
            span = now.current
            self.edge = None if span is None else (span.end - 1 if now.at_end else span.start)
            starts = reversed([one.spans[0].start for one in now.offers()])
            self.ghosts = {
                start: str(len(now.offers()) - back) for back, start in enumerate(starts)
            }
            self._follow()
            if self.edge is not None:
                self.reader.reveal(Span(self.edge, self.edge + 1), context=_COVERED)

        preview(edit)
        letters = [entry.menu_key for entry in self.palette.codebook.offered()]
        try:
            return await self.app.push_screen_wait(SpanScreen(edit, preview, self.palette, letters))
        finally:
            self.editing, self.edge, self.ghosts = None, None, {}
            if self.is_running:
                self._follow()

    def _type_of(self, letter: str) -> AnyType | None:
        """The type that a letter stands for."""
        for entry in self.palette.codebook.offered():
            if letter and entry.menu_key.casefold() == letter.casefold():
                return any_type(entry.id)
        return None
