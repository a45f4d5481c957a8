"""The query language: what it takes, what it refuses, and that SQL finds what the words say."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_fakes import Opener, article

from store import fts, query
from store.db import Library
from store.query import All, Any, Has, Node, Not, QueryError, Words
from store.records import ArticleFilter, ClaimFilter, ClaimRecord

PIECES = st.sampled_from(
    [
        *("killed", "khar*", '"fire line"', "-", "(", ")", "OR", "AND", "NOT", '"', "*", ":"),
        *("speaker:Kyiv", 'speaker:"Kyiv Post"', "type:losses,T", "side:UA", "status:proposed"),
        *("is:starred", "is:unread", "-is:decided", "date:2024-08..", "confidence:<0.5"),
        *("note:x", "tag:*", "outlet:a,b", "foo:bar", "C-300", "12:30", "http://x.y/(z)"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=9).map(" ".join)))
def test_whatever_is_typed_is_a_query_or_an_error_that_says_where(typed: str) -> None:
    try:
        found = query.parse(typed)
    except QueryError as problem:
        assert "\n" not in str(problem)
        assert 0 <= problem.place <= len(typed)
        return
    written = query.render(found)
    assert query.parse(written) == found
    assert query.render(query.parse(written)) == written


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("speeker:Zelensky", "did you mean speaker:"),
        ("a foo:bar", "the fields are speaker, type"),
        ("status:acepted", "status: does not know 'acepted'; did you mean accepted?"),
        ("date:2024-13", "needs a day, a month or a year"),
        ("confidence:>2", "needs a number from 0 to 1"),
        ("(a b", "this parenthesis is not closed (at character 1)"),
        ("a b)", "this parenthesis was not opened (at character 4)"),
        ('a "b', "this quotation mark is not closed (at character 3)"),
        ("a OR", "a word or a field is missing here (at character 5)"),
        ("note:", "note: needs a value"),
        ("a -", None),
        ("-(a", "this parenthesis is not closed"),
        ("*", "there is no word or field"),
        ("x " * 65, "at most 64 words and fields (at character 129)"),
        ("(" * 30 + "x" + ")" * 30, "more than 20 parentheses"),
        ("x" * 2001, "at most 2,000 characters"),
    ],
)
def test_errors_name_the_place_and_what_is_nearest(typed: str, words: str | None) -> None:
    if words is None:
        query.parse(typed)
        return
    with pytest.raises(QueryError) as caught:
        query.parse(typed)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("type:loses", "type: does not know 'loses'; did you mean losses? (at character 6)"),
        ("side:russa", "side: does not know 'russa'; did you mean russia?"),
        ("x OR -side:nowhere", "side: does not know 'nowhere'"),
    ],
)
def test_values_that_the_library_does_not_know(library: Library, typed: str, words: str) -> None:
    library.articles.add(article())
    for ask in (
        lambda: library.claims.query(ClaimFilter(query=typed)),
        lambda: library.claims.count(ClaimFilter(query=typed)),
        lambda: library.articles.page(ArticleFilter(query=typed)),
        lambda: library.articles.count(ArticleFilter(query=typed)),
    ):
        with pytest.raises(QueryError) as caught:
            ask()
        assert words in str(caught.value)


TEXTS = (
    ("Kyiv advanced. Moscow denied it. Kyiv killed 40 soldiers.", "Alpha Post", "2024-08-13"),
    ("Moscow struck a depot. The weather was fine.", "Beta Wire", "2024-09-01"),
    ("Moscow killed 12 men. Kyiv denied it. Nobody advanced.", "Alpha Wire", None),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Three articles with eight claims, some decided, noted and tagged; marks on two articles."""
    from store_fakes import extract

    path = tmp_path_factory.mktemp("query") / "library.db"
    with Library.open(path, annotator="ann", seed=False, extractor=extract) as library:
        for number, (text, outlet, date) in enumerate(TEXTS):
            more = {"date": date} if date else {}
            library.articles.add(article(text, f"No. {number}", outlet=outlet, **more))
        claims = library.claims.query(ClaimFilter())
        library.decisions.accept(1, claims[0].id)
        library.decisions.note(1, claims[1].id, "doubtful words")
        library.decisions.tag(2, claims[3].id, ("seen",))
        library.decisions.reject(3, claims[5].id)
        library.decisions.edit(3, claims[6].id, side="third-party")
        library.decisions.delete(3, claims[7].id)
        library.marks.star(1, True)
        library.marks.read(2, True)
        library.marks.tag(3, ("later",))
        library.annotator = "other"  # sees none of it
        library.decisions.accept(2, claims[4].id)
        library.marks.star(2, True)
    return Library.open(path, annotator="ann", seed=False, extractor=extract)


WORDS = st.sampled_from(["killed", "kyiv", "denied it", "fine", "moscow"]).map(Words)
BEGINNINGS = st.sampled_from(["adv", "mos", "de"]).map(lambda word: Words(word, prefix=True))
VALUES = {
    "speaker": ("Kyiv", "mosc", "*"),
    "type": ("losses", "denial", "K"),
    "side": ("ukraine", "russia", "third-party"),
    "status": ("proposed", "accepted", "edited", "rejected"),
    "certainty": ("firm", "hedged"),
    "note": ("doubtful", "*"),
    "rule": ("test", "none"),
    "confidence": ("<0.4", "0.2..0.8"),
    "outlet": ("alpha", "wire", "*"),
    "date": ("2024-08", "..2024-08", "2024-09..", "*"),
    "article": ("1", "3"),
    "is": ("starred", "read", "unread", "decided", "undecided"),
}
LEAVES = st.one_of(
    WORDS,
    BEGINNINGS,
    st.sampled_from([Has(f, v) for f, values in VALUES.items() for v in values if v != "K"]),
)


def _several(kind: type[All] | type[Any]) -> object:
    def made(parts: list[Node]) -> Node:
        return query.parse(query.render(kind(tuple(parts)))) or parts[0]

    return made


NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda part: part.part if isinstance(part, Not) else Not(part)),
        st.lists(inner, min_size=2, max_size=3).map(_several(All)),  # type: ignore[arg-type]
        st.lists(inner, min_size=2, max_size=3).map(_several(Any)),  # type: ignore[arg-type]
    ),
    max_leaves=5,
)


def _holds(library: Library, node: Node, record: ClaimRecord) -> bool:
    """Whether a query holds of a claim, in plain Python."""
    if isinstance(node, Words):
        text = library.articles.get(record.article_id).text
        quote = " … ".join(span.of(text) for span in record.claim.content)
        return fts.has_words(quote, query.render(node))
    if isinstance(node, Not):
        return not _holds(library, node.part, record)
    if isinstance(node, All | Any):
        join = all if isinstance(node, All) else any
        return join(_holds(library, part, record) for part in node.parts)
    summary = library.articles.summary(record.article_id)
    claim, value = record.claim, node.value
    low, high = {"<0.4": (0.0, 0.399), "0.2..0.8": (0.2, 0.8)}.get(value, (0.0, 1.0))
    date = summary.date
    return {
        "speaker": lambda: (
            bool(claim.speaker)
            and (value == "*" or value.casefold() in str(claim.speaker).casefold())
        ),
        "type": lambda: claim.type == value,
        "side": lambda: claim.side == value,
        "status": lambda: record.status == value,
        "certainty": lambda: claim.certainty == value,
        "note": lambda: bool(record.note) and (value == "*" or value in record.note),
        "rule": lambda: value in claim.rule,
        "confidence": lambda: low <= claim.confidence <= high,
        "outlet": lambda: value == "*" or value in str(summary.outlet).casefold(),
        "date": lambda: (
            date is not None
            and {
                "2024-08": date[:7] == "2024-08",
                "..2024-08": date[:7] <= "2024-08",
                "2024-09..": date[:7] >= "2024-09",
                "*": True,
            }[value]
        ),
        "article": lambda: record.article_id == int(value),
        "is": lambda: {
            "starred": summary.starred,
            "read": summary.read,
            "unread": not summary.read,
            "decided": record.status.decided,
            "undecided": not record.status.decided,
        }[value],
    }[node.field]()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(NODES)
def test_the_library_finds_the_claims_that_the_query_says(filled: Library, node: Node) -> None:
    typed = query.render(node)
    everything = filled.claims.query(ClaimFilter())
    wanted = [record.id for record in everything if _holds(filled, node, record)]
    where = ClaimFilter(query=typed)
    assert [record.id for record in filled.claims.query(where)] == wanted, typed
    assert filled.claims.count(where) == len(wanted), typed
    assert [claim_id for _, claim_id in filled.claims.places(where)] == wanted, typed
    found: list[ClaimRecord] = []
    while page := filled.claims.query(where, limit=2, after=found[-1] if found else None):
        found += page
    assert [record.id for record in found] == wanted, typed


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("killed", [1, 3]),
        ("killed -fine moscow", [1, 3]),
        ("-killed", [2]),
        ("fine OR advanced", [2, 1, 3]),
        ('"denied it"', [1, 3]),
        ("dep*", [2]),
        ("(advanced killed) -depot", [1, 3]),
        ("doubtful", [1]),  # a note
        ("outlet:alpha", [1, 3]),
        ("outlet:alpha,beta date:2024", [2, 1]),
        ("title:no", [2, 1, 3]),
        ("is:starred", [1]),
        ("is:read", [2]),
        ("-is:starred is:unread", [3]),
        ("tag:seen", [2]),
        ("tag:later", [3]),
        ("tag:*", [2, 3]),
        ("note:doubtful", [1]),
        ("type:losses side:russia", [3]),
        ("type:losses side:ukraine", [1]),
        ("type:denial side:ukraine", []),  # of one claim, not of two: it was edited
        ("status:rejected", [3]),
        ("status:accepted killed", [1]),
        ("is:undecided", [2, 1]),
        ("type:territory OR is:read", [2, 1]),
        ("article:2,3", [2, 3]),
    ],
)
def test_the_library_finds_the_articles(filled: Library, typed: str, ids: list[int]) -> None:
    where = ArticleFilter(query=typed)
    assert [one.id for one in filled.articles.page(where)] == ids
    assert filled.articles.count(where) == len(ids)
    assert [one.id for one in filled.articles.page(where, limit=1, offset=1)] == ids[1:2]


def test_marks_are_kept_and_taken_back(opened: Opener) -> None:
    library = opened()
    number = library.articles.add(article()).article_id
    assert library.marks.star(number, True).starred
    assert not library.marks.read(number, True).read_at
    assert library.marks.tag(number, ["b", "a", "a "]).tags == ("a", "b")
    library.close()
    again = opened()
    (summary,) = again.articles.page()
    assert (summary.starred, summary.read, summary.tags) == (True, True, ("a", "b"))
    assert again.marks.tags() == [("a", 1), ("b", 1)]
    assert not again.marks.star(number, False).starred
    assert not again.marks.read(number, None).read
    assert again.marks.tag(number, []).tags == ()
    again.articles.remember(number, 0)
    assert again.articles.summary(number).read
    assert not again.marks.read(number, False).read
    other = opened.__call__  # another annotator sees their own marks only
    again.close()
    assert not other(annotator="other").articles.summary(number).starred
