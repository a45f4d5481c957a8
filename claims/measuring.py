"""What the numbers of a sentence measure: the words of tolls around them, and lists."""

from __future__ import annotations

from itertools import pairwise

from claims.counted import Found
from claims.measures import OF_THINGS_TOO, TOLL, is_people, of_object
from claims.numbers import NUMBER_WORDS, Word
from claims.text import word_set

_LINKS = word_set("and or plus also including well as") | frozenset(",;–—-")
_AUXILIARIES = word_set(
    """was were is are be been being has have had reportedly also later allegedly confirmed reported
    believed feared said to thought then so far already still more others other of them whom who
    went gone all presumed officially got get yet found"""
)
_TRANSPARENT = word_set(
    """the of to at by reportedly about another other others a an total as and its their his
        some additional more further in for nearly only up including that another with or least
        toll rose risen rises reached reaching reaches stood stands totaled totalled exceeded
        exceeds was were is amounted amounting also least many approximately"""
) | frozenset(",:“\"‘'(")
_ASIDE = 34
"""Tokens that a description of the counted people may take."""
_ASIDES = word_set("including among most many all mostly mainly some aged none")
_PAUSES = frozenset(",–—(-")
_OF_WHOM = word_set("of from in at near with belonging inside")
_PASSIVE = word_set("was were been being is are be")
_BREAKS = frozenset(";.!?") | word_set(
    "while whereas when after before but although though because"
)
_TOLLS = frozenset(TOLL.values())
_ONE_LIST = word_set("and or both either") | frozenset(",/")
_HARM = frozenset(("killed", "wounded", "captured", "missing"))
_CONTEXT = 14
"""Tokens on either side in which the words of a toll may stand."""


def next_to(listed: list[Word], left: Found, right: Found) -> bool:
    """Whether only commas, "and", "as well as" and the like stand between two quantities."""
    between = listed[left.end : right.first]
    return len(between) <= 4 and all(word.low in _LINKS for word in between)


def carry_bounds(listed: list[Word], found: list[Found]) -> None:
    for left, right in pairwise(found):
        bound = left.number.bound
        if bound in ("exact", "between") or right.number.bound != "exact" or right.single:
            continue
        if left.number.vague or left.unit or right.unit or not next_to(listed, left, right):
            continue
        between = {word.low for word in listed[left.end : right.first]}
        if "including" in between or left.head < 0 or right.head < 0:
            continue
        value = right.number.low
        low = None if bound in ("up to", "fewer than") else value
        high = None if bound in ("at least", "more than") else value
        right.number = right.number._replace(low=low, high=high, bound=bound)


def measure(listed: list[Word], found: list[Found]) -> None:
    for at, item in enumerate(found):
        if item.unit:
            continue
        head = listed[item.head].low if item.head >= 0 else ""
        item.measure = of_object(head)
        if item.measure is None and _acts(listed, found, at):
            item.agent = True
            continue
        if item.measure is None or (item.single and item.measure == "equipment"):
            people = not head or is_people(head) or listed[item.head].capital
            near = None if _verb_first(listed, found, at) else _toll_after(listed, item, found, at)
            near = near or _toll_before(listed, item, people)
            item.measure = (item.measure if near else None) if item.measure else near
    _spread(listed, found)
    for item in found:
        if item.measure is None and item.unit is None and not (item.single or item.agent):
            head = listed[item.head].low if item.head >= 0 else ""
            if is_people(head) or (item.head >= 0 and listed[item.head].capital):
                item.measure = _toll_near(listed, item)


_ACTIVE = word_set(
    "killed wounded injured captured detained arrested abducted kidnapped executed murdered"
)
"""Words of a toll that also tell what someone did: "three bombers killed two"."""


def _acts(listed: list[Word], found: list[Found], at: int) -> bool:
    """Whether people are counted who do it, not to whom it is done: an object follows the verb."""
    item, verb = found[at], found[at].end
    if item.head < 0 or verb + 1 >= len(listed) or listed[verb].low not in _ACTIVE:
        return False
    if not _counts_people(listed, item):
        return False
    right = found[at + 1] if at + 1 < len(found) else None
    if right is None or right.first != verb + 1:
        return is_people(listed[verb + 1].low)
    if right.unit is not None or of_object(listed[right.head].low if right.head >= 0 else ""):
        return False
    behind = listed[right.end].low if right.end < len(listed) else ""
    if behind == "of" or behind.endswith("ly"):
        return False  # "30 rebels killed 15 of them in the town"
    return behind not in TOLL and not _holds_toll(listed, right) and not _verb_before(listed, item)


def _verb_before(listed: list[Word], item: Found) -> bool:
    return item.first > 0 and listed[item.first - 1].low in _ACTIVE


def _holds_toll(listed: list[Word], item: Found) -> bool:
    """Whether a word of a toll stands right behind a number: "47 wounded", "47 wounded men"."""
    end = item.number.end
    return end < len(listed) and listed[end].low in TOLL


def _verb_first(listed: list[Word], found: list[Found], at: int) -> bool:
    """Whether each verb counts what follows it: "killed two patients injured eight".

    In "two killed 20 wounded three missing" each counts what stands before.
    """
    item = found[at]
    if not (
        _verb_before(listed, item)
        and at + 1 < len(found)
        and item.end < len(listed)
        and listed[item.end].low in _ACTIVE
        and found[at + 1].first == item.end + 1
    ):
        return False
    while at and _verb_before(listed, found[at]) and found[at - 1].end == found[at].first - 1:
        at -= 1
    return _verb_before(listed, found[at])


def _toll_after(listed: list[Word], item: Found, found: list[Found], at: int) -> str | None:
    """ "(three soldiers) were reportedly killed", "12 dead", "five wounded"."""
    place = item.end
    limit = min(len(listed), item.end + 8)
    stop = found[at + 1].first if at + 1 < len(found) else len(listed)
    while place < min(limit, stop):
        low = listed[place].low
        if low in TOLL and TOLL[low] != "casualties":
            return _told(listed, place, before=False)
        if low in ("casualties", "casualty", "losses", "victims") and place == item.end:
            return "casualties"
        if low not in _AUXILIARIES:
            past = _past_aside(listed, place) if place == item.end else 0
            if not past:
                break
            place, limit, stop = past, past + 5, len(listed)
            continue
        place += 1
    inner = [listed[k].low for k in range(item.noun, item.object_end)]
    for low in inner:
        if low in TOLL and low not in ("lives",):
            return TOLL[low]
    if "lives" in inner:
        return "killed"
    return None


def _past_aside(listed: list[Word], at: int) -> int:
    """Where "were" stands in "six members of the X family, four of them women, were killed".

    0 when what follows the quantity is no description of it.
    """
    if listed[at].low not in _OF_WHOM:
        following = listed[at + 1] if at + 1 < len(listed) else listed[at]
        described = following.low in _ASIDES or following.value is not None
        if listed[at].low not in _PAUSES or not (described or following.low in NUMBER_WORDS):
            return 0
    for place in range(at + 1, min(at + _ASIDE, len(listed))):
        low = listed[place].low
        if low in ("was", "were", "have", "had"):
            return 0 if listed[place - 1].low in ("who", "which", "that") else place
        if low in TOLL or low in _BREAKS or (low == "and" and listed[place - 1].low == ","):
            return 0
    return 0


def _toll_before(listed: list[Word], item: Found, people: bool) -> str | None:
    """ "killing five", "the death toll rose to 45", "the arrest of two men", "losses: 270"."""
    place = item.first - 1
    limit = max(-1, item.first - 9)
    steps = 0
    while place > limit:
        low = listed[place].low
        if low in TOLL:
            if place and listed[place - 1].low == "to" and TOLL[low] != "casualties":
                return None  # "an operation to arrest a commander"
            if place and listed[place - 1].low in _PASSIVE:
                return None  # "five were killed and 17": killed is said of the five
            if people:
                return _told(listed, place, before=True)
            return TOLL[low] if low not in OF_THINGS_TOO else None
        if item.single and low in ("was", "were", "is", "are"):
            return None  # "the man killed was a leader"
        if low not in _TRANSPARENT and not (low.endswith("ly") or low == "toll"):
            steps += 1
            if steps > 1 or low in _BREAKS or low in ".!?)":
                return None
        place -= 1
    return None


def _spread(listed: list[Word], found: list[Found]) -> None:
    """Give a measure along a list: first from left to right, then back."""
    pairs = [pair for pair in pairwise(found) if next_to(listed, *pair)]
    for left, right in pairs:
        if right.measure is None and right.unit is None:
            if left.measure in _TOLLS and _counts_people(listed, right):
                right.measure = left.measure
            elif left.measure == "equipment" and right.single:
                right.measure = of_object(listed[right.head].low)
    for left, right in reversed(pairs):
        if left.measure is None and left.unit is None:
            part = listed[right.first - 1].low == "including" and _holds_toll(listed, right)
            if right.measure in _TOLLS and not part and _counts_people(listed, left):
                left.measure = right.measure
            elif right.measure == "equipment" and left.single:
                left.measure = of_object(listed[left.head].low)


def _counts_people(listed: list[Word], item: Found) -> bool:
    if item.head < 0:
        return True
    word = listed[item.head]
    return is_people(word.low) or word.capital


def _toll_near(listed: list[Word], item: Found) -> str | None:
    """The nearest word of a toll in the same clause."""
    for distance in range(1, _CONTEXT):
        for place in (item.end - 1 + distance, item.first - distance):
            if 0 <= place < len(listed) and listed[place].low in TOLL:
                low, high = min(place, item.first), max(place, item.end)
                between = {word.low for word in listed[low:high]}
                if "including" in between and listed[place - 1].value is not None:
                    continue  # "700 people including 47 wounded": only the 47 are
                if not between & _BREAKS and listed[place].low != "lives":
                    return _told(listed, place, before=place < item.first)
    return None


def _told(listed: list[Word], at: int, *, before: bool) -> str:
    """What a word of a toll tells of a number, which it stands `before` or behind.

    "Killed, wounded or captured" in one list tells no share of each: such a number counts
    casualties. "And" leaves open whether the number is that of each, so the nearest word holds. In
    "eight killed or wounded 20" the words are no list.
    """
    first = last = at
    told = {TOLL[listed[at].low]}
    while (found := _listed(listed, first, -1)) is not None:
        first = found
        told.add(TOLL[listed[found].low])
    while (found := _listed(listed, last, 1)) is not None:
        last = found
        told.add(TOLL[listed[found].low])
    if len(told) < 2 or not told <= _HARM or all(w.low != "or" for w in listed[first:last]):
        return TOLL[listed[at].low]
    outer = first - 1 if before else last + 1
    if 0 <= outer < len(listed):
        beside = listed[outer]
        counts = beside.value is not None or beside.low in NUMBER_WORDS or is_people(beside.low)
        if counts or (before and beside.low in _PASSIVE):
            return TOLL[listed[at].low]
    return "casualties"


def _listed(listed: list[Word], at: int, step: int) -> int | None:
    """The next word of a toll in the same list; None when only other words follow."""
    place = at + step
    while 0 <= place < len(listed) and abs(place - at) < 4 and listed[place].low in _ONE_LIST:
        place += step
    if abs(place - at) > 1 and 0 <= place < len(listed) and listed[place].low in TOLL:
        return place
    return None
