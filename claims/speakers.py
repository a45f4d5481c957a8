"""Who the words of a source stand for: one name, role and side per person or body in an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.introductions import NEAR, OPENERS, Introductions, last_phrase
from claims.model import (
    MEDIA,
    THIRD_PARTY,
    UNKNOWN_SIDE,
    Role,
    Sentence,
    SentenceKind,
    Span,
    Speaker,
)
from claims.names import keys
from claims.naming import Naming, read
from claims.profile import Actor, Profile
from claims.quotes import Quote
from claims.text import word_set
from claims.words import (
    AUXILIARIES,
    FINITE,
    TITLES,
)

_PERSONAL = {"he": False, "she": True, "his": False, "her": True, "him": False}
_PLURAL = word_set("they their them both")
_BODY = frozenset({"it", "its"})
_SPEAKER = word_set("i we my our me us")
_RELATIVE = word_set("who which that whose")
PRONOUNS = frozenset(_PERSONAL) | _PLURAL | _BODY | _SPEAKER | _RELATIVE
"""Sources that name nobody by themselves."""
_LEADERS = word_set("leader president king premier")
_MENTIONS = 200
"""Sources before a mention among which what it refers to is looked for."""
_BACK = 6
"""Sentences that a pronoun reaches back."""
_NAME = re.compile(r"[A-Z][\w’'-]+(?:[ \n](?:al-|bin |van |de |von )?[A-Z][\w’'-]+){0,4}")
_APPOSITION = re.compile(r", ([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}),")
_HANDLE = re.compile(r" ?\(?@\w+\)?")


@dataclass(slots=True)
class Entity:
    """A person or body that an article lets speak."""

    name: str
    role: Role = Role.UNKNOWN
    side: str = UNKNOWN_SIDE
    kind: str = ""
    female: bool | None = None
    heads: set[str] = field(default_factory=set)
    fixed: bool = False
    """Known to the profile: its name, role and side do not change."""

    def speaker(self) -> Speaker:
        """The public record."""
        return Speaker(self.name, self.role, self.side)


class Speakers:
    """Resolves the sources of one article; ask in the order of the text.

    Holds what earlier sources named, so that a pronoun or "the ministry" finds them.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        quotes: Sequence[Quote],
        profile: Profile,
        writer: Speaker | None = None,
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._quoted = sorted(part for quote in quotes if quote.depth == 0 for part in quote.spans)
        self._quote_starts = [part.start for part in self._quoted]
        self._profile = profile
        self._writer = (
            Entity(writer.name, writer.role, writer.side, "person", fixed=True) if writer else None
        )
        self._by_key: dict[tuple[str, ...], Entity] = {}
        self._mentions: list[tuple[int, Entity]] = []
        self._entities: list[Entity] = []
        self._introductions = Introductions(text, sentences, profile)
        self._subjects: dict[int, Entity | None] = {}

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
        elif low in _RELATIVE:
            found = self._antecedent(source)
        else:
            found = self._named(self._with_apposition(phrase, source.end), source.start)
        if found is not None:
            self._mentions.append((source.start, found))
        return found

    def all(self) -> tuple[Speaker, ...]:
        """Every entity that spoke, in the order of first mention."""
        return tuple(entity.speaker() for entity in self._entities)

    # --- names and nominals ------------------------------------------------------------------

    def account(self, phrase: str) -> Entity:
        """The entity behind an embedded post's "Name (@handle)"."""
        name = _HANDLE.sub("", phrase).strip() or phrase.strip()
        actor = self._profile.actor(phrase) or self._profile.actor(name)
        if actor is not None:
            return self._known(actor, read(name))
        key = keys(name) or (name,)
        entity = self._by_key.get(key)
        if entity is None:
            side = self._profile.side_of(name) or THIRD_PARTY
            entity = self._add(key, Entity(name, Role.SOCIAL_ACCOUNT, side, "person"))
        return entity

    def _with_apposition(self, phrase: str, end: int) -> str:
        """An office with the name that follows it: "The bank's chief executive, Ana Reyes,"."""
        following = _APPOSITION.match(self._text, end)
        if following is None:
            return phrase
        longer = f"{phrase}, {following[1]}"
        return longer if read(longer).name == following[1] else phrase

    def _named(self, phrase: str, at: int) -> Entity | None:
        naming = read(phrase)
        definition = self._introductions.acronyms.get(
            naming.plain.removesuffix("’s").removesuffix("'s")
        )
        actor = self._actor(phrase, naming)
        if actor is None and definition is not None:
            actor = self._profile.actor(definition)
            if actor is None:
                naming = read(definition)._replace(acronym=naming.plain)
        if actor is not None and not self._other_person(actor, naming):
            return self._known(actor, naming)
        if " and " in phrase and (joint := self._joint(naming, phrase)) is not None:
            return joint
        if naming.name:
            return self._by_name(naming, phrase, at)
        if actor is None and naming.plain != phrase:
            actor = self._introductions.body(naming.plain, at)
            if actor is not None:
                return self._known(actor, naming)
        definite = phrase[:4].lower() == "the " or phrase[:5].lower() in ("this ", "that ")
        owned = phrase.split(" ", 1)[0].lower() in ("his", "her", "their", "its")
        if definite:
            found = self._nominal(naming, phrase, at)
            if found is not None:
                return found
        return self._phrase(naming, phrase, at if owned else None)

    def _actor(self, phrase: str, naming: Naming) -> Actor | None:
        """The profile's actor for a source; one who only shares a first name is another."""
        bare = phrase
        if "(" in phrase and not naming.acronym.isupper():
            bare = phrase[: phrase.index("(")].rstrip()
        if len(bare) > 160:
            bare = bare.split(",", 1)[0]
        actor = self._profile.actor(bare)
        if actor is None and naming.name and naming.kind == "person":
            actor = self._profile.actor(naming.name)
            actor = actor if actor is not None and actor.kind == "person" else None
        if actor is None or actor.kind != "person":
            return actor
        if naming.kind in ("group", "body"):
            return None  # "Reagan administration officials"
        wanted = keys(naming.name)
        if len(wanted) == 1:
            full = self._introductions.full_name(naming.name)
            wanted = keys(full) if full else wanted
            have = {word for name in (actor.name, *actor.aliases) for word in keys(name)}
            return actor if not have.isdisjoint(wanted[:-1]) or len(wanted) == 1 else None
        if len(wanted) > 1:
            have = {word for name in (actor.name, *actor.aliases) for word in keys(name)}
            if wanted[-1] not in have or (
                have.isdisjoint(wanted[:-1]) and len(keys(actor.name)) > 1
            ):
                return None
        return actor

    def _side_of(self, phrase: str, naming: Naming) -> str | None:
        """The side that the words of a source tell.

        Where the profile takes the phrase for a person who only shares a name, the name is left
        out and the other words decide.
        """
        taken = self._profile.actor(phrase)
        if taken is not None and taken.kind == "person" and self._actor(phrase, naming) is None:
            rest = phrase.replace(naming.name, "").strip() if naming.name else ""
            again = self._profile.actor(rest) if rest else taken
            return None if again is not None else self._profile.side_of(rest)
        return self._profile.side_of(phrase)

    @staticmethod
    def _other_person(actor: Actor, naming: Naming) -> bool:
        """Whether the phrase names a person of a body: "ministry spokeswoman Anna Reed"."""
        wanted = keys(naming.name)
        if actor.kind == "person" or naming.kind != "person" or len(wanted) < 2:
            return False
        have = {word for name in (actor.name, *actor.aliases) for word in keys(name)}
        return not have & set(wanted)

    def _joint(self, naming: Naming, phrase: str) -> Entity | None:
        """ "Iran and Turkey": one speaker for both, with the side that they share."""
        parts = [part.removeprefix("the ") for part in phrase.removeprefix("The ").split(" and ")]
        if not all(part[:1].isupper() for part in parts):
            return None
        sides = {self._profile.side_of(part) for part in parts}
        key = ("&", *keys(phrase))
        entity = self._by_key.get(key)
        if entity is None:
            side = sides.pop() if len(sides) == 1 else None
            entity = self._add(
                key, Entity(naming.plain, naming.role, side or UNKNOWN_SIDE, "group")
            )
        self._learn(entity, naming)
        return entity

    def _known(self, actor: Actor, naming: Naming) -> Entity:
        key = ("=", actor.name)
        entity = self._by_key.get(key)
        if entity is None:
            kind = "person" if actor.kind == "person" else "body"
            entity = self._add(key, Entity(actor.name, actor.role, actor.side, kind, fixed=True))
        self._learn(entity, naming)
        return entity

    def _learn(self, entity: Entity, naming: Naming) -> None:
        if naming.head:
            entity.heads.add(naming.head)
        for word in naming.plain.lower().split():
            entity.heads.add(word.strip(",.()"))
        if entity.female is None and entity.kind == "person":
            entity.female = naming.female
        if entity.role is Role.UNKNOWN:
            entity.role = naming.role

    def _by_name(self, naming: Naming, phrase: str, at: int) -> Entity:
        name = naming.name
        key = keys(name) or (name.lower(),)
        entity = self._by_key.get(key)
        if entity is None and len(key) == 1 and naming.kind in ("person", ""):
            full = self._introductions.full_name(name)
            if full:
                key, name = keys(full), full
                entity = self._by_key.get(key)
        if entity is None and len(key) > 1:
            entity = self._by_key.get(key[-1:])
            if entity is not None and not entity.fixed and len(keys(entity.name)) < len(key):
                entity.name = name
                self._by_key[key] = entity
        if entity is None:
            kind = naming.kind
            if not kind and self._profile.side_of(name) is not None:
                kind = "body"  # a country or a capital
            role = naming.role
            if kind == "person" and role is Role.MINISTRY:
                role = Role.OFFICIAL
            entity = self._add(key, Entity(name, role, UNKNOWN_SIDE, kind))
            if len(key) > 1 and naming.kind == "person":
                self._by_key.setdefault(key[-1:], entity)
            entity.side = self._side(entity, phrase, naming)
        elif entity.side == UNKNOWN_SIDE:
            entity.side = self._side_of(phrase, naming) or UNKNOWN_SIDE
        self._learn(entity, naming)
        if entity.side == UNKNOWN_SIDE and entity.role is Role.MEDIA:
            entity.side = MEDIA
        return entity

    def _side(self, entity: Entity, phrase: str, naming: Naming) -> str:
        """The side of a new name: its own words, else what the article says of it."""
        side = self._side_of(phrase, naming)
        if side is not None:
            return side
        if entity.role is Role.MEDIA:
            return MEDIA
        side, role = self._introductions.described(entity.name)
        if entity.role is Role.UNKNOWN:
            entity.role = role
        return side or UNKNOWN_SIDE

    def _nominal(self, naming: Naming, phrase: str, at: int) -> Entity | None:
        """ "the ministry", "the Ukrainian leader", "the general": an earlier one that fits."""
        head = "leader" if naming.plain.lower() == "head of state" else naming.head
        side = self._profile.side_of(phrase)
        words = [word.lower() for word in naming.plain.split()]
        for _, entity in reversed(self._mentions[-_MENTIONS:]):
            if side is not None and entity.side not in (side, UNKNOWN_SIDE):
                continue
            if naming.kind == "group" and entity.kind != "group":
                continue
            if head in entity.heads:
                if all(
                    word in entity.heads or self._profile.side_of(word) is not None
                    for word in words
                ):
                    return entity
                continue
            if head in _LEADERS and len(words) <= 3 and entity.role is Role.HEAD_OF_STATE:
                return entity
        if head in _LEADERS:
            return self._leader(side, at)
        if naming.kind == "person" and words and words[-1] == head:
            held = self._introductions.holder(words, at)
            if held is not None:
                return self._named(*held)
        return None

    def _leader(self, side: str | None, at: int) -> Entity | None:
        """The head of state whom the text named last before `at`."""
        low = max(0, at - NEAR)
        for match in reversed(list(_NAME.finditer(self._text, low, at))):
            actor = self._profile.actor(match.group())
            if (
                actor is not None
                and actor.role is Role.HEAD_OF_STATE
                and (side is None or actor.side == side)
            ):
                return self._known(actor, read(match.group()))
        return None

    def _phrase(self, naming: Naming, phrase: str, owned: int | None) -> Entity:
        """A source without a name: the phrase itself is the name."""
        name = naming.plain
        key = ("~", *(keys(name) or (name.lower(),)))
        entity = self._by_key.get(key)
        if entity is None:
            side = self._side_of(phrase, naming)
            if side is None and owned is not None:
                first = phrase.split(" ", 1)[0]
                owner = self.resolve(Span(owned, owned + len(first)))
                side = owner.side if owner else None
            if side is None and naming.role is Role.MEDIA:
                side = MEDIA
            entity = self._add(key, Entity(name, naming.role, side or UNKNOWN_SIDE, naming.kind))
        self._learn(entity, naming)
        return entity

    def _add(self, key: tuple[str, ...], entity: Entity) -> Entity:
        self._by_key[key] = entity
        self._entities.append(entity)
        return entity

    # --- pronouns ----------------------------------------------------------------------------

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
        for position, entity in reversed(self._mentions[-_MENTIONS:]):
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
        for match in _NAME.finditer(self._text, start, end):
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
        names = list(_NAME.finditer(words))
        if names and len(words) - names[-1].end() <= 1:
            return self._named(names[-1].group(), low + names[-1].start())
        phrase = last_phrase(words)
        return self._named(phrase, low) if phrase else None


def _agrees(entity: Entity, female: bool) -> bool:
    if entity.kind != "person" and (entity.kind or not entity.name[:1].isupper()):
        return False
    return entity.female is None or entity.female == female


__all__ = ["Entity", "Speakers"]
