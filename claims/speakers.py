"""Who the words of a source stand for: one name, role and side per person or body in an article."""

from __future__ import annotations

from bisect import bisect_right

from claims.entities import MENTIONS, NAME, Entity, Register
from claims.introductions import NEAR, OPENERS, last_phrase
from claims.model import Sentence, SentenceKind, Span, Speaker
from claims.names import keys
from claims.naming import read
from claims.text import word_set
from claims.words import AUXILIARIES, FINITE, TITLES

_PERSONAL = {"he": False, "she": True, "his": False, "her": True, "him": False}
_PLURAL = word_set("they their them both")
_BODY = frozenset({"it", "its"})
_SPEAKER = word_set("i we my our me us")
_RELATIVE = word_set("who which that whose")
PRONOUNS = frozenset(_PERSONAL) | _PLURAL | _BODY | _SPEAKER | _RELATIVE
"""Sources that name nobody by themselves."""
_BACK = 6
"""Sentences that a pronoun reaches back."""


class Speakers(Register):
    """Resolves the sources of one article; ask in the order of the text.

    Holds what earlier sources named, so that a pronoun or "the ministry" finds them.
    """

    def resolve(self, source: Span, *, within: Entity | None = None) -> Entity | None:
        """The entity behind a source span; `within` is who speaks around it ("As I said")."""
        phrase = " ".join(source.of(self._text).split())
        low = phrase.lower()
        if low in _SPEAKER:
            found = within or self._writer
        elif low in _PERSONAL:
            found = self._person(source.start, female=_PERSONAL[low])
        elif low in _PLURAL:
            found = self._recent(source.start, ("group", "body", ""))
        elif low in _BODY:
            found = self._recent(source.start, ("body", ""))
        elif low in _RELATIVE or low.startswith(("who ", "which ")):
            found = self._antecedent(source)
        else:
            found = self._named(self._with_apposition(phrase, source.end), source.start)
        if found is not None:
            self._mentions.append((source.start, found))
        return found

    def all(self) -> tuple[Speaker, ...]:
        """Every entity that spoke, in the order of first mention."""
        return tuple(entity.speaker() for entity in self._entities)

    def _person(self, at: int, *, female: bool) -> Entity | None:
        """Who "he" or "she" is: the latest person named as a source or at a sentence's head."""
        here = self._introductions.sentence_at(at)
        if here is None:
            return None
        for index in range(here, max(-1, here - _BACK), -1):
            span = self._sentences[index].span
            named = self._named_between(span.start, min(span.end, at))
            for entity in named:
                if _agrees(entity, female):
                    entity.female = female
                    entity.kind = "person"
                    return entity
            subject = self._subject_of(index, min(span.end, at))
            if subject is not None and _agrees(subject, female):
                subject.female = female
                return subject
        return None

    def _named_between(self, start: int, end: int) -> list[Entity]:
        """The sources named in a stretch of text, in order; the latest few of a long one."""
        named: list[Entity] = []
        for position, entity in reversed(self._mentions[-MENTIONS:]):
            if position < start:
                break
            if position < end:
                named.append(entity)
        return named[::-1]

    def _subject_of(self, index: int, end: int) -> Entity | None:
        """The first person named in a sentence outside quotation marks."""
        sentence = self._sentences[index]
        if sentence.kind in (SentenceKind.POST, SentenceKind.SIGNATURE, SentenceKind.HEADING):
            return None
        if end == sentence.span.end and index in self._subjects:
            return self._subjects[index]
        found: Entity | None = None
        start = max(sentence.span.start, end - NEAR)
        for match in NAME.finditer(self._text, start, end):
            if self._in_quote(match.start()):
                continue
            words = match.group()
            first, _, rest = words.replace("\n", " ").partition(" ")
            opens = first.lower() in OPENERS or first.endswith(("ing", "ly"))
            if rest and opens and first.lower() not in TITLES:
                words = rest
            if self._text[match.end() - 2 : match.end()] in ("’s", "'s"):
                continue
            actor = self._actor(words, read(words))
            if actor is not None:
                if actor.kind == "person":
                    found = self._known(actor, read(words))
                    break
                continue
            key = keys(words)
            known = self._by_key.get(key) or self._by_key.get(key[-1:]) if key else None
            if known is not None and known.kind in ("person", ""):
                found = known
                break
            if self._profile.side_of(words) is None:
                if self._opens(sentence, match.start(), match.end()):
                    naming = read(words)
                    if naming.name and naming.kind in ("person", ""):
                        found = self._by_name(naming, words, match.start())
                        break
                naming = read(words)
                titled = naming.name != words or len(naming.name.split()) in (2, 3)
                if titled and naming.kind == "person" and len(naming.name) > 2:
                    found = self._by_name(naming, words, match.start())
                    break
        if end == sentence.span.end:
            self._subjects[index] = found
        return found

    def _opens(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a name opens its sentence and a verb follows it: its subject."""
        if self._text[sentence.span.start : start].strip():
            return False
        words = self._text[end : end + 40].split(" ")
        following = words[1].lower() if len(words) > 1 and not words[0] else ""
        first = self._text[start:end].split()[0].lower()
        if first in OPENERS or first.endswith("ly"):
            return False
        return (
            following in AUXILIARIES
            or following in FINITE
            or (following.endswith("ed") and len(following) > 3)
        )

    def _in_quote(self, position: int) -> bool:
        index = bisect_right(self._quote_starts, position) - 1
        return index >= 0 and position < self._quoted[index].end

    def _recent(self, at: int, kinds: tuple[str, ...]) -> Entity | None:
        """The latest source before `at` of one of these kinds, not too far back."""
        here = self._introductions.sentence_at(at)
        if here is None:
            return None
        for wanted in kinds:
            for position, entity in reversed(self._mentions):
                index = self._introductions.sentence_at(position)
                if index is None or here - index > _BACK:
                    break
                if position < at and entity.kind == wanted:
                    return entity
        return None

    def _antecedent(self, source: Span) -> Entity | None:
        """Who "who" is: the phrase right before it."""
        sentence = self._introductions.sentence_at(source.start)
        if sentence is None:
            return None
        low = max(self._sentences[sentence].span.start, source.start - 120)
        words = self._text[low : source.start].rstrip(" ,–—")
        names = list(NAME.finditer(words))
        if names and len(words) - names[-1].end() <= 1:
            return self._named(names[-1].group(), low + names[-1].start())
        phrase = last_phrase(words)
        return self._named(phrase, low) if phrase else None


def _agrees(entity: Entity, female: bool) -> bool:
    if entity.kind != "person" and (entity.kind or not entity.name[:1].isupper()):
        return False
    return entity.female is None or entity.female == female


__all__ = ["Entity", "Speakers"]
