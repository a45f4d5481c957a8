"""The language in which articles and claims are asked for: parsed, checked, written again. Pure.

    speaker:Zelensky type:losses,prisoners -is:decided date:2024-08.. "fire line" OR khar*

Words must all occur; `"…"` is a phrase, `word*` a beginning, `-` means not, `OR` or, parentheses
group. `field:value` asks for a field (`FIELDS`), several values stand between commas, values with
spaces in quotation marks, and `*` is any value. The same language serves the library, the
concordance and the commands; `store.query_sql` makes SQL of it.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from claims.model import Certainty, Stance
from claims.text import canonical
from store import fts
from store.errors import StoreError
from store.records import Status

FIELDS = {
    "speaker": "who says it, or a part of the name",
    "type": "claim type, by name or letter",
    "side": "side of the source, by id or tag (ukraine, UA)",
    "status": "undecided (proposed), decided; or accepted, rejected, edited, added",
    "certainty": "how firmly it is put",
    "stance": "what the speaker does with the claim",
    "channel": "how it reached the article, in part",
    "rule": "what found the claim, in part",
    "confidence": "how sure the machine is: <0.5, >0.8, 0.5..0.8",
    "note": "words of the note on a claim",
    "tag": "a tag of a claim; in the library also of an article",
    "outlet": "who published it, in part",
    "title": "words of the title",
    "byline": "who signed it, in part",
    "url": "a part of the address",
    "date": "2024, 2024-08, 2024-08-14, 2024-08.., ..2024-09",
    "article": "the article's number",
    "story": "the number of a group of articles on one story",
    "is": "starred, read, unread, undecided, decided",
}
"""Every field with what it takes."""

OF_CLAIMS = frozenset(
    ("speaker", "type", "side", "status", "certainty", "stance", "channel", "rule", "confidence")
) | {"note", "tag"}
"""Fields that are about a claim; `tag` is about an article too."""

_ALIASES = {"state": "status", "who": "speaker", "tags": "tag", "notes": "note"}
_CLOSED = {
    "status": tuple(status.value for status in Status),
    "certainty": tuple(certainty.value for certainty in Certainty),
    "stance": tuple(stance.value for stance in Stance),
    "is": ("starred", "read", "unread", "undecided", "decided"),
}
_SEVERAL = {
    "undecided": (Status.PROPOSED.value,),
    "decided": tuple(status.value for status in Status if status.decided),
}
"""What a status may be called besides: several at once, and as `is:` has it."""
_OPERATORS = ("OR", "AND", "NOT")
_LONGEST, _MOST_TERMS, _DEEPEST = 2000, 64, 20
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_NUMBER = re.compile(r"(0?\.\d+|[01](\.\d*)?)")
_FIELD = re.compile(r"([A-Za-z]{2,}):(?!//)")
_RUN = re.compile(r'[^\s()"]+')


class QueryError(StoreError):
    """A query that means nothing; says where, and what is nearest."""

    def __init__(self, message: str, place: int) -> None:
        super().__init__(f"{message} (at character {place + 1})")
        self.place = place
        """The offset in what was typed."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand side by side; of the last one only the beginning when `prefix`."""

    typed: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """A field with a value: as typed, checked where the values are known; `*` is any."""

    field: str
    value: str
    place: int = dataclasses.field(default=0, compare=False)
    """Where it stands in what was typed, for what the library finds wrong with it."""


@dataclass(frozen=True, slots=True)
class Not:
    """What a part does not say."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Two parts or more, each of which holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Two parts or more, one of which holds."""

    parts: tuple[Node, ...]


Node = Words | Has | Not | All | Any


@lru_cache(maxsize=64)
def parse(typed: str) -> Node | None:
    """What was typed, as a tree; None when it is empty. Raises `QueryError`."""
    if len(typed) > _LONGEST:
        raise QueryError(f"a query has at most {_LONGEST:,} characters", _LONGEST)
    text = fts.visible(canonical(typed))
    if not text.strip():
        return None
    parser = _Parser(list(_tokens(text)), len(text))
    return parser.whole()


def render(node: Node | None) -> str:
    """The query as it would be typed; `parse` makes the same tree of it."""
    if node is None:
        return ""
    if isinstance(node, Words):
        return _words(node)
    if isinstance(node, Has):
        return _has(node)
    if isinstance(node, Not):
        return "-" + _grouped(node.part)
    if isinstance(node, All):
        return " ".join(
            _grouped(part) if isinstance(part, Any) else render(part) for part in node.parts
        )
    return _listed(node.parts) or " OR ".join(render(part) for part in node.parts)


def leaves(node: Node | None) -> Iterator[Words | Has]:
    """The words and fields of a query, in their order."""
    if isinstance(node, Words | Has):
        yield node
    elif isinstance(node, Not):
        yield from leaves(node.part)
    elif node is not None:
        for part in node.parts:
            yield from leaves(part)


def wanted(node: Node | None) -> Iterator[Words]:
    """The words of a query that its hits have: not those that they must not have."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from wanted(part)


def parts(node: Node | None) -> tuple[Node, ...]:
    """What must all hold."""
    if node is None:
        return ()
    return node.parts if isinstance(node, All) else (node,)


def together(found: Iterable[Node]) -> Node | None:
    """All of these; None for none."""
    kept = tuple(part for node in found for part in parts(node))
    return All(kept) if len(kept) > 1 else kept[0] if kept else None


def about_claims(node: Node | None) -> bool:
    """Whether a query names a field of claims, so that its hits are claims."""
    return any(isinstance(leaf, Has) and leaf.field in OF_CLAIMS for leaf in leaves(node))


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known word that is most like the one that was given; None when none is like it."""
    found = difflib.get_close_matches(given.casefold(), list(known), 1, 0.5)
    return found[0] if found else None


def unknown(leaf: Has, known: Iterable[str]) -> QueryError:
    """The error for a value that a closed field does not have."""
    listed = list(known)
    near = nearest(leaf.value, listed)
    hint = f"did you mean {near}?" if near else f"it takes {', '.join(listed[:20])}"
    return QueryError(f"{leaf.field}: does not know {leaf.value!r}; {hint}", leaf.place)


# Reading


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """ "(", ")", "-", "OR", "AND" or "term"."""
    place: int
    node: Node | None = None


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        letter = text[at]
        if letter.isspace():
            at += 1
        elif letter in "()":
            yield _Token(letter, at)
            at += 1
        elif letter == "-" and at + 1 < len(text) and not text[at + 1].isspace():
            yield _Token("-", at)
            at += 1
        elif letter == '"':
            end = _closing(text, at)
            if fts.tokens(text[at + 1 : end]):
                yield _Token("term", at, Words(" ".join(text[at + 1 : end].split())))
            at = end + 1
        else:
            run = _RUN.match(text, at)
            assert run is not None
            at = yield from _run(text, run[0], at)


def _run(text: str, run: str, at: int) -> Generator[_Token, None, int]:
    """A word, an operator or a field; gives (returns) where it ends."""
    end = at + len(run)
    if run in _OPERATORS:
        yield _Token("-" if run == "NOT" else run, at)
        return end
    named = _FIELD.match(run)
    if named is None:
        typed = run.rstrip("*")
        if fts.tokens(typed):
            yield _Token("term", at, Words(typed, run.endswith("*")))
        return end
    name = named[1].casefold()
    name = _ALIASES.get(name, name)
    value, place = run[named.end() :], at + named.end()
    if name not in FIELDS:
        near = nearest(name, FIELDS)
        hint = f"did you mean {near}:" if near else f"the fields are {', '.join(FIELDS)}"
        raise QueryError(
            f"there is no field {named[1]}: ({hint}); to find words, put them in quotation marks",
            at,
        )
    if value or text[end : end + 1] != '"':
        values = [one for one in value.split(",") if one]
    else:
        closing = _closing(text, end)
        values, end = [" ".join(text[end + 1 : closing].split())], closing + 1
    if not any(values):
        raise QueryError(f"{name}: needs a value, such as {_example(name)}", at)
    if name == "status":
        values = [status for one in values for status in _SEVERAL.get(one.casefold(), (one,))]
    found = tuple(dict.fromkeys(_checked(Has(name, one, place)) for one in values))
    yield _Token("term", at, Any(found) if len(found) > 1 else found[0])
    return end


def _closing(text: str, at: int) -> int:
    end = text.find('"', at + 1)
    if end < 0:
        raise QueryError("this quotation mark is not closed", at)
    return end


def _example(name: str) -> str:
    examples = {"speaker": "Zelensky", "type": "losses", "side": "ukraine", "date": "2024-08.."}
    known = _CLOSED.get(name)
    return name + ":" + (known[0] if known else examples.get(name, "value"))


def _checked(leaf: Has) -> Has:
    """The field with its value in the one form it has. Raises `QueryError`."""
    name, value = leaf.field, leaf.value
    if value == "*" and name not in _CLOSED:
        return leaf
    if name in _CLOSED:
        plain = value.casefold()
        if plain not in _CLOSED[name]:
            also = tuple(_SEVERAL) if name == "status" else ()
            raise unknown(leaf, (*_CLOSED[name], *also))
        return Has(name, plain, leaf.place)
    if name == "date":
        _range(leaf, _DAY, "a day, a month or a year (2024-08), or two of them (2024-08..2024-09)")
    elif name == "confidence":
        bare = Has(name, value[1:], leaf.place) if value[0] in "<>" else leaf
        _range(bare, _NUMBER, "a number from 0 to 1 (<0.5, >0.8, 0.5..0.8)")
    elif name in ("article", "story"):
        if not (value.isascii() and value.isdigit() and len(value) < 19):
            raise QueryError(f"{name}: needs a number, not {value!r}", leaf.place)
    elif not any(letter.isalnum() for letter in value):
        raise QueryError(f"{name}: needs a value with a letter or a digit", leaf.place)
    return leaf


def _range(leaf: Has, shape: re.Pattern[str], wanted: str) -> None:
    ends = leaf.value.split("..")
    if len(ends) > 2 or not any(ends) or any(end and not shape.fullmatch(end) for end in ends):
        raise QueryError(f"{leaf.field}: needs {wanted}, not {leaf.value!r}", leaf.place)


class _Parser:
    """From tokens to a tree: OR binds least, then what stands side by side, then `-`."""

    def __init__(self, tokens: list[_Token], length: int) -> None:
        self._tokens, self._at, self._length = tokens, 0, length
        if sum(token.kind == "term" for token in tokens) > _MOST_TERMS:
            place = [token.place for token in tokens if token.kind == "term"][_MOST_TERMS]
            raise QueryError(f"a query has at most {_MOST_TERMS} words and fields", place)

    def whole(self) -> Node:
        if not any(token.kind == "term" for token in self._tokens):
            raise QueryError("there is no word or field in this query", 0)
        found = self._either(0)
        if (token := self._next()) is not None:
            raise QueryError("this parenthesis was not opened", token.place)
        return found

    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> bool:
        token = self._next()
        if token is None or token.kind != kind:
            return False
        self._at += 1
        return True

    def _either(self, depth: int) -> Node:
        found = [self._both(depth)]
        while self._take("OR"):
            found.append(self._both(depth))
        flat = [one for node in found for one in (node.parts if isinstance(node, Any) else (node,))]
        kept = tuple(dict.fromkeys(flat))
        return Any(kept) if len(kept) > 1 else kept[0]

    def _both(self, depth: int) -> Node:
        found: list[Node] = []
        while (token := self._next()) is not None and token.kind not in (")", "OR"):
            if token.kind == "AND":
                self._at += 1
                continue
            found.append(self._one(depth))
        joined = together(dict.fromkeys(part for node in found for part in parts(node)))
        if joined is None:
            place = token.place if token is not None else self._length
            raise QueryError("a word or a field is missing here", place)
        return joined

    def _one(self, depth: int) -> Node:
        negative = False
        token = self._next()
        while self._take("-"):
            negative = not negative
        here = self._next()
        if here is None or here.kind in (")", "OR", "AND"):
            assert token is not None
            raise QueryError("nothing follows this", token.place)
        self._at += 1
        if here.kind == "(":
            if depth >= _DEEPEST:
                raise QueryError(f"more than {_DEEPEST} parentheses are open", here.place)
            found = self._either(depth + 1)
            if not self._take(")"):
                raise QueryError("this parenthesis is not closed", here.place)
        else:
            assert here.node is not None
            found = here.node
        if not negative:
            return found
        return found.part if isinstance(found, Not) else Not(found)


# Writing


def _words(node: Words) -> str:
    if node.prefix:
        return f"{node.typed}*"
    return node.typed if _stands(node.typed, node) else f'"{node.typed}"'


def _has(node: Has) -> str:
    bare = f"{node.field}:{node.value}"
    return bare if _stands(bare, node) else f'{node.field}:"{node.value}"'


def _listed(found: tuple[Node, ...]) -> str:
    """Several values of one field behind it, with commas between; empty where that cannot be."""
    fields = [part for part in found if isinstance(part, Has)]
    if len(fields) < len(found) or len({leaf.field for leaf in fields}) > 1:
        return ""
    bare = f"{fields[0].field}:{','.join(leaf.value for leaf in fields)}"
    return bare if _stands(bare, Any(found)) else ""


def _stands(bare: str, node: Node) -> bool:
    """Whether these letters, without quotation marks, mean the node."""
    try:
        found = list(_tokens(bare))
    except QueryError:
        return False
    return [token.node for token in found] == [node]


def _grouped(node: Node) -> str:
    if isinstance(node, Any) and (listed := _listed(node.parts)):
        return listed
    return f"({render(node)})" if isinstance(node, All | Any) else render(node)
