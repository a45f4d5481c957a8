"""A parsed query as SQL: which articles, or which claims as one annotator sees them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from claims.model import ClaimType
from claims.text import searchable
from store import fts, query
from store.query import All, Has, Node, Not, Words
from store.records import ClaimFilter, Status

if TYPE_CHECKING:
    from store.db import Library


class Sql(NamedTuple):
    """A condition with its values."""

    text: str
    values: tuple[Any, ...] = ()


_NEVER, _ALWAYS = Sql("0"), Sql("1")
OWN = "c.annotator = ? AND c.current AND NOT c.hidden"
"""The states of an annotator that are shown; the value is the annotator."""
_UNDECIDED = (
    "NOT EXISTS (SELECT 1 FROM claim_state o WHERE o.article_id = c.article_id"
    " AND o.annotator = ? AND o.current AND o.claim_id = c.id)"
)
_LETTERS = {kind.letter: kind.value for kind in ClaimType}


def articles(library: Library, node: Node | None) -> Sql:
    """The condition on `a` (`article`). Raises `QueryError` for a value that is not known."""
    found = query.parts(node)
    about_claims = [part for part in found if _is_about_claims(part)]
    words = query.together(part for part in found if _is_words(part))
    conditions = [
        _article(library, part)
        for part in found
        if not _is_about_claims(part) and not _is_words(part)
    ]
    if words is not None:
        conditions.append(_texts(library, words))
    if about_claims:  # what is said of claims, one claim must have all of
        conditions.append(_with_claims(library, query.together(about_claims)))
    return _join(conditions, " AND ")


def claims(library: Library, node: Node | None, *, own: bool) -> Sql:
    """The condition on `c`, which is `claim_state` when `own` and else `claim`.

    Raises `QueryError` for a value that is not known.
    """
    found = [_claim(library, part, own=own) for part in query.parts(node)]
    words = [leaf for part in query.parts(node) for leaf in _needed(part)]
    if words:  # the words of a claim are words of its article
        expression = " AND ".join(map(_quoted, words))
        found.append(
            Sql(
                "c.article_id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)",
                (f"text : ({expression})",),
            )
        )
    return _join(found, " AND ")


def narrowed(library: Library, where: ClaimFilter) -> ClaimFilter:
    """The filter with what its query says in the fields that indexes serve best; the rest in `rest`.

    Raises `QueryError`.
    """
    if not where.query.strip():
        return where
    rest: list[Node] = []
    words: list[str] = [where.text] if where.text.strip() else []
    for part in query.parts(query.parse(where.query)):
        values = _same_field(part)
        if isinstance(part, Words):
            words.append(query.render(part))
        elif values is None:
            rest.append(part)
        elif values[0].field == "type" and not where.types:
            where = replace(where, types=_values(library, values))
        elif values[0].field == "side" and not where.sides:
            where = replace(where, sides=_values(library, values))
        elif values[0].field == "status" and not where.statuses:
            where = replace(where, statuses=_values(library, values))
        elif values[0].field == "speaker" and where.speaker is None and len(values) == 1:
            where = replace(where, speaker=None if values[0].value == "*" else values[0].value)
            rest += [part] if values[0].value == "*" else []
        else:
            rest.append(part)
    kept = query.together(rest)
    if kept is not None:
        claims(library, kept, own=True)  # says what is not known, whether or not it is asked
    return replace(where, query="", text=" ".join(words), rest=kept)


def text_expression(node: Node | None) -> str | None:
    """What the full-text index is asked for the words of a query; None when it has none.

    Parts about fields are left out.
    """
    words = query.together(part for part in query.parts(node) if _is_words(part))
    return None if words is None else _expression(words)


def without_words(node: Node | None) -> Node | None:
    """The parts of a query that are about fields."""
    return query.together(part for part in query.parts(node) if not _is_words(part))


def _same_field(part: Node) -> tuple[Has, ...] | None:
    """The values of one field that a part allows; None when it says anything else."""
    if isinstance(part, Has):
        return (part,)
    if isinstance(part, query.Any):
        found = tuple(one for one in part.parts if isinstance(one, Has))
        if len(found) == len(part.parts) and len({one.field for one in found}) == 1:
            return found
    return None


def _values(library: Library, leaves: tuple[Has, ...]) -> tuple[str, ...]:
    return tuple(_value(library, leaf) for leaf in leaves)


def _value(library: Library, leaf: Has) -> str:
    """The value of a closed field. Raises `QueryError` when it has no such value."""
    if leaf.field == "type":
        known = _types(library)
        value = _LETTERS.get(leaf.value, leaf.value.casefold())
    elif leaf.field == "side":
        known = _sides(library)
        value = leaf.value.casefold()
        if value not in known:
            tags = _tags(library)
            value = tags.get(leaf.value.upper(), value)
    else:
        return leaf.value
    if value not in known:
        raise query.unknown(leaf, known)
    return value


def _types(library: Library) -> list[str]:
    used = [row[0] for row in library.rows("SELECT DISTINCT type FROM claim_count")]
    return list(dict.fromkeys([kind.value for kind in ClaimType] + used))


def _sides(library: Library) -> list[str]:
    used = [
        row[0] for row in library.rows("SELECT DISTINCT side FROM claim_count WHERE claims > 0")
    ]
    given = library.rows(
        "SELECT DISTINCT side FROM claim_state WHERE annotator = ? AND current AND NOT hidden",
        (library.annotator,),
    )
    return list(dict.fromkeys([*used, *(row[0] for row in given), *_tags(library).values()]))


def _tags(library: Library) -> dict[str, str]:
    """The two letters of each side in the profiles of the library's articles."""
    from claims.profile import ProfileError, load
    from store import paths

    names = [row[0] for row in library.rows(_PROFILES)]
    found: dict[str, str] = {}
    for name in (*names, "generic"):
        try:
            for side in load(name or "generic", (paths.profiles_dir(),)).sides:
                found.setdefault(side.tag, side.id)
        except ProfileError:  # removed since: its articles keep their sides
            continue
    return found


_PROFILES = "SELECT DISTINCT profile FROM article"


# Articles


def _article(library: Library, node: Node) -> Sql:
    if isinstance(node, Words):
        return _texts(library, node)
    if isinstance(node, Has):
        if node.field in query.OF_CLAIMS and node.field != "tag":
            return _with_claims(library, node)
        return _article_field(library, node)
    if isinstance(node, Not):
        return _negated(_article(library, node.part))
    if isinstance(node, All):
        return articles(library, node)
    return _join([_article(library, part) for part in node.parts], " OR ")


def _article_field(library: Library, leaf: Has) -> Sql:
    me, value = library.annotator, leaf.value
    anything = value == "*"
    if leaf.field in ("outlet", "byline", "url"):
        column = f"a.{leaf.field}"
        if anything:
            return Sql(f"{column} IS NOT NULL")
        if leaf.field == "outlet":
            return _among("a.outlet", _outlets(library, value))
        return Sql(f"instr(lower({column}), ?)", (value.casefold(),))
    if leaf.field == "title":
        expression = fts.all_words(value, column="title")
        if anything or expression is None:
            return _ALWAYS
        return Sql(
            "a.id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)", (expression,)
        )
    if leaf.field == "date":
        return _dates(value)
    if leaf.field in ("article", "story"):
        column = "a.id" if leaf.field == "article" else "a.story"
        return Sql(f"{column} IS NOT NULL") if anything else Sql(f"{column} = ?", (int(value),))
    if leaf.field == "tag":
        own = "SELECT article_id FROM article_tag WHERE annotator = ?"
        claimed = _noted("tags", value)
        on_claim = Sql(
            f"a.id IN (SELECT c.article_id FROM claim_state c WHERE {OWN} AND {claimed.text})",
            (me, *claimed.values),
        )
        if anything:
            return _join([Sql(f"a.id IN ({own})", (me,)), on_claim], " OR ")
        return _join(
            [Sql(f"a.id IN ({own} AND tag = ? COLLATE NOCASE)", (me, value)), on_claim], " OR "
        )
    return _is(library, value)


def _is(library: Library, value: str) -> Sql:
    me = library.annotator
    if value == "starred":
        return Sql(
            "a.id IN (SELECT article_id FROM article_mark WHERE annotator = ? AND starred)", (me,)
        )
    if value in ("read", "unread"):
        read = (
            "coalesce((SELECT m.seen FROM article_mark m WHERE m.annotator = ?"
            " AND m.article_id = a.id), EXISTS (SELECT 1 FROM reading d WHERE d.annotator = ?"
            " AND d.article_id = a.id))"
        )
        return Sql(read if value == "read" else f"NOT {read}", (me, me))
    waiting = (
        "coalesce((SELECT y.claims - y.decided FROM tally y WHERE y.annotator = ?"
        " AND y.article_id = a.id), a.claims)"
    )
    return Sql(f"{waiting} {'>' if value == 'undecided' else '='} 0", (me,))


def _outlets(library: Library, value: str) -> list[str]:
    """The outlets with these letters in their name; each is looked up once in the index."""
    found = library.rows(
        "WITH RECURSIVE one (name) AS (SELECT min(outlet) FROM article UNION ALL"
        " SELECT (SELECT min(outlet) FROM article WHERE outlet > name) FROM one"
        " WHERE name IS NOT NULL) SELECT name FROM one WHERE name IS NOT NULL"
    )
    wanted = searchable(value)
    return [str(name) for (name,) in found if wanted in searchable(name)]


def _dates(value: str) -> Sql:
    """Days as they are written begin with their month and year: text order is order in time."""
    if value == "*":
        return Sql("a.date IS NOT NULL")
    first, last = value.split("..") if ".." in value else (value, value)
    conditions = [Sql("a.date >= ?", (first,))] if first else []
    if last:  # "~" follows whatever a day of that month or an hour of that day goes on with
        conditions.append(Sql("a.date < ?", (f"{last}~",)))
    return _join(conditions, " AND ")


def _texts(library: Library, words: Node) -> Sql:
    """The words in the article, or in one note or its tags."""
    expression = _expression(words)
    if expression is None:  # nothing but what must not occur, or that beside an OR
        if isinstance(words, Not):
            return _negated(_texts(library, words.part))
        assert isinstance(words, All | query.Any)
        return _join(
            [_texts(library, part) for part in words.parts],
            " AND " if isinstance(words, All) else " OR ",
        )
    return Sql(
        "(a.id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?) OR a.id IN ("
        "SELECT c.article_id FROM note_fts n JOIN claim_state c ON c.decision_id = n.rowid"
        f" WHERE note_fts MATCH ? AND {OWN}))",
        (expression, expression, library.annotator),
    )


def _with_claims(library: Library, node: Node | None) -> Sql:
    """Articles with a claim, as the annotator sees it, of which the query holds."""
    me = library.annotator
    own = claims(library, node, own=True)
    parts = [
        Sql(
            f"a.id IN (SELECT c.article_id FROM claim_state c WHERE {OWN} AND {own.text})",
            (me, *own.values),
        )
    ]
    machine = claims(library, node, own=False)
    if machine != _NEVER:
        parts.append(
            Sql(
                f"a.id IN (SELECT c.article_id FROM claim c WHERE {machine.text} AND {_UNDECIDED})",
                (*machine.values, me),
            )
        )
    return _join(parts, " OR ")


# Claims


def _claim(library: Library, node: Node, *, own: bool) -> Sql:
    if isinstance(node, Words):
        return Sql("has_words(c.quote, ?)", (query.render(node),))
    if isinstance(node, Not):
        return _negated(_claim(library, node.part, own=own))
    if isinstance(node, All | query.Any):
        joint = " AND " if isinstance(node, All) else " OR "
        return _join([_claim(library, part, own=own) for part in node.parts], joint)
    if node.field in query.OF_CLAIMS:
        return _claim_field(library, node, own=own)
    if node.field == "is" and node.value in ("decided", "undecided"):
        if not own:
            return _ALWAYS if node.value == "undecided" else _NEVER
        sign = "=" if node.value == "undecided" else "<>"
        return Sql(f"c.status {sign} ?", (Status.PROPOSED.value,))
    if node.field == "article" and node.value != "*":
        return Sql("c.article_id = ?", (int(node.value),))
    found = _article_field(library, node)
    return Sql(f"c.article_id IN (SELECT a.id FROM article a WHERE {found.text})", found.values)


def _claim_field(library: Library, leaf: Has, *, own: bool) -> Sql:
    name, value = leaf.field, leaf.value
    anything = value == "*"
    if name == "status":
        if not own:
            return _ALWAYS if value == Status.PROPOSED else _NEVER
        return Sql("c.status = ?", (value,))
    if name in ("type", "side"):
        if anything:
            return _ALWAYS
        return Sql(f"c.{name} = ?", (_value(library, leaf),))
    if name in ("certainty", "stance"):
        return Sql(f"c.{name} = ?", (value,))
    if name == "speaker":
        if anything:
            return Sql("c.speaker_id IS NOT NULL")
        return Sql(
            "c.speaker_id IN (SELECT id FROM speaker WHERE instr(folded, ?))", (searchable(value),)
        )
    if name == "channel":
        if anything:
            return Sql("c.channel <> '[]'")
        # An index has the claims with a channel and no others.
        return Sql("(c.channel <> '[]' AND instr(lower(c.channel), ?))", (value.casefold(),))
    if name == "rule":
        if anything:
            return Sql("c.rule <> ''")
        return Sql("instr(lower(c.rule), ?)", (value.casefold(),))
    if name == "confidence":
        return _confidence(value)
    return _noted("tags" if name == "tag" else "note", value) if own else _NEVER


def _confidence(value: str) -> Sql:
    column = "json_extract(c.body, '$.confidence')"
    if value == "*":
        return _ALWAYS
    if value[0] in "<>":
        return Sql(f"{column} {value[0]} ?", (float(value[1:]),))
    first, last = value.split("..") if ".." in value else (value, value)
    conditions = [Sql(f"{column} >= ?", (float(first),))] if first else []
    conditions += [Sql(f"{column} <= ?", (float(last),))] if last else []
    return _join(conditions, " AND ")


def _noted(column: str, value: str) -> Sql:
    """The state `c` has these words in its note, or this tag."""
    if value == "*":
        return Sql("c.note <> ''") if column == "note" else Sql("c.tags <> '[]'")
    expression = fts.all_words(value, column=column)
    if expression is None:
        return _NEVER
    return Sql(
        "c.decision_id IN (SELECT rowid FROM note_fts WHERE note_fts MATCH ?)", (expression,)
    )


# Words for the full-text index


def _expression(node: Node) -> str | None:
    """As FTS5 has it; None where it has nothing: it knows no bare negation."""
    if isinstance(node, Words):
        return _quoted(node)
    if isinstance(node, query.Any):
        found = [_expression(part) for part in node.parts]
        return None if None in found else "(" + " OR ".join(filter(None, found)) + ")"
    if isinstance(node, All):
        positive = [_expression(part) for part in node.parts if not isinstance(part, Not)]
        negative = [_expression(part.part) for part in node.parts if isinstance(part, Not)]
        if not positive or None in positive or None in negative:
            return None
        joined = " AND ".join(filter(None, positive))
        for one in filter(None, negative):
            joined = f"({joined}) NOT {one}"
        return f"({joined})"
    return None


def _quoted(words: Words) -> str:
    # What was typed has no quotation mark, so that putting it between two makes an FTS5 string.
    return f'"{words.typed}"{"*" if words.prefix else ""}'


def _needed(part: Node) -> list[Words]:
    """Words without which a part cannot hold."""
    if isinstance(part, Words):
        return [part]
    if isinstance(part, All):
        return [leaf for one in part.parts for leaf in _needed(one)]
    return []


def _is_words(part: Node) -> bool:
    return all(isinstance(leaf, Words) for leaf in query.leaves(part))


def _is_about_claims(part: Node) -> bool:
    """Whether all of a part is about one claim. A tag alone is about the article too."""
    found = list(query.leaves(part))
    return all(isinstance(leaf, Has) and leaf.field in query.OF_CLAIMS for leaf in found) and any(
        isinstance(leaf, Has) and leaf.field != "tag" for leaf in found
    )


# Conditions


def _negated(condition: Sql) -> Sql:
    if condition in (_NEVER, _ALWAYS):
        return _ALWAYS if condition == _NEVER else _NEVER
    return Sql(f"NOT coalesce({condition.text}, 0)", condition.values)


def _join(conditions: list[Sql], joint: str) -> Sql:
    """Together, without those that say nothing."""
    nothing, everything = (_ALWAYS, _NEVER) if joint == " AND " else (_NEVER, _ALWAYS)
    if everything in conditions:
        return everything
    kept = [condition for condition in conditions if condition != nothing]
    if not kept:
        return nothing
    if len(kept) == 1:
        return kept[0]
    return Sql(
        "(" + joint.join(one.text for one in kept) + ")",
        tuple(value for one in kept for value in one.values),
    )


def _among(column: str, allowed: list[str]) -> Sql:
    if not allowed:
        return _NEVER
    if len(allowed) == 1:
        return Sql(f"{column} = ?", (allowed[0],))
    return Sql(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(allowed),))
