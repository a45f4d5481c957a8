"""Labels into attributions: the runs of one role, and which of them belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

SOURCE, CUE, CONTENT = 1, 3, 5
"""Label of a fragment's first token; the label above it continues the fragment; 0 is outside."""
LABELS = 7

_CUE_BETWEEN = 40
"""Price, in tokens, of giving content to a cue across another cue."""
_CONTENT_FIRST = 3
"""Price of content that stands before its cue."""
_OTHER_SENTENCE_BEFORE, _OTHER_SENTENCE_AFTER = 20, 15
"""Price of content in another sentence than its cue."""


class Fragment(NamedTuple):
    """Tokens `start` to `end` (exclusive) of a passage, labelled SOURCE, CUE or CONTENT."""

    role: int
    start: int
    end: int


@dataclass(slots=True)
class Link:
    """Fragments that belong together; `cue` is None for content that no cue introduces."""

    source: Fragment | None
    cue: Fragment | None
    content: list[Fragment] = field(default_factory=list)


def fragments(labels: Sequence[int]) -> list[Fragment]:
    """The runs of one role in a passage's labels, in order."""
    found: list[Fragment] = []
    index, count = 0, len(labels)
    while index < count:
        label = labels[index]
        if not label:
            index += 1
            continue
        role = label if label % 2 else label - 1
        end = index + 1
        while end < count and labels[end] == role + 1:
            end += 1
        found.append(Fragment(role, index, end))
        index = end
    return found


def link(labels: Sequence[int], sentence: Sequence[int]) -> list[Link]:
    """The attributions of one passage: one for each cue, and one for each content without a cue.

    Content goes to the cheapest cue: distance in tokens, with a price for every cue between and
    for another sentence. The prices were chosen on a tenth of the training documents.
    """
    found = fragments(labels)
    cues = [one for one in found if one.role == CUE]
    sources = [one for one in found if one.role == SOURCE]
    contents = [one for one in found if one.role == CONTENT]
    source_of = _sources(cues, sources, contents, sentence)
    links = {cue: Link(source_of.get(cue), cue) for cue in cues}
    loose: list[Link] = []
    for content in contents:
        cue = _nearest_cue(content, cues, source_of, sentence)
        if cue is None:
            loose.append(Link(None, None, [content]))
        else:
            links[cue].content.append(content)
    return loose + list(links.values())


def _sources(
    cues: Sequence[Fragment],
    sources: Sequence[Fragment],
    contents: Sequence[Fragment],
    sentence: Sequence[int],
) -> dict[Fragment, Fragment]:
    """The source of each cue that has one.

    A cue takes the source of its sentence that fewest contents and cues separate from it, then the
    nearest; a source serves a second cue only across the first.
    """
    pairs: list[tuple[int, int, Fragment, Fragment]] = []
    for cue in cues:
        for source in sources:
            if sentence[cue.start] != sentence[source.start]:
                continue
            after = source.start > cue.start
            low, high = (cue.end, source.start) if after else (source.end, cue.start)
            between = sum(low <= one.start and one.end <= high for one in contents)
            between += 2 * sum(low <= one.start and one.end <= high for one in cues)
            pairs.append((between, high - low + 2 * after, cue, source))
    pairs.sort()
    chosen: dict[Fragment, Fragment] = {}
    taken: set[Fragment] = set()
    for _, _, cue, source in pairs:
        if cue not in chosen and source not in taken:
            chosen[cue] = source
            taken.add(source)
    for between, _, cue, source in pairs:
        if cue not in chosen and between >= 2:
            chosen[cue] = source
    return chosen


def _nearest_cue(
    content: Fragment,
    cues: Sequence[Fragment],
    source_of: dict[Fragment, Fragment],
    sentence: Sequence[int],
) -> Fragment | None:
    """The cue that content goes to at the lowest price."""
    best: tuple[int, Fragment] | None = None
    for cue in cues:
        low, high = cue.start, cue.end
        source = source_of.get(cue)
        if source is not None:
            low, high = min(low, source.start), max(high, source.end)
        cost = 0
        if content.start >= high:
            between = sum(high <= one.start < content.start for one in cues)
            cost = content.start - high + _CUE_BETWEEN * between
        elif content.end <= low:
            between = sum(content.end <= one.start < low for one in cues)
            cost = low - content.end + _CUE_BETWEEN * between + _CONTENT_FIRST
        if not sentence[content.start] <= sentence[cue.start] <= sentence[content.end - 1]:
            cost += _OTHER_SENTENCE_BEFORE if content.end <= low else _OTHER_SENTENCE_AFTER
        if best is None or cost < best[0]:
            best = (cost, cue)
    return best[1] if best else None
