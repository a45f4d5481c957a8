"""Who the words of a source stand for: one name, role and side per person or body in an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

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
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    LEADING,
    PREPOSITIONS,
    TIME_WORDS,
)

_PERSONAL = {"he": False, "she": True, "his": False, "her": True, "him": False}
_PLURAL = word_set("they their them both")
_BODY = frozenset({"it", "its"})
_SPEAKER = word_set("i we my our me us")
_RELATIVE = word_set("who which that whose")
PRONOUNS = frozenset(_PERSONAL) | _PLURAL | _BODY | _SPEAKER | _RELATIVE
"""Sources that name nobody by themselves."""
_LEADERS = word_set("leader president king premier")
_NEAR = 6_000
"""Characters before a mention in which what it refers to is looked for."""
_MENTIONS = 200
"""Sources before a mention among which what it refers to is looked for."""
_BACK = 6
"""Sentences that a pronoun reaches back."""
_NAME = re.compile(r"[A-Z][\w’'-]+(?:[ \n](?:al-|bin |van |de |von )?[A-Z][\w’'-]+){0,4}")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]{1,8})\)")
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
        self._starts = [sentence.span.start for sentence in sentences]
        self._quoted = sorted(part for quote in quotes if quote.depth == 0 for part in quote.spans)
        self._quote_starts = [part.start for part in self._quoted]
        self._profile = profile
        self._writer = (
            Entity(writer.name, writer.role, writer.side, "person", fixed=True) if writer else None
        )
        self._by_key: dict[tuple[str, ...], Entity] = {}
        self._mentions: list[tuple[int, Entity]] = []
        self._entities: list[Entity] = []
        self._acronyms = self._find_acronyms()
        self._full_names: dict[str, str | None] = {}
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
            found = self._named(phrase, source.start)
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

    def _named(self, phrase: str, at: int) -> Entity | None:
        naming = read(phrase)
        definition = self._acronyms.get(naming.plain.removesuffix("’s").removesuffix("'s"))
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
            actor = self._introduced(naming.plain, at)
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
        if actor is None or actor.kind != "person":
            return actor
        wanted = keys(naming.name)
        if len(wanted) == 1:
            full = self._full_name(naming.name)
            wanted = keys(full) if full else wanted
            have = {word for name in (actor.name, *actor.aliases) for word in keys(name)}
            return actor if not have.isdisjoint(wanted[:-1]) or len(wanted) == 1 else None
        if len(wanted) > 1:
            have = {word for name in (actor.name, *actor.aliases) for word in keys(name)}
            if wanted[-1] not in have:
                return None
        return actor

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
            full = self._full_name(name)
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
            entity.side = self._side(entity, phrase, at)
        elif entity.side == UNKNOWN_SIDE:
            entity.side = self._profile.side_of(phrase) or UNKNOWN_SIDE
        self._learn(entity, naming)
        if entity.side == UNKNOWN_SIDE and entity.role is Role.MEDIA:
            entity.side = MEDIA
        return entity

    def _side(self, entity: Entity, phrase: str, at: int) -> str:
        """The side of a new name: its own words, else what the article says of it."""
        side = self._profile.side_of(phrase)
        if side is not None:
            return side
        if entity.role is Role.MEDIA:
            return MEDIA
        text = self._text
        place = text.find(entity.name)
        if place >= 0:
            sentence = self._sentence_at(place)
            if sentence is None:
                return UNKNOWN_SIDE
            span = self._sentences[sentence].span
            before = text[max(span.start, place - 90) : place].rsplit(",", 1)[-1]
            end = place + len(entity.name)
            behind = text[end : min(span.end, end + 120)]
            apposition = behind[1:].split(",", 1)[0] if behind.startswith(",") else ""
            window = [apposition, _last_phrase(before)]
            for words in window:
                if not words.strip():
                    continue
                naming = read(words)
                if entity.role is Role.UNKNOWN:
                    entity.role = naming.role
                found = self._profile.side_of(words.strip())
                if found is not None:
                    return found
        return UNKNOWN_SIDE

    def _full_name(self, surname: str) -> str | None:
        """The fuller name under which the article introduces a surname."""
        if surname not in self._full_names:
            self._full_names[surname] = self._find_full_name(surname)
        return self._full_names[surname]

    def _find_full_name(self, surname: str) -> str | None:
        text = self._text
        at = 0
        for _ in range(6):
            at = text.find(" " + surname, at)
            if at < 0:
                return None
            sentence = self._sentence_at(at)
            if sentence is not None and (self._sentences[sentence].kind is SentenceKind.HEADING):
                at += 1
                continue
            left = text[max(0, at - 40) : at]
            words = left.split(" ")
            run: list[str] = []
            for word in reversed(words[1:] if len(left) == 40 else words):
                bare = word.strip("“‘\"'")
                if (
                    bare[:1].isupper()
                    and bare.replace("-", "").replace("’", "").isalpha()
                    and not read(bare + " X").name.startswith("X")
                ):
                    run.insert(0, bare)
                    if bare != word:
                        break
                else:
                    break
            run = run[-2:]
            if run and not (
                self._profile.side_of(run[0]) is not None
                or run[0].lower() in _OPENERS
                or run[0].lower() in _SMALL
                or run[0].endswith(("’s", "'s"))
            ):
                return " ".join([*run, surname])
            at += 1
        return None

    def _introduced(self, plain: str, at: int) -> Actor | None:
        """ "the General Staff" after "the Ukrainian General Staff": the body named in full before.

        Looks at the first few places where the words stand, up to `at`.
        """
        text = self._text
        place = max(0, at - _NEAR) - 1
        for _ in range(4):
            place = text.find(plain, place + 1, at)
            if place < 0:
                return None
            word = text[max(0, place - 30) : place].split(" ")[-2:-1]
            if word and word[0][:1].isupper():
                actor = self._profile.actor(f"{word[0]} {plain}")
                if actor is not None and actor.kind != "person":
                    return actor
        return None

    def _nominal(self, naming: Naming, phrase: str, at: int) -> Entity | None:
        """ "the ministry", "the Ukrainian leader", "the general": an earlier one that fits."""
        head = naming.head
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
        return None

    def _leader(self, side: str | None, at: int) -> Entity | None:
        """The head of state whom the text named last before `at`."""
        low = max(0, at - _NEAR)
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
            side = self._profile.side_of(phrase)
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

    def _find_acronyms(self) -> dict[str, str]:
        """ "Russian defense ministry (MoD)": what each short form in brackets stands for."""
        found: dict[str, str] = {}
        text = self._text
        for match in _ACRONYM.finditer(text):
            short = match.group(1)
            if sum(letter.isupper() for letter in short) < 2 or short in found:
                continue
            low = max(0, match.start() - 90)
            words = text[low : match.start()].split()
            letters = [letter.lower() for letter in short if letter.isupper()]
            size = 0
            for count in range(1, min(len(words), len(letters) + 4) + 1):
                initials = [word[:1].lower() for word in words[-count:]]
                if initials[0] == letters[0] and count >= len(letters) - 1:
                    size = count
                    break
            if not size:
                size = _name_length(words)
            if size:
                extra = words[-size - 1 : -size] if len(words) > size else []
                if extra and extra[0][:1].isupper() and self._profile.side_of(extra[0]):
                    size += 1
                found[short] = " ".join(words[-size:]).strip("“\"'(,")
        return found

    # --- pronouns ----------------------------------------------------------------------------

    def _sentence_at(self, position: int) -> int | None:
        index = bisect_right(self._starts, position) - 1
        return index if index >= 0 else None

    def _person(self, at: int, *, female: bool) -> Entity | None:
        """Who "he" or "she" is: the latest person named as a source or at a sentence's head."""
        here = self._sentence_at(at)
        if here is None:
            return None
        for index in range(here, max(-1, here - _BACK), -1):
            span = self._sentences[index].span
            named = (
                [
                    entity
                    for position, entity in self._mentions
                    if span.start <= position < min(span.end, at)
                ]
                if self._mentions and self._mentions[-1][0] >= span.start
                else []
            )
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

    def _subject_of(self, index: int, end: int) -> Entity | None:
        """The first person named in a sentence outside quotation marks."""
        sentence = self._sentences[index]
        if sentence.kind in (SentenceKind.POST, SentenceKind.SIGNATURE, SentenceKind.HEADING):
            return None
        if end == sentence.span.end and index in self._subjects:
            return self._subjects[index]
        found: Entity | None = None
        for match in _NAME.finditer(self._text, sentence.span.start, end):
            if self._in_quote(match.start()):
                continue
            words = match.group()
            if self._text[match.end() - 2 : match.end()] in ("’s", "'s"):
                continue
            actor = self._profile.actor(words)
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
        if first in _OPENERS or first in TIME_WORDS or first in DETERMINERS or first in ADVERBS:
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
        here = self._sentence_at(at)
        if here is None:
            return None
        for wanted in kinds:
            for position, entity in reversed(self._mentions):
                index = self._sentence_at(position)
                if index is None or here - index > _BACK:
                    break
                if position < at and entity.kind == wanted:
                    return entity
        return None

    def _antecedent(self, source: Span) -> Entity | None:
        """Who "who" is: the phrase right before it."""
        sentence = self._sentence_at(source.start)
        if sentence is None:
            return None
        low = max(self._sentences[sentence].span.start, source.start - 120)
        words = self._text[low : source.start].rstrip(" ,–—")
        names = list(_NAME.finditer(words))
        if names and len(words) - names[-1].end() <= 1:
            return self._named(names[-1].group(), low + names[-1].start())
        phrase = _last_phrase(words)
        return self._named(phrase, low) if phrase else None


_SMALL = CONJUNCTIONS | PREPOSITIONS | ADVERBS | TIME_WORDS | DETERMINERS | LEADING
_OPENERS = word_set(
    """the a an in on at but and as for after before when while if with from by he she it they
    this that mr mrs ms dr president minister general colonel according to of said says mister"""
)


def _agrees(entity: Entity, female: bool) -> bool:
    if entity.kind not in ("person", ""):
        return False
    return entity.female is None or entity.female == female


def _last_phrase(words: str) -> str:
    """The last noun phrase of a few words: from the last article or stop on."""
    parts = words.split()
    for index in range(len(parts) - 1, -1, -1):
        low = parts[index].lower()
        if low in ("the", "a", "an") or parts[index].endswith((",", ".", ";", ":")):
            tail = parts[index:] if low in ("the", "a", "an") else parts[index + 1 :]
            return " ".join(tail)
    return " ".join(parts[-6:])


def _name_length(words: Sequence[str]) -> int:
    """How many of the last words make a name: capitals, and small words between them."""
    size = 0
    for count, word in enumerate(reversed(words), start=1):
        if word[:1].isupper():
            size = count
        elif word not in ("of", "for", "and", "the", "defense", "defence", "ministry", "foreign"):
            break
    return size


__all__ = ["Entity", "Speakers"]
