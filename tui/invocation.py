"""What the command line says before the sub-command, and the exit codes that all of them use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OK, FAILED, USAGE, PARTLY = 0, 1, 2, 3
INTERRUPTED, PIPE_CLOSED = 130, 141
"""128 and the number of the signal, as shells count them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options before the sub-command."""

    db: Path | None = None
    readonly: bool = False
    annotator: str | None = None
    codebook: str | None = None
    """The file that was named; `store.codebooks.SCHEME` for none."""
