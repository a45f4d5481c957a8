"""The codebook in force: how each claim type is called, lettered, coloured, explained and keyed.

`BASE` is the scheme itself. A project's own codebook is a file over it (`claims.codebook_file`):
it renames, hides and adds types, names tags, and words the stances. A claim stores the id of its
type, so that a changed codebook changes no claim; a type that a codebook does not know is shown
by its id, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from claims.model import TYPE_INFO, Certainty, ClaimType, Distance, Group, Stance

UNKNOWN_LETTER = "?"
"""Beside a claim whose type the codebook does not know."""


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A claim type as a codebook has it."""

    id: str
    """What a claim stores."""
    letter: str
    label: str
    group: Group
    """Whose colour it has."""
    gloss: str
    """What such a claim says, in a few words."""
    definition: str = ""
    rather: str = ""
    """Which type to take when two fit."""
    examples: tuple[str, ...] = ()
    key: str = ""
    """The key in menus, where it is not the letter."""
    colour: str | None = None
    """A colour of its own, "#rrggbb", in place of the group's."""
    hidden: bool = False
    """Whether menus leave it out; claims that have it are shown all the same."""
    known: bool = True

    @property
    def style_key(self) -> str:
        """The style key of its colour."""
        return f"type.{self.id}"

    @property
    def menu_key(self) -> str:
        """The key that chooses it in a menu."""
        return (self.key or self.letter).lower()


@dataclass(frozen=True, slots=True)
class TagEntry:
    """A tag that a project uses."""

    name: str
    key: str = ""
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """How one value of a closed list (stance, certainty, distance) is called and keyed."""

    id: str
    label: str
    key: str
    gloss: str


WORDS: Mapping[str, tuple[Word, ...]] = {
    "stance": (
        Word(Stance.ASSERTS.value, "asserts", "a", "says that it is so"),
        Word(Stance.DENIES.value, "denies", "d", "says that it is not so"),
        Word(Stance.ACCUSES.value, "accuses", "c", "says that another did wrong"),
        Word(Stance.PLANS.value, "plans", "p", "says what is to be done"),
        Word(Stance.ASSESSES.value, "assesses", "o", "judges or forecasts"),
    ),
    "certainty": (
        Word(Certainty.FIRM.value, "firm", "f", "put as a fact"),
        Word(Certainty.HEDGED.value, "hedged", "h", "reportedly, may, alleged ~"),
    ),
    "distance": (
        Word(Distance.NEUTRAL.value, "neutral", "n", "the writer just relays it: said"),
        Word(Distance.SCEPTICAL.value, "sceptical", "s", "the writer doubts it: claimed ?"),
        Word(Distance.ENDORSING.value, "endorsing", "e", "the writer takes it as so: confirmed"),
    ),
}
"""The closed lists that a codebook may word, in the order of the menus."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """All of it; `types` are in the order of the menus."""

    title: str
    types: Mapping[str, TypeEntry]
    tags: tuple[TagEntry, ...] = ()
    tags_closed: bool = False
    """Whether no other tags may be given."""
    words: Mapping[str, tuple[Word, ...]] = field(default_factory=lambda: WORDS)

    def __getitem__(self, type_id: str) -> TypeEntry:
        """The entry of a type, for an unknown one too: it then has its id and no colour."""
        found = self.types.get(str(type_id))
        if found is not None:
            return found
        gloss = "not in the codebook"
        return TypeEntry(str(type_id), UNKNOWN_LETTER, str(type_id), Group.NONE, gloss, known=False)

    def __contains__(self, type_id: str) -> bool:
        return str(type_id) in self.types

    def offered(self) -> Iterator[TypeEntry]:
        """The types that menus offer."""
        return (entry for entry in self.types.values() if not entry.hidden)

    def find(self, words: str) -> TypeEntry | None:
        """The type that a person names by its id, its letter or its label; None if none is."""
        if words in self.types:
            return self.types[words]
        entries = sorted(self.types.values(), key=lambda entry: entry.hidden)
        for entry in entries:
            if words == entry.letter:
                return entry
        folded = words.casefold()
        for entry in entries:
            if folded in (entry.id, entry.label.casefold()):
                return entry
        return None

    def tag(self, name: str) -> TagEntry | None:
        """The entry of a tag, None where the project has none of that name."""
        return next((tag for tag in self.tags if tag.name == name), None)

    def word(self, kind: str, value: str) -> str:
        """How a stance, certainty or distance is called."""
        return next((word.label for word in self.words[kind] if word.id == value), str(value))

    def changes(self) -> dict[str, dict[str, object]]:
        """What differs from the scheme in its types, as plain JSON: for exports."""
        return {
            entry.id: {
                "letter": entry.letter,
                "label": entry.label,
                "group": entry.group.value,
                "gloss": entry.gloss,
            }
            for entry in self.types.values()
            if entry.id not in BASE or _shown(entry) != _shown(BASE[entry.id])
        }


def _shown(entry: TypeEntry) -> tuple[str, ...]:
    return entry.letter, entry.label, entry.group, entry.gloss


BASE = Codebook(
    "The scheme of warreader",
    {
        kind.value: TypeEntry(kind.value, info.letter, kind.value, info.group, info.gloss)
        for kind, info in TYPE_INFO.items()
    },
)
"""The scheme, without its longer words: those `explained` adds."""


def explained(codebook: Codebook) -> Codebook:
    """The codebook with the scheme's definitions where it has none of its own.

    They are long and only read in the guidelines, so they are loaded when asked for.
    """
    from claims.guidelines import DEFINITIONS

    types = {}
    for name, entry in codebook.types.items():
        if name in BASE and entry.gloss == BASE[name].gloss:
            text = DEFINITIONS[ClaimType(name)]
            entry = replace(
                entry,
                definition=entry.definition or text.definition,
                rather=entry.rather or text.rather,
                examples=entry.examples or text.examples,
            )
        types[name] = entry
    return replace(codebook, types=types)
