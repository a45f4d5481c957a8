"""Right speakers on labelled claims: share of gold claims found with the agent who makes them.

    python -m benchmarks.speakers DATA.jsonl [--tagger NAME] [--errors N]

Each line of the data holds `text` and `labels.claims`; a gold claim has `agent` (a name),
`utterance_type` (direct, partially direct, indirect), `utterance` (the words claimed, often
reworded) and `source_text` (the passage of the article, cues and all). How it is counted:

passage   where `source_text` stands, found by its letters and digits alone; a passage that the
          annotators cut or joined is found piece by piece (its sentences); a claim of which no
          piece stands in the article is counted as missed.
found     an attributed claim whose content lies in the passage (at least half of its words) and
          covers at least a third of the words of `utterance` or of the passage, or whose content
          overlaps the passage with a word Jaccard of at least 0.5. The contents of several claims
          of one speaker in one passage count together, since one gold passage may be two claims.
right     one of the claims found has the speaker that the gold names: the same name after folding
          (case, accents, spellings of one name, titles and articles left out), or the surname of
          the one is the whole or the last word of the other, or they are an acronym and its long
          form.

The last column is `right` over `found`: what resolving the speaker costs when the claim is there.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from claims.extract import extract
from claims.hybrid import TAGGERS
from claims.model import Article, Claim, Mode
from claims.names import keys
from claims.text import canonical, word_set

_WORD = re.compile(r"\w+")
_LEFT_OUT = word_set(
    """the a an of mr mrs ms miss dr sir dame lord lady prof professor president minister prime
    secretary general spokesman spokeswoman spokesperson party"""
)


def folded(name: str) -> tuple[str, ...]:
    """A name's words without titles and articles."""
    bare = " ".join(word for word in _WORD.findall(name.replace("’", "'").replace("'s", "")))
    listed = tuple(key.lstrip("=") for key in keys(bare))
    return tuple(key for key in listed if key not in _LEFT_OUT) or listed


def same_name(found: str | None, wanted: str) -> bool:
    """Whether two names are one person's or body's, as the module says."""
    if not found:
        return False
    one, other = folded(found), folded(wanted)
    if not one or not other:
        return False
    if set(one) == set(other):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and (short[0] == long[-1] or _short_form(short[0], long)):
        return True
    if len(short) > 1 and short[-1] == long[-1] and short[0] == long[0]:
        return True  # a middle name
    return len(short) > 1 and (long[: len(short)] == short or long[-len(short) :] == short)


def _short_form(acronym: str, words: tuple[str, ...]) -> bool:
    letters = "".join(word[0] for word in words if word not in ("for", "and", "on", "in"))
    return len(letters) > 1 and acronym == letters


def numbered(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of a text in small letters, and where each stands."""
    found = list(_WORD.finditer(text))
    return [match[0].lower() for match in found], [match.span() for match in found]


def passage(words: list[str], source: str) -> set[int]:
    """The numbers of the words of an article that a gold passage holds."""
    wanted, _ = numbered(source)
    whole = _place(words, wanted)
    if whole:
        return whole
    out: set[int] = set()
    for piece in re.split(r"(?<=[.!?])\s|\n|\.\.\.|\[|\]|[\"“”]", source):
        part, _ = numbered(piece)
        if len(part) >= 4:
            out |= _place(words, part)
    return out


def _place(words: list[str], wanted: list[str]) -> set[int]:
    if not wanted:
        return set()
    size = len(wanted)
    for at in range(len(words) - size + 1):
        if words[at] == wanted[0] and words[at : at + size] == wanted:
            return set(range(at, at + size))
    return set()


def content_words(claim: Claim, places: list[tuple[int, int]]) -> set[int]:
    """The numbers of the words in a claim's content."""
    return {
        number
        for number, (start, end) in enumerate(places)
        if any(start < span.end and end > span.start for span in claim.content)
    }


def overlaps(content: set[int], gold: set[int], uttered: int) -> bool:
    """Whether some content words are the claim of a gold passage, as the module says."""
    shared = len(content & gold)
    if not shared:
        return False
    if shared / len(content | gold) >= 0.5:
        return True
    inside = shared / len(content) >= 0.5
    return inside and (3 * shared >= len(gold) or 3 * shared >= uttered)


def judged(row: dict[str, Any], tagger: str) -> list[tuple[dict[str, Any], str, list[str]]]:
    """Each gold claim with right, speaker or missed, and the speakers found there."""
    text = canonical(row["text"])
    words, places = numbered(text)
    article = Article(text, title=row["title"], outlet=row["source"], date=row["date"][:10])
    claims = [
        (claim, content_words(claim, places))
        for claim in extract(article, tagger=tagger).claims
        if claim.mode is not Mode.UNATTRIBUTED
    ]
    out = []
    for gold in row["labels"]["claims"]:
        place = passage(words, gold["source_text"])
        uttered = len(_WORD.findall(gold["utterance"]))
        said: dict[str, set[int]] = {}
        for claim, content in claims:
            if 2 * len(content & place) >= len(content) > 0 or (
                content & place and len(content & place) / len(content | place) >= 0.5
            ):
                said.setdefault(claim.speaker or "", set()).update(content)
        found = [name for name, content in said.items() if overlaps(content, place, uttered)]
        if any(same_name(name, gold["agent"]) for name in found):
            out.append((gold, "right", found))
        elif found:
            out.append((gold, "speaker", found))
        else:
            out.append((gold, "missed", []))
    return out


def main() -> None:
    """Print one row for each kind of claim, and errors where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--tagger", default="", choices=["", *TAGGERS])
    parser.add_argument("--errors", type=int, default=0, help="how many errors to print")
    args = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    errors = []
    default = (extract.__kwdefaults__ or {})["tagger"]
    with args.data.open(encoding="utf-8", newline="") as lines:
        for line in lines:
            for gold, verdict, found in judged(json.loads(line), args.tagger or default):
                for kind in (gold["utterance_type"], gold["agent_type"], "all"):
                    counts[kind, verdict] += 1
                if verdict != "right":
                    passage_start = " ".join(gold["source_text"].split())[:170]
                    errors.append(f"{verdict:8}{gold['agent']} <- {found} | {passage_start}")
    print(f"tagger {args.tagger or default}")
    print(f"{'claims':18}{'gold':>6}{'found':>8}{'right':>8}{'of found':>10}")
    for kind in [*sorted({kind for kind, _ in counts} - {"all"}), "all"]:
        gold_count = sum(counts[kind, verdict] for verdict in ("right", "speaker", "missed"))
        right = counts[kind, "right"]
        there = gold_count - counts[kind, "missed"]
        print(
            f"{kind:18}{gold_count:6}{there / gold_count:8.3f}{right / gold_count:8.3f}"
            f"{right / max(1, there):10.3f}"
        )
    step = max(1, len(errors) // max(1, args.errors))
    for line in errors[::step][: args.errors]:
        print(line)


if __name__ == "__main__":
    main()
