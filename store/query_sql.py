"""A parsed query as SQL: which articles, or which claims as one annotator sees them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from claims.text import searchable
from store import fts, query, query_values, query_words
from store.query import All, Has, Node, Not, Words
from store.query_words import OWN
from store.records import ClaimFilter, Status

if TYPE_CHECKING:
    from store.db import Library


class Sql(NamedTuple):
    """A condition with its values."""

    text: str
    values: tuple[Any, ...] = ()


_NEVER, _ALWAYS = Sql("0"), Sql("1")
UNDECIDED = (
    "NOT EXISTS (SELECT 1 FROM claim_state o WHERE o.article_id = c.article_id"
    " AND o.annotator = ? AND o.current AND o.claim_id = c.id)"
)
"""The machine's claims that the annotator has not touched; the value is the annotator."""


def articles(library: Library, node: Node | None, *, wanted: int | None = None) -> Sql:
    """The condition on `a` (`article`); `wanted` rows will be read in their order, None for all.

    Raises `QueryError` for a value that is not known.
    """
    found = query.parts(node)
    about_claims = [part for part in found if _is_about_claims(part)]
    words = query.together(part for part in found if query_words.is_words(part))
    conditions = [
        _article(library, part)
        for part in found
        if not _is_about_claims(part) and not query_words.is_words(part)
    ]
    if words is not None:
        conditions.append(texts(library, words, wanted))
    if about_claims:  # what is said of claims, one claim must have all of
        conditions.append(_with_claims(library, query.together(about_claims), wanted))
    return join(conditions, " AND ")


def claims(library: Library, node: Node | None, *, own: bool) -> Sql:
    """The condition on `c`, which is `claim_state` when `own` and else `claim`.

    Raises `QueryError` for a value that is not known.
    """
    found = [_claim(library, part, own=own) for part in query.parts(node)]
    words = [leaf for part in query.parts(node) for leaf in query_words.needed(part)]
    if words:  # the words of a claim are words of its article
        expression = " AND ".join(map(query_words.quoted, words))
        found.append(
            Sql(
                "c.article_id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)",
                (f"text : ({expression})",),
            )
        )
    return join(found, " AND ")


def narrowed(library: Library, where: ClaimFilter) -> ClaimFilter:
    """The filter with what its query says where indexes serve it best, and the rest in `rest`.

    Raises `QueryError`.
    """
    if not where.query.strip():
        return where
    rest: list[Node] = []
    words: list[str] = [where.text] if where.text.strip() else []
    for part in query.parts(query.parse(where.query)):
        values = same_field(part)
        if isinstance(part, Words):
            words.append(query.render(part))
        elif values is None:
            rest.append(part)
        elif values[0].field == "type" and not where.types:
            where = replace(where, types=query_values.values_of(library, values))
        elif values[0].field == "side" and not where.sides:
            where = replace(where, sides=query_values.values_of(library, values))
        elif values[0].field == "status" and not where.statuses:
            where = replace(where, statuses=query_values.values_of(library, values))
        elif values[0].field == "speaker" and where.speaker is None and len(values) == 1:
            where = replace(where, speaker=None if values[0].value == "*" else values[0].value)
            rest += [part] if values[0].value == "*" else []
        else:
            rest.append(part)
    kept = query.together(rest)
    if kept is not None:
        claims(library, kept, own=True)  # says what is not known, whether or not it is asked
    return replace(where, query="", text=" ".join(words), rest=kept)


def same_field(part: Node) -> tuple[Has, ...] | None:
    """The values of one field that a part allows; None when it says anything else."""
    if isinstance(part, Has):
        return (part,)
    if isinstance(part, query.Any):
        found = tuple(one for one in part.parts if isinstance(one, Has))
        if len(found) == len(part.parts) and len({one.field for one in found}) == 1:
            return found
    return None


_FEW = 50
"""One article in so many has to fit for it to be faster to go down the list."""


# Articles


def _article(library: Library, node: Node) -> Sql:
    if isinstance(node, Words):
        return texts(library, node)
    if isinstance(node, Has):
        if node.field in query.OF_CLAIMS and node.field != "tag":
            return _with_claims(library, node)
        return _article_field(library, node)
    if isinstance(node, Not):
        return _negated(_article(library, node.part))
    if isinstance(node, All):
        return articles(library, node)
    return join([_article(library, part) for part in node.parts], " OR ")


def _article_field(library: Library, leaf: Has) -> Sql:
    me, value = library.annotator, leaf.value
    anything = value == "*"
    if leaf.field in ("outlet", "byline", "url"):
        column = f"a.{leaf.field}"
        if anything:
            return Sql(f"{column} IS NOT NULL")
        if leaf.field == "outlet":
            return among("a.outlet", query_values.outlets(library, value))
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
            return join([Sql(f"a.id IN ({own})", (me,)), on_claim], " OR ")
        return join(
            [Sql(f"a.id IN ({own} AND tag = ? COLLATE NOCASE)", (me, value)), on_claim], " OR "
        )
    return _is(library, value)


def waiting(library: Library) -> Sql:
    """How many claims of the article `a` wait for the annotator's decision."""
    return Sql(
        "coalesce((SELECT y.claims - y.decided FROM tally y WHERE y.annotator = ?"
        " AND y.article_id = a.id), a.claims)",
        (library.annotator,),
    )


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
    left = waiting(library)
    return Sql(f"{left.text} {'>' if value == 'undecided' else '='} 0", left.values)


def _dates(value: str) -> Sql:
    """Days as they are written begin with their month and year: text order is order in time."""
    if value == "*":
        return Sql("a.date IS NOT NULL")
    first, last = value.split("..") if ".." in value else (value, value)
    conditions = [Sql("a.date >= ?", (first,))] if first else []
    if last:  # "~" follows whatever a day of that month or an hour of that day goes on with
        conditions.append(Sql("a.date < ?", (f"{last}~",)))
    return join(conditions, " AND ")


def texts(library: Library, words: Node, wanted: int | None = None) -> Sql:
    """The words in the article, or in one note or its tags."""
    expression = query_words.expression(words)
    if expression is None:  # nothing but what must not occur, or that beside an OR
        if isinstance(words, Not):
            return _negated(texts(library, words.part))
        assert isinstance(words, All | query.Any)
        return join(
            [texts(library, part) for part in words.parts],
            " AND " if isinstance(words, All) else " OR ",
        )
    within = query_words.looked_into(library, expression)
    found = "a.id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)"
    if wanted is not None and query_words.is_common(library, within, wanted):
        found = "EXISTS (SELECT 1 FROM article_fts WHERE article_fts MATCH ? AND rowid = a.id)"
    return Sql(
        f"({found} OR a.id IN (SELECT c.article_id {query_words.NOTED}))",
        (within, expression, library.annotator),
    )


def _with_claims(library: Library, node: Node | None, wanted: int | None = None) -> Sql:
    """Articles with a claim, as the annotator sees it, of which the query holds."""
    me = library.annotator
    common = wanted is not None and _is_common(library, node)

    def of(table: str, condition: Sql, shown: str) -> Sql:
        fits = f"{condition.text} AND {shown}"
        values = (*condition.values, me)
        if common:  # asked of each article in the order of the list
            return Sql(
                f"EXISTS (SELECT 1 FROM {table} c WHERE c.article_id = a.id AND {fits})", values
            )
        return Sql(f"a.id IN (SELECT c.article_id FROM {table} c WHERE {fits})", values)

    parts = [of("claim_state", claims(library, node, own=True), OWN)]
    machine = claims(library, node, own=False)
    if machine != _NEVER:
        parts.append(of("claim", machine, UNDECIDED))
    return join(parts, " OR ")


def _is_common(library: Library, node: Node | None) -> bool:
    """Whether so many claims are of the types and sides that every few articles have one."""
    part = [one for one in query.parts(node) if isinstance(one, Has | query.Any)]
    columns: dict[str, list[str]] = {}
    for one in part:
        found = same_field(one)
        if found is None or found[0].field not in ("type", "side"):
            return False
        columns[found[0].field] = [query_values.value_of(library, leaf) for leaf in found]
    if len(part) < len(query.parts(node)):
        return False
    conditions = [among(column, values) for column, values in columns.items()]
    both = join(conditions, " AND ")
    claims_, articles_ = library.row(
        f"SELECT (SELECT coalesce(sum(claims), 0) FROM claim_count WHERE {both.text}),"
        " (SELECT count(*) FROM article)",
        both.values,
    )
    return bool(claims_ * _FEW > articles_)


# Claims


def _claim(library: Library, node: Node, *, own: bool) -> Sql:
    if isinstance(node, Words):
        return Sql("has_words(c.quote, ?)", (query.render(node),))
    if isinstance(node, Not):
        return _negated(_claim(library, node.part, own=own))
    if isinstance(node, All | query.Any):
        joint = " AND " if isinstance(node, All) else " OR "
        return join([_claim(library, part, own=own) for part in node.parts], joint)
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
        return Sql(f"c.{name} = ?", (query_values.value_of(library, leaf),))
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
    column = "c.confidence"
    if value == "*":
        return _ALWAYS
    if value[0] in "<>":
        return Sql(f"{column} {value[0]} ?", (float(value[1:]),))
    first, last = value.split("..") if ".." in value else (value, value)
    conditions = [Sql(f"{column} >= ?", (float(first),))] if first else []
    conditions += [Sql(f"{column} <= ?", (float(last),))] if last else []
    return join(conditions, " AND ")


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


def join(conditions: list[Sql], joint: str) -> Sql:
    """Conditions together by " AND " or " OR ", without those that say nothing."""
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


def among(column: str, allowed: list[str]) -> Sql:
    """A column has one of these values."""
    if not allowed:
        return _NEVER
    if len(allowed) == 1:
        return Sql(f"{column} = ?", (allowed[0],))
    return Sql(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(allowed),))
