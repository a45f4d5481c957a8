"""What is wrong with a file of weights; apart from `weights` so that it needs no NumPy."""

from __future__ import annotations


class WeightsError(ValueError):
    """A file of weights that cannot be used; the message names it and says what to do."""
