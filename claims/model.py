"""The record of a claim: spans, sentences, speakers, quantities, and the scheme's closed lists.

Every offset is a Unicode code point into the article's text, end exclusive. The JSON written by
`Claim.to_json` is the public format of `warreader extract`; fields are added to it, never
renamed or removed.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from itertools import pairwise
from typing import Any, Literal, NamedTuple, cast


class Span(NamedTuple):
    """A stretch of text: code points `start` to `end`, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether every character of `other` is in this span."""
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]
"""The fragments of one thing, in the order of the text (a quote cut by "he said" has two)."""


class Group(StrEnum):
    """The eight colour groups of claim types."""

    GROUND = "ground"
    FIRE = "fire"
    TOLL = "toll"
    FORCES = "forces"
    AID = "aid"
    POLITICS = "politics"
    DISPUTE = "dispute"
    VIEW = "view"
    NONE = "none"


class ClaimType(StrEnum):
    """What a claim is about."""

    TERRITORY = "territory"
    REPELLED = "repelled"
    FIGHTING = "fighting"
    STRIKE = "strike"
    LOSSES = "losses"
    CIVILIANS = "civilians"
    PRISONERS = "prisoners"
    FORCES = "forces"
    HUMANITARIAN = "humanitarian"
    POLICY = "policy"
    DIPLOMACY = "diplomacy"
    ACCUSATION = "accusation"
    DENIAL = "denial"
    ASSESSMENT = "assessment"
    BACKGROUND = "background"

    @property
    def letter(self) -> str:
        """The one letter that stands for the type in the gutter and as a key."""
        return TYPE_INFO[self].letter

    @property
    def group(self) -> Group:
        """The colour group of the type."""
        return TYPE_INFO[self].group

    @property
    def gloss(self) -> str:
        """What a claim of this type says, in a few words."""
        return TYPE_INFO[self].gloss


TYPE_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
"""What names a claim type: small letters, digits and hyphens."""


class OwnType(str):
    """A claim type of a project's codebook (`claims.codebook`); no machine gives one.

    How it is shown only the codebook says: a claim keeps it also when the codebook is gone.
    Raises `ValueError` for what cannot name a type.
    """

    __slots__ = ()

    def __new__(cls, name: str) -> OwnType:
        if not isinstance(name, str) or not TYPE_ID.fullmatch(name):
            raise ValueError("a type is named by at most 40 small letters, digits and hyphens")
        return super().__new__(cls, name)

    @property
    def value(self) -> str:
        """The name, as for a type of the scheme."""
        return str(self)

    @property
    def group(self) -> Group:
        """None of the scheme's groups: what such a claim is about, no program knows."""
        return Group.NONE


AnyType = ClaimType | OwnType
"""A type of the scheme, or one that a project added."""

HAVE_ABOUT: frozenset[AnyType] = frozenset((ClaimType.ACCUSATION, ClaimType.DENIAL))
"""The types of claims that are about another: what is complained of or denied has a type too."""


def any_type(name: str) -> AnyType:
    """The type of that name. Raises `ValueError` for what cannot name one."""
    try:
        return ClaimType(name)
    except ValueError:
        return OwnType(name)


class TypeInfo(NamedTuple):
    """How a claim type is shown, unless a codebook says otherwise."""

    letter: str
    group: Group
    gloss: str


TYPE_INFO: Mapping[ClaimType, TypeInfo] = {
    ClaimType.TERRITORY: TypeInfo("T", Group.GROUND, "ground gained, lost, held; advance, retreat"),
    ClaimType.REPELLED: TypeInfo("R", Group.GROUND, "an attack stopped, a missile shot down"),
    ClaimType.FIGHTING: TypeInfo("F", Group.GROUND, "combat without a stated outcome"),
    ClaimType.STRIKE: TypeInfo("S", Group.FIRE, "a missile, drone, air, artillery or bomb attack"),
    ClaimType.LOSSES: TypeInfo("L", Group.TOLL, "soldiers killed or wounded, equipment destroyed"),
    ClaimType.CIVILIANS: TypeInfo("C", Group.TOLL, "civilians harmed or civilian objects hit"),
    ClaimType.PRISONERS: TypeInfo("P", Group.TOLL, "people captured, held, exchanged, abducted"),
    ClaimType.FORCES: TypeInfo("M", Group.FORCES, "deployments, reserves, arms, strength"),
    ClaimType.HUMANITARIAN: TypeInfo("H", Group.AID, "evacuation, aid, corridors, services"),
    ClaimType.POLICY: TypeInfo("I", Group.POLITICS, "aims, plans, orders, demands, threats"),
    ClaimType.DIPLOMACY: TypeInfo("D", Group.POLITICS, "talks, agreements, sanctions, pledges"),
    ClaimType.ACCUSATION: TypeInfo("A", Group.DISPUTE, "someone did wrong"),
    ClaimType.DENIAL: TypeInfo("N", Group.DISPUTE, "another's claim is false"),
    ClaimType.ASSESSMENT: TypeInfo("O", Group.VIEW, "judgement, cause, forecast, opinion"),
    ClaimType.BACKGROUND: TypeInfo("B", Group.NONE, "context that nobody disputes here"),
}


class Mode(StrEnum):
    """How the words are given to someone."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    UNATTRIBUTED = "unattributed"


class Stance(StrEnum):
    """What the speaker does with the claim."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ACCUSES = "accuses"
    PLANS = "plans"
    ASSESSES = "assesses"


class Certainty(StrEnum):
    """How firmly the claim is put."""

    FIRM = "firm"
    HEDGED = "hedged"


class Distance(StrEnum):
    """How far the writer stands from the claim (said; claimed; confirmed)."""

    NEUTRAL = "neutral"
    SCEPTICAL = "sceptical"
    ENDORSING = "endorsing"


class Role(StrEnum):
    """The office in which a speaker speaks."""

    HEAD_OF_STATE = "head of state"
    MINISTRY = "ministry"
    MILITARY = "military"
    OFFICIAL = "official"
    LOCAL_AUTHORITY = "local authority"
    ARMED_GROUP = "armed group"
    ORGANISATION = "organisation"
    MEDIA = "media"
    ANALYST = "analyst"
    WITNESS = "witness"
    CIVILIAN = "civilian"
    SOCIAL_ACCOUNT = "social account"
    AUTHOR = "author"
    UNKNOWN = "unknown"


class SentenceKind(StrEnum):
    """What a sentence is in the page, where that decides how it is read."""

    PROSE = "prose"
    HEADING = "heading"
    BULLET = "bullet"
    POST = "post"
    SIGNATURE = "signature"
    """The "— Name (@handle) date" line of an embedded post, a byline, a date line."""


Bound = Literal["exact", "about", "at least", "more than", "up to", "fewer than", "between"]
"""How a number is limited. "at least"/"more than" have `low` only, "up to"/"fewer than" `high`
only; the others have both, equal unless "between"."""

THIRD_PARTY, MEDIA, AUTHOR, UNKNOWN_SIDE = "third-party", "media", "author", "unknown"
COMMON_SIDES = (THIRD_PARTY, MEDIA, AUTHOR, UNKNOWN_SIDE)
"""The sides that every conflict profile has beside its own."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts: "up to 2,300 servicemen" is high 2300, bound "up to".

    `measure` says what the number measures, when that is known: killed, wounded, captured,
    missing, displaced, equipment, distance, attacks, settlements, area, money, share, time.
    `unit` is set for measured things (km), `object` for counted ones (servicemen).
    """

    span: Span
    low: float | None
    high: float | None
    bound: Bound = "exact"
    unit: str | None = None
    object: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a claim names; `name` is the profile's spelling of it."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a claim names, resolved against the article's date: ISO days, `end` inclusive."""

    span: Span
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is behind the words of a source: one per person or body in an article."""

    name: str
    role: Role = Role.UNKNOWN
    side: str = UNKNOWN_SIDE


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `paragraph` counts from 0."""

    span: Span
    paragraph: int
    kind: SentenceKind = SentenceKind.PROSE


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that an article says or lets someone say (see `docs/claims.md`)."""

    id: str
    content: Spans
    source: Spans = ()
    cue: Spans = ()
    speaker: str | None = None
    role: Role = Role.UNKNOWN
    side: str = UNKNOWN_SIDE
    channel: tuple[str, ...] = ()
    mode: Mode = Mode.UNATTRIBUTED
    type: AnyType = ClaimType.BACKGROUND
    stance: Stance = Stance.ASSERTS
    certainty: Certainty = Certainty.FIRM
    distance: Distance = Distance.NEUTRAL
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Moment, ...] = ()
    about: ClaimType | None = None
    """For a denial or an accusation: the type of what is denied or complained of."""
    victims: str | None = None
    """The side of those whom the claim tells to be killed or wounded, where its words tell it."""
    confidence: float = 0.0
    rule: str = ""

    @property
    def start(self) -> int:
        """Where the content begins; claims are ordered by it."""
        return self.content[0].start if self.content else 0

    @property
    def end(self) -> int:
        """Where the content ends."""
        return self.content[-1].end if self.content else 0

    def spans(self) -> Iterable[tuple[str, Span]]:
        """Every span of source, cue and content with the name of its part."""
        for part in ("source", "cue", "content"):
            for span in cast(Spans, getattr(self, part)):
                yield part, span

    def to_json(self) -> dict[str, Any]:
        """The claim as plain JSON values, in the order of the public format."""
        return {name: _plain(getattr(self, name)) for name in _JSON_FIELDS}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Claim:
        """Read what `to_json` wrote; unknown keys are ignored.

        Raises `ValueError` naming the field that does not hold what the scheme allows.
        """
        known: dict[str, Any] = {}
        for name, read in _READERS.items():
            if name in data:
                try:
                    known[name] = read(data[name])
                except (TypeError, ValueError, KeyError, AttributeError) as problem:
                    raise ValueError(f"claim field {name!r}: {data[name]!r}: {problem}") from None
        if not isinstance(known.get("id"), str) or not known.get("content"):
            raise ValueError("a claim needs an 'id' and at least one 'content' span")
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Article:
    """What `claims.extract` reads: a text and what is known about where it comes from.

    `date` is an ISO day or instant; relative dates in the text are resolved against it.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article, and by what."""

    text_sha256: str
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    speakers: tuple[Speaker, ...]
    profile: str
    version: str
    notes: tuple[str, ...] = field(default=())
    """What the reader should know, such as a language that the rules do not cover."""

    def to_json(self, doc: str) -> dict[str, Any]:
        """The object that `warreader extract` prints for the article named `doc`."""
        return {
            "doc": doc,
            "text_sha256": self.text_sha256,
            "sentences": [list(sentence.span) for sentence in self.sentences],
            "claims": [claim.to_json() for claim in self.claims],
            "profile": self.profile,
            "extractor": self.version,
            "notes": list(self.notes),
        }


_HASHED = 1 << 20
"""Characters that are encoded at a time."""


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for at in range(0, len(text), _HASHED):  # so that no second copy of a long text is made
        digest.update(text[at : at + _HASHED].encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def claim_id(text_sha256: str, content: Sequence[Span], *, attributed: bool) -> str:
    """The id of a machine's claim: the same text, content and kind give the same id for ever.

    Within one article no two claims of a kind have the same content spans.
    """
    kind = "said" if attributed else "written"
    key = f"{text_sha256}|{kind}|" + ";".join(f"{start},{end}" for start, end in content)
    return "c" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum | OwnType):
        return value.value
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Quantity | Place | Moment):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def _span(value: Any) -> Span:
    start, end = value
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        raise ValueError("a span is [start, end] with 0 <= start < end")
    return Span(start, end)


def _spans(value: Any) -> Spans:
    spans = tuple(_span(item) for item in value)
    if any(one.end > two.start for one, two in pairwise(spans)):
        raise ValueError("spans must be in order and not overlap")
    return spans


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")
    return value


def _number(value: Any) -> float | None:
    """A number, or None; one without end is none, as `json` reads "Infinity" and "NaN"."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return None if isinstance(value, float) and not math.isfinite(value) else value
    raise ValueError("must be a number or null")


_BOUNDS = ("exact", "about", "at least", "more than", "up to", "fewer than", "between")


def _quantity(value: Any) -> Quantity:
    bound = value.get("bound", "exact")
    if bound not in _BOUNDS:
        raise ValueError(f"bound {bound!r} is none of {', '.join(_BOUNDS)}")
    return Quantity(
        span=_span(value["span"]),
        low=_number(value.get("low")),
        high=_number(value.get("high")),
        bound=cast(Bound, bound),
        unit=value.get("unit"),
        object=value.get("object"),
        measure=value.get("measure"),
    )


_READERS: Mapping[str, Any] = {
    "id": _text,
    "source": _spans,
    "cue": _spans,
    "content": _spans,
    "speaker": lambda value: None if value is None else _text(value),
    "role": Role,
    "side": _text,
    "channel": lambda value: tuple(_text(item) for item in value),
    "mode": Mode,
    "type": any_type,
    "stance": Stance,
    "certainty": Certainty,
    "distance": Distance,
    "quantities": lambda value: tuple(_quantity(item) for item in value),
    "places": lambda value: tuple(Place(_span(v["span"]), _text(v["name"])) for v in value),
    "dates": lambda value: tuple(
        Moment(_span(v["span"]), v.get("start"), v.get("end")) for v in value
    ),
    "about": lambda value: None if value is None else ClaimType(value),
    "victims": lambda value: None if value is None else _text(value),
    "confidence": lambda value: float(_number(value) or 0.0),
    "rule": _text,
}
_JSON_FIELDS = tuple(_READERS)
