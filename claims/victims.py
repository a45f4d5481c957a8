"""Whose people were harmed: the side of the dead and wounded that a stretch of text tells of.

Nothing is parsed: for each word of harm the words before and after it are read, first for who was
harmed ("Palestinian civilians were killed", "killed 1,300 Israelis"), then for where ("in Gaza")
and by whom ("by Hamas", "an Israeli airstrike killed"), whose rivals are then the victims. One
pass over the words; around each word of harm a bounded number of them is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from claims.model import COMMON_SIDES, Span, Spans
from claims.names import Token, folded, tokens
from claims.profile import Profile
from claims.text import word_set
from claims.words import AUXILIARIES, BE

_VERBS = word_set(
    """killed kill kills killing wounded wounding wound injured injuring injure maimed murdered
    murdering murder slaughtered slaughtering massacred massacring slain beheaded executed
    executing burned shot gunned"""
)
"""Verbs of harm whose object is the victim; after "were" the victim stands before."""
_STRONG = _VERBS - word_set("burned shot gunned executed executing wound")
_DYING = word_set("died dies die dying perished dead fell martyred lifeless succumbed lives")
"""Words of harm whose subject, or the noun after them, is the victim."""
_NOUNS = word_set(
    """death deaths toll casualties casualty fatalities fatality body bodies corpse corpses victims
    victim massacre massacres slaughter killings carnage remains funeral funerals buried burial
    grave graves mourning mourners mourn grief losses"""
)
"""Nouns of harm: the victim stands after "of" or right before."""
_STRIKES = word_set(
    """airstrike airstrikes strike strikes bombardment bombardments bombing bombings shelling raid
    raids attack attacks assault assaults incursion invasion offensive rocket rockets missile
    missiles bomb bombs jets warplanes warplane artillery fire retaliation blitz campaign siege
    rampage onslaught gunmen militants militant terrorists terrorist fighters gunman soldiers
    forces troops army military settlers police airforce drone drones snipers assailants massacre
    attackers infiltration operation"""
)
"""What harms: after a side's name, that side did it ("Israeli airstrikes")."""
_UPON = word_set(
    """on in into against at of inside across over upon near around through throughout within
    from southern northern central eastern western besieged"""
)
"""Before a name: the place where it happened, or what was attacked."""
_CLAUSE = word_set(
    """said says say saying that because although while whereas but told reported according
    estimates announced claimed claims believe believes confirmed added"""
)
"""Where a subject ends when it is looked for from its verb backwards."""
_RELATIVE = word_set("who which that whom")
_STATED = word_set("ministry officials official authorities health spokesman spokesperson medics")
"""Who counts the dead counts mostly their own."""

_ARTICLES = word_set("a an the one two three several many some all its another")
_ATTACKED = word_set(
    """attacked raided invaded struck hit stormed infiltrated bombed shelled bombarded pounded
    besieged launched fired attacking bombing pounding invading raiding storming striking hitting
    retaliated blockaded assaulted overran strikes attacks"""
)
"""Verbs of attack: who stands before did it, who stands after suffered it."""
_EDGES = word_set("border borders frontier fence boundary blockade war conflict")
_POINTS = word_set("north south east west outside")

_SUFFER = word_set("suffer suffers suffered suffering sustained take takes taking took incurred")
_INFLICT = word_set("inflict inflicts inflicted inflicting")
"""Verbs before "heavy losses" whose subject is the victim, and whose subject is not."""
_LOSE = word_set("lose loses lost losing")
_PEOPLE = word_set(
    "soldiers servicemen troops men personnel fighters militants people civilians officers"
)
"""Who is lost where a side "lost" someone and not ground or a vote."""
_TOWARDS = word_set("toward towards against of to from")
_WEAK = word_set("remains lives grave body fell toll victim campaign")
"""Words of harm that mostly mean something else: alone they do not make a claim tell of harm."""

_BACK = 14
"""Words that a subject may stand before its verb."""
_AHEAD = 9
"""Words that an object may stand after its verb."""
_PATIENT, _NEAR_AGENT, _AGENT, _PLACE, _SPEAKER = 6.0, 3.5, 2.0, 2.0, 0.75
"""Weights: who is harmed, by whom right beside, by whom, where, who says so. Chosen on the even
rows of the sentences that `benchmarks/sides.py` reads."""


Votes = defaultdict[str, float]


class _Name(NamedTuple):
    first: int
    end: int
    side: str


def victims_side(text: str, span: Span, profile: Profile) -> str | None:
    """The side of those who were killed or wounded, by the words of `span` alone.

    A side of the profile; the strongest where several sides were harmed. None when no word of
    harm stands there or nothing tells whose people they were.
    """
    words = span.of(text)
    keys = folded(words)
    return None if _HARM.isdisjoint(keys) and not _loses_people(keys) else _side(words, profile)


_TAIL = re.compile(r",?\s{1,3}(?:and\s{1,3})?(?:killing|wounding|injuring)\s[^.!?;]{1,120}")
_BEHIND = re.compile(
    r"\b(?:which|who|whose|that|where|after|when|as|before|since|while|because|amid|following"
    r"|killing|wounding|injuring|leaving)\s"
)
"""Opens a clause that hangs on the words before it."""
_BEFORE = re.compile(
    r"[\W_]*(?:[A-Z]\w+\s{1,3}){0,3}(?:after|when|as|while|since|amid|before|because|following"
    r"|although|though|with)\s",
    re.IGNORECASE,
)
"""Opens a sentence with a clause that hangs on the words behind it."""
_GAP = 12
"""Characters between two parts of a claim beyond which they stand apart."""


def victims_of(
    text: str,
    content: Spans,
    profile: Profile,
    *,
    source: Spans = (),
    cue: Spans = (),
    sentence: Span | None = None,
    clear: Span | None = None,
) -> str | None:
    """The side of those who were killed or wounded by what a claim says.

    The content must hold the words of harm, or a participle that follows the last part ("A shell
    hit the school, he said, killing two"). Source and cue are read with it, for who counts the
    dead counts mostly their own. What stands between the parts is another's: it is read, with the
    rest of `sentence`, only where the claim's own words tell nothing ("In Gaza, he said, …").

    `clear` is how far the text around the claim belongs to no other claim. Where the content holds
    no word of harm, the clauses there that hang on it are read ("…, which killed two", "After …").
    """
    parts = sorted({*source, *cue, *content})
    if not any(_tells(span.of(text)) for span in content):
        last = max(span.end for span in parts)
        tail = _TAIL.match(text, last, sentence.end) if sentence is not None else None
        if tail is not None:
            return _side(" ".join(span.of(text) for span in content) + tail[0], profile)
        return None if clear is None else _beside(text, Span(parts[0].start, last), clear, profile)
    pieces: list[str] = []
    end = -1
    for span in parts:
        between = text[end : span.start] if 0 <= span.start - end <= _GAP else ""
        # Parts that do not touch are kept apart, or one's subject would be the other's object.
        pieces.append(between if between and not any(map(str.isalnum, between)) else " ; ")
        pieces.append(span.of(text))
        end = span.end
    side = _side("".join(pieces[1:]), profile)
    return _side(sentence.of(text), profile) if side is None and sentence is not None else side


def _beside(text: str, claim: Span, clear: Span, profile: Profile) -> str | None:
    """The side of those whom a clause tells to be harmed that hangs on a claim, behind or before.

    The claim is read with it, for it may name them.
    """
    opened = _BEHIND.search(text, claim.end, clear.end)
    if opened and _tells(text[opened.start() : clear.end]):
        return _side(text[claim.start : clear.end], profile)
    before = Span(clear.start, claim.start)
    if _BEFORE.match(text, *before) and _tells(before.of(text)):
        return _side(text[clear.start : claim.end], profile)
    return None


def harm_words(keyed: Sequence[str]) -> Iterator[int]:
    """Which of some folded words are such that `victims_of` finds nothing without one."""
    return compress(range(len(keyed)), map(_TELLING_OR_LOSE.__contains__, keyed))


def _tells(words: str) -> bool:
    """Whether a word stands there that surely tells of harm."""
    keys = folded(words)
    if _TELLING_OR_LOSE.isdisjoint(keys):  # most words: one look is enough
        return False
    return not _TELLING.isdisjoint(keys) or _loses_people(keys)


def _loses_people(keys: Sequence[str]) -> bool:
    """Whether "lost" and people stand there ("lost up to 2,300 servicemen")."""
    return not _LOSE.isdisjoint(keys) and not _PEOPLE.isdisjoint(keys)


def _side(words: str, profile: Profile) -> str | None:
    listed = tokens(words)
    keyed = [token.key for token in listed]
    names = [_Name(*name) for name in profile.sides_in(words, listed)]
    rivals = {side.id: side.rivals[0] for side in profile.sides if side.rivals}
    names = [name for name in names if name.side in rivals] or [
        name for name in names if name.side not in COMMON_SIDES
    ]
    reader = _Reader(words, listed, keyed, names, rivals)
    votes = reader.votes()
    if not votes:
        return None
    best = max(votes.values())
    return next(side for side, weight in votes.items() if weight == best)


_HARM = _STRONG | _DYING | _NOUNS | word_set("shot burned executed gunned")
_TELLING = _HARM - _WEAK
_TELLING_OR_LOSE = _TELLING | _LOSE


class _Reader:
    """Reads one stretch of text; made of its words and of the names of sides in it."""

    def __init__(
        self,
        words: str,
        listed: Sequence[Token],
        keyed: Sequence[str],
        names: Sequence[_Name],
        rivals: Mapping[str, str],
    ) -> None:
        self._words = words
        self._listed = listed
        self._keyed = keyed
        self._rivals = rivals
        self._name_at = {at: name for name in names for at in range(name.first, name.end)}
        self._names = names
        self._sentence = self._sentences()

    def votes(self) -> Votes:
        """The weight that speaks for each side."""
        votes: Votes = defaultdict(float)
        harmed: set[int] = set()
        told: set[int] = set()
        for at, key in enumerate(self._keyed):
            if key in _LOSE:
                if _PEOPLE.isdisjoint(self._keyed[at + 1 : at + 1 + _AHEAD]):
                    continue
            elif key not in _HARM or self._keyed[at : at + 2] == ["shot", "down"]:
                continue  # an aircraft that is shot down has no victims in these words
            harmed.add(self._sentence[at])
            patient = self._patient(at)
            if patient is not None:
                votes[patient.side] += _PATIENT
                told.add(self._sentence[at])
            elif (agent := self._agent_beside(at)) is not None:
                self._by(votes, agent.side, _NEAR_AGENT)
        if not harmed:
            return votes
        for name in self._names:
            if self._sentence[name.first] not in harmed:
                weight = 0.25
            elif self._sentence[name.first] in told:
                weight = 0.5
            else:
                weight = 1.0
            self._context(votes, name, weight)
        return votes

    def _context(self, votes: Votes, name: _Name, weight: float) -> None:
        """What a name tells where it stands, whoever was harmed."""
        role = self._role(name)
        if role == "agent":
            self._by(votes, name.side, _AGENT * weight)
        elif role == "place":
            votes[name.side] += _PLACE * weight
        elif role == "speaker":
            votes[name.side] += _SPEAKER * weight

    def _role(self, name: _Name) -> str:
        """What a name is where it stands: agent, place, speaker, edge (of a place) or ""."""
        keyed = self._keyed
        at = name.first - 1
        while at > name.first - 4 and at >= 0 and keyed[at] in _ARTICLES:
            at -= 1
        before = keyed[at] if at >= 0 else ""
        after = keyed[name.end : name.end + 3]
        if not _EDGES.isdisjoint(after[:1]) or (
            before == "of" and at > 0 and keyed[at - 1] in _POINTS
        ):
            return "edge"
        if not _STATED.isdisjoint(after) or not _STATED.isdisjoint(keyed[name.first : name.end]):
            return "speaker"
        if not _STRIKES.isdisjoint(after[:2]) or before == "by":
            return "agent"
        if not _ATTACKED.isdisjoint(after[:2]):
            return "agent"
        if before in _UPON or before in _ATTACKED:
            return "place"
        return ""

    def _by(self, votes: Votes, side: str, weight: float) -> None:
        rival = self._rivals.get(side)
        if rival is not None:
            votes[rival] += weight

    # Who was harmed --------------------------------------------------------------------------

    def _patient(self, at: int) -> _Name | None:
        key = self._keyed[at]
        if key in _LOSE:
            return self._subject(at)
        if key in _NOUNS:
            verbs = self._keyed[max(0, at - 4) : at]
            if not _SUFFER.isdisjoint(verbs):
                return self._subject(at)
            if not _INFLICT.isdisjoint(verbs):
                return self._of(at)
            return self._of(at) or self._before(at, 3)
        if key in _DYING:
            return self._before(at, _BACK) or (self._after(at, 4) if key != "died" else None)
        if self._passive(at):
            return self._before(at, _BACK)
        return self._after(at, _AHEAD)

    def _passive(self, at: int) -> bool:
        """Whether the verb stands after a form of "be", or describes the noun before it."""
        if self._keyed[at].endswith("ing") or self._keyed[at] in ("kill", "kills", "injure"):
            return False
        for place in range(at - 1, max(-1, at - 4), -1):
            if self._keyed[place] in BE or self._keyed[place] in ("get", "got", "getting"):
                return True
            if self._keyed[place] not in AUXILIARIES and not self._keyed[place].endswith("ly"):
                break
        following = self._keyed[at + 1] if at + 1 < len(self._keyed) else ","
        if following == "over" and "".join(self._keyed[at + 2 : at + 3]).isdigit():
            return False  # "killed over 1,300": a number of them, no place
        ended = at + 1 >= len(self._keyed) or self._sentence[at + 1] != self._sentence[at]
        return ended or following in _AFTER_PASSIVE

    def _before(self, at: int, reach: int) -> _Name | None:
        """The nearest name before a word of harm that can be its subject."""
        place = at - 1
        low = max(0, at - reach)
        owned = False
        while place >= low and self._sentence[place] == self._sentence[at]:
            key = self._keyed[place]
            if key in _STRONG and place < at - 3:
                break
            owned = owned or key in ("its", "their", "our")
            if key in _CLAUSE and not owned and not (key in _RELATIVE and place >= at - 4):
                break
            if key == "which" and place < at - 3:
                break
            name = self._name_at.get(place)
            if name is not None:
                if owned or not self._acts(name, at):
                    return name
                place = name.first
            place -= 1
        return None

    def _subject(self, at: int) -> _Name | None:
        """The nearest name before in the sentence that is no place: who suffered or inflicted."""
        for place in range(at - 1, max(-1, at - 2 * _BACK), -1):
            if self._sentence[place] != self._sentence[at]:
                return None
            name = self._name_at.get(place)
            if name is not None and self._role(name) == "" and place == name.end - 1:
                before = self._keyed[name.first - 1] if name.first else ""
                if before not in _TOWARDS:
                    return name
        return None

    def _acts(self, name: _Name, at: int) -> bool:
        """Whether a name beside the verb is who did it: "in an Israeli airstrike", "by Hamas"."""
        following = self._keyed[name.end : min(at, name.end + 2)]
        before = self._keyed[name.first - 1] if name.first else ""
        return (
            before == "by"
            or not _STRIKES_ONLY.isdisjoint(following)
            or self._role(name) in ("edge", "speaker")
        )

    def _after(self, at: int, reach: int) -> _Name | None:
        """The first name after a verb of harm that can be its object."""
        for place in range(at + 1, min(len(self._keyed), at + 1 + reach)):
            key = self._keyed[place]
            if self._sentence[place] != self._sentence[at]:
                break
            if key == "," and self._keyed[place - 1].isdigit():
                continue  # 1,300
            if key in _CLAUSE or key in _ENDS_OBJECT or key in _RELATIVE:
                break
            name = self._name_at.get(place)
            if name is not None:
                return None if self._acts(name, len(self._keyed)) else name
        return None

    def _of(self, at: int) -> _Name | None:
        """ "deaths of six Israelis", "toll in Gaza"."""
        if at + 1 < len(self._keyed) and self._keyed[at + 1] in ("of", "in", "among", "from", "on"):
            return self._after(at + 1, 7)
        return None

    # Who did it ------------------------------------------------------------------------------

    def _agent_beside(self, at: int) -> _Name | None:
        """Who stands as the doer: the last name before "killed", the first after "killed by"."""
        if self._keyed[at] in _VERBS and not self._passive(at):
            for place in range(at - 1, max(-1, at - _BACK), -1):
                if self._sentence[place] != self._sentence[at]:
                    return None
                name = self._name_at.get(place)
                if name is None:
                    continue
                role = self._role(name)
                if role == "agent" or (not role and place >= at - 3):
                    return name
            return None
        if self._keyed[at] in _NOUNS and not _INFLICT.isdisjoint(self._keyed[max(0, at - 4) : at]):
            return self._subject(at)
        for place in range(at + 1, min(len(self._keyed), at + 10)):
            if self._sentence[place] != self._sentence[at]:
                break
            name = self._name_at.get(place)
            if name is not None:
                return name if self._role(name) == "agent" else None
        return None

    def _sentences(self) -> list[int]:
        """The number of the sentence of each token, by the stops between them."""
        out: list[int] = []
        number = 0
        end = 0
        for token in self._listed:
            gap = self._words[end : token.start]
            if end and any(stop in gap for stop in ".!?\n") and self._words[token.start].isupper():
                number += 1
            out.append(number)
            end = token.end
        return out


_AFTER_PASSIVE = word_set(
    """in by when during at on since as and while after before , ; : ) inside near so far over
    this last there across from or amid including yesterday overnight monday tuesday wednesday
    thursday friday saturday sunday today along with including according under if earlier
    along where for because within per"""
)
"""What follows a participle that describes the noun before it: "1,400 people killed in"."""
_ENDS_OBJECT = word_set("by when during since after before , ; : while as and")
_STRIKES_ONLY = _STRIKES - word_set(
    """soldiers forces troops army military settlers police militants militant terrorists
    terrorist fighters gunmen gunman massacre"""
)
"""What harms, without those who can be harmed themselves."""

__all__ = ["harm_words", "victims_of", "victims_side"]
