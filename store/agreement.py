"""Agreement in a library: what each annotator has of each article, compared and listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from claims.agreement.aligning import Aligned, Mark, Verdict, align
from claims.agreement.comparing import Compared, Comparison
from claims.agreement.differing import disagreement
from store.annotators import MACHINE
from store.errors import StoreError, readable
from store.snapshot import dumps, unpack
from store.state import read_claim

if TYPE_CHECKING:
    from store.db import Library

Report = Callable[[int, int], None]
"""Told how many articles of how many are done; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim on which annotators disagree."""

    article_id: int
    title: str
    aligned: Aligned
    about: tuple[str, ...]
    """In what, as `claims.agreement.differing` names it."""
    quote: str
    """The words of the claim, of whom has it first."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of a set of annotators."""

    annotators: tuple[str, ...]
    articles: int
    claims: int
    left_out: int
    """Claims that one of them has yet to decide; they are compared in nothing."""
    results: tuple[Compared, ...]
    pairs: Mapping[tuple[str, str], Agreement]
    """The same for every two of them, where there are more."""


def names(library: Library, given: Sequence[str] = ()) -> tuple[str, ...]:
    """Whom to compare: those given, else all people who decided; `MACHINE` may be among them.

    Who adjudicated is compared only when named. With one person only, the machine is the other.
    Raises `StoreError` for someone who decided
    nothing here, and when there is nobody to compare with.
    """
    people = library.annotators.deciders()
    chosen = tuple(dict.fromkeys(name.strip() for name in given if name.strip()))
    for name in chosen:
        if name != MACHINE and name not in people:
            raise StoreError(
                f"{name!r} decided nothing in this library; those who did:"
                f" {', '.join(people) or 'nobody'}"
            )
    if not chosen:
        judges = {
            row[0]
            for row in library.rows(
                "SELECT DISTINCT annotator FROM decision WHERE action = 'adopt'"
            )
        }
        people = [name for name in people if name not in judges] or people
        chosen = tuple(sorted(people)) if len(people) != 1 else (people[0], MACHINE)
    if len(chosen) < 2:
        raise StoreError(
            "agreement needs two annotators who decided; the machine is one:"
            f" --annotators {chosen[0] if chosen else 'NAME'},{MACHINE}"
        )
    return chosen


def articles_of(
    library: Library, annotators: Sequence[str], article_ids: Sequence[int] = ()
) -> list[int]:
    """The articles in which all of the annotators decided on a claim, by id."""
    people = [name for name in annotators if name != MACHINE]
    found = library.rows(
        "SELECT s.article_id FROM claim_state s WHERE s.current"
        " AND (s.hidden OR s.status <> 'proposed')"
        " AND s.annotator IN (SELECT value FROM json_each(?))"
        " GROUP BY s.article_id HAVING count(DISTINCT s.annotator) = ? ORDER BY s.article_id",
        (dumps(people), len(people)),
    )
    wanted = set(article_ids)
    return [int(number) for (number,) in found if not wanted or number in wanted]


def aligned(library: Library, annotators: Sequence[str], article_id: int) -> list[Aligned]:
    """The claims of an article's current text, aligned over the annotators."""
    own: dict[str, dict[str, Mark]] = {name: {} for name in annotators}
    with readable(library.path, f"article {article_id}"):
        for name, claim_id, hidden, record in library.rows(
            "SELECT annotator, claim_id, hidden, record FROM claim_state WHERE article_id = ?"
            " AND current AND annotator IN (SELECT value FROM json_each(?))",
            (article_id, dumps(list(annotators))),
        ):
            found = unpack(record, article_id)
            assert found is not None
            if hidden or found.status.value == "rejected":
                verdict = Verdict.REJECTED
            else:
                verdict = Verdict.KEPT if found.status.decided else Verdict.OPEN
            own[name][claim_id] = Mark(found.claim, verdict)
        for claim_id, body in library.rows(
            "SELECT id, body FROM claim WHERE article_id = ?", (article_id,)
        ):
            without = [name for name, marks in own.items() if claim_id not in marks]
            claim = read_claim(body) if without else None
            for name in without:
                assert claim is not None
                verdict = Verdict.KEPT if name == MACHINE else Verdict.OPEN
                own[name][claim_id] = Mark(claim, verdict)
    return align([own[name] for name in annotators])


def agreement(
    library: Library,
    annotators: Sequence[str],
    article_ids: Sequence[int] = (),
    *,
    report: Report | None = None,
    apart: list[Disagreement] | None = None,
) -> Agreement:
    """Every measure for these annotators, over the articles in which all of them decided.

    Where there are more than two, each two are compared as well, over the articles that those two
    have in common. The disagreements of all are added to `apart`, in the order of
    `disagreements`.
    """
    sets = [tuple(annotators)]
    if len(annotators) > 2:
        sets += list(combinations(annotators, 2))
    articles = {chosen: articles_of(library, chosen, article_ids) for chosen in sets}
    every = sum(map(len, articles.values()))
    done = 0
    found: list[Agreement] = []
    for chosen, ids in articles.items():
        comparison = Comparison(chosen)
        for article_id in ids:
            with library.snapshot():
                text, claims = _text(library, article_id), aligned(library, chosen, article_id)
                comparison.add(text, claims)
                if apart is not None and chosen == sets[0]:
                    apart.extend(_apart(library, article_id, text, claims))
            done += 1
            if report is not None:
                report(done, every)
        found.append(
            Agreement(
                chosen,
                comparison.articles,
                comparison.claims,
                comparison.left_out,
                tuple(comparison.results()),
                {},
            )
        )
    whole, *parts = found
    two = {(part.annotators[0], part.annotators[1]): part for part in parts}
    return Agreement(
        whole.annotators, whole.articles, whole.claims, whole.left_out, whole.results, two
    )


def disagreements(
    library: Library,
    annotators: Sequence[str],
    article_ids: Sequence[int] = (),
    *,
    report: Report | None = None,
) -> Iterator[Disagreement]:
    """The claims on which they disagree, by article and place in the text."""
    articles = articles_of(library, annotators, article_ids)
    for done, article_id in enumerate(articles, 1):
        if report is not None:
            report(done, len(articles))
        with library.snapshot():
            text, claims = _text(library, article_id), aligned(library, annotators, article_id)
            found = _apart(library, article_id, text, claims)
        yield from found


def _apart(
    library: Library, article_id: int, text: str, claims: Sequence[Aligned]
) -> list[Disagreement]:
    from store.wording import quote

    found = []
    title = library.articles.summary(article_id).title
    for one in claims:
        about = disagreement(one)
        if about:
            first = next(mark for mark in one.marks if mark is not None)
            words = quote(text, first.claim.content)
            found.append(Disagreement(article_id, title, one, about, words))
    return found


def _text(library: Library, article_id: int) -> str:
    return str(
        library.row(
            "SELECT v.text FROM article a JOIN text_version v ON v.id = a.version_id"
            " WHERE a.id = ?",
            (article_id,),
        )[0]
    )
