"""The rules behind claim types: what the classes of words say together, and where they count.

A rule gives weight to a type when a word of its class is there, or when words of two classes stand
near each other; less in subordinate clauses, in purposes and late in the content. The weights are
this project's own; the types are those of `docs/claims.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from claims.kind_words import CLASS_NAMES, CLASSES, STEMS, stem_set
from claims.model import ClaimType
from claims.text import word_set


class Rule(NamedTuple):
    """`first` alone, or with `second` at most `reach` words away (`after`: only to the right)."""

    type: ClaimType
    name: str
    weight: float
    first: str
    second: str = ""
    reach: int = 6
    after: bool = False


_T = ClaimType
RULES: tuple[Rule, ...] = (
    Rule(_T.TERRITORY, "gain+place", 3.0, "gain", "place", 7),
    Rule(_T.TERRITORY, "free+place", 2.2, "free", "place", 5),
    Rule(_T.TERRITORY, "push+back", 1.9, "push", "back", 3, after=True),
    Rule(_T.TERRITORY, "advance", 1.6, "advance"),
    Rule(_T.TERRITORY, "offensive", 0.7, "offensive"),
    Rule(_T.TERRITORY, "advance+place", 0.8, "advance", "place", 8),
    Rule(_T.TERRITORY, "retreat+place", 1.8, "retreat", "place", 7),
    Rule(_T.TERRITORY, "retreat", 1.2, "retreat"),
    Rule(_T.TERRITORY, "fall+place", 1.7, "fall", "place", 5),
    Rule(_T.TERRITORY, "evacuate+soldier", 2.4, "evacuate", "soldier", 6),
    Rule(_T.TERRITORY, "gain", 0.6, "gain"),
    Rule(_T.TERRITORY, "control", 0.5, "control"),
    Rule(_T.TERRITORY, "control+place", 1.6, "control", "place", 7),
    Rule(_T.TERRITORY, "enter+further", 1.5, "enter", "further", 3),
    Rule(_T.TERRITORY, "enter+place", 0.7, "enter", "place", 5),
    Rule(_T.REPELLED, "repel", 2.2, "repel"),
    Rule(_T.REPELLED, "repel+assault", 2.0, "repel", "assault", 8),
    Rule(_T.REPELLED, "repel+airborne", 1.6, "repel", "airborne", 9),
    Rule(_T.REPELLED, "stop+assault", 3.0, "stop", "assault", 7),
    Rule(_T.REPELLED, "stop+place", 1.0, "stop", "place", 5),
    Rule(_T.REPELLED, "shoot+down", 3.8, "shoot", "down", 4, after=True),
    Rule(_T.REPELLED, "failed+assault", 2.4, "failed", "assault", 4),
    Rule(_T.REPELLED, "hold+defence", 2.0, "hold", "defence", 4, after=True),
    Rule(_T.FIGHTING, "fight", 1.9, "fight"),
    Rule(_T.FIGHTING, "engage+fire", 1.8, "engage", "fire", 3),
    Rule(_T.FIGHTING, "assault", 0.6, "assault"),
    Rule(_T.FIGHTING, "assault+soldier", 1.1, "assault", "soldier", 7),
    Rule(_T.FIGHTING, "fire", 0.8, "fire"),
    Rule(_T.STRIKE, "bomb", 2.0, "bomb"),
    Rule(_T.STRIKE, "device", 0.6, "device"),
    Rule(_T.STRIKE, "strike", 0.6, "strike"),
    Rule(_T.STRIKE, "struck", 0.7, "struck"),
    Rule(_T.STRIKE, "strike+weapon", 1.5, "strike", "weapon", 6),
    Rule(_T.STRIKE, "weapon", 0.4, "weapon"),
    Rule(_T.STRIKE, "strike+object", 0.5, "strike", "object", 7),
    Rule(_T.LOSSES, "kill+soldier", 2.9, "kill", "soldier", 6),
    Rule(_T.LOSSES, "wound+soldier", 2.0, "wound", "soldier", 6),
    Rule(_T.LOSSES, "destroy+equipment", 2.6, "destroy", "equipment", 6),
    Rule(_T.LOSSES, "lose+soldier", 3.0, "lose", "soldier", 8),
    Rule(_T.LOSSES, "lose+equipment", 2.6, "lose", "equipment", 9),
    Rule(_T.LOSSES, "lose", 0.8, "lose"),
    Rule(_T.LOSSES, "kill", 1.0, "kill"),
    Rule(_T.CIVILIANS, "kill+civilian", 3.1, "kill", "civilian", 7),
    Rule(_T.CIVILIANS, "wound+civilian", 2.9, "wound", "civilian", 7),
    Rule(_T.CIVILIANS, "destroy+object", 2.4, "destroy", "object", 7),
    Rule(_T.CIVILIANS, "strike+object", 1.8, "strike", "object", 7),
    Rule(_T.CIVILIANS, "strike+civilian", 1.4, "strike", "civilian", 6),
    Rule(_T.CIVILIANS, "bomb+object", 1.2, "bomb", "object", 6),
    Rule(_T.CIVILIANS, "bomb+civilian", 0.9, "bomb", "civilian", 6),
    Rule(_T.CIVILIANS, "kill", 1.2, "kill"),
    Rule(_T.CIVILIANS, "wound", 0.8, "wound"),
    Rule(_T.PRISONERS, "prisoner", 2.4, "prisoner"),
    Rule(_T.PRISONERS, "exchange+prisoner", 1.5, "exchange", "prisoner", 8),
    Rule(_T.PRISONERS, "prisoner+soldier", 0.8, "prisoner", "soldier", 6),
    Rule(_T.FORCES, "deploy", 1.9, "deploy"),
    Rule(_T.FORCES, "deploy+soldier", 1.4, "deploy", "soldier", 7),
    Rule(_T.FORCES, "supply+arms", 2.2, "supply", "arms", 6),
    Rule(_T.FORCES, "supply+soldier", 0.8, "supply", "soldier", 4),
    Rule(_T.FORCES, "find+equipment", 2.2, "find", "equipment", 6),
    Rule(_T.FORCES, "find+device", 2.2, "find", "device", 6),
    Rule(_T.FORCES, "own+equipment", 1.4, "own", "equipment", 7),
    Rule(_T.FORCES, "own+soldier", 0.7, "own", "soldier", 5),
    Rule(_T.FORCES, "military+help", 2.0, "military", "help", 4, after=True),
    Rule(_T.FORCES, "soldier", 0.3, "soldier"),
    Rule(_T.FORCES, "equipment", 0.3, "equipment"),
    Rule(_T.HUMANITARIAN, "displaced", 2.2, "displaced"),
    Rule(_T.HUMANITARIAN, "displaced+civilian", 1.0, "displaced", "civilian", 7),
    Rule(_T.HUMANITARIAN, "flee+civilian", 2.0, "flee", "civilian", 7),
    Rule(_T.HUMANITARIAN, "aid", 1.6, "aid"),
    Rule(_T.HUMANITARIAN, "help", 0.7, "help"),
    Rule(_T.HUMANITARIAN, "aid+help", 2.0, "aid", "help", 4),
    Rule(_T.HUMANITARIAN, "suffer", 1.4, "suffer"),
    Rule(_T.HUMANITARIAN, "suffer+civilian", 1.0, "suffer", "civilian", 7),
    Rule(_T.HUMANITARIAN, "need", 0.6, "need"),
    Rule(_T.HUMANITARIAN, "need+civilian", 1.0, "need", "civilian", 8),
    Rule(_T.HUMANITARIAN, "aid+need", 1.0, "aid", "need", 8),
    Rule(_T.HUMANITARIAN, "aid+civilian", 0.8, "aid", "civilian", 8),
    Rule(_T.POLICY, "plan", 1.4, "plan"),
    Rule(_T.POLICY, "demand", 1.3, "demand"),
    Rule(_T.POLICY, "measure", 0.6, "measure"),
    Rule(_T.DIPLOMACY, "diplomacy", 1.5, "diplomacy"),
    Rule(_T.DIPLOMACY, "retreat+equipment", 2.4, "retreat", "equipment", 5),
    Rule(_T.DIPLOMACY, "contact", 0.6, "contact"),
    Rule(_T.DIPLOMACY, "contact+diplomacy", 0.8, "contact", "diplomacy", 6),
    Rule(_T.DIPLOMACY, "diplomacy+diplomacy", 1.0, "diplomacy", "diplomacy", 6),
    Rule(_T.ACCUSATION, "wrong", 1.2, "wrong"),
    Rule(_T.ACCUSATION, "crime", 1.0, "crime"),
    Rule(_T.ACCUSATION, "breach+law", 2.4, "breach", "law", 5, after=True),
    Rule(_T.ACCUSATION, "shoot+airliner", 5.0, "shoot", "airliner", 6, after=True),
    Rule(_T.ACCUSATION, "accuse", 2.0, "accuse"),
    Rule(_T.DENIAL, "deny", 2.6, "deny"),
    Rule(_T.ASSESSMENT, "assess", 1.0, "assess"),
    Rule(_T.ASSESSMENT, "opinion", 0.7, "opinion"),
    Rule(_T.ASSESSMENT, "modal", 0.6, "modal"),
    Rule(_T.BACKGROUND, "none+detail", 2.6, "none", "detail", 4, after=True),
    Rule(_T.BACKGROUND, "scene", 0.8, "scene"),
)

RULES_OF: Mapping[str, tuple[Rule, ...]] = {
    name: tuple(rule for rule in RULES if rule.first == name) for name in CLASS_NAMES
}
"""The rules by the class that they begin with."""


# Where a word counts -----------------------------------------------------------------------------

_OPENERS = word_set(
    "when while after before because since although though amid despite following if unless until "
    "as during"
)
_SUBORDINATORS = _OPENERS | word_set("which who whom whose where responsible suspected")
_CLAUSE_WORDS = _SUBORDINATORS | frozenset(("to", ",", ";", ".", "!", "?"))
_PURPOSE_VERBS = stem_set(
    "prevent protect avoid stop deter ensure defend counter help allow support launch"
)
_SETTING = word_set("from amid despite through throughout")
"""Prepositions before what is only the scene: "diverted from front line fighting"."""
_TURNING_NEXT = _SETTING | {","}
_TURNING = _CLAUSE_WORDS | _TURNING_NEXT | {"by"}
_LATE = 35
"""Words after which a content is no longer in its first clauses."""
_BACKED = word_set("backed supported aided assisted covered accompanied")


@lru_cache(maxsize=4096)
def _rule_key(kind: ClaimType, name: str) -> str:
    return f"r:{kind}.{name}"


class Evidence(NamedTuple):
    """What the rules found in the words of one content."""

    scores: dict[ClaimType, float]
    best: dict[ClaimType, tuple[float, str]]
    """For each type, the rule that gave most of its weight."""
    gains: dict[str, float]
    """The weight that each rule gave, by "r:type.rule"."""
    places: Mapping[str, Sequence[int]]
    """Where the words of each class stand."""

    def add(self, kind: ClaimType, gain: float, name: str) -> None:
        """Let the rule `name` give `gain` to a type."""
        scores, best = self.scores, self.best
        scores[kind] = scores.get(kind, 0.0) + gain
        self.gains[_rule_key(kind, name)] = gain
        if kind not in best or gain > best[kind][0]:
            best[kind] = (gain, name)


def evidence(
    words: Sequence[str], lows: Sequence[str], classes: Sequence[tuple[str, ...]]
) -> Evidence:
    """Let every rule that holds add weight; of each word, its lower-case form and its classes."""
    places: dict[str, list[int]] = {}
    last = -1
    for at, names in enumerate(classes):
        if names:
            low = lows[at]
            if low in _CHECKED:
                names = _in_sense(lows, at, names)
            for name in names:
                if name in places:
                    places[name].append(at)
                else:
                    places[name] = [at]
            last = at
    weights = _clause_weights(lows, last + 1)
    out = Evidence({}, {}, {}, places)
    for first, listed in places.items():
        for kind, name, weight, _, second, reach, after in RULES_OF[first]:
            if not second:
                strength = weights[listed[0]]
                if len(listed) > 1:
                    best = max([weights[at] for at in listed])
                    strength = best + (0.25 if len(listed) == 2 else 0.5)
            elif second in places:
                strength = _near(listed, places[second], reach, after, weights)
            else:
                continue
            if strength > 0:
                out.add(kind, weight * strength, name)
    for at in places.get("seize", ()):
        kind, gain, name = _taken(words, lows, at, places)
        out.add(kind, gain * weights[at], name)
    return out


_STATES = word_set("occupied besieged liberated captured annexed seized surrounded reclaimed")
_BEFORE_A_STATE = word_set(
    "in the a an of from on to for across within its their his her newly recently temporarily "
    "illegally and with through into around these those other"
)
_ARMS_NOUNS = word_set("strike attack assault combat battle fire raid")
_AFTER_ARMS_NOUNS = word_set(
    "force forces group groups carrier capability capabilities helicopter helicopters aircraft "
    "drone drones plan plans unit units vehicle vehicles system systems team submarine rifle"
)
_WORDY = word_set("verbal personal media political diplomatic cyber legal")
_AT_FIRE = word_set("exchange exchanged exchanging open opened opening returned returning under")
_CHECKED = _STATES | _ARMS_NOUNS | word_set("fighting planned attacks held")


def _in_sense(lows: Sequence[str], at: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """The classes of a word without those that its neighbours rule out.

    "occupied areas" gains no ground, a "strike force" strikes nothing, "forces fighting the
    group" are named by what they do.
    """
    low = lows[at]
    before = lows[at - 1] if at else ""
    after = lows[at + 1] if at + 1 < len(lows) else ""
    if low in _STATES:
        if (at == 0 or before in _BEFORE_A_STATE or before.endswith("ern")) and after.isalpha():
            ahead = lows[at + 1 : at + 3]
            held = low == "captured" and any("soldier" in CLASSES[word] for word in ahead)
            return ("prisoner",) if held else ()
    elif low == "planned":
        return () if before == "as" else names
    elif low == "fighting":
        return () if before and "soldier" in CLASSES[before] else names
    elif after in _AFTER_ARMS_NOUNS or before in _WORDY:
        return ()
    elif low == "fire" and before in _AT_FIRE:
        return tuple(name for name in names if name != "strike")
    return names


_PHRASE_ENDS = word_set(
    "in on at from to during by for with after near around while who which that and of as into"
) | frozenset(",;:.()!?")
_OBJECT_REACH = 8
_TAKEN = (
    ("soldier", ClaimType.PRISONERS, 3.2),
    ("captive", ClaimType.PRISONERS, 3.2),
    ("civilian", ClaimType.PRISONERS, 3.2),
    ("equipment", ClaimType.FORCES, 2.4),
    ("place", ClaimType.TERRITORY, 3.0),
)


def _taken(
    words: Sequence[str], lows: Sequence[str], at: int, places: Mapping[str, list[int]]
) -> tuple[ClaimType, float, str]:
    """What was "captured" or "seized", by the noun phrase that is its object or passive subject.

    "captured two commanders" is about prisoners, "captured the village" about territory, "seized
    a cache" about arms.
    """
    low = lows[at]
    if at > 0 and lows[at - 1] in ("was", "were", "been", "being", "are", "is"):
        phrase = range(max(0, at - _OBJECT_REACH), at)
    else:
        end = at + 1
        while end < min(len(words), at + _OBJECT_REACH) and lows[end] not in _PHRASE_ENDS:
            end += 1
        phrase = range(at + 1, end)
    for name, kind, gain in _TAKEN:
        if any(place in phrase for place in places.get(name, ())):
            return kind, gain, f"{low}+{name}"
    if any(words[k][0].isupper() for k in phrase):
        return ClaimType.TERRITORY, 2.2, f"{low}+name"
    return ClaimType.TERRITORY, 0.8, low


def _clause_weights(lows: Sequence[str], count: int) -> list[float]:
    """The weights of the first `count` words.

    1 in the main clause, less in subordinate clauses, in purposes and late in the content.
    """
    out: list[float] = []
    weight = 1.0
    settings: list[int] = []
    # Few words change the weight; between them it is laid down in one go.
    for at in _turns(lows, count):
        out += [weight] * (at - len(out))
        low, before = lows[at], lows[at - 1] if at else ""
        if low in _CLAUSE_WORDS:
            if low in _SUBORDINATORS:
                weight = 0.6 if at > 2 or low in _OPENERS else weight
            elif low != "to":
                weight = 1.0 if at < 25 else 0.75
            elif at + 1 < len(lows) and STEMS[lows[at + 1]] in _PURPOSE_VERBS:
                weight = 0.35
        elif before == "," and _participle_clause(lows, at):
            weight = 0.5
        if (before in _SETTING and not low.endswith("ing")) or (low == "by" and before in _BACKED):
            settings.append(at)
    out += [weight] * (count - len(out))
    if count > _LATE:
        out[_LATE:] = [min(weight, 0.6) for weight in out[_LATE:]]
    for at in {at + step for at in settings for step in range(4) if at + step < count}:
        out[at] *= 0.7
    return out


def _turns(lows: Sequence[str], count: int) -> list[int]:
    """Places among the first `count` words where the weight may change, in order."""
    found: list[int] = []
    for at, low in enumerate(lows[:count]):
        if low in _TURNING:
            if not found or found[-1] != at:
                found.append(at)
            if low in _TURNING_NEXT and at + 1 < count:
                found.append(at + 1)
    return found


def _participle_clause(lows: Sequence[str], at: int) -> bool:
    """ ", supported by …" and ", citing …": a clause beside the main one."""
    if at < 2 or at + 1 >= len(lows):
        return False
    low = lows[at]
    return (low.endswith("ed") and lows[at + 1] in ("by", "with", "in")) or (
        low.endswith("ing") and low not in ("including", "during")
    )


def _near(
    first: Sequence[int], second: Sequence[int], reach: int, after: bool, weights: Sequence[float]
) -> float:
    """The strength of the best pair within reach; both lists are in order."""
    best = 0.0
    at = 0
    for one in first:
        low = one + 1 if after else one - reach
        while at < len(second) and second[at] < low:
            at += 1
        step = at
        while step < len(second) and second[step] <= one + reach:
            if second[step] != one:
                closeness = 1.0 - 0.04 * (abs(second[step] - one) - 1)
                best = max(best, closeness * min(weights[one], weights[second[step]]))
            step += 1
    return best
