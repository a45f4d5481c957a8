"""The words that the program says itself, where more than one place says them."""

from __future__ import annotations

NO_CLAIM = "No claim here. c and a type letter makes one; l goes to the next claim."
NO_ARTICLE = "No article is open. Enter in the library opens one."
READ_ONLY = "Read-only: decisions are not taken. Close the other warreader and open this one again."
NOTHING_TO_UNDO = "Nothing to undo."
NOTHING_TO_REDO = "Nothing to redo."
ALL_DECIDED = "Every claim of this article is decided."
ALREADY = "It is so already: nothing was changed."
