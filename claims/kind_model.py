"""Claim types by trained weights: a linear model over what the rules found and over the words.

The model is a multinomial logistic regression with one row of small whole numbers for each
feature. All rows of a claim are added as one big integer with a lane for each type, which plain
Python does quickly. `claims/weights/README.md` says what the weights were trained on.

The file: the magic line, a line of JSON, the names of the features one a line (a pair of words
with a tab between them), then one signed byte for each feature and type in that order.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import struct
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from sys import intern
from typing import NamedTuple

from claims.kind_rules import Evidence
from claims.kind_words import STEMS
from claims.model import ClaimType, Stance
from claims.tagger.errors import WeightsError
from claims.weights_list import digest

MAGIC = b"warreader claim types 1\n"
SHIPPED = Path(__file__).parent / "weights" / "types.bin"
_BIAS = 128
_LANE = 4
STEPS = 8
"""How many times a feature that is wholly there counts; rules that fire weakly count less."""
_HEAD = 5
"""Words at the start that count as such too: subject and verb often stand there."""
_LENGTHS = (12, 25, 40)
_LENGTH_NAMES = (*(f"=length {limit}" for limit in _LENGTHS), "=length 0")
_LONG_AGO = "1970"
"""A claim that names an earlier year tells of history."""
_STANCES = {stance: f"st:{stance}" for stance in Stance}
_SCORES = {kind: f"s:{kind}" for kind in ClaimType}
_PLACES = ("", "h:", "c:", "k:", "=")
_OTHER = re.compile(r"=|st:|s:|r:|best:")
_BEST = {kind: f"best:{kind}" for kind in ClaimType}


class Reading(NamedTuple):
    """One claim as the model sees it; words are in lower case."""

    lows: tuple[str, ...]
    stems: tuple[str, ...]
    cue: tuple[str, ...]
    stance: Stance
    attributed: bool
    numbers: tuple[str, ...]
    evidence: Evidence


def _by_place(reading: Reading) -> tuple[tuple[str, Iterable[str]], ...]:
    """Words by where they stand: anywhere, at the start, in the cue; and classes of words."""
    return (
        ("", set(reading.stems)),
        ("h:", set(reading.stems[:_HEAD])),
        ("c:", set(map(STEMS.__getitem__, reading.cue))),
        ("k:", reading.evidence.places),
    )


def other_features(reading: Reading) -> list[tuple[str, int]]:
    """The features that are no words, each with how often it counts."""
    found = reading.evidence
    rest: list[tuple[str, int]] = [("=bias", STEPS), (_STANCES[reading.stance], STEPS)]
    rest.append(("=said" if reading.attributed else "=written", STEPS))
    for kind, score in found.scores.items():
        rest.append((_SCORES[kind], int((score if score < 5.0 else 5.0) * STEPS / 2 + 0.5)))
    for name, gain in found.gains.items():
        rest.append((name, int((gain if gain < 3.0 else 3.0) * STEPS / 3 + 0.5)))
    if found.scores:
        rest.append((_BEST[max(found.scores, key=found.scores.__getitem__)], STEPS))
    rest.append((_LENGTH_NAMES[bisect_right(_LENGTHS, len(reading.lows))], STEPS))
    if reading.numbers:
        old = any(len(number) == 4 and number < _LONG_AGO for number in reading.numbers)
        rest.append(("=old year" if old else "=number", STEPS))
    return rest


def features(reading: Reading) -> tuple[list[str], list[tuple[str, int]]]:
    """The features of a claim by name, for training: words and pairs of words, and the rest."""
    pairs = ["\t".join(pair) for pair in pairwise(reading.stems)]
    single = [place + word for place, words in _by_place(reading) for word in words]
    return [*sorted(single), *pairs], other_features(reading)


@dataclass(frozen=True, slots=True)
class Weights:
    """The decoded file: a row of lanes for each feature."""

    types: tuple[ClaimType, ...]
    rows: dict[str, dict[str, int]]
    """The rows of words by where they stand (see `_by_place`), and under "=" of the rest."""
    pairs: dict[tuple[str, str], int]
    """The rows of pairs of neighbouring words."""
    word_scale: float
    """What one step of a word's row is worth, before it is shared among the words."""
    rest_scale: float
    digest: str
    """The start of the file's SHA-256."""

    def probabilities(self, reading: Reading) -> list[float]:
        """The probability of each of `types`."""
        odds = self._odds(reading)
        whole = sum(odds)
        return [odd / whole for odd in odds]

    def _odds(self, reading: Reading) -> list[float]:
        """How probable each of `types` is beside the most probable one, which has 1."""
        # Every claim passes here: the look-ups of its words are left to `map` and `filter`.
        rows = self.rows
        known: list[int] = [*filter(None, map(self.pairs.get, pairwise(reading.stems)))]
        for place, words in _by_place(reading):
            known += filter(None, map(rows[place].get, words))
        shared = self.word_scale / math.sqrt(len(known)) if known else 0.0
        total = 0
        mass = 0
        others = rows["="]
        for name, count in other_features(reading):
            if name in others:
                total += others[name] * count
                mass += count
        lanes = _lanes(len(self.types))
        low, rest_low = _BIAS * len(known), _BIAS * mass
        scale = self.rest_scale / STEPS
        logits = [
            (one - low) * shared + (two - rest_low) * scale
            for one, two in zip(
                lanes.unpack(sum(known).to_bytes(lanes.size, "little")),
                lanes.unpack(total.to_bytes(lanes.size, "little")),
                strict=True,
            )
        ]
        top = max(logits)
        exp = math.exp
        return [exp(logit - top) for logit in logits]

    def decide(self, reading: Reading) -> tuple[ClaimType, float]:
        """The most probable type and its probability."""
        odds = self._odds(reading)
        return self.types[odds.index(1.0)], 1.0 / sum(odds)


@lru_cache(maxsize=8)
def _lanes(count: int) -> struct.Struct:
    return struct.Struct(f"<{count}I")


def encode(
    types: Sequence[ClaimType],
    names: Sequence[str],
    values: Sequence[Sequence[int]],
    *,
    word_scale: float,
    rest_scale: float,
) -> bytes:
    """The weights file of rows of whole numbers from -127 to 127, one for each name."""
    head = {
        "types": [str(kind) for kind in types],
        "features": len(names),
        "word_scale": word_scale,
        "rest_scale": rest_scale,
    }
    flat = [value + 256 if value < 0 else value for row in values for value in row]
    listed = "".join(name + "\n" for name in names)
    return MAGIC + json.dumps(head).encode() + b"\n" + listed.encode() + bytes(flat)


def decode(data: bytes) -> Weights:
    """Read a weights file; raises `ValueError` for one that is damaged or of another version."""
    try:
        if not data.startswith(MAGIC):
            raise ValueError("it does not begin as a file of claim types does")
        head, rest = data[len(MAGIC) :].split(b"\n", 1)
        told = json.loads(head)
        types = tuple(ClaimType(name) for name in told["types"])
        *names, values = rest.split(b"\n", told["features"])
        count = len(types)
        if len(names) != told["features"] or len(values) != count * len(names):
            raise ValueError("it is cut short or has something after its end")
        spread = bytearray(_LANE * len(values))
        spread[::_LANE] = values.translate(_SHIFT)
        size = _LANE * count
        rows: dict[str, dict[str, int]] = {place: {} for place in _PLACES}
        pairs: dict[tuple[str, str], int] = {}
        for at, name in enumerate(names):
            row = int.from_bytes(spread[at * size : (at + 1) * size], "little")
            first, tab, second = name.decode().partition("\t")
            if tab:
                pairs[intern(first), intern(second)] = row
            else:
                place = first[:2] if first[:2] in rows else "=" if _OTHER.match(first) else ""
                rows[place][intern(first if place == "=" else first.removeprefix(place))] = row
        scales = float(told["word_scale"]), float(told["rest_scale"])
        return Weights(types, rows, pairs, *scales, hashlib.sha256(data).hexdigest()[:12])
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"weights of claim types: {problem}") from None


_SHIFT = bytes((value + _BIAS) % 256 for value in range(256))
"""Signed bytes to bytes with a bias, so that no lane is ever negative."""


@lru_cache(maxsize=2)
def load(path: Path) -> Weights:
    """The weights of a file, kept for the next call.

    Raises `WeightsError` when it cannot be read, holds no weights of claim types, or is not the
    file that `claims.weights_list` knows under its name.
    """
    try:
        data = path.read_bytes()
        digest(path, data)
        return decode(data)
    except WeightsError:
        raise
    except OSError as problem:
        raise WeightsError(
            f"{path}: cannot be read ({problem.strerror});"
            ' check the path, or take the tagger "rules"'
        ) from problem
    except ValueError as problem:
        raise WeightsError(f"{path}: {problem}; give a file that training/ wrote") from problem


def is_file_of_types(path: Path) -> bool:
    """Whether a file begins as one of claim types does; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


@lru_cache(maxsize=1)
def shipped() -> Weights | None:
    """The weights in the package, or nothing where they are not installed.

    Raises `WeightsError` when they are damaged.
    """
    return load(SHIPPED) if SHIPPED.is_file() else None
