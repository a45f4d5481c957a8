"""The file of weights: written by the training, read and checked before anything uses it.

Layout: `MAGIC`; the size of the header (4 bytes, little-endian); the header, JSON deflated; then
the arrays one after another. The header's "arrays" lists name, NumPy type and shape of each.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claims.tagger.errors import WeightsError
from claims.tagger.network import Array
from claims.weights_list import digest

MAGIC = b"WRTAG1\n"
SHIPPED = Path(__file__).parent.parent / "weights" / "attribution.bin"
"""The weights that come with warreader."""
_TYPES = frozenset({"|i1", "<f2", "<f4"})
_LARGEST = 64_000_000
"""Bytes of a file, and of its unpacked header, that are read at most."""
_SMALL = 4
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Weights:
    """What a file holds; `digest` is the start of the file's SHA-256."""

    header: Mapping[str, Any]
    arrays: Mapping[str, Array]
    digest: str


def read(path: Path) -> Weights:
    """The header and the arrays of a file.

    Raises `WeightsError` when it cannot be read, is no file of weights, is cut short or damaged;
    changed bytes are only noticed where `claims.weights_list` has the file's SHA-256.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise WeightsError(f"{path}: too large for weights of the tagger; choose another file")
        data = path.read_bytes()
    except OSError as problem:
        raise WeightsError(
            f"{path}: cannot be read ({problem.strerror});"
            ' check the path, or take the tagger "rules"'
        ) from problem
    if not data.startswith(MAGIC):
        raise WeightsError(
            f"{path}: holds no weights of the tagger; give a file that training/ wrote"
        )
    told = digest(path, data)
    try:
        return _parse(data, told[:_SHOWN])
    except (zlib.error, KeyError, ValueError, TypeError, OverflowError) as problem:
        raise WeightsError(
            f"{path}: the weights are damaged ({problem}); copy or train them again"
        ) from problem


def _parse(data: bytes, told: str) -> Weights:
    at = len(MAGIC) + _SMALL
    size = int.from_bytes(data[len(MAGIC) : at], "little")
    unpack = zlib.decompressobj()
    header = json.loads(unpack.decompress(data[at : at + size], _LARGEST))
    at += size
    arrays: dict[str, Array] = {}
    for name, kind, shape in header["arrays"]:
        if kind not in _TYPES or any(not isinstance(n, int) or n < 0 for n in shape):
            raise ValueError(f"array {name!r} is of a kind that no tagger has")
        count = 1
        for length in shape:
            count *= length
        array: Array = np.frombuffer(data, np.dtype(kind), count, at).reshape(shape)
        at += array.nbytes
        arrays[name] = array
    if at != len(data):
        raise ValueError(f"{len(data) - at} bytes too many")
    return Weights(header, arrays, told)


def write(path: Path, header: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write a file of weights; the same content gives the same bytes."""
    listed = [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()]
    words = json.dumps({**header, "arrays": listed}, ensure_ascii=False, sort_keys=True)
    packed = zlib.compress(words.encode(), 9)
    with path.open("wb") as file:
        file.write(MAGIC + len(packed).to_bytes(_SMALL, "little") + packed)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).tobytes())
