"""How many keys a span takes: the fewest that there are, and those of a hand that follows a rule.

Both work on `tui.spans.SpanEdit`, the state behind the keys of the screen, so that what is counted
is what the program does; `benchmarks.keys` presses a sample of the sequences in the program itself.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from claims.edges import WORD
from claims.likely import MOST
from claims.model import Span, Spans
from tui.spans import SpanEdit

Keys = tuple[str, ...]
"""Keys by Textual's names, in the order in which they are pressed."""
_MOST_STEPS = 9
"""Keys after which the search gives up; a span that takes more is counted as taking one more."""
_MOST_STATES = 20_000


class Step(NamedTuple):
    """What some keys do."""

    keys: Keys
    take: Callable[[SpanEdit], SpanEdit]


_FIXED = (
    *(Step((str(n),), lambda edit, n=n: edit.offer(n)) for n in range(1, MOST + 1)),  # type: ignore[misc]
    Step(("o",), SpanEdit.other_end),
    Step(("full_stop",), lambda edit: edit.clause(1)),
    Step(("comma",), lambda edit: edit.clause(-1)),
    Step(("l",), lambda edit: edit.word(1)),
    Step(("h",), lambda edit: edit.word(-1)),
    Step(("right_parenthesis",), lambda edit: edit.name(1)),
    Step(("left_parenthesis",), lambda edit: edit.name(-1)),
    Step(("s",), SpanEdit.rest),
    Step(("apostrophe",), lambda edit: edit.quotation(inside=True)),
    Step(("quotation_mark",), lambda edit: edit.quotation(inside=False)),
    Step(("k",), SpanEdit.grow),
    Step(("j",), SpanEdit.shrink),
)
_CHARACTERS = (
    Step(("greater_than_sign",), lambda edit: edit.character(1)),
    Step(("less_than_sign",), lambda edit: edit.character(-1)),
)
_FRAGMENTS = (
    Step(("minus",), SpanEdit.cut),
    Step(("plus",), SpanEdit.add_fragment),
    Step(("n",), SpanEdit.next_fragment),
    Step(("x",), SpanEdit.drop),
)


def _letters(text: str, home: Span) -> list[Step]:
    """`f` and each letter with which a word of the sentence begins."""
    found = {word[0].lstrip("$£€@#")[:1].casefold() for word in WORD.finditer(text, *home)}
    return [
        Step(("f", letter), lambda edit, letter=letter: edit.find(letter))  # type: ignore[misc]
        for letter in sorted(found)
        if letter.isalnum() and letter.isascii()
    ]


def shortest(begun: SpanEdit, target: Spans) -> Keys | None:
    """The fewest keys from the span that stands at first to the target; None if too many."""
    steps = [*_FIXED, *_letters(begun.text, begun.home)]
    if len(target) > 1:
        steps.extend(_FRAGMENTS)
    words = {place for word in WORD.finditer(begun.text, *begun.home) for place in word.span()}
    if any(edge not in words for span in target for edge in span):
        steps.extend(_CHARACTERS)
    order = count()
    waiting: list[tuple[int, int, Keys, SpanEdit]] = [(0, next(order), (), begun)]
    seen: dict[tuple[object, ...], int] = {}
    while waiting and len(seen) < _MOST_STATES:
        cost, _, keys, edit = heapq.heappop(waiting)
        if edit.parts["content"] == target:
            return keys
        for step in steps:
            total = cost + len(step.keys)
            if total > _MOST_STEPS:
                continue
            moved = step.take(edit)
            grown = moved.grown if step.keys in (("k",), ("j",)) else ()
            state = (moved.parts["content"], moved.fragment, moved.at_end, grown)
            if seen.get(state, total + 1) <= total:
                continue
            seen[state] = total
            heapq.heappush(waiting, (total, next(order), (*keys, *step.keys), moved))
    return None


# A hand that follows a rule


def by_hand(begun: SpanEdit, target: Spans) -> Keys | None:
    """The keys of a person who does not search.

    What is on the screen is looked at once: is it the span that stands there, or one under a digit,
    or one in quotation marks? If not, the one that shares an end with the wanted span is taken, of
    several the one whose other end is nearest, and the ends that are wrong are moved, each by the
    first of these that gets there: up to two clauses, the end of the sentence, up to three words,
    `f` and the letter of its word, up to two names or figures, as many clauses as do not go too far
    and then words. A span of two fragments that is not offered is taken from its first word to its
    last and cut, with up to three presses of the key; one of more fragments is given up.
    """
    whole = _seen_whole(begun, target)
    if whole is not None:
        return whole
    if len(target) > 2:
        return None
    wanted = Span(target[0].start, target[-1].end)
    choices: list[tuple[tuple[int, int], Keys, SpanEdit]] = []
    for keys, edit in _choices(begun):
        span = edit.current
        if span is None or len(edit.parts["content"]) > 1:
            continue
        shared = (span.start == wanted.start) + (span.end == wanted.end)
        far = abs(span.start - wanted.start) + abs(span.end - wanted.end)
        choices.append(((-shared, far + len(keys)), keys, edit))
    _, keys, edit = min(choices, key=lambda choice: choice[0])
    fixed = _fix(keys, edit, wanted)
    if fixed is None or len(target) == 1:
        return None if fixed is None else fixed[0]
    keys, edit = fixed
    for _ in range(3):
        keys, edit = (*keys, "minus"), edit.cut()
        if edit.parts["content"] == target:
            return keys
    return None


def _seen_whole(begun: SpanEdit, target: Spans) -> Keys | None:
    for keys, edit in _choices(begun):
        if edit.parts["content"] == target:
            return keys
    return None


def _choices(begun: SpanEdit) -> Iterator[tuple[Keys, SpanEdit]]:
    """What one looks at first: what stands, what the digits offer, what is in quotation marks."""
    yield (), begun
    for number in range(1, len(begun.offers()) + 1):
        yield (str(number),), begun.offer(number)
    for key, inside in (("apostrophe", True), ("quotation_mark", False)):
        taken = begun.quotation(inside=inside)
        if taken != begun:
            yield (key,), taken


def _fix(keys: Keys, edit: SpanEdit, wanted: Span) -> tuple[Keys, SpanEdit] | None:
    """Move the ends that are wrong, the one that moves anyway first."""
    for _ in range(3):
        span = edit.current
        assert span is not None
        if wanted.end <= span.start if edit.at_end else wanted.start >= span.end:
            keys, edit = (*keys, "o"), edit.other_end()  # an end cannot pass the other one
            continue
        now, goal = (span.end, wanted.end) if edit.at_end else (span.start, wanted.start)
        if now != goal:
            moved = _one_end(edit, goal)
            if moved is None:
                return None
            keys, edit = (*keys, *moved[0]), moved[1]
        if edit.current == wanted:
            return keys, edit
        keys, edit = (*keys, "o"), edit.other_end()
    return None


def _one_end(edit: SpanEdit, goal: int) -> tuple[Keys, SpanEdit] | None:
    """The keys that bring one end to its place."""
    onward = goal > _edge(edit)
    step = 1 if onward else -1
    clause = ("full_stop" if onward else "comma", lambda one: one.clause(step))
    word = ("l" if onward else "h", lambda one: one.word(step))
    name = (
        "right_parenthesis" if onward else "left_parenthesis",
        lambda one: one.name(step),
    )
    for (key, take), times in ((clause, 2), (("s", SpanEdit.rest), 2), (word, 3)):
        found = _repeated(edit, goal, key, take, times)
        if found is not None:
            return found
    letter = _letter_at(edit, goal)
    if letter:
        found_at = edit.find(letter)
        if _edge(found_at) == goal:
            return ("f", letter), found_at
    found = _repeated(edit, goal, *name, 2)
    if found is not None:
        return found
    keys: list[str] = []
    while (_edge(edit.clause(step)) - goal) * step <= 0 and not edit.clause(step).note:
        edit = edit.clause(step)
        keys.append(clause[0])
    for key, take, most in ((word[0], word[1], 80), (_character(goal, edit), None, 12)):
        for _ in range(most):
            if _edge(edit) == goal:
                return tuple(keys), edit
            moved = take(edit) if take else edit.character(1 if goal > _edge(edit) else -1)
            if take and ((_edge(moved) - goal) * step > 0 or moved.note):
                break
            edit = moved
            keys.append(key if take else _character(goal, edit))
    return (tuple(keys), edit) if _edge(edit) == goal else None


def _character(goal: int, edit: SpanEdit) -> str:
    return "greater_than_sign" if goal > _edge(edit) else "less_than_sign"


def _repeated(
    edit: SpanEdit, goal: int, key: str, take: Callable[[SpanEdit], SpanEdit], times: int
) -> tuple[Keys, SpanEdit] | None:
    keys: Sequence[str] = ()
    for _ in range(times):
        edit = take(edit)
        keys = (*keys, key)
        if edit.note:
            return None
        if _edge(edit) == goal:
            return tuple(keys), edit
    return None


def _edge(edit: SpanEdit) -> int:
    span = edit.current
    assert span is not None
    return span.end if edit.at_end else span.start


def _letter_at(edit: SpanEdit, goal: int) -> str:
    """The letter with which the word at a place begins."""
    for word in WORD.finditer(edit.text, *edit.home):
        if goal == word.span()[int(edit.at_end)]:
            return word[0].lstrip("$£€@#")[:1].casefold()
    return ""


def by_words(home: Span, text: str, target: Spans) -> int:
    """Keys by word alone, from the whole sentence: what a span took before there was more.

    Each end moved word by word, a character where a word does not end there, a key between the
    two ends, `enter`, and the type in the menu that follows.
    """
    words = [Span(*word.span()) for word in WORD.finditer(text, *home)]
    start, end = target[0].start, target[-1].end
    before = sum(word.start < start for word in words)
    behind = sum(word.end > end for word in words)
    odd = start not in {word.start for word in words}
    odd += end not in {word.end for word in words}
    between = 3 * (len(target) - 1)
    return before + behind + odd + bool(before and behind) + between + 1
