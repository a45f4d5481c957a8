"""Where sentences begin and end, and which of them are headings, bullets, posts or signatures.

A sentence never leaves its paragraph. Inside one, every full stop, question or exclamation mark
and ellipsis is a candidate, and the words on both sides decide. One pass, no backtracking.
The lists of abbreviations are this project's own, for the English and Ukrainian of news.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from claims.model import Sentence, SentenceKind, Span
from claims.text import paragraphs, word_set

_CLOSERS = "\"'”’»›)]}＂」』）"
_QUOTE_ENDS = '"”»'
_OPENERS = "\"'“‘«‹([{„「『（¿¡"

_STOP = re.compile(
    r"(?=[.?!…。！？｡؟۔।॥։:;\-=_*~#+)<hwp])(?:"
    r"(?P<stop>\.(?:\s\.)+|[.?!…]+|[。！？｡؟۔।॥։]+)"
    rf"(?P<close>(?:[{re.escape(_CLOSERS)}]|“(?=\s))*(?:,(?=[A-ZА-ЯІЇЄҐ“«]))?)"
    r"(?P<gap>\s*)"
    r"|(?P<mark>(?<=\s)(?:[:;]-?[()]+|[-=_*~#+]{5,})(?=\s)|(?<!\))\){2,}(?=\s)"
    r"|(?<=[а-яіїєґ]{3})\)(?=\s)"
    r"|(?:https?://|www\.|pic\.twitter\.com/)\S+|<[^\s<>@]{1,64}@[^\s<>@]{1,255}>)(?P<space>\s*))"
)
"""A stop with what closes after it; or a mark: a smiley, a rule of dashes, a link, an address.

In Cyrillic a lone closing bracket is a smiley. The look-ahead holds the first characters of all
the kinds: the search passes over the others in a quarter of the time.
"""

_WIDE = frozenset("。！？｡؟۔।॥։")
"""Full stops that end a sentence whatever follows; after the Chinese ones no space is needed."""

_WORD_BEFORE = re.compile(r"[\w.'’-]*\Z")

_TITLES = word_set(
    """mr mrs ms mx dr prof gen lt col maj capt cpt sgt gov sen rep reps sens rev hon st ste mt ft
    adm cmdr cdr comdr brig pvt cpl msgr amb fr sr. pres supt insp det ret. lieut messrs mme mlle
    vs v fig figs eq vol approx est ave blvd rd hwy dept. ca cf al viz ed eds pp p art sec ret
    ch op fr gens cols lts drs profs atty asst dep"""
)
"""Never the end of a sentence: a name or a number follows."""

_NUMBERED = word_set("no nos nr num art arts sec pp p vol ch fig figs")
"""Abbreviations only before a number or a letter: "No. 5", but "He said no." ends."""

_MONTHS = word_set("jan feb mar apr jun jul aug sep sept oct nov dec")
_DAYS = word_set("mon tue tues wed thu thur thurs fri sat sun")

_TRAILING = word_set(
    """inc corp co ltd llc plc jr sr bros esq etc a.m p.m am pm u.s u.k u.n e.u u.s.a u.a.e d.c
    u.s.s.r ph.d m.d b.a m.a b.c a.d n.y l.a calif conn mass mich minn okla ore penn pa tenn tex va
    vt wash wis wyo ala ariz ark colo del fla ga ill ind kan ky la md me mo mont neb nev n.h n.j
    n.m n.c n.d s.c s.d r.i w.va sq km kg cm mm lb lbs oz hr hrs min mins sec secs deg tel ext
    dept govt bn mln tn mil gmt est e.g i.e et.al ibid"""
)
"""May end a sentence: then a word that usually begins one follows."""

_CYRILLIC = word_set(
    """р рр ст м вул просп пр бул пл обл т тт п пп д ін др див мал рис табл с сс кв о тис млн млрд
    трлн грн коп дол реєстр кол напр тобто ім проф акад доц доктор гол зам заст ред вид укр рос англ
    нім фр франц лат грец ісп італ пол см км кг мм га хв год сек ок бл рр. ч ч. арт гл гос г гг в
    вв руб тыс н э им тел корп оф буд под эт стор розд зб журн газ ген полк майор кап лейт н.е"""
)
_CYRILLIC_END = word_set(
    "р рр ст т п д ін др тис млн млрд грн год хв г гг руб тыс н.е ч км коп га кг см ок"
)
"""Of those, the ones after which a sentence may end, when a capital that starts one follows."""

_CLIPPED = word_set(
    "incl excl tel ext min max avg misc prov govt dept orig esp repr resp temp abbr cont ref inst "
    "univ assoc spec attn fwd pop yrs mos fem masc sing plur trans intro intl natl ave"
)
_VOWELS = frozenset("aeiouyаеєиіїоуюяыэё")
_STARTERS = word_set(
    """the a an this that these those it its he she they we i you there here his her their our my
    your in on at by for from with as after before during since while when where if although
    though but and or so however meanwhile also then now what who why how many most some all
    several both each one no not according earlier later last another such under over more
    to of once until despite because yet still even only instead moreover furthermore"""
)
"""Words that, with a capital after an abbreviation, most often begin a sentence."""

_CYRILLIC_LETTERS = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ")
_BRACKET_REACH = 400
"""Characters in which the opening bracket of a closing one is looked for."""
_NUMBER_LABEL = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})")


def split(text: str) -> tuple[Sentence, ...]:
    """Cut a text into sentences; whatever lies outside them is white space.

    Sentences come in the order of the text, do not overlap, and neither begin nor end with white
    space. A quotation of several sentences is several sentences. `paragraph` counts as in
    `claims.text.paragraphs`.
    """
    blocks = paragraphs(text)
    out: list[Sentence] = []
    kinds = _kinds(text, blocks)
    for number, block in enumerate(blocks):
        if kinds[number] is SentenceKind.SIGNATURE:
            out.append(Sentence(block, number, SentenceKind.SIGNATURE))
            continue
        out.extend(Sentence(span, number, kinds[number]) for span in _pieces(text, block))
    return tuple(out)


def _pieces(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for end, following in _boundaries(text, block):
        if end > start:
            yield Span(start, end)
        start = following
    if start < block.end:
        yield Span(start, block.end)


def _boundaries(text: str, block: Span) -> Iterator[tuple[int, int]]:
    """Each place where one sentence ends and where the next begins."""
    last = block.start
    for found in _STOP.finditer(text, block.start, block.end):
        after = found.end()
        if found["mark"]:
            if _is_rule(found["mark"]) and last < found.start():
                yield _before_space(text, last, found.start()), found.start()
                last = found.start()
            if after >= block.end:
                return
            if _mark_ends(text, last, found):
                yield found.end("mark"), after
                last = after
            continue
        if after >= block.end:
            return
        if _ends(text, last, found):
            yield found.end("close"), after
            last = after


def _is_rule(mark: str) -> bool:
    return mark[0] in "-=_*~#+"


def _before_space(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _mark_ends(text: str, start: int, found: re.Match[str]) -> bool:
    mark, after = found["mark"], found.end()
    if not found["space"]:
        return False
    if mark[0] == ")":
        at = found.start()
        opened = text.rfind("(", max(start, at - _BRACKET_REACH), at) >= 0
        if opened:
            return False
        if text[at - 1 : at] in _CYRILLIC_LETTERS:
            return True
        if len(mark) == 1:
            return False
    if mark[-1] in ".?!,;:" and not _is_rule(mark) and mark[0] not in ":;)":
        return mark[-1] in ".?!" and _first_letter(text, after).isupper()
    following = _first_letter(text, after)
    return _is_rule(mark) or following.isupper() or text.startswith(("http", "www."), after)


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    stop, close, gap = found["stop"], found["close"], found["gap"]
    after = found.end()
    following = text[after]
    if stop[0] in _WIDE:
        return True
    if not gap:
        return _run_together(text, found)
    initial = following.lstrip(_OPENERS) or text[after + 1 : after + 2]
    nxt = _first_letter(text, after)
    if nxt.islower():
        return not close and following == nxt and _informal_end(text, start, found)
    if following in ",;:)]}–—-" and not close and stop != ".":
        return False
    if following == "," and text[after + 1 : after + 3].lstrip(",")[:1].isupper():
        return True  # paragraphs that a scraper joined: "…the update. ,Key Takeaways"
    if following in ",;)]}" or (following in "–—-" and _dash_goes_on(text, after)):
        return False
    if _closes_late(text, after) or (close and stop != "." and _SPOKEN.match(text, after)):
        return False
    if not initial:
        return True
    if stop != ".":
        return not (set(stop) == {"."} and following == ".")
    if close and close[0] in '"”»“':
        return True
    return _full_stop_ends(text, start, found.start("stop"), after, bool(close))


def _informal_end(text: str, start: int, found: re.Match[str]) -> bool:
    """In text without capitals a stop after a plain small word still ends the sentence."""
    if len(found["stop"]) > 1 or found["stop"] == "…":
        return False
    word = _word_before(text, start, found.start("stop"))
    return (
        len(word) > 2
        and word.isalpha()
        and word.islower()
        and not _VOWELS.isdisjoint(word)
        and not (word in _TITLES or word in _TRAILING or word in _CYRILLIC or word in _MONTHS)
        and word not in _CLIPPED
    )


def _first_letter(text: str, at: int) -> str:
    """The first character of the next word, past opening quotes and brackets."""
    for char in text[at : at + 4]:
        if char not in _OPENERS:
            return char
    return ""


def _dash_goes_on(text: str, at: int) -> bool:
    """After a dash: "…?" – asks he – is one sentence; "– Yes" is the next one."""
    tail = text[at : at + 8].lstrip("–—- ")
    return bool(tail) and (tail[0].islower() or tail.startswith(("Ред.", "Ed.")))


_SPOKEN = re.compile(
    r"(?:[A-Z][\w.'’-]{1,20} ){1,3}(?:said|says|asked|asks|wrote|added|replied|wondered)\b"
)
"""After a quoted question: who asked it, in the same sentence ("Why?" Anna Reed asked)."""


def _closes_late(text: str, at: int) -> bool:
    """A quotation mark after a space that closes: '"Each day..." - she said' written apart."""
    tail = text[at + 1 : at + 8]
    return text[at] in _QUOTE_ENDS and tail[:1] in " –—-" and tail.lstrip("–—- ")[:1].islower()


def _run_together(text: str, found: re.Match[str]) -> bool:
    """ "…of London.The climate": a stop without a space, between a word and a capitalised one."""
    at, after = found.start("stop"), found.end()
    if found["stop"] != "." and found["stop"] not in "?!":
        return False
    before = text[max(0, at - 3) : at]
    if text[after : after + 3].lower() in ("com", "net", "org"):
        return False
    ahead = text[after : after + 2]
    if found["close"].endswith(","):
        # Paragraphs that a scraper joined: "…the update.,Key Takeaways"
        return len(before) == 3 and (before.islower() or before[-1] in ")]" or before[-1].isdigit())
    return (
        len(before) == 3
        and before.isalpha()
        and before.islower()
        and len(ahead) == 2
        and ahead[0].isupper()
        and (ahead[1].islower() or ahead[1] == " ")
    )


def _full_stop_ends(text: str, start: int, at: int, after: int, closed: bool) -> bool:
    word = _word_before(text, start, at)
    low = word.lower()
    nxt = _next_word(text, after)
    head = text[after]
    if not word:
        return True
    bare = low.rsplit("-", 1)[-1]
    if at - len(word) <= start and _NUMBER_LABEL.fullmatch(word) and len(word) <= 3:
        return False  # "1. Warm sun" at the head of a line
    if low in _NUMBERED:
        return not (head.isdigit() or head in "№#")
    if low in _TITLES and word[0].isupper() | (low in ("vs", "v", "cf", "ca", "approx")):
        return False
    if low in _MONTHS and word[0].isupper():
        return not head.isdigit()
    if low in _DAYS and word[0].isupper():
        return nxt.lower() in _STARTERS
    if low in _TRAILING or bare in _TRAILING or low.count("."):
        return _starts_sentence(nxt, head)
    if low in _CYRILLIC and word.islower():
        return low in _CYRILLIC_END and head.isupper() and not _initials_follow(text, after)
    if len(word) == 1 and word.isalpha():
        return _initial_ends(text, start, at, word, nxt)
    return True


def _starts_sentence(nxt: str, head: str) -> bool:
    if head in _OPENERS:
        return True
    return nxt.lower() in _STARTERS and nxt[:1].isupper()


def _initial_ends(text: str, start: int, at: int, word: str, nxt: str) -> bool:
    if not word.isupper() or not nxt[:1].isupper():
        return not word.isupper()
    return nxt.lower() in _STARTERS and len(nxt) > 1


def _initials_follow(text: str, after: int) -> bool:
    return text[after + 1 : after + 2] == "."


def _word_before(text: str, start: int, at: int) -> str:
    low = max(start, at - 24)
    return _WORD_BEFORE.search(text, low, at)[0].lstrip("'’-.")  # type: ignore[index]


_NEXT_WORD = re.compile(r"[^\w\s]*([\w'’]*)")


def _next_word(text: str, at: int) -> str:
    found = _NEXT_WORD.match(text, at, at + 40)
    return found[1] if found else ""


# Kinds -----------------------------------------------------------------------------------------

_BULLET = re.compile(r"(?:[•‣▪●◦·*➤►–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-zA-Z]\)\s)")
_POST_SIGNATURE = re.compile(r"[—–-]{1,2}\s?[^\n]{1,80}?\(@\w{1,20}\)")
_POST_MARK = re.compile(r"pic\.twitter\.com/\w|https?://t\.co/\w")
_MONTH_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE_LINE = re.compile(
    r"(?:(?:published|updated|posted)(?: on)?:?\s)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s)?"
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|{_MONTH_NAME}\.?\s\d{{1,2}},?\s\d{{4}}"
    rf"|\d{{1,2}}\s{_MONTH_NAME}\.?,?\s\d{{4}})"
    r"(?:[\s,–—|-]*(?:at\s)?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?)?",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:By|Written by|Reporting by|Authored by|Posted by)\s+(?=[A-Z])")
_NAME_LINE = re.compile(r"[A-Z][\w.'’-]*(?:\s(?:de|van|von|al|el|bin)?\s?[A-Z][\w.'’-]*){1,3}")
_MAX_HEADING = 120


def _kinds(text: str, blocks: tuple[Span, ...]) -> list[SentenceKind]:
    kinds = [_kind(text, block) for block in blocks]
    posts = "pic.twitter.com/" in text or "://t.co/" in text
    for at, block in enumerate(blocks):
        if kinds[at] is SentenceKind.SIGNATURE and _POST_SIGNATURE.match(text, *block):
            if at and kinds[at - 1] is not SentenceKind.SIGNATURE:
                kinds[at - 1] = SentenceKind.POST
        elif posts and _POST_MARK.search(text, *block):
            kinds[at] = SentenceKind.POST
    _final_byline(text, blocks, kinds)
    return kinds


def _kind(text: str, block: Span) -> SentenceKind:
    length = block.end - block.start
    if length <= 160:
        if _POST_SIGNATURE.match(text, *block):
            return SentenceKind.SIGNATURE
        if _DATE_LINE.fullmatch(text, *block):
            return SentenceKind.SIGNATURE
        if length <= 80 and _BYLINE.match(text, *block) and text[block.end - 1] not in ".?!":
            return SentenceKind.SIGNATURE
    if _BULLET.match(text, *block):
        return SentenceKind.BULLET
    if length <= _MAX_HEADING and _is_heading(block.of(text)):
        return SentenceKind.HEADING
    return SentenceKind.PROSE


def _is_heading(line: str) -> bool:
    if line[-1] in ".?!…:;,”\"'’)" and not line.isupper():
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    if not words or len(words) > 16:
        return False
    capitals = sum(word[0].isupper() for word in words)
    long = sum(len(word) > 3 for word in words)
    return line.isupper() or capitals >= max(1, long * 0.8)


def _final_byline(text: str, blocks: tuple[Span, ...], kinds: list[SentenceKind]) -> None:
    """A line that is only a name, beside a date line or at the very end, signs the article."""
    for at, block in enumerate(blocks):
        if block.end - block.start > 50 or not _NAME_LINE.fullmatch(text, *block):
            continue
        dated = at + 1 < len(blocks) and bool(_DATE_LINE.fullmatch(text, *blocks[at + 1]))
        if dated or (at and at == len(blocks) - 1):
            kinds[at] = SentenceKind.SIGNATURE


def sentence_at(sentences: tuple[Sentence, ...], offset: int) -> Sentence | None:
    """The sentence that holds a code point, or the last one before it; None before the first."""
    at = bisect_right(sentences, offset, key=lambda sentence: sentence.span.start) - 1
    return sentences[at] if at >= 0 else None
