"""Claim types against corpora of conflict events, by an open mapping of their labels to ours.

    python benchmarks/claim_types.py [--case21 F] [--isaf F] [--muc F] [--rules-only] [--errors N]

A row counts as right when the type found is one that the mapping accepts: an event of "armed
clash" may be told as fighting, as losses or as an attack repelled. Labels of what is no claim of
war (protests, disasters, organised crime) are left out and counted. What is judged: of `case21`
the whole snippet, of `isaf` the first sentence of the release that tells a toll, of `muc` the
sentence that holds most of the strings of the only template. The trained weights have seen half
of `isaf` and of `muc`; the figure of the other half is given beside that of the whole.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from claims.kinds import judge
from claims.measures import TOLL
from claims.model import Sentence, SentenceKind, Span
from claims.sentences import split

CASE21: Mapping[str, str] = {
    "AIR_STRIKE": "strike civilians losses",
    "ART_MISS_ATTACK": "strike civilians losses",
    "SUIC_BOMB": "strike civilians losses",
    "GRENADE": "strike civilians losses",
    "REM_EXPLOS": "strike civilians losses",
    "CHEM_WEAP": "strike civilians accusation",
    "ARMED_CLASH": "fighting losses repelled",
    "ATTACK": "civilians losses fighting strike",
    "GOV_REGAINS_TERIT": "territory",
    "NON_STATE_ACTOR_OVERTAKES_TER": "territory",
    "NON_VIOL_TERRIT_TRANSFER": "territory diplomacy forces",
    "HQ_ESTABLISHED": "forces territory",
    "DISR_WEAP": "forces repelled",
    "ABDUCT_DISSAP": "prisoners",
    "ARREST": "prisoners",
    "AGREEMENT": "diplomacy",
    "DIPLO": "diplomacy policy",
    "SEX_VIOL": "civilians accusation",
    "MOB_VIOL": "civilians fighting",
    "FORCE_AGAINST_PROTEST": "civilians fighting prisoners strike",
}
ISAF: Mapping[str, str] = {
    "detention": "prisoners",
    "insurgentskilled": "losses",
    "captureandkill": "losses prisoners",
    "airstrike": "strike losses",
    "civiliancasualty": "civilians",
}
MUC: Mapping[str, str] = {
    "KIDNAPPING": "prisoners",
    "BOMBING": "strike civilians losses",
    "ATTACK": "civilians losses fighting strike",
    "ARSON": "strike civilians",
}

_STRING = re.compile(r'"([^"]+)"')

Item = tuple[str, str, str]
"""The corpus's label, the types accepted, the words judged."""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8", newline="") as lines:
        for line in lines:
            yield json.loads(line)


def case21(path: Path) -> Iterator[Item]:
    """Snippets of one or two sentences with one event type."""
    for row in rows(path):
        label = row["labels"]["event_type"]
        yield label, CASE21.get(label, ""), row["text"]


def isaf(path: Path) -> Iterator[Item]:
    """Press releases; the first sentence with a word of a toll."""
    for row in rows(path):
        labels = row["labels"]["event_type"]
        accepted = " ".join(ISAF.get(label, "") for label in labels)
        for sentence in _prose(row["text"]):
            words = sentence.span.of(row["text"])
            if set(re.findall(r"[a-z]+", words.lower())) & TOLL.keys():
                yield labels[0], accepted, words
                break


def muc(path: Path) -> Iterator[Item]:
    """Reports with one template; the sentence with most of the template's strings."""
    for row in rows(path):
        templates = row["labels"]["templates"]
        if len(templates) != 1:
            continue
        label = templates[0]["INCIDENT: TYPE"]
        strings = {s for value in templates[0].values() for s in _STRING.findall(str(value))}
        best = (0, "")
        for sentence in _prose(row["text"]):
            words = " ".join(sentence.span.of(row["text"]).split())
            held = sum(string in words for string in strings)
            if held > best[0]:
                best = (held, words)
        if best[0]:
            yield label, MUC.get(label, ""), best[1].lower()


def _prose(text: str) -> Iterator[Sentence]:
    for sentence in split(text):
        if sentence.kind not in (SentenceKind.SIGNATURE, SentenceKind.HEADING):
            yield sentence


READERS: Mapping[str, Callable[[Path], Iterator[Item]]] = {
    "case21": case21,
    "isaf": isaf,
    "muc": muc,
}


TRAINED_ON = ("isaf", "muc")
"""Corpora of which the weights of claim types have seen a half, with the mapping's labels."""


def trained_on(words: str) -> bool:
    """Whether words of such a corpus are in the half that the weights are trained on."""
    return hashlib.sha256(words.encode()).digest()[0] % 2 == 0


def main() -> None:
    """Print accuracy for each corpus and label, and errors where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in READERS:
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="how many errors to print")
    parser.add_argument("--rules-only", action="store_true", help="without the trained weights")
    args = parser.parse_args()
    for name, reader in READERS.items():
        path = getattr(args, name)
        if path:
            _report(name, list(reader(path)), args.errors, rules_only=args.rules_only)


def _report(name: str, items: Sequence[Item], errors: int, *, rules_only: bool) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    shown = []
    unmapped = 0
    unseen: list[bool] = []
    for label, accepted, words in items:
        if not accepted.split():
            unmapped += 1
            continue
        span = Span(0, len(words))
        kind = judge(words, (span,), "", sentence=span, attributed=False, rules_only=rules_only)
        if name in TRAINED_ON and not trained_on(words):
            unseen.append(kind.type in accepted.split())
        total[label] += 1
        if kind.type in accepted.split():
            right[label] += 1
        else:
            wrong[label][kind.type] += 1
            shown.append(f"{label} -> {kind.rule}: {words[:230]}")
    count = total.total()
    macro = sum(right[label] / total[label] for label in total) / max(1, len(total))
    print(
        f"{name}: {count} judged, {unmapped} left out; "
        f"right {right.total() / max(1, count):.3f}, mean over labels {macro:.3f}"
    )
    if unseen:
        print(f"  the half not trained on: {len(unseen)}, right {sum(unseen) / len(unseen):.3f}")
    for label in sorted(total):
        missed = ", ".join(f"{kind} {n}" for kind, n in wrong[label].most_common(4))
        print(f"  {label:32}{right[label]:4} of {total[label]:4}   {missed}")
    step = max(1, len(shown) // max(1, errors))
    for line in shown[::step][:errors]:
        print("   ", line)


if __name__ == "__main__":
    main()
