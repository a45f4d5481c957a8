"""What a claim is: type, stance, certainty and distance, and by which rule or weights.

The question behind the type is "what would a rival deny?". Rules over classes of words
(`claims.kind_rules`) add weight to types; the cue ("denied", "accused", "plans to") adds its own.
Where the trained weights of `claims.kind_model` are there, they decide from what the rules found
and from the words themselves; without them the rules decide alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from claims import kind_model
from claims.firmness import certainty_of, distance_of
from claims.kind_model import Reading
from claims.kind_rules import Evidence, evidence
from claims.kind_words import KNOWN, LOWS, STEMS, WORD, stem_set
from claims.model import Certainty, ClaimType, Distance, Span, Spans, Stance
from claims.text import word_set

_MAX_WORDS = 120
"""Words of a content that are read: the type of a claim shows in its first clauses."""


class Kind(NamedTuple):
    """The judgement on one claim.

    `score` is from 0 to 1: with the trained weights the probability of the type, with the rules
    alone the winner's share of the weight. `rule` names what decided.
    """

    type: ClaimType
    stance: Stance
    certainty: Certainty
    distance: Distance
    about: ClaimType | None
    rule: str
    score: float


UNREAD = Kind(
    ClaimType.BACKGROUND,
    Stance.ASSERTS,
    Certainty.FIRM,
    Distance.NEUTRAL,
    None,
    "type:background.not English",
    0.0,
)
"""What is told of a claim whose language the rules cannot read: "Die Armee" is no one's death."""

_CUES: Mapping[Stance, frozenset[str]] = {
    Stance.DENIES: stem_set(
        "deny denied denies denial refute reject dismiss rebut disprove debunk repudiate disavow"
    ),
    Stance.ACCUSES: stem_set(
        "accuse blame denounce condemn slam decry lambast charge implicate fault castigate deplore"
    ),
    Stance.PLANS: stem_set(
        """plan intend seek vow pledge promise threaten aim order demand propose decide want prepare
        urge call resolve instruct authorize authorise refuse command seeking commit
        require request ask appeal unveil"""
    ),
    Stance.ASSESSES: stem_set(
        """believe think assess judge expect predict doubt hope fear estimate consider conclude
        forecast speculate argue suspect feel reckon view regard anticipate opine assessment
        judgement judgment analysis opinion belief worry warn caution suggest foresee"""
    ),
}
_PLAN_TYPE = stem_set(
    "plan intend seek vow threaten aim order demand propose decide urge instruct refuse authorize"
)
_DIPLOMATIC_CUES = stem_set("agree sign meet discuss negotiate congratulate thank invite")
_WILL = word_set("will won't shall must should ought let")
_WILL_REACH = 25
_NEGATIONS = word_set("not n't no never neither nor without cannot")


_REPORT_NOUNS = stem_set("report claim allegation rumor rumour suggestion accusation charge")
_DENIED = re.compile(r"\b(?:den(?:y|ied|ies|ying)|dismissed|rejected|refuted)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d\d*")
"""Written so, and not with a plus, the search leaps to the first digit."""


def judge(
    text: str,
    content: Spans,
    cue: str,
    *,
    sentence: Span,
    attributed: bool,
    rules_only: bool = False,
    weights: kind_model.Weights | None = None,
    hedged: bool = True,
) -> Kind:
    """Judge the claim that `content` makes in its sentence.

    `cue` holds the words that say that it is said ("" without any); `attributed` is whether
    someone says it. `sentence` spans the sentence (or sentences) around content and cue.
    `weights` take the place of those that come with warreader. With `rules_only`, or where there
    are none, the rules decide the type alone. `hedged` is False where the sentence surely holds no
    word that hedges what stands beside it.
    """
    words, reading = read(text, content, cue, sentence=sentence, attributed=attributed)
    found, stance = reading.evidence, reading.stance
    weights = None if rules_only else weights or kind_model.shipped()
    best, score = _best(found.scores, attributed)
    rule = found.best[best][1] if score > 0.2 else "nothing else"
    about = None
    if stance in _FORCED and attributed:
        forced = _FORCED[stance]
        about = best if best is not forced else _second(found.scores, forced)
        best, score = forced, 0.9
        rule = f"cue {' '.join(reading.cue)[:40]}"
    if weights is not None:
        told, score = weights.decide(reading)
        if told is not best:
            about = best if best in _EVENTS and told in _DISPUTES else about
            rule = found.best[told][1] if told in found.best else "words"
        best = told
        rule = f"model+{rule} {score:.2f}"
    if best in _DISPUTES:
        about = about if about is not None and about is not best else _second(found.scores, best)
        if not attributed or stance is Stance.ASSERTS:
            stance = Stance.DENIES if best is ClaimType.DENIAL else Stance.ACCUSES
    else:
        about = None
        if stance is Stance.ASSERTS:
            stance = _USUAL.get(best, stance)
    rule = f"type:{best}.{rule}"
    certainty, hedge = certainty_of(
        text, content, sentence, reading.cue, words, reading.lows, beside=hedged
    )
    if hedge:
        rule = f"{rule}; hedge:{hedge}"
    return Kind(best, stance, certainty, distance_of(reading.cue), about, rule, round(score, 3))


_FORCED = {Stance.DENIES: ClaimType.DENIAL, Stance.ACCUSES: ClaimType.ACCUSATION}
_DISPUTES = frozenset(_FORCED.values())
_USUAL = {ClaimType.ASSESSMENT: Stance.ASSESSES, ClaimType.POLICY: Stance.PLANS}
_EVENTS = frozenset(ClaimType) - {ClaimType.BACKGROUND}


def read(
    text: str, content: Spans, cue: str, *, sentence: Span, attributed: bool
) -> tuple[list[str], Reading]:
    """The words of a content, and what the rules and the weights are to decide from."""
    words: list[str] = []
    numbers: list[str] = []
    for span in content:
        # Twelve characters to a word at most: a content of 120 words is read from its start.
        end = min(span.end, span.start + 12 * (_MAX_WORDS - len(words)))
        words.extend(WORD.findall(text, span.start, end))
        numbers.extend(_NUMBER.findall(text, span.start, end))
    del words[_MAX_WORDS:]
    known = [*map(KNOWN.__getitem__, words)]
    lows, stems, classes = zip(*known, strict=True) if known else ((), (), ())
    found = evidence(words, lows, classes)
    if not _WILL.isdisjoint(lows[:_WILL_REACH]):
        # Someone's "will" is a plan; the writer's is a forecast.
        if attributed:
            found.add(ClaimType.POLICY, 0.9, "will")
        else:
            found.add(ClaimType.ASSESSMENT, 0.6, "will")
    if _is_predicate(lows):
        found.add(ClaimType.ASSESSMENT, 0.7, "copula")
    cue_words, cue_stems, stance = _read_cue(cue)
    if not cue_words and not _PLANNING.isdisjoint(lows[:_PLANNING_REACH]):
        stance = Stance.PLANS
    if cue_stems and cue_stems <= _REPORT_NOUNS and _denied_before(text, content, sentence):
        stance = Stance.DENIES  # "It denied a report that …": the cue is only the noun
    _add_cue(found, stance, cue_stems, lows)
    return words, Reading(lows, stems, cue_words, stance, attributed, tuple(numbers), found)


_REPORT_REACH = 200


def _denied_before(text: str, content: Spans, sentence: Span) -> bool:
    start = content[0].start
    return bool(_DENIED.search(text, max(sentence.start, start - _REPORT_REACH), start))


_COPULAS = word_set("is are was were isn't aren't wasn't weren't remains remain")
_NOT_PREDICATES = word_set(
    "in at on under from to being there about by with for of no not now also still one two"
)


def _is_predicate(lows: Sequence[str]) -> bool:
    """ "X is a Y": says what something is like, not what happened."""
    if _COPULAS.isdisjoint(lows):
        return False
    for at in range(1, min(len(lows) - 1, 14)):
        if lows[at] in _COPULAS and lows[at - 1] != "there":
            low = lows[at + 1]
            return low not in _NOT_PREDICATES and not low.endswith(("ed", "ing", "en"))
    return False


def _add_cue(found: Evidence, stance: Stance, cue: frozenset[str], lows: Sequence[str]) -> None:
    if stance is Stance.PLANS:
        found.add(ClaimType.POLICY, 2.0 if cue & _PLAN_TYPE else 1.0, "cue of a plan")
    elif stance is Stance.ASSESSES:
        found.add(ClaimType.ASSESSMENT, 1.6, "cue of a judgement")
    if cue & _DIPLOMATIC_CUES:
        found.add(ClaimType.DIPLOMACY, 1.5, "cue of talks")
    if len(lows) > 1 and lows[0] == "to" and cue & _CUES[Stance.PLANS]:
        found.add(ClaimType.POLICY, 1.0, "cue and infinitive")


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


_PLANNING = word_set("plans intends seeks vowed aims")
_PLANNING_REACH = 12


@lru_cache(maxsize=4096)
def _read_cue(cue: str) -> tuple[tuple[str, ...], frozenset[str], Stance]:
    """The words of a cue in lower case, their stems and the stance that they tell."""
    words = tuple(map(LOWS.__getitem__, WORD.findall(cue)))
    stems = frozenset(map(STEMS.__getitem__, words))
    return words, stems, _stance(words, stems)


def _stance(words: Sequence[str], cue: frozenset[str]) -> Stance:
    for stance in (Stance.DENIES, Stance.ACCUSES, Stance.PLANS, Stance.ASSESSES):
        named = cue & _CUES[stance]
        if named == {"cal"} and not {"for", "on", "upon"} & set(words):
            continue  # "called it symbolic"
        if named:
            if stance is Stance.DENIES and not _NEGATIONS.isdisjoint(words):
                return Stance.ASSERTS
            return stance
    return Stance.ASSERTS
