"""How little is known of a proposed claim: which rule made it, and its uncertainty in bits.

Uncertainty sampling asks a person about what the machine is least sure of (Lewis and Gale 1994,
"A sequential algorithm for training text classifiers"); its measure here is entropy (Settles
2009, "Active Learning Literature Survey", 2.1). Whether the claim is one, and of which type, are
two questions; by the chain rule their entropies add, the second weighed by how likely there is a
claim at all.
"""

from __future__ import annotations

import re
from math import log2

_TYPE = re.compile(r"(?:^|; )type:([^;]*?)(?: (\d\.\d+))?(?=;|$)")
_LEAST = 0.001
BY_HAND = "by hand"


def family(rule: str) -> str:
    """The rule that found the claim, without what decided its type: "trained+said-that"."""
    return rule.partition(";")[0].strip() or BY_HAND


def type_rule(rule: str) -> str:
    """What decided the type: "civilians.model", "territory.took"; empty where nothing is said."""
    found = _TYPE.search(rule)
    return found[1].partition("+")[0].strip() if found else ""


def type_chance(rule: str) -> float:
    """How likely the type is the right one, by the trained weights; 1 where they did not speak."""
    found = _TYPE.search(rule)
    return max(_LEAST, min(1.0, float(found[2]))) if found and found[2] else 1.0


def certainty(confidence: float, rule: str) -> float:
    """The chance, 0 to 1, that it is a claim and that its type is right."""
    return confidence * type_chance(rule)


def doubt(confidence: float, rule: str) -> float:
    """The uncertainty of a claim in bits: of its being one, and then of its type.

    Of the types only the chance of the first is known; -log2 of it (min-entropy) is a lower bound
    of their entropy. A claim made by hand has none.
    """
    if rule in ("", BY_HAND):
        return 0.0
    sure = max(_LEAST, min(1.0 - _LEAST, confidence))
    is_one = -sure * log2(sure) - (1 - sure) * log2(1 - sure)
    return round(is_one - sure * log2(type_chance(rule)), 4)
