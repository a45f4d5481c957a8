"""Lines of a page that say nothing of the news: links, offers, rights, who wrote it."""

from __future__ import annotations

import re

_LONGEST = 260
"""Characters up to which a sentence can be such a line."""
_OPENING = re.compile(
    r"\W{0,3}(?:(?:click|tap) (?:here|on|below|to)|follow (?:us|me|him|her|our)\b|subscribe\b|"
    r"sign up\b|share (?:this|on|via)\b|read (?:more|also|next)\b|see also\b|"
    r"you (?:may|can) (?:opt|unsubscribe)|order (?:yours|now|today)\b|"
    r"copyright\b|©|all rights reserved|advertisement\b|"
    r"(?:additional |with )?(?:reporting|editing|writing) by (?-i:[A-Z])|additional reporting\b|"
    r"(?:file )?(?:photo|image|picture|video)(?: credit| by| courtesy)?\s?[:/]|print this\b|"
    r"e-?mail (?:this|us)\b|like us\b|join (?:our|us on)\b|download (?:our|the app)\b|"
    r"donate\b|related (?:articles?|stories|news)?:|tags?:|filed under\b|leave a comment\b)",
    re.IGNORECASE,
)
_WITHIN = ("click here", "opt out", "unsubscribe", "all rights reserved", "privacy policy")
_NAME = r"[A-Z][\w.’'-]*(?:\s(?:al-|bin |de |van |von )?[A-Z][\w.’'-]*){0,3}"
_NAMES = re.compile(rf"{_NAME}(?:\s?/\s?{_NAME}){{1,4}}")
"""Several names and strokes: "Rasha Salem/ Lina Said"."""
_LINK = re.compile(r"(?:https?://|www\.|@)\S+")
_LEFT = 3
"""Words beside links without which a line is only links."""


def is_furniture(sentence: str) -> bool:
    """Whether a sentence belongs to the page or the outlet and claims nothing about the world."""
    if len(sentence) > _LONGEST:
        return False
    if _OPENING.match(sentence) is not None:
        return True
    low = sentence.lower()
    if any(map(low.__contains__, _WITHIN)):
        return True
    if "/" not in sentence and "@" not in sentence and "www." not in low:
        return False
    rest = _LINK.sub(" ", sentence)
    links = rest != sentence and sum(word.isalpha() for word in rest.split()) < _LEFT
    return links or _NAMES.fullmatch(sentence.strip(" .")) is not None


__all__ = ["is_furniture"]
