"""Claim types by trained weights: a linear model over what the rules found and over the words.

The model is a multinomial logistic regression with one row of small whole numbers for each
feature. All rows of a claim are added as one big integer with a lane for each type, which plain
Python does quickly. `claims/model/README.md` says what the weights were trained on.

The file: the magic line, a line of JSON, the names of the features one a line, then one signed
byte for each feature and type in that order.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from claims.kind_rules import Evidence
from claims.kind_words import stem
from claims.model import ClaimType, Stance

MAGIC = b"warreader claim types 1\n"
_BIAS = 128
_LANE = 4
STEPS = 8
"""How many times a feature that is wholly there counts; rules that fire weakly count less."""
_HEAD = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One claim as the model sees it; words are in lower case."""

    lows: tuple[str, ...]
    cue: tuple[str, ...]
    stance: Stance
    attributed: bool
    numbers: tuple[str, ...]
    evidence: Evidence


def features(reading: Reading) -> tuple[set[str | tuple[str, str]], list[tuple[str, int]]]:
    """The features of a claim: words and pairs of words, and the rest with how often each counts.

    A pair of neighbouring words is a tuple; in the file it is written with a space.
    """
    stems = [stem(low) for low in reading.lows]
    words: set[str | tuple[str, str]] = set(stems)
    words.update(pairwise(stems))
    words.update(["h:" + word for word in stems[:_HEAD]])
    words.update(["c:" + stem(word) for word in reading.cue])
    found = reading.evidence
    words.update(["k:" + name for name in found.places])
    rest: list[tuple[str, int]] = [("bias", STEPS), ("st:" + reading.stance, STEPS)]
    rest.append(("at" if reading.attributed else "un", STEPS))
    for kind, score in found.scores.items():
        rest.append(("s:" + kind, round(min(score, 5.0) * STEPS / 2)))
    for name, gain in found.gains.items():
        rest.append(("r:" + name, round(min(gain, 3.0) * STEPS / 3)))
    if found.scores:
        rest.append(("best:" + max(found.scores, key=found.scores.__getitem__), STEPS))
    count = len(stems)
    rest.append(
        ("n<12" if count < 12 else "n<25" if count < 25 else "n<40" if count < 40 else "n", STEPS)
    )
    if reading.numbers:
        old = any(len(number) == 4 and number < "2000" for number in reading.numbers)
        rest.append(("old year" if old else "number", STEPS))
    return words, rest


@dataclass(frozen=True, slots=True)
class Weights:
    """The decoded file: a row of lanes for each feature."""

    types: tuple[ClaimType, ...]
    rows: dict[str | tuple[str, str], int]
    word_scale: float
    """What one step of a word's row is worth, before it is shared among the words."""
    rest_scale: float

    def probabilities(self, reading: Reading) -> list[float]:
        """The probability of each of `types`."""
        words, rest = features(reading)
        rows = self.rows
        known = [rows[word] for word in words if word in rows]
        shared = self.word_scale / math.sqrt(len(known)) if known else 0.0
        total = 0
        mass = 0
        for name, count in rest:
            if name in rows:
                total += rows[name] * count
                mass += count
        ones = self._lanes(sum(known))
        twos = self._lanes(total)
        low, rest_low = _BIAS * len(known), _BIAS * mass
        scale = self.rest_scale / STEPS
        logits = [
            (one - low) * shared + (two - rest_low) * scale
            for one, two in zip(ones, twos, strict=True)
        ]
        top = max(logits)
        odds = [math.exp(logit - top) for logit in logits]
        whole = sum(odds)
        return [odd / whole for odd in odds]

    def decide(self, reading: Reading) -> tuple[ClaimType, float]:
        """The most probable type and its probability."""
        told = self.probabilities(reading)
        best = max(range(len(told)), key=told.__getitem__)
        return self.types[best], told[best]

    def _lanes(self, total: int) -> tuple[int, ...]:
        count = len(self.types)
        return struct.unpack(f"<{count}I", total.to_bytes(_LANE * count, "little"))


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
        rows = {
            _key(name.decode()): int.from_bytes(spread[at * size : (at + 1) * size], "little")
            for at, name in enumerate(names)
        }
        return Weights(types, rows, float(told["word_scale"]), float(told["rest_scale"]))
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"weights of claim types: {problem}") from None


_SHIFT = bytes((value + _BIAS) % 256 for value in range(256))
"""Signed bytes to bytes with a bias, so that no lane is ever negative."""


def _key(name: str) -> str | tuple[str, str]:
    first, _, second = name.partition(" ")
    return (first, second) if second and ":" not in first else name


@lru_cache(maxsize=1)
def shipped() -> Weights | None:
    """The weights in the package, or nothing where they are not installed."""
    file = files("claims").joinpath("model", "types.bin")
    return decode(file.read_bytes()) if file.is_file() else None
