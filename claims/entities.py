"""The people and bodies of one article: what a name, an office or a phrase stands for."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.heads import (
    before_relative,
    clause_of,
    head_phrase,
    independent,
    of_independent,
    without_aside,
)
from claims.introductions import NEAR, Introductions
from claims.model import (
    MEDIA,
    THIRD_PARTY,
    UNKNOWN_SIDE,
    Role,
    Sentence,
    Span,
    Speaker,
)
from claims.names import keys
from claims.naming import Naming, read
from claims.profile import Actor, Profile
from claims.profile_names import without_seat
from claims.quotes import Quote
from claims.remembered import Remembered
from claims.text import word_set
from claims.words import ORGANISATION_NOUNS, SPEAKER_NOUNS, TITLES

_OFFICES = TITLES | SPEAKER_NOUNS
_LEADERS = word_set("leader president king premier")
MENTIONS = 200
"""Sources before a mention among which what it refers to is looked for."""
_APPOSED = re.compile(r", (?!the [A-Z]|and |or )[a-z]")
_MEMBERS = re.compile(r", (?:including|such as|led by|among them|whose|which)\b")
_HANDLE = re.compile(r" ?\(?@\w+\)?")
_APPOSITION = re.compile(r", ([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}),")
NAME = re.compile(r"[A-Z][\w’'-]+(?:[ \n](?:al-|bin |van |de |von )?[A-Z][\w’'-]+){0,4}")


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


class Register(ABC):
    """Names, offices and phrases resolved to entities; pronouns are left to `resolve`."""

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
        self._actors = Remembered(profile.actor)
        """The profile's actors by what an article calls them, which it does again and again."""
        self._subjects: dict[int, Entity | None] = {}

    @abstractmethod
    def resolve(self, source: Span, *, within: Entity | None = None) -> Entity | None:
        """The entity behind any source span, a pronoun too."""

    def account(self, phrase: str) -> Entity:
        """The entity behind an embedded post's "Name (@handle)"."""
        name = _HANDLE.sub("", phrase).strip() or phrase.strip()
        actor = self._actors[phrase] or self._actors[name]
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
        if not naming.name:
            front = without_aside(phrase)
            if front != phrase and read(front).name:
                phrase, naming = front, read(front)
        seated = without_seat(phrase)
        if seated != phrase and read(seated).name:
            phrase, naming = seated, read(seated)
        short = naming.name
        if not short and phrase[:4].lower() == "the " and independent(naming):
            short = naming.plain.capitalize()
        if naming.kind == "body" and short and naming.head == short.lower():
            # "The Observatory": the body that the article named in full before.
            longer = self._introductions.long_form(short, at)
            if longer is not None:
                phrase, naming = longer, read(longer)
        definition = self._introductions.acronyms.get(
            naming.plain.removesuffix("’s").removesuffix("'s")
        )
        actor = self._actor(phrase, naming)
        if actor is None and definition is not None:
            actor = self._actors[definition]
            if actor is None:
                naming = read(definition)._replace(acronym=naming.plain)
        if actor is not None and not self._other_person(actor, naming):
            return self._known(actor, naming)
        if " and " in phrase:
            apposed = _APPOSED.search(phrase)
            # "Ana Reyes, a teacher of law and history": the apposition joins no one.
            front = phrase if apposed is None else phrase[: apposed.start()]
            if apposed is not None and _MEMBERS.match(phrase, apposed.start()):
                return self._named(front, at)
            if " and " in front and (joint := self._joint(read(front), front)) is not None:
                return joint
        if naming.name:
            return self._by_name(naming, phrase, at)
        short = head_phrase(phrase)
        if len(short) < len(phrase):
            found = self._named(short, at)
            if found is not None and found.side == UNKNOWN_SIDE:
                found.side = self._profile.side_of(clause_of(phrase)) or UNKNOWN_SIDE
            return found
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
        # "Prince Saud whose country helps those who fight Assad" is not Assad.
        bare = before_relative(phrase)
        if "(" in phrase and not naming.acronym.isupper():
            bare = phrase[: phrase.index("(")].rstrip()
        if len(bare) > 160:
            bare = bare.split(",", 1)[0]
        actor = self._actors[bare]
        if actor is None and naming.name and naming.kind == "person":
            actor = self._actors[naming.name]
            actor = actor if actor is not None and actor.kind == "person" else None
        elif actor is None and naming.name and independent(naming):
            actor = self._actors[naming.name]
        elif actor is not None and independent(naming) and _common(actor.name, phrase):
            actor = None
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
        taken = self._actors[phrase]
        if independent(naming) and (taken is None or _common(taken.name, phrase)):
            return THIRD_PARTY
        if taken is not None and taken.kind == "person" and self._actor(phrase, naming) is None:
            rest = phrase.replace(naming.name, "").strip() if naming.name else ""
            again = self._actors[rest] if rest else taken
            return None if again is not None else self._profile.side_of(rest)
        office = _office_of(naming) if self._actors[naming.name] is None else None
        return self._profile.side_of(phrase if office is None else office)

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
        if of_independent(naming):
            return THIRD_PARTY
        side, role = self._introductions.described(entity.name)
        if entity.role is Role.UNKNOWN:
            entity.role = role
        return side or UNKNOWN_SIDE

    def _nominal(self, naming: Naming, phrase: str, at: int) -> Entity | None:
        """ "the ministry", "the Ukrainian leader", "the general": an earlier one that fits."""
        head = "leader" if naming.plain.lower() == "head of state" else naming.head
        side = self._profile.side_of(phrase)
        words = [word.lower() for word in naming.plain.split()]
        for _, entity in reversed(self._mentions[-MENTIONS:]):
            if side is not None and entity.side not in (side, UNKNOWN_SIDE):
                continue
            if naming.kind == "group" and entity.kind != "group":
                continue
            if naming.kind == "body" and entity.kind == "person":
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
        for match in reversed(list(NAME.finditer(self._text, low, at))):
            actor = self._actors[match.group()]
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


def _common(name: str, phrase: str) -> bool:
    """Whether a phrase holds a name as common words only: "a war monitor" is not War Monitor."""
    return " " in name and name not in phrase and name.lower() in phrase


def _office_of(naming: Naming) -> str | None:
    """What is said beside a person's full name: "Shiraz Salem, a professor" is not of Shiraz."""
    if naming.kind != "person" or " " not in naming.name or naming.plain == naming.name:
        return None
    rest = naming.plain.replace(naming.name, "", 1).strip(" ,")
    words = {word.lower().strip(",.") for word in rest.split()}
    person = not words.isdisjoint(_OFFICES) and read(rest).head not in ORGANISATION_NOUNS
    return rest if person else None
