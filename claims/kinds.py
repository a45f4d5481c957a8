"""What a claim is: type, stance, certainty and distance, each by a rule that can be named.

The question behind the type is "what would a rival deny?". Words of the content are looked up in
the classes of `claims.kind_words`; each rule that holds adds weight to a type, less for words in
subordinate and late clauses; the cue ("denied", "accused", "plans to") adds its own. Hedges and
distance follow the classes of cues that Hyland (2005) and Thompson and Ye (1991) describe.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from claims.kind_words import RULES_OF, Rule, classes_of, stem
from claims.model import Certainty, ClaimType, Distance, Span, Spans, Stance
from claims.text import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[,;:.!?()]")
_MAX_WORDS = 120
"""Words of a content that are read: the type of a claim shows in its first clauses."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The judgement on one claim; `score` is the share of the winning type, from 0 to 1."""

    type: ClaimType
    stance: Stance
    certainty: Certainty
    distance: Distance
    about: ClaimType | None
    rule: str
    score: float


def _stems(listed: str) -> frozenset[str]:
    return frozenset(stem(word) for word in listed.split())


_CUES: Mapping[Stance, frozenset[str]] = {
    Stance.DENIES: _stems(
        "deny denied denies denial refute reject dismiss rebut disprove debunk repudiate disavow"
    ),
    Stance.ACCUSES: _stems(
        "accuse blame denounce condemn slam decry lambast charge implicate fault castigate deplore"
    ),
    Stance.PLANS: _stems(
        """plan intend seek vow pledge promise threaten aim order demand propose decide want prepare
        urge call resolve instruct authorize authorise refuse command seeking commit
        require request ask appeal unveil"""
    ),
    Stance.ASSESSES: _stems(
        """believe think assess judge expect predict doubt hope fear estimate consider conclude
        forecast speculate argue suspect feel reckon view regard anticipate opine assessment
        judgement judgment analysis opinion belief worry warn caution suggest foresee"""
    ),
}
_PLAN_TYPE = _stems(
    "plan intend seek vow threaten aim order demand propose decide urge instruct refuse authorize"
)
_DIPLOMATIC_CUES = _stems("agree sign meet discuss negotiate congratulate thank invite")
_SCEPTICAL = _stems(
    "claim allege tout boast purport assert insist maintain pretend brag contend profess"
) | word_set("so-called supposedly")
_ENDORSING = _stems(
    """confirm reveal show find acknowledge admit note explain point demonstrate concede recognize
    recognise prove establish verify disclose recall remind discover know realize realise"""
)

_HEDGES = word_set(
    """reportedly allegedly alleged apparently purportedly supposedly unconfirmed unverified
    possibly perhaps probably seemingly presumably rumored rumoured reputedly likely unclear
    presumed ostensibly may might"""
)
_HEDGE_VERBS = word_set("seems seem seemed appears appear appeared")
_GOVERNING = _HEDGES - word_set("may might likely unclear") | _HEDGE_VERBS
_HEDGE_PHRASES = (
    ("could", "have"),
    ("could", "be"),
    ("believed", "to"),
    ("thought", "to"),
    ("said", "to"),
    ("suspected", "of"),
    ("is", "suspected"),
    ("are", "suspected"),
    ("was", "suspected"),
    ("cannot", "be", "verified"),
    ("could", "not", "be", "verified"),
    ("could", "not", "verify"),
)
_HEDGE_STARTS = _HEDGES | _HEDGE_VERBS | {phrase[0] for phrase in _HEDGE_PHRASES}
_HEDGE_REACH = 30
"""Words of the content in which a hedge still governs the claim."""
_OUTSIDE_REACH = 10
"""Words before and after the content in which a hedge outside it governs it."""

_SUBORDINATORS = word_set(
    "which who whom whose where when while after before because since although though amid despite "
    "following if unless until as during responsible suspected"
)
_CLAUSE_WORDS = _SUBORDINATORS | frozenset(("to", ",", ";", ".", "!", "?"))
_PURPOSE_VERBS = _stems("prevent protect avoid stop deter ensure defend counter help allow support")
_SETTING = word_set("from amid despite through throughout")
"""Prepositions before what is only the scene: "diverted from front line fighting"."""
_WILL = word_set("will won't won’t shall must should ought let")
_WILL_REACH = 25
_NEGATIONS = word_set("not n't no never neither nor without cannot")


def judge(text: str, content: Spans, cue: str, *, sentence: Span, attributed: bool) -> Kind:
    """Judge the claim that `content` makes in its sentence.

    `cue` holds the words that say that it is said ("" without any); `attributed` is whether
    someone says it. `sentence` spans the sentence (or sentences) around content and cue.
    """
    words = _content_words(text, content)
    scores, fired = _scores(words)
    if not _WILL.isdisjoint([word.lower() for word in words[:_WILL_REACH]]):
        # Someone's "will" is a plan; the writer's is a forecast.
        kind = ClaimType.POLICY if attributed else ClaimType.ASSESSMENT
        _add(scores, fired, kind, 0.9 if attributed else 0.6, "will")
    cue_words = [word.lower().replace("’", "'") for word in _WORD.findall(cue)]
    cue_stems = {stem(word) for word in cue_words}
    if _is_predicate(words):
        _add(scores, fired, ClaimType.ASSESSMENT, 0.7, "copula")
    stance = _stance(words, cue_words, cue_stems)
    _add_cue(scores, fired, stance, cue_stems, words)
    best, score = _best(scores, attributed)
    rule = f"type:{best}.{fired[best][1] if score > 0.2 else 'nothing else'}"
    about = None
    if stance in (Stance.DENIES, Stance.ACCUSES) and attributed:
        forced = ClaimType.DENIAL if stance is Stance.DENIES else ClaimType.ACCUSATION
        about = best if best is not forced else _second(scores, forced)
        best, rule = forced, f"type:{forced}.cue {' '.join(cue_words)[:40]}"
        score = 0.9
    elif best in (ClaimType.DENIAL, ClaimType.ACCUSATION):
        about = _second(scores, best)
        if not attributed or stance is Stance.ASSERTS:
            stance = Stance.DENIES if best is ClaimType.DENIAL else Stance.ACCUSES
    elif best is ClaimType.ASSESSMENT and stance is Stance.ASSERTS:
        stance = Stance.ASSESSES
    elif best is ClaimType.POLICY and stance is Stance.ASSERTS:
        stance = Stance.PLANS
    certainty, hedge = _certainty(text, content, cue_words, sentence, words)
    if hedge:
        rule = f"{rule}; hedge:{hedge}"
    return Kind(best, stance, certainty, _distance(cue_words), about, rule, round(score, 3))


def _content_words(text: str, content: Spans) -> list[str]:
    out: list[str] = []
    for span in content:
        # Twelve characters to a word at most: a content of 120 words is read from its start.
        end = min(span.end, span.start + 12 * (_MAX_WORDS - len(out)))
        out.extend(_WORD.findall(text, span.start, end))
    return out[:_MAX_WORDS]


_COPULAS = word_set("is are was were isn't aren't wasn't weren't remains remain")
_NOT_PREDICATES = word_set(
    "in at on under from to being there about by with for of no not now also still one two"
)


def _is_predicate(words: list[str]) -> bool:
    """ "X is a Y": says what something is like, not what happened."""
    for at in range(1, min(len(words) - 1, 14)):
        if words[at].lower() in _COPULAS and words[at - 1].lower() != "there":
            low = words[at + 1].lower()
            return low not in _NOT_PREDICATES and not low.endswith(("ed", "ing", "en"))
    return False


# Type --------------------------------------------------------------------------------------------

_Fired = dict[ClaimType, tuple[float, str]]


def _scores(words: list[str]) -> tuple[dict[ClaimType, float], _Fired]:
    """The weight of each type, and for each the rule that gave most of it."""
    places: dict[str, list[int]] = {}
    weights = _clause_weights(words)
    for at, word in enumerate(words):
        for name in classes_of(word):
            places.setdefault(name, []).append(at)
    scores: dict[ClaimType, float] = {}
    fired: _Fired = {}
    for first, listed in places.items():
        for rule in RULES_OF[first]:
            if not rule.second:
                strength = max([weights[at] for at in listed]) + 0.25 * min(2, len(listed) - 1)
            elif rule.second in places:
                strength = _near(listed, places[rule.second], rule, weights)
            else:
                continue
            if strength > 0:
                _add(scores, fired, rule.type, rule.weight * strength, rule.name)
    for at in places.get("seize", ()):
        kind, gain, name = _taken(words, at, places)
        _add(scores, fired, kind, gain * weights[at], name)
    return scores, fired


def _add(
    scores: dict[ClaimType, float], fired: _Fired, kind: ClaimType, gain: float, name: str
) -> None:
    scores[kind] = scores.get(kind, 0.0) + gain
    if gain > fired.get(kind, (0.0, ""))[0]:
        fired[kind] = (gain, name)


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
    words: list[str], at: int, places: Mapping[str, list[int]]
) -> tuple[ClaimType, float, str]:
    """What was "captured" or "seized", by the noun phrase that is its object or passive subject.

    "captured two commanders" is about prisoners, "captured the village" about territory, "seized
    a cache" about arms.
    """
    low = words[at].lower()
    if at > 0 and words[at - 1].lower() in ("was", "were", "been", "being", "are", "is"):
        phrase = range(max(0, at - _OBJECT_REACH), at)
    else:
        end = at + 1
        while end < min(len(words), at + _OBJECT_REACH) and words[end].lower() not in _PHRASE_ENDS:
            end += 1
        phrase = range(at + 1, end)
    for name, kind, gain in _TAKEN:
        if any(place in phrase for place in places.get(name, ())):
            return kind, gain, f"{low}+{name}"
    if any(words[k][0].isupper() for k in phrase):
        return ClaimType.TERRITORY, 2.2, f"{low}+name"
    return ClaimType.TERRITORY, 0.8, low


def _clause_weights(words: list[str]) -> list[float]:
    """1 in the main clause, less in subordinate clauses, in purposes and late in the content."""
    out = []
    weight = 1.0
    setting = 0
    before = ""
    for at, word in enumerate(words):
        low = word.lower()
        if low in _CLAUSE_WORDS:
            if low in _SUBORDINATORS:
                weight = 0.6 if at > 2 else weight
            elif low != "to":
                weight = 1.0 if at < 25 else 0.75
            elif at + 1 < len(words) and stem(words[at + 1].lower()) in _PURPOSE_VERBS:
                weight = 0.35
        elif before == "," and _participle_clause(words, at):
            weight = 0.5
        if before in _SETTING and not low.endswith("ing"):
            setting = at + 4
        late = weight if at < 35 else min(weight, 0.6)
        out.append(late * 0.7 if at < setting else late)
        before = low
    return out


def _participle_clause(words: list[str], at: int) -> bool:
    """ ", supported by …" and ", citing …": a clause beside the main one."""
    if at < 2 or at + 1 >= len(words):
        return False
    low = words[at].lower()
    return (low.endswith("ed") and words[at + 1].lower() in ("by", "with", "in")) or (
        low.endswith("ing") and low not in ("including", "during")
    )


def _near(first: list[int], second: list[int], rule: Rule, weights: list[float]) -> float:
    """The strength of the best pair within reach; both lists are in order."""
    best = 0.0
    at = 0
    for one in first:
        low = one + 1 if rule.after else one - rule.reach
        while at < len(second) and second[at] < low:
            at += 1
        step = at
        while step < len(second) and second[step] <= one + rule.reach:
            if second[step] != one:
                closeness = 1.0 - 0.04 * (abs(second[step] - one) - 1)
                best = max(best, closeness * min(weights[one], weights[second[step]]))
            step += 1
    return best


def _add_cue(
    scores: dict[ClaimType, float],
    fired: _Fired,
    stance: Stance,
    cue: set[str],
    words: list[str],
) -> None:
    if stance is Stance.PLANS and cue & _PLAN_TYPE:
        _add(scores, fired, ClaimType.POLICY, 2.0, "cue of a plan")
    elif stance is Stance.PLANS:
        _add(scores, fired, ClaimType.POLICY, 1.0, "cue of a plan")
    elif stance is Stance.ASSESSES:
        _add(scores, fired, ClaimType.ASSESSMENT, 1.6, "cue of a judgement")
    if cue & _DIPLOMATIC_CUES:
        _add(scores, fired, ClaimType.DIPLOMACY, 1.5, "cue of talks")
    if len(words) > 1 and words[0].lower() == "to" and cue & _CUES[Stance.PLANS]:
        _add(scores, fired, ClaimType.POLICY, 1.0, "cue and infinitive")


_ORDER = {kind: at for at, kind in enumerate(ClaimType)}
_FLOOR = 0.55
"""Below this weight nothing was claimed that a rival would deny."""


def _best(scores: Mapping[ClaimType, float], attributed: bool) -> tuple[ClaimType, float]:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], _ORDER[item[0]]))
    if not ranked or ranked[0][1] < _FLOOR:
        if attributed and ranked:
            return ClaimType.ASSESSMENT, 0.15
        return (ClaimType.ASSESSMENT if attributed else ClaimType.BACKGROUND), 0.1
    kind, top = ranked[0]
    rest = ranked[1][1] if len(ranked) > 1 else 0.0
    return kind, top / (top + rest + 0.5)


def _second(scores: Mapping[ClaimType, float], first: ClaimType) -> ClaimType | None:
    others = {kind: score for kind, score in scores.items() if kind is not first}
    if not others:
        return None
    kind = max(others, key=lambda kind: (others[kind], -_ORDER[kind]))
    return kind if others[kind] >= _FLOOR else None


# Stance, certainty, distance ---------------------------------------------------------------------


def _stance(words: list[str], cue_words: list[str], cue: set[str]) -> Stance:
    negated = any(word in _NEGATIONS for word in cue_words)
    for stance in (Stance.DENIES, Stance.ACCUSES, Stance.PLANS, Stance.ASSESSES):
        named = cue & _CUES[stance]
        if named == {"cal"} and not {"for", "on", "upon"} & set(cue_words):
            continue  # "called it symbolic"
        if named:
            if stance is Stance.DENIES and negated:
                return Stance.ASSERTS
            return stance
    if not cue_words:
        head = [word.lower() for word in words[:12]]
        if any(word in ("plans", "intends", "seeks", "vowed", "aims") for word in head):
            return Stance.PLANS
    return Stance.ASSERTS


def _certainty(
    text: str, content: Spans, cue: list[str], sentence: Span, words: list[str]
) -> tuple[Certainty, str]:
    hedge = (
        _hedge_in(words[:_HEDGE_REACH])
        or next(iter([word for word in cue if word in _GOVERNING]), "")
        or _hedge_outside(text, content, sentence)
    )
    return (Certainty.HEDGED if hedge else Certainty.FIRM), hedge


def _hedge_in(words: list[str]) -> str:
    lows = [word.lower().replace("’", "'") for word in words]
    if _HEDGE_STARTS.isdisjoint(lows):
        return ""
    for at, low in enumerate(lows):
        if low in _HEDGES:
            if low in ("may", "might") and (words[at][0].isupper() or not _modal(lows, at)):
                continue
            return low
        if low in _HEDGE_VERBS and (
            lows[at + 1 : at + 2] in (["to"], ["that"], ["like"]) or at < 3
        ):
            return low
        for phrase in _HEDGE_PHRASES:
            if low == phrase[0] and tuple(lows[at : at + len(phrase)]) == phrase:
                return " ".join(phrase)
    return ""


def _modal(lows: list[str], at: int) -> bool:
    """ "may have fled", not "the might of"."""
    before = lows[at - 1] if at else ""
    return before not in ("the", "its", "their", "his", "in", "of", "on", "since", "until")


def _hedge_outside(text: str, content: Spans, sentence: Span) -> str:
    """A hedge of the sentence that stands outside the content and governs it."""
    if not content:
        return ""
    before: list[str] = _WORD.findall(text, sentence.start, max(sentence.start, content[0].start))
    after: list[str] = _WORD.findall(text, min(content[-1].end, sentence.end), sentence.end)
    for word in (*before[-_OUTSIDE_REACH:], *after[:_OUTSIDE_REACH]):
        if word.lower() in _GOVERNING:
            return word.lower()
    return ""


def _distance(cue: list[str]) -> Distance:
    stems = {stem(word) for word in cue}
    if stems & _SCEPTICAL or set(cue) & _SCEPTICAL:
        return Distance.SCEPTICAL
    if stems & _ENDORSING:
        return Distance.ENDORSING
    return Distance.NEUTRAL
