"""What a claim says of the outcome of a fight on the ground: who gained, or failed to, and where.

"Ukrainian troops entered Levshinka" and "Russia repelled Ukrainian attacks near Levshinka" speak
of one attacker, Ukraine, with opposite outcomes; that is what comparison sets side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from claims.comparison.likeness import Casing, Lexicon, Mention, end_of, skeleton
from claims.kind_words import stem
from claims.model import UNKNOWN_SIDE, Claim, ClaimType, Stance
from claims.text import word_set

Result = Literal["gained", "failed", "held"]
"""The attacker gained ground; failed to; or a side holds the place."""


def _stems(listed: str) -> frozenset[str]:
    return frozenset(stem(word) for word in listed.split())


LONGEST = 90
"""Words and marks above which a content is several statements run together."""
_GROUND = frozenset((ClaimType.TERRITORY, ClaimType.REPELLED, ClaimType.FIGHTING, ClaimType.LOSSES))
_TAKE = _stems("capture seize liberate retake recapture occupy overrun conquer")
_GAIN = _stems("advance enter progress penetrate") | frozenset(("advanc", "footholds", "foothold"))
_MOVE = _stems("move push break drive thrust go")
_FURTHER = word_set("further deeper forward into through deep")
_MADE = _stems("make gain secure take consolidate achieve complete")
_MADE_WHAT = word_set("gains gain advances advance progress control breakthrough capture headway")
_REPEL = _stems("repel repulse thwart foil rebuff prevent stop halt block fail beat defeat push")
_REPEL_ALONE = _stems("repel repulse thwart foil rebuff defeat")
_ATTACK = _stems(
    """attack attempt assault advance offensive counterattack counteroffensive breakthrough break
    thrust push incursion invasion invade infiltrate move progress"""
)
_UNSUCCESSFUL = word_set("unsuccessful unsuccessfully failed fail fails")
_NOT = word_set("not no never didn't haven't hasn't without nor neither cannot unable")
_HOLD = _stems("hold control retain defend keep maintain")
_HELD_WHAT = word_set(
    "control positions position line lines defense defence full city town village"
)
_UNREAL = word_set(
    """will would could may might can should seek seeks seeking aim aims aiming plan plans planning
    planned intend intends want wants try tries trying tried attempt attempts attempting attempted
    prepare preparing order ordered hope likely unlikely if order continue threaten able unable
    goal objective objectives effort efforts intent intention set before until after since when
    despite following amid from might could capability ability would"""
)
_BARE = word_set(
    """advance capture seize enter liberate retake recapture occupy take move push break drive make
    gain secure penetrate consolidate overrun progress"""
)
"""Forms that are an infinitive as soon as a "to" or a "not" stands somewhere before them."""
_INFINITE = word_set("to not enough cannot never unable can")
_OWN = word_set("we our us its his their they it")
_ENEMY = word_set("enemy enemies enemy's invading invaders occupiers aggressor")
_CUTS = frozenset(".;!?:()")
_CLAUSE = word_set("while but although though which who where after when before whereas")
_THINGS = _stems(
    """prisoner soldier serviceman servicemen troops fighter tank vehicle weapon ammunition cache
    equipment hostage civilian militant personnel gun group sabotage saboteur"""
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who attacked (or holds) where, with what result; `shown` are the text's own words for it."""

    side: str
    result: Result
    places: frozenset[str]
    firm_place: bool
    shown: str

    def against(self, other: Outcome) -> bool:
        """Whether both cannot be: one attacker gained and failed; one place held by two."""
        if {self.result, other.result} == {"gained", "failed"}:
            return self.side == other.side
        if "held" in (self.result, other.result) and "failed" not in (self.result, other.result):
            return self.side != other.side
        return False


def outcomes_of(
    claim: Claim, text: str, words: list[Mention], casing: Casing, lexicon: Lexicon, speaker: str
) -> tuple[Outcome, ...]:
    """The outcomes that a claim asserts; none for plans, fears and judgements."""
    if claim.type not in _GROUND or claim.stance in (Stance.PLANS, Stance.DENIES):
        return ()
    if len(words) > LONGEST:
        return ()
    out = []
    subject: str | None = None
    for clause in _clauses(words):
        own = next(
            (side for at in range(len(clause)) if (side := _mentioned(clause, at, lexicon))), None
        )
        # ", entering the village": a participle has the subject of the clause before it.
        hangs = clause[0].low.endswith("ing")
        made = _outcome(clause, text, casing, lexicon, speaker, subject if hangs else None)
        if made is not None:
            out.append(made)
        subject = subject if hangs else own
    return tuple(out)


def _clauses(words: list[Mention]) -> Iterator[list[Mention]]:
    """The clauses, without what stands in brackets: "Makiivka (22km from Kreminna)"."""
    clause: list[Mention] = []
    depth = 0
    for at, word in enumerate(words):
        if word.low in "()":
            depth = 1 if word.low == "(" else 0
        elif (
            word.low in ".!?"
            or (word.low == "," and _hangs(words, at))
            or (not depth and (word.low in _CUTS or word.low in _CLAUSE))
        ):
            depth = 0
            if len(clause) > 2:
                yield clause
            clause = []
        elif not depth:
            clause.append(word)
    if len(clause) > 2:
        yield clause


def _hangs(words: list[Mention], at: int) -> bool:
    """Whether a comma opens a clause with a participle."""
    return at + 1 < len(words) and words[at + 1].low.endswith("ing")


_NEXT = word_set(
    "that made took began fought held struck drove broke lost are were have has is unsuccessfully"
)


def _reach(clause: Sequence[Mention], at: int) -> Sequence[Mention]:
    """The words from the outcome to the next predicate: "… and continued", "… and that"."""
    for end in range(at + 2, len(clause)):
        low = clause[end].low
        if clause[end - 1].low == "and" and (low in _NEXT or low.endswith("ed")):
            return clause[at:end]
        if low in ("are", "were", "have", "has", "is") and not clause[end].capital:
            return clause[at:end]
    return clause[at:]


_DIRECTIONS = word_set(
    """north south east west northeast northwest southeast southwest northern southern eastern
    western outskirts suburbs center centre km kilometers kilometres miles direction city town
    port"""
)
_REGIONS = word_set(
    """river highway road canal sea oblast region province governorate countryside krai raion
    district republic"""
)


def _places(clause: Sequence[Mention], casing: Casing, lexicon: Lexicon) -> frozenset[str]:
    """The places of a clause, without regions, rivers, roads and what only locates a place."""
    out = set()
    for at, word in enumerate(clause):
        if not word.capital or not casing.is_name(word) or lexicon.is_side(word.low):
            continue
        after = clause[at + 1].low if at + 1 < len(clause) else ""
        before = [one.low for one in clause[max(0, at - 2) : at]]
        if after in _REGIONS or word.low in _REGIONS:
            continue
        if before[-1:] == ["of"] and before[0] in _DIRECTIONS:
            continue
        out.add(skeleton(word.low))
    return frozenset(out)


def _outcome(
    clause: Sequence[Mention],
    text: str,
    casing: Casing,
    lexicon: Lexicon,
    speaker: str,
    subject: str | None,
) -> Outcome | None:
    stems = [stem(word.low) for word in clause]
    lows = [word.low for word in clause]
    found = _failure(lows, stems) or _success(lows, stems) or _holding(lows, stems)
    if found is None:
        return None
    result, at, way = found
    side = _side(clause, lows, at, way, lexicon, speaker)
    if side is None and way == "before":
        side = subject
    if side is None:
        return None
    places = _places(_reach(clause, at), casing, lexicon)
    if not places:
        places = _places(clause[:at], casing, lexicon)
    told = clause[max(0, at - 6) : at + 10]
    words = text[told[0].start : end_of(text, told[-1])]
    return Outcome(side, result, places, bool(places), words)


_Found = tuple[Result, int, str]
"""The result, the word that tells it, and where the side stands: before, after or around."""


def _failure(lows: list[str], stems: list[str]) -> _Found | None:
    for at, low in enumerate(lows):
        if low in _UNSUCCESSFUL and any(s in _ATTACK or s in _TAKE for s in stems[at : at + 6]):
            return "failed", at, "before"
        if low in _NOT and any(s in _TAKE or s in _GAIN for s in stems[at + 1 : at + 4]):
            return None if _unreal(lows, at) else ("failed", at, "before")
        if stems[at] in _REPEL:
            ahead = stems[at + 1 : at + 9]
            if _unreal(lows, at):
                return None
            if any(s in _ATTACK for s in ahead):
                return "failed", at, "after"
            if stems[at] in _REPEL_ALONE and any(s in _ATTACK for s in stems[max(0, at - 8) : at]):
                return "failed", at, "passive"
    return None


def _success(lows: list[str], stems: list[str]) -> _Found | None:
    for at, one in enumerate(stems):
        if one in _TAKE or (one in _GAIN and lows[at] != "advances"):
            if _unreal(lows, at) or lows[at] in ("advancing", "capturing", "seizing"):
                return None
            if lows[at] in ("capture", "advance", "progress") and _is_noun(lows, at):
                continue
            if lows[at] in ("occupied", "liberated", "captured", "seized") and not _verb(lows, at):
                continue
            if one in _TAKE and set(stems[at + 1 : at + 7]) & _THINGS:
                continue
            return "gained", at, "passive" if _is_passive(lows, at) else "before"
        if one in _MOVE and set(lows[at + 1 : at + 3]) & _FURTHER and lows[at] != "go":
            return None if _unreal(lows, at) else ("gained", at, "before")
        if one in _MADE and set(lows[at + 1 : at + 4]) & _MADE_WHAT:
            return None if _unreal(lows, at) else ("gained", at, "before")
    return None


def _holding(lows: list[str], stems: list[str]) -> _Found | None:
    for at, one in enumerate(stems):
        if one in _HOLD and not _unreal(lows, at) and not set(lows[max(0, at - 3) : at]) & _NOT:
            if one == stem("control") and not set(lows[max(0, at - 4) : at]) & {
                "still",
                "full",
                "in",
                "fully",
                "forces",
                "troops",
                "army",
            }:
                continue
            if one != stem("control") and not set(lows[at + 1 : at + 5]) & _HELD_WHAT:
                continue
            return "held", at, "before"
    return None


def _verb(lows: list[str], at: int) -> bool:
    """Whether a participle is a verb here: "troops captured X", not "the occupied town"."""
    before = lows[at - 1] if at else ""
    after = lows[at + 1] if at + 1 < len(lows) else ""
    if after in _REGIONS or after in ("areas", "area", "territory", "territories"):
        return False
    return before not in ("the", "a", "newly", "recently", "of", "in", "and", "near", "from") and (
        bool(after)
    )


def _is_noun(lows: list[str], at: int) -> bool:
    before = lows[max(0, at - 3) : at]
    after = lows[at + 1] if at + 1 < len(lows) else ""
    return after == "of" or bool(set(before[-2:]) & {"the", "a", "an", "their", "its", "further"})


def _is_passive(lows: list[str], at: int) -> bool:
    return bool(set(lows[max(0, at - 3) : at]) & {"was", "were", "been", "being"})


def _unreal(lows: list[str], at: int) -> bool:
    """Whether what the word tells is only wanted, feared, attempted or a condition."""
    if lows[at] in _BARE and set(lows[max(0, at - 16) : at]) & _INFINITE:
        return True
    return bool(set(lows[max(0, at - 7) : at]) & _UNREAL) or (
        at > 0 and lows[at - 1] == "to" and lows[max(0, at - 2)] not in ("continue", "continued")
    )


def _side(
    clause: Sequence[Mention],
    lows: list[str],
    at: int,
    way: str,
    lexicon: Lexicon,
    speaker: str,
) -> str | None:
    """Whose attack or hold it is; None when the clause does not tell."""
    sides = [
        (place, side)
        for place in range(len(clause))
        if (side := _mentioned(clause, place, lexicon)) is not None
    ]
    if way == "after":
        for place, side in sides:
            if at < place <= at + 10:
                return side
        if set(lows[at : at + 8]) & _ENEMY:
            return _rival(lexicon, speaker)
        return None
    if way == "passive":
        by = next((k for k in range(at, min(len(lows), at + 6)) if lows[k] == "by"), None)
        if lows[at - 1] in _UNREAL or (stem(lows[at]) in _REPEL_ALONE):
            before = [side for place, side in sides if place < at]
            if before:
                return before[-1]
            return _rival(lexicon, speaker) if set(lows[:at]) & _ENEMY else None
        if by is None:
            return None
        return next((side for place, side in sides if place > by), None)
    before = [side for place, side in sides if place < at]
    if before:
        return before[0]
    if set(lows[:at]) & _ENEMY:
        return _rival(lexicon, speaker)
    if set(lows[:at]) & _OWN and speaker != UNKNOWN_SIDE:
        return speaker
    return None


def _mentioned(clause: Sequence[Mention], at: int, lexicon: Lexicon) -> str | None:
    word = clause[at]
    if not word.capital or not lexicon.is_side(word.low):
        return None
    phrase = " ".join(
        part.low[:1].upper() + part.low[1:] if part.capital else part.low
        for part in clause[at : at + 3]
    )
    side = lexicon.side_of(phrase)
    return side if side not in (None, "media", "author", UNKNOWN_SIDE, "third-party") else None


def _rival(lexicon: Lexicon, speaker: str) -> str | None:
    rivals = lexicon.profile.side(speaker).rivals
    return rivals[0] if len(rivals) == 1 else None
