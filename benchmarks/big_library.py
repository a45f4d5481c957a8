"""A large library of made-up articles, for the benchmarks of lists, searches and bulk decisions.

    python -m benchmarks.big_library FILE [--articles 100000] [--claims 10]

Words, speakers and outlets are as unevenly frequent as they are in news (Zipf's law), so that
common and rare ones can be asked for: `w0` is in nearly every text, `w9000` in few. Of every tenth
article the annotator `ann` has accepted three claims. The rows are written by SQL, as `store`
would write them; sketches of stories are left to the program.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from claims.model import Certainty, Claim, ClaimType, Mode, Span, Stance, text_hash
from claims.text import searchable
from store import machine
from store.db import Library
from store.records import ClaimRecord, Status
from store.snapshot import dumps, pack
from store.steps import facets

ANNOTATOR = "ann"
WORDS, LENGTH = 20_000, 300
SPEAKERS, OUTLETS = 5_000, 300
SIDES = ("unknown", "ukraine", "russia", "third-party", "author", "media")
RULES = ("said-that", "according-to", "quote", "told", "claimed", "post", "denial")
_CHUNK = 2_000


class _Zipf:
    def __init__(self, chance: random.Random, size: int) -> None:
        self._chance, self._range = chance, range(size)
        self._weights = list(accumulate(1 / (n + 1) for n in range(size)))

    def take(self, number: int) -> list[int]:
        return self._chance.choices(self._range, cum_weights=self._weights, k=number)


def build(path: Path, articles: int = 100_000, claims: int = 10) -> None:
    """Make the library at `path`, which must not be there."""
    chance = random.Random(1)
    words, speakers = _Zipf(chance, WORDS), _Zipf(chance, SPEAKERS)
    outlets = _Zipf(chance, OUTLETS)
    with Library.open(path, annotator=ANNOTATOR, seed=False) as library:
        connection = library._open_connection()
        connection.execute("PRAGMA synchronous=OFF")
        with library.transaction():
            connection.executemany(
                "INSERT INTO speaker (id, name, folded) VALUES (?, ?, ?)",
                [(n + 1, f"Speaker {n}", searchable(f"Speaker {n}")) for n in range(SPEAKERS)],
            )
        for first in range(1, articles + 1, _CHUNK):
            ids = range(first, min(first + _CHUNK, articles + 1))
            with library.transaction():
                _write(library, ids, claims, chance, words, speakers, outlets)
        with library.transaction():
            facets.fill(connection)
            connection.execute(
                "INSERT INTO claim_count SELECT type, side, count(*) FROM claim GROUP BY 1, 2"
            )
            connection.execute(
                "UPDATE speaker SET claims = (SELECT count(*) FROM claim WHERE speaker_id = id)"
                " WHERE id IN (SELECT speaker_id FROM claim)"
            )


def _write(
    library: Library,
    ids: range,
    number: int,
    chance: random.Random,
    words: _Zipf,
    speakers: _Zipf,
    outlets: _Zipf,
) -> None:
    connection = library._open_connection()
    now = "2026-01-01T00:00:00+00:00"
    drawn = _texts(words, len(ids))
    articles, versions, indexed, claims, decided = [], [], [], [], []
    for article_id, text in zip(ids, drawn, strict=True):
        title = " ".join(f"w{n}" for n in words.take(7)).capitalize()
        outlet = f"Outlet {outlets.take(1)[0]}"
        date = f"20{chance.randrange(14, 26):02}-{chance.randrange(1, 13):02}"
        date += f"-{chance.randrange(1, 29):02}"
        made = list(_claims(text, article_id, number, chance, speakers))
        types = Counter(claim.type.value for _, claim in made)
        sides = Counter(claim.side for _, claim in made)
        articles.append(
            (
                article_id,
                title,
                outlet,
                date,
                article_id,
                LENGTH,
                "generic",
                "fake",
                number,
                dumps(types),
                dumps(sides),
                now,
                now,
            )
        )
        versions.append((article_id, article_id, text_hash(text), len(text), 1, now, text))
        indexed.append((article_id, title, outlet, None, text))
        claims += [_row(article_id, speaker, claim, text) for speaker, claim in made]
        if article_id % 10 == 0:
            decided += [(article_id, text, *one) for one in made[:3]]
    columns = (
        "id, title, outlet, date, version_id, words, profile, extractor, claims, types, sides,"
        " added_at, changed_at"
    )
    connection.execute("PRAGMA defer_foreign_keys=ON")
    connection.executemany(f"INSERT INTO article ({columns}) VALUES ({_marks(13)})", articles)
    connection.executemany(
        "INSERT INTO text_version (id, article_id, sha256, chars, mapping, added_at, text)"
        f" VALUES ({_marks(7)})",
        versions,
    )
    connection.executemany(
        f"INSERT INTO article_fts (rowid, title, outlet, byline, text) VALUES ({_marks(5)})",
        indexed,
    )
    connection.executemany(
        'INSERT INTO claim (article_id, id, start, "end", type, side, speaker_id, quote, body,'
        f" {', '.join(machine.COLUMNS)}) VALUES ({_marks(9 + len(machine.COLUMNS))})",
        claims,
    )
    _decide(library, decided)


def _texts(words: _Zipf, number: int) -> Iterator[str]:
    for _ in range(number):
        drawn = words.take(LENGTH)
        lines = (drawn[at : at + 20] for at in range(0, LENGTH, 20))
        yield "\n\n".join(" ".join(f"w{n}" for n in line) + "." for line in lines)


def _claims(
    text: str, article_id: int, number: int, chance: random.Random, speakers: _Zipf
) -> Iterator[tuple[int, Claim]]:
    kinds = list(ClaimType)
    start = 0
    for place, (line, speaker) in enumerate(
        zip(text.split("\n\n"), speakers.take(number), strict=False)
    ):
        rule = chance.choice(RULES)
        yield (
            speaker + 1,
            Claim(
                id=f"c{article_id:x}x{place:x}",
                content=(Span(start, start + len(line)),),
                source=(Span(start, start + 2),),
                speaker=f"Speaker {speaker}",
                side=chance.choice(SIDES),
                channel=("Telegram",) if chance.random() < 0.2 else (),
                mode=Mode.INDIRECT,
                type=chance.choice(kinds),
                stance=Stance.DENIES if chance.random() < 0.05 else Stance.ASSERTS,
                certainty=Certainty.HEDGED if chance.random() < 0.1 else Certainty.FIRM,
                confidence=round(chance.random(), 3),
                rule=f"trained+{rule}; type:model {chance.random():.2f}",
            ),
        )
        start += len(line) + 2


def _row(article_id: int, speaker: int, claim: Claim, text: str) -> tuple[object, ...]:
    return (
        article_id,
        claim.id,
        claim.start,
        claim.end,
        claim.type.value,
        claim.side,
        speaker,
        machine.quote(text, claim.content),
        machine.body(claim),
        *machine.fields(claim),
    )


def _decide(library: Library, decided: list[tuple[int, str, int, Claim]]) -> None:
    """Accept these claims, three of each article, as the log and the state would have it."""
    connection = library._open_connection()
    now = "2026-01-02T00:00:00.000+00:00"
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM decision").fetchone()
    log, states, tallies, batches = [], [], {}, []
    for number, (article_id, text, speaker, claim) in enumerate(decided, last + 1):
        before = ClaimRecord(article_id, claim, machine=claim)
        after = ClaimRecord(
            article_id, claim, Status.ACCEPTED, "", (), ANNOTATOR, now, machine=claim
        )
        sha = text_hash(text)
        batch = f"b{number:x}"
        batches.append((batch, ANNOTATOR, number, "done"))
        log.append(
            (
                number,
                f"u{number:x}",
                batch,
                now,
                ANNOTATOR,
                "accept",
                article_id,
                sha,
                claim.id,
                pack(before),
                pack(after),
            )
        )
        states.append(
            (
                number,
                ANNOTATOR,
                article_id,
                sha,
                claim.id,
                1,
                0,
                "accepted",
                claim.start,
                claim.end,
                claim.type.value,
                claim.side,
                speaker,
                machine.quote(text, claim.content),
                "",
                "[]",
                now,
                machine.body(claim),
                pack(after),
                *machine.fields(claim),
            )
        )
        tallies[article_id] = (ANNOTATOR, article_id)
    connection.executemany(
        "INSERT INTO decision (id, uid, batch, at, annotator, action, article_id, text_sha256,"
        f" claim_id, before, after) VALUES ({_marks(11)})",
        log,
    )
    connection.executemany(f"INSERT INTO history VALUES ({_marks(4)})", batches)
    connection.executemany(
        "INSERT INTO claim_state (decision_id, annotator, article_id, text_sha256, claim_id,"
        ' current, hidden, status, start, "end", type, side, speaker_id, quote, note, tags,'
        f" decided_at, body, record, {', '.join(machine.COLUMNS)})"
        f" VALUES ({_marks(19 + len(machine.COLUMNS))})",
        states,
    )
    connection.executemany(
        "INSERT INTO tally SELECT ?, id, claims, 3, 0, 0, 0, 3, types, sides FROM article"
        " WHERE id = ?",
        tallies.values(),
    )


def _marks(number: int) -> str:
    return ", ".join("?" * number)


def main() -> None:
    """Make a library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=10)
    given = parser.parse_args()
    begun = time.perf_counter()
    build(given.file, given.articles, given.claims)
    size = given.file.stat().st_size / 2**20
    print(
        json.dumps(
            {
                "articles": given.articles,
                "claims": given.articles * given.claims,
                "MiB": round(size),
                "seconds": round(time.perf_counter() - begun),
            }
        )
    )


if __name__ == "__main__":
    main()
